/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* multiples_test.c - charts of one kind side by side, with invented scores. */
#include <math.h>

#include "draw/charts/charts_testing.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

enum {
    MAX_TOWNS = 4
};

static const double SCORES[MAX_TOWNS][3] = {
    {65, 97, NAN}, {40, 55, 70}, {81, 30, 12}, {99, 98, 97}};
static const char *const WRITTEN[MAX_TOWNS][3] = {
    {"65", "97", "no data"}, {"40", "55", "70"}, {"81", "30", "12"}, {"99", "98", "97"}};
static const char *const LABELS[] = {"Economy", "Environment", "Society and Culture"};

static int
step_of(double score)
{
    return score < 33 ? 1 : score < 66 ? 2 : score < 95 ? 3 : 4;
}

static GhDrawing *
draw_inner(const GhLang *lang, const char *title, size_t town, double width)
{
    GhRangeBar bars[G_N_ELEMENTS(LABELS)];

    for (size_t i = 0; i < G_N_ELEMENTS(bars); i++) {
        double score = SCORES[town][i];
        bars[i] = (GhRangeBar){
            .label = LABELS[i],
            .value = WRITTEN[town][i],
            .below = "",
            .score = score,
            .low = isnan(score) ? 25 : fmax(score - 20, 0),
            .high = isnan(score) ? 100 : fmin(score + 10, 100),
            .shown = isnan(score) ? GH_SHOWN_NO_DATA : GH_SHOWN_BAND,
            .step = isnan(score) ? 0 : step_of(score),
        };
    }
    return gh_chart_range_bars(&(GhRangeBars){
        .lang = lang,
        .title = title,
        .description = "",
        .axis = "Score, %",
        .bars = bars,
        .n_bars = G_N_ELEMENTS(bars),
        .width = width,
    });
}

static GhDrawing *
draw_grid(const GhLang *lang, const char *const *titles, size_t n, double inner, double width)
{
    GhDrawing *drawings[MAX_TOWNS];

    for (size_t i = 0; i < n; i++)
        drawings[i] = draw_inner(lang, titles[i], i, inner);
    return gh_chart_multiples(&(GhMultiples){
        .lang = lang,
        .title = "Four invented towns",
        .description = "Economy 65, 40, 81 and 99.",
        .drawings = drawings,
        .n_drawings = n,
        .width = width,
    });
}

static const char *const TOWNS[] = {"Fictional Town 2020", "Old Harbour 2021", "Upper Valley 2021",
                                    "Far Island 2019"};

static void
test_golden(void)
{
    static const struct {
        const char *name, *tag;
        double width;
    } cases[] = {
        {"multiples-wide", "en", 720},
        {"multiples-narrow", "en", 280},
        {"multiples-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing =
            draw_grid(gh_draw_testing_lang(cases[i].tag), TOWNS, 3, 280, cases[i].width);
        gh_texts_assert_apart(drawing);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

static void
test_columns(void)
{
    g_autoptr(GhDrawing) one = draw_grid(gh_lang_source(), TOWNS, 4, 280, 591);
    g_autoptr(GhDrawing) two = draw_grid(gh_lang_source(), TOWNS, 4, 280, 592);
    g_autoptr(GhDrawing) four = draw_grid(gh_lang_source(), TOWNS, 4, 280, 4000);
    double row = gh_drawing_height(four); /* titles have one line at all widths */

    /* 280 + 32 + 280 = 592; rows stand 28 apart. */
    g_assert_cmpfloat_with_epsilon(gh_drawing_height(one), 4 * row + 3 * 28, 0.01);
    g_assert_cmpfloat_with_epsilon(gh_drawing_height(two), 2 * row + 28, 0.01);
}

static void
test_wide_inner(void)
{
    g_autoptr(GhDrawing) inner = draw_inner(gh_lang_source(), "One", 0, 560);
    double height = gh_drawing_height(inner);
    const char *const titles[] = {"One"};
    g_autoptr(GhDrawing) half = draw_grid(gh_lang_source(), titles, 1, 560, 280);

    /* A title of 19 and 8 units of air above the chart. */
    g_assert_cmpfloat_with_epsilon(gh_drawing_height(half), 27 + height / 2, 0.01);
}

static void
test_none(void)
{
    g_autoptr(GhDrawing) drawing = draw_grid(gh_lang_source(), TOWNS, 0, 280, 280);

    g_assert_cmpfloat(gh_drawing_height(drawing), >, 0);
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    return draw_grid(lang, names, 4, 280, width);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
}

static GhDrawing *
draw_four(void)
{
    return draw_grid(gh_lang_source(), TOWNS, 4, 280, 720);
}

static void
test_cost(void)
{
    gh_charts_testing_cost(draw_four);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multiples/look as they did", test_golden);
    g_test_add_func("/multiples/columns follow from the width", test_columns);
    g_test_add_func("/multiples/a chart too wide gets smaller", test_wide_inner);
    g_test_add_func("/multiples/none at all", test_none);
    g_test_add_func("/multiples/texts keep apart in every script and width", test_texts);
    g_test_add_func("/multiples/four are quick", test_cost);
    return g_test_run();
}
