/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* aggregate_means.c - a group's children made into a mean of them, block by block.
 *
 * The means are one: f^-1(sum w f(x) / sum w), with f(x) = x, ln x, 1/x, x^p (Kolmogorov 1930). A block of units is
 * small enough for its sums to stay in the nearest cache while the columns pass by, each read once.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "index/steps/aggregate_private.h"
#include "index/steps/powers.h"

enum {
    BLOCK = 512, /* units; five arrays of doubles: 20 KiB */
};

typedef struct {
    double sum[BLOCK];    /* of w f(x) */
    double weight[BLOCK]; /* of available children */
    double terms[BLOCK];
    double scale[BLOCK]; /* power mean: what values are divided by */
    double means[BLOCK];
} Block;

/* -- what f is not defined for -- */

/* The least value that has an f. Smaller positive ones than DBL_MIN have fewer digits and count as 0. */
static double
least_value(const GhIndexAggregateLevel *how)
{
    switch (how->method) {
    case GH_AGGREGATE_GEOMETRIC:
    case GH_AGGREGATE_HARMONIC:
        return DBL_MIN;
    case GH_AGGREGATE_POWER:
        return how->power < 0.0 ? DBL_MIN : 0.0;
    case GH_AGGREGATE_ARITHMETIC:
    case GH_AGGREGATE_MAZZIOTTA_PARETO:
    case GH_AGGREGATE_MEDIAN:
    case GH_AGGREGATE_COPELAND:
    case GH_AGGREGATE_OUTRANKING:
        break;
    }
    return -INFINITY;
}

static bool
find_below(const double *x, size_t n, double least, size_t *ret_i)
{
    size_t n_below = 0;

    for (size_t i = 0; i < n; i++)
        n_below += x[i] < least;
    if (n_below == 0)
        return false;
    for (*ret_i = 0; !(x[*ret_i] < least);)
        ++*ret_i;
    return true;
}

static GhAggregateFault
check_block(const GhAggregateGroup *group, size_t first, size_t n)
{
    const double least = least_value(group->how);
    size_t bad = 0;

    if (!isfinite(least))
        return (GhAggregateFault){0};
    for (size_t c = 0; c < group->n_columns; c++) {
        if (find_below(group->columns[c] + first, n, least, &bad)) {
            return (GhAggregateFault){
                .kind = least > 0.0 ? GH_AGGREGATE_FAULT_NOT_POSITIVE : GH_AGGREGATE_FAULT_NEGATIVE,
                .unit = first + bad,
                .column = c,
            };
        }
    }
    return (GhAggregateFault){0};
}

/* -- f and back -- */

/* x^p of x >= 0, in place. */
static void
to_power(double *restrict x, size_t n, double power)
{
    double raised[BLOCK] = {0};

    gh_powers_ln(x, n, raised);
    for (size_t i = 0; i < n; i++)
        raised[i] *= power;
    gh_powers_exp(raised, n);
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] < DBL_MIN ? 0.0 : raised[i];
}

/* f(x) to terms, or x itself. */
static const double *
terms_of(const GhIndexAggregateLevel *how, const double *restrict x, size_t n,
         Block *restrict block)
{
    double *terms = block->terms;

    switch (how->method) {
    case GH_AGGREGATE_GEOMETRIC:
        gh_powers_ln(x, n, terms);
        return terms;
    case GH_AGGREGATE_HARMONIC:
        for (size_t i = 0; i < n; i++)
            terms[i] = 1.0 / x[i];
        return terms;
    case GH_AGGREGATE_POWER:
        for (size_t i = 0; i < n; i++)
            terms[i] = x[i] / block->scale[i];
        to_power(terms, n, how->power);
        return terms;
    case GH_AGGREGATE_ARITHMETIC:
    case GH_AGGREGATE_MAZZIOTTA_PARETO:
    case GH_AGGREGATE_MEDIAN:
    case GH_AGGREGATE_COPELAND:
    case GH_AGGREGATE_OUTRANKING:
        break;
    }
    return x;
}

