/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_flow.c - blocks become pieces: what no page cuts, with what must stay together.
 *
 * A paragraph's first and last two lines stay together (no orphans, no widows), a heading stays with
 * what follows, a paragraph's end with the table it introduces, a caption with its table or figure, a table's first and last two rows with each other.
 */
#include "draw/document/document_private.h"

typedef struct {
    GhDocFlow *flow;
    double after;  /* room that the last block asks for */
    double space;  /* and room given beside that */
    bool new_page; /* the next piece begins one */
    size_t n_notes;
    double height; /* of all pieces */
} Filler;

static GhDocText *
set_text(Filler *filler, const GhDocRuns *runs, GhDocStyleName style, double width)
{
    GhDocText *text = gh_doc_text_new(filler->flow->setter, runs, style, width);
    g_ptr_array_add(filler->flow->texts, text);
    return text;
}

static double
text_width(const Filler *filler)
{
    return gh_document_text_width(filler->flow->document);
}

/* The room before the next piece that asks for some itself. */
static double
take_room(Filler *filler, double before)
{
    double room = MAX(filler->after, before) + filler->space;
    filler->after = filler->space = 0;
    return room;
}

static void
add_piece(Filler *filler, GhDocPiece piece)
{
    piece.new_page = filler->new_page;
    piece.n_notes = filler->n_notes;
    filler->new_page = false;
    filler->height += piece.before + piece.height;
    g_array_append_val(filler->flow->pieces, piece);
}

static GhDocPiece *
last_piece(const Filler *filler)
{
    GArray *pieces = filler->flow->pieces;
    return &g_array_index(pieces, GhDocPiece, pieces->len - 1);
}

/* -- text -- */

/* Notes of a text up to the end of a line. */
static size_t
notes_until(const GhDocText *text, size_t line)
{
    const PangoLayoutLine *pango = text->lines[line].pango;
    size_t end = (size_t)pango->start_index + (size_t)pango->length, n = 0;

    if (text->runs->n_notes == 0)
        return 0;
    for (guint i = 0; i < text->runs->runs->len; i++) {
        const GhDocRun *run = &g_array_index(text->runs->runs, GhDocRun, i);
        n += run->kind == GH_DOC_RUN_NOTE && run->start < end;
    }
    return n;
}

/* Lines as pieces of their own. Pattern has what they have in common; its label is the first's. */
static void
add_lines(Filler *filler, const GhDocPiece *pattern, const GhDocText *text, bool keep_all)
{
    size_t notes_before = filler->n_notes;

    for (size_t i = 0; i < text->n_lines; i++) {
        GhDocPiece piece = *pattern;
        piece.text = text;
        piece.line = i;
        piece.height = text->leading + (i == 0 ? text->style->head_room : 0);
        piece.keep = keep_all || (i + 1 < text->n_lines && (i == 0 || i + 2 == text->n_lines));
        if (i > 0) {
            piece.before = 0;
            piece.label = NULL;
        }
        filler->n_notes = notes_before + notes_until(text, i);
        add_piece(filler, piece);
    }
}

static GhDocBlockKind
kind_at(const GPtrArray *blocks, guint i)
{
    return i < blocks->len ? ((const GhDocBlock *)blocks->pdata[i])->kind : GH_DOC_BREAK;
}

/* What introduces a table stays with it: the table is not found at the top of the next page, nor its
 * introduction alone at the end of this one. */
static void
flow_text(Filler *filler, const GhDocBlock *block, GhDocBlockKind next)
{
    const GhDocStyle *style = gh_doc_style(block->style);
    double width = MIN(GH_DOC_MEASURE, text_width(filler)) - style->indent;
    GhDocPiece pattern = {.kind = GH_DOC_PIECE_LINE,
                          .block = block,
                          .x = style->indent,
                          .before = take_room(filler, style->before)};

    add_lines(filler, &pattern, set_text(filler, block->runs, block->style, width), false);
    if (next == GH_DOC_TABLE)
        last_piece(filler)->keep = true;
    filler->after = style->after;
}

/* The runs of a label live as long as the flow. A blank parts it from what follows for those who hear
 * both. */
static const GhDocText *
set_label(Filler *filler, const char *label, GhDocStyleName style)
{
    g_autofree char *parted = g_strconcat(label, " ", NULL);
    GhDocRuns *runs = gh_doc_runs_new_plain(parted);
    g_ptr_array_add(filler->flow->labels, runs);
    return set_text(filler, runs, style, text_width(filler));
}

