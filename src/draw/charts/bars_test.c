/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bars_test.c - bars of scores with their range, and of shares of target, with invented numbers. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const double BOUNDS[] = {33, 66, 95};

/* -- range bars -- */

static const GhRangeBar DIMENSIONS[] = {
    {.label = "Economy",
     .value = "65",
     .below = "14 of 55 figures; possible 36 to 88",
     .link = "/economy",
     .score = 65,
     .low = 36,
     .high = 88,
     .shown = GH_SHOWN_BAND,
     .step = 2},
    {.label = "Environment",
     .value = "97",
     .below = "28 of 28 figures",
     .score = 97,
     .low = 97,
     .high = 97,
     .shown = GH_SHOWN_BAND,
     .step = 4},
    {.label = "Society and Culture",
     .value = "no data",
     .below = "0 of 29 figures; possible 25 to 100",
     .score = NAN,
     .low = 25,
     .high = 100,
     .shown = GH_SHOWN_NO_DATA},
    {.label = "Governance",
     .value = "no target",
     .below = "3 of 4 figures",
     .score = NAN,
     .low = NAN,
     .high = NAN,
     .shown = GH_SHOWN_NO_TARGET},
};

static GhRangeBars
range_bars(const GhLang *lang, double width)
{
    return (GhRangeBars){
        .lang = lang,
        .title = "Scores of Fictional Town",
        .description = "Economy 65 of 100.",
        .axis = "Score, percent of all points",
        .bounds = BOUNDS,
        .n_bounds = G_N_ELEMENTS(BOUNDS),
        .bars = DIMENSIONS,
        .n_bars = G_N_ELEMENTS(DIMENSIONS),
        .width = width,
    };
}

