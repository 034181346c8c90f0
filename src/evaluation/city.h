/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city.h - the cities that are measured, and their base figures.
 *
 * Ownership Structs own their texts; NULL when absent. Numbers that are not known are NAN.
 * Errors    GH_EVALUATION_ERROR, and GH_STORE_ERROR from below.
 */
#pragma once

#include "base/faults.h"
#include "store/store.h"

#define GH_EVALUATION_ERROR (gh_evaluation_error_quark())
GQuark gh_evaluation_error_quark(void);

typedef enum {
    GH_EVALUATION_ERROR_UNKNOWN,   /* no such city, target set, year: names the nearest */
    GH_EVALUATION_ERROR_AMBIGUOUS, /* the name belongs to cities in several countries */
    GH_EVALUATION_ERROR_INVALID,   /* bad input: a slug, a country code, ... */
    GH_EVALUATION_ERROR_EXISTS,
    GH_EVALUATION_ERROR_FAULTS, /* the file has faults; the list says which */
} GhEvaluationError;

typedef struct {
    int year; /* 0: undated */
    double population, households, area_km2, gdp;
    char *currency;
    char *source;
} GhCityYear;

typedef struct {
    int64_t id;
    char *slug, *name, *country_code, *source, *note;
    double latitude, longitude;
    GhCityYear *years; /* undated first, then by year */
    size_t n_years;
} GhCity;
void gh_city_free(GhCity *city);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhCity, gh_city_free)

/* By slug, else by folded name, else by "Name, CC". *ret_city stays NULL when there is none; a name
 * that belongs to several cities is GH_EVALUATION_ERROR_AMBIGUOUS and the message names them. */
bool gh_city_find(GhDb *db, const char *slug_or_name, GhCity **ret_city, GError **error);

/* The same, but a city that does not exist is an error that names the nearest ones. */
bool gh_city_require(GhDb *db, const char *slug_or_name, GhCity **ret_city, GError **error);

/* All cities by name, of GhCity (frees its elements). */
GPtrArray *gh_city_list(GhDb *db, GError **error);

/* The base figures that hold for a year: the year's own row where it has a value, else the undated
 * one, value by value. */
GhCityYear gh_city_base(const GhCity *city, int year); /* texts borrowed from city */

/* Whether the texts and numbers of a city can be taken: name, country code, slug (NULL is fine),
 * coordinates and base figures. No database. */
bool gh_city_validate(const GhCity *city, GError **error);

/* Adds a city in a write transaction of its own; its id is made here. slug NULL: made from the name,
 * with the country code behind it where a namesake has it ("springfield-ca"). Of years at most the
 * undated one is given. */
bool gh_city_add(GhStore *store, const GhCity *city, char **ret_slug, GError **error);

/* The search's entries, kind "city", scope "", key the slug (store/search.h), are written with each city.
 * This makes those of a database from before the search, or of another version of its rules; nothing
 * where they are there. Audited. */
bool gh_city_refresh_index(GhStore *store, GError **error);
