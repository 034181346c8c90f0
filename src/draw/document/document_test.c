/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_test.c - documents as readers of PDF see them. All data is invented. */
#include "draw/document/document.h"

#include <jansson.h>
#include <string.h>

#include "draw/draw_testing.h"
#include "draw/font.h"

/* -- documents -- */

static GhDocument *
new_document(const char *tag)
{
    return gh_document_new(&(GhDocumentOptions){.lang = gh_draw_testing_lang(tag),
                                                .title = "Annual report",
                                                .author = "Exampleton",
                                                .running_foot = "Invented",
                                                .made_us = 1600000000000000});
}

/* Writes and lets go of it. */
static GBytes *
write_document(GhDocument *document)
{
    g_autoptr(GError) error = NULL;
    GBytes *pdf = gh_document_pdf(document, &error);

    g_assert_no_error(error);
    gh_document_free(document);
    return pdf;
}

/* "p7w0 p7w1 ..." : every word says where it belongs. */
static char *
words_of(const char *name, int n_words)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < n_words; i++)
        g_string_append_printf(text, "%s%sw%d", i > 0 ? " " : "", name, i);
    return g_string_free(text, FALSE);
}

static void
add_words(GhDocument *document, const char *kind, int number, int n_words)
{
    g_autofree char *name = g_strdup_printf("%s%d", kind, number);
    g_autofree char *text = words_of(name, n_words);
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, text);
}

static GhDrawing *
new_figure(const char *tag)
{
    GhDrawing *drawing = gh_drawing_new(200, 100, gh_draw_testing_lang(tag), "Bars", "Two bars");
    gh_drawing_rect(drawing, 10, 10, 50, 80, &(GhPaint){.fill = GH_ACCENT});
    gh_drawing_rect(drawing, 80, 40, 50, 50, &(GhPaint){.fill = GH_INK});
    return drawing;
}

static const GhDocumentColumn COLUMNS[] = {
    {.head = "Category", .share = 1, .row_heads = true},
    {.head = "Indicator", .share = 3},
    {.head = "Value", .share = 1, .align = GH_CELLS_END},
};

static void
begin_table(GhDocument *document)
{
    gh_document_begin_table(document, &(GhDocumentTable){.caption = "Values",
                                                         .summary = "A value a row",
                                                         .columns = COLUMNS,
                                                         .n_columns = G_N_ELEMENTS(COLUMNS)});
}

/* -- what readers see -- */

/* Pages as text in their layout; NULL where the tool is not installed. */
static char **
pages_of(GBytes *pdf)
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

static json_t *
json_of(GBytes *pdf)
{
    static const char *const TOOL[] = {"qpdf", "--json", NULL};
    g_autofree char *text = gh_draw_testing_poppler(pdf, TOOL);
    return text != NULL ? json_loads(text, 0, NULL) : NULL;
}

/* The page, from 0, that has a text; it must be one only. */
static int
page_with(char **pages, const char *text)
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

static int
lines_with(const char *page, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    int n = 0;
    for (char **line = lines; *line != NULL; line++)
        n += strstr(*line, text) != NULL;
    return n;
}

static void
assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        g_error("expected \"%s\" in:\n%s", part, text);
}

/* Poppler sees no word's end in blanks as narrow as those of "1 / 3". */
static void
assert_page_number(const char *page, const char *want)
{
    g_auto(GStrv) words = g_strsplit_set(page, " \n", -1);
    g_autofree char *tight = g_strjoinv("", words);
    g_assert_true(g_str_has_suffix(tight, want));
}

/* Left edge of a word on the first page it stands on. */
static double
left_of(const char *boxes, const char *word)
{
    g_autofree char *pattern = g_strdup_printf("\">%s</word>", word);
    const char *at = strstr(boxes, pattern);
    if (at == NULL)
        g_error("no word %s in:\n%s", word, boxes);

    const char *start = g_strrstr_len(boxes, at - boxes, "xMin=\"");
    g_assert_nonnull(start);
    return g_ascii_strtod(start + strlen("xMin=\""), NULL);
}

/* -- pages -- */

