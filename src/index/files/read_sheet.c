/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_sheet.c - one CSV file with its numbers and faults. */
#include "index/files/read_private.h"

#include <math.h>
#include <string.h>

static void
csv_fault(GhIndexSheet *sheet, const GError *error)
{
    GhCsvErrorParts parts = gh_csv_error_parts(error);
    gh_faults_add(sheet->faults, GH_FAULT_ERROR, sheet->name, parts.line, NULL, NULL, parts.reason,
                  parts.remedy);
}

/* One decimal comma in a file makes 1.234 ambiguous in all of it, so that the whole file is looked
 * at before its first number is read. Only files without the comma as separator can have one. */
static void
find_number_style(GhIndexSheet *sheet, const GhIndexFile *file)
{
    sheet->style = GH_NUMBER_POINT;
    if (gh_csv_separator(sheet->csv) == ',')
        return;

    sheet->style = GH_NUMBER_POINT_OR_COMMA;
    bool row = true;
    g_autoptr(GhCsv) csv = gh_csv_new(file->name, file->bytes, file->n_bytes, NULL);
    while (csv != NULL && row && gh_csv_next(csv, &row, NULL) && row)
        for (size_t i = 0; i < gh_csv_n_columns(csv); i++)
            sheet->comma_decimal |= gh_number_has_decimal_comma(gh_csv_field(csv, i));
}

bool
gh_index_sheet_open(GhIndexSheet *sheet, const GhIndexFile *file, GhFaults *faults)
{
    g_autoptr(GError) error = NULL;

    *sheet = (GhIndexSheet){.name = file->name, .faults = faults};
    sheet->csv = gh_csv_new(file->name, file->bytes, file->n_bytes, &error);
    if (sheet->csv == NULL) {
        csv_fault(sheet, error);
        return false;
    }
    find_number_style(sheet, file);
    return true;
}

void
gh_index_sheet_clear(GhIndexSheet *sheet)
{
    g_clear_pointer(&sheet->csv, gh_csv_free);
}

bool
gh_index_sheet_next(GhIndexSheet *sheet)
{
    while (true) {
        bool row = false;
        g_autoptr(GError) error = NULL;
        if (gh_csv_next(sheet->csv, &row, &error))
            return row;

        csv_fault(sheet, error);
        sheet->skipped = true;
        if (!g_error_matches(error, GH_CSV_ERROR, GH_CSV_ERROR_FIELDS))
            return false;
    }
}

void
gh_index_sheet_fault(GhIndexSheet *sheet, int column, const char *value, const char *reason,
                     const char *remedy)
{
    gh_faults_add(sheet->faults, GH_FAULT_ERROR, sheet->name, gh_csv_line(sheet->csv),
                  column >= 0 ? gh_csv_column(sheet->csv, (size_t)column) : NULL, value, reason,
                  remedy);
}

const char *
gh_index_sheet_text(const GhIndexSheet *sheet, int column)
{
    if (column < 0)
        return "";

    const char *text = gh_csv_field(sheet->csv, (size_t)column);
    return strcmp(text, "NA") == 0 ? "" : text;
}

bool
gh_index_sheet_number(const GhIndexSheet *sheet, int column, double *ret_number, GError **error)
{
    const char *text = gh_index_sheet_text(sheet, column);
    if (*text == '\0') {
        *ret_number = NAN;
        return true;
    }
    return gh_number_parse(text, sheet->style, sheet->comma_decimal, ret_number, error);
}

double
gh_index_sheet_number_or_fault(GhIndexSheet *sheet, int column)
{
    double number = NAN;
    g_autoptr(GError) error = NULL;

    if (gh_index_sheet_number(sheet, column, &number, &error))
        return number;

    /* number.h: "REASON; REMEDY" */
    g_auto(GStrv) parts = g_strsplit(error->message, "; ", 2);
    gh_index_sheet_fault(sheet, column, gh_index_sheet_text(sheet, column), parts[0], parts[1]);
    return NAN;
}
