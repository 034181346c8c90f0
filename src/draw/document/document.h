/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document.h - pages of text, tables and figures as a tagged PDF.
 *
 * A document is filled block by block, in reading order, and laid out when it is written: contents
 * and references know their page numbers, tables repeat their heads and break between rows only,
 * headings stay with what follows, no paragraph leaves a single line on a page.
 *
 *   GhDocument *document = gh_document_new(&options);
 *   gh_document_heading(document, 1, "Introduction");
 *   gh_document_paragraph(document, GH_PARAGRAPH_BODY, "Text.");
 *   GBytes *pdf = gh_document_pdf(document, &error);
 *
 * Units     Points (1/72 inch).
 * Texts     Foreign texts are welcome: what cannot be shown becomes U+FFFD, and line ends are blanks.
 * Tags      Document; H1-H3, P, BlockQuote; L with LI, Lbl and LBody; Table with THead, TBody, TR, TH and
 *           TD; Figure with alternative text, Caption; TOC with TOCI and Reference; Note, Link, Span, Div.
 *           Running heads and page numbers are not part of the text. Bookmarks from the headings. Language, title and alternative texts are written through qpdf, since cairo
 *           1.16 leaves them out.
 * Language  Decides the fonts, where words may be hyphenated, the words for "Contents", "Table" and
 *           "Figure", and the direction: in a right-to-left language columns, margins and page numbers are
 *           mirrored.
 * Same      The same blocks give the same bytes: time and ids come from the options.
 * Ownership Texts are copied; drawings and documents say taken or borrowed.
 * Threads   One document, one thread.
 * Limits    GH_DOCUMENT_PAGES_MAX pages, then GH_DRAW_ERROR_SIZE. Of a run, GH_DOCUMENT_RUN_MAX characters
 *           are shown and an ellipsis behind them.
 * Not here  What a report says: the districts.
 */
#pragma once

#include "draw/drawing.h"

enum {
    GH_DOCUMENT_PAGES_MAX = 2000,
    GH_DOCUMENT_RUN_MAX = 20000, /* of an em each: pango's 32 bits hold no more in GH_FONT_SIZE */
};

typedef enum {
    GH_PAPER_A4,
    GH_PAPER_LETTER,
} GhPaper;

typedef struct {
    const GhLang *lang;
    GhPaper paper;
    const char *title, *author, *subject, *keywords; /* metadata; NULL: none */
    const char *running_head; /* at the top of every page but covers; NULL: the title */
    const char *running_foot; /* beside the page number; NULL: none */
    int64_t made_us;          /* time in the metadata, microseconds since 1970, UTC */
} GhDocumentOptions;

typedef struct GhDocument GhDocument;

GhDocument *gh_document_new(const GhDocumentOptions *options);
void gh_document_free(GhDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDocument, gh_document_free)

/* The room for text on a page. */
double gh_document_text_width(const GhDocument *document);
double gh_document_text_height(const GhDocument *document);

/* The width and height of the paper. */
void gh_document_paper(const GhDocument *document, double *ret_width, double *ret_height);

/* -- whole pages -- */

/* A page without running head whose whole paper is the drawing, made in the paper's size. The drawing
 * is taken. alt NULL: its title and description. */
void gh_document_take_full_page(GhDocument *document, GhDrawing *drawing, const char *alt);

/* What follows begins on a new page. */
void gh_document_page_break(GhDocument *document);

/* The table of contents stands here: headings of levels 1 to max_level with their page numbers, each
 * a link. */
void gh_document_contents(GhDocument *document, const char *heading, int max_level);

/* -- text -- */

/* Level 1 to 3. Numbered ("2.1") where the document has been told so. Level 1 begins a page where
 * asked for. */
void gh_document_heading(GhDocument *document, int level, const char *text);
void gh_document_number_headings(GhDocument *document, bool numbered);

typedef enum {
    GH_PARAGRAPH_BODY,
    GH_PARAGRAPH_LEAD,  /* larger, under a heading */
    GH_PARAGRAPH_SMALL, /* sources, small print */
    GH_PARAGRAPH_QUOTE, /* indented, with a rule: a worked example, a disclaimer */
} GhParagraphStyle;

/* A paragraph of plain text. */
void gh_document_paragraph(GhDocument *document, GhParagraphStyle style, const char *text);

/* A paragraph of several runs, ended by gh_document_end. */
void gh_document_begin_paragraph(GhDocument *document, GhParagraphStyle style);

/* An item of a list; items that follow one another make one list. Ended by gh_document_end. */
typedef enum {
    GH_LIST_BULLETS,
    GH_LIST_NUMBERS,
} GhListStyle;
void gh_document_begin_item(GhDocument *document, GhListStyle style);

typedef enum {
    GH_RUN_PLAIN,
    GH_RUN_STRONG,
    GH_RUN_SOFT,
} GhRunStyle;
void gh_document_run(GhDocument *document, GhRunStyle style, const char *text);

/* uri: an http or https address; with anything else the text stands without a link. */
void gh_document_run_link(GhDocument *document, const char *text, const char *uri);

/* A mark of a band within the line (palette.h), with the word that is read for it; "" where that word
 * stands beside it. */
void gh_document_run_mark(GhDocument *document, int step, const char *alt);

/* A footnote: its number stands here, its text at the foot of this page. Also inside a table's cell. */
void gh_document_run_footnote(GhDocument *document, const char *text);
void gh_document_end(GhDocument *document);

/* -- tables and figures: numbered by themselves ("Table 3"), captions above tables and below figures -- */

typedef enum {
    GH_CELLS_START, /* left in English, right in Arabic */
    GH_CELLS_END,   /* numbers */
    GH_CELLS_MIDDLE,
} GhCellsAlign;

typedef struct {
    const char *head; /* "" for none */
    double share;     /* of the width: relative to the sum over all columns */
    GhCellsAlign align;
    bool row_heads; /* its cells are heads of their rows (TH) */
} GhDocumentColumn;

typedef struct {
    const char *caption;             /* NULL: not numbered, no caption */
    const char *summary;             /* what the table shows, for those who hear it; NULL: none */
    const GhDocumentColumn *columns; /* copied */
    size_t n_columns;
    bool plain; /* no rules and smaller gaps: pairs of label and value */
} GhDocumentTable;

void gh_document_begin_table(GhDocument *document, const GhDocumentTable *table);

/* A row that heads those below it ("Environment"), over all columns; it stays with the next row. */
void gh_document_table_group(GhDocument *document, const char *text);

/* Cells follow in column order. A row has as many cells as the table has columns. */
void gh_document_table_row(GhDocument *document);
void gh_document_cell(GhDocument *document, const char *text);

/* A cell of runs, ended by gh_document_end. */
void gh_document_begin_cell(GhDocument *document);

/* The same text as in the row above: the cell is joined with it (a row of one category over several
 * indicators), and written again on a new page. */
void gh_document_cell_joined(GhDocument *document);
void gh_document_end_table(GhDocument *document);

/* A figure as wide as width_share of the text (0..1], in the middle. The drawing is taken. Its title
 * and description are the alternative text. caption NULL: not numbered. */
void gh_document_take_figure(GhDocument *document, GhDrawing *drawing, double width_share,
                             const char *caption);

/* Empty room beside what blocks have between them; none at the top of a page. */
void gh_document_space(GhDocument *document, double height);

/* -- the way out -- */

/* Lays out and writes. NULL with GH_DRAW_ERROR. */
GBytes *gh_document_pdf(GhDocument *document, GError **error);

/* Pages of the document as last written; 0 before. */
size_t gh_document_n_pages(const GhDocument *document);
