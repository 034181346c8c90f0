/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* intervals_test.c - places with how sure they are, of invented units. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const GhInterval TOWNS[] = {
    {.label = "Fictional Town",
     .value = "1 (1 to 2)",
     .link = "/town",
     .nominal = 1,
     .low = 1,
     .high = 2,
     .lower_quartile = 1,
     .median = 1,
     .upper_quartile = 1},
    {.label = "Invented City",
     .value = "2 (1 to 6)",
     .nominal = 2,
     .low = 1,
     .high = 6,
     .lower_quartile = 2,
     .median = 3,
     .upper_quartile = 4,
     .highlighted = true},
    {.label = "Nowhere by the Sea",
     .value = "3 (2 to 8)",
     .nominal = 3,
     .low = 2,
     .high = 8,
     .lower_quartile = 3,
     .median = 5,
     .upper_quartile = 6},
    {.label = "Unplaced",
     .value = "no place",
     .nominal = NAN,
     .low = NAN,
     .high = NAN,
     .lower_quartile = NAN,
     .median = NAN,
     .upper_quartile = NAN},
};

static GhIntervals
intervals(const GhLang *lang, double width)
{
    return (GhIntervals){
        .lang = lang,
        .title = "Places of invented towns",
        .description = "Fictional Town is first.",
        .axis = "Place, 1 is the highest",
        .best = 1,
        .worst = 12,
        .rows = TOWNS,
        .n_rows = G_N_ELEMENTS(TOWNS),
        .key_nominal = "published place",
        .key_median = "middle of all runs",
        .key_half = "half of all runs",
        .key_range = "9 of 10 runs",
        .width = width,
    };
}

static void
test_golden(void)
{
    static const struct {
        const char *name, *tag;
        double width;
    } cases[] = {
        {"intervals-wide", "en", 720},
        {"intervals-narrow", "en", 340},
        {"intervals-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhIntervals chart = intervals(gh_draw_testing_lang(cases[i].tag), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_intervals(&chart);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

/* x of the dot of a row, which is the only circle of a chart without a key. */
static double
x_of_dot(double best, double worst, double median)
{
    const GhInterval row = {.label = "A",
                            .value = "",
                            .nominal = NAN,
                            .low = NAN,
                            .high = NAN,
                            .lower_quartile = NAN,
                            .median = median,
                            .upper_quartile = NAN};
    GhIntervals chart = intervals(gh_lang_source(), 340);

    chart.best = best;
    chart.worst = worst;
    chart.rows = &row;
    chart.n_rows = 1;
    chart.key_nominal = chart.key_median = chart.key_half = chart.key_range = NULL;
    g_autoptr(GhDrawing) drawing = gh_chart_intervals(&chart);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_assert_cmpuint(gh_draw_testing_count(elements, "circle"), ==, 1);
    return gh_draw_testing_number(gh_draw_testing_nth(elements, "circle", 0), "cx");
}

static void
test_axis(void)
{
    /* 340 wide less 8 at both ends for the marks. */
    static const struct {
        const char *label;
        double best, worst, median, x;
    } cases[] = {
        {"the best stands at the beginning", 1, 11, 1, 8}, {"half way", 1, 11, 6, 170},
        {"the last at the end", 1, 11, 11, 332},           {"an axis that falls", 100, 0, 100, 8},
        {"a quarter down of it", 100, 0, 75, 89},          {"a single unit", 1, 1, 1, 8},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_cmpfloat_with_epsilon(x_of_dot(cases[i].best, cases[i].worst, cases[i].median),
                                       cases[i].x, 0.011);
    }
}

static void
test_names(void)
{
    const GhIntervals chart = intervals(gh_lang_source(), 720);
    g_autoptr(GhDrawing) drawing = gh_chart_intervals(&chart);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    const GhSvgElement *link = gh_draw_testing_nth(elements, "a", 0);

    g_assert_cmpstr(gh_draw_testing_own(link, "href"), ==, "/town");
    g_assert_cmpstr(gh_draw_testing_own(link, "aria-label"), ==, "Fictional Town, 1 (1 to 2)");
}

/* A row whose place is not known has its word and no mark. */
static void
test_no_place(void)
{
    GhIntervals chart = intervals(gh_lang_source(), 720);

    chart.rows = &TOWNS[3];
    chart.n_rows = 1;
    chart.key_median = NULL;
    g_autoptr(GhDrawing) drawing = gh_chart_intervals(&chart);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_autoptr(GString) svg = g_string_new(NULL);
    gh_drawing_svg(drawing, GH_SVG_INLINE, "none", svg);
    g_assert_cmpuint(gh_draw_testing_count(elements, "circle"), ==, 0);
    g_assert_null(strstr(svg->str, "nan"));
    g_assert_nonnull(strstr(svg->str, "no place"));
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    GhInterval named[GH_CHARTS_TESTING_NAMES];
    GhIntervals chart = intervals(lang, width);

    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        named[i] = TOWNS[i % G_N_ELEMENTS(TOWNS)];
        named[i].label = names[i];
    }
    chart.axis = chart.key_median = names[0];
    chart.key_range = names[1];
    chart.rows = named;
    chart.n_rows = G_N_ELEMENTS(named);
    return gh_chart_intervals(&chart);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
}

static GhDrawing *
draw_many(double width)
{
    static const size_t N = 300;
    g_autofree GhInterval *rows = g_new0(GhInterval, N);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    GhIntervals chart = intervals(gh_lang_source(), width);

    for (size_t i = 0; i < N; i++) {
        double place = (double)i + 1, spread = 4 + fmin(place, (double)N - place) / 4;
        g_ptr_array_add(texts, g_strdup_printf("Invented City %zu", i + 1));
        g_ptr_array_add(texts, g_strdup_printf("%zu", i + 1));
        rows[i] = (GhInterval){.label = texts->pdata[2 * i],
                               .value = texts->pdata[2 * i + 1],
                               .nominal = place,
                               .low = fmax(1, place - spread),
                               .high = fmin((double)N, place + spread),
                               .lower_quartile = fmax(1, place - spread / 3),
                               .median = place,
                               .upper_quartile = fmin((double)N, place + spread / 3),
                               .highlighted = i == 40};
    }
    chart.worst = (double)N;
    chart.rows = rows;
    chart.n_rows = N;
    return gh_chart_intervals(&chart);
}

static void
test_many(void)
{
    for (double width = 340; width <= 720; width += 380) {
        g_autoptr(GhDrawing) drawing = draw_many(width);
        g_assert_cmpuint(gh_texts_assert_apart(drawing), >=, 600);
        g_assert_cmpfloat(gh_drawing_height(drawing), <, 300 * 50);
    }
}

static GhDrawing *
draw_usual(void)
{
    const GhIntervals chart = intervals(gh_lang_source(), 720);

    return gh_chart_intervals(&chart);
}

static void
test_cost(void)
{
    gh_charts_testing_cost(draw_usual);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/intervals/look as they did", test_golden);
    g_test_add_func("/intervals/an axis leads from the best to the last", test_axis);
    g_test_add_func("/intervals/a row is named and linked", test_names);
    g_test_add_func("/intervals/without a place there is a word and no mark", test_no_place);
    g_test_add_func("/intervals/texts keep apart in every script and width", test_texts);
    g_test_add_func("/intervals/300 rows keep apart and stand close", test_many);
    g_test_add_func("/intervals/are quick", test_cost);
    return g_test_run();
}
