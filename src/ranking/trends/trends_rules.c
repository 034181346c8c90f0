/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_rules.c - how figures moved over years, and where that leads. */
#include "ranking/trends/trends_rules.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

static const double TWO_SIDED_95 = 0.975;
/* Of a goal that is exactly a value: what rounds to it in percent counts as it, as a share of target of 99.5
 * is shown as 100. */
static const double NEAR = 0.005;
/* Slopes below this part of the values' size a year are the rounding of the arithmetic. */
static const double LEVEL = 1e-9;

/* -- the line -- */

bool
gh_trend_fit(const GhSeries *series, GhTrendFit *ret_fit)
{
    size_t n = series->n;
    double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0, sse = 0;

    if (n < 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        mean_x += (double)(series->years[i] - series->years[0]) / (double)n;
        mean_y += series->values[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        double dx = series->years[i] - series->years[0] - mean_x;
        sxx += dx * dx;
        sxy += dx * (series->values[i] - mean_y);
    }
    double slope = sxy / sxx, intercept = mean_y - slope * mean_x;
    for (size_t i = 0; i < n; i++) {
        double residual =
            series->values[i] - intercept - slope * (series->years[i] - series->years[0]);
        sse += residual * residual;
    }
    *ret_fit = (GhTrendFit){
        .n = n,
        .first_year = series->years[0],
        .last_year = series->years[n - 1],
        .first = series->values[0],
        .last = series->values[n - 1],
        .slope = slope,
        .intercept = intercept,
        .mean_x = mean_x,
        .sxx = sxx,
        .residual_sd = n >= GH_TREND_FIT_MIN ? sqrt(sse / (double)(n - 2)) : (double)NAN,
    };
    return true;
}

GhProjection
gh_trend_project(const GhTrendFit *fit, int year)
{
    double x = year - fit->first_year;
    double value = fit->intercept + fit->slope * x;
    GhProjection projection = {.value = value, .low = NAN, .high = NAN};

    if (fit->n < GH_TREND_FIT_MIN)
        return projection;
    double t = gsl_cdf_tdist_Pinv(TWO_SIDED_95, (double)fit->n - 2);
    double half = t * fit->residual_sd
                  * sqrt(1 + 1 / (double)fit->n + (x - fit->mean_x) * (x - fit->mean_x) / fit->sxx);
    projection.low = value - half;
    projection.high = value + half;
    return projection;
}

/* -- rates of change -- */

double
gh_trend_cagr(const GhSeries *series)
{
    if (series->n < 2)
        return NAN;
    double first = series->values[0], last = series->values[series->n - 1];
    int years = series->years[series->n - 1] - series->years[0];
    return first > 0 && last > 0 ? pow(last / first, 1.0 / years) - 1 : (double)NAN;
}

double
gh_trend_percent_a_year(const GhSeries *series)
{
    GhTrendFit fit = {0};

    if (!gh_trend_fit(series, &fit) || !(fit.intercept > 0))
        return NAN;
    return 100 * fit.slope / fit.intercept;
}

/* -- the target -- */

bool
gh_trend_meets(GhGoal goal, double value)
{
    switch (goal.kind) {
    case GH_GOAL_NONE:
        return false;
    case GH_GOAL_AT_LEAST:
        return value >= goal.value;
    case GH_GOAL_AT_MOST:
        return value <= goal.value;
    case GH_GOAL_EXACTLY:
        return fabs(value - goal.value) <= NEAR * fabs(goal.value);
    }
    g_assert_not_reached();
}

/* The first year after the last value in which the line has crossed to the goal; it leads towards it. */
static double
crossing(const GhTrendFit *fit, const GhGoal *goal)
{
    double year = fit->first_year + (goal->value - fit->intercept) / fit->slope;

    /* The line may be there before the last value was: then the next year. The rounding of a quotient must not
     * make a year of 2030 the one after. */
    return fmax(ceil(year - LEVEL), fit->last_year + 1);
}

static bool
leads_there(const GhTrendFit *fit, const GhGoal *goal)
{
    return fit->slope > 0 ? fit->last < goal->value : fit->last > goal->value;
}

static GhOutlookKind
look_ahead(const GhTrendFit *fit, const GhGoal *goal, int *ret_year)
{
    double size = fmax(fabs(fit->first), fabs(fit->last));

    if (fabs(fit->slope) <= LEVEL * size)
        return GH_OUTLOOK_STILL;
    if (!leads_there(fit, goal))
        return GH_OUTLOOK_AWAY;

    double year = crossing(fit, goal);
    if (year > GH_TREND_LAST_YEAR)
        return GH_OUTLOOK_VERY_LATE;
    *ret_year = (int)year;
    return year <= GH_TREND_GOAL_YEAR ? GH_OUTLOOK_IN_TIME : GH_OUTLOOK_LATE;
}

GhOutlook
gh_trend_outlook(const GhTrendFit *fit, int last_year, double last, GhGoal goal)
{
    GhOutlook outlook = {.needed = NAN, .pace = fit != NULL ? fit->slope : (double)NAN};

    if (goal.kind == GH_GOAL_NONE || isnan(last))
        return outlook;
    if (gh_trend_meets(goal, last)) {
        outlook.kind = GH_OUTLOOK_REACHED;
        return outlook;
    }
    if (last_year < GH_TREND_GOAL_YEAR)
        outlook.needed = (goal.value - last) / (GH_TREND_GOAL_YEAR - last_year);
    if (fit == NULL)
        return outlook;
    outlook.kind = look_ahead(fit, &goal, &outlook.reach_year);
    GhProjection projection = gh_trend_project(fit, GH_TREND_GOAL_YEAR);
    outlook.open = projection.low < goal.value && goal.value < projection.high;
    return outlook;
}
