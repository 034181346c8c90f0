/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores_test.c - scores of groups: the published worked examples, and what must always hold. */

#include "evaluation/scores.h"

#include <math.h>

#include "evaluation/fixture.h"

#define TO_100                                                                                     \
    {                                                                                              \
        GH_RULE_HIGHER, 100, NAN, NULL, NULL, NULL                                                 \
    }
#define NO_TARGET                                                                                  \
    {                                                                                              \
        GH_RULE_NONE, NAN, NAN, NULL, NULL, NULL                                                   \
    }

static const double TINY = 1e-9;
static const GhScoreOptions ALL = {.verified_only = false};
static const GhScoreOptions VERIFIED = {.verified_only = true};

/* Values that give 1, 2, 3 and 4 points of a target of 100. */
static const double VALUE_FOR_POINTS[] = {NAN, 10, 40, 70, 97};

static const GhFixtureRow EDUCATION[] = {
    {.id = "e1", .kpi = "E1", .groups = {"Society", "Education"}, .target = TO_100},
    {.id = "e2", .kpi = "E2", .groups = {"Society", "Education"}, .target = TO_100},
    {.id = "e3", .kpi = "E3", .groups = {"Society", "Education"}, .target = TO_100},
    {.id = "e4", .kpi = "E4", .groups = {"Society", "Education"}, .target = TO_100},
};
enum {
    EDUCATION_GROUP = 1
};

static void
report_points(GhFigureSet *figures, const int *points, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (points[i] > 0)
            gh_fixture_report(figures, i, VALUE_FOR_POINTS[points[i]]);
}

/* -- the published examples -- */

