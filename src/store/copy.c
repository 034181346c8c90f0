/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* copy.c - all rows from one database into another.
 *
 * The statements are made from the names of our own tables, as a database lists them that our own
 * migrations made; a name that would need quotes is refused. They are interned, so that the cache of
 * statements, which goes by address, can hold them.
 */
#include "store/copy.h"

#include <gio/gio.h>
#include <string.h>

enum {
    ROWS_A_REPORT = 10000
};

static void
table_free(gpointer pointer)
{
    GhCopyTable *table = pointer;
    g_free(table->name);
    g_free(table->columns);
    g_free(table->key_columns);
    g_array_unref(table->kinds);
    g_ptr_array_unref(table->parents);
    g_free(table);
}

static GhCopyTable *
table_new(const char *name)
{
    GhCopyTable *table = g_new0(GhCopyTable, 1);
    table->name = g_strdup(name);
    table->columns = g_strdup("");
    table->key_columns = g_strdup("");
    table->kinds = g_array_new(FALSE, FALSE, sizeof(GhCopyKind));
    table->parents = g_ptr_array_new_with_free_func(g_free);
    return table;
}

static GhCopyTable *
find_table(const GPtrArray *tables, const char *name)
{
    for (unsigned i = 0; i < tables->len; i++) {
        GhCopyTable *table = g_ptr_array_index(tables, i);
        if (strcmp(table->name, name) == 0)
            return table;
    }
    return NULL;
}

static void
append_name(char **list, const char *name)
{
    char *longer = (*list)[0] == '\0' ? g_strdup(name) : g_strconcat(*list, ", ", name, NULL);
    g_free(*list);
    *list = longer;
}

