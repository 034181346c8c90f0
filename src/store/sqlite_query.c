/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sqlite_query.c - the SQLite engine: prepared statements. */
#include "store/sqlite.h"

enum {
    PARAMETERS_MAX = 64
}; /* our widest statement has about 20 */

typedef struct {
    GhQuery base;
    sqlite3 *handle; /* borrowed */
    sqlite3_stmt *statement;
    int n_parameters;
    /* SQLite numbers $1, $2 in the order in which they appear in the text: indexes[i] is its number
     * of $(i+1), 0 when the text does not have it. */
    int indexes[PARAMETERS_MAX];
    bool done; /* stepping again would start from the top */
} SqliteQuery;

static void
map_parameters(SqliteQuery *query)
{
    int n = sqlite3_bind_parameter_count(query->statement);
    g_assert(n <= PARAMETERS_MAX);
    for (int index = 1; index <= n; index++) {
        const char *name = sqlite3_bind_parameter_name(query->statement, index);
        g_assert(name != NULL && name[0] == '$'); /* only $1, $2, ... are portable */
        guint64 position = g_ascii_strtoull(name + 1, NULL, 10);
        g_assert(position >= 1 && position <= PARAMETERS_MAX);
        query->indexes[position - 1] = index;
        query->n_parameters = MAX(query->n_parameters, (int)position);
    }
}

GhQuery *
gh_sqlite_query_new(GhDb *db, const char *sql, GError **error)
{
    sqlite3 *handle = ((GhSqlite *)db)->handle;
    sqlite3_stmt *statement = NULL;

    int code = sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    if (code != SQLITE_OK) {
        gh_sqlite_fail(db, code, sql, error);
        return NULL;
    }

    SqliteQuery *query = g_new0(SqliteQuery, 1);
    query->handle = handle;
    query->statement = statement;
    query->base.writes = !sqlite3_stmt_readonly(statement);
    map_parameters(query);
    return &query->base;
}

void
gh_sqlite_query_destroy(GhQuery *base)
{
    SqliteQuery *query = (SqliteQuery *)base;
    (void)sqlite3_finalize(query->statement); /* repeats the code of the last step */
    g_free(query);
}

void
gh_sqlite_query_reset(GhQuery *base)
{
    SqliteQuery *query = (SqliteQuery *)base;
    (void)sqlite3_reset(query->statement); /* repeats the code of the last step */
    (void)sqlite3_clear_bindings(query->statement);
    query->done = false;
}

static int
parameter(const SqliteQuery *query, int position)
{
    g_assert(position >= 1 && position <= query->n_parameters);
    g_assert(query->indexes[position - 1] != 0); /* no such parameter in the text */
    return query->indexes[position - 1];
}

void
gh_sqlite_bind_int64(GhQuery *base, int position, int64_t value)
{
    SqliteQuery *query = (SqliteQuery *)base;
    int code = sqlite3_bind_int64(query->statement, parameter(query, position), value);
    g_assert(code == SQLITE_OK);
}

void
gh_sqlite_bind_double(GhQuery *base, int position, double value)
{
    SqliteQuery *query = (SqliteQuery *)base;
    int code = sqlite3_bind_double(query->statement, parameter(query, position), value);
    g_assert(code == SQLITE_OK);
}

void
gh_sqlite_bind_text(GhQuery *base, int position, const char *text)
{
    SqliteQuery *query = (SqliteQuery *)base;
    int code =
        sqlite3_bind_text(query->statement, parameter(query, position), text, -1, SQLITE_TRANSIENT);
    g_assert(code == SQLITE_OK);
}

void
gh_sqlite_bind_bytes(GhQuery *base, int position, const void *bytes, size_t n_bytes)
{
    SqliteQuery *query = (SqliteQuery *)base;
    /* A NULL pointer would bind SQL NULL instead of no bytes. */
    int code = sqlite3_bind_blob64(query->statement, parameter(query, position),
                                   n_bytes == 0 ? "" : bytes, n_bytes, SQLITE_TRANSIENT);
    g_assert(code == SQLITE_OK);
}

void
gh_sqlite_bind_null(GhQuery *base, int position)
{
    SqliteQuery *query = (SqliteQuery *)base;
    int code = sqlite3_bind_null(query->statement, parameter(query, position));
    g_assert(code == SQLITE_OK);
}

bool
gh_sqlite_next(GhQuery *base, bool *ret_row, GError **error)
{
    SqliteQuery *query = (SqliteQuery *)base;

    if (query->done) {
        *ret_row = false;
        return true;
    }

    int64_t before = sqlite3_total_changes64(query->handle);
    int code = sqlite3_step(query->statement);
    base->db->n_changed += sqlite3_total_changes64(query->handle) - before;
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        gh_sqlite_fail(base->db, code, base->sql, error);
        return false;
    }
    query->done = code == SQLITE_DONE;
    *ret_row = code == SQLITE_ROW;
    return true;
}

int
gh_sqlite_n_columns(const GhQuery *base)
{
    return sqlite3_column_count(((const SqliteQuery *)base)->statement);
}

bool
gh_sqlite_is_null(const GhQuery *base, int column)
{
    return sqlite3_column_type(((const SqliteQuery *)base)->statement, column) == SQLITE_NULL;
}

int64_t
gh_sqlite_column_int64(const GhQuery *base, int column)
{
    return sqlite3_column_int64(((const SqliteQuery *)base)->statement, column);
}

double
gh_sqlite_column_double(const GhQuery *base, int column)
{
    return sqlite3_column_double(((const SqliteQuery *)base)->statement, column);
}

const char *
gh_sqlite_column_text(const GhQuery *base, int column)
{
    return (const char *)sqlite3_column_text(((const SqliteQuery *)base)->statement, column);
}

const void *
gh_sqlite_column_bytes(GhQuery *base, int column, size_t *ret_n_bytes)
{
    SqliteQuery *query = (SqliteQuery *)base;
    const void *bytes = sqlite3_column_blob(query->statement, column);
    *ret_n_bytes = (size_t)sqlite3_column_bytes(query->statement, column);
    /* NULL from SQLite for a value of no bytes too: tell it from SQL NULL. */
    if (bytes == NULL && !gh_sqlite_is_null(base, column))
        bytes = "";
    return bytes;
}
