/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* postgres_query.c - the PostgreSQL engine: prepared statements and streams of rows.
 *
 * Parameters go in binary form with the type of what was bound (bigint, double precision, text,
 * bytea): doubles arrive exactly, and an expression such as $1 + 0.5 means what it means on SQLite. A
 * statement whose parameters change type later (NULL first, a number then) is prepared anew.
 *
 * Rows come one at a time in text form; PostgreSQL prints doubles in the shortest form that reads
 * back as the same number. A connection carries one stream: before another command the rest of the
 * stream is taken into memory (gh_postgres_keep_stream).
 */
#include "store/postgres.h"

#include <string.h>

enum {
    PARAMETERS_MAX = 64
};

typedef struct {
    Oid type;       /* 0: NULL was bound */
    guint64 number; /* big-endian bits of a bigint or a double */
    char *bytes;    /* of a text or a bytea, owned */
    int n_bytes;
} Parameter;

typedef struct {
    GhQuery base;
    GhPostgres *postgres; /* borrowed */
    char name[16];        /* of the prepared statement; empty while there is none */
    Oid declared[PARAMETERS_MAX];
    Parameter parameters[PARAMETERS_MAX];
    int n_parameters;
    bool sent;
    bool done;
    PGresult *row;        /* the current one, or NULL */
    GQueue kept;          /* of PGresult: rows taken off the connection for another command */
    unsigned char *bytes; /* of the last bytea asked for */
} PgQuery;

/* The highest N of all $N in the text. */
static int
count_parameters(const char *sql)
{
    int highest = 0;
    for (const char *at = strchr(sql, '$'); at != NULL; at = strchr(at + 1, '$')) {
        guint64 position = g_ascii_strtoull(at + 1, NULL, 10);
        g_assert(position <= PARAMETERS_MAX);
        highest = MAX(highest, (int)position);
    }
    return highest;
}

GhQuery *
gh_postgres_query_new(GhDb *db, const char *sql, GError **error)
{
    (void)error; /* a fault in the text shows when it is first run */
    PgQuery *query = g_new0(PgQuery, 1);
    query->postgres = (GhPostgres *)db;
    query->n_parameters = count_parameters(sql);
    g_queue_init(&query->kept);
    return &query->base;
}

static void
clear_result(gpointer result)
{
    PQclear(result);
}

static void
forget_row(PgQuery *query)
{
    g_clear_pointer(&query->row, PQclear);
    g_clear_pointer(&query->bytes, PQfreemem);
}

/* Reads off what is still coming in for this query and drops it. */
static void
drop_stream(PgQuery *query)
{
    GhPostgres *postgres = query->postgres;
    if (postgres->streaming != &query->base)
        return;

    PGresult *result = NULL;
    while ((result = PQgetResult(postgres->conn)) != NULL) {
        if (PQresultStatus(result) == PGRES_FATAL_ERROR)
            gh_postgres_fail(&postgres->base, result, query->base.sql, NULL);
        PQclear(result);
    }
    postgres->streaming = NULL;
}

void
gh_postgres_keep_stream(GhPostgres *postgres)
{
    if (postgres->streaming == NULL)
        return;

    PgQuery *query = (PgQuery *)postgres->streaming;
    PGresult *result = NULL;
    while ((result = PQgetResult(postgres->conn)) != NULL)
        g_queue_push_tail(&query->kept, result);
    postgres->streaming = NULL;
}

static void
clear_parameters(PgQuery *query)
{
    for (int i = 0; i < query->n_parameters; i++) {
        g_free(query->parameters[i].bytes);
        query->parameters[i] = (Parameter){0};
    }
}

void
gh_postgres_query_reset(GhQuery *base)
{
    PgQuery *query = (PgQuery *)base;
    drop_stream(query);
    forget_row(query);
    g_queue_clear_full(&query->kept, clear_result);
    clear_parameters(query);
    query->sent = false;
    query->done = false;
}

void
gh_postgres_query_destroy(GhQuery *base)
{
    gh_postgres_query_reset(base);
    g_free(base);
}

