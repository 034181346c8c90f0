/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_limits_test.c - hostile and large documents. All data is invented. */
#include "draw/document/document.h"

#include <jansson.h>
#include <string.h>

#include "draw/document/document_testing.h"
#include "draw/draw_testing.h"
#include "draw/font.h"

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
    GhDocument *document = gh_document_testing_new("en");
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
        gh_document_begin_table(document,
                                &(GhDocumentTable){.caption = text,
                                                   .columns = GH_DOCUMENT_TESTING_COLUMNS,
                                                   .n_columns = GH_DOCUMENT_TESTING_N_COLUMNS});
        gh_document_table_group(document, text);
        gh_document_table_row(document);
        for (int cell = 0; cell < 3; cell++)
            gh_document_cell_joined(document); /* with nothing above */
        gh_document_table_row(document);
        for (int cell = 0; cell < 3; cell++)
            gh_document_cell(document, text);
        gh_document_end_table(document);
    }
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    static const char *const TOOL[] = {"qpdf", "--check", NULL};
    g_autofree char *said = gh_draw_testing_poppler(pdf, TOOL);
    if (said != NULL)
        gh_document_testing_assert_has(said, "No syntax or stream encoding errors found");
    json_t *json = gh_document_testing_json(pdf);
    if (json == NULL)
        return;
    g_autoptr(GString) links = g_string_new(NULL);
    gh_document_testing_gather(json_object_get(json, "qpdf"), "/URI", links);
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
        GhDocument *document = gh_document_testing_new("en");
        g_autofree char *word = g_strnfill((gsize)cases[i].n_chars, 'W');
        gh_document_paragraph(document, GH_PARAGRAPH_BODY, word);
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
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
    GhDocument *document = gh_document_testing_new("en");

    gh_document_testing_begin_table(document);
    gh_document_end_table(document);
    gh_document_begin_table(document, &(GhDocumentTable){.columns = no_heads, .n_columns = 2});
    gh_document_end_table(document);
    gh_document_begin_table(
        document, &(GhDocumentTable){.caption = "Bare", .columns = no_heads, .n_columns = 2});
    gh_document_end_table(document);
    gh_document_begin_table(document, &(GhDocumentTable){.columns = no_heads, .n_columns = 2});
    gh_document_table_group(document, "A group alone");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;
    gh_document_testing_assert_has(pages[0], "Table 1. Values");
    gh_document_testing_assert_has(pages[0], "Table 2. Bare");
    gh_document_testing_assert_has(pages[0], "A group alone");
}

static void
test_high_row(void)
{
    enum {
        N = 1500
    };
    GhDocument *document = gh_document_testing_new("en");
    g_autofree char *text = gh_document_testing_words("x", N);

    gh_document_testing_begin_table(document);
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
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_assert_cmpuint(g_strv_length(pages), >=, 3);
    g_autofree char *all = g_strjoinv(" ", pages);
    for (int i = 0; i < N; i++) {
        g_autofree char *word = g_strdup_printf("xw%d", i);
        g_assert_nonnull(strstr(all, word));
    }
    gh_document_testing_assert_has(all, "behind");
}

/* Nobody writes such headings, but what is begun on one page must be ended on another. */
static void
test_high_heading(void)
{
    GhDocument *document = gh_document_testing_new("en");
    g_autofree char *text = gh_document_testing_words("h", 600);

    gh_document_heading(document, 1, text);
    gh_document_number_headings(document, true);
    gh_document_heading(document, 1, text);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    g_autofree char *all = g_strjoinv(" ", pages);
    gh_document_testing_assert_has(all, "hw0 ");
    gh_document_testing_assert_has(all, "hw599");
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
    GhDocument *document = gh_document_testing_new("en");

    gh_document_contents(document, "Contents", 1);
    gh_document_heading(document, 1, endless);
    gh_document_begin_table(document, &table);
    gh_document_table_group(document, endless);
    gh_document_table_row(document);
    gh_document_cell(document, "A cell");
    gh_document_end_table(document);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;

    /* Caption, group, row and an entry of the contents each end on their page. */
    int page = gh_document_testing_page_with(pages, "A cell");
    g_assert_nonnull(strstr(pages[page], "\u2026"));
    g_assert_nonnull(strstr(pages[0], "\u2026"));
    g_assert_cmpint(gh_document_testing_page_with(pages, "Table 1."), ==, page);
}

static void
test_many_rows(void)
{
    enum {
        N = 3000
    };
    GhDocument *document = gh_document_testing_new("en");

    gh_document_testing_begin_table(document);
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
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;
    g_assert_cmpuint(g_strv_length(pages), >, 60);
    g_assert_cmpint(gh_document_testing_page_with(pages, "r0r"), ==, 0);
    g_assert_cmpint(gh_document_testing_page_with(pages, "r2999r"), ==,
                    (int)g_strv_length(pages) - 1);
}

static void
test_high_figure(void)
{
    GhDocument *document = gh_document_testing_new("en");
    GhDrawing *drawing = gh_drawing_new(100, 5000, gh_lang_source(), "High", "Very");
    gh_drawing_text(drawing, 10, 4990, &(GhTextStyle){.size = 80}, "bottom");
    gh_document_take_figure(document, drawing, 1, "Its caption");
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages == NULL)
        return;
    g_assert_cmpuint(g_strv_length(pages), ==, 1);
    gh_document_testing_assert_has(pages[0], "bottom");
    gh_document_testing_assert_has(pages[0], "Its caption");
}

static void
test_same_bytes(void)
{
    GhDocument *document = gh_document_testing_sample("ar");
    g_autoptr(GBytes) one = gh_document_pdf(document, NULL);
    g_autoptr(GBytes) again = gh_document_pdf(document, NULL);
    g_autoptr(GBytes) other = gh_document_testing_write(gh_document_testing_sample("ar"));

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
        g_autoptr(GBytes) pdf = gh_document_testing_write(gh_document_testing_sample(TAGS[i]));
        static const char *const TOOL[] = {"qpdf", "--check", NULL};
        g_autofree char *said = gh_draw_testing_poppler(pdf, TOOL);
        if (said != NULL)
            gh_document_testing_assert_has(said, "No syntax or stream encoding errors found");
    }
}

static void
test_free(void)
{
    gh_document_free(NULL);
    gh_document_free(gh_document_testing_sample("en")); /* never written */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func("/document/" name, function)
    TEST("hostile texts make a sound file", test_hostile);
    TEST("a text without end is cut with an ellipsis", test_long_text);
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
