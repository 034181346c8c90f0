/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One table in three forms. */

#include "base/table.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const GhColumn COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},
    {"value", GH_COLUMN_NUMBER},
    {"note", GH_COLUMN_TEXT},
};

/* Three rows with all kinds of cells. */
static void
fill(GhTable *table)
{
    g_autoptr(GError) error = NULL;

    gh_table_text(table, "Karm\xC3\xB8y");
    gh_table_number_if_present(table, 56.25);
    gh_table_text(table, "a, \"b\"");
    g_assert_true(gh_table_end_row(table, &error));
    gh_table_text(table, "=1+1");
    gh_table_int(table, -12);
    gh_table_absent(table);
    g_assert_true(gh_table_end_row(table, &error));
    gh_table_text(table, "Rana & <Mo>");
    gh_table_number_if_present(table, NAN);
    gh_table_text(table, NULL);
    g_assert_true(gh_table_end_row(table, &error));
    g_assert_true(gh_table_close(table, &error));
    g_assert_no_error(error);
}

static GString *
render(GhTableFormat format)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GhTable) table = gh_table_new(format, "Figures: all / 2020", COLUMNS,
                                            G_N_ELEMENTS(COLUMNS), gh_table_sink_string, out);
    fill(table);
    return out;
}

static void
test_csv(void)
{
    g_autoptr(GString) out = render(GH_TABLE_CSV);

    g_assert_cmpstr(out->str, ==,
                    "city,value,note\n"
                    "Karm\xC3\xB8y,56.25,\"a, \"\"b\"\"\"\n"
                    "'=1+1,-12,\n"
                    "Rana & <Mo>,,\n");
}

static void
test_json(void)
{
    g_autoptr(GString) out = render(GH_TABLE_JSON);

    g_assert_cmpstr(out->str, ==,
                    "[{\"city\":\"Karm\xC3\xB8y\",\"value\":56.25,\"note\":\"a, \\\"b\\\"\"},"
                    "{\"city\":\"=1+1\",\"value\":-12,\"note\":null},"
                    "{\"city\":\"Rana & <Mo>\",\"value\":null,\"note\":null}]\n");
}

/* The sheet inside a spreadsheet, unpacked by Python's standard library. */
static char *
unpack(const GString *xlsx, const char *member)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    char *text = NULL;
    int status = 0;
    int fd = g_file_open_tmp("table-XXXXXX", &path, &error);

    g_assert_no_error(error);
    g_assert_true(g_close(fd, NULL));
    g_assert_true(g_file_set_contents(path, xlsx->str, (gssize)xlsx->len, &error));
    const char *const argv[] = {
        "python3",
        "-c",
        "import sys,zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2])"
        ".decode('utf-8'))",
        path,
        member,
        NULL};
    g_autofree char **copy = g_memdup2(argv, sizeof argv);
    g_assert_true(g_spawn_sync(NULL, copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
                               &status, &error));
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(g_unlink(path), ==, 0);
    return text;
}

static void
test_xlsx(void)
{
    g_autoptr(GString) out = render(GH_TABLE_XLSX);
    g_autofree char *sheet = unpack(out, "xl/worksheets/sheet1.xml");
    g_autofree char *book = unpack(out, "xl/workbook.xml");

    g_assert_nonnull(strstr(sheet, "state=\"frozen\""));
    g_assert_nonnull(strstr(sheet, "<c r=\"B2\"><v>56.25</v></c>"));
    g_assert_nonnull(strstr(sheet, "<c r=\"B3\"><v>-12</v></c>"));
    g_assert_nonnull(strstr(sheet, "<c r=\"A3\" t=\"inlineStr\"><is><t>=1+1</t></is></c>"));
    g_assert_nonnull(strstr(sheet, "Rana &amp; &lt;Mo&gt;"));
    g_assert_null(strstr(sheet, "<f>"));
    g_assert_null(strstr(sheet, "r=\"B4\""));
    g_assert_nonnull(strstr(book, "name=\"Figures  all   2020\""));
}

static void
test_xlsx_long_text(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GhTable) table =
        gh_table_new(GH_TABLE_XLSX, "", COLUMNS, 1, gh_table_sink_string, out);
    g_autofree char *text = g_strnfill(32768, 'x'); /* the format holds 32,767 */
    g_autoptr(GError) error = NULL;

    gh_table_text(table, text);
    g_assert_false(gh_table_end_row(table, &error));
    g_assert_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT);
}

