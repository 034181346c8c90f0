/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store_engine.h - what an engine does for the store. Internal to src/store.
 *
 * An engine's connection, query and bulk structs begin with the structs below. The common part
 * (pool, transactions, cache of statements, counting of changes) is written once over this table.
 *
 * Errors    An engine that fails sets the flags of GhDb besides the error: try_again when the whole
 *           transaction may be run again, lost when the connection cannot be used any more. Every
 *           failed statement spoils its transaction (spoilt), on both engines alike: PostgreSQL
 *           does so anyway, and a difference here would only show in production.
 */
#pragma once

#include "store/store.h"

#include <pthread.h>

typedef enum {
    GH_TX_NONE,
    GH_TX_READ,    /* one snapshot, nothing is kept */
    GH_TX_WRITE,   /* audited, synced to disk */
    GH_TX_HOUSE,   /* not audited; survives a crash of the program, but not always a power cut */
    GH_TX_MIGRATE, /* a migration: holds the lock against other migrations */
} GhTx;

enum {
    GH_HASH_TEXT_SIZE = 65
}; /* SHA-256 in hex, with its NUL */

typedef struct {
    GhDb *(*open)(const char *location, GhStoreOpen how, GError **error);
    void (*close)(GhDb *db);
    bool (*begin)(GhDb *db, GhTx tx, GError **error);
    bool (*commit)(GhDb *db, GError **error);
    void (*rollback)(GhDb *db);

    /* Several statements in one text, without parameters and results. */
    bool (*script)(GhDb *db, const char *sql, GError **error);

    GhQuery *(*query_new)(GhDb *db, const char *sql, GError **error);
    void (*query_destroy)(GhQuery *query);
    void (*query_reset)(GhQuery *query);
    void (*bind_int64)(GhQuery *query, int position, int64_t value);
    void (*bind_double)(GhQuery *query, int position, double value);
    void (*bind_text)(GhQuery *query, int position, const char *text);
    void (*bind_bytes)(GhQuery *query, int position, const void *bytes, size_t n_bytes);
    void (*bind_null)(GhQuery *query, int position);
    bool (*next)(GhQuery *query, bool *ret_row, GError **error);
    int (*n_columns)(const GhQuery *query);
    bool (*is_null)(const GhQuery *query, int column);
    int64_t (*column_int64)(const GhQuery *query, int column);
    double (*column_double)(const GhQuery *query, int column);
    const char *(*column_text)(const GhQuery *query, int column);
    const void *(*column_bytes)(GhQuery *query, int column, size_t *ret_n_bytes);

    GhBulk *(*bulk_new)(GhDb *db, const char *table, const char *columns, size_t n_columns,
                        GError **error);
    void (*bulk_int64)(GhBulk *bulk, int64_t value);
    void (*bulk_double)(GhBulk *bulk, double value);
    void (*bulk_text)(GhBulk *bulk, const char *text);
    void (*bulk_bytes)(GhBulk *bulk, const void *bytes, size_t n_bytes);
    void (*bulk_null)(GhBulk *bulk);
    bool (*bulk_end_row)(GhBulk *bulk, GError **error);
    bool (*bulk_finish)(GhBulk *bulk, GError **error);
    void (*bulk_destroy)(GhBulk *bulk);
} GhEngineOps;

extern const GhEngineOps gh_engine_sqlite;
extern const GhEngineOps gh_engine_postgres;

struct GhDb {
    const GhEngineOps *ops;
    GhEngine engine;
    GhStore *store;    /* borrowed; NULL while a connection is not in a pool */
    GHashTable *cache; /* address of the SQL text -> GhQuery, owned */
    GhBulk *bulk;      /* the one that is open, or NULL */
    GhTx tx;
    bool try_again;
    bool lost;
    bool spoilt;       /* a statement failed or a bulk load was left: this must not be committed */
    int64_t n_changed; /* rows changed in this transaction, without the store's own */
    int64_t n_audited; /* audit entries in this transaction */
    int64_t head_seq;  /* of the audit chain, valid in GH_TX_WRITE */
    char head_hash[GH_HASH_TEXT_SIZE];
};

struct GhQuery {
    GhDb *db;        /* borrowed */
    const char *sql; /* static */
    bool cached;     /* belongs to the cache of its connection */
    bool in_use;
    bool counts; /* its changes are changes of the data: not a table named temp_... */
    bool writes; /* known to write: refused in a read. PostgreSQL refuses by itself */
};

