/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_raw.c - the keys of the steps on raw values: screen, denominate, impute, treat. */
#include "index/spec/spec_private.h"

#include <math.h>

const char *const GH_INDEX_OVER_WORDS[] = {"all", "year", NULL};

#define SHARE .min = 0, .max = 1
#define POSITIVE .min = 0, .max = INFINITY, .above_min = true

/* -- screen -- */

static const GhIndexField SCREEN[] = {
    {GH_INDEX_FIELD(GhIndexScreen, min_available, GH_FIELD_NUMBER), SHARE},
    {GH_INDEX_FIELD(GhIndexScreen, min_nonzero, GH_FIELD_NUMBER), SHARE},
    {GH_INDEX_FIELD(GhIndexScreen, indicators_min_available, GH_FIELD_NUMBER), SHARE},
    {GH_INDEX_FIELD(GhIndexScreen, drop_constant, GH_FIELD_BOOL)},
    {GH_INDEX_FIELD(GhIndexScreen, keep, GH_FIELD_TEXTS)},
    {GH_INDEX_FIELD(GhIndexScreen, drop_units, GH_FIELD_TEXTS)},
    {GH_INDEX_FIELD(GhIndexScreen, drop, GH_FIELD_TEXTS)},
};
const GhIndexFields GH_INDEX_SCREEN_FIELDS = {"screen", SCREEN, G_N_ELEMENTS(SCREEN), NULL};

void
gh_index_read_screen(GhIndexSpecReader *reader, const json_t *object, const char *path,
                     GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_SCREEN_FIELDS, NULL};

    gh_index_read_object(reader, object, path, tables);
    gh_index_read_fields(reader, object, path, &GH_INDEX_SCREEN_FIELDS, &step->screen);
}

/* -- denominate -- */

static const GhIndexField DENOMINATE[] = {
    {GH_INDEX_FIELD(GhIndexDenominate, scale_factor, GH_FIELD_NUMBER), POSITIVE},
};
static const char *const INDICATORS[] = {"indicators", NULL};
const GhIndexFields GH_INDEX_DENOMINATE_FIELDS = {"denominate", DENOMINATE,
                                                  G_N_ELEMENTS(DENOMINATE), INDICATORS};

static const GhIndexField DENOMINATE_ONE[] = {
    {GH_INDEX_FIELD(GhIndexDenominateOne, denominator, GH_FIELD_TEXT), .may_be_null = true},
    {GH_INDEX_FIELD(GhIndexDenominateOne, scale_factor, GH_FIELD_NUMBER), POSITIVE},
};
const GhIndexFields GH_INDEX_DENOMINATE_ONE_FIELDS = {"denominate, an indicator", DENOMINATE_ONE,
                                                      G_N_ELEMENTS(DENOMINATE_ONE), NULL};

void
gh_index_read_denominate(GhIndexSpecReader *reader, const json_t *object, const char *path,
                         GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_DENOMINATE_FIELDS,
                                           NULL};
    GhIndexDenominate *how = &step->denominate;
    const char *const *codes = NULL;

    how->scale_factor = 1.0;
    gh_index_read_object(reader, object, path, tables);
    gh_index_read_fields(reader, object, path, &GH_INDEX_DENOMINATE_FIELDS, how);

    const GhIndexDenominateOne usual = {.scale_factor = how->scale_factor};
    GhIndexDenominateOne *own =
        gh_index_read_own(reader, object, path, &GH_INDEX_DENOMINATE_ONE_FIELDS, &usual,
                          sizeof usual, &codes, &how->n_indicators);
    for (size_t i = 0; i < how->n_indicators; i++) {
        g_autofree char *at = g_strdup_printf("%s.indicators.%s", path, codes[i]);
        const json_t *one = json_object_get(json_object_get(object, "indicators"), codes[i]);
        own[i].indicator = codes[i];
        if (json_is_object(one))
            (void)gh_index_read_needed(reader, one, at, "denominator");
    }
    how->indicators = own;
}

/* -- impute -- */

