/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pdf_test.c - what is added to cairo's PDF. The tree of tags as readers see it: document_test.c. */
#include "draw/pdf.h"

#include <cairo-pdf.h>
#include <string.h>

#include "draw/draw_testing.h"

/* -- artifacts -- */

static const struct {
    const char *label, *content, *want;
} CONTENTS[] = {
    {"nothing is painted", "q 1 0 0 1 0 0 cm Q", "q 1 0 0 1 0 0 cm Q"},
    {"a path outside of tags is an artifact up to the end", "0 0 9 9 re f",
     "/Artifact BMC\n0 0 9 9 re f\nEMC\n"},
    {"what belongs to a tag stays as it is", "/P << /MCID 0 >> BDC BT (a) Tj ET EMC",
     "/P << /MCID 0 >> BDC BT (a) Tj ET EMC"},
    {"an artifact ends before the next tag",
     "BT (head) Tj ET\n/P << /MCID 0 >> BDC BT (a) Tj ET EMC",
     "/Artifact BMC\nBT (head) Tj ET\nEMC\n/P << /MCID 0 >> BDC BT (a) Tj ET EMC"},
    {"and begins again behind it", "/P <</MCID 0>> BDC BT ET EMC\n1 1 m 2 2 l S",
     "/P <</MCID 0>> BDC BT ET EMC\n/Artifact BMC\n1 1 m 2 2 l S\nEMC\n"},
    {"letters marked by cairo stay inside an artifact",
     "BT /Span << /ActualText <feff0066> >> BDC <01> Tj EMC (b) Tj ET",
     "/Artifact BMC\nBT /Span << /ActualText <feff0066> >> BDC <01> Tj EMC (b) Tj ET\nEMC\n"},
    {"operators within strings are text", "/P <</MCID 0>> BDC BT (EMC ( re \\) ) BDC) Tj ET EMC",
     "/P <</MCID 0>> BDC BT (EMC ( re \\) ) BDC) Tj ET EMC"},
    {"and within comments nothing", "% BT re f\nq Q", "% BT re f\nq Q"},
    {"a string without end is taken to the end", "BT (abc", "/Artifact BMC\nBT (abc\nEMC\n"},
    {"an end without beginning is passed over", "EMC q Q", "EMC q Q"},
    {"no content", "", ""},
};

static void
test_artifacts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(CONTENTS); i++) {
        g_autoptr(GString) out =
            gh_pdf_mark_artifacts(CONTENTS[i].content, strlen(CONTENTS[i].content));
        g_test_message("%s", CONTENTS[i].label);
        g_assert_cmpstr(out->str, ==, CONTENTS[i].want);
    }
}

/* -- finishing -- */

static cairo_status_t
append_bytes(void *closure, const unsigned char *data, unsigned n_data)
{
    g_byte_array_append(closure, data, n_data);
    return CAIRO_STATUS_SUCCESS;
}

/* A page with a figure, and a table of one head and one row head. */
static GBytes *
make_pdf(void)
{
    static const char *const TAGS[] = {"Document", "Figure", "/Figure", "Table",  "THead",
                                       "TR",       "TH",     "/TH",     "/TR",    "/THead",
                                       "TBody",    "TR",     "TH",      "/TH",    "TD",
                                       "/TD",      "/TR",    "/TBody",  "/Table", "/Document"};
    GByteArray *bytes = g_byte_array_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append_bytes, bytes, 200, 200);
    cairo_t *cr = cairo_create(surface);

    for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++) {
        if (TAGS[i][0] == '/') {
            cairo_rectangle(cr, 10, 10 + (double)i, 5, 1);
            cairo_fill(cr);
            cairo_tag_end(cr, TAGS[i] + 1);
        } else {
            cairo_tag_begin(cr, TAGS[i], NULL);
        }
    }
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    g_assert_cmpint(cairo_surface_status(surface), ==, CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    return g_byte_array_free_to_bytes(bytes);
}

static const char *const ALTS[] = {"Bars", "More bars"};
static const GhPdfSpan SPANS[] = {{.cell = 1, .rows = 2, .columns = 1}};

static GhPdfWords
some_words(void)
{
    return (GhPdfWords){.lang = "ar",
                        .right_to_left = true,
                        .title = "A (title) with \xC3\xA9",
                        .author = "An author",
                        .made_us = 1600000000000000, /* 2020-09-13 12:26:40 UTC */
                        .alts = ALTS,
                        .n_alts = 1,
                        .spans = SPANS,
                        .n_spans = 1};
}

static GBytes *
finished(const GhPdfWords *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = make_pdf();
    GBytes *out = gh_pdf_finish(pdf, words, &error);

    g_assert_no_error(error);
    return out;
}

static void
assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        g_error("expected \"%s\" in:\n%s", part, text);
}

