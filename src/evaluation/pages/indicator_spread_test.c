/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicator_spread_test.c - what is said about the values of cities; all values are invented. */
#include "evaluation/pages/indicator_page.h"

#include <math.h>

#include "draw/draw_testing.h"

enum {
    CITIES_MAX = 7
};

static const struct {
    const char *label, *data_point;
    int first_year, last_year; /* of the first city, and of all others */
    size_t n_values;
    double values[CITIES_MAX];
    const char *want;
} cases[] = {
    {"none", "ec.p.em.1c.value", 2020, 2020, 0, {0}, ""},
    {"cities without a value do not count", "ec.p.em.1c.value", 2020, 2020, 2, {NAN, NAN}, ""},
    {"one",
     "ec.p.em.1c.value",
     2020,
     2020,
     1,
     {4},
     "1 city reports a value, of 2020. That is too few to say what is usual."},
    {"four are too few",
     "ec.p.em.1c.value",
     2020,
     2024,
     5,
     {4, 5, 6, 7, NAN},
     "4 cities report a value, of 2020 to 2024. That is too few to say what is usual."},
    /* Type 7 by hand: places 1, 2 and 3 of 0 to 4. */
    {"five, in any order",
     "ec.p.em.1c.value",
     2020,
     2020,
     5,
     {9, 1, 3, 20, 5},
     "5 cities report a value, of 2020. The median is 5\u00a0%: half of these cities lie above it "
     "and "
     "half below. The middle half lies between the quartiles 3\u00a0% and 9\u00a0%."},
    /* Places 1.25, 2.5 and 3.75 of 0 to 5: 2.125, 3.25 and 4.825, with one decimal as the values. */
    {"no more digits than the values have",
     "ec.p.em.1c.value",
     2020,
     2020,
     6,
     {1, 2, 2.5, 4, 5.1, 9},
     "6 cities report a value, of 2020. The median is 3.3\u00a0%: half of these cities lie above "
     "it and "
     "half below. The middle half lies between the quartiles 2.1\u00a0% and 4.8\u00a0%."},
    {"yes and no are counted",
     "ec.i.up.2a.compact",
     2020,
     2020,
     3,
     {1, 0, 1},
     "3 cities report a value, of 2020. 2 say yes."},
};

static void
test_spread(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);
    g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, &error);
    g_assert_no_error(error);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhCityFigure cities[CITIES_MAX] = {0};
        g_autoptr(GPtrArray) figures = g_ptr_array_new();
        gssize point = gh_framework_find_data_point(framework, cases[i].data_point);
        g_assert_cmpint(point, >=, 0);
        for (size_t j = 0; j < cases[i].n_values; j++) {
            cities[j].figure.value = cases[i].values[j];
            cities[j].figure.year = j == 0 ? cases[i].first_year : cases[i].last_year;
            g_ptr_array_add(figures, &cities[j]);
        }
        g_test_message("%s", cases[i].label);
        g_autofree char *got =
            gh_indicator_spread(framework, gh_lang_source(), (size_t)point, figures);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spread/median and quartiles where there are five values or more",
                    test_spread);
    return g_test_run();
}
