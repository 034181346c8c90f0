/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_meta.c - iMeta: a row for each indicator, aggregate, group, denominator and other variable. */
#include "index/files/read_private.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

enum {
    COLUMN_LEVEL,
    COLUMN_CODE,
    COLUMN_DIRECTION,
    COLUMN_WEIGHT,
    COLUMN_PARENT,
    COLUMN_TYPE,
    N_NEEDED,
    COLUMN_NAME = N_NEEDED,
    COLUMN_UNIT,
    COLUMN_TARGET,
    COLUMN_DENOMINATOR,
    N_COLUMNS,
};

static const char *const COLUMNS[N_COLUMNS] = {"Level",  "iCode",      "Direction", "Weight",
                                               "Parent", "Type",       "iName",     "Unit",
                                               "Target", "Denominator"};

static const char *const TYPES[] = {"Indicator", "Aggregate", "Group", "Denominator", "Other"};

typedef struct {
    GhIndexSheet sheet;
    int at[N_COLUMNS]; /* where a column stands; -1: nowhere */
    GArray *extra_at;  /* of int */
    GhIndexMeta *meta;
} Reader;

static void
row_free(gpointer pointer)
{
    GhIndexMetaRow *row = pointer;
    g_free(row->code);
    g_free(row->name);
    g_free(row->unit);
    g_free(row->parent);
    g_free(row->denominator);
    g_free(row->extras);
    g_free(row);
}

void
gh_index_meta_free(GhIndexMeta *meta)
{
    if (meta == NULL)
        return;
    g_hash_table_unref(meta->by_code);
    g_ptr_array_unref(meta->rows);
    g_ptr_array_unref(meta->extras);
    g_free(meta);
}

static bool
find_columns(Reader *reader)
{
    bool all = true;

    for (int i = 0; i < N_COLUMNS; i++) {
        reader->at[i] = gh_csv_find_column(reader->sheet.csv, COLUMNS[i]);
        if (reader->at[i] >= 0 || i >= N_NEEDED)
            continue;
        gh_faults_add(reader->sheet.faults, GH_FAULT_ERROR, reader->sheet.name, 1, COLUMNS[i], NULL,
                      GH_MARK("is missing"), GH_MARK("add this column"));
        all = false;
    }
    return all;
}

/* R writes what is on or off as TRUE and FALSE. */
static bool
read_extra(const GhIndexSheet *sheet, int column, double *ret_number, GError **error)
{
    const char *text = gh_index_sheet_text(sheet, column);

    if (strcmp(text, "TRUE") == 0 || strcmp(text, "FALSE") == 0) {
        *ret_number = *text == 'T' ? 1.0 : 0.0;
        return true;
    }
    return gh_index_sheet_number(sheet, column, ret_number, error);
}

/* Further columns are parameters where they have numbers; one without any is a remark for people
 * and passed over. Found in a walk of its own, since it may be the last row that tells. */
static void
find_extras(Reader *reader, const GhIndexFile *file)
{
    g_auto(GhIndexSheet) sheet = {.csv = NULL};
    g_autoptr(GhFaults) ignored = gh_faults_new(); /* told in the reading proper */
    size_t n_columns = gh_csv_n_columns(reader->sheet.csv);
    g_autofree bool *has_number = g_new0(bool, n_columns);

    if (!gh_index_sheet_open(&sheet, file, ignored))
        return;
    while (gh_index_sheet_next(&sheet)) {
        for (size_t i = 0; i < n_columns; i++) {
            double number = NAN;
            has_number[i] |= read_extra(&sheet, (int)i, &number, NULL) && !isnan(number);
        }
    }
    for (int i = 0; i < N_COLUMNS; i++)
        if (reader->at[i] >= 0)
            has_number[reader->at[i]] = false;
    for (int i = 0; i < (int)n_columns; i++) {
        if (!has_number[i])
            continue;
        g_array_append_val(reader->extra_at, i);
        g_ptr_array_add(reader->meta->extras,
                        g_strdup(gh_csv_column(reader->sheet.csv, (size_t)i)));
    }
}

