/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicator_spread.c - how the values of cities lie, in words. */
#include "evaluation/pages/indicator_page.h"

#include <math.h>
#include <string.h>

#include "evaluation/words/say.h"

enum {
    VALUES_MIN = 5,  /* with fewer, quartiles would be single cities (our choice) */
    DECIMALS_MAX = 6 /* as values are written */
};

typedef struct {
    GArray *values; /* of double, sorted */
    int first_year, last_year;
    size_t n_yes;
} Spread;

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

static Spread
collect(const GPtrArray *figures)
{
    Spread spread = {.values = g_array_new(FALSE, FALSE, sizeof(double))};

    for (guint i = 0; i < figures->len; i++) {
        const GhCityFigure *city = g_ptr_array_index(figures, i);
        if (isnan(city->figure.value))
            continue;
        g_array_append_val(spread.values, city->figure.value);
        spread.n_yes += city->figure.value >= 1 ? 1 : 0;
        spread.first_year =
            spread.first_year == 0 ? city->figure.year : MIN(spread.first_year, city->figure.year);
        spread.last_year = MAX(spread.last_year, city->figure.year);
    }
    g_array_sort(spread.values, compare_numbers);
    return spread;
}

/* Between neighbours in proportion: Hyndman and Fan (1996), definition 7, as in most spreadsheets. */
static double
quantile(const GArray *sorted, double share)
{
    double place = share * (sorted->len - 1);
    guint below = (guint)floor(place);
    guint above = MIN(below + 1, sorted->len - 1);
    double low = g_array_index(sorted, double, below), high = g_array_index(sorted, double, above);

    return low + (place - below) * (high - low);
}

/* Rounded to as many decimals as the most exact of the values has. */
static double
round_as(const GArray *values, double value)
{
    double unit = 1;

    for (int decimals = 0; decimals < DECIMALS_MAX; decimals++, unit *= 10) {
        bool enough = true;
        for (guint i = 0; i < values->len && enough; i++) {
            double scaled = g_array_index(values, double, i) * unit;
            enough = fabs(scaled - round(scaled)) <= 1e-9 * MAX(1, fabs(scaled));
        }
        if (enough)
            break;
    }
    return round(value * unit) / unit;
}

static char *
say_at(const Spread *spread, const GhFramework *framework, const GhLang *lang, size_t data_point,
       double share)
{
    return gh_say_value_unit(framework, lang, data_point,
                             round_as(spread->values, quantile(spread->values, share)));
}

static char *
say_middle(const Spread *spread, const GhFramework *framework, const GhLang *lang,
           size_t data_point)
{
    g_autofree char *median = say_at(spread, framework, lang, data_point, 0.5);
    g_autofree char *lower = say_at(spread, framework, lang, data_point, 0.25);
    g_autofree char *upper = say_at(spread, framework, lang, data_point, 0.75);

    return gh_lang_fill(
        GH_T(lang, "The median is {median}: half of these cities lie above it and half below. The "
                   "middle half lies between the quartiles {lower} and {upper}."),
        "median", median, "lower", lower, "upper", upper, NULL);
}

/* "7 cities report a value, of 2020 to 2024." */
static char *
say_count(const Spread *spread, const GhLang *lang)
{
    guint n = spread->values->len;
    g_autofree char *count = g_strdup_printf("%u", n);
    g_autofree char *first = g_strdup_printf("%d", spread->first_year);
    g_autofree char *last = g_strdup_printf("%d", spread->last_year);
    const char *pattern =
        spread->first_year == spread->last_year
            ? gh_lang_plural(lang, "{n} city reports a value, of {first}.",
                             "{n} cities report a value, of {first}.", n)
            : gh_lang_plural(lang, "{n} city reports a value, of {first} to {last}.",
                             "{n} cities report a value, of {first} to {last}.", n);

    return gh_lang_fill(pattern, "n", count, "first", first, "last", last, NULL);
}

static char *
say_rest(const Spread *spread, const GhFramework *framework, const GhLang *lang, size_t data_point)
{
    if (strcmp(framework->data_points[data_point].unit, "yes/no") == 0) {
        g_autofree char *yes = g_strdup_printf("%zu", spread->n_yes);
        return gh_lang_fill(gh_lang_plural(lang, "{n} says yes.", "{n} say yes.", spread->n_yes),
                            "n", yes, NULL);
    }
    if (spread->values->len < VALUES_MIN)
        return g_strdup(GH_T(lang, "That is too few to say what is usual."));
    return say_middle(spread, framework, lang, data_point);
}

char *
gh_indicator_spread(const GhFramework *framework, const GhLang *lang, size_t data_point,
                    const GPtrArray *figures)
{
    const Spread spread = collect(figures);
    g_autoptr(GArray) values = spread.values; /* owns them */

    if (values->len == 0)
        return g_strdup("");
    g_autofree char *count = say_count(&spread, lang);
    g_autofree char *rest = say_rest(&spread, framework, lang, data_point);
    return g_strdup_printf("%s %s", count, rest);
}
