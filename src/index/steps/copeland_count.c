/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* copeland_count.c - who wins more duels: Copeland's scores under equal weights, counted in whole numbers.
 *
 * Only the order of a column's values matters, so each becomes a small whole number, and eight are compared at once.
 * A tile is 64 units by all columns; each pair of tiles is met once, since what one unit wins the other loses, and no
 * table of all pairs is ever made: memory grows with units x columns, time with units^2 x columns.
 *
 * Gaps      In "up" a gap is above all places, in "down" below all. i is better than j where down(i) > up(j), and
 *           that is false as soon as one of them has no value.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "index/steps/aggregate_private.h"

enum {
    LANES = 8, /* whole numbers of 16 bits compared at once */
    VECTORS =
        8, /* sets of them that fit the registers of every processor we know, with room to work */
    TILE = LANES * VECTORS,
    GAP_UP = INT16_MAX,
    GAP_DOWN = -1,
};

/* A language extension that gcc and clang share; the compiler chooses the instructions. */
typedef int16_t Lanes __attribute__((vector_size(LANES * sizeof(int16_t))));
typedef union {
    Lanes vectors[VECTORS];
    int16_t units[TILE];
} Places;
typedef struct {
    Places up, down;
} Tile; /* of one column */

/* Ascending different values of x to ret; how many. */
static size_t
different_values(const double *x, size_t n, double *ret)
{
    const size_t n_available = gh_column_sort(x, n, ret);
    size_t n_different = 0;

    for (size_t i = 0; i < n_available; i++) {
        if (n_different == 0 || ret[i] != ret[n_different - 1])
            ret[n_different++] = ret[i];
    }
    return n_different;
}

static int16_t
place_of(double x, const double *values, size_t n)
{
    size_t low = 0, high = n - 1;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (values[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return (int16_t)low;
}

bool
gh_copeland_can_count(const double *const *columns, size_t n_columns, size_t n_units)
{
    if (n_units < GAP_UP)
        return true;
    g_autofree double *values = g_new(double, n_units);
    for (size_t c = 0; c < n_columns; c++) {
        if (different_values(columns[c], n_units, values) >= GAP_UP)
            return false;
    }
    return true;
}

/* Tile t of column c is [t * n_columns + c]. Units beyond the last are gaps everywhere: they win and lose nothing. */
static Tile *
make_tiles(const double *const *columns, size_t n_columns, size_t n_units, size_t n_tiles)
{
    Tile *tiles = g_new(Tile, n_tiles * n_columns);
    g_autofree double *values = g_new(double, n_units);

    for (size_t c = 0; c < n_columns; c++) {
        const double *x = columns[c];
        const size_t n_values = different_values(x, n_units, values);
        for (size_t i = 0; i < n_tiles * TILE; i++) {
            Tile *tile = &tiles[i / TILE * n_columns + c];
            const bool gap = i >= n_units || isnan(x[i]);
            const int16_t place = gap ? 0 : place_of(x[i], values, n_values);
            tile->up.units[i % TILE] = gap ? (int16_t)GAP_UP : place;
            tile->down.units[i % TILE] = gap ? (int16_t)GAP_DOWN : place;
        }
    }
    return tiles;
}

/* ret: columns in which unit i of mine is better less those in which each of theirs is. A true comparison is -1. */
static inline void
duel(const Tile *mine, size_t i, const Tile *theirs, size_t n_columns, Lanes ret[VECTORS])
{
    Lanes balance[VECTORS] = {0};

    for (size_t c = 0; c < n_columns; c++) {
        const Lanes down = mine[c].down.units[i] - (Lanes){0};
        const Lanes up = mine[c].up.units[i] - (Lanes){0};
        for (size_t v = 0; v < VECTORS; v++) {
            balance[v] -= down > theirs[c].up.vectors[v];
            balance[v] += theirs[c].down.vectors[v] > up;
        }
    }
    memcpy(ret, balance, sizeof balance);
}

/* All of mine against all of theirs. their_scores NULL: mine are theirs. */
static void
meet(const Tile *mine, const Tile *theirs, size_t n_columns, int32_t *my_scores,
     int32_t *their_scores)
{
    Lanes lost[VECTORS] = {0}; /* by theirs, at most 64 each */
    Lanes balance[VECTORS];

    for (size_t i = 0; i < TILE; i++) {
        Lanes sum = {0};
        duel(mine, i, theirs, n_columns, balance);
        for (size_t v = 0; v < VECTORS; v++) {
            const Lanes sign = (balance[v] < 0) - (balance[v] > 0);
            sum += sign;
            lost[v] += sign;
        }
        for (size_t l = 0; l < LANES; l++)
            my_scores[i] += sum[l];
    }
    if (their_scores == NULL)
        return;
    for (size_t i = 0; i < TILE; i++)
        their_scores[i] -= lost[i / LANES][i % LANES];
}

void
gh_copeland_count(const double *const *columns, size_t n_columns, size_t n_units,
                  int32_t *ret_scores)
{
    const size_t n_tiles = (n_units + TILE - 1) / TILE;
    g_autofree Tile *tiles = make_tiles(columns, n_columns, n_units, n_tiles);
    g_autofree int32_t *scores = g_new0(int32_t, n_tiles * TILE);

    for (size_t b = 0; b < n_tiles; b++) {
        const Tile *theirs = tiles + b * n_columns;
        for (size_t a = 0; a < b; a++)
            meet(tiles + a * n_columns, theirs, n_columns, scores + a * TILE, scores + b * TILE);
        meet(theirs, theirs, n_columns, scores + b * TILE, NULL);
    }
    memcpy(ret_scores, scores, n_units * sizeof *ret_scores);
}
