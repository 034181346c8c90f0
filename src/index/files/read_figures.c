/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_figures.c - iData: a row a unit, or a unit and year, and a column a code of the metadata. */
#include "index/files/read_private.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

enum {
    YEAR_MAX = 9999, /* our choice: four digits */
};

/* What a column of the file is for. */
typedef enum {
    USE_NOTHING,
    USE_CODE,
    USE_NAME,
    USE_TIME,
    USE_NUMBER, /* an indicator or a denominator: text is a fault */
    USE_OUTSIDE,
    USE_GROUP,
} Use;

typedef struct {
    GhIndexSheet sheet;
    const GhIndexMeta *meta;
    GhIndexFigures *figures;
    Use *uses; /* one a column of the file */
    size_t n_columns;
    int code, name, time;
    GHashTable *units;           /* "code\nyear" */
    GPtrArray *category_numbers; /* of GHashTable, one a group: text -> number + 1 */
    bool *is_text;            /* one of figures->columns: an outside variable that is no number */
    size_t line_without_time; /* the first; 0: none */
    size_t n_with_time;
} Reader;

void
gh_index_figures_free(GhIndexFigures *figures)
{
    if (figures == NULL)
        return;
    g_ptr_array_unref(figures->codes);
    g_ptr_array_unref(figures->names);
    g_ptr_array_unref(figures->columns);
    g_ptr_array_unref(figures->groups);
    g_ptr_array_unref(figures->categories);
    g_array_unref(figures->numbers);
    g_array_unref(figures->memberships);
    g_clear_pointer(&figures->years, g_array_unref);
    g_free(figures);
}

static GhIndexFigures *
figures_new(void)
{
    GhIndexFigures *figures = g_new0(GhIndexFigures, 1);
    figures->codes = g_ptr_array_new_with_free_func(g_free);
    figures->names = g_ptr_array_new_with_free_func(g_free);
    figures->columns = g_ptr_array_new();
    figures->groups = g_ptr_array_new();
    figures->categories = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    figures->numbers = g_array_new(FALSE, FALSE, sizeof(double));
    figures->memberships = g_array_new(FALSE, FALSE, sizeof(int));
    figures->years = g_array_new(FALSE, FALSE, sizeof(int));
    return figures;
}

static void
reader_clear(Reader *reader)
{
    gh_index_sheet_clear(&reader->sheet);
    g_clear_pointer(&reader->uses, g_free);
    g_clear_pointer(&reader->is_text, g_free);
    g_clear_pointer(&reader->units, g_hash_table_unref);
    g_clear_pointer(&reader->category_numbers, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reader, reader_clear)

static void
header_fault(Reader *reader, GhFaultKind kind, const char *column, const char *reason,
             const char *remedy)
{
    gh_faults_add(reader->sheet.faults, kind, reader->sheet.name, 1, column, NULL, reason, remedy);
}

static Use
use_of_type(GhIndexRowType type)
{
    switch (type) {
    case GH_INDEX_ROW_INDICATOR:
    case GH_INDEX_ROW_DENOMINATOR:
        return USE_NUMBER;
    case GH_INDEX_ROW_GROUP:
        return USE_GROUP;
    case GH_INDEX_ROW_OTHER:
        return USE_OUTSIDE;
    case GH_INDEX_ROW_AGGREGATE:
        return USE_NOTHING;
    }
    g_assert_not_reached();
}

/* A column that the metadata do not name: often another spelling of one that they do. */
static void
unknown_column(Reader *reader, const char *column)
{
    for (guint i = 0; i < reader->meta->rows->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(reader->meta->rows, i);
        if (row->type == GH_INDEX_ROW_AGGREGATE || gh_text_distance(row->code, column, 1) > 1)
            continue;
        g_autofree char *remedy = g_strdup_printf("write \"%s\" if that is meant", row->code);
        header_fault(reader, GH_FAULT_WARNING, column,
                     GH_MARK("is not in the metadata and is left out"), remedy);
        return;
    }
    header_fault(reader, GH_FAULT_WARNING, column,
                 GH_MARK("is not in the metadata and is left out"),
                 GH_MARK("add a row for it there if it is to take part"));
}

static void
use_column(Reader *reader, size_t i)
{
    const char *column = gh_csv_column(reader->sheet.csv, i);
    GhIndexMetaRow *row = g_hash_table_lookup(reader->meta->by_code, column);
    Use use = row != NULL ? use_of_type(row->type) : USE_NOTHING;

    if ((int)i == reader->code)
        use = USE_CODE;
    else if ((int)i == reader->name)
        use = USE_NAME;
    else if ((int)i == reader->time)
        use = USE_TIME;
    else if (row == NULL && reader->meta->complete)
        unknown_column(reader, column);
    else if (row != NULL && row->type == GH_INDEX_ROW_AGGREGATE)
        header_fault(reader, GH_FAULT_WARNING, column,
                     GH_MARK("is an aggregate, which is computed, and is left out"), NULL);
    reader->uses[i] = use;

    if (use == USE_NUMBER || use == USE_OUTSIDE) {
        g_ptr_array_add(reader->figures->columns, row);
    } else if (use == USE_GROUP) {
        g_ptr_array_add(reader->figures->groups, row);
        g_ptr_array_add(reader->figures->categories, g_ptr_array_new_with_free_func(g_free));
        g_ptr_array_add(reader->category_numbers, g_hash_table_new(g_str_hash, g_str_equal));
    }
}

/* Codes of the metadata that no column has. The names of units are no variables. */
static void
check_missing(Reader *reader)
{
    static const char *const IDENTITY[] = {"uCode", "uName", "Time", NULL};
    g_autoptr(GHashTable) present = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < reader->n_columns; i++)
        g_hash_table_add(present, (char *)(uintptr_t)gh_csv_column(reader->sheet.csv, i));
    for (guint i = 0; i < reader->meta->rows->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(reader->meta->rows, i);
        if (row->type != GH_INDEX_ROW_AGGREGATE && !g_hash_table_contains(present, row->code)
            && !g_strv_contains(IDENTITY, row->code))
            header_fault(reader, GH_FAULT_ERROR, row->code, GH_MARK("is missing"),
                         GH_MARK("add this column, or take its row out of the metadata"));
    }
}

