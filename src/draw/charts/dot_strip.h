/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_strip.h - a dot plot of too many for a row each; inside charts/ only.
 *
 * Size      At most GH_DOT_STRIP_STROKES strokes, however many values there are: those that would stand
 *           on one another share one.
 */
#pragma once

#include "draw/charts/charts.h"
#include "draw/charts/scale.h"

enum {
    GH_DOT_STRIP_STROKES = 501 /* every fifth of a percent: about 2 px on a wide screen */
};

GhDrawing *gh_dot_strip(const GhDotPlot *plot);

/* What rows and strip share. */
GhScale gh_dot_scale(const GhDotPlot *plot);
char **gh_dot_tick_texts(const GhDotPlot *plot, const double *ticks, size_t n_ticks);
