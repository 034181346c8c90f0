/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_rules_test.c - lines over years; expected numbers by hand. */
#include "ranking/trends/trends_rules.h"

#include <glib.h>
#include <math.h>

/* x = 0 1 2 3, y = 10 12 13 17. mean x 1.5, mean y 13; Sxx = 5; Sxy = 4.5 + 0.5 + 0 + 6 = 11; b = 2.2;
 * a = 13 - 3.3 = 9.7. Residuals 0.3, 0.1, -1.1, 0.7: SSE = 0.09 + 0.01 + 1.21 + 0.49 = 1.8; s = sqrt(0.9). */
static const int YEARS[] = {2020, 2021, 2022, 2023};
static const double VALUES[] = {10, 12, 13, 17};
static const GhSeries SERIES = {YEARS, VALUES, 4};

static void
test_fit(void)
{
    GhTrendFit fit = {0};

    g_assert_true(gh_trend_fit(&SERIES, &fit));
    g_assert_cmpfloat_with_epsilon(fit.slope, 2.2, 1e-12);
    g_assert_cmpfloat_with_epsilon(fit.intercept, 9.7, 1e-12);
    g_assert_cmpfloat_with_epsilon(fit.residual_sd, 0.9486832980505138, 1e-12);

    /* 2030: 9.7 + 22 = 31.7; t(0.975, 2) = 4.302652729911275; sqrt(1 + 1/4 + 8.5^2 / 5) = sqrt(15.7) =
     * 3.9623225512317905; half = 4.302652729911275 x 0.9486832980505138 x 3.9623225512317905 = 16.17367. */
    GhProjection projection = gh_trend_project(&fit, 2030);
    g_assert_cmpfloat_with_epsilon(projection.value, 31.7, 1e-12);
    g_assert_cmpfloat_with_epsilon(projection.high - projection.value, 16.17367, 1e-4);
    g_assert_cmpfloat_with_epsilon(projection.value - projection.low,
                                   projection.high - projection.value, 1e-12);
}

/* Of two values the line is the one through both, and nothing is known of its error. */
static void
test_two_values(void)
{
    static const int years[] = {2016, 2020};
    static const double values[] = {30, 50};
    const GhSeries two = {years, values, 2}, one = {years, values, 1}, none = {NULL, NULL, 0};
    GhTrendFit fit = {.slope = 99};

    g_assert_false(gh_trend_fit(&one, &fit));
    g_assert_false(gh_trend_fit(&none, &fit));
    g_assert_cmpfloat(fit.slope, ==, 99);
    g_assert_true(gh_trend_fit(&two, &fit));
    g_assert_cmpfloat_with_epsilon(fit.slope, 5, 1e-12);
    GhProjection projection = gh_trend_project(&fit, 2030);
    g_assert_cmpfloat_with_epsilon(projection.value, 100, 1e-12);
    g_assert_true(isnan(projection.low) && isnan(projection.high));
}

static void
test_perfect_line(void)
{
    static const int years[] = {2018, 2020, 2021};
    static const double values[] = {1, 3, 4};
    const GhSeries series = {years, values, 3};
    GhTrendFit fit = {0};

    g_assert_true(gh_trend_fit(&series, &fit));
    GhProjection projection = gh_trend_project(&fit, 2030);
    g_assert_cmpfloat_with_epsilon(projection.value, 13, 1e-9);
    g_assert_cmpfloat_with_epsilon(projection.low, 13, 1e-6);
    g_assert_cmpfloat_with_epsilon(projection.high, 13, 1e-6);
}

