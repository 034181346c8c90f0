/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sector.c - sectors of rings, and the marks of bands. See drawing.h. */
#include <math.h>

#include "draw/drawing.h"

static const double FULL = 360;

/* Half of a gap's width that a sector gives up on each side; at least half of its outer width is left,
 * because a sector that is not drawn would be missing from the picture. */
static double
half_gap_of(const GhSector *sector, double span)
{
    double outer_width = 2 * sector->outer * sin(MIN(span, 180) / 2 * G_PI / 180);

    return MIN(MAX(sector->gap, 0) / 2, outer_width / 4);
}

/* How far from the ray, in degrees, a line in parallel to it at a distance crosses the circle. */
static double
shift(double distance, double radius)
{
    return asin(MIN(distance / radius, 1)) * 180 / G_PI;
}

static void
line_to_polar(GhDrawing *drawing, const GhSector *sector, double radius, double degrees)
{
    double radians = degrees * G_PI / 180;

    gh_drawing_line_to(drawing, sector->x + radius * sin(radians),
                       sector->y - radius * cos(radians));
}

/* From the end of the outer arc back to its beginning, along the inner side. */
static void
draw_inner_side(GhDrawing *drawing, const GhSector *sector, double half_gap, double span)
{
    double in = sector->inner > half_gap ? shift(half_gap, sector->inner) : 90;

    if (span - 2 * in > 0 && sector->inner > half_gap) {
        gh_drawing_arc(drawing, sector->x, sector->y, sector->inner, sector->end - in,
                       sector->start + in);
    } else if (span <= 180) {
        /* The straight sides meet before they reach the inner circle. */
        line_to_polar(drawing, sector, half_gap / sin(span / 2 * G_PI / 180),
                      sector->start + span / 2);
    } else {
        line_to_polar(drawing, sector, half_gap, sector->end - 90);
        line_to_polar(drawing, sector, half_gap, sector->start + 90);
    }
}

static void
draw_ring(GhDrawing *drawing, const GhSector *sector)
{
    gh_drawing_arc(drawing, sector->x, sector->y, sector->outer, 0, FULL);
    gh_drawing_close(drawing);
    if (sector->inner > 0) {
        gh_drawing_move_to(drawing, sector->x, sector->y - sector->inner);
        /* The other way round, so that it is a hole. */
        gh_drawing_arc(drawing, sector->x, sector->y, sector->inner, FULL, 0);
        gh_drawing_close(drawing);
    }
}

void
gh_drawing_sector(GhDrawing *drawing, const GhSector *sector, const GhPaint *paint)
{
    double span = sector->end - sector->start;
    double half_gap = half_gap_of(sector, span);
    double out = 0;

    g_assert(span > 0 && sector->inner >= 0 && sector->inner <= sector->outer);
    if (sector->outer <= 0)
        return;
    if (span >= FULL) {
        draw_ring(drawing, sector);
    } else {
        out = shift(half_gap, sector->outer);
        gh_drawing_arc(drawing, sector->x, sector->y, sector->outer, sector->start + out,
                       sector->end - out);
        draw_inner_side(drawing, sector, half_gap, span);
        gh_drawing_close(drawing);
    }
    gh_drawing_paint(drawing, paint);
}

/* -- marks -- */

/* As on the pages: a circle of 7 with a line of 1.5 around it, in which a quarter, a half or all is
 * filled (score_view.c, _bands.scss). The whole has the radius asked for. */
static const double RING_SHARE = 7 / 7.75;
static const double LINE_SHARE = 1.5 / 7.75;

void
gh_drawing_mark(GhDrawing *drawing, int step, double x, double y, double radius, GhColour colour)
{
    static const double filled[GH_PALETTE_STEPS] = {0, 90, 180, FULL};
    double ring = radius * RING_SHARE;

    g_assert(step >= 1 && step <= GH_PALETTE_STEPS);
    if (filled[step - 1] >= FULL) {
        gh_drawing_circle(drawing, x, y, radius, &(GhPaint){.fill = colour});
        return;
    }
    gh_drawing_circle(drawing, x, y, ring,
                      &(GhPaint){.stroke = colour, .stroke_width = radius * LINE_SHARE});
    if (filled[step - 1] > 0)
        gh_drawing_sector(
            drawing,
            &(GhSector){.x = x, .y = y, .outer = ring, .start = 0, .end = filled[step - 1]},
            &(GhPaint){.fill = colour});
}