static void
test_published_example(const int points[4], int want_points, int want_max, double want_score,
                       const char *want_band)
{
    g_autoptr(GhFixture) fixture =
        gh_fixture_new(EDUCATION, G_N_ELEMENTS(EDUCATION), 2, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    report_points(figures, points, 4);
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    const GhGroupScore *group = &scores->groups[EDUCATION_GROUP];
    g_assert_true(group->has_score);
    g_assert_cmpint(group->points, ==, want_points);
    g_assert_cmpint(group->max_points, ==, want_max);
    g_assert_cmpfloat(group->score, ==, want_score);
    g_assert_cmpstr(fixture->framework.bands[group->band].label, ==, want_band);
}

static void
test_published_four(void)
{
    test_published_example((const int[]){1, 3, 4, 1}, 9, 16, 56.25, "33-66");
}

static void
test_published_three(void)
{
    test_published_example((const int[]){3, 4, 2, 0}, 9, 12, 75.0, "66-95");
}

/* -- coverage, lowest, highest -- */

static const GhFixtureRow SEVEN[] = {
    {.id = "i1", .kpi = "I1", .groups = {"Economy", "Innovation"}, .target = TO_100},
    {.id = "i2", .kpi = "I2", .groups = {"Economy", "Innovation"}, .target = TO_100},
    {.id = "i3", .kpi = "I3", .groups = {"Economy", "Innovation"}, .target = TO_100},
    {.id = "i4", .kpi = "I4", .groups = {"Economy", "Innovation"}, .target = TO_100},
    {.id = "i5", .kpi = "I5", .groups = {"Economy", "Innovation"}, .target = NO_TARGET},
    {.id = "i6", .kpi = "I6", .groups = {"Economy", "Innovation"}, .target = TO_100},
    {.id = "i7", .kpi = "I7", .groups = {"Economy", "Innovation"}, .target = TO_100},
    {.id = "x1", .kpi = "X1", .groups = {"Economy", "Pictures"}, .target = NO_TARGET},
};

/* The example of FORMATS, section 5: 9 of 16 points, 4 scored, 5 reported, 7 in all, 6 targeted.
 * lowest = (9 + 2 x 1) / 24 = 45.8333 %, highest = (9 + 2 x 4) / 24 = 70.8333 %. */
static void
test_range(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(SEVEN, G_N_ELEMENTS(SEVEN), 2, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    report_points(figures, (const int[]){1, 3, 4, 1, 2}, 5);
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    const GhGroupScore *group = &scores->groups[1];
    g_assert_cmpuint(group->scored, ==, 4);
    g_assert_cmpuint(group->reported, ==, 5);
    g_assert_cmpuint(group->total, ==, 7);
    g_assert_cmpuint(group->targeted, ==, 6);
    g_assert_cmpfloat(group->coverage, ==, 71.42857142857143);
    g_assert_cmpfloat(group->lowest, ==, 45.833333333333336);
    g_assert_cmpfloat(group->highest, ==, 70.83333333333333);
}

static void
test_nothing_scored(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(SEVEN, G_N_ELEMENTS(SEVEN), 2, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    gh_fixture_report(figures, 7, 12); /* Pictures has no target */
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    const GhGroupScore *innovation = &scores->groups[1];
    const GhGroupScore *pictures = &scores->groups[2];
    g_assert_false(innovation->has_score);
    g_assert_true(isnan(innovation->score));
    g_assert_cmpfloat(innovation->lowest, ==, 25);
    g_assert_cmpfloat(innovation->highest, ==, 100);
    g_assert_cmpfloat(innovation->coverage, ==, 0);
    g_assert_false(pictures->has_score);
    g_assert_true(isnan(pictures->lowest) && isnan(pictures->highest));
    g_assert_cmpfloat(pictures->coverage, ==, 100);
}

static void
test_not_applicable(void)
{
    g_autoptr(GhFixture) fixture =
        gh_fixture_new(EDUCATION, G_N_ELEMENTS(EDUCATION), 2, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    report_points(figures, (const int[]){4, 0, 0, 0}, 4);
    figures->figures[1].status = GH_STATUS_NOT_APPLICABLE;
    figures->figures[2].status = GH_STATUS_NOT_REPORTED;
    figures->figures[3].status = GH_STATUS_NOT_AVAILABLE;
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    const GhGroupScore *group = &scores->groups[EDUCATION_GROUP];
    g_assert_cmpuint(group->total, ==, 3);
    g_assert_cmpuint(group->targeted, ==, 3);
    g_assert_cmpfloat_with_epsilon(group->lowest, 50, TINY); /* (4 + 1 + 1) / 12 */
    g_assert_cmpfloat_with_epsilon(group->highest, 100, TINY);

    for (size_t i = 0; i < 4; i++)
        figures->figures[i] = (GhFigure){.status = GH_STATUS_NOT_APPLICABLE, .value = NAN};
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);
    g_assert_cmpuint(group->total, ==, 0);
    g_assert_true(isnan(group->coverage) && isnan(group->lowest) && isnan(group->score));
}

/* -- verification -- */

static void
test_verified_only(void)
{
    g_autoptr(GhFixture) fixture =
        gh_fixture_new(EDUCATION, G_N_ELEMENTS(EDUCATION), 2, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);
    const GhGroupScore *group = &scores->groups[EDUCATION_GROUP];

    report_points(figures, (const int[]){4, 4, 1, 0}, 4);
    figures->figures[1].status = GH_STATUS_NOT_VERIFIED;
    figures->figures[1].verified = false;
    figures->figures[2].verified = false;
    figures->figures[3].status = GH_STATUS_NOT_VERIFIED; /* without a value */

    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);
    g_assert_cmpuint(group->scored, ==, 3);
    g_assert_cmpuint(group->reported, ==, 3);
    g_assert_cmpint(group->points, ==, 9);

    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &VERIFIED, scores);
    g_assert_cmpuint(group->scored, ==, 1);
    g_assert_cmpuint(group->reported, ==, 1);
    g_assert_cmpuint(group->total, ==, 4);
    g_assert_cmpfloat(group->score, ==, 100);
    g_assert_cmpfloat_with_epsilon(group->lowest, 43.75, TINY); /* (4 + 1 + 1 + 1) / 16 */
    g_assert_cmpint(scores->points[2].status, ==, GH_STATUS_NOT_VERIFIED);
    g_assert_true(isnan(scores->points[2].value));
}

/* -- continuous -- */

static const GhFixtureRow NESTED[] = {
    {.id = "a1", .kpi = "A", .groups = {"Top", "Left"}, .target = TO_100},
    {.id = "a2", .kpi = "A", .groups = {"Top", "Left"}, .target = TO_100},
    {.id = "b", .kpi = "B", .groups = {"Top", "Left"}, .target = TO_100, .weight = 3},
    {.id = "c", .kpi = "C", .groups = {"Top", "Right"}, .target = TO_100},
};

static void
test_arithmetic(void)
{
    g_autoptr(GhFixture) fixture =
        gh_fixture_new(NESTED, G_N_ELEMENTS(NESTED), 2, GH_SCORING_ARITHMETIC);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    gh_fixture_report(figures, 0, 20);
    gh_fixture_report(figures, 1, 60);
    gh_fixture_report(figures, 2, 80);
    gh_fixture_report(figures, 3, 10);
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    /* A = (20 + 60) / 2 = 40; Left = (1 x 40 + 3 x 80) / 4 = 70; Top = (70 + 10) / 2 = 40 */
    g_assert_cmpfloat_with_epsilon(scores->kpis[0].score, 40, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[1].score, 70, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[0].score, 40, TINY);
    g_assert_cmpint(scores->groups[0].points, ==, 0);
    g_assert_cmpint(scores->groups[0].max_points, ==, 0);
    g_assert_cmpfloat_with_epsilon(scores->groups[0].lowest, 40, TINY);

    /* Without B: Left = A = 40; lowest (1 x 40 + 3 x 0) / 4 = 10, highest (40 + 300) / 4 = 85. */
    figures->figures[2].status = GH_STATUS_NOT_REPORTED;
    figures->figures[2].value = NAN;
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);
    g_assert_cmpfloat_with_epsilon(scores->groups[1].score, 40, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[1].lowest, 10, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[1].highest, 85, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[0].lowest, 10, TINY);    /* (10 + 10) / 2 */
    g_assert_cmpfloat_with_epsilon(scores->groups[0].highest, 47.5, TINY); /* (85 + 10) / 2 */
}

