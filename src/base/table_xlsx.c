/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* table_xlsx.c - a table as a spreadsheet: bold header that stays in sight, numbers as numbers. */

#include "base/clock.h"
#include "base/table_private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    ROWS_MAX = 1048575,  /* 2^20 rows of the format less the header */
    COLUMNS_MAX = 16384, /* 2^14, of the format */
    CELL_MAX = 32767,    /* characters of a text, of the format */
    TITLE_MAX = 31,      /* characters of a sheet's name, of the format */
    WIDTH_MIN = 8,       /* our choice, in characters: narrow columns still show their header */
    WIDTH_MAX = 60,      /* our choice: a long text does not push the others off the screen */
};

struct GhTableXlsx {
    char *path; /* temporary */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    const GhColumn *columns; /* borrowed */
    size_t n_columns;
    glong *widths;     /* [n_columns] longest text so far, in characters */
    lxw_row_t row;     /* the one being written; 0 is the header */
    lxw_error problem; /* the first since the last end of a row */
};

/* A name that the format allows: without []:*?/\ and not too long. */
static char *
sheet_name(const char *title)
{
    g_autofree char *name = g_utf8_substring(title, 0, MIN(g_utf8_strlen(title, -1), TITLE_MAX));

    g_strdelimit(name, "[]:*?/\\'", ' ');
    g_strstrip(name);
    return *name != '\0' ? g_steal_pointer(&name) : g_strdup("Sheet1");
}

static void
note(GhTableXlsx *xlsx, lxw_error problem)
{
    if (xlsx->problem == LXW_NO_ERROR)
        xlsx->problem = problem;
}

static void
widen(GhTableXlsx *xlsx, size_t column, glong width)
{
    xlsx->widths[column] = MAX(xlsx->widths[column], width);
}

static void
write_header(GhTableXlsx *xlsx)
{
    lxw_format *bold = workbook_add_format(xlsx->book);

    format_set_bold(bold);
    for (size_t i = 0; i < xlsx->n_columns; i++) {
        const char *id = xlsx->columns[i].id;
        note(xlsx, worksheet_write_string(xlsx->sheet, 0, (lxw_col_t)i, id, bold));
        widen(xlsx, i, g_utf8_strlen(id, -1) + 1); /* bold is wider */
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    xlsx->row = 1;
}

/* The file's own date, so that a fixed clock gives the same bytes. */
static void
set_properties(GhTableXlsx *xlsx, const char *title)
{
    g_autofree char *copy = g_strdup(title);
    lxw_doc_properties properties = {.title = copy,
                                     .created = (time_t)(gh_clock_now_us() / G_USEC_PER_SEC)};

    note(xlsx, workbook_set_properties(xlsx->book, &properties));
}

GhTableXlsx *
gh_table_xlsx_new(const char *title, const GhColumn *columns, size_t n_columns, GError **error)
{
    g_autoptr(GhTableXlsx) xlsx = g_new0(GhTableXlsx, 1);
    g_autoptr(GError) problem = NULL;
    g_autofree char *name = sheet_name(title);
    g_autofree char *tmpdir = g_strdup(g_get_tmp_dir());
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = tmpdir};

    if (n_columns > COLUMNS_MAX) {
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT,
                    "a spreadsheet has no room for %zu columns, only for %d; CSV and JSON have",
                    n_columns, COLUMNS_MAX);
        return NULL;
    }
    int fd = g_file_open_tmp("guildhall-XXXXXX", &xlsx->path, &problem);
    if (fd < 0) {
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO, "cannot make a spreadsheet: %s",
                    problem->message);
        return NULL;
    }
    (void)close(fd); /* nothing was written; the library opens it again by name */

    xlsx->columns = columns;
    xlsx->n_columns = n_columns;
    xlsx->widths = g_new0(glong, n_columns);
    xlsx->book = workbook_new_opt(xlsx->path, &options);
    xlsx->sheet = xlsx->book != NULL ? workbook_add_worksheet(xlsx->book, name) : NULL;
    if (xlsx->sheet == NULL) {
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO,
                    "cannot make a spreadsheet: no temporary file in %s", tmpdir);
        return NULL;
    }
    set_properties(xlsx, title);
    write_header(xlsx);
    return g_steal_pointer(&xlsx);
}

