/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* share.c - from a value to its share of target, and from a share to its band.
 *
 * v, t and w in the comments are the symbols of FORMATS, section 1: value, target, worst.
 */

#include "evaluation/scores.h"

#include <math.h>

/* Shares are compared with bounds written in whole percent. The error of one division and one
 * multiplication is below 1e-13 percent, so 9 decimals remove it and keep every real difference. */
static const double DECIMALS = 1e9;

/* All in percent, multiplied before divided, so that 7 of 100 is 7 and not 7.000000000000001. */

/* Negated so that a quotient of overflows (NaN) ends as 0 and goes no further. */
static double
clamp_percent(double percent)
{
    if (!(percent > 0))
        return 0;
    return percent < 100 ? percent : 100;
}

/* v / t; at or below t = 0 the quotient turns over, and the target is simply met or not. */
static double
percent_higher(double value, double target)
{
    if (target <= 0)
        return value >= target ? 100 : 0;
    return 100 * value / target;
}

/* 1 if v <= t, else t / v: above t = 0 both are positive; at or below, a missed target is 0. */
static double
percent_lower_zero(double value, double target)
{
    if (value <= target)
        return 100;
    return target > 0 ? 100 * target / value : 0;
}

static double
percent_distance_to_one(double value)
{
    if (value <= 0)
        return 0;
    return value < 1 ? 100 * value : 100 / value;
}

static double
percent_bands(double value, const GhTarget *target)
{
    if (value <= target->target)
        return 100;
    return value <= target->worst ? 50 : 0;
}

static double
raw_percent(const GhTarget *target, double value)
{
    switch (target->rule) {
    case GH_RULE_NONE:
        return NAN;
    case GH_RULE_HIGHER:
        return percent_higher(value, target->target);
    case GH_RULE_LOWER_ZERO:
        return percent_lower_zero(value, target->target);
    case GH_RULE_LOWER_RANGE: /* the parser holds w > t */
        return 100 * (target->worst - value) / (target->worst - target->target);
    case GH_RULE_DISTANCE_TO_ONE:
        return percent_distance_to_one(value);
    case GH_RULE_YES_NO:
        return value >= 1 ? 100 : 0;
    case GH_RULE_BANDS:
        return percent_bands(value, target);
    }
    g_assert_not_reached();
}

static double
round_percent(double percent)
{
    return round(percent * DECIMALS) / DECIMALS;
}

double
gh_score_share(const GhTarget *target, double value)
{
    g_assert(isfinite(value));
    if (target->rule == GH_RULE_NONE)
        return NAN;

    return clamp_percent(raw_percent(target, value));
}

size_t
gh_score_band(const GhFramework *framework, double share)
{
    double rounded = round_percent(share);
    size_t band = 0;

    while (band + 1 < framework->n_bands && rounded >= framework->bands[band].below)
        band++;
    return band;
}

int
gh_score_points_max(const GhFramework *framework)
{
    return framework->n_bands > 0 ? framework->bands[framework->n_bands - 1].points : 0;
}