static void
test_rates(void)
{
    static const int two_years[] = {2015, 2017};
    static const struct {
        const char *label;
        double first, last;
        double cagr, percent; /* NAN: none */
    } cases[] = {
        /* (144 / 100)^(1 / 2) - 1; (144 - 100) / 2 of 100. */
        {"44 % more in two years", 100, 144, 0.2, 22},
        {"a quarter left", 100, 25, -0.5, -37.5},
        {"level", 7, 7, 0, 0},
        {"from nothing", 0, 5, NAN, NAN},
        {"to nothing", 5, 0, NAN, -50},
        {"below zero", -5, -3, NAN, NAN},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const double values[] = {cases[i].first, cases[i].last};
        const GhSeries series = {two_years, values, 2};
        double cagr = gh_trend_cagr(&series), percent = gh_trend_percent_a_year(&series);
        g_test_message("%s: %g, %g", cases[i].label, cagr, percent);
        g_assert_cmpint(isnan(cagr), ==, isnan(cases[i].cagr));
        if (!isnan(cagr))
            g_assert_cmpfloat_with_epsilon(cagr, cases[i].cagr, 1e-12);
        g_assert_cmpint(isnan(percent), ==, isnan(cases[i].percent));
        if (!isnan(percent))
            g_assert_cmpfloat_with_epsilon(percent, cases[i].percent, 1e-12);
    }

    /* Four values: 2.2 of 9.7; growth only looks at both ends: 1.7^(1 / 3) - 1. */
    g_assert_cmpfloat_with_epsilon(gh_trend_percent_a_year(&SERIES), 22.68041237113402, 1e-9);
    g_assert_cmpfloat_with_epsilon(gh_trend_cagr(&SERIES), 0.19348319, 1e-7);
}

static void
test_outlooks(void)
{
    static const struct {
        const char *label;
        int years[2];
        double values[2];
        GhGoal goal;
        GhOutlookKind want;
        int reach_year;
        double needed; /* NAN: none */
    } cases[] = {
        /* 40 -> 50 in 2 years: 5 a year; 100 needs 10 more years than 2020, 5 a year. */
        {"just in time",
         {2018, 2020},
         {40, 50},
         {GH_GOAL_AT_LEAST, 100},
         GH_OUTLOOK_IN_TIME,
         2030,
         5},
        {"a year too late",
         {2018, 2020},
         {40, 50},
         {GH_GOAL_AT_LEAST, 105},
         GH_OUTLOOK_LATE,
         2031,
         5.5},
        {"a part of a year counts as one",
         {2018, 2020},
         {40, 50},
         {GH_GOAL_AT_LEAST, 51},
         GH_OUTLOOK_IN_TIME,
         2021,
         0.1},
        {"far from it",
         {2018, 2020},
         {40, 41},
         {GH_GOAL_AT_LEAST, 100},
         GH_OUTLOOK_VERY_LATE,
         0,
         5.9},
        {"the wrong way", {2018, 2020}, {50, 40}, {GH_GOAL_AT_LEAST, 100}, GH_OUTLOOK_AWAY, 0, 6},
        {"level", {2018, 2020}, {40, 40}, {GH_GOAL_AT_LEAST, 100}, GH_OUTLOOK_STILL, 0, 6},
        {"there already",
         {2018, 2020},
         {90, 100},
         {GH_GOAL_AT_LEAST, 100},
         GH_OUTLOOK_REACHED,
         0,
         NAN},
        {"there, though it falls",
         {2018, 2020},
         {120, 110},
         {GH_GOAL_AT_LEAST, 100},
         GH_OUTLOOK_REACHED,
         0,
         NAN},
        {"less is better",
         {2018, 2020},
         {60, 50},
         {GH_GOAL_AT_MOST, 10},
         GH_OUTLOOK_IN_TIME,
         2028,
         -4},
        {"less is better and it rises",
         {2018, 2020},
         {50, 60},
         {GH_GOAL_AT_MOST, 10},
         GH_OUTLOOK_AWAY,
         0,
         -5},
        {"exactly one, from below",
         {2018, 2020},
         {0.8, 0.9},
         {GH_GOAL_EXACTLY, 1},
         GH_OUTLOOK_IN_TIME,
         2022,
         0.01},
        {"exactly one, from above",
         {2018, 2020},
         {1.4, 1.2},
         {GH_GOAL_EXACTLY, 1},
         GH_OUTLOOK_IN_TIME,
         2022,
         -0.02},
        {"exactly one, and away",
         {2018, 2020},
         {1.2, 1.4},
         {GH_GOAL_EXACTLY, 1},
         GH_OUTLOOK_AWAY,
         0,
         -0.04},
        {"as good as one",
         {2018, 2020},
         {0.9, 0.996},
         {GH_GOAL_EXACTLY, 1},
         GH_OUTLOOK_REACHED,
         0,
         NAN},
        {"no target", {2018, 2020}, {40, 50}, {GH_GOAL_NONE, NAN}, GH_OUTLOOK_NONE, 0, NAN},
        {"the year has come",
         {2028, 2030},
         {40, 50},
         {GH_GOAL_AT_LEAST, 100},
         GH_OUTLOOK_LATE,
         2040,
         NAN},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhSeries series = {cases[i].years, cases[i].values, 2};
        GhTrendFit fit = {0};
        g_assert_true(gh_trend_fit(&series, &fit));
        GhOutlook got =
            gh_trend_outlook(&fit, cases[i].years[1], cases[i].values[1], cases[i].goal);
        g_test_message("%s: %d, %d, %g", cases[i].label, got.kind, got.reach_year, got.needed);
        g_assert_cmpint(got.kind, ==, cases[i].want);
        g_assert_cmpint(got.reach_year, ==, cases[i].reach_year);
        g_assert_cmpint(isnan(got.needed), ==, isnan(cases[i].needed));
        if (!isnan(got.needed))
            g_assert_cmpfloat_with_epsilon(got.needed, cases[i].needed, 1e-12);
        g_assert_false(got.open); /* of two values no interval is known */
    }
}

