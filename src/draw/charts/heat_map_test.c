/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* heat_map_test.c - numbers from -1 to 1 by colour, sign and number; all invented. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts_testing.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

static const char *const SHORT[] = {"GDP",    "Jobs",   "Air",    "Water",  "Waste",
                                    "Energy", "Health", "School", "Safety", "Housing",
                                    "Food",   "Roads",  "Bus"};

/* A map of names with itself; its numbers and texts live in pool. */
typedef struct {
    GPtrArray *pool;
    GhHeatMap map;
} Made;

static void
made_clear(Made *made)
{
    g_ptr_array_unref(made->pool);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Made, made_clear)

static Made
make(const GhLang *lang, const char *const *names, size_t n, double width)
{
    double *values = g_new(double, n *n);
    const char **written = g_new(const char *, n *n);
    Made made = {.pool = g_ptr_array_new_with_free_func(g_free)};

    for (size_t i = 0; i < n * n; i++) {
        size_t row = i / n, column = i % n;
        double distance = row > column ? (double)(row - column) : (double)(column - row);
        values[i] = row + column == 5 ? NAN : cos(distance * 0.9) * exp(-distance / 9);
        char *text = isnan(values[i]) ? g_strdup("none") : gh_lang_number(lang, values[i], 2);
        g_ptr_array_add(made.pool, text);
        written[i] = text;
    }
    g_ptr_array_add(made.pool, values);
    g_ptr_array_add(made.pool, written);
    made.map = (GhHeatMap){
        .lang = lang,
        .title = "Links between invented figures",
        .description = "Neighbours go together.",
        .rows = names,
        .columns = names,
        .n_rows = n,
        .n_columns = n,
        .values = values,
        .written = written,
        .legend_low = "opposite",
        .legend_zero = "no link",
        .legend_high = "together",
        .width = width,
    };
    return made;
}

static void
test_golden(void)
{
    static const struct {
        const char *name, *tag;
        double width;
    } cases[] = {
        {"heat-map-wide", "en", 720},
        {"heat-map-narrow", "en", 340},
        {"heat-map-right-to-left", "ar", 720},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Made) made =
            make(gh_draw_testing_lang(cases[i].tag), SHORT, G_N_ELEMENTS(SHORT), cases[i].width);
        g_autoptr(GhDrawing) drawing = gh_chart_heat_map(&made.map);
        gh_golden_assert_drawing(cases[i].name, drawing, (unsigned)cases[i].width);
    }
}

static GhDrawing *
draw_many(size_t n, double width)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (size_t i = 0; i < n; i++)
        g_ptr_array_add(names, g_strdup_printf("%s %zu", SHORT[i % G_N_ELEMENTS(SHORT)], i + 1));
    g_auto(Made) made = make(gh_lang_source(), (const char *const *)names->pdata, n, width);
    return gh_chart_heat_map(&made.map);
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

/* 49 x 49 on a desk and on a phone: numbers for names, every fifth or tenth column's. */
static void
test_large(void)
{
    for (double width = 340; width <= 720; width += 380) {
        g_autoptr(GhDrawing) drawing = draw_many(49, width);
        g_assert_cmpuint(gh_texts_assert_apart(drawing), >=, 49);
        g_assert_true(has_text(drawing, "1 GDP 1"));
        g_assert_true(has_text(drawing, "40"));
        g_assert_false(has_text(drawing, "0.62")); /* cells are too small for numbers */
    }
}

/* cos 0.9 = 0.62, a neighbour's number. */
static void
test_numbers(void)
{
    g_autoptr(GhDrawing) small = draw_many(6, 720);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(small, GH_SVG_INLINE);

    g_assert_true(has_text(small, "0.56")); /* cos 0.9 x exp(-1/9) = 0.6216 x 0.8948 */
    g_assert_false(has_text(small, "none"));
    for (guint i = 0; i < gh_draw_testing_count(elements, "title"); i++) {
        if (g_str_equal(gh_draw_testing_nth(elements, "title", i)->text->str,
                        "GDP 1, Jobs 2: 0.56"))
            return;
    }
    g_test_fail_printf("no cell says its row, its column and its number");
}

