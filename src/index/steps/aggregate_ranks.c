/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* aggregate_ranks.c - a group's children made into a median, or into the outcome of contests between units. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_sort_double.h>

#include "index/steps/aggregate_private.h"

enum {
    BLOCK = 256, /* opponents compared at a time: their values stay in a cache for all others */
};

/* Two sums of n weights that are equal in exact arithmetic differ by less than this share of the total: each addition
 * rounds by at most half an epsilon of the sum so far. */
static double
rounding_bound(size_t n_columns)
{
    return (double)n_columns * DBL_EPSILON;
}

/* -- median -- */

/* x ascending with their weights: the smallest at which the weights so far reach half, or the mean of it and the next
 * where they are exactly half (Edgeworth's weighted median, lower and upper joined). */
static double
weighted_median(const double *x, const double *w, size_t n)
{
    const double bound = rounding_bound(n);
    double total = 0.0, sum = 0.0;

    for (size_t i = 0; i < n; i++)
        total += w[i];
    for (size_t i = 0; i + 1 < n; i++) {
        sum += w[i];
        if (fabs(2.0 * sum - total) <= bound * total)
            return x[i] / 2.0 + x[i + 1] / 2.0; /* halved first: the sum could overflow */
        if (2.0 * sum > total)
            return x[i];
    }
    return x[n - 1];
}

static void
aggregate_median(const GhAggregateGroup *group)
{
    g_autofree double *x = g_new(double, group->n_columns);
    g_autofree double *w = g_new(double, group->n_columns);

    for (size_t i = 0; i < group->n_units; i++) {
        size_t n = 0;
        for (size_t c = 0; c < group->n_columns; c++) {
            if (isnan(group->columns[c][i]))
                continue;
            x[n] = group->columns[c][i];
            w[n++] = group->weights[c];
        }
        gsl_sort2(x, 1, w, 1, n);
        group->result[i] = n > 0 ? weighted_median(x, w, n) : (double)NAN;
    }
}

/* -- contests -- */

/* Units that meet: those of a year, or of all rows, that have a child and the share of children asked for. */
typedef struct {
    size_t n;
    size_t *rows;           /* of the state */
    double *values;         /* n x n_columns, column-major */
    const double **columns; /* into values */
    double *balance, *both; /* BLOCK each */
    double *scores;         /* n */
    double total;           /* weight */
} Contest;

static void
contest_clear(Contest *contest)
{
    g_free(contest->rows);
    g_free(contest->values);
    g_free(contest->columns);
    g_free(contest->balance);
    g_free(contest->both);
    g_free(contest->scores);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Contest, contest_clear)

static bool
takes_part(const GhAggregateGroup *group, size_t row)
{
    if (group->enough != NULL && !group->enough[row])
        return false;
    for (size_t c = 0; c < group->n_columns; c++) {
        if (!isnan(group->columns[c][row]))
            return true;
    }
    return false;
}

static void
contest_init(Contest *contest, const GhAggregateGroup *group, size_t part)
{
    const size_t n_rows = gh_index_part_size(group->contests, part);

    *contest = (Contest){.rows = g_new(size_t, n_rows)};
    for (size_t i = 0; i < n_rows; i++) {
        const size_t row = group->contests->members[group->contests->starts[part] + i];
        if (takes_part(group, row))
            contest->rows[contest->n++] = row;
    }
}

static void
gather(Contest *contest, const GhAggregateGroup *group)
{
    contest->values = g_new(double, contest->n * group->n_columns);
    contest->columns = g_new(const double *, group->n_columns);
    contest->balance = g_new(double, BLOCK);
    contest->both = g_new(double, BLOCK);
    contest->scores = g_new0(double, contest->n);
    for (size_t c = 0; c < group->n_columns; c++) {
        double *column = contest->values + c * contest->n;
        for (size_t i = 0; i < contest->n; i++)
            column[i] = group->columns[c][contest->rows[i]];
        contest->columns[c] = column;
        contest->total += group->weights[c];
    }
}

static bool
weights_are_equal(const GhAggregateGroup *group)
{
    for (size_t c = 1; c < group->n_columns; c++) {
        if (group->weights[c] != group->weights[0])
            return false;
    }
    return true;
}

