/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_column.c - gaps from the other units: their mean, their median, or a constant. */
#include <math.h>

#include "index/steps/impute_private.h"

static GhIndexParts *
parts_of(const GhImputation *imputation, GError **error)
{
    const GhIndexImpute *how = imputation->how;

    if (how->group != NULL)
        return gh_index_parts_by_group(imputation->state, how->group, how->over, "impute", error);
    return gh_index_parts_over(imputation->state, how->over, "impute", error);
}

/* NAN when none of the n values is available. */
static double
estimate(const GhIndexImpute *how, const double *x, size_t n, double *scratch)
{
    if (how->method == GH_IMPUTE_CONSTANT)
        return how->value;
    if (how->method == GH_IMPUTE_MEDIAN)
        return gh_impute_median(x, n, scratch);
    return gh_column_mean_sd(x, n).mean;
}

bool
gh_impute_by_column(GhImputation *imputation, GError **error)
{
    const GhIndexState *state = imputation->state;
    g_autoptr(GhIndexParts) parts = parts_of(imputation, error);
    g_autofree double *x = g_new(double, state->n_units);
    g_autofree double *scratch = g_new(double, state->n_units);

    if (parts == NULL)
        return false;
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        const double *column = gh_index_state_column(state, j);
        for (size_t p = 0; imputation->wanted[j] && p < parts->n; p++) {
            const size_t *rows = parts->members + parts->starts[p];
            const size_t n = gh_index_part_gather(parts, p, column, x);
            if (gh_impute_count_gaps(column, rows, n) == 0)
                continue;
            const double value = estimate(imputation->how, x, n, scratch);
            for (size_t i = 0; i < n; i++) {
                if (isnan(x[i]) && !gh_impute_fill(imputation, rows[i], j, value, error))
                    return false;
            }
        }
    }
    return true;
}
