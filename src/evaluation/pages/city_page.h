/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_page.h - the pages of a city: what several of them need, and how other districts add theirs.
 *
 * A page of a city, in this district or another, is a route "/cities/{slug}/NAME" with GH_CITY_PARAMS. Its
 * handler loads a GhCityPage, adds breadcrumb, tabs (template city_tabs) and bar (template figures_bar),
 * and fills the rest. It gets a tab by gh_city_pages_add_tab, and a card on the overview by
 * gh_city_pages_add_card, both called once at start.
 *
 * Threads   A GhCityPage belongs to one request; tabs and cards are added before the server starts.
 */
#pragma once

#include "evaluation/written.h"
#include "http/http.h"

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

/* Keys of the template figures_bar. suffix: what follows /cities/SLUG in the page's address, with
 * what the page asks for besides year and targets ("/peers?group=size"). */
void gh_city_page_bar(const GhCityPage *page, const GhLang *lang, const char *suffix, GhView *view);

/* Breadcrumb "Cities", the city, and label (translated) of this page. */
void gh_city_page_breadcrumb(const GhCityPage *page, const GhLang *lang, const char *label,
                             GhView *view);

/* -- tabs: the pages of a city; one that would have no content does not appear -- */

typedef struct {
    const char *key;    /* "peers": how its own page names it */
    const char *label;  /* marked msgid */
    const char *suffix; /* what follows /cities/SLUG: "/peers" */
    int order;          /* GH_CITY_TAB_* */
    /* Whether the city has content for it in the year shown. */
    bool (*has_content)(GhRequest *request, const GhCityPage *page, bool *ret_has, GError **error);
} GhCityTab;

/* The order of tabs; room between them for those to come. */
enum {
    GH_CITY_TAB_OVERVIEW = 0,
    GH_CITY_TAB_INDICATORS = 100,
    GH_CITY_TAB_TREND = 200,
    GH_CITY_TAB_PEERS = 300,
    GH_CITY_TAB_LENSES = 400,
    GH_CITY_TAB_REPORTS = 500,
    GH_CITY_TAB_PROFILE = 600,
    GH_CITY_TAB_PLAN = 700,
    GH_CITY_TAB_NEEDS = 800,
};

/* tab is borrowed (static). */
void gh_city_pages_add_tab(GhServer *server, const GhCityTab *tab);

/* Keys of the template city_tabs; current: key of the page's own tab, NULL for a page below them. */
bool gh_city_page_tabs(GhRequest *request, const GhCityPage *page, const char *current,
                       GhView *view, GError **error);

/* For has_content: tabs that are there as soon as the city has figures. */
bool gh_city_tab_has_figures(GhRequest *request, const GhCityPage *page, bool *ret_has,
                             GError **error);

/* -- cards on the overview: a heading and what another page of the city has to say in short -- */

typedef struct {
    const char *template; /* one <section>, headings from h2 on */
    int order;            /* as the tab it leads to */
    /* Fills an empty view; *ret_shown false: nothing to say of this city. Called where the city has figures. */
    bool (*fill)(GhRequest *request, const GhCityPage *page, GhView *view, bool *ret_shown,
                 GError **error);
} GhCityCard;

/* card is borrowed (static). */
void gh_city_pages_add_card(GhServer *server, const GhCityCard *card);

/* -- places on these pages -- */

/* The page of a data point's indicator, where this city stands out among the others. Owned by the
 * caller. */
char *gh_city_page_indicator_url(const GhCityPage *page, size_t data_point);

/* Anchor of a group's section on the city page: "economy-transport". Owned by the caller. */
char *gh_city_page_anchor(const GhGroup *group);

/* Anchor of the scores of the top groups there; the id in city.html. */
#define GH_CITY_PAGE_SCORES_ANCHOR "dimensions-heading"

/* Anchor of a data point's row where it is explained: "ec-ict-ict-1c-value". Owned by the caller. */
char *gh_explained_anchor(const GhDataPoint *point);

/* The parameters of city pages. */
extern const GhParam GH_CITY_PARAMS[];
extern const size_t GH_N_CITY_PARAMS;
