/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the CSV reader takes, what it refuses, and where it says the fault is. */

#include "base/csv.h"

#include <glib/gstdio.h>
#include <string.h>

/* A reader over a literal, which may hold any bytes. */
#define READ(bytes, error) gh_csv_new("test.csv", (bytes), sizeof(bytes) - 1, (error))

/* All rows as "line:field|field" joined by a space. */
static char *
read_rows(GhCsv *csv)
{
    GString *rows = g_string_new(NULL);
    bool row = false;

    while (true) {
        g_autoptr(GError) error = NULL;
        bool ok = gh_csv_next(csv, &row, &error);
        g_assert_no_error(error);
        if (!ok || !row)
            return g_string_free(rows, FALSE);
        g_string_append_printf(rows, "%s%zu:", rows->len > 0 ? " " : "", gh_csv_line(csv));
        for (size_t i = 0; i < gh_csv_n_columns(csv); i++)
            g_string_append_printf(rows, "%s%s", i > 0 ? "|" : "", gh_csv_field(csv, i));
    }
}

static const struct {
    const char *label;
    const char *text;
    char separator;
    const char *want;
} taken[] = {
    {"header alone", "a,b", ',', ""},
    {"one row without a line break at the end", "a,b\n1,2", ',', "2:1|2"},
    {"one column", "a\n1\n2\n", ',', "2:1 3:2"},
    {"CR LF", "a,b\r\n1,2\r\n3,4\r\n", ',', "2:1|2 3:3|4"},
    {"lone CR", "a,b\r1,2\r3,4\r", ',', "2:1|2 3:3|4"},
    {"mixed line breaks", "a,b\n1,2\r\n3,4\r5,6", ',', "2:1|2 3:3|4 4:5|6"},
    {"blank lines count but are passed", "\n\na,b\n\n1,2\n \t \n\r\n3,4\n\n", ',', "5:1|2 8:3|4"},
    {"rows of separators only are passed", "a;b\n;\n;;;\n1;2\n;\n", ';', "4:1|2"},
    {"semicolon", "a;b;c,d\n1;2;3,5\n", ';', "2:1|2|3,5"},
    {"tab", "a\tb\n1\t2\n", '\t', "2:1|2"},
    {"tab with empty fields at both ends", "a\tb\tc\n\t1\t\n", '\t', "2:|1|"},
    {"separators inside quotes do not count", "\"a;b;c\",d\n1,2\n", ',', "2:1|2"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     ',', "2:1|2"},
    {"blanks around a field go", "a , b\n  1 ,\t2\t\n", ',', "2:1|2"},
    {"blanks inside quotes stay", "a,b\n\" 1 \", \"2 \"\n", ',', "2: 1 |2 "},
    {"doubled quotes", "a,b\n\"say \"\"hi\"\"\",\"\"\n", ',', "2:say \"hi\"|"},
    {"a line break inside quotes", "a,b\n\"1\n2\",3\n4,5\n", ',', "2:1\n2|3 4:4|5"},
    {"CR LF inside quotes stays as it is", "a,b\n\"1\r\n2\",3\r\n4,5", ',', "2:1\r\n2|3 4:4|5"},
    {"an apostrophe before a formula goes", "a,b\n'=1+1,'-5\n", ',', "2:=1+1|-5"},
    {"only one apostrophe goes", "a,b\n''=1,'''@\n", ',', "2:'=1|''@"},
    {"other apostrophes stay", "a,b\n'tHart,'\n", ',', "2:'tHart|'"},
    {"text of all scripts", "a,b\nKarm\xC3\xB8y,\xE6\x9D\xB1\xE4\xBA\xAC\n", ',',
     "2:Karm\xC3\xB8y|\xE6\x9D\xB1\xE4\xBA\xAC"},
};

static void
test_taken(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(taken); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhCsv) csv = gh_csv_new("test.csv", taken[i].text, strlen(taken[i].text), &error);
        g_test_message("%s", taken[i].label);
        g_assert_no_error(error);
        g_assert_cmpint(gh_csv_separator(csv), ==, taken[i].separator);
        g_autofree char *got = read_rows(csv);
        g_assert_cmpstr(got, ==, taken[i].want);
        g_assert_cmpfloat(gh_csv_progress(csv), ==, 1.0);
    }
}

#define CASE(label, text, code, line, reason)                                                      \
    {                                                                                              \
        label, text, sizeof(text) - 1, code, line, reason                                          \
    }
