/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csv.h - tables from outside: comma, semicolon or tab separated text.
 *
 * Shapes    The first line is the header. Fields are UTF-8; blanks at both ends of an unquoted field
 *           are removed, a quoted field stays as it was written. Every row has exactly as many
 *           fields as the header. Line 1 is the header; a row's line is the one it starts on, also
 *           when quoted fields contain line breaks. Blank lines, and the rows of nothing but
 *           separators that spreadsheets leave at the end, are passed.
 * Ownership Row fields are borrowed until the next call of gh_csv_next; the header until free.
 * Errors    GH_CSV_ERROR. The message is "NAME, line N: REASON; REMEDY"; gh_csv_error_parts takes
 *           it apart for a list of faults.
 * Threads   One reader, one thread.
 * Limits    GH_CSV_MAX_*: a file beyond them is refused, whatever its content.
 * Cost      The encoding of the whole file is checked at the start, so that a bad one is refused
 *           before its first row is used. Then one row is kept.
 * Not here  What the columns mean; numbers (number.h).
 *
 * Foreign spreadsheets: a byte order mark is passed over; UTF-16, Latin-1 and packed files (.xlsx)
 * are refused with the remedy (save as UTF-8). An apostrophe that gh_csv_write_text put before
 * = + - @ is taken off.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define GH_CSV_ERROR (gh_csv_error_quark())
GQuark gh_csv_error_quark(void);

typedef enum {
    GH_CSV_ERROR_IO,       /* cannot be read */
    GH_CSV_ERROR_EMPTY,    /* no header line */
    GH_CSV_ERROR_ENCODING, /* not UTF-8, or not text at all */
    GH_CSV_ERROR_FORM,     /* an open quote, a NUL byte, a quote inside or behind a field */
    GH_CSV_ERROR_HEADER,   /* a column named twice or left without a name */
    GH_CSV_ERROR_FIELDS,   /* a row with more or fewer fields than the header */
    GH_CSV_ERROR_LIMIT,    /* beyond GH_CSV_MAX_* */
} GhCsvError;

enum {
    GH_CSV_MAX_COLUMNS = 1024,
    GH_CSV_MAX_FIELD_BYTES = 256 * 1024,        /* the longest text in a framework is under 4 kB */
    GH_CSV_MAX_FILE_BYTES = 1024 * 1024 * 1024, /* about 10 million figures */
};

/* The place and the words of a GH_CSV_ERROR; all borrowed from the error. line is 0 where the file
 * as a whole is meant. */
typedef struct {
    size_t line;
    const char *reason; /* "has 3 fields, the header has 4" */
    const char *remedy;
} GhCsvErrorParts;
GhCsvErrorParts gh_csv_error_parts(const GError *error);

typedef struct GhCsv GhCsv;

/* Reader over bytes that stay valid until gh_csv_free. name is for messages. The separator is found
 * from the header line: the one of , ; tab that gives most columns outside quotes. */
GhCsv *gh_csv_new(const char *name, const char *bytes, size_t n_bytes, GError **error);

/* The bytes of a file or a pipe, up to one more than GH_CSV_MAX_FILE_BYTES; the caller owns them. Read
 * and not mapped: a mapped file could change under the reader after its encoding was checked. */
char *gh_csv_read_file(const char *path, size_t *ret_n_bytes, GError **error);

/* Reader over such bytes. */
GhCsv *gh_csv_new_path(const char *path, GError **error);
void gh_csv_free(GhCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhCsv, gh_csv_free)

const char *gh_csv_name(const GhCsv *csv);
char gh_csv_separator(const GhCsv *csv);
size_t gh_csv_n_columns(const GhCsv *csv);

/* Column names as written, blanks removed. */
const char *gh_csv_column(const GhCsv *csv, size_t column);

/* Index of the column with that name (ASCII case ignored), or -1. */
int gh_csv_find_column(const GhCsv *csv, const char *name);

/* Steps to the next row. *ret_row is false at the end. A fault of form ends the reading; a row with
 * the wrong number of fields (GH_CSV_ERROR_FIELDS) does not: the next call goes on behind it, so
 * that all faults of a file can be listed at once. */
bool gh_csv_next(GhCsv *csv, bool *ret_row, GError **error);

/* Line of the row last read, or of the header before the first row. */
size_t gh_csv_line(const GhCsv *csv);
const char *gh_csv_field(const GhCsv *csv, size_t column);

/* Share of the file read so far, 0..1, for progress. */
double gh_csv_progress(const GhCsv *csv);

/* Appends one field to a line being written, quoted where needed; separators and line ends are the
 * caller's. Text that a spreadsheet would take for a formula (first character = + - @, also in full
 * width, tab or line break, also behind apostrophes) gets an apostrophe in front, and so does such a sign
 * behind a semicolon, tab or line break inside the text, where some spreadsheets split; gh_csv_field takes
 * exactly these off again, so that every text comes back as it was. */
void gh_csv_write_text(GString *line, const char *text);

/* Appends a number as gh_number_format writes it: never guarded, never quoted. */
void gh_csv_write_number(GString *line, double value);
