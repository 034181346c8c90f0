/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* describe.c - distributions of indicators, and how much is known of units. */
#include <math.h>

#include "index/column.h"
#include "index/stats.h"

/* As COINr's get_stats has them. */
const GhIndexDescriptionLimits GH_INDEX_DESCRIPTION_LIMITS = {
    .min_available = 0.65, .min_nonzero = 0.5, .min_unique = 0.5, .skew = 2, .kurt = 3.5};

/* Of n ascending values: how many there are of different ones, and of the commonest. */
static void
count_runs(const double *sorted, size_t n, GhIndexDescription *ret)
{
    size_t run = 0;

    for (size_t i = 0; i < n; i++) {
        run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        ret->n_unique += run == 1;
        ret->n_same = MAX(ret->n_same, run);
        ret->n_nonzero += sorted[i] != 0;
    }
}

static double
share(size_t part, size_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

static double
quantile(const double *sorted, size_t n, double p)
{
    return gh_column_figure(gh_column_quantile(sorted, n, p));
}

static GhIndexDescription
describe_column(const double *column, size_t n, double *sorted)
{
    const GhMoments moments = gh_column_moments(column, n);
    const size_t n_available = gh_column_sort(column, n, sorted);
    GhIndexDescription result = {
        .min = moments.min,
        .max = moments.max,
        .mean = gh_column_figure(moments.mean),
        .median = quantile(sorted, n_available, 0.5),
        .sd = gh_column_figure(moments.sd),
        .skew = gh_column_figure(moments.skew),
        .kurt = gh_column_figure(moments.kurt),
        .q5 = quantile(sorted, n_available, 0.05),
        .q25 = quantile(sorted, n_available, 0.25),
        .q75 = quantile(sorted, n_available, 0.75),
        .q95 = quantile(sorted, n_available, 0.95),
        .n = n,
        .n_available = n_available,
    };

    count_runs(sorted, n_available, &result);
    result.share_available = share(n_available, n);
    result.share_nonzero = share(result.n_nonzero, n_available);
    result.share_unique = share(result.n_unique, n_available);
    result.share_same = share(result.n_same, n_available);
    return result;
}

void
gh_index_describe(const GhIndexState *state, const size_t *nodes, size_t n_nodes,
                  GhIndexDescription *ret)
{
    g_autofree double *sorted = g_new(double, state->n_units);

    for (size_t k = 0; k < n_nodes; k++) {
        ret[k] = describe_column(gh_index_state_column(state, nodes[k]), state->n_units, sorted);
        ret[k].node = nodes[k];
    }
}

GhIndexDescriptionFlags
gh_index_description_flags(const GhIndexDescription *description,
                           const GhIndexDescriptionLimits *limits)
{
    const double n = (double)description->n;

    return (GhIndexDescriptionFlags){
        .few_available = (double)description->n_available < limits->min_available * n,
        .few_nonzero = (double)description->n_nonzero < limits->min_nonzero * n,
        .few_unique = (double)description->n_unique < limits->min_unique * n,
        .outliers = fabs(description->skew) >= limits->skew && description->kurt >= limits->kurt,
    };
}

void
gh_index_availability(const GhIndexState *state, size_t node, GhIndexAvailability *ret_units)
{
    const GhIndexData *data = state->data;
    const int level = data->nodes[node].level;

    for (size_t i = 0; i < state->n_units; i++)
        ret_units[i] = (GhIndexAvailability){0};
    for (size_t k = 0; k < data->n_indicators; k++) {
        if (!state->active[k] || gh_index_data_ancestor(data, k, level) != (gssize)node)
            continue;
        const double *column = gh_index_state_column(state, k);
        for (size_t i = 0; i < state->n_units; i++) {
            ret_units[i].n++;
            ret_units[i].n_available += isnan(column[i]) ? 0 : 1;
            ret_units[i].n_zero += column[i] == 0 ? 1 : 0;
        }
    }
}
