/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rank_spread.c - what the places of all replications say about each unit, and about each pair of units. */
#include <math.h>
#include <string.h>

#include "index/column.h"
#include "index/parallel.h"
#include "index/uncertainty_private.h"

/* The place that stands at position k (from 0) among all of a unit's in ascending order. Places are counted rather than
 * sorted: they are whole numbers from 1 to the number of units. */
static double
ordered_place(const uint32_t *counts, size_t n_places, size_t k)
{
    size_t n_before = 0;

    for (size_t place = 1; place <= n_places; place++) {
        n_before += counts[place];
        if (n_before > k)
            return (double)place;
    }
    g_assert_not_reached();
}

/* Type 7, as gh_column_quantile. */
static double
place_quantile(const uint32_t *counts, size_t n_places, size_t n, double p)
{
    const double h = (double)(n - 1) * p;
    const size_t below = (size_t)floor(h);
    const double low = ordered_place(counts, n_places, below);

    if (below + 1 >= n)
        return low;
    return low + (h - (double)below) * (ordered_place(counts, n_places, below + 1) - low);
}

static void
spread_of_counts(const uint32_t *counts, size_t n_places, const size_t *top, size_t n_top,
                 GhIndexRankSpread *ret)
{
    size_t n = 0;
    uint64_t sum = 0;

    for (size_t place = 1; place <= n_places; place++) {
        n += counts[place];
        sum += (uint64_t)counts[place] * place;
    }
    ret->n = n;
    ret->p_top = g_new(double, n_top);
    for (size_t t = 0; t < n_top; t++) {
        size_t n_within = 0;
        for (size_t place = 1; place <= MIN(top[t], n_places); place++)
            n_within += counts[place];
        ret->p_top[t] = n > 0 ? (double)n_within / (double)n : NAN;
    }
    ret->mean = ret->median = ret->q5 = ret->q25 = ret->q75 = ret->q95 = NAN;
    if (n == 0)
        return;
    ret->mean = (double)sum / (double)n;
    ret->q5 = place_quantile(counts, n_places, n, 0.05);
    ret->q25 = place_quantile(counts, n_places, n, 0.25);
    ret->median = place_quantile(counts, n_places, n, 0.5);
    ret->q75 = place_quantile(counts, n_places, n, 0.75);
    ret->q95 = place_quantile(counts, n_places, n, 0.95);
}

void
gh_index_spread(const int *places, size_t n_units, size_t n_replications, const size_t *top,
                size_t n_top, GhIndexRankSpread *ret_units)
{
    g_autofree uint32_t *counts = g_new(uint32_t, n_units + 1);

    for (size_t i = 0; i < n_units; i++) {
        memset(counts, 0, (n_units + 1) * sizeof *counts);
        for (size_t r = 0; r < n_replications; r++)
            counts[places[r * n_units + i]]++; /* 0: none */
        spread_of_counts(counts, n_units, top, n_top, &ret_units[i]);
    }
}

/* -- pairs -- */

typedef struct {
    const int *places;
    size_t n_units, n_replications;
    const GhIndexPartition *partition;
    uint32_t *scratch; /* 2 n_units a worker */
    double *dominance;
} Pairs;

/* Twice how often i stands before each j, an equal place counting once, and how often both have one. */
static void
count_wins(const Pairs *pairs, size_t i, uint32_t *wins, uint32_t *both)
{
    const size_t n = pairs->n_units;

    memset(wins, 0, n * sizeof *wins);
    memset(both, 0, n * sizeof *both);
    for (size_t r = 0; r < pairs->n_replications; r++) {
        const int *row = pairs->places + r * n;
        const int own = row[i];
        if (own == 0)
            continue;
        for (size_t j = 0; j < n; j++) {
            wins[j] += (row[j] != 0) * ((uint32_t)(own < row[j]) + (uint32_t)(own <= row[j]));
            both[j] += row[j] != 0;
        }
    }
}

static bool
dominance_row(unsigned worker, size_t i, void *data, GError **error G_GNUC_UNUSED)
{
    const Pairs *pairs = data;
    const size_t n = pairs->n_units;
    uint32_t *wins = pairs->scratch + 2 * n * worker, *both = wins + n;

    count_wins(pairs, i, wins, both);
    for (size_t j = 0; j < n; j++) {
        const bool comparable = both[j] > 0 && gh_index_partition_same(pairs->partition, i, j);
        pairs->dominance[i * n + j] = comparable ? (double)wins[j] / (2.0 * (double)both[j]) : NAN;
    }
    return true;
}

bool
gh_index_dominance(const int *places, size_t n_units, size_t n_replications,
                   const GhIndexPartition *partition, unsigned n_threads,
                   const GhProgress *progress, double *ret_dominance, GError **error)
{
    const GhIndexParallel how = {.n_items = n_units,
                                 .n_workers = gh_index_workers(n_threads, n_units),
                                 .grain = 1,
                                 .step = GH_MARK("comparing pairs"),
                                 .progress = progress};
    g_autofree uint32_t *scratch = g_new(uint32_t, 2 * n_units * how.n_workers);
    Pairs pairs = {.places = places,
                   .n_units = n_units,
                   .n_replications = n_replications,
                   .partition = partition,
                   .scratch = scratch,
                   .dominance = ret_dominance};

    return gh_index_parallel(&how, dominance_row, &pairs, error);
}
