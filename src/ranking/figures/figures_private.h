/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_private.h - a source of figures as parsed; seen only by figures_*.c and their tests. */
#pragma once

#include "ranking/figures/figures.h"

typedef enum {
    GH_SOURCE_SHARES, /* "share_of_target" */
    GH_SOURCE_VALUES, /* "value" */
} GhSourceValues;

typedef enum {
    GH_SOURCE_POINTS_SCORED, /* those with a target in the set */
    GH_SOURCE_POINTS_ALL,
    GH_SOURCE_POINTS_NAMED,
} GhSourcePoints;

typedef enum {
    GH_SOURCE_CITIES_ALL,
    GH_SOURCE_CITIES_NAMED,    /* slugs */
    GH_SOURCE_CITIES_COUNTRIES /* ISO 3166-1 alpha-2 */
} GhSourceCities;

struct GhRankingSource {
    char *framework, *version; /* version NULL: the current one */
    int year;                  /* 0: each city's latest */
    bool is_panel;             /* all years */
    GhSourceValues values;
    char *targets; /* NULL: the framework's first set */
    GhSourcePoints points;
    GHashTable *point_ids; /* NAMED: a set of ids */
    GhSourceCities cities;
    GHashTable *city_names; /* NAMED: slugs; COUNTRIES: codes */
    bool verified_only;
    double min_available;   /* share of the cities a data point must be known of; 0: one at least */
    char *lens;             /* NULL: the framework's own groups */
    GHashTable *directions; /* id -> 1 or -1, for values */
};

/* Of a panel: marks the rows of which a data point that is in it was entered under another definition than the
 * city's value before (trends.h). */
bool gh_ranking_figures_find_breaks(GhStore *store, const GhRankingSource *source,
                                    GhRankingFigures *figures, GError **error);
