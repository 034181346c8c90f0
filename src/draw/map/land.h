/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* land.h - the land of the world, and what a view shows of it.
 *
 * Source    Natural Earth, public domain; made by world.py when the program is built. Without
 *           Antarctica.
 * Shapes    Rings one after the other, of points longitude and latitude in GH_LAND_UNITS a degree.
 *           The first point of a ring is not repeated at its end; lakes run the other way round than
 *           land. A ring over the date line goes on beyond 180 degrees.
 */
#pragma once

#include "draw/map/map.h"

#define GH_LAND_UNITS 100.0

typedef struct {
    const int16_t (*points)[2];
    const uint16_t *ring_sizes;
    size_t n_rings;
} GhLand;

extern const GhLand GH_LAND_WORLD;  /* coarse */
extern const GhLand GH_LAND_REGION; /* with all but small islands */
extern const GhLand GH_LAND_NEAR;   /* all that 1:50 million has */

/* The rectangle of the map around a view, and how it comes to be the rectangle 0, 0, width, height of a
 * drawing. */
typedef struct {
    const GhMapView *view;   /* borrowed */
    double middle;           /* the meridian at x 0 of the projection */
    double left, top;        /* in the projection; top is its largest y */
    double scale_x, scale_y; /* drawing units per unit of the projection */
    double width, height;
} GhMapFrame;
GhMapFrame gh_map_frame(const GhMapView *view, double width);

/* Where a point comes to stand that is at most half a turn from the middle meridian. */
void gh_map_frame_point(const GhMapFrame *frame, double latitude, double degrees_from_middle,
                        double *ret_x, double *ret_y);

/* Where a place comes to stand; false outside the view. */
bool gh_map_frame_place(const GhMapFrame *frame, double latitude, double longitude, double *ret_x,
                        double *ret_y);

/* The level whose simplification is not seen in the frame. */
const GhLand *gh_land_for(const GhMapFrame *frame);

/* Adds the land within the frame to the drawing as one shape. */
void gh_land_draw(const GhLand *land, const GhMapFrame *frame, GhDrawing *drawing);
