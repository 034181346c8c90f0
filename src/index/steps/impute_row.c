/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_row.c - gaps from the unit's other indicators: their mean or median, put on a common scale
 * before.
 *
 * Scale     u = (x - min) / (max - min), for direction -1 u = (max - x) / (max - min), over the
 *           units; the mean of the unit's u goes back with the column's own min and max.
 * Spread    A column without spread has no u: it does not count in the means, and its gaps get its
 *           one value.
 */
#include <math.h>

#include "index/steps/impute_private.h"

/* How a column is put on the common scale: x = base + u width. */
typedef struct {
    double base,
        width; /* width < 0 where less is better; 0: no spread; base NAN: no value at all */
} Scale;

static Scale
scale_of(const GhImputation *imputation, size_t indicator, const double *x, size_t n)
{
    const GhMoments range = gh_column_range(x, n);

    if (!imputation->how->normalise_first)
        return (Scale){.base = 0.0, .width = 1.0};
    if (imputation->state->data->nodes[indicator].direction < 0)
        return (Scale){.base = range.max, .width = range.min - range.max};
    return (Scale){.base = range.min, .width = range.max - range.min};
}

typedef struct {
    Scale *scales;  /* of the members of a group */
    double *u;      /* units of a part x members, a unit together */
    double *sorted; /* a unit's members */
    double *x;      /* a part of a column */
} Scratch;

static void
fill_scales(const GhImputation *imputation, const GhIndexParts *parts, size_t part,
            const size_t *members, size_t n_members, Scratch *scratch)
{
    for (size_t m = 0; m < n_members; m++) {
        const double *column = gh_index_state_column(imputation->state, members[m]);
        const size_t n = gh_index_part_gather(parts, part, column, scratch->x);
        const Scale scale = scale_of(imputation, members[m], scratch->x, n);
        scratch->scales[m] = scale;
        for (size_t i = 0; i < n; i++)
            scratch->u[i * n_members + m] =
                scale.width == 0.0 ? (double)NAN : (scratch->x[i] - scale.base) / scale.width;
    }
}

static double
estimate(const GhImputation *imputation, const double *u, size_t n, double *sorted)
{
    if (imputation->how->method == GH_IMPUTE_MEDIAN)
        return gh_impute_median(u, n, sorted);
    return gh_column_mean_sd(u, n).mean;
}

static bool
fill_row(GhImputation *imputation, size_t row, const size_t *members, size_t n_members,
         const double *u, Scratch *scratch, GError **error)
{
    const double common = estimate(imputation, u, n_members, scratch->sorted);

    for (size_t m = 0; m < n_members; m++) {
        const Scale scale = scratch->scales[m];
        const double value = scale.width == 0.0 ? scale.base : scale.base + common * scale.width;
        if (imputation->wanted[members[m]]
            && isnan(gh_index_state_column(imputation->state, members[m])[row])
            && !gh_impute_fill(imputation, row, members[m], value, error))
            return false;
    }
    return true;
}

bool
gh_impute_by_row(GhImputation *imputation, GError **error)
{
    const GhIndexState *state = imputation->state;
    const GhIndexImpute *how = imputation->how;
    const size_t n_indicators = state->data->n_indicators;

    g_autoptr(GhIndexParts) groups =
        gh_index_parts_by_node(state, how->group_level, "impute", error);
    if (groups == NULL)
        return false;
    g_autoptr(GhIndexParts) parts = gh_index_parts_over(state, how->over, "impute", error);
    if (parts == NULL)
        return false;

    g_autofree Scale *scales = g_new(Scale, n_indicators);
    g_autofree double *u = g_new(double, state->n_units *n_indicators);
    g_autofree double *sorted = g_new(double, n_indicators);
    g_autofree double *x = g_new(double, state->n_units);
    Scratch scratch = {.scales = scales, .u = u, .sorted = sorted, .x = x};

    for (size_t g = 0; g < groups->n; g++) {
        const size_t *members = groups->members + groups->starts[g];
        const size_t n_members = gh_index_part_size(groups, g);
        for (size_t p = 0; p < parts->n; p++) {
            const size_t *rows = parts->members + parts->starts[p];
            fill_scales(imputation, parts, p, members, n_members, &scratch);
            for (size_t i = 0; i < gh_index_part_size(parts, p); i++) {
                if (!fill_row(imputation, rows[i], members, n_members, u + i * n_members, &scratch,
                              error))
                    return false;
            }
        }
    }
    return true;
}
