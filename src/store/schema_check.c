/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* schema_check.c - whether a SQLite database holds our own tables and nothing else.
 *
 * A file from elsewhere may bring triggers that run with our statements, or tables whose names are
 * statements themselves. So its schema is compared, text by text, with that of a database which our
 * own migrations have just made.
 */
#include "store/store_engine.h"

enum {
    NAME_SHOWN_MAX = 60
};

/* What ANALYZE leaves behind is let through; names that merely begin with sqlite_ are not, since a
 * file can be made to hold any. The mark between the parts stands in none of ours. */
static const char SQL_OBJECTS[] =
    "SELECT type || char(31) || name || char(31) || tbl_name || char(31) || quote(sql), type, name"
    " FROM sqlite_schema"
    " WHERE NOT (type IS 'table' AND name IS 'sqlite_stat1'"
    "  AND sql IS 'CREATE TABLE sqlite_stat1(tbl,idx,stat)')"
    " AND NOT (type IS 'table' AND name IS 'sqlite_stat4'"
    "  AND sql IS 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)')";

/* "trigger evil", fit for a terminal: the names are the file's own. */
static char *
shown_object(const char *type, const char *name)
{
    g_autofree char *both =
        g_strdup_printf("%s %s", type == NULL ? "?" : type, name == NULL ? "?" : name);
    char *shown = g_strndup(both, NAME_SHOWN_MAX);
    return g_strcanon(shown, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_- ", '?');
}

/* Of the text of each object (owned) to how it is shown (owned). */
static bool
read_objects(GhDb *db, void *data, GError **error)
{
    GHashTable *objects = data;
    bool row = false;

    g_hash_table_remove_all(objects);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OBJECTS, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    while (row) {
        g_hash_table_insert(objects, g_strdup(gh_query_text(query, 0)),
                            shown_object(gh_query_text(query, 1), gh_query_text(query, 2)));
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

typedef struct {
    GHashTable *expected; /* the objects that were not met yet */
    char *why;            /* owned; NULL: nothing foreign */
} Comparison;

static bool
compare_objects(GhDb *db, void *data, GError **error)
{
    Comparison *comparison = data;
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OBJECTS, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    while (row) {
        const char *text = gh_query_text(query, 0); /* NULL where a part is: none of ours is */
        if (text == NULL || !g_hash_table_remove(comparison->expected, text)) {
            g_autofree char *shown = shown_object(gh_query_text(query, 1), gh_query_text(query, 2));
            comparison->why = g_strdup_printf("its %s is not as guildhall makes it", shown);
            return true;
        }
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

bool
gh_schema_compare(GhDb *sqlite, GhDb *fresh, char **ret_why, GError **error)
{
    g_autoptr(GHashTable) expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Comparison comparison = {.expected = expected};
    GHashTableIter iter;
    gpointer shown = NULL;

    if (!gh_db_transact(fresh, GH_TX_READ, read_objects, expected, error)
        || !gh_db_transact(sqlite, GH_TX_READ, compare_objects, &comparison, error))
        return false;

    g_hash_table_iter_init(&iter, expected);
    if (comparison.why == NULL && g_hash_table_iter_next(&iter, NULL, &shown))
        comparison.why = g_strdup_printf("its %s is missing", (const char *)shown);
    *ret_why = comparison.why;
    return true;
}
