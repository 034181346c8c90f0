/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sqlite.c - the SQLite engine: connection and transactions.
 *
 * WAL with synchronous=FULL: readers never wait for the writer, and a committed write is on disk.
 * House keeping (leases, jobs) commits with synchronous=NORMAL: it survives the death of the
 * program, and a power cut can only take the last of it, in order, never an audited write.
 */
#include "store/sqlite.h"

#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    BUSY_TIMEOUT_MS = 4000, /* times TRIES_MAX in transaction.c: half a minute in all */
};

/* Same meaning as on PostgreSQL: "x" is a name and never a text, LIKE minds the case, foreign keys
 * hold. */
static const char SQL_SETTINGS[] = "PRAGMA foreign_keys = ON;"
                                   "PRAGMA trusted_schema = OFF;"
                                   "PRAGMA case_sensitive_like = ON;"
                                   "PRAGMA synchronous = FULL;"
                                   /* bytes: a large import must not leave its log behind */
                                   "PRAGMA journal_size_limit = 67108864;";
static const char SQL_WAL[] = "PRAGMA journal_mode = WAL";
static const char SQL_SYNC_FULL[] = "PRAGMA synchronous = FULL";
static const char SQL_SYNC_NORMAL[] = "PRAGMA synchronous = NORMAL";
static const char SQL_BEGIN_READ[] = "BEGIN DEFERRED";
static const char SQL_BEGIN_WRITE[] = "BEGIN IMMEDIATE";
static const char SQL_COMMIT[] = "COMMIT";
static const char SQL_ROLLBACK[] = "ROLLBACK";

static GhStoreError
error_code(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return GH_STORE_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
        return GH_STORE_ERROR_CONSTRAINT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return GH_STORE_ERROR_DAMAGED;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return GH_STORE_ERROR_OPEN;
    default:
        return GH_STORE_ERROR_SQL;
    }
}

void
gh_sqlite_fail(GhDb *db, int code, const char *sql, GError **error)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    GhStoreError kind = error_code(code);

    if (kind == GH_STORE_ERROR_BUSY)
        db->try_again = true;
    if (sql == NULL) {
        gh_db_fail(db, error, kind, "database: %s", sqlite3_errmsg(sqlite->handle));
        return;
    }
    g_autofree char *shown = gh_sql_shown(sql);
    gh_db_fail(db, error, kind, "database: %s (%s)", sqlite3_errmsg(sqlite->handle), shown);
}

/* SQLite counts its memory behind a lock that all threads share; nobody reads that count. */
static void
configure_once(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* refused when a host already uses SQLite */
}

static bool
create_file(const char *path, GError **error)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, GH_FILES_MODE);
    if (fd < 0 && errno != EEXIST) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, "cannot create database %s: %s",
                    path, g_strerror(errno));
        return false;
    }
    if (fd >= 0)
        close(fd);
    return true;
}

static bool
check_file(const char *path, GhStoreOpen how, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
                    "cannot open database %s: it is a folder; name a file in it", path);
        return false;
    }
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return true;
    if (how == GH_STORE_CREATE_OR_UPGRADE)
        return create_file(path, error);

    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
                "cannot open database %s: no such file; run guildhall init", path);
    return false;
}

static bool
open_failed(const char *path, sqlite3 *handle, GError **error)
{
    GhStoreError kind = error_code(sqlite3_errcode(handle));

    if ((sqlite3_errcode(handle) & 0xff) == SQLITE_NOTADB)
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
                    "cannot open database %s: it is not a database file", path);
    else
        g_set_error(error, GH_STORE_ERROR, (int)kind, "cannot open database %s: %s", path,
                    sqlite3_errmsg(handle));
    return false;
}

static bool
use_wal(const char *path, sqlite3 *handle, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, SQL_WAL, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    bool wal = code == SQLITE_ROW
               && g_strcmp0((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    (void)sqlite3_finalize(statement); /* repeats the code of the step */

    if (wal)
        return true;
    if (code != SQLITE_ROW)
        return open_failed(path, handle, error);
    g_set_error(
        error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
        "cannot open database %s: its file system lacks the locks or the shared memory that "
        "SQLite needs; use a local disk",
        path);
    return false;
}

static bool
configure(const char *path, sqlite3 *handle, GError **error)
{
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_busy_timeout(handle, BUSY_TIMEOUT_MS);
    if (sqlite3_exec(handle, SQL_SETTINGS, NULL, NULL, NULL) != SQLITE_OK)
        return open_failed(path, handle, error);
    return use_wal(path, handle, error);
}

static GhDb *
sqlite_open(const char *path, GhStoreOpen how, GError **error)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    sqlite3 *handle = NULL;

    pthread_once(&once, configure_once);
    if (!check_file(path, how, error))
        return NULL;

    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
                | SQLITE_OPEN_EXRESCODE;
    bool opened = sqlite3_open_v2(path, &handle, flags, NULL) == SQLITE_OK
                      ? configure(path, handle, error)
                      : open_failed(path, handle, error);
    if (!opened) {
        (void)sqlite3_close(handle);
        return NULL;
    }

    GhSqlite *sqlite = g_new0(GhSqlite, 1);
    sqlite->base.ops = &gh_engine_sqlite;
    sqlite->base.engine = GH_ENGINE_SQLITE;
    sqlite->handle = handle;
    sqlite->synced = true;
    return &sqlite->base;
}

static void
sqlite_close(GhDb *db)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    (void)sqlite3_finalize(sqlite->begin_read);
    (void)sqlite3_finalize(sqlite->begin_write);
    (void)sqlite3_finalize(sqlite->commit);
    (void)sqlite3_finalize(sqlite->rollback);
    int code = sqlite3_close(sqlite->handle);
    g_assert(code == SQLITE_OK); /* a statement was not finalised */
    g_free(sqlite);
}

