/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_normalise.c - the keys of the step "normalise". */
#include "index/spec/spec_private.h"

#include <math.h>

static const char *const METHODS[] = {"min_max",
                                      "z_score",
                                      "rank",
                                      "borda",
                                      "percentile_rank",
                                      "distance_to_max",
                                      "distance_to_reference",
                                      "distance_to_target",
                                      "fraction_of_max",
                                      "goalposts",
                                      "scaled",
                                      "mazziotta_pareto",
                                      "adjusted_mazziotta_pareto",
                                      "none",
                                      NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(METHODS) == GH_NORMALISE_NONE + 2);

static const char *const TIES[] = {"min", "max", "average", "first", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(TIES) == GH_TIES_FIRST + 2);

enum {
    MIN_MAX = 1 << GH_NORMALISE_MIN_MAX,
    Z_SCORE = 1 << GH_NORMALISE_Z_SCORE,
    RANKS = 1 << GH_NORMALISE_RANK | 1 << GH_NORMALISE_BORDA | 1 << GH_NORMALISE_PERCENTILE_RANK,
    REFERENCE =
        1 << GH_NORMALISE_DISTANCE_TO_REFERENCE | 1 << GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO,
    CAPPED = 1 << GH_NORMALISE_DISTANCE_TO_REFERENCE | 1 << GH_NORMALISE_DISTANCE_TO_TARGET,
    TARGET = 1 << GH_NORMALISE_DISTANCE_TO_TARGET,
    GOALPOSTS = 1 << GH_NORMALISE_GOALPOSTS,
    GOALS = GOALPOSTS | 1 << GH_NORMALISE_SCALED,
};

#define ANY .min = -INFINITY, .max = INFINITY
#define POSITIVE .min = 0, .max = INFINITY, .above_min = true

static const GhIndexField ONE[] = {
    {GH_INDEX_FIELD(GhIndexNormaliseOne, method, GH_FIELD_WORD), .words = METHODS},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, lower, GH_FIELD_NUMBER), ANY, .methods = MIN_MAX},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, upper, GH_FIELD_NUMBER), ANY, .methods = MIN_MAX},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, mean, GH_FIELD_NUMBER), ANY, .methods = Z_SCORE},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, sd, GH_FIELD_NUMBER), POSITIVE, .methods = Z_SCORE},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, ties, GH_FIELD_WORD), .words = TIES, .methods = RANKS},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, reference, GH_FIELD_TEXT), .may_be_null = true,
     .methods = REFERENCE},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, cap, GH_FIELD_BOOL), .methods = CAPPED},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, target, GH_FIELD_NUMBER), ANY, .may_be_null = true,
     .if_null = NAN, .methods = TARGET},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, goal_lower, GH_FIELD_NUMBER), ANY, .methods = GOALS},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, goal_upper, GH_FIELD_NUMBER), ANY, .methods = GOALS},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, scale, GH_FIELD_NUMBER), POSITIVE, .methods = GOALS},
    {GH_INDEX_FIELD(GhIndexNormaliseOne, truncate, GH_FIELD_BOOL), .methods = GOALPOSTS},
};
const GhIndexFields GH_INDEX_NORMALISE_ONE_FIELDS = {"normalise, an indicator", ONE,
                                                     G_N_ELEMENTS(ONE), NULL};

static const GhIndexField ALL[] = {
    {GH_INDEX_FIELD(GhIndexNormalise, from_metadata, GH_FIELD_BOOL)},
    {GH_INDEX_FIELD(GhIndexNormalise, over, GH_FIELD_WORD), .words = GH_INDEX_OVER_WORDS},
    {GH_INDEX_FIELD(GhIndexNormalise, as_coinr, GH_FIELD_BOOL)},
};
static const char *const FURTHER[] = {"indicators", NULL};
const GhIndexFields GH_INDEX_NORMALISE_FIELDS = {"normalise", ALL, G_N_ELEMENTS(ALL), FURTHER};

/* Of pairs, the first must be below the second. */
static void
check_pair(GhIndexSpecReader *reader, const char *path, const char *key, double low, double high)
{
    if (isnan(low) || isnan(high) || low < high)
        return;

    g_autofree char *at = gh_json_read_path(path, key);
    gh_index_read_fault(reader, at, NULL, GH_MARK("is not above its lower end"),
                        GH_MARK("put the smaller number first"));
}

/* What a method cannot do without; the metadata, or an indicator's own entry, may still give it. */
static void
check_one(GhIndexSpecReader *reader, const char *path, const GhIndexNormaliseOne *one,
          bool given_elsewhere)
{
    bool goals = one->method == GH_NORMALISE_GOALPOSTS || one->method == GH_NORMALISE_SCALED;

    check_pair(reader, path, "upper", one->lower, one->upper);
    check_pair(reader, path, "goal_upper", one->goal_lower, one->goal_upper);
    if (given_elsewhere)
        return;
    if (goals && (isnan(one->goal_lower) || isnan(one->goal_upper)))
        gh_index_read_fault(reader, path, METHODS[one->method], GH_MARK("needs its goalposts"),
                            GH_MARK("add goal_lower and goal_upper, or from_metadata: true"));
    if (one->method == GH_NORMALISE_DISTANCE_TO_REFERENCE && one->reference == NULL)
        gh_index_read_fault(reader, path, METHODS[one->method], GH_MARK("needs a reference"),
                            GH_MARK("add reference: the code of a unit"));
}

void
gh_index_read_normalise(GhIndexSpecReader *reader, const json_t *object, const char *path,
                        GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_NORMALISE_ONE_FIELDS,
                                           &GH_INDEX_NORMALISE_FIELDS, NULL};
    GhIndexNormalise *how = &step->normalise;

    *how = (GhIndexNormalise){.usual = {.upper = 100.0,
                                        .sd = 1.0,
                                        .target = NAN,
                                        .goal_lower = NAN,
                                        .goal_upper = NAN,
                                        .scale = 1.0,
                                        .truncate = true}};
    gh_index_read_object(reader, object, path, tables);
    (void)gh_index_read_needed(reader, object, path, "method");
    gh_index_read_fields(reader, object, path, &GH_INDEX_NORMALISE_ONE_FIELDS, &how->usual);
    gh_index_read_fields(reader, object, path, &GH_INDEX_NORMALISE_FIELDS, how);
    how->own = gh_index_read_own(reader, object, path, &GH_INDEX_NORMALISE_ONE_FIELDS, &how->usual,
                                 sizeof how->usual, &how->indicators, &how->n_own);

    unsigned methods = 1U << how->usual.method;
    check_one(reader, path, &how->usual, how->from_metadata || how->n_own > 0);
    for (size_t i = 0; i < how->n_own; i++) {
        g_autofree char *at = g_strdup_printf("%s.indicators.%s", path, how->indicators[i]);
        check_one(reader, at, &how->own[i], how->from_metadata);
        methods |= 1U << how->own[i].method;
    }
    gh_index_read_effects(reader, object, path, &GH_INDEX_NORMALISE_ONE_FIELDS, methods);
}
