/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_store.c - frameworks in the database: loaded once, read by every program.
 *
 * The database keeps the files as they were written, not a second form of them: whoever reads a
 * framework parses it (about 2 ms for U4SSC), so that there is one truth and no migration of it.
 */
#include "framework/framework_private.h"

#include "base/clock.h"
#include "base/json_writer.h"
#include "store/audit.h"

#include <string.h>

/* -- digest -- */

static int
by_name(const void *a, const void *b)
{
    const GhFrameworkFile *file_a = *(GhFrameworkFile *const *)a;
    const GhFrameworkFile *file_b = *(GhFrameworkFile *const *)b;
    return strcmp(file_a->name, file_b->name);
}

/* The files that count, by name; borrowed from files. */
static GPtrArray *
known_files(GPtrArray *files)
{
    GPtrArray *known = g_ptr_array_new();

    for (size_t i = 0; i < files->len; i++) {
        GhFrameworkFile *file = g_ptr_array_index(files, i);
        if (gh_framework_file_is_known(file->name))
            g_ptr_array_add(known, file);
    }
    g_ptr_array_sort(known, by_name);
    return known;
}

/* SHA-256 over name, length and content of each file; the length keeps two files from passing for
 * one. */
static char *
digest_files(const GPtrArray *known)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (size_t i = 0; i < known->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(known, i);
        gsize n_bytes = 0;
        const guchar *bytes = g_bytes_get_data(file->bytes, &n_bytes);
        g_autofree char *head = g_strdup_printf("%s\n%zu\n", file->name, n_bytes);
        g_checksum_update(sum, (const guchar *)head, -1);
        g_checksum_update(sum, bytes, (gssize)n_bytes);
    }
    return g_strdup(g_checksum_get_string(sum));
}

/* -- loading -- */

typedef struct {
    const GhFramework *framework;
    const GPtrArray *known;
    const char *digest;
    const int64_t *new_keys; /* one per data point: those that are new take one */
    GhFaults *faults;
    bool changed;
} Load;

static const char SQL_VERSION[] = "SELECT digest, is_current FROM framework"
                                  " WHERE id = $1 AND version = $2";

static bool
find_version(GhDb *db, const Load *load, bool *ret_found, bool *ret_current, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_VERSION, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, load->framework->id);
    gh_query_bind_text(query, 2, load->framework->version);
    if (!gh_query_next(query, &row, error))
        return false;

    if (row && strcmp(gh_query_text(query, 0), load->digest) != 0) {
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_VERSION,
                    "version %s of %s is loaded already with another content; raise \"version\" in"
                    " framework.json",
                    load->framework->version, load->framework->id);
        return false;
    }
    *ret_found = row;
    *ret_current = row && gh_query_int64(query, 1) == 1;
    return true;
}

static const char SQL_HAS_FIGURE[] = "SELECT 1 FROM figure WHERE data_point_key = $1 LIMIT 1";

static bool
has_figure(GhDb *db, int64_t key, bool *ret_has, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_HAS_FIGURE, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, key);
    return gh_query_next(query, ret_has, error);
}

static const char SQL_DATA_POINTS[] = "SELECT id, data_point_key FROM data_point"
                                      " WHERE framework_id = $1"
                                      " ORDER BY id";

/* Keys of all data points that any version of the framework had: id -> key (owned). */
static GHashTable *
load_keys(GhDb *db, const char *framework_id, GError **error)
{
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_DATA_POINTS, error);
    if (query == NULL)
        return NULL;
    gh_query_bind_text(query, 1, framework_id);
    while (true) {
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&keys);
        int64_t key = gh_query_int64(query, 1);
        g_hash_table_insert(keys, g_strdup(gh_query_text(query, 0)), g_memdup2(&key, sizeof key));
    }
}

