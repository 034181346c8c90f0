/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* winsorise.c - the outermost values move in, one distinct value at a time, until the column
 * passes.
 *
 * Rule      Skewed to the right (skew >= 0): every cell at the maximum becomes the largest value
 *           below it; else every cell at the minimum the smallest above it. Then skewness and
 *           kurtosis are checked again. Source: COINr 1.1, winsorise; the practice of the JRC.
 * Cost      Sorting, and then a constant number of operations a pass, however many passes there
 *           are: sums of powers are kept about the middle value, from the middle outwards, and the
 *           cells moved so far add their number times the power of where they are now.
 * Stable    The mean lies within one standard deviation of the middle value, so that the way from
 *           sums about the middle to sums about the mean loses no more than a digit; outwards sums
 *           have no terms that cancel.
 * Middle    A pass never reaches it: with half or more of the cells at the maximum a column is not
 *           skewed to the right.
 */
#include <math.h>

#include "index/steps/treat_private.h"

enum {
    N_POWERS = 4
};

/* Once the ends have come this much nearer, what is left would lose itself among the smallest
 * numbers. */
static const double RESCALE_BELOW = 1e-40;

typedef struct {
    size_t n;
    double *sorted; /* n, ascending */
    double *sums; /* n x N_POWERS: of y, y^2, y^3, y^4 from the middle up to here, here included */
    size_t mid;
    double width;     /* y = (value - middle) / width */
    size_t low, high; /* cells before low and after high have moved to their values */
} Ends;

bool
gh_treat_passes(const GhIndexTreatOne *how, double skew, double kurt)
{
    return fabs(skew) < how->skew || kurt < how->kurt;
}

static double
scaled(const Ends *ends, size_t i)
{
    return (ends->sorted[i] - ends->sorted[ends->mid]) / ends->width;
}

/* before: the cell next nearer to the middle; NULL: none. */
static void
add_powers(double *to, const double *before, double y)
{
    double power = 1.0;

    for (int k = 0; k < N_POWERS; k++) {
        power *= y;
        to[k] = power + (before != NULL ? before[k] : 0.0);
    }
}

static void
sum_outwards(Ends *ends)
{
    const size_t mid = ends->mid;

    ends->width = fmax(ends->sorted[ends->high] - ends->sorted[mid],
                       ends->sorted[mid] - ends->sorted[ends->low]);
    for (size_t i = mid; i <= ends->high; i++)
        add_powers(ends->sums + i * N_POWERS, i > mid ? ends->sums + (i - 1) * N_POWERS : NULL,
                   scaled(ends, i));
    for (size_t i = mid; i-- > ends->low;)
        add_powers(ends->sums + i * N_POWERS, i + 1 < mid ? ends->sums + (i + 1) * N_POWERS : NULL,
                   scaled(ends, i));
}

static void
total_powers(const Ends *ends, double *ret_sums)
{
    const double y_low = scaled(ends, ends->low), y_high = scaled(ends, ends->high);
    const double n_low = (double)ends->low, n_high = (double)(ends->n - 1 - ends->high);
    double low = 1.0, high = 1.0;

    for (int k = 0; k < N_POWERS; k++) {
        low *= y_low;
        high *= y_high;
        ret_sums[k] = ends->sums[ends->high * N_POWERS + (size_t)k] + n_low * low + n_high * high;
        if (ends->low < ends->mid)
            ret_sums[k] += ends->sums[ends->low * N_POWERS + (size_t)k];
    }
}

static void
check(Ends *ends, GhWinsorised *result)
{
    const double n = (double)ends->n;
    double s[N_POWERS];

    if (scaled(ends, ends->high) - scaled(ends, ends->low) < RESCALE_BELOW)
        sum_outwards(ends);
    total_powers(ends, s);

    /* From sums about the middle to sums about the mean, which lies m above it. */
    const double m = s[0] / n;
    const double s2 = s[1] - n * m * m;
    const double s3 = s[2] - 3.0 * m * s[1] + 2.0 * n * m * m * m;
    const double s4 = s[3] - 4.0 * m * s[2] + 6.0 * m * m * s[1] - 3.0 * n * m * m * m * m;
    gh_column_shape(ends->n, s2, s3, s4, &result->skew, &result->kurt);
}

/* False: nothing is left to move without making all values equal. */
static bool
move_high(Ends *ends, size_t *ret_moved)
{
    const double *sorted = ends->sorted;
    size_t first = ends->high; /* of the cells at the maximum */

    while (first > ends->mid && sorted[first - 1] == sorted[ends->high])
        first--;
    if (first == ends->mid || sorted[first - 1] == sorted[ends->low])
        return false;
    ends->high = first - 1;
    *ret_moved = ends->n - first;
    return true;
}

static bool
move_low(Ends *ends, size_t *ret_moved)
{
    const double *sorted = ends->sorted;
    size_t last = ends->low; /* of the cells at the minimum */

    while (last < ends->mid && sorted[last + 1] == sorted[ends->low])
        last++;
    if (last == ends->mid || sorted[last + 1] == sorted[ends->high])
        return false;
    ends->low = last + 1;
    *ret_moved = last + 1;
    return true;
}

size_t
gh_winsorise_scratch(size_t n)
{
    return n * (1 + N_POWERS);
}

GhWinsorised
gh_winsorise(const double *x, size_t n, const GhIndexTreatOne *how, double skew, double kurt,
             double *scratch)
{
    Ends ends = {.sorted = scratch, .sums = scratch + n};
    GhWinsorised result = {.skew = skew, .kurt = kurt};
    size_t n_high = 0, n_low = 0;

    ends.n = gh_column_sort(x, n, ends.sorted);
    ends.mid = ends.n / 2;
    ends.high = ends.n - 1;
    sum_outwards(&ends);
    while ((how->force || !gh_treat_passes(how, result.skew, result.kurt))
           && (how->winmax < 0 || result.n_moved < (size_t)how->winmax)) {
        if (result.skew >= 0.0 ? !move_high(&ends, &n_high) : !move_low(&ends, &n_low))
            break;
        result.n_moved = n_high + n_low;
        check(&ends, &result);
    }
    result.low = ends.sorted[ends.low];
    result.high = ends.sorted[ends.high];
    return result;
}
