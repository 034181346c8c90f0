/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute.c - gaps are filled: which way, and what is told of it.
 *
 * Source    OECD/JRC Handbook (2008), step 3; each way has its source in its own file.
 */
#include <math.h>

#include "index/steps/impute_private.h"

static const char STEP[] = "impute";

bool
gh_impute_fill(GhImputation *imputation, size_t row, size_t indicator, double value, GError **error)
{
    GhIndexState *state = imputation->state;

    if (isnan(value))
        return true;
    if (isinf(value)) {
        g_autofree char *unit = gh_index_row_name(state, row);
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s: the estimate for indicator %s of unit %s is too large for a number", STEP,
                    state->data->nodes[indicator].code, unit);
        return false;
    }
    gh_index_state_column(state, indicator)[row] = value;
    gh_index_notes_mark(imputation->notes, state->rows[row], indicator, GH_INDEX_MARK_IMPUTED);
    return true;
}

double
gh_impute_median(const double *x, size_t n, double *scratch)
{
    return gh_column_quantile(scratch, gh_column_sort(x, n, scratch), 0.5);
}

size_t
gh_impute_count_gaps(const double *column, const size_t *rows, size_t n)
{
    size_t n_gaps = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(column[rows[i]]))
            n_gaps++;
    }
    return n_gaps;
}

bool
gh_impute_check_spread(const GhImputation *imputation, size_t indicator, double sd, GError **error)
{
    if (isfinite(sd) && sd > 0.0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "%s: the values of indicator %s are too large or too near to each other for their "
                "standard deviation; give it another unit",
                STEP, imputation->state->data->nodes[indicator].code);
    return false;
}

/* What each method looks at; other keys beside it would be without effect, so they are refused. */
typedef struct {
    bool by_row, group, group_level, over_year;
} Takes;

static Takes
takes_of(const GhIndexImpute *how)
{
    switch (how->method) {
    case GH_IMPUTE_MEAN:
    case GH_IMPUTE_MEDIAN:
        if (how->by == GH_IMPUTE_BY_ROW)
            return (Takes){.by_row = true, .group_level = true, .over_year = true};
        return (Takes){.group = true, .over_year = true};
    case GH_IMPUTE_REGRESSION:
    case GH_IMPUTE_EM:
        return (Takes){.group_level = true, .over_year = true};
    case GH_IMPUTE_CONSTANT:
    case GH_IMPUTE_LATEST:
    case GH_IMPUTE_LINEAR:
    case GH_IMPUTE_PANEL_CONSTANT:
        break;
    }
    return (Takes){0};
}

static bool
check_keys(const GhIndexImpute *how, GError **error)
{
    const Takes takes = takes_of(how);
    const char *wrong = NULL;

    if (how->by == GH_IMPUTE_BY_ROW && !takes.by_row)
        wrong = "by row goes with mean and median only";
    else if (how->group != NULL && !takes.group)
        wrong = "group goes with mean and median by column only";
    else if (how->group_level != 0 && !takes.group_level)
        wrong = "group_level goes with by row, regression and em only";
    else if (how->over == GH_OVER_YEAR && !takes.over_year)
        wrong = "over \"year\" does not go with this method";
    else if (how->method == GH_IMPUTE_CONSTANT && !isfinite(how->value))
        wrong = "constant needs a value";
    else if (how->max_years < 0 || (how->max_years > 0 && how->method != GH_IMPUTE_LATEST))
        wrong = "max_years is 0 or more, and goes with latest only";
    else if (how->method == GH_IMPUTE_EM && (how->max_iterations < 1 || !(how->tolerance > 0.0)))
        wrong = "em needs max_iterations of 1 or more and a tolerance above 0";
    if (wrong != NULL)
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC, "%s: %s", STEP, wrong);
    return wrong == NULL;
}

static bool
fill_gaps(GhImputation *imputation, GError **error)
{
    const GhIndexImpute *how = imputation->how;

    switch (how->method) {
    case GH_IMPUTE_MEAN:
    case GH_IMPUTE_MEDIAN:
        return how->by == GH_IMPUTE_BY_ROW ? gh_impute_by_row(imputation, error)
                                           : gh_impute_by_column(imputation, error);
    case GH_IMPUTE_CONSTANT:
        return gh_impute_by_column(imputation, error);
    case GH_IMPUTE_LATEST:
    case GH_IMPUTE_LINEAR:
    case GH_IMPUTE_PANEL_CONSTANT:
        return gh_impute_panel(imputation, error);
    case GH_IMPUTE_REGRESSION:
        return gh_impute_regression(imputation, error);
    case GH_IMPUTE_EM:
        return gh_impute_em(imputation, error);
    }
    g_assert_not_reached();
}

static void
remark_gaps_left(const GhImputation *imputation)
{
    const GhIndexState *state = imputation->state;

    for (size_t j = 0; j < state->data->n_indicators; j++) {
        const double *x = gh_index_state_column(state, j);
        size_t n_gaps = 0, first = 0;
        for (size_t i = 0; imputation->wanted[j] && i < state->n_units; i++) {
            if (isnan(x[i]) && n_gaps++ == 0)
                first = i;
        }
        if (n_gaps == 0)
            continue;
        g_autofree char *unit = gh_index_row_name(state, first);
        gh_index_notes_remark(
            imputation->notes,
            "%s: gaps that stay, because there is nothing to fill them from: %zu, the first of %s.",
            state->data->nodes[j].code, n_gaps, unit);
    }
}

bool
gh_index_impute(GhIndexState *state, const GhIndexImpute *how, GhIndexNotes *notes, GError **error)
{
    GhImputation imputation = {.state = state, .how = how, .notes = notes};

    if (!check_keys(how, error))
        return false;

    g_autofree bool *wanted = gh_index_wanted_indicators(state, how->indicators, STEP, error);
    if (wanted == NULL)
        return false;
    imputation.wanted = wanted;
    if (!fill_gaps(&imputation, error))
        return false;
    if (notes != NULL)
        remark_gaps_left(&imputation);
    return true;
}
