/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_paint.c - the pieces of a page on paper, in reading order. */
#include <cairo-pdf.h>

#include "draw/document/document_private.h"
#include "draw/pdf.h"
#include "draw/text.h"

#define NO_BREAK_BLANK "\xC2\xA0" /* U+00A0 */

static const double HAIRLINE = 0.5; /* our choice, as the others */
static const double ACCENT_BAR = 2.5;
static const double NOTE_RULE_WIDTH = 60;

static const GhDocPage *
page_of(const GhDocInk *ink)
{
    return &g_array_index(ink->pages->pages, GhDocPage, ink->page);
}

static const GhDocPiece *
piece_at(const GhDocInk *ink, size_t i)
{
    return &g_array_index(ink->flow->pieces, GhDocPiece, i);
}

static double
text_width(const GhDocInk *ink)
{
    return gh_document_text_width(ink->document);
}

/* -- notes -- */

/* Where the notes of the page begin, under the rule. */
static double
notes_y(const GhDocInk *ink)
{
    const GhDocPaper *paper = ink->document->paper;
    return paper->height - paper->bottom - page_of(ink)->notes_height + GH_DOC_NOTES_GAP;
}

void
gh_doc_ink_note(GhDocInk *ink, size_t index)
{
    const GhDocNoteLines *lines = &g_array_index(ink->pages->notes, GhDocNoteLines, index);
    const GhDocText *text = ink->flow->notes->pdata[lines->note];
    double y = notes_y(ink);

    for (size_t i = page_of(ink)->notes_from; i < index; i++) {
        const GhDocNoteLines *above = &g_array_index(ink->pages->notes, GhDocNoteLines, i);
        const GhDocText *above_text = ink->flow->notes->pdata[above->note];
        y += (double)(above->to - above->from) * above_text->leading;
    }

    gh_doc_ink_tag(ink, "Note", NULL);
    if (lines->from == 0) {
        g_autofree char *number = gh_doc_number(ink->document, lines->note + 1);
        gh_doc_ink_tag(ink, "Lbl", NULL);
        gh_doc_ink_words(ink, number, GH_DOC_NOTE, y + gh_doc_text_baseline(text), text_width(ink),
                         GH_CELLS_START);
        gh_doc_ink_end(ink, "Lbl");
    }
    gh_doc_ink_text(ink, &(GhDocInkText){.text = text,
                                         .from = lines->from,
                                         .to = lines->to,
                                         .x = text->style->indent,
                                         .y = y,
                                         .width = text->width,
                                         .tag = "P",
                                         .begins = true,
                                         .ends = true});
    gh_doc_ink_end(ink, "Note");
}

/* The rule over the notes, and what is left of one from the page before. */
static void
paint_notes(GhDocInk *ink)
{
    const GhDocPage *page = page_of(ink);
    if (page->notes_from == page->notes_to)
        return;

    gh_doc_ink_rule(ink, 0, notes_y(ink) - GH_DOC_NOTES_GAP / 2, NOTE_RULE_WIDTH, HAIRLINE,
                    GH_SOFT_INK);
    for (size_t i = page->notes_from; i < page->notes_to; i++) {
        const GhDocNoteLines *lines = &g_array_index(ink->pages->notes, GhDocNoteLines, i);
        bool met_before = page->from == 0 || lines->note < piece_at(ink, page->from - 1)->n_notes;
        if (page->from > 0 && met_before)
            gh_doc_ink_note(ink, i);
    }
}

/* -- lines -- */

/* How many pieces from i on are lines of one text. */
static size_t
n_lines_at(const GhDocInk *ink, size_t i, size_t end)
{
    const GhDocText *text = piece_at(ink, i)->text;
    size_t n = 1;
    while (i + n < end && piece_at(ink, i + n)->kind == GH_DOC_PIECE_LINE
           && piece_at(ink, i + n)->text == text)
        n++;
    return n;
}

static void
begin_item(GhDocInk *ink, const GhDocPiece *piece, double y)
{
    if (piece->first)
        gh_doc_ink_tag(ink, "L", NULL);
    gh_doc_ink_tag(ink, "LI", NULL);
    gh_doc_ink_text(ink, &(GhDocInkText){.text = piece->label,
                                         .to = 1,
                                         .y = y,
                                         .width = piece->label->width,
                                         .tag = "Lbl",
                                         .begins = true,
                                         .ends = true,
                                         .colour = GH_ACCENT});
}

static void
end_item(GhDocInk *ink, const GhDocPiece *piece)
{
    gh_doc_ink_end(ink, "LI");
    if (piece->last)
        gh_doc_ink_end(ink, "L");
}

/* What a heading is besides its words: a place to jump to, a bookmark, and on level 1 a bar. */
static void
begin_heading(GhDocInk *ink, const GhDocPiece *piece, const GhDocInkText *text)
{
    const GhDocStyle *style = text->text->style;
    double top = text->y - style->head_room;
    g_autofree char *target = gh_doc_target(piece->block);
    g_autofree char *attributes = g_strdup_printf("name='%s'", target);

    if (style->head_room > 0)
        gh_doc_ink_rule(ink, 0, top, GH_DOC_ACCENT_WIDTH, ACCENT_BAR, GH_ACCENT);
    gh_doc_ink_bookmark(ink, piece->block, top);
    gh_doc_ink_tag(ink, CAIRO_TAG_DEST, attributes);
}

