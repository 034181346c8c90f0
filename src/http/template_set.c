/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_set.c - all templates of the program, compiled in or, in development, from files. */
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>

#include "http/template_node.h"
#include "resources/resources.h"

static const char RESOURCE_FOLDER[] = "/guildhall/templates";
static const char SUFFIX[] = ".html";

/* A template file in the tree, with what tells that it has changed. */
typedef struct {
    char *path;
    gint64 modified_us;
    gint64 n_bytes;
} File;

struct GhTemplates {
    char *dev_dir;        /* NULL: compiled in, and nothing below ever changes */
    pthread_mutex_t lock; /* dev: guards the two tables */
    GHashTable *by_name;  /* "city" -> GhTemplate */
    GHashTable *files;    /* dev: "city" -> File, as read */
};

static void
free_template(void *data)
{
    gh_template_free(data);
}

static void
free_file(void *data)
{
    File *file = data;

    g_free(file->path);
    g_free(file);
}

static GHashTable *
new_table(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_template);
}

static const GhTemplate *
find_template(const char *name, const void *data)
{
    /* GLib's lookup does not change the table, it only lacks the const. */
    union {
        const void *constant;
        GHashTable *table;
    } by_name = {.constant = data};

    return g_hash_table_lookup(by_name.table, name);
}

static char *
name_of(const char *file_name)
{
    return g_strndup(file_name, strlen(file_name) - strlen(SUFFIX));
}

static bool
add_template(GHashTable *by_name, const char *file_name, const char *text, size_t n_bytes,
             GError **error)
{
    GhTemplate *template = gh_template_parse(file_name, text, n_bytes, error);
    if (template == NULL)
        return false;
    g_hash_table_insert(by_name, name_of(file_name), template);
    return true;
}

/* A partial that is nowhere is found at start, not when the page is asked for. */
static bool
check_partials(GHashTable *by_name, GError **error)
{
    GHashTableIter iter;
    gpointer data = NULL;

    g_hash_table_iter_init(&iter, by_name);
    while (g_hash_table_iter_next(&iter, NULL, &data)) {
        const GhTemplate *template = data;
        for (guint i = 0; i < template->nodes->len; i++) {
            const GhNode *node = &g_array_index(template->nodes, GhNode, i);
            if (node->kind != GH_NODE_PARTIAL || g_hash_table_contains(by_name, node->name))
                continue;
            g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_UNKNOWN,
                        "%s:%u: there is no template '%s'", template->name, node->line, node->name);
            return false;
        }
    }
    return true;
}

/* -- compiled in -- */

static GHashTable *
read_resources(GError **error)
{
    g_autoptr(GHashTable) by_name = new_table();
    g_auto(GStrv) names = gh_resources_children(RESOURCE_FOLDER);

    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_strdup_printf("%s/%s", RESOURCE_FOLDER, *name);
        g_autoptr(GBytes) bytes = gh_resources_lookup(path);
        gsize n_bytes = 0;
        const char *text = g_bytes_get_data(bytes, &n_bytes);
        if (!add_template(by_name, *name, text, n_bytes, error))
            return NULL;
    }
    return check_partials(by_name, error) ? g_steal_pointer(&by_name) : NULL;
}

/* -- from files -- */

static bool
list_file(const char *name, const char *path, const GStatBuf *status, GHashTable *files,
          GError **error)
{
    File *file = g_new0(File, 1);
    file->path = g_strdup(path);
    file->modified_us =
        (gint64)status->st_mtim.tv_sec * G_USEC_PER_SEC + (gint64)status->st_mtim.tv_nsec / 1000;
    file->n_bytes = status->st_size;
    if (g_hash_table_insert(files, name_of(name), file))
        return true;
    g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX,
                "%s stands in two folders; rename one", name);
    return false;
}

/* With the folders in it; a district is at most two deep. */
static bool
list_folder(const char *folder, unsigned depth, GHashTable *files, GError **error)
{
    static const unsigned DEPTH_MAX = 3;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
    if (dir == NULL)
        return false;

    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        GStatBuf status;
        if (g_stat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode) && depth < DEPTH_MAX
            && !list_folder(path, depth + 1, files, error))
            return false;
        if (S_ISREG(status.st_mode) && g_str_has_suffix(name, SUFFIX)
            && !list_file(name, path, &status, files, error))
            return false;
    }
    return true;
}

