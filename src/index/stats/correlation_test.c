/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* correlation_test.c - correlations of pairs: by hand, by definition, and what does not change them. */
#include "index/stats.h"
#include "index/stats/stats_testing.h"

#include <math.h>

static const double NEAR = 1e-12;

/* With 1 degree of freedom t is Cauchy's: r = 1/2 of three pairs, t = 1 / sqrt(3), p = 1 - 2/pi atan(t) = 2/3.
 * With 2 the tail is 1 - |t| / sqrt(2 + t^2) = 1 - |r|: four pairs with r = -0.8 have p = 0.2. */
static void
test_pearson_by_hand(void)
{
    static const double x[] = {-1, 0, 1, NAN}, y[] = {0, -1, 1, 7};
    static const double a[] = {1, 2, 3, 4}, b[] = {4, 2, 3, 1};
    const GhIndexCorrelation three = gh_index_correlate(x, y, 4, GH_CORRELATION_PEARSON);
    const GhIndexCorrelation four = gh_index_correlate(a, b, 4, GH_CORRELATION_PEARSON);

    g_assert_cmpuint(three.n, ==, 3);
    gh_index_assert_near(three.r, 0.5, NEAR, "r of three");
    gh_index_assert_near(three.p, 2.0 / 3.0, NEAR, "p of three");
    gh_index_assert_near(four.r, -0.8, NEAR, "r of four");
    gh_index_assert_near(four.p, 0.2, NEAR, "p of four");
}

/* Of the pairs without a gap the ranks are 1 2 3 4 and 1 3 2 4: 1 - 6 x 2 / (4 x 15) = 0.8. */
static void
test_spearman_ranks_the_pairs(void)
{
    static const double x[] = {1, 2, 2.5, 3, 100}, y[] = {1, 3, NAN, 2, 9};
    const GhIndexCorrelation c = gh_index_correlate(x, y, 5, GH_CORRELATION_SPEARMAN);

    g_assert_cmpuint(c.n, ==, 4);
    gh_index_assert_near(c.r, 0.8, NEAR, "rho");
    gh_index_assert_near(c.p, 0.2, NEAR, "p");
}

/* x = 1 2 2 3, y = 1 2 3 3: of 6 pairs 4 are concordant, one is tied in x, one in y: tau = 4 / sqrt(5 x 5).
 * var S = (4 x 3 x 13 - 18 - 18) / 18 + 2 x 2 / (2 x 4 x 3) = 20/3 + 1/6 = 41/6. */
static void
test_kendall_by_hand(void)
{
    static const double x[] = {3, 2, NAN, 1, 2}, y[] = {3, 2, 1, 1, 3};
    const GhIndexCorrelation c = gh_index_correlate(x, y, 5, GH_CORRELATION_KENDALL);

    g_assert_cmpuint(c.n, ==, 4);
    gh_index_assert_near(c.r, 0.8, NEAR, "tau");
    gh_index_assert_near(c.p, erfc(4 / sqrt(41.0 / 6.0) / sqrt(2)), NEAR, "p");
}

static void
test_not_defined(void)
{
    static const double flat[] = {2, 2, 2, 2}, x[] = {1, 2, 3, 4}, gaps[] = {1, NAN, NAN, NAN};

    for (int method = GH_CORRELATION_PEARSON; method <= GH_CORRELATION_KENDALL; method++) {
        const GhIndexCorrelation of_flat = gh_index_correlate(flat, x, 4, (GhCorrelation)method);
        const GhIndexCorrelation of_one = gh_index_correlate(gaps, x, 4, (GhCorrelation)method);
        const GhIndexCorrelation of_two = gh_index_correlate(x, x, 2, (GhCorrelation)method);
        g_assert_true(isnan(of_flat.r) && isnan(of_flat.p));
        g_assert_true(isnan(of_one.r) && isnan(of_one.p));
        g_assert_cmpuint(of_one.n, ==, 1);
        gh_index_assert_near(of_two.r, 1, NEAR, "two pairs lie on a line");
        g_assert_true(isnan(of_two.p));
        g_assert_cmpuint(gh_index_correlate(x, x, 0, (GhCorrelation)method).n, ==, 0);
    }
}

/* -- invented columns with ties and gaps -- */

enum {
    N = 200
};

