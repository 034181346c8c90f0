/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights.h - where weights come from: given, equal, or found in the data while aggregating.
 *
 * Found     Methods that look at the data need the columns of their level, so they run inside "aggregate",
 *           which calls gh_index_weighting_find level by level.
 * Signs     A principal component's sign is arbitrary: it is fixed so that the sum of its loadings is
 *           positive, and where that is 0 the first loading that is not.
 */
#pragma once

#include "index/state.h"

typedef enum {
    GH_WEIGHTS_GIVEN, /* "given": the metadata's, with own ones for some nodes */
    GH_WEIGHTS_EQUAL,
    GH_WEIGHTS_BUDGET, /* budget allocation: means of what experts gave each of a group's children */
    GH_WEIGHTS_PCA, /* loadings on the first component; within each parent, or of the whole level */
    GH_WEIGHTS_CORRELATION, /* so that each node's correlation with the index is as wished; weights >= 0 */
    GH_WEIGHTS_BENEFIT_OF_THE_DOUBT, /* each unit's own, the best for it */
} GhIndexWeightsMethod;

typedef enum {
    GH_OBJECTIVE_BALANCE, /* correlations proportional to wish */
    GH_OBJECTIVE_INFOMAX, /* the sum of correlations of the level with the top as large as may be, as COINr's */
} GhIndexObjective;

typedef struct {
    const char *expert;
    double *points; /* one a code of the step; NAN: did not say */
} GhIndexExpert;

struct GhIndexWeighting {
    GhIndexWeightsMethod method;
    const int *levels; /* of the nodes weighted; NULL: all below the top */
    size_t n_levels;
    const char *const *codes; /* nodes with given weights, wishes or points */
    const double *given;      /* given: weights; correlation: wishes; may be NULL */
    size_t n_codes;
    const GhIndexExpert *experts;
    size_t n_experts;
    bool whole_level; /* pca: not by parent */
    GhIndexObjective objective;
    double tolerance;   /* correlation: 1e-10 */
    int max_iterations; /* correlation: 20000 */
    /* benefit of the doubt: each child's share of the unit's score within these; 0..1 */
    double share_lower, share_upper;
    double scale; /* benefit of the doubt: the best unit's score; 1 */
};

/* The step "weights": given, equal and budget are written to state->weights at once; others are noted in
 * state->weighting for their levels. Unknown codes, levels, negative weights, or a group whose weights are
 * all 0: an error. */
bool gh_index_weight(GhIndexState *state, const GhIndexWeighting *how, GhIndexNotes *notes,
                     GError **error);

/* Called by aggregate when level's columns are there and state->weighting[level - 1] is set: fills state->weights
 * of that level (pca, correlation), or, for benefit of the doubt, the parents' columns directly and sets
 * *ret_aggregated. aggregate_from: aggregates from level up to the top with the weights as they stand (for
 * correlation); data: handed to it. */
typedef bool (*GhIndexAggregateFrom)(GhIndexState *state, int level, const void *data,
                                     GError **error);
bool gh_index_weighting_find(GhIndexState *state, int level, GhIndexAggregateFrom aggregate_from,
                             const void *data, GhIndexNotes *notes, bool *ret_aggregated,
                             GError **error);

/* Effective weights: what a change of a node moves the top by, under weighted arithmetic means: weight among active
 * siblings times the parent's. ret_effective: n_nodes; 0 for nodes that take no part. */
void gh_index_effective_weights(const GhIndexState *state, double *ret_effective);

/* Fills weights of one unit's benefit of the doubt: max over w >= 0 of sum_j w_j y[j] subject to sum_j w_j y_k[j] <= 1
 * for every unit k, and share bounds. Source: Melyn and Moesen 1991; Cherchye et al. 2007. columns: n_columns
 * of n_units values, all available and >= 0. */
bool gh_index_benefit_of_the_doubt(const double *const *columns, size_t n_columns, size_t n_units,
                                   size_t unit, double share_lower, double share_upper,
                                   double *ret_weights, double *ret_score, GError **error);
