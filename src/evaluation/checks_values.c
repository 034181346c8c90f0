/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks_values.c - checks of values: sums, orders, ranges, changes, arithmetic. */

#include "evaluation/checks_private.h"

#include <math.h>

static const char *
unit_of(const GhScreening *screening, size_t data_point)
{
    return screening->framework->data_points[data_point].unit;
}

/* The shares of a whole: all must be there, except those that do not apply to the city. */
void
gh_check_sum(const GhScreening *screening, const GhCheck *check)
{
    g_autoptr(GString) observed = g_string_new(NULL);
    double sum = 0;

    for (size_t i = 0; i < check->n_data_points; i++) {
        const GhFigure *figure = gh_screening_figure(screening, check->data_points[i]);

        if (figure->status == GH_STATUS_NOT_APPLICABLE)
            continue;
        if (!gh_figure_has_value(figure))
            return;
        g_string_append(observed, observed->len > 0 ? " + " : "");
        gh_observed_number(observed, figure->value);
        sum += figure->value;
    }
    if (observed->len == 0 || gh_check_allows(check, sum))
        return;
    g_string_append(observed, " = ");
    gh_observed_result(observed, sum);
    g_string_append_printf(observed, " %s", unit_of(screening, check->data_points[0]));
    gh_screening_add(screening, check, check->data_points, check->n_data_points,
                     g_string_free(g_steal_pointer(&observed), FALSE),
                     (GhSeen){.found = sum, .against = NAN});
}

/* Each against the last one before it that has a value: a missing middle does not hide that the third
 * is above the first. */
void
gh_check_order(const GhScreening *screening, const GhCheck *check)
{
    size_t before = 0;
    bool has_before = false;

    for (size_t i = 0; i < check->n_data_points; i++) {
        size_t data_point = check->data_points[i];
        const GhFigure *figure = gh_screening_figure(screening, data_point);
        if (!gh_figure_has_value(figure))
            continue;

        double first = has_before ? gh_screening_figure(screening, before)->value : HUGE_VAL;
        if (!gh_check_allows(check, figure->value - first)) {
            const size_t pair[] = {before, data_point};
            GString *observed = g_string_new(NULL);
            gh_observed_number(observed, first);
            g_string_append(observed, " < ");
            gh_observed_number(observed, figure->value);
            g_string_append_printf(observed, " %s", unit_of(screening, data_point));
            gh_screening_add(screening, check, pair, 2, g_string_free(observed, FALSE),
                             (GhSeen){.found = figure->value, .against = first});
        }
        before = data_point;
        has_before = true;
    }
}

void
gh_check_range(const GhScreening *screening, const GhCheck *check)
{
    for (size_t i = 0; i < check->n_data_points; i++) {
        size_t data_point = check->data_points[i];
        const GhFigure *figure = gh_screening_figure(screening, data_point);
        if (!gh_figure_has_value(figure) || gh_check_allows(check, figure->value))
            continue;

        double limit = figure->value < check->low ? check->low : check->high;
        GString *observed = g_string_new(NULL);
        gh_observed_number(observed, figure->value);
        g_string_append(observed, figure->value < check->low ? " < " : " > ");
        gh_observed_number(observed, limit);
        g_string_append_printf(observed, " %s", unit_of(screening, data_point));
        gh_screening_add(screening, check, &data_point, 1, g_string_free(observed, FALSE),
                         (GhSeen){.found = figure->value, .against = limit});
    }
}

/* In percent of the earlier value; from 0 there is no percentage. */
void
gh_check_change(const GhScreening *screening, const GhCheck *check)
{
    if (screening->earlier == NULL)
        return;
    for (size_t i = 0; i < check->n_data_points; i++) {
        size_t data_point = check->data_points[i];
        const GhFigure *figure = gh_screening_figure(screening, data_point);
        const GhFigure *earlier = &screening->earlier->figures[data_point];
        if (!gh_figure_has_value(figure) || !gh_figure_has_value(earlier) || earlier->value == 0)
            continue;

        double percent = 100 * (figure->value - earlier->value) / fabs(earlier->value);
        if (gh_check_allows(check, percent))
            continue;
        GString *observed = g_string_new(NULL);
        g_string_append_printf(observed, "%d: ", screening->earlier->year);
        gh_observed_number(observed, earlier->value);
        g_string_append_printf(observed, ", %d: ", screening->figures->year);
        gh_observed_number(observed, figure->value);
        g_string_append_printf(observed, " %s (%s", unit_of(screening, data_point),
                               percent > 0 ? "+" : "");
        gh_observed_result(observed, percent);
        g_string_append(observed, " %)");
        gh_screening_add(screening, check, &data_point, 1, g_string_free(observed, FALSE),
                         (GhSeen){.found = figure->value,
                                  .against = earlier->value,
                                  .against_year = screening->earlier->year});
    }
}

/* value = numerator / denominator x factor; without a denominator in the definition the numerator
 * itself is the value. NAN when a part is missing or the denominator is 0. */
static double
expected_value(const GhDataPoint *data_point, const GhFigure *figure)
{
    if (isnan(figure->numerator))
        return NAN;
    if (*data_point->denominator == '\0')
        return figure->numerator * data_point->factor;
    if (isnan(figure->denominator) || figure->denominator == 0)
        return NAN;
    return figure->numerator / figure->denominator * data_point->factor;
}

/* How far the value is off, in percent of what was expected. */
static double
percent_off(double value, double expected)
{
    if (value == expected)
        return 0;
    return expected != 0 ? 100 * (value - expected) / fabs(expected) : copysign(HUGE_VAL, value);
}

void
gh_check_arithmetic(const GhScreening *screening, const GhCheck *check)
{
    for (size_t i = 0; i < check->n_data_points; i++) {
        size_t index = check->data_points[i];
        const GhDataPoint *data_point = &screening->framework->data_points[index];
        const GhFigure *figure = gh_screening_figure(screening, index);
        double expected = expected_value(data_point, figure);
        if (!gh_figure_has_value(figure) || isnan(expected)
            || gh_check_allows(check, percent_off(figure->value, expected)))
            continue;

        GString *observed = g_string_new(NULL);
        gh_observed_number(observed, figure->numerator);
        if (*data_point->denominator != '\0') {
            g_string_append(observed, " / ");
            gh_observed_number(observed, figure->denominator);
        }
        if (data_point->factor != 1) {
            g_string_append(observed, " \xc3\x97 "); /* multiplication sign */
            gh_observed_number(observed, data_point->factor);
        }
        g_string_append(observed, " = ");
        gh_observed_result(observed, expected);
        g_string_append(observed, " \xe2\x89\xa0 "); /* not equal to */
        gh_observed_number(observed, figure->value);
        g_string_append_printf(observed, " %s", data_point->unit);
        gh_screening_add(screening, check, &index, 1, g_string_free(observed, FALSE),
                         (GhSeen){.found = figure->value, .against = expected});
    }
}
