/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_private.h - what a drawing holds: a list of what was drawn, in order, which each way out walks
 * through once. Private to draw/.
 *
 * Units     Coordinates are rounded to 0.01 already; texts are clean (clean.h) and links checked.
 */
#pragma once

#include <cairo.h>

#include "draw/drawing.h"

typedef enum {
    GH_STEP_MOVE,  /* x, y */
    GH_STEP_LINE,  /* x, y */
    GH_STEP_CURVE, /* x1, y1, x2, y2, x, y */
    GH_STEP_ARC,   /* from where the path is to x, y */
    GH_STEP_CLOSE,
} GhStepKind;

/* An arc spans at most GH_ARC_MAX_DEGREES, so that SVG, which knows an arc by its ends, finds the same
 * centre. */
enum {
    GH_ARC_MAX_DEGREES = 120,
};

typedef struct {
    GhStepKind kind;
    double x, y;           /* where it leads */
    double x1, y1, x2, y2; /* a curve's handles; an arc's centre in x1, y1 */
    double radius;         /* an arc's */
    double start, end;     /* an arc's, degrees */
} GhPathStep;

typedef enum {
    GH_ITEM_BEGIN_PART,
    GH_ITEM_END_PART,
    GH_ITEM_RECT,
    GH_ITEM_CIRCLE,
    GH_ITEM_LINE,
    GH_ITEM_PATH,
    GH_ITEM_TEXT,
    GH_ITEM_DRAWING,
} GhItemKind;

typedef struct {
    GhItemKind kind;
    /* A rectangle's or drawing's top left, a circle's centre, a line's begin, a text's anchor. */
    double x, y;
    double width, height; /* a rectangle's; where a line ends, seen from x, y */
    double radius;        /* a circle's */
    double factor;        /* a drawing's */
    GhPaint paint;        /* of shapes; a stroke has its width, no stroke has none */
    GhTextStyle style;    /* of texts, with its colour */
    size_t first, n;      /* a path's steps */
    char *text;           /* owned: a text, a part's name */
    char *link;           /* owned: a part's, or NULL */
    char *id;             /* owned: a part's, or NULL */
    bool focusable;       /* a part's */
    GhDrawing *drawing;   /* owned */
} GhItem;

struct GhDrawing {
    double width, height;
    const GhLang *lang;
    char *title, *description;
    GArray *items;           /* of GhItem */
    GArray *steps;           /* of GhPathStep, of all paths */
    size_t path;             /* the first step of the path being drawn */
    double start_x, start_y; /* of its last subpath */
    unsigned n_open_parts;
};

/* Coordinates, lengths and angles as they are kept and written. value must be finite. */
double gh_drawing_round(double value);

const GhItem *gh_drawing_item(const GhDrawing *drawing, size_t index);

/* The n steps of a path. */
const GhPathStep *gh_drawing_steps(const GhDrawing *drawing, const GhItem *item);

/* Makes a shape the current path of cr. */
void gh_drawing_trace(const GhDrawing *drawing, const GhItem *item, cairo_t *cr);
