/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_get.c - a framework from the database, parsed once per process.
 *
 * Parsed frameworks are kept by the digest of their files. So the cache cannot be stale, whatever
 * database asks: a call reads one row to learn the digest, and parses only what it has never seen.
 */
#include "framework/framework_private.h"

#include <string.h>

enum {
    KEPT_MAX = 32
}; /* versions in use at a time; U4SSC takes 0.4 MB */

static GMutex kept_lock;
static GHashTable *kept; /* digest -> GhFramework; under kept_lock */

/* The caller owns it; NULL when it is not kept. */
static GhFramework *
find_kept(const char *digest)
{
    g_mutex_lock(&kept_lock);
    const GhFramework *found = kept != NULL ? g_hash_table_lookup(kept, digest) : NULL;
    GhFramework *framework = found != NULL ? gh_framework_ref(found) : NULL;
    g_mutex_unlock(&kept_lock);
    return framework;
}

static void
keep(const char *digest, const GhFramework *framework)
{
    g_mutex_lock(&kept_lock);
    if (kept == NULL)
        kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify)gh_framework_unref);
    if (g_hash_table_size(kept) >= KEPT_MAX)
        g_hash_table_remove_all(kept); /* whoever uses one holds a reference */
    g_hash_table_replace(kept, g_strdup(digest), gh_framework_ref(framework));
    g_mutex_unlock(&kept_lock);
}

typedef struct {
    const char *id;
    const char *version;    /* NULL: the current one */
    char *digest;           /* owned; NULL when there is no such row */
    GhFramework *framework; /* owned; NULL when it has to be parsed */
    GPtrArray *files;       /* owned; of GhFrameworkFile */
} Get;

static void
get_clear(Get *get)
{
    g_clear_pointer(&get->digest, g_free);
    g_clear_pointer(&get->framework, gh_framework_unref);
    g_clear_pointer(&get->files, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Get, get_clear)

static const char SQL_CURRENT[] = "SELECT version, digest FROM framework"
                                  " WHERE id = $1 AND is_current = 1";
static const char SQL_VERSION[] = "SELECT version, digest FROM framework"
                                  " WHERE id = $1 AND version = $2";
static const char SQL_FILES[] = "SELECT name, content FROM framework_file"
                                " WHERE framework_id = $1 AND version = $2"
                                " ORDER BY name";

GPtrArray *
gh_framework_load_files(GhDb *db, const char *id, const char *version, GError **error)
{
    g_autoptr(GPtrArray) files = gh_framework_files_new();
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_FILES, error);
    if (query == NULL)
        return NULL;
    gh_query_bind_text(query, 1, id);
    gh_query_bind_text(query, 2, version);
    while (true) {
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&files);
        const char *content = gh_query_text(query, 1);
        g_autoptr(GBytes) bytes = g_bytes_new(content, strlen(content));
        gh_framework_files_add(files, gh_query_text(query, 0), bytes);
    }
}

GPtrArray *
gh_framework_stored_files(GhDb *db, const GhFramework *framework, GError **error)
{
    return gh_framework_load_files(db, framework->id, framework->version, error);
}

static bool
get_work(GhDb *db, void *data, GError **error)
{
    Get *get = data;
    bool row = false;

    get_clear(get);
    g_autoptr(GhQuery) query =
        gh_db_query(db, get->version != NULL ? SQL_VERSION : SQL_CURRENT, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, get->id);
    if (get->version != NULL)
        gh_query_bind_text(query, 2, get->version);
    if (!gh_query_next(query, &row, error))
        return false;
    if (!row)
        return true;

    get->digest = g_strdup(gh_query_text(query, 1));
    get->framework = find_kept(get->digest);
    if (get->framework != NULL)
        return true;
    g_autofree char *version = g_strdup(gh_query_text(query, 0));
    g_clear_pointer(&query, gh_query_free);
    get->files = gh_framework_load_files(db, get->id, version, error);
    return get->files != NULL;
}

/* What was loaded without a fault has one now only if this program is stricter than the one that
 * loaded it. */
static GhFramework *
parse_stored(const Get *get, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhFramework) framework = gh_framework_parse(get->files, faults, NULL);
    if (framework != NULL)
        return g_steal_pointer(&framework);

    g_autofree char *first = gh_fault_format(gh_faults_peek(faults, 0), gh_lang_source());
    g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_FAULTS,
                "framework %s in the database has %zu faults, such as %s; load a corrected version",
                get->id, gh_faults_n_errors(faults), first);
    return NULL;
}

GhFramework *
gh_framework_get(GhStore *store, const char *id, const char *version, GError **error)
{
    g_auto(Get) get = {.id = id, .version = version};

    if (!gh_store_read(store, get_work, &get, error))
        return NULL;
    if (get.digest == NULL) {
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN,
                    "no framework \"%s\"%s%s in the database; guildhall framework list shows what"
                    " is there",
                    id, version != NULL ? " of version " : "", version != NULL ? version : "");
        return NULL;
    }
    if (get.framework != NULL)
        return g_steal_pointer(&get.framework);

    g_autoptr(GhFramework) framework = parse_stored(&get, error);
    if (framework != NULL)
        keep(get.digest, framework);
    return g_steal_pointer(&framework);
}
