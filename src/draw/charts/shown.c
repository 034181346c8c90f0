/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* shown.c - band, no data, no target. */
#include "draw/charts/shown.h"

#include <math.h>

static const double DASH_SHARE = 0.4; /* of the mark's radius: its thickness */

GhPaint
gh_shown_paint(GhShown shown, int step, double outline)
{
    switch (shown) {
    case GH_SHOWN_BAND:
        return (GhPaint){.fill = gh_palette_step(step)};
    case GH_SHOWN_NO_DATA:
        return (GhPaint){
            .fill = GH_PAPER,
            .stroke = GH_RULE,
            .stroke_width = outline,
            .fill_style = GH_FILL_HATCHED,
        };
    case GH_SHOWN_NO_TARGET:
        return (GhPaint){.fill = GH_PAPER, .stroke = GH_SOFT_INK, .stroke_width = outline};
    }
    g_assert_not_reached();
}

GhColour
gh_shown_colour_on(GhShown shown, int step)
{
    switch (shown) {
    case GH_SHOWN_BAND:
        return gh_palette_on_step(step);
    case GH_SHOWN_NO_DATA:
        return GH_SOFT_INK;
    case GH_SHOWN_NO_TARGET:
        return GH_INK;
    }
    g_assert_not_reached();
}

void
gh_shown_mark_turned(GhDrawing *drawing, GhShown shown, int step, double x, double y, double radius,
                     double rotation)
{
    GhColour colour = gh_shown_colour_on(shown, step);
    double dx = radius * cos(rotation * G_PI / 180), dy = radius * sin(rotation * G_PI / 180);

    switch (shown) {
    case GH_SHOWN_BAND:
        gh_drawing_mark(drawing, step, x, y, radius, colour);
        break;
    case GH_SHOWN_NO_DATA:
        break;
    case GH_SHOWN_NO_TARGET:
        gh_drawing_line(drawing, x - dx, y - dy, x + dx, y + dy,
                        &(GhPaint){.stroke = colour, .stroke_width = DASH_SHARE * radius});
        break;
    }
}

void
gh_shown_mark(GhDrawing *drawing, GhShown shown, int step, double x, double y, double radius)
{
    gh_shown_mark_turned(drawing, shown, step, x, y, radius, 0);
}
