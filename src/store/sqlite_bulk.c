/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sqlite_bulk.c - the SQLite engine: many rows through one prepared INSERT.
 *
 * Texts of a row are gathered in one buffer and bound where they lie: a copy each, but no allocation
 * each. While the load runs the page cache is larger, so that pages are written once.
 */
#include "store/sqlite.h"

#include <string.h>

typedef struct {
    size_t offset;
    size_t n_bytes;
    bool is_bytes;
    bool is_set;
} Piece;

typedef struct {
    GhBulk base;
    sqlite3_stmt *insert;
    GByteArray *texts; /* of the row begun */
    Piece *pieces;     /* by column */
} SqliteBulk;

/* KiB, by SQLite's sign convention; our choice, measured with 1,000,000 rows of 150 bytes. */
static const char SQL_LARGE_CACHE[] = "PRAGMA cache_size = -32768";
static const char SQL_USUAL_CACHE[] = "PRAGMA cache_size = -2000";

/* Table and columns are literals of our own source (store.h): nothing foreign gets in here. */
static char *
insert_text(const char *table, const char *columns, size_t n_columns)
{
    GString *sql = g_string_new("INSERT INTO ");
    g_string_append(sql, table);
    g_string_append(sql, " (");
    g_string_append(sql, columns);
    g_string_append(sql, ") VALUES (");
    for (size_t i = 0; i < n_columns; i++)
        g_string_append(sql, i == 0 ? "?" : ", ?");
    g_string_append(sql, ")");
    return g_string_free(sql, FALSE);
}

GhBulk *
gh_sqlite_bulk_new(GhDb *db, const char *table, const char *columns, size_t n_columns,
                   GError **error)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    sqlite3_stmt *insert = NULL;

    g_autofree char *sql = insert_text(table, columns, n_columns);
    int code = sqlite3_prepare_v2(sqlite->handle, sql, -1, &insert, NULL);
    if (code != SQLITE_OK) {
        gh_sqlite_fail(db, code, sql, error);
        return NULL;
    }
    g_assert((size_t)sqlite3_bind_parameter_count(insert) == n_columns);
    (void)sqlite3_exec(sqlite->handle, SQL_LARGE_CACHE, NULL, NULL, NULL); /* speed only */

    SqliteBulk *bulk = g_new0(SqliteBulk, 1);
    bulk->insert = insert;
    bulk->texts = g_byte_array_sized_new(4096);
    bulk->pieces = g_new0(Piece, n_columns);
    return &bulk->base;
}

static int
next_parameter(const SqliteBulk *bulk)
{
    return (int)bulk->base.column + 1;
}

void
gh_sqlite_bulk_int64(GhBulk *base, int64_t value)
{
    SqliteBulk *bulk = (SqliteBulk *)base;
    (void)sqlite3_bind_int64(bulk->insert, next_parameter(bulk), value);
}

void
gh_sqlite_bulk_double(GhBulk *base, double value)
{
    SqliteBulk *bulk = (SqliteBulk *)base;
    (void)sqlite3_bind_double(bulk->insert, next_parameter(bulk), value);
}

static void
add_piece(SqliteBulk *bulk, const void *bytes, size_t n_bytes, bool is_bytes)
{
    g_assert(n_bytes <= G_MAXUINT - bulk->texts->len);
    bulk->pieces[bulk->base.column] = (Piece){
        .offset = bulk->texts->len, .n_bytes = n_bytes, .is_bytes = is_bytes, .is_set = true};
    g_byte_array_append(bulk->texts, bytes, (unsigned)n_bytes);
}

void
gh_sqlite_bulk_text(GhBulk *base, const char *text)
{
    add_piece((SqliteBulk *)base, text, strlen(text), false);
}

void
gh_sqlite_bulk_bytes(GhBulk *base, const void *bytes, size_t n_bytes)
{
    add_piece((SqliteBulk *)base, bytes, n_bytes, true);
}

void
gh_sqlite_bulk_null(GhBulk *base)
{
    SqliteBulk *bulk = (SqliteBulk *)base;
    (void)sqlite3_bind_null(bulk->insert, next_parameter(bulk));
}

static void
bind_pieces(SqliteBulk *bulk)
{
    for (size_t i = 0; i < bulk->base.n_columns; i++) {
        Piece *piece = &bulk->pieces[i];
        if (!piece->is_set)
            continue;
        const char *bytes =
            piece->n_bytes == 0 ? "" : (const char *)bulk->texts->data + piece->offset;
        if (piece->is_bytes)
            (void)sqlite3_bind_blob64(bulk->insert, (int)i + 1, bytes, piece->n_bytes,
                                      SQLITE_STATIC);
        else
            (void)sqlite3_bind_text64(bulk->insert, (int)i + 1, bytes, piece->n_bytes,
                                      SQLITE_STATIC, SQLITE_UTF8);
        piece->is_set = false;
    }
}

bool
gh_sqlite_bulk_end_row(GhBulk *base, GError **error)
{
    SqliteBulk *bulk = (SqliteBulk *)base;

    bind_pieces(bulk);
    int code = sqlite3_step(bulk->insert);
    if (code != SQLITE_DONE)
        gh_sqlite_fail(base->db, code, sqlite3_sql(bulk->insert), error);
    (void)sqlite3_reset(bulk->insert); /* repeats the code of the step */
    g_byte_array_set_size(bulk->texts, 0);
    return code == SQLITE_DONE;
}

bool
gh_sqlite_bulk_finish(GhBulk *base, GError **error)
{
    (void)base;
    (void)error;
    return true;
}

void
gh_sqlite_bulk_destroy(GhBulk *base)
{
    SqliteBulk *bulk = (SqliteBulk *)base;
    (void)sqlite3_exec(((GhSqlite *)base->db)->handle, SQL_USUAL_CACHE, NULL, NULL, NULL);
    (void)sqlite3_finalize(bulk->insert); /* repeats the code of the last step */
    g_byte_array_unref(bulk->texts);
    g_free(bulk->pieces);
    g_free(bulk);
}
