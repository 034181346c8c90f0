/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_tags_test.c - tags, metadata and languages of documents. All data is invented. */
#include "draw/document/document.h"

#include <jansson.h>
#include <string.h>

#include "draw/document/document_testing.h"
#include "draw/draw_testing.h"
#include "draw/font.h"

/* -- tags and metadata -- */

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
    g_autoptr(GBytes) pdf = gh_document_testing_write(gh_document_testing_sample("en"));
    g_autofree char *tree = gh_draw_testing_poppler(pdf, TOOL);
    if (tree == NULL)
        return;

    g_autoptr(GRegex) objects = g_regex_new("Object \\d+ \\d+", 0, 0, NULL);
    g_autofree char *plain = g_regex_replace_literal(objects, tree, -1, 0, "Object N", 0, NULL);
    assert_golden("document/golden/tags.txt", plain);
}

static void
assert_values(const json_t *json, const char *key, const char *want)
{
    g_autoptr(GString) found = g_string_new(NULL);
    gh_document_testing_gather(json_object_get(json, "qpdf"), key, found);
    g_assert_cmpstr(found->str, ==, want);
}

static void
test_metadata(void)
{
    g_autoptr(GBytes) pdf = gh_document_testing_write(gh_document_testing_sample("en"));
    json_t *json = gh_document_testing_json(pdf);
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
    gh_document_testing_assert_has(info, "Title:           Annual report\n");
    gh_document_testing_assert_has(info, "Tagged:          yes\n");
}

static void
test_alts(void)
{
    g_autoptr(GBytes) pdf = gh_document_testing_write(gh_document_testing_sample("en"));
    g_autoptr(GString) alts = g_string_new(NULL);
    json_t *json = gh_document_testing_json(pdf);
    if (json == NULL)
        return;

    gh_document_testing_gather(json_object_get(json, "qpdf"), "/Alt", alts);
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
    g_autoptr(GBytes) pdf = gh_document_testing_write(gh_document_testing_sample("en"));
    json_t *json = gh_document_testing_json(pdf);
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
        GhDocument *document = gh_document_testing_sample(TAGS[i]);
        gh_document_paragraph(document, GH_PARAGRAPH_BODY,
                              "Riyadh \xD8\xA7\xD9\x84\xD8\xB1\xD9\x8A\xD8\xA7\xD8\xB6 "
                              "\xE4\xB8\x8A\xE6\xB5\xB7 "
                              "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0");
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        static const char *const TOOL[] = {"pdffonts", NULL};
        g_autofree char *fonts = gh_draw_testing_poppler(pdf, TOOL);
        if (fonts == NULL)
            return;

        g_auto(GStrv) lines = g_strsplit(g_strchomp(fonts), "\n", -1);
        g_assert_cmpuint(g_strv_length(lines), >, 4);
        for (size_t line = 2; lines[line] != NULL; line++) {
            gh_document_testing_assert_has(lines[line], "+Noto");
            gh_document_testing_assert_has(lines[line], " yes yes yes ");
        }
    }
}

static void
test_scripts(void)
{
    static const char TEXT[] = "\xE4\xB8\x8A\xE6\xB5\xB7 "
                               "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 "
                               "first efficient office";
    GhDocument *document = gh_document_testing_new("en");
    gh_document_paragraph(document, GH_PARAGRAPH_BODY, TEXT);
    g_autoptr(GBytes) pdf = gh_document_testing_write(document);
    g_auto(GStrv) pages = gh_document_testing_pages(pdf);
    if (pages != NULL)
        gh_document_testing_assert_has(pages[0], TEXT);
}

static void
test_mirrored(void)
{
    double first[2], second[2], number[2], heading[2];
    static const char *const TAGS[] = {"en", "ar"};

    for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++) {
        GhDocument *document = gh_document_testing_new(TAGS[i]);
        gh_document_heading(document, 1, "Aheading");
        gh_document_testing_begin_table(document);
        gh_document_table_row(document);
        gh_document_cell(document, "firstcell");
        gh_document_cell(document, "secondcell");
        gh_document_cell(document, "999.5");
        gh_document_end_table(document);
        g_autoptr(GBytes) pdf = gh_document_testing_write(document);
        static const char *const TOOL[] = {"pdftotext", "-bbox", NULL};
        g_autofree char *boxes = gh_draw_testing_poppler(pdf, TOOL);
        if (boxes == NULL)
            return;
        first[i] = gh_document_testing_left_of(boxes, "firstcell");
        second[i] = gh_document_testing_left_of(boxes, "secondcell");
        number[i] = gh_document_testing_left_of(boxes, "999.5");
        heading[i] = gh_document_testing_left_of(boxes, "Aheading");
    }
    g_assert_cmpfloat(first[0], <, second[0]);
    g_assert_cmpfloat(second[0], <, number[0]);
    g_assert_cmpfloat(first[1], >, second[1]);
    g_assert_cmpfloat(second[1], >, number[1]);
    g_assert_cmpfloat(heading[0], <, 100);
    g_assert_cmpfloat(heading[1], >, 300);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func("/document/" name, function)
    TEST("tags follow the reading order", test_tags);
    TEST("language, author, time and links are written", test_metadata);
    TEST("figures and marks have their alternative texts", test_alts);
    TEST("bookmarks follow the headings", test_bookmarks);
    TEST("all fonts are embedded, as subsets", test_fonts);
    TEST("text comes out as it went in", test_scripts);
    TEST("right-to-left languages are mirrored", test_mirrored);
    int status = g_test_run();
    gh_font_forget();
    return status;
}