static Parameter *
parameter(PgQuery *query, int position, Oid type)
{
    g_assert(position >= 1 && position <= query->n_parameters); /* no such parameter in the text */
    Parameter *one = &query->parameters[position - 1];
    g_clear_pointer(&one->bytes, g_free);
    one->type = type;
    return one;
}

void
gh_postgres_bind_int64(GhQuery *base, int position, int64_t value)
{
    parameter((PgQuery *)base, position, GH_OID_INT8)->number = GUINT64_TO_BE((guint64)value);
}

void
gh_postgres_bind_double(GhQuery *base, int position, double value)
{
    guint64 bits = 0;
    memcpy(&bits, &value, sizeof bits);
    parameter((PgQuery *)base, position, GH_OID_FLOAT8)->number = GUINT64_TO_BE(bits);
}

void
gh_postgres_bind_text(GhQuery *base, int position, const char *text)
{
    Parameter *one = parameter((PgQuery *)base, position, GH_OID_TEXT);
    size_t n_bytes = strlen(text);
    g_assert(n_bytes < G_MAXINT);
    one->bytes = g_memdup2(text, n_bytes + 1);
    one->n_bytes = (int)n_bytes;
}

void
gh_postgres_bind_bytes(GhQuery *base, int position, const void *bytes, size_t n_bytes)
{
    Parameter *one = parameter((PgQuery *)base, position, GH_OID_BYTEA);
    g_assert(n_bytes < G_MAXINT);
    one->bytes = g_malloc(n_bytes + 1); /* never NULL: that would be SQL NULL */
    if (n_bytes > 0)
        memcpy(one->bytes, bytes, n_bytes);
    one->n_bytes = (int)n_bytes;
}

void
gh_postgres_bind_null(GhQuery *base, int position)
{
    (void)parameter((PgQuery *)base, position, 0);
}

/* Whether the prepared statement fits what is bound now. */
static bool
is_prepared(const PgQuery *query)
{
    if (query->name[0] == '\0')
        return false;
    for (int i = 0; i < query->n_parameters; i++) {
        if (query->parameters[i].type != 0 && query->parameters[i].type != query->declared[i])
            return false;
    }
    return true;
}

static bool
prepare(PgQuery *query, GError **error)
{
    GhPostgres *postgres = query->postgres;

    for (int i = 0; i < query->n_parameters; i++) {
        if (query->parameters[i].type != 0)
            query->declared[i] = query->parameters[i].type;
    }
    /* A new name each time: the old statement may not be dropped in a transaction that failed. It
     * stays on the server, which is rare and small. */
    g_snprintf(query->name, sizeof query->name, "s%u", ++postgres->n_statements);
    g_autoptr(PGresult) result = PQprepare(postgres->conn, query->name, query->base.sql,
                                           query->n_parameters, query->declared);
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        return true;
    query->name[0] = '\0';
    gh_postgres_fail(query->base.db, result, query->base.sql, error);
    return false;
}

typedef struct {
    Oid types[PARAMETERS_MAX];
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX];
    int formats[PARAMETERS_MAX];
} Arguments;

static void
gather(const PgQuery *query, Arguments *arguments)
{
    for (int i = 0; i < query->n_parameters; i++) {
        const Parameter *one = &query->parameters[i];
        bool is_number = one->type == GH_OID_INT8 || one->type == GH_OID_FLOAT8;
        arguments->types[i] = one->type;
        arguments->values[i] = one->type == 0 ? NULL
                               : is_number    ? (const char *)&one->number
                                              : one->bytes;
        arguments->lengths[i] = is_number ? (int)sizeof one->number : one->n_bytes;
        arguments->formats[i] = 1; /* binary; for text the same bytes */
    }
}