static void
means_of_sums(const GhIndexAggregateLevel *how, Block *block, size_t n)
{
    double *means = block->means;

    for (size_t i = 0; i < n; i++)
        means[i] = block->sum[i] / block->weight[i];
    if (how->method == GH_AGGREGATE_GEOMETRIC)
        gh_powers_exp(means, n);
    if (how->method == GH_AGGREGATE_HARMONIC) {
        for (size_t i = 0; i < n; i++)
            means[i] = 1.0 / means[i];
    }
    if (how->method == GH_AGGREGATE_POWER) {
        to_power(means, n, 1.0 / how->power);
        for (size_t i = 0; i < n; i++)
            means[i] *= block->scale[i];
    }
    /* ln, e^y and x^p make numbers of gaps. */
    for (size_t i = 0; i < n; i++)
        means[i] = block->weight[i] > 0.0 ? means[i] : (double)NAN;
}

/* -- blocks -- */

static void
accumulate(const double *restrict x, const double *restrict terms, double w, size_t n,
           double *restrict sum, double *restrict weight)
{
    for (size_t i = 0; i < n; i++) {
        const bool available = x[i] == x[i];
        sum[i] += available ? w * terms[i] : 0.0;
        weight[i] += available ? w : 0.0;
    }
}

/* The largest child of each unit, the smallest where p < 0: divided by it, no term is above 1 and one is 1, so that
 * nothing overflows and nothing that counts vanishes. */
static void
scale_block(const GhAggregateGroup *group, size_t first, size_t n, double *restrict scale)
{
    const bool smallest = group->how->power < 0.0;

    for (size_t i = 0; i < n; i++)
        scale[i] = smallest ? DBL_MAX : 0.0;
    for (size_t c = 0; c < group->n_columns; c++) {
        const double *restrict x = group->columns[c] + first;
        for (size_t i = 0; i < n; i++) {
            const bool further = smallest ? x[i] < scale[i] : x[i] > scale[i];
            scale[i] = further ? x[i] : scale[i];
        }
    }
    for (size_t i = 0; i < n; i++)
        scale[i] = scale[i] > 0.0 ? scale[i] : 1.0; /* all 0 */
}

static void
sum_block(const GhAggregateGroup *group, size_t first, size_t n, Block *block)
{
    memset(block->sum, 0, n * sizeof *block->sum);
    memset(block->weight, 0, n * sizeof *block->weight);
    if (group->how->method == GH_AGGREGATE_POWER)
        scale_block(group, first, n, block->scale);
    for (size_t c = 0; c < group->n_columns; c++) {
        const double *x = group->columns[c] + first;
        const double *terms = terms_of(group->how, x, n, block);
        accumulate(x, terms, group->weights[c], n, block->sum, block->weight);
    }
    means_of_sums(group->how, block, n);
}

/* Under equal weights a geometric mean is the root of a product: one logarithm a unit instead of one a value. */
static void
multiply_block(const GhAggregateGroup *group, size_t first, size_t n, Block *block)
{
    double *mantissa = block->terms, *exponent = block->sum, *count = block->weight;

    for (size_t i = 0; i < n; i++) {
        mantissa[i] = 1.0;
        exponent[i] = count[i] = 0.0;
    }
    for (size_t c = 0; c < group->n_columns; c++)
        gh_powers_multiply(group->columns[c] + first, n, mantissa, exponent, count);
    gh_powers_root(mantissa, exponent, count, n, block->means);
}

/* M -+ S cv, cv = S / M (De Muro, Mazziotta, Pareto 2011). S^2 = sum w (x - M)^2 / (V1 - V2 / V1), V1 = sum w,
 * V2 = sum w^2: under equal weights the usual one with n - 1. */
