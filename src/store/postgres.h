/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* postgres.h - what the files of the PostgreSQL engine share. Internal to src/store. */
#pragma once

#include "store/store_engine.h"

#include <libpq-fe.h>

/* Object ids of types: src/include/catalog/pg_type.dat, fixed for all versions. */
enum {
    GH_OID_BOOL = 16,
    GH_OID_BYTEA = 17,
    GH_OID_INT8 = 20,
    GH_OID_INT4 = 23,
    GH_OID_TEXT = 25,
    GH_OID_FLOAT8 = 701,
};

typedef struct {
    GhDb base;
    PGconn *conn;
    bool committing;       /* a connection lost now leaves open whether the change was kept */
    unsigned n_statements; /* gives each prepared statement its name */
    GhQuery *streaming;    /* whose rows are still coming in, or NULL */
} GhPostgres;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGresult, PQclear)

/* Sets the error from a failed result (may be NULL: from the connection) and the flags of the
 * connection; sql may be NULL. */
void gh_postgres_fail(GhDb *db, const PGresult *result, const char *sql, GError **error);

GhQuery *gh_postgres_query_new(GhDb *db, const char *sql, GError **error);
void gh_postgres_query_destroy(GhQuery *query);
void gh_postgres_query_reset(GhQuery *query);
void gh_postgres_bind_int64(GhQuery *query, int position, int64_t value);
void gh_postgres_bind_double(GhQuery *query, int position, double value);
void gh_postgres_bind_text(GhQuery *query, int position, const char *text);
void gh_postgres_bind_bytes(GhQuery *query, int position, const void *bytes, size_t n_bytes);
void gh_postgres_bind_null(GhQuery *query, int position);
bool gh_postgres_next(GhQuery *query, bool *ret_row, GError **error);
int gh_postgres_n_columns(const GhQuery *query);
bool gh_postgres_is_null(const GhQuery *query, int column);
int64_t gh_postgres_column_int64(const GhQuery *query, int column);
double gh_postgres_column_double(const GhQuery *query, int column);
const char *gh_postgres_column_text(const GhQuery *query, int column);
const void *gh_postgres_column_bytes(GhQuery *query, int column, size_t *ret_n_bytes);

/* Keeps the rows that are still coming in, so that the connection is free for another command. */
void gh_postgres_keep_stream(GhPostgres *postgres);

GhBulk *gh_postgres_bulk_new(GhDb *db, const char *table, const char *columns, size_t n_columns,
                             GError **error);
void gh_postgres_bulk_int64(GhBulk *bulk, int64_t value);
void gh_postgres_bulk_double(GhBulk *bulk, double value);
void gh_postgres_bulk_text(GhBulk *bulk, const char *text);
void gh_postgres_bulk_bytes(GhBulk *bulk, const void *bytes, size_t n_bytes);
void gh_postgres_bulk_null(GhBulk *bulk);
bool gh_postgres_bulk_end_row(GhBulk *bulk, GError **error);
bool gh_postgres_bulk_finish(GhBulk *bulk, GError **error);
void gh_postgres_bulk_destroy(GhBulk *bulk);
