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

/* What is in the middle of the cities' values, in words: how many values, median and quartiles where there
 * are five or more, and of which years they are; for yes and no how many say yes. "" without a value.
 * figures: of GhCityFigure. Owned by the caller. */
char *gh_indicator_spread(const GhFramework *framework, const GhLang *lang, size_t data_point,
                          const GPtrArray *figures);

/* GET /indicators/{id}/values.{format} */
bool gh_indicator_values_file(GhRequest *request, GhReply *reply, void *data, GError **error);