static const char *const IMPUTE_METHODS[] = {
    "mean", "median", "constant", "latest", "linear", "panel_constant", "regression", "em", NULL};
static const char *const IMPUTE_BY[] = {"column", "row", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(IMPUTE_METHODS) == GH_IMPUTE_EM + 2);

enum {
    AVERAGES = 1 << GH_IMPUTE_MEAN | 1 << GH_IMPUTE_MEDIAN,
    MODELS = 1 << GH_IMPUTE_REGRESSION | 1 << GH_IMPUTE_EM,
    EM = 1 << GH_IMPUTE_EM,
    YEARS_MAX = 1000,
    ITERATIONS_MAX = 10000000,
};

static const GhIndexField IMPUTE[] = {
    {GH_INDEX_FIELD(GhIndexImpute, method, GH_FIELD_WORD), .words = IMPUTE_METHODS},
    {GH_INDEX_FIELD(GhIndexImpute, by, GH_FIELD_WORD), .words = IMPUTE_BY, .methods = AVERAGES},
    {GH_INDEX_FIELD(GhIndexImpute, group, GH_FIELD_TEXT), .may_be_null = true, .methods = AVERAGES},
    {GH_INDEX_FIELD(GhIndexImpute, group_level, GH_FIELD_WHOLE), .min = 0,
     .max = GH_INDEX_MAX_LEVELS, .methods = AVERAGES | MODELS},
    {GH_INDEX_FIELD(GhIndexImpute, normalise_first, GH_FIELD_BOOL), .methods = AVERAGES},
    {GH_INDEX_FIELD(GhIndexImpute, value, GH_FIELD_NUMBER), .min = -INFINITY, .max = INFINITY,
     .methods = 1 << GH_IMPUTE_CONSTANT},
    {GH_INDEX_FIELD(GhIndexImpute, max_years, GH_FIELD_WHOLE), .min = 0, .max = YEARS_MAX,
     .methods = 1 << GH_IMPUTE_LATEST},
    {GH_INDEX_FIELD(GhIndexImpute, max_iterations, GH_FIELD_WHOLE), .min = 1, .max = ITERATIONS_MAX,
     .methods = EM},
    {GH_INDEX_FIELD(GhIndexImpute, tolerance, GH_FIELD_NUMBER), .min = 0, .max = 1,
     .above_min = true, .methods = EM},
    {GH_INDEX_FIELD(GhIndexImpute, over, GH_FIELD_WORD), .words = GH_INDEX_OVER_WORDS},
    {GH_INDEX_FIELD(GhIndexImpute, indicators, GH_FIELD_TEXTS)},
};
const GhIndexFields GH_INDEX_IMPUTE_FIELDS = {"impute", IMPUTE, G_N_ELEMENTS(IMPUTE), NULL};

/* What goes together. */
static void
check_impute(GhIndexSpecReader *reader, const json_t *object, const char *path,
             const GhIndexImpute *how)
{
    bool average = how->method == GH_IMPUTE_MEAN || how->method == GH_IMPUTE_MEDIAN;
    bool by_row = how->by == GH_IMPUTE_BY_ROW;
    g_autofree char *at_by = gh_json_read_path(path, "by");
    g_autofree char *at_group = gh_json_read_path(path, "group");
    g_autofree char *at_level = gh_json_read_path(path, "group_level");

    if (how->method == GH_IMPUTE_CONSTANT)
        (void)gh_index_read_needed(reader, object, path, "value");
    if (by_row && !average)
        gh_index_read_fault(reader, at_by, NULL, GH_MARK("is possible with mean and median only"),
                            GH_MARK("write column, or leave it out"));
    if (by_row && how->group != NULL)
        gh_index_read_fault(reader, at_group, NULL, GH_MARK("is of units, and this goes by row"),
                            GH_MARK("use group_level, or by: column"));
    if (average && !by_row && how->group_level > 0)
        gh_index_read_fault(reader, at_level, NULL,
                            GH_MARK("is of indicators, and this goes by column"),
                            GH_MARK("use group, or by: row"));
}

