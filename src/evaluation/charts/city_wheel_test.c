/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_wheel_test.c - wheels of invented cities over both frameworks: what segments are called, where they
 * lead, in which order, and what the whole weighs. */
#include "evaluation/charts/city_charts.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "draw/draw_testing.h"
#include "draw/texts_testing.h"
#include "evaluation/fixture.h"
#include "evaluation/pages/pages.h"

/* -- an evaluation that owns what it says -- */

typedef struct {
    GhFramework *framework;
    GhFigureSet *figures;
    GhScores *scores;
    GhCity city;
    GhEvaluation evaluation;
} Invented;

static void
invented_clear(Invented *invented)
{
    gh_scores_free(invented->scores);
    gh_figure_set_free(invented->figures);
    gh_framework_unref(invented->framework);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Invented, invented_clear)

static GhFramework *
load_framework(const char *dir)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir(dir, &error);
    g_assert_no_error(error);
    GhFramework *framework = gh_framework_parse(files, faults, &error);
    g_assert_no_error(error);
    return framework;
}

/* Values from nothing to above the target in turn; full false: the city has no figures at all. */
static Invented
invent(const char *dir, bool full)
{
    static char slug[] = "fictional-town", name[] = "Fictional Town", country[] = "XX";
    static const double shares[] = {0.1, 0.5, 0.8, 1};
    Invented invented = {.framework = load_framework(dir),
                         .city = {.slug = slug, .name = name, .country_code = country}};
    const GhFramework *framework = invented.framework;
    const GhTargetSet *targets = &framework->target_sets[0];
    GhFigureSet *figures = g_new0(GhFigureSet, 1);

    figures->year = full ? 2024 : 0;
    figures->n_figures = framework->n_data_points;
    figures->figures = g_new0(GhFigure, framework->n_data_points);
    for (size_t i = 0; i < framework->n_data_points; i++) {
        double target = targets->targets[i].target;
        figures->figures[i] = (GhFigure){
            .data_point = i,
            .year = figures->year,
            .status = full ? GH_STATUS_REPORTED : GH_STATUS_MISSING,
            .value = full ? shares[i % G_N_ELEMENTS(shares)] * (isnan(target) ? 1 : target)
                          : (double)NAN,
        };
    }
    invented.figures = figures;
    invented.scores = gh_scores_new(framework);
    gh_scores_compute(framework, targets, figures, &(GhScoreOptions){0}, invented.scores);
    return invented;
}

static const GhEvaluation *
evaluation_of(Invented *invented)
{
    invented->evaluation = (GhEvaluation){
        .framework = invented->framework,
        .targets = &invented->framework->target_sets[0],
        .city = &invented->city,
        .figures = invented->figures,
        .scores = invented->scores,
    };
    return &invented->evaluation;
}

static char *
small_framework(void)
{
    return g_test_build_filename(G_TEST_DIST, "..", "..", "tests", "data", "framework-small", NULL);
}

/* -- names -- */

#define TARGET(rule, target)                                                                       \
    {                                                                                              \
        rule, target, NAN, "Invented source", "judgement", "Invented reason."                      \
    }

static const GhFixtureRow ROWS[] = {
    {.id = "net",
     .kpi = "K1",
     .label = "Household Internet access",
     .unit = "%",
     .groups = {"Economy", "Networks"},
     .target = TARGET(GH_RULE_HIGHER, 100)},
    {.id = "plan",
     .kpi = "K2",
     .label = "Resilience plan",
     .unit = "yes/no",
     .groups = {"Economy", "Safety"},
     .target = TARGET(GH_RULE_YES_NO, NAN)},
    {.id = "wifi",
     .kpi = "K3",
     .label = "Public Wi-Fi",
     .unit = "number",
     .groups = {"Economy", "Places"},
     .target = TARGET(GH_RULE_NONE, NAN)},
    {.id = "loss",
     .kpi = "K4",
     .label = "Losses",
     .unit = "%",
     .groups = {"Economy", "Networks"},
     .target = TARGET(GH_RULE_HIGHER, 100)},
    {.id = "food",
     .kpi = "K5",
     .label = "Local food",
     .unit = "%",
     .groups = {"Economy", "Food"},
     .target = TARGET(GH_RULE_HIGHER, 100)},
    {.id = "guess",
     .kpi = "K6",
     .label = "A guess",
     .unit = "%",
     .groups = {"Economy", "Safety"},
     .target = TARGET(GH_RULE_HIGHER, 100)},
};