/* Where no number fits, a line is a minus and two are a plus; next to zero there is neither. */
static void
test_signs(void)
{
    static const struct {
        double value;
        guint n_lines;
    } cases[] = {{-1, 1}, {-0.1, 1}, {-0.0999, 0}, {0, 0}, {0.0999, 0}, {0.1, 2}, {1, 2}};
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Made) zero = make(gh_lang_source(), names, G_N_ELEMENTS(names), 280);
        double *values = g_new0(double, G_N_ELEMENTS(names));
        const char **written = g_new0(const char *, G_N_ELEMENTS(names));
        g_ptr_array_add(zero.pool, values);
        g_ptr_array_add(zero.pool, written);
        for (size_t k = 0; k < G_N_ELEMENTS(names); k++)
            written[k] = "a number too long";
        zero.map.n_rows = 1;
        zero.map.values = values;
        zero.map.written = written;
        g_autoptr(GhDrawing) before = gh_chart_heat_map(&zero.map);
        values[3] = cases[i].value;
        g_autoptr(GhDrawing) after = gh_chart_heat_map(&zero.map);
        g_autoptr(GPtrArray) a = gh_draw_testing_svg(before, GH_SVG_INLINE);
        g_autoptr(GPtrArray) b = gh_draw_testing_svg(after, GH_SVG_INLINE);
        g_test_message("%g", cases[i].value);
        g_assert_cmpuint(gh_draw_testing_count(b, "line") - gh_draw_testing_count(a, "line"), ==,
                         cases[i].n_lines);
    }
}

/* Columns of other names than the rows' are listed where they stand as numbers. */
static void
test_listed(void)
{
    static const char *const rows[] = {"Fictional Town", "Invented City"};
    g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func(g_free);

    for (size_t i = 0; i < 40; i++)
        g_ptr_array_add(columns, g_strdup_printf("Figure %c%zu", 'a', i));
    g_auto(Made) made =
        make(gh_lang_source(), (const char *const *)columns->pdata, columns->len, 340);
    made.map.rows = rows;
    made.map.n_rows = G_N_ELEMENTS(rows);
    g_autoptr(GhDrawing) drawing = gh_chart_heat_map(&made.map);
    g_assert_true(has_text(drawing, "7 Figure a6"));
    gh_texts_assert_apart(drawing);
}

static GhDrawing *
draw_names(const GhLang *lang, const char *const *names, double width)
{
    g_auto(Made) made = make(lang, names, GH_CHARTS_TESTING_NAMES, width);

    made.map.legend_low = names[0];
    made.map.legend_high = names[1];
    return gh_chart_heat_map(&made.map);
}

/* 24 columns have no room for names on a phone. */
static GhDrawing *
draw_more_names(const GhLang *lang, const char *const *names, double width)
{
    const char *many[4 * GH_CHARTS_TESTING_NAMES];

    for (size_t i = 0; i < G_N_ELEMENTS(many); i++)
        many[i] = names[i % GH_CHARTS_TESTING_NAMES];
    g_auto(Made) made = make(lang, many, G_N_ELEMENTS(many), width);
    return gh_chart_heat_map(&made.map);
}

static void
test_texts(void)
{
    gh_charts_testing_sweep(draw_names);
    gh_charts_testing_sweep(draw_more_names);
}

static void
test_none(void)
{
    g_auto(Made) made = make(gh_lang_source(), SHORT, 0, 280);
    g_autoptr(GhDrawing) drawing = gh_chart_heat_map(&made.map);

    g_assert_cmpuint(gh_texts_assert_apart(drawing), ==, 13); /* the legend: ten numbers, 3 words */
}

static GhDrawing *
draw_usual(void)
{
    return draw_many(13, 720);
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
    g_test_add_func("/heat map/looks as it did", test_golden);
    g_test_add_func("/heat map/a cell says its number, and by name its row and column",
                    test_numbers);
    g_test_add_func("/heat map/where no number fits there is a sign", test_signs);
    g_test_add_func("/heat map/49 rows and columns have numbers for names", test_large);
    g_test_add_func("/heat map/columns that are not the rows are listed", test_listed);
    g_test_add_func("/heat map/texts keep apart in every script and width", test_texts);
    g_test_add_func("/heat map/without rows there is a legend", test_none);
    g_test_add_func("/heat map/is quick", test_cost);
    return g_test_run();
}
