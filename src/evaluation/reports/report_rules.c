/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_rules.c - what a report counts and advises. */
#include "evaluation/reports/report_rules.h"

#include <math.h>

static const double FULL_PERCENT = 100.0;

static bool
is_counted(const GhKpi *kpi, gssize top, gssize tier)
{
    return (top == GH_REPORT_ALL || kpi->groups[0] == (size_t)top)
           && (tier == GH_REPORT_ALL || kpi->tier == (size_t)tier);
}

/* -- KPIs -- */

typedef struct {
    size_t n_applicable, n_values, n_verified;
} KpiCounts;

static KpiCounts
count_kpi(const GhEvaluation *evaluation, const GhKpi *kpi)
{
    KpiCounts counts = {0};

    for (size_t i = 0; i < kpi->n_data_points; i++) {
        const GhFigure *figure = &evaluation->figures->figures[kpi->first_data_point + i];

        counts.n_applicable += figure->status != GH_STATUS_NOT_APPLICABLE;
        counts.n_values += isnan(figure->value) ? 0 : 1;
        counts.n_verified += !isnan(figure->value) && figure->verified;
    }
    return counts;
}

static GhReportKpiState
state_of(const KpiCounts *counts)
{
    if (counts->n_applicable == 0)
        return GH_REPORT_KPI_NOT_APPLICABLE;
    if (counts->n_values == 0)
        return GH_REPORT_KPI_NONE;
    return counts->n_values < counts->n_applicable ? GH_REPORT_KPI_PARTIAL : GH_REPORT_KPI_WHOLE;
}

GhReportKpiState
gh_report_kpi_state(const GhEvaluation *evaluation, size_t kpi)
{
    const KpiCounts counts = count_kpi(evaluation, &evaluation->framework->kpis[kpi]);

    return state_of(&counts);
}

GhReportKpis
gh_report_count_kpis(const GhEvaluation *evaluation, gssize top, gssize tier)
{
    const GhFramework *framework = evaluation->framework;
    GhReportKpis kpis = {0};

    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        if (!is_counted(kpi, top, tier))
            continue;
        const KpiCounts counts = count_kpi(evaluation, kpi);
        kpis.total += counts.n_applicable > 0;
        kpis.reported += counts.n_values > 0;
        kpis.partial += state_of(&counts) == GH_REPORT_KPI_PARTIAL;
        kpis.verified += counts.n_values > 0 && counts.n_verified == counts.n_values;
    }
    return kpis;
}

/* -- data points -- */

static void
count_figure(const GhFigure *figure, GhReportPoints *points)
{
    points->all++;
    if (!isnan(figure->value)) {
        points->reported++;
        if (figure->verified)
            points->verified++;
        else
            points->unverified++;
        return;
    }
    switch (figure->status) {
    case GH_STATUS_MISSING:
        points->missing++;
        break;
    case GH_STATUS_REPORTED: /* has a value */
        g_assert_not_reached();
    case GH_STATUS_NOT_REPORTED:
        points->not_reported++;
        break;
    case GH_STATUS_NOT_APPLICABLE:
        points->not_applicable++;
        break;
    case GH_STATUS_NOT_VERIFIED:
        points->not_verified++;
        break;
    case GH_STATUS_NOT_AVAILABLE:
        points->not_available++;
        break;
    }
}

GhReportPoints
gh_report_count_points(const GhEvaluation *evaluation, gssize top, gssize tier)
{
    const GhFramework *framework = evaluation->framework;
    GhReportPoints points = {0};

    for (size_t i = 0; i < framework->n_data_points; i++) {
        if (is_counted(&framework->kpis[framework->data_points[i].kpi], top, tier))
            count_figure(&evaluation->figures->figures[i], &points);
    }
    return points;
}

/* -- what is weak -- */

static int
compare_shares(const void *a, const void *b, void *data)
{
    const GhPointScore *points = data;
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;

    if (points[left].share < points[right].share)
        return -1;
    if (points[left].share > points[right].share)
        return 1;
    return left < right ? -1 : left > right; /* as in the framework */
}

