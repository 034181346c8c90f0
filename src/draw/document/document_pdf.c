/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_pdf.c - a document is laid out, painted and finished. */
#include <cairo-pdf.h>

#include "draw/document/document_private.h"
#include "draw/pdf.h"

/* cairo's own default, said because tags need it. */
static const cairo_pdf_version_t VERSION = CAIRO_PDF_VERSION_1_5;

static cairo_status_t
write_bytes(void *closure, const unsigned char *data, unsigned n_data)
{
    g_byte_array_append(closure, data, n_data);
    return CAIRO_STATUS_SUCCESS;
}

static void
init_ink(GhDocInk *ink, const GhDocFlow *flow, const GhDocPages *pages, GByteArray *out)
{
    const GhDocument *document = flow->document;

    *ink = (GhDocInk){.document = document, .flow = flow, .pages = pages};
    ink->surface = cairo_pdf_surface_create_for_stream(write_bytes, out, document->paper->width,
                                                       document->paper->height);
    cairo_pdf_surface_restrict_to_version(ink->surface, VERSION);
    ink->cr = cairo_create(ink->surface);
    ink->alts = g_ptr_array_new_with_free_func(g_free);
    ink->links = g_ptr_array_new_with_free_func(g_free);
    ink->summaries = g_ptr_array_new_with_free_func(g_free);
    ink->spans = g_array_new(FALSE, FALSE, sizeof(GhPdfSpan));
}

static void
clear_ink(GhDocInk *ink)
{
    cairo_destroy(ink->cr);
    cairo_surface_destroy(ink->surface);
    g_clear_pointer(&ink->glyphs, g_array_unref);
    for (size_t i = 0; i < GH_PALETTE_STEPS; i++)
        gh_drawing_free(ink->marks[i]);
    g_ptr_array_unref(ink->alts);
    g_ptr_array_unref(ink->links);
    g_ptr_array_unref(ink->summaries);
    g_array_unref(ink->spans);
}

static bool
paint(GhDocInk *ink, GError **error)
{
    gh_doc_ink_tag(ink, "Document", NULL);
    for (ink->page = 0; ink->page < ink->pages->pages->len; ink->page++) {
        gh_doc_paint_page(ink);
        if (ink->page + 1 == ink->pages->pages->len)
            gh_doc_ink_end(ink, "Document");
        cairo_show_page(ink->cr);
    }

    cairo_status_t status = cairo_status(ink->cr);
    cairo_surface_finish(ink->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(ink->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT, "painting a document: %s",
                cairo_status_to_string(status));
    return false;
}

static GBytes *
finish(const GhDocInk *ink, GBytes *painted, GError **error)
{
    const GhDocument *document = ink->document;
    const GhPdfWords words = {
        .lang = gh_lang_tag(document->lang),
        .right_to_left = document->right_to_left,
        .title = document->title,
        .author = document->author,
        .subject = document->subject,
        .keywords = document->keywords,
        .made_us = document->made_us,
        .alts = (const char *const *)ink->alts->pdata,
        .n_alts = ink->alts->len,
        .links = (const char *const *)ink->links->pdata,
        .n_links = ink->links->len,
        .summaries = (const char *const *)ink->summaries->pdata,
        .n_summaries = ink->summaries->len,
        .spans = (const GhPdfSpan *)(const void *)ink->spans->data,
        .n_spans = ink->spans->len,
    };
    return gh_pdf_finish(painted, &words, error);
}

GBytes *
gh_document_pdf(GhDocument *document, GError **error)
{
    GhDocInk ink = {0};
    GBytes *pdf = NULL;

    g_assert(document->open == NULL && document->open_table == NULL);
    g_autoptr(GhDocFlow) flow = gh_doc_flow_new(document, error);
    if (flow == NULL)
        return NULL;
    g_autoptr(GhDocPages) pages = gh_doc_pages_new(flow, error);
    if (pages == NULL)
        return NULL;

    GByteArray *out = g_byte_array_new();
    init_ink(&ink, flow, pages, out);
    bool painted = paint(&ink, error);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(out);
    if (painted)
        pdf = finish(&ink, bytes, error);
    clear_ink(&ink);
    if (pdf != NULL)
        document->n_pages = pages->pages->len;
    return pdf;
}
