/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_test.c - pages, text and notes as readers of PDF see them. All data is invented. */
#include "draw/document/document.h"

#include <string.h>

#include "draw/document/document_testing.h"
#include "draw/draw_testing.h"
#include "draw/font.h"

/* -- pages -- */

static void
test_empty(void)
{
    GhDocument *document = gh_document_testing_new("en");
    g_autoptr(GBytes) pdf = gh_document_pdf(document, NULL);

    g_assert_nonnull(pdf);
    g_assert_cmpuint(gh_document_n_pages(document), ==, 1);
    gh_document_free(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;
    g_assert_cmpuint(g_strv_length(pages), ==, 1);
    gh_document_testing_assert_has(pages[0], "Annual report");
    gh_document_testing_assert_page_number(pages[0], "Invented1/1");
}

static void
test_full_page(void)
{
    GhDocument *document = gh_document_testing_new("en");
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "before");
    gh_document_take_full_page(document, gh_document_testing_figure("en"), NULL);
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "behind");
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), ==, 3);
    g_assert_cmpint(gh_document_testing_page_with(pages, "before"), ==, 0);
    g_assert_cmpstr(g_strstrip(pages[1]), ==, "");
    g_assert_cmpint(gh_document_testing_page_with(pages, "behind"), ==, 2);
    gh_document_testing_assert_page_number(pages[2], "Invented3/3");
}

static void
test_covered_page(void)
{
    static const GhPaper PAPERS[] = {GH_PAPER_A4, GH_PAPER_LETTER};

    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++) {
        double width = 0, height = 0;
        GhDocument *document =
            gh_document_new(&(GhDocumentOptions){.lang = gh_lang_source(), .paper = PAPERS[i]});
        gh_document_paper(document, &width, &height);
        GhDrawing *cover = gh_drawing_new(width, height, gh_lang_source(), "Cover", "");
        gh_drawing_rect(cover, 0, 0, width, height, &(GhPaint){.fill = GH_ACCENT});
        gh_document_take_full_page(document, cover, NULL);
        gh_document_paragraph(document, GH_PARAGRAPH_BODY, "behind");
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        static const char *const TOOL[] = {"pdfinfo", "-struct", NULL};
        g_autofree char *tree = gh_draw_testing_poppler(pdf, TOOL);
        if (tree != NULL)
            g_assert_cmpstr(tree, ==, "Document\n  Figure\n  P (block)\n");
    }
}

static void
test_breaks(void)
{
    GhDocument *document = gh_document_testing_new("en");
    gh_document_page_break(document); /* at the beginning: nothing to break */
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "one");
    gh_document_page_break(document);
    gh_document_page_break(document); /* twice is once */
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "two");
    gh_document_page_break(document); /* at the end */
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages != NULL)
        g_assert_cmpuint(g_strv_length(pages), ==, 2);
}

static void
test_papers(void)
{
    static const struct {
        GhPaper paper;
        const char *want;
    } cases[] = {{GH_PAPER_A4, "595.28 x 841.89 pts"}, {GH_PAPER_LETTER, "612 x 792 pts"}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhDocument *document = gh_document_new(
            &(GhDocumentOptions){.lang = gh_lang_source(), .paper = cases[i].paper});
        double width = 0, height = 0;
        gh_document_paper(document, &width, &height);
        g_assert_cmpfloat(gh_document_text_width(document), >, width * 0.7);
        g_assert_cmpfloat(gh_document_text_width(document), <, width * 0.9);
        g_assert_cmpfloat(gh_document_text_height(document), <, height * 0.9);
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        g_autofree char *info =
            gh_draw_testing_poppler(pdf, (const char *const[]){"pdfinfo", NULL});
        if (info != NULL)
            gh_document_testing_assert_has(info, cases[i].want);
    }
}

static void
test_limit(void)
{
    GhDocument *document = gh_document_testing_new("en");
    g_autoptr(GError) error = NULL;

    for (int i = 0; i <= GH_DOCUMENT_PAGES_MAX; i++) {
        gh_document_paragraph(document, GH_PARAGRAPH_BODY, "x");
        gh_document_page_break(document);
    }
    g_assert_null(gh_document_pdf(document, &error));
    g_assert_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_SIZE);
    g_assert_cmpuint(gh_document_n_pages(document), ==, 0);
    gh_document_free(document);
}

/* -- text -- */