static void
test_empty(void)
{
    GhDocument *document = new_document("en");
    g_autoptr(GBytes) pdf = gh_document_pdf(document, NULL);

    g_assert_nonnull(pdf);
    g_assert_cmpuint(gh_document_n_pages(document), ==, 1);
    gh_document_free(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;
    g_assert_cmpuint(g_strv_length(pages), ==, 1);
    assert_has(pages[0], "Annual report");
    assert_page_number(pages[0], "Invented1/1");
}

static void
test_full_page(void)
{
    GhDocument *document = new_document("en");
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "before");
    gh_document_take_full_page(document, new_figure("en"), NULL);
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "behind");
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), ==, 3);
    g_assert_cmpint(page_with(pages, "before"), ==, 0);
    g_assert_cmpstr(g_strstrip(pages[1]), ==, "");
    g_assert_cmpint(page_with(pages, "behind"), ==, 2);
    assert_page_number(pages[2], "Invented3/3");
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
        g_autoptr(GBytes) pdf = write_document(document);
        static const char *const TOOL[] = {"pdfinfo", "-struct", NULL};
        g_autofree char *tree = gh_draw_testing_poppler(pdf, TOOL);
        if (tree != NULL)
            g_assert_cmpstr(tree, ==, "Document\n  Figure\n  P (block)\n");
    }
}

static void
test_breaks(void)
{
    GhDocument *document = new_document("en");
    gh_document_page_break(document); /* at the beginning: nothing to break */
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "one");
    gh_document_page_break(document);
    gh_document_page_break(document); /* twice is once */
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, "two");
    gh_document_page_break(document); /* at the end */
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
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
        g_autoptr(GBytes) pdf = write_document(document);
        g_autofree char *info =
            gh_draw_testing_poppler(pdf, (const char *const[]){"pdfinfo", NULL});
        if (info != NULL)
            assert_has(info, cases[i].want);
    }
}

static void
test_limit(void)
{
    GhDocument *document = new_document("en");
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
    GhDocument *document = new_document("en");
    gh_document_contents(document, "Contents", 2);
    gh_document_page_break(document);
    gh_document_number_headings(document, true);
    for (int i = 1; i <= N; i++) {
        g_autofree char *heading = g_strdup_printf("Chapter c%dc", i);
        gh_document_heading(document, i % 3 == 1 ? 1 : 2, heading);
        gh_document_heading(document, 3, "Too deep for the contents");
        add_words(document, "p", i, 40 + 37 * (i % 5));
    }
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
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
    GhDocument *document = new_document("en");
    gh_document_heading(document, 1, "Preface");
    gh_document_number_headings(document, true);
    gh_document_heading(document, 1, "First");
    gh_document_heading(document, 2, "Inner");
    gh_document_heading(document, 3, "Innermost");
    gh_document_heading(document, 2, "Next");
    gh_document_heading(document, 1, "Second");
    gh_document_heading(document, 2, "Anew");
    g_autoptr(GBytes) pdf = write_document(document);
    static const char *const TOOL[] = {"pdftotext", NULL};
    g_autofree char *text = gh_draw_testing_poppler(pdf, TOOL);
    if (text == NULL)
        return;

    static const char *const WANT[] = {"1 First",  "1.1 Inner", "1.1.1 Innermost",
                                       "1.2 Next", "2 Second",  "2.1 Anew"};
    for (size_t i = 0; i < G_N_ELEMENTS(WANT); i++)
        assert_has(text, WANT[i]);
}

static void
test_widows(void)
{
    enum {
        N = 60
    };
    GhDocument *document = new_document("en");
    int n_split = 0;

    for (int i = 0; i < N; i++)
        add_words(document, "p", i, 20 + i * 7 % 83);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < N; i++) {
        g_autofree char *mark = g_strdup_printf("p%dw", i);
        for (int page = 0; pages[page + 1] != NULL; page++) {
            int here = lines_with(pages[page], mark), next = lines_with(pages[page + 1], mark);
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
        GhDocument *document = new_document("en");
        for (int i = 0; i < fill; i++)
            gh_document_paragraph(document, GH_PARAGRAPH_SMALL, "fill");
        gh_document_heading(document, 1, "A heading");
        gh_document_heading(document, 2, "Another heading");
        add_words(document, "p", 0, 60);
        g_autoptr(GBytes) pdf = write_document(document);
        g_auto(GStrv) pages = pages_of(pdf);
        if (pages == NULL)
            return;
        int page = page_with(pages, "A heading");
        g_assert_cmpint(page_with(pages, "Another heading"), ==, page);
        g_assert_cmpint(lines_with(pages[page], "p0w"), >=, 2);
    }
}