/* A figure whose data point is gone could not be shown, checked or exported any more. */
static bool
check_removed(GhDb *db, const Load *load, GHashTable *keys, GError **error)
{
    g_autoptr(GList) ids = g_list_sort(g_hash_table_get_keys(keys), (GCompareFunc)strcmp);
    size_t n_missing = 0;

    for (const GList *at = ids; at != NULL; at = at->next) {
        bool has = false;
        if (gh_framework_find_data_point(load->framework, at->data) >= 0)
            continue;
        const int64_t *key = g_hash_table_lookup(keys, at->data);
        if (!has_figure(db, *key, &has, error))
            return false;
        if (!has)
            continue;
        n_missing++;
        gh_faults_add(load->faults, GH_FAULT_ERROR, "data_points.csv", 0, "id", at->data,
                      GH_MARK("is missing, but cities have figures for it"),
                      GH_MARK("keep the data point; give what replaces it another id"));
    }
    if (n_missing == 0)
        return true;
    g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_FAULTS,
                "%zu data point%s with figures would be lost", n_missing,
                n_missing == 1 ? "" : "s");
    return false;
}

static const char SQL_NOT_CURRENT[] = "UPDATE framework SET is_current = 0"
                                      " WHERE id = $1 AND is_current = 1";
static const char SQL_CURRENT[] = "UPDATE framework SET is_current = 1"
                                  " WHERE id = $1 AND version = $2";

static bool
make_current(GhDb *db, const char *sql, const char *id, const char *version, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, sql, error);
    if (query == NULL)
        return false;

    gh_query_bind_text(query, 1, id);
    if (version != NULL)
        gh_query_bind_text(query, 2, version);
    return gh_query_run(query, NULL, error);
}

static const char SQL_ADD_FRAMEWORK[] =
    "INSERT INTO framework"
    " (id, version, is_current, name, digest, n_kpis, n_data_points, loaded_us)"
    " VALUES ($1, $2, 0, $3, $4, $5, $6, $7)";

static bool
add_framework(GhDb *db, const Load *load, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ADD_FRAMEWORK, error);
    if (query == NULL)
        return false;

    gh_query_bind_text(query, 1, load->framework->id);
    gh_query_bind_text(query, 2, load->framework->version);
    gh_query_bind_text(query, 3, load->framework->name);
    gh_query_bind_text(query, 4, load->digest);
    gh_query_bind_int64(query, 5, (int64_t)load->framework->n_kpis);
    gh_query_bind_int64(query, 6, (int64_t)load->framework->n_data_points);
    gh_query_bind_int64(query, 7, gh_clock_now_us());
    return gh_query_run(query, NULL, error);
}

static const char SQL_ADD_FILE[] = "INSERT INTO framework_file"
                                   " (framework_id, version, name, content)"
                                   " VALUES ($1, $2, $3, $4)";

static bool
add_files(GhDb *db, const Load *load, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ADD_FILE, error);
    if (query == NULL)
        return false;

    for (size_t i = 0; i < load->known->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(load->known, i);
        gsize n_bytes = 0;
        const char *bytes = g_bytes_get_data(file->bytes, &n_bytes);
        /* Parsing has shown that it is UTF-8 without NUL. */
        g_autofree char *text = g_strndup(bytes != NULL ? bytes : "", n_bytes);
        gh_query_bind_text(query, 1, load->framework->id);
        gh_query_bind_text(query, 2, load->framework->version);
        gh_query_bind_text(query, 3, file->name);
        gh_query_bind_text(query, 4, text);
        if (!gh_query_run(query, NULL, error))
            return false;
    }
    return true;
}

static const char SQL_ADD_DATA_POINT[] = "INSERT INTO data_point (data_point_key, framework_id, id)"
                                         " VALUES ($1, $2, $3)";

static bool
add_data_points(GhDb *db, const Load *load, GHashTable *keys, GError **error)
{
    const GhFramework *framework = load->framework;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ADD_DATA_POINT, error);
    if (query == NULL)
        return false;

    for (size_t i = 0; i < framework->n_data_points; i++) {
        if (g_hash_table_contains(keys, framework->data_points[i].id))
            continue;
        gh_query_bind_int64(query, 1, load->new_keys[i]);
        gh_query_bind_text(query, 2, framework->id);
        gh_query_bind_text(query, 3, framework->data_points[i].id);
        if (!gh_query_run(query, NULL, error))
            return false;
    }
    return true;
}

