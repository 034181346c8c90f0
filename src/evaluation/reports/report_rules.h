/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_rules.h - what a report counts and advises; seen only inside reports/.
 *
 * Ownership Arrays belong to the caller.
 * Threads   All functions are pure.
 */
#pragma once

#include "evaluation/written.h"

/* All top groups, all tiers. */
enum {
    GH_REPORT_ALL = -1
};

/* KPIs of a top group (index in framework->groups) and tier. total: those applicable, with at least
 * one data point that is. */
typedef struct {
    size_t total;
    size_t reported; /* at least one value */
    size_t partial;  /* of these: not every applicable data point has one */
    size_t verified; /* of these: all values are verified */
} GhReportKpis;
GhReportKpis gh_report_count_kpis(const GhEvaluation *evaluation, gssize top, gssize tier);

/* Data points of a top group and tier, each in one column: the columns but the first two add up to
 * all, reported is verified and unverified together. */
typedef struct {
    size_t all, reported;
    size_t verified, unverified; /* with a value */
    size_t not_verified;         /* said to be not verified, without a value */
    size_t not_reported, not_available, missing, not_applicable;
} GhReportPoints;
GhReportPoints gh_report_count_points(const GhEvaluation *evaluation, gssize top, gssize tier);

/* How much of a KPI is reported. */
typedef enum {
    GH_REPORT_KPI_NOT_APPLICABLE,
    GH_REPORT_KPI_NONE, /* no value at all */
    GH_REPORT_KPI_PARTIAL,
    GH_REPORT_KPI_WHOLE,
} GhReportKpiState;
GhReportKpiState gh_report_kpi_state(const GhEvaluation *evaluation, size_t kpi);

/* Indices of scored data points in the two lowest of four bands (of another number of bands: in the
 * lower half), the lowest share first; of size_t. */
GArray *gh_report_weak_points(const GhEvaluation *evaluation);

/* A data point close below the next band. */
typedef struct {
    size_t data_point;
    size_t next_band;
    double distance; /* percentage points to the bound */
    double value;    /* where the next band begins; NAN: cannot be said */
    bool at_most;    /* the value has to be this or less, else this or more */
    double score;    /* of its top group, were the bound reached; NAN: continuous scoring */
} GhReportStep;

/* At most this far below: our choice, about a seventh of a band's width. */
#define GH_REPORT_NEAR_PERCENT 5.0

/* The nearest first; of GhReportStep. */
GArray *gh_report_near_steps(const GhEvaluation *evaluation);

/* The value at which a share (percent, above 0) is reached, coming from value's side. *ret_at_most as
 * in GhReportStep. False where there is none. */
bool gh_report_value_at_share(const GhTarget *target, double value, double share_percent,
                              double *ret_value, bool *ret_at_most);

/* KPIs that have to be reported before the share that the framework's check of kind reported_share
 * asks for is reached; 0: it is reached, or there is no such check. *ret_percent: the share asked for. */
size_t gh_report_kpis_wanted(const GhEvaluation *evaluation, double *ret_percent);