static void
test_introduced_table(void)
{
    static const GhDocumentColumn ONE[] = {{.head = "The head", .share = 1}};
    static const GhDocumentTable TABLE = {
        .caption = "Counted", .summary = "One column", .columns = ONE, .n_columns = 1};

    for (int fill = 30; fill < 50; fill++) {
        GhDocument *document = new_document("en");
        for (int i = 0; i < fill; i++)
            gh_document_paragraph(document, GH_PARAGRAPH_SMALL, "fill");
        gh_document_paragraph(document, GH_PARAGRAPH_BODY, "Introduced");
        gh_document_begin_table(document, &TABLE);
        for (int i = 0; i < 3; i++) {
            gh_document_table_row(document);
            gh_document_cell(document, i == 0 ? "first row" : "another");
        }
        gh_document_end_table(document);
        g_autoptr(GBytes) pdf = write_document(document);
        g_auto(GStrv) pages = pages_of(pdf);
        if (pages == NULL)
            return;
        int page = page_with(pages, "Introduced");
        g_assert_cmpint(page_with(pages, "Table 1. Counted"), ==, page);
        g_assert_cmpint(page_with(pages, "first row"), ==, page);
    }
}

static void
test_figures(void)
{
    for (int fill = 25; fill < 45; fill++) {
        GhDocument *document = new_document("en");
        for (int i = 0; i < fill; i++)
            gh_document_paragraph(document, GH_PARAGRAPH_SMALL, "fill");
        GhDrawing *drawing = new_figure("en");
        gh_drawing_text(drawing, 10, 95, &(GhTextStyle){.size = 10}, "withinthefigure");
        gh_document_take_figure(document, drawing, 0.8, "What it shows");
        g_autoptr(GBytes) pdf = write_document(document);
        g_auto(GStrv) pages = pages_of(pdf);
        if (pages == NULL)
            return;
        g_assert_cmpint(page_with(pages, "Figure 1. What it shows"), ==,
                        page_with(pages, "withinthefigure"));
    }
}

/* -- notes -- */

static void
test_notes(void)
{
    enum {
        N = 30
    };
    GhDocument *document = new_document("en");

    for (int i = 0; i < N; i++) {
        g_autofree char *reference = g_strdup_printf("reference r%dr", i);
        g_autofree char *note = g_strdup_printf("note n%dn with some more words behind it", i);
        g_autofree char *text = words_of("p", 20 + i * 13 % 90);
        gh_document_begin_paragraph(document, GH_PARAGRAPH_BODY);
        gh_document_run(document, GH_RUN_PLAIN, text);
        gh_document_run(document, GH_RUN_PLAIN, " ");
        gh_document_run(document, GH_RUN_STRONG, reference);
        gh_document_run_footnote(document, note);
        gh_document_run(document, GH_RUN_PLAIN, " and on it goes.");
        gh_document_end(document);
    }
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >, 2);
    for (int i = 0; i < N; i++) {
        g_autofree char *reference = g_strdup_printf("r%dr", i);
        g_autofree char *note = g_strdup_printf("n%dn", i);
        int page = page_with(pages, note);
        g_assert_cmpint(page_with(pages, reference), ==, page);
        g_assert_true(strstr(pages[page], note) > strstr(pages[page], reference));
    }
}

static void
test_notes_of_cells(void)
{
    enum {
        N = 90
    };
    GhDocument *document = new_document("en");

    begin_table(document);
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
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < N; i += 4) {
        g_autofree char *reference = g_strdup_printf("r%dr", i);
        g_autofree char *note = g_strdup_printf("n%dn", i);
        g_assert_cmpint(page_with(pages, reference), ==, page_with(pages, note));
    }
}

static void
test_long_note(void)
{
    GhDocument *document = new_document("en");
    g_autofree char *note = words_of("n", 3000);

    gh_document_begin_paragraph(document, GH_PARAGRAPH_BODY);
    gh_document_run(document, GH_RUN_PLAIN, "reference");
    gh_document_run_footnote(document, note);
    gh_document_end(document);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpint(page_with(pages, "reference"), ==, 0);
    g_assert_cmpuint(g_strv_length(pages), >, 2);
    assert_has(pages[0], "nw0 ");
    assert_has(pages[g_strv_length(pages) - 1], "nw2999");
}

/* -- tables -- */