static void
read_extras(Reader *reader, GhIndexMetaRow *row)
{
    row->extras = g_new(double, reader->extra_at->len + 1);
    for (guint i = 0; i < reader->extra_at->len; i++) {
        int column = g_array_index(reader->extra_at, int, i);
        row->extras[i] = NAN;
        if (!read_extra(&reader->sheet, column, &row->extras[i], NULL))
            row->extras[i] = gh_index_sheet_number_or_fault(&reader->sheet, column);
    }
}

static bool
read_type(Reader *reader, GhIndexRowType *ret_type)
{
    const char *text = gh_index_sheet_text(&reader->sheet, reader->at[COLUMN_TYPE]);

    for (size_t i = 0; i < G_N_ELEMENTS(TYPES); i++) {
        if (g_ascii_strcasecmp(text, TYPES[i]) == 0) {
            *ret_type = (GhIndexRowType)i;
            return true;
        }
    }
    gh_index_sheet_fault(&reader->sheet, reader->at[COLUMN_TYPE], text, GH_MARK("is not a type"),
                         GH_MARK("write Indicator, Aggregate, Group, Denominator or Other"));
    return false;
}

/* Columns of the data that say which unit a row is. */
static bool
is_identity(const char *code)
{
    return g_ascii_strcasecmp(code, "uCode") == 0 || g_ascii_strcasecmp(code, "uName") == 0
           || g_ascii_strcasecmp(code, "Time") == 0;
}

/* NULL with a fault when the row has no code of its own. */
static char *
read_code(Reader *reader, GhIndexRowType type)
{
    int column = reader->at[COLUMN_CODE];
    const char *code = gh_index_sheet_text(&reader->sheet, column);

    if (*code == '\0') {
        gh_index_sheet_fault(&reader->sheet, column, NULL, GH_MARK("is empty"),
                             GH_MARK("write a code, the same as in the data"));
        return NULL;
    }
    if (strlen(code) > GH_INDEX_MAX_CODE_BYTES) {
        gh_index_sheet_fault(&reader->sheet, column, code, GH_MARK("is too long"),
                             GH_MARK("use at most 200 bytes"));
        return NULL;
    }
    if (type != GH_INDEX_ROW_OTHER && is_identity(code)) {
        gh_index_sheet_fault(&reader->sheet, column, code, GH_MARK("names the units in the data"),
                             GH_MARK("use another code"));
        return NULL;
    }
    if (g_hash_table_contains(reader->meta->by_code, code)) {
        gh_index_sheet_fault(&reader->sheet, column, code, GH_MARK("stands there twice"),
                             GH_MARK("give each row its own code"));
        return NULL;
    }
    return g_strdup(code);
}

static int
read_level(Reader *reader, GhIndexRowType type)
{
    int column = reader->at[COLUMN_LEVEL];
    const char *text = gh_index_sheet_text(&reader->sheet, column);
    size_t n_errors = gh_faults_n_errors(reader->sheet.faults);
    double level = gh_index_sheet_number_or_fault(&reader->sheet, column);

    if (gh_faults_n_errors(reader->sheet.faults) > n_errors)
        return 0;
    if (type == GH_INDEX_ROW_INDICATOR && level != 1) {
        gh_index_sheet_fault(&reader->sheet, column, text, GH_MARK("is not an indicator's level"),
                             GH_MARK("write 1"));
        return 0;
    }
    if (type == GH_INDEX_ROW_AGGREGATE
        && !(level >= 2 && level <= GH_INDEX_MAX_LEVELS && level == floor(level))) {
        gh_index_sheet_fault(&reader->sheet, column, text, GH_MARK("is not an aggregate's level"),
                             GH_MARK("write a whole number from 2 to 12"));
        return 0;
    }
    return (int)level;
}

