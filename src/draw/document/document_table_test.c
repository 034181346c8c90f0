/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_table_test.c - tables as readers of PDF see them. All data is invented. */
#include "draw/document/document.h"

#include <string.h>

#include "draw/document/document_testing.h"
#include "draw/draw_testing.h"
#include "draw/font.h"

/* -- tables -- */

static void
test_table_over_pages(void)
{
    enum {
        N = 120
    };
    GhDocument *document = gh_document_testing_new("en");
    gh_document_testing_begin_table(document);
    for (int i = 0; i < N; i++) {
        g_autofree char *text = g_strdup_printf(
            "begin%db %s end%de", i,
            i % 3 == 0 ? "and many words more that go on over another line and yet another of them"
                       : "",
            i);
        gh_document_table_row(document);
        gh_document_cell(document, "Energy");
        gh_document_cell(document, text);
        gh_document_cell(document, "9.5");
    }
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >=, 4);
    for (int i = 0; pages[i] != NULL; i++) {
        g_assert_cmpint(gh_document_testing_lines_with(pages[i], "Category"), ==, 1);
        g_assert_cmpint(gh_document_testing_lines_with(pages[i], "Indicator"), ==, 1);
        g_assert_cmpint(gh_document_testing_lines_with(pages[i], "Table 1."), ==, i == 0);
        g_assert_cmpint(gh_document_testing_lines_with(pages[i], "begin"), >=, 2);
    }
    for (int i = 0; i < N; i++) {
        g_autofree char *begin = g_strdup_printf("begin%db", i);
        g_autofree char *end = g_strdup_printf("end%de", i);
        g_assert_cmpint(gh_document_testing_page_with(pages, begin), ==,
                        gh_document_testing_page_with(pages, end));
    }
}

static void
test_groups(void)
{
    GhDocument *document = gh_document_testing_new("en");
    gh_document_testing_begin_table(document);
    for (int i = 0; i < 60; i++) {
        g_autofree char *group = g_strdup_printf("Group g%dg", i);
        g_autofree char *row = g_strdup_printf("row r%dr", i);
        gh_document_table_group(document, group);
        gh_document_table_row(document);
        gh_document_cell(document, "c");
        gh_document_cell(document, row);
        gh_document_cell(document, "1");
    }
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < 60; i++) {
        g_autofree char *group = g_strdup_printf("g%dg", i);
        g_autofree char *row = g_strdup_printf("r%dr", i);
        g_assert_cmpint(gh_document_testing_page_with(pages, group), ==,
                        gh_document_testing_page_with(pages, row));
    }
}

static void
test_joined(void)
{
    GhDocument *document = gh_document_testing_new("en");
    gh_document_testing_begin_table(document);
    for (int i = 0; i < 60; i++) {
        gh_document_table_row(document);
        if (i == 0)
            gh_document_cell(document, "Energy");
        else
            gh_document_cell_joined(document);
        gh_document_cell(document, "row");
        gh_document_cell(document, "1");
    }
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >=, 2);
    for (int i = 0; pages[i] != NULL; i++)
        g_assert_cmpint(gh_document_testing_lines_with(pages[i], "Energy"), ==, 1);

    g_autofree char *tree =
        gh_draw_testing_poppler(pdf, (const char *const[]){"pdfinfo", "-struct-text", NULL});
    gh_document_testing_assert_has(tree, "/RowSpan 60");
    const char *cell = strstr(tree, "\"Energy\"");
    g_assert_nonnull(cell);
    g_assert_null(strstr(cell + 1, "\"Energy\"")); /* heard once */
}

/* What is joined over low rows keeps them together or makes them higher: its text is never cut. */
static void
test_high_joined(void)
{
    GhDocument *document = gh_document_testing_new("en");
    gh_document_testing_begin_table(document);
    for (int i = 0; i < 40; i++) {
        g_autofree char *name = g_strdup_printf("j%d", i / 2);
        g_autofree char *text = gh_document_testing_words(name, 12);
        g_autofree char *row = g_strdup_printf("r%dr", i);
        gh_document_table_row(document);
        if (i % 2 == 0)
            gh_document_cell(document, text);
        else
            gh_document_cell_joined(document);
        gh_document_cell(document, row);
        gh_document_cell(document, "1");
    }
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < 20; i++) {
        g_autofree char *first = g_strdup_printf("j%dw0 ", i);
        g_autofree char *last = g_strdup_printf("j%dw11", i);
        g_autofree char *row = g_strdup_printf("r%dr", i * 2 + 1);
        g_assert_cmpint(gh_document_testing_page_with(pages, first), ==,
                        gh_document_testing_page_with(pages, last));
        g_assert_cmpint(gh_document_testing_page_with(pages, row), ==,
                        gh_document_testing_page_with(pages, last));
    }
}

static void
test_narrow_column(void)
{
    static const GhDocumentColumn columns[] = {{.head = "Incomprehensibilities", .share = 0.1},
                                               {.head = "Other", .share = 9},
                                               {.head = "Third", .share = 3}};
    GhDocument *document = gh_document_testing_new("en");
    gh_document_begin_table(document, &(GhDocumentTable){.columns = columns, .n_columns = 3});
    gh_document_table_row(document);
    gh_document_cell(document, "Antidisestablishment");
    gh_document_cell(document, "x");
    gh_document_cell(document, "y");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;
    gh_document_testing_assert_has(pages[0], "Incomprehensibilities");
    gh_document_testing_assert_has(pages[0], "Antidisestablishment");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func("/document/" name, function)
    TEST("a table's head stands on all its pages and no row is cut", test_table_over_pages);
    TEST("a group stays with its first row", test_groups);
    TEST("a joined cell is seen on each page and heard once", test_joined);
    TEST("a joined cell higher than its rows is not cut", test_high_joined);
    TEST("a narrow column grows for its longest word", test_narrow_column);
    int status = g_test_run();
    gh_font_forget();
    return status;
}