static void
test_table_over_pages(void)
{
    enum {
        N = 120
    };
    GhDocument *document = new_document("en");
    begin_table(document);
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
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >=, 4);
    for (int i = 0; pages[i] != NULL; i++) {
        g_assert_cmpint(lines_with(pages[i], "Category"), ==, 1);
        g_assert_cmpint(lines_with(pages[i], "Indicator"), ==, 1);
        g_assert_cmpint(lines_with(pages[i], "Table 1."), ==, i == 0);
        g_assert_cmpint(lines_with(pages[i], "begin"), >=, 2);
    }
    for (int i = 0; i < N; i++) {
        g_autofree char *begin = g_strdup_printf("begin%db", i);
        g_autofree char *end = g_strdup_printf("end%de", i);
        g_assert_cmpint(page_with(pages, begin), ==, page_with(pages, end));
    }
}

static void
test_groups(void)
{
    GhDocument *document = new_document("en");
    begin_table(document);
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
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < 60; i++) {
        g_autofree char *group = g_strdup_printf("g%dg", i);
        g_autofree char *row = g_strdup_printf("r%dr", i);
        g_assert_cmpint(page_with(pages, group), ==, page_with(pages, row));
    }
}

static void
test_joined(void)
{
    GhDocument *document = new_document("en");
    begin_table(document);
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
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >=, 2);
    for (int i = 0; pages[i] != NULL; i++)
        g_assert_cmpint(lines_with(pages[i], "Energy"), ==, 1);

    g_autofree char *tree =
        gh_draw_testing_poppler(pdf, (const char *const[]){"pdfinfo", "-struct-text", NULL});
    assert_has(tree, "/RowSpan 60");
    const char *cell = strstr(tree, "\"Energy\"");
    g_assert_nonnull(cell);
    g_assert_null(strstr(cell + 1, "\"Energy\"")); /* heard once */
}

