/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* outranking.c - in how much of the weight is one unit better than another?
 *
 * Source    Munda and Nardo 2009; OECD/JRC Handbook 2008, 6.2, non-compensatory multi-criteria.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "index/steps/aggregate_private.h"

enum {
    MAX_UNITS = 20000, /* the matrix has 3.2 GB then */
    LANES = 2,         /* values compared at once */
    VECTORS = 4,       /* sets of them whose sums fit the registers */
    FEW = LANES * VECTORS,
};

/* A language extension that gcc and clang share: comparisons give all bits or none, which with the bits of the weight
 * is the weight or 0, without a branch. A gap is neither greater nor less nor equal to anything. */
typedef double Lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double))));
typedef int64_t Bits __attribute__((vector_size(LANES * sizeof(int64_t))));

/* Unit i against the FEW from first on; sums stay in registers while the columns pass by. */
static void
duel_few(const double *const *columns, const double *weights, size_t n_columns, size_t i,
         size_t first, double *ret_balance, double *ret_both)
{
    Lanes balance[VECTORS] = {0}, both[VECTORS] = {0};

    for (size_t c = 0; c < n_columns; c++) {
        const Lanes mine = columns[c][i] - (Lanes){0};
        /* Equal to itself: not a gap. NOLINTNEXTLINE(misc-redundant-expression) */
        const Bits w = (Bits)(weights[c] - (Lanes){0}) & (mine == mine);
        for (size_t v = 0; v < VECTORS; v++) {
            Lanes theirs;
            memcpy(&theirs, columns[c] + first + v * LANES, sizeof theirs);
            balance[v] += (Lanes)((mine > theirs) & w) - (Lanes)((mine < theirs) & w);
            /* NOLINTNEXTLINE(misc-redundant-expression): as above */
            both[v] += (Lanes)((theirs == theirs) & w);
        }
    }
    memcpy(ret_balance, balance, sizeof balance);
    memcpy(ret_both, both, sizeof both);
}

static void
duel_one(const double *const *columns, const double *weights, size_t n_columns, size_t i, size_t j,
         double *ret_balance, double *ret_both)
{
    double balance = 0.0, both = 0.0;

    for (size_t c = 0; c < n_columns; c++) {
        const double mine = columns[c][i], theirs = columns[c][j];
        const double better = mine > theirs ? weights[c] : 0.0;
        const double worse = mine < theirs ? weights[c] : 0.0;
        balance += better - worse;
        both += isnan(mine) || isnan(theirs) ? 0.0 : weights[c];
    }
    *ret_balance = balance;
    *ret_both = both;
}

void
gh_outranking_duels(const double *const *columns, const double *weights, size_t n_columns, size_t i,
                    size_t first, size_t n, double *ret_balance, double *ret_both)
{
    size_t j = 0;

    for (; j + FEW <= n; j += FEW)
        duel_few(columns, weights, n_columns, i, first + j, ret_balance + j, ret_both + j);
    for (; j < n; j++)
        duel_one(columns, weights, n_columns, i, first + j, &ret_balance[j], &ret_both[j]);
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
