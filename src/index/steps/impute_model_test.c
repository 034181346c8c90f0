/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_model_test.c - gaps filled by regression and by expectation-maximisation. */
#include "index/steps/prepare_testing.h"

static const GhIndexImpute REGRESSION = {.method = GH_IMPUTE_REGRESSION};
static const GhIndexImpute EM = {
    .method = GH_IMPUTE_EM, .max_iterations = 1000, .tolerance = 1e-12};

/* y on x = 1, 2, 3, 4: y = 1, 3, 2, 5; mean x 2.5, mean y 2.75; sum dx dy = 5.5, sum dx^2 = 5:
 * slope 1.1, so at x = 6 y = 2.75 + 1.1 x 3.5 = 6.6. i3 has a gap too and is no predictor. */
static void
test_regression_by_hand(void)
{
    static const double values[] = {1, 1, 4, 2, 3, 4, 3, 2, 9, 4, 5, NAN, 6, NAN, 7};
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = 5, .n_indicators = 3, .values = values});
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(state, &REGRESSION, notes, &error));
    gh_index_assert_near(gh_index_state_column(state, 1)[4], 6.6, 1e-12, "i2 of U5");
    g_assert_cmpint(notes->marks[1 * 5 + 4], ==, GH_INDEX_MARK_IMPUTED);
    /* i3: 4, 4, 9, 7 on 1, 2, 3, 6: mean x 3, mean y 6; sum dx dy = 4 + 2 + 0 + 3 = 9, sum dx^2 =
     * 14; at 4: 6 + 9/14. */
    gh_index_assert_near(gh_index_state_column(state, 2)[3], 6.0 + 9.0 / 14.0, 1e-12, "i3 of U4");
}

/* i1 and 2 x i1 say the same; least norm shares the slope, and the estimate is that of one
 * alone. */
static void
test_regression_on_collinear_predictors(void)
{
    static const double values[] = {1, 2, 1, 2, 4, 3, 3, 6, 2, 4, 8, 5, 6, 12, NAN};
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = 5, .n_indicators = 3, .values = values});
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(state, &REGRESSION, NULL, &error));
    gh_index_assert_near(gh_index_state_column(state, 2)[4], 6.6, 1e-12, "i3 of U5");
}

/* Two indicators, the second missing at times (a monotone pattern): then the likelihood has a
 * closed form, and the estimates are the regression's on the complete units (Anderson 1957; Little
 * and Rubin 2019, section 7.2): 6.6 at 6 as above, and 2.75 + 1.1 x 7.5 = 11 at 10. */
static void
test_em_of_a_monotone_pattern_is_the_regression(void)
{
    static const double values[] = {1, 1, 2, 3, 3, 2, 4, 5, 6, NAN, 10, NAN};
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = 6, .n_indicators = 2, .values = values});
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(state, &EM, NULL, &error));
    gh_index_assert_near(gh_index_state_column(state, 1)[4], 6.6, 1e-9, "at 6");
    gh_index_assert_near(gh_index_state_column(state, 1)[5], 11.0, 1e-9, "at 10");
}

/* Gaps on both sides, one unit without anything: at the end each estimate is the regression, and
 * the mean of the filled column is mu itself. That fixed point is checked, with slopes out of the
 * filled table and the residual variance that each gap adds. */
static void
test_em_ends_at_its_fixed_point(void)
{
    static const double values[] = {1, 2, 2, 1, 3, 5, 4, 4, 5, NAN, NAN, 6, 7, 8, NAN, NAN};
    enum {
        N = 8
    };
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = N, .n_indicators = 2, .values = values});
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(state, &EM, NULL, &error));
    const double *x = gh_index_state_column(state, 0), *y = gh_index_state_column(state, 1);
    double mx = 0, my = 0;
    for (size_t i = 0; i < N; i++) {
        mx += x[i] / N;
        my += y[i] / N;
    }
    gh_index_assert_near(x[7], mx, 1e-8, "a unit with nothing gets the mean");
    gh_index_assert_near(y[7], my, 1e-8, "a unit with nothing gets the mean");
    /* b, the slope of y on x, and c, of x on y, follow from the two estimates. Each M step makes
     * s_xx = (S_xx + C of the unit without x + C of the one without both) / N, with S_xx out of the
     * filled table, C = s_xx - s_xy c and C = s_xx; and so for y and for xy. */
    double sxx = 0, syy = 0, sxy = 0;
    for (size_t i = 0; i < N; i++) {
        sxx += (x[i] - mx) * (x[i] - mx);
        syy += (y[i] - my) * (y[i] - my);
        sxy += (x[i] - mx) * (y[i] - my);
    }
    const double b = (y[4] - my) / (x[4] - mx), c = (x[5] - mx) / (y[5] - my);
    /* N s_xy = S_xy + s_xy of the last unit; b = s_xy / s_xx; c = s_xy / s_yy. */
    const double cov = sxy / (N - 1);
    const double s_xx = cov / b, s_yy = cov / c;
    gh_index_assert_near(N * s_xx, sxx + (s_xx - cov * c) + s_xx, 1e-7, "variance of x");
    gh_index_assert_near(N * s_yy, syy + (s_yy - cov * b) + s_yy, 1e-7, "variance of y");
}

