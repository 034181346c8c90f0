/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document.c - a document is filled, block by block. */
#include "draw/document/document.h"

#include <string.h>

#include "draw/clean.h"
#include "draw/document/document_private.h"

#define BULLET "\xE2\x80\xA2" /* U+2022 */

/* -- blocks -- */

static void
free_row(void *data)
{
    GhDocRow *row = data;
    for (size_t i = 0; i < row->n_cells; i++)
        gh_doc_runs_free(row->cells[i]);
    g_free(row->cells);
    gh_doc_runs_free(row->group);
    g_free(row);
}

static void
free_table(GhDocTable *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->n_columns; i++)
        gh_doc_runs_free(table->heads[i]);
    g_free(table->heads);
    g_free(table->columns);
    g_free(table->summary);
    g_ptr_array_unref(table->rows);
    g_free(table);
}

static void
free_block(void *data)
{
    GhDocBlock *block = data;
    gh_doc_runs_free(block->runs);
    free_table(block->table);
    gh_drawing_free(block->drawing);
    g_free(block->label);
    g_free(block->alt);
    g_free(block);
}

static void
free_runs(void *runs)
{
    gh_doc_runs_free(runs);
}

static GhDocBlock *
add_block(GhDocument *document, GhDocBlockKind kind)
{
    g_assert(document->open == NULL && document->open_table == NULL);

    GhDocBlock *block = g_new0(GhDocBlock, 1);
    block->kind = kind;
    g_ptr_array_add(document->blocks, block);
    if (kind != GH_DOC_LIST_ITEM)
        document->item = 0;
    return block;
}

/* -- the document -- */

static char *
clean_or_null(const char *text)
{
    return text != NULL ? gh_clean_text(text) : NULL;
}

GhDocument *
gh_document_new(const GhDocumentOptions *options)
{
    GhDocument *document = g_new0(GhDocument, 1);
    const char *head = options->running_head != NULL ? options->running_head : options->title;

    document->lang = options->lang;
    document->paper = gh_doc_paper(options->paper);
    document->right_to_left = strcmp(gh_lang_direction(options->lang), "rtl") == 0;
    document->title = clean_or_null(options->title);
    document->author = clean_or_null(options->author);
    document->subject = clean_or_null(options->subject);
    document->keywords = clean_or_null(options->keywords);
    document->running_head = clean_or_null(head);
    document->running_foot = clean_or_null(options->running_foot);
    document->made_us = options->made_us;
    document->blocks = g_ptr_array_new_with_free_func(free_block);
    document->notes = g_ptr_array_new_with_free_func(free_runs);
    return document;
}

void
gh_document_free(GhDocument *document)
{
    if (document == NULL)
        return;
    g_ptr_array_unref(document->blocks);
    g_ptr_array_unref(document->notes);
    g_free(document->title);
    g_free(document->author);
    g_free(document->subject);
    g_free(document->keywords);
    g_free(document->running_head);
    g_free(document->running_foot);
    g_free(document);
}

double
gh_document_text_width(const GhDocument *document)
{
    return document->paper->width - 2 * document->paper->side;
}

double
gh_document_text_height(const GhDocument *document)
{
    return document->paper->height - document->paper->top - document->paper->bottom;
}

void
gh_document_paper(const GhDocument *document, double *ret_width, double *ret_height)
{
    *ret_width = document->paper->width;
    *ret_height = document->paper->height;
}

size_t
gh_document_n_pages(const GhDocument *document)
{
    return document->n_pages;
}

char *
gh_doc_number(const GhDocument *document, size_t number)
{
    return gh_lang_number(document->lang, (double)number, 0);
}

/* -- whole pages -- */

/* What is heard in place of a drawing. */
static char *
alt_of(const GhDrawing *drawing)
{
    const char *title = gh_drawing_title(drawing);
    const char *description = gh_drawing_description(drawing);

    if (description == NULL || *description == '\0')
        return gh_clean_text(title);
    if (title == NULL || *title == '\0')
        return gh_clean_text(description);
    g_autofree char *both = g_strdup_printf("%s. %s", title, description);
    return gh_clean_text(both);
}

void
gh_document_take_full_page(GhDocument *document, GhDrawing *drawing, const char *alt)
{
    GhDocBlock *block = add_block(document, GH_DOC_FULL_PAGE);
    block->drawing = drawing;
    block->alt = alt != NULL ? gh_clean_text(alt) : alt_of(drawing);
}

void
gh_document_page_break(GhDocument *document)
{
    (void)add_block(document, GH_DOC_BREAK);
}

void
gh_document_space(GhDocument *document, double height)
{
    add_block(document, GH_DOC_SPACE)->height = MAX(height, 0);
}

/* -- headings and contents -- */