/* What is joined over low rows keeps them together or makes them higher: its text is never cut. */
static void
test_high_joined(void)
{
    GhDocument *document = new_document("en");
    begin_table(document);
    for (int i = 0; i < 40; i++) {
        g_autofree char *name = g_strdup_printf("j%d", i / 2);
        g_autofree char *text = words_of(name, 12);
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
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    for (int i = 0; i < 20; i++) {
        g_autofree char *first = g_strdup_printf("j%dw0 ", i);
        g_autofree char *last = g_strdup_printf("j%dw11", i);
        g_autofree char *row = g_strdup_printf("r%dr", i * 2 + 1);
        g_assert_cmpint(page_with(pages, first), ==, page_with(pages, last));
        g_assert_cmpint(page_with(pages, row), ==, page_with(pages, last));
    }
}

static void
test_narrow_column(void)
{
    static const GhDocumentColumn columns[] = {{.head = "Incomprehensibilities", .share = 0.1},
                                               {.head = "Other", .share = 9},
                                               {.head = "Third", .share = 3}};
    GhDocument *document = new_document("en");
    gh_document_begin_table(document, &(GhDocumentTable){.columns = columns, .n_columns = 3});
    gh_document_table_row(document);
    gh_document_cell(document, "Antidisestablishment");
    gh_document_cell(document, "x");
    gh_document_cell(document, "y");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;
    assert_has(pages[0], "Incomprehensibilities");
    assert_has(pages[0], "Antidisestablishment");
}

/* -- tags and metadata -- */

/* One of each. */
static GhDocument *
new_sample(const char *tag)
{
    GhDocument *document = new_document(tag);

    gh_document_take_full_page(document, new_figure(tag), "The cover");
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
    gh_document_take_figure(document, new_figure(tag), 0.5, "Bars");
    begin_table(document);
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

/* GUILDHALL_RENEW_GOLDEN=1 writes the file anew. */
static void
assert_golden(const char *name, const char *text)
{
    g_autofree char *path = g_test_build_filename(G_TEST_DIST, name, NULL);
    g_autofree char *want = NULL;
    g_autoptr(GError) error = NULL;

    if (g_getenv("GUILDHALL_RENEW_GOLDEN") != NULL)
        g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
    g_file_get_contents(path, &want, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, want);
}

static void
test_tags(void)
{
    static const char *const TOOL[] = {"pdfinfo", "-struct-text", NULL};
    g_autoptr(GBytes) pdf = write_document(new_sample("en"));
    g_autofree char *tree = gh_draw_testing_poppler(pdf, TOOL);
    if (tree == NULL)
        return;

    g_autoptr(GRegex) objects = g_regex_new("Object \\d+ \\d+", 0, 0, NULL);
    g_autofree char *plain = g_regex_replace_literal(objects, tree, -1, 0, "Object N", 0, NULL);
    assert_golden("document/golden/tags.txt", plain);
}

/* All values of a key in the file's objects, in their order, joined by "|". */
static void
gather(json_t *value, const char *key, GString *out)
{
    const char *name = NULL;
    json_t *inner = NULL;
    size_t i = 0;

    if (json_is_array(value))
        json_array_foreach(value, i, inner) gather(inner, key, out);
    json_object_foreach(value, name, inner)
    {
        if (strcmp(name, key) == 0 && json_is_string(inner))
            g_string_append_printf(out, "%s|", json_string_value(inner));
        gather(inner, key, out);
    }
}

static void
assert_values(const json_t *json, const char *key, const char *want)
{
    g_autoptr(GString) found = g_string_new(NULL);
    gather(json_object_get(json, "qpdf"), key, found);
    g_assert_cmpstr(found->str, ==, want);
}

static void
test_metadata(void)
{
    g_autoptr(GBytes) pdf = write_document(new_sample("en"));
    json_t *json = json_of(pdf);
    if (json == NULL)
        return;

    assert_values(json, "/Lang", "u:en|");
    assert_values(json, "/Author", "u:Exampleton|");
    assert_values(json, "/CreationDate", "u:D:20200913122640Z|");
    assert_values(json, "/URI", "u:https://example.org/?a=1&b=%272%27|");
    json_decref(json);

    static const char *const TOOL[] = {"pdfinfo", NULL};
    g_autofree char *info = gh_draw_testing_poppler(pdf, TOOL);
    if (info == NULL)
        return;
    assert_has(info, "Title:           Annual report\n");
    assert_has(info, "Tagged:          yes\n");
}

static void
test_alts(void)
{
    g_autoptr(GBytes) pdf = write_document(new_sample("en"));
    g_autoptr(GString) alts = g_string_new(NULL);
    json_t *json = json_of(pdf);
    if (json == NULL)
        return;

    gather(json_object_get(json, "qpdf"), "/Alt", alts);
    g_auto(GStrv) found = g_strsplit(alts->str, "|", -1);
    g_assert_cmpuint(g_strv_length(found), ==, 4); /* the last is empty */
    g_assert_true(g_strv_contains((const char *const *)found, "u:The cover"));
    g_assert_true(g_strv_contains((const char *const *)found, "u:near target"));
    g_assert_true(g_strv_contains((const char *const *)found, "u:Bars. Two bars"));
    json_decref(json);
}

static void
test_bookmarks(void)
{
    g_autoptr(GBytes) pdf = write_document(new_sample("en"));
    json_t *json = json_of(pdf);
    if (json == NULL)
        return;

    static const char *const TITLES[] = {"Contents", "First", "Second"};
    static const int PAGES[] = {2, 3, 3};
    const json_t *outlines = json_object_get(json, "outlines");
    g_assert_cmpuint(json_array_size(outlines), ==, G_N_ELEMENTS(TITLES));
    for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++) {
        const json_t *mark = json_array_get(outlines, i);
        g_assert_cmpstr(json_string_value(json_object_get(mark, "title")), ==, TITLES[i]);
        g_assert_cmpint(json_integer_value(json_object_get(mark, "destpageposfrom1")), ==,
                        PAGES[i]);
    }
    const json_t *kids = json_object_get(json_array_get(outlines, 1), "kids");
    g_assert_cmpuint(json_array_size(kids), ==, 1);
    g_assert_cmpstr(json_string_value(json_object_get(json_array_get(kids, 0), "title")), ==,
                    "Inner");
    json_decref(json);
}

/* -- languages -- */

static void
test_fonts(void)
{
    static const char *const TAGS[] = {"en", "ar", "zh", "ru"};

    for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++) {
        GhDocument *document = new_sample(TAGS[i]);
        gh_document_paragraph(document, GH_PARAGRAPH_BODY,
                              "Riyadh \xD8\xA7\xD9\x84\xD8\xB1\xD9\x8A\xD8\xA7\xD8\xB6 "
                              "\xE4\xB8\x8A\xE6\xB5\xB7 "
                              "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0");
        g_autoptr(GBytes) pdf = write_document(document);
        static const char *const TOOL[] = {"pdffonts", NULL};
        g_autofree char *fonts = gh_draw_testing_poppler(pdf, TOOL);
        if (fonts == NULL)
            return;

        g_auto(GStrv) lines = g_strsplit(g_strchomp(fonts), "\n", -1);
        g_assert_cmpuint(g_strv_length(lines), >, 4);
        for (size_t line = 2; lines[line] != NULL; line++) {
            assert_has(lines[line], "+Noto");
            assert_has(lines[line], " yes yes yes ");
        }
    }
}