static bool
send_query(PgQuery *query, GError **error)
{
    GhPostgres *postgres = query->postgres;
    Arguments arguments;

    gh_postgres_keep_stream(postgres);
    gather(query, &arguments);
    int sent = 0;
    if (query->base.cached) {
        if (!is_prepared(query) && !prepare(query, error))
            return false;
        sent = PQsendQueryPrepared(postgres->conn, query->name, query->n_parameters,
                                   arguments.values, arguments.lengths, arguments.formats, 0);
    } else {
        /* A second copy of a statement in use lives for one run: not worth a name. */
        sent =
            PQsendQueryParams(postgres->conn, query->base.sql, query->n_parameters, arguments.types,
                              arguments.values, arguments.lengths, arguments.formats, 0);
    }
    if (sent != 1) {
        gh_postgres_fail(query->base.db, NULL, query->base.sql, error);
        return false;
    }
    (void)PQsetSingleRowMode(postgres->conn); /* fails only where nothing was sent */
    postgres->streaming = &query->base;
    query->sent = true;
    return true;
}

static PGresult *
next_result(PgQuery *query)
{
    if (!g_queue_is_empty(&query->kept))
        return g_queue_pop_head(&query->kept);
    if (query->postgres->streaming == &query->base)
        return PQgetResult(query->postgres->conn);
    return NULL;
}

/* Rows that a finished statement changed; a SELECT reports its rows too, which do not count. */
static int64_t
count_changed(PGresult *result)
{
    const char *status = PQcmdStatus(result);
    if (g_str_has_prefix(status, "INSERT") || g_str_has_prefix(status, "UPDATE")
        || g_str_has_prefix(status, "DELETE"))
        return g_ascii_strtoll(PQcmdTuples(result), NULL, 10);
    return 0;
}

bool
gh_postgres_next(GhQuery *base, bool *ret_row, GError **error)
{
    PgQuery *query = (PgQuery *)base;

    forget_row(query);
    if (query->done) {
        *ret_row = false;
        return true;
    }
    if (!query->sent && !send_query(query, error))
        return false;

    PGresult *result = next_result(query);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_SINGLE_TUPLE) {
        query->row = result;
        *ret_row = true;
        return true;
    }

    query->done = true;
    bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    if (good)
        base->db->n_changed += count_changed(result);
    else
        gh_postgres_fail(base->db, result, base->sql, error);
    PQclear(result);
    drop_stream(query);
    if (good)
        *ret_row = false;
    return good;
}

int
gh_postgres_n_columns(const GhQuery *base)
{
    return PQnfields(((const PgQuery *)base)->row);
}

bool
gh_postgres_is_null(const GhQuery *base, int column)
{
    const PgQuery *query = (const PgQuery *)base;
    g_assert(column < PQnfields(query->row));
    return PQgetisnull(query->row, 0, column);
}

const char *
gh_postgres_column_text(const GhQuery *base, int column)
{
    const PgQuery *query = (const PgQuery *)base;

    if (gh_postgres_is_null(base, column))
        return NULL;
    const char *text = PQgetvalue(query->row, 0, column);
    if (PQftype(query->row, column) == GH_OID_BOOL) /* 1 and 0 as on SQLite */
        return text[0] == 't' ? "1" : "0";
    return text;
}

int64_t
gh_postgres_column_int64(const GhQuery *base, int column)
{
    const char *text = gh_postgres_column_text(base, column);
    return text == NULL ? 0 : g_ascii_strtoll(text, NULL, 10);
}

double
gh_postgres_column_double(const GhQuery *base, int column)
{
    const char *text = gh_postgres_column_text(base, column);
    return text == NULL ? 0.0 : g_ascii_strtod(text, NULL);
}

const void *
gh_postgres_column_bytes(GhQuery *base, int column, size_t *ret_n_bytes)
{
    PgQuery *query = (PgQuery *)base;
    const char *text = gh_postgres_column_text(base, column);

    *ret_n_bytes = 0;
    if (text == NULL)
        return NULL;
    g_clear_pointer(&query->bytes, PQfreemem);
    query->bytes = PQunescapeBytea((const unsigned char *)text, ret_n_bytes);
    g_assert(query->bytes != NULL); /* out of memory ends the program everywhere */
    return query->bytes;
}
