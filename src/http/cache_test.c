/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cache_test.c - what is kept, for how long, and how much of it. */
#include "http/cache.h"

#include <string.h>

enum {
    KB = 1024
};

static GhPrepared *
make_page(char fill, size_t n_bytes)
{
    g_autofree char *text = g_strnfill(n_bytes, fill);
    g_autoptr(GBytes) body = g_bytes_new(text, n_bytes);

    return gh_prepared_new(&(GhPreparedSpec){
        .status = 200, .body = body, .media_type = "image/png", .keep = GH_KEEP_REVALIDATE});
}

static void
add_page(GhCache *cache, const char *key, int64_t version, size_t n_bytes)
{
    g_autoptr(GhPrepared) page = make_page(key[0], n_bytes);

    gh_cache_add(cache, key, version, page);
}

static bool
has(GhCache *cache, const char *key, int64_t version)
{
    g_autoptr(GhPrepared) found = gh_cache_find(cache, key, version);

    return found != NULL;
}

static void
test_version(void)
{
    g_autoptr(GhCache) cache = gh_cache_new(1024 * KB);

    add_page(cache, "a", 7, 100);
    g_assert_true(has(cache, "a", 7));
    g_assert_false(has(cache, "b", 7));
    /* A server that has not yet noticed the change may still see what it knows to be current. */
    g_assert_true(has(cache, "a", 6));
    g_assert_false(has(cache, "a", 8));
    g_assert_false(has(cache, "a", 7));
    g_assert_cmpuint(gh_cache_size(cache), ==, 0);
}

static void
test_late_page(void)
{
    g_autoptr(GhCache) cache = gh_cache_new(1024 * KB);

    g_assert_false(has(cache, "a", 8));
    add_page(cache, "a", 7, 100);
    g_assert_false(has(cache, "a", 8));
    add_page(cache, "a", 8, 100);
    g_assert_true(has(cache, "a", 8));
}

static void
test_limits(void)
{
    g_autoptr(GhCache) cache = gh_cache_new(1024 * KB);
    char key[8];

    add_page(cache, "large", 1, 200 * KB);
    g_assert_false(has(cache, "large", 1));

    add_page(cache, "used", 1, 50 * KB);
    for (int i = 0; i < 100; i++) {
        g_snprintf(key, sizeof(key), "%d", i);
        add_page(cache, key, 1, 50 * KB);
        g_assert_cmpuint(gh_cache_size(cache), <=, 1024 * KB);
        g_assert_true(has(cache, "used", 1));
    }
    g_assert_true(has(cache, "99", 1));
    g_assert_false(has(cache, "0", 1));
}

static void
test_kept_alive(void)
{
    GhCache *cache = gh_cache_new(1024 * KB);

    add_page(cache, "a", 1, 100);
    g_autoptr(GhPrepared) page = gh_cache_find(cache, "a", 1);
    gh_cache_free(cache);
    g_assert_cmpuint(gh_prepared_choose(page, NULL, NULL).n_bytes, ==, 100);
}

typedef struct {
    GhCache *cache;
    int *version; /* atomic */
} Shared;

static void *
use_cache(void *data)
{
    Shared *shared = data;
    char key[8];

    for (int i = 0; i < 3000; i++) {
        int version = g_atomic_int_get(shared->version);
        g_snprintf(key, sizeof(key), "%d", i % 40);
        if (!has(shared->cache, key, version))
            add_page(shared->cache, key, version, 2000);
        if (i % 100 == 0)
            g_atomic_int_inc(shared->version);
    }
    return NULL;
}

static void
test_threads(void)
{
    enum {
        N_THREADS = 4
    };
    int version = 1;
    g_autoptr(GhCache) cache = gh_cache_new(100 * KB);
    Shared shared = {.cache = cache, .version = &version};
    GThread *threads[N_THREADS];

    for (size_t i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new("test", use_cache, &shared);
    for (size_t i = 0; i < N_THREADS; i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(gh_cache_size(cache), <=, 100 * KB);
}

static void
test_forms(void)
{
    g_autofree char *text = g_strnfill(5000, 'a');
    g_autoptr(GBytes) body = g_bytes_new(text, strlen(text));
    g_autoptr(GhPrepared) page = gh_prepared_new(&(GhPreparedSpec){.status = 200,
                                                                   .body = body,
                                                                   .media_type = "text/html",
                                                                   .keep = GH_KEEP_REVALIDATE,
                                                                   .pack = GH_PACK_BEST});
    GhSending plain = gh_prepared_choose(page, NULL, NULL);
    GhSending packed = gh_prepared_choose(page, "gzip", NULL);
    const char *tag = MHD_get_response_header(packed.response, "ETag");
    GhSending known = gh_prepared_choose(page, "gzip", tag);

    g_assert_cmpuint(plain.n_bytes, ==, 5000);
    g_assert_cmpuint(packed.n_bytes, <, 200);
    g_assert_cmpstr(MHD_get_response_header(packed.response, "Content-Encoding"), ==, "gzip");
    g_assert_null(MHD_get_response_header(plain.response, "Content-Encoding"));
    g_assert_cmpstr(tag, !=, MHD_get_response_header(plain.response, "ETag"));
    g_assert_cmpuint(known.status, ==, 304);
    g_assert_cmpuint(known.n_bytes, ==, 0);
    g_assert_cmpstr(MHD_get_response_header(known.response, "Vary"), ==, "Accept-Encoding");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cache/a newer data version empties it", test_version);
    g_test_add_func("/cache/a page rendered from older data is not taken in", test_late_page);
    g_test_add_func("/cache/it keeps to its size and to the pages in use", test_limits);
    g_test_add_func("/cache/a page being sent outlives the cache", test_kept_alive);
    g_test_add_func("/cache/threads may use it at once", test_threads);
    g_test_add_func("/prepared/plain, packed and not modified are told apart", test_forms);
    return g_test_run();
}
