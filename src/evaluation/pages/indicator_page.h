/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicator_page.h - one indicator with the figures of all cities, for its page and its file. */
#pragma once

#include "evaluation/pages/pages.h"

enum {
    GH_INDICATOR_CITIES_PER_PAGE = 100 /* as in the list of cities */
};

typedef struct {
    GhFramework *framework;     /* owned */
    const GhTargetSet *targets; /* borrowed from framework */
    size_t kpi;
    size_t page;        /* of the tables, from 1 */
    const char *city;   /* slug of the city one came from, borrowed from the request; NULL: none */
    GPtrArray *figures; /* per data point of the KPI a GPtrArray of GhCityFigure; owned */
} GhIndicatorPage;
void gh_indicator_page_clear(GhIndicatorPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhIndicatorPage, gh_indicator_page_clear)

/* Loads what place id and parameter targets name; answers itself where they name nothing. */
bool gh_indicator_page_load(GhRequest *request, GhReply *reply, GhIndicatorPage *page,
                            bool *ret_answered, GError **error);

/* GET /indicators/{id}/values.{format} */
bool gh_indicator_values_file(GhRequest *request, GhReply *reply, void *data, GError **error);
