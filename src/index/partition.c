/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* partition.c - places within parts of the rows. */
#include "index/partition.h"

#include <math.h>
#include <stdlib.h>

#include "index/column.h"

struct GhIndexPartition {
    size_t n_units;
    size_t n_in_parts; /* rows that stand in a part */
    size_t *rows;      /* those, a part's together, ascending within */
    bool *starts;      /* n_in_parts: a part begins here */
    size_t *part;      /* n_units: number of the part from 1; 0: none */
    bool is_whole;     /* one part of all rows */
    size_t *order;     /* scratch, n_units each */
    double *values;
    int *places;
};

typedef struct {
    int year, category;
    size_t row;
} Key;

static int
compare_keys(const void *a, const void *b)
{
    const Key *one = a, *other = b;

    if (one->year != other->year)
        return one->year < other->year ? -1 : 1;
    if (one->category != other->category)
        return one->category < other->category ? -1 : 1;
    return (one->row > other->row) - (one->row < other->row);
}

GhIndexPartition *
gh_index_partition_new(const GhIndexData *data, gssize group)
{
    const size_t n = data->n_units;
    const int *categories = group >= 0 ? data->groups[group].of_unit : NULL;
    GhIndexPartition *partition = g_new0(GhIndexPartition, 1);
    g_autofree Key *keys = g_new(Key, n);
    size_t n_keys = 0, n_parts = 0;

    for (size_t i = 0; i < n; i++) {
        if (categories == NULL || categories[i] >= 0)
            keys[n_keys++] = (Key){.year = data->years != NULL ? data->years[i] : 0,
                                   .category = categories != NULL ? categories[i] : 0,
                                   .row = i};
    }
    qsort(keys, n_keys, sizeof *keys, compare_keys);

    partition->n_units = n;
    partition->n_in_parts = n_keys;
    partition->is_whole = data->years == NULL && categories == NULL;
    partition->rows = g_new(size_t, n_keys);
    partition->starts = g_new(bool, n_keys);
    partition->part = g_new0(size_t, n);
    partition->order = g_new(size_t, n);
    partition->values = g_new(double, n);
    partition->places = g_new(int, n);
    for (size_t k = 0; k < n_keys; k++) {
        partition->starts[k] =
            k == 0 || keys[k].year != keys[k - 1].year || keys[k].category != keys[k - 1].category;
        n_parts += partition->starts[k];
        partition->rows[k] = keys[k].row;
        partition->part[keys[k].row] = n_parts;
    }
    return partition;
}

void
gh_index_partition_free(GhIndexPartition *partition)
{
    if (partition == NULL)
        return;
    g_free(partition->rows);
    g_free(partition->starts);
    g_free(partition->part);
    g_free(partition->order);
    g_free(partition->values);
    g_free(partition->places);
    g_free(partition);
}

static size_t
part_end(const GhIndexPartition *partition, size_t start)
{
    size_t end = start + 1;

    while (end < partition->n_in_parts && !partition->starts[end])
        end++;
    return end;
}

void
gh_index_partition_places(GhIndexPartition *partition, const double *values, int *ret_places)
{
    if (partition->is_whole) {
        gh_column_places(values, partition->n_units, partition->order, ret_places);
        return;
    }
    for (size_t i = 0; i < partition->n_units; i++)
        ret_places[i] = 0;
    for (size_t start = 0, end = 0; start < partition->n_in_parts; start = end) {
        const size_t *rows = partition->rows + start;
        end = part_end(partition, start);
        for (size_t k = 0; k < end - start; k++)
            partition->values[k] = values[rows[k]];
        gh_column_places(partition->values, end - start, partition->order, partition->places);
        for (size_t k = 0; k < end - start; k++)
            ret_places[rows[k]] = partition->places[k];
    }
}

bool
gh_index_partition_same(const GhIndexPartition *partition, size_t row, size_t other)
{
    return partition->part[row] != 0 && partition->part[row] == partition->part[other];
}

void
gh_index_partition_state_places(GhIndexPartition *partition, const GhIndexState *state, size_t node,
                                double *ret_values, int *ret_places)
{
    const double *column = gh_index_state_column(state, node);

    for (size_t i = 0; i < partition->n_units; i++)
        ret_values[i] = NAN;
    for (size_t i = 0; i < state->n_units; i++)
        ret_values[state->rows[i]] = column[i];
    gh_index_partition_places(partition, ret_values, ret_places);
}

double
gh_index_mean_shift(const int *places, const int *others, size_t n)
{
    uint64_t sum = 0;
    size_t n_both = 0;

    for (size_t i = 0; i < n; i++) {
        const bool both = places[i] > 0 && others[i] > 0;
        sum += both ? (uint64_t)abs(places[i] - others[i]) : 0;
        n_both += both;
    }
    return n_both > 0 ? (double)sum / (double)n_both : (double)NAN;
}
