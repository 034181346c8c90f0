/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* years.c - a city over the years of a panel. */
#include "ranking/trends/years.h"

#include <math.h>

/* Three digits of scores: 62.4 of 100, 0.624 of 1. */
static unsigned
decimals_of(const GhRankedYear *years, size_t n)
{
    double size = 0;

    for (size_t i = 0; i < n; i++)
        size = fmax(size, fabs(years[i].score)); /* fmax passes over NAN */
    return size >= 10 ? 1 : size >= 1 ? 2 : 3;
}

/* The scores since the last break into years and values; finds breaks, first and last on the way. */
static void
walk_years(GhRankingSeries *series, GArray *years, GArray *values)
{
    for (size_t i = 0; i < series->n_years; i++) {
        const GhRankedYear *year = &series->years[i];
        if (year->definition_changed && series->last != NULL) {
            g_array_append_val(series->breaks, year->year);
            g_array_set_size(years, 0);
            g_array_set_size(values, 0);
        }
        if (isnan(year->score))
            continue;
        series->first = series->first != NULL ? series->first : year;
        series->last = year;
        series->n_scores++;
        g_array_append_val(years, year->year);
        g_array_append_val(values, year->score);
    }
    series->n_since = years->len;
}

void
gh_ranking_series_init(GhRankingSeries *series, const GhRanking *ranking, const GhRankedYear *years,
                       size_t n_years)
{
    g_autoptr(GArray) own_years = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));

    *series = (GhRankingSeries){
        .ranking = ranking,
        .years = years,
        .n_years = n_years,
        .breaks = g_array_new(FALSE, FALSE, sizeof(int)),
        .cagr = NAN,
        .percent_a_year = NAN,
        .decimals = decimals_of(years, n_years),
    };
    walk_years(series, own_years, values);
    if (!ranking->compares_years)
        return;
    const GhSeries since = {.years = (const int *)(const void *)own_years->data,
                            .values = (const double *)(const void *)values->data,
                            .n = values->len};
    series->has_fit = gh_trend_fit(&since, &series->fit);
    series->cagr = gh_trend_cagr(&since);
    series->percent_a_year = gh_trend_percent_a_year(&since);
}

void
gh_ranking_series_clear(GhRankingSeries *series)
{
    g_clear_pointer(&series->breaks, g_array_unref);
}

bool
gh_ranking_series_leaves_scale(const GhRankingSeries *series)
{
    if (!series->has_fit || series->fit.n < GH_TREND_FIT_MIN || isnan(series->ranking->scale_low))
        return false;
    double value = gh_trend_project(&series->fit, GH_TREND_GOAL_YEAR).value;
    return value < series->ranking->scale_low || value > series->ranking->scale_high;
}

bool
gh_ranking_series_projects(const GhRankingSeries *series)
{
    return series->has_fit && series->fit.n >= GH_TREND_FIT_MIN
           && series->last->year < GH_TREND_GOAL_YEAR && !gh_ranking_series_leaves_scale(series);
}