static void
test_range_golden(void)
{
    static const struct {
        const char *name, *tag;
        double width;
    } cases[] = {
        {"range-bars-wide", "en", 720},
        {"range-bars-narrow", "en", 340},
        {"range-bars-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhRangeBars bars = range_bars(gh_draw_testing_lang(cases[i].tag), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_range_bars(&bars);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

/* The rectangles of the chart, in order. */
static GArray *
rects(const GhDrawing *drawing)
{
    GArray *widths = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GString) dump = g_string_new(NULL);
    g_auto(GStrv) lines = NULL;

    gh_drawing_dump(drawing, dump);
    lines = g_strsplit(dump->str, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        if (g_strv_length(words) == 5 && strcmp(words[0], "rect") == 0) {
            double width = g_ascii_strtod(words[3], NULL);
            g_array_append_val(widths, width);
        }
    }
    return widths;
}

static void
test_range_lengths(void)
{
    const GhRangeBars bars = range_bars(gh_lang_source(), 340);
    g_autoptr(GhDrawing) drawing = gh_chart_range_bars(&bars);
    g_autoptr(GArray) widths = rects(drawing);

    /* Narrow, the axis is as wide as the chart, but for its outer lines. */
    g_assert_cmpuint(widths->len, ==, 4);
    g_assert_cmpfloat_with_epsilon(g_array_index(widths, double, 0), 0.65 * 338, 0.01);
    g_assert_cmpfloat_with_epsilon(g_array_index(widths, double, 1), 0.97 * 338, 0.01);
    g_assert_cmpfloat(g_array_index(widths, double, 2), ==, 338); /* hatched: a slot */
}

static void
test_range_names(void)
{
    const GhRangeBars bars = range_bars(gh_lang_source(), 720);
    g_autoptr(GhDrawing) drawing = gh_chart_range_bars(&bars);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    const GhSvgElement *link = gh_draw_testing_nth(elements, "a", 0);

    g_assert_cmpstr(gh_draw_testing_own(link, "href"), ==, "/economy");
    g_assert_cmpstr(gh_draw_testing_own(link, "aria-label"), ==,
                    "Economy, 65, 14 of 55 figures; possible 36 to 88");
    g_assert_cmpstr(gh_draw_testing_nth(elements, "title", 0)->text->str, ==,
                    "Scores of Fictional Town");
    g_assert_cmpuint(gh_draw_testing_count(elements, "a"), ==, 1);
}

static GhDrawing *
draw_range(const GhLang *lang, const char *const *names, double width)
{
    GhRangeBar named[GH_CHARTS_TESTING_NAMES];
    GhRangeBars bars = range_bars(lang, width);

    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        named[i] = DIMENSIONS[i % G_N_ELEMENTS(DIMENSIONS)];
        named[i].label = names[i];
        named[i].below = names[0];
    }
    bars.axis = names[0];
    bars.bars = named;
    bars.n_bars = G_N_ELEMENTS(named);
    return gh_chart_range_bars(&bars);
}

static void
test_range_texts(void)
{
    gh_charts_testing_sweep(draw_range);
}

static void
test_range_none(void)
{
    GhRangeBars bars = range_bars(gh_lang_source(), 280);

    bars.n_bars = 0;
    bars.n_bounds = 0;
    g_autoptr(GhDrawing) drawing = gh_chart_range_bars(&bars);
    g_assert_cmpuint(gh_texts_assert_apart(drawing), ==, 3); /* the axis and its ends */
    g_assert_cmpfloat(gh_drawing_height(drawing), >, 0);
}

/* -- share bars -- */

static const GhShareBar POINTS[] = {
    {.group = "ICT Infrastructure",
     .label = "Household Internet access",
     .value = "97 %",
     .link = "/indicators/a",
     .share = 97,
     .shown = GH_SHOWN_BAND,
     .step = 4},
    {.group = "ICT Infrastructure",
     .label = "Integrated building management systems in public buildings",
     .value = "8.5 %",
     .share = 8.5,
     .shown = GH_SHOWN_BAND,
     .step = 1},
    {.group = "Air Quality",
     .label = "Air Pollution: PM10",
     .value = "0 %",
     .share = 0,
     .shown = GH_SHOWN_BAND,
     .step = 1},
    {.group = "Air Quality",
     .label = "Air Pollution: NO2",
     .value = "not reported",
     .share = NAN,
     .shown = GH_SHOWN_NO_DATA},
    {.group = "Transport",
     .label = "Traffic monitoring",
     .value = "66 %",
     .share = 66,
     .shown = GH_SHOWN_BAND,
     .step = 3},
    {.group = "Transport",
     .label = "Open to traffic",
     .value = "12 of 15",
     .share = 80,
     .shown = GH_SHOWN_NO_TARGET},
};

static GhShareBars
share_bars(const GhLang *lang, double width)
{
    return (GhShareBars){
        .lang = lang,
        .title = "Shares of target of Fictional Town",
        .description = "Household Internet access 97 % of target.",
        .axis = "Share of target, %",
        .bounds = BOUNDS,
        .n_bounds = G_N_ELEMENTS(BOUNDS),
        .bars = POINTS,
        .n_bars = G_N_ELEMENTS(POINTS),
        .width = width,
    };
}

static void
test_share_golden(void)
{
    static const struct {
        const char *name, *tag;
        double width;
    } cases[] = {
        {"share-bars-wide", "en", 720},
        {"share-bars-narrow", "en", 280},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhShareBars bars = share_bars(gh_draw_testing_lang(cases[i].tag), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_share_bars(&bars);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

static void
test_share_lengths(void)
{
    const GhShareBars bars = share_bars(gh_lang_source(), 280);
    g_autoptr(GhDrawing) drawing = gh_chart_share_bars(&bars);
    g_autoptr(GArray) widths = rects(drawing);
    static const double want[] = {0.97, 0.085, 1, 0.66, 0.8}; /* none for 0 %; a slot for no data */

    g_assert_cmpuint(widths->len, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++)
        g_assert_cmpfloat_with_epsilon(g_array_index(widths, double, i), want[i] * 278, 0.011);
}

static GhDrawing *
draw_share(const GhLang *lang, const char *const *names, double width)
{
    GhShareBar named[2 * GH_CHARTS_TESTING_NAMES];
    GhShareBars bars = share_bars(lang, width);

    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        named[i] = POINTS[i % G_N_ELEMENTS(POINTS)];
        named[i].label = names[i % GH_CHARTS_TESTING_NAMES];
        named[i].group = names[i / 4];
    }
    named[3].value = names[1]; /* a long word for no data */
    bars.axis = names[1];
    bars.bars = named;
    bars.n_bars = G_N_ELEMENTS(named);
    return gh_chart_share_bars(&bars);
}

/* Arabic names at a desk and on a phone. */
static void
test_share_scripts(void)
{
    g_autoptr(GhDrawing) wide =
        draw_share(gh_draw_testing_lang("ar"), gh_charts_testing_names("ar"), 720);
    g_autoptr(GhDrawing) narrow =
        draw_share(gh_draw_testing_lang("ar"), gh_charts_testing_names("ar"), 340);

    gh_golden_assert_drawing("share-bars-right-to-left", wide, 720);
    gh_golden_assert_drawing("share-bars-right-to-left-narrow", narrow, 340);
}

static void
test_share_texts(void)
{
    gh_charts_testing_sweep(draw_share);
}

/* As many as the framework has data points. */
static GhDrawing *
draw_many(void)
{
    GhShareBar many[112];
    GhShareBars bars = share_bars(gh_lang_source(), 720);

    for (size_t i = 0; i < G_N_ELEMENTS(many); i++)
        many[i] = POINTS[i % G_N_ELEMENTS(POINTS)];
    bars.bars = many;
    bars.n_bars = G_N_ELEMENTS(many);
    return gh_chart_share_bars(&bars);
}

static void
test_share_cost(void)
{
    gh_charts_testing_cost(draw_many);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bars/scores look as they did", test_range_golden);
    g_test_add_func("/bars/a bar is as long as its score, and no data is a slot",
                    test_range_lengths);
    g_test_add_func("/bars/a bar is named and linked", test_range_names);
    g_test_add_func("/bars/texts of scores keep apart in every script and width", test_range_texts);
    g_test_add_func("/bars/without bars there is an axis", test_range_none);
    g_test_add_func("/bars/shares look as they did", test_share_golden);
    g_test_add_func("/bars/shares from right to left look as they did", test_share_scripts);
    g_test_add_func("/bars/a bar is as long as its share, and zero has none", test_share_lengths);
    g_test_add_func("/bars/texts of shares keep apart in every script and width", test_share_texts);
    g_test_add_func("/bars/112 shares are quick", test_share_cost);
    return g_test_run();
}
