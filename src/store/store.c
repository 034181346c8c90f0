/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store.c - open, close and the pool of connections. */
#include "store/store_engine.h"

G_DEFINE_QUARK(gh - store - error - quark, gh_store_error)

GhDb *
gh_db_open(const char *location, GhStoreOpen how, GError **error)
{
    const GhEngineOps *ops =
        gh_store_is_address(location) ? &gh_engine_postgres : &gh_engine_sqlite;
    GhDb *db = ops->open(location, how, error);
    if (db == NULL)
        return NULL;

    db->cache = g_hash_table_new(NULL, NULL);
    return db;
}

void
gh_db_close(GhDb *db)
{
    if (db == NULL)
        return;

    GHashTableIter iter;
    gpointer query = NULL;
    g_hash_table_iter_init(&iter, db->cache);
    while (g_hash_table_iter_next(&iter, NULL, &query))
        db->ops->query_destroy(query);
    g_hash_table_unref(db->cache);
    db->ops->close(db);
}

static GhStore *
store_new(const char *location, GhDb *first)
{
    static gsize n_stores; /* atomic */
    GhStore *store = g_new0(GhStore, 1);
    store->serial = (size_t)g_atomic_pointer_add(&n_stores, 1) + 1;
    store->location = g_strdup(location);
    store->name = gh_store_shown_location(location);
    store->ops = first->ops;
    store->engine = first->engine;
    pthread_mutex_init(&store->pool_lock, NULL);
    pthread_cond_init(&store->pool_freed, NULL);
    pthread_mutex_init(&store->writer_lock, NULL);
    pthread_mutex_init(&store->version_lock, NULL);
    pthread_mutex_init(&store->lease_lock, NULL);
    pthread_mutex_init(&store->id_lock, NULL);
    store->idle = g_ptr_array_new();
    first->store = store;
    g_ptr_array_add(store->idle, first);
    store->n_open = 1;
    return store;
}

GhStore *
gh_store_open(const char *location, GhStoreOpen how, GError **error)
{
    /* G_DEFINE_QUARK keeps the number in a plain static variable: set it before there are threads. */
    (void)gh_store_error_quark();
    if (!gh_store_check_location(location, error))
        return NULL;

    g_autofree char *shown = gh_store_shown_location(location);
    g_autoptr(GhDb) db = gh_db_open(location, how, error);
    if (db == NULL)
        return NULL;
    if (!gh_migrate(db, shown, how, error))
        return NULL;

    return store_new(location, g_steal_pointer(&db));
}

void
gh_store_free(GhStore *store)
{
    if (store == NULL)
        return;

    gh_ids_release(store);
    g_assert(store->idle->len == store->n_open); /* nobody may still be at work */
    for (unsigned i = 0; i < store->idle->len; i++)
        gh_db_close(g_ptr_array_index(store->idle, i));
    g_ptr_array_unref(store->idle);
    pthread_mutex_destroy(&store->id_lock);
    pthread_mutex_destroy(&store->lease_lock);
    pthread_mutex_destroy(&store->version_lock);
    pthread_mutex_destroy(&store->writer_lock);
    pthread_cond_destroy(&store->pool_freed);
    pthread_mutex_destroy(&store->pool_lock);
    g_free(store->name);
    g_free(store->location);
    g_free(store);
}

GhEngine
gh_store_engine(const GhStore *store)
{
    return store->engine;
}

size_t
gh_store_serial(const GhStore *store)
{
    return store->serial;
}

const char *
gh_store_name(const GhStore *store)
{
    return store->name;
}

/* An idle connection, or NULL when a new one is to be opened: it is counted already. */
static GhDb *
wait_for_db(GhStore *store)
{
    GhDb *db = NULL;

    pthread_mutex_lock(&store->pool_lock);
    while (store->idle->len == 0 && store->n_open >= GH_STORE_POOL_MAX)
        pthread_cond_wait(&store->pool_freed, &store->pool_lock);
    if (store->idle->len > 0)
        db = g_ptr_array_steal_index(store->idle, store->idle->len - 1);
    else
        store->n_open++;
    pthread_mutex_unlock(&store->pool_lock);
    return db;
}

GhDb *
gh_store_take_db(GhStore *store, GError **error)
{
    GhDb *db = wait_for_db(store);
    if (db != NULL)
        return db;

    db = gh_db_open(store->location, GH_STORE_MUST_EXIST, error);
    if (db == NULL) {
        pthread_mutex_lock(&store->pool_lock);
        store->n_open--;
        pthread_cond_signal(&store->pool_freed);
        pthread_mutex_unlock(&store->pool_lock);
        return NULL;
    }
    db->store = store;
    return db;
}

/* A server that dropped one connection has most likely dropped them all: takes the idle ones out of
 * the pool with it. Called with pool_lock held. */
static GPtrArray *
give_up_idle(GhStore *store, GhDb *lost)
{
    GPtrArray *closing = store->idle;

    store->idle = g_ptr_array_new();
    g_ptr_array_add(closing, lost);
    store->n_open -= closing->len;
    return closing;
}

void
gh_store_give_db(GhStore *store, GhDb *db)
{
    g_autoptr(GPtrArray) closing = NULL;

    pthread_mutex_lock(&store->pool_lock);
    if (db->lost)
        closing = give_up_idle(store, db);
    else
        g_ptr_array_add(store->idle, db);
    pthread_cond_broadcast(&store->pool_freed);
    pthread_mutex_unlock(&store->pool_lock);

    for (unsigned i = 0; closing != NULL && i < closing->len; i++)
        gh_db_close(g_ptr_array_index(closing, i));
}
