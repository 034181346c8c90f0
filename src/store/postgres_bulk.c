/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* postgres_bulk.c - the PostgreSQL engine: many rows through COPY in binary form.
 *
 * Binary, because printing and reading doubles would cost more than all the rest. It needs the exact
 * type of each column, which is asked from the catalogue when a load begins.
 *
 * Source    PostgreSQL 15 documentation, COPY, "Binary Format".
 */
#include "store/postgres.h"

#include <string.h>

enum {
    SEND_BYTES = 64 * 1024
};

typedef struct {
    GhBulk base;
    GhPostgres *postgres; /* borrowed */
    char *table;
    Oid *types; /* by column */
    GByteArray *out;
    bool copying;
    const char *misfit; /* why the row cannot be sent; NULL: it can */
} PgBulk;

static const char SQL_TYPE[] = "SELECT atttypid"
                               " FROM pg_catalog.pg_attribute"
                               " WHERE attrelid = CAST($1 AS regclass) AND attname = $2"
                               "  AND attnum > 0 AND NOT attisdropped";

static bool
look_up_type(GhDb *db, const char *table, const char *column, Oid *ret_type, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_TYPE, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, table);
    gh_query_bind_text(query, 2, column);
    if (!gh_query_next(query, &row, error))
        return false;

    if (!row) {
        gh_db_fail(db, error, GH_STORE_ERROR_SQL, "database: table %s has no column %s", table,
                   column);
        return false;
    }
    *ret_type = (Oid)gh_query_int64(query, 0);
    return true;
}

static bool
look_up_types(PgBulk *bulk, GhDb *db, const char *columns, size_t n_columns, GError **error)
{
    g_auto(GStrv) names = g_strsplit(columns, ",", -1);
    g_assert(g_strv_length(names) == n_columns);

    bulk->types = g_new0(Oid, n_columns);
    for (size_t i = 0; i < n_columns; i++) {
        if (!look_up_type(db, bulk->table, g_strstrip(names[i]), &bulk->types[i], error))
            return false;
    }
    return true;
}

static void
put_int16(GByteArray *out, int16_t value)
{
    guint16 bits = GUINT16_TO_BE((guint16)value);
    g_byte_array_append(out, (const guint8 *)&bits, sizeof bits);
}

static void
put_int32(GByteArray *out, int32_t value)
{
    guint32 bits = GUINT32_TO_BE((guint32)value);
    g_byte_array_append(out, (const guint8 *)&bits, sizeof bits);
}

static void
put_int64(GByteArray *out, int64_t value)
{
    guint64 bits = GUINT64_TO_BE((guint64)value);
    g_byte_array_append(out, (const guint8 *)&bits, sizeof bits);
}

static void
put_sized(GByteArray *out, const void *bytes, size_t n_bytes)
{
    g_assert(n_bytes < G_MAXINT32);
    put_int32(out, (int32_t)n_bytes);
    g_byte_array_append(out, bytes, (unsigned)n_bytes);
}

static bool
send_out(PgBulk *bulk, GError **error)
{
    if (PQputCopyData(bulk->postgres->conn, (const char *)bulk->out->data, (int)bulk->out->len)
        != 1) {
        bulk->copying = false;
        gh_postgres_fail(bulk->base.db, NULL, NULL, error);
        return false;
    }
    g_byte_array_set_size(bulk->out, 0);
    return true;
}

/* Table and columns are literals of our own source (store.h): nothing foreign gets in here. */
static bool
begin_copy(PgBulk *bulk, const char *columns, GError **error)
{
    static const char head[] = "PGCOPY\n\377\r\n"; /* with its NUL: 11 bytes */
    g_autofree char *sql =
        g_strconcat("COPY ", bulk->table, " (", columns, ") FROM STDIN (FORMAT binary)", NULL);

    gh_postgres_keep_stream(bulk->postgres);
    g_autoptr(PGresult) result = PQexec(bulk->postgres->conn, sql);
    if (PQresultStatus(result) != PGRES_COPY_IN) {
        gh_postgres_fail(&bulk->postgres->base, result, sql, error);
        return false;
    }
    bulk->copying = true;
    g_byte_array_append(bulk->out, (const guint8 *)head, sizeof head);
    put_int32(bulk->out, 0); /* flags */
    put_int32(bulk->out, 0); /* no header extension */
    return true;
}

GhBulk *
gh_postgres_bulk_new(GhDb *db, const char *table, const char *columns, size_t n_columns,
                     GError **error)
{
    PgBulk *bulk = g_new0(PgBulk, 1);
    bulk->postgres = (GhPostgres *)db;
    bulk->table = g_strdup(table);
    bulk->out = g_byte_array_sized_new(SEND_BYTES + 4096);
    if (look_up_types(bulk, db, columns, n_columns, error) && begin_copy(bulk, columns, error))
        return &bulk->base;

    bulk->base.db = db;
    gh_postgres_bulk_destroy(&bulk->base);
    return NULL;
}

