/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_charts_test.c - evaluations of invented cities as bars, dots, lines and slopes: what they say, where
 * they lead, and that texts keep apart in every language. */
#include "evaluation/charts/city_charts.h"

#include <math.h>
#include <string.h>

#include "draw/draw_testing.h"
#include "draw/texts_testing.h"
#include "evaluation/fixture.h"

#define TARGET(rule, target)                                                                       \
    {                                                                                              \
        rule, target, NAN, "Invented source", "judgement", "Invented reason."                      \
    }

/* "Waste" lies under two tops. */
static const GhFixtureRow ROWS[] = {
    {.id = "net",
     .kpi = "A",
     .label = "Homes <online>",
     .unit = "%",
     .groups = {"Economy", "Networks"},
     .target = TARGET(GH_RULE_HIGHER, 80)},
    {.id = "plan",
     .kpi = "B",
     .label = "Resilience plan",
     .unit = "yes/no",
     .groups = {"Economy", "Networks"},
     .target = TARGET(GH_RULE_YES_NO, NAN)},
    {.id = "home",
     .kpi = "C",
     .label = "Waste at home",
     .unit = "t",
     .groups = {"Economy", "Waste"},
     .target = TARGET(GH_RULE_LOWER_ZERO, 10)},
    {.id = "sorted",
     .kpi = "D",
     .label = "Waste sorted",
     .unit = "%",
     .groups = {"Environment", "Waste"},
     .target = TARGET(GH_RULE_HIGHER, 100)},
    {.id = "wifi",
     .kpi = "E",
     .label = "Public Wi-Fi",
     .unit = "number",
     .groups = {"Society", "Places"}},
};
enum {
    NET,
    PLAN,
    HOME,
    SORTED,
    WIFI,
};

/* -- an evaluation of the fixture -- */

typedef struct {
    GhFixture *fixture;
    GhFigureSet *figures;
    GhScores *scores;
    GhCity city;
} Town;

static void
town_clear(Town *town)
{
    gh_scores_free(town->scores);
    gh_figure_set_free(town->figures);
    gh_fixture_free(town->fixture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Town, town_clear)

/* values: one of each data point, NAN for none. */
static Town
make_town(int year, const double *values)
{
    static char slug[] = "fictional-town", name[] = "Fictional Town";
    Town town = {
        .fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS),
        .city = {.slug = slug, .name = name},
    };

    town.figures = gh_fixture_figures(town.fixture);
    town.figures->year = year;
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        if (!isnan(values[i]))
            gh_fixture_report(town.figures, i, values[i]);
    }
    town.scores = gh_scores_new(&town.fixture->framework);
    gh_scores_compute(&town.fixture->framework, &town.fixture->targets, town.figures,
                      &(GhScoreOptions){0}, town.scores);
    return town;
}

static GhEvaluation
evaluation_of(const Town *town)
{
    return (GhEvaluation){
        .framework = &town->fixture->framework,
        .targets = &town->fixture->targets,
        .city = &town->city,
        .figures = town->figures,
        .scores = town->scores,
    };
}

/* 97 of 80 %: on target, 4 points; yes: 4; 20 t where 10 are allowed: 50 %, 2; no figure; no target. */
static const double VALUES[] = {97, 1, 20, NAN, 7};
static const double EARLIER[] = {20, 0, 20, 66, NAN};

static bool
says(const GhDrawing *drawing, const char *text)
{
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);

    for (guint i = 0; i < elements->len; i++) {
        const GhSvgElement *element = elements->pdata[i];
        const char *name = gh_draw_testing_own(element, "aria-label");
        if (strcmp(element->text->str, text) == 0 || g_strcmp0(name, text) == 0)
            return true;
    }
    g_test_message("nothing says \"%s\"", text);
    return false;
}

static bool
links_to(const GhDrawing *drawing, const char *address)
{
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);

    for (guint i = 0; i < gh_draw_testing_count(elements, "a"); i++) {
        const GhSvgElement *link = gh_draw_testing_nth(elements, "a", i);
        if (g_strcmp0(gh_draw_testing_own(link, "href"), address) == 0)
            return true;
    }
    return false;
}

