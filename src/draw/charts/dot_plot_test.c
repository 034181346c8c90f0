/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_plot_test.c - values of invented towns on a common axis, in rows and on a strip. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/charts/dot_strip.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const GhDot TOWNS[] = {
    {.label = "Fictional Town",
     .value = "97",
     .link = "/cities/a",
     .x = 97,
     .shown = GH_SHOWN_BAND,
     .step = 4,
     .highlighted = true},
    {.label = "Old Harbour", .value = "80", .x = 80, .shown = GH_SHOWN_BAND, .step = 4},
    {.label = "Upper Valley", .value = "41.5", .x = 41.5, .shown = GH_SHOWN_BAND, .step = 2},
    {.label = "Lower Valley", .value = "3", .x = 3, .shown = GH_SHOWN_BAND, .step = 1},
    {.label = "Far Island", .value = "0", .x = 0, .shown = GH_SHOWN_NO_TARGET},
    {.label = "New Quarter", .value = "no data", .x = NAN, .shown = GH_SHOWN_NO_DATA},
};

static GhDotPlot
dot_plot(const GhLang *lang, const GhDot *dots, size_t n_dots, double width)
{
    return (GhDotPlot){
        .lang = lang,
        .title = "Household Internet access: 6 cities",
        .description = "From 0 in Far Island to 97 in Fictional Town.",
        .axis = "Household Internet access, %",
        .min = 0,
        .max = 100,
        .target = 80,
        .target_label = "target 80",
        .dots = dots,
        .n_dots = n_dots,
        .write_number = gh_charts_testing_number,
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
        {"dot-plot-wide", "en", 720},
        {"dot-plot-narrow", "en", 340},
        {"dot-plot-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhDotPlot plot = dot_plot(gh_draw_testing_lang(cases[i].tag), TOWNS,
                                        G_N_ELEMENTS(TOWNS), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_dot_plot(&plot);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

/* Values that crowd near the lower end, as most do. */
static GhDot *
make_crowd(size_t n)
{
    GhDot *dots = g_new0(GhDot, n);

    for (size_t i = 0; i < n; i++) {
        double share = (double)(i + 1) / (double)n;
        dots[i] = (GhDot){.label = "Somewhere",
                          .value = "1",
                          .x = 100 * share * share,
                          .shown = GH_SHOWN_NO_TARGET};
    }
    return dots;
}

static void
show_middle(GhDotPlot *plot)
{
    plot->lower_quartile = 6.25;
    plot->median = 25;
    plot->upper_quartile = 56.25;
    plot->middle_label = "median 25, middle half 6.25 to 56.25";
}

static void
test_strip_golden(void)
{
    static const double widths[] = {720, 340};
    static const char *const names[] = {"dot-strip-wide", "dot-strip-narrow"};
    g_autofree GhDot *dots = make_crowd(60);

    dots[56].label = "Fictional Town";
    dots[56].value = "90.25";
    dots[56].highlighted = true;
    for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
        GhDotPlot plot = dot_plot(gh_lang_source(), dots, 60, widths[i]);
        show_middle(&plot);
        g_autoptr(GhDrawing) drawing = gh_chart_dot_plot(&plot);
        gh_texts_assert_apart(drawing);
        gh_golden_assert_drawing(names[i], drawing, (unsigned)widths[i]);
    }
}

static guint
count_in_dump(const GhDrawing *drawing, const char *beginning)
{
    g_autoptr(GString) dump = g_string_new(NULL);
    g_auto(GStrv) lines = NULL;
    guint n = 0;

    gh_drawing_dump(drawing, dump);
    lines = g_strsplit(dump->str, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++)
        n += g_str_has_prefix(lines[i], beginning) ? 1 : 0;
    return n;
}

/* What has a name besides the drawing itself. */
static guint
count_parts(const GhDrawing *drawing)
{
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);

    return gh_draw_testing_count(elements, "title") - 1;
}

static void
test_rows_and_strip(void)
{
    g_autofree GhDot *dots = make_crowd(GH_DOT_PLOT_ROWS_MAX + 1);
    GhDotPlot plot = dot_plot(gh_lang_source(), dots, GH_DOT_PLOT_ROWS_MAX, 720);
    g_autoptr(GhDrawing) rows = gh_chart_dot_plot(&plot);

    plot.n_dots++;
    g_autoptr(GhDrawing) strip = gh_chart_dot_plot(&plot);
    g_assert_cmpuint(count_parts(rows), ==, GH_DOT_PLOT_ROWS_MAX);
    g_assert_cmpuint(count_parts(strip), ==, 0);
    g_assert_cmpuint(count_in_dump(strip, "circle"), ==, 0);
}

static void
test_crowd(void)
{
    static const size_t MANY = 10000, BYTES_MAX = 20000;
    g_autofree GhDot *dots = make_crowd(MANY);
    GhDotPlot plot = dot_plot(gh_lang_source(), dots, MANY, 720);
    g_autoptr(GString) svg = g_string_new(NULL);

    show_middle(&plot);
    g_autoptr(GhDrawing) drawing = gh_chart_dot_plot(&plot);
    gh_drawing_svg(drawing, GH_SVG_FILE, "crowd", svg);
    g_test_message("%zu bytes", svg->len);
    g_assert_cmpuint(svg->len, <, BYTES_MAX);
}

static GhDrawing *
draw_crowd(void)
{
    g_autofree GhDot *dots = make_crowd(10000);
    const GhDotPlot plot = dot_plot(gh_lang_source(), dots, 10000, 720);

    return gh_chart_dot_plot(&plot);
}

static GhDrawing *
draw_thirty(void)
{
    g_autofree GhDot *dots = make_crowd(GH_DOT_PLOT_ROWS_MAX);
    const GhDotPlot plot = dot_plot(gh_lang_source(), dots, GH_DOT_PLOT_ROWS_MAX, 720);

    return gh_chart_dot_plot(&plot);
}

static void
test_cost(void)
{
    gh_charts_testing_cost(draw_crowd);
    gh_charts_testing_cost(draw_thirty);
}

/* Where the dots stand, as a reader of the drawing sees them. */
static void
test_positions(void)
{
    static const struct {
        const char *label, *tag;
        double values[3], min, max;
        const char *want[3]; /* x of the circles */
    } cases[] = {
        /* The axis reaches from 11 to 329 of 340. */
        {"a percentage", "en", {0, 50, 100}, 0, 100, {"circle 11 ", "circle 170 ", "circle 329 "}},
        {"from the right",
         "ar",
         {0, 50, 100},
         0,
         100,
         {"circle 329 ", "circle 170 ", "circle 11 "}},
        {"on both sides of zero",
         "en",
         {-5, 0, 5},
         -INFINITY,
         INFINITY,
         {"circle 11 ", "circle 170 ", "circle 329 "}},
        {"all zero", "en", {0, 0, 0}, 0, 100, {"circle 11 ", "circle 11 ", "circle 11 "}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhDot dots[3];
        g_test_message("%s", cases[i].label);
        for (size_t k = 0; k < G_N_ELEMENTS(dots); k++)
            dots[k] = (GhDot){.label = "Town",
                              .value = "1",
                              .x = cases[i].values[k],
                              .shown = GH_SHOWN_BAND,
                              .step = 1};
        GhDotPlot plot = dot_plot(gh_draw_testing_lang(cases[i].tag), dots, 3, 340);
        plot.min = cases[i].min;
        plot.max = cases[i].max;
        plot.target = NAN;
        g_autoptr(GhDrawing) drawing = gh_chart_dot_plot(&plot);
        for (size_t k = 0; k < G_N_ELEMENTS(dots); k++)
            g_assert_cmpuint(count_in_dump(drawing, cases[i].want[k]), >=, 1);
    }
}

static void
test_nothing(void)
{
    const GhDot none[] = {{.label = "A", .value = "no data", .x = NAN, .shown = GH_SHOWN_NO_DATA}};

    for (size_t n = 0; n <= 1; n++) {
        GhDotPlot plot = dot_plot(gh_lang_source(), none, n, 280);
        plot.target = NAN;
        g_autoptr(GhDrawing) drawing = gh_chart_dot_plot(&plot);
        g_autoptr(GString) svg = g_string_new(NULL);
        gh_drawing_svg(drawing, GH_SVG_INLINE, "none", svg);
        g_assert_null(strstr(svg->str, "nan"));
        g_assert_null(strstr(svg->str, "inf"));
        g_assert_cmpuint(count_in_dump(drawing, "circle"), ==, 0);
        gh_texts_assert_apart(drawing);
    }
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    GhDot dots[GH_CHARTS_TESTING_NAMES];
    GhDotPlot plot = dot_plot(lang, dots, G_N_ELEMENTS(dots), width);

    for (size_t i = 0; i < G_N_ELEMENTS(dots); i++) {
        dots[i] = TOWNS[i];
        dots[i].label = names[i];
    }
    plot.axis = names[0];
    plot.target_label = names[4];
    return gh_chart_dot_plot(&plot);
}

static GhDrawing *
draw_strip_names(const GhLang *lang, const char *const *names, double width)
{
    g_autofree GhDot *dots = make_crowd(60);
    GhDotPlot plot = dot_plot(lang, dots, 60, width);

    show_middle(&plot);
    dots[1].highlighted = true;
    dots[1].label = names[0];
    plot.axis = names[1];
    plot.target_label = names[2];
    plot.middle_label = names[3];
    return gh_chart_dot_plot(&plot);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
    gh_charts_testing_sweep(draw_strip_names);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dot plot/rows look as they did", test_golden);
    g_test_add_func("/dot plot/a strip looks as it did", test_strip_golden);
    g_test_add_func("/dot plot/more than the rows share one strip", test_rows_and_strip);
    g_test_add_func("/dot plot/a crowd shares strokes", test_crowd);
    g_test_add_func("/dot plot/dots stand at their values", test_positions);
    g_test_add_func("/dot plot/without values there is an axis", test_nothing);
    g_test_add_func("/dot plot/texts keep apart in every script and width", test_texts);
    g_test_add_func("/dot plot/any number is quick", test_cost);
    return g_test_run();
}
