/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_cairo.h - paints a drawing on any cairo surface. Private to draw/.
 *
 * Units     One unit of the drawing is one unit of cr's user space; its top left comes to 0, 0.
 *           Translate and scale cr before.
 * Paper     Nothing is painted where the drawing has nothing: the caller's paper shows through.
 * Links     On a PDF surface, parts that lead to an absolute http or https address become links; others
 *           lead nowhere outside the site.
 * State     cr is left as it was found, without a current path.
 * Errors    cairo keeps them: ask cairo_status(cr), or the surface, once at the end.
 * Threads   One cr, one thread.
 */
#pragma once

#include <cairo.h>

#include "draw/drawing.h"

void gh_drawing_paint_on(const GhDrawing *drawing, cairo_t *cr);

/* Collects in a GByteArray what cairo writes to a stream: a cairo_write_func_t. */
cairo_status_t gh_drawing_collect(void *bytes, const unsigned char *data, unsigned n_data);

/* True when cairo succeeded; else GH_DRAW_ERROR_OUTPUT. */
bool gh_drawing_check_cairo(cairo_status_t status, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_surface_t, cairo_surface_destroy)