/* Of an indicator or aggregate. */
static void
read_node(Reader *reader, GhIndexMetaRow *row)
{
    GhIndexSheet *sheet = &reader->sheet;
    int column = reader->at[COLUMN_DIRECTION];
    size_t n_errors = gh_faults_n_errors(sheet->faults);

    row->level = read_level(reader, row->type);
    double direction = gh_index_sheet_number_or_fault(sheet, column);
    if (direction != 1 && direction != -1 && gh_faults_n_errors(sheet->faults) == n_errors)
        gh_index_sheet_fault(sheet, column, gh_index_sheet_text(sheet, column),
                             GH_MARK("is not a direction"),
                             GH_MARK("write 1 where more is better, -1 where less is"));
    row->direction = direction < 0 ? -1 : 1;

    column = reader->at[COLUMN_WEIGHT];
    n_errors = gh_faults_n_errors(sheet->faults);
    row->weight = gh_index_sheet_number_or_fault(sheet, column);
    if (!(row->weight >= 0) && gh_faults_n_errors(sheet->faults) == n_errors)
        gh_index_sheet_fault(sheet, column, gh_index_sheet_text(sheet, column),
                             GH_MARK("is not a weight"), GH_MARK("write a number of 0 or more"));

    row->target = gh_index_sheet_number_or_fault(sheet, reader->at[COLUMN_TARGET]);
    row->parent = g_strdup(gh_index_sheet_text(sheet, reader->at[COLUMN_PARENT]));
    row->denominator = g_strdup(gh_index_sheet_text(sheet, reader->at[COLUMN_DENOMINATOR]));
}

static void
read_row(Reader *reader)
{
    GhIndexSheet *sheet = &reader->sheet;
    GhIndexMeta *meta = reader->meta;
    GhIndexRowType type = GH_INDEX_ROW_OTHER;
    bool typed = read_type(reader, &type);
    g_autofree char *code = read_code(reader, type);

    if (!typed || code == NULL) {
        meta->complete = false;
        return;
    }
    GhIndexMetaRow *row = g_new0(GhIndexMetaRow, 1);
    row->type = type;
    row->line = gh_csv_line(sheet->csv);
    row->code = g_steal_pointer(&code);
    row->name = g_strdup(gh_index_sheet_text(sheet, reader->at[COLUMN_NAME]));
    row->unit = g_strdup(gh_index_sheet_text(sheet, reader->at[COLUMN_UNIT]));
    if (type == GH_INDEX_ROW_INDICATOR || type == GH_INDEX_ROW_AGGREGATE)
        read_node(reader, row);
    if (type == GH_INDEX_ROW_INDICATOR)
        read_extras(reader, row);
    g_ptr_array_add(meta->rows, row);
    g_hash_table_insert(meta->by_code, row->code, row);
}

static void
row_fault(const Reader *reader, const GhIndexMetaRow *row, int column, const char *value,
          const char *reason, const char *remedy)
{
    gh_faults_add(reader->sheet.faults, GH_FAULT_ERROR, reader->sheet.name, row->line,
                  column >= 0 ? COLUMNS[column] : COLUMNS[COLUMN_CODE], value, reason, remedy);
}

/* "write Conn" where a code of that type looks like it, else what the cell is for. */
static char *
suggest(const GhIndexMeta *meta, GhIndexRowType type, const char *text, const char *otherwise)
{
    enum {
        EDITS_MAX = 2
    };
    unsigned best = EDITS_MAX + 1;
    const char *nearest = NULL;

    for (guint i = 0; i < meta->rows->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(meta->rows, i);
        unsigned distance = row->type == type ? gh_text_distance(row->code, text, EDITS_MAX) : best;
        if (distance < best) {
            best = distance;
            nearest = row->code;
        }
    }
    return nearest != NULL ? g_strdup_printf("write \"%s\"", nearest) : g_strdup(otherwise);
}

