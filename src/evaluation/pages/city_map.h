/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_map.h - cities as dots on the map: template city_map, and the map as a file.
 *
 * Groups    Cities too close for a dot each share one, named after the one of them with the most figures;
 *           it leads to a closer view that holds them all.
 * Threads   Pure.
 */
#pragma once

#include "draw/map/map.h"
#include "evaluation/pages/overview.h"
#include "http/view.h"

typedef struct {
    const GhLang *lang;
    const GhMapView *view;
    const char *where;       /* the view's name, translated: "Europe", "Around Molde" */
    const GPtrArray *cities; /* of GhOverviewCity; whatever the view */
    const char *filters; /* what links of groups and files keep: "q=water&country=NO"; may be "" */
    const char *kept;    /* and what links to other parts of the map keep: "q=water"; may be "" */
} GhCityMap;

/* Those with the most figures first, as they come on the map: they stand for their group, and their
 * labels are placed first. Equals stay in their order. */
GPtrArray *gh_city_map_order(const GPtrArray *cities);

/* Fills object "map" of the template. */
void gh_city_map_view(const GhCityMap *map, GhView *view);

/* To stand alone: without links, and with its source and what it does not say written below. */
GhDrawing *gh_city_map_sheet(const GhCityMap *map);
