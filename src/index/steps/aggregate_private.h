/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* aggregate_private.h - one group of children made into its parent's column; for aggregate*.c and outranking.c. */
#pragma once

#include "index/steps/scope.h"

typedef struct {
    const double *const *columns; /* active children of a weight other than 0, n_columns >= 1 */
    const double *weights;        /* theirs; their sum is above 0, one may be below (a loading) */
    size_t n_columns;
    size_t n_units;
    const GhIndexParts *contests; /* which rows meet; NULL where no method compares units */
    const bool *enough;           /* n_units: has the share of children asked for; NULL: all have */
    const GhIndexAggregateLevel *how;
    bool as_coinr;
    double *result; /* n_units */
} GhAggregateGroup;

/* What is wrong, for aggregate.c to tell with the names of unit and nodes. */
typedef enum {
    GH_AGGREGATE_FAULT_NONE,
    GH_AGGREGATE_FAULT_NOT_POSITIVE, /* a value of 0 or less, where only positive ones have a mean */
    GH_AGGREGATE_FAULT_NEGATIVE,     /* a value below 0 */
    GH_AGGREGATE_FAULT_TOO_LARGE,    /* the result is no finite number */
    GH_AGGREGATE_FAULT_MEAN_NOT_POSITIVE, /* Mazziotta-Pareto: the mean is 0 or less */
    GH_AGGREGATE_FAULT_TOO_MANY,          /* units for a contest */
} GhAggregateFaultKind;
typedef struct {
    GhAggregateFaultKind kind;
    size_t unit;   /* row of the state */
    size_t column; /* where kind speaks of a value */
} GhAggregateFault;

enum {
    /* Contests compare every pair: 5 x 10^9 of them, about a minute for a hundred children (our choice). */
    GH_AGGREGATE_MAX_CONTESTANTS = 100000,
};

/* Arithmetic, geometric, harmonic, power, Mazziotta-Pareto. */
GhAggregateFault gh_aggregate_mean(const GhAggregateGroup *group);

/* Median, Copeland, outranking. */
GhAggregateFault gh_aggregate_ranks(const GhAggregateGroup *group);

/* -- contests -- */

/* Unit i against units first .. first + n - 1. ret_balance[j]: weight of the columns in which i is better, less that of
 * those in which the other is; ret_both[j]: weight of the columns that both have. */
void gh_outranking_duels(const double *const *columns, const double *weights, size_t n_columns,
                         size_t i, size_t first, size_t n, double *ret_balance, double *ret_both);

/* Copeland scores of n_units under equal weights, counted in whole numbers: exact. */
void gh_copeland_count(const double *const *columns, size_t n_columns, size_t n_units,
                       int32_t *ret_scores);
/* False where a column has more different values than the counting can tell apart. */
bool gh_copeland_can_count(const double *const *columns, size_t n_columns, size_t n_units);
