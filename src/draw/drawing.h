/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing.h - one description of a drawing, and its ways out: SVG with real text for the web; PNG and
 * PDF through cairo and pango.
 *
 * Units     Length: one unit is a CSS pixel on the web at natural size and a point (1/72 inch) in PDF.
 *           Origin top left, x to the right, y down. Angles in degrees, 0 at twelve o'clock,
 *           clockwise. Coordinates are rounded to 0.01 when they are given, so that all ways out have
 *           the same geometry.
 * Text      Stands with its baseline on y and its left end, middle or right end on x: physical sides,
 *           also for right-to-left languages. Measure it first (text.h) and leave out what does not
 *           fit: readers' fonts differ from ours.
 * Hostile   Texts may be any bytes: what UTF-8, XML or HTML cannot hold becomes U+FFFD, and blanks and
 *           line ends one blank each. Numbers must be finite.
 * Ownership A drawing copies every text it is given.
 * Threads   One drawing, one thread at a time; finished drawings can be read from several.
 * Limits    GH_DRAWING_PNG_MAX_PIXELS a side.
 * Not here  What charts look like: charts/. Pages of text: document/.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/lang.h"
#include "draw/palette.h"

#define GH_DRAW_ERROR (gh_draw_error_quark())
GQuark gh_draw_error_quark(void);

typedef enum {
    GH_DRAW_ERROR_OUTPUT, /* cairo or qpdf failed: the message says what */
    GH_DRAW_ERROR_SIZE,   /* a picture larger than the limit was asked for */
} GhDrawError;

enum {
    GH_DRAWING_PNG_MAX_PIXELS = 4000,
};

typedef struct GhDrawing GhDrawing;

/* title says in a few words what is shown, description in a sentence or two what can be seen in it:
 * <title> and <desc>, the alternative text in PDF. The language decides fonts and the direction of
 * its texts; it is borrowed. */
GhDrawing *gh_drawing_new(double width, double height, const GhLang *lang, const char *title,
                          const char *description);
void gh_drawing_free(GhDrawing *drawing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDrawing, gh_drawing_free)

double gh_drawing_width(const GhDrawing *drawing);
double gh_drawing_height(const GhDrawing *drawing);
const GhLang *gh_drawing_lang(const GhDrawing *drawing);
const char *gh_drawing_title(const GhDrawing *drawing);
const char *gh_drawing_description(const GhDrawing *drawing);

/* -- parts: what a reader can point at -- */

typedef struct {
    const char *name; /* spoken, and shown when pointed at */
    const char *link; /* http, https, a path of the site or #anchor; NULL or another: nowhere */
    const char *id;   /* of the element, unique on the page: [a-z0-9-]+; NULL or another: none */
    bool focusable;   /* reached by the keyboard also without a link */
} GhDrawingPart;

/* Shapes and texts up to the end belong to the part. Parts may be nested; a part inside one with a
 * link has none itself. */
void gh_drawing_begin_part(GhDrawing *drawing, const GhDrawingPart *part);
void gh_drawing_end_part(GhDrawing *drawing);

/* -- shapes -- */

typedef enum {
    GH_FILL_PLAIN,
    GH_FILL_HATCHED, /* thin diagonal lines of the stroke's colour over the fill */
} GhFillStyle;

typedef struct {
    GhColour fill, stroke; /* GH_NO_COLOUR, which is 0: not filled, not stroked */
    double stroke_width;   /* 0 with a stroke: 1 */
    double dash;           /* length of dashes and gaps; 0: a full line */
    GhFillStyle fill_style;
} GhPaint;

void gh_drawing_rect(GhDrawing *drawing, double x, double y, double width, double height,
                     const GhPaint *paint);
void gh_drawing_circle(GhDrawing *drawing, double x, double y, double radius, const GhPaint *paint);
void gh_drawing_line(GhDrawing *drawing, double x1, double y1, double x2, double y2,
                     const GhPaint *paint);

/* A sector of a ring, with gap units left free between it and neighbours on both straight sides (the
 * gap is as wide inside as outside, and narrower where less than half of the sector would be left).
 * inner 0: a sector of a disc. end - start 360: the full ring. */
typedef struct {
    double x, y; /* of the centre */
    double inner, outer;
    double start, end; /* degrees, start < end */
    double gap;
} GhSector;
void gh_drawing_sector(GhDrawing *drawing, const GhSector *sector, const GhPaint *paint);

/* A path of one's own: move, line, curve, arc, close; gh_drawing_paint ends it. */
void gh_drawing_move_to(GhDrawing *drawing, double x, double y);
void gh_drawing_line_to(GhDrawing *drawing, double x, double y);
void gh_drawing_curve_to(GhDrawing *drawing, double x1, double y1, double x2, double y2, double x,
                         double y);
/* Along the circle around x, y from angle start to angle end (end < start: anticlockwise); a straight
 * line leads to its beginning where a path has begun. */
void gh_drawing_arc(GhDrawing *drawing, double x, double y, double radius, double start,
                    double end);
void gh_drawing_close(GhDrawing *drawing);
void gh_drawing_paint(GhDrawing *drawing, const GhPaint *paint);

/* The mark of a band (palette.h) as a picture of its own size, centred on x, y. Step 1 to 4. */
void gh_drawing_mark(GhDrawing *drawing, int step, double x, double y, double radius,
                     GhColour colour);

/* -- text -- */

typedef enum {
    GH_ANCHOR_LEFT,
    GH_ANCHOR_MIDDLE,
    GH_ANCHOR_RIGHT,
} GhAnchor;

typedef enum {
    GH_WEIGHT_REGULAR,
    GH_WEIGHT_BOLD,
} GhWeight;

typedef struct {
    double size; /* of the font */
    GhWeight weight;
    GhColour colour; /* 0: ink */
    GhAnchor anchor;
    double rotation; /* degrees clockwise about the anchor */
} GhTextStyle;

void gh_drawing_text(GhDrawing *drawing, double x, double y, const GhTextStyle *style,
                     const char *text);

/* Another drawing inside this one, its top left on x, y, scaled by factor: small multiples. It is
 * taken. Its title becomes the name of a part. */
void gh_drawing_take_drawing(GhDrawing *drawing, double x, double y, double factor,
                             GhDrawing *inner);

/* -- the ways out -- */

typedef enum {
    GH_SVG_INLINE, /* for a page: no XML declaration, no namespace, scales to its box */
    GH_SVG_FILE,   /* a file of its own, on white, at natural size */
} GhSvgForm;

/* id_prefix makes the ids of title, description and patterns unique on a page that has several
 * drawings: [a-z0-9-]+. */
void gh_drawing_svg(const GhDrawing *drawing, GhSvgForm form, const char *id_prefix, GString *out);

/* On white; the height follows from the drawing's shape. */
GBytes *gh_drawing_png(const GhDrawing *drawing, unsigned width_pixels, GError **error);

/* One page of the drawing's size: fonts embedded, text real, title, language and alternative text
 * set. */
GBytes *gh_drawing_pdf(const GhDrawing *drawing, GError **error);

/* All boxes and anchors in the order drawn, one a line ("text 10.5 20 middle 12 Riyadh"), and nothing
 * else: for tests that compare geometry. */
void gh_drawing_dump(const GhDrawing *drawing, GString *out);
