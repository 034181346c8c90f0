/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_pdf.c - a drawing as a page of PDF. See drawing.h. */
#include <cairo-pdf.h>
#include <string.h>

#include "draw/drawing_cairo.h"
#include "draw/drawing_private.h"
#include "draw/pdf.h"

/* The page as cairo writes it: one figure. */
static GBytes *
paint_page(const GhDrawing *drawing, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(cairo_surface_t) surface = cairo_pdf_surface_create_for_stream(
        gh_drawing_collect, bytes, drawing->width, drawing->height);
    g_autoptr(cairo_t) cr = cairo_create(surface);

    cairo_tag_begin(cr, "Document", NULL);
    cairo_tag_begin(cr, "Figure", NULL);
    gh_pdf_keep_tags(cr, drawing->width, drawing->height);
    gh_drawing_paint_on(drawing, cr);
    cairo_tag_end(cr, "Figure");
    cairo_tag_end(cr, "Document");
    cairo_show_page(cr);
    if (!gh_drawing_check_cairo(cairo_status(cr), error))
        return NULL;

    cairo_surface_finish(surface);
    if (!gh_drawing_check_cairo(cairo_surface_status(surface), error))
        return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

GBytes *
gh_drawing_pdf(const GhDrawing *drawing, GError **error)
{
    g_autofree char *alt = *drawing->description == '\0'
                               ? g_strdup(drawing->title)
                               : g_strdup_printf("%s. %s", drawing->title, drawing->description);
    const GhPdfWords words = {
        .lang = gh_lang_tag(drawing->lang),
        .right_to_left = strcmp(gh_lang_direction(drawing->lang), "rtl") == 0,
        .title = drawing->title,
        .alts = (const char *const[]){alt},
        .n_alts = 1,
    };
    g_autoptr(GBytes) page = paint_page(drawing, error);
    if (page == NULL)
        return NULL;
    return gh_pdf_finish(page, &words, error);
}
