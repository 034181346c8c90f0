/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* describe_test.c - distributions, availability, Cronbach's alpha and links, on small examples by hand. */
#include "index/stats.h"
#include "index/stats/stats_testing.h"

#include <math.h>

static const double NEAR = 1e-12;

static GhIndexState *
state_of(size_t n_units, size_t n_indicators, const double *values)
{
    static const char *const parents[] = {"A", "A", "B"};

    return gh_stats_testing_new(gh_index_testing_data(n_units, n_indicators, values, parents));
}

/* 0 0 5 and a gap: two different values, the commonest twice; type 7, h = 2 p: p = 0.75 -> 1.5: 2.5. */
static void
test_description_by_hand(void)
{
    static const double values[] = {5, 0, NAN, 0};
    static const size_t node = 0;
    g_autoptr(GhIndexState) state = state_of(4, 1, values);
    GhIndexDescription d;

    gh_index_describe(state, &node, 1, &d);
    g_assert_cmpuint(d.n, ==, 4);
    g_assert_cmpuint(d.n_available, ==, 3);
    g_assert_cmpuint(d.n_nonzero, ==, 1);
    g_assert_cmpuint(d.n_unique, ==, 2);
    g_assert_cmpuint(d.n_same, ==, 2);
    gh_index_assert_near(d.share_available, 0.75, NEAR, "available");
    gh_index_assert_near(d.share_nonzero, 1.0 / 3.0, NEAR, "not zero");
    gh_index_assert_near(d.share_unique, 2.0 / 3.0, NEAR, "different");
    gh_index_assert_near(d.median, 0, NEAR, "median");
    gh_index_assert_near(d.q75, 2.5, NEAR, "q75");

    /* Flags count of all four units: 2 of 4 different is enough, 1 of 4 not zero is not. */
    const GhIndexDescriptionFlags flags =
        gh_index_description_flags(&d, &GH_INDEX_DESCRIPTION_LIMITS);
    g_assert_false(flags.few_available);
    g_assert_true(flags.few_nonzero);
    g_assert_false(flags.few_unique);
    g_assert_false(flags.outliers); /* no kurtosis of three values */
}

static void
test_outliers_need_both_limits(void)
{
    const struct {
        double skew, kurt;
        bool want;
    } cases[] = {
        {2, 3.5, true}, {-2, 3.5, true}, {1.99, 9, false}, {9, 3.49, false}, {NAN, NAN, false}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhIndexDescription d = {.skew = cases[i].skew, .kurt = cases[i].kurt};
        g_assert_true(gh_index_description_flags(&d, &GH_INDEX_DESCRIPTION_LIMITS).outliers
                      == cases[i].want);
    }
}

static void
test_nothing_known_is_described_as_such(void)
{
    static const double values[] = {NAN, NAN};
    static const size_t node = 0;
    g_autoptr(GhIndexState) state = state_of(2, 1, values);
    GhIndexDescription d;

    gh_index_describe(state, &node, 1, &d);
    g_assert_cmpuint(d.n_available, ==, 0);
    g_assert_cmpuint(d.n_same, ==, 0);
    gh_index_assert_near(d.share_available, 0, NEAR, "available");
    g_assert_true(isnan(d.share_nonzero) && isnan(d.mean) && isnan(d.median) && isnan(d.min));
}

/* U1 has i1 (0) of A's two and i3 of B's one. Without i2, A has one. */
static void
test_availability_counts_active_indicators_below(void)
{
    static const double values[] = {0, NAN, 3, 1, 2, NAN};
    g_autoptr(GhIndexState) state = state_of(2, 3, values);
    GhIndexAvailability units[2];

    gh_index_availability(state, gh_stats_testing_node(state, "A"), units);
    g_assert_cmpuint(units[0].n, ==, 2);
    g_assert_cmpuint(units[0].n_available, ==, 1);
    g_assert_cmpuint(units[0].n_zero, ==, 1);
    gh_index_availability(state, gh_stats_testing_node(state, "Index"), units);
    g_assert_cmpuint(units[1].n, ==, 3);
    g_assert_cmpuint(units[1].n_available, ==, 2);
    gh_index_state_drop(state, gh_stats_testing_node(state, "i2"));
    gh_index_availability(state, gh_stats_testing_node(state, "A"), units);
    g_assert_cmpuint(units[0].n, ==, 1);
}