static void
check_parent(const Reader *reader, const GhIndexMetaRow *row, int top)
{
    g_assert(row->parent != NULL);
    if (row->level == 0)
        return; /* told already */
    if (*row->parent == '\0') {
        if (row->level < top)
            row_fault(reader, row, COLUMN_PARENT, NULL, GH_MARK("is empty"),
                      GH_MARK("write the code of an aggregate one level above"));
        return;
    }

    const GhIndexMetaRow *parent = g_hash_table_lookup(reader->meta->by_code, row->parent);
    if (parent == NULL || parent->type != GH_INDEX_ROW_AGGREGATE) {
        g_autofree char *remedy = suggest(reader->meta, GH_INDEX_ROW_AGGREGATE, row->parent,
                                          GH_MARK("write the code of a row of type Aggregate"));
        row_fault(reader, row, COLUMN_PARENT, row->parent, GH_MARK("is no aggregate"), remedy);
    } else if (parent->level != 0 && parent->level != row->level + 1) {
        row_fault(reader, row, COLUMN_PARENT, row->parent, GH_MARK("is not one level above"),
                  GH_MARK("correct Level, or put an aggregate between"));
    }
}

static void
check_denominator(const Reader *reader, const GhIndexMetaRow *row)
{
    const GhIndexMetaRow *found = g_hash_table_lookup(reader->meta->by_code, row->denominator);

    if (*row->denominator == '\0' || (found != NULL && found->type == GH_INDEX_ROW_DENOMINATOR))
        return;
    g_autofree char *remedy = suggest(reader->meta, GH_INDEX_ROW_DENOMINATOR, row->denominator,
                                      GH_MARK("write the code of a row of type Denominator"));
    row_fault(reader, row, COLUMN_DENOMINATOR, row->denominator, GH_MARK("is no denominator"),
              remedy);
}

/* What can be said of the hierarchy only when all rows are known. */
static void
check_hierarchy(const Reader *reader)
{
    const GhIndexMeta *meta = reader->meta;
    g_autoptr(GHashTable) parents = g_hash_table_new(g_str_hash, g_str_equal);
    int top = 1;
    guint n_indicators = 0;

    for (guint i = 0; i < meta->rows->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(meta->rows, i);
        top = MAX(top, row->level);
        n_indicators += row->type == GH_INDEX_ROW_INDICATOR;
        if (row->parent != NULL)
            g_hash_table_add(parents, row->parent);
    }
    for (guint i = 0; i < meta->rows->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(meta->rows, i);
        if (row->type != GH_INDEX_ROW_INDICATOR && row->type != GH_INDEX_ROW_AGGREGATE)
            continue;
        check_parent(reader, row, top);
        if (row->type == GH_INDEX_ROW_INDICATOR)
            check_denominator(reader, row);
        else if (!g_hash_table_contains(parents, row->code))
            row_fault(reader, row, COLUMN_CODE, row->code, GH_MARK("has nothing below it"),
                      GH_MARK("name it as Parent of another row, or take it out"));
    }
    if (n_indicators == 0)
        gh_faults_add(reader->sheet.faults, GH_FAULT_ERROR, reader->sheet.name, 0, NULL, NULL,
                      GH_MARK("has no indicator"), GH_MARK("add rows of type Indicator"));
    else if (top == 1)
        gh_faults_add(reader->sheet.faults, GH_FAULT_ERROR, reader->sheet.name, 0, NULL, NULL,
                      GH_MARK("has no aggregate"),
                      GH_MARK("add a row of type Aggregate and level 2: the index itself"));
}

GhIndexMeta *
gh_index_meta_read(const GhIndexFile *file, GhFaults *faults)
{
    GhIndexMeta *meta = g_new0(GhIndexMeta, 1);
    meta->rows = g_ptr_array_new_with_free_func(row_free);
    meta->by_code = g_hash_table_new(g_str_hash, g_str_equal);
    meta->extras = g_ptr_array_new_with_free_func(g_free);

    Reader reader = {.meta = meta};
    if (gh_index_sheet_open(&reader.sheet, file, faults) && find_columns(&reader)) {
        reader.extra_at = g_array_new(FALSE, FALSE, sizeof(int));
        meta->complete = true;
        find_extras(&reader, file);
        while (gh_index_sheet_next(&reader.sheet))
            read_row(&reader);
        meta->complete &= !reader.sheet.skipped;
        check_hierarchy(&reader);
        g_array_unref(reader.extra_at);
    }
    gh_index_sheet_clear(&reader.sheet);
    return meta;
}
