/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_rules_test.c - what a report counts and advises. */
#include "evaluation/reports/report_rules.h"

#include <math.h>
#include <string.h>

#include "evaluation/fixture.h"
#include "evaluation/reports/report_sources.h"

enum {
    HEAT_DAY,
    HEAT_NIGHT,
    LIGHT,
    WATER,
    N_POINTS,
};

#define HIGHER(t)                                                                                  \
    {                                                                                              \
        .rule = GH_RULE_HIGHER, .target = (t), .worst = NAN                                        \
    }

static const GhFixtureRow ROWS[N_POINTS] = {
    [HEAT_DAY] = {.id = "heat.day",
                  .kpi = "HEAT",
                  .label = "Day",
                  .unit = "%",
                  .groups = {"Home", "Heat"},
                  .target = HIGHER(100)},
    [HEAT_NIGHT] = {.id = "heat.night",
                    .kpi = "HEAT",
                    .label = "Night",
                    .unit = "%",
                    .groups = {"Home", "Heat"},
                    .target = HIGHER(100)},
    [LIGHT] = {.id = "light",
               .kpi = "LIGHT",
               .label = "Light",
               .unit = "%",
               .groups = {"Home", "Light"},
               .tier = 1,
               .target = HIGHER(50)},
    [WATER] = {.id = "water",
               .kpi = "WATER",
               .label = "Water",
               .unit = "%",
               .groups = {"Town", "Water"},
               .target = {.rule = GH_RULE_NONE}},
};

typedef struct {
    GhFixture *fixture;
    GhFigureSet *figures;
    GhScores *scores;
    GhEvaluation evaluation;
} World;

static void
world_init(World *world)
{
    world->fixture = gh_fixture_new(ROWS, N_POINTS, 2, GH_SCORING_POINTS);
    world->figures = gh_fixture_figures(world->fixture);
    world->scores = gh_scores_new(&world->fixture->framework);
    world->evaluation = (GhEvaluation){
        .framework = &world->fixture->framework,
        .targets = &world->fixture->targets,
        .figures = world->figures,
        .scores = world->scores,
    };
}

static void
world_score(World *world)
{
    gh_scores_compute(&world->fixture->framework, &world->fixture->targets, world->figures,
                      &(GhScoreOptions){0}, world->scores);
}

static void
world_clear(World *world)
{
    gh_scores_free(world->scores);
    gh_figure_set_free(world->figures);
    gh_fixture_free(world->fixture);
}

static void
check_kpis(const World *world, gssize top, gssize tier, GhReportKpis want)
{
    const GhReportKpis got = gh_report_count_kpis(&world->evaluation, top, tier);

    g_assert_cmpuint(got.total, ==, want.total);
    g_assert_cmpuint(got.reported, ==, want.reported);
    g_assert_cmpuint(got.partial, ==, want.partial);
    g_assert_cmpuint(got.verified, ==, want.verified);
}

static void
test_kpis(void)
{
    World world;

    world_init(&world);
    check_kpis(&world, GH_REPORT_ALL, GH_REPORT_ALL, (GhReportKpis){.total = 3});
    gh_fixture_report(world.figures, HEAT_DAY, 10);
    gh_fixture_report(world.figures, LIGHT, 10);
    world.figures->figures[LIGHT].verified = false;
    world.figures->figures[WATER].status = GH_STATUS_NOT_APPLICABLE;
    check_kpis(&world, GH_REPORT_ALL, GH_REPORT_ALL,
               (GhReportKpis){.total = 2, .reported = 2, .partial = 1, .verified = 1});
    check_kpis(&world, GH_REPORT_ALL, 0,
               (GhReportKpis){.total = 1, .reported = 1, .partial = 1, .verified = 1});
    check_kpis(&world, 0, 1, (GhReportKpis){.total = 1, .reported = 1});
    check_kpis(&world, 1, GH_REPORT_ALL, (GhReportKpis){0});
    g_assert_cmpint(gh_report_kpi_state(&world.evaluation, 0), ==, GH_REPORT_KPI_PARTIAL);
    g_assert_cmpint(gh_report_kpi_state(&world.evaluation, 1), ==, GH_REPORT_KPI_WHOLE);
    g_assert_cmpint(gh_report_kpi_state(&world.evaluation, 2), ==, GH_REPORT_KPI_NOT_APPLICABLE);

    /* What does not apply makes no KPI partial. */
    world.figures->figures[HEAT_NIGHT].status = GH_STATUS_NOT_APPLICABLE;
    g_assert_cmpint(gh_report_kpi_state(&world.evaluation, 0), ==, GH_REPORT_KPI_WHOLE);
    world_clear(&world);
}