static void
test_geometric(void)
{
    g_autoptr(GhFixture) fixture =
        gh_fixture_new(NESTED, G_N_ELEMENTS(NESTED), 2, GH_SCORING_GEOMETRIC);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    gh_fixture_report(figures, 0, 20);
    gh_fixture_report(figures, 1, 80);
    gh_fixture_report(figures, 2, 5);
    gh_fixture_report(figures, 3, 90);
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    /* A = sqrt(20 x 80) = 40; Left = (40 x 5^3)^(1/4) = 5000^(1/4) = 8.408964152537145;
     * Top = sqrt(8.408964... x 90) = 27.510151... */
    g_assert_cmpfloat_with_epsilon(scores->kpis[0].score, 40, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[1].score, 8.408964152537145, TINY);
    g_assert_cmpfloat_with_epsilon(scores->groups[0].score * scores->groups[0].score,
                                   8.408964152537145 * 90, 1e-6);

    gh_fixture_report(figures, 0, 0);
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);
    g_assert_cmpfloat(scores->groups[0].score, ==, 0);

    for (size_t i = 0; i < 4; i++)
        gh_fixture_report(figures, i, 100);
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);
    g_assert_cmpfloat(scores->groups[0].score, ==, 100);
}

/* -- what always holds, on random cities -- */

static const GhFixtureRow MIXED[] = {
    {.id = "a1", .kpi = "A", .groups = {"T", "S", "U"}, .target = TO_100},
    {.id = "a2",
     .kpi = "A",
     .groups = {"T", "S", "U"},
     .target = {GH_RULE_LOWER_ZERO, 20, NAN, NULL, NULL, NULL}},
    {.id = "b1", .kpi = "B", .groups = {"T", "S", "U"}, .target = NO_TARGET},
    {.id = "c1",
     .kpi = "C",
     .groups = {"T", "S", "W"},
     .target = {GH_RULE_LOWER_RANGE, 10, 90, NULL, NULL, NULL},
     .weight = 2,
     .tier = 1},
    {.id = "d1",
     .kpi = "D",
     .groups = {"T", "R", "Q"},
     .target = {GH_RULE_BANDS, 30, 60, NULL, NULL, NULL}},
    {.id = "d2",
     .kpi = "D",
     .groups = {"T", "R", "Q"},
     .target = {GH_RULE_YES_NO, NAN, NAN, NULL, NULL, NULL}},
    {.id = "e1", .kpi = "E", .groups = {"V", "V2", "V3"}, .target = TO_100, .weight = 0.5},
    {.id = "e2",
     .kpi = "E",
     .groups = {"V", "V2", "V3"},
     .target = {GH_RULE_DISTANCE_TO_ONE, NAN, NAN, NULL, NULL, NULL}},
};
static const GhScoring SCORINGS[] = {GH_SCORING_POINTS, GH_SCORING_ARITHMETIC,
                                     GH_SCORING_GEOMETRIC};
