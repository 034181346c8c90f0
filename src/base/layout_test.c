/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* layout_test.c - text in columns of a terminal. */
#include "base/layout.h"

static void
test_width(void)
{
    static const struct {
        const char *label, *text;
        size_t want;
    } cases[] = {
        {"nothing", "", 0},
        {"Latin", "abc", 3},
        {"a letter of two bytes", "Ålesund", 7},
        {"a mark of its own combines", "e\u0301", 1},
        {"wide characters take two", "比率", 4},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_cmpuint(gh_layout_width(cases[i].text), ==, cases[i].want);
    }
}

static void
test_columns(void)
{
    static const struct {
        const char *label, *text;
        size_t width;
        const char *left, *right;
    } cases[] = {
        {"shorter", "ab", 4, "ab  ", "  ab"},
        {"just as wide", "abcd", 4, "abcd", "abcd"},
        {"too wide", "abcde", 4, "abc…", "abc…"},
        {"cut before a wide character", "a比率", 4, "a比…", "a比…"},
        {"a wide character that half fits", "比率比", 4, "比… ", "比…"},
        {"no room at all", "ab", 0, "", ""},
        {"what steers the terminal", "a\x1b[m", 4, "a\ufffd[m", "a\ufffd[m"},
        {"what turns the rest of a row around", "\u202Ea\u2067", 4, "\ufffda\ufffd ",
         " \ufffda\ufffd"},
        {"our ranges within Arabic", "\u2066a\u2069", 2, "\u2066a\u2069 ", " \u2066a\u2069"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) left = g_string_new(NULL);
        g_autoptr(GString) right = g_string_new(NULL);
        gh_layout_left(left, cases[i].text, cases[i].width);
        gh_layout_right(right, cases[i].text, cases[i].width);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(left->str, ==, cases[i].left);
        g_assert_cmpstr(right->str, ==, cases[i].right);
    }
}

static void
test_wrap(void)
{
    static const struct {
        const char *label, *text;
        size_t indent, width;
        const char *want;
    } cases[] = {
        {"nothing", "", 2, 10, ""},
        {"one line", "one two", 0, 7, "one two\n"},
        {"broken at blanks", "one two three", 0, 7, "one two\nthree\n"},
        {"each line indented", "one two three", 2, 9, "  one two\n  three\n"},
        {"a word too wide stands alone", "a abcdefghij b", 0, 5, "a\nabcdefghij\nb\n"},
        {"line ends are blanks", "one\ntwo\t three", 0, 20, "one two three\n"},
        {"no-break blanks hold", "one two\u00a0three", 0, 9, "one\ntwo\u00a0three\n"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        gh_layout_wrap(out, cases[i].text, cases[i].indent, cases[i].width);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(out->str, ==, cases[i].want);
    }
}

static void
test_hang(void)
{
    g_autoptr(GString) out = g_string_new("- ");
    gh_layout_hang(out, "one two three", 2, 9);
    g_assert_cmpstr(out->str, ==, "- one two\n  three\n");

    g_string_assign(out, "- ");
    gh_layout_hang(out, "", 2, 9);
    g_assert_cmpstr(out->str, ==, "- \n");
}

static void
test_cell(void)
{
    static const struct {
        const char *label, *text, *want;
    } cases[] = {
        {"shorter", "ab", "- ab  |"},
        {"just as wide", "abcd", "- abcd|"},
        {"too wide", "abcde", "- abcde\n      |"},
        {"wider than the line", "abcdef ghi", "- abcdef\n  ghi\n      |"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new("- ");
        gh_layout_cell(out, cases[i].text, 2, 6, 10);
        g_string_append_c(out, '|');
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(out->str, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/text is as wide as it looks", test_width);
    g_test_add_func("/layout/a column is filled, or ends in an ellipsis", test_columns);
    g_test_add_func("/layout/long text is broken at blanks", test_wrap);
    g_test_add_func("/layout/later lines hang below the first", test_hang);
    g_test_add_func("/layout/a name is never cut off", test_cell);
    return g_test_run();
}
