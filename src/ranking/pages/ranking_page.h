/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_page.h - what the pages and files of published rankings share; seen only inside ranking/.
 *
 * Ownership char * is the caller's, drawings too; what goes into a view belongs to it.
 */
#pragma once

#include "draw/charts/charts.h"
#include "evaluation/evaluation.h"
#include "ranking/published/kept.h"

enum {
    GH_RANKING_CITIES_PER_PAGE = 50,
    GH_RANKING_STACKS = 10,     /* cities of a page whose scores are shown in parts */
    GH_RANKING_HEAT_NODES = 14, /* what fits a phone's width and can still be told apart */
    GH_RANKING_WEIGHTS_MAX = 24,
};

typedef struct {
    GhRankingKept *kept;      /* owned */
    const GhRanking *ranking; /* borrowed from kept, and so the next */
    const GPtrArray *cities;
    const GhIndexData *data; /* NULL where the steps cannot be done again */
    size_t n_placed;         /* cities with a place: the first ones */
    unsigned decimals;       /* of scores, so that their range shows three digits */
    bool is_panel;
    int year_before; /* in a panel: of the year before the one that places are of */
} GhRankingPage;
void gh_ranking_page_clear(GhRankingPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhRankingPage, gh_ranking_page_clear)

/* Loads what the place slug names; answers with 404, and sets *ret_answered, where there is none. */
bool gh_ranking_page_load(GhRequest *request, GhReply *reply, GhRankingPage *page,
                          bool *ret_answered, GError **error);

const GhRankedCity *gh_ranking_page_city(const GhRankingPage *page, size_t i);
/* -1 when the ranking has no such city. */
gssize gh_ranking_page_find(const GhRankingPage *page, const char *slug);

/* In a panel: the city has no figures of the year that places are of, only earlier ones. */
bool gh_ranking_page_is_earlier(const GhRankingPage *page, const GhRankedCity *city);

/* The nodes just below the one that is ranked: what the score is made of. */
const GhIndexNode *gh_ranking_page_top(const GhRankingPage *page);

/* Whether "your weights" is offered: weights mean something, and there are few enough groups for sliders. */
bool gh_ranking_page_has_weights(const GhRankingPage *page);

/* -- words -- */

/* "3 (2 to 6)", never a bare place; the ends are rounded outwards. "no place" where there is none. */
char *gh_ranking_say_place(const GhLang *lang, const GhRankedCity *city);
char *gh_ranking_say_score(const GhRankingPage *page, const GhLang *lang, double score);
char *gh_ranking_say_percent(const GhLang *lang, double share); /* "12 %"; "under 1 %" */
char *gh_ranking_say_years(const GhLang *lang, const GhRanking *ranking);
char *gh_ranking_say_day(int64_t time_us); /* "2026-11-22" */

/* Of which years, and how sure the ranking is, in sentences: list "sentences" of text. */
void gh_ranking_say_sure(const GhRankingPage *page, const GhLang *lang, GhView *view);

/* "up 2 from 5 (3 to 8)" since the year before, of a city with a place in both; else what is missing. */
char *gh_ranking_say_move(const GhRankingPage *page, const GhLang *lang, const GhRankedCity *city);

/* What was done, a sentence a step: list "steps" of text; and what it meant for the figures: list "changes". */
void gh_ranking_say_method(const GhRankingPage *page, const GhLang *lang, GhView *view);

/* Adds to the list "changes" what was remarked of indicators, in the order in which it was said first: text, and
 * for several indicators has_names, their list "names" of name, and the remark behind it. */
void gh_ranking_say_remarks(const GhRankingPage *page, const GhLang *lang, GhView *view);

/* A node's name in the reader's language. */
const char *gh_ranking_say_node(const GhRankingPage *page, const GhLang *lang, size_t node);

/* Whether the small-town or the few-figures note belongs to a city. */
bool gh_ranking_is_small(const GhRankedCity *city);
bool gh_ranking_is_sparse(const GhRankedCity *city);

/* -- charts; NULL where there is too little to draw -- */

/* Cities first .. end - 1; highlighted: a slug, may be NULL. */
GhDrawing *gh_ranking_draw_places(const GhRankingPage *page, const GhLang *lang, size_t first,
                                  size_t end, const char *highlighted, const char *base,
                                  double width);
GhDrawing *gh_ranking_draw_parts(const GhRankingPage *page, const GhLang *lang, size_t first,
                                 size_t end, const char *base, double width);
GhDrawing *gh_ranking_draw_choices(const GhRankingPage *page, const GhLang *lang, double width);
GhDrawing *gh_ranking_draw_links(const GhRankingPage *page, const GhLang *lang, double width);

/* Correlations of the groups: nodes, and n x n Pearson coefficients row by row; false where there are fewer than
 * two groups or three cities. */
bool gh_ranking_links(const GhRankingPage *page, GArray **ret_nodes, double **ret_r);

/* -- pages and files, each with its routes -- */

/* Keys of the template ranking_bar: what is published, by whom, when, and ways to take it away. */
void gh_ranking_page_bar(const GhRankingPage *page, const GhLang *lang, GhView *view);

void gh_rankings_pages_register(GhServer *server);
void gh_ranking_pages_register(GhServer *server);
void gh_ranking_city_pages_register(GhServer *server);
void gh_ranking_weights_pages_register(GhServer *server);
void gh_ranking_files_register(GhServer *server);
void gh_ranking_card_register(GhServer *server);

/* List "entries": a city's places in the rankings that stand, each with its interval; *ret_any: there are
 * some. */
bool gh_ranking_fill_places(GhRequest *request, int64_t city_id, GhView *view, bool *ret_any,
                            GError **error);

/* Everything needed to compute it again, packed. */
bool gh_ranking_pack(GhStore *store, const GhRankingWhole *whole, GBytes **ret_bytes,
                     GError **error);