static void
flow_heading(Filler *filler, const GhDocBlock *block)
{
    static const double NUMBER_GAP = 0.3; /* of the size; our choice */
    const GhDocStyle *style = gh_doc_style(block->style);
    GhDocPiece pattern = {
        .kind = GH_DOC_PIECE_LINE, .block = block, .before = take_room(filler, style->before)};

    if (block->label != NULL) {
        pattern.label = set_label(filler, block->label, block->style);
        pattern.x = pattern.label->lines[0].width + NUMBER_GAP * style->size;
    }
    double width = text_width(filler) - pattern.x;
    add_lines(filler, &pattern, set_text(filler, block->runs, block->style, width), true);
    filler->after = style->after;
}

static void
flow_item(Filler *filler, const GhDocBlock *block, bool first, bool last)
{
    const GhDocStyle *style = gh_doc_style(block->style);
    const GhDocStyle *body = gh_doc_style(GH_DOC_BODY);
    const GhDocText *label = set_label(filler, block->label, block->style);
    double indent = MAX(style->indent, label->lines[0].width + 2);
    double width = MIN(GH_DOC_MEASURE, text_width(filler)) - indent;
    GhDocPiece pattern = {.kind = GH_DOC_PIECE_LINE,
                          .block = block,
                          .label = label,
                          .x = indent,
                          .first = first,
                          .last = last,
                          .before = take_room(filler, style->before)};

    add_lines(filler, &pattern, set_text(filler, block->runs, block->style, width), false);
    filler->after = last ? body->after : style->after;
}

/* -- contents -- */

static bool
is_entry(const GhDocBlock *block, int max_level)
{
    return block->kind == GH_DOC_HEADING && block->listed && block->level <= max_level;
}

static void
add_entry(Filler *filler, const GhDocBlock *contents, const GhDocBlock *heading)
{
    GhDocStyleName name = (GhDocStyleName)(GH_DOC_ENTRY_1 + heading->level - 1);
    const GhDocStyle *style = gh_doc_style(name);
    GhDocPiece piece = {.kind = GH_DOC_PIECE_ENTRY,
                        .block = contents,
                        .target = heading,
                        .x = style->indent,
                        .before = take_room(filler, style->before),
                        .keep = heading->level == 1};

    if (heading->label != NULL) {
        piece.label = set_label(filler, heading->label, name);
        piece.x += MAX(style->indent / 2 + 18, piece.label->lines[0].width + 6);
    }
    g_autofree char *shown = gh_doc_label_text(heading->runs->text->str);
    GhDocRuns *runs = gh_doc_runs_new_plain(shown);
    g_ptr_array_add(filler->flow->labels, runs);
    piece.text = set_text(filler, runs, name, text_width(filler) - piece.x - GH_DOC_ENTRY_NUMBERS);
    piece.height = gh_doc_text_height(piece.text);
    add_piece(filler, piece);
    filler->after = style->after;
}

static void
flow_contents(Filler *filler, const GhDocBlock *contents)
{
    const GPtrArray *blocks = filler->flow->document->blocks;
    GArray *pieces = filler->flow->pieces;
    guint first = pieces->len;

    for (guint i = 0; i < blocks->len; i++) {
        const GhDocBlock *block = blocks->pdata[i];
        if (is_entry(block, contents->level))
            add_entry(filler, contents, block);
    }
    filler->after = gh_doc_style(GH_DOC_BODY)->after;
    if (pieces->len == first)
        return;
    GhDocPiece *last = last_piece(filler);
    g_array_index(pieces, GhDocPiece, first).first = true;
    last->last = true;
    last->keep = false;
}

/* -- tables and figures -- */

static GhDocPiece
caption_piece(Filler *filler, const GhDocBlock *block)
{
    GhDocPiece piece = {.kind = GH_DOC_PIECE_CAPTION, .block = block};
    piece.text =
        set_text(filler, block->runs, GH_DOC_CAPTION, MIN(GH_DOC_MEASURE, text_width(filler)));
    piece.height = gh_doc_text_height(piece.text);
    return piece;
}

void
gh_doc_piece_lines(const GhDocPiece *piece, const GhDocText *text, size_t *ret_from, size_t *ret_to)
{
    size_t per_slice = text->n_lines;

    if (piece->slice_height > 0)
        per_slice = (size_t)MAX(1, piece->slice_height / text->leading);
    *ret_from = MIN(text->n_lines, piece->slice * per_slice);
    *ret_to = MIN(text->n_lines, *ret_from + per_slice);
}