static void
test_words(void)
{
    const GhPdfWords words = some_words();
    g_autoptr(GBytes) pdf = finished(&words);
    g_autofree char *json =
        gh_draw_testing_poppler(pdf, (const char *const[]){"qpdf", "--json", NULL});
    if (json == NULL)
        return;

    assert_has(json, "\"/Lang\": \"u:ar\"");
    assert_has(json, "\"/Direction\": \"/R2L\"");
    assert_has(json, "\"/DisplayDocTitle\": true");
    assert_has(json, "\"/Marked\": true");
    assert_has(json, "\"/Alt\": \"u:Bars\"");
    assert_has(json, "\"/Title\": \"u:A (title) with \xC3\xA9\"");
    assert_has(json, "\"/Producer\": \"u:Guildhall\"");
    assert_has(json, "\"/CreationDate\": \"u:D:20200913122640Z\"");
    assert_has(json, "\"/Tabs\": \"/S\"");
    g_assert_null(strstr(json, "\"/Subject\""));
}

static void
test_attributes(void)
{
    const GhPdfWords words = some_words();
    g_autoptr(GBytes) pdf = finished(&words);
    g_autofree char *tree =
        gh_draw_testing_poppler(pdf, (const char *const[]){"pdfinfo", "-struct", NULL});
    if (tree == NULL)
        return;

    g_assert_cmpstr(tree, ==,
                    "Document\n"
                    "  Figure\n"
                    "  Table (block)\n"
                    "    THead\n"
                    "      TR\n"
                    "        TH:\n"
                    "           /Scope /Column\n"
                    "    TBody\n"
                    "      TR\n"
                    "        TH:\n"
                    "           /RowSpan 2\n"
                    "           /Scope /Row\n"
                    "        TD\n");
}

static void
test_no_time(void)
{
    GhPdfWords words = some_words();
    words.made_us = 0;
    g_autoptr(GBytes) pdf = finished(&words);
    g_autofree char *json =
        gh_draw_testing_poppler(pdf, (const char *const[]){"qpdf", "--json", NULL});
    if (json != NULL)
        g_assert_null(strstr(json, "Date"));
}

static void
test_same_bytes(void)
{
    const GhPdfWords words = some_words();
    g_autoptr(GBytes) pdf = make_pdf();
    g_autoptr(GBytes) one = gh_pdf_finish(pdf, &words, NULL);
    g_autoptr(GBytes) two = gh_pdf_finish(pdf, &words, NULL);
    g_assert_true(g_bytes_equal(one, two));
}

static void
test_check(void)
{
    const GhPdfWords words = some_words();
    g_autoptr(GBytes) pdf = finished(&words);
    g_autofree char *said =
        gh_draw_testing_poppler(pdf, (const char *const[]){"qpdf", "--check", NULL});
    if (said != NULL)
        assert_has(said, "No syntax or stream encoding errors found");
}

static void
test_covered(void)
{
    GhDrawing *drawing = gh_drawing_new(100, 50, gh_lang_source(), "A plain", "One colour");
    gh_drawing_rect(drawing, 0, 0, 100, 50, &(GhPaint){.fill = GH_ACCENT});
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = gh_drawing_pdf(drawing, &error);

    gh_drawing_free(drawing);
    g_assert_no_error(error);
    g_autofree char *tree =
        gh_draw_testing_poppler(pdf, (const char *const[]){"pdfinfo", "-struct", NULL});
    if (tree != NULL)
        g_assert_cmpstr(tree, ==, "Document\n  Figure\n");
}

static void
test_counts(void)
{
    static const char *const SUMMARIES[] = {"One", "Two"};
    static const char *const LINKS[] = {"Nowhere"};
    static const GhPdfSpan FAR[] = {{.cell = 99, .rows = 2, .columns = 1}};
    const struct {
        const char *label;
        GhPdfWords words;
    } cases[] = {
        {"no text for a figure", {.lang = "en"}},
        {"a text too many", {.lang = "en", .alts = ALTS, .n_alts = 2}},
        {"a summary too many",
         {.lang = "en", .alts = ALTS, .n_alts = 1, .summaries = SUMMARIES, .n_summaries = 2}},
        {"a link that is not there",
         {.lang = "en", .alts = ALTS, .n_alts = 1, .links = LINKS, .n_links = 1}},
        {"a cell that is not there",
         {.lang = "en", .alts = ALTS, .n_alts = 1, .spans = FAR, .n_spans = 1}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) pdf = make_pdf();
        g_test_message("%s", cases[i].label);
        g_assert_null(gh_pdf_finish(pdf, &cases[i].words, &error));
        g_assert_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT);
    }
}

static void
test_no_pdf(void)
{
    const GhPdfWords words = {.lang = "en"};
    static const char *const TEXTS[] = {"", "hello", "%PDF-1.5\n%%EOF\n"};

    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = g_bytes_new_static(TEXTS[i], strlen(TEXTS[i]));
        g_assert_null(gh_pdf_finish(bytes, &words, &error));
        g_assert_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pdf/what is painted outside of tags is an artifact", test_artifacts);
    g_test_add_func("/pdf/language, title, alternative texts and time are written", test_words);
    g_test_add_func("/pdf/cells say what they head and how far they reach", test_attributes);
    g_test_add_func("/pdf/without a time there is none in it", test_no_time);
    g_test_add_func("/pdf/the same gives the same bytes", test_same_bytes);
    g_test_add_func("/pdf/it is a sound file", test_check);
    g_test_add_func("/pdf/a fill over the whole page keeps the tags", test_covered);
    g_test_add_func("/pdf/a text more or less than there are places is an error", test_counts);
    g_test_add_func("/pdf/what is no PDF is an error", test_no_pdf);
    return g_test_run();
}
