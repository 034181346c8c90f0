/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks_base.c - checks against the city's own figures: population, households, area, GDP. */

#include "evaluation/checks_private.h"

#include <math.h>

static const double PER_100000 = 100000; /* exact: the unit "per 100 000 inhabitants" */

/* NAN when it is not known, and for the currency, which is no number. */
static double
base_value(const GhCityYear *year, GhBase base)
{
    switch (base) {
    case GH_BASE_NONE:
    case GH_BASE_CURRENCY:
        return NAN;
    case GH_BASE_POPULATION:
        return year->population;
    case GH_BASE_POPULATION_100000:
        return year->population / PER_100000;
    case GH_BASE_HOUSEHOLDS:
        return year->households;
    case GH_BASE_AREA_KM2:
        return year->area_km2;
    case GH_BASE_GDP:
        return year->gdp;
    }
    g_assert_not_reached();
}

static void
append_percent(GString *out, double percent)
{
    g_string_append(out, percent > 0 ? " (+" : " (");
    gh_observed_result(out, percent);
    g_string_append(out, " %)");
}

void
gh_check_denominator(const GhScreening *screening, const GhCheck *check)
{
    const GhCityYear year = gh_city_base(screening->city, screening->figures->year);
    double base = base_value(&year, check->base);
    if (isnan(base) || base == 0)
        return;

    for (size_t i = 0; i < check->n_data_points; i++) {
        const GhFigure *figure = gh_screening_figure(screening, check->data_points[i]);
        if (isnan(figure->denominator))
            continue;

        double percent = 100 * (figure->denominator - base) / base;
        if (gh_check_allows(check, percent))
            continue;
        GString *observed = g_string_new(NULL);
        gh_observed_number(observed, figure->denominator);
        g_string_append(observed, " \xe2\x89\xa0 "); /* not equal to */
        gh_observed_number(observed, base);
        append_percent(observed, percent);
        gh_screening_add(screening, check, &check->data_points[i], 1,
                         g_string_free(observed, FALSE),
                         (GhSeen){.found = figure->denominator, .against = base});
    }
}

/* The latest year before year whose own row has the base figure; NULL when there is none. The undated
 * row is of no year and says nothing about a change. */
static const GhCityYear *
earlier_base(const GhCity *city, int year, GhBase base)
{
    const GhCityYear *found = NULL;

    for (size_t i = 0; i < city->n_years; i++) {
        const GhCityYear *one = &city->years[i];
        if (one->year != 0 && one->year < year && !isnan(base_value(one, base))
            && (found == NULL || one->year > found->year))
            found = one;
    }
    return found;
}

static const GhCityYear *
own_base(const GhCity *city, int year)
{
    for (size_t i = 0; i < city->n_years; i++)
        if (city->years[i].year == year)
            return &city->years[i];
    return NULL;
}

void
gh_check_base_change(const GhScreening *screening, const GhCheck *check)
{
    int year = screening->figures->year;
    const GhCityYear *now = own_base(screening->city, year);
    const GhCityYear *before = earlier_base(screening->city, year, check->base);
    if (now == NULL || before == NULL)
        return;

    double new_value = base_value(now, check->base);
    double old_value = base_value(before, check->base);
    if (isnan(new_value) || old_value == 0)
        return;
    double percent = 100 * (new_value - old_value) / old_value;
    if (gh_check_allows(check, percent))
        return;

    GString *observed = g_string_new(NULL);
    g_string_append_printf(observed, "%d: ", before->year);
    gh_observed_number(observed, old_value);
    g_string_append_printf(observed, ", %d: ", year);
    gh_observed_number(observed, new_value);
    append_percent(observed, percent);
    gh_screening_add(
        screening, check, NULL, 0, g_string_free(observed, FALSE),
        (GhSeen){.found = new_value, .against = old_value, .against_year = before->year});
}

static bool
base_is_stated(const GhCityYear *year, GhBase base)
{
    if (base == GH_BASE_CURRENCY)
        return year->currency != NULL && *year->currency != '\0';
    return !isnan(base_value(year, base));
}

void
gh_check_base_stated(const GhScreening *screening, const GhCheck *check)
{
    const GhCityYear year = gh_city_base(screening->city, screening->figures->year);
    if (base_is_stated(&year, check->base))
        return;

    g_autofree size_t *needing = g_new(size_t, check->n_data_points + 1);
    size_t n_needing = 0;
    for (size_t i = 0; i < check->n_data_points; i++)
        if (gh_figure_has_value(gh_screening_figure(screening, check->data_points[i])))
            needing[n_needing++] = check->data_points[i];
    if (n_needing > 0)
        gh_screening_add(screening, check, needing, n_needing,
                         g_strdup_printf("%s = ?", gh_base_text(check->base)),
                         (GhSeen){.found = NAN, .against = NAN});
}
