/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* strengths.c - in which indicators a unit stands best and worst; places within groups. */
#include <math.h>
#include <stdlib.h>

#include "index/analysis.h"
#include "index/partition.h"

/* 1 and how many units of the same year are better; 0 without a value. */
static int
place_of(const GhIndexData *data, size_t indicator, size_t row)
{
    const double *x = data->values + indicator * data->n_units;
    const double sign = data->nodes[indicator].direction;
    int place = 1;

    if (isnan(x[row]))
        return 0;
    for (size_t i = 0; i < data->n_units; i++) {
        const bool same_year = data->years == NULL || data->years[i] == data->years[row];
        place += same_year && sign * x[i] > sign * x[row];
    }
    return place;
}

static int
compare_best(const void *a, const void *b)
{
    const GhIndexStrength *one = a, *other = b;

    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return (one->node > other->node) - (one->node < other->node);
}

size_t
gh_index_strengths(const GhIndexData *data, size_t row, size_t n, GhIndexStrength *ret_strong,
                   GhIndexStrength *ret_weak)
{
    g_autofree GhIndexStrength *all = g_new(GhIndexStrength, data->n_indicators);
    size_t n_all = 0;

    for (size_t j = 0; j < data->n_indicators; j++) {
        const int place = place_of(data, j, row);
        if (place > 0)
            all[n_all++] = (GhIndexStrength){
                .node = j, .place = place, .raw = data->values[j * data->n_units + row]};
    }
    n = MIN(n, n_all);
    qsort(all, n_all, sizeof *all, compare_best);
    for (size_t s = 0; s < n; s++)
        ret_strong[s] = all[s];
    for (size_t s = 0; s < n; s++)
        ret_weak[s] = all[n_all - 1 - s];
    return n;
}

void
gh_index_places_within_groups(const GhIndexResult *result, size_t node, size_t group,
                              int *ret_places)
{
    const GhIndexData *data = result->data;
    g_autoptr(GhIndexPartition) partition = gh_index_partition_new(data, (gssize)group);
    g_autofree double *values = g_new(double, data->n_units);

    for (size_t i = 0; i < data->n_units; i++)
        values[i] = gh_index_result_value(result, node, i);
    gh_index_partition_places(partition, values, ret_places);
}
