/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stats_testing.c - what tests of statistics and weights share. */
#include "index/stats/stats_testing.h"

#include <math.h>
#include <string.h>

#include "index/read.h"

static void
fill_column(GhIndexState *state, size_t node, const GhIndexTable *table, size_t column)
{
    double *values = gh_index_state_column(state, node);

    for (size_t i = 0; i < state->n_units; i++) {
        size_t row = gh_index_table_row(table, state->data->unit_codes[state->rows[i]]);
        values[i] = table->values[column * table->n_rows + row];
    }
}

GhIndexState *
gh_stats_testing_state(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *data_path = gh_index_testing_path("asem_iData.csv");
    g_autofree char *meta_path = gh_index_testing_path("asem_iMeta.csv");
    g_autoptr(GhIndexTable) table = gh_index_testing_table(path);
    if (table == NULL)
        return NULL;

    g_autoptr(GhFaults) faults = gh_faults_new();
    GhIndexData *data = gh_index_read_paths(data_path, meta_path, faults, &error);
    g_assert_no_error(error);
    GhIndexState *state = gh_stats_testing_new(data);
    for (size_t k = 0; k < state->data->n_nodes; k++)
        for (size_t c = 0; c < table->n_columns; c++)
            if (strcmp(table->columns[c], state->data->nodes[k].code) == 0)
                fill_column(state, k, table, c);
    return state;
}

GhIndexState *
gh_stats_testing_new(GhIndexData *data)
{
    GhIndexState *state = gh_index_state_new(data);

    gh_index_data_unref(data);
    return state;
}

size_t
gh_stats_testing_node(const GhIndexState *state, const char *code)
{
    gssize node = gh_index_data_find_node(state->data, code);

    if (node < 0)
        g_error("no node %s", code);
    return (size_t)node;
}

size_t *
gh_stats_testing_level(const GhIndexState *state, int level, size_t *ret_n)
{
    size_t *nodes = g_new(size_t, state->data->n_nodes);

    *ret_n = 0;
    for (size_t k = 0; k < state->data->n_nodes; k++)
        if (state->data->nodes[k].level == level)
            nodes[(*ret_n)++] = k;
    return nodes;
}

bool
gh_stats_testing_aggregate(GhIndexState *state, int level, const void *unused, GError **error)
{
    (void)unused;
    (void)error; /* a mean of numbers cannot fail */
    for (size_t p = state->data->n_indicators; p < state->data->n_nodes; p++) {
        const GhIndexNode *parent = &state->data->nodes[p];
        double *column = gh_index_state_column(state, p);
        if (parent->level <= level)
            continue;
        for (size_t i = 0; i < state->n_units; i++) {
            double sum = 0, weights = 0;
            for (size_t c = 0; c < parent->n_children; c++) {
                size_t child = parent->children[c];
                sum += state->weights[child] * gh_index_state_column(state, child)[i];
                weights += state->weights[child];
            }
            column[i] = sum / weights;
        }
    }
    return true;
}

double
gh_stats_testing_number(uint64_t *s)
{
    *s = 16807 * *s % 2147483647;
    return (double)*s / 2147483647.0;
}
