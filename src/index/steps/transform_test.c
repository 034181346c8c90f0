/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* transform_test.c - a column through a logarithm or a Box-Cox transformation. */
#include "index/steps/treat_private.h"

#include <math.h>
#include <string.h>

#include "index/index_testing.h"

static void
transform(double *x, size_t n, GhIndexTransform kind, double skew, double lambda)
{
    g_autofree double *scratch = g_new(double, 2 * n);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_transform(x, n, kind, skew, &lambda, scratch, &error));
}

/* 0 and 100: a = 1; y = 1 and 101. */
static void
test_by_hand(void)
{
    static const struct {
        const char *label;
        GhIndexTransform kind;
        double skew, lambda, want_0, want_100;
    } cases[] = {
        {"log_ct", GH_TRANSFORM_LOG_CT, -1, NAN, 0.0, 4.61512051684126},
        {"log_ct_plus, skewed to the right", GH_TRANSFORM_LOG_CT_PLUS, 1, NAN, 0.0,
         4.61512051684126},
        {"log_ct_plus, skewed to the left", GH_TRANSFORM_LOG_CT_PLUS, -1, NAN, -4.61512051684126,
         0.0},
        {"log_ct_orig", GH_TRANSFORM_LOG_CT_ORIG, 1, NAN, 0.0, 4.61512051684126},
        {"box_cox 0 is the logarithm", GH_TRANSFORM_BOX_COX, 1, 0.0, 0.0, 4.61512051684126},
        {"box_cox 2: (101^2 - 1) / 2", GH_TRANSFORM_BOX_COX, 1, 2.0, 0.0, 5100.0},
        {"box_cox 1: y - 1", GH_TRANSFORM_BOX_COX, 1, 1.0, 0.0, 100.0},
        {"box_cox -1: 1 - 1/101", GH_TRANSFORM_BOX_COX, 1, -1.0, 0.0, 100.0 / 101.0},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        double x[] = {100, NAN, 0};
        transform(x, 3, cases[c].kind, cases[c].skew, cases[c].lambda);
        gh_index_assert_near(x[0], cases[c].want_100, 1e-13, cases[c].label);
        gh_index_assert_near(x[1], NAN, 0, cases[c].label);
        gh_index_assert_near(x[2], cases[c].want_0, 1e-13, cases[c].label);
    }
}

/* The published ones, on a column as it stands in the file (log_GII returns its input; we have no
 * such transformation). */
static void
test_published(void)
{
    g_autoptr(GhIndexTable) logs = gh_index_testing_table("treat/log_GDP.csv");
    if (logs == NULL)
        return;
    g_autoptr(GhIndexTable) powers = gh_index_testing_table("treat/boxcox_GDP.csv");
    const double *gdp =
        logs->values + gh_index_table_column(logs, "log_GII_as_shipped") * logs->n_rows;
    const double skew = gh_column_moments(gdp, logs->n_rows).skew;
    const struct {
        const GhIndexTable *want;
        const char *column;
        GhIndexTransform kind;
        double lambda;
    } cases[] = {
        {logs, "log_CT", GH_TRANSFORM_LOG_CT, NAN},
        {logs, "log_CT_plus", GH_TRANSFORM_LOG_CT_PLUS, NAN},
        {logs, "log_CT_orig", GH_TRANSFORM_LOG_CT_ORIG, NAN},
        {powers, "lambda_-1", GH_TRANSFORM_BOX_COX, -1.0},
        {powers, "lambda_-0.5", GH_TRANSFORM_BOX_COX, -0.5},
        {powers, "lambda_0", GH_TRANSFORM_BOX_COX, 0.0},
        {powers, "lambda_0.5", GH_TRANSFORM_BOX_COX, 0.5},
        {powers, "lambda_1", GH_TRANSFORM_BOX_COX, 1.0},
        {powers, "lambda_2", GH_TRANSFORM_BOX_COX, 2.0},
    };
    g_autofree double *x = g_new(double, logs->n_rows);

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        const double *want = cases[c].want->values
                             + gh_index_table_column(cases[c].want, cases[c].column) * logs->n_rows;
        memcpy(x, gdp, logs->n_rows * sizeof *x);
        transform(x, logs->n_rows, cases[c].kind, skew, cases[c].lambda);
        for (size_t i = 0; i < logs->n_rows; i++)
            gh_index_assert_near(x[i], want[i], GH_INDEX_TOLERANCE, cases[c].column);
    }
}

