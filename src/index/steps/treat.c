/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* treat.c - outliers: is a column too skewed, and what is done about it.
 *
 * Order     A column that passes is left alone. Else it is winsorised; if it passes then, that
 *           stays. Else the original - with combine the winsorised - is transformed, and that stays
 *           whether it passes or not.
 * Forced    Both are done whatever the checks say, the second on the result of the first.
 * Untouched Columns that cannot be judged or helped: none or one value, two different values
 * (neither way changes
 *           their shape), fewer than four values (kurtosis is not defined). A remark says so.
 * Source    OECD/JRC Handbook (2008), step 4; limits 2 and 3.5: JRC COIN Tool user guide (2019).
 */
#include <math.h>
#include <string.h>

#include "index/steps/scope.h"
#include "index/steps/treat_private.h"

static const char STEP[] = "treat";

enum {
    MIN_AVAILABLE = 4
}; /* kurtosis is not defined below */

typedef struct {
    GhIndexState *state;
    GhIndexNotes *notes;
    double *original, *x; /* a part of a column: as it was, and as it is */
    double *scratch;
} Treatment;

/* -- parameters -- */

static bool
check_one(const GhIndexTreatOne *one, const char *whose, GError **error)
{
    const char *wrong = NULL;

    if (one->winmax < -1)
        wrong = "winmax is -1 (no limit), 0 (none) or more";
    else if (isnan(one->skew) || isnan(one->kurt))
        wrong = "skew and kurt are numbers";
    else if (one->force && one->winmax == -1)
        wrong = "force needs a winmax, since nothing else would end it";
    else if (one->transform == GH_TRANSFORM_BOX_COX && isinf(one->lambda))
        wrong = "lambda is a finite number";
    if (wrong != NULL)
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC, "%s: %s: %s", STEP, whose, wrong);
    return wrong == NULL;
}

/* What is asked for each indicator. */
static const GhIndexTreatOne **
find_own(const GhIndexData *data, const GhIndexTreat *how, GError **error)
{
    g_autofree const GhIndexTreatOne **ones = g_new(const GhIndexTreatOne *, data->n_indicators);

    if (!check_one(&how->usual, "all indicators", error))
        return NULL;
    for (size_t j = 0; j < data->n_indicators; j++)
        ones[j] = &how->usual;
    for (size_t k = 0; k < how->n_own; k++) {
        size_t j = 0;
        if (!gh_index_require_indicator(data, how->indicators[k], STEP, &j, error)
            || !check_one(&how->own[k], how->indicators[k], error))
            return NULL;
        if (ones[j] != &how->usual) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "%s: indicator %s is named twice", STEP, how->indicators[k]);
            return NULL;
        }
        ones[j] = &how->own[k];
    }
    return g_steal_pointer(&ones);
}

/* -- a column -- */

static bool
has_two_values(const double *x, size_t n, const GhMoments *moments)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] > moments->min && x[i] < moments->max)
            return false;
    }
    return true;
}

/* NULL: the column can be treated. */
static const char *
why_untouched(const double *x, size_t n, const GhMoments *moments)
{
    if (moments->n == 0)
        return "no unit has a value";
    if (moments->min == moments->max)
        return "all values are equal";
    if (moments->n < MIN_AVAILABLE)
        return "fewer than four values are available, too few for a check of its shape";
    if (has_two_values(x, n, moments))
        return "it has two different values only, and neither winsorising nor a transformation "
               "changes the "
               "shape of that";
    return NULL;
}

/* The winsorised column stands in x afterwards. */
static void
winsorise_column(Treatment *treatment, size_t n, const GhIndexTreatOne *one,
                 GhIndexTreated *treated)
{
    double *x = treatment->x;
    const GhWinsorised to =
        gh_winsorise(x, n, one, treated->skew_before, treated->kurt_before, treatment->scratch);

    for (size_t i = 0; i < n; i++)
        x[i] = x[i] > to.high ? to.high : x[i] < to.low ? to.low : x[i];
    treated->n_winsorised = to.n_moved;
    treated->skew_winsorised = to.skew;
    treated->kurt_winsorised = to.kurt;
    treated->passed_winsorised = gh_treat_passes(one, to.skew, to.kurt);
}

static bool
transform_column(Treatment *treatment, size_t n, const GhIndexTreatOne *one,
                 GhIndexTreated *treated, GError **error)
{
    const char *code = treatment->state->data->nodes[treated->node].code;
    const bool on_winsorised = (one->combine || one->force) && one->winmax != 0;
    double skew = treated->skew_before, lambda = one->lambda;

    if (on_winsorised)
        skew = treated->skew_winsorised;
    else
        memcpy(treatment->x, treatment->original, n * sizeof *treatment->x);
    if (!gh_transform(treatment->x, n, one->transform, skew, &lambda, treatment->scratch, error)) {
        g_prefix_error(error, "%s: indicator %s: ", STEP, code);
        return false;
    }

    const GhMoments after = gh_column_moments(treatment->x, n);
    treated->transformed = gh_transform_text(one->transform);
    treated->skew_after = after.skew;
    treated->kurt_after = after.kurt;
    treated->passed_transformed = gh_treat_passes(one, after.skew, after.kurt);
    if (one->transform == GH_TRANSFORM_BOX_COX && isnan(one->lambda))
        gh_index_notes_remark(treatment->notes,
                              "%s: Box-Cox with lambda %.4g, the most likely one.", code, lambda);
    return true;
}