static guint
count(const GhDrawing *drawing, const char *element)
{
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);

    return gh_draw_testing_count(elements, element);
}

/* -- bars -- */

static void
test_scores(void)
{
    g_auto(Town) town = make_town(2020, VALUES);
    const GhEvaluation evaluation = evaluation_of(&town);
    g_autoptr(GhDrawing) drawing = gh_city_range_bars(&evaluation, gh_lang_source(), 0, "", 720);

    g_assert_cmpstr(gh_drawing_title(drawing), ==, "Scores of Fictional Town 2020");
    /* Economy: 4 + 4 + 2 of 12 points, nothing missing; Environment: 1 to 4 of 4 points open. */
    g_assert_cmpstr(gh_drawing_description(drawing), ==,
                    "Economy 83 of 100; Environment no data; Society no target");
    g_assert_true(says(drawing, "near target; 3 of 3 figures"));
    g_assert_true(says(drawing, "0 of 1 figures; possible 25 to 100"));
    g_assert_true(says(drawing, "Economy, score 83, near target, 3 of 3 figures"));
    g_assert_true(links_to(drawing, "/cities/fictional-town?year=2020#dimensions-heading"));
    gh_texts_assert_apart(drawing);
}

static void
test_lowest_groups(void)
{
    g_auto(Town) town = make_town(2020, VALUES);
    const GhEvaluation evaluation = evaluation_of(&town);
    g_autoptr(GhDrawing) drawing = gh_city_range_bars(&evaluation, gh_lang_source(), 1, NULL, 340);

    g_assert_true(says(drawing, "Networks"));
    g_assert_true(says(drawing, "Waste (Economy)"));
    g_assert_true(says(drawing, "Waste (Environment)"));
    g_assert_cmpuint(count(drawing, "a"), ==, 0);
}

static void
test_shares(void)
{
    g_auto(Town) town = make_town(2020, VALUES);
    const GhEvaluation evaluation = evaluation_of(&town);
    g_autoptr(GhDrawing) all = gh_city_share_bars(&evaluation, gh_lang_source(), -1, "", 720);
    g_autoptr(GhDrawing) one = gh_city_share_bars(&evaluation, gh_lang_source(), 0, "", 720);

    g_assert_cmpstr(
        gh_drawing_description(all), ==,
        "3 data points. Highest: Homes <online>, 100\xc2\xa0% of target; lowest: Waste at "
        "home, 50\xc2\xa0%.");
    g_assert_true(says(all, "Networks"));
    g_assert_true(says(all, "Waste (Economy)"));
    g_assert_true(says(all, "Homes <online>, 97\xc2\xa0%, 100 % of target, on target"));
    g_assert_true(links_to(all, "/indicators/A?city=fictional-town"));
    /* What has no figure or no target has no share. */
    g_assert_false(links_to(all, "/indicators/D?city=fictional-town"));
    g_assert_false(links_to(all, "/indicators/E?city=fictional-town"));
    /* One group stands without its name, which is above it on the page. */
    g_assert_false(says(one, "Networks"));
    gh_texts_assert_apart(all);
}

static void
test_no_figures(void)
{
    static const double none[] = {NAN, NAN, NAN, NAN, NAN};
    g_auto(Town) town = make_town(2020, none);
    const GhEvaluation evaluation = evaluation_of(&town);
    g_autoptr(GhDrawing) bars = gh_city_range_bars(&evaluation, gh_lang_source(), 0, "", 280);

    g_assert_true(says(bars, "no data"));
    g_assert_null(gh_city_share_bars(&evaluation, gh_lang_source(), -1, "", 280));
    g_assert_null(gh_city_slope(&evaluation, &evaluation, gh_lang_source(), -1, "", 280));
}

