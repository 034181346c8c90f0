/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* column.h - one column of numbers: moments, quantiles, ranks. NAN is "not available" and never counts.
 *
 * Ownership Nothing here allocates unless it says so; scratch is the caller's.
 * Errors    None: where a figure is not defined it is NAN, and each function says when.
 * Accuracy  Two passes: mean first, then the deviations from it.
 * Threads   Pure.
 */
#pragma once

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    size_t n;        /* available */
    double min, max; /* NAN when n is 0 */
    double mean;     /* NAN when n is 0 */
    double sd;       /* n - 1; NAN when n < 2 */
    double skew;     /* NAN when n < 3 or all equal */
    double kurt;     /* excess; NAN when n < 4 or all equal */
} GhMoments;

/* A figure that no number can hold (the mean of two columns of 1e308, say) is as little known as one that is not
 * defined. */
static inline double
gh_column_figure(double x)
{
    return isfinite(x) ? x : (double)NAN;
}

/* n, min, max only. */
GhMoments gh_column_range(const double *x, size_t n);
/* Also mean and sd. */
GhMoments gh_column_mean_sd(const double *x, size_t n);
/* All. Source: Joanes and Gill 1998, b1 and b2 type 2 (as SAS, SPSS, Excel):
 * d = x - mean, g = sqrt(n) sum d^3 / (sum d^2)^1.5, skew = g sqrt(n (n - 1)) / (n - 2);
 * r = n sum d^4 / (sum d^2)^2, kurt = ((n + 1)(r - 3) + 6)(n - 1) / ((n - 2)(n - 3)). */
GhMoments gh_column_moments(const double *x, size_t n);

/* The last two lines of it, from sums of powers of the deviations: s2 = sum d^2 and so on. NAN where n is too
 * small, or s2 is 0. */
void gh_column_shape(size_t n, double s2, double s3, double s4, double *ret_skew, double *ret_kurt);

/* Copies the available values in ascending order to sorted (room for n); returns how many. */
size_t gh_column_sort(const double *x, size_t n, double *sorted);

/* Quantile p (0..1) of n ascending values, Hyndman and Fan 1996 type 7: h = (n - 1) p, linear between
 * neighbours. NAN when n is 0. */
double gh_column_quantile(const double *sorted, size_t n, double p);

typedef enum {
    GH_TIES_MIN,     /* all get the lowest of their places: 1 2 2 4 */
    GH_TIES_MAX,     /* 1 3 3 4 */
    GH_TIES_AVERAGE, /* 1 2.5 2.5 4 */
    GH_TIES_FIRST,   /* in the order of rows: 1 2 3 4 */
} GhTies;

/* Ascending ranks, 1 the smallest; NAN stays NAN. order: scratch for n. */
void gh_column_rank(const double *x, size_t n, GhTies ties, size_t *order, double *ret_ranks);

/* Ranks for people, 1 the largest, ties "min"; 0 where x is NAN. order: scratch for n. */
void gh_column_places(const double *x, size_t n, size_t *order, int *ret_places);

/* Pearson's correlation over the pairs both of which are available. *ret_n: pairs, may be NULL. NAN when fewer
 * than two pairs, or one of them does not vary. */
double gh_column_correlation(const double *x, const double *y, size_t n, size_t *ret_n);
