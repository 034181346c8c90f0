/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_cairo.c - paints a drawing on any cairo surface. See drawing_cairo.h. */
#include "draw/drawing_cairo.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "draw/clean.h"
#include "draw/drawing_private.h"
#include "draw/font.h"
#include "draw/hatch.h"

/* SVG's, which cairo has as 10: sharp corners look the same. */
static const double MITER_LIMIT = 4;

/* Beyond this many lines nobody sees a hatch; keeps a shape far off the paper cheap. Our choice. */
static const double HATCH_LINES_MAX = 5000;

typedef struct {
    cairo_t *cr;
    bool writes_links; /* to a PDF */
    unsigned n_links;  /* how deep in parts, from a link on */
} Painter;

static void
set_colour(cairo_t *cr, GhColour colour)
{
    cairo_set_source_rgba(cr, ((colour >> 16) & 0xff) / 255.0, ((colour >> 8) & 0xff) / 255.0,
                          (colour & 0xff) / 255.0, (colour >> 24) / 255.0);
}

/* -- shapes -- */

static void
trace_step(cairo_t *cr, const GhPathStep *step)
{
    /* cairo counts from three o'clock. */
    double start = (step->start - 90) * G_PI / 180;
    double end = (step->end - 90) * G_PI / 180;

    switch (step->kind) {
    case GH_STEP_MOVE:
        cairo_move_to(cr, step->x, step->y);
        return;
    case GH_STEP_LINE:
        cairo_line_to(cr, step->x, step->y);
        return;
    case GH_STEP_CURVE:
        cairo_curve_to(cr, step->x1, step->y1, step->x2, step->y2, step->x, step->y);
        return;
    case GH_STEP_ARC:
        if (end > start)
            cairo_arc(cr, step->x1, step->y1, step->radius, start, end);
        else
            cairo_arc_negative(cr, step->x1, step->y1, step->radius, start, end);
        return;
    case GH_STEP_CLOSE:
        cairo_close_path(cr);
        return;
    }
    g_assert_not_reached();
}

void
gh_drawing_trace(const GhDrawing *drawing, const GhItem *item, cairo_t *cr)
{
    const GhPathStep *steps = NULL;

    cairo_new_path(cr);
    if (item->kind == GH_ITEM_RECT) {
        cairo_rectangle(cr, item->x, item->y, item->width, item->height);
    } else if (item->kind == GH_ITEM_CIRCLE) {
        cairo_arc(cr, item->x, item->y, item->radius, 0, 2 * G_PI);
        cairo_close_path(cr);
    } else if (item->kind == GH_ITEM_LINE) {
        cairo_move_to(cr, item->x, item->y);
        cairo_line_to(cr, item->x + item->width, item->y + item->height);
    } else {
        g_assert(item->kind == GH_ITEM_PATH);
        steps = gh_drawing_steps(drawing, item);
        for (size_t i = 0; i < item->n; i++)
            trace_step(cr, &steps[i]);
    }
}

/* The dashes of one stroke as wide as the shape: in PDF and at any scale they stay lines, and cost a
 * fraction of as many strokes. The path is used up. */
static void
paint_hatch(cairo_t *cr, GhColour colour)
{
    static const double APART = GH_HATCH_STEP * G_SQRT2 / 2;
    static const double DASH[] = {GH_HATCH_WIDTH, APART - GH_HATCH_WIDTH};
    double left = 0, top = 0, right = 0, bottom = 0;

    cairo_save(cr);
    cairo_rotate(cr,
                 G_PI / 4); /* lines stand upright, x + y = n * GH_HATCH_STEP is x = n * APART */
    cairo_path_extents(cr, &left, &top, &right, &bottom);
    cairo_clip(cr);
    double first = floor(left / APART) * APART - GH_HATCH_WIDTH / 2;
    double end = MIN(right, first + HATCH_LINES_MAX * APART);
    cairo_move_to(cr, first, (top + bottom) / 2);
    cairo_line_to(cr, end, (top + bottom) / 2);
    set_colour(cr, colour);
    cairo_set_line_width(cr, bottom - top);
    cairo_set_dash(cr, DASH, G_N_ELEMENTS(DASH), 0);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void
paint_shape(cairo_t *cr, const GhDrawing *drawing, const GhItem *item)
{
    const GhPaint *paint = &item->paint;

    gh_drawing_trace(drawing, item, cr);
    if (paint->fill != GH_NO_COLOUR && item->kind != GH_ITEM_LINE) {
        set_colour(cr, paint->fill);
        cairo_fill_preserve(cr);
    }
    if (paint->fill_style == GH_FILL_HATCHED && paint->stroke != GH_NO_COLOUR) {
        paint_hatch(cr, paint->stroke);
        gh_drawing_trace(drawing, item, cr);
    }
    if (paint->stroke != GH_NO_COLOUR) {
        set_colour(cr, paint->stroke);
        cairo_set_line_width(cr, paint->stroke_width);
        cairo_set_dash(cr, &paint->dash, paint->dash > 0 ? 1 : 0, 0);
        cairo_stroke(cr);
    }
    cairo_new_path(cr);
}

/* -- texts -- */

static double
left_of(const PangoRectangle *logical, GhAnchor anchor)
{
    double width = (double)logical->width / PANGO_SCALE;

    switch (anchor) {
    case GH_ANCHOR_LEFT:
        return 0;
    case GH_ANCHOR_MIDDLE:
        return -width / 2;
    case GH_ANCHOR_RIGHT:
        return -width;
    }
    g_assert_not_reached();
}

static void
paint_text(cairo_t *cr, const GhLang *lang, const GhItem *item)
{
    g_autoptr(PangoLayout) layout = gh_font_layout_new(lang, GH_FONT_SIZE, item->style.weight);
    double scale = item->style.size / GH_FONT_SIZE;
    PangoLayoutLine *line = NULL;
    PangoRectangle logical = {0};

    pango_layout_set_text(layout, item->text, -1);
    line = pango_layout_get_line_readonly(layout, 0);
    pango_layout_line_get_extents(line, NULL, &logical);

    cairo_save(cr);
    cairo_translate(cr, item->x, item->y);
    cairo_rotate(cr, item->style.rotation * G_PI / 180);
    cairo_scale(cr, scale, scale);
    cairo_move_to(cr, left_of(&logical, item->style.anchor), 0);
    set_colour(cr, item->style.colour);
    pango_cairo_show_layout_line(cr, line);
    cairo_restore(cr);
    cairo_new_path(cr);
}

/* -- links -- */

/* Whether something is painted between the beginning of a part and its end: a link needs an area. */
static bool
is_seen(const GhDrawing *drawing, guint begin)
{
    int depth = 1;

    for (guint i = begin + 1; depth > 0; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);
        if (item->kind != GH_ITEM_BEGIN_PART && item->kind != GH_ITEM_END_PART)
            return true;
        depth += item->kind == GH_ITEM_BEGIN_PART ? 1 : -1;
    }
    return false;
}

