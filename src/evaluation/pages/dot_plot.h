/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_plot.h - the values of all cities on one line each, as SVG for the web.
 *
 * Shapes    Positions along the line are percent, heights are pixels, so that text keeps its size on
 *           every screen. Up to DOT_PLOT_ROWS_MAX cities have a row with their name; more share
 *           one line of strokes, without names, and those that would stand on one another share a
 *           stroke: at most DOT_PLOT_STROKES_MAX, however many cities there are.
 * Ownership The result belongs to the caller; it is our own markup with escaped texts.
 * Not here  The table with the same numbers, which stands under it on the page.
 */
#pragma once

#include "evaluation/figures.h"
#include "evaluation/scores.h"

enum {
    DOT_PLOT_ROWS_MAX = 30,
    DOT_PLOT_STROKES_MAX = 501, /* every fifth of a percent: about 2 px on a wide screen */
};

/* figures: of GhCityFigure; those without a value are passed over. NULL when fewer than two have
 * one: a single dot says nothing. */
char *gh_dot_plot(const GhFramework *framework, const GhLang *lang, size_t data_point,
                  const GhTarget *target, const GPtrArray *figures);