void
gh_document_number_headings(GhDocument *document, bool numbered)
{
    document->numbered = numbered;
}

/* "2.1", and counts on. */
static char *
next_number(GhDocument *document, int level)
{
    GString *number = g_string_new(NULL);

    document->numbers[level - 1]++;
    for (size_t i = (size_t)level; i < G_N_ELEMENTS(document->numbers); i++)
        document->numbers[i] = 0;
    for (int i = 0; i < level; i++) {
        g_autofree char *digits = gh_doc_number(document, document->numbers[i]);
        g_string_append_printf(number, i == 0 ? "%s" : ".%s", digits);
    }
    return g_string_free(number, FALSE);
}

static GhDocBlock *
add_heading(GhDocument *document, int level, const char *text)
{
    GhDocBlock *block = add_block(document, GH_DOC_HEADING);
    block->level = level;
    block->style = (GhDocStyleName)(GH_DOC_HEADING_1 + level - 1);
    block->heading = document->n_headings++;
    block->runs = gh_doc_runs_new_plain(text);
    return block;
}

void
gh_document_heading(GhDocument *document, int level, const char *text)
{
    g_assert(level >= 1 && level <= (int)G_N_ELEMENTS(document->numbers));

    GhDocBlock *block = add_heading(document, level, text);
    block->listed = true;
    if (document->numbered)
        block->label = next_number(document, level);
}

void
gh_document_contents(GhDocument *document, const char *heading, int max_level)
{
    if (heading != NULL)
        (void)add_heading(document, 1, heading);
    add_block(document, GH_DOC_CONTENTS)->level = max_level;
}

/* -- text -- */

static GhDocBlock *
add_text(GhDocument *document, GhParagraphStyle style)
{
    GhDocBlock *block = add_block(document, GH_DOC_TEXT);
    block->style = (GhDocStyleName)(GH_DOC_BODY + (int)style);
    return block;
}

void
gh_document_paragraph(GhDocument *document, GhParagraphStyle style, const char *text)
{
    add_text(document, style)->runs = gh_doc_runs_new_plain(text);
}

void
gh_document_begin_paragraph(GhDocument *document, GhParagraphStyle style)
{
    GhDocBlock *block = add_text(document, style);
    document->open = block->runs = gh_doc_runs_new();
}

void
gh_document_begin_item(GhDocument *document, GhListStyle style)
{
    GhDocBlock *block = add_block(document, GH_DOC_LIST_ITEM);
    block->style = GH_DOC_ITEM;
    document->item++;
    if (style == GH_LIST_NUMBERS) {
        g_autofree char *digits = gh_doc_number(document, document->item);
        block->label = g_strconcat(digits, ".", NULL);
    } else {
        block->label = g_strdup(BULLET);
    }
    document->open = block->runs = gh_doc_runs_new();
}

void
gh_document_run(GhDocument *document, GhRunStyle style, const char *text)
{
    g_assert(document->open != NULL);
    gh_doc_runs_add(document->open, (GhDocRun){.kind = (GhDocRunKind)style}, NULL, text);
}

void
gh_document_run_link(GhDocument *document, const char *text, const char *uri)
{
    g_assert(document->open != NULL);
    gh_doc_runs_add(document->open, (GhDocRun){.kind = GH_DOC_RUN_LINK}, uri, text);
}

void
gh_document_run_mark(GhDocument *document, int step, const char *alt)
{
    g_assert(document->open != NULL && step >= 1 && step <= GH_PALETTE_STEPS);
    gh_doc_runs_add(document->open, (GhDocRun){.kind = GH_DOC_RUN_MARK, .step = step}, alt, "");
}

void
gh_document_run_footnote(GhDocument *document, const char *text)
{
    g_assert(document->open != NULL);

    size_t note = document->notes->len;
    g_ptr_array_add(document->notes, gh_doc_runs_new_plain(text));
    g_autofree char *number = gh_doc_number(document, note + 1);
    gh_doc_runs_add(document->open, (GhDocRun){.kind = GH_DOC_RUN_NOTE, .note = note}, NULL,
                    number);
}

void
gh_document_end(GhDocument *document)
{
    g_assert(document->open != NULL);
    if (document->open->runs->len == 0)
        gh_doc_runs_add(document->open, (GhDocRun){.kind = GH_DOC_RUN_PLAIN}, NULL, "");
    document->open = NULL;
}

/* -- tables and figures -- */

char *
gh_doc_label_text(const char *text)
{
    static const long LABEL_MAX = 1000; /* characters, a dozen lines; our choice */

    if (g_utf8_strlen(text, -1) <= LABEL_MAX)
        return g_strdup(text);
    g_autofree char *beginning = g_utf8_substring(text, 0, LABEL_MAX);
    return g_strconcat(g_strchomp(beginning), "\u2026", NULL);
}

