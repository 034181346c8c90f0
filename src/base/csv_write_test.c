/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is written comes back, and no spreadsheet takes it for a formula. */

#include "base/csv.h"

#include <string.h>

static const struct {
    const char *label;
    const char *text;
    const char *want;
} cases[] = {
    {"plain", "Rana", "Rana"},
    {"empty", "", ""},
    {"comma", "a,b", "\"a,b\""},
    {"semicolon, which some countries' spreadsheets split at", "a;b", "\"a;b\""},
    {"quote", "5\" pipe", "\"5\"\" pipe\""},
    {"line break", "a\nb", "\"a\nb\""},
    {"blank in front", " a", "\" a\""},
    {"blank behind", "a ", "\"a \""},
    {"equals sign", "=1+1", "'=1+1"},
    {"plus sign", "+47 123", "'+47 123"},
    {"minus sign", "-", "'-"},
    {"at sign", "@SUM(A1)", "'@SUM(A1)"},
    {"tab in front", "\t=1", "\"'\t'=1\""},
    {"carriage return in front", "\r=1", "\"'\r'=1\""},
    {"guarded already", "'=1", "''=1"},
    {"formula in full width", "\uFF1D1", "'\uFF1D1"},
    {"formula behind a semicolon", "a;=1;b", "\"a;'=1;b\""},
    {"formula behind a line break", "a\n'+1", "\"a\n''+1\""},
    {"formula with a comma", "=A1,B1", "\"'=A1,B1\""},
    {"apostrophe of a name", "'t Hart", "'t Hart"},
};

static void
test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        gh_csv_write_text(line, cases[i].text);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(line->str, ==, cases[i].want);
    }
}

static void
test_number(void)
{
    g_autoptr(GString) line = g_string_new(NULL);

    gh_csv_write_number(line, -3.5);
    g_assert_cmpstr(line->str, ==, "-3.5");
}

/* Mostly the characters that mean something somewhere. */
static char *
random_text(GRand *rand)
{
    static const char *const PIECES[] = {
        "'", "=",  "+", "-", "@",        "\t",           "\r", "\n", " ",  ",",
        ";", "\"", "a", "1", "\xC3\xB8", "\xEF\xBB\xBF", "x",  ".",  "\\", "|"};
    GString *text = g_string_new(NULL);
    int n = g_rand_int_range(rand, 0, 9);

    for (int i = 0; i < n; i++)
        g_string_append(text, PIECES[g_rand_int_range(rand, 0, G_N_ELEMENTS(PIECES))]);
    return g_string_free(text, FALSE);
}

static void
write_table(GString *file, GRand *rand, GPtrArray *texts, int n_rows, const char *line_break)
{
    g_string_append_printf(file, "key,a,b%s", line_break);
    for (int i = 0; i < n_rows; i++) {
        g_string_append_printf(file, "%d", i);
        for (int column = 0; column < 2; column++) {
            char *text = random_text(rand);
            g_string_append_c(file, ',');
            gh_csv_write_text(file, text);
            g_ptr_array_add(texts, text);
        }
        g_string_append(file, line_break);
    }
}

static void
check_round_trip(guint32 seed, const char *line_break)
{
    enum {
        ROWS = 20000
    };
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autoptr(GString) file = g_string_new(NULL);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    bool row = false;

    write_table(file, rand, texts, ROWS, line_break);
    g_autoptr(GhCsv) csv = gh_csv_new("t", file->str, file->len, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < ROWS; i++) {
        bool ok = gh_csv_next(csv, &row, &error);
        g_assert_no_error(error);
        g_assert_true(ok && row);
        g_assert_cmpstr(gh_csv_field(csv, 1), ==, texts->pdata[2 * i]);
        g_assert_cmpstr(gh_csv_field(csv, 2), ==, texts->pdata[2 * i + 1]);
    }
    g_assert_true(gh_csv_next(csv, &row, &error));
    g_assert_false(row);
}

static void
test_round_trip(void)
{
    check_round_trip(1, "\n");
    check_round_trip(2, "\r\n");
    check_round_trip(3, "\r");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv write/fields are quoted and guarded only where needed", test_cases);
    g_test_add_func("/csv write/a negative number is no formula", test_number);
    g_test_add_func("/csv write/any text written comes back the same", test_round_trip);
    return g_test_run();
}
