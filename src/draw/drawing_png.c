/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_png.c - a drawing as PNG. See drawing.h. */
#include <math.h>

#include "draw/drawing_cairo.h"
#include "draw/drawing_private.h"
#include "draw/png_write.h"

static bool
check_size(const GhDrawing *drawing, unsigned width, double height, GError **error)
{
    if (width >= 1 && width <= GH_DRAWING_PNG_MAX_PIXELS && height <= GH_DRAWING_PNG_MAX_PIXELS)
        return true;

    if (width >= 1 && width <= GH_DRAWING_PNG_MAX_PIXELS)
        g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_SIZE,
                    "a picture %u pixels wide would be %.0f high, expected 1 to %d pixels a side; "
                    "ask for %.0f or fewer",
                    width, height, GH_DRAWING_PNG_MAX_PIXELS,
                    floor(GH_DRAWING_PNG_MAX_PIXELS * drawing->width / drawing->height));
    else
        g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_SIZE,
                    "a picture %u pixels wide was asked for, expected 1 to %d pixels a side", width,
                    GH_DRAWING_PNG_MAX_PIXELS);
    return false;
}

GBytes *
gh_drawing_png(const GhDrawing *drawing, unsigned width_pixels, GError **error)
{
    double scale = width_pixels / drawing->width;
    double height = MAX(1, round(drawing->height * scale));

    if (!check_size(drawing, width_pixels, height, error))
        return NULL;

    g_autoptr(cairo_surface_t) surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width_pixels, (int)height);
    g_autoptr(cairo_t) cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    gh_drawing_paint_on(drawing, cr);
    if (!gh_drawing_check_cairo(cairo_status(cr), error))
        return NULL;
    cairo_surface_flush(surface);
    return gh_png_encode(cairo_image_surface_get_data(surface), width_pixels, (unsigned)height,
                         (size_t)cairo_image_surface_get_stride(surface));
}
