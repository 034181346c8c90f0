/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* apart_test.c - labels that would stand on one another. */
#include "draw/charts/apart.h"

#include <glib.h>
#include <math.h>

enum {
    N = 4
};

static void
test_cases(void)
{
    /* By hand: those that touch stand around the mean of their wishes. */
    static const struct {
        const char *label;
        double low, high;
        double wishes[N], want[N];
    } cases[] = {
        {"apart already", 0, 100, {10, 30, 50, 70}, {10, 30, 50, 70}},
        {"two of one wish", 0, 100, {20, 20, 50, 70}, {15, 25, 50, 70}},
        {"a chain", 0, 100, {48, 50, 52, 50}, {35, 45, 65, 55}},
        {"kept below the top", 0, 100, {1, 2, 50, 70}, {5, 15, 50, 70}},
        {"kept above the bottom", 0, 100, {10, 30, 99, 100}, {10, 30, 85, 95}},
        {"as many as there is room for", 0, 40, {39, 38, 37, 36}, {35, 25, 15, 5}},
        {"more than there is room for leave at the end", 0, 30, {0, 0, 0, 0}, {5, 15, 25, 35}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhApart labels[N];
        g_test_message("%s", cases[i].label);
        for (size_t k = 0; k < N; k++)
            labels[k] = (GhApart){.wish = cases[i].wishes[k], .height = 10};
        gh_apart(labels, N, cases[i].low, cases[i].high);
        for (size_t k = 0; k < N; k++)
            g_assert_cmpfloat_with_epsilon(labels[k].middle, cases[i].want[k], 1e-9);
    }
}

static void
test_heights(void)
{
    GhApart labels[] = {{.wish = 50, .height = 10}, {.wish = 50, .height = 30}};

    gh_apart(labels, G_N_ELEMENTS(labels), 0, 100);
    g_assert_cmpfloat(labels[1].middle - labels[0].middle, ==, 20);
    /* Both are moved by the same distance. */
    g_assert_cmpfloat(50 - labels[0].middle, ==, labels[1].middle - 50);
}

static void
test_none(void)
{
    GhApart label = {.wish = -5, .height = 10};

    gh_apart(&label, 0, 0, 100);
    g_assert_cmpfloat(label.middle, ==, 0);
    gh_apart(&label, 1, 0, 100);
    g_assert_cmpfloat(label.middle, ==, 5);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/apart/labels move as little as they can", test_cases);
    g_test_add_func("/apart/high labels need more room", test_heights);
    g_test_add_func("/apart/none and one", test_none);
    return g_test_run();
}
