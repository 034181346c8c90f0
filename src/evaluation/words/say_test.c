/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say_test.c - figures, targets and bands in words. */
#include "evaluation/words/say.h"

#include <math.h>

#include "draw/draw_testing.h"
#include "evaluation/fixture.h"
#include "evaluation/pages/score_view.h"

/* An invented framework: two indicators with a single data point, one with two. */
static const GhFixtureRow ROWS[] = {
    {.id = "a.value", .kpi = "A", .label = "Homes online", .unit = "%", .groups = {"Top", "Low"}},
    {.id = "b.one", .kpi = "B", .label = "B by day", .unit = "yes/no", .groups = {"Top", "Low"}},
    {.id = "b.two", .kpi = "B", .label = "By night", .unit = "minutes", .groups = {"Top", "Low"}},
    {.id = "c.value", .kpi = "C", .label = "Places", .unit = "number", .groups = {"Top", "Low"}},
};

static GhFixture *
fixture_new(void)
{
    return gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS);
}

static void
test_values(void)
{
    static const struct {
        const char *label;
        size_t data_point;
        double value;
        const char *want;
    } cases[] = {
        {.label = "a short unit stays on the line", .value = 97, .want = "97\u00a0%"},
        {.label = "zero is a value", .value = 0, .want = "0\u00a0%"},
        {.label = "no more digits than the value has", .value = 41.5, .want = "41.5\u00a0%"},
        {.label = "thousands are grouped",
         .value = 12400,
         .data_point = 2,
         .want = "12,400 minutes"},
        {.label = "a unit that only says number is left out",
         .value = 80,
         .data_point = 3,
         .want = "80"},
        {.label = "one means yes", .value = 1, .data_point = 1, .want = "yes"},
        {.label = "zero means no", .value = 0, .data_point = 1, .want = "no"},
    };
    g_autoptr(GhFixture) fixture = fixture_new();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gh_say_value_unit(&fixture->framework, gh_lang_source(),
                                                 cases[i].data_point, cases[i].value);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_scores(void)
{
    static const struct {
        const char *label;
        double score;
        const char *want;
    } cases[] = {
        {.label = "whole", .score = 56.25, .want = "56"},
        {.label = "rounded inside its band", .score = 65.4, .want = "65"},
        {.label = "65.96 is below the bound of 66", .score = 65.96, .want = "65.96"},
        {.label = "65.6 needs one decimal", .score = 65.6, .want = "65.6"},
        {.label = "on the bound", .score = 66, .want = "66"},
        {.label = "nearly at target", .score = 94.99, .want = "94.99"},
        {.label = "all points", .score = 100, .want = "100"},
    };
    g_autoptr(GhFixture) fixture = fixture_new();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gh_say_score(&fixture->framework, gh_lang_source(), cases[i].score);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* By hand from the rules of docs/methodology.md. */
static void
test_calculations(void)
{
    static const struct {
        const char *label;
        GhTarget target;
        double value;
        const char *want;
    } cases[] = {
        {.label = "part of a target",
         .target = {.rule = GH_RULE_HIGHER, .target = 100, .worst = NAN},
         .value = 97,
         .want = "97 ÷ 100 = 97 %"},
        {.label = "above a target",
         .target = {.rule = GH_RULE_HIGHER, .target = 5, .worst = NAN},
         .value = 10,
         .want = "10 ÷ 5 > 1: 100 %"},
        {.label = "below zero",
         .target = {.rule = GH_RULE_HIGHER, .target = 5, .worst = NAN},
         .value = -1,
         .want = "−1 ÷ 5 < 0: 0 %"},
        {.label = "a target of zero",
         .target = {.rule = GH_RULE_HIGHER, .target = 0, .worst = NAN},
         .value = -2,
         .want = "−2 < 0: 0 %"},
        {.label = "little enough",
         .target = {.rule = GH_RULE_LOWER_ZERO, .target = 15, .worst = NAN},
         .value = 12,
         .want = "12 ≤ 15: 100 %"},
        {.label = "too much",
         .target = {.rule = GH_RULE_LOWER_ZERO, .target = 15, .worst = NAN},
         .value = 20,
         .want = "15 ÷ 20 = 75 %"},
        {.label = "between target and worst",
         .target = {.rule = GH_RULE_LOWER_RANGE, .target = 10, .worst = 50},
         .value = 20,
         .want = "(50 − 20) ÷ (50 − 10) = 75 %"},
        {.label = "beyond the worst",
         .target = {.rule = GH_RULE_LOWER_RANGE, .target = 10, .worst = 50},
         .value = 60,
         .want = "(50 − 60) ÷ (50 − 10) < 0: 0 %"},
        {.label = "a ratio below one",
         .target = {.rule = GH_RULE_DISTANCE_TO_ONE, .target = NAN, .worst = NAN},
         .value = 0.64,
         .want = "0.64 ÷ 1 = 64 %"},
        {.label = "a ratio above one",
         .target = {.rule = GH_RULE_DISTANCE_TO_ONE, .target = NAN, .worst = NAN},
         .value = 1.25,
         .want = "1 ÷ 1.25 = 80 %"},
        {.label = "the middle of two steps",
         .target = {.rule = GH_RULE_BANDS, .target = 10, .worst = 20},
         .value = 15,
         .want = "10 < 15 ≤ 20: 50 %"},
        {.label = "no target", .target = {.rule = GH_RULE_NONE}, .value = 3, .want = "no target"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhDataPoint point = {.unit = "%"};
        g_autofree char *got =
            gh_say_calculation(gh_lang_source(), &point, &cases[i].target, cases[i].value);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_names(void)
{
    g_autoptr(GhFixture) fixture = fixture_new();
    static const char *const want[] = {"Homes online", "B by day", "B by day: By night"};

    /* The fixture names an indicator after its first data point. */
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        g_autofree char *got = gh_say_figure(&fixture->framework, gh_lang_source(), i);
        g_assert_cmpstr(got, ==, want[i]);
    }
}

static void
test_states(void)
{
    static const struct {
        GhFigure figure;
        const char *word, *class;
    } cases[] = {
        {{.status = GH_STATUS_MISSING}, "missing", "missing"},
        {{.status = GH_STATUS_REPORTED, .verified = true}, "verified", "verified"},
        {{.status = GH_STATUS_REPORTED}, "not verified", "not-verified"},
        {{.status = GH_STATUS_NOT_VERIFIED}, "not verified", "not-verified"},
        {{.status = GH_STATUS_NOT_REPORTED}, "not reported", "not-reported"},
        {{.status = GH_STATUS_NOT_APPLICABLE}, "not applicable", "not-applicable"},
        {{.status = GH_STATUS_NOT_AVAILABLE}, "not available", "not-available"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(gh_say_state(gh_lang_source(), &cases[i].figure), ==, cases[i].word);
        g_assert_cmpstr(gh_state_class(&cases[i].figure), ==, cases[i].class);
    }
}

static void
test_dates(void)
{
    const GhLang *lang = gh_lang_source();
    g_autofree char *june = gh_say_month(lang, 2020, 6);
    g_autofree char *year = gh_say_month(lang, 2018, 0);

    g_assert_cmpstr(june, ==, "June 2020");
    g_assert_cmpstr(year, ==, "2018");
}

static void
test_bands(void)
{
    static const struct {
        const char *word, *bounds;
    } want[] = {{"far from target", "0–33\u00a0%"},
                {"on the way", "33–66\u00a0%"},
                {"near target", "66–95\u00a0%"},
                {"on target", "95+\u00a0%"}};
    g_autoptr(GhFixture) fixture = fixture_new();

    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        g_autofree char *bounds = gh_say_band_bounds(&fixture->framework, gh_lang_source(), i);
        g_assert_cmpstr(gh_say_band(&fixture->framework, gh_lang_source(), i), ==, want[i].word);
        g_assert_cmpstr(bounds, ==, want[i].bounds);
    }
    /* From right to left the dash would turn the numbers around it. */
    g_autofree char *isolated =
        gh_say_band_bounds(&fixture->framework, gh_draw_testing_lang("ar"), 1);
    g_assert_true(g_str_has_prefix(isolated, "\u2066"));
    g_assert_true(g_str_has_suffix(isolated, "\u2069"));
    const GhBand two[] = {{.below = 50, .label = "weak"}, {.below = HUGE_VAL, .label = "good"}};
    const GhFramework other = {.bands = two, .n_bands = G_N_ELEMENTS(two)};
    g_assert_cmpstr(gh_say_band(&other, gh_lang_source(), 0), ==, "weak");
}

static void
test_marks(void)
{
    static const struct {
        size_t n_bands;
        int steps[5];
    } cases[] = {{1, {4}}, {2, {1, 4}}, {3, {1, 2, 4}}, {4, {1, 2, 3, 4}}, {5, {1, 1, 2, 3, 4}}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhFramework framework = {.n_bands = cases[i].n_bands};
        for (size_t band = 0; band < cases[i].n_bands; band++)
            g_assert_cmpint(gh_score_view_step(&framework, band), ==, cases[i].steps[band]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/say/a value has its unit and no more digits than it came with", test_values);
    g_test_add_func("/say/a score is never rounded into another band", test_scores);
    g_test_add_func("/say/the way from value to share is written as a sum", test_calculations);
    g_test_add_func("/say/a figure is named by its indicator and, of several, by its part",
                    test_names);
    g_test_add_func("/say/the states are different words and different marks", test_states);
    g_test_add_func("/say/months are written for people", test_dates);
    g_test_add_func("/say/a band has its word, and in other frameworks its label", test_bands);
    g_test_add_func("/say/four marks stand for any number of bands in their order", test_marks);
    return g_test_run();
}