static void
test_names(void)
{
    static const char *const points[] = {
        "Household Internet access, 97\u00a0%, 97 % of target, on target",
        "Resilience plan, no, 0 % of target, far from target",
        "Public Wi-Fi, 12, no target",
        "Losses, no data, not reported",
        "Local food, no data",
        "A guess, no data, not verified",
    };
    static const char *const groups[] = {
        "Economy, score 63, on the way, 3 of 6 figures, between 40 and 85 possible",
        "Networks, score 100, on target, 1 of 2 figures, between 63 and 100 possible",
        "Safety, score 25, far from target, 1 of 2 figures, between 25 and 63 possible",
        "Places, no target, 1 of 1 figures",
        "Food, no data, 0 of 1 figures",
    };
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 2, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);
    const GhEvaluation evaluation = {
        .framework = &fixture->framework,
        .targets = &fixture->targets,
        .figures = figures,
        .scores = scores,
    };

    gh_fixture_report(figures, 0, 97);
    gh_fixture_report(figures, 1, 0);
    gh_fixture_report(figures, 2, 12);
    figures->figures[3].status = GH_STATUS_NOT_REPORTED;
    gh_fixture_report(figures, 5, 80);
    figures->figures[5].verified = false;
    gh_scores_compute(&fixture->framework, &fixture->targets, figures,
                      &(GhScoreOptions){.verified_only = true}, scores);

    for (size_t i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autofree char *name = gh_city_point_name(&evaluation, gh_lang_source(), i);
        g_assert_cmpstr(name, ==, points[i]);
    }
    g_assert_cmpuint(fixture->framework.n_groups, ==, G_N_ELEMENTS(groups));
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        g_autofree char *name = gh_city_group_name(&evaluation, gh_lang_source(), i);
        g_assert_cmpstr(name, ==, groups[i]);
    }
}

/* -- segments and their links -- */

/* What the wheel should have: names and links, group by group. */
typedef struct {
    GPtrArray *names, *links;
} Want;

static void
want_point(Want *want, const GhEvaluation *evaluation, size_t point)
{
    const GhFramework *framework = evaluation->framework;

    g_ptr_array_add(want->names, gh_city_point_name(evaluation, gh_lang_source(), point));
    g_ptr_array_add(want->links,
                    g_strdup_printf("https://town.example/indicators/%s?city=fictional-town",
                                    framework->kpis[framework->data_points[point].kpi].id));
}

static void
want_group(Want *want, const GhEvaluation *evaluation, size_t index)
{
    const GhFramework *framework = evaluation->framework;
    const GhGroup *group = &framework->groups[index];
    bool is_lowest = group->level + 1 == framework->n_levels;
    g_autofree char *anchor =
        is_lowest ? gh_city_page_anchor(group) : g_strdup(GH_CITY_PAGE_SCORES_ANCHOR);
    char *link = g_strdup_printf("https://town.example/cities/fictional-town?year=2024#%s", anchor);

    g_ptr_array_add(want->names, gh_city_group_name(evaluation, gh_lang_source(), index));
    g_ptr_array_add(want->links, evaluation->figures->year != 0 ? link : NULL);
    if (evaluation->figures->year == 0)
        g_free(link);
    for (size_t i = 0; i < framework->n_groups && !is_lowest; i++)
        if (framework->groups[i].level + 1 == framework->n_levels
            && g_str_equal(framework->groups[i].top, group->top))
            want_group(want, evaluation, i);
    for (size_t i = 0; i < group->n_data_points && is_lowest; i++)
        want_point(want, evaluation, group->data_points[i]);
}

static void
check_segments(const char *dir, bool full, size_t n_segments)
{
    g_auto(Invented) invented = invent(dir, full);
    const GhEvaluation *evaluation = evaluation_of(&invented);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    Want want = {.names = names, .links = links};
    for (size_t i = 0; i < invented.framework->n_groups; i++)
        if (invented.framework->groups[i].level == 0)
            want_group(&want, evaluation, i);
    g_assert_cmpuint(names->len, ==, n_segments);

    g_autoptr(GhDrawing) wheel =
        gh_city_wheel(evaluation, gh_lang_source(), "https://town.example", 0);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(wheel, GH_SVG_INLINE);
    size_t n = 0;
    for (guint i = 0; i < elements->len; i++) {
        const GhSvgElement *element = elements->pdata[i];
        const char *name = gh_draw_testing_own(element, "aria-label");
        if (name == NULL)
            continue;
        g_assert_cmpuint(n, <, names->len);
        g_assert_cmpstr(name, ==, names->pdata[n]);
        g_assert_cmpstr(gh_draw_testing_own(element, "href"), ==, links->pdata[n]);
        if (links->pdata[n] == NULL)
            g_assert_cmpstr(gh_draw_testing_own(element, "tabindex"), ==, "0");
        n++;
    }
    g_assert_cmpuint(n, ==, n_segments);
}

