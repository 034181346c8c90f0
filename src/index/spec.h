/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec.h - the specification of an index: which steps, in which order, with which parameters.
 *
 * One JSON file; docs/index-format.md is its reference. Every parameter is named; a key, method, step or level
 * that does not exist is a fault with its line, never passed over. Codes of indicators and units are checked
 * when the steps meet the data.
 *
 * Shapes    {"format": "guildhall-index-1", "name": "...", "steps": [{"step": "normalise", "method": "min_max",
 *           "lower": 0, "upper": 100}, ...], "uncertainty": {...}, "data": {...}}.
 *           "steps" in the order they are done; "aggregate" is last and needed; "weights" before it.
 * Data      Key "data" says where figures come from when no file is given. The engine keeps it as text; the
 *           program that has figures reads it.
 * Ownership A GhIndexSpec owns all it reaches and is reference counted, immutable. Steps are counted too, since
 *           the variants of a simulation share them.
 * Threads   Immutable: safe from every thread.
 */
#pragma once

#include <jansson.h>

#include "base/faults.h"
#include "index/steps.h"
#include "index/weights.h"

enum {
    GH_INDEX_SPEC_MAX_BYTES = 1024 * 1024,
    GH_INDEX_MAX_STEPS = 50,
};

typedef enum {
    GH_INDEX_STEP_SCREEN,
    GH_INDEX_STEP_DENOMINATE,
    GH_INDEX_STEP_IMPUTE,
    GH_INDEX_STEP_TREAT,
    GH_INDEX_STEP_NORMALISE,
    GH_INDEX_STEP_WEIGHTS,
    GH_INDEX_STEP_AGGREGATE,
} GhIndexStepKind;
const char *gh_index_step_kind_text(GhIndexStepKind kind); /* "screen" */

typedef struct {
    GhIndexStepKind kind;
    union {
        GhIndexScreen screen;
        GhIndexDenominate denominate;
        GhIndexImpute impute;
        GhIndexTreat treat;
        GhIndexNormalise normalise;
        GhIndexWeighting weights;
        GhIndexAggregate aggregate;
    };
    const char *text; /* canonical JSON: two steps with the same text do the same */
    const char *id;   /* key "id", by which uncertainty names it; else the kind's text */
    /* private */
    gint ref_count;
    void *memory;
} GhIndexStep;
GhIndexStep *gh_index_step_ref(GhIndexStep *step);
void gh_index_step_unref(GhIndexStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexStep, gh_index_step_unref)

/* Does the step. */
bool gh_index_step_apply(const GhIndexStep *step, GhIndexState *state, GhIndexNotes *notes,
                         GError **error);

/* -- what is uncertain -- */

typedef enum {
    GH_PARAMETER_CHOICE, /* one of values, equally likely */
    GH_PARAMETER_RANGE,  /* uniform from low to high */
    GH_PARAMETER_WEIGHTS, /* noise on weights: w (1 + f (2 U - 1)) for each node of the levels named */
    GH_PARAMETER_DROP,    /* one of codes is left out, or none: equally likely */
} GhIndexParameterKind;

typedef struct {
    GhIndexParameterKind kind;
    const char *name; /* "Normalisation" */
    /* choice and range: what is changed */
    size_t step;      /* index in steps */
    const char *path; /* key within the step ("winmax", "levels.1.method"); "": the whole step */
    json_t *const *values; /* choice; a JSON null for the whole step means: the step is left out */
    const char *const *labels; /* of values: "min_max 1 100" */
    size_t n_values;
    double low, high; /* range */
    bool whole;       /* range: whole numbers */
    /* weights */
    const int *levels;
    const double *factors; /* of each level; 0.25: 25 % up and down */
    size_t n_levels;
    size_t
        n_sets; /* > 0: the parameter is which of so many sets, drawn beforehand; 0: fresh for each
                    * replication (not in sensitivity analysis, where n_sets is made 100) */
    /* drop; NULL stands for none */
    const char *const *codes;
    size_t n_codes;
    bool drop_each; /* "all": none, and each indicator in turn; codes is NULL */
} GhIndexParameter;

typedef enum {
    GH_SAMPLING_MONTE_CARLO,
    GH_SAMPLING_SOBOL,
} GhIndexSampling;
typedef enum {
    GH_ESTIMATOR_CENTRED, /* ours: outputs less their mean, variance of A and B */
    GH_ESTIMATOR_COINR,
} GhIndexEstimator;

typedef struct {
    GhIndexSampling sampling;   /* sobol */
    GhIndexEstimator estimator; /* centred */
    size_t replications;        /* N; 1000 */
    size_t bootstrap;           /* 1000 */
    uint64_t seed;              /* 1 */
    const char *output;         /* code of the node that is ranked; NULL: the top */
    const size_t *top;          /* "probability of being among the best k": 1, 5, 10 */
    size_t n_top;
    const GhIndexParameter *parameters;
    size_t n_parameters;
} GhIndexUncertain;

typedef struct {
    const char *name, *description, *author, *licence;
    const char *const *sources; /* NULL-ended */
    GhIndexStep *const *steps;
    size_t n_steps;
    const GhIndexUncertain *uncertain; /* NULL: the file has no "uncertainty" */
    const char *data_text;             /* key "data" as JSON; NULL: none */
    const char *text;                  /* the whole file, canonical */
    /* private */
    gint ref_count;
    void *memory;
} GhIndexSpec;

/* Reads and checks the whole; faults (file name, line, key, reason, remedy) are told at once. */
GhIndexSpec *gh_index_spec_parse(const char *name, const char *bytes, size_t n_bytes,
                                 GhFaults *faults, GError **error);
GhIndexSpec *gh_index_spec_ref(GhIndexSpec *spec);
void gh_index_spec_unref(GhIndexSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexSpec, gh_index_spec_unref)

/* A change of one key within a step; value borrowed. */
typedef struct {
    const char *path; /* "": the whole step is replaced by value, whose "step" may be left out */
    json_t *value;
} GhIndexChange;

/* The step with changes made, checked as when it is read from a file; NULL with GH_INDEX_ERROR_SPEC. */
GhIndexStep *gh_index_step_changed(const GhIndexStep *step, const GhIndexChange *changes,
                                   size_t n_changes, GError **error);
