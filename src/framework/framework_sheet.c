/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_sheet.c - one CSV file of a framework, with all its faults told. */
#include "framework/framework_sheet.h"

#include "base/csv.h"
#include "base/number.h"

#include <string.h>

struct GhSheet {
    GhFrameworkParser *parser;
    const char *file; /* borrowed from the list of files */
    const GhSheetColumn *columns;
    size_t n_columns;
    GhCsv *csv;
    int *index; /* per known column: where it stands in the file, or -1 */
    bool complete;
    GhNumberStyle style;
    bool comma_decimal;
};

static void
file_fault(GhSheet *sheet, size_t line, const char *column, const char *reason, const char *remedy)
{
    gh_faults_add(sheet->parser->faults, GH_FAULT_ERROR, sheet->file, line, column, NULL, reason,
                  remedy);
}

static void
csv_fault(GhSheet *sheet, const GError *error)
{
    GhCsvErrorParts parts = gh_csv_error_parts(error);
    file_fault(sheet, parts.line, NULL, parts.reason, parts.remedy);
}

/* Columns of the file that the format does not know. */
static void
check_unknown_columns(GhSheet *sheet)
{
    g_autofree const char **names = g_new0(const char *, sheet->n_columns + 1);
    for (size_t i = 0; i < sheet->n_columns; i++)
        names[i] = sheet->columns[i].name;

    for (size_t i = 0; i < gh_csv_n_columns(sheet->csv); i++) {
        const char *name = gh_csv_column(sheet->csv, i);
        bool known = false;
        for (size_t k = 0; k < sheet->n_columns; k++)
            known |= g_ascii_strcasecmp(name, names[k]) == 0;
        if (known)
            continue;
        g_autofree char *list = gh_words_list(names);
        g_autofree char *fallback = g_strdup_printf("the columns are %s", list);
        g_autofree char *remedy = gh_framework_suggest(sheet->parser, names, name, fallback);
        gh_faults_add(sheet->parser->faults, GH_FAULT_ERROR, sheet->file, 1, name, NULL,
                      GH_MARK("is not a column of this file"), remedy);
    }
}

static void
find_columns(GhSheet *sheet)
{
    for (size_t i = 0; i < sheet->n_columns; i++) {
        sheet->index[i] = gh_csv_find_column(sheet->csv, sheet->columns[i].name);
        if (sheet->index[i] < 0 && sheet->columns[i].required)
            file_fault(sheet, 1, sheet->columns[i].name, GH_MARK("is missing"),
                       GH_MARK("add this column"));
    }
}

/* One decimal comma in a file makes 1.234 ambiguous in all of it, so that the whole file is looked
 * at before its first number is read. Only files without the comma as separator can have one. */
static void
find_number_style(GhSheet *sheet, const char *bytes, size_t n_bytes)
{
    sheet->style = GH_NUMBER_POINT;
    if (gh_csv_separator(sheet->csv) == ',')
        return;

    sheet->style = GH_NUMBER_POINT_OR_COMMA;
    bool row = true;
    g_autoptr(GhCsv) csv = gh_csv_new(sheet->file, bytes, n_bytes, NULL);
    while (csv != NULL && row && gh_csv_next(csv, &row, NULL) && row)
        for (size_t i = 0; i < gh_csv_n_columns(csv); i++)
            sheet->comma_decimal |= gh_number_has_decimal_comma(gh_csv_field(csv, i));
}

GhSheet *
gh_sheet_open(GhFrameworkParser *parser, const char *file, const GhSheetColumn *columns,
              size_t n_columns)
{
    const GhFrameworkFile *found = gh_framework_peek_file(parser, file);
    if (found == NULL)
        return NULL;

    g_autoptr(GhSheet) sheet = g_new0(GhSheet, 1);
    sheet->parser = parser;
    sheet->file = found->name;
    sheet->columns = columns;
    sheet->n_columns = n_columns;
    sheet->index = g_new0(int, n_columns);
    sheet->complete = true;

    gsize n_bytes = 0;
    const char *bytes = g_bytes_get_data(found->bytes, &n_bytes);
    g_autoptr(GError) error = NULL;
    sheet->csv = gh_csv_new(sheet->file, bytes != NULL ? bytes : "", n_bytes, &error);
    if (sheet->csv == NULL) {
        csv_fault(sheet, error);
        return NULL;
    }

    find_columns(sheet);
    /* Without framework.json nobody knows which columns of kpis.csv are levels. */
    if (parser->levels_known || strcmp(file, "kpis.csv") != 0)
        check_unknown_columns(sheet);
    find_number_style(sheet, bytes, n_bytes);
    return g_steal_pointer(&sheet);
}

