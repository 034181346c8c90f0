/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stacks_test.c - bars made of parts, with invented numbers. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const char *const SERIES[] = {"Economy",  "Environment", "Society", "Governance", "Culture",
                                     "Mobility", "Energy",      "Safety",  "Health",     "Housing"};

static const GhStackPart FIRST[] = {{0, "Economy, 21.4", 21.4}, {1, "Environment, 18", 18},
                                    {2, "Society, 9", 9},       {3, "Governance, 5.5", 5.5},
                                    {4, "Culture, 2", 2},       {5, "Mobility, 6", 6},
                                    {6, "Energy, 4", 4},        {7, "Safety, 7", 7},
                                    {8, "Health, 6", 6},        {9, "Housing, 1", 1}};
static const GhStackPart SECOND[] = {{0, "Economy, 12", 12},
                                     {1, "Environment, -8", -8},
                                     {2, "Society, none", NAN},
                                     {3, "Governance, 0", 0},
                                     {5, "Mobility, 10", 10}};

static const GhStackBar BARS[] = {
    {.label = "Fictional Town",
     .value = "79.9",
     .link = "/town",
     .parts = FIRST,
     .n_parts = G_N_ELEMENTS(FIRST)},
    {.label = "Invented City", .value = "14", .parts = SECOND, .n_parts = G_N_ELEMENTS(SECOND)},
    {.label = "Nowhere by the Sea", .value = "no data"},
};