static void
test_scripts(void)
{
    static const char TEXT[] = "\xE4\xB8\x8A\xE6\xB5\xB7 "
                               "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 "
                               "first efficient office";
    GhDocument *document = new_document("en");
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, TEXT);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages != NULL)
        assert_has(pages[0], TEXT);
}

static void
test_mirrored(void)
{
    double first[2], second[2], number[2], heading[2];
    static const char *const TAGS[] = {"en", "ar"};

    for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++) {
        GhDocument *document = new_document(TAGS[i]);
        gh_document_heading(document, 1, "Aheading");
        begin_table(document);
        gh_document_table_row(document);
        gh_document_cell(document, "firstcell");
        gh_document_cell(document, "secondcell");
        gh_document_cell(document, "999.5");
        gh_document_end_table(document);
        g_autoptr(GBytes) pdf = write_document(document);
        static const char *const TOOL[] = {"pdftotext", "-bbox", NULL};
        g_autofree char *boxes = gh_draw_testing_poppler(pdf, TOOL);
        if (boxes == NULL)
            return;
        first[i] = left_of(boxes, "firstcell");
        second[i] = left_of(boxes, "secondcell");
        number[i] = left_of(boxes, "999.5");
        heading[i] = left_of(boxes, "Aheading");
    }
    g_assert_cmpfloat(first[0], <, second[0]);
    g_assert_cmpfloat(second[0], <, number[0]);
    g_assert_cmpfloat(first[1], >, second[1]);
    g_assert_cmpfloat(second[1], >, number[1]);
    g_assert_cmpfloat(heading[0], <, 100);
    g_assert_cmpfloat(heading[1], >, 300);
}

/* -- hostile and large -- */

static void
test_hostile(void)
{
    static const char *const TEXTS[] = {
        "",
        " ",
        "\x01\x02\x1b[31m\x7f control",
        "bad \xff\xfe utf-8 \xc3",
        "\xE2\x80\xAE turned \xE2\x81\xA6 around",
        "\xEF\xBF\xBC object \xEF\xBF\xBF none",
        "line\nline\r\nline\xE2\x80\xA8line\xE2\x80\xA9line\tline",
        "(brackets\\ ' \" <tag> %comment ) endstream endobj",
        "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
    };
    GhDocument *document = new_document("en");
    g_autofree char *word = g_strnfill(5000, 'W');

    for (size_t i = 0; i <= G_N_ELEMENTS(TEXTS); i++) {
        const char *text = i < G_N_ELEMENTS(TEXTS) ? TEXTS[i] : word;
        gh_document_heading(document, 2, text);
        gh_document_begin_paragraph(document, GH_PARAGRAPH_BODY);
        gh_document_run(document, GH_RUN_STRONG, text);
        gh_document_run_link(document, text, text);
        gh_document_run_link(document, text, "javascript:alert(1)");
        gh_document_run_link(document, text, "https://example.org/' rect=[0 0 9 9] \\");
        gh_document_run_mark(document, 1, text);
        gh_document_run_footnote(document, text);
        gh_document_end(document);
        gh_document_begin_item(document, GH_LIST_NUMBERS);
        gh_document_end(document);
        gh_document_begin_table(document, &(GhDocumentTable){.caption = text,
                                                             .columns = COLUMNS,
                                                             .n_columns = G_N_ELEMENTS(COLUMNS)});
        gh_document_table_group(document, text);
        gh_document_table_row(document);
        for (int cell = 0; cell < 3; cell++)
            gh_document_cell_joined(document); /* with nothing above */
        gh_document_table_row(document);
        for (int cell = 0; cell < 3; cell++)
            gh_document_cell(document, text);
        gh_document_end_table(document);
    }
    g_autoptr(GBytes) pdf = write_document(document);
    static const char *const TOOL[] = {"qpdf", "--check", NULL};
    g_autofree char *said = gh_draw_testing_poppler(pdf, TOOL);
    if (said != NULL)
        assert_has(said, "No syntax or stream encoding errors found");
    json_t *json = json_of(pdf);
    if (json == NULL)
        return;
    g_autoptr(GString) links = g_string_new(NULL);
    gather(json_object_get(json, "qpdf"), "/URI", links);
    g_assert_null(strstr(links->str, "javascript"));
    json_decref(json);
}

