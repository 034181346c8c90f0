/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* correlation.c - Pearson's, Spearman's and Kendall's correlation of pairs, and how likely they are by chance.
 *
 * Sources   Kendall's tau-b in O(n log n): Knight 1966. Its variance with ties: Kendall and Gibbons 1990, section
 *           5.8. Student's t with n - 2 degrees for Pearson and, as an approximation, for Spearman.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "index/column.h"
#include "index/stats.h"

typedef struct {
    double x, y;
} Pair;

/* The pairs both of which are available, to pairs; how many. */
static size_t
list_pairs(const double *x, const double *y, size_t n, Pair *pairs)
{
    size_t n_pairs = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]) && !isnan(y[i]))
            pairs[n_pairs++] = (Pair){x[i], y[i]};
    return n_pairs;
}

/* P(|T| >= |t|) for t = r sqrt((n - 2) / (1 - r^2)) is the incomplete beta function I(1 - r^2; (n - 2) / 2, 1 / 2):
 * exact where GSL's own tail of t is an expansion, and without the division at r = 1. */
static double
t_probability(double r, size_t n)
{
    if (n < 3 || isnan(r))
        return NAN;
    return gsl_cdf_beta_P((1 - r) * (1 + r), (double)(n - 2) / 2, 0.5);
}

/* -- Kendall -- */

static int
compare_doubles(double a, double b)
{
    return (a > b) - (a < b);
}

static int
compare_pairs(const void *a, const void *b)
{
    const Pair *pa = a, *pb = b;
    const int by_x = compare_doubles(pa->x, pb->x);

    return by_x != 0 ? by_x : compare_doubles(pa->y, pb->y);
}

/* Merge sort of y; returns how many neighbours a bubble sort would swap: pairs in which y falls. */
static double
sort_counting_swaps(double *y, size_t n, double *scratch)
{
    double swaps = 0;

    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            const size_t middle = MIN(start + width, n), end = MIN(start + 2 * width, n);
            size_t a = start, b = middle;
            for (size_t k = start; k < end; k++) {
                const bool from_b = b < end && (a == middle || y[b] < y[a]);
                swaps += from_b ? (double)(middle - a) : 0;
                scratch[k] = from_b ? y[b++] : y[a++];
            }
        }
        for (size_t k = 0; k < n; k++)
            y[k] = scratch[k];
    }
    return swaps;
}

/* Sums over groups of t ties. */
typedef struct {
    double pairs;   /* t (t - 1) / 2 */
    double triples; /* t (t - 1) (t - 2) */
    double spread;  /* t (t - 1) (2 t + 5) */
} Ties;

static void
add_ties(Ties *ties, size_t run)
{
    const double t = (double)run;

    ties->pairs += t * (t - 1) / 2;
    ties->triples += t * (t - 1) * (t - 2);
    ties->spread += t * (t - 1) * (2 * t + 5);
}

/* Of n sorted values. */
static Ties
count_ties(const double *sorted, size_t n)
{
    Ties ties = {0};
    size_t run = 0;

    for (size_t i = 0; i < n; i++) {
        run++;
        if (i + 1 < n && sorted[i + 1] == sorted[i])
            continue;
        add_ties(&ties, run);
        run = 0;
    }
    return ties;
}

/* Of pairs that are equal in both, sorted. */
static double
count_double_ties(const Pair *pairs, size_t n)
{
    double result = 0, before = 0; /* before: equal ones just before */

    for (size_t i = 1; i < n; i++) {
        before = compare_pairs(&pairs[i], &pairs[i - 1]) == 0 ? before + 1 : 0;
        result += before;
    }
    return result;
}

/* S = concordant - discordant; its variance under independence, with ties. */
static double
normal_probability(double s, double n, const Ties *x, const Ties *y)
{
    const double v0 = n * (n - 1) * (2 * n + 5);
    const double v1 = 4 * x->pairs * y->pairs / (2 * n * (n - 1));
    const double v2 = x->triples * y->triples / (9 * n * (n - 1) * (n - 2));
    const double variance = (v0 - x->spread - y->spread) / 18 + v1 + v2;

    return 2 * gsl_cdf_ugaussian_Q(fabs(s) / sqrt(variance));
}

/* Of two pairs at least. */
static GhIndexCorrelation
kendall(Pair *pairs, size_t n_pairs)
{
    g_autofree double *values = g_new(double, 2 * n_pairs);
    const double n = (double)n_pairs, n0 = n * (n - 1) / 2;
    GhIndexCorrelation result = {.r = NAN, .p = NAN, .n = n_pairs};

    qsort(pairs, n_pairs, sizeof *pairs, compare_pairs);
    const double both = count_double_ties(pairs, n_pairs);
    for (size_t i = 0; i < n_pairs; i++)
        values[i] = pairs[i].x;
    const Ties x = count_ties(values, n_pairs);
    for (size_t i = 0; i < n_pairs; i++)
        values[i] = pairs[i].y;
    const double discordant = sort_counting_swaps(values, n_pairs, values + n_pairs);
    const Ties y = count_ties(values, n_pairs);
    if (x.pairs == n0 || y.pairs == n0)
        return result;

    const double s = n0 - x.pairs - y.pairs + both - 2 * discordant;
    result.r = s / (sqrt(n0 - x.pairs) * sqrt(n0 - y.pairs));
    if (n_pairs >= 3)
        result.p = normal_probability(s, n, &x, &y);
    return result;
}

