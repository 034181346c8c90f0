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

/* Negated so that a quotient of overflows (NaN) ends as 0 and goes no further. */
static double
clamp_share(double share)
{
    if (!(share > 0))
        return 0;
    return share < 1 ? share : 1;
}

/* v / t; at or below t = 0 the quotient turns over, and the target is simply met or not. */
static double
share_higher(double value, double target)
{
    if (target <= 0)
        return value >= target ? 1 : 0;
    return value / target;
}

/* 1 if v <= t, else t / v: above t = 0 both are positive; at or below, a missed target is 0. */
static double
share_lower_zero(double value, double target)
{
    if (value <= target)
        return 1;
    return target > 0 ? target / value : 0;
}

static double
share_distance_to_one(double value)
{
    if (value <= 0)
        return 0;
    return value < 1 ? value : 1 / value;
}

static double
share_bands(double value, const GhTarget *target)
{
    if (value <= target->target)
        return 1;
    return value <= target->worst ? 0.5 : 0;
}

static double
raw_share(const GhTarget *target, double value)
{
    switch (target->rule) {
    case GH_RULE_NONE:
        return NAN;
    case GH_RULE_HIGHER:
        return share_higher(value, target->target);
    case GH_RULE_LOWER_ZERO:
        return share_lower_zero(value, target->target);
    case GH_RULE_LOWER_RANGE: /* the parser holds w > t */
        return (target->worst - value) / (target->worst - target->target);
    case GH_RULE_DISTANCE_TO_ONE:
        return share_distance_to_one(value);
    case GH_RULE_YES_NO:
        return value >= 1 ? 1 : 0;
    case GH_RULE_BANDS:
        return share_bands(value, target);
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

    return round_percent(100 * clamp_share(raw_share(target, value)));
}

size_t
gh_score_band(const GhFramework *framework, double share)
{
    double rounded = round_percent(share); /* a mean of continuous shares comes unrounded */
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
