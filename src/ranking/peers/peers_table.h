/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_table.h - the values of all cities as columns, to be compared among each other.
 *
 * Ownership A table is immutable and reference counted; everything in it is borrowed from it.
 * Threads   Safe from every thread. GH_PEER_TABLES_KEPT are kept per process, and made again when
 *           data_version has changed.
 * Cost      One walk over all figures (evaluation/figures.h): about 0.5 s a million. Memory: 8 bytes a city and
 *           data point, 9 MB for 10,000 cities of U4SSC; twice that while it is made.
 */
#pragma once

#include "evaluation/evaluation.h"

enum {
    GH_PEER_TABLES_KEPT = 2, /* each city's latest year, and the year somebody asked for last */
};

typedef struct {
    char *slug, *name, *country_code; /* country_code may be NULL */
    char *folded;                     /* name as gh_text_fold_name has it, to be found by */
    int year;                         /* of its figures */
    double population;                /* of that year, as gh_city_base says; NAN: not known */
    size_t n_values;
} GhPeer;

typedef struct {
    gint n_refs;
    int64_t data_version;
    char *framework_id, *framework_version;
    int year;       /* 0: each city's latest */
    GhPeer *cities; /* those with a figure that has a value, by slug */
    size_t n_cities, n_points;
    double
        *values; /* column-major: of city i and data point k values[k * n_cities + i]; NAN: none */
} GhPeerTable;

/* year 0: each city's latest. The caller owns a reference. */
GhPeerTable *gh_peer_table_get(GhStore *store, const GhFramework *framework, int year,
                               GError **error);
void gh_peer_table_unref(GhPeerTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhPeerTable, gh_peer_table_unref)

/* n_cities when there is no such city. */
size_t gh_peer_table_find(const GhPeerTable *table, const char *slug);