/* Box and Cox 1964, equation 8, as it is printed: L = -n/2 ln var(y^(lambda)) + (lambda - 1) sum ln
 * y. */
static double
log_likelihood(const double *y, size_t n, double lambda)
{
    g_autofree double *z = g_new(double, n);
    double logs = 0.0;

    for (size_t i = 0; i < n; i++) {
        z[i] = fabs(lambda) < 1e-12 ? log(y[i]) : (pow(y[i], lambda) - 1.0) / lambda;
        logs += log(y[i]);
    }
    const double sd = gh_column_mean_sd(z, n).sd;
    return -(double)n * log(sd) + (lambda - 1.0) * logs;
}

static void
test_lambda_is_the_likeliest(void)
{
    static const double powers[] = {-2.0, -0.5, 0.3, 1.0, 3.0};
    g_autoptr(GRand) chance = g_rand_new_with_seed(3);
    double y[200], scratch[400];

    for (size_t c = 0; c < G_N_ELEMENTS(powers); c++) {
        for (size_t i = 0; i < 200; i++) {
            const double z =
                powers[c] > 0 ? 2 + g_rand_double(chance) : 0.3 + 0.5 * g_rand_double(chance);
            y[i] = pow(z, 1.0 / powers[c]);
        }
        const double found = gh_transform_lambda(y, 200, scratch);
        const double best = log_likelihood(y, 200, found);
        for (double lambda = -5.0; lambda <= 5.0; lambda += 0.01)
            g_assert_cmpfloat(log_likelihood(y, 200, lambda), <=, best + 1e-9);
    }
}

/* ln y = 0..4 lies evenly about 2, so lambda and -lambda are as likely: 0 it is. */
static void
test_lambda_of_a_symmetric_logarithm_is_0(void)
{
    const double y[] = {1, exp(1), exp(2), exp(3), exp(4), NAN};
    double scratch[12];

    g_assert_cmpfloat_with_epsilon(gh_transform_lambda(y, 6, scratch), 0.0, 1e-6);
}

static void
test_what_does_not_fit_a_number(void)
{
    static const struct {
        GhIndexTransform kind;
        double lambda, x[3];
    } cases[] = {
        {GH_TRANSFORM_BOX_COX, 3.0, {0, 1, 1e200}},
        {GH_TRANSFORM_LOG_CT, NAN, {-1.7e308, 0, 1.7e308}},
        {GH_TRANSFORM_LOG_CT, NAN, {0, 1e-322, 2e-322}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        double x[3], scratch[6], lambda = cases[c].lambda;
        g_autoptr(GError) error = NULL;
        memcpy(x, cases[c].x, sizeof x);
        g_assert_false(gh_transform(x, 3, cases[c].kind, 1.0, &lambda, scratch, &error));
        g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/transform/each as worked out by hand, gaps stay", test_by_hand);
    g_test_add_func("/transform/each as published for ASEM", test_published);
    g_test_add_func("/transform/no lambda is more likely than the one found",
                    test_lambda_is_the_likeliest);
    g_test_add_func("/transform/lambda of values with a symmetric logarithm is 0",
                    test_lambda_of_a_symmetric_logarithm_is_0);
    g_test_add_func("/transform/a result that is no number is an error",
                    test_what_does_not_fit_a_number);
    return g_test_run();
}
