/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_regression.c - gaps from what the other indicators say: ordinary least squares.
 *
 * Predictors The other indicators of the group (the node of group_level) that every unit of the
 *            part has, and that vary. With an intercept.
 * Fit        On the units that have the indicator. More of them are needed than coefficients, else
 *            nothing would be left to tell a fit from a coincidence.
 * Collinear  Predictors are standardised; singular values below 1e-10 of the largest are left out,
 *            which gives the solution of least norm.
 * Source     OECD/JRC Handbook (2008), section 3.2, regression imputation; Little and Rubin (2019),
 *            chapter 4.
 */
#include <math.h>

#include <gsl/gsl_multifit.h>

#include "index/steps/impute_private.h"

static const double SINGULAR =
    1e-10; /* our choice: far above rounding, far below any real relation */

typedef struct {
    const size_t *rows; /* of the part */
    size_t n_rows;
    size_t *predictors; /* indicators */
    size_t n_predictors;
    double *x; /* a column of the part */
    GhMoments *moments;
} Fit;

static bool
find_predictors(const GhImputation *imputation, const size_t *members, size_t n_members, Fit *fit,
                GError **error)
{
    const GhIndexState *state = imputation->state;

    fit->n_predictors = 0;
    for (size_t m = 0; m < n_members; m++) {
        const double *column = gh_index_state_column(state, members[m]);
        for (size_t i = 0; i < fit->n_rows; i++)
            fit->x[i] = column[fit->rows[i]];
        const GhMoments moments = gh_column_mean_sd(fit->x, fit->n_rows);
        if (moments.n < fit->n_rows || !(moments.max > moments.min))
            continue;
        if (!gh_impute_check_spread(imputation, members[m], moments.sd, error))
            return false;
        fit->predictors[fit->n_predictors] = members[m];
        fit->moments[fit->n_predictors++] = moments;
    }
    return true;
}

static double
predictor(const GhIndexState *state, const Fit *fit, size_t p, size_t row)
{
    const double x = gh_index_state_column(state, fit->predictors[p])[row];

    return (x - fit->moments[p].mean) / fit->moments[p].sd;
}

static bool
check_enough(const GhIndexState *state, size_t indicator, const Fit *fit, size_t n_observed,
             GError **error)
{
    const char *code = state->data->nodes[indicator].code;

    if (fit->n_predictors == 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "impute: indicator %s has gaps, and no other indicator of its group is "
                    "without: there is "
                    "nothing to regress on; take method em, or a higher group_level",
                    code);
        return false;
    }
    if (n_observed < fit->n_predictors + 2) {
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
            "impute: indicator %s is available for %zu units, and a regression on %zu others needs "
            "%zu or more; take a lower group_level, or method mean",
            code, n_observed, fit->n_predictors, fit->n_predictors + 2);
        return false;
    }
    return true;
}

/* b[0] the intercept, then a coefficient each predictor. */
static void
solve(const GhIndexState *state, const double *y, const Fit *fit, size_t n_observed, gsl_vector *b)
{
    const size_t n_terms = fit->n_predictors + 1;
    gsl_matrix *X = gsl_matrix_alloc(n_observed, n_terms);
    gsl_matrix *covariance = gsl_matrix_alloc(n_terms, n_terms);
    gsl_vector *observed = gsl_vector_alloc(n_observed);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n_observed, n_terms);
    size_t r = 0, rank = 0;
    double chisq = 0.0;

    for (size_t i = 0; i < fit->n_rows; i++) {
        if (isnan(y[fit->rows[i]]))
            continue;
        gsl_vector_set(observed, r, y[fit->rows[i]]);
        gsl_matrix_set(X, r, 0, 1.0);
        for (size_t p = 0; p < fit->n_predictors; p++)
            gsl_matrix_set(X, r, p + 1, predictor(state, fit, p, fit->rows[i]));
        r++;
    }
    gsl_multifit_linear_tsvd(X, observed, SINGULAR, b, covariance, &chisq, &rank, work);
    gsl_multifit_linear_free(work);
    gsl_vector_free(observed);
    gsl_matrix_free(covariance);
    gsl_matrix_free(X);
}

static bool
fill_column(GhImputation *imputation, size_t indicator, const Fit *fit, GError **error)
{
    const GhIndexState *state = imputation->state;
    const double *y = gh_index_state_column(state, indicator);
    const size_t n_observed = fit->n_rows - gh_impute_count_gaps(y, fit->rows, fit->n_rows);
    bool ok = true;

    if (n_observed == fit->n_rows || n_observed == 0)
        return true;
    if (!check_enough(state, indicator, fit, n_observed, error))
        return false;

    gsl_vector *b = gsl_vector_alloc(fit->n_predictors + 1);
    solve(state, y, fit, n_observed, b);
    for (size_t i = 0; ok && i < fit->n_rows; i++) {
        const size_t row = fit->rows[i];
        double value = gsl_vector_get(b, 0);
        if (!isnan(y[row]))
            continue;
        for (size_t p = 0; p < fit->n_predictors; p++)
            value += gsl_vector_get(b, p + 1) * predictor(state, fit, p, row);
        ok = gh_impute_fill(imputation, row, indicator, value, error);
    }
    gsl_vector_free(b);
    return ok;
}

bool
gh_impute_regression(GhImputation *imputation, GError **error)
{
    const GhIndexState *state = imputation->state;
    const GhIndexImpute *how = imputation->how;
    const size_t n_indicators = state->data->n_indicators;

    g_autoptr(GhIndexParts) groups =
        gh_index_parts_by_node(state, how->group_level, "impute", error);
    if (groups == NULL)
        return false;
    g_autoptr(GhIndexParts) parts = gh_index_parts_over(state, how->over, "impute", error);
    if (parts == NULL)
        return false;

    g_autofree size_t *predictors = g_new(size_t, n_indicators);
    g_autofree GhMoments *moments = g_new(GhMoments, n_indicators);
    g_autofree double *x = g_new(double, state->n_units);
    for (size_t g = 0; g < groups->n; g++) {
        const size_t *members = groups->members + groups->starts[g];
        for (size_t p = 0; p < parts->n; p++) {
            Fit fit = {.rows = parts->members + parts->starts[p],
                       .n_rows = gh_index_part_size(parts, p),
                       .predictors = predictors,
                       .x = x,
                       .moments = moments};
            /* Found before anything is filled, so that no estimate rests on another. */
            if (!find_predictors(imputation, members, gh_index_part_size(groups, g), &fit, error))
                return false;
            for (size_t m = 0; m < gh_index_part_size(groups, g); m++) {
                if (imputation->wanted[members[m]]
                    && !fill_column(imputation, members[m], &fit, error))
                    return false;
            }
        }
    }
    return true;
}