/* Runs one of the four transaction statements, prepared once a connection. */
static int
step_kept(GhSqlite *sqlite, sqlite3_stmt **statement, const char *sql)
{
    int code = SQLITE_OK;
    if (*statement == NULL)
        code =
            sqlite3_prepare_v3(sqlite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(*statement);
    return code;
}

static bool
step_or_fail(GhSqlite *sqlite, sqlite3_stmt **statement, const char *sql, GError **error)
{
    int code = step_kept(sqlite, statement, sql);
    if (code != SQLITE_DONE)
        gh_sqlite_fail(&sqlite->base, code, sql, error);
    (void)sqlite3_reset(*statement); /* repeats the code of the step */
    return code == SQLITE_DONE;
}

static bool
sqlite_begin(GhDb *db, GhTx tx, GError **error)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    bool synced = tx != GH_TX_HOUSE;

    if (tx == GH_TX_READ)
        return step_or_fail(sqlite, &sqlite->begin_read, SQL_BEGIN_READ, error);

    if (synced != sqlite->synced) {
        int code = sqlite3_exec(sqlite->handle, synced ? SQL_SYNC_FULL : SQL_SYNC_NORMAL, NULL,
                                NULL, NULL);
        if (code != SQLITE_OK) {
            gh_sqlite_fail(db, code, NULL, error);
            return false;
        }
        sqlite->synced = synced;
    }
    return step_or_fail(sqlite, &sqlite->begin_write, SQL_BEGIN_WRITE, error);
}

static bool
sqlite_commit(GhDb *db, GError **error)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    return step_or_fail(sqlite, &sqlite->commit, SQL_COMMIT, error);
}

static void
sqlite_rollback(GhDb *db)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    if (sqlite3_get_autocommit(sqlite->handle)) /* a full disk rolls back by itself */
        return;
    int code = step_kept(sqlite, &sqlite->rollback, SQL_ROLLBACK);
    (void)sqlite3_reset(sqlite->rollback);
    if (code != SQLITE_DONE)
        db->lost = true;
}

static bool
sqlite_script(GhDb *db, const char *sql, GError **error)
{
    GhSqlite *sqlite = (GhSqlite *)db;
    int code = sqlite3_exec(sqlite->handle, sql, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return true;
    gh_sqlite_fail(db, code, NULL, error);
    return false;
}

sqlite3 *
gh_sqlite_handle(GhDb *db)
{
    g_assert(db->engine == GH_ENGINE_SQLITE);
    return ((GhSqlite *)db)->handle;
}

const GhEngineOps gh_engine_sqlite = {
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .script = sqlite_script,
    .query_new = gh_sqlite_query_new,
    .query_destroy = gh_sqlite_query_destroy,
    .query_reset = gh_sqlite_query_reset,
    .bind_int64 = gh_sqlite_bind_int64,
    .bind_double = gh_sqlite_bind_double,
    .bind_text = gh_sqlite_bind_text,
    .bind_bytes = gh_sqlite_bind_bytes,
    .bind_null = gh_sqlite_bind_null,
    .next = gh_sqlite_next,
    .n_columns = gh_sqlite_n_columns,
    .is_null = gh_sqlite_is_null,
    .column_int64 = gh_sqlite_column_int64,
    .column_double = gh_sqlite_column_double,
    .column_text = gh_sqlite_column_text,
    .column_bytes = gh_sqlite_column_bytes,
    .bulk_new = gh_sqlite_bulk_new,
    .bulk_int64 = gh_sqlite_bulk_int64,
    .bulk_double = gh_sqlite_bulk_double,
    .bulk_text = gh_sqlite_bulk_text,
    .bulk_bytes = gh_sqlite_bulk_bytes,
    .bulk_null = gh_sqlite_bulk_null,
    .bulk_end_row = gh_sqlite_bulk_end_row,
    .bulk_finish = gh_sqlite_bulk_finish,
    .bulk_destroy = gh_sqlite_bulk_destroy,
};
