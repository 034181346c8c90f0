/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* transform.c - the whole column through a logarithm or a Box-Cox transformation.
 *
 * log_ct       ln(x - min + a), a = 0.01 (max - min): the JRC's COIN Tool, hence the name; COINr
 *              log_CT
 * log_ct_plus  the same where the skewness is above 0, else -ln(max + a - x): COINr log_CT_plus
 * log_ct_orig  ln(x - min + 1): COINr log_CT_orig. Depends on the unit of x.
 * box_cox      y = x - min + 1; (y^lambda - 1) / lambda, ln y for lambda 0: Box and Cox (1964),
 *              equation 1
 *
 * COINr's log_GII is not here: it returns its input unchanged, and what it was meant to do is not
 * on record.
 */
#include "index/steps/treat_private.h"

#include <math.h>

static const double OFFSET_SHARE = 0.01; /* a / (max - min): COIN Tool */

/* Lambda is looked for here: the texts print -2..2; beyond 5 a result is a row of equal numbers.
 * Our choice. */
static const double LAMBDA_MIN = -5.0, LAMBDA_MAX = 5.0;
enum {
    N_GRID = 41
};                                       /* steps of 0.25 */
static const double LAMBDA_WIDTH = 1e-8; /* about what a flat minimum of doubles gives away */
static const double GOLDEN = 0.6180339887498949; /* (sqrt(5) - 1) / 2 */

const char *
gh_transform_text(GhIndexTransform transform)
{
    switch (transform) {
    case GH_TRANSFORM_NONE:
        return NULL;
    case GH_TRANSFORM_LOG_CT:
        return "log_ct";
    case GH_TRANSFORM_LOG_CT_PLUS:
        return "log_ct_plus";
    case GH_TRANSFORM_LOG_CT_ORIG:
        return "log_ct_orig";
    case GH_TRANSFORM_BOX_COX:
        return "box_cox";
    }
    g_assert_not_reached();
}

static double
box_cox(double y, double lambda)
{
    /* expm1 keeps the digits that y^lambda - 1 loses near y = 1 and near lambda = 0. */
    return lambda == 0.0 ? log(y) : expm1(lambda * log(y)) / lambda;
}

/* -- lambda -- */

/* The profile log likelihood (Box and Cox 1964, equation 8) is -n/2 ln v(lambda), v the variance of
 * z = (y^lambda - 1) / (lambda g^(lambda - 1)), g the geometric mean. With w = ln y - ln g, z
 * differs from g expm1(lambda w) / lambda by a constant, so v is judged by that; w does not
 * overflow, and g falls out. */
static double
spread(const double *w, size_t n, double lambda, double *scratch)
{
    for (size_t i = 0; i < n; i++)
        scratch[i] = lambda == 0.0 ? w[i] : expm1(lambda * w[i]) / lambda;
    const double sd = gh_column_mean_sd(scratch, n).sd;
    return isfinite(sd) ? sd : INFINITY;
}

/* Golden section, between two points around the best of the grid. */
static double
refine(const double *w, size_t n, double low, double high, double *scratch)
{
    double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
    double at_a = spread(w, n, a, scratch), at_b = spread(w, n, b, scratch);

    while (high - low > LAMBDA_WIDTH) {
        if (at_a <= at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - GOLDEN * (high - low);
            at_a = spread(w, n, a, scratch);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + GOLDEN * (high - low);
            at_b = spread(w, n, b, scratch);
        }
    }
    return (low + high) / 2.0;
}

double
gh_transform_lambda(const double *y, size_t n, double *scratch)
{
    double *w = scratch, *z = scratch + n;
    const double step = (LAMBDA_MAX - LAMBDA_MIN) / (N_GRID - 1);
    double best = INFINITY, lambda = 0.0;

    for (size_t i = 0; i < n; i++)
        w[i] = log(y[i]);
    const double mean = gh_column_mean_sd(w, n).mean;
    for (size_t i = 0; i < n; i++)
        w[i] -= mean;
    /* The grid first: golden section alone could stop in a lesser hollow. */
    for (int k = 0; k < N_GRID; k++) {
        const double here = LAMBDA_MIN + step * k;
        const double at = spread(w, n, here, z);
        if (at < best) {
            best = at;
            lambda = here;
        }
    }
    return refine(w, n, fmax(lambda - step, LAMBDA_MIN), fmin(lambda + step, LAMBDA_MAX), z);
}

/* -- the column -- */

static bool
check_finite(const double *x, size_t n, GError **error)
{
    for (size_t i = 0; i < n; i++) {
        if (!isinf(x[i]))
            continue;
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
            "its values are too large, or too far apart, for the transformation; give it another "
            "unit, or leave it out of this step");
        return false;
    }
    return true;
}

bool
gh_transform(double *x, size_t n, GhIndexTransform transform, double skew, double *lambda,
             double *scratch, GError **error)
{
    const GhMoments range = gh_column_range(x, n);
    const double a = OFFSET_SHARE * (range.max - range.min);
    const bool mirrored = transform == GH_TRANSFORM_LOG_CT_PLUS && !(skew > 0.0);

    if (transform == GH_TRANSFORM_BOX_COX) {
        for (size_t i = 0; i < n; i++)
            x[i] = x[i] - range.min + 1.0;
        if (isnan(*lambda))
            *lambda = gh_transform_lambda(x, n, scratch);
    }
    for (size_t i = 0; i < n; i++) {
        switch (transform) {
        case GH_TRANSFORM_NONE:
            break;
        case GH_TRANSFORM_LOG_CT:
        case GH_TRANSFORM_LOG_CT_PLUS:
            x[i] = mirrored ? -log(range.max + a - x[i]) : log(x[i] - range.min + a);
            break;
        case GH_TRANSFORM_LOG_CT_ORIG:
            x[i] = log(x[i] - range.min + 1.0);
            break;
        case GH_TRANSFORM_BOX_COX:
            x[i] = box_cox(x[i], *lambda);
            break;
        }
    }
    return check_finite(x, n, error);
}
