/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages.h - what the pages of this district share; seen only inside evaluation/.
 *
 * Each *_pages.c registers its own table of routes. Handlers: read and check what was asked, load,
 * fill a view, render. A page that cannot be answered as asked is answered as a helpful 404.
 */
#pragma once

#include "evaluation/city.h"
#include "evaluation/figures.h"
#include "evaluation/pages/overview.h"
#include "evaluation/scores.h"
#include "evaluation/written.h"
#include "http/http.h"

void gh_home_pages_register(GhServer *server);
void gh_cities_pages_register(GhServer *server);
void gh_city_pages_register(GhServer *server);
void gh_city_files_register(GhServer *server);
void gh_chart_files_register(GhServer *server);
void gh_trend_pages_register(GhServer *server);
void gh_compare_pages_register(GhServer *server);
void gh_explained_pages_register(GhServer *server);
void gh_indicators_pages_register(GhServer *server);
void gh_indicator_pages_register(GhServer *server);
void gh_method_pages_register(GhServer *server);
void gh_search_pages_register(GhServer *server);
void gh_download_pages_register(GhServer *server);
void gh_download_files_register(GhServer *server);
void gh_file_job_pages_register(GhServer *server, GhJobs *jobs);
void gh_report_pages_register(GhServer *server, GhJobs *jobs);

/* The framework the pages show: u4ssc, or the first one loaded where that is absent. NULL with error
 * when there is none. Owned by the caller. */
GhFramework *gh_pages_framework(GhRequest *request, GError **error);
GhOverview *gh_pages_overview(GhRequest *request, GhFramework *framework, GError **error);

/* "Cities", "/cities" and so on; the last entry, this page, has link NULL. */
void gh_pages_breadcrumb(GhView *view, const char *label, const char *link);

/* One entry of list "downloads": label ("Figures"), and for each of formats ("csv|json") a link to
 * base.format with query behind it (may be ""). Spoken as "Figures as CSV". */
void gh_pages_downloads(GhView *view, const GhLang *lang, const char *label, const char *base,
                        const char *query, const char *formats);

/* The links of one entry, where it is made elsewhere. */
void gh_pages_formats(GhView *entry, const GhLang *lang, const char *label, const char *base,
                      const char *query, const char *formats);

/* A filter's choice: list key, with text, choice_url and current. */
void gh_pages_choice(GhView *view, const char *key, const char *text, const char *url,
                     bool current);

/* Writes one table into memory and answers it as a download "name.format". write gets the sink. The
 * format is the place of that name, or given; 404 for none of csv, xlsx and json. */
typedef bool (*GhPagesTable)(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data,
                             void *data, GError **error);
bool gh_pages_reply_table(GhRequest *request, GhReply *reply, const char *name, GhPagesTable write,
                          void *data, GError **error);

bool gh_pages_reply_table_as(GhRequest *request, GhReply *reply, const char *wanted,
                             const char *name, GhPagesTable write, void *data, GError **error);

/* -- a city in a year: what several pages and files need -- */

typedef struct {
    GhFramework *framework;     /* owned */
    const GhTargetSet *targets; /* borrowed from framework, which has at least one set */
    GhCity *city;               /* owned */
    GhFigureSet *figures;       /* owned */
    GhFigureSet *earlier;       /* owned; NULL without an earlier year */
    GArray *years;              /* of int, latest first; owned */
    GPtrArray *history;         /* of GhFigureSet, each year's, by year; owned; NULL: of one year */
    GhScores *scores;           /* owned */
    int asked_year;             /* 0: not asked */
} GhCityPage;
void gh_city_page_clear(GhCityPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhCityPage, gh_city_page_clear)

/* Loads what places and parameters slug, year and targets name. Where one names nothing, or the city
 * has another address, answers and sets *ret_answered. */
bool gh_city_page_load(GhRequest *request, GhReply *reply, GhCityPage *page, bool *ret_answered,
                       GError **error);

/* The same as others want it; borrowed from page. */
GhEvaluation gh_city_page_evaluation(const GhCityPage *page);

/* A data point over the years, of GhFigure borrowed from page, by year; NULL when fewer than two years
 * have a value. Owned by the caller. */
GPtrArray *gh_city_page_series(const GhCityPage *page, size_t data_point);
bool gh_city_page_has_trend(const GhCityPage *page);

/* What a file of the year shown is called, without its ending: "riyadh-2020-scores"; without figures no year.
 * Owned by the caller. */
char *gh_city_page_file_name(const GhCityPage *page, const char *what);

/* "?year=2020&targets=open" as far as it was asked for, else "". Owned by the caller. */
char *gh_city_page_query(const GhCityPage *page);

/* Keys of the template figures_bar. suffix: what follows /cities/SLUG in the page's address. */
void gh_city_page_bar(const GhCityPage *page, const GhLang *lang, const char *suffix, GhView *view);

/* The pages of a city, one tab each; one that would have no content does not appear. */
typedef enum {
    GH_CITY_TAB_OVERVIEW,
    GH_CITY_TAB_TREND,
    GH_CITY_TAB_REPORTS,
    GH_CITY_TAB_NONE, /* a page below them: none is the current one */
} GhCityTab;

/* Keys of the template city_tabs. */
void gh_city_page_tabs(const GhCityPage *page, const GhLang *lang, GhCityTab current, GhView *view);

/* The page of a data point's indicator, where this city stands out among the others. Owned by the
 * caller. */
char *gh_city_page_indicator_url(const GhCityPage *page, size_t data_point);

/* Anchor of a group's section on the city page: "economy-transport". Owned by the caller. */
char *gh_city_page_anchor(const GhGroup *group);

/* Anchor of the scores of the top groups there; the id in city.html. */
#define GH_CITY_PAGE_SCORES_ANCHOR "dimensions-heading"

/* Anchor of a data point's row where it is explained: "ec-ict-ict-1c-value". Owned by the caller. */
char *gh_explained_anchor(const GhDataPoint *point);

/* List "stand_outs": what is strong, weak, missing and unusual, in sentences. */
void gh_city_page_stand_outs(const GhCityPage *page, const GhLang *lang, GhView *view);

/* The parameters of city pages. */
extern const GhParam GH_CITY_PARAMS[];
extern const size_t GH_N_CITY_PARAMS;
