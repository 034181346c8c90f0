/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_testing.c - documents for tests, and what readers of their PDF see. */
#include "draw/document/document_testing.h"

#include <string.h>

#include "draw/draw_testing.h"

/* -- documents -- */

GhDocument *
gh_document_testing_new(const char *tag)
{
    return gh_document_new(&(GhDocumentOptions){.lang = gh_draw_testing_lang(tag),
                                                .title = "Annual report",
                                                .author = "Exampleton",
                                                .running_foot = "Invented",
                                                .made_us = 1600000000000000});
}

/* Writes and lets go of it. */
GBytes *
gh_document_testing_write(GhDocument *document)
{
    g_autoptr(GError) error = NULL;
    GBytes *pdf = gh_document_pdf(document, &error);

    g_assert_no_error(error);
    gh_document_free(document);
    return pdf;
}

/* "p7w0 p7w1 ..." : every word says where it belongs. */
char *
gh_document_testing_words(const char *name, int n_words)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < n_words; i++)
        g_string_append_printf(text, "%s%sw%d", i > 0 ? " " : "", name, i);
    return g_string_free(text, FALSE);
}

void
gh_document_testing_add_words(GhDocument *document, const char *kind, int number, int n_words)
{
    g_autofree char *name = g_strdup_printf("%s%d", kind, number);
    g_autofree char *text = gh_document_testing_words(name, n_words);
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, text);
}

GhDrawing *
gh_document_testing_figure(const char *tag)
{
    GhDrawing *drawing = gh_drawing_new(200, 100, gh_draw_testing_lang(tag), "Bars", "Two bars");
    gh_drawing_rect(drawing, 10, 10, 50, 80, &(GhPaint){.fill = GH_ACCENT});
    gh_drawing_rect(drawing, 80, 40, 50, 50, &(GhPaint){.fill = GH_INK});
    return drawing;
}

const GhDocumentColumn GH_DOCUMENT_TESTING_COLUMNS[GH_DOCUMENT_TESTING_N_COLUMNS] = {
    {.head = "Category", .share = 1, .row_heads = true},
    {.head = "Indicator", .share = 3},
    {.head = "Value", .share = 1, .align = GH_CELLS_END},
};

void
gh_document_testing_begin_table(GhDocument *document)
{
    gh_document_begin_table(document,
                            &(GhDocumentTable){.caption = "Values",
                                               .summary = "A value a row",
                                               .columns = GH_DOCUMENT_TESTING_COLUMNS,
                                               .n_columns = GH_DOCUMENT_TESTING_N_COLUMNS});
}

/* -- what readers see -- */

/* Pages as text in their layout; NULL where the tool is not installed. */
char **
gh_document_testing_pages(GBytes *pdf)
{
    static const char *const TOOL[] = {"pdftotext", "-layout", NULL};
    g_autofree char *text = gh_draw_testing_poppler(pdf, TOOL);
    if (text == NULL)
        return NULL;

    char **pages = g_strsplit(text, "\f", -1);
    guint n = g_strv_length(pages);
    g_assert_cmpuint(n, >, 0);
    g_clear_pointer(&pages[n - 1], g_free); /* behind the last form feed */
    return pages;
}

json_t *
gh_document_testing_json(GBytes *pdf)
{
    static const char *const TOOL[] = {"qpdf", "--json", NULL};
    g_autofree char *text = gh_draw_testing_poppler(pdf, TOOL);
    return text != NULL ? json_loads(text, 0, NULL) : NULL;
}

/* The page, from 0, that has a text; it must be one only. */
int
gh_document_testing_page_with(char **pages, const char *text)
{
    int found = -1;
    for (int i = 0; pages[i] != NULL; i++) {
        if (strstr(pages[i], text) == NULL)
            continue;
        g_assert_cmpint(found, ==, -1);
        found = i;
    }
    if (found < 0)
        g_error("no page has \"%s\"", text);
    return found;
}

int
gh_document_testing_lines_with(const char *page, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    int n = 0;
    for (char **line = lines; *line != NULL; line++)
        n += strstr(*line, text) != NULL;
    return n;
}

void
gh_document_testing_assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        g_error("expected \"%s\" in:\n%s", part, text);
}

/* Poppler sees no word's end in blanks as narrow as those of "1 / 3". */
void
gh_document_testing_assert_page_number(const char *page, const char *want)
{
    g_auto(GStrv) words = g_strsplit_set(page, " \n", -1);
    g_autofree char *tight = g_strjoinv("", words);
    g_assert_true(g_str_has_suffix(tight, want));
}

/* Left edge of a word on the first page it stands on. */
double
gh_document_testing_left_of(const char *boxes, const char *word)
{
    g_autofree char *pattern = g_strdup_printf("\">%s</word>", word);
    const char *at = strstr(boxes, pattern);
    if (at == NULL)
        g_error("no word %s in:\n%s", word, boxes);

    const char *start = g_strrstr_len(boxes, at - boxes, "xMin=\"");
    g_assert_nonnull(start);
    return g_ascii_strtod(start + strlen("xMin=\""), NULL);
}

/* One of each. */
GhDocument *
gh_document_testing_sample(const char *tag)
{
    GhDocument *document = gh_document_testing_new(tag);

    gh_document_take_full_page(document, gh_document_testing_figure(tag), "The cover");
    gh_document_contents(document, "Contents", 1);
    gh_document_page_break(document);
    gh_document_heading(document, 1, "First");
    gh_document_paragraph(document, GH_PARAGRAPH_LEAD, "A lead.");
    gh_document_begin_paragraph(document, GH_PARAGRAPH_BODY);
    gh_document_run(document, GH_RUN_PLAIN, "Text");
    gh_document_run_footnote(document, "A note.");
    gh_document_run(document, GH_RUN_STRONG, " and ");
    gh_document_run_mark(document, 3, "near target");
    gh_document_run(document, GH_RUN_SOFT, " ");
    gh_document_run_link(document, "a link", "https://example.org/?a=1&b='2'");
    gh_document_end(document);
    gh_document_begin_item(document, GH_LIST_BULLETS);
    gh_document_run(document, GH_RUN_PLAIN, "One");
    gh_document_end(document);
    gh_document_begin_item(document, GH_LIST_BULLETS);
    gh_document_run(document, GH_RUN_PLAIN, "Two");
    gh_document_end(document);
    gh_document_paragraph(document, GH_PARAGRAPH_QUOTE, "A quote.");
    gh_document_take_figure(document, gh_document_testing_figure(tag), 0.5, "Bars");
    gh_document_testing_begin_table(document);
    gh_document_table_group(document, "Group");
    gh_document_table_row(document);
    gh_document_cell(document, "Head");
    gh_document_cell(document, "Cell");
    gh_document_begin_cell(document);
    gh_document_run_mark(document, 1, "");
    gh_document_run(document, GH_RUN_PLAIN, "12");
    gh_document_end(document);
    gh_document_end_table(document);
    gh_document_heading(document, 2, "Inner");
    gh_document_heading(document, 1, "Second");
    return document;
}

/* All values of a key in the file's objects, in their order, joined by "|". */
void
gh_document_testing_gather(json_t *value, const char *key, GString *out)
{
    const char *name = NULL;
    json_t *inner = NULL;
    size_t i = 0;

    if (json_is_array(value))
        json_array_foreach(value, i, inner) gh_document_testing_gather(inner, key, out);
    json_object_foreach(value, name, inner)
    {
        if (strcmp(name, key) == 0 && json_is_string(inner))
            g_string_append_printf(out, "%s|", json_string_value(inner));
        gh_document_testing_gather(inner, key, out);
    }
}
