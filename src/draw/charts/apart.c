/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* apart.c - moves labels apart that would stand on one another. */
#include "draw/charts/apart.h"

#include <glib.h>

/* Labels that touch and move as one. */
typedef struct {
    double sum; /* of wishes for the first label's top, were each label of no height */
    size_t n;
} Pool;

static int
compare_wishes(const void *a, const void *b)
{
    const GhApart *left = *(GhApart *const *)a, *right = *(GhApart *const *)b;

    if (left->wish != right->wish)
        return left->wish < right->wish ? -1 : 1;
    return left < right ? -1 : left > right; /* the order of the array */
}

static double
mean(const Pool *pool)
{
    return pool->sum / (double)pool->n;
}

/* Without the heights of those above it, each label's top may be anywhere as long as they do not
 * decrease: that is isotonic regression. */
static size_t
pool_adjacent(GhApart **sorted, size_t n_labels, Pool *pools)
{
    size_t n_pools = 0;
    double above = 0;

    for (size_t i = 0; i < n_labels; i++) {
        pools[n_pools++] = (Pool){sorted[i]->wish - sorted[i]->height / 2 - above, 1};
        above += sorted[i]->height;
        while (n_pools > 1 && mean(&pools[n_pools - 2]) > mean(&pools[n_pools - 1])) {
            pools[n_pools - 2].sum += pools[n_pools - 1].sum;
            pools[n_pools - 2].n += pools[n_pools - 1].n;
            n_pools--;
        }
    }
    return n_pools;
}

void
gh_apart(GhApart *labels, size_t n_labels, double low, double high)
{
    g_autofree GhApart **sorted = g_new(GhApart *, n_labels + 1);
    g_autofree Pool *pools = g_new(Pool, n_labels + 1);
    double heights = 0, above = 0;
    size_t label = 0;

    for (size_t i = 0; i < n_labels; i++) {
        sorted[i] = &labels[i];
        heights += labels[i].height;
    }
    /* Pointers are sorted. NOLINTNEXTLINE(bugprone-sizeof-expression) */
    qsort(sorted, n_labels, sizeof(GhApart *), compare_wishes);
    size_t n_pools = pool_adjacent(sorted, n_labels, pools);

    /* Bounds are the same for every label in this form, so cutting at them keeps the solution best. */
    double last = MAX(high - heights, low);
    for (size_t i = 0; i < n_pools; i++) {
        double top = CLAMP(mean(&pools[i]), low, last);
        for (size_t k = 0; k < pools[i].n; k++, label++) {
            sorted[label]->middle = top + above + sorted[label]->height / 2;
            above += sorted[label]->height;
        }
    }
}
