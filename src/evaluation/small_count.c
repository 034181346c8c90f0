/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* small_count.c - rates behind which only a few events stand. */
#include "evaluation/small_count.h"

#include <math.h>

/* Expected events that a count of n is compatible with at 95 %: low L with P(X >= n; L) = 0.025, high U
 * with P(X <= n; U) = 0.025. Garwood 1936, table 2; the test sums the probabilities. */
static const struct {
    double low, high;
} GARWOOD[GH_SMALL_COUNT_BELOW] = {
    {0.000000, 3.688879},  {0.025318, 5.571643},  {0.242209, 7.224688},  {0.618672, 8.767273},
    {1.089865, 10.241589}, {1.623486, 11.668332}, {2.201894, 13.059474}, {2.814363, 14.422675},
    {3.453832, 15.763189}, {4.115373, 17.084803},
};

static const double PERSONS_PER_UNIT = 100000.0; /* of GH_BASE_POPULATION_100000 */
static const int DIGITS = 2;                     /* of an interval this wide, more would pretend */

static bool
names_point(const GhCheck *check, size_t data_point)
{
    for (size_t i = 0; i < check->n_data_points; i++) {
        if (check->data_points[i] == data_point)
            return true;
    }
    return false;
}

static bool
counts_events(const GhFramework *framework, size_t data_point)
{
    for (size_t i = 0; i < framework->n_checks; i++) {
        if (framework->checks[i].kind == GH_CHECK_SMALL_COUNT
            && names_point(&framework->checks[i], data_point))
            return true;
    }
    return false;
}

/* The denominator as reported, else what a check says that it is; NAN when neither is known. */
static double
denominator_of(const GhFramework *framework, const GhFigure *figure, const GhCityYear *base)
{
    if (!isnan(figure->denominator))
        return figure->denominator;
    for (size_t i = 0; i < framework->n_checks && base != NULL; i++) {
        const GhCheck *check = &framework->checks[i];
        if (check->kind != GH_CHECK_DENOMINATOR || !names_point(check, figure->data_point))
            continue;
        if (check->base == GH_BASE_POPULATION)
            return base->population;
        if (check->base == GH_BASE_POPULATION_100000)
            return base->population / PERSONS_PER_UNIT;
    }
    return NAN;
}

bool
gh_small_count(const GhFramework *framework, const GhFigure *figure, const GhCityYear *base,
               GhSmallCount *ret_small)
{
    const GhDataPoint *point = &framework->data_points[figure->data_point];

    if (!(figure->value >= 0) || !counts_events(framework, figure->data_point))
        return false;

    double denominator = denominator_of(framework, figure, base);
    bool estimated = isnan(figure->numerator);
    double events =
        estimated ? round(figure->value * denominator / point->factor) : round(figure->numerator);
    if (!(events >= 0 && events < GH_SMALL_COUNT_BELOW))
        return false; /* many, or not known */

    unsigned n = (unsigned)events;
    /* What one event adds to the rate. */
    double per_event = n > 0 ? figure->value / n : point->factor / denominator;
    *ret_small = (GhSmallCount){.n_events = n,
                                .estimated = estimated,
                                .low = n > 0 ? GARWOOD[n].low * per_event : 0,
                                .high = GARWOOD[n].high * per_event};
    if (!isfinite(ret_small->high))
        ret_small->low = ret_small->high = NAN;
    return true;
}

/* Outwards to two digits, so that the interval shown holds at least what it says. */
static char *
say_bound(const GhLang *lang, double bound, double (*towards)(double))
{
    double decimals = bound > 0 ? DIGITS - 1 - floor(log10(bound)) : 0;
    double scale = pow(10, decimals);

    return gh_lang_number(lang, towards(bound * scale) / scale, (unsigned)MAX(decimals, 0));
}

char *
gh_say_small_count(const GhLang *lang, const GhDataPoint *point, const GhSmallCount *small)
{
    g_autofree char *n = gh_lang_number(lang, small->n_events, 0);
    const char *pattern =
        small->estimated
            ? gh_lang_plural(lang, "About {n} event stands behind this rate",
                             "About {n} events stand behind this rate", small->n_events)
            : gh_lang_plural(lang, "{n} event stands behind this rate",
                             "{n} events stand behind this rate", small->n_events);
    g_autofree char *events = gh_lang_fill(pattern, "n", n, NULL);

    if (isnan(small->low))
        return gh_lang_fill(GH_T(lang, "{events}, so chance alone moves it a lot. Read it over "
                                       "several years."),
                            "events", events, NULL);
    g_autofree char *low = say_bound(lang, small->low, floor);
    g_autofree char *high = say_bound(lang, MIN(small->high, point->max), ceil);
    return gh_lang_fill(GH_T(lang, "{events}, and the same city could by chance alone have had "
                                   "anything from {low} to {high} (95 % interval). Read it over "
                                   "several years."),
                        "events", events, "low", low, "high", high, NULL);
}
