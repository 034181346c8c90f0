/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sqlite.h - what the files of the SQLite engine share. Internal to src/store. */
#pragma once

#include "store/store_engine.h"

#include <sqlite3.h>

typedef struct {
    GhDb base;
    sqlite3 *handle;
    bool synced; /* PRAGMA synchronous is FULL */
    sqlite3_stmt *begin_read;
    sqlite3_stmt *begin_write;
    sqlite3_stmt *commit;
    sqlite3_stmt *rollback;
} GhSqlite;

/* Sets the error for a result code; sql may be NULL. */
void gh_sqlite_fail(GhDb *db, int code, const char *sql, GError **error);

GhQuery *gh_sqlite_query_new(GhDb *db, const char *sql, GError **error);
void gh_sqlite_query_destroy(GhQuery *query);
void gh_sqlite_query_reset(GhQuery *query);
void gh_sqlite_bind_int64(GhQuery *query, int position, int64_t value);
void gh_sqlite_bind_double(GhQuery *query, int position, double value);
void gh_sqlite_bind_text(GhQuery *query, int position, const char *text);
void gh_sqlite_bind_bytes(GhQuery *query, int position, const void *bytes, size_t n_bytes);
void gh_sqlite_bind_null(GhQuery *query, int position);
bool gh_sqlite_next(GhQuery *query, bool *ret_row, GError **error);
int gh_sqlite_n_columns(const GhQuery *query);
bool gh_sqlite_is_null(const GhQuery *query, int column);
int64_t gh_sqlite_column_int64(const GhQuery *query, int column);
double gh_sqlite_column_double(const GhQuery *query, int column);
const char *gh_sqlite_column_text(const GhQuery *query, int column);
const void *gh_sqlite_column_bytes(GhQuery *query, int column, size_t *ret_n_bytes);

GhBulk *gh_sqlite_bulk_new(GhDb *db, const char *table, const char *columns, size_t n_columns,
                           GError **error);
void gh_sqlite_bulk_int64(GhBulk *bulk, int64_t value);
void gh_sqlite_bulk_double(GhBulk *bulk, double value);
void gh_sqlite_bulk_text(GhBulk *bulk, const char *text);
void gh_sqlite_bulk_bytes(GhBulk *bulk, const void *bytes, size_t n_bytes);
void gh_sqlite_bulk_null(GhBulk *bulk);
bool gh_sqlite_bulk_end_row(GhBulk *bulk, GError **error);
bool gh_sqlite_bulk_finish(GhBulk *bulk, GError **error);
void gh_sqlite_bulk_destroy(GhBulk *bulk);
