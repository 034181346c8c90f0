/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csv.c - rows out of separated text, over libcsv.
 *
 * libcsv pushes fields at callbacks and knows no lines. It is fed one line at a time here, so that
 * rows can be pulled and every row knows its line; that costs a tenth of its speed.
 */

#include "base/csv_private.h"
#include "base/lang.h"

#include <csv.h>
#include <string.h>

enum {
    /* Most bytes given to libcsv before the length of the field it holds is looked at. */
    FEED_BYTES = 64 * 1024,
    /* libcsv grows its buffer by this much; its own 128 means many moves for long texts. */
    FIELD_GROWTH = 4096,
};

struct GhCsv {
    char *name;
    char *owned;       /* the bytes of a file; NULL when they are borrowed */
    const char *bytes; /* behind the byte order mark */
    size_t n_bytes;
    size_t at;        /* next byte to feed */
    size_t next_lf;   /* first LF from `at` on, or n_bytes; looked for once, so that a file of */
    size_t next_cr;   /* ... lone CR does not search for LF again and again */
    size_t feed_line; /* line of `at` */
    struct csv_parser parser;
    char separator;
    GStrv columns;
    size_t n_columns;
    bool ended; /* by a fault of form */

    /* The row being read. */
    size_t line;
    GString *texts;  /* all fields, each closed by NUL */
    size_t *offsets; /* [max_fields] into texts */
    size_t max_fields;
    size_t n_fields; /* may be more than max_fields: those are counted only */
    bool row_done;
    bool row_empty; /* nothing but empty fields */
    bool too_long;
};

/* The apostrophe in front of what looks like a formula is ours: see gh_csv_write_text. */
static void
append_unguarded(GString *out, const char *text, size_t n_bytes)
{
    for (size_t at = 0; at < n_bytes; at++) {
        if (text[at] != '\'' || !gh_csv_is_formula_start(text, n_bytes, at))
            g_string_append_c(out, text[at]);
    }
}

static void
on_field(void *text, size_t n_bytes, void *data)
{
    GhCsv *csv = data;
    const char *from = text;

    if (n_bytes > 0)
        csv->row_empty = false;
    if (n_bytes > GH_CSV_MAX_FIELD_BYTES)
        csv->too_long = true;
    if (csv->n_fields++ >= csv->max_fields || csv->too_long)
        return;

    csv->offsets[csv->n_fields - 1] = csv->texts->len;
    if (n_bytes > 0 && memchr(from, '\'', n_bytes) != NULL)
        append_unguarded(csv->texts, from, n_bytes);
    else if (n_bytes > 0)
        g_string_append_len(csv->texts, from, (gssize)n_bytes);
    g_string_append_c(csv->texts, '\0');
}

static void
on_row(int last, void *data)
{
    GhCsv *csv = data;

    (void)last; /* the character that ended the row: lines are counted by feed_line() */
    csv->row_done = true;
}

static size_t
find_byte(const GhCsv *csv, size_t from, char byte)
{
    const char *found = memchr(csv->bytes + from, byte, csv->n_bytes - from);
    return found != NULL ? (size_t)(found - csv->bytes) : csv->n_bytes;
}

/* Offset behind the line that `at` is in, with its line break: LF, CR LF or CR. */
static size_t
line_end(GhCsv *csv)
{
    if (csv->next_lf < csv->at)
        csv->next_lf = find_byte(csv, csv->at, '\n');
    if (csv->next_cr < csv->at)
        csv->next_cr = find_byte(csv, csv->at, '\r');

    if (csv->next_cr < csv->next_lf && csv->next_cr + 1 != csv->next_lf)
        return csv->next_cr + 1;
    return MIN(csv->next_lf + 1, csv->n_bytes);
}

/* False when only blank lines are left. */
static bool
skip_blank_lines(GhCsv *csv)
{
    while (csv->at < csv->n_bytes) {
        size_t end = line_end(csv);
        size_t i = csv->at;
        while (i < end
               && (csv->bytes[i] == ' ' || csv->bytes[i] == '\n' || csv->bytes[i] == '\r'
                   || (csv->bytes[i] == '\t' && csv->separator != '\t')))
            i++;
        if (i < end)
            return true;
        csv->at = end;
        csv->feed_line++;
    }
    return false;
}

static bool
fail_quote(GhCsv *csv, const char *reason, GError **error)
{
    g_autofree char *whole =
        csv->feed_line == csv->line
            ? g_strdup(reason)
            : g_strdup_printf("%s (the row began on line %zu)", reason, csv->line);

    return gh_csv_fail(
        error, GH_CSV_ERROR_FORM, csv->name, csv->feed_line, whole,
        GH_MARK("put the whole field in quotes and write each quote inside it twice"));
}