enum {
    ROUNDS = 2000
};

static void
randomise(GhFigureSet *figures)
{
    for (size_t i = 0; i < figures->n_figures; i++) {
        GhFigure *figure = &figures->figures[i];

        figure->value = NAN;
        figure->status = (GhStatus)g_test_rand_int_range(0, 6);
        figure->verified = g_test_rand_bit();
        if (figure->status == GH_STATUS_REPORTED
            || (figure->status == GH_STATUS_NOT_VERIFIED && g_test_rand_bit()))
            figure->value = g_test_rand_int_range(-10, 130);
    }
}

static void
assert_inside(double inner, double lowest, double highest)
{
    g_assert_cmpfloat(inner, >=, lowest - TINY);
    g_assert_cmpfloat(inner, <=, highest + TINY);
}

static void
test_score_inside_range(void)
{
    for (size_t s = 0; s < G_N_ELEMENTS(SCORINGS); s++) {
        g_autoptr(GhFixture) fixture = gh_fixture_new(MIXED, G_N_ELEMENTS(MIXED), 3, SCORINGS[s]);
        g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
        g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

        for (int round = 0; round < ROUNDS; round++) {
            randomise(figures);
            gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);
            for (size_t g = 0; g < scores->n_groups; g++) {
                const GhGroupScore *group = &scores->groups[g];

                g_assert_cmpuint(group->scored, <=, group->reported);
                g_assert_cmpuint(group->reported, <=, group->total);
                g_assert_true(isnan(group->lowest) == (group->targeted == 0));
                if (group->has_score)
                    assert_inside(group->score, group->lowest, group->highest);
            }
        }
    }
}

/* A missing figure becomes known: the new score, and its new range, lie in the former range. */
static void
test_adding_stays_inside(void)
{
    for (size_t s = 0; s < G_N_ELEMENTS(SCORINGS); s++) {
        g_autoptr(GhFixture) fixture = gh_fixture_new(MIXED, G_N_ELEMENTS(MIXED), 3, SCORINGS[s]);
        g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
        g_autoptr(GhScores) before = gh_scores_new(&fixture->framework);
        g_autoptr(GhScores) after = gh_scores_new(&fixture->framework);

        for (int round = 0; round < ROUNDS; round++) {
            randomise(figures);
            size_t added = (size_t)g_test_rand_int_range(0, (int)G_N_ELEMENTS(MIXED));
            figures->figures[added].status = GH_STATUS_MISSING;
            figures->figures[added].value = NAN;
            gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, before);
            gh_fixture_report(figures, added, g_test_rand_int_range(-10, 130));
            gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, after);

            for (size_t g = 0; g < before->n_groups; g++) {
                if (!after->groups[g].has_score)
                    continue;
                assert_inside(after->groups[g].score, before->groups[g].lowest,
                              before->groups[g].highest);
                assert_inside(after->groups[g].lowest, before->groups[g].lowest,
                              before->groups[g].highest);
            }
        }
    }
}

