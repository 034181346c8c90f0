/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* parallel_test.c - every item once, in runs, and the first failure whatever the threads. */
#include "index/parallel.h"

#include <gio/gio.h>
#include <stdlib.h>

enum {
    N = 1000
};

typedef struct {
    gint done[N];
    size_t fails_from; /* items at and behind it fail; N: none */
    size_t slow_below; /* items that take long, so that others are taken over */
} Items;

static bool
do_item(unsigned worker, size_t item, void *data, GError **error)
{
    Items *items = data;

    g_assert_cmpuint(worker, <, 4);
    if (item < items->slow_below)
        g_usleep(100);
    g_atomic_int_inc(&items->done[item]);
    if (item < items->fails_from)
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "item %zu", item);
    return false;
}

static void
test_every_item_once(void)
{
    static const struct {
        const char *label;
        size_t n, grain, slow_below;
    } cases[] = {
        {.label = "one item", .n = 1, .grain = 1},
        {.label = "as many as workers", .n = 4, .grain = 1},
        {.label = "many", .n = N, .grain = 1},
        {.label = "runs that are not split", .n = N, .grain = N},
        {.label = "one run is slow", .n = N, .grain = 8, .slow_below = 200},
        {.label = "none", .n = 0, .grain = 1},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        for (unsigned n_workers = 1; n_workers <= 4; n_workers++) {
            g_autofree Items *items = g_new0(Items, 1);
            g_autoptr(GError) error = NULL;
            const GhIndexParallel how = {.n_items = cases[c].n,
                                         .n_workers = n_workers,
                                         .grain = cases[c].grain,
                                         .step = "testing"};
            g_test_message("%s, %u workers", cases[c].label, n_workers);
            items->fails_from = N;
            items->slow_below = cases[c].slow_below;
            g_assert_true(gh_index_parallel(&how, do_item, items, &error));
            for (size_t i = 0; i < N; i++)
                g_assert_cmpint(items->done[i], ==, i < cases[c].n);
        }
    }
}

static void
test_first_failure(void)
{
    static const size_t fails_from[] = {0, 1, 499, 500, 501, 999};

    for (size_t f = 0; f < G_N_ELEMENTS(fails_from); f++) {
        for (unsigned n_workers = 1; n_workers <= 4; n_workers++) {
            g_autofree Items *items = g_new0(Items, 1);
            g_autofree char *want = g_strdup_printf("item %zu", fails_from[f]);
            g_autoptr(GError) error = NULL;
            const GhIndexParallel how = {
                .n_items = N, .n_workers = n_workers, .grain = 3, .step = "testing"};
            items->fails_from = fails_from[f];
            items->slow_below = 100;
            g_assert_false(gh_index_parallel(&how, do_item, items, &error));
            g_assert_cmpstr(error->message, ==, want);
        }
    }
}

static bool
stop(const char *step G_GNUC_UNUSED, double share G_GNUC_UNUSED, void *data G_GNUC_UNUSED)
{
    return false;
}

static void
test_stopped(void)
{
    g_autofree Items *items = g_new0(Items, 1);
    g_autoptr(GError) error = NULL;
    const GhProgress progress = {.func = stop};
    const GhIndexParallel how = {
        .n_items = N, .n_workers = 1, .grain = 1, .step = "testing", .progress = &progress};

    items->fails_from = N;
    g_assert_false(gh_index_parallel(&how, do_item, items, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint(items->done[N - 1], ==, 0);
}

static void
test_number_of_workers(void)
{
    g_assert_cmpuint(gh_index_workers(3, 100), ==, 3);
    g_assert_cmpuint(gh_index_workers(3, 2), ==, 2);
    g_assert_cmpuint(gh_index_workers(3, 0), ==, 1);
    g_assert_cmpuint(gh_index_workers(100000, 100000), ==, GH_INDEX_MAX_THREADS);
    g_assert_cmpuint(gh_index_workers(0, 1000), ==, MIN(g_get_num_processors(), 256));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/parallel/every item is done once", test_every_item_once);
    g_test_add_func("/index/parallel/the first failure is told, whatever the threads",
                    test_first_failure);
    g_test_add_func("/index/parallel/work can be stopped", test_stopped);
    g_test_add_func("/index/parallel/never more workers than items", test_number_of_workers);
    return g_test_run();
}