static void
test_contents(void)
{
    enum {
        N = 40
    };
    GhDocument *document = gh_document_testing_new("en");
    gh_document_contents(document, "Contents", 2);
    gh_document_page_break(document);
    gh_document_number_headings(document, true);
    for (int i = 1; i <= N; i++) {
        g_autofree char *heading = g_strdup_printf("Chapter c%dc", i);
        gh_document_heading(document, i % 3 == 1 ? 1 : 2, heading);
        gh_document_heading(document, 3, "Too deep for the contents");
        gh_document_testing_add_words(document, "p", i, 40 + 37 * (i % 5));
    }
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_autofree char *contents = g_strconcat(pages[0], pages[1], NULL);
    g_assert_null(strstr(contents, "Too deep"));
    for (int i = 1; i <= N; i++) {
        g_autofree char *heading = g_strdup_printf("Chapter c%dc", i);
        const char *entry = strstr(contents, heading);
        g_assert_nonnull(entry);
        long number = strtol(entry + strlen(heading), NULL, 10);
        g_assert_cmpint((int)number, >, 0);
        g_assert_nonnull(strstr(pages[number - 1], heading));
    }
}

static void
test_numbered_headings(void)
{
    GhDocument *document = gh_document_testing_new("en");
    gh_document_heading(document, 1, "Preface");
    gh_document_number_headings(document, true);
    gh_document_heading(document, 1, "First");
    gh_document_heading(document, 2, "Inner");
    gh_document_heading(document, 3, "Innermost");
    gh_document_heading(document, 2, "Next");
    gh_document_heading(document, 1, "Second");
    gh_document_heading(document, 2, "Anew");
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    static const char *const TOOL[] = {"pdftotext", NULL};
    g_autofree char *text = gh_draw_testing_poppler(pdf, TOOL);
    if (text == NULL)
        return;

    static const char *const WANT[] = {"1 First",  "1.1 Inner", "1.1.1 Innermost",
                                       "1.2 Next", "2 Second",  "2.1 Anew"};
    for (size_t i = 0; i < G_N_ELEMENTS(WANT); i++)
        gh_document_testing_assert_has(text, WANT[i]);
}

static void
test_widows(void)
{
    enum {
        N = 60
    };
    GhDocument *document = gh_document_testing_new("en");
    int n_split = 0;

    for (int i = 0; i < N; i++)
        gh_document_testing_add_words(document, "p", i, 20 + i * 7 % 83);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < N; i++) {
        g_autofree char *mark = g_strdup_printf("p%dw", i);
        for (int page = 0; pages[page + 1] != NULL; page++) {
            int here = gh_document_testing_lines_with(pages[page], mark),
                next = gh_document_testing_lines_with(pages[page + 1], mark);
            if (here == 0 || next == 0)
                continue;
            n_split++;
            g_assert_cmpint(here, >=, 2);
            g_assert_cmpint(next, >=, 2);
        }
    }
    g_assert_cmpint(n_split, >=, 3); /* else the test says nothing */
}

static void
test_keep_with_next(void)
{
    for (int fill = 30; fill < 50; fill++) {
        GhDocument *document = gh_document_testing_new("en");
        for (int i = 0; i < fill; i++)
            gh_document_paragraph(document, GH_PARAGRAPH_SMALL, "fill");
        gh_document_heading(document, 1, "A heading");
        gh_document_heading(document, 2, "Another heading");
        gh_document_testing_add_words(document, "p", 0, 60);
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        g_auto(GStrv) pages = gh_document_testing_pages(pdf);
        if (pages == NULL)
            return;
        int page = gh_document_testing_page_with(pages, "A heading");
        g_assert_cmpint(gh_document_testing_page_with(pages, "Another heading"), ==, page);
        g_assert_cmpint(gh_document_testing_lines_with(pages[page], "p0w"), >=, 2);
    }
}

static void
test_introduced_table(void)
{
    static const GhDocumentColumn ONE[] = {{.head = "The head", .share = 1}};
    static const GhDocumentTable TABLE = {
        .caption = "Counted", .summary = "One column", .columns = ONE, .n_columns = 1};

    for (int fill = 30; fill < 50; fill++) {
        GhDocument *document = gh_document_testing_new("en");
        for (int i = 0; i < fill; i++)
            gh_document_paragraph(document, GH_PARAGRAPH_SMALL, "fill");
        gh_document_paragraph(document, GH_PARAGRAPH_BODY, "Introduced");
        gh_document_begin_table(document, &TABLE);
        for (int i = 0; i < 3; i++) {
            gh_document_table_row(document);
            gh_document_cell(document, i == 0 ? "first row" : "another");
        }
        gh_document_end_table(document);
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        g_auto(GStrv) pages = gh_document_testing_pages(pdf);
        if (pages == NULL)
            return;
        int page = gh_document_testing_page_with(pages, "Introduced");
        g_assert_cmpint(gh_document_testing_page_with(pages, "Table 1. Counted"), ==, page);
        g_assert_cmpint(gh_document_testing_page_with(pages, "first row"), ==, page);
    }
}