/* "Table 3." and the caption; NULL without one. */
static GhDocRuns *
caption_of(GhDocument *document, const char *pattern, unsigned *n, const char *text)
{
    if (text == NULL)
        return NULL;

    g_autofree char *number = gh_doc_number(document, ++*n);
    g_autofree char *label = gh_lang_fill(pattern, "n", number, NULL);
    GhDocRuns *runs = gh_doc_runs_new();
    gh_doc_runs_add(runs, (GhDocRun){.kind = GH_DOC_RUN_STRONG}, NULL, label);
    g_string_append_c(runs->text, ' ');
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *shown = gh_doc_label_text(valid);
    gh_doc_runs_add(runs, (GhDocRun){.kind = GH_DOC_RUN_PLAIN}, NULL, shown);
    return runs;
}

static GhDocTable *
new_table(const GhDocumentTable *given)
{
    GhDocTable *table = g_new0(GhDocTable, 1);

    table->summary = clean_or_null(given->summary);
    table->plain = given->plain;
    table->n_columns = given->n_columns;
    table->columns = g_new0(GhDocumentColumn, given->n_columns);
    table->heads = g_new0(GhDocRuns *, given->n_columns);
    table->rows = g_ptr_array_new_with_free_func(free_row);
    for (size_t i = 0; i < given->n_columns; i++) {
        const char *head = given->columns[i].head != NULL ? given->columns[i].head : "";
        table->columns[i] = given->columns[i];
        table->columns[i].head = NULL;
        table->heads[i] = gh_doc_runs_new_plain(head);
        table->has_head = table->has_head || *head != '\0';
    }
    return table;
}

void
gh_document_begin_table(GhDocument *document, const GhDocumentTable *table)
{
    g_assert(table->n_columns > 0);

    GhDocBlock *block = add_block(document, GH_DOC_TABLE);
    block->table = new_table(table);
    block->runs = caption_of(document, GH_T(document->lang, "Table {n}."), &document->n_tables,
                             table->caption);
    document->open_table = block->table;
}

static GhDocRow *
add_row(GhDocument *document)
{
    GhDocTable *table = document->open_table;
    g_assert(table != NULL && document->open == NULL);

    GhDocRow *row = g_new0(GhDocRow, 1);
    g_ptr_array_add(table->rows, row);
    return row;
}

void
gh_document_table_group(GhDocument *document, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *shown = gh_doc_label_text(valid);
    add_row(document)->group = gh_doc_runs_new_plain(shown);
}

void
gh_document_table_row(GhDocument *document)
{
    GhDocRow *row = add_row(document);
    row->cells = g_new0(GhDocRuns *, document->open_table->n_columns);
}

/* NULL: joined. */
static void
add_cell(GhDocument *document, GhDocRuns *runs)
{
    GhDocTable *table = document->open_table;
    g_assert(table != NULL && table->rows->len > 0 && document->open == NULL);

    GhDocRow *row = table->rows->pdata[table->rows->len - 1];
    g_assert(row->cells != NULL && row->n_cells < table->n_columns);
    row->cells[row->n_cells++] = runs;
}

void
gh_document_cell(GhDocument *document, const char *text)
{
    add_cell(document, gh_doc_runs_new_plain(text));
}

void
gh_document_begin_cell(GhDocument *document)
{
    GhDocRuns *runs = gh_doc_runs_new();
    add_cell(document, runs);
    document->open = runs;
}

/* Where there is no cell above, an empty one stands. */
void
gh_document_cell_joined(GhDocument *document)
{
    const GPtrArray *rows = document->open_table->rows;
    const GhDocRow *row = rows->pdata[rows->len - 1];
    const GhDocRow *above = rows->len > 1 ? rows->pdata[rows->len - 2] : NULL;
    bool can = above != NULL && above->n_cells > row->n_cells;

    add_cell(document, can ? NULL : gh_doc_runs_new_plain(""));
}

void
gh_document_end_table(GhDocument *document)
{
    GhDocTable *table = document->open_table;
    g_assert(table != NULL && document->open == NULL);

    for (guint i = 0; i < table->rows->len; i++) {
        const GhDocRow *row = table->rows->pdata[i];
        g_assert(row->group != NULL || row->n_cells == table->n_columns);
    }
    document->open_table = NULL;
}

void
gh_document_take_figure(GhDocument *document, GhDrawing *drawing, double width_share,
                        const char *caption)
{
    GhDocBlock *block = add_block(document, GH_DOC_FIGURE);
    block->drawing = drawing;
    block->alt = alt_of(drawing);
    block->share = CLAMP(width_share, 0.01, 1);
    block->runs =
        caption_of(document, GH_T(document->lang, "Figure {n}."), &document->n_figures, caption);
}
