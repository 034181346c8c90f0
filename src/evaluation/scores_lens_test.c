/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores_lens_test.c - the groups of a lens are scored as those of a framework, and written behind them. */
#include <math.h>
#include <string.h>

#include "evaluation/fixture.h"
#include "evaluation/written.h"

#define TO_100                                                                                     \
    {                                                                                              \
        GH_RULE_HIGHER, 100, NAN, NULL, NULL, NULL                                                 \
    }

static const double TINY = 1e-9;
static const GhScoreOptions ALL = {.verified_only = false};

/* K1 has two data points. */
static const GhFixtureRow ROWS[] = {
    {.id = "k1.a", .kpi = "K1", .groups = {"Economy", "Jobs"}, .target = TO_100},
    {.id = "k1.b", .kpi = "K1", .groups = {"Economy", "Jobs"}, .target = TO_100},
    {.id = "k2", .kpi = "K2", .groups = {"Economy", "Jobs"}, .target = TO_100, .weight = 3},
    {.id = "k3", .kpi = "K3", .groups = {"Society", "School"}, .target = TO_100},
};

/* "Care" with its part "Young": K1 and K3, K3 in the part; "All": every KPI, as the sum of both groups of the
 * framework; "None": nothing. */
static const size_t CARE_KPIS[] = {0, 2}, CARE_POINTS[] = {0, 1, 3};
static const size_t YOUNG_KPIS[] = {2}, YOUNG_POINTS[] = {3};
static const size_t ALL_KPIS[] = {0, 1, 2}, ALL_POINTS[] = {0, 1, 2, 3};
static const GhLensGroup GROUPS[] = {
    {.name = "Care",
     .parent = -1,
     .kpis = CARE_KPIS,
     .n_kpis = 2,
     .data_points = CARE_POINTS,
     .n_data_points = 3},
    {.name = "Young",
     .parent = 0,
     .kpis = YOUNG_KPIS,
     .n_kpis = 1,
     .data_points = YOUNG_POINTS,
     .n_data_points = 1},
    {.name = "All",
     .parent = -1,
     .kpis = ALL_KPIS,
     .n_kpis = 3,
     .data_points = ALL_POINTS,
     .n_data_points = 4},
    {.name = "None", .parent = -1},
};
enum {
    CARE,
    YOUNG,
    EVERY,
    NONE,
    N_GROUPS
};
static const GhLens LENS = {.id = "people",
                            .name = "Who it is for",
                            .description = "",
                            .origin = GH_LENS_OURS,
                            .groups = GROUPS,
                            .n_groups = N_GROUPS};

/* A city that has k1.a 97 %, k1.b 40 % and k2 70 % of the target, and nothing of k3. */
typedef struct {
    GhFixture *fixture;
    GhFigureSet *figures;
    GhScores *scores;
    GhGroupScore groups[N_GROUPS];
} Scored;

static void
scored_clear(Scored *scored)
{
    gh_fixture_free(scored->fixture);
    gh_figure_set_free(scored->figures);
    gh_scores_free(scored->scores);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scored, scored_clear)

static Scored
score(GhScoring scoring)
{
    Scored scored = {.fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, scoring)};

    scored.figures = gh_fixture_figures(scored.fixture);
    scored.scores = gh_scores_new(&scored.fixture->framework);
    gh_fixture_report(scored.figures, 0, 97);
    gh_fixture_report(scored.figures, 1, 40);
    gh_fixture_report(scored.figures, 2, 70);
    gh_scores_compute(&scored.fixture->framework, &scored.fixture->targets, scored.figures, &ALL,
                      scored.scores);
    gh_scores_lens(&scored.fixture->framework, &scored.fixture->targets, scored.scores, &LENS,
                   scored.groups);
    return scored;
}

static void
test_points(void)
{
    g_auto(Scored) scored = score(GH_SCORING_POINTS);
    const GhGroupScore *care = &scored.groups[CARE];

    /* 4 + 2 points of 2 x 4; the missing third gives 1 to 4: 7 / 12 to 10 / 12. */
    g_assert_true(care->has_score);
    g_assert_cmpint(care->points, ==, 6);
    g_assert_cmpint(care->max_points, ==, 8);
    g_assert_cmpfloat_with_epsilon(care->score, 75, TINY);
    g_assert_cmpfloat_with_epsilon(care->lowest, 700.0 / 12, TINY);
    g_assert_cmpfloat_with_epsilon(care->highest, 1000.0 / 12, TINY);
    g_assert_cmpuint(care->reported, ==, 2);
    g_assert_cmpuint(care->total, ==, 3);
    g_assert_cmpfloat_with_epsilon(care->coverage, 200.0 / 3, TINY);
    g_assert_cmpuint(care->group, ==, CARE);
}

