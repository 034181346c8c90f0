/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* outranking.c - in how much of the weight is one unit better than another?
 *
 * Source    Munda and Nardo 2009; OECD/JRC Handbook 2008, 6.2, non-compensatory multi-criteria.
 */
#include <math.h>
#include <string.h>

#include "index/aggregate_private.h"

enum {
    MAX_UNITS = 20000, /* the matrix has 3.2 GB then */
};

void
gh_outranking_duels(const double *const *columns, const double *weights, size_t n_columns, size_t i,
                    size_t first, size_t n, double *restrict ret_balance, double *restrict ret_both)
{
    memset(ret_balance, 0, n * sizeof *ret_balance);
    memset(ret_both, 0, n * sizeof *ret_both);
    for (size_t c = 0; c < n_columns; c++) {
        const double mine = columns[c][i];
        const double w = weights[c];
        const double *restrict theirs = columns[c] + first;
        if (isnan(mine))
            continue;
        for (size_t j = 0; j < n; j++) {
            const double better = mine > theirs[j] ? w : 0.0;
            const double worse = mine < theirs[j] ? w : 0.0;
            ret_balance[j] += better - worse;
            ret_both[j] += theirs[j] == theirs[j] ? w : 0.0;
        }
    }
}

/* o = (better + equal / 2) / both, and better - worse is balance, better + worse + equal is both. */
static void
fill_row(const double *balance, const double *both, size_t n, double *restrict row)
{
    for (size_t j = 0; j < n; j++) {
        const double o = (both[j] + balance[j]) / (2.0 * both[j]);
        row[j] = both[j] > 0.0 ? o : 0.5;
    }
}

/* As COINr: the part of the weight that one of them has no value for is nobody's in the row of the earlier unit, and
 * so falls to the later one, whose row is 1 less that. */
static void
fill_as_coinr(const double *balance, const double *both, double total, size_t i, size_t n,
              double *matrix)
{
    for (size_t j = i + 1; j < n; j++) {
        const double o = (both[j] + balance[j]) / (2.0 * total);
        matrix[i * n + j] = o;
        matrix[j * n + i] = 1.0 - o;
    }
}

bool
gh_index_outranking(const double *const *columns, const double *weights, size_t n_columns,
                    size_t n_units, bool as_coinr, double *ret_matrix, GError **error)
{
    double total = 0.0;

    if (n_units > MAX_UNITS) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "an outranking matrix has at most %d units, not %zu", MAX_UNITS, n_units);
        return false;
    }
    for (size_t c = 0; c < n_columns; c++)
        total += weights[c];
    if (!isfinite(total) || total <= 0.0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "outranking: the weights add up to %g; at least one must be above 0", total);
        return false;
    }

    g_autofree double *balance = g_new(double, n_units);
    g_autofree double *both = g_new(double, n_units);
    for (size_t i = 0; i < n_units; i++) {
        gh_outranking_duels(columns, weights, n_columns, i, 0, n_units, balance, both);
        if (as_coinr)
            fill_as_coinr(balance, both, total, i, n_units, ret_matrix);
        else
            fill_row(balance, both, n_units, ret_matrix + i * n_units);
        ret_matrix[i * n_units + i] = 0.0;
    }
    return true;
}