static void
test_points(void)
{
    static const GhStatus statuses[] = {
        GH_STATUS_NOT_REPORTED,
        GH_STATUS_NOT_VERIFIED,
        GH_STATUS_NOT_AVAILABLE,
        GH_STATUS_NOT_APPLICABLE,
    };
    World world;

    world_init(&world);
    for (size_t i = 0; i < N_POINTS; i++)
        world.figures->figures[i].status = statuses[i];
    GhReportPoints points = gh_report_count_points(&world.evaluation, GH_REPORT_ALL, GH_REPORT_ALL);
    g_assert_cmpuint(points.all, ==, 4);
    g_assert_cmpuint(points.not_reported, ==, 1);
    g_assert_cmpuint(points.not_verified, ==, 1);
    g_assert_cmpuint(points.not_available, ==, 1);
    g_assert_cmpuint(points.not_applicable, ==, 1);
    g_assert_cmpuint(points.reported + points.missing, ==, 0);

    /* A value counts as a value, whatever its state. */
    world.figures->figures[HEAT_NIGHT].value = 5;
    gh_fixture_report(world.figures, HEAT_DAY, 5);
    world.figures->figures[LIGHT].status = GH_STATUS_MISSING;
    points = gh_report_count_points(&world.evaluation, 0, GH_REPORT_ALL);
    g_assert_cmpuint(points.all, ==, 3);
    g_assert_cmpuint(points.reported, ==, 2);
    g_assert_cmpuint(points.verified, ==, 1);
    g_assert_cmpuint(points.unverified, ==, 1);
    g_assert_cmpuint(points.missing, ==, 1);
    g_assert_cmpuint(points.not_verified, ==, 0);
    world_clear(&world);
}

static void
test_weak(void)
{
    World world;

    world_init(&world);
    gh_fixture_report(world.figures, HEAT_DAY, 50);
    gh_fixture_report(world.figures, HEAT_NIGHT, 66); /* on the bound: no longer weak */
    gh_fixture_report(world.figures, LIGHT, 10);
    gh_fixture_report(world.figures, WATER, 0); /* has no target */
    world_score(&world);
    g_autoptr(GArray) weak = gh_report_weak_points(&world.evaluation);
    g_assert_cmpuint(weak->len, ==, 2);
    g_assert_cmpuint(g_array_index(weak, size_t, 0), ==, LIGHT);
    g_assert_cmpuint(g_array_index(weak, size_t, 1), ==, HEAT_DAY);
    world_clear(&world);
}

static void
test_near(void)
{
    World world;

    world_init(&world);
    gh_fixture_report(world.figures, HEAT_DAY, 62);   /* 4 below 66 */
    gh_fixture_report(world.figures, HEAT_NIGHT, 94); /* 1 below 95 */
    gh_fixture_report(world.figures, LIGHT, 30);      /* 60 %: 6 below 66 */
    world_score(&world);
    g_autoptr(GArray) steps = gh_report_near_steps(&world.evaluation);
    g_assert_cmpuint(steps->len, ==, 2);
    const GhReportStep *first = &g_array_index(steps, GhReportStep, 0);
    const GhReportStep *second = &g_array_index(steps, GhReportStep, 1);
    g_assert_cmpuint(first->data_point, ==, HEAT_NIGHT);
    g_assert_cmpuint(first->next_band, ==, 3);
    g_assert_cmpfloat_with_epsilon(first->distance, 1, 1e-9);
    g_assert_cmpfloat_with_epsilon(first->value, 95, 1e-9);
    g_assert_false(first->at_most);
    /* 2 + 3 + 2 points of 12; one more is 8 of 12. */
    g_assert_cmpfloat_with_epsilon(first->score, 100.0 * 8 / 12, 1e-9);
    g_assert_cmpuint(second->data_point, ==, HEAT_DAY);
    g_assert_cmpfloat_with_epsilon(second->value, 66, 1e-9);
    world_clear(&world);
}