static void
test_multiples(void)
{
    g_auto(Town) a = make_town(2019, EARLIER);
    g_auto(Town) b = make_town(2020, VALUES);
    const GhEvaluation evaluations[] = {evaluation_of(&a), evaluation_of(&b)};
    g_autoptr(GhDrawing) drawing =
        gh_city_multiples(evaluations, G_N_ELEMENTS(evaluations), gh_lang_source(), 720);

    g_assert_cmpstr(gh_drawing_title(drawing), ==,
                    "Scores: Fictional Town 2019; Fictional Town 2020");
    g_assert_true(says(drawing, "Fictional Town 2019"));
    g_assert_true(says(drawing, "Fictional Town 2020"));
    gh_texts_assert_apart(drawing);
}

/* -- dots -- */

/* Invented cities with the values given, named "Town & 0" and so on; NAN: reported none. */
static GPtrArray *
cities_new(size_t data_point, const double *values, size_t n_values)
{
    GPtrArray *cities = g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_figure_free);

    for (size_t i = 0; i < n_values; i++) {
        GhCityFigure *city = g_new0(GhCityFigure, 1);
        city->slug = g_strdup_printf("town-%zu", i);
        city->name = g_strdup_printf("Town & %zu", i);
        city->figure = (GhFigure){.data_point = data_point,
                                  .status = GH_STATUS_REPORTED,
                                  .year = 2020,
                                  .value = values[i]};
        g_ptr_array_add(cities, city);
    }
    return cities;
}

static GhDrawing *
plot(size_t data_point, const double *values, size_t n_values, const char *highlighted)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS);
    g_autoptr(GPtrArray) cities = cities_new(data_point, values, n_values);

    return gh_city_dot_plot(&fixture->framework, &fixture->targets, gh_lang_source(), data_point,
                            cities, highlighted, "", 720);
}

static void
test_few(void)
{
    static const double values[] = {50, NAN};

    g_assert_null(plot(NET, values, 0, NULL));
    g_assert_null(plot(NET, values, G_N_ELEMENTS(values), NULL));
}

static void
test_rows(void)
{
    static const double values[] = {20, 80, NAN};
    g_autoptr(GhDrawing) drawing = plot(NET, values, G_N_ELEMENTS(values), "town-0");
    g_autoptr(GString) dump = g_string_new(NULL);

    g_assert_cmpstr(gh_drawing_title(drawing), ==, "Homes <online>: 2 cities");
    g_assert_cmpstr(
        gh_drawing_description(drawing), ==,
        "From 20\xc2\xa0% in Town & 0 to 80\xc2\xa0% in Town & 1; median 50, middle half "
        "of the cities 35 to 65.");
    g_assert_true(says(drawing, "target 80"));
    g_assert_true(says(drawing, "Homes <online>, %"));
    g_assert_true(links_to(drawing, "/cities/town-0?year=2020"));
    g_assert_false(links_to(drawing, "/cities/town-2?year=2020"));
    /* The largest stands first. */
    gh_drawing_dump(drawing, dump);
    g_assert_true(strstr(dump->str, "Town & 1") < strstr(dump->str, "Town & 0"));
    g_assert_null(strstr(dump->str, "nan"));
}

static void
test_many(void)
{
    double values[GH_DOT_PLOT_ROWS_MAX + 1];

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = (double)i;
    g_autoptr(GhDrawing) all = plot(NET, values, G_N_ELEMENTS(values) - 1, NULL);
    g_autoptr(GhDrawing) strip = plot(NET, values, G_N_ELEMENTS(values), "town-30");
    g_assert_cmpuint(count(all, "a"), ==, GH_DOT_PLOT_ROWS_MAX);
    g_assert_cmpuint(count(strip, "a"), ==, 1);
    g_assert_true(says(strip, "Town & 30 30"));
    /* Of 0 to 30: the 16th, 8th (and a half) and 23rd (and a half). */
    g_assert_true(says(strip, "median 15, middle half of the cities 7.5 to 22.5"));
}