static void
test_no_score(void)
{
    g_auto(Scored) scored = score(GH_SCORING_POINTS);
    const GhGroupScore *young = &scored.groups[YOUNG], *none = &scored.groups[NONE];

    g_assert_false(young->has_score);
    g_assert_true(isnan(young->score));
    g_assert_cmpfloat_with_epsilon(young->lowest, 25, TINY); /* 1 of 4 points */
    g_assert_cmpfloat_with_epsilon(young->highest, 100, TINY);
    g_assert_false(none->has_score);
    g_assert_cmpuint(none->total, ==, 0);
    g_assert_true(isnan(none->coverage));
    g_assert_true(isnan(none->lowest) && isnan(none->highest));
}

/* Grouped as the framework groups them, the scores are the framework's. */
static void
test_same(void)
{
    static const GhScoring scorings[] = {GH_SCORING_POINTS, GH_SCORING_ARITHMETIC,
                                         GH_SCORING_GEOMETRIC};

    for (size_t s = 0; s < G_N_ELEMENTS(scorings); s++) {
        g_auto(Scored) scored = score(scorings[s]);
        const GhFramework *framework = &scored.fixture->framework;
        const GhGroup *jobs = &framework->groups[2]; /* of the lowest level */
        const GhLensGroup same = {.name = jobs->name,
                                  .parent = -1,
                                  .kpis = jobs->kpis,
                                  .n_kpis = jobs->n_kpis,
                                  .data_points = jobs->data_points,
                                  .n_data_points = jobs->n_data_points};
        const GhLens lens = {.id = "same", .name = "Same", .groups = &same, .n_groups = 1};
        GhGroupScore got = {0};
        const GhGroupScore *want = &scored.scores->groups[2];
        gh_scores_lens(framework, &scored.fixture->targets, scored.scores, &lens, &got);
        g_assert_cmpstr(jobs->name, ==, "Jobs");
        g_assert_cmpfloat(got.score, ==, want->score);
        g_assert_cmpfloat(got.lowest, ==, want->lowest);
        g_assert_cmpfloat(got.highest, ==, want->highest);
        g_assert_cmpuint(got.band, ==, want->band);
        g_assert_cmpint(got.points, ==, want->points);
        g_assert_cmpuint(got.scored, ==, want->scored);
    }
}

/* K1 is (97 + 40) / 2 = 68.5, K2 is 70 and weighs 3, K3 is missing: (68.5 + 3 x 70) / 4 = 69.625; with K3
 * between 0 and 100: 278.5 / 5 = 55.7 to 378.5 / 5 = 75.7. */
static void
test_means(void)
{
    g_auto(Scored) scored = score(GH_SCORING_ARITHMETIC);
    const GhGroupScore *all = &scored.groups[EVERY];

    g_assert_cmpfloat_with_epsilon(all->score, 69.625, TINY);
    g_assert_cmpfloat_with_epsilon(all->lowest, 55.7, TINY);
    g_assert_cmpfloat_with_epsilon(all->highest, 75.7, TINY);
    g_assert_cmpint(all->points, ==, 0);
}

/* -- in writing: behind all else, which stays as it was -- */

static void
test_written(void)
{
    g_auto(Scored) scored = score(GH_SCORING_POINTS);
    static char slug[] = "invented", name[] = "Invented", country[] = "CH";
    const GhCity city = {.slug = slug, .name = name, .country_code = country};
    GhEvaluation evaluation = {.framework = &scored.fixture->framework,
                               .targets = &scored.fixture->targets,
                               .city = &city,
                               .figures = scored.figures,
                               .scores = scored.scores};
    g_autoptr(GString) csv = g_string_new(NULL), json = g_string_new(NULL);
    g_autoptr(GString) lens_csv = g_string_new(NULL), lens_json = g_string_new(NULL);

    gh_written_csv_rows(&evaluation, csv);
    gh_written_json(&evaluation, json);
    evaluation.lens = &LENS;
    gh_written_csv_rows(&evaluation, lens_csv);
    gh_written_json(&evaluation, lens_json);

    g_assert_true(g_str_has_prefix(lens_csv->str, csv->str));
    g_assert_nonnull(
        strstr(lens_csv->str, "invented,2020,lens:people,Care,Care,6,8,75,66-95,2,2,3,"));
    g_assert_nonnull(
        strstr(lens_csv->str, "invented,2020,lens:people,Care,Young,,0,,,0,0,1,0,25,100\n"));
    g_assert_nonnull(strstr(lens_csv->str, "invented,2020,lens:people,None,None,,0,,,0,0,0,,,\n"));
    g_assert_cmpint(strncmp(lens_json->str, json->str, json->len - 1), ==, 0); /* all but "}" */
    g_assert_nonnull(strstr(lens_json->str,
                            ",\"lens\":{\"id\":\"people\",\"name\":\"Who it is for\","
                            "\"origin\":\"ours\",\"groups\":[{\"group\":\"Care\","
                            "\"subgroup\":null,\"points\":6,"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lens/a group pools the points of its data points", test_points);
    g_test_add_func("/lens/a group without figures or without KPIs has no score", test_no_score);
    g_test_add_func("/lens/grouped as the framework does, scores are the framework's", test_same);
    g_test_add_func("/lens/where scoring is continuous it is the mean of the KPIs", test_means);
    g_test_add_func("/lens/it is written behind all else", test_written);
    return g_test_run();
}
