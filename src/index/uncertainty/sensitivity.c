/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sensitivity.c - Sobol' indices out of the outputs of a sample A, B, AB_1 .. AB_d, and how sure they are.
 *
 * With y_A, y_B, y_ABi the outputs of row r:
 *   Si  = 1/N sum y_B (y_ABi - y_A) / V           Saltelli et al. 2010, table 2 (b)
 *   STi = 1/(2 N) sum (y_A - y_ABi)^2 / V         Jansen 1999; Saltelli et al. 2010, table 2 (f)
 *   V   = sample variance of the 2 N values of y_A and y_B.
 * Centred (ours): y less its mean over A and B. The sum of (y_ABi - y_A) has the expectation 0, but y_B of
 * a large mean multiplies its noise; taking the mean out first takes that part of the error away
 * (Sobol' 2001). COINr leaves y as it is. */
#include <math.h>
#include <string.h>

#include "index/column.h"
#include "index/uncertainty.h"
#include "index/uncertainty/random.h"

static const double LOW = 0.05, HIGH = 0.95; /* the middle 90 % */

/* -- centred: what a row adds to the sums; resampling rows then only adds such rows up -- */

enum {
    TERM_SUM,     /* y_A + y_B */
    TERM_SQUARES, /* y_A^2 + y_B^2 */
    N_ROW_TERMS,
    TERM_CHANGE = 0, /* y_ABi - y_A */
    TERM_PRODUCT,    /* y_B (y_ABi - y_A) */
    TERM_JANSEN,     /* (y_A - y_ABi)^2 */
    N_PARAMETER_TERMS,
};

static size_t
n_terms(size_t d)
{
    return N_ROW_TERMS + N_PARAMETER_TERMS * d;
}

/* n rows of terms. y is centred beforehand, so that squares lose no digits; the mean of the rows drawn is taken
 * out again in centred_estimate. */
static double *
terms_new(const double *y, size_t n, size_t d, double mean)
{
    double *terms = g_new(double, n *n_terms(d));

    for (size_t r = 0; r < n; r++) {
        double *row = terms + r * n_terms(d);
        const double a = y[r] - mean, b = y[n + r] - mean;
        row[TERM_SUM] = a + b;
        row[TERM_SQUARES] = a * a + b * b;
        for (size_t i = 0; i < d; i++) {
            double *own = row + N_ROW_TERMS + i * N_PARAMETER_TERMS;
            const double change = y[(2 + i) * n + r] - y[r];
            own[TERM_CHANGE] = change;
            own[TERM_PRODUCT] = b * change;
            own[TERM_JANSEN] = change * change;
        }
    }
    return terms;
}

/* false: the rows do not vary. */
static bool
centred_estimate(const double *sums, size_t n, size_t d, double *ret_first, double *ret_total)
{
    const double count = (double)n;
    const double mean = sums[TERM_SUM] / (2.0 * count);
    const double variance = (sums[TERM_SQUARES] - 2.0 * count * mean * mean) / (2.0 * count - 1.0);

    if (!(variance > 0.0))
        return false;
    for (size_t i = 0; i < d; i++) {
        const double *own = sums + N_ROW_TERMS + i * N_PARAMETER_TERMS;
        ret_first[i] = (own[TERM_PRODUCT] - mean * own[TERM_CHANGE]) / (count * variance);
        ret_total[i] = own[TERM_JANSEN] / (2.0 * count * variance);
    }
    return true;
}

static void
add_row(double *sums, const double *row, size_t n)
{
    for (size_t t = 0; t < n; t++)
        sums[t] += row[t];
}

static void
set_interval(double *draws, size_t n, double *ret_low, double *ret_high)
{
    const size_t n_available = gh_column_sort(draws, n, draws);

    *ret_low = gh_column_quantile(draws, n_available, LOW);
    *ret_high = gh_column_quantile(draws, n_available, HIGH);
}

/* Rows are drawn with all their outputs together, mean and variance made anew from them: the interval then holds
 * the error of V too. Draws without variance have no index and do not count. */
static void
centred_bootstrap(const double *terms, size_t n, size_t d, size_t n_draws, uint64_t seed,
                  GhIndexSensitivity *ret)
{
    g_autofree uint32_t *rows = g_new(uint32_t, n);
    g_autofree double *sums = g_new(double, n_terms(d));
    g_autofree double *estimates = g_new(double, 2 * d);
    g_autofree double *draws = g_new(double, 2 * d * n_draws); /* an index's draws together */

    for (size_t b = 0; b < n_draws; b++) {
        gh_index_draw_rows(seed, GH_STREAM_BOOTSTRAP, (uint64_t)b * n, n, rows);
        memset(sums, 0, n_terms(d) * sizeof *sums);
        for (size_t r = 0; r < n; r++)
            add_row(sums, terms + rows[r] * n_terms(d), n_terms(d));
        const bool varies = centred_estimate(sums, n, d, estimates, estimates + d);
        for (size_t k = 0; k < 2 * d; k++)
            draws[k * n_draws + b] = varies ? estimates[k] : NAN;
    }
    for (size_t i = 0; i < d; i++) {
        set_interval(draws + i * n_draws, n_draws, &ret[i].first_low, &ret[i].first_high);
        set_interval(draws + (d + i) * n_draws, n_draws, &ret[i].total_low, &ret[i].total_high);
    }
}

static void
estimate_centred(const double *y, size_t n, size_t d, double mean, size_t n_draws, uint64_t seed,
                 GhIndexSensitivity *ret)
{
    g_autofree double *terms = terms_new(y, n, d, mean);
    g_autofree double *sums = g_new0(double, n_terms(d));
    g_autofree double *estimates = g_new(double, 2 * d);

    for (size_t r = 0; r < n; r++)
        add_row(sums, terms + r * n_terms(d), n_terms(d));
    const bool varies = centred_estimate(sums, n, d, estimates, estimates + d);
    g_assert(varies); /* the caller looked */
    for (size_t i = 0; i < d; i++) {
        ret[i].first = estimates[i];
        ret[i].total = estimates[d + i];
    }
    if (n_draws > 0)
        centred_bootstrap(terms, n, d, n_draws, seed, ret);
}

/* -- as COINr does: y as it is; each index's terms are drawn by themselves, V and N stay -- */

static void
coinr_bootstrap(const double *parts, size_t n, size_t n_draws, double scale, uint64_t seed,
                uint32_t stream, double *ret_low, double *ret_high)
{
    g_autofree uint32_t *rows = g_new(uint32_t, n);
    g_autofree double *draws = g_new(double, n_draws);

    for (size_t b = 0; b < n_draws; b++) {
        double sum = 0.0;
        gh_index_draw_rows(seed, stream, (uint64_t)b * n, n, rows);
        for (size_t r = 0; r < n; r++)
            sum += parts[rows[r]];
        draws[b] = sum * scale;
    }
    set_interval(draws, n_draws, ret_low, ret_high);
}

static void
estimate_coinr(const double *y, size_t n, size_t d, double variance, size_t n_draws, uint64_t seed,
               GhIndexSensitivity *ret)
{
    const double count = (double)n;
    g_autofree double *first = g_new(double, n);
    g_autofree double *total = g_new(double, n);

    for (size_t i = 0; i < d; i++) {
        const uint32_t stream = GH_STREAM_BOOTSTRAP + 2 * (uint32_t)i;
        double sum_first = 0.0, sum_total = 0.0;
        for (size_t r = 0; r < n; r++) {
            const double a = y[r], b = y[n + r], ab = y[(2 + i) * n + r];
            first[r] = b * (ab - a);
            total[r] = (a - ab) * (a - ab);
            sum_first += first[r];
            sum_total += total[r];
        }
        ret[i].first = sum_first / (count * variance);
        ret[i].total = sum_total / (2.0 * count * variance);
        if (n_draws == 0)
            continue;
        coinr_bootstrap(first, n, n_draws, 1.0 / (count * variance), seed, stream,
                        &ret[i].first_low, &ret[i].first_high);
        coinr_bootstrap(total, n, n_draws, 1.0 / (2.0 * count * variance), seed, stream + 1,
                        &ret[i].total_low, &ret[i].total_high);
    }
}

bool
gh_index_sensitivity_estimate(const double *y, size_t n, size_t d, GhIndexEstimator estimator,
                              size_t bootstrap, uint64_t seed, GhIndexSensitivity *ret,
                              GError **error)
{
    for (size_t v = 0; v < n * (d + 2); v++) {
        if (!isfinite(y[v])) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "sensitivity: output %zu of %zu is not a number", v + 1, n * (d + 2));
            return false;
        }
    }
    const GhMoments moments = gh_column_mean_sd(y, 2 * n);
    if (!(moments.max > moments.min)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "sensitivity: the output is %g in all of the %zu replications of A and B, so "
                    "no share of its variance can be given; more replications or wider choices "
                    "are needed",
                    y[0], 2 * n);
        return false;
    }

    for (size_t i = 0; i < d; i++) {
        ret[i].first_low = ret[i].first_high = NAN;
        ret[i].total_low = ret[i].total_high = NAN;
    }
    if (estimator == GH_ESTIMATOR_CENTRED)
        estimate_centred(y, n, d, moments.mean, bootstrap, seed, ret);
    else
        estimate_coinr(y, n, d, moments.sd * moments.sd, bootstrap, seed, ret);
    return true;
}
