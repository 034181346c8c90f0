/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* overview.h - all cities at a glance: the latest year of each, how much it reports, and the score of
 * its top groups. Lists, the search and the first page are made of it.
 *
 * Ownership An overview is immutable and reference counted; everything in it is borrowed from it.
 * Threads   Safe from every thread. One is kept per process and made again when data_version has
 *           changed.
 * Cost      One walk over all figures: about 0.5 s a million. Memory: about 1 kB a city.
 */
#pragma once

#include "evaluation/city.h"
#include "evaluation/figures.h"
#include "evaluation/scores.h"

typedef struct {
    GhCity *city;
    char *search; /* name and country, gh_text_fold_search */
    int year;     /* 0: no figures */
    size_t reported, total;
    GhGroupScore *tops; /* n_tops of the overview; NULL when without figures */
} GhOverviewCity;

typedef struct {
    gint n_refs;
    int64_t data_version;
    GhFramework *framework;
    GPtrArray *cities; /* of GhOverviewCity, by name */
    size_t n_tops;     /* groups of the top level: the framework's first ones */
    size_t n_with_figures;
    int64_t n_figures;       /* rows of all cities and years, with a value or without */
    size_t *n_cities_of_kpi; /* cities with a value in their latest year, per KPI */
    size_t *n_cities_of_data_point;
} GhOverview;

/* The overview of the framework's cities. targets: the framework's first set. */
GhOverview *gh_overview_get(GhStore *store, GhFramework *framework, GError **error);
void gh_overview_unref(GhOverview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhOverview, gh_overview_unref)