/* Going there and back: the value named has the share asked for. */
static void
test_values_at_shares(void)
{
    static const struct {
        const char *label;
        GhTarget target;
        double value, share;
        double want;
        bool at_most;
    } cases[] = {
        {"more is better", HIGHER(80), 40, 66, 52.8, false},
        {"less is better", {.rule = GH_RULE_LOWER_ZERO, .target = 10}, 40, 33, 10 / 0.33, true},
        {"less is better to a worst value",
         {.rule = GH_RULE_LOWER_RANGE, .target = 20, .worst = 120},
         100,
         33,
         87,
         true},
        {"a ratio from below", {.rule = GH_RULE_DISTANCE_TO_ONE}, 0.6, 66, 0.66, false},
        {"a ratio from above", {.rule = GH_RULE_DISTANCE_TO_ONE}, 1.6, 66, 1 / 0.66, true},
        {"yes or no", {.rule = GH_RULE_YES_NO}, 0, 33, 1, false},
        {"half of two steps", {.rule = GH_RULE_BANDS, .target = 5, .worst = 15}, 30, 33, 15, true},
        {"all of two steps", {.rule = GH_RULE_BANDS, .target = 5, .worst = 15}, 10, 66, 5, true},
        {"a target of nothing", HIGHER(0), -1, 33, 0, false},
        {"nothing at most", {.rule = GH_RULE_LOWER_ZERO, .target = 0}, 3, 33, 0, true},
    };
    double value = -7;
    bool at_most = false;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_true(gh_report_value_at_share(&cases[i].target, cases[i].value, cases[i].share,
                                               &value, &at_most));
        g_assert_cmpfloat_with_epsilon(value, cases[i].want, 1e-9);
        g_assert_true(at_most == cases[i].at_most);
        g_assert_cmpfloat(gh_score_share(&cases[i].target, value), >=, cases[i].share - 1e-9);
    }
    const GhTarget none = {.rule = GH_RULE_NONE};
    value = -7;
    g_assert_false(gh_report_value_at_share(&none, 1, 50, &value, &at_most));
    g_assert_cmpfloat(value, ==, -7);
}

static void
test_wanted(void)
{
    static const GhCheck check = {
        .id = "share", .kind = GH_CHECK_REPORTED_SHARE, .low = -HUGE_VAL, .high = 20};
    World world;
    double percent = 0;

    world_init(&world);
    g_assert_cmpuint(gh_report_kpis_wanted(&world.evaluation, &percent), ==, 0);
    g_assert_cmpfloat(percent, ==, 0);
    world.fixture->framework.checks = &check;
    world.fixture->framework.n_checks = 1;
    gh_fixture_report(world.figures, LIGHT, 1);
    g_assert_cmpuint(gh_report_kpis_wanted(&world.evaluation, &percent), ==, 2); /* 80 % of 3 */
    g_assert_cmpfloat(percent, ==, 80);
    gh_fixture_report(world.figures, WATER, 1);
    gh_fixture_report(world.figures, HEAT_DAY, 1);
    g_assert_cmpuint(gh_report_kpis_wanted(&world.evaluation, &percent), ==, 0);
    world_clear(&world);
}

static void
test_sources(void)
{
    World world;

    world_init(&world);
    world.figures->figures[HEAT_NIGHT].source = g_strdup("b");
    world.figures->figures[LIGHT].source = g_strdup("a");
    world.figures->figures[WATER].source = g_strdup("b");
    g_autoptr(GhReportSources) sources = gh_report_sources_new(world.figures);
    g_assert_cmpuint(gh_report_sources_n(sources), ==, 2);
    g_assert_cmpstr(gh_report_sources_text(sources, 1), ==, "b");
    g_assert_cmpuint(gh_report_sources_n_figures(sources, 1), ==, 2);
    g_assert_cmpstr(gh_report_sources_text(sources, 2), ==, "a");
    g_assert_cmpuint(gh_report_sources_number(sources, &world.figures->figures[WATER]), ==, 1);
    g_assert_cmpuint(gh_report_sources_number(sources, &world.figures->figures[HEAT_DAY]), ==, 0);
    world_clear(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/KPIs count as reported, in part and verified by their data points",
                    test_kpis);
    g_test_add_func("/report/each data point is counted in one state", test_points);
    g_test_add_func("/report/the lower bands are listed from the furthest on", test_weak);
    g_test_add_func("/report/a step is near where five points would do", test_near);
    g_test_add_func("/report/the value named for a band reaches it", test_values_at_shares);
    g_test_add_func("/report/KPIs wanted fill up to the share that the screening asks for",
                    test_wanted);
    g_test_add_func("/report/sources are numbered in the order they are first named", test_sources);
    return g_test_run();
}
