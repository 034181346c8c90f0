/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_table.c - a table set into columns and rows. */
#include "draw/document/document_private.h"

static const double COLUMN_GAP = 12; /* our choice, as the others */
static const double PAD = 4.5;
static const double PLAIN_PAD = 2;

/* A column grows for its longest word up to this share of the table: longer words are cut. */
static const double WORD_SHARE_MAX = 0.5;

/* Each round sets the columns anew that were too narrow in the one before. */
enum {
    ROUNDS_MAX = 3
};

/* -- columns -- */

/* Shares out width; a column whose share is less than its least width gets that, and the others share
 * the rest. */
static void
share_out(GhDocSetTable *set, const double *least, double width)
{
    size_t n = set->table->n_columns;
    g_autofree bool *fixed = g_new0(bool, n);

    for (bool changed = true; changed;) {
        double shares = 0, rest = width;
        for (size_t i = 0; i < n; i++) {
            shares += fixed[i] ? 0 : MAX(set->table->columns[i].share, 0.01);
            rest -= fixed[i] ? least[i] : 0;
        }
        changed = false;
        for (size_t i = 0; i < n; i++) {
            double share = MAX(set->table->columns[i].share, 0.01);
            set->widths[i] = fixed[i] ? least[i] : rest * share / shares;
            if (!fixed[i] && set->widths[i] < least[i])
                changed = fixed[i] = true;
        }
    }
}

/* Least widths that do not fit together shrink alike. */
static void
place_columns(GhDocSetTable *set, double *least)
{
    size_t n = set->table->n_columns;
    double gap = n > 1 ? MIN(COLUMN_GAP, set->width / 2 / (double)(n - 1)) : 0;
    double room = set->width - gap * (double)(n - 1);
    double sum = 0, x = 0;

    for (size_t i = 0; i < n; i++)
        sum += least[i];
    for (size_t i = 0; sum > room && i < n; i++)
        least[i] *= room / sum;

    share_out(set, least, room);
    for (size_t i = 0; i < n; i++) {
        set->x[i] = x;
        x += set->widths[i] + gap;
    }
}

/* -- cells -- */

/* The width the column wants for this text, 0 when it is content. */
static double
wanted(GhDocSetter *setter, const GhDocSetTable *set, const GhDocText *text, GhDocStyleName style)
{
    if (!text->cut_words)
        return 0;
    double word = gh_doc_word_width(setter, text->runs, style) + 0.1;
    return word <= set->width * WORD_SHARE_MAX ? word : 0;
}

static double
set_cell(GhDocSetter *setter, const GhDocSetTable *set, GhDocText **text, const GhDocRuns *runs,
         GhDocStyleName style, double width)
{
    if (*text != NULL && (*text)->width == width)
        return 0;
    gh_doc_text_free(*text);
    *text = gh_doc_text_new(setter, runs, style, width);
    return wanted(setter, set, *text, style);
}

/* Sets all cells of a column; returns the width it wants, 0 when it is content. */
static double
set_column(GhDocSetter *setter, GhDocSetTable *set, size_t column)
{
    const GhDocTable *table = set->table;
    double width = set->widths[column], want = 0;

    if (table->has_head)
        want = set_cell(setter, set, &set->heads[column], table->heads[column], GH_DOC_CELL_HEAD,
                        width);
    for (guint i = 0; i < table->rows->len; i++) {
        const GhDocRow *row = table->rows->pdata[i];
        if (row->group != NULL || row->cells[column] == NULL)
            continue;
        GhDocText **text = &set->cells[i * table->n_columns + column];
        want = MAX(want, set_cell(setter, set, text, row->cells[column], GH_DOC_CELL, width));
    }
    return want;
}

static void
set_columns(GhDocSetter *setter, GhDocSetTable *set)
{
    size_t n = set->table->n_columns;
    g_autofree double *least = g_new0(double, n);
    bool content = false;

    for (int round = 0; round < ROUNDS_MAX && !content; round++) {
        place_columns(set, least);
        content = true;
        for (size_t i = 0; i < n; i++) {
            double want = set_column(setter, set, i);
            if (want > least[i]) {
                least[i] = want;
                content = false;
            }
        }
    }
}

/* -- rows -- */

bool
gh_doc_table_joined(const GhDocTable *table, size_t row, size_t column)
{
    const GhDocRow *at = row < table->rows->len ? table->rows->pdata[row] : NULL;
    return at != NULL && at->group == NULL && at->cells[column] == NULL;
}

