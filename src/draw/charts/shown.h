/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* shown.h - how band, no data and no target look, the same in every chart and
 * in drawings of the districts that are none.
 *
 * Never by colour alone: a band has its mark, no data is hatched, no target is an outline with a dash.
 */
#pragma once

#include "draw/charts/charts.h"

/* outline: width of the lines around what has no band. */
GhPaint gh_shown_paint(GhShown shown, int step, double outline);

/* In which marks and words are readable on it. */
GhColour gh_shown_colour_on(GhShown shown, int step);

/* The mark of a band, or the dash; nothing for no data. */
void gh_shown_mark(GhDrawing *drawing, GhShown shown, int step, double x, double y, double radius);

/* The same with the dash turned by degrees; marks stand upright. */
void gh_shown_mark_turned(GhDrawing *drawing, GhShown shown, int step, double x, double y,
                          double radius, double rotation);
