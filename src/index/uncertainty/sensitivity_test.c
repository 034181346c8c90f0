/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sensitivity_test.c - the estimators: by hand, against COINr, and on a function whose indices are known exactly. */
#include <math.h>

#include "index/index_testing.h"
#include "index/uncertainty.h"

/* y = sin x1 + a sin^2 x2 + b x3^4 sin x1 (Ishigami and Homma 1990), x uniform in -pi..pi, a = 7, b = 0.1. Exactly:
 * V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50), V = V1 + V2 + V13, so that S = V1/V, V2/V, 0
 * and ST = (V1 + V13)/V, V2/V, V13/V. */
static const double A = 7.0, B = 0.1;

static void
exact_ishigami(double *ret_first, double *ret_total)
{
    const double v1 = pow(1.0 + B * pow(G_PI, 4) / 5.0, 2) / 2.0;
    const double v2 = A * A / 8.0;
    const double v13 = B * B * pow(G_PI, 8) * (1.0 / 18.0 - 1.0 / 50.0);
    const double v = v1 + v2 + v13;

    ret_first[0] = v1 / v;
    ret_first[1] = v2 / v;
    ret_first[2] = 0.0;
    ret_total[0] = (v1 + v13) / v;
    ret_total[1] = v2 / v;
    ret_total[2] = v13 / v;
}

static double *
ishigami(GhIndexSampling sampling, size_t n, uint64_t seed)
{
    const size_t n_rows = 5 * n;
    g_autofree double *u = g_new(double, 3 * n_rows);
    double *y = g_new(double, n_rows);

    g_assert_true(gh_index_sensitivity_sample(sampling, n, 3, seed, u, NULL));
    for (size_t r = 0; r < n_rows; r++) {
        const double x1 = G_PI * (2.0 * u[r] - 1.0), x2 = G_PI * (2.0 * u[n_rows + r] - 1.0);
        const double x3 = G_PI * (2.0 * u[2 * n_rows + r] - 1.0);
        y[r] = sin(x1) + A * sin(x2) * sin(x2) + B * pow(x3, 4) * sin(x1);
    }
    return y;
}

/* Root mean square error of the six indices. */
static double
error_of(const GhIndexSensitivity *got)
{
    double first[3], total[3], squares = 0.0;

    exact_ishigami(first, total);
    for (size_t i = 0; i < 3; i++)
        squares += pow(got[i].first - first[i], 2) + pow(got[i].total - total[i], 2);
    return sqrt(squares / 6.0);
}

/* Mean over ten seeds, so that luck decides nothing. */
static double
ishigami_error(GhIndexSampling sampling, GhIndexEstimator estimator, size_t n)
{
    double sum = 0.0;

    for (uint64_t seed = 1; seed <= 10; seed++) {
        GhIndexSensitivity got[3] = {{0}};
        g_autofree double *y = ishigami(sampling, n, seed);
        g_assert_true(gh_index_sensitivity_estimate(y, n, 3, estimator, 0, seed, got, NULL));
        sum += error_of(got);
    }
    return sum / 10.0;
}

static void
test_ours_is_nearer(void)
{
    const double ours = ishigami_error(GH_SAMPLING_SOBOL, GH_ESTIMATOR_CENTRED, 500);
    const double centred = ishigami_error(GH_SAMPLING_MONTE_CARLO, GH_ESTIMATOR_CENTRED, 500);
    const double coinr = ishigami_error(GH_SAMPLING_MONTE_CARLO, GH_ESTIMATOR_COINR, 500);

    g_test_message("root mean square error at N = 500: centred and Sobol %.4f, centred alone "
                   "%.4f, COINr %.4f",
                   ours, centred, coinr);
    g_assert_cmpfloat(centred, <, coinr);
    g_assert_cmpfloat(ours, <, 0.5 * coinr);
}

static void
test_ours_converges(void)
{
    double before = ishigami_error(GH_SAMPLING_SOBOL, GH_ESTIMATOR_CENTRED, 64);

    for (size_t n = 256; n <= 16384; n *= 4) {
        const double now = ishigami_error(GH_SAMPLING_SOBOL, GH_ESTIMATOR_CENTRED, n);
        g_test_message("N = %zu: %.5f", n, now);
        g_assert_cmpfloat(now, <, before);
        before = now;
    }
    g_assert_cmpfloat(before, <, 0.003);
}