static bool
read_header(Reader *reader)
{
    GhCsv *csv = reader->sheet.csv;

    reader->n_columns = gh_csv_n_columns(csv);
    reader->uses = g_new0(Use, reader->n_columns);
    reader->code = gh_csv_find_column(csv, "uCode");
    reader->name = gh_csv_find_column(csv, "uName");
    reader->time = gh_csv_find_column(csv, "Time");
    for (size_t i = 0; i < reader->n_columns; i++)
        use_column(reader, i);
    reader->is_text = g_new0(bool, reader->figures->columns->len + 1);
    check_missing(reader);
    if (reader->code < 0)
        header_fault(reader, GH_FAULT_ERROR, "uCode", GH_MARK("is missing"),
                     GH_MARK("add this column: a code for each unit"));
    return reader->code >= 0;
}

/* 0 where there is none. */
static int
read_year(Reader *reader)
{
    const char *text = gh_index_sheet_text(&reader->sheet, reader->time);
    if (*text == '\0') {
        if (reader->line_without_time == 0)
            reader->line_without_time = gh_csv_line(reader->sheet.csv);
        return 0;
    }

    double year = 0;
    reader->n_with_time++;
    if (gh_index_sheet_number(&reader->sheet, reader->time, &year, NULL) && year == floor(year)
        && fabs(year) <= YEAR_MAX)
        return (int)year;
    gh_index_sheet_fault(&reader->sheet, reader->time, text, GH_MARK("is not a year"),
                         GH_MARK("write four digits, such as 2017"));
    return 0;
}

static void
read_unit(Reader *reader)
{
    GhIndexSheet *sheet = &reader->sheet;
    /* Not through the text of a cell: "NA" is the code of Namibia. */
    const char *code = gh_csv_field(sheet->csv, (size_t)reader->code);
    const char *name = gh_index_sheet_text(sheet, reader->name);
    int year = read_year(reader);

    if (*code == '\0')
        gh_index_sheet_fault(sheet, reader->code, NULL, GH_MARK("is empty"),
                             GH_MARK("write a code for each unit"));
    else if (strlen(code) > GH_INDEX_MAX_CODE_BYTES)
        gh_index_sheet_fault(sheet, reader->code, code, GH_MARK("is too long"),
                             GH_MARK("use at most 200 bytes"));
    else if (!g_hash_table_add(reader->units, g_strdup_printf("%s\n%d", code, year)))
        gh_index_sheet_fault(sheet, reader->code, code, GH_MARK("stands there twice"),
                             GH_MARK("keep one row a unit, or a unit and year"));
    g_ptr_array_add(reader->figures->codes, g_strdup(code));
    g_ptr_array_add(reader->figures->names, g_strdup(name));
    g_array_append_val(reader->figures->years, year);
}

