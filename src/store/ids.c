/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ids.c - 64-bit ids that are unique over all processes on one database.
 *
 * 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter. A process leases a node
 * and gives it back at its end; the lease of one that died runs out. The lease's row keeps the time
 * of the last id, so that the next holder goes on behind it even if its clock is behind.
 *
 * When the clock goes backwards, or when more than 4096 ids are wanted in a millisecond, the time
 * part runs ahead of the clock instead of waiting: ids stay unique and rising, and nobody may read
 * an exact time out of them.
 */
#include "store/store_engine.h"

#include "base/clock.h"

enum {
    NODES = 1024,    /* 10 bits */
    COUNTERS = 4096, /* 12 bits */
    COUNTER_BITS = 12,
    TIME_SHIFT = 22, /* node and counter */
};
static const int64_t EPOCH_US = INT64_C(1577836800) * 1000000; /* 2020-01-01T00:00:00Z */
static const int64_t LEASE_US = INT64_C(3600) * 1000000; /* our choice: longer than any import */

typedef struct {
    GhStore *store;
    int64_t now_us;
    int64_t expires_us;
    bool found;
    unsigned node;
    int64_t last_ms;
} Lease;

static const char SQL_RENEW[] = "UPDATE node_lease"
                                " SET expires_us = $1, last_ms = $2"
                                " WHERE node = $3 AND holder = $4";

static bool
renew_lease(GhDb *db, void *data, GError **error)
{
    Lease *lease = data;
    int64_t changed = 0;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_RENEW, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, lease->expires_us);
    gh_query_bind_int64(query, 2, lease->last_ms);
    gh_query_bind_int64(query, 3, lease->node);
    gh_query_bind_text(query, 4, lease->store->id_holder);
    if (!gh_query_run(query, &changed, error))
        return false;

    lease->found = changed == 1;
    return true;
}

/* A free node: given back or run out, the one that has been free longest. */
static const char SQL_FREE_NODE[] = "SELECT node, last_ms"
                                    " FROM node_lease"
                                    " WHERE holder = '' OR expires_us < $1"
                                    " ORDER BY expires_us, node"
                                    " LIMIT 1";

static const char SQL_NEXT_NODE[] = "SELECT COALESCE(MAX(node) + 1, 0)"
                                    " FROM node_lease";

static bool
find_node(GhDb *db, Lease *lease, bool *ret_is_new, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) free_node = gh_db_query(db, SQL_FREE_NODE, error);
    if (free_node == NULL)
        return false;
    gh_query_bind_int64(free_node, 1, lease->now_us);
    if (!gh_query_next(free_node, &row, error))
        return false;
    if (row) {
        lease->node = (unsigned)gh_query_int64(free_node, 0);
        lease->last_ms = MAX(lease->last_ms, gh_query_int64(free_node, 1));
        *ret_is_new = false;
        return true;
    }

    g_autoptr(GhQuery) next_node = gh_db_query(db, SQL_NEXT_NODE, error);
    if (next_node == NULL || !gh_query_next(next_node, &row, error))
        return false;
    int64_t node = gh_query_int64(next_node, 0);
    if (node >= NODES) {
        gh_db_fail(db, error, GH_STORE_ERROR_BUSY,
                   "all %d nodes for new ids are leased: too many programs use this database at "
                   "once; leases of those that died run out within the hour",
                   NODES);
        return false;
    }
    lease->node = (unsigned)node;
    *ret_is_new = true;
    return true;
}

static const char SQL_LOCK_LEASES_POSTGRES[] = "LOCK TABLE node_lease IN EXCLUSIVE MODE";

static const char SQL_TAKE_NEW[] = "INSERT INTO node_lease (expires_us, last_ms, node, holder)"
                                   " VALUES ($1, $2, $3, $4)";

static const char SQL_TAKE_FREE[] = "UPDATE node_lease"
                                    " SET expires_us = $1, last_ms = $2, holder = $4"
                                    " WHERE node = $3";

static bool
take_lease(GhDb *db, void *data, GError **error)
{
    Lease *lease = data;
    bool is_new = false;

    /* Two programs looking at once would see the same free node; on SQLite only one is writing. */
    if (db->engine == GH_ENGINE_POSTGRESQL) {
        g_autoptr(GhQuery) lock = gh_db_query(db, SQL_LOCK_LEASES_POSTGRES, error);
        if (lock == NULL || !gh_query_run(lock, NULL, error))
            return false;
    }
    if (!find_node(db, lease, &is_new, error))
        return false;

    g_autoptr(GhQuery) query = gh_db_query(db, is_new ? SQL_TAKE_NEW : SQL_TAKE_FREE, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, lease->expires_us);
    gh_query_bind_int64(query, 2, lease->last_ms);
    gh_query_bind_int64(query, 3, lease->node);
    gh_query_bind_text(query, 4, lease->store->id_holder);
    return gh_query_run(query, NULL, error);
}