static bool
fail_long(GhCsv *csv, GError **error)
{
    g_autofree char *reason =
        g_strdup_printf("has a field of more than %d bytes", GH_CSV_MAX_FIELD_BYTES);

    return gh_csv_fail(error, GH_CSV_ERROR_LIMIT, csv->name, csv->line, reason,
                       GH_MARK("look for a quote that is not closed, or shorten the text"));
}

/* Gives libcsv the rest of the current line, or a piece of a very long one. */
static bool
feed_line(GhCsv *csv, GError **error)
{
    size_t end = line_end(csv);
    size_t piece = MIN(end - csv->at, FEED_BYTES);

    if (csv_parse(&csv->parser, csv->bytes + csv->at, piece, on_field, on_row, csv) != piece)
        return fail_quote(csv, GH_MARK("has a quote inside or behind a field"), error);
    if (csv->too_long || csv->parser.entry_pos > GH_CSV_MAX_FIELD_BYTES)
        return fail_long(csv, error);

    csv->at += piece;
    if (csv->at == end)
        csv->feed_line++;
    return true;
}

/* Reads the next row that is not blank, whatever the number of its fields. */
static bool
read_row(GhCsv *csv, bool *ret_row, GError **error)
{
    g_string_truncate(csv->texts, 0);
    csv->n_fields = 0;
    csv->row_done = false;
    csv->row_empty = true;
    csv->line = csv->feed_line;

    while (!csv->row_done && csv->at < csv->n_bytes)
        if (!feed_line(csv, error))
            return false;
    if (!csv->row_done && csv_fini(&csv->parser, on_field, on_row, csv) != 0) {
        csv->feed_line = csv->line;
        return fail_quote(csv, GH_MARK("has a quote that is never closed"), error);
    }
    if (csv->too_long)
        return fail_long(csv, error);

    *ret_row = csv->row_done;
    return true;
}

static bool
next_row(GhCsv *csv, bool *ret_row, GError **error)
{
    bool row = false;

    do {
        if (csv->ended || !skip_blank_lines(csv)) {
            *ret_row = false;
            return true;
        }
        if (!read_row(csv, &row, error)) {
            csv->ended = true;
            return false;
        }
    } while (row && csv->row_empty);

    *ret_row = row;
    return true;
}

/* One header cell; column counts from 0. */
static bool
check_column(const GhCsv *csv, size_t column, GError **error)
{
    const char *name = csv->columns[column];

    if (*name == '\0') {
        g_autofree char *reason = g_strdup_printf("column %zu has no name", column + 1);
        return gh_csv_fail(error, GH_CSV_ERROR_HEADER, csv->name, csv->line, reason,
                           GH_MARK("name it in the header or delete the column"));
    }
    if (gh_csv_find_column(csv, name) != (int)column) {
        g_autofree char *reason = g_strdup_printf("the column \"%.80s\" stands there twice", name);
        return gh_csv_fail(error, GH_CSV_ERROR_HEADER, csv->name, csv->line, reason,
                           GH_MARK("keep one of the two"));
    }
    return true;
}

static bool
read_header(GhCsv *csv, GError **error)
{
    bool row = false;

    if (!next_row(csv, &row, error))
        return false;
    if (!row)
        return gh_csv_fail(error, GH_CSV_ERROR_EMPTY, csv->name, 0, GH_MARK("is empty"),
                           GH_MARK("give a file whose first line names the columns"));
    if (csv->n_fields > GH_CSV_MAX_COLUMNS) {
        g_autofree char *reason = g_strdup_printf("has %zu columns", csv->n_fields);
        g_autofree char *remedy = g_strdup_printf("use at most %d", GH_CSV_MAX_COLUMNS);
        return gh_csv_fail(error, GH_CSV_ERROR_LIMIT, csv->name, csv->line, reason, remedy);
    }

    csv->n_columns = csv->n_fields;
    csv->columns = g_new0(char *, csv->n_columns + 1);
    for (size_t i = 0; i < csv->n_columns; i++)
        csv->columns[i] = g_strstrip(g_strdup(gh_csv_field(csv, i)));
    for (size_t i = 0; i < csv->n_columns; i++)
        if (!check_column(csv, i, error))
            return false;
    csv->max_fields = csv->n_columns;
    return true;
}