static GHashTable *
list_files(const char *dev_dir, GError **error)
{
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_file);
    g_autofree char *src = g_build_filename(dev_dir, "src", NULL);

    return list_folder(src, 0, files, error) ? g_steal_pointer(&files) : NULL;
}

static bool
same_files(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer data = NULL;

    if (g_hash_table_size(a) != g_hash_table_size(b))
        return false;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &name, &data)) {
        const File *one = data;
        const File *other = g_hash_table_lookup(b, name);
        if (other == NULL || one->modified_us != other->modified_us
            || one->n_bytes != other->n_bytes)
            return false;
    }
    return true;
}

static GHashTable *
read_files(GHashTable *files, GError **error)
{
    g_autoptr(GHashTable) by_name = new_table();
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer data = NULL;

    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &name, &data)) {
        const File *file = data;
        g_autofree char *file_name = g_strconcat(name, SUFFIX, NULL);
        g_autofree char *text = NULL;
        gsize n_bytes = 0;
        if (!g_file_get_contents(file->path, &text, &n_bytes, error)
            || !add_template(by_name, file_name, text, n_bytes, error))
            return NULL;
    }
    return check_partials(by_name, error) ? g_steal_pointer(&by_name) : NULL;
}

/* Reads all again when one of them has changed; a fault leaves the set as it was, and is told
 * again until it is mended. */
static bool
refresh(GhTemplates *templates, GError **error)
{
    g_autoptr(GHashTable) files = list_files(templates->dev_dir, error);
    if (files == NULL)
        return false;
    if (templates->files != NULL && same_files(files, templates->files))
        return true;
    GHashTable *by_name = read_files(files, error);
    if (by_name == NULL)
        return false;

    g_clear_pointer(&templates->by_name, g_hash_table_unref);
    g_clear_pointer(&templates->files, g_hash_table_unref);
    templates->by_name = by_name;
    templates->files = g_steal_pointer(&files);
    return true;
}

/* -- public -- */

GhTemplates *
gh_templates_new(const char *dev_dir, GError **error)
{
    g_autoptr(GhTemplates) templates = g_new0(GhTemplates, 1);

    pthread_mutex_init(&templates->lock, NULL);
    templates->dev_dir = g_strdup(dev_dir);
    if (dev_dir != NULL)
        return refresh(templates, error) ? g_steal_pointer(&templates) : NULL;

    templates->by_name = read_resources(error);
    return templates->by_name != NULL ? g_steal_pointer(&templates) : NULL;
}

void
gh_templates_free(GhTemplates *templates)
{
    if (templates == NULL)
        return;
    g_free(templates->dev_dir);
    pthread_mutex_destroy(&templates->lock);
    g_clear_pointer(&templates->by_name, g_hash_table_unref);
    g_clear_pointer(&templates->files, g_hash_table_unref);
    g_free(templates);
}

/* The set to render from. In development it is held until release, so that a change of files does
 * not free it under us. */
static GHashTable *
hold(GhTemplates *templates, GError **error)
{
    if (templates->dev_dir == NULL)
        return templates->by_name;

    pthread_mutex_lock(&templates->lock);
    GHashTable *by_name = refresh(templates, error) ? g_hash_table_ref(templates->by_name) : NULL;
    pthread_mutex_unlock(&templates->lock);
    return by_name;
}

static void
release(GhTemplates *templates, GHashTable *by_name)
{
    if (templates->dev_dir == NULL)
        return;
    pthread_mutex_lock(&templates->lock);
    g_hash_table_unref(by_name);
    pthread_mutex_unlock(&templates->lock);
}

static bool
render_from(GHashTable *by_name, const char *name, const GhView *view, const GhLang *lang,
            GString *out, GError **error)
{
    const GhTemplate *template = find_template(name, by_name);
    if (template == NULL) {
        g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_UNKNOWN,
                    "there is no template '%s'", name);
        return false;
    }
    return gh_template_render_with(template, find_template, by_name, view, lang, out, error);
}

bool
gh_templates_render(GhTemplates *templates, const char *name, const GhView *view,
                    const GhLang *lang, GString *out, GError **error)
{
    GHashTable *by_name = hold(templates, error);
    if (by_name == NULL)
        return false;

    bool done = render_from(by_name, name, view, lang, out, error);
    release(templates, by_name);
    return done;
}
