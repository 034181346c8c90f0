/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks.c - runs the screening checks; those about reporting and sources are here themselves. */

#include "evaluation/checks.h"

#include <math.h>

#include "base/number.h"
#include "evaluation/checks_private.h"

/* -- what all kinds share -- */

static void
finding_free(gpointer data)
{
    GhFinding *finding = data;

    g_free(finding->data_points);
    g_free(finding->observed);
    g_free(finding);
}

void
gh_screening_add(const GhScreening *screening, const GhCheck *check, const size_t *data_points,
                 size_t n_data_points, char *observed, GhSeen seen)
{
    GhFinding *finding = g_new0(GhFinding, 1);

    finding->check = (size_t)(check - screening->framework->checks);
    finding->data_points = g_memdup2(data_points, n_data_points * sizeof *data_points);
    finding->n_data_points = n_data_points;
    finding->observed = observed;
    finding->seen = seen;
    g_ptr_array_add(screening->findings, finding);
}

const GhFigure *
gh_screening_figure(const GhScreening *screening, size_t data_point)
{
    return &screening->figures->figures[data_point];
}

bool
gh_figure_has_value(const GhFigure *figure)
{
    return !isnan(figure->value);
}

bool
gh_check_allows(const GhCheck *check, double value)
{
    /* Limits are decimals: a sum of 102 in decimals must not fail by the last bit of a double. */
    static const double SLACK_SHARE = 1e-12;
    double slack = isfinite(value) ? SLACK_SHARE * fabs(value) : 0;

    return value >= check->low - slack && value <= check->high + slack;
}

void
gh_observed_number(GString *out, double value)
{
    char text[GH_NUMBER_TEXT_SIZE];

    if (isfinite(value))
        g_string_append(out, gh_number_format(value, text));
}

void
gh_observed_result(GString *out, double value)
{
    static const double DECIMALS = 100; /* for reading, not for computing on */

    gh_observed_number(out, fabs(value) < 1e13 ? round(value * DECIMALS) / DECIMALS : value);
}

/* -- reporting, quality, sources, small counts -- */

/* Percent of the applicable KPIs that have no value at all; of those with a data point in the list,
 * or of all where there is no list. */
static bool
kpi_is_meant(const GhCheck *check, const GhKpi *kpi)
{
    for (size_t i = 0; i < check->n_data_points; i++)
        if (check->data_points[i] >= kpi->first_data_point
            && check->data_points[i] < kpi->first_data_point + kpi->n_data_points)
            return true;
    return check->n_data_points == 0;
}

static void
check_reported_share(const GhScreening *screening, const GhCheck *check)
{
    size_t n_kpis = 0;
    size_t n_without = 0;

    for (size_t i = 0; i < screening->framework->n_kpis; i++) {
        const GhKpi *kpi = &screening->framework->kpis[i];
        size_t n_applicable = 0;
        size_t n_values = 0;

        if (!kpi_is_meant(check, kpi))
            continue;
        for (size_t k = 0; k < kpi->n_data_points; k++) {
            const GhFigure *figure = gh_screening_figure(screening, kpi->first_data_point + k);
            n_applicable += figure->status == GH_STATUS_NOT_APPLICABLE ? 0 : 1;
            n_values += gh_figure_has_value(figure) ? 1 : 0;
        }
        n_kpis += n_applicable > 0 ? 1 : 0;
        n_without += n_applicable > 0 && n_values == 0 ? 1 : 0;
    }
    if (n_kpis == 0)
        return;

    double percent = 100.0 * (double)n_without / (double)n_kpis;
    if (gh_check_allows(check, percent))
        return;
    GString *observed = g_string_new(NULL);
    g_string_append_printf(observed, "%zu / %zu = ", n_without, n_kpis);
    gh_observed_result(observed, percent);
    g_string_append(observed, " %");
    gh_screening_add(screening, check, NULL, 0, g_string_free(observed, FALSE),
                     (GhSeen){.found = (double)n_without, .against = (double)n_kpis});
}

static void
append_quality(GString *out, const GhFramework *framework, int class)
{
    g_string_append_printf(out, "%d", class);
    for (size_t i = 0; i < framework->n_qualities; i++)
        if (framework->qualities[i].class == class)
            g_string_append_printf(out, " (%s)", framework->qualities[i].name);
}