static bool
kind_of(const char *type, GhCopyKind *ret_kind)
{
    static const struct {
        const char *type;
        GhCopyKind kind;
    } kinds[] = {
        {"INTEGER", GH_COPY_INT64}, {"BIGINT", GH_COPY_INT64}, {"DOUBLE PRECISION", GH_COPY_DOUBLE},
        {"TEXT", GH_COPY_TEXT},     {"BLOB", GH_COPY_BYTES},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (g_ascii_strcasecmp(type, kinds[i].type) == 0) {
            *ret_kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* Names go into statements as they are. */
static bool
check_name(GhDb *db, const char *name, GError **error)
{
    static const char inner[] = "abcdefghijklmnopqrstuvwxyz_0123456789";

    if (name != NULL && name[0] != '\0' && !g_ascii_isdigit(name[0])
        && name[strspn(name, inner)] == '\0')
        return true;
    gh_db_fail(db, error, GH_STORE_ERROR_DAMAGED,
               "a table or column has a name that guildhall does not give");
    return false;
}

static const char SQL_COLUMNS[] = "SELECT m.name, c.name, c.type, c.pk"
                                  " FROM sqlite_schema m"
                                  " JOIN pragma_table_info(m.name) c"
                                  " WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_*'"
                                  " ORDER BY m.rowid, c.cid";

static bool
read_columns(GhDb *db, GPtrArray *tables, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_COLUMNS, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    while (row) {
        const char *name = gh_query_text(query, 0);
        GhCopyKind kind = GH_COPY_TEXT;
        if (!check_name(db, name, error) || !check_name(db, gh_query_text(query, 1), error))
            return false;
        GhCopyTable *table = find_table(tables, name);
        if (table == NULL) {
            table = table_new(name);
            g_ptr_array_add(tables, table);
        }
        if (!kind_of(gh_query_text(query, 2), &kind)) {
            gh_db_fail(db, error, GH_STORE_ERROR_DAMAGED,
                       "table %s has a column of an unknown type", name);
            return false;
        }
        append_name(&table->columns, gh_query_text(query, 1));
        if (gh_query_int64(query, 3) > 0)
            append_name(&table->key_columns, gh_query_text(query, 1));
        g_array_append_val(table->kinds, kind);
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

static const char SQL_PARENTS[] = "SELECT m.name, f.\"table\""
                                  " FROM sqlite_schema m"
                                  " JOIN pragma_foreign_key_list(m.name) f"
                                  " WHERE m.type = 'table' AND f.\"table\" <> m.name";

static bool
read_parents(GhDb *db, const GPtrArray *tables, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_PARENTS, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    while (row) {
        GhCopyTable *table = find_table(tables, gh_query_text(query, 0));
        if (table != NULL)
            g_ptr_array_add(table->parents, g_strdup(gh_query_text(query, 1)));
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

static bool
parents_are_in(const GhCopyTable *table, const GPtrArray *sorted)
{
    for (unsigned i = 0; i < table->parents->len; i++) {
        if (find_table(sorted, g_ptr_array_index(table->parents, i)) == NULL)
            return false;
    }
    return true;
}

/* Moves tables behind their parents. Tables in a ring would stay over: PostgreSQL would refuse
 * their rows, and our migrations have none. */
static GPtrArray *
sort_tables(GPtrArray *tables)
{
    GPtrArray *sorted = g_ptr_array_new_with_free_func(table_free);
    bool moved = true;

    while (moved) {
        moved = false;
        for (unsigned i = 0; i < tables->len; i++) {
            if (!parents_are_in(g_ptr_array_index(tables, i), sorted))
                continue;
            g_ptr_array_add(sorted, g_ptr_array_steal_index(tables, i));
            moved = true;
            i--;
        }
    }
    return sorted;
}

GPtrArray *
gh_copy_list_tables(GhDb *sqlite, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(table_free);

    if (!read_columns(sqlite, tables, error) || !read_parents(sqlite, tables, error))
        return NULL;

    g_autoptr(GPtrArray) sorted = sort_tables(tables);
    if (tables->len > 0) {
        gh_db_fail(sqlite, error, GH_STORE_ERROR_DAMAGED,
                   "the tables refer to each other in a ring");
        return NULL;
    }
    return g_steal_pointer(&sorted);
}

const char *
gh_copy_select(const GhCopyTable *table)
{
    g_autofree char *sql =
        g_strconcat("SELECT ", table->columns, " FROM ", table->name,
                    table->key_columns[0] == '\0' ? "" : " ORDER BY ", table->key_columns, NULL);
    return g_intern_string(sql);
}

static const char *
count_text(const GhCopyTable *table)
{
    g_autofree char *sql = g_strconcat("SELECT COUNT(*) FROM ", table->name, NULL);
    return g_intern_string(sql);
}

static bool
count_rows(GhDb *db, const GhCopyTable *table, int64_t *ret_n, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, count_text(table), error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    *ret_n = gh_query_int64(query, 0);
    return true;
}

static void
copy_value(GhQuery *from, GhBulk *to, int column, GhCopyKind kind)
{
    if (gh_query_is_null(from, column)) {
        gh_bulk_null(to);
        return;
    }
    switch (kind) {
    case GH_COPY_INT64:
        gh_bulk_int64(to, gh_query_int64(from, column));
        return;
    case GH_COPY_DOUBLE:
        gh_bulk_double(to, gh_query_double(from, column));
        return;
    case GH_COPY_TEXT:
        gh_bulk_text(to, gh_query_text(from, column));
        return;
    case GH_COPY_BYTES: {
        size_t n_bytes = 0;
        const void *bytes = gh_query_bytes(from, column, &n_bytes);
        gh_bulk_bytes(to, bytes, n_bytes);
        return;
    }
    }
    g_assert_not_reached();
}

static bool
copy_row(GhQuery *from, GhBulk *to, const GhCopyTable *table, GError **error)
{
    for (unsigned i = 0; i < table->kinds->len; i++)
        copy_value(from, to, (int)i, g_array_index(table->kinds, GhCopyKind, i));
    return gh_bulk_end_row(to, error);
}

bool
gh_copy_table(GhDb *from, GhDb *to, const GhCopyTable *table, const GhProgress *progress,
              double base, double share, GError **error)
{
    int64_t n_rows = 0;
    int64_t n_done = 0;
    bool row = false;

    if (!count_rows(from, table, &n_rows, error))
        return false;
    g_autoptr(GhQuery) query = gh_db_query(from, gh_copy_select(table), error);
    if (query == NULL)
        return false;
    g_autoptr(GhBulk) bulk = gh_db_bulk(to, table->name, table->columns, table->kinds->len, error);
    if (bulk == NULL || !gh_query_next(query, &row, error))
        return false;

    while (row) {
        if (!copy_row(query, bulk, table, error))
            return false;
        if (++n_done % ROWS_A_REPORT == 0
            && !gh_progress_report(progress, table->name,
                                   base + share * (double)n_done / (double)MAX(n_rows, 1))) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
            return false;
        }
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return gh_bulk_finish(bulk, error);
}