static void
test_crowd(void)
{
    enum {
        CROWD = 5010
    };
    g_autofree double *values = g_new(double, CROWD);
    g_autoptr(GString) svg = g_string_new(NULL);

    for (size_t i = 0; i < CROWD; i++)
        values[i] = (double)i;
    g_autoptr(GhDrawing) strip = plot(NET, values, CROWD, NULL);
    g_assert_cmpstr(gh_drawing_title(strip), ==, "Homes <online>: 5010 cities");
    gh_drawing_svg(strip, GH_SVG_INLINE, "crowd", svg);
    g_assert_cmpuint(svg->len, <, 20000);
}

static void
test_signs(void)
{
    static const double mixed_values[] = {-5, 0, 5}, equal_values[] = {0, 0};
    g_autoptr(GhDrawing) mixed = plot(WIFI, mixed_values, G_N_ELEMENTS(mixed_values), NULL);
    g_autoptr(GhDrawing) zeros = plot(WIFI, equal_values, G_N_ELEMENTS(equal_values), NULL);
    g_autoptr(GString) dump = g_string_new(NULL);

    gh_drawing_dump(mixed, dump);
    g_assert_null(strstr(dump->str, " -")); /* nothing left of or above the drawing */
    g_assert_cmpuint(count(mixed, "circle"), ==, 3);
    g_assert_cmpuint(count(zeros, "circle"), ==, 2);
    gh_texts_assert_apart(mixed);
    gh_texts_assert_apart(zeros);
}

static void
test_years_of_dots(void)
{
    static const double values[] = {1, 2};
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS);
    g_autoptr(GPtrArray) cities = cities_new(NET, values, G_N_ELEMENTS(values));

    ((GhCityFigure *)g_ptr_array_index(cities, 1))->figure.year = 2018;
    g_autoptr(GhDrawing) drawing = gh_city_dot_plot(&fixture->framework, &fixture->targets,
                                                    gh_lang_source(), NET, cities, NULL, NULL, 720);
    g_assert_true(says(drawing, "Town & 0 2020"));
    g_assert_true(says(drawing, "Town & 1 2018"));
}

static void
test_answers(void)
{
    static const double values[] = {1, 0, 1, NAN, 1};
    g_autoptr(GhDrawing) drawing = plot(PLAN, values, G_N_ELEMENTS(values), "town-1");

    g_assert_cmpstr(gh_drawing_description(drawing), ==, "yes: 3 of 4; no, as Town & 1: 1 of 4");
    g_assert_cmpuint(count(drawing, "a"), ==, 0);
}

/* -- lines -- */

static GPtrArray *
series_new(size_t data_point, const double *values, size_t n_values)
{
    GPtrArray *series = g_ptr_array_new_with_free_func(g_free);

    for (size_t i = 0; i < n_values; i++) {
        GhFigure *figure = g_new0(GhFigure, 1);
        *figure = (GhFigure){.data_point = data_point,
                             .status = GH_STATUS_REPORTED,
                             .year = 2015 + (int)i,
                             .value = values[i]};
        g_ptr_array_add(series, figure);
    }
    return series;
}

static void
test_trend(void)
{
    static const double values[] = {NAN, 41.5, NAN, 97};
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS);
    const GhFramework *framework = &fixture->framework;
    g_autoptr(GPtrArray) series = series_new(NET, values, G_N_ELEMENTS(values));
    g_autoptr(GPtrArray) one = series_new(NET, values, 2);
    g_autoptr(GhDrawing) line =
        gh_city_trend_line(framework, &fixture->targets, gh_lang_source(), NET, series, 340);
    g_autoptr(GhDrawing) spark =
        gh_city_spark_line(framework, &fixture->targets, gh_lang_source(), NET, series);

    g_assert_cmpstr(gh_drawing_title(line), ==, "Homes <online>, 2016 to 2018");
    g_assert_cmpstr(gh_drawing_title(spark), ==, "Homes <online>, 2016 to 2018");
    g_assert_cmpstr(gh_drawing_description(line), ==,
                    "no data in 2015; 41.5 in 2016; no data in 2017; 97 in 2018; dashed: over "
                    "years without a value");
    g_assert_true(says(line, "2018: 97"));
    g_assert_true(says(line, "target 80"));
    gh_texts_assert_apart(line);
    g_assert_null(
        gh_city_trend_line(framework, &fixture->targets, gh_lang_source(), NET, one, 340));
    g_assert_null(gh_city_spark_line(framework, &fixture->targets, gh_lang_source(), NET, one));
}

