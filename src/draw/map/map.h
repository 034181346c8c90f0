/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* map.h - the world in outline, with dots.
 *
 * Land      Natural Earth, public domain, through the package world-atlas; simplified when the program
 *           is built (world.py). Coastlines only: no borders are drawn, so none are judged.
 * Projection Equal Earth, equal-area. Source: Savric, Patterson, Jenny 2018, "The Equal Earth map
 *           projection", International Journal of Geographical Information Science 33 (3).
 *           Regions are stretched by one factor so that shapes are true at their middle latitude; areas
 *           stay in proportion.
 * Views     The world and its regions, each a window in degrees with its own middle meridian; zooming is
 *           choosing another view, without a tile server. The sides of a window are curves on the map;
 *           the picture is the rectangle around them, with land in its corners, but with dots only for
 *           what the view holds.
 * Dots      Stand at least GH_MAP_DOTS_APART from each other, so that none hides another and each can
 *           be touched, when they are made from groups; a dot of several places shows their number.
 * Threads   Pure.
 * Cost      Under 5 ms a map; grouping looks at each place and each group so far.
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

/* The view around a place: some hundred kilometres to each side. Its id is "near". */
GhMapView gh_map_view_near(double latitude, double longitude);

enum {
    GH_MAP_DOTS_APART = 24 /* WCAG 2.2, 2.5.8: the size of a target that needs no room around it */
};

typedef struct {
    double latitude, longitude;
    const char *label; /* written beside the dot where there is room; NULL: none */
    const char *name;  /* spoken */
    const char *link;
    size_t n_places; /* that it stands for; 0 is 1 */
} GhMapDot;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const GhMapView *view;
    const GhMapDot *dots; /* those outside the view are passed over */
    size_t n_dots;
    double width; /* the height follows from the view */
    bool labels;
    const char *note; /* written below; NULL: none */
} GhMap;
GhDrawing *gh_map(const GhMap *map);

/* The height of the map itself, without a note. */
double gh_map_height(const GhMapView *view, double width);

#define GH_MAP_OUTSIDE SIZE_MAX

/* Which places can have a dot of their own in a map of that view and width, and which share one. Only
 * latitude and longitude are read. ret_groups[i] is the index of the place at which the group of place
 * i stands, itself or an earlier one; GH_MAP_OUTSIDE when the view does not hold it. */
void gh_map_group(const GhMapView *view, double width, const GhMapDot *places, size_t n_places,
                  size_t *ret_groups);

/* Equal Earth of a place on a sphere of radius 1, degrees in; middle is the meridian at x 0. */
void gh_map_project(double latitude, double longitude, double middle, double *ret_x, double *ret_y);