static void
test_u4ssc(void)
{
    /* 3 dimensions, 24 categories, 112 data points. */
    check_segments("builtin:u4ssc", true, 3 + 24 + 112);
}

/* On the city's own page a group's link stays there; a data point's leads to its indicator. */
static void
test_own_page(void)
{
    g_auto(Invented) invented = invent("builtin:u4ssc", true);
    g_autoptr(GhDrawing) wheel =
        gh_city_wheel(evaluation_of(&invented), gh_lang_source(), GH_CITY_OWN_PAGE, 0);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(wheel, GH_SVG_INLINE);
    size_t n_places = 0, n_indicators = 0;

    for (guint i = 0; i < elements->len; i++) {
        const char *href = gh_draw_testing_own(elements->pdata[i], "href");
        if (href == NULL)
            continue;
        n_places += href[0] == '#' ? 1 : 0;
        n_indicators += g_str_has_prefix(href, "/indicators/") ? 1 : 0;
    }
    g_assert_cmpuint(n_places, ==, 3 + 24);
    g_assert_cmpuint(n_indicators, ==, 112);
}

static void
test_small_framework(void)
{
    g_autofree char *dir = small_framework();

    /* 2 themes, 5 topics, 8 data points. */
    check_segments(dir, true, 2 + 5 + 8);
}

static void
test_empty_city(void)
{
    g_auto(Invented) invented = invent("builtin:u4ssc", false);
    g_autoptr(GhDrawing) wheel = gh_city_wheel(evaluation_of(&invented), gh_lang_source(), "", 0);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(wheel, GH_SVG_INLINE);
    g_autoptr(GString) dump = g_string_new(NULL);

    check_segments("builtin:u4ssc", false, 3 + 24 + 112);
    for (guint i = 0; i < elements->len; i++) {
        const char *name = gh_draw_testing_own(elements->pdata[i], "aria-label");
        g_assert_true(name == NULL || strstr(name, ", no data") != NULL);
    }
    gh_drawing_dump(wheel, dump);
    g_assert_nonnull(strstr(dump->str, " Town\n"));
    g_assert_null(strstr(dump->str, " 0\n"));
    g_assert_nonnull(strstr(gh_drawing_title(wheel), "no figures yet"));
    g_assert_nonnull(strstr(gh_drawing_description(wheel), "not available): 112"));
}

static void
test_no_links(void)
{
    g_auto(Invented) invented = invent("builtin:u4ssc", true);
    g_autoptr(GhDrawing) wheel = gh_city_wheel(evaluation_of(&invented), gh_lang_source(), NULL, 0);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(wheel, GH_SVG_FILE);

    g_assert_cmpuint(gh_draw_testing_count(elements, "a"), ==, 0);
}

static void
test_other_targets(void)
{
    g_auto(Invented) invented = invent("builtin:u4ssc", true);
    const GhTargetSet others = {.id = "town",
                                .targets = invented.framework->target_sets[0].targets};
    GhEvaluation evaluation = *evaluation_of(&invented);
    evaluation.targets = &others;
    g_autoptr(GhDrawing) wheel = gh_city_wheel(&evaluation, gh_lang_source(), "", 0);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(wheel, GH_SVG_INLINE);

    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(elements, "a", 0), "href"), ==,
                    "/cities/fictional-town?year=2024&targets=town#" GH_CITY_PAGE_SCORES_ANCHOR);
}

/* -- texts -- */

static size_t
count_texts(const char *dir, bool full, const char *tag, double size)
{
    g_auto(Invented) invented = invent(dir, full);
    g_autoptr(GhDrawing) wheel =
        gh_city_wheel(evaluation_of(&invented), gh_draw_testing_lang(tag), "", size);

    return gh_texts_assert_apart(wheel);
}