void
gh_sheet_free(GhSheet *sheet)
{
    if (sheet == NULL)
        return;
    gh_csv_free(sheet->csv);
    g_free(sheet->index);
    g_free(sheet);
}

GhFrameworkParser *
gh_sheet_parser(const GhSheet *sheet)
{
    return sheet->parser;
}

bool
gh_sheet_next(GhSheet *sheet)
{
    while (true) {
        bool row = false;
        g_autoptr(GError) error = NULL;
        if (gh_csv_next(sheet->csv, &row, &error))
            return row;

        csv_fault(sheet, error);
        sheet->complete = false;
        if (!g_error_matches(error, GH_CSV_ERROR, GH_CSV_ERROR_FIELDS))
            return false;
    }
}

size_t
gh_sheet_line(const GhSheet *sheet)
{
    return gh_csv_line(sheet->csv);
}

bool
gh_sheet_is_complete(const GhSheet *sheet)
{
    return sheet->complete;
}

bool
gh_sheet_has(const GhSheet *sheet, size_t column)
{
    return sheet->index[column] >= 0;
}

const char *
gh_sheet_peek(const GhSheet *sheet, size_t column)
{
    int index = sheet->index[column];
    return index >= 0 ? gh_csv_field(sheet->csv, (size_t)index) : "";
}

void
gh_sheet_fault(GhSheet *sheet, GhFaultKind kind, size_t column, const char *reason,
               const char *remedy)
{
    const char *value = gh_sheet_peek(sheet, column);
    gh_faults_add(sheet->parser->faults, kind, sheet->file, gh_sheet_line(sheet),
                  sheet->columns[column].name, *value != '\0' ? value : NULL, reason, remedy);
}

/* Line breaks and tabs may stand in long texts, other control characters nowhere. */
static bool
has_control(const char *text, const char *allowed)
{
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_iscntrl(*p) && strchr(allowed, *p) == NULL)
            return true;
    return false;
}

static const char *
keep_checked(GhSheet *sheet, size_t column, size_t max_bytes, const char *allowed_control)
{
    const char *text = gh_sheet_peek(sheet, column);

    if (strlen(text) > max_bytes) {
        g_autofree char *remedy = g_strdup_printf("use at most %zu bytes", max_bytes);
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, GH_MARK("is too long"), remedy);
        return "";
    }
    if (has_control(text, allowed_control)) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column,
                       GH_MARK("has a line break or a control character"), GH_MARK("take it out"));
        return "";
    }
    return gh_framework_keep_text(sheet->parser->owner, text);
}

const char *
gh_sheet_keep_name(GhSheet *sheet, size_t column, GhCellNeed need)
{
    /* A missing column has its fault already. */
    if (need == GH_CELL_NEEDED && gh_sheet_has(sheet, column)
        && *gh_sheet_peek(sheet, column) == '\0')
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, GH_MARK("is empty"), GH_MARK("fill it in"));
    return keep_checked(sheet, column, GH_FRAMEWORK_MAX_NAME_BYTES, "");
}

const char *
gh_sheet_keep_text(GhSheet *sheet, size_t column)
{
    return keep_checked(sheet, column, GH_FRAMEWORK_MAX_TEXT_BYTES, "\n\r\t");
}

const char *const *
gh_sheet_keep_list(GhSheet *sheet, size_t column)
{
    return gh_framework_keep_list(sheet->parser->owner,
                                  keep_checked(sheet, column, GH_FRAMEWORK_MAX_TEXT_BYTES, ""));
}

const char *
gh_sheet_keep_id(GhSheet *sheet, size_t column)
{
    if (!gh_sheet_has(sheet, column))
        return "";

    const char *id = gh_sheet_peek(sheet, column);
    g_autofree char *reason = gh_framework_id_fault(id);
    if (reason != NULL) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, reason,
                       GH_MARK("use letters from a to z, digits, point, hyphen and underscore"));
        return "";
    }
    return gh_framework_keep_text(sheet->parser->owner, id);
}

