/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_pages.c - pieces are put on pages, each as full as it can be.
 *
 * A note stands on the page of its reference. Only one that is higher than the page has room for goes
 * on at the foot of the next.
 */
#include "draw/document/document_private.h"

/* What adds up to a page's height may differ from it by rounding. */
static const double SLACK = 0.01;

typedef struct {
    const GhDocFlow *flow;
    GhDocPages *pages;
    double room;        /* height of a page's text */
    GhDocNoteLines owe; /* to the next page; from == to: nothing */
    size_t n_notes;     /* placed, or owed */
} Placer;

static const GhDocPiece *
piece_at(const Placer *placer, size_t i)
{
    return &g_array_index(placer->flow->pieces, GhDocPiece, i);
}

static double
note_height(const Placer *placer, size_t note)
{
    return gh_doc_text_height(placer->flow->notes->pdata[note]);
}

/* -- which pieces -- */

/* The end of the pieces that fit on a page beginning with start; taken of its height is already
 * used. */
static size_t
end_of_page(const Placer *placer, size_t start, double taken)
{
    size_t n_pieces = placer->flow->pieces->len, end = start, i = start, note = placer->n_notes;
    bool notes = taken > 0;

    for (; i < n_pieces; i++) {
        const GhDocPiece *piece = piece_at(placer, i);
        if (i > start && piece->new_page)
            return i;

        taken += piece->height + (i == start ? gh_doc_piece_head_again(piece) : piece->before);
        for (; note < piece->n_notes; note++) {
            taken += note_height(placer, note) + (notes ? 0 : GH_DOC_NOTES_GAP);
            notes = true;
        }
        if (taken > placer->room + SLACK)
            break;
        if (!piece->keep || i + 1 == n_pieces)
            end = i + 1;
    }
    /* What must stay together is higher than a page: it is cut where the page ends. */
    return end > start ? end : MAX(i, start + 1);
}

static double
height_of(const Placer *placer, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to; i++) {
        const GhDocPiece *piece = piece_at(placer, i);
        height += piece->height + (i == from ? gh_doc_piece_head_again(piece) : piece->before);
    }
    return height;
}

/* -- their notes -- */

/* Puts as many lines of a note on the page as fit into room, and owes the rest. */
static void
place_note(Placer *placer, GhDocPage *page, GhDocNoteLines lines, double room)
{
    const GhDocText *text = placer->flow->notes->pdata[lines.note];
    double gap = page->notes_height > 0 ? 0 : GH_DOC_NOTES_GAP;
    double free_lines = (room - page->notes_height - gap) / text->leading + SLACK;
    size_t n_lines = MIN(lines.to - lines.from, (size_t)MAX(free_lines, 0));

    placer->owe = lines;
    if (n_lines == 0)
        return;
    placer->owe.from = lines.from + n_lines;
    lines.to = placer->owe.from;
    page->notes_height += gap + (double)n_lines * text->leading;
    g_array_append_val(placer->pages->notes, lines);
}

static bool
owes(const Placer *placer)
{
    return placer->owe.from < placer->owe.to;
}

/* All notes up to n_notes that are not yet placed. One that does not fit is owed, and those behind it
 * wait for it. */
static void
place_notes(Placer *placer, GhDocPage *page, size_t n_notes, double room)
{
    while (placer->n_notes < n_notes && !owes(placer)) {
        const GhDocText *text = placer->flow->notes->pdata[placer->n_notes];
        GhDocNoteLines lines = {.note = placer->n_notes++, .to = text->n_lines};
        place_note(placer, page, lines, room);
    }
}

/* -- pages -- */

/* Pieces follow unless notes take all the room, or stand where a drawing takes all. */
static bool
takes_pieces(const Placer *placer, size_t start, const GhDocPage *page)
{
    if (owes(placer) || start >= placer->flow->pieces->len)
        return false;
    return page->notes_height <= 0 || piece_at(placer, start)->kind != GH_DOC_PIECE_FULL_PAGE;
}

static size_t
place_page(Placer *placer, size_t start)
{
    GhDocPage page = {.from = start, .to = start, .notes_from = placer->pages->notes->len};
    size_t met = start > 0 ? piece_at(placer, start - 1)->n_notes : 0;

    if (owes(placer))
        place_note(placer, &page, placer->owe, placer->room);
    place_notes(placer, &page, met, placer->room);
    if (takes_pieces(placer, start, &page)) {
        page.to = end_of_page(placer, start, page.notes_height);
        double room = placer->room - height_of(placer, page.from, page.to);
        place_notes(placer, &page, piece_at(placer, page.to - 1)->n_notes, room);
    }
    page.notes_to = placer->pages->notes->len;
    g_array_append_val(placer->pages->pages, page);
    return page.to;
}

static void
note_headings(const Placer *placer)
{
    const GArray *pages = placer->pages->pages;

    for (guint number = 0; number < pages->len; number++) {
        const GhDocPage *page = &g_array_index(pages, GhDocPage, number);
        for (size_t i = page->from; i < page->to; i++) {
            const GhDocPiece *piece = piece_at(placer, i);
            if (piece->block->kind == GH_DOC_HEADING && piece->line == 0)
                placer->pages->headings[piece->block->heading] = number;
        }
    }
}

GhDocPages *
gh_doc_pages_new(const GhDocFlow *flow, GError **error)
{
    g_autoptr(GhDocPages) pages = g_new0(GhDocPages, 1);
    Placer placer = {.flow = flow, .pages = pages, .room = gh_document_text_height(flow->document)};
    size_t at = 0;

    pages->pages = g_array_new(FALSE, FALSE, sizeof(GhDocPage));
    pages->notes = g_array_new(FALSE, FALSE, sizeof(GhDocNoteLines));
    pages->headings = g_new0(size_t, flow->document->n_headings);
    /* A document without blocks is one empty page. */
    do {
        at = place_page(&placer, at);
        if (pages->pages->len > GH_DOCUMENT_PAGES_MAX) {
            g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_SIZE,
                        "expected a document of at most %d pages", (int)GH_DOCUMENT_PAGES_MAX);
            return NULL;
        }
    } while (at < flow->pieces->len || owes(&placer) || placer.n_notes < flow->notes->len);
    note_headings(&placer);
    return g_steal_pointer(&pages);
}

void
gh_doc_pages_free(GhDocPages *pages)
{
    if (pages == NULL)
        return;
    g_array_unref(pages->pages);
    g_array_unref(pages->notes);
    g_free(pages->headings);
    g_free(pages);
}
