/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* postgres.c - the PostgreSQL engine: connection and transactions.
 *
 * The server's DETAIL and CONTEXT lines are never shown: they quote values.
 */
#include "store/postgres.h"

#include <string.h>

static const char CONNECT_TIMEOUT_S[] = "10";

/* A write waits for the writer before it; half a minute as on SQLite. */
static const char SQL_SETTINGS[] = "SET lock_timeout = '30s'";

static const char SQL_BEGIN_READ[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
static const char SQL_BEGIN_WRITE[] = "BEGIN ISOLATION LEVEL READ COMMITTED";
static const char SQL_BEGIN_HOUSE[] = "BEGIN ISOLATION LEVEL READ COMMITTED;"
                                      "SET LOCAL synchronous_commit = off";
/* The number is the program's own: "guildhal" in ASCII. */
static const char SQL_BEGIN_MIGRATE[] = "BEGIN ISOLATION LEVEL READ COMMITTED;"
                                        "SELECT pg_advisory_xact_lock(7454135081379389804)";
static const char SQL_COMMIT[] = "COMMIT";
static const char SQL_ROLLBACK[] = "ROLLBACK";

/* What an SQLSTATE asks for. */
static GhStoreError
error_code(GhDb *db, const char *state)
{
    if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0) { /* serialisation, deadlock */
        db->try_again = true;
        return GH_STORE_ERROR_BUSY;
    }
    if (strcmp(state, "55P03") == 0 || strcmp(state, "53300") == 0) /* lock, connections */
        return GH_STORE_ERROR_BUSY;
    if (g_str_has_prefix(state, "23"))
        return GH_STORE_ERROR_CONSTRAINT;
    if (g_str_has_prefix(state, "XX0"))
        return GH_STORE_ERROR_DAMAGED;
    return GH_STORE_ERROR_SQL;
}

static void
fail_lost(GhPostgres *postgres, GError **error)
{
    GhDb *db = &postgres->base;

    db->lost = true;
    db->try_again = !postgres->committing;
    if (postgres->committing)
        gh_db_fail(db, error, GH_STORE_ERROR_SQL,
                   "the connection to PostgreSQL broke during the commit: look whether the change "
                   "is there before you repeat it");
    else
        gh_db_fail(db, error, GH_STORE_ERROR_BUSY, "the connection to PostgreSQL broke");
}

void
gh_postgres_fail(GhDb *db, const PGresult *result, const char *sql, GError **error)
{
    GhPostgres *postgres = (GhPostgres *)db;
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message =
        result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    /* 57P: the administrator stops the server; it closes the connection next. */
    if (PQstatus(postgres->conn) == CONNECTION_BAD || state == NULL
        || g_str_has_prefix(state, "57P")) {
        fail_lost(postgres, error);
        return;
    }
    /* Class 22, data exceptions, quotes the value in the first line too. */
    if (message == NULL || g_str_has_prefix(state, "22"))
        message = "a value does not fit its type";

    g_autofree char *shown = sql == NULL ? NULL : gh_sql_shown(sql);
    gh_db_fail(db, error, error_code(db, state), "database: %s [%s]%s%s%s", message, state,
               shown == NULL ? "" : " (", shown == NULL ? "" : shown, shown == NULL ? "" : ")");
}

