/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* table.c - rows of cells into CSV and JSON; XLSX is table_xlsx.c. */

#include "base/csv.h"
#include "base/json_writer.h"
#include "base/table_private.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
G_DEFINE_QUARK(gh-table-error-quark, gh_table_error)
/* clang-format on */

/* Bytes kept back before the sink is called, so that it is not called for each cell. */
enum {
    HELD_BYTES = 64 * 1024
};

struct GhTable {
    GhTableFormat format;
    const GhColumn *columns; /* borrowed */
    size_t n_columns;
    size_t next; /* column of the next cell */
    GhTableSink sink;
    void *sink_data;
    GString *held; /* CSV and JSON text not yet given to the sink */
    GhJson json;
    GhTableXlsx *xlsx;  /* NULL for the others */
    GError *open_error; /* why xlsx is NULL for XLSX; told at the first row or the close */
    bool closed;
};

static void
write_header(GhTable *table)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (i > 0)
            g_string_append_c(table->held, ',');
        gh_csv_write_text(table->held, table->columns[i].id);
    }
    g_string_append_c(table->held, '\n');
}

GhTable *
gh_table_new(GhTableFormat format, const char *title, const GhColumn *columns, size_t n_columns,
             GhTableSink sink, void *sink_data)
{
    GhTable *table = g_new0(GhTable, 1);

    g_assert(n_columns > 0);
    table->format = format;
    table->columns = columns;
    table->n_columns = n_columns;
    table->sink = sink;
    table->sink_data = sink_data;
    table->held = g_string_new(NULL);
    gh_json_init(&table->json, table->held);

    switch (format) {
    case GH_TABLE_CSV:
        write_header(table);
        break;
    case GH_TABLE_JSON:
        gh_json_begin_array(&table->json);
        break;
    case GH_TABLE_XLSX:
        table->xlsx = gh_table_xlsx_new(title, columns, n_columns, &table->open_error);
        break;
    }
    return table;
}

void
gh_table_free(GhTable *table)
{
    if (table == NULL)
        return;
    gh_table_xlsx_free(table->xlsx);
    g_clear_error(&table->open_error);
    g_string_free(table->held, TRUE);
    g_free(table);
}

/* What stands before each cell; returns its column. */
static size_t
begin_cell(GhTable *table)
{
    size_t column = table->next++;

    g_assert(column < table->n_columns);
    if (table->format == GH_TABLE_JSON) {
        if (column == 0)
            gh_json_begin_object(&table->json);
        gh_json_key(&table->json, table->columns[column].id);
    } else if (table->format == GH_TABLE_CSV && column > 0) {
        g_string_append_c(table->held, ',');
    }
    return column;
}

void
gh_table_text(GhTable *table, const char *text)
{
    if (text == NULL) {
        gh_table_absent(table);
        return;
    }

    size_t column = begin_cell(table);
    switch (table->format) {
    case GH_TABLE_CSV:
        gh_csv_write_text(table->held, text);
        break;
    case GH_TABLE_JSON:
        gh_json_text(&table->json, text);
        break;
    case GH_TABLE_XLSX:
        if (table->xlsx != NULL)
            gh_table_xlsx_text(table->xlsx, column, text);
        break;
    }
}

void
gh_table_number(GhTable *table, double value)
{
    size_t column = begin_cell(table);

    switch (table->format) {
    case GH_TABLE_CSV:
        gh_csv_write_number(table->held, value);
        break;
    case GH_TABLE_JSON:
        gh_json_number(&table->json, value);
        break;
    case GH_TABLE_XLSX:
        if (table->xlsx != NULL)
            gh_table_xlsx_number(table->xlsx, column, value);
        break;
    }
}

void
gh_table_int(GhTable *table, int64_t value)
{
    static const int64_t EXACT = INT64_C(1) << 53; /* whole numbers a double holds exactly */

    g_assert(value >= -EXACT && value <= EXACT);
    gh_table_number(table, (double)value);
}

void
gh_table_absent(GhTable *table)
{
    (void)begin_cell(table);
    if (table->format == GH_TABLE_JSON)
        gh_json_null(&table->json);
}

void
gh_table_number_if_present(GhTable *table, double value)
{
    if (isnan(value))
        gh_table_absent(table);
    else
        gh_table_number(table, value);
}

static bool
flush(GhTable *table, GError **error)
{
    if (table->held->len == 0)
        return true;
    if (!table->sink(table->held->str, table->held->len, table->sink_data, error))
        return false;

    g_string_truncate(table->held, 0);
    return true;
}

static bool
check_open(const GhTable *table, GError **error)
{
    if (table->open_error == NULL)
        return true;
    g_propagate_error(error, g_error_copy(table->open_error));
    return false;
}

bool
gh_table_end_row(GhTable *table, GError **error)
{
    g_assert(table->next == table->n_columns && !table->closed);
    table->next = 0;

    switch (table->format) {
    case GH_TABLE_CSV:
        g_string_append_c(table->held, '\n');
        break;
    case GH_TABLE_JSON:
        gh_json_end_object(&table->json);
        break;
    case GH_TABLE_XLSX:
        return check_open(table, error) && gh_table_xlsx_end_row(table->xlsx, error);
    }
    return table->held->len < HELD_BYTES || flush(table, error);
}

bool
gh_table_close(GhTable *table, GError **error)
{
    g_assert(table->next == 0 && !table->closed);
    table->closed = true;

    if (table->format == GH_TABLE_XLSX)
        return check_open(table, error)
               && gh_table_xlsx_close(table->xlsx, table->sink, table->sink_data, error);
    if (table->format == GH_TABLE_JSON) {
        gh_json_end_array(&table->json);
        g_string_append_c(table->held, '\n');
    }
    return flush(table, error);
}

bool
gh_table_sink_string(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    (void)error; /* memory does not fail */
    g_string_append_len(data, bytes, (gssize)n_bytes);
    return true;
}

bool
gh_table_sink_file(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    if (fwrite(bytes, 1, n_bytes, data) == n_bytes)
        return true;
    g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO, "cannot write: %s", g_strerror(errno));
    return false;
}

/* The three formats, in the order of the enum. */
static const struct {
    const char *text;
    const char *media_type;
} FORMATS[] = {
    [GH_TABLE_CSV] = {"csv", "text/csv; charset=utf-8"},
    [GH_TABLE_XLSX] = {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    [GH_TABLE_JSON] = {"json", "application/json"},
};

bool
gh_table_format_from_text(const char *text, GhTableFormat *ret_format)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FORMATS); i++)
        if (strcmp(FORMATS[i].text, text) == 0) {
            *ret_format = (GhTableFormat)i;
            return true;
        }
    return false;
}

const char *
gh_table_format_text(GhTableFormat format)
{
    return FORMATS[format].text;
}

const char *
gh_table_media_type(GhTableFormat format)
{
    return FORMATS[format].media_type;
}
