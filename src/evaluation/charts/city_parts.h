/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_parts.h - what the charts of evaluations share: links, how groups and data points are shown, and
 * what was measured; inside charts/ only.
 *
 * Ownership char * belongs to the caller.
 * Threads   Pure.
 */
#pragma once

#include "evaluation/charts/city_charts.h"

/* The unit of data points whose values are 1 and 0. */
#define GH_CITY_YES_NO "yes/no"

/* NULL without a link_base, and where the page has no such place. */
char *gh_city_group_link(const GhEvaluation *evaluation, const char *link_base, size_t group);
char *gh_city_point_link(const GhEvaluation *evaluation, const char *link_base, size_t data_point);

GhShown gh_city_point_shown(const GhPointScore *score);

/* What a value's band is under a target: its step, or 0 and GH_SHOWN_NO_TARGET. NAN: no data. */
GhShown gh_city_value_shown(const GhFramework *framework, const GhTarget *target, double value,
                            int *ret_step);

/* Where bands end, without the last; *ret_n of them. */
double *gh_city_bounds(const GhFramework *framework, size_t *ret_n);

/* "Waste", or "Waste (Economy)" where another group of that level has the same name. */
char *gh_city_group_label(const GhFramework *framework, const GhLang *lang, size_t group);

/* "Riyadh 2020"; without figures only the name. */
char *gh_city_and_year(const GhEvaluation *evaluation, const GhLang *lang);

/* Whether the target is a value that can be shown on an axis. */
bool gh_city_has_target_line(const GhTarget *target);

/* "target 80" */
char *gh_city_target_label(const GhFramework *framework, const GhLang *lang, size_t data_point,
                           const GhTarget *target);

/* "Household Internet access, %" */
char *gh_city_axis(const GhFramework *framework, const GhLang *lang, size_t data_point);

const char *gh_city_score_axis(const GhFramework *framework, const GhLang *lang); /* borrowed */

/* What was measured against which targets, and on a line of its own the state of the figures (NULL: none):
 * as many lines of letters of size as width needs, at most n_max of each. */
char **gh_city_facts(const GhFramework *framework, const GhTargetSet *targets, const char *state,
                     const GhLang *lang, double size, double width, unsigned n_max);

/* Appends text, behind "; " unless it is the first. */
void gh_city_append(GString *list, const char *text);
