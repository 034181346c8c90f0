/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_paint_table.c - heads and rows of tables on paper. */
#include "draw/document/document_private.h"
#include "draw/pdf.h"

static const double HAIRLINE = 0.5; /* our choice, as the others */
static const double RULE = 0.9;

void
gh_doc_paint_table_begin(GhDocInk *ink, const GhDocBlock *block)
{
    gh_doc_ink_tag(ink, "Table", NULL);
    g_ptr_array_add(ink->summaries, g_strdup(block->table->summary));
}

static void
add_span(GhDocInk *ink, size_t rows, size_t columns)
{
    GhPdfSpan span = {.cell = ink->n_cells, .rows = (unsigned)rows, .columns = (unsigned)columns};
    if (rows > 1 || columns > 1)
        g_array_append_val(ink->spans, span);
}

/* Lines of a cell; without a tag where it is only written again. */
static void
paint_cell(GhDocInk *ink, const GhDocSetTable *set, size_t column, GhDocInkText *what)
{
    what->x = set->x[column];
    what->width = set->widths[column];
    what->align = set->table->columns[column].align;
    what->begins = what->ends = true;
    gh_doc_ink_text(ink, what);
    ink->n_cells += what->tag != NULL;
}

void
gh_doc_paint_head(GhDocInk *ink, const GhDocSetTable *set, double y, bool again)
{
    for (size_t i = 0; i < set->table->n_columns; i++) {
        const GhDocText *text = set->heads[i];
        double up = gh_doc_text_height(text) + set->pad; /* heads stand on the rule */
        GhDocInkText what = {.text = text,
                             .to = text->n_lines,
                             .y = y + set->head_height - up,
                             .tag = again ? NULL : text->style->tag};
        paint_cell(ink, set, i, &what);
    }
    gh_doc_ink_rule(ink, 0, y + set->head_height - RULE, set->width, RULE, GH_INK);
}

void
gh_doc_paint_first_head(GhDocInk *ink, const GhDocPiece *piece, double y)
{
    if (piece->block->runs == NULL)
        gh_doc_paint_table_begin(ink, piece->block);
    gh_doc_ink_tag(ink, "THead", NULL);
    gh_doc_ink_tag(ink, "TR", NULL);
    gh_doc_paint_head(ink, piece->table, y, false);
    gh_doc_ink_end(ink, "TR");
    gh_doc_ink_end(ink, "THead");
    if (piece->last)
        gh_doc_ink_end(ink, "Table");
}

/* A thin rule over a row, in one where it can be, but not through joined cells. */
static void
paint_row_rule(GhDocInk *ink, const GhDocPiece *piece, double y)
{
    const GhDocSetTable *set = piece->table;
    size_t n = set->table->n_columns;

    for (size_t i = 0; i < n; i++) {
        size_t first = i;
        while (i < n && !gh_doc_table_joined(set->table, piece->row, i))
            i++;
        double end = i < n ? set->x[i] : set->width;
        if (i > first)
            gh_doc_ink_rule(ink, set->x[first], y, end - set->x[first], HAIRLINE, GH_RULE);
    }
}

static size_t
n_rows_joined(const GhDocTable *table, size_t row, size_t column)
{
    size_t n = 1;
    while (gh_doc_table_joined(table, row + n, column))
        n++;
    return n;
}

static void
paint_row_cells(GhDocInk *ink, const GhDocPiece *piece, double y, bool begins_page)
{
    const GhDocSetTable *set = piece->table;
    const GhDocTable *table = set->table;

    for (size_t i = 0; i < table->n_columns; i++) {
        bool joined = gh_doc_table_joined(table, piece->row, i);
        bool is_head = table->columns[i].row_heads;
        if (joined && !begins_page)
            continue;

        GhDocInkText what = {.text = gh_doc_set_table_text(set, piece->row, i), .y = y + set->pad};
        what.tag = joined ? NULL : is_head ? "TH" : "TD";
        what.colour = is_head && table->plain ? GH_SOFT_INK : GH_NO_COLOUR;
        if (joined)
            what.to = what.text->n_lines;
        else
            gh_doc_piece_lines(piece, what.text, &what.from, &what.to);
        if (!joined && piece->slice_height <= 0)
            add_span(ink, n_rows_joined(table, piece->row, i), 1);
        paint_cell(ink, set, i, &what);
    }
}

void
gh_doc_paint_row(GhDocInk *ink, const GhDocPiece *piece, double y, bool begins_page)
{
    const GhDocSetTable *set = piece->table;
    const GhDocText *group = set->groups[piece->row];

    if (piece->first && piece->block->runs == NULL && !set->table->has_head)
        gh_doc_paint_table_begin(ink, piece->block);
    if (piece->first)
        gh_doc_ink_tag(ink, "TBody", NULL);
    if (!set->table->plain && !piece->first && !begins_page)
        paint_row_rule(ink, piece, y);

    gh_doc_ink_tag(ink, "TR", NULL);
    if (group != NULL) {
        add_span(ink, 1, set->table->n_columns);
        gh_doc_ink_text(ink, &(GhDocInkText){.text = group,
                                             .to = group->n_lines,
                                             .y = y + set->pad,
                                             .width = set->width,
                                             .tag = "TH",
                                             .begins = true,
                                             .ends = true});
        ink->n_cells++;
    } else {
        paint_row_cells(ink, piece, y, begins_page);
    }
    gh_doc_ink_end(ink, "TR");

    if (piece->last) {
        gh_doc_ink_end(ink, "TBody");
        gh_doc_ink_end(ink, "Table");
    }
}

void
gh_doc_paint_table_end(GhDocInk *ink, const GhDocPiece *piece, double bottom)
{
    if (!piece->table->table->plain)
        gh_doc_ink_rule(ink, 0, bottom - HAIRLINE, piece->table->width, HAIRLINE, GH_SOFT_INK);
}