static void
test_xlsx_columns(void)
{
    enum {
        N = 16385 /* one more than the format holds */
    };
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree GhColumn *columns = g_new(GhColumn, N);
    g_autoptr(GError) row_error = NULL;
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < N; i++)
        columns[i] = (GhColumn){"a", GH_COLUMN_NUMBER};
    g_autoptr(GhTable) table =
        gh_table_new(GH_TABLE_XLSX, "", columns, N, gh_table_sink_string, out);
    for (size_t i = 0; i < N; i++)
        gh_table_int(table, 1);
    g_assert_false(gh_table_end_row(table, &row_error));
    g_assert_error(row_error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT);
    g_autoptr(GhTable) empty =
        gh_table_new(GH_TABLE_XLSX, "", columns, N, gh_table_sink_string, out);
    g_assert_false(gh_table_close(empty, &error));
    g_assert_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT);
    g_assert_cmpuint(out->len, ==, 0);
}

static void
test_xlsx_rows(void)
{
    enum {
        MOST = 1048575
    };
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GhTable) table =
        gh_table_new(GH_TABLE_XLSX, "", COLUMNS, 1, gh_table_sink_string, out);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < MOST; i++) {
        gh_table_int(table, i);
        g_assert_true(gh_table_end_row(table, &error));
    }
    gh_table_int(table, MOST);
    g_assert_false(gh_table_end_row(table, &error));
    g_assert_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT);
}

static bool
refuse(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    (void)bytes;
    (void)n_bytes;
    (void)data;
    g_set_error_literal(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO, "the reader went away");
    return false;
}

static void
test_sink_fails(void)
{
    for (GhTableFormat format = GH_TABLE_CSV; format <= GH_TABLE_JSON; format++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhTable) table =
            gh_table_new(format, "t", COLUMNS, G_N_ELEMENTS(COLUMNS), refuse, NULL);
        g_assert_false(gh_table_close(table, &error));
        g_assert_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO);
    }
}

static void
test_full_disk(void)
{
    FILE *full = fopen("/dev/full", "w");
    g_autoptr(GError) error = NULL;

    if (full == NULL) {
        g_test_skip("this system has no /dev/full");
        return;
    }
    setvbuf(full, NULL, _IONBF, 0);
    g_assert_false(gh_table_sink_file("abc", 3, full, &error));
    g_assert_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO);
    fclose(full);
}

static void
test_streams(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GhTable) table =
        gh_table_new(GH_TABLE_CSV, "t", COLUMNS, 1, gh_table_sink_string, out);
    g_autofree char *text = g_strnfill(100 * 1024, 'x');

    gh_table_text(table, text);
    g_assert_true(gh_table_end_row(table, NULL));
    g_assert_cmpuint(out->len, >, 100 * 1024);
}

static void
test_formats(void)
{
    GhTableFormat format = GH_TABLE_CSV;

    g_assert_true(gh_table_format_from_text("xlsx", &format));
    g_assert_cmpint(format, ==, GH_TABLE_XLSX);
    g_assert_false(gh_table_format_from_text("pdf", &format));
    g_assert_cmpint(format, ==, GH_TABLE_XLSX);
    g_assert_cmpstr(gh_table_format_text(GH_TABLE_JSON), ==, "json");
    g_assert_cmpstr(gh_table_media_type(GH_TABLE_CSV), ==, "text/csv; charset=utf-8");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/table/CSV guards formulas and quotes", test_csv);
    g_test_add_func("/table/JSON is an array of objects with null for absent cells", test_json);
    g_test_add_func("/table/XLSX has a frozen header, numbers as numbers and no formula",
                    test_xlsx);
    g_test_add_func("/table/a text that XLSX cannot hold is told", test_xlsx_long_text);
    g_test_add_func("/table/XLSX ends at its last row with an error", test_xlsx_rows);
    g_test_add_func("/table/XLSX has room for so many columns, or tells", test_xlsx_columns);
    g_test_add_func("/table/a sink that fails is told in each form", test_sink_fails);
    g_test_add_func("/table/a full disk is told", test_full_disk);
    g_test_add_func("/table/CSV reaches the sink while rows are written", test_streams);
    g_test_add_func("/table/formats have names and media types", test_formats);
    return g_test_run();
}
