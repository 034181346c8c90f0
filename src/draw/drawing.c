/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing.c - the list of what is drawn. See drawing.h. */
#include "draw/drawing.h"

#include <math.h>

#include "draw/clean.h"
#include "draw/drawing_private.h"

/* clang-format off */
G_DEFINE_QUARK(gh-draw-error-quark, gh_draw_error)
/* clang-format on */

/* -- the list -- */

double
gh_drawing_round(double value)
{
    g_assert(isfinite(value));
    return round(value * 100) / 100;
}

static void
clear_item(GhItem *item)
{
    g_free(item->text);
    g_free(item->link);
    g_free(item->id);
    gh_drawing_free(item->drawing);
}

static GhItem *
add_item(GhDrawing *drawing, GhItemKind kind)
{
    GhItem item = {.kind = kind};

    g_array_append_val(drawing->items, item);
    return &g_array_index(drawing->items, GhItem, drawing->items->len - 1);
}

static GhItem *
add_shape(GhDrawing *drawing, GhItemKind kind, const GhPaint *paint)
{
    GhItem *item = add_item(drawing, kind);

    item->paint = *paint;
    item->paint.dash = gh_drawing_round(paint->dash);
    item->paint.stroke_width = gh_drawing_round(paint->stroke_width);
    if (paint->stroke == GH_NO_COLOUR)
        item->paint.stroke_width = 0;
    else if (item->paint.stroke_width <= 0)
        item->paint.stroke_width = 1;
    return item;
}

const GhItem *
gh_drawing_item(const GhDrawing *drawing, size_t index)
{
    g_assert(index < drawing->items->len);
    return &g_array_index(drawing->items, GhItem, index);
}

const GhPathStep *
gh_drawing_steps(const GhDrawing *drawing, const GhItem *item)
{
    return &g_array_index(drawing->steps, GhPathStep, item->first);
}

GhDrawing *
gh_drawing_new(double width, double height, const GhLang *lang, const char *title,
               const char *description)
{
    GhDrawing *drawing = g_new0(GhDrawing, 1);

    drawing->width = gh_drawing_round(width);
    drawing->height = gh_drawing_round(height);
    g_assert(drawing->width > 0 && drawing->height > 0);
    drawing->lang = lang;
    drawing->title = gh_clean_text(title);
    drawing->description = gh_clean_text(description);
    drawing->items = g_array_new(FALSE, FALSE, sizeof(GhItem));
    g_array_set_clear_func(drawing->items, (GDestroyNotify)clear_item);
    drawing->steps = g_array_new(FALSE, FALSE, sizeof(GhPathStep));
    return drawing;
}

void
gh_drawing_free(GhDrawing *drawing)
{
    if (drawing == NULL)
        return;
    g_free(drawing->title);
    g_free(drawing->description);
    g_array_unref(drawing->items);
    g_array_unref(drawing->steps);
    g_free(drawing);
}

double
gh_drawing_width(const GhDrawing *drawing)
{
    return drawing->width;
}

double
gh_drawing_height(const GhDrawing *drawing)
{
    return drawing->height;
}

const GhLang *
gh_drawing_lang(const GhDrawing *drawing)
{
    return drawing->lang;
}

const char *
gh_drawing_title(const GhDrawing *drawing)
{
    return drawing->title;
}

const char *
gh_drawing_description(const GhDrawing *drawing)
{
    return drawing->description;
}

/* -- parts -- */

void
gh_drawing_begin_part(GhDrawing *drawing, const GhDrawingPart *part)
{
    GhItem *item = add_item(drawing, GH_ITEM_BEGIN_PART);

    item->text = gh_clean_text(part->name != NULL ? part->name : "");
    if (part->link != NULL && gh_clean_is_link(part->link))
        item->link = g_strdup(part->link);
    if (part->id != NULL && gh_clean_is_id(part->id))
        item->id = g_strdup(part->id);
    item->focusable = part->focusable;
    drawing->n_open_parts++;
}

void
gh_drawing_end_part(GhDrawing *drawing)
{
    g_assert(drawing->n_open_parts > 0);
    drawing->n_open_parts--;
    add_item(drawing, GH_ITEM_END_PART);
}

void
gh_drawing_take_drawing(GhDrawing *drawing, double x, double y, double factor, GhDrawing *inner)
{
    const GhDrawingPart part = {.name = inner->title};
    GhItem *item = NULL;

    gh_drawing_begin_part(drawing, &part);
    item = add_item(drawing, GH_ITEM_DRAWING);
    item->x = gh_drawing_round(x);
    item->y = gh_drawing_round(y);
    item->factor = factor;
    item->drawing = inner;
    gh_drawing_end_part(drawing);
}

/* -- shapes -- */

/* What has no extent is left out: SVG shows nothing of it, cairo would stroke it. */
void
gh_drawing_rect(GhDrawing *drawing, double x, double y, double width, double height,
                const GhPaint *paint)
{
    double left = gh_drawing_round(x), right = gh_drawing_round(x + width);
    double top = gh_drawing_round(y), bottom = gh_drawing_round(y + height);
    GhItem *item = NULL;

    if (right <= left || bottom <= top)
        return;
    item = add_shape(drawing, GH_ITEM_RECT, paint);
    item->x = left;
    item->y = top;
    /* From the rounded sides, so that neighbours still touch. */
    item->width = gh_drawing_round(right - left);
    item->height = gh_drawing_round(bottom - top);
}

