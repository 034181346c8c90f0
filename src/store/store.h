/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store.h - one SQL interface over SQLite and PostgreSQL.
 *
 * A GhStore is a database: a pool of connections. Work runs in a function that is handed one
 * connection (GhDb) inside a transaction; when the database asks to try again (busy,
 * serialisation failure, deadlock) the store rolls back and calls the function again, so it must
 * not keep results of a failed try: it writes its outputs at the end, or starts by resetting them.
 *
 * SQL       One portable text for both engines, parameters $1, $2, ... always bound. Types: BIGINT,
 *           INTEGER, TEXT, DOUBLE PRECISION. Statements are prepared once per connection and cached
 *           by the address of their text: pass static const char arrays only.
 *           Both engines mind the case in LIKE, sort text by its bytes, take "x" for a name and
 *           never a text, and count division of integers as integer. A parameter whose type the
 *           text does not tell needs a cast: CAST($1 AS BIGINT) IS NULL.
 *           Working tables are temporary and named temp_...: their rows are not counted as changes.
 *           A statement that fails spoils its transaction, which then cannot be committed; what may
 *           fail is written so that it does not (INSERT ... ON CONFLICT DO NOTHING).
 * Ownership Texts from a GhQuery are borrowed until its next gh_query_next or free.
 * Errors    GH_STORE_ERROR. Messages carry the engine's text and never bound values.
 * Threads   A GhStore is safe from every thread; a GhDb and its queries belong to the thread whose
 *           work function was handed them.
 *           A write inside a write on the same thread is asserted against.
 * Cost      Results stream: a million rows are read in little memory. On PostgreSQL a connection
 *           serves one stream, so a second query begun while a first still has rows makes the rest
 *           of the first be kept in memory.
 * Limits    GH_STORE_POOL_MAX connections; whoever comes then waits.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GH_STORE_ERROR (gh_store_error_quark())
GQuark gh_store_error_quark(void);

typedef enum {
    GH_STORE_ERROR_OPEN,       /* no such database, no right to it, not a Guildhall database */
    GH_STORE_ERROR_SQL,        /* the engine refused a statement: our own bug, or a full disk */
    GH_STORE_ERROR_CONSTRAINT, /* unique, not null, check or foreign key */
    GH_STORE_ERROR_BUSY,       /* still busy after all retries */
    GH_STORE_ERROR_NEWER,      /* the database was made by a newer program */
    GH_STORE_ERROR_OLDER,      /* migrations are missing: run guildhall init */
    GH_STORE_ERROR_AUDIT,      /* rows changed without an audit entry: our own bug */
    GH_STORE_ERROR_DAMAGED,    /* a check of the file or of the audit chain failed */
} GhStoreError;

enum {
    GH_STORE_POOL_MAX = 16
};

typedef struct GhStore GhStore;
typedef struct GhDb GhDb;
typedef struct GhQuery GhQuery;

typedef enum {
    GH_ENGINE_SQLITE,
    GH_ENGINE_POSTGRESQL,
} GhEngine;

typedef enum {
    GH_STORE_MUST_EXIST,        /* and must have all migrations */
    GH_STORE_CREATE_OR_UPGRADE, /* creates the file or tables, runs missing migrations */
} GhStoreOpen;

/* location is a file path or a postgresql:// or postgres:// address (libpq's form); what
 * gh_store_check_location refuses is refused. */
GhStore *gh_store_open(const char *location, GhStoreOpen how, GError **error);
void gh_store_free(GhStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhStore, gh_store_free)
GhEngine gh_store_engine(const GhStore *store);

/* Refuses, with a sentence that quotes nothing of it, what could be an address gone wrong, since the
 * password may stand anywhere in it: another scheme, keyword=value, an address that libpq cannot
 * read or would read in parts that were not meant. Opens nothing. GH_STORE_ERROR_OPEN. */
bool gh_store_check_location(const char *location, GError **error);

/* The location as it may stand in messages: an address without user, password and options. */
const char *gh_store_name(const GhStore *store);

/* A number that no other store of this process has or had, 1 and up: what is kept in memory is kept by it, since a
 * store's address may be given out again. */
size_t gh_store_serial(const GhStore *store);

/* Work on one connection. Returns false with error set to give up: everything is rolled back. */
typedef bool (*GhStoreWork)(GhDb *db, void *data, GError **error);

/* Reads from one consistent snapshot. */
bool gh_store_read(GhStore *store, GhStoreWork work, void *data, GError **error);