void
gh_table_xlsx_free(GhTableXlsx *xlsx)
{
    if (xlsx == NULL)
        return;
    lxw_workbook_free(xlsx->book); /* NULL when it was closed */
    if (xlsx->path != NULL)
        (void)g_unlink(xlsx->path); /* a temporary file; nothing to do when it is gone */
    g_free(xlsx->path);
    g_free(xlsx->widths);
    g_free(xlsx);
}

/* The two characters that UTF-8 has and XML has not, replaced; NULL where text has none of them. */
static char *
xml_text(const char *text)
{
    static const char *const not_in_xml[] = {"\uFFFE", "\uFFFF"};
    if (strstr(text, not_in_xml[0]) == NULL && strstr(text, not_in_xml[1]) == NULL)
        return NULL;

    g_autoptr(GString) allowed = g_string_new(text);
    for (size_t i = 0; i < G_N_ELEMENTS(not_in_xml); i++)
        g_string_replace(allowed, not_in_xml[i], "\uFFFD", 0);
    return g_string_free(g_steal_pointer(&allowed), FALSE);
}

void
gh_table_xlsx_text(GhTableXlsx *xlsx, size_t column, const char *text)
{
    if (xlsx->row > ROWS_MAX)
        return;
    g_autofree char *allowed = xml_text(text);
    note(xlsx, worksheet_write_string(xlsx->sheet, xlsx->row, (lxw_col_t)column,
                                      allowed != NULL ? allowed : text, NULL));
    widen(xlsx, column, g_utf8_strlen(text, -1));
}

void
gh_table_xlsx_number(GhTableXlsx *xlsx, size_t column, double value)
{
    static const glong WIDTH_NUMBER = 10; /* shown in the general format, which rounds to fit */

    g_assert(isfinite(value));
    if (xlsx->row > ROWS_MAX)
        return;
    note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, (lxw_col_t)column, value, NULL));
    widen(xlsx, column, WIDTH_NUMBER);
}

static bool
fail_library(lxw_error problem, GError **error)
{
    if (problem == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        g_set_error(
            error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT,
            "a cell of a spreadsheet holds %d characters, and a text is longer; take CSV or "
            "JSON instead",
            CELL_MAX);
    else
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO, "cannot write the spreadsheet: %s",
                    lxw_strerror(problem));
    return false;
}

bool
gh_table_xlsx_end_row(GhTableXlsx *xlsx, GError **error)
{
    lxw_error problem = xlsx->problem;

    xlsx->problem = LXW_NO_ERROR;
    if (problem != LXW_NO_ERROR)
        return fail_library(problem, error);
    if (xlsx->row > ROWS_MAX) {
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT,
                    "a spreadsheet holds %d rows below the header; take CSV instead", ROWS_MAX);
        return false;
    }
    xlsx->row++;
    return true;
}

static bool
copy_to_sink(const char *path, GhTableSink sink, void *sink_data, GError **error)
{
    char piece[32 * 1024];
    size_t n = 0;

    FILE *file = fopen(path, "rbe");
    bool ok = file != NULL;
    int problem = errno;
    while (ok && (n = fread(piece, 1, sizeof piece, file)) > 0)
        if (!sink(piece, n, sink_data, error)) {
            (void)fclose(file); /* only read */
            return false;
        }
    if (ok && ferror(file)) {
        problem = errno;
        ok = false;
    }
    if (file != NULL)
        (void)fclose(file); /* only read */
    if (!ok)
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO,
                    "cannot read the spreadsheet back: %s", g_strerror(problem));
    return ok;
}

bool
gh_table_xlsx_close(GhTableXlsx *xlsx, GhTableSink sink, void *sink_data, GError **error)
{
    static const double PADDING = 1.0; /* characters */

    for (size_t i = 0; i < xlsx->n_columns; i++) {
        double width = (double)CLAMP(xlsx->widths[i], WIDTH_MIN, WIDTH_MAX) + PADDING;
        note(xlsx, worksheet_set_column(xlsx->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL));
    }
    if (xlsx->problem == LXW_NO_ERROR)
        note(xlsx, workbook_close(g_steal_pointer(&xlsx->book)));
    if (xlsx->problem != LXW_NO_ERROR)
        return fail_library(xlsx->problem, error);
    return copy_to_sink(xlsx->path, sink, sink_data, error);
}