static bool
exec_script(GhDb *db, const char *sql, GError **error)
{
    GhPostgres *postgres = (GhPostgres *)db;

    gh_postgres_keep_stream(postgres);
    g_autoptr(PGresult) result = PQexec(postgres->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
        return true;
    gh_postgres_fail(db, result, NULL, error);
    return false;
}

static void
drop_notice(void *data, const char *message)
{
    (void)data;
    (void)message; /* "relation exists, skipping": we asked for that */
}

static void
postgres_close(GhDb *db)
{
    GhPostgres *postgres = (GhPostgres *)db;
    PQfinish(postgres->conn);
    g_free(postgres);
}

static GhDb *
postgres_open(const char *location, GhStoreOpen how, GError **error)
{
    /* What stands in the address goes before what stands before it here. */
    static const char *const keywords[] = {"connect_timeout", "fallback_application_name", "dbname",
                                           "client_encoding", NULL};

    (void)how; /* the database itself is made by createdb; migrations make the tables */
    if (!gh_store_check_location(location, error)) /* libpq's own message would quote it */
        return NULL;
    g_autofree char *address = gh_store_libpq_address(location);
    const char *const values[] = {CONNECT_TIMEOUT_S, "guildhall", address, "UTF8", NULL};
    PGconn *conn = PQconnectdbParams(keywords, values, 1);
    GhPostgres *postgres = g_new0(GhPostgres, 1);
    postgres->base.ops = &gh_engine_postgres;
    postgres->base.engine = GH_ENGINE_POSTGRESQL;
    postgres->conn = conn;
    if (PQstatus(conn) != CONNECTION_OK) {
        g_autofree char *shown = gh_store_shown_location(location);
        g_autofree char *message = g_strdup(PQerrorMessage(conn));
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, "cannot open database %s: %s",
                    shown, g_strdelimit(g_strchomp(message), "\n\t", ' '));
        postgres_close(&postgres->base);
        return NULL;
    }

    (void)PQsetNoticeProcessor(conn, drop_notice, NULL);
    if (!exec_script(&postgres->base, SQL_SETTINGS, error)) {
        postgres_close(&postgres->base);
        return NULL;
    }
    return &postgres->base;
}

static bool
postgres_begin(GhDb *db, GhTx tx, GError **error)
{
    switch (tx) {
    case GH_TX_READ:
        return exec_script(db, SQL_BEGIN_READ, error);
    case GH_TX_WRITE:
        return exec_script(db, SQL_BEGIN_WRITE, error);
    case GH_TX_HOUSE:
        return exec_script(db, SQL_BEGIN_HOUSE, error);
    case GH_TX_MIGRATE:
        return exec_script(db, SQL_BEGIN_MIGRATE, error);
    case GH_TX_NONE:
        break;
    }
    g_assert_not_reached();
}

static bool
postgres_commit(GhDb *db, GError **error)
{
    GhPostgres *postgres = (GhPostgres *)db;

    gh_postgres_keep_stream(postgres);
    postgres->committing = db->tx != GH_TX_READ;
    g_autoptr(PGresult) result = PQexec(postgres->conn, SQL_COMMIT);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        gh_postgres_fail(db, result, SQL_COMMIT, error);
    postgres->committing = false;

    /* The server answers a COMMIT of a failed transaction with ROLLBACK, and no error. */
    if (done && strcmp(PQcmdStatus(result), "ROLLBACK") == 0) {
        gh_db_fail(db, error, GH_STORE_ERROR_SQL, "database: the transaction had failed before");
        return false;
    }
    return done;
}

static void
postgres_rollback(GhDb *db)
{
    GhPostgres *postgres = (GhPostgres *)db;
    if (PQtransactionStatus(postgres->conn) == PQTRANS_IDLE)
        return;
    if (!exec_script(db, SQL_ROLLBACK, NULL))
        db->lost = true;
}

const GhEngineOps gh_engine_postgres = {
    .open = postgres_open,
    .close = postgres_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .script = exec_script,
    .query_new = gh_postgres_query_new,
    .query_destroy = gh_postgres_query_destroy,
    .query_reset = gh_postgres_query_reset,
    .bind_int64 = gh_postgres_bind_int64,
    .bind_double = gh_postgres_bind_double,
    .bind_text = gh_postgres_bind_text,
    .bind_bytes = gh_postgres_bind_bytes,
    .bind_null = gh_postgres_bind_null,
    .next = gh_postgres_next,
    .n_columns = gh_postgres_n_columns,
    .is_null = gh_postgres_is_null,
    .column_int64 = gh_postgres_column_int64,
    .column_double = gh_postgres_column_double,
    .column_text = gh_postgres_column_text,
    .column_bytes = gh_postgres_column_bytes,
    .bulk_new = gh_postgres_bulk_new,
    .bulk_int64 = gh_postgres_bulk_int64,
    .bulk_double = gh_postgres_bulk_double,
    .bulk_text = gh_postgres_bulk_text,
    .bulk_bytes = gh_postgres_bulk_bytes,
    .bulk_null = gh_postgres_bulk_null,
    .bulk_end_row = gh_postgres_bulk_end_row,
    .bulk_finish = gh_postgres_bulk_finish,
    .bulk_destroy = gh_postgres_bulk_destroy,
};
