/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* schema.c - the migrations that are compiled into the program. */
#include "store/store_engine.h"

#include "resources/resources.h"

#include <string.h>

static const char FOLDER[] = "/guildhall/schema/";

static void
migration_free(gpointer pointer)
{
    GhMigration *migration = pointer;
    g_free(migration->name);
    g_free(migration->sql);
    g_free(migration);
}

/* The number before the first underscore; 0 when there is none. */
static int
version_of(const char *name)
{
    char *end = NULL;
    guint64 version = g_ascii_strtoull(name, &end, 10);
    if (end == name || *end != '_' || version > G_MAXINT)
        return 0;
    return (int)version;
}

static GhMigration *
migration_new(const char *name, GBytes *bytes)
{
    size_t n_bytes = 0;
    const char *text = g_bytes_get_data(bytes, &n_bytes);
    g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

    GhMigration *migration = g_new0(GhMigration, 1);
    migration->version = version_of(name);
    migration->name = g_strdup(name);
    migration->sql = g_strndup(text, n_bytes);
    g_strlcpy(migration->sha256, sha256, sizeof migration->sha256);
    g_assert(migration->version > 0); /* schema/NNNN_name.sql */
    return migration;
}

static gint
by_version(gconstpointer a, gconstpointer b)
{
    const GhMigration *const *one = a;
    const GhMigration *const *other = b;
    return (*one)->version - (*other)->version;
}

GPtrArray *
gh_schema_load(void)
{
    g_auto(GStrv) names = gh_resources_children(FOLDER);
    GPtrArray *migrations = g_ptr_array_new_with_free_func(migration_free);

    for (size_t i = 0; names[i] != NULL; i++) {
        g_autofree char *path = g_strconcat(FOLDER, names[i], NULL);
        g_autoptr(GBytes) bytes = gh_resources_lookup(path);
        g_assert(bytes != NULL); /* it was listed */
        g_ptr_array_add(migrations, migration_new(names[i], bytes));
    }
    g_assert(migrations->len > 0); /* compiled in by packaging/resources.py */
    g_ptr_array_sort(migrations, by_version);
    return migrations;
}

char *
gh_schema_for_engine(const char *sql, GhEngine engine)
{
    const char *foreign = engine == GH_ENGINE_SQLITE ? "-- postgresql" : "-- sqlite";
    g_auto(GStrv) lines = g_strsplit(sql, "\n", -1);
    GString *text = g_string_sized_new(strlen(sql));

    for (size_t i = 0; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        if (!g_str_has_suffix(lines[i], foreign))
            g_string_append(text, lines[i]);
        g_string_append_c(text, '\n'); /* also for a line left out: errors name the right one */
    }
    return g_string_free(text, FALSE);
}
