/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_tidy.c - what no ranking has is taken as not known.
 *
 * The database may be a backup that somebody changed. What is read out of it is still shown, but pages and files may
 * rely on the ranges below: shares from 0 to 1, places up to the number of cities there may be, texts of UTF-8. */
#include <math.h>

#include "ranking/published/published_private.h"

enum {
    YEAR_MAX = 9999, /* four digits */
};
static const int64_t TIME_MAX_US = 253402300799000000; /* the end of the year 9999 */

static double
within(double value, double low, double high)
{
    return value >= low && value <= high ? value : NAN; /* NAN for NAN too */
}

static size_t
at_most(size_t n, size_t max)
{
    return n <= max ? n : 0; /* a number below 0 became a large one */
}

static int
from_zero(int number, int max)
{
    return number >= 0 && number <= max ? number : 0;
}

static int64_t
time_of(int64_t time_us)
{
    return CLAMP(time_us, 0, TIME_MAX_US);
}

static void
tidy_text(char **text)
{
    char *valid = g_utf8_make_valid(*text != NULL ? *text : "", -1);

    g_free(*text);
    *text = valid;
}

void
gh_ranking_tidy(GhRanking *ranking)
{
    char **const texts[] = {&ranking->slug,           &ranking->title,
                            &ranking->summary,        &ranking->author,
                            &ranking->framework_id,   &ranking->framework_version,
                            &ranking->program_version};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        tidy_text(texts[i]);
    ranking->published_us = time_of(ranking->published_us);
    ranking->withdrawn_us = time_of(ranking->withdrawn_us);
    if (ranking->withdrawn_us != 0 || ranking->withdrawn_reason != NULL)
        tidy_text(&ranking->withdrawn_reason);
    ranking->year = from_zero(ranking->year, YEAR_MAX);
    ranking->first_year = from_zero(ranking->first_year, YEAR_MAX);
    ranking->last_year = from_zero(ranking->last_year, YEAR_MAX);
    ranking->n_years = at_most(ranking->n_years, YEAR_MAX);
    ranking->n_cities = at_most(ranking->n_cities, GH_RANKING_MAX_CITIES);
    ranking->n_indicators = at_most(ranking->n_indicators, GH_INDEX_MAX_NODES);
    ranking->replications = at_most(ranking->replications, GH_INDEX_MAX_REPLICATIONS);
    ranking->top_k = at_most(ranking->top_k, GH_RANKING_MAX_CITIES);
    ranking->mean_shift = within(ranking->mean_shift, 0, GH_RANKING_MAX_CITIES);
    ranking->median_width = within(ranking->median_width, 0, GH_RANKING_MAX_CITIES);
    ranking->clear_pairs = within(ranking->clear_pairs, 0, 1);
}

/* An interval is known from end to end, or not at all. */
static void
tidy_quantiles(double *const quantiles[], size_t n)
{
    double last = 0;

    for (size_t i = 0; i < n; i++)
        last = within(*quantiles[i], last, GH_RANKING_MAX_CITIES);
    for (size_t i = 0; i < n && isnan(last); i++)
        *quantiles[i] = NAN;
}

void
gh_ranked_city_tidy(GhRankedCity *city)
{
    double *const quantiles[] = {&city->q5, &city->q25, &city->median, &city->q75, &city->q95};

    tidy_text(&city->slug);
    tidy_text(&city->name);
    if (city->country_code != NULL)
        tidy_text(&city->country_code);
    city->year = from_zero(city->year, YEAR_MAX);
    city->place = from_zero(city->place, GH_RANKING_MAX_CITIES);
    tidy_quantiles(quantiles, G_N_ELEMENTS(quantiles));
    city->mean = within(city->mean, 0, GH_RANKING_MAX_CITIES);
    city->p_top = within(city->p_top, 0, 1);
    city->n_available = at_most(city->n_available, city->n_indicators);
    city->population = within(city->population, 0, HUGE_VAL);
}

void
gh_ranked_year_tidy(GhRankedYear *year)
{
    double *const quantiles[] = {&year->q5, &year->median, &year->q95};

    year->year = from_zero(year->year, YEAR_MAX);
    year->place = from_zero(year->place, GH_RANKING_MAX_CITIES);
    tidy_quantiles(quantiles, G_N_ELEMENTS(quantiles));
    year->n_available = at_most(year->n_available, GH_INDEX_MAX_NODES);
}

void
gh_ranking_choice_tidy(GhRankingChoice *choice)
{
    tidy_text(&choice->name);
}
