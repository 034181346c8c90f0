/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* analysis.h - back to the data: what makes a unit's result, and what each element does to all results. */
#pragma once

#include "index/run.h"

/* -- a unit's result taken apart -- */

/* What a node adds to the top under the aggregation used. Arithmetic means all the way: effective weight times value, and
 * the sum of the indicators' is the score, to rounding. Otherwise the parts are those of the top's first-order change
 * and is_exact is false (docs/index.md). */
typedef struct {
    size_t node;
    double value;        /* as it stands in the result */
    int place;           /* 0: none */
    double effective;    /* weight, of those available to this unit; 0: not below the top */
    double contribution; /* in points of the top; NAN without value, 0 where effective is 0 */
} GhIndexContribution;
typedef struct {
    size_t row; /* of the data */
    double score;
    int place;
    bool is_exact;
    GhIndexContribution *nodes; /* n_nodes, as in the data */
    size_t n_nodes;
} GhIndexExplanation;
GhIndexExplanation *gh_index_explain(const GhIndexResult *result, const GhIndexSpec *spec,
                                     size_t row, size_t top, GError **error);
void gh_index_explanation_free(GhIndexExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexExplanation, gh_index_explanation_free)

/* A unit's n best and n worst indicators by place; of equal places the first in the data counts as the better, as COINr
 * has it. raw: the value before the steps. */
typedef struct {
    size_t node;
    int place;
    double raw;
} GhIndexStrength;
/* Places are those of the raw values with their directions, among the units of the same year. ret: room for n each, the
 * best and the worst first. Returns how many there are (fewer than n when the unit has fewer indicators). */
size_t gh_index_strengths(const GhIndexData *data, size_t row, size_t n,
                          GhIndexStrength *ret_strong, GhIndexStrength *ret_weak);

/* Places of a node within the categories of a group, each category (in a panel: of each year) by itself; 0: none, or the
 * unit's category is not known. ret_places: n_units of the data. */
void gh_index_places_within_groups(const GhIndexResult *result, size_t node, size_t group,
                                   int *ret_places);

/* -- two versions of an index -- */
typedef struct {
    size_t row;           /* of data a */
    int place_a, place_b; /* 0: none */
    double value_a, value_b;
} GhIndexCompared;
typedef struct {
    GArray *units;     /* of GhIndexCompared: units of both, in the order of a; owned */
    double mean_shift; /* mean of |place_a - place_b| over those with both */
    int max_shift;
    double spearman, kendall; /* of the scores */
    size_t only_a, only_b;    /* units that only one has */
} GhIndexComparison;
/* node codes may differ; NULL: the top. Units are matched by code (and year). */
GhIndexComparison *gh_index_compare(const GhIndexResult *a, const char *node_a,
                                    const GhIndexResult *b, const char *node_b, GError **error);
void gh_index_comparison_free(GhIndexComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexComparison, gh_index_comparison_free)

/* -- remove one element -- */
typedef struct {
    size_t node;
    double
        mean_shift; /* mean over units of |place without it - place with it|; NAN: the index cannot be made without it */
    char *why_not;  /* then the reason; owned */
} GhIndexRemoved;
/* Every node of a level below the output (NULL: the top) left out in turn, before the first step; of GhIndexRemoved in
 * node order; owned (it clears its elements). */
GArray *gh_index_remove_elements(GhIndexData *data, const GhIndexSpec *spec, int level,
                                 const char *output, unsigned n_threads, const GhProgress *progress,
                                 GError **error);
