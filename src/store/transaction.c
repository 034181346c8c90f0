/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* transaction.c - reads, writes, and trying again.
 *
 * Isolation. A read sees one snapshot (SQLite: WAL; PostgreSQL: REPEATABLE READ). A write locks the
 * head of the audit chain before anything else (SQLite: BEGIN IMMEDIATE; PostgreSQL: SELECT ... FOR
 * UPDATE under READ COMMITTED), so audited writes come strictly one after another and each sees all
 * that was committed before it. That is as good as SERIALIZABLE for them, needs no retries, and the
 * chain would force the same order anyway.
 */
#include "store/store_engine.h"

#include <string.h>

enum {
    TRIES_MAX = 8,
    BACKOFF_FIRST_MS = 10, /* doubles up to BACKOFF_LAST_MS; some of it at random */
    BACKOFF_LAST_MS = 500,
};

/* The store this thread writes to: a second write inside it would wait for itself for ever. */
static _Thread_local const GhStore *writing_here;

const GhStore *
gh_store_writing_here(void)
{
    return writing_here;
}

static const char SQL_HEAD_SQLITE[] = "SELECT seq, hash"
                                      " FROM audit_head"
                                      " WHERE id = 1";

static const char SQL_HEAD_POSTGRES[] = "SELECT seq, hash"
                                        " FROM audit_head"
                                        " WHERE id = 1"
                                        " FOR UPDATE";

bool
gh_db_lock_head(GhDb *db, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(
        db, db->engine == GH_ENGINE_SQLITE ? SQL_HEAD_SQLITE : SQL_HEAD_POSTGRES, error);
    if (query == NULL)
        return false;
    if (!gh_query_next(query, &row, error))
        return false;

    if (!row) {
        gh_db_fail(db, error, GH_STORE_ERROR_DAMAGED, "the table audit_head has lost its row");
        return false;
    }
    db->head_seq = gh_query_int64(query, 0);
    g_strlcpy(db->head_hash, gh_query_text(query, 1), sizeof db->head_hash);
    return true;
}

static const char SQL_RAISE_VERSION[] = "UPDATE data_version"
                                        " SET version = version + 1"
                                        " WHERE id = 1";

static bool
raise_version(GhDb *db, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_RAISE_VERSION, error);
    if (query == NULL)
        return false;
    return gh_query_run(query, NULL, error);
}

/* What must hold before a commit. */
static bool
finish(GhDb *db, GhTx tx, GError **error)
{
    if (db->spoilt) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL,
                    "a statement failed and was passed over, or a bulk load was left unfinished: "
                    "nothing was kept");
        return false;
    }
    if (tx != GH_TX_WRITE || db->n_changed == 0)
        return true;

    if (db->n_audited == 0) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_AUDIT,
                    "%" G_GINT64_FORMAT " rows changed without an audit entry: nothing was kept",
                    db->n_changed);
        return false;
    }
    return raise_version(db, error);
}

static bool
run_body(GhDb *db, GhTx tx, GhStoreWork work, void *data, GError **error)
{
    if (tx == GH_TX_WRITE && !gh_db_lock_head(db, error))
        return false;
    if (!work(db, data, error))
        return false;
    return finish(db, tx, error);
}

bool
gh_db_transact(GhDb *db, GhTx tx, GhStoreWork work, void *data, GError **error)
{
    g_assert(db->tx == GH_TX_NONE);
    db->try_again = false;
    db->spoilt = false;
    db->n_changed = 0;
    db->n_audited = 0;

    if (!db->ops->begin(db, tx, error))
        return false;

    db->tx = tx;
    bool done = run_body(db, tx, work, data, error);
    g_assert(db->bulk == NULL); /* work must free its bulk load */
    done = done && db->ops->commit(db, error);
    if (!done && !db->lost)
        db->ops->rollback(db);
    db->tx = GH_TX_NONE;
    return done;
}

static void
back_off(unsigned try)
{
    unsigned ms = MIN((unsigned)BACKOFF_FIRST_MS << try, (unsigned)BACKOFF_LAST_MS);
    g_usleep((gulong)g_random_int_range((gint32)(ms / 2), (gint32)ms + 1) * 1000);
}

/* *ret_again: the failure may pass. It goes in as what it was after the try before, because a server
 * that dropped its connections may need a moment until it takes new ones. */
static bool
try_once(GhStore *store, GhTx tx, GhStoreWork work, void *data, bool *ret_again, GError **error)
{
    GhDb *db = gh_store_take_db(store, error);
    if (db == NULL)
        return false;

    bool done = gh_db_transact(db, tx, work, data, error);
    *ret_again = db->try_again;
    gh_store_give_db(store, db);
    return done;
}

static bool
try_often(GhStore *store, GhTx tx, GhStoreWork work, void *data, GError **error)
{
    bool again = false;

    for (unsigned try = 0;; try++) {
        g_autoptr(GError) failure = NULL;

        if (try_once(store, tx, work, data, &again, &failure))
            return true;
        if (!again || try + 1 >= TRIES_MAX) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        back_off(try);
    }
}

bool
gh_store_read(GhStore *store, GhStoreWork work, void *data, GError **error)
{
    return try_often(store, GH_TX_READ, work, data, error);
}

static bool
write_alone(GhStore *store, GhTx tx, GhStoreWork work, void *data, GError **error)
{
    g_assert(writing_here == NULL); /* a write inside a write: the inner one would never begin */

    if (store->engine == GH_ENGINE_SQLITE)
        pthread_mutex_lock(&store->writer_lock);
    writing_here = store;
    bool done = try_often(store, tx, work, data, error);
    writing_here = NULL;
    if (store->engine == GH_ENGINE_SQLITE)
        pthread_mutex_unlock(&store->writer_lock);
    return done;
}

bool
gh_store_write(GhStore *store, GhStoreWork work, void *data, GError **error)
{
    if (!gh_ids_prepare(store, error))
        return false;
    return write_alone(store, GH_TX_WRITE, work, data, error);
}

bool
gh_store_keep_house(GhStore *store, GhStoreWork work, void *data, GError **error)
{
    return write_alone(store, GH_TX_HOUSE, work, data, error);
}

GhEngine
gh_db_engine(const GhDb *db)
{
    return db->engine;
}