/* Everything but letters, digits and what gives an address its form is percent-encoded: cairo 1.16
 * writes it between brackets into the PDF as it is. */
static void
begin_link(cairo_t *cr, const char *link)
{
    g_autofree char *uri = g_uri_escape_string(link, ":/?#[]@!$&*+,;=%", FALSE);
    g_autofree char *attributes = g_strdup_printf("uri='%s'", uri);

    cairo_tag_begin(cr, CAIRO_TAG_LINK, attributes);
}

static void
begin_part(Painter *painter, const GhDrawing *drawing, guint index)
{
    const char *link = gh_drawing_item(drawing, index)->link;

    if (painter->n_links > 0) {
        painter->n_links++;
    } else if (painter->writes_links && link != NULL && gh_clean_is_absolute_link(link)
               && is_seen(drawing, index)) {
        begin_link(painter->cr, link);
        painter->n_links = 1;
    }
}

static void
end_part(Painter *painter)
{
    if (painter->n_links == 0)
        return;
    painter->n_links--;
    if (painter->n_links == 0)
        cairo_tag_end(painter->cr, CAIRO_TAG_LINK);
}

/* -- all of it -- */

static void paint_items(Painter *painter, const GhDrawing *drawing);

static void
paint_inner(Painter *painter, const GhItem *item)
{
    cairo_save(painter->cr);
    cairo_translate(painter->cr, item->x, item->y);
    cairo_scale(painter->cr, item->factor, item->factor);
    paint_items(painter, item->drawing);
    cairo_restore(painter->cr);
}

static void
paint_items(Painter *painter, const GhDrawing *drawing)
{
    g_assert(drawing->n_open_parts == 0);
    for (guint i = 0; i < drawing->items->len; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);
        switch (item->kind) {
        case GH_ITEM_BEGIN_PART:
            begin_part(painter, drawing, i);
            break;
        case GH_ITEM_END_PART:
            end_part(painter);
            break;
        case GH_ITEM_RECT:
        case GH_ITEM_CIRCLE:
        case GH_ITEM_LINE:
        case GH_ITEM_PATH:
            paint_shape(painter->cr, drawing, item);
            break;
        case GH_ITEM_TEXT:
            paint_text(painter->cr, drawing->lang, item);
            break;
        case GH_ITEM_DRAWING:
            paint_inner(painter, item);
            break;
        }
    }
}

void
gh_drawing_paint_on(const GhDrawing *drawing, cairo_t *cr)
{
    Painter painter = {
        .cr = cr,
        .writes_links = cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_PDF,
    };

    cairo_save(cr);
    cairo_new_path(cr);
    cairo_set_miter_limit(cr, MITER_LIMIT);
    paint_items(&painter, drawing);
    cairo_restore(cr);
}

cairo_status_t
gh_drawing_collect(void *bytes, const unsigned char *data, unsigned n_data)
{
    g_byte_array_append(bytes, data, n_data);
    return CAIRO_STATUS_SUCCESS;
}

bool
gh_drawing_check_cairo(cairo_status_t status, GError **error)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT, "cairo cannot paint the drawing: %s",
                cairo_status_to_string(status));
    return false;
}