static GhCsv *
reader_new(const char *name, const char *bytes, size_t n_bytes)
{
    static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";
    GhCsv *csv = g_new0(GhCsv, 1);

    if (n_bytes >= 3 && memcmp(bytes, BYTE_ORDER_MARK, 3) == 0) {
        bytes += 3;
        n_bytes -= 3;
    }
    csv->name = g_strdup(name);
    csv->bytes = bytes;
    csv->n_bytes = n_bytes;
    csv->feed_line = 1;
    csv->line = 1;
    csv->separator = gh_csv_find_separator(bytes, n_bytes);
    csv->texts = g_string_sized_new(256);
    csv->max_fields = GH_CSV_MAX_COLUMNS;
    csv->offsets = g_new0(size_t, csv->max_fields);
    csv->next_lf = n_bytes > 0 ? find_byte(csv, 0, '\n') : 0;
    csv->next_cr = n_bytes > 0 ? find_byte(csv, 0, '\r') : 0;

    (void)csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI); /* fails for NULL only */
    csv_set_delim(&csv->parser, (unsigned char)csv->separator);
    csv_set_realloc_func(&csv->parser, g_realloc);
    csv_set_free_func(&csv->parser, g_free);
    csv_set_blk_size(&csv->parser, FIELD_GROWTH);
    return csv;
}

GhCsv *
gh_csv_new(const char *name, const char *bytes, size_t n_bytes, GError **error)
{
    if (n_bytes > GH_CSV_MAX_FILE_BYTES) {
        (void)gh_csv_fail(error, GH_CSV_ERROR_LIMIT, name, 0, GH_MARK("is larger than 1 GiB"),
                          GH_MARK("divide it into several files"));
        return NULL;
    }
    if (!gh_csv_check_encoding(name, bytes, n_bytes, error))
        return NULL;

    g_autoptr(GhCsv) csv = reader_new(name, bytes, n_bytes);
    if (!read_header(csv, error))
        return NULL;
    return g_steal_pointer(&csv);
}

GhCsv *
gh_csv_new_path(const char *path, GError **error)
{
    size_t n_bytes = 0;

    g_autofree char *bytes = gh_csv_read_file(path, &n_bytes, error);
    if (bytes == NULL)
        return NULL;

    GhCsv *csv = gh_csv_new(path, bytes, n_bytes, error);
    if (csv == NULL)
        return NULL;
    csv->owned = g_steal_pointer(&bytes);
    return csv;
}

void
gh_csv_free(GhCsv *csv)
{
    if (csv == NULL)
        return;
    csv_free(&csv->parser);
    g_strfreev(csv->columns);
    g_string_free(csv->texts, TRUE);
    g_free(csv->offsets);
    g_free(csv->owned);
    g_free(csv->name);
    g_free(csv);
}

const char *
gh_csv_name(const GhCsv *csv)
{
    return csv->name;
}

char
gh_csv_separator(const GhCsv *csv)
{
    return csv->separator;
}

size_t
gh_csv_n_columns(const GhCsv *csv)
{
    return csv->n_columns;
}

const char *
gh_csv_column(const GhCsv *csv, size_t column)
{
    g_assert(column < csv->n_columns);
    return csv->columns[column];
}

int
gh_csv_find_column(const GhCsv *csv, const char *name)
{
    for (size_t i = 0; i < csv->n_columns; i++)
        if (g_ascii_strcasecmp(csv->columns[i], name) == 0)
            return (int)i;
    return -1;
}

bool
gh_csv_next(GhCsv *csv, bool *ret_row, GError **error)
{
    bool row = false;

    if (!next_row(csv, &row, error))
        return false;
    if (row && csv->n_fields != csv->n_columns) {
        g_autofree char *reason =
            g_strdup_printf("has %zu field%s, the header has %zu", csv->n_fields,
                            csv->n_fields == 1 ? "" : "s", csv->n_columns);
        return gh_csv_fail(error, GH_CSV_ERROR_FIELDS, csv->name, csv->line, reason,
                           csv->n_fields > csv->n_columns
                               ? GH_MARK("put fields that contain the separator in quotes")
                               : GH_MARK("add the missing separators"));
    }
    *ret_row = row;
    return true;
}

size_t
gh_csv_line(const GhCsv *csv)
{
    return csv->line;
}

const char *
gh_csv_field(const GhCsv *csv, size_t column)
{
    g_assert(column < csv->n_fields && column < csv->max_fields);
    return csv->texts->str + csv->offsets[column];
}

double
gh_csv_progress(const GhCsv *csv)
{
    return csv->n_bytes > 0 ? (double)csv->at / (double)csv->n_bytes : 1.0;
}
