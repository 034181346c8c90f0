/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* slope_test.c - two columns of invented scores and the lines between them. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const GhSlopeRow CATEGORIES[] = {
    {.label = "ICT Infrastructure",
     .left_value = "36",
     .right_value = "81",
     .link = "/ict",
     .left = 36,
     .right = 81,
     .left_step = 2,
     .right_step = 3},
    {.label = "Water and Sanitation",
     .left_value = "80",
     .right_value = "96",
     .left = 80,
     .right = 96,
     .left_step = 3,
     .right_step = 4},
    {.label = "Electricity Supply",
     .left_value = "81",
     .right_value = "50",
     .left = 81,
     .right = 50,
     .left_step = 3,
     .right_step = 2},
    {.label = "Transport",
     .left_value = "50",
     .right_value = "50",
     .left = 50,
     .right = 50,
     .left_step = 2,
     .right_step = 2},
    {.label = "Public Space and Nature",
     .left_value = "25",
     .right_value = "",
     .left = 25,
     .right = NAN,
     .left_step = 1},
    {.label = "Housing",
     .left_value = "",
     .right_value = "100",
     .left = NAN,
     .right = 100,
     .right_step = 4},
};

static GhSlope
slope(const GhLang *lang, const GhSlopeRow *rows, size_t n_rows, double width)
{
    return (GhSlope){
        .lang = lang,
        .title = "Fictional Town 2020 and Old Harbour 2021",
        .description = "Largest difference: ICT Infrastructure, 36 and 81.",
        .left_title = "Fictional Town 2020",
        .right_title = "Old Harbour 2021",
        .axis = "Score, percent of all points",
        .rows = rows,
        .n_rows = n_rows,
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
        {"slope-wide", "en", 720},
        {"slope-narrow", "en", 340},
        {"slope-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhSlope chart = slope(gh_draw_testing_lang(cases[i].tag), CATEGORIES,
                                    G_N_ELEMENTS(CATEGORIES), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_slope(&chart);
        gh_texts_assert_apart(drawing);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

/* As many as the framework has categories, many of them equal. */
static void
fill_rows(GhSlopeRow *rows, size_t n_rows, const char *const *names)
{
    static const char *const written[] = {"25", "50", "56", "75", "100"};
    static const double values[] = {25, 50, 56.25, 75, 100};

    for (size_t i = 0; i < n_rows; i++) {
        size_t left = i * 7 % 5, right = i * 3 % 5;
        rows[i] = (GhSlopeRow){
            .label = names[i % GH_CHARTS_TESTING_NAMES],
            .left_value = written[left],
            .right_value = written[right],
            .left = values[left],
            .right = values[right],
            .left_step = 1 + (int)(left * 3 / 4),
            .right_step = 1 + (int)(right * 3 / 4),
        };
    }
    rows[3].left = NAN;
    rows[3].left_value = "";
    rows[4].right = rows[5].right = NAN;
    rows[4].right_value = rows[5].right_value = "";
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    GhSlopeRow rows[24];

    fill_rows(rows, G_N_ELEMENTS(rows), names);
    GhSlope chart = slope(lang, rows, G_N_ELEMENTS(rows), width);
    chart.axis = names[0];
    chart.left_title = names[1];
    chart.right_title = names[3];
    return gh_chart_slope(&chart);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
}

static const char *const SHORT[GH_CHARTS_TESTING_NAMES] = {
    "ICT Infrastructure", "Water and Sanitation",  "Electricity Supply",
    "Transport",          "Environmental Quality", "Public Space and Nature"};

static GhDrawing *
draw_many(void)
{
    return draw_names(gh_lang_source(), SHORT, 720);
}

static void
test_many_golden(void)
{
    g_autoptr(GhDrawing) drawing = draw_many();

    g_autoptr(GhDrawing) chinese =
        draw_names(gh_draw_testing_lang("zh"), gh_charts_testing_names("zh"), 340);

    gh_golden_assert_drawing("slope-many", drawing, 720);
    gh_golden_assert_drawing("slope-many-chinese", chinese, 340);
}

static void
test_cost(void)
{
    gh_charts_testing_cost(draw_many);
}

/* How often an element of that name has the attribute with that value, itself or inherited. */
static guint
count_with(const GPtrArray *elements, const char *name, const char *attribute, const char *value)
{
    guint n = 0;

    for (guint i = 0; i < gh_draw_testing_count(elements, name); i++)
        n += g_strcmp0(gh_draw_testing_inherited(gh_draw_testing_nth(elements, name, i), attribute),
                       value)
             == 0;
    return n;
}

static void
test_changes(void)
{
    static const struct {
        const char *label;
        double left, right;
        const char *left_value, *right_value;
        guint n_dashed, n_arrows;
    } cases[] = {
        {"better: a full line and an arrow", 20, 30, "20", "30", 0, 1},
        {"worse: a dashed line and an arrow", 30, 20, "30", "20", 1, 1},
        {"the same: a thin line", 30, 30, "30", "30", 0, 0},
        {"written alike is the same", 30.1, 30.2, "30", "30", 0, 0},
        {"one end only: no line", NAN, 20, "", "20", 0, 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhSlopeRow row = {.label = "Row",
                                .left_value = cases[i].left_value,
                                .right_value = cases[i].right_value,
                                .left = cases[i].left,
                                .right = cases[i].right};
        const GhSlope chart = slope(gh_lang_source(), &row, 1, 720);
        g_autoptr(GhDrawing) drawing = gh_chart_slope(&chart);
        g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
        g_test_message("%s", cases[i].label);
        g_assert_cmpuint(count_with(elements, "line", "stroke-dasharray", "5"), ==,
                         cases[i].n_dashed);
        g_assert_cmpuint(gh_draw_testing_count(elements, "path"), ==, cases[i].n_arrows);
    }
}

static void
test_none(void)
{
    const GhSlope empty = slope(gh_lang_source(), NULL, 0, 280);
    const GhSlopeRow row = {
        .label = "Row", .left_value = "", .right_value = "", .left = NAN, .right = NAN};
    const GhSlope nothing = slope(gh_lang_source(), &row, 1, 280);
    g_autoptr(GhDrawing) a = gh_chart_slope(&empty);
    g_autoptr(GhDrawing) b = gh_chart_slope(&nothing);
    g_autoptr(GString) svg = g_string_new(NULL);

    g_assert_cmpuint(gh_texts_assert_apart(a), ==, gh_texts_assert_apart(b));
    gh_drawing_svg(b, GH_SVG_INLINE, "nothing", svg);
    g_assert_null(strstr(svg->str, "nan"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/slope/looks as it did", test_golden);
    g_test_add_func("/slope/24 rows look as they did", test_many_golden);
    g_test_add_func("/slope/better, worse and the same differ by more than colour", test_changes);
    g_test_add_func("/slope/texts keep apart in every script and width", test_texts);
    g_test_add_func("/slope/without rows there is a frame", test_none);
    g_test_add_func("/slope/24 rows are quick", test_cost);
    return g_test_run();
}
