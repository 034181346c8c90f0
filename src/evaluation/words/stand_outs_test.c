/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stand_outs_test.c - what is strong, weak, missing and unusual in invented figures. */
#include "evaluation/words/stand_outs.h"

#include <math.h>
#include <string.h>

#include "evaluation/fixture.h"

#define HIGHER(t)                                                                                  \
    {                                                                                              \
        .rule = GH_RULE_HIGHER, .target = (t), .worst = NAN                                        \
    }

/* Invented. "Waste" lies under two tops; "Alone" has one indicator, "Roads" two. */
static const GhFixtureRow ROWS[] = {
    {.id = "a.v",
     .kpi = "A",
     .label = "Homes online",
     .unit = "%",
     .groups = {"Town", "Net"},
     .target = HIGHER(100)},
    {.id = "b.v",
     .kpi = "B",
     .label = "Open data",
     .unit = "%",
     .groups = {"Town", "Net"},
     .tier = 1,
     .target = HIGHER(50)},
    {.id = "c.v",
     .kpi = "C",
     .label = "Deaths",
     .unit = "per 100 000",
     .groups = {"Town", "Net"},
     .target = {.rule = GH_RULE_LOWER_ZERO, .target = 5, .worst = NAN}},
    {.id = "d.v",
     .kpi = "D",
     .label = "Plan",
     .unit = "yes/no",
     .groups = {"Town", "Net"},
     .target = {.rule = GH_RULE_YES_NO, .target = NAN, .worst = NAN}},
    {.id = "e.v", .kpi = "E", .label = "Waste at home", .unit = "t", .groups = {"Town", "Waste"}},
    {.id = "f.v", .kpi = "F", .label = "Waste sorted", .unit = "t", .groups = {"Land", "Waste"}},
    {.id = "g.v", .kpi = "G", .label = "Roads", .unit = "km", .groups = {"Land", "Roads"}},
    {.id = "h.v", .kpi = "H", .label = "Paths", .unit = "km", .groups = {"Land", "Roads"}},
};

enum {
    HOMES,
    DATA,
    DEATHS,
    PLAN,
};

static const size_t ALL_POINTS[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const size_t ONE_POINT[] = {DEATHS};
static const GhCheck CHECKS[] = {
    {.id = "few",
     .kind = GH_CHECK_REPORTED_SHARE,
     .data_points = ALL_POINTS,
     .n_data_points = G_N_ELEMENTS(ALL_POINTS),
     .low = 0,
     .high = 20,
     .severity = GH_SEVERITY_WARNING,
     .message = "Many are missing.",
     .source = ""},
    {.id = "high",
     .kind = GH_CHECK_RANGE,
     .data_points = ONE_POINT,
     .n_data_points = 1,
     .low = 0,
     .high = 8,
     .severity = GH_SEVERITY_NOTE,
     .message = "Look at the unit.",
     .source = ""},
};

typedef struct {
    GhFixture *fixture;
    GhFigureSet *figures;
    GhFigureSet *earlier;
    GhScores *scores;
    GhCity city;
} Town;

static void
town_open(Town *town)
{
    static char name[] = "Town";

    *town = (Town){.fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS),
                   .city = {.slug = name, .name = name}};
    town->figures = gh_fixture_figures(town->fixture);
    town->scores = gh_scores_new(&town->fixture->framework);
    town->fixture->framework.checks = CHECKS;
    town->fixture->framework.n_checks = G_N_ELEMENTS(CHECKS);
}