/* -- Spearman -- */

static GhIndexCorrelation
spearman(const Pair *pairs, size_t n)
{
    g_autofree double *values = g_new(double, 4 * n);
    g_autofree size_t *order = g_new(size_t, n);
    GhIndexCorrelation result = {.n = n};

    for (size_t i = 0; i < n; i++) {
        values[i] = pairs[i].x;
        values[n + i] = pairs[i].y;
    }
    gh_column_rank(values, n, GH_TIES_AVERAGE, order, values + 2 * n);
    gh_column_rank(values + n, n, GH_TIES_AVERAGE, order, values + 3 * n);
    result.r = gh_column_correlation(values + 2 * n, values + 3 * n, n, NULL);
    result.p = t_probability(result.r, n);
    return result;
}

GhIndexCorrelation
gh_index_correlate(const double *x, const double *y, size_t n, GhCorrelation method)
{
    GhIndexCorrelation result = {0};

    if (method == GH_CORRELATION_PEARSON) {
        result.r = gh_column_correlation(x, y, n, &result.n);
        result.p = t_probability(result.r, result.n);
        return result;
    }
    g_autofree Pair *pairs = g_new(Pair, n);
    const size_t n_pairs = list_pairs(x, y, n, pairs);
    if (n_pairs < 2)
        return (GhIndexCorrelation){.r = NAN, .p = NAN, .n = n_pairs};
    return method == GH_CORRELATION_SPEARMAN ? spearman(pairs, n_pairs) : kendall(pairs, n_pairs);
}

/* -- many pairs -- */

/* A column's own ranks serve for each pair that has no further gaps: sorted once, not once a pair. */
typedef struct {
    double *ranks;
    size_t n_available;
} Ranked;

static bool
rank_columns(const GhIndexState *state, const size_t *nodes, size_t n_nodes, double *memory,
             Ranked *ranked)
{
    g_autofree size_t *order = g_try_new(size_t, MAX(state->n_units, 1));

    if (order == NULL)
        return false;
    for (size_t k = 0; k < n_nodes; k++) {
        const double *column = gh_index_state_column(state, nodes[k]);
        ranked[k].ranks = memory + k * state->n_units;
        ranked[k].n_available = gh_column_range(column, state->n_units).n;
        gh_column_rank(column, state->n_units, GH_TIES_AVERAGE, order, ranked[k].ranks);
    }
    return true;
}

static GhIndexCorrelation
spearman_of_ranked(const Ranked *a, const Ranked *b, size_t n)
{
    GhIndexCorrelation result = {0};

    result.r = gh_column_correlation(a->ranks, b->ranks, n, &result.n);
    if (result.n != a->n_available || result.n != b->n_available)
        return gh_index_correlate(a->ranks, b->ranks, n, GH_CORRELATION_SPEARMAN);
    result.p = t_probability(result.r, result.n);
    return result;
}

static bool
spearman_all(const GhIndexState *state, const size_t *rows, size_t n_rows, const size_t *columns,
             size_t n_columns, GhIndexCorrelation *ret, GError **error)
{
    const size_t n = state->n_units;
    g_autofree double *memory = g_try_malloc_n(n_rows + n_columns, MAX(n, 1) * sizeof *memory);
    g_autofree Ranked *ranked = g_new(Ranked, n_rows + n_columns);

    if (memory == NULL || !rank_columns(state, rows, n_rows, memory, ranked)
        || !rank_columns(state, columns, n_columns, memory + n_rows * n, ranked + n_rows)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "no memory for the ranks of %zu x %zu values", n, n_rows + n_columns);
        return false;
    }
    for (size_t r = 0; r < n_rows; r++)
        for (size_t c = 0; c < n_columns; c++)
            ret[r * n_columns + c] = spearman_of_ranked(&ranked[r], &ranked[n_rows + c], n);
    return true;
}

bool
gh_index_correlations(const GhIndexState *state, GhCorrelation method, const size_t *rows,
                      size_t n_rows, const size_t *columns, size_t n_columns,
                      GhIndexCorrelation *ret, GError **error)
{
    if (method == GH_CORRELATION_SPEARMAN)
        return spearman_all(state, rows, n_rows, columns, n_columns, ret, error);
    for (size_t r = 0; r < n_rows; r++)
        for (size_t c = 0; c < n_columns; c++)
            ret[r * n_columns + c] = gh_index_correlate(gh_index_state_column(state, rows[r]),
                                                        gh_index_state_column(state, columns[c]),
                                                        state->n_units, method);
    return true;
}
