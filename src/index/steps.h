/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps.h - the steps from raw values to an index, one function each, with all their parameters.
 *
 * Each function changes the state in place and is deterministic. It fails, naming step, unit and indicator,
 * rather than leave NAN where the numbers before it had none; where an indicator cannot be used it says which
 * and what to do. On failure the state is not to be used any more.
 *
 * Direction Steps before "normalise" see raw values; "normalise" multiplies by the direction first, whatever
 *           the method, so that afterwards more is better.
 * Panel     over says whether a column's parameters come from all rows at once or from each year by itself.
 * Memory    No allocation inside loops over units; scratch is allocated once a call.
 * notes     May be NULL.
 * Formulas  docs/index.md, with sources. as_coinr: where COINr 1.1 does what we hold to be a fault, do the
 *           same, so that published work can be reproduced; each place says what.
 */
#pragma once

#include "index/column.h"
#include "index/state.h"

typedef enum {
    GH_OVER_ALL,  /* "all": all rows together */
    GH_OVER_YEAR, /* "year": each year by itself; data without years: an error */
} GhIndexOver;

/* -- screen: leave out what is known too little of -- */

typedef struct {
    double min_available; /* share of active indicators a unit must have; 0: any */
    double min_nonzero;   /* share of a unit's available values that must not be 0; 0: any */
    double
        indicators_min_available; /* share of units an indicator must have; 0: any. Done before units */
    bool
        drop_constant; /* true: an indicator that does not vary among the units left is taken out */
    const char *const *keep;       /* unit codes kept whatever they have; NULL-ended; may be NULL */
    const char *const *drop_units; /* unit codes taken out; may be NULL */
    const char *const *drop;       /* node codes taken out; may be NULL */
} GhIndexScreen;
bool gh_index_screen(GhIndexState *state, const GhIndexScreen *how, GhIndexNotes *notes,
                     GError **error);

/* -- denominate: x scale_factor / denominator -- */

typedef struct {
    const char *indicator;
    const char *denominator; /* NULL: none for this one */
    double scale_factor;
} GhIndexDenominateOne;
typedef struct {
    double scale_factor;                    /* 1 */
    const GhIndexDenominateOne *indicators; /* instead of the metadata's; may be NULL */
    size_t n_indicators;
} GhIndexDenominate;
bool gh_index_denominate(GhIndexState *state, const GhIndexDenominate *how, GhIndexNotes *notes,
                         GError **error);

/* -- impute -- */

typedef enum {
    GH_IMPUTE_MEAN,
    GH_IMPUTE_MEDIAN,
    GH_IMPUTE_CONSTANT, /* value */
    GH_IMPUTE_LATEST,   /* panel: the unit's latest earlier year */
    GH_IMPUTE_LINEAR,   /* panel: between and beyond the unit's years; one year only: that value */
    GH_IMPUTE_PANEL_CONSTANT, /* panel: linear between, the nearest year's value beyond */
    GH_IMPUTE_REGRESSION,     /* least squares on the other indicators of its group */
    GH_IMPUTE_EM,             /* expectation-maximisation, multivariate normal */
} GhIndexImputeMethod;
typedef enum {
    GH_IMPUTE_BY_COLUMN, /* over the units of an indicator */
    GH_IMPUTE_BY_ROW,    /* mean and median only: over the indicators of a unit */
} GhIndexImputeBy;
typedef struct {
    GhIndexImputeMethod method;
    GhIndexImputeBy by;
    const char *group; /* by column: a group column, units of one category together; NULL: all */
    int group_level; /* by row, regression, em: within the node of that level; 0: all indicators */
    bool normalise_first; /* by row: true: direction, min-max 0..1 over the column, and back */
    double value;         /* constant */
    int max_years;        /* latest: how far back; 0: any. Others: 0 */
    int max_iterations;   /* em: 1000 */
    double tolerance;     /* em: 1e-8, largest change relative to a column's sd */
    GhIndexOver over;
    const char *const *indicators; /* only these; NULL: all */
} GhIndexImpute;
bool gh_index_impute(GhIndexState *state, const GhIndexImpute *how, GhIndexNotes *notes,
                     GError **error);

/* -- treat: outliers -- */

typedef enum {
    GH_TRANSFORM_NONE,
    GH_TRANSFORM_LOG_CT,      /* ln(x - min + a), a = 0.01 (max - min) */
    GH_TRANSFORM_LOG_CT_PLUS, /* the same; where skew is negative -ln(max + a - x) */
    GH_TRANSFORM_LOG_CT_ORIG, /* ln(x - min + 1) */
    GH_TRANSFORM_BOX_COX,     /* y = x - min + 1; (y^lambda - 1) / lambda, ln y for 0 */
} GhIndexTransform;
typedef struct {
    int winmax;                 /* most values moved in; 0: no winsorising; -1: no limit */
    double skew, kurt;          /* passes when |skew| < skew or kurt < kurt; 2 and 3.5 */
    bool force;                 /* winsorise and transform even if it passes at first */
    GhIndexTransform transform; /* where winsorising does not suffice; LOG_CT */
    double lambda;              /* Box-Cox; NAN: the likelihood decides (docs/index.md) */
    bool combine;               /* transform the winsorised column, else the original */
    bool skip;                  /* leave the column as it is */
} GhIndexTreatOne;
typedef struct {
    GhIndexTreatOne usual;
    const char *const *indicators; /* codes with their own; n_own */
    const GhIndexTreatOne *own;
    size_t n_own;
    GhIndexOver over;
} GhIndexTreat;
bool gh_index_treat(GhIndexState *state, const GhIndexTreat *how, GhIndexNotes *notes,
                    GError **error);

