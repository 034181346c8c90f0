/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scale_test.c - where axes begin and end, and where their ticks stand. */
#include "draw/charts/scale.h"

#include <glib.h>
#include <math.h>

static void
check(const GhScale *scale, double low, double high, double step, size_t n_ticks)
{
    g_assert_cmpfloat_with_epsilon(scale->low, low, 1e-12);
    g_assert_cmpfloat_with_epsilon(scale->high, high, 1e-12);
    g_assert_cmpfloat_with_epsilon(scale->step, step, 1e-12);
    g_assert_cmpuint(scale->n_ticks, ==, n_ticks);
}

static void
test_fit(void)
{
    static const struct {
        const char *label;
        double values[3]; /* NAN: fewer */
        double min, max;
        unsigned steps;
        double low, high, step;
        size_t n_ticks;
    } cases[] = {
        {"a fifth of the span, rounded up", {0, 97, NAN}, -INFINITY, INFINITY, 5, 0, 100, 20, 6},
        {"steps of 2", {81, 88.5, NAN}, -INFINITY, INFINITY, 5, 80, 90, 2, 6},
        {"steps of 5", {3, 23, NAN}, -INFINITY, INFINITY, 4, 0, 25, 5, 6},
        {"steps of one tenth", {0.31, 0.69, NAN}, -INFINITY, INFINITY, 5, 0.3, 0.7, 0.1, 5},
        {"below and above zero", {-5, 5, NAN}, -INFINITY, INFINITY, 4, -5, 5, 5, 3},
        {"not beyond the largest possible", {0, 97, NAN}, 0, 98, 5, 0, 98, 20, 5},
        {"not below the smallest possible", {1, 9, NAN}, 1, 10, 5, 1, 10, 2, 5},
        {"a value beyond the possible is shown", {0, 120, NAN}, 0, 100, 5, 0, 150, 50, 4},
        {"one value", {7, NAN, NAN}, -INFINITY, INFINITY, 5, 7, 8, 0.2, 6},
        {"one value at the largest possible", {100, NAN, NAN}, 0, 100, 5, 90, 100, 2, 6},
        {"infinite values are passed over", {INFINITY, 0, 10}, -INFINITY, INFINITY, 5, 0, 10, 2, 6},
        {"no values", {NAN, NAN, NAN}, -INFINITY, INFINITY, 5, 0, 1, 0.2, 6},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhExtent extent = GH_EXTENT_NONE;
        g_test_message("%s", cases[i].label);
        for (size_t k = 0; k < G_N_ELEMENTS(cases[i].values); k++)
            gh_extent_add(&extent, cases[i].values[k]);
        const GhScale scale = gh_scale(&extent, cases[i].min, cases[i].max, cases[i].steps);
        check(&scale, cases[i].low, cases[i].high, cases[i].step, cases[i].n_ticks);
    }
}

static void
test_zero(void)
{
    static const struct {
        const char *label;
        double low, high, min, max;
        double want_low, want_high;
    } cases[] = {
        {"values above begin at zero", 40, 90, -INFINITY, INFINITY, 0, 100},
        {"a percentage ends at 100", 20, 30, 0, 100, 0, 100},
        {"but not where it is far away", 1, 2, 0, 100, 0, 2},
        {"values below end at zero", -9, -4, -INFINITY, INFINITY, -10, 0},
        {"zero is not possible", 3, 8, 1, 10, 1, 10},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhExtent extent = {cases[i].low, cases[i].high};
        const GhScale scale = gh_scale_from_zero(&extent, cases[i].min, cases[i].max, 5);
        g_test_message("%s", cases[i].label);
        g_assert_cmpfloat(scale.low, ==, cases[i].want_low);
        g_assert_cmpfloat(scale.high, ==, cases[i].want_high);
    }
}

static void
test_ticks(void)
{
    const GhExtent extent = {0, 0.5};
    const GhScale scale = gh_scale(&extent, -INFINITY, INFINITY, 5);
    static const double want[] = {0, 0.1, 0.2, 0.3, 0.4, 0.5};

    g_assert_cmpuint(scale.n_ticks, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++)
        g_assert_cmpfloat(gh_scale_tick(&scale, i), ==, want[i]); /* 3 * 0.1 would not be */
}

static void
test_share(void)
{
    const GhScale scale = {.low = -10, .high = 30};

    g_assert_cmpfloat(gh_scale_share(&scale, -10), ==, 0);
    g_assert_cmpfloat(gh_scale_share(&scale, 0), ==, 0.25);
    g_assert_cmpfloat(gh_scale_share(&scale, 30), ==, 1);
    g_assert_cmpfloat(gh_scale_share(&scale, 31), ==, 1);
    g_assert_cmpfloat(gh_scale_share(&scale, -11), ==, 0);
}

/* Whatever the values, an axis has a length and few ticks, and its values lie on it. */
static void
test_any(void)
{
    static const double values[] = {0, 1, -1, 3, 97.3, 1e-9, -1e-9, 1e12, -1e12, 1e300, 1e-300};

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        for (size_t k = 0; k < G_N_ELEMENTS(values); k++) {
            GhExtent extent = GH_EXTENT_NONE;
            gh_extent_add(&extent, values[i]);
            gh_extent_add(&extent, values[k]);
            const GhScale scale = gh_scale(&extent, -INFINITY, INFINITY, 6);
            g_assert_true(scale.low < scale.high && isfinite(scale.high - scale.low));
            /* Rounding errors of what is on a tick are far below a pixel. */
            double hair = 2e-9 * scale.step;
            g_assert_true(scale.low <= extent.low + hair && extent.high <= scale.high + hair);
            g_assert_cmpuint(scale.n_ticks, >=, 1);
            g_assert_cmpuint(scale.n_ticks, <=, 9);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scale/an axis holds its values between round ticks", test_fit);
    g_test_add_func("/scale/what stands on zero shows zero", test_zero);
    g_test_add_func("/scale/ticks are the decimal numbers they are written as", test_ticks);
    g_test_add_func("/scale/values lie between the ends", test_share);
    g_test_add_func("/scale/any values have an axis", test_any);
    return g_test_run();
}
