/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* share_test.c - shares of target and bands; expected numbers by hand from FORMATS, section 1. */

#include "evaluation/scores.h"

#include <math.h>

#include "evaluation/fixture.h"

static const GhFixtureRow ONE_ROW[] = {
    {.id = "a",
     .kpi = "A",
     .groups = {"Top"},
     .target = {GH_RULE_HIGHER, 100, NAN, NULL, NULL, NULL}},
};

typedef struct {
    const char *label;
    double value, want;
} Case;

static void
check_shares(GhTarget target, const Case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        double got = gh_score_share(&target, cases[i].value);

        g_test_message("%s: value %g, expected %.12g, got %.12g", cases[i].label, cases[i].value,
                       cases[i].want, got);
        g_assert_cmpfloat_with_epsilon(got, cases[i].want, 1e-9);
        g_assert_true(got >= 0 && got <= 100);
    }
}

static void
test_higher(void)
{
    static const Case cases[] = {
        {"half of the target", 45, 50},
        {"nothing", 0, 0},
        {"below nothing is clamped", -5, 0},
        {"exactly the target", 90, 100},
        {"more than the target is clamped", 180, 100},
        {"a value that overflows the quotient", 1e308, 100},
    };
    check_shares((GhTarget){.rule = GH_RULE_HIGHER, .target = 90}, cases, G_N_ELEMENTS(cases));
}

static void
test_higher_without_quotient(void)
{
    static const Case zero[] = {
        {"meets the target 0", 0, 100}, {"is above 0", 3, 100}, {"is below 0", -0.1, 0}};
    static const Case negative[] = {
        {"meets the target -2", -2, 100}, {"is above -2", 5, 100}, {"is below -2", -3, 0}};

    check_shares((GhTarget){.rule = GH_RULE_HIGHER, .target = 0}, zero, G_N_ELEMENTS(zero));
    check_shares((GhTarget){.rule = GH_RULE_HIGHER, .target = -2}, negative,
                 G_N_ELEMENTS(negative));
}

static void
test_lower_zero(void)
{
    static const Case cases[] = {
        {"exactly the target", 5, 100}, {"below the target", 4, 100}, {"zero", 0, 100},
        {"below zero", -1, 100},        {"twice the target", 10, 50}, {"ten times", 50, 10},
        {"very far off", 1e300, 0},
    };
    static const Case zero[] = {
        {"zero meets the target 0", 0, 100}, {"any above is 0", 0.001, 0}, {"below", -1, 100}};
    static const Case negative[] = {
        {"meets -1", -1, 100}, {"zero misses -1", 0, 0}, {"misses", 4, 0}};

    check_shares((GhTarget){.rule = GH_RULE_LOWER_ZERO, .target = 5}, cases, G_N_ELEMENTS(cases));
    check_shares((GhTarget){.rule = GH_RULE_LOWER_ZERO, .target = 0}, zero, G_N_ELEMENTS(zero));
    check_shares((GhTarget){.rule = GH_RULE_LOWER_ZERO, .target = -1}, negative,
                 G_N_ELEMENTS(negative));
}

static void
test_lower_range(void)
{
    /* w = 25, t = 5: (25 - v) / 20 */
    static const Case cases[] = {
        {"the target", 5, 100}, {"better than the target", 0, 100},
        {"the middle", 15, 50}, {"a quarter left", 20, 25},
        {"the worst", 25, 0},   {"worse than worst", 80, 0},
    };
    static const Case overflow[] = {{"quotient of two infinities is 0, not NaN", -1e308, 0}};

    check_shares((GhTarget){.rule = GH_RULE_LOWER_RANGE, .target = 5, .worst = 25}, cases,
                 G_N_ELEMENTS(cases));
    check_shares((GhTarget){.rule = GH_RULE_LOWER_RANGE, .target = -1e308, .worst = 1e308},
                 overflow, G_N_ELEMENTS(overflow));
}

static void
test_distance_to_one(void)
{
    static const Case cases[] = {
        {"one", 1, 100},     {"below", 0.8, 80}, {"above mirrors below", 1.25, 80},
        {"two", 2, 50},      {"zero", 0, 0},     {"below zero", -1, 0},
        {"tiny", 1e-310, 0},
    };
    check_shares((GhTarget){.rule = GH_RULE_DISTANCE_TO_ONE, .target = NAN}, cases,
                 G_N_ELEMENTS(cases));
}