struct GhBulk {
    GhDb *db;
    size_t n_columns;
    size_t column; /* the next one of the row begun */
    int64_t n_rows;
    bool counts;
    bool finished;
};

struct GhStore {
    size_t serial;
    char *location;
    char *name; /* location fit for messages: no password */
    const GhEngineOps *ops;
    GhEngine engine;

    pthread_mutex_t pool_lock; /* guards idle and n_open */
    pthread_cond_t pool_freed;
    GPtrArray *idle; /* of GhDb, owned */
    unsigned n_open;

    /* SQLite has one writer at a time. Waiting here is fair and wakes at once; waiting in SQLite is
     * polling. */
    pthread_mutex_t writer_lock;

    pthread_mutex_t version_lock;
    int64_t version;
    int64_t version_read_us; /* monotonic; 0: never */

    pthread_mutex_t lease_lock; /* held while the lease's row is written */
    char id_holder[33];         /* guarded by lease_lock; the rest by id_lock */
    pthread_mutex_t id_lock;
    bool id_has_node;
    unsigned id_node;
    int64_t id_expires_us;
    int64_t id_last_ms;
    unsigned id_counter;
};

/* -- location.c -- */

/* Whether location is an address of PostgreSQL, in either case of letters. */
bool gh_store_is_address(const char *location);

/* An address as libpq knows it, which minds the case of the scheme. The caller owns it. */
char *gh_store_libpq_address(const char *location);

/* The location as it may stand in messages and logs: without password, and "postgresql://..." or
 * "(not shown)" where it cannot be told which part that is. The caller owns it. */
char *gh_store_shown_location(const char *location);

/* -- store.c -- */

/* A connection outside any pool, for migrations and backups. */
GhDb *gh_db_open(const char *location, GhStoreOpen how, GError **error);
void gh_db_close(GhDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDb, gh_db_close)

/* From and to the pool. A connection that is lost is closed, and with it all idle ones. */
GhDb *gh_store_take_db(GhStore *store, GError **error);
void gh_store_give_db(GhStore *store, GhDb *db);

/* -- transaction.c -- */

/* One try on one connection: begin, work, commit; rolled back when anything fails. */
bool gh_db_transact(GhDb *db, GhTx tx, GhStoreWork work, void *data, GError **error);

/* Reads the head of the audit chain into db and holds it until the transaction ends. */
bool gh_db_lock_head(GhDb *db, GError **error);

/* The database the calling thread writes to right now (gh_store_write, gh_store_keep_house), or
 * NULL. */
const GhStore *gh_store_writing_here(void);

/* -- query.c -- */

/* Marks the transaction as spoilt and sets the error. */
void gh_db_fail(GhDb *db, GError **error, GhStoreError code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Whether a statement or a table is one of a temporary table: those are named temp_... and are not
 * counted as changes of the data. */
bool gh_sql_is_temporary(const char *sql);

/* A short one-line beginning of a statement, for messages. The caller owns it. */
char *gh_sql_shown(const char *sql);

/* -- ids.c -- */

/* Takes or renews the lease of the node when less than half its time is left. Called before a
 * write transaction begins, because SQLite could not write the lease inside it. */
bool gh_ids_prepare(GhStore *store, GError **error);
void gh_ids_release(GhStore *store);

/* -- schema.c -- */

/* A migration compiled into the program: schema/NNNN_name.sql. */
typedef struct {
    int version;
    char *name; /* the file's, without folder */
    char *sql;
    char sha256[GH_HASH_TEXT_SIZE];
} GhMigration;

/* All of them in order; of GhMigration, owned. */
GPtrArray *gh_schema_load(void);

/* The text with the lines of the other engine left out: those that end in "-- sqlite" or
 * "-- postgresql". */
char *gh_schema_for_engine(const char *sql, GhEngine engine);

/* -- schema_check.c -- */

/* Compares all objects of a SQLite database with those of one that our migrations have just made.
 * *ret_why, owned by the caller, says what differs: "its trigger x is not as guildhall makes it";
 * NULL: nothing. */
bool gh_schema_compare(GhDb *sqlite, GhDb *fresh, char **ret_why, GError **error);

/* -- migrate.c -- */

/* Brings the database up to date, or refuses as gh_store_open says. */
bool gh_migrate(GhDb *db, const char *shown_location, GhStoreOpen how, GError **error);

/* -- sqlite.c -- */

/* The sqlite3 handle, for the backup. */
struct sqlite3;
struct sqlite3 *gh_sqlite_handle(GhDb *db);