static double *
reference_ishigami(size_t *ret_n)
{
    g_autoptr(GhIndexTable) rows = gh_index_testing_table("sa/ishigami_N500_d3.csv");
    if (rows == NULL)
        return NULL;

    *ret_n = rows->n_rows / 5;
    return g_memdup2(rows->values + gh_index_table_column(rows, "y") * rows->n_rows,
                     rows->n_rows * sizeof *rows->values);
}

static void
test_coinr_reproduced(void)
{
    static const char *const variables[] = {"V1", "V2", "V3"};
    GhIndexSensitivity got[3] = {{0}};
    size_t n = 0;
    g_autofree double *y = reference_ishigami(&n);
    if (y == NULL)
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("sa/ishigami_estimates.csv");

    g_assert_true(gh_index_sensitivity_estimate(y, n, 3, GH_ESTIMATOR_COINR, 0, 1, got, NULL));
    for (size_t i = 0; i < 3; i++) {
        gh_index_assert_near(got[i].first, gh_index_table_value(want, variables[i], "Si"), 1e-9,
                             "Si");
        gh_index_assert_near(got[i].total, gh_index_table_value(want, variables[i], "STi"), 1e-9,
                             "STi");
    }
    g_assert_cmpfloat(got[2].first, <, 0.0); /* kept negative, as it came out */
}

static void
test_centring_helps_coinrs_own_sample(void)
{
    GhIndexSensitivity coinr[3] = {{0}}, ours[3] = {{0}};
    size_t n = 0;
    g_autofree double *y = reference_ishigami(&n);
    if (y == NULL)
        return;

    g_assert_true(gh_index_sensitivity_estimate(y, n, 3, GH_ESTIMATOR_COINR, 0, 1, coinr, NULL));
    g_assert_true(gh_index_sensitivity_estimate(y, n, 3, GH_ESTIMATOR_CENTRED, 0, 1, ours, NULL));
    g_test_message("error on the same %zu points: COINr %.4f, centred %.4f", n, error_of(coinr),
                   error_of(ours));
    g_assert_cmpfloat(error_of(ours), <, error_of(coinr));
}

/* Two rows, one parameter: y_A = 1, 3; y_B = 2, 6; y_AB = 2, 5. Mean 3, squares 4 + 0 + 1 + 9 = 14, V = 14/3.
 * COINr: Si = (2 (2-1) + 6 (5-3)) / 2 / V = 7 / (14/3) = 1.5. Centred: y_B - 3 = -1, 3: (-1 + 6) / 2 / V = 2.5 / (14/3) =
 * 15/28. Both: STi = (1 + 4) / 4 / V = 1.25 / (14/3) = 15/56. */
static void
test_by_hand(void)
{
    static const double y[] = {1, 3, 2, 6, 2, 5};
    GhIndexSensitivity coinr = {0}, centred = {0};

    g_assert_true(gh_index_sensitivity_estimate(y, 2, 1, GH_ESTIMATOR_COINR, 0, 1, &coinr, NULL));
    g_assert_true(
        gh_index_sensitivity_estimate(y, 2, 1, GH_ESTIMATOR_CENTRED, 0, 1, &centred, NULL));
    gh_index_assert_near(coinr.first, 1.5, 1e-15, "COINr Si");
    gh_index_assert_near(coinr.total, 15.0 / 56.0, 1e-15, "COINr STi");
    gh_index_assert_near(centred.first, 15.0 / 28.0, 1e-15, "centred Si");
    gh_index_assert_near(centred.total, 15.0 / 56.0, 1e-15, "centred STi");
    g_assert_true(isnan(centred.first_low) && isnan(centred.total_high)); /* no bootstrap asked */
}

static void
test_no_effect_is_zero(void)
{
    static const GhIndexEstimator estimators[] = {GH_ESTIMATOR_CENTRED, GH_ESTIMATOR_COINR};
    enum {
        N = 50
    };
    double y[4 * N];

    for (size_t r = 0; r < N; r++) { /* y is the first of two parameters */
        y[r] = gh_index_uniform(1, 1, r);
        y[N + r] = gh_index_uniform(1, 2, r);
        y[2 * N + r] = y[N + r];
        y[3 * N + r] = y[r];
    }
    for (size_t e = 0; e < G_N_ELEMENTS(estimators); e++) {
        GhIndexSensitivity got[2] = {{0}};
        g_assert_true(gh_index_sensitivity_estimate(y, N, 2, estimators[e], 200, 1, got, NULL));
        g_assert_cmpfloat(got[1].first, ==, 0.0);
        g_assert_cmpfloat(got[1].total, ==, 0.0);
        g_assert_cmpfloat(got[1].first_low, ==, 0.0);
        g_assert_cmpfloat(got[1].total_high, ==, 0.0);
        g_assert_cmpfloat(got[0].total, >, 0.5);
    }
}