static void
test_long_text(void)
{
    static const char ELLIPSIS[] = "\u2026";
    static const struct {
        const char *label;
        int n_chars;
        bool cut;
    } cases[] = {
        {.label = "as long as a text may be", .n_chars = GH_DOCUMENT_RUN_MAX, .cut = false},
        {.label = "a character longer", .n_chars = GH_DOCUMENT_RUN_MAX + 1, .cut = true},
        {.label = "without end", .n_chars = 200000, .cut = true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhDocument *document = new_document("en");
        g_autofree char *word = g_strnfill((gsize)cases[i].n_chars, 'W');
        gh_document_paragraph(document, GH_PARAGRAPH_BODY, word);
        g_autoptr(GBytes) pdf = write_document(document);
        static const char *const TOOL[] = {"pdftotext", NULL};
        g_autofree char *said = gh_draw_testing_poppler(pdf, TOOL);
        if (said == NULL)
            return;

        int n_found = 0;
        for (const char *at = said; *at != '\0'; at++)
            n_found += *at == 'W';
        g_test_message("%s", cases[i].label);
        g_assert_cmpint(n_found, ==, MIN(cases[i].n_chars, (int)GH_DOCUMENT_RUN_MAX));
        g_assert_cmpint(strstr(said, ELLIPSIS) != NULL, ==, cases[i].cut);
    }
}

static void
test_empty_tables(void)
{
    static const GhDocumentColumn no_heads[] = {{.share = 0}, {.share = -1}};
    GhDocument *document = new_document("en");

    begin_table(document);
    gh_document_end_table(document);
    gh_document_begin_table(document, &(GhDocumentTable){.columns = no_heads, .n_columns = 2});
    gh_document_end_table(document);
    gh_document_begin_table(
        document, &(GhDocumentTable){.caption = "Bare", .columns = no_heads, .n_columns = 2});
    gh_document_end_table(document);
    gh_document_begin_table(document, &(GhDocumentTable){.columns = no_heads, .n_columns = 2});
    gh_document_table_group(document, "A group alone");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;
    assert_has(pages[0], "Table 1. Values");
    assert_has(pages[0], "Table 2. Bare");
    assert_has(pages[0], "A group alone");
}

static void
test_high_row(void)
{
    enum {
        N = 1500
    };
    GhDocument *document = new_document("en");
    g_autofree char *text = words_of("x", N);

    begin_table(document);
    gh_document_table_row(document);
    gh_document_cell(document, "before");
    gh_document_cell(document, "b");
    gh_document_cell(document, "1");
    gh_document_table_row(document);
    gh_document_cell(document, "high");
    gh_document_cell(document, text);
    gh_document_cell(document, "2");
    gh_document_table_row(document);
    gh_document_cell(document, "behind");
    gh_document_cell(document, "b");
    gh_document_cell(document, "3");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >=, 3);
    g_autofree char *all = g_strjoinv(" ", pages);
    for (int i = 0; i < N; i++) {
        g_autofree char *word = g_strdup_printf("xw%d", i);
        g_assert_nonnull(strstr(all, word));
    }
    assert_has(all, "behind");
}

/* Nobody writes such headings, but what is begun on one page must be ended on another. */
static void
test_high_heading(void)
{
    GhDocument *document = new_document("en");
    g_autofree char *text = words_of("h", 600);

    gh_document_heading(document, 1, text);
    gh_document_number_headings(document, true);
    gh_document_heading(document, 1, text);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    g_autofree char *all = g_strjoinv(" ", pages);
    assert_has(all, "hw0 ");
    assert_has(all, "hw599");
    g_assert_cmpuint(g_strv_length(pages), >, 4);
    static const char *const TOOL[] = {"pdfinfo", "-struct", NULL};
    g_autofree char *tree = gh_draw_testing_poppler(pdf, TOOL);
    g_assert_true(g_str_has_prefix(tree, "Document\n  H1 (block)\n    Span (inline)\n"));
}

static void
test_endless_labels(void)
{
    static const GhDocumentColumn ONE[] = {{.head = "The head", .share = 1}};
    g_autofree char *endless = g_strnfill(GH_DOCUMENT_RUN_MAX, 'W');
    const GhDocumentTable table = {
        .caption = endless, .summary = "One column", .columns = ONE, .n_columns = 1};
    GhDocument *document = new_document("en");

    gh_document_contents(document, "Contents", 1);
    gh_document_heading(document, 1, endless);
    gh_document_begin_table(document, &table);
    gh_document_table_group(document, endless);
    gh_document_table_row(document);
    gh_document_cell(document, "A cell");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;

    /* Caption, group, row and an entry of the contents each end on their page. */
    int page = page_with(pages, "A cell");
    g_assert_nonnull(strstr(pages[page], "\u2026"));
    g_assert_nonnull(strstr(pages[0], "\u2026"));
    g_assert_cmpint(page_with(pages, "Table 1."), ==, page);
}