static void
invent(double *x, double *y)
{
    uint64_t seed = 31;

    for (size_t i = 0; i < N; i++) {
        x[i] = floor(20 * gh_stats_testing_number(&seed));
        y[i] = floor(10 * gh_stats_testing_number(&seed) + 0.5 * x[i]);
        if (i % 17 == 3)
            x[i] = NAN;
        if (i % 23 == 5)
            y[i] = NAN;
    }
}

static double
sign(double a)
{
    return (a > 0) - (a < 0);
}

/* tau-b by definition: each pair of units. */
static void
test_kendall_is_its_definition(void)
{
    double x[N], y[N], s = 0, nx = 0, ny = 0;

    invent(x, y);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < i; j++) {
            if (isnan(x[i] + y[i] + x[j] + y[j]))
                continue;
            s += sign(x[i] - x[j]) * sign(y[i] - y[j]);
            nx += x[i] != x[j];
            ny += y[i] != y[j];
        }
    gh_index_assert_near(gh_index_correlate(x, y, N, GH_CORRELATION_KENDALL).r,
                         s / (sqrt(nx) * sqrt(ny)), NEAR, "tau");
}

static void
test_what_does_not_change_correlations(void)
{
    double x[N], y[N], moved[N], bent[N], turned_x[N], turned_y[N];

    invent(x, y);
    for (size_t i = 0; i < N; i++) {
        moved[i] = 1e6 + 0.001 * x[i];
        bent[i] = exp(x[i] / 3);
        turned_x[N - 1 - i] = x[i];
        turned_y[N - 1 - i] = y[i];
    }
    for (int m = GH_CORRELATION_PEARSON; m <= GH_CORRELATION_KENDALL; m++) {
        const GhCorrelation method = (GhCorrelation)m;
        const GhIndexCorrelation c = gh_index_correlate(x, y, N, method);
        g_assert_cmpfloat(c.r, >, 0.5);
        g_assert_cmpfloat(c.p, <, 1e-6);
        gh_index_assert_near(gh_index_correlate(y, x, N, method).r, c.r, NEAR, "other way round");
        gh_index_assert_near(gh_index_correlate(turned_x, turned_y, N, method).r, c.r, NEAR,
                             "other order");
        gh_index_assert_near(gh_index_correlate(moved, y, N, method).r, c.r, 1e-9,
                             "scale and shift");
        if (method != GH_CORRELATION_PEARSON)
            gh_index_assert_near(gh_index_correlate(bent, y, N, method).r, c.r, NEAR, "monotone");
    }
}

static void
test_matrix_is_that_of_single_pairs(void)
{
    static const char *const parents[] = {"Index", "Index", "Index"};
    double x[N], y[N], values[3 * N];
    static const size_t nodes[] = {0, 1, 2};
    GhIndexCorrelation all[9];

    invent(x, y);
    for (size_t i = 0; i < N; i++) {
        values[3 * i] = x[i];
        values[3 * i + 1] = y[i];
        values[3 * i + 2] = (double)(i * i);
    }
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(N, 3, values, parents));
    for (int m = GH_CORRELATION_PEARSON; m <= GH_CORRELATION_KENDALL; m++) {
        const GhCorrelation method = (GhCorrelation)m;
        g_assert_true(gh_index_correlations(state, method, nodes, 3, nodes, 3, all, NULL));
        for (size_t a = 0; a < 3; a++)
            for (size_t b = 0; b < 3; b++) {
                const GhIndexCorrelation one = gh_index_correlate(
                    gh_index_state_column(state, a), gh_index_state_column(state, b), N, method);
                gh_index_assert_near(all[3 * a + b].r, one.r, NEAR, "r");
                gh_index_assert_near(all[3 * a + b].p, one.p, 1e-9, "p");
                g_assert_cmpuint(all[3 * a + b].n, ==, one.n);
            }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/correlation/Pearson's is that worked out by hand", test_pearson_by_hand);
    g_test_add_func("/correlation/Spearman's takes ranks of the pairs",
                    test_spearman_ranks_the_pairs);
    g_test_add_func("/correlation/Kendall's with ties is that worked out by hand",
                    test_kendall_by_hand);
    g_test_add_func("/correlation/columns that do not vary and single pairs have none",
                    test_not_defined);
    g_test_add_func("/correlation/Kendall's is its definition", test_kendall_is_its_definition);
    g_test_add_func("/correlation/order, scale, shift and monotone changes do not matter",
                    test_what_does_not_change_correlations);
    g_test_add_func("/correlation/a matrix is that of single pairs",
                    test_matrix_is_that_of_single_pairs);
    return g_test_run();
}