/* One user action: one write transaction. The work appends at least one audit entry
 * (gh_audit_append) if it changed any row, else the store refuses to commit
 * (GH_STORE_ERROR_AUDIT). data_version rises by one when rows were changed, and not otherwise.
 * When this returns true the change is on disk. */
bool gh_store_write(GhStore *store, GhStoreWork work, void *data, GError **error);

/* Rows that are no one's action (jobs, leases): no audit entry, data_version stays. What was kept
 * survives the death of the program, though the last of it may be lost with the power. New ids are
 * made before it, not in it. */
bool gh_store_keep_house(GhStore *store, GhStoreWork work, void *data, GError **error);

/* The engine of the connection, where a statement must differ. */
GhEngine gh_db_engine(const GhDb *db);

/* -- statements -- */

/* A prepared statement from the cache, ready for binding. sql must be static. */
GhQuery *gh_db_query(GhDb *db, const char *sql, GError **error);
void gh_query_free(GhQuery *query); /* returns it to the cache */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhQuery, gh_query_free)

/* Binding cannot fail but by our own bug (no such parameter: asserted). Texts are copied or kept
 * until the query is reset, whichever the engine needs; the caller may free them at once. Position
 * counts from 1. text may be NULL: SQL NULL. */
void gh_query_bind_int64(GhQuery *query, int position, int64_t value);
void gh_query_bind_double(GhQuery *query, int position, double value);
void gh_query_bind_text(GhQuery *query, int position, const char *text);
void gh_query_bind_bytes(GhQuery *query, int position, const void *bytes, size_t n_bytes);
void gh_query_bind_null(GhQuery *query, int position);

/* Steps to the next row of a SELECT (or of INSERT ... RETURNING). */
bool gh_query_next(GhQuery *query, bool *ret_row, GError **error);

/* Runs a statement without result rows, then clears its bindings for the next use. */
bool gh_query_run(GhQuery *query, int64_t *ret_changed_or_null, GError **error);

/* Ready to bind and run again. */
void gh_query_reset(GhQuery *query);

/* Columns of the current row, counted from 0. The text of a NULL is NULL; numbers of a NULL are 0:
 * ask gh_query_is_null where that matters. */
bool gh_query_is_null(const GhQuery *query, int column);
int64_t gh_query_int64(const GhQuery *query, int column);
double gh_query_double(const GhQuery *query, int column);
const char *gh_query_text(const GhQuery *query, int column);
const void *gh_query_bytes(GhQuery *query, int column, size_t *ret_n_bytes); /* BLOB, BYTEA */

/* -- many rows -- */

/* Rows into one table as fast as the engine takes them: COPY on PostgreSQL, one prepared INSERT on
 * SQLite. columns is the literal list "a, b, c" in the order the values come. At most one bulk load
 * at a time on a connection, and no query while it is open. Without gh_bulk_finish nothing is kept. */
typedef struct GhBulk GhBulk;
GhBulk *gh_db_bulk(GhDb *db, const char *table, const char *columns, size_t n_columns,
                   GError **error);
void gh_bulk_int64(GhBulk *bulk, int64_t value);
void gh_bulk_double(GhBulk *bulk, double value);
void gh_bulk_text(GhBulk *bulk, const char *text); /* NULL: SQL NULL */
void gh_bulk_bytes(GhBulk *bulk, const void *bytes, size_t n_bytes);
void gh_bulk_null(GhBulk *bulk);
bool gh_bulk_end_row(GhBulk *bulk, GError **error);
bool gh_bulk_finish(GhBulk *bulk, GError **error);
void gh_bulk_free(GhBulk *bulk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhBulk, gh_bulk_free)

/* -- ids and version -- */

/* A new 64-bit id: 41 bits of milliseconds since 2020, 10 bits node, 12 bits counter. Unique over
 * all processes that share the database, rising within this one. The node comes from a lease row
 * (table node_lease), taken at the first call and renewed while the store is open. */
bool gh_store_new_id(GhStore *store, int64_t *ret_id, GError **error);

/* The version of all data: raised by each write transaction. Asked from the database at most every
 * GH_STORE_VERSION_AGE_MS; in between, the value read last. */
enum {
    GH_STORE_VERSION_AGE_MS = 200
};
bool gh_store_data_version(GhStore *store, int64_t *ret_version, GError **error);

/* The version inside a transaction: exactly what its reads see. */
bool gh_db_data_version(GhDb *db, int64_t *ret_version, GError **error);