static bool
has_gaps(const GhAggregateGroup *group, const Contest *contest)
{
    for (size_t v = 0; v < contest->n * group->n_columns; v++) {
        if (isnan(contest->values[v]))
            return true;
    }
    return false;
}

static void
count_copeland(const GhAggregateGroup *group, Contest *contest)
{
    g_autofree int32_t *scores = g_new(int32_t, contest->n);

    gh_copeland_count(contest->columns, group->n_columns, contest->n, scores);
    for (size_t i = 0; i < contest->n; i++)
        contest->scores[i] = scores[i];
}

/* What unit i wins of later unit j: 1, 0, -1 for Copeland, the share of weight for outranking. */
static double
verdict(const GhAggregateGroup *group, const Contest *contest, double balance, double both)
{
    const bool copeland = group->how->method == GH_AGGREGATE_COPELAND;

    if (group->as_coinr)
        balance -= contest->total - both; /* what is missing is the later unit's: outranking.c */
    const double whole = group->as_coinr ? contest->total : both;
    if (!copeland)
        return whole > 0.0 ? (whole + balance) / (2.0 * whole) : 0.5;
    if (fabs(balance) <= rounding_bound(group->n_columns) * contest->total)
        return 0.0;
    return balance > 0.0 ? 1.0 : -1.0;
}

/* Unit i against the later ones of a block. */
static void
compare_with_block(const GhAggregateGroup *group, Contest *contest, size_t i, size_t first,
                   size_t end)
{
    const double win = group->how->method == GH_AGGREGATE_COPELAND ? 0.0 : 1.0;
    const size_t n = end - first;

    gh_outranking_duels(contest->columns, group->weights, group->n_columns, i, first, n,
                        contest->balance, contest->both);
    for (size_t j = 0; j < n; j++) {
        const double share = verdict(group, contest, contest->balance[j], contest->both[j]);
        contest->scores[i] += share;
        contest->scores[first + j] += win - share;
    }
}

static void
compare_all(const GhAggregateGroup *group, Contest *contest)
{
    for (size_t first = 0; first < contest->n; first += BLOCK) {
        const size_t end = MIN(first + BLOCK, contest->n);
        for (size_t i = 0; i + 1 < end; i++)
            compare_with_block(group, contest, i, MAX(first, i + 1), end);
    }
    if (group->how->method == GH_AGGREGATE_COPELAND)
        return;
    for (size_t i = 0; i < contest->n; i++)
        contest->scores[i] = contest->n > 1 ? contest->scores[i] / (double)(contest->n - 1) : 0.5;
}

static GhAggregateFault
hold_contest(const GhAggregateGroup *group, size_t part)
{
    g_auto(Contest) contest = {0};

    contest_init(&contest, group, part);
    if (contest.n > GH_AGGREGATE_MAX_CONTESTANTS)
        return (GhAggregateFault){GH_AGGREGATE_FAULT_TOO_MANY, contest.rows[0], 0};
    if (contest.n == 0)
        return (GhAggregateFault){0};
    gather(&contest, group);
    if (group->how->method == GH_AGGREGATE_COPELAND && weights_are_equal(group)
        && !(group->as_coinr && has_gaps(group, &contest))
        && gh_copeland_can_count(contest.columns, group->n_columns, contest.n))
        count_copeland(group, &contest);
    else
        compare_all(group, &contest);
    for (size_t i = 0; i < contest.n; i++)
        group->result[contest.rows[i]] = contest.scores[i];
    return (GhAggregateFault){0};
}

GhAggregateFault
gh_aggregate_ranks(const GhAggregateGroup *group)
{
    if (group->how->method == GH_AGGREGATE_MEDIAN) {
        aggregate_median(group);
        return (GhAggregateFault){0};
    }
    for (size_t i = 0; i < group->n_units; i++)
        group->result[i] = NAN;
    for (size_t part = 0; part < group->contests->n; part++) {
        const GhAggregateFault fault = hold_contest(group, part);
        if (fault.kind != GH_AGGREGATE_FAULT_NONE)
            return fault;
    }
    return (GhAggregateFault){0};
}
