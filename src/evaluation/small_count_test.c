/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* small_count_test.c - rates of few events; expected numbers by hand. */
#include "evaluation/small_count.h"

#include <math.h>

#include "evaluation/fixture.h"

/* A rate a 100,000 inhabitants, as U4SSC has them, and one of 1,000 births. */
static const GhFixtureRow ROWS[] = {
    {.id = "deaths", .kpi = "A", .groups = {"Top"}, .numerator = "deaths", .denominator = "people"},
    {.id = "births",
     .kpi = "B",
     .groups = {"Top"},
     .numerator = "deaths",
     .denominator = "births",
     .factor = 1000},
    {.id = "share", .kpi = "C", .groups = {"Top"}, .numerator = "households", .denominator = "all"},
};
static const size_t EVENTS[] = {0, 1}, PEOPLE[] = {0};
static const GhCheck CHECKS[] = {
    {.id = "few", .kind = GH_CHECK_SMALL_COUNT, .data_points = EVENTS, .n_data_points = 2},
    {.id = "people",
     .kind = GH_CHECK_DENOMINATOR,
     .base = GH_BASE_POPULATION_100000,
     .data_points = PEOPLE,
     .n_data_points = 1},
};

static GhFixture *
make_fixture(void)
{
    GhFixture *fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 1, GH_SCORING_POINTS);

    fixture->framework.checks = CHECKS;
    fixture->framework.n_checks = G_N_ELEMENTS(CHECKS);
    return fixture;
}

static double
poisson(unsigned n, double expected)
{
    return exp(-expected + n * log(expected) - lgamma(n + 1.0));
}

/* The definition: 2.5 % on each side. A rate of n events on a denominator of 1 has the interval itself. */
static void
test_intervals(void)
{
    g_autoptr(GhFixture) fixture = make_fixture();

    for (unsigned n = 0; n < GH_SMALL_COUNT_BELOW; n++) {
        const GhFigure figure = {.data_point = 0, .value = n, .numerator = n, .denominator = 1};
        GhSmallCount small = {0};
        double at_most = 0, less = 0;

        g_assert_true(gh_small_count(&fixture->framework, &figure, NULL, &small));
        for (unsigned k = 0; k <= n; k++) {
            at_most += poisson(k, small.high);
            less += k < n && n > 0 ? poisson(k, small.low) : 0;
        }
        g_assert_cmpfloat_with_epsilon(at_most, 0.025, 1e-6);
        if (n > 0)
            g_assert_cmpfloat_with_epsilon(1 - less, 0.025, 1e-6);
        else
            g_assert_cmpfloat(small.low, ==, 0);
    }
}

static void
test_cases(void)
{
    static const GhCityYear base = {.population = 40000};
    static const struct {
        const char *label;
        GhFigure figure;
        bool has_base, want;
        unsigned n_events;
        bool estimated;
        double low, high; /* NAN: not known */
    } cases[] = {
        /* 2 deaths among 40,000: 5 a 100,000; 0.242209 and 7.224688 events are 0.6055 and 18.0617. */
        {"two deaths counted",
         {.data_point = 0, .value = 5, .numerator = 2, .denominator = 0.4},
         false,
         true,
         2,
         false,
         0.6055225,
         18.06172},
        {"the rate times the population",
         {.data_point = 0, .value = 5, .numerator = NAN, .denominator = NAN},
         true,
         true,
         2,
         true,
         0.6055225,
         18.06172},
        {"the rate times its own denominator",
         {.data_point = 1, .value = 1.5, .numerator = NAN, .denominator = 2000},
         true,
         true,
         3,
         true,
         0.309336,
         4.3836365},
        /* No death: 3.688879 events among 0.4 hundred thousand. */
        {"none, of a known population",
         {.data_point = 0, .value = 0, .numerator = 0, .denominator = NAN},
         true,
         true,
         0,
         false,
         0,
         9.2221975},
        {"none, of nobody knows how many",
         {.data_point = 0, .value = 0, .numerator = 0, .denominator = NAN},
         false,
         true,
         0,
         false,
         NAN,
         NAN},
        {"ten are not few",
         {.data_point = 0, .value = 25, .numerator = 10, .denominator = 0.4},
         true,
         false,
         0,
         false,
         0,
         0},
        {"nine are",
         {.data_point = 0, .value = 22.5, .numerator = 9, .denominator = 0.4},
         true,
         true,
         9,
         false,
         10.2884325,
         42.7120075},
        {"a rate of which nothing is known",
         {.data_point = 0, .value = 5, .numerator = NAN, .denominator = NAN},
         false,
         false,
         0,
         false,
         0,
         0},
        {"births are not tied to the population",
         {.data_point = 1, .value = 5, .numerator = NAN, .denominator = NAN},
         true,
         false,
         0,
         false,
         0,
         0},
        {"a share of households is no count of events",
         {.data_point = 2, .value = 5, .numerator = 2, .denominator = 40},
         true,
         false,
         0,
         false,
         0,
         0},
        {"no value",
         {.data_point = 0, .value = NAN, .numerator = 2, .denominator = 0.4},
         true,
         false,
         0,
         false,
         0,
         0},
        {"a negative rate",
         {.data_point = 0, .value = -5, .numerator = NAN, .denominator = NAN},
         true,
         false,
         0,
         false,
         0,
         0},
    };
    g_autoptr(GhFixture) fixture = make_fixture();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhSmallCount small = {0};
        bool got = gh_small_count(&fixture->framework, &cases[i].figure,
                                  cases[i].has_base ? &base : NULL, &small);
        g_test_message("%s: %u events, %g to %g", cases[i].label, small.n_events, small.low,
                       small.high);
        g_assert_cmpint(got, ==, cases[i].want);
        g_assert_cmpuint(small.n_events, ==, cases[i].n_events);
        g_assert_cmpint(small.estimated, ==, cases[i].estimated);
        g_assert_cmpint(isnan(small.high), ==, isnan(cases[i].high));
        if (!isnan(small.high)) {
            g_assert_cmpfloat_with_epsilon(small.low, cases[i].low, 1e-6);
            g_assert_cmpfloat_with_epsilon(small.high, cases[i].high, 1e-6);
        }
    }
}

static void
test_words(void)
{
    g_autoptr(GhFixture) fixture = make_fixture();
    const GhDataPoint *point = &fixture->framework.data_points[0];
    g_autofree char *two = gh_say_small_count(
        gh_lang_source(), point, &(GhSmallCount){.n_events = 2, .low = 0.6055, .high = 18.06});
    g_autofree char *one = gh_say_small_count(
        gh_lang_source(), point,
        &(GhSmallCount){.n_events = 1, .estimated = true, .low = NAN, .high = NAN});

    g_assert_cmpstr(two, ==,
                    "2 events stand behind this rate, and the same city could by chance alone have "
                    "had anything "
                    "from 0.6 to 19 (95 % interval). Read it over several years.");
    g_assert_cmpstr(one, ==,
                    "About 1 event stands behind this rate, so chance alone moves it a lot. Read "
                    "it over several "
                    "years.");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/few events/the interval leaves 2.5 % on each side", test_intervals);
    g_test_add_func("/few events/are counted, or estimated from the rate", test_cases);
    g_test_add_func("/few events/are told in a sentence with the interval rounded outwards",
                    test_words);
    return g_test_run();
}
