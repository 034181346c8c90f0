/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cronbach.c - how far the columns of a group measure the same thing. */
#include <math.h>

#include "index/column.h"
#include "index/stats.h"

/* Over the pairs both of which are available, n - 1; NAN when fewer than two. */
static double
covariance(const double *x, const double *y, size_t n)
{
    double mean_x = 0, mean_y = 0, sum = 0;
    size_t n_pairs = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        mean_x += x[i];
        mean_y += y[i];
        n_pairs++;
    }
    if (n_pairs < 2)
        return NAN;
    mean_x /= (double)n_pairs;
    mean_y /= (double)n_pairs;
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]) && !isnan(y[i]))
            sum += (x[i] - mean_x) * (y[i] - mean_y);
    return sum / (double)(n_pairs - 1);
}

double
gh_index_cronbach(const GhIndexState *state, const size_t *nodes, size_t n_nodes)
{
    const double k = (double)n_nodes;
    double trace = 0, sum = 0;

    for (size_t a = 0; a < n_nodes; a++) {
        const double *x = gh_index_state_column(state, nodes[a]);
        const double variance = covariance(x, x, state->n_units);
        trace += variance;
        sum += variance;
        for (size_t b = 0; b < a; b++)
            sum += 2 * covariance(x, gh_index_state_column(state, nodes[b]), state->n_units);
    }
    if (n_nodes < 2 || sum == 0)
        return NAN;
    return gh_column_figure(k / (k - 1) * (1 - trace / sum));
}
