/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* column.c - one column of numbers: moments, quantiles, ranks. */
#include "index/column.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include <glib.h>

static const GhMoments NOTHING = {
    .min = NAN, .max = NAN, .mean = NAN, .sd = NAN, .skew = NAN, .kurt = NAN};

GhMoments
gh_column_range(const double *x, size_t n)
{
    GhMoments moments = NOTHING;
    double min = INFINITY, max = -INFINITY;
    size_t n_available = 0;

    /* A comparison with NAN is false, so gaps drop out without a branch of their own. */
    for (size_t i = 0; i < n; i++) {
        min = x[i] < min ? x[i] : min;
        max = x[i] > max ? x[i] : max;
        n_available += x[i] == x[i];
    }
    moments.n = n_available;
    if (n_available > 0) {
        moments.min = min;
        moments.max = max;
    }
    return moments;
}

static double
sum_available(const double *x, size_t n, size_t *ret_n)
{
    double sum = 0.0;
    size_t n_available = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]))
            continue;
        sum += x[i];
        n_available++;
    }
    *ret_n = n_available;
    return sum;
}

GhMoments
gh_column_mean_sd(const double *x, size_t n)
{
    GhMoments moments = gh_column_range(x, n);
    size_t n_available = 0;
    double squares = 0.0;

    const double sum = sum_available(x, n, &n_available);
    if (n_available == 0)
        return moments;
    moments.mean = sum / (double)n_available;
    if (n_available < 2)
        return moments;
    for (size_t i = 0; i < n; i++) {
        const double d = x[i] - moments.mean;
        squares += isnan(d) ? 0.0 : d * d;
    }
    moments.sd = sqrt(squares / (double)(n_available - 1));
    return moments;
}

void
gh_column_shape(size_t n, double s2, double s3, double s4, double *ret_skew, double *ret_kurt)
{
    const double count = (double)n;

    *ret_skew = *ret_kurt = NAN;
    if (n < 3 || !(s2 > 0.0))
        return;
    const double g = sqrt(count) * s3 / pow(s2, 1.5);
    *ret_skew = g * sqrt(count * (count - 1.0)) / (count - 2.0);
    if (n < 4)
        return;
    const double r = count * s4 / (s2 * s2);
    *ret_kurt = ((count + 1.0) * (r - 3.0) + 6.0) * (count - 1.0) / ((count - 2.0) * (count - 3.0));
}

/* Deviations are divided by the widest one before they are raised to the fourth power, so that no column of
 * finite numbers overflows; skewness and kurtosis do not depend on that scale. */
GhMoments
gh_column_moments(const double *x, size_t n)
{
    GhMoments moments = gh_column_mean_sd(x, n);
    double s2 = 0.0, s3 = 0.0, s4 = 0.0;

    if (moments.n < 3 || !(moments.max > moments.min))
        return moments;
    const double widest = fmax(moments.max - moments.mean, moments.mean - moments.min);
    for (size_t i = 0; i < n; i++) {
        const double d = (x[i] - moments.mean) / widest;
        if (isnan(d))
            continue;
        const double square = d * d;
        s2 += square;
        s3 += square * d;
        s4 += square * square;
    }
    gh_column_shape(moments.n, s2, s3, s4, &moments.skew, &moments.kurt);
    return moments;
}

static int
compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

size_t
gh_column_sort(const double *x, size_t n, double *sorted)
{
    size_t n_available = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]))
            sorted[n_available++] = x[i];
    }
    qsort(sorted, n_available, sizeof *sorted, compare_doubles);
    return n_available;
}

double
gh_column_quantile(const double *sorted, size_t n, double p)
{
    if (n == 0)
        return NAN;
    const double h = (double)(n - 1) * p;
    const size_t below = (size_t)floor(h);
    if (below + 1 >= n)
        return sorted[n - 1];
    return sorted[below] + (h - (double)below) * (sorted[below + 1] - sorted[below]);
}

/* The available rows in ascending order of their values, equal ones in the order of rows. */
static int
compare_rows(const void *a, const void *b, void *data)
{
    const double *x = data;
    const size_t i = *(const size_t *)a;
    const size_t j = *(const size_t *)b;

    if (x[i] != x[j])
        return x[i] < x[j] ? -1 : 1;
    return (i > j) - (i < j);
}

static size_t
order_rows(const double *x, size_t n, size_t *order)
{
    size_t n_available = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]))
            order[n_available++] = i;
    }
    /* NB: qsort_r allocates for large n; the comparison is total, so that does not change the order. */
    qsort_r(order, n_available, sizeof *order, compare_rows, (void *)(uintptr_t)x);
    return n_available;
}

void
gh_column_rank(const double *x, size_t n, GhTies ties, size_t *order, double *ret_ranks)
{
    const size_t n_available = order_rows(x, n, order);

    for (size_t i = 0; i < n; i++)
        ret_ranks[i] = NAN;
    for (size_t first = 0, next; first < n_available; first = next) {
        for (next = first + 1; next < n_available && x[order[next]] == x[order[first]];)
            next++;
        for (size_t k = first; k < next; k++) {
            double rank = (double)(first + 1); /* GH_TIES_MIN */
            if (ties == GH_TIES_MAX)
                rank = (double)next;
            else if (ties == GH_TIES_AVERAGE)
                rank = ((double)(first + 1) + (double)next) / 2.0;
            else if (ties == GH_TIES_FIRST)
                rank = (double)(k + 1);
            ret_ranks[order[k]] = rank;
        }
    }
}

void
gh_column_places(const double *x, size_t n, size_t *order, int *ret_places)
{
    const size_t n_available = order_rows(x, n, order);

    for (size_t i = 0; i < n; i++)
        ret_places[i] = 0;
    /* From the largest down; equal ones share the place of the first of them. */
    for (size_t k = 0; k < n_available; k++) {
        const size_t row = order[n_available - 1 - k];
        const size_t before = order[n_available - (k > 0 ? k : 1)];
        ret_places[row] = k > 0 && x[row] == x[before] ? ret_places[before] : (int)k + 1;
    }
}

double
gh_column_correlation(const double *x, const double *y, size_t n, size_t *ret_n)
{
    double sum_x = 0.0, sum_y = 0.0;
    double min_x = INFINITY, max_x = -INFINITY, min_y = INFINITY, max_y = -INFINITY;
    double xx = 0.0, yy = 0.0, xy = 0.0;
    size_t n_pairs = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        sum_x += x[i];
        sum_y += y[i];
        min_x = x[i] < min_x ? x[i] : min_x;
        max_x = x[i] > max_x ? x[i] : max_x;
        min_y = y[i] < min_y ? y[i] : min_y;
        max_y = y[i] > max_y ? y[i] : max_y;
        n_pairs++;
    }
    if (ret_n != NULL)
        *ret_n = n_pairs;
    /* Equal values are seen by their range: the mean of 0.1, 0.1 and 0.1 is not quite 0.1. */
    if (n_pairs < 2 || min_x == max_x || min_y == max_y)
        return NAN;

    const double mean_x = sum_x / (double)n_pairs;
    const double mean_y = sum_y / (double)n_pairs;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        /* As shares of the range, whose squares neither overflow nor vanish. */
        const double dx = (x[i] - mean_x) / (max_x - min_x);
        const double dy = (y[i] - mean_y) / (max_y - min_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    return CLAMP(xy / sqrt(xx * yy), -1.0, 1.0); /* rounding can leave 1 by an ulp */
}
