/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* route.h - the table of routes: which handler belongs to a path, and are its parameters in order.
 *
 * Which     Of several routes that fit, the one with more fixed text in its earlier segments:
 *           /cities/new before /cities/{slug}.csv before /cities/{slug}.
 * Shapes    Paths are decoded (target.h). A place takes letters, digits, . _ - and nothing else.
 * Ownership GhRoute tables are borrowed: they are static. A match borrows from table and path.
 * Threads   Adding happens before the server starts; then the table is read-only.
 * Not here  Roles: dispatch.c asks them of the entry that matched.
 */
#pragma once

#include "http/http.h"

enum {
    GH_ROUTE_SEGMENTS_MAX = 10,
    GH_ROUTE_PLACES_MAX = 4,
};

typedef struct GhRoutes GhRoutes;

typedef struct {
    const GhRoute *route; /* borrowed */
    void *data;           /* for the handler */
} GhRouteEntry;

typedef struct {
    const char *name; /* of the place, in the table */
    const char *text; /* in the path */
    size_t n_text;
} GhPlace;

typedef struct {
    const GhRouteEntry *entry; /* NULL: no such path, or not with that method */
    bool allows_get;           /* what the path answers to; both false: no such path */
    bool allows_post;
    GhPlace places[GH_ROUTE_PLACES_MAX];
    size_t n_places;
} GhRouteMatch;

GhRoutes *gh_routes_new(void);
void gh_routes_free(GhRoutes *routes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRoutes, gh_routes_free)

/* A pattern that cannot be (no leading /, two places in a segment, too many) is our own bug:
 * asserted. */
void gh_routes_add(GhRoutes *routes, const GhRoute *table, size_t n_routes, void *data);

void gh_routes_match(const GhRoutes *routes, GhMethod method, const char *path,
                     GhRouteMatch *ret_match);

/* Whether value, valid UTF-8 and not empty, is what the parameter asks for. */
bool gh_param_accepts(const GhParam *param, const char *value);
