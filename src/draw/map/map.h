/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* map.h - the world in outline, with dots.
 *
 * Land      Natural Earth, public domain, through the package world-atlas; simplified when the program
 *           is built (world.py). Coastlines only: no borders are drawn, so none are judged.
 * Projection Equal Earth, equal-area. Source: Savric, Patterson, Jenny 2018, "The Equal Earth map
 *           projection", International Journal of Geographical Information Science 33 (3).
 * Views     The world and its regions, each a window of the map with its own middle meridian; zooming
 *           is choosing another view, without a tile server.
 * Threads   Pure.
 */
#pragma once

#include "draw/drawing.h"

typedef struct {
    const char *id;                  /* "europe"; the world: "world" */
    const char *name;                /* marked msgid */
    double west, east, south, north; /* degrees; east < west crosses the date line */
} GhMapView;

extern const GhMapView GH_MAP_VIEWS[];
extern const size_t GH_N_MAP_VIEWS;

/* NULL when there is none of that id. */
const GhMapView *gh_map_view_find(const char *id);
bool gh_map_view_holds(const GhMapView *view, double latitude, double longitude);

typedef struct {
    double latitude, longitude;
    const char *label; /* written beside the dot where there is room */
    const char *name;  /* spoken */
    const char *link;
} GhMapDot;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const GhMapView *view;
    const GhMapDot *dots; /* those outside the view are passed over */
    size_t n_dots;
    double width; /* the height follows from the view */
    bool labels;
} GhMap;
GhDrawing *gh_map(const GhMap *map);

/* Equal Earth of a place on a sphere of radius 1, degrees in; middle is the meridian at x 0. */
void gh_map_project(double latitude, double longitude, double middle, double *ret_x, double *ret_y);