static void
test_order_does_not_matter(void)
{
    GhFixtureRow backwards[G_N_ELEMENTS(MIXED)];
    for (size_t i = 0; i < G_N_ELEMENTS(MIXED); i++)
        backwards[i] = MIXED[G_N_ELEMENTS(MIXED) - 1 - i];

    for (size_t s = 0; s < G_N_ELEMENTS(SCORINGS); s++) {
        g_autoptr(GhFixture) a = gh_fixture_new(MIXED, G_N_ELEMENTS(MIXED), 3, SCORINGS[s]);
        g_autoptr(GhFixture) b = gh_fixture_new(backwards, G_N_ELEMENTS(MIXED), 3, SCORINGS[s]);
        g_autoptr(GhFigureSet) figures_a = gh_fixture_figures(a);
        g_autoptr(GhFigureSet) figures_b = gh_fixture_figures(b);
        g_autoptr(GhScores) scores_a = gh_scores_new(&a->framework);
        g_autoptr(GhScores) scores_b = gh_scores_new(&b->framework);

        for (int round = 0; round < ROUNDS / 10; round++) {
            randomise(figures_a);
            for (size_t i = 0; i < figures_a->n_figures; i++)
                figures_b->figures[figures_a->n_figures - 1 - i] = figures_a->figures[i];
            gh_scores_compute(&a->framework, &a->targets, figures_a, &VERIFIED, scores_a);
            gh_scores_compute(&b->framework, &b->targets, figures_b, &VERIFIED, scores_b);

            for (size_t i = 0; i < scores_a->n_groups; i++) {
                const GhGroup *group = &a->framework.groups[i];
                size_t k = 0;
                while (b->framework.groups[k].level != group->level
                       || !g_str_equal(b->framework.groups[k].top, group->top)
                       || !g_str_equal(b->framework.groups[k].name, group->name))
                    k++;
                g_assert_true(scores_a->groups[i].has_score == scores_b->groups[k].has_score);
                g_assert_cmpint(scores_a->groups[i].points, ==, scores_b->groups[k].points);
                if (scores_a->groups[i].has_score)
                    g_assert_cmpfloat_with_epsilon(scores_a->groups[i].score,
                                                   scores_b->groups[k].score, TINY);
            }
        }
    }
}

/* -- tiers -- */

static void
test_tiers(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(MIXED, G_N_ELEMENTS(MIXED), 3, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);

    gh_fixture_report(figures, 0, 1); /* A: one of two */
    gh_fixture_report(figures, 2, 1); /* B: whole, though without a target */
    gh_fixture_report(figures, 4, 1); /* D: the other does not apply */
    figures->figures[5].status = GH_STATUS_NOT_APPLICABLE;
    figures->figures[6].status = GH_STATUS_NOT_APPLICABLE; /* E: does not apply at all */
    figures->figures[7].status = GH_STATUS_NOT_APPLICABLE;
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &ALL, scores);

    GhTierRate core = gh_scores_tier_rate(&fixture->framework, scores, 0);
    g_assert_cmpuint(core.n_kpis, ==, 3);
    g_assert_cmpuint(core.n_any, ==, 3);
    g_assert_cmpuint(core.n_all, ==, 2);
    GhTierRate advanced = gh_scores_tier_rate(&fixture->framework, scores, 1);
    g_assert_cmpuint(advanced.n_kpis, ==, 1);
    g_assert_cmpuint(advanced.n_any, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scores/published example: 1+3+4+1 of 16 is 56.25 and in 33-66",
                    test_published_four);
    g_test_add_func("/scores/published example: 3+4+2 of 12 is 75 and in 66-95",
                    test_published_three);
    g_test_add_func("/scores/missing figures leave a range from one to four points", test_range);
    g_test_add_func("/scores/a group without scored figures has no score", test_nothing_scored);
    g_test_add_func("/scores/what does not apply leaves the total", test_not_applicable);
    g_test_add_func("/scores/verified only treats the others as missing", test_verified_only);
    g_test_add_func("/scores/continuous: a weighted mean level by level", test_arithmetic);
    g_test_add_func("/scores/continuous: geometric means, where one zero makes zero",
                    test_geometric);
    g_test_add_func("/scores/a score lies between lowest and highest", test_score_inside_range);
    g_test_add_func("/scores/a new figure keeps the score inside the former range",
                    test_adding_stays_inside);
    g_test_add_func("/scores/the order of data points does not matter", test_order_does_not_matter);
    g_test_add_func("/scores/tiers count KPIs with any and with all of their figures", test_tiers);
    return g_test_run();
}
