/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sample.c - points in the unit cube: at random, or spread evenly.
 *
 * Sobol's sequence is GSL's (Bratley and Fox 1988, at most 40 dimensions) with its first point, 0, put back in front,
 * since leaving it out spoils the balance of 2^m points (Owen 2020), and with a random digital shift: every bit
 * of a column is turned over or not as the seed says, which keeps the balance and makes the points random. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_qrng.h>

#include "index/uncertainty.h"
#include "index/uncertainty/random.h"

enum {
    SOBOL_MAX_DIMENSIONS = 40, /* of GSL's tables */
    SOBOL_BITS = 30,           /* of GSL's coordinates */
    SHIFT_BITS = 52,           /* as in gh_index_uniform */
};
static const size_t SOBOL_MAX_POINTS = (size_t)1 << SOBOL_BITS;

static void
sample_at_random(size_t n, size_t column, uint64_t seed, double *ret)
{
    for (size_t r = 0; r < n; r++)
        ret[r] = gh_index_uniform(seed, GH_STREAM_SAMPLE + (uint32_t)column, r);
}

/* One value in each of n equal strata, in random order (McKay, Beckman, Conover 1979). */
static void
sample_latin(size_t n, size_t column, uint64_t seed, double *ret)
{
    for (size_t r = 0; r < n; r++)
        ret[r] = (double)r;
    for (size_t r = n; r > 1; r--) { /* Fisher and Yates */
        const double u = gh_index_uniform(seed, GH_STREAM_ORDER + (uint32_t)column, r);
        const size_t other = (size_t)(u * (double)r);
        const double swapped = ret[r - 1];
        ret[r - 1] = ret[other];
        ret[other] = swapped;
    }
    for (size_t r = 0; r < n; r++) {
        const double u = gh_index_uniform(seed, GH_STREAM_SAMPLE + (uint32_t)column, r);
        /* The last stratum's end may round to 1, which is outside. */
        ret[r] = fmin((ret[r] + u) / (double)n, 1.0 - 0x1p-53);
    }
}

static uint64_t
column_shift(uint64_t seed, size_t column)
{
    const double u = gh_index_uniform(seed, GH_STREAM_SHIFT + (uint32_t)column, 0);
    return (uint64_t)(u * 0x1p52);
}

static double
shifted(double x, uint64_t shift)
{
    const uint64_t bits = (uint64_t)(x * 0x1p30) << (SHIFT_BITS - SOBOL_BITS);
    return ((double)(bits ^ shift) + 0.5) * 0x1p-52;
}

static void
sample_sobol(size_t n, size_t d, uint64_t seed, double *ret)
{
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)d);
    double point[SOBOL_MAX_DIMENSIONS] = {0};
    uint64_t shifts[SOBOL_MAX_DIMENSIONS];

    for (size_t c = 0; c < d; c++)
        shifts[c] = column_shift(seed, c);
    for (size_t r = 0; r < n; r++) {
        if (r > 0)
            gsl_qrng_get(sobol, point);
        for (size_t c = 0; c < d; c++)
            ret[c * n + r] = shifted(point[c], shifts[c]);
    }
    gsl_qrng_free(sobol);
}

static bool
check_size(size_t n, size_t d, GError **error)
{
    if (n >= 1 && n <= SOBOL_MAX_POINTS && d >= 1 && d <= GH_INDEX_MAX_DIMENSIONS)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                "a sample of %zu points in %zu dimensions; 1 to %zu points in 1 to %d dimensions "
                "are possible",
                n, d, SOBOL_MAX_POINTS, GH_INDEX_MAX_DIMENSIONS);
    return false;
}

bool
gh_index_sample(GhIndexSampling sampling, size_t n, size_t d, uint64_t seed, double *ret_sample,
                GError **error)
{
    const size_t n_sobol = sampling == GH_SAMPLING_SOBOL ? MIN(d, SOBOL_MAX_DIMENSIONS) : 0;

    if (!check_size(n, d, error))
        return false;
    if (n_sobol > 0)
        sample_sobol(n, n_sobol, seed, ret_sample);
    for (size_t c = n_sobol; c < d; c++) {
        if (sampling == GH_SAMPLING_SOBOL)
            sample_latin(n, c, seed, ret_sample + c * n);
        else
            sample_at_random(n, c, seed, ret_sample + c * n);
    }
    return true;
}

bool
gh_index_sensitivity_sample(GhIndexSampling sampling, size_t n, size_t d, uint64_t seed,
                            double *ret_sample, GError **error)
{
    if (!check_size(n, d, error))
        return false;

    /* A and B are the two halves of one sample in 2 d dimensions (Saltelli et al. 2010, section 4). */
    const size_t n_rows = n * (d + 2);
    g_autofree double *both = g_new(double, n * 2 * d);
    if (!gh_index_sample(sampling, n, 2 * d, seed, both, error))
        return false;

    for (size_t c = 0; c < d; c++) {
        const double *a = both + c * n, *b = both + (d + c) * n;
        double *column = ret_sample + c * n_rows;
        memcpy(column, a, n * sizeof *a);
        memcpy(column + n, b, n * sizeof *b);
        for (size_t i = 0; i < d; i++)
            memcpy(column + (2 + i) * n, i == c ? b : a, n * sizeof *a);
    }
    return true;
}
