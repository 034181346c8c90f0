/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_rules.h - how a city stands among its peers, and which cities are nearest to it.
 *
 * Pure rules: numbers in, numbers out; no database, no clock. docs/peers-and-trends.md has every formula.
 *
 * Peers     The city itself is never among its peers: a small group would else be compared with itself.
 * Values    NAN is "no value" and never counts.
 * Enough    Below GH_PEERS_MIN values nothing but the values themselves is told.
 * Threads   All functions are pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    GH_PEERS_MIN = 5, /* our choice: quartiles of four values are the values themselves */
    GH_PEERS_COMMON_MIN =
        10, /* our choice: data points two cities must share to be compared as a whole */
    GH_PEERS_NEAREST = 10, /* cities in the group of the nearest */
};

/* -- size -- */

/* A band of population, from (inclusive) to the next one's from. */
typedef struct {
    const char *key;  /* in addresses: "100k" */
    const char *name; /* marked msgid: "100,000 to 250,000 inhabitants" */
    double from;
} GhSizeBand;

/* From 50,000 on the size classes of cities of OECD and European Commission: Dijkstra and Poelman, "Cities
 * in Europe: the new OECD-EC definition", Regional Focus 01/2012 (S, M, L, XL, XXL, global). Below, the
 * Degree of Urbanisation (UN Statistical Commission, 2020): towns from 5,000 on. */
extern const GhSizeBand GH_SIZE_BANDS[];
extern const size_t GH_N_SIZE_BANDS;

/* -1 when population is NAN or not above 0. */
int gh_size_band(double population);

/* -- one data point -- */

/* What is good. */
typedef enum {
    GH_GOOD_HIGHER,
    GH_GOOD_LOWER,
    GH_GOOD_NEAR, /* the nearer to goal */
    GH_GOOD_NONE, /* describes, is not judged */
} GhGood;

/* The values of a group. */
typedef struct {
    size_t n; /* with a value */
    double min, lower, median, upper,
        max;         /* quantiles type 7 of Hyndman and Fan 1996; NAN when n is 0 */
    double mean, sd; /* sd with n - 1; NAN when n < 2 */
} GhSpread;

/* sorted is scratch with room for n. */
GhSpread gh_spread(const double *values, size_t n, double *sorted);

typedef struct {
    double z;          /* (value - mean) / sd; NAN where sd is 0 or not known */
    double percentile; /* of peers below, those equal counting half: 0..100 */
    double
        better; /* of peers the city is better than, those equal counting half; NAN: not judged */
} GhStanding;

/* False, and *ret_standing untouched, when fewer than GH_PEERS_MIN peers have a value, or the city has
 * none. */
bool gh_standing(double value, const double *peers, size_t n, const GhSpread *spread, GhGood good,
                 double goal, GhStanding *ret_standing);

/* -- the nearest by profile -- */

typedef struct {
    size_t city;     /* index */
    size_t n_common; /* data points both have */
    double distance; /* root mean square difference of z-scores */
} GhNearest;

/* values: column-major, n_cities x n_points; own: the city's n_points values; self: its index among the cities,
 * n_cities where it is none of them. Cities that share fewer than GH_PEERS_COMMON_MIN data points with it are
 * passed over. d(i,j) = sqrt(mean over the data points k that both have of (z_ik - z_jk)^2), with z over all
 * cities and cut off at 3 on both sides, so that one extreme value does not decide. Equally near: the one with
 * more in common, then the one that stands first. Fills up to n_max and returns how many. */
size_t gh_nearest(const double *values, size_t n_cities, size_t n_points, const double *own,
                  size_t self, GhNearest *ret_nearest, size_t n_max);
