/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_panel.c - gaps from the unit's other years.
 *
 * latest    The latest earlier year that was observed, no more than max_years back.
 * linear    On the straight line through the two observed years around the gap; before the first
 *           and after the last, through the two nearest. One observation: that value (COINr 1.1
 *           dies there: its issue 63).
 * constant  Linear between observed years; before the first and after the last the nearest one's
 *           value.
 * Only observed values count, never ones that were filled in before.
 */
#include <math.h>

#include "index/steps/impute_private.h"

/* A unit's observed years of one indicator, ascending. */
typedef struct {
    int *years;
    double *values;
    size_t n;
} Series;

static double
on_line(const Series *series, size_t k, int year)
{
    const double t0 = series->years[k], t1 = series->years[k + 1];
    const double x0 = series->values[k], x1 = series->values[k + 1];

    return x0 + (x1 - x0) * ((double)year - t0) / (t1 - t0);
}

/* The first k observed years lie before the gap's. NAN: nothing to go by. */
static double
estimate(const GhIndexImpute *how, const Series *series, size_t k, int year)
{
    const size_t n = series->n;
    const bool is_between = k > 0 && k < n;

    if (n == 0)
        return NAN;
    if (how->method == GH_IMPUTE_LATEST) {
        if (k == 0 || (how->max_years > 0 && year - series->years[k - 1] > how->max_years))
            return NAN;
        return series->values[k - 1];
    }
    if (is_between)
        return on_line(series, k - 1, year);
    if (how->method == GH_IMPUTE_LINEAR && n > 1)
        return on_line(series, k == 0 ? 0 : n - 2, year);
    return series->values[k == 0 ? 0 : n - 1];
}

static bool
fill_unit(GhImputation *imputation, size_t indicator, const size_t *rows, size_t n, Series *series,
          GError **error)
{
    const GhIndexState *state = imputation->state;
    const double *x = gh_index_state_column(state, indicator);
    size_t k = 0;

    series->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[rows[i]]))
            continue;
        series->years[series->n] = state->data->years[state->rows[rows[i]]];
        series->values[series->n++] = x[rows[i]];
    }
    for (size_t i = 0; i < n && series->n < n; i++) {
        const int year = state->data->years[state->rows[rows[i]]];
        if (!isnan(x[rows[i]]))
            k++;
        else if (!gh_impute_fill(imputation, rows[i], indicator,
                                 estimate(imputation->how, series, k, year), error))
            return false;
    }
    return true;
}

bool
gh_impute_panel(GhImputation *imputation, GError **error)
{
    const GhIndexState *state = imputation->state;
    g_autoptr(GhIndexParts) units = gh_index_parts_by_unit(state, "impute", error);
    g_autofree int *years = g_new(int, state->n_units);
    g_autofree double *values = g_new(double, state->n_units);
    Series series = {.years = years, .values = values};

    if (units == NULL)
        return false;
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        for (size_t u = 0; imputation->wanted[j] && u < units->n; u++) {
            const size_t *rows = units->members + units->starts[u];
            if (!fill_unit(imputation, j, rows, gh_index_part_size(units, u), &series, error))
                return false;
        }
    }
    return true;
}