static const struct {
    const char *label;
    const char *bytes;
    size_t n_bytes;
    GhCsvError code;
    size_t line;
    const char *reason; /* a part of it */
} refused[] = {
    CASE("empty file", "", GH_CSV_ERROR_EMPTY, 0, "is empty"),
    CASE("byte order mark alone", "\xEF\xBB\xBF", GH_CSV_ERROR_EMPTY, 0, "is empty"),
    CASE("blank lines alone", "\n \r\n", GH_CSV_ERROR_EMPTY, 0, "is empty"),
    CASE("UTF-16 with a mark",
         "\xFF\xFE"
         "a\0,\0b\0",
         GH_CSV_ERROR_ENCODING, 0, "UTF-16"),
    CASE("UTF-16, big end first", "\xFE\xFF\0a\0,", GH_CSV_ERROR_ENCODING, 0, "UTF-16"),
    CASE("UTF-16 without a mark", "a\0,\0b\0\n\0", GH_CSV_ERROR_ENCODING, 0, "UTF-16"),
    CASE("a spreadsheet file", "PK\x03\x04\x14\x00\x06\x00", GH_CSV_ERROR_ENCODING, 0, "xlsx"),
    CASE("Latin-1 in a row", "a,b\n1,2\nKarm\xF8y,3\n", GH_CSV_ERROR_ENCODING, 3, "0xF8"),
    CASE("Latin-1 behind lone CR", "a,b\r1,2\rKarm\xF8y,3\r", GH_CSV_ERROR_ENCODING, 3, "0xF8"),
    CASE("random bytes", "\x8F\x01\x7F\xC2\xC2", GH_CSV_ERROR_ENCODING, 1, "0x8F"),
    CASE("overlong UTF-8", "a\xC0\xAF\n", GH_CSV_ERROR_ENCODING, 1, "0xC0"),
    CASE("NUL byte", "a,b\nx\0y,2\n", GH_CSV_ERROR_FORM, 2, "NUL"),
    CASE("column without a name", "a,,b\n", GH_CSV_ERROR_HEADER, 1, "column 2"),
    CASE("column named twice", "a,b, A\n", GH_CSV_ERROR_HEADER, 1, "twice"),
    CASE("open quote in the header", "a,\"b\n1,2\n", GH_CSV_ERROR_FORM, 1, "never closed"),
};

static void
test_refused(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhCsv) csv = gh_csv_new("test.csv", refused[i].bytes, refused[i].n_bytes, &error);
        g_test_message("%s: %s", refused[i].label, error != NULL ? error->message : "was taken");
        g_assert_null(csv);
        g_assert_error(error, GH_CSV_ERROR, (int)refused[i].code);
        GhCsvErrorParts parts = gh_csv_error_parts(error);
        g_assert_cmpuint(parts.line, ==, refused[i].line);
        g_assert_nonnull(strstr(parts.reason, refused[i].reason));
        g_assert_cmpstr(parts.remedy, !=, "");
        g_assert_true(g_str_has_prefix(error->message, "test.csv"));
    }
}

static void
test_wrong_count(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhCsv) csv = READ("a,b\n1\n2,3,4\n5,6\n", &error);
    bool row = false;

    g_assert_no_error(error);
    g_assert_false(gh_csv_next(csv, &row, &error));
    g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_FIELDS);
    g_assert_cmpstr(error->message, ==,
                    "test.csv, line 2: has 1 field, the header has 2; add the missing separators");
    g_clear_error(&error);
    g_assert_false(gh_csv_next(csv, &row, &error));
    g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_FIELDS);
    g_assert_cmpuint(gh_csv_line(csv), ==, 3);
    g_clear_error(&error);
    g_autofree char *rest = read_rows(csv);
    g_assert_cmpstr(rest, ==, "4:5|6");
}

static const struct {
    const char *label;
    const char *text;
    size_t line;
    const char *reason;
} broken[] = {
    {"text behind a closing quote", "a,b\n1,2\n\"3\"x,4\n5,6\n", 3,
     "has a quote inside or behind a field"},
    {"a quote inside a field", "a,b\n5\" pipe,2\n", 2, "has a quote inside or behind a field"},
    {"a quote that is never closed", "a,b\n1,2\n\"3,4\n5,6\n", 3,
     "has a quote that is never closed"},
    {"a stray quote that meets another lines later", "a,b\n\"1,2\n3,4\n5,\"6\n", 4,
     "has a quote inside or behind a field (the row began on line 2)"},
};

static void
test_broken(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhCsv) csv = gh_csv_new("t", broken[i].text, strlen(broken[i].text), &error);
        bool row = true;
        g_test_message("%s", broken[i].label);
        g_assert_no_error(error);
        while (gh_csv_next(csv, &row, &error))
            g_assert_true(row);
        g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_FORM);
        g_assert_cmpuint(gh_csv_error_parts(error).line, ==, broken[i].line);
        g_assert_cmpstr(gh_csv_error_parts(error).reason, ==, broken[i].reason);
        g_assert_true(gh_csv_next(csv, &row, NULL));
        g_assert_false(row);
    }
}

/* A file with one row of one field of n bytes, quoted or not. */
static void
check_field_limit(size_t n, const char *quote, bool want)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *field = g_strnfill(n, 'x');
    g_autofree char *text = g_strconcat("a\n", quote, field, quote, "\n", NULL);
    g_autoptr(GhCsv) csv = gh_csv_new("t", text, strlen(text), &error);
    bool row = false;

    g_assert_no_error(error);
    g_assert_true(gh_csv_next(csv, &row, &error) == want);
    if (want)
        g_assert_cmpuint(strlen(gh_csv_field(csv, 0)), ==, n);
    else
        g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_LIMIT);
}

