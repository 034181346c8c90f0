/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say_finding_test.c - findings of every kind of check as sentences. */
#include "evaluation/words/say_finding.h"

#include <math.h>

#include "evaluation/fixture.h"

enum {
    SHARE,
    PLAN,
    RATE,
};

static const GhFixtureRow ROWS[] = {
    [SHARE] = {.id = "a.v", .kpi = "A", .label = "Homes", .unit = "%", .groups = {"Top"}},
    [PLAN] = {.id = "b.v", .kpi = "B", .label = "Plan", .unit = "yes/no", .groups = {"Top"}},
    [RATE] = {.id = "c.v", .kpi = "C", .label = "Lines", .unit = "per person", .groups = {"Top"}},
};

static const struct {
    const char *label;
    GhCheckKind kind;
    size_t data_point;
    GhSeen seen;
    const char *want; /* NULL: the message says it */
} cases[] = {
    {"a sum", GH_CHECK_SUM, SHARE, {110, NAN, 0}, "together 110\u00a0%"},
    {"an order", GH_CHECK_ORDER, SHARE, {55, 40, 0}, "40\u00a0% < 55\u00a0%"},
    {"below the usual", GH_CHECK_RANGE, SHARE, {4.9, 5, 0}, "4.9\u00a0%, usually 5\u00a0% or more"},
    {"above the usual", GH_CHECK_RANGE, SHARE, {96, 95, 0}, "96\u00a0%, usually 95\u00a0% or less"},
    {"KPIs without value", GH_CHECK_REPORTED_SHARE, SHARE, {2, 3, 0}, "2 of 3"},
    {"another denominator",
     GH_CHECK_DENOMINATOR,
     SHARE,
     {30000, 40000, 0},
     "30,000 ≠ 40,000 (−25\u00a0%)"},
    {"a base figure that changed",
     GH_CHECK_BASE_CHANGE,
     SHARE,
     {15000, 20000, 2019},
     "15,000 (20,000 in 2019): −25\u00a0%"},
    {"a base figure that is not known", GH_CHECK_BASE_STATED, SHARE, {NAN, NAN, 0}, NULL},
    {"parts that give another value",
     GH_CHECK_ARITHMETIC,
     SHARE,
     {27, 25.123456, 0},
     "27\u00a0%, but the parts give 25.12\u00a0%"},
    {"a value that doubled",
     GH_CHECK_CHANGE,
     SHARE,
     {80, 40, 2019},
     "80\u00a0% (40\u00a0% in 2019): +100\u00a0%"},
    {"a long unit once",
     GH_CHECK_CHANGE,
     RATE,
     {94000, 50000, 2022},
     "94,000 per person (50,000 in 2022): +88\u00a0%"},
    {"from yes to no", GH_CHECK_CHANGE, PLAN, {0, 1, 2022}, "no (yes in 2022)"},
    {"from below zero",
     GH_CHECK_CHANGE,
     SHARE,
     {-30, -10, 2019},
     "−30\u00a0% (−10\u00a0% in 2019): −200\u00a0%"},
    {"a class of quality", GH_CHECK_QUALITY, SHARE, {5, NAN, 0}, "5 (Personal estimate)"},
    {"few events", GH_CHECK_SMALL_COUNT, RATE, {1, 5, 0}, "1 < 5"},
    {"values without a source", GH_CHECK_SOURCED, SHARE, {2, 3, 0}, "2 of 3"},
};

static void
test_words(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 1, GH_SCORING_POINTS);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhCheck check = {.id = "check", .kind = cases[i].kind, .message = "", .source = ""};
        size_t data_point = cases[i].data_point;
        bool is_of_city = cases[i].kind == GH_CHECK_BASE_CHANGE;
        const GhFinding finding = {
            .data_points = is_of_city ? NULL : &data_point,
            .n_data_points = is_of_city ? 0 : 1,
            .seen = cases[i].seen,
        };
        fixture->framework.checks = &check;
        fixture->framework.n_checks = 1;
        g_autofree char *got = gh_say_finding(&fixture->framework, gh_lang_source(), &finding);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/say_finding/values have units, yes and no are words, minus is a minus",
                    test_words);
    return g_test_run();
}
