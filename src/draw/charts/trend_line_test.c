/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_line_test.c - invented values over years, as a line with axes and as a word-sized one. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/charts/trend_line.h"
#include "draw/charts/years.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const GhYearValue ACCESS[] = {
    {.year = 2015, .y = 41.5, .value = "41.5", .step = 2},
    {.year = 2016, .y = 48, .value = "48", .step = 2},
    {.year = 2017, .y = NAN, .value = "no data"},
    {.year = 2018, .y = 62, .value = "62", .step = 3},
    {.year = 2019, .y = 60, .value = "60", .step = 3},
    {.year = 2021, .y = 71, .value = "71", .step = 3},
    {.year = 2022, .y = 97, .value = "97", .step = 4},
};

static GhTrendLine
trend(const GhLang *lang, const GhYearValue *values, size_t n_values, double width)
{
    return (GhTrendLine){
        .lang = lang,
        .title = "Household Internet access, Fictional Town",
        .description = "From 41.5 % in 2015 to 97 % in 2022.",
        .axis = "Household Internet access, %",
        .min = 0,
        .max = 100,
        .target = 80,
        .target_label = "target 80",
        .values = values,
        .n_values = n_values,
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
        {"trend-line-wide", "en", 720},
        {"trend-line-narrow", "en", 280},
        {"trend-line-right-to-left", "ar", 340},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhTrendLine line =
            trend(gh_draw_testing_lang(cases[i].tag), ACCESS, G_N_ELEMENTS(ACCESS), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_trend_line(&line);
        gh_texts_assert_apart(drawing);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

static void
test_years(void)
{
    const GhYears years = gh_years(ACCESS, G_N_ELEMENTS(ACCESS), 0, 70);
    static const bool follows[] = {false, true, false, false, true, false, true};

    g_assert_cmpint(years.first, ==, 2015);
    g_assert_cmpint(years.last, ==, 2022);
    for (size_t i = 0; i < G_N_ELEMENTS(ACCESS); i++) {
        g_assert_cmpint(gh_years_follows(&years, i), ==, follows[i]);
        g_assert_false(gh_years_is_alone(&years, i));
        g_assert_cmpfloat(gh_years_x(&years, ACCESS[i].year), ==, (ACCESS[i].year - 2015) * 10);
    }
    g_assert_false(gh_years_follows(&years, G_N_ELEMENTS(ACCESS))); /* behind the last */
}

static void
test_joins(void)
{
    static const size_t NONE = G_N_ELEMENTS(ACCESS), BEFORE[] = {NONE, 0, NONE, 1, 3, 4, 5};
    const GhYears years = gh_years(ACCESS, G_N_ELEMENTS(ACCESS), 0, 70);

    for (size_t i = 0; i < G_N_ELEMENTS(ACCESS); i++) {
        size_t before = NONE;
        g_assert_cmpint(gh_years_joins(&years, i, &before), ==, BEFORE[i] != NONE);
        g_assert_cmpuint(before, ==, BEFORE[i]); /* untouched where no line leads to it */
    }
    g_assert_false(gh_years_joins(&years, G_N_ELEMENTS(ACCESS), &(size_t){0}));
}

/* Reported every third year: dashed lines only. */
static void
test_every_third_year(void)
{
    static const GhYearValue values[] = {{.year = 2015, .y = 10, .value = "10"},
                                         {.year = 2018, .y = 20, .value = "20"},
                                         {.year = 2021, .y = 40, .value = "40"}};
    const GhTrendLine line = trend(gh_lang_source(), values, G_N_ELEMENTS(values), 280);
    const GhSparkLine word = {.lang = gh_lang_source(),
                              .title = "",
                              .description = "",
                              .values = values,
                              .n_values = G_N_ELEMENTS(values)};
    g_autoptr(GhDrawing) whole = gh_chart_trend_line(&line);
    g_autoptr(GhDrawing) small = gh_chart_spark_line(&word);
    const GhDrawing *const drawings[] = {whole, small};

    for (size_t i = 0; i < G_N_ELEMENTS(drawings); i++) {
        g_autoptr(GString) svg = g_string_new(NULL);
        gh_drawing_svg(drawings[i], GH_SVG_INLINE, "third", svg);
        g_assert_nonnull(strstr(svg->str, "stroke-dasharray"));
    }
}

static void
test_alone(void)
{
    const GhYearValue values[] = {{.year = 2010, .y = 1},
                                  {.year = 2011, .y = NAN},
                                  {.year = 2012, .y = 1},
                                  {.year = 2014, .y = 1},
                                  {.year = 2015, .y = 1}};
    const GhYears years = gh_years(values, G_N_ELEMENTS(values), 0, 1);
    static const bool alone[] = {true, false, true, false, false};

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        g_assert_cmpint(gh_years_is_alone(&years, i), ==, alone[i]);
}

static bool
has_text(const GhDrawing *drawing, const char *text)
{
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);

    for (guint i = 0; i < gh_draw_testing_count(elements, "text"); i++) {
        if (strcmp(gh_draw_testing_nth(elements, "text", i)->text->str, text) == 0)
            return true;
    }
    return false;
}

static void
test_few(void)
{
    static const struct {
        const char *label;
        GhYearValue values[2];
        size_t n_values;
        guint n_dots;
    } cases[] = {
        {.label = "none"},
        {.label = "all missing",
         .values = {{.year = 2020, .y = NAN, .value = ""}, {.year = 2021, .y = NAN, .value = ""}},
         .n_values = 2},
        {.label = "one",
         .values = {{.year = 2020, .y = 5, .value = "5"}},
         .n_values = 1,
         .n_dots = 1},
        {.label = "two alike",
         .values = {{.year = 2020, .y = 0, .value = "0"}, {.year = 2021, .y = 0, .value = "0"}},
         .n_values = 2,
         .n_dots = 2},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhTrendLine line = trend(gh_lang_source(), cases[i].values, cases[i].n_values, 280);
        g_test_message("%s", cases[i].label);
        line.target = NAN;
        g_autoptr(GhDrawing) drawing = gh_chart_trend_line(&line);
        g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
        g_autoptr(GString) svg = g_string_new(NULL);
        gh_drawing_svg(drawing, GH_SVG_INLINE, "few", svg);
        g_assert_null(strstr(svg->str, "nan"));
        /* No band: an open dot. */
        g_assert_cmpuint(gh_draw_testing_count(elements, "circle"), ==, cases[i].n_dots);
        gh_texts_assert_apart(drawing);
    }
}

/* A value for each of 60 years: numbers of years and values must not meet. */
static void
test_many_years(void)
{
    GhYearValue values[60];

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = (GhYearValue){.year = 1965 + (int)i,
                                  .y = 50 + 40 * sin((double)i),
                                  .value = "1,234.5",
                                  .step = 1 + (int)(i % 4)};
    for (double width = 280; width <= 1120; width += 120) {
        const GhTrendLine line = trend(gh_lang_source(), values, G_N_ELEMENTS(values), width);
        g_autoptr(GhDrawing) drawing = gh_chart_trend_line(&line);
        gh_texts_assert_apart(drawing);
        g_assert_true(has_text(drawing, "2024")); /* the newest year */
    }
}

/* -- what lies ahead -- */

static const GhYearValue LOW[] = {
    {.year = 2015, .y = 20, .value = "20", .step = 1},
    {.year = 2016, .y = 24, .value = "24", .step = 1},
    {.year = 2018, .y = 22, .value = "22", .step = 1},
    {.year = 2019, .y = 30, .value = "30", .step = 1},
    {.year = 2022, .y = 36, .value = "36", .step = 2},
};
static const GhYearValue PROJECTION[] = {{.year = 2026, .y = 44, .value = "44"},
                                         {.year = 2030, .y = 52, .value = "52 in 2030"}};
static const GhYearValue PATH[] = {{.year = 2030, .y = 80, .value = "80 needed"}};
static const int BREAKS[] = {2010, 2018, 2022, 2040};

static GhTrendLine
trend_ahead(const GhLang *lang, double width)
{
    GhTrendLine line = trend(lang, LOW, G_N_ELEMENTS(LOW), width);

    line.breaks = &BREAKS[1];
    line.n_breaks = 1;
    line.break_label = "definition changed";
    line.projection = PROJECTION;
    line.n_projection = G_N_ELEMENTS(PROJECTION);
    line.projection_low = 44;
    line.projection_high = 61;
    line.path = PATH;
    line.n_path = G_N_ELEMENTS(PATH);
    line.projection_label = "where the trend leads, with its range";
    line.path_label = "what the target needs";
    return line;
}

static void
test_ahead_golden(void)
{
    static const struct {
        const char *name, *tag;
        double width;
    } cases[] = {
        {"trend-line-ahead-wide", "en", 720},
        {"trend-line-ahead-narrow", "en", 340},
        {"trend-line-ahead-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhTrendLine line = trend_ahead(gh_draw_testing_lang(cases[i].tag), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_trend_line(&line);
        gh_texts_assert_apart(drawing);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

static void
test_breaks(void)
{
    static const struct {
        int before, year;
        bool broken;
    } cases[] = {
        {2015, 2017, false}, {2017, 2018, true}, {2018, 2019, false},
        {2015, 2030, true},  {2021, 2022, true}, {2022, 2039, false},
    };
    GhTrendLine line = trend_ahead(gh_lang_source(), 720);

    line.breaks = BREAKS;
    line.n_breaks = G_N_ELEMENTS(BREAKS);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%d to %d", cases[i].before, cases[i].year);
        g_assert_cmpint(gh_trend_is_broken(&line, cases[i].before, cases[i].year), ==,
                        cases[i].broken);
    }
}

/* How many elements have a stroke of so many units. */
static guint
count_width(const GhTrendLine *line, const char *name, double width)
{
    g_autoptr(GhDrawing) drawing = gh_chart_trend_line(line);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    guint n = 0;

    for (guint i = 0; i < gh_draw_testing_count(elements, name); i++) {
        const char *stroke =
            gh_draw_testing_own(gh_draw_testing_nth(elements, name, i), "stroke-width");
        n += stroke != NULL && g_ascii_strtod(stroke, NULL) == width;
    }
    return n;
}

/* Without a value no line begins, and without a range there is no wedge. */
static void
test_ahead_few(void)
{
    GhTrendLine line = trend_ahead(gh_lang_source(), 340);

    g_assert_cmpuint(count_width(&line, "path", 1.8), ==, 2);
    line.n_path = 0;
    g_assert_cmpuint(count_width(&line, "path", 1.8), ==, 1);
    line.projection_low = NAN;
    g_autoptr(GhDrawing) no_range = gh_chart_trend_line(&line);
    gh_texts_assert_apart(no_range);
    line.n_values = 0;
    g_assert_cmpuint(count_width(&line, "path", 1.8), ==, 0);
}

/* The axes reach to the last year and the highest value ahead. */
static void
test_ahead_axes(void)
{
    GhTrendLine line = trend_ahead(gh_lang_source(), 720);

    line.target = NAN;
    g_autoptr(GhDrawing) drawing = gh_chart_trend_line(&line);
    g_assert_true(has_text(drawing, "2030"));
    g_assert_true(has_text(drawing, "80"));
    g_assert_true(has_text(drawing, "52 in 2030"));
    g_assert_true(has_text(drawing, "definition changed"));
}

static GhDrawing *
draw_ahead_names(const GhLang *lang, const char *const *names, double width)
{
    GhTrendLine line = trend_ahead(lang, width);

    line.axis = names[0];
    line.target_label = names[2];
    line.break_label = names[3];
    line.projection_label = names[1];
    line.path_label = names[5];
    return gh_chart_trend_line(&line);
}

static void
test_ahead_texts(void)
{
    gh_charts_testing_sweep(draw_ahead_names);
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    GhTrendLine line = trend(lang, ACCESS, G_N_ELEMENTS(ACCESS), width);

    line.axis = names[0];
    line.target_label = names[2];
    return gh_chart_trend_line(&line);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
}

static GhDrawing *
draw_usual(void)
{
    const GhTrendLine line = trend(gh_lang_source(), ACCESS, G_N_ELEMENTS(ACCESS), 720);

    return gh_chart_trend_line(&line);
}

static void
test_cost(void)
{
    gh_charts_testing_cost(draw_usual);
}

/* -- spark line -- */

static GhSparkLine
spark(const GhLang *lang, const GhYearValue *values, size_t n_values)
{
    return (GhSparkLine){
        .lang = lang,
        .title = "Trend",
        .description = "From 41.5 % in 2015 to 97 % in 2022.",
        .values = values,
        .n_values = n_values,
    };
}

static void
test_spark_golden(void)
{
    static const char *const tags[] = {"en", "ar"};
    static const char *const names[] = {"spark-line", "spark-line-right-to-left"};

    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
        const GhSparkLine line = spark(gh_draw_testing_lang(tags[i]), ACCESS, G_N_ELEMENTS(ACCESS));
        g_autoptr(GhDrawing) drawing = gh_chart_spark_line(&line);
        gh_golden_assert_drawing(names[i], drawing, 320);
    }
}

static void
test_spark(void)
{
    static const GhYearValue equal[] = {{.year = 2020, .y = 7}, {.year = 2021, .y = 7}};
    static const GhYearValue alone[] = {{.year = 2020, .y = 7}, {.year = 2021, .y = NAN}};
    static const struct {
        const GhYearValue *values;
        size_t n_values;
        const char *want; /* the last dot: the middle of the height, the end of the width */
    } cases[] = {
        {equal, G_N_ELEMENTS(equal), "circle 76 10 3"},
        {alone, G_N_ELEMENTS(alone), "circle 40 10 3"},
        {NULL, 0, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhSparkLine line = spark(gh_lang_source(), cases[i].values, cases[i].n_values);
        g_autoptr(GhDrawing) drawing = gh_chart_spark_line(&line);
        g_autoptr(GString) dump = g_string_new(NULL);
        gh_drawing_dump(drawing, dump);
        g_assert_cmpfloat(gh_drawing_width(drawing), ==, 80);
        g_assert_cmpfloat(gh_drawing_height(drawing), ==, 20);
        if (cases[i].want != NULL)
            g_assert_nonnull(strstr(dump->str, cases[i].want));
        else
            g_assert_cmpstr(dump->str, ==, "");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trend line/looks as it did", test_golden);
    g_test_add_func("/trend line/a missing year interrupts the full line", test_years);
    g_test_add_func("/trend line/values are joined over missing years", test_joins);
    g_test_add_func("/trend line/a city that reports every third year has a line",
                    test_every_third_year);
    g_test_add_func("/trend line/a year without neighbours is alone", test_alone);
    g_test_add_func("/trend line/few or no values are drawn too", test_few);
    g_test_add_func("/trend line/many years keep apart, the newest is named", test_many_years);
    g_test_add_func("/trend line/texts keep apart in every script and width", test_texts);
    g_test_add_func("/trend line/with what lies ahead looks as it did", test_ahead_golden);
    g_test_add_func("/trend line/is cut where the definition changed", test_breaks);
    g_test_add_func("/trend line/leads on from the last value only", test_ahead_few);
    g_test_add_func("/trend line/axes reach to what lies ahead", test_ahead_axes);
    g_test_add_func("/trend line/texts ahead keep apart in every script and width",
                    test_ahead_texts);
    g_test_add_func("/trend line/is quick", test_cost);
    g_test_add_func("/spark line/looks as it did", test_spark_golden);
    g_test_add_func("/spark line/equal values, one and none", test_spark);
    return g_test_run();
}