static void
new_token(char token[33])
{
    g_autofree char *uuid = g_uuid_string_random();
    size_t n = 0;
    for (const char *c = uuid; *c != '\0' && n < 32; c++) {
        if (*c != '-')
            token[n++] = *c;
    }
    token[n] = '\0';
}

/* Whether ids may be made now without looking at the lease's row. Inside a write the row cannot be
 * written (SQLite); the lease was good for half its time when the write began, and until it ends
 * nobody else can take the node there. Called with id_lock held. */
static bool
lease_is_good(const GhStore *store)
{
    if (!store->id_has_node)
        return false;
    return gh_store_writing_here() == store
           || store->id_expires_us - g_get_real_time() > LEASE_US / 2;
}

/* Called with lease_lock held, and without id_lock: whoever writes must be able to make ids. */
static bool
renew_or_take(GhStore *store, Lease *lease, GError **error)
{
    if (store->id_has_node && !gh_store_keep_house(store, renew_lease, lease, error))
        return false;
    if (lease->found)
        return true;

    new_token(store->id_holder);
    return gh_store_keep_house(store, take_lease, lease, error);
}

static bool
refresh_lease(GhStore *store, GError **error)
{
    /* Leases go by the real clock, also where a test has fixed the other one. */
    int64_t now_us = g_get_real_time();

    g_assert(gh_store_writing_here() == NULL); /* ids for keep_house are made before it */
    pthread_mutex_lock(&store->id_lock);
    bool good = lease_is_good(store); /* another thread was quicker */
    Lease lease = {.store = store,
                   .now_us = now_us,
                   .expires_us = now_us + LEASE_US,
                   .node = store->id_node,
                   .last_ms = store->id_last_ms};
    pthread_mutex_unlock(&store->id_lock);
    if (good)
        return true;
    if (!renew_or_take(store, &lease, error))
        return false;

    pthread_mutex_lock(&store->id_lock);
    if (!lease.found)
        store->id_counter = COUNTERS; /* the millisecond of the node's last id may be used up */
    store->id_has_node = true;
    store->id_node = lease.node;
    store->id_expires_us = lease.expires_us;
    store->id_last_ms = MAX(store->id_last_ms, lease.last_ms);
    pthread_mutex_unlock(&store->id_lock);
    return true;
}

bool
gh_ids_prepare(GhStore *store, GError **error)
{
    pthread_mutex_lock(&store->id_lock);
    bool good = lease_is_good(store);
    pthread_mutex_unlock(&store->id_lock);
    if (good)
        return true;

    pthread_mutex_lock(&store->lease_lock);
    bool ready = refresh_lease(store, error);
    pthread_mutex_unlock(&store->lease_lock);
    return ready;
}

static const char SQL_RELEASE[] = "UPDATE node_lease"
                                  " SET holder = '', last_ms = $1"
                                  " WHERE node = $2 AND holder = $3";

static bool
release_lease(GhDb *db, void *data, GError **error)
{
    const GhStore *store = data;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_RELEASE, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, store->id_last_ms);
    gh_query_bind_int64(query, 2, store->id_node);
    gh_query_bind_text(query, 3, store->id_holder);
    return gh_query_run(query, NULL, error);
}

void
gh_ids_release(GhStore *store)
{
    if (!store->id_has_node)
        return;
    /* A lease that cannot be given back runs out by itself. */
    (void)gh_store_keep_house(store, release_lease, store, NULL);
    store->id_has_node = false;
}

static int64_t
next_id(GhStore *store)
{
    int64_t now_ms = (gh_clock_now_us() - EPOCH_US) / 1000;

    if (now_ms > store->id_last_ms) {
        store->id_last_ms = now_ms;
        store->id_counter = 0;
    } else if (store->id_counter >= COUNTERS) {
        store->id_last_ms++;
        store->id_counter = 0;
    }
    return (store->id_last_ms << TIME_SHIFT) | ((int64_t)store->id_node << COUNTER_BITS)
           | (int64_t)store->id_counter++;
}

bool
gh_store_new_id(GhStore *store, int64_t *ret_id, GError **error)
{
    if (!gh_ids_prepare(store, error))
        return false;

    pthread_mutex_lock(&store->id_lock);
    *ret_id = next_id(store);
    pthread_mutex_unlock(&store->id_lock);
    return true;
}
