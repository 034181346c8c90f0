/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* charts_testing.h - what tests of charts share: names of many scripts, and widths from a phone to a desk. */
#pragma once

#include "draw/charts/charts.h"

enum {
    GH_CHARTS_TESTING_NAMES = 6
};

/* A chart with these GH_CHARTS_TESTING_NAMES names as labels: the longest of the framework, the same
 * lengthened by 40 %, Arabic, Cyrillic, Chinese. */
typedef GhDrawing *(*GhChartsTestingDraw)(const GhLang *lang, const char *const *names,
                                          double width);

/* The names of one language: "en", "en-XA", "ar", "ru", "zh". */
const char *const *gh_charts_testing_names(const char *tag);

/* Draws in every language at every width and fails the test where two texts meet or one leaves the
 * drawing. */
void gh_charts_testing_sweep(GhChartsTestingDraw draw);

/* Draws and writes SVG some times; fails the test where the quickest time of this thread is above 5 ms.
 * Sanitizers are slower, so that it is held against the limit only with -m perf. */
void gh_charts_testing_cost(GhDrawing *(*draw)(void));

/* "12.5": a number for ticks, as the districts write it. */
char *gh_charts_testing_number(const GhLang *lang, double value, void *data);
