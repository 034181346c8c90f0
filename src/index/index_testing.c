/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_testing.c - what tests of the index share. */
#include "index/index_testing.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"

static char *
reference_folder(void)
{
    const char *given = g_getenv("GUILDHALL_REFERENCE");

    if (given != NULL)
        return g_build_filename(given, "composite", NULL);
    return g_build_filename(GH_SOURCE_ROOT, "..", "shared", "data", "composite", NULL);
}

char *
gh_index_testing_path(const char *path)
{
    g_autofree char *folder = reference_folder();

    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_test_skip("the reference results are not here; GUILDHALL_REFERENCE names their folder");
        return NULL;
    }
    return g_build_filename(folder, path, NULL);
}

static double
parse_number(const char *text)
{
    char *end = NULL;

    if (strcmp(text, "TRUE") == 0)
        return 1.0;
    if (strcmp(text, "FALSE") == 0)
        return 0.0;
    if (text[0] == '\0')
        return NAN;
    const double value = g_ascii_strtod(text, &end); /* also knows Inf and NaN */
    return *end == '\0' ? value : NAN;
}

GhIndexTable *
gh_index_testing_table(const char *path)
{
    g_autofree char *full = gh_index_testing_path(path);
    if (full == NULL)
        return NULL;

    g_autoptr(GError) error = NULL;
    g_autoptr(GhCsv) csv = gh_csv_new_path(full, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GPtrArray) cells = g_ptr_array_new(); /* row by row */
    const size_t n_columns = gh_csv_n_columns(csv) - 1;
    for (bool row = true;;) {
        g_assert_true(gh_csv_next(csv, &row, &error));
        if (!row)
            break;
        g_ptr_array_add(rows, g_strdup(gh_csv_field(csv, 0)));
        for (size_t c = 0; c < n_columns; c++)
            g_ptr_array_add(cells, g_strdup(gh_csv_field(csv, c + 1)));
    }

    GhIndexTable *table = g_new0(GhIndexTable, 1);
    table->name = g_strdup(path);
    table->n_rows = rows->len;
    table->n_columns = n_columns;
    table->columns = g_new0(char *, n_columns + 1);
    for (size_t c = 0; c < n_columns; c++)
        table->columns[c] = g_strdup(gh_csv_column(csv, c + 1));
    table->rows = g_new0(char *, rows->len + 1);
    table->values = g_new(double, rows->len *n_columns + 1);
    table->texts = g_new0(char *, rows->len *n_columns + 1);
    for (size_t r = 0; r < rows->len; r++) {
        table->rows[r] = g_ptr_array_index(rows, r);
        for (size_t c = 0; c < n_columns; c++) {
            char *text = g_ptr_array_index(cells, r * n_columns + c);
            table->texts[c * rows->len + r] = text;
            table->values[c * rows->len + r] = parse_number(text);
        }
    }
    return table;
}

void
gh_index_table_free(GhIndexTable *table)
{
    if (table == NULL)
        return;
    g_free(table->name);
    for (size_t t = 0; t < table->n_rows * table->n_columns; t++)
        g_free(table->texts[t]);
    g_free(table->texts);
    g_strfreev(table->rows);
    g_strfreev(table->columns);
    g_free(table->values);
    g_free(table);
}

static size_t
find(char *const *names, size_t n, const char *wanted, const char *file)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(names[i], wanted) == 0)
            return i;
    }
    g_error("%s has no \"%s\"", file, wanted);
}

size_t
gh_index_table_column(const GhIndexTable *table, const char *column)
{
    return find(table->columns, table->n_columns, column, table->name);
}

size_t
gh_index_table_row(const GhIndexTable *table, const char *row)
{
    return find(table->rows, table->n_rows, row, table->name);
}

double
gh_index_table_value(const GhIndexTable *table, const char *row, const char *column)
{
    return table->values[gh_index_table_column(table, column) * table->n_rows
                         + gh_index_table_row(table, row)];
}

const char *
gh_index_table_text(const GhIndexTable *table, const char *row, const char *column)
{
    return table->texts[gh_index_table_column(table, column) * table->n_rows
                        + gh_index_table_row(table, row)];
}

void
gh_index_assert_near(double got, double want, double tolerance, const char *label)
{
    if (isnan(want) ? isnan(got) : got == want)
        return;
    if (fabs(got - want) <= tolerance * fmax(fabs(want), 1e-3))
        return;
    g_error("%s: expected %.17g, got %.17g", label, want, got);
}

void
gh_index_assert_table(const GhIndexData *data, const double *values, size_t n_rows,
                      const size_t *rows, size_t first, size_t n, const GhIndexTable *want)
{
    size_t n_compared = 0;

    for (size_t c = 0; c < want->n_columns; c++) {
        const gssize node = gh_index_data_find_node(data, want->columns[c]);
        if (node < (gssize)first || (size_t)node >= first + n)
            continue;
        n_compared++;
        g_assert_cmpuint(n_rows, ==, want->n_rows);
        for (size_t i = 0; i < n_rows; i++) {
            const char *unit = data->unit_codes[rows != NULL ? rows[i] : i];
            g_autofree char *label =
                g_strdup_printf("%s, unit %s, %s", want->name, unit, want->columns[c]);
            gh_index_assert_near(values[((size_t)node - first) * n_rows + i],
                                 want->values[c * want->n_rows + gh_index_table_row(want, unit)],
                                 GH_INDEX_TOLERANCE, label);
        }
    }
    g_assert_cmpuint(n_compared, >, 0);
}

/* -- small data -- */

static size_t
group_place(GPtrArray *groups, const char *code)
{
    for (guint g = 0; g < groups->len; g++) {
        if (strcmp(g_ptr_array_index(groups, g), code) == 0)
            return g;
    }
    g_ptr_array_add(groups, (void *)(uintptr_t)code);
    return groups->len - 1;
}

GhIndexData *
gh_index_testing_data(size_t n_units, size_t n_indicators, const double *row_by_row,
                      const char *const *parents)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    for (size_t j = 0; j < n_indicators; j++)
        (void)group_place(groups, parents[j]);
    const bool flat = groups->len == 1 && strcmp(g_ptr_array_index(groups, 0), "Index") == 0;

    const size_t n_nodes = n_indicators + groups->len + (flat ? 0 : 1);
    GhIndexData *data = gh_index_data_new(
        &(GhIndexDataSize){.n_units = n_units, .n_indicators = n_indicators, .n_nodes = n_nodes},
        &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < n_units; i++) {
        data->unit_codes[i] = g_strdup_printf("U%zu", i + 1);
        for (size_t j = 0; j < n_indicators; j++)
            data->values[j * n_units + i] = row_by_row[i * n_indicators + j];
    }
    for (size_t j = 0; j < n_indicators; j++) {
        data->nodes[j].code = g_strdup_printf("i%zu", j + 1);
        data->nodes[j].parent = (gssize)(n_indicators + group_place(groups, parents[j]));
    }
    for (size_t g = 0; g < groups->len; g++) {
        GhIndexNode *node = &data->nodes[n_indicators + g];
        node->code = g_strdup(g_ptr_array_index(groups, g));
        node->level = 2;
        node->parent = flat ? -1 : (gssize)(n_nodes - 1);
    }
    if (!flat) {
        data->nodes[n_nodes - 1].code = g_strdup("Index");
        data->nodes[n_nodes - 1].level = 3;
    }
    (void)gh_index_data_complete(data, &error);
    g_assert_no_error(error);
    return data;
}