static void
begin_field(PgBulk *bulk)
{
    if (bulk->base.column == 0)
        put_int16(bulk->out, (int16_t)bulk->base.n_columns);
}

static Oid
column_type(const PgBulk *bulk)
{
    return bulk->types[bulk->base.column];
}

static void
put_double(PgBulk *bulk, double value)
{
    int64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    put_int32(bulk->out, (int32_t)sizeof bits);
    put_int64(bulk->out, bits);
}

void
gh_postgres_bulk_int64(GhBulk *base, int64_t value)
{
    PgBulk *bulk = (PgBulk *)base;

    begin_field(bulk);
    switch (column_type(bulk)) {
    case GH_OID_INT8:
        put_int32(bulk->out, (int32_t)sizeof value);
        put_int64(bulk->out, value);
        return;
    case GH_OID_INT4:
        if (value < G_MININT32 || value > G_MAXINT32)
            bulk->misfit = "a number is too large for its integer column";
        put_int32(bulk->out, (int32_t)sizeof(int32_t));
        put_int32(bulk->out, (int32_t)value);
        return;
    case GH_OID_FLOAT8:
        put_double(bulk, (double)value);
        return;
    default:
        bulk->misfit = "an integer for a column of another type";
    }
}

void
gh_postgres_bulk_double(GhBulk *base, double value)
{
    PgBulk *bulk = (PgBulk *)base;

    begin_field(bulk);
    if (column_type(bulk) != GH_OID_FLOAT8)
        bulk->misfit = "a double for a column of another type";
    put_double(bulk, value);
}

void
gh_postgres_bulk_text(GhBulk *base, const char *text)
{
    PgBulk *bulk = (PgBulk *)base;

    begin_field(bulk);
    if (column_type(bulk) != GH_OID_TEXT)
        bulk->misfit = "a text for a column of another type";
    put_sized(bulk->out, text, strlen(text));
}

void
gh_postgres_bulk_bytes(GhBulk *base, const void *bytes, size_t n_bytes)
{
    PgBulk *bulk = (PgBulk *)base;

    begin_field(bulk);
    if (column_type(bulk) != GH_OID_BYTEA)
        bulk->misfit = "bytes for a column of another type";
    put_sized(bulk->out, bytes, n_bytes);
}

void
gh_postgres_bulk_null(GhBulk *base)
{
    PgBulk *bulk = (PgBulk *)base;
    begin_field(bulk);
    put_int32(bulk->out, -1);
}

bool
gh_postgres_bulk_end_row(GhBulk *base, GError **error)
{
    PgBulk *bulk = (PgBulk *)base;

    if (bulk->misfit != NULL) {
        gh_db_fail(base->db, error, GH_STORE_ERROR_SQL, "database: table %s: %s", bulk->table,
                   bulk->misfit);
        return false;
    }
    if (bulk->out->len < SEND_BYTES)
        return true;
    return send_out(bulk, error);
}

/* Ends the COPY and reads the server's verdict. */
static bool
end_copy(PgBulk *bulk, const char *abort_reason, GError **error)
{
    PGconn *conn = bulk->postgres->conn;
    bool good = PQputCopyEnd(conn, abort_reason) == 1;
    PGresult *result = NULL;

    bulk->copying = false;
    if (!good)
        gh_postgres_fail(bulk->base.db, NULL, NULL, error);
    while ((result = PQgetResult(conn)) != NULL) {
        if (good && PQresultStatus(result) != PGRES_COMMAND_OK) {
            gh_postgres_fail(bulk->base.db, result, NULL, error);
            good = false;
        }
        PQclear(result);
    }
    return good;
}

bool
gh_postgres_bulk_finish(GhBulk *base, GError **error)
{
    PgBulk *bulk = (PgBulk *)base;

    put_int16(bulk->out, -1); /* end of data */
    if (!send_out(bulk, error))
        return false;
    if (!end_copy(bulk, NULL, error)) {
        g_prefix_error(error, "table %s: ", bulk->table);
        return false;
    }
    return true;
}

void
gh_postgres_bulk_destroy(GhBulk *base)
{
    PgBulk *bulk = (PgBulk *)base;
    if (bulk->copying)
        (void)end_copy(bulk, "given up", NULL); /* the transaction is spoilt already */
    g_byte_array_unref(bulk->out);
    g_free(bulk->types);
    g_free(bulk->table);
    g_free(bulk);
}
