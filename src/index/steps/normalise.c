/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* normalise.c - all indicators to a common scale: which method with which parameters for which column. */
#include <math.h>
#include <string.h>

#include "index/steps/normalise_private.h"
#include "index/steps/scope.h"

/* -- parameters -- */

static bool
take_number(const GhIndexState *state, size_t indicator, const char *name, double *number)
{
    const double *extra = gh_index_data_extra(state->data, name);

    if (extra == NULL || isnan(extra[indicator]))
        return false;
    *number = extra[indicator];
    return true;
}

static void
take_switch(const GhIndexState *state, size_t indicator, const char *name, bool *on)
{
    double number = 0.0;

    if (take_number(state, indicator, name, &number))
        *on = number != 0.0;
}

/* Names of columns as in COINr, so that its metadata can be read as they are. */
static void
take_from_metadata(const GhIndexState *state, size_t indicator, GhNormaliseColumn *column,
                   GhIndexNormaliseOne *one)
{
    const bool scaled = one->method == GH_NORMALISE_SCALED;

    take_number(state, indicator, "minmax_lower", &one->lower);
    take_number(state, indicator, "minmax_upper", &one->upper);
    take_number(state, indicator, "zscore_mean", &one->mean);
    take_number(state, indicator, "zscore_sd", &one->sd);
    take_switch(state, indicator, "dist2targ_cap_max", &one->cap);
    take_switch(state, indicator, "goalpost_trunc2posts", &one->truncate);
    take_number(state, indicator, scaled ? "scale_factor" : "goalpost_scale", &one->scale);
    take_number(state, indicator, scaled ? "scaled_upper" : "goalpost_upper", &one->goal_upper);
    if (take_number(state, indicator, scaled ? "scaled_lower" : "goalpost_lower", &one->goal_lower))
        column->turned_goals = true;
}

static const GhIndexNormaliseOne *
find_own(const GhIndexNormalise *how, const char *code)
{
    for (size_t o = 0; o < how->n_own; o++) {
        if (strcmp(how->indicators[o], code) == 0)
            return &how->own[o];
    }
    return NULL;
}

/* An indicator's own parameters before those of the metadata before the usual ones. */
static void
choose(const GhIndexState *state, const GhIndexNormalise *how, size_t indicator,
       GhNormaliseColumn *ret, GhIndexNormaliseOne *ret_one)
{
    const GhIndexNode *node = &state->data->nodes[indicator];
    const GhIndexNormaliseOne *own = find_own(how, node->code);

    *ret = (GhNormaliseColumn){
        .how = ret_one,
        .direction = state->directed ? 1 : node->direction,
        .reference = NAN,
        .turned_goals = own != NULL || !how->as_coinr,
        .as_coinr = how->as_coinr,
    };
    *ret_one = own != NULL ? *own : how->usual;
    if (own == NULL && how->from_metadata)
        take_from_metadata(state, indicator, ret, ret_one);
    ret->target = isnan(ret_one->target) ? node->target : ret_one->target;
}

static bool
check_own(const GhIndexState *state, const GhIndexNormalise *how, GError **error)
{
    size_t indicator = 0;

    for (size_t o = 0; o < how->n_own; o++) {
        if (!gh_index_require_indicator(state->data, how->indicators[o], "normalise", &indicator,
                                        error))
            return false;
    }
    return true;
}

/* -- the reference -- */

/* The rows of a unit in the order of their years: found once for all indicators that refer to it. */
typedef struct {
    const char *code; /* borrowed; NULL: none sought yet */
    GArray *rows;     /* of size_t, rows of the state */
} Reference;

static int
compare_years(const void *a, const void *b, void *data)
{
    const GhIndexState *state = data;
    const size_t i = *(const size_t *)a;
    const size_t j = *(const size_t *)b;
    const int *years = state->data->years;

    return years == NULL ? 0 : years[state->rows[i]] - years[state->rows[j]];
}

static bool
seek_reference(const GhIndexState *state, const char *code, Reference *reference, GError **error)
{
    size_t unit = 0;

    if (reference->code != NULL && strcmp(reference->code, code) == 0)
        return true;
    if (!gh_index_data_require_unit(state->data, code, &unit, error))
        return false;
    reference->code = code;
    g_array_set_size(reference->rows, 0);
    for (size_t i = 0; i < state->n_units; i++) {
        if (strcmp(state->data->unit_codes[state->rows[i]], code) == 0)
            g_array_append_val(reference->rows, i);
    }
    g_array_sort_with_data(reference->rows, compare_years, (void *)(uintptr_t)state);
    return true;
}