static void
test_limits(void)
{
    check_field_limit(GH_CSV_MAX_FIELD_BYTES, "", true);
    check_field_limit(GH_CSV_MAX_FIELD_BYTES, "\"", true);
    check_field_limit(GH_CSV_MAX_FIELD_BYTES + 1, "", false);
    check_field_limit(GH_CSV_MAX_FIELD_BYTES + 1, "\"", false);
    check_field_limit(GH_CSV_MAX_FIELD_BYTES * 4, "", false);
    check_field_limit(GH_CSV_MAX_FIELD_BYTES * 4, "\"", false);
}

static GhCsv *
read_columns(size_t n, GError **error)
{
    g_autoptr(GString) header = g_string_new("c0");

    for (size_t i = 1; i < n; i++)
        g_string_append_printf(header, ",c%zu", i);
    return gh_csv_new("t", header->str, header->len, error);
}

static void
test_column_limit(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhCsv) most = read_columns(GH_CSV_MAX_COLUMNS, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_csv_n_columns(most), ==, GH_CSV_MAX_COLUMNS);

    g_autoptr(GhCsv) more = read_columns(GH_CSV_MAX_COLUMNS + 1, &error);
    g_assert_null(more);
    g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_LIMIT);
}

static void
test_columns(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhCsv) csv = READ("City,\" data_point_id \",value\n", &error);

    g_assert_no_error(error);
    g_assert_cmpstr(gh_csv_column(csv, 0), ==, "City");
    g_assert_cmpstr(gh_csv_column(csv, 1), ==, "data_point_id");
    g_assert_cmpint(gh_csv_find_column(csv, "city"), ==, 0);
    g_assert_cmpint(gh_csv_find_column(csv, "VALUE"), ==, 2);
    g_assert_cmpint(gh_csv_find_column(csv, "val"), ==, -1);
    g_assert_cmpuint(gh_csv_line(csv), ==, 1);
    g_assert_cmpstr(gh_csv_name(csv), ==, "test.csv");
}

static void
test_path(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("csv-XXXXXX", &path, &error);

    g_assert_no_error(error);
    g_assert_true(g_close(fd, NULL));
    g_assert_true(g_file_set_contents(path, "a,b\n1,2\n", -1, &error));
    g_autoptr(GhCsv) csv = gh_csv_new_path(path, &error);
    g_assert_no_error(error);
    g_autofree char *rows = read_rows(csv);
    g_assert_cmpstr(rows, ==, "2:1|2");

    g_assert_true(g_file_set_contents(path, "", 0, &error));
    g_autoptr(GhCsv) empty = gh_csv_new_path(path, &error);
    g_assert_null(empty);
    g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_EMPTY);
    g_clear_error(&error);

    g_assert_cmpint(g_unlink(path), ==, 0);
    g_autoptr(GhCsv) absent = gh_csv_new_path(path, &error);
    g_assert_null(absent);
    g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_IO);
    g_clear_error(&error);

    g_autoptr(GhCsv) folder = gh_csv_new_path(g_get_tmp_dir(), &error);
    g_assert_null(folder);
    g_assert_error(error, GH_CSV_ERROR, GH_CSV_ERROR_IO);
}

/* Told, not judged: the machine may be busy. */
static void
test_speed(void)
{
    enum {
        ROWS = 1000000
    };
    g_autoptr(GString) text = g_string_new("city,year,data_point_id,value,unit\n");
    bool row = true;
    size_t n = 0;

    for (int i = 0; i < ROWS; i++)
        g_string_append_printf(text, "city-%05d,2020,ec.ict.ict.%dc.value,%d.%d,%%\n", i / 100,
                               i % 100, i % 97, i % 10);
    g_test_timer_start();
    g_autoptr(GhCsv) csv = gh_csv_new("t", text->str, text->len, NULL);
    while (gh_csv_next(csv, &row, NULL) && row)
        n++;
    double seconds = g_test_timer_elapsed();
    g_assert_cmpuint(n, ==, ROWS);
    g_test_maximized_result(ROWS / seconds, "%.2f million rows a second", ROWS / seconds / 1e6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/the tables of people and spreadsheets are read, each row with its line",
                    test_taken);
    g_test_add_func("/csv/what is not a table of UTF-8 text is refused with place and remedy",
                    test_refused);
    g_test_add_func("/csv/a row with a wrong number of fields is told and the next one is read",
                    test_wrong_count);
    g_test_add_func("/csv/a quote in a wrong place ends the reading and names the line",
                    test_broken);
    g_test_add_func("/csv/a field of 256 kB is read and one byte more is refused", test_limits);
    g_test_add_func("/csv/1024 columns are read and one more is refused", test_column_limit);
    g_test_add_func("/csv/columns are found by name in any case", test_columns);
    g_test_add_func("/csv/a file is read, an empty, absent or unreadable one is told", test_path);
    if (g_test_perf())
        g_test_add_func("/csv/a million rows are read quickly", test_speed);
    return g_test_run();
}
