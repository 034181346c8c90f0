/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_read_test.c - values out of JSON, and what is told about them. */
#include "base/json_read.h"

#include <string.h>

static const char TEXT[] = "{\n"
                           "  \"name\": \"A\",\n"
                           "  \"list\": [\n"
                           "    {\"size\": 1},\n"
                           "    {\"size\":\n"
                           "       \"two\"}\n"
                           "  ]\n"
                           "}\n";

typedef struct {
    GhJsonReader reader;
    GStringChunk *texts;
    GhFaults *faults;
    json_t *root;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer text)
{
    fixture->texts = g_string_chunk_new(64);
    fixture->faults = gh_faults_new();
    fixture->root = gh_json_read_open(&fixture->reader, "a.json", text, strlen(text),
                                      fixture->texts, fixture->faults);
}

static void
tear_down(Fixture *fixture, gconstpointer text)
{
    (void)text;
    gh_json_read_clear(&fixture->reader);
    json_decref(fixture->root);
    gh_faults_free(fixture->faults);
    g_string_chunk_free(fixture->texts);
}

static void
check_fault(const Fixture *fixture, size_t index, const char *want)
{
    g_assert_cmpuint(gh_faults_n_listed(fixture->faults), >, index);
    g_autofree char *got =
        gh_fault_format(gh_faults_peek(fixture->faults, index), gh_lang_source());
    g_assert_cmpstr(got, ==, want);
}

static void
test_lines(Fixture *fixture, gconstpointer text)
{
    (void)text;
    static const struct {
        const char *path;
        size_t line;
    } cases[] = {
        {"", 1},
        {"name", 2},
        {"list", 3},
        {"list[0].size", 4},
        {"list[1].size", 6},
        {"list[1].x", 5},
        {"list[7].size", 3},
        {"other", 1},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(gh_json_read_line(&fixture->reader, cases[i].path), ==, cases[i].line);
}

static void
test_kinds(Fixture *fixture, gconstpointer text)
{
    (void)text;
    double size = 7;
    GhJsonReader *reader = &fixture->reader;
    json_t *list = gh_json_read_array(reader, fixture->root, "", "list", GH_JSON_NEEDED, 2);

    g_assert_true(gh_json_read_number(reader, json_array_get(list, 0), "list[0]", "size",
                                      GH_JSON_NEEDED, &size));
    g_assert_cmpfloat(size, ==, 1);
    g_assert_cmpuint(gh_faults_n_errors(fixture->faults), ==, 0);
    g_assert_false(gh_json_read_number(reader, json_array_get(list, 1), "list[1]", "size",
                                       GH_JSON_NEEDED, &size));
    g_assert_cmpfloat(size, ==, 1);
    check_fault(fixture, 0,
                "a.json, line 6, column list[1].size: is a text; write a number, without quotes");
    g_assert_null(gh_json_read_array(reader, fixture->root, "", "list", GH_JSON_NEEDED, 1));
    check_fault(fixture, 1, "a.json, line 3, column list: is too long; write at most 1");
    g_assert_cmpstr(gh_json_read_text(reader, fixture->root, "", "nme", GH_JSON_NEEDED), ==, "");
    check_fault(fixture, 2, "a.json, line 1, column nme: is missing; add it: a text in quotes");
}

static void
test_keys(Fixture *fixture, gconstpointer text)
{
    (void)text;
    static const char *const KEYS[] = {"names", "list", NULL};

    g_assert_true(gh_json_read_object(&fixture->reader, fixture->root, "", KEYS) == fixture->root);
    check_fault(fixture, 0,
                "a.json, line 2, column name: is not a key of this file; did you mean names?");
}

static void
test_twice(Fixture *fixture, gconstpointer text)
{
    (void)text;
    g_assert_null(fixture->root);
    check_fault(fixture, 0,
                "a.json, line 1, column 12: is not JSON: duplicate object key near '\"a\"'; look "
                "for a missing comma, quote or bracket there or just before");
}

/* Found by fuzzing: the library read on behind it, and the search for lines did not end. */
static void
test_nul(void)
{
    static const char NUL[] = "{\"a\": [null\0 , 1]}";
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GStringChunk) texts = g_string_chunk_new(64);
    g_auto(GhJsonReader) reader = {.file = NULL};

    g_assert_null(gh_json_read_open(&reader, "a.json", NUL, sizeof NUL - 1, texts, faults));
    g_assert_cmpstr(gh_faults_peek(faults, 0)->reason, ==, "has a NUL byte");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/json read/a value has a line, what is missing that of its object", Fixture, TEXT,
               set_up, test_lines, tear_down);
    g_test_add("/json read/a value of another kind is told and left", Fixture, TEXT, set_up,
               test_kinds, tear_down);
    g_test_add("/json read/an unknown key is told with the nearest one", Fixture, TEXT, set_up,
               test_keys, tear_down);
    g_test_add("/json read/a key given twice is refused", Fixture, "{\"a\": 1, \"a\": 2}", set_up,
               test_twice, tear_down);
    g_test_add_func("/json read/a NUL byte is refused", test_nul);
    return g_test_run();
}
