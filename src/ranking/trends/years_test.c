/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "ranking/trends/years.h"

#include <math.h>

/* 40, 42, 43: mean 41.667 at the middle year, slope 1.5; of 2030, eleven years on, 41.667 + 16.5 = 58.167. Residuals
 * -1/6, 1/3, -1/6: SSE 1/6, s = sqrt(1/6) = 0.408248 with one degree of freedom, t = 12.7062; half the interval is
 * 12.7062 x 0.408248 x sqrt(1 + 1/3 + 121/2) = 40.790. */
static const GhRankedYear RISING[] = {
    {.year = 2018, .score = 40}, {.year = 2019, .score = 42}, {.year = 2020, .score = 43}};
static const GhRankedYear BROKEN[] = {{.year = 2017, .score = 90, .definition_changed = true},
                                      {.year = 2018, .score = 40, .definition_changed = true},
                                      {.year = 2019, .score = 42},
                                      {.year = 2020, .score = 43}};
/* In the year of the change there was no score: the line is cut all the same. */
static const GhRankedYear BROKEN_IN_A_GAP[] = {
    {.year = 2017, .score = 90},
    {.year = 2018, .score = NAN, .definition_changed = true},
    {.year = 2019, .score = 42},
    {.year = 2020, .score = 43}};
/* 20, 40, 60: 260 in 2030. */
static const GhRankedYear STEEP[] = {
    {.year = 2018, .score = 20}, {.year = 2019, .score = 40}, {.year = 2020, .score = 60}};
static const GhRankedYear SCORELESS[] = {{.year = 2018, .score = NAN},
                                         {.year = 2019, .score = NAN}};

static const struct {
    const char *label;
    const GhRankedYear *years;
    size_t n_years;
    bool compares;
    double scale_high; /* low is 0; NAN: no scale */
    size_t want_scores, want_since, want_breaks;
    bool want_projects, want_leaves;
} cases[] = {
    {"three scores look ahead", RISING, 3, true, 100, 3, 3, 0, true, false},
    {"two do not", RISING, 2, true, 100, 2, 2, 0, false, false},
    {"only what is behind a break counts", BROKEN, 4, true, 100, 4, 3, 1, true, false},
    {"a break in a gap is one", BROKEN_IN_A_GAP, 4, true, 100, 3, 2, 1, false, false},
    {"a line beyond the scale is not drawn", STEEP, 3, true, 100, 3, 3, 0, false, true},
    {"without a scale it is", STEEP, 3, true, NAN, 3, 3, 0, true, false},
    {"years that do not compare have no line", RISING, 3, false, 100, 3, 3, 0, false, false},
    {"no score", SCORELESS, 2, true, 100, 0, 0, 0, false, false},
    {"no year", NULL, 0, true, 100, 0, 0, 0, false, false},
};

static void
test_series(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhRanking ranking = {.compares_years = cases[i].compares,
                                   .scale_low = isnan(cases[i].scale_high) ? NAN : 0.0,
                                   .scale_high = cases[i].scale_high};
        g_auto(GhRankingSeries) series = {0};
        g_test_message("%s", cases[i].label);
        gh_ranking_series_init(&series, &ranking, cases[i].years, cases[i].n_years);
        g_assert_cmpuint(series.n_scores, ==, cases[i].want_scores);
        g_assert_cmpuint(series.n_since, ==, cases[i].want_since);
        g_assert_cmpuint(series.breaks->len, ==, cases[i].want_breaks);
        g_assert_cmpint(gh_ranking_series_projects(&series), ==, cases[i].want_projects);
        g_assert_cmpint(gh_ranking_series_leaves_scale(&series), ==, cases[i].want_leaves);
    }
}

static void
test_interval(void)
{
    const GhRanking ranking = {.compares_years = true, .scale_low = 0, .scale_high = 100};
    g_auto(GhRankingSeries) series = {0};

    gh_ranking_series_init(&series, &ranking, RISING, G_N_ELEMENTS(RISING));
    GhProjection ahead = gh_trend_project(&series.fit, GH_TREND_GOAL_YEAR);
    g_assert_cmpfloat_with_epsilon(ahead.value, 58.167, 0.001);
    g_assert_cmpfloat_with_epsilon(ahead.high - ahead.value, 40.790, 0.001);
    g_assert_cmpint((int)series.decimals, ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/years/scores that compare make a line, cut at breaks", test_series);
    g_test_add_func("/years/the line ahead has its interval", test_interval);
    return g_test_run();
}