/* The number is part of the heading. */
static void
paint_numbered(GhDocInk *ink, const GhDocPiece *piece, GhDocInkText text)
{
    const char *tag = text.text->style->tag;
    bool ends = text.ends;

    if (text.begins)
        gh_doc_ink_tag(ink, tag, NULL);
    if (text.begins && piece->label != NULL)
        gh_doc_ink_text(ink, &(GhDocInkText){.text = piece->label,
                                             .to = 1,
                                             .y = text.y,
                                             .width = piece->label->width,
                                             .tag = "Span",
                                             .begins = true,
                                             .ends = true,
                                             .colour = GH_ACCENT});
    text.tag = "Span";
    text.begins = text.ends = true;
    gh_doc_ink_text(ink, &text);
    if (ends)
        gh_doc_ink_end(ink, tag);
}

static void
paint_heading(GhDocInk *ink, const GhDocPiece *piece, const GhDocInkText *text)
{
    if (text->begins)
        begin_heading(ink, piece, text);
    if (piece->block->label != NULL)
        paint_numbered(ink, piece, *text);
    else
        gh_doc_ink_text(ink, text);
    if (text->ends)
        gh_doc_ink_end(ink, CAIRO_TAG_DEST);
}

static void
paint_quote(GhDocInk *ink, const GhDocInkText *text)
{
    if (text->begins)
        gh_doc_ink_tag(ink, "BlockQuote", NULL);
    gh_doc_ink_rule(ink, 0, text->y, 2, (double)(text->to - text->from) * text->text->leading,
                    GH_ACCENT);
    gh_doc_ink_text(ink, text);
    if (text->ends)
        gh_doc_ink_end(ink, "BlockQuote");
}

/* All lines of one text that stand on this page; y is the top of the first. */
static void
paint_lines(GhDocInk *ink, size_t i, size_t n_lines, double y)
{
    const GhDocPiece *piece = piece_at(ink, i);
    const GhDocText *text = piece->text;
    GhDocInkText what = {.text = text,
                         .from = piece->line,
                         .to = piece->line + n_lines,
                         .x = piece->x,
                         .y = y + (piece->line == 0 ? text->style->head_room : 0),
                         .width = text->width,
                         .tag = text->style->tag,
                         .begins = piece->line == 0,
                         .ends = piece->line + n_lines == text->n_lines};

    if (piece->block->kind == GH_DOC_HEADING) {
        paint_heading(ink, piece, &what);
    } else if (piece->block->kind == GH_DOC_LIST_ITEM) {
        if (what.begins)
            begin_item(ink, piece, y);
        gh_doc_ink_text(ink, &what);
        if (what.ends)
            end_item(ink, piece);
    } else if (piece->block->style == GH_DOC_QUOTE) {
        paint_quote(ink, &what);
    } else {
        gh_doc_ink_text(ink, &what);
    }
}

/* -- contents -- */

static void
paint_entry(GhDocInk *ink, const GhDocPiece *piece, double y)
{
    const GhDocText *text = piece->text;
    size_t page = ink->pages->headings[piece->target->heading];
    g_autofree char *digits = gh_doc_number(ink->document, page + 1);
    g_autofree char *number = g_strconcat(NO_BREAK_BLANK, digits, NULL); /* heard apart */
    double width = text_width(ink);
    double baseline = y + (double)(text->n_lines - 1) * text->leading + gh_doc_text_baseline(text);
    double number_width = gh_doc_ink_words_width(ink, number, GH_DOC_ENTRY_2);
    double ends = piece->x + text->lines[text->n_lines - 1].width;

    if (piece->first)
        gh_doc_ink_tag(ink, "TOC", NULL);
    gh_doc_ink_tag(ink, "TOCI", NULL);
    gh_doc_ink_dots(ink, ends + 6, width - number_width - 6, baseline - 1);
    gh_doc_ink_begin_jump(ink, piece->target, y, piece->height);
    if (piece->label != NULL)
        gh_doc_ink_text(ink, &(GhDocInkText){.text = piece->label,
                                             .to = 1,
                                             .x = text->style->indent,
                                             .y = y,
                                             .width = piece->label->width,
                                             .colour = GH_ACCENT});
    gh_doc_ink_text(
        ink, &(GhDocInkText){
                 .text = text, .to = text->n_lines, .x = piece->x, .y = y, .width = text->width});
    gh_doc_ink_words(ink, number, GH_DOC_ENTRY_2, baseline, width, GH_CELLS_END);
    gh_doc_ink_end(ink, CAIRO_TAG_LINK);
    gh_doc_ink_end(ink, "TOCI");
    if (piece->last)
        gh_doc_ink_end(ink, "TOC");
}

/* -- captions and figures -- */

