/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* table.h - one table, three ways out: CSV, XLSX and JSON.
 *
 * Every export and every download of the program goes through here, so that they all look alike.
 *
 * Shapes    Columns are declared once; cells are then given row by row, in column order.
 * Ownership Texts are copied. The sink belongs to the caller.
 * Errors    GH_TABLE_ERROR: the sink failed, or a row had too many or too few cells (our own bug:
 *           asserted).
 * Cost      CSV and JSON stream; XLSX keeps one row in memory (constant_memory) and a temporary
 *           file until gh_table_close.
 * Threads   One table, one thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define GH_TABLE_ERROR (gh_table_error_quark())
GQuark gh_table_error_quark(void);

typedef enum {
    GH_TABLE_ERROR_IO,
    GH_TABLE_ERROR_LIMIT, /* more than a spreadsheet holds: 1,048,575 rows below the header, or
                           * 16,384 columns, which the first row or the close tells */
} GhTableError;

typedef enum {
    GH_TABLE_CSV,
    GH_TABLE_XLSX,
    GH_TABLE_JSON, /* an array of objects, keys as the column ids; absent cells are null */
} GhTableFormat;

typedef enum {
    GH_COLUMN_TEXT,
    GH_COLUMN_NUMBER,
} GhColumnKind;

typedef struct {
    const char *id; /* header in CSV and XLSX, key in JSON */
    GhColumnKind kind;
} GhColumn;

typedef struct GhTable GhTable;

/* Receives bytes as they become ready. Returns false with an error to stop. */
typedef bool (*GhTableSink)(const char *bytes, size_t n_bytes, void *data, GError **error);

/* columns must outlive the table. title names the sheet in XLSX. */
GhTable *gh_table_new(GhTableFormat format, const char *title, const GhColumn *columns,
                      size_t n_columns, GhTableSink sink, void *sink_data);
void gh_table_free(GhTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhTable, gh_table_free)

/* The next cell of the row; NULL text is an absent cell. */
void gh_table_text(GhTable *table, const char *text);
void gh_table_number(GhTable *table, double value);
void gh_table_int(GhTable *table, int64_t value);
void gh_table_absent(GhTable *table);

/* NaN is an absent cell. */
void gh_table_number_if_present(GhTable *table, double value);

/* Ends the row. */
bool gh_table_end_row(GhTable *table, GError **error);

/* Writes what is still held back. Without it the output is incomplete. */
bool gh_table_close(GhTable *table, GError **error);

/* Sinks: into a GString (data), and into a FILE * (data). */
bool gh_table_sink_string(const char *bytes, size_t n_bytes, void *data, GError **error);
bool gh_table_sink_file(const char *bytes, size_t n_bytes, void *data, GError **error);

/* "csv", "xlsx", "json" -> format. */
bool gh_table_format_from_text(const char *text, GhTableFormat *ret_format);
const char *gh_table_format_text(GhTableFormat format);
const char *gh_table_media_type(GhTableFormat format);
