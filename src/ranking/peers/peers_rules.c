/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_rules.c - how a city stands among its peers, and which cities are nearest to it. */
#include "ranking/peers/peers_rules.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#include "base/lang.h"
#include "index/index.h"

static const double Z_MAX = 3; /* our choice: about 3 in 1,000 normal values lie beyond */

/* -- size -- */

const GhSizeBand GH_SIZE_BANDS[] = {
    {"0", GH_MARK("Under 5,000 inhabitants"), 0},
    {"5k", GH_MARK("5,000 to 50,000 inhabitants"), 5e3},
    {"50k", GH_MARK("50,000 to 100,000 inhabitants"), 5e4},
    {"100k", GH_MARK("100,000 to 250,000 inhabitants"), 1e5},
    {"250k", GH_MARK("250,000 to 500,000 inhabitants"), 2.5e5},
    {"500k", GH_MARK("500,000 to 1 million inhabitants"), 5e5},
    {"1m", GH_MARK("1 to 5 million inhabitants"), 1e6},
    {"5m", GH_MARK("5 million inhabitants and more"), 5e6},
};
const size_t GH_N_SIZE_BANDS = G_N_ELEMENTS(GH_SIZE_BANDS);

int
gh_size_band(double population)
{
    int band = -1;

    if (!(population > 0))
        return -1;
    for (size_t i = 0; i < GH_N_SIZE_BANDS && population >= GH_SIZE_BANDS[i].from; i++)
        band = (int)i;
    return band;
}

/* -- one data point -- */

GhSpread
gh_spread(const double *values, size_t n, double *sorted)
{
    size_t n_values = gh_column_sort(values, n, sorted);
    GhMoments moments = gh_column_mean_sd(sorted, n_values);

    return (GhSpread){
        .n = n_values,
        .min = moments.min,
        .lower = gh_column_quantile(sorted, n_values, 0.25),
        .median = gh_column_quantile(sorted, n_values, 0.5),
        .upper = gh_column_quantile(sorted, n_values, 0.75),
        .max = moments.max,
        .mean = moments.mean,
        .sd = moments.sd,
    };
}

/* Share, in percent, of the peers whose key lies below that of the value; equal ones count half. */
static double
percent_below(double value, const double *peers, size_t n, double (*key)(double, double),
              double goal)
{
    double own = key(value, goal), below = 0;
    size_t n_values = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(peers[i]))
            continue;
        double other = key(peers[i], goal);
        below += other < own ? 1 : other == own ? 0.5 : 0;
        n_values++;
    }
    return 100 * below / (double)n_values;
}

static double
itself(double value, double goal)
{
    (void)goal;
    return value;
}

static double
opposite(double value, double goal)
{
    (void)goal;
    return -value;
}

static double
nearness(double value, double goal)
{
    return -fabs(value - goal);
}

bool
gh_standing(double value, const double *peers, size_t n, const GhSpread *spread, GhGood good,
            double goal, GhStanding *ret_standing)
{
    GhStanding standing = {.z = NAN, .better = NAN};

    if (isnan(value) || spread->n < GH_PEERS_MIN)
        return false;
    if (spread->sd > 0)
        standing.z = (value - spread->mean) / spread->sd;
    standing.percentile = percent_below(value, peers, n, itself, 0);
    switch (good) {
    case GH_GOOD_HIGHER:
        standing.better = standing.percentile;
        break;
    case GH_GOOD_LOWER:
        standing.better = percent_below(value, peers, n, opposite, 0);
        break;
    case GH_GOOD_NEAR:
        standing.better = isnan(goal) ? NAN : percent_below(value, peers, n, nearness, goal);
        break;
    case GH_GOOD_NONE:
        break;
    }
    *ret_standing = standing;
    return true;
}

/* -- the nearest -- */

typedef struct {
    double *sums; /* of squared differences, per city */
    size_t *n_common;
} Differences;

static double
z_of(double value, const GhMoments *moments)
{
    return CLAMP((value - moments->mean) / moments->sd, -Z_MAX, Z_MAX);
}

/* Adds what one data point tells of how far the cities lie from the one. */
static void
add_point(const double *column, size_t n_cities, double value, Differences *differences)
{
    GhMoments moments = gh_column_mean_sd(column, n_cities);

    /* Where all are equal, the data point tells nothing. */
    if (isnan(value) || !(moments.sd > 0))
        return;
    double own = z_of(value, &moments);
    for (size_t i = 0; i < n_cities; i++) {
        if (isnan(column[i]))
            continue;
        double difference = z_of(column[i], &moments) - own;
        differences->sums[i] += difference * difference;
        differences->n_common[i]++;
    }
}

static int
compare_nearest(const void *a, const void *b)
{
    const GhNearest *first = a, *second = b;

    if (first->distance != second->distance)
        return first->distance < second->distance ? -1 : 1;
    if (first->n_common != second->n_common)
        return first->n_common > second->n_common ? -1 : 1;
    return first->city < second->city ? -1 : 1;
}

size_t
gh_nearest(const double *values, size_t n_cities, size_t n_points, const double *own, size_t self,
           GhNearest *ret_nearest, size_t n_max)
{
    g_autofree double *sums = g_new0(double, n_cities);
    g_autofree size_t *n_common = g_new0(size_t, n_cities);
    g_autofree GhNearest *all = g_new(GhNearest, n_cities);
    Differences differences = {.sums = sums, .n_common = n_common};
    size_t n = 0;

    for (size_t k = 0; k < n_points; k++)
        add_point(values + k * n_cities, n_cities, own[k], &differences);
    for (size_t i = 0; i < n_cities; i++) {
        if (i == self || n_common[i] < GH_PEERS_COMMON_MIN)
            continue;
        all[n++] = (GhNearest){
            .city = i, .n_common = n_common[i], .distance = sqrt(sums[i] / (double)n_common[i])};
    }
    if (n > 1)
        qsort(all, n, sizeof *all, compare_nearest);
    n = MIN(n, n_max);
    for (size_t i = 0; i < n; i++)
        ret_nearest[i] = all[i];
    return n;
}