/* The line of YEARS gives 31.7 in 2030, give or take 16.2: 40 may be reached though the line does not, 60
 * cannot. */
static void
test_open(void)
{
    GhTrendFit fit = {0};

    g_assert_true(gh_trend_fit(&SERIES, &fit));
    GhOutlook near = gh_trend_outlook(&fit, 2023, 17, (GhGoal){GH_GOAL_AT_LEAST, 40});
    GhOutlook far = gh_trend_outlook(&fit, 2023, 17, (GhGoal){GH_GOAL_AT_LEAST, 60});
    g_assert_cmpint(near.kind, ==, GH_OUTLOOK_LATE);
    g_assert_cmpint(near.reach_year, ==, 2034); /* 2020 + 30.3 / 2.2 = 2033.8 */
    g_assert_true(near.open);
    g_assert_false(far.open);
}

/* One value: what the target needs is known, where it leads is not. */
static void
test_one_value(void)
{
    GhOutlook got = gh_trend_outlook(NULL, 2025, 40, (GhGoal){GH_GOAL_AT_LEAST, 100});

    g_assert_cmpint(got.kind, ==, GH_OUTLOOK_NONE);
    g_assert_cmpfloat_with_epsilon(got.needed, 12, 1e-12);
    g_assert_true(isnan(got.pace));
    got = gh_trend_outlook(NULL, 2025, NAN, (GhGoal){GH_GOAL_AT_LEAST, 100});
    g_assert_cmpint(got.kind, ==, GH_OUTLOOK_NONE);
    g_assert_true(isnan(got.needed));
}

/* Another unit and another beginning of the years change nothing but the unit. */
static void
test_invariance(void)
{
    static const int years[] = {1920, 1921, 1922, 1923};
    double values[4];
    GhTrendFit first = {0}, second = {0};

    for (size_t i = 0; i < 4; i++)
        values[i] = 1000 * VALUES[i];
    const GhSeries scaled = {years, values, 4};
    g_assert_true(gh_trend_fit(&SERIES, &first));
    g_assert_true(gh_trend_fit(&scaled, &second));
    g_assert_cmpfloat_with_epsilon(second.slope, 1000 * first.slope, 1e-9);
    g_assert_cmpfloat_with_epsilon(gh_trend_project(&second, 1930).high,
                                   1000 * gh_trend_project(&first, 2030).high, 1e-8);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trends/a line has slope, level and a 95 % prediction interval", test_fit);
    g_test_add_func("/trends/two values make a line without an interval", test_two_values);
    g_test_add_func("/trends/a perfect line has no width", test_perfect_line);
    g_test_add_func("/trends/growth is told from both ends, change a year from the line",
                    test_rates);
    g_test_add_func("/trends/the pace reaches the target, late, never or already", test_outlooks);
    g_test_add_func("/trends/an interval around the target leaves it open", test_open);
    g_test_add_func("/trends/one value tells what is needed and no more", test_one_value);
    g_test_add_func("/trends/units and the first year do not matter", test_invariance);
    return g_test_run();
}