static void
test_figures(void)
{
    for (int fill = 25; fill < 45; fill++) {
        GhDocument *document = gh_document_testing_new("en");
        for (int i = 0; i < fill; i++)
            gh_document_paragraph(document, GH_PARAGRAPH_SMALL, "fill");
        GhDrawing *drawing = gh_document_testing_figure("en");
        gh_drawing_text(drawing, 10, 95, &(GhTextStyle){.size = 10}, "withinthefigure");
        gh_document_take_figure(document, drawing, 0.8, "What it shows");
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        g_auto(GStrv) pages = gh_document_testing_pages(pdf);
        if (pages == NULL)
            return;
        g_assert_cmpint(gh_document_testing_page_with(pages, "Figure 1. What it shows"), ==,
                        gh_document_testing_page_with(pages, "withinthefigure"));
    }
}

/* -- notes -- */

static void
test_notes(void)
{
    enum {
        N = 30
    };
    GhDocument *document = gh_document_testing_new("en");

    for (int i = 0; i < N; i++) {
        g_autofree char *reference = g_strdup_printf("reference r%dr", i);
        g_autofree char *note = g_strdup_printf("note n%dn with some more words behind it", i);
        g_autofree char *text = gh_document_testing_words("p", 20 + i * 13 % 90);
        gh_document_begin_paragraph(document, GH_PARAGRAPH_BODY);
        gh_document_run(document, GH_RUN_PLAIN, text);
        gh_document_run(document, GH_RUN_PLAIN, " ");
        gh_document_run(document, GH_RUN_STRONG, reference);
        gh_document_run_footnote(document, note);
        gh_document_run(document, GH_RUN_PLAIN, " and on it goes.");
        gh_document_end(document);
    }
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >, 2);
    for (int i = 0; i < N; i++) {
        g_autofree char *reference = g_strdup_printf("r%dr", i);
        g_autofree char *note = g_strdup_printf("n%dn", i);
        int page = gh_document_testing_page_with(pages, note);
        g_assert_cmpint(gh_document_testing_page_with(pages, reference), ==, page);
        g_assert_true(strstr(pages[page], note) > strstr(pages[page], reference));
    }
}

static void
test_notes_of_cells(void)
{
    enum {
        N = 90
    };
    GhDocument *document = gh_document_testing_new("en");

    gh_document_testing_begin_table(document);
    for (int i = 0; i < N; i++) {
        g_autofree char *indicator = g_strdup_printf("r%dr", i);
        g_autofree char *note = g_strdup_printf("note n%dn", i);
        gh_document_table_row(document);
        gh_document_cell(document, "c");
        gh_document_begin_cell(document);
        gh_document_run(document, GH_RUN_PLAIN, indicator);
        if (i % 4 == 0)
            gh_document_run_footnote(document, note);
        gh_document_end(document);
        gh_document_cell(document, "1");
    }
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < N; i += 4) {
        g_autofree char *reference = g_strdup_printf("r%dr", i);
        g_autofree char *note = g_strdup_printf("n%dn", i);
        g_assert_cmpint(gh_document_testing_page_with(pages, reference), ==,
                        gh_document_testing_page_with(pages, note));
    }
}

static void
test_long_note(void)
{
    GhDocument *document = gh_document_testing_new("en");
    g_autofree char *note = gh_document_testing_words("n", 3000);

    gh_document_begin_paragraph(document, GH_PARAGRAPH_BODY);
    gh_document_run(document, GH_RUN_PLAIN, "reference");
    gh_document_run_footnote(document, note);
    gh_document_end(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpint(gh_document_testing_page_with(pages, "reference"), ==, 0);
    g_assert_cmpuint(g_strv_length(pages), >, 2);
    gh_document_testing_assert_has(pages[0], "nw0 ");
    gh_document_testing_assert_has(pages[g_strv_length(pages) - 1], "nw2999");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func("/document/" name, function)
    TEST("without blocks it is one empty page", test_empty);
    TEST("a full page has neither head nor number", test_full_page);
    TEST("a cover in one colour keeps the tags", test_covered_page);
    TEST("a break where a page begins or ends makes no empty page", test_breaks);
    TEST("the paper is as asked for", test_papers);
    TEST("a page too many is an error", test_limit);
    TEST("contents give the page that each heading stands on", test_contents);
    TEST("headings count by level", test_numbered_headings);
    TEST("a paragraph leaves no single line on a page", test_widows);
    TEST("headings stay with two lines of what follows", test_keep_with_next);
    TEST("a paragraph's end stays with the table it introduces", test_introduced_table);
    TEST("a figure stays with its caption", test_figures);
    TEST("a note stands at the foot of the page of its reference", test_notes);
    TEST("also when it stands in a cell", test_notes_of_cells);
    TEST("a note higher than a page goes on on the next", test_long_note);
    int status = g_test_run();
    gh_font_forget();
    return status;
}