/* The height of the text in a part of a row; 0: there is none left. */
static double
slice_height(const GhDocPiece *piece)
{
    double height = 0;

    for (size_t i = 0; i < piece->table->table->n_columns; i++) {
        const GhDocText *text =
            piece->table->cells[piece->row * piece->table->table->n_columns + i];
        size_t from = 0, to = 0;
        if (text == NULL)
            continue;
        gh_doc_piece_lines(piece, text, &from, &to);
        height = MAX(height, (double)(to - from) * text->leading);
    }
    return height;
}

/* The last resort for a row higher than a page: parts of as many lines as fit, which are spoken as
 * rows of their own. */
static void
add_row(Filler *filler, const GhDocPiece *pattern, double room)
{
    GhDocPiece part = *pattern;

    if (pattern->height <= room || pattern->table->groups[pattern->row] != NULL) {
        add_piece(filler, part);
        return;
    }

    part.slice_height = MAX(room - 2 * part.table->pad, 1);
    part.keep = part.last = false;
    double height = slice_height(&part);
    while (height > 0) {
        GhDocPiece next = part;
        next.slice++;
        next.first = false;
        next.before = 0;
        double next_height = slice_height(&next);
        part.height = height + 2 * part.table->pad;
        part.last = pattern->last && next_height <= 0;
        add_piece(filler, part);
        part = next;
        height = next_height;
    }
}

static size_t
notes_of_row(const GhDocRow *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n_cells; i++)
        n += row->cells[i] != NULL ? row->cells[i]->n_notes : 0;
    return n;
}

/* Room is left on a page for a row below head and caption. */
static void
add_rows(Filler *filler, const GhDocBlock *block, const GhDocSetTable *set, double before,
         double room)
{
    const GPtrArray *rows = block->table->rows;

    for (guint i = 0; i < rows->len; i++) {
        const GhDocRow *row = rows->pdata[i];
        bool second_follows = i == 0 || i + 2 == rows->len;
        GhDocPiece piece = {.kind = GH_DOC_PIECE_ROW,
                            .block = block,
                            .table = set,
                            .row = i,
                            .height = set->heights[i],
                            .before = i == 0 ? before : 0,
                            .first = i == 0,
                            .last = i + 1 == rows->len};
        piece.keep = i + 1 < rows->len
                     && (row->group != NULL || second_follows
                         || !gh_doc_set_table_breaks_before(set, i + 1));
        filler->n_notes += notes_of_row(row);
        add_row(filler, &piece, room);
    }
}

static void
flow_table(Filler *filler, const GhDocBlock *block)
{
    const GhDocTable *table = block->table;
    if (table->rows->len == 0 && block->runs == NULL)
        return;

    GhDocSetTable *set = gh_doc_set_table_new(filler->flow->setter, table, text_width(filler));
    double before = take_room(filler, gh_doc_style(GH_DOC_CAPTION)->before);
    double room = gh_document_text_height(filler->flow->document) - set->head_height;
    bool has_rows = table->rows->len > 0;

    g_ptr_array_add(filler->flow->tables, set);
    if (block->runs != NULL) {
        GhDocPiece piece = caption_piece(filler, block);
        piece.before = before;
        piece.keep = has_rows || table->has_head;
        piece.last = !has_rows && !table->has_head;
        add_piece(filler, piece);
        before = gh_doc_style(GH_DOC_CAPTION)->after;
        room -= piece.height + before;
    }
    if (table->has_head) {
        GhDocPiece piece = {.kind = GH_DOC_PIECE_HEAD,
                            .block = block,
                            .table = set,
                            .before = before,
                            .height = set->head_height,
                            .keep = has_rows,
                            .last = !has_rows};
        add_piece(filler, piece);
        before = 0;
    }
    add_rows(filler, block, set, before, room);
    filler->after = gh_doc_style(GH_DOC_HEADING_3)->before;
}

static void
flow_figure(Filler *filler, const GhDocBlock *block)
{
    const GhDocument *document = filler->flow->document;
    double width = text_width(filler) * block->share;
    double height = width * gh_drawing_height(block->drawing) / gh_drawing_width(block->drawing);
    double room = gh_document_text_height(document);
    GhDocPiece caption = {0};

    if (block->runs != NULL) {
        caption = caption_piece(filler, block);
        caption.before = GH_DOC_FIGURE_GAP;
        room -= caption.height + caption.before;
    }
    if (height > room) {
        width *= room / height;
        height = room;
    }
    GhDocPiece piece = {.kind = GH_DOC_PIECE_FIGURE,
                        .block = block,
                        .x = (text_width(filler) - width) / 2,
                        .before = take_room(filler, gh_doc_style(GH_DOC_CAPTION)->before),
                        .height = height,
                        .keep = block->runs != NULL,
                        .last = block->runs == NULL};
    add_piece(filler, piece);
    caption.last = true;
    if (block->runs != NULL)
        add_piece(filler, caption);
    filler->after = gh_doc_style(GH_DOC_HEADING_3)->before;
}

