/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures.h - the platform's figures as the data of an index, as a specification's key "data" asks.
 *
 * Shapes    {"framework": "u4ssc", "year": "latest", "values": "share_of_target", "targets": "open",
 *           "data_points": "scored", "cities": "all", "verified_only": false, "min_available": 0.5}.
 *           docs/rankings.md is the reference. A key or word that does not exist is a fault.
 * Units     Cities with at least one figure taken, by slug; in a panel a row a city and year.
 * Hierarchy Data points, the groups of the lowest level ("Economy/Transport"), those of the top level
 *           ("Economy"), and the index ("index"). Through a lens: data points, its groups, the index; a KPI of
 *           several groups is in the first that the lens's file names.
 * Direction Of shares of target more is always better. Of values it is the framework's; a data point that is
 *           best at a value, or judged by none, is refused unless "directions" says.
 * Beside    Groups country, region, income; denominators population, households, area_km2, gdp.
 * Errors    GH_RANKING_ERROR, and those from below.
 * Not here  Anything done to the numbers: that is the specification's steps.
 */
#pragma once

#include "base/faults.h"
#include "base/progress.h"
#include "index/index.h"
#include "store/store.h"

typedef struct GhRankingSource GhRankingSource;

/* text: the key "data" as JSON; name: of the file, for messages. All faults at once, then
 * GH_RANKING_ERROR_FAULTS. */
GhRankingSource *gh_ranking_source_parse(const char *name, const char *text, GhFaults *faults,
                                         GError **error);
void gh_ranking_source_free(GhRankingSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRankingSource, gh_ranking_source_free)

/* What a reader should know about the figures taken. */
typedef struct {
    GhIndexData *data; /* referenced */
    char *framework_id, *framework_version;
    int64_t data_version;
    int year;                  /* as asked; 0: each city's latest, or a panel */
    int first_year, last_year; /* of the rows */
    int *years;                /* data->n_units: of each row's figures */
    bool *breaks; /* data->n_units, in a panel: a figure of the row is defined otherwise than the
                                * city's one before; else NULL */
    double *populations; /* data->n_units; NAN: not known */
    int64_t *city_ids;   /* data->n_units */
    size_t n_empty;      /* cities asked for that have none of the figures */
    GPtrArray *left_out; /* of char *: ids of data points too few cities have */
} GhRankingFigures;
void gh_ranking_figures_free(GhRankingFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRankingFigures, gh_ranking_figures_free)

/* Reads one consistent snapshot. No city or no data point left: GH_RANKING_ERROR_DATA. */
GhRankingFigures *gh_ranking_figures_load(GhStore *store, const GhRankingSource *source,
                                          const GhProgress *progress, GError **error);
