/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty.h - how sure the ranks are, and which choice they depend on most.
 *
 * Method    Each uncertain parameter of the specification takes a value, the index is made anew, and so on N
 *           times (Saisana, Saltelli, Tarantola 2005). What replications have in common, the steps before the first
 *           that differs, is computed once.
 * Same      The result depends on data, specification, n and seed, not on the number of threads or the
 *           machine: random numbers are a function of (seed, stream, number), not of time.
 * Failure   A replication that cannot be made (0 in a geometric mean) fails the whole with a message that names
 *           its parameters: a result on fewer replications than asked would be biased.
 * Threads   One call may use several; calls are independent.
 */
#pragma once

#include "index/run.h"

enum {
    GH_INDEX_MAX_DIMENSIONS = 2000, /* of a sample: two a parameter in a sensitivity analysis */
    GH_INDEX_MAX_REPLICATIONS = 10000000, /* of all: N, or N (d + 2) */
    GH_INDEX_MAX_SETTINGS = 100000000,    /* replications x parameters: 0.8 GB, twice while drawn */
    GH_INDEX_MAX_PLACES = 500000000,      /* units x replications whose places are kept: 2 GB */
    GH_INDEX_MAX_DOMINANCE_UNITS = 10000, /* 0.8 GB */
};

typedef enum {
    GH_INDEX_UNCERTAINTY, /* N replications */
    GH_INDEX_SENSITIVITY, /* N (d + 2) replications, which rank statistics use the first 2 N of */
} GhIndexAnalysis;

/* A sample given from outside, to repeat published work; else NULL everywhere. */
typedef struct {
    const double
        *sample; /* uniforms, n_rows x n_parameters, column-major; n_rows: N, or N (d + 2) */
    size_t n_rows;
    const double
        *weight_sets; /* n_sets x n_nodes, row-major, of the weights parameter; NAN: as it stands */
    size_t n_sets;
} GhIndexSample;

typedef struct {
    GhIndexAnalysis analysis;
    size_t replications;    /* 0: the specification's */
    const uint64_t *seed;   /* NULL: the specification's */
    unsigned n_threads;     /* 0: one a core */
    bool keep_replications; /* fills values, parameters and shifts of each replication */
    bool with_dominance;    /* fills dominance: n_units^2 */
    const GhIndexSample *given;
    const GhProgress *progress;
} GhIndexUncertaintyOptions;

typedef struct {
    size_t row;   /* of the data */
    int nominal;  /* place; 0: none */
    double score; /* nominal */
    double mean, median, q5, q25, q75,
        q95;       /* of places over replications that give one; quantiles type 7 */
    size_t n;      /* replications that give a place */
    double *p_top; /* probability of being among the best top[k] of the specification */
} GhIndexRankSpread;

typedef struct {
    const char *name;                    /* borrowed from the specification */
    double first, first_low, first_high; /* Si and the middle 90 % of its bootstrap */
    double total, total_low, total_high; /* STi */
} GhIndexSensitivity;

typedef struct {
    size_t n_replications; /* that rank statistics rest on */
    uint64_t seed;
    size_t output;            /* node */
    GhIndexRankSpread *units; /* n_units of the data */
    size_t n_units;
    size_t n_top;
    double *
        dominance; /* [i * n_units + j]: share of replications with i before j (equal: half); NULL: not asked */
    double mean_shift, shift_q5, shift_q95; /* of each replication's mean |place - nominal place| */
    GhIndexSensitivity *sensitivities;      /* one a parameter; NULL in an uncertainty analysis */
    size_t n_sensitivities;
    /* with keep_replications: */
    size_t n_all;   /* N or N (d + 2) */
    double *shifts; /* n_all */
    int *places;    /* n_units x n_all, a replication's places together */
    double *scores; /* the same */
    GPtrArray
        *parameters; /* of char **: each replication's, as written ("min_max 1 100"), NULL-ended */
    size_t
        n_prefixes; /* distinct beginnings before the last uncertain step: each is computed once */
} GhIndexUncertaintyResult;

GhIndexUncertaintyResult *gh_index_uncertainty(GhIndexData *data, const GhIndexSpec *spec,
                                               const GhIndexUncertaintyOptions *options,
                                               GError **error);
void gh_index_uncertainty_result_free(GhIndexUncertaintyResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexUncertaintyResult, gh_index_uncertainty_result_free)

/* -- the parts, which stand by themselves -- */

/* Random number k of a stream, uniform in (0, 1): Philox4x32-10 (Salmon et al. 2011). */
double gh_index_uniform(uint64_t seed, uint32_t stream, uint64_t k);

/* n points in d dimensions, n x d column-major, in (0, 1). Sobol: Bratley and Fox 1988 as in GSL up to 40
 * dimensions, shifted at random by the seed; beyond, Latin hypercube columns. */
bool gh_index_sample(GhIndexSampling sampling, size_t n, size_t d, uint64_t seed,
                     double *ret_sample, GError **error);

/* Rows A, B, AB_1 .. AB_d of n each: n (d + 2) x d column-major. */
bool gh_index_sensitivity_sample(GhIndexSampling sampling, size_t n, size_t d, uint64_t seed,
                                 double *ret_sample, GError **error);

/* Si (Saltelli et al. 2010) and STi (Jansen 1999) of y, n (d + 2) outputs in the order of that sample. bootstrap 0:
 * no intervals (NAN). ret: d, names untouched. y without variance is an error. */
bool gh_index_sensitivity_estimate(const double *y, size_t n, size_t d, GhIndexEstimator estimator,
                                   size_t bootstrap, uint64_t seed, GhIndexSensitivity *ret,
                                   GError **error);