static void
read_group(Reader *reader, size_t column, size_t group)
{
    const char *text = gh_index_sheet_text(&reader->sheet, (int)column);
    GHashTable *numbers = g_ptr_array_index(reader->category_numbers, group);
    GPtrArray *categories = g_ptr_array_index(reader->figures->categories, group);
    int number = GPOINTER_TO_INT(g_hash_table_lookup(numbers, text)) - 1;

    if (number < 0 && *text != '\0') {
        char *category = g_strdup(text);
        number = (int)categories->len;
        g_ptr_array_add(categories, category);
        g_hash_table_insert(numbers, category, GINT_TO_POINTER(number + 1));
    }
    g_array_append_val(reader->figures->memberships, number);
}

/* A variable that is no indicator may be text, which nothing here can use. */
static double
read_outside(Reader *reader, size_t column, size_t at)
{
    double number = NAN;

    if (gh_index_sheet_number(&reader->sheet, (int)column, &number, NULL))
        return number;
    if (!reader->is_text[at])
        gh_faults_add(reader->sheet.faults, GH_FAULT_WARNING, reader->sheet.name,
                      gh_csv_line(reader->sheet.csv), gh_csv_column(reader->sheet.csv, column),
                      gh_csv_field(reader->sheet.csv, column),
                      GH_MARK("is not a number, so the column is left out"), NULL);
    reader->is_text[at] = true;
    return NAN;
}

static void
read_row(Reader *reader)
{
    size_t n_numbers = 0;
    size_t n_groups = 0;

    read_unit(reader);
    for (size_t i = 0; i < reader->n_columns; i++) {
        if (reader->uses[i] == USE_GROUP) {
            read_group(reader, i, n_groups++);
        } else if (reader->uses[i] == USE_NUMBER || reader->uses[i] == USE_OUTSIDE) {
            double number = reader->uses[i] == USE_NUMBER
                                ? gh_index_sheet_number_or_fault(&reader->sheet, (int)i)
                                : read_outside(reader, i, n_numbers);
            g_array_append_val(reader->figures->numbers, number);
            n_numbers++;
        }
    }
}

static void
read_rows(Reader *reader)
{
    while (gh_index_sheet_next(&reader->sheet)) {
        if (reader->figures->codes->len == GH_INDEX_MAX_UNITS) {
            gh_index_sheet_fault(&reader->sheet, -1, NULL, GH_MARK("is one row too many"),
                                 GH_MARK("use at most 4000000 rows"));
            return;
        }
        read_row(reader);
    }
    if (reader->figures->codes->len == 0)
        gh_faults_add(reader->sheet.faults, GH_FAULT_ERROR, reader->sheet.name, 0, NULL, NULL,
                      GH_MARK("has no unit"), GH_MARK("add a row for each unit"));
}

/* One year is no panel. Years for some rows only would make units look new in the others. */
static void
settle_years(Reader *reader)
{
    GArray *years = reader->figures->years;
    bool several = false;

    if (reader->n_with_time > 0 && reader->line_without_time > 0)
        gh_faults_add(reader->sheet.faults, GH_FAULT_ERROR, reader->sheet.name,
                      reader->line_without_time, "Time", NULL,
                      GH_MARK("is empty, and other rows have a year"),
                      GH_MARK("write the year in each row"));
    for (guint i = 1; i < years->len; i++)
        several |= g_array_index(years, int, i) != g_array_index(years, int, 0);
    if (!several)
        g_clear_pointer(&reader->figures->years, g_array_unref);
}

/* The columns that turned out to be text stay in the numbers, where nothing points to them. */
static void
drop_texts(Reader *reader)
{
    for (guint i = 0; i < reader->figures->columns->len; i++)
        if (reader->is_text[i])
            g_ptr_array_index(reader->figures->columns, i) = NULL;
}

GhIndexFigures *
gh_index_figures_read(const GhIndexFile *file, const GhIndexMeta *meta, GhFaults *faults)
{
    g_auto(Reader) reader = {.meta = meta};
    g_autoptr(GhIndexFigures) figures = figures_new();

    if (!gh_index_sheet_open(&reader.sheet, file, faults))
        return NULL;
    reader.figures = figures;
    reader.units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader.category_numbers = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    if (!read_header(&reader))
        return NULL;
    read_rows(&reader);
    settle_years(&reader);
    drop_texts(&reader);
    return g_steal_pointer(&figures);
}