static void
town_clear(Town *town)
{
    gh_scores_free(town->scores);
    gh_figure_set_free(town->figures);
    gh_figure_set_free(town->earlier);
    gh_fixture_free(town->fixture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Town, town_clear)

/* "strong|Scored figures|1 of 2 on target\n" and so on. */
static char *
write_all(Town *town)
{
    static const char *const kinds[] = {"strong", "weak", "missing", "unusual"};
    const GhEvaluation evaluation = {.framework = &town->fixture->framework,
                                     .targets = &town->fixture->targets,
                                     .city = &town->city,
                                     .figures = town->figures,
                                     .scores = town->scores};
    g_autoptr(GString) out = g_string_new(NULL);

    gh_scores_compute(evaluation.framework, evaluation.targets, town->figures, &(GhScoreOptions){0},
                      town->scores);
    g_autoptr(GPtrArray) stand_outs = gh_stand_outs(&evaluation, town->earlier, gh_lang_source());
    for (guint i = 0; i < stand_outs->len; i++) {
        const GhStandOut *one = g_ptr_array_index(stand_outs, i);
        g_string_append_printf(out, "%s|%s|%s|%d|%d\n", kinds[one->kind], one->subject, one->text,
                               (int)one->data_point, (int)one->group);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
assert_has(const char *all, const char *line)
{
    if (strstr(all, line) == NULL)
        g_test_message("wanted %s in:\n%s", line, all);
    g_assert_nonnull(strstr(all, line));
}

/* One stands before the other. */
static void
assert_order(const char *all, const char *first, const char *then)
{
    assert_has(all, first);
    assert_has(all, then);
    g_assert_true(strstr(all, first) < strstr(all, then));
}

static void
test_strong(void)
{
    g_auto(Town) town;
    town_open(&town);
    gh_fixture_report(town.figures, DATA, 50);
    gh_fixture_report(town.figures, HOMES, 96);
    gh_fixture_report(town.figures, PLAN, 1);
    g_autofree char *all = write_all(&town);

    assert_has(all, "strong|Scored figures|3 of 3 on target|-1|-1\n");
    assert_has(all, "strong|Open data|50\u00a0%, target reached (50\u00a0% or more)|1|-1\n");
    assert_has(
        all, "strong|Homes online|96\u00a0%; target 100\u00a0% or more, 96\u00a0% reached|0|-1\n");
    assert_has(all, "strong|Plan|yes, target reached|3|-1\n");
    assert_order(all, "strong|Open data", "strong|Homes online");
    g_assert_null(strstr(all, "weak|"));
}

static void
test_equal_shares(void)
{
    g_auto(Town) town;
    town_open(&town);
    gh_fixture_report(town.figures, DATA, 0);
    gh_fixture_report(town.figures, PLAN, 0);
    g_autofree char *all = write_all(&town);

    /* Open data comes first in the framework and is advanced. */
    assert_order(all, "weak|Plan|no, target not reached|3|-1\n", "weak|Open data");
}

static void
test_weak(void)
{
    g_auto(Town) town;
    town_open(&town);
    gh_fixture_report(town.figures, HOMES, 40);
    gh_fixture_report(town.figures, DEATHS, 50);
    g_autofree char *all = write_all(&town);

    assert_has(all, "weak|Scored figures|1 of 2 far from target|-1|-1\n");
    assert_order(
        all, "weak|Deaths|50 per 100 000; target 5 or less, 10\u00a0% reached|2|-1\n",
        "weak|Homes online|40\u00a0%; target 100\u00a0% or more, 40\u00a0% reached|0|-1\n");
    g_assert_null(strstr(all, "strong|"));
}

/* Where the target is all that is possible, nothing can be more. */
static void
test_target_at_the_end(void)
{
    g_auto(Town) town;
    town_open(&town);
    GhFramework *framework = &town.fixture->framework;
    g_autofree GhDataPoint *points =
        g_memdup2(framework->data_points, framework->n_data_points * sizeof(GhDataPoint));
    const GhDataPoint *own = framework->data_points;
    points[HOMES].max = 100;
    framework->data_points = points;
    gh_fixture_report(town.figures, HOMES, 40);
    g_autofree char *all = write_all(&town);
    framework->data_points = own; /* the fixture frees them */

    assert_has(all, "weak|Homes online|40\u00a0%; target 100\u00a0%, 40\u00a0% reached|0|-1\n");
}

static void
test_earlier(void)
{
    g_auto(Town) town;
    town_open(&town);
    town.earlier = gh_fixture_figures(town.fixture);
    town.earlier->year = 2018;
    gh_fixture_report(town.earlier, HOMES, 31.5);
    gh_fixture_report(town.figures, HOMES, 40);
    gh_fixture_report(town.figures, DATA, 10);
    g_autofree char *all = write_all(&town);

    assert_has(all, "weak|Homes online|40\u00a0% (31.5\u00a0% in 2018); target 100\u00a0% or more, "
                    "40\u00a0% reached|0|-1\n");
    assert_has(all, "weak|Open data|10\u00a0%; target 50\u00a0% or more, 20\u00a0% reached|1|-1\n");
}

static void
test_missing(void)
{
    g_auto(Town) town;
    town_open(&town);
    gh_fixture_report(town.figures, HOMES, 40);
    g_autofree char *all = write_all(&town);

    assert_has(all, "missing|Core|6 of 7 indicators have no value|-1|-1\n");
    assert_has(all, "missing|Advanced|1 of 1 indicator has no value|-1|-1\n");
    assert_has(all, "missing|Groups without any figure|3|-1|-1\n");
    assert_order(all, "missing|Roads|none of 2 figures|", "missing|Waste, Town|none of 1 figure|");
    assert_has(all, "missing|Waste, Land|");
}

static void
test_unusual(void)
{
    g_auto(Town) town;
    town_open(&town);
    gh_fixture_report(town.figures, DEATHS, 9);
    g_autofree char *all = write_all(&town);

    assert_order(
        all, "unusual|All figures|",
        "unusual|Deaths|9 per 100 000, usually 8 per 100 000 or less. Look at the unit.|2|");
    assert_has(all, "Many are missing.|-1|-1\n");
}

static void
test_nothing(void)
{
    g_auto(Town) town;
    town_open(&town);
    town.fixture->framework.n_checks = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++)
        gh_fixture_report(town.figures, i, i == DEATHS ? 6 : 1);
    gh_fixture_report(town.figures, HOMES, 80);
    gh_fixture_report(town.figures, DATA, 40);
    gh_fixture_report(town.figures, PLAN, 1);
    g_autofree char *all = write_all(&town);

    g_assert_null(strstr(all, "weak|"));
    g_assert_null(strstr(all, "missing|"));
    g_assert_null(strstr(all, "unusual|"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stand outs/what is on target is strong, the best first", test_strong);
    g_test_add_func("/stand outs/of equal shares core comes first", test_equal_shares);
    g_test_add_func("/stand outs/the two lowest bands are weak, the weakest first", test_weak);
    g_test_add_func("/stand outs/a target that is the largest value possible has no more",
                    test_target_at_the_end);
    g_test_add_func("/stand outs/an earlier year's value stands beside it", test_earlier);
    g_test_add_func("/stand outs/indicators and whole groups without a value are missing",
                    test_missing);
    g_test_add_func("/stand outs/what checks find is unusual, the gravest first", test_unusual);
    g_test_add_func("/stand outs/nothing is said where nothing stands out", test_nothing);
    return g_test_run();
}