static void
flow_full_page(Filler *filler, const GhDocBlock *block)
{
    filler->new_page = true;
    (void)take_room(filler, 0);
    add_piece(filler, (GhDocPiece){.kind = GH_DOC_PIECE_FULL_PAGE, .block = block});
    filler->new_page = true;
}

/* -- all blocks -- */

static void
flow_block(Filler *filler, const GPtrArray *blocks, guint i)
{
    const GhDocBlock *block = blocks->pdata[i];

    switch (block->kind) {
    case GH_DOC_TEXT:
        flow_text(filler, block, kind_at(blocks, i + 1));
        break;
    case GH_DOC_HEADING:
        flow_heading(filler, block);
        break;
    case GH_DOC_LIST_ITEM:
        flow_item(filler, block, i == 0 || kind_at(blocks, i - 1) != GH_DOC_LIST_ITEM,
                  kind_at(blocks, i + 1) != GH_DOC_LIST_ITEM);
        break;
    case GH_DOC_TABLE:
        flow_table(filler, block);
        break;
    case GH_DOC_FIGURE:
        flow_figure(filler, block);
        break;
    case GH_DOC_FULL_PAGE:
        flow_full_page(filler, block);
        break;
    case GH_DOC_CONTENTS:
        flow_contents(filler, block);
        break;
    case GH_DOC_SPACE:
        filler->space += block->height;
        break;
    case GH_DOC_BREAK:
        filler->new_page = filler->flow->pieces->len > 0;
        break;
    }
}

/* Notes hang from their number. */
static void
flow_notes(Filler *filler)
{
    const GPtrArray *notes = filler->flow->document->notes;
    double width = MIN(GH_DOC_MEASURE, text_width(filler)) - gh_doc_style(GH_DOC_NOTE)->indent;

    for (guint i = 0; i < notes->len; i++) {
        GhDocText *text =
            gh_doc_text_new(filler->flow->setter, notes->pdata[i], GH_DOC_NOTE, width);
        g_ptr_array_add(filler->flow->notes, text);
        filler->height += gh_doc_text_height(text);
    }
}

static void
free_text(void *text)
{
    gh_doc_text_free(text);
}

static void
free_table(void *table)
{
    gh_doc_set_table_free(table);
}

static void
free_runs(void *runs)
{
    gh_doc_runs_free(runs);
}

GhDocFlow *
gh_doc_flow_new(const GhDocument *document, GError **error)
{
    g_autoptr(GhDocFlow) flow = g_new0(GhDocFlow, 1);
    double height_max = GH_DOCUMENT_PAGES_MAX * gh_document_text_height(document);
    Filler filler = {.flow = flow};

    flow->document = document;
    flow->setter = gh_doc_setter_new(document->lang);
    flow->pieces = g_array_new(FALSE, FALSE, sizeof(GhDocPiece));
    flow->texts = g_ptr_array_new_with_free_func(free_text);
    flow->tables = g_ptr_array_new_with_free_func(free_table);
    flow->notes = g_ptr_array_new_with_free_func(free_text);
    flow->labels = g_ptr_array_new_with_free_func(free_runs);
    flow_notes(&filler);
    for (guint i = 0; i < document->blocks->len && filler.height <= height_max; i++)
        flow_block(&filler, document->blocks, i);
    if (filler.height > height_max) {
        g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_SIZE,
                    "expected a document of at most %d pages", (int)GH_DOCUMENT_PAGES_MAX);
        return NULL;
    }
    return g_steal_pointer(&flow);
}

void
gh_doc_flow_free(GhDocFlow *flow)
{
    if (flow == NULL)
        return;
    g_ptr_array_unref(flow->tables);
    g_ptr_array_unref(flow->texts);
    g_ptr_array_unref(flow->notes);
    g_ptr_array_unref(flow->labels);
    g_array_unref(flow->pieces);
    gh_doc_setter_free(flow->setter);
    g_free(flow);
}

double
gh_doc_piece_head_again(const GhDocPiece *piece)
{
    return piece->kind == GH_DOC_PIECE_ROW && !piece->first ? piece->table->head_height : 0;
}