static bool
penalise_block(const GhAggregateGroup *group, size_t first, size_t n, Block *block, size_t *ret_bad)
{
    double *squares = block->sum, *weights_squared = block->terms;
    const double sign = group->how->penalty == GH_PENALTY_DOWN ? -1.0 : 1.0;
    size_t count[BLOCK] = {0};

    memset(squares, 0, n * sizeof *squares);
    memset(weights_squared, 0, n * sizeof *weights_squared);
    for (size_t c = 0; c < group->n_columns; c++) {
        const double *x = group->columns[c] + first;
        const double w = group->weights[c];
        for (size_t i = 0; i < n; i++) {
            const double d = x[i] - block->means[i];
            const bool available = x[i] == x[i];
            squares[i] += available ? w * d * d : 0.0;
            weights_squared[i] += available ? w * w : 0.0;
            count[i] += available;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const double V1 = block->weight[i];
        const double M = block->means[i];
        if (count[i] < 2 || squares[i] == 0.0)
            continue; /* one child, or all equal: nothing out of balance */
        if (M <= 0.0) {
            *ret_bad = i;
            return false;
        }
        const double S2 = squares[i] / (V1 - weights_squared[i] / V1);
        block->means[i] = M + sign * S2 / M;
    }
    return true;
}

/* A unit with children must have a finite mean; one without has none. */
static bool
find_not_finite(const Block *block, size_t n, size_t *ret_i)
{
    size_t n_bad = 0;

    for (size_t i = 0; i < n; i++)
        n_bad += (block->weight[i] > 0.0) & !(fabs(block->means[i]) <= DBL_MAX);
    if (n_bad == 0)
        return false;
    for (*ret_i = 0; !(block->weight[*ret_i] > 0.0 && !isfinite(block->means[*ret_i]));)
        ++*ret_i;
    return true;
}

static void
keep_complete(const GhAggregateGroup *group, size_t n, Block *block)
{
    double total = 0.0;

    for (size_t c = 0; c < group->n_columns; c++)
        total += group->weights[c]; /* in the order of accumulate: the same bits */
    for (size_t i = 0; i < n; i++)
        block->means[i] = block->weight[i] == total ? block->means[i] : (double)NAN;
}

static bool
can_multiply(const GhAggregateGroup *group)
{
    if (group->how->method != GH_AGGREGATE_GEOMETRIC || group->n_columns > GH_POWERS_MAX_FACTORS)
        return false;
    for (size_t c = 1; c < group->n_columns; c++) {
        if (group->weights[c] != group->weights[0])
            return false;
    }
    return true;
}

static GhAggregateFault
mean_of_block(const GhAggregateGroup *group, size_t first, size_t n, Block *block)
{
    size_t bad = 0;

    const GhAggregateFault fault = check_block(group, first, n);
    if (fault.kind != GH_AGGREGATE_FAULT_NONE)
        return fault;
    if (can_multiply(group))
        multiply_block(group, first, n, block);
    else
        sum_block(group, first, n, block);
    if (find_not_finite(block, n, &bad))
        return (GhAggregateFault){GH_AGGREGATE_FAULT_TOO_LARGE, first + bad, 0};

    if (group->how->method == GH_AGGREGATE_MAZZIOTTA_PARETO) {
        if (!penalise_block(group, first, n, block, &bad))
            return (GhAggregateFault){GH_AGGREGATE_FAULT_MEAN_NOT_POSITIVE, first + bad, 0};
        if (find_not_finite(block, n, &bad))
            return (GhAggregateFault){GH_AGGREGATE_FAULT_TOO_LARGE, first + bad, 0};
    }
    if (group->how->method == GH_AGGREGATE_POWER && group->as_coinr)
        keep_complete(group, n, block);
    return (GhAggregateFault){0};
}

GhAggregateFault
gh_aggregate_mean(const GhAggregateGroup *group)
{
    Block block;

    for (size_t first = 0; first < group->n_units; first += BLOCK) {
        const size_t n = MIN((size_t)BLOCK, group->n_units - first);
        const GhAggregateFault fault = mean_of_block(group, first, n, &block);
        if (fault.kind != GH_AGGREGATE_FAULT_NONE)
            return fault;
        memcpy(group->result + first, block.means, n * sizeof *block.means);
    }
    return (GhAggregateFault){0};
}