static bool
treat_values(Treatment *treatment, size_t n, const GhIndexTreatOne *one, GhIndexTreated *treated,
             GError **error)
{
    const bool winsorises = one->winmax != 0;

    if (winsorises)
        winsorise_column(treatment, n, one, treated);
    if (one->transform == GH_TRANSFORM_NONE
        || (winsorises && treated->passed_winsorised && !one->force))
        return true;
    return transform_column(treatment, n, one, treated, error);
}

/* -- what is told -- */

static bool
passed_last(const GhIndexTreated *treated, const GhIndexTreatOne *one)
{
    if (treated->transformed != NULL)
        return treated->passed_transformed;
    return one->winmax != 0 ? treated->passed_winsorised : treated->passed_first;
}

static void
note_treated(Treatment *treatment, const GhIndexTreatOne *one, const GhIndexTreated *treated,
             bool was_touched)
{
    GhIndexNotes *notes = treatment->notes;

    if (notes == NULL)
        return;
    g_ptr_array_add(notes->treated, g_memdup2(treated, sizeof *treated));
    if (was_touched && !passed_last(treated, one))
        gh_index_notes_remark(
            notes, "%s: still outside the limits of skewness and kurtosis after treatment.",
            treatment->state->data->nodes[treated->node].code);
}

static GhIndexMark
mark_of(const GhIndexTreated *treated, double before, double after)
{
    if (treated->transformed != NULL && !isnan(after))
        return GH_INDEX_MARK_TRANSFORMED;
    if (after < before)
        return GH_INDEX_MARK_WINSORISED_HIGH;
    return after > before ? GH_INDEX_MARK_WINSORISED_LOW : GH_INDEX_MARK_NONE;
}

static void
put_back(Treatment *treatment, const size_t *rows, size_t n, const GhIndexTreated *treated)
{
    const GhIndexState *state = treatment->state;
    double *column = gh_index_state_column(state, treated->node);

    for (size_t i = 0; i < n; i++) {
        const GhIndexMark mark = mark_of(treated, treatment->original[i], treatment->x[i]);
        column[rows[i]] = treatment->x[i];
        if (mark != GH_INDEX_MARK_NONE)
            gh_index_notes_mark(treatment->notes, state->rows[rows[i]], treated->node, mark);
    }
}

/* -- all columns -- */

static bool
check_shape_defined(const GhIndexState *state, size_t node, const GhMoments *moments,
                    GError **error)
{
    if (!isnan(moments->skew) && !isnan(moments->kurt))
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "%s: the values of indicator %s, from %g to %g, are too large for their mean; give "
                "it another "
                "unit, or skip it here",
                STEP, state->data->nodes[node].code, moments->min, moments->max);
    return false;
}

static bool
treat_part(Treatment *treatment, size_t node, const GhIndexTreatOne *one, const GhIndexParts *parts,
           size_t part, int year, GError **error)
{
    const GhIndexState *state = treatment->state;
    const size_t *rows = parts->members + parts->starts[part];
    const size_t n =
        gh_index_part_gather(parts, part, gh_index_state_column(state, node), treatment->x);
    const GhMoments before = gh_column_moments(treatment->x, n);
    GhIndexTreated treated = {.node = node,
                              .year = year,
                              .passed_first = gh_treat_passes(one, before.skew, before.kurt),
                              .skew_before = before.skew,
                              .kurt_before = before.kurt,
                              .skew_winsorised = NAN,
                              .kurt_winsorised = NAN,
                              .skew_after = NAN,
                              .kurt_after = NAN};

    if (treated.passed_first && !one->force) {
        note_treated(treatment, one, &treated, false);
        return true;
    }
    const char *why = why_untouched(treatment->x, n, &before);
    if (why != NULL) {
        gh_index_notes_remark(treatment->notes, "%s: left as it is, not treated: %s.",
                              state->data->nodes[node].code, why);
        note_treated(treatment, one, &treated, false);
        return true;
    }
    if (!check_shape_defined(state, node, &before, error))
        return false;

    memcpy(treatment->original, treatment->x, n * sizeof *treatment->x);
    if (!treat_values(treatment, n, one, &treated, error))
        return false;
    put_back(treatment, rows, n, &treated);
    note_treated(treatment, one, &treated, true);
    return true;
}

bool
gh_index_treat(GhIndexState *state, const GhIndexTreat *how, GhIndexNotes *notes, GError **error)
{
    const GhIndexData *data = state->data;

    g_autofree const GhIndexTreatOne **ones = find_own(data, how, error);
    if (ones == NULL)
        return false;
    g_autoptr(GhIndexParts) parts = gh_index_parts_over(state, how->over, STEP, error);
    if (parts == NULL)
        return false;

    g_autofree double *original = g_new(double, state->n_units);
    g_autofree double *x = g_new(double, state->n_units);
    g_autofree double *scratch = g_new(double, gh_winsorise_scratch(state->n_units));
    Treatment treatment = {
        .state = state, .notes = notes, .original = original, .x = x, .scratch = scratch};

    for (size_t j = 0; j < data->n_indicators; j++) {
        if (!state->active[j] || ones[j]->skip)
            continue;
        for (size_t p = 0; p < parts->n; p++) {
            const size_t first = state->rows[parts->members[parts->starts[p]]];
            const int year = how->over == GH_OVER_YEAR ? data->years[first] : 0;
            if (!treat_part(&treatment, j, ones[j], parts, p, year, error))
                return false;
        }
    }
    return true;
}