static void
test_yes_no_and_bands(void)
{
    static const Case yes_no[] = {{"yes", 1, 100}, {"no", 0, 0}, {"more than yes", 2, 100}};
    static const Case bands[] = {
        {"within the target", 10, 100}, {"exactly the target", 15, 100}, {"between", 20, 50},
        {"exactly the worst", 35, 50},  {"beyond the worst", 35.1, 0},
    };

    check_shares((GhTarget){.rule = GH_RULE_YES_NO, .target = NAN}, yes_no, G_N_ELEMENTS(yes_no));
    check_shares((GhTarget){.rule = GH_RULE_BANDS, .target = 15, .worst = 35}, bands,
                 G_N_ELEMENTS(bands));
}

static void
test_none(void)
{
    const GhTarget target = {.rule = GH_RULE_NONE, .target = NAN, .worst = NAN};

    g_assert_true(isnan(gh_score_share(&target, 5)));
}

static void
test_decimal_bounds(void)
{
    static const struct {
        const char *label;
        double value, target;
        int want;
    } cases[] = {
        {"0.99 of 3 is 33 %", 0.99, 3, 2},
        {"0.989 of 3 is not", 0.989, 3, 1},
        {"0.363 of 1.1 is 33 %, in doubles 32.99999999999999", 0.363, 1.1, 2},
        {"0.33 of 1", 0.33, 1, 2},
        {"0.033 of 0.1", 0.033, 0.1, 2},
        {"23.1 of 70", 23.1, 70, 2},
        {"1.98 of 3 is 66 %", 1.98, 3, 3},
        {"46.2 of 70", 46.2, 70, 3},
        {"2.85 of 3 is 95 %", 2.85, 3, 4},
        {"66.5 of 70", 66.5, 70, 4},
        {"0.95 of 1", 0.95, 1, 4},
        {"just below 95 %", 0.9499999, 1, 3},
        {"nothing", 0, 1, 1},
        {"everything", 1, 1, 4},
    };
    g_autoptr(GhFixture) fixture = gh_fixture_new(ONE_ROW, 1, 1, GH_SCORING_POINTS);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhTarget target = {.rule = GH_RULE_HIGHER, .target = cases[i].target};
        double share = gh_score_share(&target, cases[i].value);
        size_t band = gh_score_band(&fixture->framework, share);

        g_test_message("%s: share %.17g, points %d", cases[i].label, share,
                       fixture->framework.bands[band].points);
        g_assert_cmpint(fixture->framework.bands[band].points, ==, cases[i].want);
    }
}

/* Every decimal value with three places that lies on a bound in exact arithmetic: v = bound x t / 100
 * for t = 0.1, 0.2, ... 50. */
static void
test_all_decimal_bounds(void)
{
    static const int bounds[] = {33, 66, 95};
    g_autoptr(GhFixture) fixture = gh_fixture_new(ONE_ROW, 1, 1, GH_SCORING_POINTS);

    for (int tenths = 1; tenths <= 500; tenths++) {
        for (size_t b = 0; b < G_N_ELEMENTS(bounds); b++) {
            const GhTarget target = {.rule = GH_RULE_HIGHER, .target = tenths / 10.0};
            double value = bounds[b] * tenths / 1000.0;
            double share = gh_score_share(&target, value);

            g_assert_cmpfloat_with_epsilon(share, bounds[b], 1e-9);
            g_assert_cmpuint(gh_score_band(&fixture->framework, share), ==, b + 1);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/share/higher is the value in parts of the target", test_higher);
    g_test_add_func("/share/higher with a target of 0 or below is met or not",
                    test_higher_without_quotient);
    g_test_add_func("/share/lower to zero is full at the target and halves at its double",
                    test_lower_zero);
    g_test_add_func("/share/lower in a range falls evenly from target to worst", test_lower_range);
    g_test_add_func("/share/distance to one treats double and half alike", test_distance_to_one);
    g_test_add_func("/share/yes or no and bands know only steps", test_yes_no_and_bands);
    g_test_add_func("/share/without a rule there is no share", test_none);
    g_test_add_func("/share/a value on a bound in decimals counts upwards", test_decimal_bounds);
    g_test_add_func("/share/no decimal value on a bound is missed", test_all_decimal_bounds);
    return g_test_run();
}