static void
test_trend_of_answers(void)
{
    static const double values[] = {0, 0, 1};
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS);
    g_autoptr(GPtrArray) series = series_new(PLAN, values, G_N_ELEMENTS(values));
    g_autoptr(GhDrawing) line = gh_city_trend_line(&fixture->framework, &fixture->targets,
                                                   gh_lang_source(), PLAN, series, 720);

    g_assert_true(says(line, "2017: yes"));
    g_assert_false(says(line, "0.2"));
    gh_texts_assert_apart(line);
}

/* -- slope -- */

static void
test_slope(void)
{
    g_auto(Town) earlier = make_town(2019, EARLIER);
    g_auto(Town) later = make_town(2020, VALUES);
    const GhEvaluation left = evaluation_of(&earlier), right = evaluation_of(&later);
    g_autoptr(GhDrawing) groups = gh_city_slope(&left, &right, gh_lang_source(), -1, "", 720);
    g_autoptr(GhDrawing) points = gh_city_slope(&left, &right, gh_lang_source(), 0, "", 720);

    g_assert_cmpstr(gh_drawing_title(groups), ==, "Fictional Town 2019 and Fictional Town 2020");
    /* Networks: 1 + 1 of 8 points, then all; Waste (Economy) unchanged; Waste (Environment) has one
     * end, Places none. */
    g_assert_cmpstr(
        gh_drawing_description(groups), ==,
        "Fictional Town 2020 against Fictional Town 2019: higher 1, lower 0, the same 1. "
        "Largest difference: Networks: 25 in Fictional Town 2019, 100 in Fictional Town "
        "2020.");
    g_assert_true(says(groups,
                       "Waste (Environment): 75 in Fictional Town 2019, no data in Fictional "
                       "Town 2020"));
    g_assert_false(says(groups, "Places"));
    g_assert_true(says(points, "Waste at home"));
    gh_texts_assert_apart(groups);
    gh_texts_assert_apart(points);
}

/* -- sheet, and the framework as it is -- */

static void
test_sheet(void)
{
    g_auto(Town) town = make_town(2020, VALUES);
    const GhEvaluation evaluation = evaluation_of(&town);
    g_autoptr(GhDrawing) sheet =
        gh_city_sheet(gh_city_range_bars(&evaluation, gh_lang_source(), 0, NULL, 720), "A title",
                      evaluation.framework, evaluation.targets, "2 of 3 figures verified");

    g_assert_true(says(sheet, "A title"));
    g_assert_true(says(sheet, "on target"));
    g_assert_true(says(sheet, "Fixture, version 1.0; targets: open (chosen by this project, not "
                              "official)"));
    g_assert_true(says(sheet, "2 of 3 figures verified"));
    gh_texts_assert_apart(sheet);
}

static GhFramework *
load_u4ssc(void)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);
    GhFramework *framework = gh_framework_parse(files, faults, &error);
    g_assert_no_error(error);
    return framework;
}

/* Values from nothing to above the target in turn; every fifth is missing. */
static GhFigureSet *
make_figures(const GhFramework *framework, int year)
{
    static const double shares[] = {0.1, 0.5, 0.8, 1, NAN};
    GhFigureSet *figures = g_new0(GhFigureSet, 1);

    figures->year = year;
    figures->n_figures = framework->n_data_points;
    figures->figures = g_new0(GhFigure, framework->n_data_points);
    for (size_t i = 0; i < framework->n_data_points; i++) {
        double target = framework->target_sets[0].targets[i].target;
        double share = shares[(i + (size_t)year) % G_N_ELEMENTS(shares)];
        figures->figures[i] = (GhFigure){
            .data_point = i,
            .year = year,
            .status = isnan(share) ? GH_STATUS_MISSING : GH_STATUS_REPORTED,
            .value = share * (isnan(target) ? 1 : target),
        };
    }
    return figures;
}

