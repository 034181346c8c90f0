/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city.c - what a city is: its base figures by year, and what can be taken as one. No SQL. */

#include "evaluation/city.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "evaluation/city_private.h"

/* clang-format off */
G_DEFINE_QUARK(gh-evaluation-error-quark, gh_evaluation_error)
/* clang-format on */

/* The longest official name of a place has 168 letters (Bangkok). */
enum {
    NAME_MAX_CHARS = 200
};

void
gh_city_free(GhCity *city)
{
    if (city == NULL)
        return;
    for (size_t i = 0; i < city->n_years; i++) {
        g_free(city->years[i].currency);
        g_free(city->years[i].source);
    }
    g_free(city->years);
    g_free(city->slug);
    g_free(city->name);
    g_free(city->country_code);
    g_free(city->source);
    g_free(city->note);
    g_free(city);
}

static const GhCityYear *
find_year(const GhCity *city, int year)
{
    for (size_t i = 0; i < city->n_years; i++)
        if (city->years[i].year == year)
            return &city->years[i];
    return NULL;
}

static double
first_known(double own, double undated)
{
    return isnan(own) ? undated : own;
}

GhCityYear
gh_city_base(const GhCity *city, int year)
{
    static const GhCityYear nothing = {
        .population = NAN, .households = NAN, .area_km2 = NAN, .gdp = NAN};
    const GhCityYear *own = find_year(city, year);
    const GhCityYear *undated = find_year(city, 0);

    if (own == NULL)
        own = &nothing;
    if (undated == NULL)
        undated = &nothing;
    return (GhCityYear){
        .year = year,
        .population = first_known(own->population, undated->population),
        .households = first_known(own->households, undated->households),
        .area_km2 = first_known(own->area_km2, undated->area_km2),
        .gdp = first_known(own->gdp, undated->gdp),
        /* A currency belongs to its GDP: one of another year may name another money. */
        .currency = own->currency != NULL || !isnan(own->gdp) ? own->currency : undated->currency,
        .source = own->source != NULL ? own->source : undated->source,
    };
}

char *
gh_city_sort_key(const char *name)
{
    g_autofree char *latin = gh_text_slug(name);
    g_autofree char *folded = gh_text_fold_name(name);

    /* '~' stands behind all letters: names without Latin letters come last. */
    return g_strconcat(latin != NULL ? latin : "~", "\t", folded, NULL);
}

/* Control characters; marks that turn what stands behind them, also the sentence around a name
 * (U+202A to U+202E, U+2066 to U+2069); and what no XML may hold. Marks of one letter's direction, and
 * those that join letters, belong to names. */
static bool
has_refused_character(const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_iscntrl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
            || c == 0x2028 || c == 0x2029 || (c & 0xFFFE) == 0xFFFE)
            return true;
    }
    return false;
}

static bool
validate_name(const char *name, GError **error)
{
    if (name == NULL || *name == '\0') {
        g_set_error_literal(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                            "a city needs a name");
        return false;
    }
    if (!g_utf8_validate(name, -1, NULL)) {
        g_set_error_literal(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                            "the name of the city is not UTF-8 text");
        return false;
    }
    if (has_refused_character(name) || g_utf8_strlen(name, -1) > NAME_MAX_CHARS) {
        g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                    "the name of a city is one line of at most %d characters, without those that "
                    "control or turn a text",
                    NAME_MAX_CHARS);
        return false;
    }

    g_autofree char *folded = gh_text_fold_name(name);
    if (*folded == '\0') {
        g_set_error_literal(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                            "the name of the city is blank");
        return false;
    }
    return true;
}

static bool
validate_country_code(const char *code, GError **error)
{
    if (code == NULL || *code == '\0')
        return true;
    if (strlen(code) == 2 && g_ascii_isalpha(code[0]) && g_ascii_isalpha(code[1]))
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                "\"%s\" is not a country code; write the two letters of ISO 3166, for example NO",
                code);
    return false;
}

static bool
validate_text(const char *what, const char *text, GError **error)
{
    if (text == NULL || g_utf8_validate(text, -1, NULL))
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                "the %s of the city is not UTF-8 text", what);
    return false;
}

static bool
validate_number(const char *what, double value, double min, double max, GError **error)
{
    if (isnan(value) || (value >= min && value <= max))
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                "the %s of a city cannot be %g", what, value);
    return false;
}

static bool
validate_year(const GhCityYear *year, GError **error)
{
    static const double LARGEST =
        1e18; /* our choice: far above the GDP of the world in any money */

    return validate_number("population", year->population, 0, LARGEST, error)
           && validate_number("number of households", year->households, 0, LARGEST, error)
           && validate_number("area", year->area_km2, 0, LARGEST, error)
           && validate_number("GDP", year->gdp, 0, LARGEST, error)
           && validate_text("currency", year->currency, error)
           && validate_text("source", year->source, error);
}

bool
gh_city_validate(const GhCity *city, GError **error)
{
    if (!validate_name(city->name, error) || !validate_country_code(city->country_code, error)
        || !validate_text("source", city->source, error)
        || !validate_text("note", city->note, error)
        || !validate_number("latitude", city->latitude, -90, 90, error)
        || !validate_number("longitude", city->longitude, -180, 180, error))
        return false;
    if (city->slug != NULL && !gh_text_is_slug(city->slug)) {
        g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                    "\"%s\" is not a slug; use a-z, 0-9 and single hyphens, for example oslo",
                    city->slug);
        return false;
    }
    for (size_t i = 0; i < city->n_years; i++)
        if (!validate_year(&city->years[i], error))
            return false;
    return true;
}
