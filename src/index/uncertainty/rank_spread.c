/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rank_spread.c - what the places of all replications say about each unit, and about each pair of units. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/column.h"
#include "index/parallel.h"
#include "index/uncertainty/uncertainty_private.h"

/* Counting is quicker than sorting until places lie further apart than this many times their number. */
static const size_t COUNTING_MAX_SPREAD = 16;

static int
compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* counts: scratch for the number of units, all 0, and left so. */
static void
sort_places(double *places, size_t n, uint32_t *counts)
{
    double low = INFINITY, high = 0.0;

    for (size_t r = 0; r < n; r++) {
        low = fmin(low, places[r]);
        high = fmax(high, places[r]);
    }
    if (n == 0 || high - low > (double)(COUNTING_MAX_SPREAD * n)) {
        qsort(places, n, sizeof *places, compare_doubles);
        return;
    }
    for (size_t r = 0; r < n; r++)
        counts[(size_t)(places[r] - low)]++;
    for (size_t step = 0, r = 0; r < n; step++) {
        for (; counts[step] > 0; counts[step]--)
            places[r++] = low + (double)step;
    }
}

static void
spread_of_sorted(const double *sorted, size_t n, const size_t *top, size_t n_top,
                 GhIndexRankSpread *ret)
{
    double sum = 0.0; /* of whole numbers: exact */

    for (size_t r = 0; r < n; r++)
        sum += sorted[r];
    ret->n = n;
    ret->mean = n > 0 ? sum / (double)n : (double)NAN;
    ret->q5 = gh_column_quantile(sorted, n, 0.05);
    ret->q25 = gh_column_quantile(sorted, n, 0.25);
    ret->median = gh_column_quantile(sorted, n, 0.5);
    ret->q75 = gh_column_quantile(sorted, n, 0.75);
    ret->q95 = gh_column_quantile(sorted, n, 0.95);
    ret->p_top = g_new(double, n_top);
    for (size_t t = 0; t < n_top; t++) {
        size_t n_within = 0;
        while (n_within < n && sorted[n_within] <= (double)top[t])
            n_within++;
        ret->p_top[t] = n > 0 ? (double)n_within / (double)n : (double)NAN;
    }
}

void
gh_index_spread(const int *places, size_t n_units, size_t n_replications, const size_t *top,
                size_t n_top, GhIndexRankSpread *ret_units)
{
    g_autofree double *own = g_new(double, n_replications);
    g_autofree uint32_t *counts = g_new0(uint32_t, n_units);

    for (size_t i = 0; i < n_units; i++) {
        size_t n = 0;
        for (size_t r = 0; r < n_replications; r++) {
            const int place = places[r * n_units + i];
            if (place > 0)
                own[n++] = place;
        }
        sort_places(own, n, counts);
        spread_of_sorted(own, n, top, n_top, &ret_units[i]);
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
