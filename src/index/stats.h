/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stats.h - what to look at before and after: distributions, correlations, components, clusters, links.
 *
 * Works on columns of a state (raw data: gh_index_state_new; normalised or aggregated: a result's).
 * NAN       Where a figure is not defined; each says when.
 * Threads   Pure, apart from what is allocated for the caller.
 */
#pragma once

#include "index/state.h"

/* -- one indicator -- */

typedef struct {
    size_t node;
    double min, max, mean, median, sd, skew, kurt, q5, q25, q75, q95;
    size_t n; /* units */
    size_t n_available, n_nonzero, n_unique,
        n_same;             /* n_same: how often the commonest value stands */
    double share_available; /* of units */
    double share_nonzero, share_unique,
        share_same; /* of those available; NAN when there are none */
} GhIndexDescription;
/* ret: one an indicator of nodes. */
void gh_index_describe(const GhIndexState *state, const size_t *nodes, size_t n_nodes,
                       GhIndexDescription *ret);

/* What a description says against an indicator. Shares here are all of units, as COINr's flags are. */
typedef struct {
    double min_available, min_nonzero, min_unique;
    double skew, kurt; /* outliers when |skew| and kurt both reach these */
} GhIndexDescriptionLimits;
extern const GhIndexDescriptionLimits
    GH_INDEX_DESCRIPTION_LIMITS; /* COINr's: 0.65, 0.5, 0.5, 2, 3.5 */
typedef struct {
    bool few_available, few_nonzero, few_unique, outliers;
} GhIndexDescriptionFlags;
GhIndexDescriptionFlags gh_index_description_flags(const GhIndexDescription *description,
                                                   const GhIndexDescriptionLimits *limits);

/* Availability of a unit: how many of a node's active indicators it has. */
typedef struct {
    size_t n_available, n_zero, n;
} GhIndexAvailability;
void gh_index_availability(const GhIndexState *state, size_t node, GhIndexAvailability *ret_units);

/* -- correlations -- */

typedef enum {
    GH_CORRELATION_PEARSON,
    GH_CORRELATION_SPEARMAN, /* Pearson's of average ranks, of the pairs both of which are available */
    GH_CORRELATION_KENDALL, /* tau-b; O(n log n) */
} GhCorrelation;

typedef struct {
    double r;
    double p; /* two-sided; t with n - 2 (Pearson, Spearman), normal (Kendall); NAN when n < 3 */
    size_t n; /* pairs */
} GhIndexCorrelation;
GhIndexCorrelation gh_index_correlate(const double *x, const double *y, size_t n,
                                      GhCorrelation method);

/* All pairs of rows x columns of nodes: ret[r * n_columns + c]. */
bool gh_index_correlations(const GhIndexState *state, GhCorrelation method, const size_t *rows,
                           size_t n_rows, const size_t *columns, size_t n_columns,
                           GhIndexCorrelation *ret, GError **error);

/* -- structure -- */

/* Principal components of the standardised (n - 1) columns over the units with all of them. Vectors are
 * column-major n x n, of length 1, sign as weights.h says; eigenvalues fall. A column without spread or fewer
 * than two complete units is an error that names it. */
typedef struct {
    size_t n, n_complete;
    double *eigenvalues; /* n */
    double *shares;      /* of the variance, n */
    double *vectors;     /* n x n */
} GhIndexComponents;
GhIndexComponents *gh_index_components(const GhIndexState *state, const size_t *nodes,
                                       size_t n_nodes, GError **error);
void gh_index_components_free(GhIndexComponents *components);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexComponents, gh_index_components_free)

/* Cronbach 1951: k / (k - 1) (1 - trace C / sum C), C the pairwise complete covariance. NAN for one column. */
double gh_index_cronbach(const GhIndexState *state, const size_t *nodes, size_t n_nodes);

/* Agglomerative clusters of units or of indicators. */
typedef enum {
    GH_LINKAGE_WARD, /* Ward 1963 on Euclidean distances (Ward.D2) */
    GH_LINKAGE_AVERAGE,
    GH_LINKAGE_COMPLETE,
    GH_LINKAGE_SINGLE,
} GhLinkage;
typedef struct {
    size_t a, b; /* below n: leaves; from n on: the merge (a - n) */
    double height;
} GhIndexMerge;
/* distances: n x n, symmetric. ret_merges: n - 1, heights rising. Equal distances: the pair with the lowest
 * numbers first. */
bool gh_index_cluster(const double *distances, size_t n, GhLinkage linkage,
                      GhIndexMerge *ret_merges, GError **error);
/* Cuts into k clusters, numbered by first appearance. */
void gh_index_cluster_cut(const GhIndexMerge *merges, size_t n, size_t k, size_t *ret_cluster);
/* Euclidean distances of units over nodes' z-scores, scaled up for gaps; NAN without a common column. */
bool gh_index_unit_distances(const GhIndexState *state, const size_t *nodes, size_t n_nodes,
                             double *ret_distances, GError **error);

/* -- links to what is outside the index: correlation and simple regression -- */
typedef struct {
    GhIndexCorrelation pearson, spearman;
    double intercept, slope; /* node = intercept + slope x outside */
} GhIndexLink;
GhIndexLink gh_index_link(const double *outside, const double *node, size_t n);
