/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cache.h - rendered public pages, kept until the data under them changes.
 *
 * Key       What the page depends on: path, parameters, language; one text made by the caller.
 * Version   Each call names the data version it knows. A newer one than the cache has seen empties
 *           the cache; a page rendered under an older one is not taken in.
 * Limits    max_bytes in all, a page at most an eighth of it, keys GH_CACHE_KEY_MAX bytes. What was not
 *           asked for since the last sweep goes first.
 * Threads   Safe from every thread; finding takes a shared lock for one look into a hash table.
 */
#pragma once

#include <stdint.h>

#include "http/prepared.h"

enum {
    GH_CACHE_KEY_MAX = 1024
};

typedef struct GhCache GhCache;

GhCache *gh_cache_new(size_t max_bytes);
void gh_cache_free(GhCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhCache, gh_cache_free)

/* NULL when it is not there. The caller owns the reference. */
GhPrepared *gh_cache_find(GhCache *cache, const char *key, int64_t version);

/* version: the one known before the page was rendered. */
void gh_cache_add(GhCache *cache, const char *key, int64_t version, GhPrepared *prepared);

size_t gh_cache_size(GhCache *cache);

/* What is larger is not taken in. */
size_t gh_cache_page_max(const GhCache *cache);
