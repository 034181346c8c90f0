/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* link.c - how a node goes with a variable that is not part of the index: correlation and a straight line. */
#include <math.h>

#include "index/column.h"
#include "index/stats.h"

GhIndexLink
gh_index_link(const double *outside, const double *node, size_t n)
{
    g_autofree double *x = g_new(double, 2 * n);
    double *y = x + n;
    GhIndexLink link = {
        .pearson = gh_index_correlate(outside, node, n, GH_CORRELATION_PEARSON),
        .spearman = gh_index_correlate(outside, node, n, GH_CORRELATION_SPEARMAN),
        .intercept = NAN,
        .slope = NAN,
    };
    size_t n_pairs = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(outside[i]) || isnan(node[i]))
            continue;
        x[n_pairs] = outside[i];
        y[n_pairs++] = node[i];
    }
    const GhMoments mx = gh_column_mean_sd(x, n_pairs), my = gh_column_mean_sd(y, n_pairs);
    if (n_pairs < 2 || mx.min == mx.max)
        return link;

    /* Least squares: slope = r sd_y / sd_x; a node that does not vary lies on a level line. */
    link.slope = my.min == my.max ? 0 : link.pearson.r * my.sd / mx.sd;
    link.intercept = gh_column_figure(my.mean - link.slope * mx.mean);
    link.slope = gh_column_figure(link.slope);
    return link;
}