void
gh_index_read_impute(GhIndexSpecReader *reader, const json_t *object, const char *path,
                     GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_IMPUTE_FIELDS, NULL};
    GhIndexImpute *how = &step->impute;

    *how = (GhIndexImpute){.normalise_first = true, .max_iterations = 1000, .tolerance = 1e-8};
    gh_index_read_object(reader, object, path, tables);
    (void)gh_index_read_needed(reader, object, path, "method");
    gh_index_read_fields(reader, object, path, &GH_INDEX_IMPUTE_FIELDS, how);
    gh_index_read_effects(reader, object, path, &GH_INDEX_IMPUTE_FIELDS, 1U << how->method);
    check_impute(reader, object, path, how);
}

/* -- treat -- */

static const char *const TRANSFORMS[] = {"none",        "log_ct",  "log_ct_plus",
                                         "log_ct_orig", "box_cox", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(TRANSFORMS) == GH_TRANSFORM_BOX_COX + 2);

static const GhIndexField TREAT_ONE[] = {
    {GH_INDEX_FIELD(GhIndexTreatOne, winmax, GH_FIELD_WHOLE), .min = 0, .max = GH_INDEX_MAX_UNITS,
     .may_be_null = true, .if_null = -1},
    {GH_INDEX_FIELD(GhIndexTreatOne, skew, GH_FIELD_NUMBER), POSITIVE},
    {GH_INDEX_FIELD(GhIndexTreatOne, kurt, GH_FIELD_NUMBER), POSITIVE},
    {GH_INDEX_FIELD(GhIndexTreatOne, force, GH_FIELD_BOOL)},
    {GH_INDEX_FIELD(GhIndexTreatOne, transform, GH_FIELD_WORD), .words = TRANSFORMS},
    {GH_INDEX_FIELD(GhIndexTreatOne, lambda, GH_FIELD_NUMBER), .min = -10, .max = 10,
     .may_be_null = true, .if_null = NAN, .methods = 1 << GH_TRANSFORM_BOX_COX},
    {GH_INDEX_FIELD(GhIndexTreatOne, combine, GH_FIELD_BOOL)},
    {GH_INDEX_FIELD(GhIndexTreatOne, skip, GH_FIELD_BOOL)},
};
const GhIndexFields GH_INDEX_TREAT_ONE_FIELDS = {"treat, an indicator", TREAT_ONE,
                                                 G_N_ELEMENTS(TREAT_ONE), NULL};

static const GhIndexField TREAT[] = {
    {GH_INDEX_FIELD(GhIndexTreat, over, GH_FIELD_WORD), .words = GH_INDEX_OVER_WORDS},
};
const GhIndexFields GH_INDEX_TREAT_FIELDS = {"treat", TREAT, G_N_ELEMENTS(TREAT), INDICATORS};

void
gh_index_read_treat(GhIndexSpecReader *reader, const json_t *object, const char *path,
                    GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_TREAT_ONE_FIELDS,
                                           &GH_INDEX_TREAT_FIELDS, NULL};
    GhIndexTreat *how = &step->treat;
    unsigned transforms = 0;

    *how = (GhIndexTreat){.usual = {.winmax = 5,
                                    .skew = 2.0,
                                    .kurt = 3.5,
                                    .transform = GH_TRANSFORM_LOG_CT,
                                    .lambda = NAN}};
    gh_index_read_object(reader, object, path, tables);
    gh_index_read_fields(reader, object, path, &GH_INDEX_TREAT_ONE_FIELDS, &how->usual);
    gh_index_read_fields(reader, object, path, &GH_INDEX_TREAT_FIELDS, how);
    how->own = gh_index_read_own(reader, object, path, &GH_INDEX_TREAT_ONE_FIELDS, &how->usual,
                                 sizeof how->usual, &how->indicators, &how->n_own);
    transforms = 1U << how->usual.transform;
    for (size_t i = 0; i < how->n_own; i++)
        transforms |= 1U << how->own[i].transform;
    gh_index_read_effects(reader, object, path, &GH_INDEX_TREAT_ONE_FIELDS, transforms);
}
