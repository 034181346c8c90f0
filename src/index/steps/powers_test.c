/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* powers_test.c - our logarithms and powers beside the C library's. */
#include "index/steps/powers.h"

#include <float.h>
#include <math.h>

#include <glib.h>

enum {
    N = 20000,
};

/* The C library's are within one unit of the last place themselves. */
static const double TOLERANCE = 3 * DBL_EPSILON;

static void
test_logarithms(void)
{
    static double x[N], y[N];

    for (size_t i = 0; i < N; i++)
        x[i] = i % 2 == 0 ? exp(-708 + 1417.0 * (double)i / N) : 1 + ((double)i - N / 2) * 1e-9;
    x[0] = DBL_MIN;
    x[1] = DBL_MAX;
    x[2] = 1;
    gh_powers_ln(x, N, y);
    for (size_t i = 0; i < N; i++)
        g_assert_cmpfloat(fabs(y[i] - log(x[i])), <=, TOLERANCE * fabs(log(x[i])));
}

static void
test_powers_of_e(void)
{
    static double x[N], y[N];

    for (size_t i = 0; i < N; i++)
        y[i] = x[i] = -708 + 1417.0 * (double)i / N;
    gh_powers_exp(y, N);
    for (size_t i = 0; i < N; i++)
        g_assert_cmpfloat(fabs(y[i] - exp(x[i])), <=, TOLERANCE * exp(x[i]));

    double ends[] = {0, -709, 710, -INFINITY, INFINITY};
    const double want[] = {1, 0, INFINITY, 0, INFINITY};
    gh_powers_exp(ends, G_N_ELEMENTS(ends));
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        g_assert_true(ends[i] == want[i]);
}

/* As many factors as may be, among them nearly the largest and the smallest numbers, then a gap: the root is the number. */
static void
test_products_do_not_overflow(void)
{
    const double x[] = {8e307, 1e-307, 1.4142135623730949, 0.70710678118654757};
    const double gap[] = {NAN, NAN, NAN, NAN};
    double mantissa[] = {1, 1, 1, 1}, exponent[4] = {0}, count[4] = {0}, root[4] = {0};

    for (size_t k = 0; k < GH_POWERS_MAX_FACTORS; k++)
        gh_powers_multiply(x, 4, mantissa, exponent, count);
    gh_powers_multiply(gap, 4, mantissa, exponent, count);
    gh_powers_root(mantissa, exponent, count, 4, root);
    for (size_t i = 0; i < 4; i++)
        g_assert_cmpfloat(fabs(root[i] / x[i] - 1), <=,
                          4e-13); /* a root's error is ln x times that of ln */

    double empty_mantissa[] = {1}, empty_root[] = {0};
    const double none[] = {0};
    gh_powers_root(empty_mantissa, none, none, 1, empty_root);
    g_assert_true(isnan(empty_root[0]));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/powers/logarithms are right to the last places", test_logarithms);
    g_test_add_func("/powers/powers of e are right to the last places, 0 or infinite beyond",
                    test_powers_of_e);
    g_test_add_func("/powers/products of many factors do not overflow",
                    test_products_do_not_overflow);
    return g_test_run();
}
