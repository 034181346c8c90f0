/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_charts.h - evaluations as charts: for pages, files and reports alike.
 *
 * Links     Where link_base is not NULL, parts lead to pages of the site: "" on the site itself; an
 *           address in front for files that leave it; GH_CITY_OWN_PAGE on the city's own page, whose
 *           places are then "#anchor". NULL: no links.
 * Ownership The drawings belong to the caller.
 * Threads   Pure.
 */
#pragma once

#include "draw/charts/charts.h"
#include "evaluation/written.h"

#define GH_CITY_OWN_PAGE "#"

/* How a group without a score is shown everywhere: without a target where there are figures, but none of
 * its data points has one; without any figure it has no data. */
GhShown gh_city_group_shown(const GhGroupScore *score);

/* The wheel: centre city and year, then top groups, lowest groups, data points. Works for any
 * framework of one to three levels shown; sub-dimensions are no ring, since categories do not nest in
 * them. Source: U4SSC KPIs Verification Manual (2022), p. 169. size 0: the usual, 720, with the names of
 * data points; below 600 without them, and with larger letters for the groups instead: for a page. */
GhDrawing *gh_city_wheel(const GhEvaluation *evaluation, const GhLang *lang, const char *link_base,
                         double size);

/* The wheel as a picture to stand alone: with the legend below, and in a line what was measured against
 * which targets, and how much of it is verified. link_base as for the wheel. */
GhDrawing *gh_city_wheel_sheet(const GhEvaluation *evaluation, const GhLang *lang,
                               const char *link_base);

/* Bands, no data, no target. */
GhDrawing *gh_city_legend(const GhFramework *framework, const GhLang *lang, double width);

/* What a segment is called: "Household Internet access, 97 %, 97 % of target, on target". Owned by the
 * caller. */
char *gh_city_point_name(const GhEvaluation *evaluation, const GhLang *lang, size_t data_point);
char *gh_city_group_name(const GhEvaluation *evaluation, const GhLang *lang, size_t group);

/* The scores of the top groups with their ranges; of one level with level > 0. */
GhDrawing *gh_city_range_bars(const GhEvaluation *evaluation, const GhLang *lang, size_t level,
                              const char *link_base, double width);

/* The groups of the evaluation's lens that have KPIs, scored by gh_scores_lens; link: the page on which each has
 * its place "#group-1", or NULL. */
GhDrawing *gh_city_lens_bars(const GhEvaluation *evaluation, const GhGroupScore *scores,
                             const GhLang *lang, const char *link, double width);

/* Share of target of every scored data point, by lowest group; group -1: all, else one group's. NULL
 * when nothing is scored. */
GhDrawing *gh_city_share_bars(const GhEvaluation *evaluation, const GhLang *lang, gssize group,
                              const char *link_base, double width);

/* The values of all cities (of GhCityFigure) of one data point; highlighted: slug of a city or NULL.
 * NULL when fewer than two have a value. */
GhDrawing *gh_city_dot_plot(const GhFramework *framework, const GhTargetSet *targets,
                            const GhLang *lang, size_t data_point, const GPtrArray *figures,
                            const char *highlighted, const char *link_base, double width);

/* One data point over the years of a city: of GhFigure by year, those without a value are gaps. NULL
 * when fewer than two years have a value. */
GhDrawing *gh_city_spark_line(const GhFramework *framework, const GhTargetSet *targets,
                              const GhLang *lang, size_t data_point, const GPtrArray *figures);
GhDrawing *gh_city_trend_line(const GhFramework *framework, const GhTargetSet *targets,
                              const GhLang *lang, size_t data_point, const GPtrArray *figures,
                              double width);

/* What a trend line shows beside the figures. Borrowed. */
typedef struct {
    const int *breaks; /* years before which the definition changed */
    size_t n_breaks;
    int year;          /* to which it looks ahead; 0: not */
    double projected;  /* the trend's value there; NAN: none */
    double low, high;  /* and between what it lies; NAN: not known */
    bool shows_needed; /* the way from the last value to the target */
} GhCityAhead;
GhDrawing *gh_city_trend_line_ahead(const GhFramework *framework, const GhTargetSet *targets,
                                    const GhLang *lang, size_t data_point, const GPtrArray *figures,
                                    const GhCityAhead *ahead, double width);

/* Two evaluations of the same framework and targets: the scores of the lowest groups, or of the data
 * points of one group. NULL where no row has both ends. */
GhDrawing *gh_city_slope(const GhEvaluation *left, const GhEvaluation *right, const GhLang *lang,
                         gssize group, const char *link_base, double width);

/* A chart as a picture to stand alone: a title above, the legend, what was measured against which targets
 * and the state of the figures (a sentence; NULL: none) below. The chart is taken. */
GhDrawing *gh_city_sheet(GhDrawing *chart, const char *title, const GhFramework *framework,
                         const GhTargetSet *targets, const char *state);

/* Two to four evaluations as small multiples of their top scores. */
GhDrawing *gh_city_multiples(const GhEvaluation *evaluations, size_t n_evaluations,
                             const GhLang *lang, double width);