static void
test_many_rows(void)
{
    enum {
        N = 3000
    };
    GhDocument *document = new_document("en");

    begin_table(document);
    for (int i = 0; i < N; i++) {
        g_autofree char *row = g_strdup_printf("r%dr", i);
        gh_document_table_row(document);
        if (i % 10 == 0)
            gh_document_cell(document, "category");
        else
            gh_document_cell_joined(document);
        gh_document_cell(document, row);
        gh_document_cell(document, "1");
    }
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;
    g_assert_cmpuint(g_strv_length(pages), >, 60);
    g_assert_cmpint(page_with(pages, "r0r"), ==, 0);
    g_assert_cmpint(page_with(pages, "r2999r"), ==, (int)g_strv_length(pages) - 1);
}

static void
test_high_figure(void)
{
    GhDocument *document = new_document("en");
    GhDrawing *drawing = gh_drawing_new(100, 5000, gh_lang_source(), "High", "Very");
    gh_drawing_text(drawing, 10, 4990, &(GhTextStyle){.size = 80}, "bottom");
    gh_document_take_figure(document, drawing, 1, "Its caption");
    g_autoptr(GBytes) pdf = write_document(document);
    g_auto(GStrv) pages = pages_of(pdf);
    if (pages == NULL)
        return;
    g_assert_cmpuint(g_strv_length(pages), ==, 1);
    assert_has(pages[0], "bottom");
    assert_has(pages[0], "Its caption");
}

static void
test_same_bytes(void)
{
    GhDocument *document = new_sample("ar");
    g_autoptr(GBytes) one = gh_document_pdf(document, NULL);
    g_autoptr(GBytes) again = gh_document_pdf(document, NULL);
    g_autoptr(GBytes) other = write_document(new_sample("ar"));

    g_assert_nonnull(one);
    g_assert_true(g_bytes_equal(one, again));
    g_assert_true(g_bytes_equal(one, other));
    gh_document_free(document);
}

static void
test_check(void)
{
    static const char *const TAGS[] = {"en", "ar", "zh"};
    for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++) {
        g_autoptr(GBytes) pdf = write_document(new_sample(TAGS[i]));
        static const char *const TOOL[] = {"qpdf", "--check", NULL};
        g_autofree char *said = gh_draw_testing_poppler(pdf, TOOL);
        if (said != NULL)
            assert_has(said, "No syntax or stream encoding errors found");
    }
}

static void
test_free(void)
{
    gh_document_free(NULL);
    gh_document_free(new_sample("en")); /* never written */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func("/document/" name, function)
    TEST("a text without end is cut with an ellipsis", test_long_text);
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
    TEST("a table's head stands on all its pages and no row is cut", test_table_over_pages);
    TEST("a group stays with its first row", test_groups);
    TEST("a joined cell is seen on each page and heard once", test_joined);
    TEST("a joined cell higher than its rows is not cut", test_high_joined);
    TEST("a narrow column grows for its longest word", test_narrow_column);
    TEST("tags follow the reading order", test_tags);
    TEST("language, author, time and links are written", test_metadata);
    TEST("figures and marks have their alternative texts", test_alts);
    TEST("bookmarks follow the headings", test_bookmarks);
    TEST("all fonts are embedded, as subsets", test_fonts);
    TEST("text comes out as it went in", test_scripts);
    TEST("right-to-left languages are mirrored", test_mirrored);
    TEST("hostile texts make a sound file", test_hostile);
    TEST("empty tables are left out or empty", test_empty_tables);
    TEST("a row higher than a page loses no word", test_high_row);
    TEST("a heading higher than a page goes on on the next", test_high_heading);
    TEST("captions, groups and entries without end are cut", test_endless_labels);
    TEST("a table of 3000 rows goes over its pages", test_many_rows);
    TEST("a figure higher than a page shrinks", test_high_figure);
    TEST("the same blocks give the same bytes", test_same_bytes);
    TEST("it is a sound file", test_check);
    TEST("free takes none and unwritten ones", test_free);
    int status = g_test_run();
    gh_font_forget();
    return status;
}