static GhStacks
stacks(const GhLang *lang, double width)
{
    return (GhStacks){
        .lang = lang,
        .title = "What scores of invented towns are made of",
        .description = "Most of Fictional Town's comes from Economy.",
        .axis = "Points",
        .series = SERIES,
        .n_series = G_N_ELEMENTS(SERIES),
        .max = NAN,
        .bars = BARS,
        .n_bars = G_N_ELEMENTS(BARS),
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
        {"stacks-wide", "en", 720},
        {"stacks-narrow", "en", 340},
        {"stacks-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhStacks chart = stacks(gh_draw_testing_lang(cases[i].tag), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_stacks(&chart);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

/* Without a key, the rectangles are those of the parts. */
static GPtrArray *
parts_of(const GhStackBar *bar, double max, size_t n_want)
{
    GhStacks chart = stacks(gh_lang_source(), 340);

    chart.n_series = 0;
    chart.bars = bar;
    chart.n_bars = 1;
    chart.max = max;
    g_autoptr(GhDrawing) drawing = gh_chart_stacks(&chart);
    GPtrArray *elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_assert_cmpuint(gh_draw_testing_count(elements, "rect"), ==, n_want);
    return elements;
}

static void
test_lengths(void)
{
    static const GhStackPart parts[] = {{0, "a", 30}, {1, "b", 20}, {2, "c", 10}};
    const GhStackBar bar = {
        .label = "A", .value = "", .parts = parts, .n_parts = G_N_ELEMENTS(parts)};
    g_autoptr(GPtrArray) elements = parts_of(&bar, 100, G_N_ELEMENTS(parts));
    double x = 1; /* the axis is 338 wide, with half a line at both ends */

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const GhSvgElement *rect = gh_draw_testing_nth(elements, "rect", i);
        double width = parts[i].value / 100 * 338;
        g_assert_cmpfloat_with_epsilon(gh_draw_testing_number(rect, "x"), x, 0.011);
        g_assert_cmpfloat_with_epsilon(gh_draw_testing_number(rect, "width"), width, 0.011);
        x += width;
    }
}

/* Axis -10 to 20: parts of 12 and 8 above, 10 below. */
static void
test_below_zero(void)
{
    static const GhStackPart parts[] = {
        {0, "a", 12}, {1, "b", -10}, {2, "c", 8}, {3, "d", NAN}, {4, "e", 0}};
    const GhStackBar bar = {
        .label = "A", .value = "", .parts = parts, .n_parts = G_N_ELEMENTS(parts)};
    g_autoptr(GPtrArray) elements = parts_of(&bar, NAN, 3);
    static const double starts[] = {0, -10, 12}, lengths[] = {12, 10, 8};

    for (guint i = 0; i < G_N_ELEMENTS(starts); i++) {
        const GhSvgElement *rect = gh_draw_testing_nth(elements, "rect", i);
        g_assert_cmpfloat_with_epsilon(gh_draw_testing_number(rect, "x"),
                                       1 + (starts[i] + 10) / 30 * 338, 0.011);
        g_assert_cmpfloat_with_epsilon(gh_draw_testing_number(rect, "width"), lengths[i] / 30 * 338,
                                       0.011);
    }
}

static void
test_names(void)
{
    const GhStacks chart = stacks(gh_lang_source(), 720);
    g_autoptr(GhDrawing) drawing = gh_chart_stacks(&chart);
    g_autoptr(GString) svg = g_string_new(NULL);

    gh_drawing_svg(drawing, GH_SVG_INLINE, "names", svg);
    g_assert_nonnull(strstr(svg->str, "aria-label=\"Fictional Town, 79.9\""));
    g_assert_nonnull(strstr(svg->str, "Economy, 21.4"));
    g_assert_null(strstr(svg->str, "\"nan"));
}

/* Number in the key and number in the part are one, and series beyond the colours are hatched. */
static void
test_numbers(void)
{
    const GhStacks chart = stacks(gh_lang_source(), 1120);
    g_autoptr(GhDrawing) drawing = gh_chart_stacks(&chart);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_autoptr(GString) svg = g_string_new(NULL);
    guint n_nines = 0;

    for (guint i = 0; i < gh_draw_testing_count(elements, "text"); i++)
        n_nines += g_str_equal(gh_draw_testing_nth(elements, "text", i)->text->str, "9");
    g_assert_cmpuint(n_nines, ==, 2);
    gh_drawing_svg(drawing, GH_SVG_INLINE, "numbers", svg);
    g_assert_nonnull(strstr(svg->str, "<pattern"));
}

static void
test_marks(void)
{
    static const char *const marks[] = {"1", "3", "4", "5", "6", "7", "8", "9", "10", "11"};
    GhStacks chart = stacks(gh_lang_source(), 1120);
    chart.marks = marks;
    g_autoptr(GhDrawing) drawing = gh_chart_stacks(&chart);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    guint n_threes = 0, n_twos = 0;

    for (guint i = 0; i < gh_draw_testing_count(elements, "text"); i++) {
        const char *text = gh_draw_testing_nth(elements, "text", i)->text->str;
        n_threes += g_str_equal(text, "3");
        n_twos += g_str_equal(text, "2");
    }
    g_assert_cmpuint(n_threes, ==, 3); /* in the key and in two bars */
    g_assert_cmpuint(n_twos, ==, 0);
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    GhStackBar named[GH_CHARTS_TESTING_NAMES];
    GhStacks chart = stacks(lang, width);

    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        named[i] = BARS[i % G_N_ELEMENTS(BARS)];
        named[i].label = names[i];
    }
    chart.axis = names[0];
    chart.series = names;
    chart.n_series = GH_CHARTS_TESTING_NAMES;
    chart.bars = named;
    chart.n_bars = G_N_ELEMENTS(named);
    return gh_chart_stacks(&chart);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
}

static void
test_none(void)
{
    GhStacks chart = stacks(gh_lang_source(), 280);

    chart.n_bars = 0;
    chart.n_series = 0;
    g_autoptr(GhDrawing) drawing = gh_chart_stacks(&chart);
    g_assert_cmpuint(gh_texts_assert_apart(drawing), >=, 1);
}

static GhDrawing *
draw_usual(void)
{
    const GhStacks chart = stacks(gh_lang_source(), 720);

    return gh_chart_stacks(&chart);
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
    g_test_add_func("/stacks/look as they did", test_golden);
    g_test_add_func("/stacks/a part is as long as its value and begins where the last ended",
                    test_lengths);
    g_test_add_func("/stacks/below zero stands on the other side of its line", test_below_zero);
    g_test_add_func("/stacks/bars and parts are named", test_names);
    g_test_add_func("/stacks/a part has the number of its series", test_numbers);
    g_test_add_func("/stacks/series with marks of their own bear them instead of numbers",
                    test_marks);
    g_test_add_func("/stacks/texts keep apart in every script and width", test_texts);
    g_test_add_func("/stacks/without bars there is an axis", test_none);
    g_test_add_func("/stacks/are quick", test_cost);
    return g_test_run();
}