/* -- normalise -- */

typedef enum {
    GH_NORMALISE_MIN_MAX,         /* to lower..upper */
    GH_NORMALISE_Z_SCORE,         /* to mean, sd */
    GH_NORMALISE_RANK,            /* ascending, 1 the worst; ties */
    GH_NORMALISE_BORDA,           /* rank - 1 */
    GH_NORMALISE_PERCENTILE_RANK, /* (rank - 1) / (n - 1) */
    GH_NORMALISE_DISTANCE_TO_MAX,
    GH_NORMALISE_DISTANCE_TO_REFERENCE, /* reference, cap */
    GH_NORMALISE_DISTANCE_TO_TARGET,    /* target, cap */
    GH_NORMALISE_FRACTION_OF_MAX,
    GH_NORMALISE_GOALPOSTS,                 /* goal_lower, goal_upper, scale, truncate */
    GH_NORMALISE_SCALED,                    /* goal_lower, goal_upper, scale; not truncated */
    GH_NORMALISE_MAZZIOTTA_PARETO,          /* z to 100, 10 */
    GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO, /* 70..130 about a reference */
    GH_NORMALISE_NONE,                      /* direction only */
} GhIndexNormaliseMethod;
typedef struct {
    GhIndexNormaliseMethod method;
    double lower, upper;   /* min-max: 0, 100 */
    double mean, sd;       /* z-score: 0, 1 */
    GhTies ties;           /* ranks: min */
    const char *reference; /* unit code; adjusted Mazziotta-Pareto: NULL is the mean */
    bool cap;              /* distance to reference or target: at most 1 */
    double target;         /* NAN: the metadata's */
    double goal_lower, goal_upper, scale; /* raw values, before the direction; scale 1 */
    bool truncate;                        /* goalposts: true */
} GhIndexNormaliseOne;
typedef struct {
    GhIndexNormaliseOne usual;
    const char *const *indicators; /* codes with their own; n_own */
    const GhIndexNormaliseOne *own;
    size_t n_own;
    bool
        from_metadata; /* parameters from further columns of the metadata where they have them, named as
                         * COINr names them (docs/index.md) */
    GhIndexOver over;
    bool
        as_coinr; /* fraction_of_max with direction -1 divides by the largest negated value; goals given for
                    * all indicators do not turn with the direction */
} GhIndexNormalise;
bool gh_index_normalise(GhIndexState *state, const GhIndexNormalise *how, GhIndexNotes *notes,
                        GError **error);

/* -- aggregate: level by level to the top -- */

typedef enum {
    GH_AGGREGATE_ARITHMETIC,
    GH_AGGREGATE_GEOMETRIC,  /* any value <= 0: an error */
    GH_AGGREGATE_HARMONIC,   /* any value <= 0: an error */
    GH_AGGREGATE_POWER,      /* power, not 0; any value < 0 (<= 0 where power < 0): an error */
    GH_AGGREGATE_MEDIAN,     /* weighted */
    GH_AGGREGATE_COPELAND,   /* sum over others of sign(outranking - 1/2) */
    GH_AGGREGATE_OUTRANKING, /* mean over others of the outranking, 0..1 */
    GH_AGGREGATE_MAZZIOTTA_PARETO, /* mean -+ sd cv, over normalised children; penalty */
} GhIndexAggregateMethod;
typedef enum {
    GH_PENALTY_DOWN, /* "down": unbalanced units lose; for an index where more is better */
    GH_PENALTY_UP,
} GhIndexPenalty;
typedef struct {
    GhIndexAggregateMethod method;
    double power; /* GH_AGGREGATE_POWER */
    GhIndexPenalty penalty;
    double min_available; /* share of active children a unit must have, else NAN; 0: one */
} GhIndexAggregateLevel;
typedef struct {
    /* levels[l] makes level l + 2 out of level l + 1; n_levels 1: the same for all. */
    const GhIndexAggregateLevel *levels;
    size_t n_levels;
    bool
        as_coinr; /* power mean: NAN when any child is; outranking with gaps: depends on the order of units */
} GhIndexAggregate;
/* Weights are state->weights, or found by state->weighting on the way. Available children only; weights are
 * normalised among them. In a panel the methods that compare units compare those of a year. */
bool gh_index_aggregate(GhIndexState *state, const GhIndexAggregate *how, GhIndexNotes *notes,
                        GError **error);

/* The outranking matrix of n_units x n_columns values (column-major, columns apart by stride): o[i * n_units + j] is
 * the weight of the columns in which i is better than j, half where equal. Gaps: columns in which both are
 * available count; 1/2 when there is none; the diagonal is 0. as_coinr: as its files (docs/index.md).
 * Refused above 20,000 units. */
bool gh_index_outranking(const double *const *columns, const double *weights, size_t n_columns,
                         size_t n_units, bool as_coinr, double *ret_matrix, GError **error);