static void
test_texts(void)
{
    static const char *const tags[] = {"en", "ar", "zh-Hans", "ru"};
    g_autofree char *small = small_framework();

    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_test_message("%s", tags[i]);
        /* Every data point is named, and of the groups those of at least three data points. */
        g_assert_cmpuint(count_texts("builtin:u4ssc", true, tags[i], 0), >, 112 + 3 + 17);
        g_assert_cmpuint(count_texts("builtin:u4ssc", false, tags[i], 0), >, 112 + 3 + 17);
        g_assert_cmpuint(count_texts("builtin:u4ssc", true, tags[i], 560), <, 112);
        g_assert_cmpuint(count_texts(small, true, tags[i], 0), >=, 2 + 5 + 8 + 2);
    }
}

static void
test_sheet(void)
{
    static const char *const tags[] = {"en", "ar"};
    g_auto(Invented) invented = invent("builtin:u4ssc", true);

    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_autoptr(GhDrawing) sheet =
            gh_city_wheel_sheet(evaluation_of(&invented), gh_draw_testing_lang(tags[i]), NULL);
        g_autoptr(GString) dump = g_string_new(NULL);
        gh_texts_assert_apart(sheet);
        gh_drawing_dump(sheet, dump);
        g_assert_nonnull(strstr(dump->str, "not official"));
        g_assert_nonnull(strstr(dump->str, "figures verified"));
        g_assert_nonnull(strstr(dump->str, "far from target"));
        g_assert_nonnull(strstr(dump->str, "no data"));
    }
}

/* -- weight -- */

static size_t
packed_bytes(const char *text)
{
    static const int LEVEL = 6;
    g_autoptr(GZlibCompressor) compressor =
        g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) stream =
        g_converter_output_stream_new(memory, G_CONVERTER(compressor));
    g_autoptr(GError) error = NULL;

    g_output_stream_write_all(stream, text, strlen(text), NULL, NULL, &error);
    g_assert_no_error(error);
    g_output_stream_close(stream, NULL, &error);
    g_assert_no_error(error);
    return g_memory_output_stream_get_data_size(G_MEMORY_OUTPUT_STREAM(memory));
}

/* A city's page with its wheel may weigh 60 kB (UI guide); 25 of them for the wheel are our choice. */
static void
test_weight(void)
{
    static const size_t LIMIT = 25 * 1000;
    static const double sizes[] = {0, 560};
    g_auto(Invented) invented = invent("builtin:u4ssc", true);

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GhDrawing) wheel =
            gh_city_wheel(evaluation_of(&invented), gh_lang_source(), "", sizes[i]);
        g_autoptr(GString) svg = g_string_new(NULL);
        gh_drawing_svg(wheel, GH_SVG_INLINE, "wheel", svg);
        size_t n_bytes = packed_bytes(svg->str);
        g_test_message("size %.0f: %zu bytes, %zu packed", sizes[i], svg->len, n_bytes);
        g_assert_cmpuint(n_bytes, <, LIMIT);
    }
}

/* -- legend -- */

static void
test_legend(void)
{
    static const char *const want[] = {"far from target", "on the way", "near target",
                                       "on target",       "no data",    "no target"};
    g_auto(Invented) invented = invent("builtin:u4ssc", true);
    g_autoptr(GhDrawing) legend = gh_city_legend(invented.framework, gh_lang_source(), 640);
    g_autoptr(GString) dump = g_string_new(NULL);
    const char *at = NULL;

    gh_drawing_dump(legend, dump);
    at = dump->str;
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        at = strstr(at, want[i]);
        g_assert_nonnull(at);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/city_wheel/segments are called by name, value, share and band", test_names);
    g_test_add_func("/city_wheel/every dimension, category and data point is there and linked",
                    test_u4ssc);
    g_test_add_func("/city_wheel/on the city's own page groups are places of it", test_own_page);
    g_test_add_func("/city_wheel/works for a framework of two levels", test_small_framework);
    g_test_add_func(
        "/city_wheel/a city without figures has no data, no year, no section to lead to",
        test_empty_city);
    g_test_add_func("/city_wheel/without a site there are no links", test_no_links);
    g_test_add_func("/city_wheel/links keep targets that are not the usual ones",
                    test_other_targets);
    g_test_add_func("/city_wheel/texts of both frameworks keep apart", test_texts);
    g_test_add_func("/city_wheel/the sheet has legend and targets", test_sheet);
    g_test_add_func("/city_wheel/weighs less than 25 kB packed", test_weight);
    g_test_add_func("/city_legend/bands come first, from far to on target", test_legend);
    return g_test_run();
}
