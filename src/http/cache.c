/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cache.c - rendered public pages in memory. */
#include "http/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    char *key;
    GhPrepared *prepared;
    atomic_bool was_used; /* set by readers under the shared lock, taken back by the sweep */
} Entry;

struct GhCache {
    pthread_rwlock_t lock;
    GHashTable *by_key; /* key -> GList link in order; borrowed */
    GQueue order;       /* of Entry, owned; the next to be swept first */
    size_t n_bytes;
    size_t max_bytes;
    int64_t version;
};

static size_t
entry_size(const Entry *entry)
{
    return sizeof(*entry) + strlen(entry->key) + gh_prepared_size(entry->prepared);
}

static void
free_entry(void *data)
{
    Entry *entry = data;

    gh_prepared_unref(entry->prepared);
    g_free(entry->key);
    g_free(entry);
}

/* Under the exclusive lock. */
static void
remove_link(GhCache *cache, GList *link)
{
    Entry *entry = link->data;

    cache->n_bytes -= entry_size(entry);
    g_hash_table_remove(cache->by_key, entry->key);
    g_queue_delete_link(&cache->order, link);
    free_entry(entry);
}

/* Under the exclusive lock: makes room by second chance. Each entry is passed over at most once,
 * since passing takes its mark away. */
static void
sweep(GhCache *cache, size_t n_wanted)
{
    while (cache->n_bytes + n_wanted > cache->max_bytes && cache->order.head != NULL) {
        GList *link = cache->order.head;
        Entry *entry = link->data;

        if (atomic_exchange(&entry->was_used, false)) {
            g_queue_unlink(&cache->order, link);
            g_queue_push_tail_link(&cache->order, link);
        } else {
            remove_link(cache, link);
        }
    }
}

/* Under the exclusive lock. */
static void
raise_version(GhCache *cache, int64_t version)
{
    if (version <= cache->version)
        return;
    g_hash_table_remove_all(cache->by_key);
    g_queue_clear_full(&cache->order, free_entry);
    cache->n_bytes = 0;
    cache->version = version;
}

GhCache *
gh_cache_new(size_t max_bytes)
{
    GhCache *cache = g_new0(GhCache, 1);

    pthread_rwlock_init(&cache->lock, NULL);
    cache->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    g_queue_init(&cache->order);
    cache->max_bytes = max_bytes;
    cache->version = INT64_MIN;
    return cache;
}

void
gh_cache_free(GhCache *cache)
{
    if (cache == NULL)
        return;
    g_hash_table_unref(cache->by_key);
    g_queue_clear_full(&cache->order, free_entry);
    pthread_rwlock_destroy(&cache->lock);
    g_free(cache);
}

GhPrepared *
gh_cache_find(GhCache *cache, const char *key, int64_t version)
{
    GhPrepared *found = NULL;

    pthread_rwlock_rdlock(&cache->lock);
    bool is_stale = version > cache->version;
    GList *link = is_stale ? NULL : g_hash_table_lookup(cache->by_key, key);
    if (link != NULL) {
        Entry *entry = link->data;
        if (!entry->was_used) /* reading first spares the other threads' copies of the line */
            entry->was_used = true;
        found = gh_prepared_ref(entry->prepared);
    }
    pthread_rwlock_unlock(&cache->lock);

    if (is_stale) {
        pthread_rwlock_wrlock(&cache->lock);
        raise_version(cache, version);
        pthread_rwlock_unlock(&cache->lock);
    }
    return found;
}

size_t
gh_cache_page_max(const GhCache *cache)
{
    static const size_t SHARE_OF_ALL = 8; /* no single page may push the others out */

    return cache->max_bytes / SHARE_OF_ALL;
}

void
gh_cache_add(GhCache *cache, const char *key, int64_t version, GhPrepared *prepared)
{
    g_autofree Entry *entry = g_new0(Entry, 1);

    entry->key = g_strdup(key);
    entry->prepared = gh_prepared_ref(prepared);
    size_t n_bytes = entry_size(entry);

    pthread_rwlock_wrlock(&cache->lock);
    raise_version(cache, version);
    if (version == cache->version && n_bytes <= gh_cache_page_max(cache)
        && strlen(key) <= GH_CACHE_KEY_MAX && !g_hash_table_contains(cache->by_key, key)) {
        sweep(cache, n_bytes);
        g_queue_push_tail(&cache->order, entry);
        g_hash_table_insert(cache->by_key, entry->key, cache->order.tail);
        cache->n_bytes += n_bytes;
        entry = NULL;
    }
    pthread_rwlock_unlock(&cache->lock);

    if (entry != NULL)
        free_entry(g_steal_pointer(&entry));
}

size_t
gh_cache_size(GhCache *cache)
{
    pthread_rwlock_rdlock(&cache->lock);
    size_t n_bytes = cache->n_bytes;
    pthread_rwlock_unlock(&cache->lock);
    return n_bytes;
}
