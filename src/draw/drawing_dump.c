/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_dump.c - boxes and anchors of a drawing, for tests. See drawing.h. */
#include "draw/drawing_cairo.h"
#include "draw/drawing_private.h"
#include "draw/svg_write.h"

/* Where an inner drawing stands in the outermost. */
typedef struct {
    double x, y, factor;
} Place;

typedef struct {
    GString *out;
    cairo_t *cr; /* only its path is used */
} Dump;

static void
put_numbers(GString *out, const char *word, size_t n, const double *numbers)
{
    g_string_append(out, word);
    for (size_t i = 0; i < n; i++) {
        g_string_append_c(out, ' ');
        gh_svg_number(out, numbers[i]);
    }
}

static void
put_text(GString *out, const Place *place, double x, double y, const GhItem *item)
{
    static const char *const anchors[] = {
        [GH_ANCHOR_LEFT] = "left",
        [GH_ANCHOR_MIDDLE] = "middle",
        [GH_ANCHOR_RIGHT] = "right",
    };

    put_numbers(out, "text", 2, (const double[]){x, y});
    g_string_append_printf(out, " %s ", anchors[item->style.anchor]);
    gh_svg_number(out, item->style.size * place->factor);
    if (item->style.rotation != 0)
        put_numbers(out, " rotated", 1, &item->style.rotation);
    g_string_append_printf(out, " %s", item->text);
}

static void
put_path(Dump *dump, const Place *place, const GhDrawing *drawing, const GhItem *item)
{
    double left = 0, top = 0, right = 0, bottom = 0;

    gh_drawing_trace(drawing, item, dump->cr);
    cairo_path_extents(dump->cr, &left, &top, &right, &bottom);
    put_numbers(dump->out, "path", 4,
                (const double[]){place->x + left * place->factor, place->y + top * place->factor,
                                 (right - left) * place->factor, (bottom - top) * place->factor});
}

static void
dump_items(Dump *dump, const Place *place, const GhDrawing *drawing)
{
    for (guint i = 0; i < drawing->items->len; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);
        double x = place->x + item->x * place->factor;
        double y = place->y + item->y * place->factor;
        double width = item->width * place->factor;
        double height = item->height * place->factor;

        switch (item->kind) {
        case GH_ITEM_BEGIN_PART:
        case GH_ITEM_END_PART:
            continue;
        case GH_ITEM_DRAWING:
            dump_items(dump, &(Place){x, y, place->factor * item->factor}, item->drawing);
            continue;
        case GH_ITEM_RECT:
            put_numbers(dump->out, "rect", 4, (const double[]){x, y, width, height});
            break;
        case GH_ITEM_CIRCLE:
            put_numbers(dump->out, "circle", 3,
                        (const double[]){x, y, item->radius * place->factor});
            break;
        case GH_ITEM_LINE:
            put_numbers(dump->out, "line", 4, (const double[]){x, y, x + width, y + height});
            break;
        case GH_ITEM_PATH:
            put_path(dump, place, drawing, item);
            break;
        case GH_ITEM_TEXT:
            put_text(dump->out, place, x, y, item);
            break;
        }
        g_string_append_c(dump->out, '\n');
    }
}

void
gh_drawing_dump(const GhDrawing *drawing, GString *out)
{
    g_autoptr(cairo_surface_t) surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    g_autoptr(cairo_t) cr = cairo_create(surface);

    dump_items(&(Dump){.out = out, .cr = cr}, &(Place){0, 0, 1}, drawing);
}