double
gh_sheet_number(GhSheet *sheet, size_t column, double fallback)
{
    const char *text = gh_sheet_peek(sheet, column);
    if (*text == '\0')
        return fallback;

    double value = fallback;
    g_autoptr(GError) error = NULL;
    if (gh_number_parse(text, sheet->style, sheet->comma_decimal, &value, &error))
        return value;
    if (g_error_matches(error, GH_NUMBER_ERROR, GH_NUMBER_ERROR_NOT_FINITE))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, GH_MARK("is not a finite number"),
                       GH_MARK("write digits, or leave it empty where there is no limit"));
    else {
        g_auto(GStrv) parts = g_strsplit(error->message, "; ", 2); /* "REASON; REMEDY" */
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, parts[0], parts[1]);
    }
    return fallback;
}

size_t
gh_sheet_choice(GhSheet *sheet, size_t column, const char *what, const char *const *words,
                size_t fallback)
{
    const char *word = gh_sheet_peek(sheet, column);
    if (*word == '\0')
        return fallback;

    gssize found = gh_words_find(words, word);
    if (found >= 0)
        return (size_t)found;

    g_autofree char *reason = g_strdup_printf("is not a %s", what);
    g_autofree char *list = gh_words_list(words);
    g_autofree char *all = g_strdup_printf("write %s", list);
    g_autofree char *remedy = gh_framework_suggest(sheet->parser, words, word, all);
    gh_sheet_fault(sheet, GH_FAULT_ERROR, column, reason, remedy);
    return fallback;
}

const char *
gh_sheet_check_twice(GhSheet *sheet, size_t column, const char *id, GHashTable *seen)
{
    if (*id == '\0')
        return id;

    char *lower = g_ascii_strdown(id, -1);
    size_t first_line = GPOINTER_TO_SIZE(g_hash_table_lookup(seen, lower));
    if (first_line == 0) {
        g_hash_table_insert(seen, lower, GSIZE_TO_POINTER(gh_sheet_line(sheet)));
        return id;
    }
    g_autofree char *reason = g_strdup_printf("stands on line %zu already", first_line);
    gh_sheet_fault(sheet, GH_FAULT_ERROR, column, reason, GH_MARK("keep one of the two rows"));
    g_free(lower);
    return "";
}

double
gh_sheet_weight(GhSheet *sheet, size_t column)
{
    double weight = gh_sheet_number(sheet, column, 1.0);

    if (!(weight > 0.0)) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, GH_MARK("is not above 0"),
                       GH_MARK("write a number above 0"));
        return 1.0;
    }
    if (*gh_sheet_peek(sheet, column) != '\0' && sheet->parser->scoring_known
        && sheet->parser->framework->scoring == GH_SCORING_POINTS)
        gh_sheet_fault(sheet, GH_FAULT_WARNING, column, GH_MARK("has no effect"),
                       GH_MARK("scoring by points counts every data point alike: leave it empty"));
    return weight;
}

gssize
gh_sheet_find_listed_data_point(GhSheet *sheet, size_t column, const char *id)
{
    GhFrameworkParser *parser = sheet->parser;
    gssize found = gh_framework_find_data_point(parser->framework, id);

    /* Without all rows of data_points.csv the fault would be told twice. */
    if (found >= 0 || !parser->data_points_complete || !gh_sheet_has(sheet, column))
        return found;
    if (*id == '\0') {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, GH_MARK("is empty"),
                       GH_MARK("write the id of a data point"));
        return -1;
    }

    g_autofree char *remedy =
        gh_framework_suggest(parser, (const char *const *)parser->data_point_ids->pdata, id,
                             GH_MARK("write the id of a row in data_points.csv"));
    gh_faults_add(parser->faults, GH_FAULT_ERROR, sheet->file, gh_sheet_line(sheet),
                  sheet->columns[column].name, id, GH_MARK("is not in data_points.csv"), remedy);
    return -1;
}

gssize
gh_sheet_find_data_point(GhSheet *sheet, size_t column)
{
    return gh_sheet_find_listed_data_point(sheet, column, gh_sheet_peek(sheet, column));
}
