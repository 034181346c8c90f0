/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* years.c - values over years on a line. */
#include "draw/charts/years.h"

#include <math.h>

GhYears
gh_years(const GhYearValue *values, size_t n_values, double start, double end)
{
    GhYears years = {
        .values = values,
        .n_values = n_values,
        .start = start,
        .end = end,
        .extent = GH_EXTENT_NONE,
    };

    for (size_t i = 0; i < n_values; i++) {
        if (isnan(values[i].y))
            continue;
        if (years.first == 0)
            years.first = values[i].year;
        years.last = values[i].year;
        gh_extent_add(&years.extent, values[i].y);
    }
    return years;
}

double
gh_years_x(const GhYears *years, int year)
{
    if (years->first == years->last)
        return (years->start + years->end) / 2;
    return years->start
           + (years->end - years->start) * (year - years->first) / (years->last - years->first);
}

bool
gh_years_joins(const GhYears *years, size_t index, size_t *ret_before)
{
    if (index >= years->n_values || isnan(years->values[index].y))
        return false;
    for (size_t i = index; i-- > 0;) {
        if (isnan(years->values[i].y))
            continue;
        *ret_before = i;
        return true;
    }
    return false;
}

bool
gh_years_follows(const GhYears *years, size_t index)
{
    const GhYearValue *values = years->values;

    return index > 0 && index < years->n_values && !isnan(values[index].y)
           && !isnan(values[index - 1].y) && values[index].year == values[index - 1].year + 1;
}

bool
gh_years_is_alone(const GhYears *years, size_t index)
{
    return !isnan(years->values[index].y) && !gh_years_follows(years, index)
           && !gh_years_follows(years, index + 1);
}