static void
paint_caption(GhDocInk *ink, const GhDocPiece *piece, double y)
{
    bool of_table = piece->block->kind == GH_DOC_TABLE;

    if (of_table)
        gh_doc_paint_table_begin(ink, piece->block);
    gh_doc_ink_text(ink, &(GhDocInkText){.text = piece->text,
                                         .to = piece->text->n_lines,
                                         .y = y,
                                         .width = piece->text->width,
                                         .tag = piece->text->style->tag,
                                         .begins = true,
                                         .ends = true});
    if (of_table && piece->last)
        gh_doc_ink_end(ink, "Table");
    if (!of_table)
        gh_doc_ink_end(ink, "Div");
}

static void
paint_figure(GhDocInk *ink, const GhDocPiece *piece, double y)
{
    const GhDocBlock *block = piece->block;
    double width = text_width(ink) - 2 * piece->x;

    /* Figure and caption are one, where there is one. */
    if (block->runs != NULL)
        gh_doc_ink_tag(ink, "Div", NULL);
    gh_doc_ink_drawing(ink, block->drawing, piece->x, y, width, block->alt);
}

/* -- pages -- */

static void
paint_piece(GhDocInk *ink, const GhDocPiece *piece, double y, bool begins_page)
{
    switch (piece->kind) {
    case GH_DOC_PIECE_ENTRY:
        paint_entry(ink, piece, y);
        break;
    case GH_DOC_PIECE_CAPTION:
        paint_caption(ink, piece, y);
        break;
    case GH_DOC_PIECE_HEAD:
        gh_doc_paint_first_head(ink, piece, y);
        break;
    case GH_DOC_PIECE_ROW:
        gh_doc_paint_row(ink, piece, y, begins_page);
        break;
    case GH_DOC_PIECE_FIGURE:
        paint_figure(ink, piece, y);
        break;
    case GH_DOC_PIECE_FULL_PAGE:
        gh_doc_ink_full_page(ink, piece->block);
        break;
    case GH_DOC_PIECE_LINE:
        g_assert_not_reached();
    }
}

static bool
is_bare(const GhDocInk *ink)
{
    const GhDocPage *page = page_of(ink);
    return page->to > page->from && piece_at(ink, page->from)->kind == GH_DOC_PIECE_FULL_PAGE;
}

/* In one line, with an ellipsis where it is longer. */
static void
paint_running_words(GhDocInk *ink, const char *words, double baseline, double width)
{
    const GhDocStyle *style = gh_doc_style(GH_DOC_RUNNING);
    g_auto(GStrv) line = gh_text_lines_cut(ink->document->lang, style->size, style->weight, words,
                                           width * GH_TEXT_ROOM, 1);
    gh_doc_ink_words(ink, line[0], GH_DOC_RUNNING, baseline, width, GH_CELLS_START);
}

static void
paint_running(GhDocInk *ink)
{
    const GhDocument *document = ink->document;
    double foot = document->paper->height - GH_DOC_FOOT_UP, width = text_width(ink);
    g_autofree char *page = gh_doc_number(document, ink->page + 1);
    g_autofree char *n_pages = gh_doc_number(document, ink->pages->pages->len);
    g_autofree char *number = g_strdup_printf("%s / %s", page, n_pages);

    if (document->running_head != NULL)
        paint_running_words(ink, document->running_head, GH_DOC_HEAD_Y - GH_DOC_HEAD_UP, width);
    gh_doc_ink_rule(ink, 0, GH_DOC_HEAD_Y, width, HAIRLINE, GH_RULE);
    if (document->running_foot != NULL)
        paint_running_words(ink, document->running_foot, foot, width - GH_DOC_NUMBER_WIDTH);
    gh_doc_ink_words(ink, number, GH_DOC_RUNNING, foot, width, GH_CELLS_END);
}

/* Whether a table ends with this piece, or goes on on the next page. */
static bool
ends_table(const GhDocInk *ink, size_t i)
{
    const GhDocPiece *piece = piece_at(ink, i);
    return piece->kind == GH_DOC_PIECE_ROW && (piece->last || i + 1 == page_of(ink)->to);
}

void
gh_doc_paint_page(GhDocInk *ink)
{
    const GhDocPage *page = page_of(ink);
    double y = ink->document->paper->top;

    if (!is_bare(ink))
        paint_running(ink);
    paint_notes(ink);
    for (size_t i = page->from; i < page->to;) {
        const GhDocPiece *piece = piece_at(ink, i);
        double head = i == page->from ? gh_doc_piece_head_again(piece) : 0;
        size_t n = piece->kind == GH_DOC_PIECE_LINE ? n_lines_at(ink, i, page->to) : 1;

        y += i == page->from ? head : piece->before;
        if (head > 0)
            gh_doc_paint_head(ink, piece->table, y - head, true);
        if (piece->kind == GH_DOC_PIECE_LINE)
            paint_lines(ink, i, n, y);
        else
            paint_piece(ink, piece, y, i == page->from);
        for (size_t end = i + n; i < end; i++)
            y += piece_at(ink, i)->height;
        if (ends_table(ink, i - 1))
            gh_doc_paint_table_end(ink, piece, y);
    }
}
