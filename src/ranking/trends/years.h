/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* years.h - a city over the years of a published panel: its scores as a line, its places with their intervals.
 *
 * Breaks    As in trends.h: behind a year in which a figure of the ranking is defined otherwise than the city's one
 *           before, the line begins anew, and what is said of the future only uses what comes after.
 * Line      Only where scores of different years stand on one scale (GhRanking.compares_years); a projection from
 *           GH_TREND_FIT_MIN scores on.
 * Ownership A series borrows ranking and years.
 * Source    trends_rules.h; docs/peers-and-trends.md.
 */
#pragma once

#include "draw/drawing.h"
#include "http/view.h"
#include "ranking/published/published.h"
#include "ranking/trends/trends_rules.h"

typedef struct {
    const GhRanking *ranking;
    const GhRankedYear *years;
    size_t n_years;
    const GhRankedYear *first, *last; /* with a score; NULL: none */
    GArray *breaks;                   /* of int: years before which a definition changed */
    size_t n_scores;                  /* over all years */
    size_t n_since;                   /* since the last break */
    bool has_fit;
    GhTrendFit fit; /* valid with has_fit */
    double cagr, percent_a_year;
    unsigned decimals; /* that scores are told with */
} GhRankingSeries;
void gh_ranking_series_init(GhRankingSeries *series, const GhRanking *ranking,
                            const GhRankedYear *years, size_t n_years);
void gh_ranking_series_clear(GhRankingSeries *series);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhRankingSeries, gh_ranking_series_clear)

/* Whether the line, kept up, is beyond an end of the scale in GH_TREND_GOAL_YEAR: then it cannot be kept up. */
bool gh_ranking_series_leaves_scale(const GhRankingSeries *series);

/* Whether there is a line that looks ahead to GH_TREND_GOAL_YEAR. */
bool gh_ranking_series_projects(const GhRankingSeries *series);

/* NULL with fewer than two scores, and where years do not compare. */
GhDrawing *gh_ranking_series_chart(const GhRankingSeries *series, const GhLang *lang, double width);

/* Keys of the template ranking_years: chart, rows, sentences. */
void gh_ranking_series_view(const GhRankingSeries *series, const GhLang *lang, GhView *view);

/* "5 (3 to 8)" in a year; "no place". The caller owns it. */
char *gh_ranking_say_place_in(const GhLang *lang, const GhRankedYear *year);
