/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_plot_test.c - the plot of all cities. */
#include "evaluation/pages/dot_plot.h"

#include <math.h>
#include <string.h>

#include "evaluation/fixture.h"

static const GhFixtureRow ROWS[] = {
    {.id = "a.value", .kpi = "A", .label = "Homes <online>", .unit = "%", .groups = {"Top"}},
};
static const GhTarget TARGET = {.rule = GH_RULE_HIGHER, .target = 80, .worst = NAN};

/* Invented cities with the values given; NAN: reported none. */
static GPtrArray *
cities_new(const double *values, size_t n_values)
{
    GPtrArray *cities = g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_figure_free);

    for (size_t i = 0; i < n_values; i++) {
        GhCityFigure *city = g_new0(GhCityFigure, 1);
        city->name = g_strdup_printf("Town & %zu", i);
        city->figure = (GhFigure){.status = GH_STATUS_REPORTED, .year = 2020, .value = values[i]};
        g_ptr_array_add(cities, city);
    }
    return cities;
}

static unsigned
count(const char *text, const char *what)
{
    unsigned n = 0;

    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what))
        n++;
    return n;
}

static char *
draw(const double *values, size_t n_values)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 1, GH_SCORING_POINTS);
    g_autoptr(GPtrArray) cities = cities_new(values, n_values);

    return gh_dot_plot(&fixture->framework, gh_lang_source(), 0, &TARGET, cities);
}

static void
test_few(void)
{
    const double values[] = {50, NAN};
    g_autofree char *none = draw(values, 0);
    g_autofree char *one = draw(values, G_N_ELEMENTS(values));

    g_assert_null(none);
    g_assert_null(one);
}

static void
test_rows(void)
{
    const double values[] = {20, 80, NAN};
    g_autofree char *svg = draw(values, G_N_ELEMENTS(values));

    g_assert_cmpuint(count(svg, "<circle"), ==, 2);
    g_assert_cmpuint(count(svg, "class=\"target\""), ==, 2);
    g_assert_nonnull(strstr(svg, "<title>Homes &lt;online&gt;: 2 cities</title>"));
    g_assert_nonnull(strstr(svg, "Town &amp; 1"));
    /* 20 of 80 is a share of 25 %, the lowest band; 80 is on target. */
    g_assert_nonnull(strstr(svg, "dot band-1"));
    g_assert_nonnull(strstr(svg, "dot band-4"));
    g_assert_null(strstr(svg, "nan"));
    /* The largest stands first. */
    g_assert_true(strstr(svg, "Town &amp; 1") < strstr(svg, "Town &amp; 0"));
}

static void
test_many(void)
{
    double values[DOT_PLOT_ROWS_MAX + 1];

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = (double)i;
    g_autofree char *all = draw(values, G_N_ELEMENTS(values) - 1);
    g_autofree char *strip = draw(values, G_N_ELEMENTS(values));
    g_assert_cmpuint(count(all, "<circle"), ==, DOT_PLOT_ROWS_MAX);
    g_assert_cmpuint(count(strip, "<circle"), ==, 0);
    g_assert_cmpuint(count(strip, "class=\"stem\""), ==, DOT_PLOT_ROWS_MAX + 1);
    g_assert_null(strstr(strip, "Town"));
}

static void
test_crowd(void)
{
    double values[10 * DOT_PLOT_STROKES_MAX];

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = (double)i;
    g_autofree char *strip = draw(values, G_N_ELEMENTS(values));
    g_autofree char *n_cities = g_strdup_printf("%zu cities", G_N_ELEMENTS(values));
    unsigned n_strokes = (unsigned)count(strip, "class=\"stem\"");
    g_assert_cmpuint(n_strokes, <=, DOT_PLOT_STROKES_MAX);
    g_assert_cmpuint(n_strokes, >, DOT_PLOT_STROKES_MAX * 9 / 10);
    g_assert_nonnull(strstr(strip, n_cities));
}

static void
test_signs(void)
{
    const double values[] = {-5, 0, 5};
    const double equal[] = {0, 0};
    g_autofree char *mixed = draw(values, G_N_ELEMENTS(values));
    g_autofree char *zeros = draw(equal, G_N_ELEMENTS(equal));

    g_assert_cmpuint(count(mixed, "<circle"), ==, 3);
    g_assert_null(strstr(mixed, "\"-")); /* nothing left of the drawing */
    g_assert_cmpuint(count(zeros, "<circle"), ==, 2);
    g_assert_null(strstr(zeros, "inf"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dot plot/fewer than two values are not drawn", test_few);
    g_test_add_func("/dot plot/each city has a row, the largest value first", test_rows);
    g_test_add_func("/dot plot/more cities than rows share one line", test_many);
    g_test_add_func("/dot plot/a crowd of cities shares strokes, and all are counted", test_crowd);
    g_test_add_func("/dot plot/values below zero and equal values stay inside", test_signs);
    return g_test_run();
}