/* 1 2 3 and 1 3 2: variances 1, covariance 1/2; 2 / 1 (1 - 2 / 3) = 2/3. */
static void
test_cronbach_by_hand(void)
{
    static const double values[] = {1, 1, 2, 3, 3, 2};
    static const double against[] = {1, -1, 2, -2, 3, -3};
    static const size_t nodes[] = {0, 1};
    g_autoptr(GhIndexState) state = state_of(3, 2, values);
    g_autoptr(GhIndexState) opposed = state_of(3, 2, against);

    gh_index_assert_near(gh_index_cronbach(state, nodes, 2), 2.0 / 3.0, NEAR, "alpha");
    g_assert_true(isnan(gh_index_cronbach(state, nodes, 1)));
    g_assert_true(isnan(gh_index_cronbach(opposed, nodes, 2))); /* the sum does not vary */
}

static void
test_cronbach_does_not_depend_on_scale_or_shift_of_all(void)
{
    static const double values[] = {1, 4, 2, 2, 3, 3, 5, 1, 9, NAN, 6, 7};
    static const size_t nodes[] = {0, 1, 2};
    double moved[12];
    for (size_t v = 0; v < 12; v++)
        moved[v] = 100 - 7 * values[v];
    g_autoptr(GhIndexState) plain = state_of(4, 3, values);
    g_autoptr(GhIndexState) other = state_of(4, 3, moved);

    gh_index_assert_near(gh_index_cronbach(other, nodes, 3), gh_index_cronbach(plain, nodes, 3),
                         NEAR, "alpha");
}

/* x = 1 2 3, y = 2 1 6: r = 4 / sqrt(28); slope = 4 / 2, intercept = 3 - 2 x 2. */
static void
test_link_by_hand(void)
{
    static const double x[] = {1, 2, 50, 3}, y[] = {2, 1, NAN, 6};
    static const double flat[] = {4, 4, 4, 4};
    const GhIndexLink link = gh_index_link(x, y, 4);

    g_assert_cmpuint(link.pearson.n, ==, 3);
    gh_index_assert_near(link.pearson.r, 4 / sqrt(28), NEAR, "r");
    gh_index_assert_near(link.spearman.r, 0.5, NEAR, "rho");
    gh_index_assert_near(link.slope, 2, NEAR, "slope");
    gh_index_assert_near(link.intercept, -1, NEAR, "intercept");

    const GhIndexLink level = gh_index_link(x, flat, 4), upright = gh_index_link(flat, x, 4);
    g_assert_cmpfloat(level.slope, ==, 0);
    g_assert_cmpfloat(level.intercept, ==, 4);
    g_assert_true(isnan(level.pearson.r));
    g_assert_true(isnan(upright.slope) && isnan(upright.intercept));
}

/* The mean of 1.7e308, -1.7e308 and 1.7e308 is a number, the squares of the deviations are not; the middle two are too
 * far apart to lie between. */
static void
test_what_no_number_holds_is_not_defined(void)
{
    static const double values[] = {1.7e308, 0, -1.7e308, 1, 1.7e308, 2};
    static const size_t nodes[] = {0, 1};
    g_autoptr(GhIndexState) state = state_of(3, 2, values);
    GhIndexDescription d;

    gh_index_describe(state, nodes, 1, &d);
    g_assert_cmpfloat(d.max, ==, 1.7e308);
    g_assert_cmpfloat(d.median, ==, 1.7e308);
    g_assert_true(isfinite(d.mean));
    g_assert_true(isnan(d.sd) && isnan(d.q25));
    g_assert_true(isnan(gh_index_cronbach(state, nodes, 2)));

    const GhIndexLink link =
        gh_index_link(gh_index_state_column(state, 1), gh_index_state_column(state, 0), 3);
    g_assert_true(isnan(link.slope) && isnan(link.intercept));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/statistics/a description is that worked out by hand",
                    test_description_by_hand);
    g_test_add_func("/statistics/outliers are where skew and kurtosis both reach their limits",
                    test_outliers_need_both_limits);
    g_test_add_func("/statistics/an indicator that nothing is known of has no figures",
                    test_nothing_known_is_described_as_such);
    g_test_add_func("/statistics/availability counts the active indicators below a node",
                    test_availability_counts_active_indicators_below);
    g_test_add_func("/statistics/alpha is that worked out by hand", test_cronbach_by_hand);
    g_test_add_func("/statistics/alpha does not depend on a scale or shift of all columns",
                    test_cronbach_does_not_depend_on_scale_or_shift_of_all);
    g_test_add_func("/statistics/a figure that no number can hold is not defined",
                    test_what_no_number_holds_is_not_defined);
    g_test_add_func("/statistics/a link is that worked out by hand", test_link_by_hand);
    return g_test_run();
}