/* Of 100 samples about 90 should have the truth within the middle 90 %: between 80 and 98 is four standard errors. Sobol
 * points are better than their bootstrap knows, so this is asked of independent ones. */
static void
test_intervals_cover_the_truth(void)
{
    double first[3], total[3];
    int n_first = 0, n_total = 0;

    exact_ishigami(first, total);
    for (uint64_t seed = 1; seed <= 100; seed++) {
        GhIndexSensitivity got[3] = {{0}};
        g_autofree double *y = ishigami(GH_SAMPLING_MONTE_CARLO, 400, seed);
        g_assert_true(
            gh_index_sensitivity_estimate(y, 400, 3, GH_ESTIMATOR_CENTRED, 400, seed, got, NULL));
        n_first += got[0].first_low <= first[0] && first[0] <= got[0].first_high;
        n_total += got[0].total_low <= total[0] && total[0] <= got[0].total_high;
    }
    g_test_message("of 100 intervals %d hold S1 and %d ST1", n_first, n_total);
    g_assert_cmpint(n_first, >=, 80);
    g_assert_cmpint(n_first, <=, 98);
    g_assert_cmpint(n_total, >=, 80);
    g_assert_cmpint(n_total, <=, 98);
}

static void
test_shift_and_scale(void)
{
    enum {
        N = 64
    };
    g_autofree double *y = ishigami(GH_SAMPLING_SOBOL, N, 3);
    GhIndexSensitivity plain[3] = {{0}}, changed[3] = {{0}};

    g_assert_true(
        gh_index_sensitivity_estimate(y, N, 3, GH_ESTIMATOR_CENTRED, 100, 1, plain, NULL));
    for (size_t v = 0; v < 5 * N; v++)
        y[v] = 1000.0 + 8.0 * y[v];
    g_assert_true(
        gh_index_sensitivity_estimate(y, N, 3, GH_ESTIMATOR_CENTRED, 100, 1, changed, NULL));
    for (size_t i = 0; i < 3; i++) {
        gh_index_assert_near(changed[i].first, plain[i].first, 1e-9, "Si");
        gh_index_assert_near(changed[i].total, plain[i].total, 1e-9, "STi");
        gh_index_assert_near(changed[i].first_low, plain[i].first_low, 1e-9, "low Si");
        gh_index_assert_near(changed[i].total_high, plain[i].total_high, 1e-9, "high STi");
    }
}

static void
test_degenerate_outputs(void)
{
    static const double same[] = {2, 2, 2, 2, 2, 2};
    static const double broken[] = {1, 2, 3, 4, NAN, 2};
    g_autoptr(GError) error = NULL;
    GhIndexSensitivity untouched = {.first = 7.0};

    g_assert_false(
        gh_index_sensitivity_estimate(same, 2, 1, GH_ESTIMATOR_CENTRED, 10, 1, &untouched, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE);
    g_clear_error(&error);
    g_assert_false(
        gh_index_sensitivity_estimate(broken, 2, 1, GH_ESTIMATOR_COINR, 10, 1, &untouched, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA);
    g_assert_cmpfloat(untouched.first, ==, 7.0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/sensitivity/two rows worked out by hand", test_by_hand);
    g_test_add_func("/index/sensitivity/COINr's estimates of its own sample are reproduced",
                    test_coinr_reproduced);
    g_test_add_func("/index/sensitivity/centring brings COINr's own sample nearer to the truth",
                    test_centring_helps_coinrs_own_sample);
    g_test_add_func("/index/sensitivity/ours errs less than half as much as COINr's at 500",
                    test_ours_is_nearer);
    g_test_add_func("/index/sensitivity/ours converges to the exact indices", test_ours_converges);
    g_test_add_func("/index/sensitivity/a parameter without effect has 0 and an interval of 0",
                    test_no_effect_is_zero);
    g_test_add_func("/index/sensitivity/nine in ten intervals hold the truth",
                    test_intervals_cover_the_truth);
    g_test_add_func("/index/sensitivity/shift and scale of the output do not matter",
                    test_shift_and_scale);
    g_test_add_func("/index/sensitivity/an output that never varies, or is no number, is an error",
                    test_degenerate_outputs);
    return g_test_run();
}
