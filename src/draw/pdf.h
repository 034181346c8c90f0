/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pdf.h - what cairo leaves out of a tagged PDF, added through qpdf's library.
 *
 * cairo 1.16 writes the structure tree and marks content by it, but no language, no alternative
 * texts, no attributes of tables, the time of now, and leaves running heads unmarked. A PDF goes in as
 * cairo wrote it and comes out finished:
 *
 *   /Lang, /MarkInfo, /ViewerPreferences (title in the window, direction), tab order by structure;
 *   /Info from the words alone; /Alt of Figures; /Contents of links (the address, or words); /Scope, /RowSpan, /ColSpan of
 *   cells; /Summary of tables; all that is painted outside of tags as /Artifact.
 *
 * Order     Alts, links, summaries and cells are counted in reading order: the order of the tags.
 * Same      The same PDF and words give the same bytes. The ID is taken from the content.
 * Threads   Pure.
 * Input     From cairo 1.16 with every tag's content between cairo_tag_begin and cairo_tag_end of a
 *           leaf, never tags within groups; not for PDF from elsewhere.
 * Errors    GH_DRAW_ERROR_OUTPUT.
 * Not here  Conformity to PDF/UA is not claimed in the file (no pdfuaid): nobody checked it there.
 */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A cell (TH or TD) over several rows or columns. */
typedef struct {
    size_t cell; /* counted over all cells of all tables, from 0 */
    unsigned rows, columns;
} GhPdfSpan;

typedef struct {
    const char *lang; /* BCP 47 */
    bool right_to_left;
    const char *title, *author, *subject, *keywords; /* NULL: none */
    int64_t made_us; /* microseconds since 1970, UTC; 0: no time in the metadata */

    const char *const *alts; /* of each Figure; one more or less is an error */
    size_t n_alts;
    const char *const *links; /* of each Link to a place in the document; as many, or none */
    size_t n_links;
    const char *const *summaries; /* of each Table, NULL entries: none; as many, or none */
    size_t n_summaries;
    const GhPdfSpan *spans; /* rising by cell */
    size_t n_spans;
} GhPdfWords;

/* Before a page is painted whole: in cairo 1.16 a fill that covers all of a page makes it forget what it
 * was told before, tags too. Clips a hair less than the page. */
void gh_pdf_keep_tags(cairo_t *cr, double width, double height);

/* The finished PDF, owned by the caller. */
GBytes *gh_pdf_finish(GBytes *pdf, const GhPdfWords *words, GError **error);

/* A page's content with all painting outside of marked content put into /Artifact; what pdf.c does
 * with every page. Owned by the caller. */
GString *gh_pdf_mark_artifacts(const char *content, size_t n_content);