static void
check_quality(const GhScreening *screening, const GhCheck *check)
{
    for (size_t i = 0; i < check->n_data_points; i++) {
        const GhFigure *figure = gh_screening_figure(screening, check->data_points[i]);

        if (!gh_figure_has_value(figure) || figure->quality == 0
            || gh_check_allows(check, figure->quality))
            continue;
        GString *observed = g_string_new(NULL);
        append_quality(observed, screening->framework, figure->quality);
        gh_screening_add(screening, check, &check->data_points[i], 1,
                         g_string_free(observed, FALSE),
                         (GhSeen){.found = figure->quality, .against = NAN});
    }
}

static void
check_small_count(const GhScreening *screening, const GhCheck *check)
{
    for (size_t i = 0; i < check->n_data_points; i++) {
        const GhFigure *figure = gh_screening_figure(screening, check->data_points[i]);

        if (!gh_figure_has_value(figure) || isnan(figure->numerator)
            || gh_check_allows(check, figure->numerator))
            continue;
        GString *observed = g_string_new(NULL);
        gh_observed_number(observed, figure->numerator);
        g_string_append(observed, " < ");
        gh_observed_number(observed, check->low);
        gh_screening_add(screening, check, &check->data_points[i], 1,
                         g_string_free(observed, FALSE),
                         (GhSeen){.found = figure->numerator, .against = check->low});
    }
}

/* One finding for all values without a source: they are asked for in one letter. */
static void
check_sourced(const GhScreening *screening, const GhCheck *check)
{
    g_autofree size_t *without = g_new(size_t, check->n_data_points + 1);
    size_t n_without = 0;
    size_t n_values = 0;

    for (size_t i = 0; i < check->n_data_points; i++) {
        const GhFigure *figure = gh_screening_figure(screening, check->data_points[i]);

        if (!gh_figure_has_value(figure))
            continue;
        n_values++;
        if (figure->source == NULL || *figure->source == '\0')
            without[n_without++] = check->data_points[i];
    }
    if (n_without > 0)
        gh_screening_add(screening, check, without, n_without,
                         g_strdup_printf("%zu / %zu", n_without, n_values),
                         (GhSeen){.found = (double)n_without, .against = (double)n_values});
}

/* -- all of them -- */

static void
run_check(const GhScreening *screening, const GhCheck *check)
{
    switch (check->kind) {
    case GH_CHECK_SUM:
        gh_check_sum(screening, check);
        break;
    case GH_CHECK_ORDER:
        gh_check_order(screening, check);
        break;
    case GH_CHECK_RANGE:
        gh_check_range(screening, check);
        break;
    case GH_CHECK_REPORTED_SHARE:
        check_reported_share(screening, check);
        break;
    case GH_CHECK_DENOMINATOR:
        gh_check_denominator(screening, check);
        break;
    case GH_CHECK_BASE_CHANGE:
        gh_check_base_change(screening, check);
        break;
    case GH_CHECK_BASE_STATED:
        gh_check_base_stated(screening, check);
        break;
    case GH_CHECK_ARITHMETIC:
        gh_check_arithmetic(screening, check);
        break;
    case GH_CHECK_CHANGE:
        gh_check_change(screening, check);
        break;
    case GH_CHECK_QUALITY:
        check_quality(screening, check);
        break;
    case GH_CHECK_SMALL_COUNT:
        check_small_count(screening, check);
        break;
    case GH_CHECK_SOURCED:
        check_sourced(screening, check);
        break;
    }
}

GPtrArray *
gh_checks_run(const GhFramework *framework, const GhCity *city, const GhFigureSet *figures,
              const GhFigureSet *earlier)
{
    static const GhSeverity ORDER[] = {GH_SEVERITY_ERROR, GH_SEVERITY_WARNING, GH_SEVERITY_NOTE};
    const GhScreening screening = {
        .framework = framework,
        .city = city,
        .figures = figures,
        .earlier = earlier,
        .findings = g_ptr_array_new_with_free_func(finding_free),
    };

    for (size_t s = 0; s < G_N_ELEMENTS(ORDER) && figures->year != 0; s++)
        for (size_t i = 0; i < framework->n_checks; i++)
            if (framework->checks[i].severity == ORDER[s])
                run_check(&screening, &framework->checks[i]);
    return screening.findings;
}
