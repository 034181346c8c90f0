/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends.h - a city over the years: its figures, where they lead, and its scores.
 *
 * Breaks    Figures name the version of the framework they were entered under. Where that changes from one value
 *           to the next and the two versions define the data point otherwise, the series breaks: lines, rates and
 *           outlooks only use what comes after.
 * Ownership Trends borrow page and definitions.
 * Threads   One page, one thread.
 * Source    trends_rules.h for every formula; docs/peers-and-trends.md.
 */
#pragma once

#include "evaluation/evaluation.h"
#include "ranking/trends/trends_rules.h"

/* -- definitions -- */

/* Whether the two versions define the data point otherwise: label, numerator, denominator, factor, unit, or the
 * definition of its indicator. False where one of them does not have it: then nothing can be said. */
bool gh_definition_differs(const GhFramework *before, const GhFramework *after, const char *id);

/* The versions of a framework under which figures were entered. A version that is no longer stored is not there,
 * and nothing breaks at it. */
typedef struct {
    GHashTable *versions; /* version -> GhFramework, both owned */
} GhDefinitions;
void gh_definitions_init(GhDefinitions *definitions);
bool gh_definitions_add(GhStore *store, const char *framework_id, const char *version,
                        GhDefinitions *definitions, GError **error);
/* Those of the city's figures. */
bool gh_definitions_load(GhStore *store, const GhCityPage *page, GhDefinitions *ret_definitions,
                         GError **error);
void gh_definitions_clear(GhDefinitions *definitions);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhDefinitions, gh_definitions_clear)

/* Whether a value under version before and the next under after are of unlike definitions. Either may be NULL. */
bool gh_definitions_break(const GhDefinitions *definitions, const char *before, const char *after,
                          const char *id);

/* -- one data point -- */

typedef struct {
    size_t data_point;
    GPtrArray
        *figures; /* of GhFigure, by year, with and without a value; owned, elements borrowed */
    const GhFigure *first, *last; /* those with a value, over all years */
    GArray *breaks;               /* of int: years before which the definition changed */
    size_t n_values;              /* since the last break */
    bool is_yes_no;               /* no line is laid through yes and no */
    GhGoal goal;
    bool has_fit;
    GhTrendFit fit; /* valid with has_fit */
    GhOutlook outlook;
    double cagr, percent_a_year; /* since the last break; NAN: none */
} GhTrend;
void gh_trend_free(GhTrend *trend);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhTrend, gh_trend_free)

/* NULL when fewer than two years have a value. */
GhTrend *gh_trend_new(const GhCityPage *page, const GhDefinitions *definitions, size_t data_point);

/* What a target asks for: at least, at most, or exactly its value. */
GhGoal gh_trend_goal(const GhTarget *target);

/* How it moved from the first value to the last, by its share of the target. */
typedef enum {
    GH_MOVE_NEARER,
    GH_MOVE_FARTHER,
    GH_MOVE_SAME,
    GH_MOVE_NOT_JUDGED, /* no target */
    GH_N_MOVES,
} GhMove;
GhMove gh_trend_move(const GhCityPage *page, const GhLang *lang, const GhTrend *trend);

/* -- in words; owned by the caller -- */

const char *gh_trend_say_move(const GhLang *lang, GhMove move); /* borrowed */
/* "At this pace reached in 2034; by 2030 it needs +1.2 a year." */
char *gh_trend_say_outlook(const GhFramework *framework, const GhLang *lang, const GhTrend *trend);
/* "+6.3", with as many digits as the values have; "" for yes and no. */
char *gh_trend_say_change(const GhLang *lang, const GhTrend *trend);
/* "+4.2 % a year"; "" where that has no meaning. */
char *gh_trend_say_rate(const GhLang *lang, const GhTrend *trend);

/* -- as pictures and files -- */

GhDrawing *gh_trend_chart(const GhCityPage *page, const GhLang *lang, const GhTrend *trend,
                          double width);
void gh_trends_pages_register(GhServer *server);
void gh_trends_files_register(GhServer *server);
