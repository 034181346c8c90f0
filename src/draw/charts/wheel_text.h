/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wheel_text.h - writes a text into a piece of a ring, where it fits; for wheel.c only.
 *
 * Readable  No text stands on its head: in the left half letters run towards the centre, in the lower
 *           half of a circle from left to right as in the upper one.
 * Fit       The box of all lines, as wide as their room, lies within the piece; so texts of different
 *           pieces never meet.
 */
#pragma once

#include "draw/drawing.h"

/* The piece that is free, without the gaps to its neighbours. */
typedef struct {
    double x, y; /* centre of the ring */
    double inner, outer;
    double middle; /* degrees: the direction from the centre to the middle of the piece */
    double half;   /* degrees to either side of it */
    double gap;    /* units that stay free at each side */
} GhWheelPiece;

typedef struct {
    double size;
    GhWeight weight;
    GhColour colour;
    unsigned max_lines;
} GhWheelType;

/* Along the radius, flush with the outer end. As few lines as are enough. False where it does not
 * fit; nothing is written then. */
bool gh_wheel_text_along(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type,
                         const char *text);

/* The same in one line that ends in an ellipsis; false where too little would be left of it. */
bool gh_wheel_text_along_cut(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type,
                             const char *text);

/* Across the radius, in the middle, with lead units free in front of it (for a mark), whose middle is
 * told. */
bool gh_wheel_text_across(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type,
                          const char *text, double lead, double *ret_lead_x, double *ret_lead_y);

/* How far from the centre a box of that height, standing along the radius, finds room. */
double gh_wheel_radius_of_height(const GhWheelPiece *piece, double height);
