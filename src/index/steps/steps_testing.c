/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps_testing.c - what tests of normalising and aggregating share. */
#include "index/steps/steps_testing.h"

#include <math.h>
#include <string.h>

#include "index/read.h"

/* By the second column, the unit's code; the file has no quotes. */
static int
compare_lines(const void *a, const void *b)
{
    const char *first = strchr(*(char *const *)a, ',');
    const char *second = strchr(*(char *const *)b, ',');

    return strcmp(first, second);
}

static char *
load(const char *path)
{
    g_autofree char *full = gh_index_testing_path(path);
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    if (full == NULL)
        return NULL;
    g_file_get_contents(full, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

static GhIndexData *
read_sorted(void)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *meta = load("asem_iMeta.csv");
    g_autofree char *text = load("asem_iData.csv");
    if (meta == NULL || text == NULL)
        return NULL;

    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    qsort(lines + 1, g_strv_length(lines) - 1, sizeof *lines, compare_lines);
    g_autofree char *sorted = g_strjoinv("\n", lines);
    const GhIndexFile data_file = {"data", sorted, strlen(sorted)};
    const GhIndexFile meta_file = {"meta", meta, strlen(meta)};
    GhIndexData *data = gh_index_read(&data_file, &meta_file, faults, &error);
    g_assert_no_error(error);
    return data;
}

GhIndexState *
gh_steps_testing_example(const char *path)
{
    GhIndexData *data = read_sorted();
    if (data == NULL)
        return NULL;

    GhIndexState *state = gh_steps_testing_state(data);
    g_autoptr(GhIndexTable) table = gh_index_testing_table(path);
    for (size_t j = 0; j < data->n_indicators; j++) {
        const size_t column = gh_index_table_column(table, data->nodes[j].code);
        for (size_t i = 0; i < state->n_units; i++) {
            const size_t row = gh_index_table_row(table, data->unit_codes[i]);
            gh_index_state_column(state, j)[i] = table->values[column * table->n_rows + row];
        }
    }
    return state;
}

GhIndexState *
gh_steps_testing_state(GhIndexData *data)
{
    GhIndexState *state = gh_index_state_new(data);

    gh_index_data_unref(data);
    return state;
}

GhIndexState *
gh_steps_testing_flat(size_t n_units, size_t n_indicators, const double *row_by_row)
{
    g_autofree const char **parents = g_new(const char *, n_indicators);

    for (size_t j = 0; j < n_indicators; j++)
        parents[j] = "Index";
    return gh_steps_testing_state(
        gh_index_testing_data(n_units, n_indicators, row_by_row, parents));
}

void
gh_steps_testing_assert_error(bool ok, GError **error, int code, const char *const *words)
{
    g_assert_false(ok);
    g_assert_error(*error, GH_INDEX_ERROR, code);
    for (; *words != NULL; words++) {
        if (strstr((*error)->message, *words) == NULL)
            g_error("\"%s\" does not name %s", (*error)->message, *words);
    }
    g_clear_error(error);
}

bool
gh_steps_testing_aggregate(GhIndexState *state, GhIndexAggregateLevel level, GError **error)
{
    const GhIndexAggregate how = {.levels = &level, .n_levels = 1};

    return gh_index_aggregate(state, &how, NULL, error);
}

double
gh_steps_testing_number(uint64_t *seed)
{
    *seed = *seed * 16807 % 2147483647;
    return (double)*seed / 2147483647.0;
}
