/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_rules.h - how figures moved over years, where that leads, and what a target would need.
 *
 * Pure rules: numbers in, numbers out; no database, no clock. docs/peers-and-trends.md has every formula.
 *
 * Series    Years ascending and unlike each other, values finite: years without a value are not in it, and
 *           nothing from before the last change of definition.
 * Threads   All functions are pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    GH_TREND_GOAL_YEAR = 2030, /* of the Sustainable Development Goals */
    GH_TREND_FIT_MIN = 3, /* values; of two a line has no error, so nothing can be said of it */
    GH_TREND_LAST_YEAR = 2100, /* our choice: farther ahead nobody's pace holds */
};

typedef struct {
    const int *years;
    const double *values;
    size_t n;
} GhSeries;

/* -- the line -- */

/* Ordinary least squares y = a + b x over the years, x counted from the first year; two values: the line through
 * both. */
typedef struct {
    size_t n;
    int first_year, last_year;
    double first, last; /* values as they are */
    double slope;       /* b, a year */
    double intercept;   /* a, of the first year */
    double mean_x, sxx; /* of the years since the first: what the interval needs */
    double residual_sd; /* s = sqrt(SSE / (n - 2)); NAN for n < GH_TREND_FIT_MIN */
} GhTrendFit;

/* False, and *ret_fit untouched, for fewer than two values. */
bool gh_trend_fit(const GhSeries *series, GhTrendFit *ret_fit);

/* The line's value in a year, and the 95 % prediction interval of a single value there:
 * y(x0) -+ t(0.975, n - 2) s sqrt(1 + 1/n + (x0 - mean x)^2 / Sxx). low and high NAN for n < GH_TREND_FIT_MIN.
 * Source: Draper and Smith, Applied Regression Analysis, 3rd ed. (1998), section 3.1. */
typedef struct {
    double value, low, high;
} GhProjection;
GhProjection gh_trend_project(const GhTrendFit *fit, int year);

/* -- rates of change -- */

/* Compound annual growth: (last / first)^(1 / (years between)) - 1, as a share. NAN unless both are above 0. */
double gh_trend_cagr(const GhSeries *series);

/* Percent a year: the slope in percent of the line's value in the first year; of two values the line is the one
 * through both. NAN for fewer, and where that value is not above 0. */
double gh_trend_percent_a_year(const GhSeries *series);

/* -- the target -- */

typedef enum {
    GH_GOAL_NONE,
    GH_GOAL_AT_LEAST,
    GH_GOAL_AT_MOST,
    GH_GOAL_EXACTLY, /* best at the value */
} GhGoalKind;

typedef struct {
    GhGoalKind kind;
    double value;
} GhGoal;

typedef enum {
    GH_OUTLOOK_NONE,      /* no target, or fewer than two values */
    GH_OUTLOOK_REACHED,   /* the last value reaches it */
    GH_OUTLOOK_IN_TIME,   /* the line reaches it by GH_TREND_GOAL_YEAR */
    GH_OUTLOOK_LATE,      /* after it, in reach_year */
    GH_OUTLOOK_VERY_LATE, /* not before GH_TREND_LAST_YEAR */
    GH_OUTLOOK_AWAY,      /* the line leads away from it */
    GH_OUTLOOK_STILL,     /* the line is level */
    GH_N_OUTLOOKS,
} GhOutlookKind;

typedef struct {
    GhOutlookKind kind;
    int reach_year; /* first year in which the line is there; 0: none */
    double
        needed; /* change a year from the last value to the target in GH_TREND_GOAL_YEAR; NAN: none */
    double pace; /* the line's, a year; NAN: none */
    bool open;   /* the interval in GH_TREND_GOAL_YEAR has values on both sides of the target */
} GhOutlook;

/* last: the latest value, with or without a fit (NULL). A goal that is exactly a value is met within
 * 0.5 % of it. In or after GH_TREND_GOAL_YEAR nothing is needed any more: needed is NAN. */
GhOutlook gh_trend_outlook(const GhTrendFit *fit, int last_year, double last, GhGoal goal);

/* Whether a value meets the goal. */
bool gh_trend_meets(GhGoal goal, double value);