GArray *
gh_report_weak_points(const GhEvaluation *evaluation)
{
    GhPointScore *points = evaluation->scores->points;
    size_t n_low = evaluation->framework->n_bands / 2;
    GArray *weak = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t i = 0; i < evaluation->scores->n_points; i++) {
        if (points[i].scored && points[i].band < n_low)
            g_array_append_val(weak, i);
    }
    g_array_sort_with_data(weak, compare_shares, points);
    return weak;
}

/* -- what is close to the next band -- */

bool
gh_report_value_at_share(const GhTarget *target, double value, double share_percent,
                         double *ret_value, bool *ret_at_most)
{
    double share = share_percent / FULL_PERCENT;

    g_assert(share > 0);
    switch (target->rule) {
    case GH_RULE_NONE:
        return false;
    case GH_RULE_HIGHER: /* v / t */
        *ret_value = target->target > 0 ? share * target->target : target->target;
        *ret_at_most = false;
        return true;
    case GH_RULE_LOWER_ZERO: /* t / v */
        *ret_value = target->target > 0 ? target->target / share : target->target;
        *ret_at_most = true;
        return true;
    case GH_RULE_LOWER_RANGE: /* (w - v) / (w - t) */
        *ret_value = target->worst - share * (target->worst - target->target);
        *ret_at_most = true;
        return true;
    case GH_RULE_DISTANCE_TO_ONE: /* min(v, 1 / v) */
        *ret_value = value > 1 ? 1 / share : share;
        *ret_at_most = value > 1;
        return true;
    case GH_RULE_YES_NO:
        *ret_value = 1;
        *ret_at_most = false;
        return true;
    case GH_RULE_BANDS: /* half of the target at w */
        *ret_value = share > 0.5 ? target->target : target->worst;
        *ret_at_most = true;
        return true;
    }
    g_assert_not_reached();
}

static double
raised_score(const GhEvaluation *evaluation, size_t data_point, int more_points)
{
    const GhFramework *framework = evaluation->framework;
    const GhKpi *kpi = &framework->kpis[framework->data_points[data_point].kpi];
    const GhGroupScore *top = &evaluation->scores->groups[kpi->groups[0]];

    if (framework->scoring != GH_SCORING_POINTS)
        return NAN;
    return FULL_PERCENT * (top->points + more_points) / top->max_points;
}

static int
compare_steps(const void *a, const void *b)
{
    const GhReportStep *left = a;
    const GhReportStep *right = b;

    if (left->distance < right->distance)
        return -1;
    if (left->distance > right->distance)
        return 1;
    return left->data_point < right->data_point ? -1 : left->data_point > right->data_point;
}

GArray *
gh_report_near_steps(const GhEvaluation *evaluation)
{
    const GhFramework *framework = evaluation->framework;
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(GhReportStep));

    for (size_t i = 0; i < evaluation->scores->n_points; i++) {
        const GhPointScore *point = &evaluation->scores->points[i];
        if (!point->scored || point->band + 1 == framework->n_bands)
            continue;
        double bound = framework->bands[point->band].below;
        GhReportStep step = {
            .data_point = i,
            .next_band = point->band + 1,
            .distance = bound - point->share,
            .value = NAN,
        };
        if (step.distance > GH_REPORT_NEAR_PERCENT)
            continue;
        step.score = raised_score(evaluation, i,
                                  framework->bands[step.next_band].points
                                      - framework->bands[point->band].points);
        (void)gh_report_value_at_share(&evaluation->targets->targets[i], point->value, bound,
                                       &step.value, &step.at_most); /* else it stays NAN */
        g_array_append_val(steps, step);
    }
    g_array_sort(steps, compare_steps);
    return steps;
}

/* -- coverage -- */

size_t
gh_report_kpis_wanted(const GhEvaluation *evaluation, double *ret_percent)
{
    const GhFramework *framework = evaluation->framework;
    const GhReportKpis kpis = gh_report_count_kpis(evaluation, GH_REPORT_ALL, GH_REPORT_ALL);

    for (size_t i = 0; i < framework->n_checks; i++) {
        const GhCheck *check = &framework->checks[i];
        if (check->kind != GH_CHECK_REPORTED_SHARE)
            continue;
        *ret_percent = FULL_PERCENT - check->high;
        double wanted = ceil((double)kpis.total * *ret_percent / FULL_PERCENT);
        return (double)kpis.reported < wanted ? (size_t)wanted - kpis.reported : 0;
    }
    return 0;
}