static void
test_u4ssc(void)
{
    static const char *const tags[] = {"en", "ar"};
    static const double widths[] = {280, 340, 720, 1120};
    static char slug[] = "fictional-town", name[] = "Fictional Town";
    g_autoptr(GhFramework) framework = load_u4ssc();
    g_autoptr(GhFigureSet) earlier = make_figures(framework, 2020);
    g_autoptr(GhFigureSet) later = make_figures(framework, 2023);
    g_autoptr(GhScores) earlier_scores = gh_scores_new(framework);
    g_autoptr(GhScores) later_scores = gh_scores_new(framework);
    GhFigureSet *const figures[] = {earlier, later};
    GhScores *const scores[] = {earlier_scores, later_scores};
    const GhCity city = {.slug = slug, .name = name};
    GhEvaluation evaluations[2];

    for (size_t i = 0; i < G_N_ELEMENTS(evaluations); i++) {
        gh_scores_compute(framework, &framework->target_sets[0], figures[i], &(GhScoreOptions){0},
                          scores[i]);
        evaluations[i] = (GhEvaluation){.framework = framework,
                                        .targets = &framework->target_sets[0],
                                        .city = &city,
                                        .figures = figures[i],
                                        .scores = scores[i]};
    }
    for (size_t i = 0; i < G_N_ELEMENTS(tags) * G_N_ELEMENTS(widths); i++) {
        const GhLang *lang = gh_draw_testing_lang(tags[i % 2]);
        double width = widths[i / 2];
        GhDrawing *const drawings[] = {
            gh_city_range_bars(&evaluations[0], lang, 0, "", width),
            gh_city_range_bars(&evaluations[0], lang, 2, "", width),
            gh_city_share_bars(&evaluations[0], lang, -1, "", width),
            gh_city_slope(&evaluations[0], &evaluations[1], lang, -1, "", width),
            gh_city_multiples(evaluations, 2, lang, width),
        };
        for (size_t k = 0; k < G_N_ELEMENTS(drawings); k++) {
            g_test_message("%s, %g wide: %s", tags[i % 2], width, gh_drawing_title(drawings[k]));
            gh_texts_assert_apart(drawings[k]);
            gh_drawing_free(drawings[k]);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/city charts/scores say band, coverage and what is possible", test_scores);
    g_test_add_func("/city charts/groups of one name say under which top they are",
                    test_lowest_groups);
    g_test_add_func("/city charts/shares stand by group, only those scored", test_shares);
    g_test_add_func("/city charts/without figures there are words, no bars", test_no_figures);
    g_test_add_func("/city charts/cities stand side by side", test_multiples);
    g_test_add_func("/dot plot/fewer than two values are not drawn", test_few);
    g_test_add_func("/dot plot/each city has a row, the largest value first", test_rows);
    g_test_add_func("/dot plot/more cities than rows share one line", test_many);
    g_test_add_func("/dot plot/a crowd of cities stays small, and all are counted", test_crowd);
    g_test_add_func("/dot plot/values below zero and equal values stay inside", test_signs);
    g_test_add_func("/dot plot/years are named where they differ", test_years_of_dots);
    g_test_add_func("/dot plot/yes and no are counted", test_answers);
    g_test_add_func("/trend/years with and without values are told", test_trend);
    g_test_add_func("/trend/of yes and no there is nothing between", test_trend_of_answers);
    g_test_add_func("/slope/rows with both ends are counted, the others shown", test_slope);
    g_test_add_func("/city charts/a sheet has title, legend and targets", test_sheet);
    g_test_add_func("/city charts/texts of the framework keep apart at every width", test_u4ssc);
    return g_test_run();
}
