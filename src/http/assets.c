/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* assets.c - files that belong to the pages. */
#include "http/assets.h"

#include <stdbool.h>
#include <string.h>

#include "resources/resources.h"

static const char RESOURCE_ROOT[] = "/guildhall/ui/";
static const char ADDRESS_ROOT[] = "/assets/";

struct GhAssets {
    char *dev_dir;       /* NULL: not in development */
    char *base;          /* "/assets/VERSION" */
    GHashTable *by_name; /* name -> GhPrepared, both owned */
};

static const char *
media_type(const char *name)
{
    static const struct {
        const char *suffix;
        const char *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (g_str_has_suffix(name, types[i].suffix))
            return types[i].type;
    }
    return "application/octet-stream";
}

static GhPrepared *
prepare_file(const char *name, GBytes *bytes, GhKeep keep, GhPack pack)
{
    return gh_prepared_new(&(GhPreparedSpec){
        .status = MHD_HTTP_OK,
        .body = bytes,
        .media_type = media_type(name),
        .keep = keep,
        .pack = pack,
    });
}

static void
load_file(GhAssets *assets, const char *name, GChecksum *version)
{
    g_autofree char *path = g_strconcat(RESOURCE_ROOT, name, NULL);
    g_autoptr(GBytes) bytes = gh_resources_lookup(path);
    gsize n_bytes = 0;

    g_assert(bytes != NULL); /* its name was listed a moment ago */
    const guchar *data = g_bytes_get_data(bytes, &n_bytes);
    g_checksum_update(version, (const guchar *)name, (gssize)strlen(name));
    g_checksum_update(version, data, (gssize)n_bytes);

    GhPrepared *prepared = prepare_file(name, bytes, GH_KEEP_FOREVER, GH_PACK_BEST);
    if (prepared != NULL)
        g_hash_table_insert(assets->by_name, g_strdup(name), prepared);
}

/* Files of folder (relative to the root, "" or with / at its end) and below, in a fixed order. */
static void
load_folder(GhAssets *assets, const char *folder, GChecksum *version)
{
    g_autofree char *path = g_strconcat(RESOURCE_ROOT, folder, NULL);
    g_auto(GStrv) names = gh_resources_children(path);

    for (size_t i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(folder, names[i], NULL);
        if (g_str_has_suffix(name, "/"))
            load_folder(assets, name, version);
        else
            load_file(assets, name, version);
    }
}

GhAssets *
gh_assets_new(const char *dev_dir)
{
    static const size_t VERSION_DIGITS = 10; /* 40 bits: enough to tell releases apart */
    g_autoptr(GChecksum) version = g_checksum_new(G_CHECKSUM_SHA256);
    GhAssets *assets = g_new0(GhAssets, 1);

    assets->dev_dir = g_strdup(dev_dir);
    assets->by_name =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)gh_prepared_unref);
    load_folder(assets, "", version);
    assets->base = g_strdup_printf("%s%.*s", ADDRESS_ROOT, (int)VERSION_DIGITS,
                                   g_checksum_get_string(version));
    return assets;
}

void
gh_assets_free(GhAssets *assets)
{
    if (assets == NULL)
        return;
    g_hash_table_unref(assets->by_name);
    g_free(assets->base);
    g_free(assets->dev_dir);
    g_free(assets);
}

const char *
gh_assets_base(const GhAssets *assets)
{
    return assets->base;
}

static GhPrepared *
find_in_development(const GhAssets *assets, const char *name)
{
    g_autofree char *path = g_build_filename(assets->dev_dir, "ui", name, NULL);
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL); /* absent: compiled one */

    if (file == NULL)
        return NULL;
    g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
    return prepare_file(name, bytes, GH_KEEP_NOT, GH_PACK_NOT);
}

static GhPrepared *
point_to_present(const GhAssets *assets, const char *name)
{
    g_autofree char *address = g_strconcat(assets->base, "/", name, NULL);
    const char *headers[] = {"Location", address, NULL};

    return gh_prepared_new(&(GhPreparedSpec){.status = MHD_HTTP_FOUND, .headers = headers});
}

GhPrepared *
gh_assets_find(const GhAssets *assets, const char *path)
{
    const char *name = NULL;
    bool is_present = true;

    if (strcmp(path, "/favicon.ico") == 0 || strcmp(path, "/robots.txt") == 0) {
        name = path + 1;
    } else if (g_str_has_prefix(path, ADDRESS_ROOT)) {
        const char *slash = strchr(path + strlen(ADDRESS_ROOT), '/');
        size_t n_base = slash != NULL ? (size_t)(slash - path) : 0;
        name = slash != NULL ? slash + 1 : NULL;
        is_present = n_base == strlen(assets->base) && strncmp(path, assets->base, n_base) == 0;
    }
    if (name == NULL)
        return NULL;

    GhPrepared *fresh = assets->dev_dir != NULL ? find_in_development(assets, name) : NULL;
    if (fresh != NULL)
        return fresh;

    GhPrepared *prepared = g_hash_table_lookup(assets->by_name, name);
    if (prepared == NULL)
        return NULL;
    return is_present ? gh_prepared_ref(prepared) : point_to_present(assets, name);
}