void
gh_drawing_circle(GhDrawing *drawing, double x, double y, double radius, const GhPaint *paint)
{
    GhItem *item = NULL;

    if (gh_drawing_round(radius) <= 0)
        return;
    item = add_shape(drawing, GH_ITEM_CIRCLE, paint);
    item->x = gh_drawing_round(x);
    item->y = gh_drawing_round(y);
    item->radius = gh_drawing_round(radius);
}

void
gh_drawing_line(GhDrawing *drawing, double x1, double y1, double x2, double y2,
                const GhPaint *paint)
{
    GhItem *item = add_shape(drawing, GH_ITEM_LINE, paint);

    item->x = gh_drawing_round(x1);
    item->y = gh_drawing_round(y1);
    item->width = gh_drawing_round(gh_drawing_round(x2) - item->x);
    item->height = gh_drawing_round(gh_drawing_round(y2) - item->y);
}

/* -- paths -- */

static GhPathStep *
add_step(GhDrawing *drawing, GhStepKind kind, double x, double y)
{
    GhPathStep step = {.kind = kind, .x = gh_drawing_round(x), .y = gh_drawing_round(y)};

    g_array_append_val(drawing->steps, step);
    return &g_array_index(drawing->steps, GhPathStep, drawing->steps->len - 1);
}

static bool
path_is_empty(const GhDrawing *drawing)
{
    return drawing->path == drawing->steps->len;
}

void
gh_drawing_move_to(GhDrawing *drawing, double x, double y)
{
    const GhPathStep *step = add_step(drawing, GH_STEP_MOVE, x, y);

    drawing->start_x = step->x;
    drawing->start_y = step->y;
}

void
gh_drawing_line_to(GhDrawing *drawing, double x, double y)
{
    g_assert(!path_is_empty(drawing));
    add_step(drawing, GH_STEP_LINE, x, y);
}

void
gh_drawing_curve_to(GhDrawing *drawing, double x1, double y1, double x2, double y2, double x,
                    double y)
{
    g_assert(!path_is_empty(drawing));
    GhPathStep *step = add_step(drawing, GH_STEP_CURVE, x, y);

    step->x1 = gh_drawing_round(x1);
    step->y1 = gh_drawing_round(y1);
    step->x2 = gh_drawing_round(x2);
    step->y2 = gh_drawing_round(y2);
}

static double
point_x(double x, double radius, double degrees)
{
    return x + radius * sin(degrees * G_PI / 180);
}

static double
point_y(double y, double radius, double degrees)
{
    return y - radius * cos(degrees * G_PI / 180);
}

/* Leads to the beginning of an arc, unless the path is there already. */
static void
lead_to(GhDrawing *drawing, double x, double y)
{
    const GhPathStep *last = NULL;

    if (path_is_empty(drawing)) {
        gh_drawing_move_to(drawing, x, y);
        return;
    }
    last = &g_array_index(drawing->steps, GhPathStep, drawing->steps->len - 1);
    if (last->x != gh_drawing_round(x) || last->y != gh_drawing_round(y))
        gh_drawing_line_to(drawing, x, y);
}

void
gh_drawing_arc(GhDrawing *drawing, double x, double y, double radius, double start, double end)
{
    double span = CLAMP(end - start, -360, 360);
    int n_pieces = MAX(1, (int)ceil(fabs(span) / GH_ARC_MAX_DEGREES));

    lead_to(drawing, point_x(x, radius, start), point_y(y, radius, start));
    for (int i = 0; i < n_pieces; i++) {
        double from = start + span * i / n_pieces;
        double to = start + span * (i + 1) / n_pieces;
        GhPathStep *step =
            add_step(drawing, GH_STEP_ARC, point_x(x, radius, to), point_y(y, radius, to));
        step->x1 = gh_drawing_round(x);
        step->y1 = gh_drawing_round(y);
        step->radius = gh_drawing_round(radius);
        step->start = from;
        step->end = to;
    }
}

void
gh_drawing_close(GhDrawing *drawing)
{
    g_assert(!path_is_empty(drawing));
    /* Where a closed path goes on: at its beginning. */
    add_step(drawing, GH_STEP_CLOSE, drawing->start_x, drawing->start_y);
}

void
gh_drawing_paint(GhDrawing *drawing, const GhPaint *paint)
{
    GhItem *item = NULL;

    if (path_is_empty(drawing))
        return;
    item = add_shape(drawing, GH_ITEM_PATH, paint);
    item->first = drawing->path;
    item->n = drawing->steps->len - drawing->path;
    drawing->path = drawing->steps->len;
}

/* -- text -- */

void
gh_drawing_text(GhDrawing *drawing, double x, double y, const GhTextStyle *style, const char *text)
{
    GhItem *item = NULL;
    g_autofree char *clean = gh_clean_text(text);

    if (*clean == '\0')
        return;
    item = add_item(drawing, GH_ITEM_TEXT);
    item->x = gh_drawing_round(x);
    item->y = gh_drawing_round(y);
    item->style = *style;
    item->style.size = gh_drawing_round(style->size);
    item->style.rotation = gh_drawing_round(style->rotation);
    if (style->colour == GH_NO_COLOUR)
        item->style.colour = GH_INK;
    item->text = g_steal_pointer(&clean);
}