/* The reference's value of an indicator in a year; NULL: in the first year that has one, the base year. NAN: none. */
static double
reference_value(const GhIndexState *state, size_t indicator, const Reference *reference,
                const int *year)
{
    const double *x = gh_index_state_column(state, indicator);

    for (guint r = 0; r < reference->rows->len; r++) {
        const size_t row = g_array_index(reference->rows, size_t, r);
        if (year != NULL && state->data->years[state->rows[row]] != *year)
            continue;
        if (!isnan(x[row]))
            return x[row];
    }
    return NAN;
}

static bool
needs_reference(const GhIndexNormaliseOne *one)
{
    return one->reference != NULL
           && (one->method == GH_NORMALISE_DISTANCE_TO_REFERENCE
               || one->method == GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO);
}

/* -- columns -- */

typedef struct {
    GhIndexState *state;
    const GhIndexNormalise *how;
    GhIndexNotes *notes;
    GhIndexParts *years; /* NULL: all rows together, in their column */
    double *gathered;    /* n_units; with years */
    Reference reference;
    GhNormaliseScratch scratch;
} Work;

static void
work_clear(Work *work)
{
    gh_index_parts_free(work->years);
    g_free(work->gathered);
    g_array_unref(work->reference.rows);
    g_free(work->scratch.values);
    g_free(work->scratch.order);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static bool
any_available(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]))
            return true;
    }
    return false;
}

/* x: n values of the indicator, those of a year or (NULL) all. */
static bool
normalise_values(Work *work, size_t indicator, const int *year, double *x, size_t n,
                 GhNormaliseColumn *column, GError **error)
{
    if (!any_available(x, n)) {
        const char *code = work->state->data->nodes[indicator].code;
        if (year == NULL)
            gh_index_notes_remark(work->notes, "%s: no unit has a value; it takes no part", code);
        else
            gh_index_notes_remark(
                work->notes, "%s: no unit has a value in %d; it takes no part there", code, *year);
        return true;
    }
    if (needs_reference(column->how)) {
        if (!seek_reference(work->state, column->how->reference, &work->reference, error))
            return false;
        column->reference = reference_value(work->state, indicator, &work->reference, year);
        if (isnan(column->reference)) {
            g_set_error(
                error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                "the reference \"%s\" has no value, or was screened out; impute it, or choose "
                "another reference",
                column->how->reference);
            return false;
        }
    }
    return gh_normalise_column(x, n, column, &work->scratch, error);
}

static bool
normalise_year(Work *work, size_t indicator, size_t part, GhNormaliseColumn *column, GError **error)
{
    const GhIndexParts *years = work->years;
    const size_t *members = years->members + years->starts[part];
    const int year = work->state->data->years[work->state->rows[members[0]]];
    double *all = gh_index_state_column(work->state, indicator);

    const size_t n = gh_index_part_gather(years, part, all, work->gathered);
    if (!normalise_values(work, indicator, &year, work->gathered, n, column, error)) {
        g_prefix_error(error, "in %d ", year);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        all[members[i]] = work->gathered[i];
    return true;
}

static bool
normalise_indicator(Work *work, size_t indicator, GhNormaliseColumn *column, GError **error)
{
    GhIndexState *state = work->state;

    if (work->years == NULL)
        return normalise_values(work, indicator, NULL, gh_index_state_column(state, indicator),
                                state->n_units, column, error);
    for (size_t part = 0; part < work->years->n; part++) {
        if (!normalise_year(work, indicator, part, column, error))
            return false;
    }
    return true;
}

bool
gh_index_normalise(GhIndexState *state, const GhIndexNormalise *how, GhIndexNotes *notes,
                   GError **error)
{
    g_auto(Work) work = {
        .state = state,
        .how = how,
        .notes = notes,
        .reference.rows = g_array_new(FALSE, FALSE, sizeof(size_t)),
        .scratch.n = state->n_units,
    };

    if (!check_own(state, how, error))
        return false;
    if (how->over == GH_OVER_YEAR) {
        work.years = gh_index_parts_over(state, how->over, "normalise", error);
        if (work.years == NULL)
            return false;
        work.gathered = g_new(double, state->n_units);
    }
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        GhNormaliseColumn column = {0};
        GhIndexNormaliseOne one = {0};
        if (!state->active[j])
            continue;
        choose(state, how, j, &column, &one);
        if (!gh_normalise_check(&one, error) || !normalise_indicator(&work, j, &column, error)) {
            g_prefix_error(error, "normalise: indicator %s: ", state->data->nodes[j].code);
            return false;
        }
    }
    state->directed = true;
    return true;
}