const GhDocText *
gh_doc_set_table_text(const GhDocSetTable *set, size_t row, size_t column)
{
    while (gh_doc_table_joined(set->table, row, column))
        row--;
    return set->cells[row * set->table->n_columns + column];
}

static double
height_of(const GhDocSetTable *set, size_t row)
{
    const GhDocRow *given = set->table->rows->pdata[row];
    double height = 0;

    if (given->group != NULL)
        return gh_doc_text_height(set->groups[row]) + 2 * set->pad;
    for (size_t i = 0; i < set->table->n_columns; i++) {
        const GhDocText *text = set->cells[row * set->table->n_columns + i];
        bool over_rows = gh_doc_table_joined(set->table, row + 1, i);
        if (text != NULL && !over_rows)
            height = MAX(height, gh_doc_text_height(text));
    }
    return height + 2 * set->pad;
}

/* The heights of the rows that the cell above row is joined over: those before row, and from row on. */
static void
heights_around(const GhDocSetTable *set, size_t row, size_t column, double *ret_before,
               double *ret_from)
{
    size_t first = row, end = row;
    *ret_before = *ret_from = 0;

    while (first > 0 && gh_doc_table_joined(set->table, first, column))
        *ret_before += set->heights[--first];
    for (; end == row || gh_doc_table_joined(set->table, end, column); end++)
        *ret_from += set->heights[end];
}

/* The last of joined rows grows where the text is higher than all of them. */
static void
stretch_joined(GhDocSetTable *set, size_t row, size_t column)
{
    double before = 0, from = 0;
    bool ends = gh_doc_table_joined(set->table, row, column)
                && !gh_doc_table_joined(set->table, row + 1, column);
    if (!ends)
        return;

    heights_around(set, row, column, &before, &from);
    double height = gh_doc_text_height(gh_doc_set_table_text(set, row, column)) + 2 * set->pad;
    set->heights[row] += MAX(0, height - before - from);
}

static void
set_rows(GhDocSetter *setter, GhDocSetTable *set)
{
    const GhDocTable *table = set->table;

    for (guint i = 0; i < table->rows->len; i++) {
        const GhDocRow *row = table->rows->pdata[i];
        if (row->group != NULL)
            set->groups[i] = gh_doc_text_new(setter, row->group, GH_DOC_CELL_GROUP, set->width);
        set->heights[i] = height_of(set, i);
        for (size_t column = 0; column < table->n_columns; column++)
            stretch_joined(set, i, column);
    }
    for (size_t i = 0; table->has_head && i < table->n_columns; i++)
        set->head_height = MAX(set->head_height, gh_doc_text_height(set->heads[i]) + 2 * set->pad);
}

bool
gh_doc_set_table_breaks_before(const GhDocSetTable *set, size_t row)
{
    for (size_t i = 0; i < set->table->n_columns; i++) {
        double before = 0, from = 0;
        if (!gh_doc_table_joined(set->table, row, i))
            continue;
        heights_around(set, row, i, &before, &from);
        double height = gh_doc_text_height(gh_doc_set_table_text(set, row, i)) + 2 * set->pad;
        if (height > before || height > from)
            return false;
    }
    return true;
}

GhDocSetTable *
gh_doc_set_table_new(GhDocSetter *setter, const GhDocTable *table, double width)
{
    GhDocSetTable *set = g_new0(GhDocSetTable, 1);
    size_t n_rows = table->rows->len;

    set->table = table;
    set->width = width;
    set->pad = table->plain ? PLAIN_PAD : PAD;
    set->x = g_new0(double, table->n_columns);
    set->widths = g_new0(double, table->n_columns);
    set->heads = g_new0(GhDocText *, table->n_columns);
    set->cells = g_new0(GhDocText *, n_rows * table->n_columns);
    set->groups = g_new0(GhDocText *, n_rows);
    set->heights = g_new0(double, n_rows);
    set_columns(setter, set);
    set_rows(setter, set);
    return set;
}

static void
free_texts(GhDocText **texts, size_t n_texts)
{
    for (size_t i = 0; i < n_texts; i++)
        gh_doc_text_free(texts[i]);
    g_free(texts);
}

void
gh_doc_set_table_free(GhDocSetTable *set)
{
    size_t n_rows = set->table->rows->len;

    free_texts(set->heads, set->table->n_columns);
    free_texts(set->cells, n_rows * set->table->n_columns);
    free_texts(set->groups, n_rows);
    g_free(set->x);
    g_free(set->widths);
    g_free(set->heights);
    g_free(set);
}