static void
test_columns_that_say_nothing(void)
{
    static const double values[] = {1, 7, NAN, 2, 7, NAN, 3, NAN, NAN, 5, 7, NAN};
    static const double want[] = {1, 7, NAN, 2, 7, NAN, 3, 7, NAN, 5, 7, NAN};
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = 4, .n_indicators = 3, .values = values});
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(state, &EM, notes, &error));
    assert_values(state, want, "constant and empty");
    g_assert_true(has_text(notes->remarks, "fill them from: 4"));
}

static void
test_what_cannot_be_estimated(void)
{
    static const double all_with_gaps[] = {1, NAN, 2, 3, NAN, 2, 4, 5};
    static const double too_few[] = {1, 5, 1, 2, 3, 2, 3, 4, NAN};
    static const double determined[] = {1, 2, 5, 2, 4, NAN, 3, 6, 4, 4, 8, 1, 5, 10, 3};
    static const double huge[] = {1e200, 1, -1e200, NAN, 1e199, 2, 3, 4};
    static const struct {
        const char *label;
        const GhIndexImpute *how;
        const double *values;
        size_t n_units, n_indicators;
        GhIndexError code;
        const char *named;
    } cases[] = {
        {"no complete predictor", &REGRESSION, all_with_gaps, 4, 2, GH_INDEX_ERROR_DATA,
         "indicator i1"},
        {"too few units", &REGRESSION, too_few, 3, 3, GH_INDEX_ERROR_DATA, "needs 4 or more"},
        {"too few units for em", &EM, too_few, 3, 3, GH_INDEX_ERROR_DATA, "there are 3 and 3"},
        {"determined by others", &EM, determined, 5, 3, GH_INDEX_ERROR_DEGENERATE, "indicator i2"},
        {"too large to square", &REGRESSION, huge, 4, 2, GH_INDEX_ERROR_DEGENERATE, "indicator i1"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state =
            prepare_state(&(Prepared){.n_units = cases[c].n_units,
                                      .n_indicators = cases[c].n_indicators,
                                      .values = cases[c].values});
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[c].label);
        assert_refused(gh_index_impute(state, cases[c].how, NULL, &error), &error, cases[c].code,
                       cases[c].named);
    }
    GhIndexImpute hasty = EM;
    hasty.max_iterations = 1;
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = 4, .n_indicators = 2, .values = all_with_gaps});
    g_autoptr(GError) error = NULL;
    assert_refused(gh_index_impute(state, &hasty, NULL, &error), &error, GH_INDEX_ERROR_DATA,
                   "within 1 iterations");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/impute model/a regression is that worked out by hand",
                    test_regression_by_hand);
    g_test_add_func("/impute model/collinear predictors share their slope",
                    test_regression_on_collinear_predictors);
    g_test_add_func(
        "/impute model/with a monotone pattern expectation-maximisation is the regression",
        test_em_of_a_monotone_pattern_is_the_regression);
    g_test_add_func("/impute model/expectation-maximisation ends at its fixed point",
                    test_em_ends_at_its_fixed_point);
    g_test_add_func("/impute model/columns without spread or value stay out of the model",
                    test_columns_that_say_nothing);
    g_test_add_func("/impute model/what cannot be estimated is an error with a remedy",
                    test_what_cannot_be_estimated);
    return g_test_run();
}