static bool
append_audit(GhDb *db, const Load *load, GError **error)
{
    g_autoptr(GString) detail = g_string_new(NULL);
    GhJson json;

    gh_json_init(&json, detail);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "version", load->framework->version);
    gh_json_pair_int(&json, "kpis", (int64_t)load->framework->n_kpis);
    gh_json_pair_int(&json, "data_points", (int64_t)load->framework->n_data_points);
    gh_json_end_object(&json);

    GhAuditEntry entry = {
        .actor = "operator",
        .action = "framework load",
        .subject = load->framework->id,
        .detail = detail->str,
        .digest = load->digest,
    };
    return gh_audit_append(db, &entry, NULL, error);
}

static bool
load_work(GhDb *db, void *data, GError **error)
{
    Load *load = data;
    const GhFramework *framework = load->framework;
    bool found = false;
    bool current = false;

    load->changed = false;
    if (!find_version(db, load, &found, &current, error))
        return false;
    if (current)
        return true;

    g_autoptr(GHashTable) keys = load_keys(db, framework->id, error);
    if (keys == NULL || !check_removed(db, load, keys, error))
        return false;
    if (!make_current(db, SQL_NOT_CURRENT, framework->id, NULL, error))
        return false;
    if (!found
        && (!add_framework(db, load, error) || !add_files(db, load, error)
            || !add_data_points(db, load, keys, error)))
        return false;
    if (!make_current(db, SQL_CURRENT, framework->id, framework->version, error))
        return false;
    if (!gh_framework_index(db, framework, error) || !append_audit(db, load, error))
        return false;

    load->changed = true;
    return true;
}

bool
gh_framework_load(GhStore *store, GPtrArray *files, GhFaults *faults, bool *ret_changed,
                  GError **error)
{
    g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, error);
    if (framework == NULL)
        return false;

    /* Made before the transaction: a new id may need one of its own. */
    g_autofree int64_t *new_keys = g_new(int64_t, framework->n_data_points);
    for (size_t i = 0; i < framework->n_data_points; i++)
        if (!gh_store_new_id(store, &new_keys[i], error))
            return false;

    g_autoptr(GPtrArray) known = known_files(files);
    g_autofree char *digest = digest_files(known);
    Load load = {
        .framework = framework,
        .known = known,
        .digest = digest,
        .new_keys = new_keys,
        .faults = faults,
    };
    if (!gh_store_write(store, load_work, &load, error))
        return false;
    *ret_changed = load.changed;
    return true;
}

int64_t *
gh_framework_data_point_keys(GhDb *db, const GhFramework *framework, GError **error)
{
    g_autoptr(GHashTable) found = load_keys(db, framework->id, error);
    if (found == NULL)
        return NULL;

    g_autofree int64_t *keys = g_new(int64_t, framework->n_data_points);
    for (size_t i = 0; i < framework->n_data_points; i++) {
        const int64_t *key = g_hash_table_lookup(found, framework->data_points[i].id);
        if (key == NULL) {
            g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN,
                        "data point %s of framework %s is not in the database; load the framework",
                        framework->data_points[i].id, framework->id);
            return NULL;
        }
        keys[i] = *key;
    }
    return g_steal_pointer(&keys);
}

/* -- the list -- */

static const char SQL_LIST[] =
    "SELECT id, version, name, is_current, n_kpis, n_data_points, loaded_us FROM framework"
    " ORDER BY id, loaded_us, version";

static void
row_free(gpointer pointer)
{
    GhFrameworkRow *row = pointer;
    g_free(row->id);
    g_free(row->version);
    g_free(row->name);
    g_free(row);
}

static bool
list_work(GhDb *db, void *data, GError **error)
{
    GPtrArray *rows = data;
    bool row = false;

    g_ptr_array_set_size(rows, 0);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_LIST, error);
    if (query == NULL)
        return false;
    while (true) {
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;
        GhFrameworkRow *found = g_new0(GhFrameworkRow, 1);
        found->id = g_strdup(gh_query_text(query, 0));
        found->version = g_strdup(gh_query_text(query, 1));
        found->name = g_strdup(gh_query_text(query, 2));
        found->current = gh_query_int64(query, 3) == 1;
        found->n_kpis = gh_query_int64(query, 4);
        found->n_data_points = gh_query_int64(query, 5);
        found->loaded_us = gh_query_int64(query, 6);
        g_ptr_array_add(rows, found);
    }
}

GPtrArray *
gh_framework_list(GhStore *store, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);

    if (!gh_store_read(store, list_work, rows, error))
        return NULL;
    return g_steal_pointer(&rows);
}
