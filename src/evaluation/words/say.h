/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say.h - figures, states, targets and bands in words, as the pages show them.
 *
 * Ownership const char * is borrowed from the catalogue or the framework; char * is the caller's.
 * Threads   Pure.
 */
#pragma once

#include "evaluation/figures.h"
#include "evaluation/scores.h"

/* "1,234.5", or yes and no for a data point of that unit. Never more digits than the value has. */
char *gh_say_value(const GhLang *lang, const GhDataPoint *data_point, double value);

/* The unit to write behind the value; "" for yes and no. */
const char *gh_say_unit(const GhFramework *framework, const GhLang *lang, size_t data_point);

/* Value and unit together, as one says it: "80" where the unit is only "number". */
char *gh_say_value_unit(const GhFramework *framework, const GhLang *lang, size_t data_point,
                        double value);

/* The state of a figure in words ("verified", "not reported"), and the end of its style class
 * ("not-reported"). The six are different things; whether a reported value was verified makes two. */
const char *gh_say_state(const GhLang *lang, const GhFigure *figure);
const char *gh_state_class(const GhFigure *figure);

/* "0 of 34 figures verified" */
char *gh_say_verified(const GhLang *lang, size_t n_verified, size_t n_values);

/* The same of those of figures, of GhFigure, that have a value. Owned by the caller. */
char *gh_say_series_verified(const GhLang *lang, const GPtrArray *figures);

/* The same of all values of the set; NULL where it has none. */
char *gh_say_set_verified(const GhLang *lang, const GhFigureSet *set);

const char *gh_say_direction(const GhLang *lang, GhDirection direction);

/* What the target asks, in a sentence. */
char *gh_say_target(const GhFramework *framework, const GhLang *lang, size_t data_point,
                    const GhTarget *target);

/* "verified", "known", "judgement" as a sentence; another word of the set's own stays as it is. */
const char *gh_say_confidence(const GhLang *lang, const char *confidence);

/* How a value became its share, as one would write it: "15 / 20 = 75 %". */
char *gh_say_calculation(const GhLang *lang, const GhDataPoint *data_point, const GhTarget *target,
                         double value);

/* "on target" and its like where the framework has four bands, else the band's label. */
const char *gh_say_band(const GhFramework *framework, const GhLang *lang, size_t band);

/* "33–66 %" of two numbers and a unit ("" for none), from left to right in every language: a
 * right-to-left text would show "66–33 %". */
char *gh_say_range(const GhLang *lang, const char *low, const char *high, const char *unit);

/* Where a band begins and ends: "33–66 %", "95+ %". */
char *gh_say_band_bounds(const GhFramework *framework, const GhLang *lang, size_t band);

/* A score without more digits than needed: whole, but never rounded into another band. */
char *gh_say_score(const GhFramework *framework, const GhLang *lang, double score);

/* "June 2020"; month 0: only the year. */
char *gh_say_month(const GhLang *lang, int year, int month);

/* Names of the framework in the reader's language. */
const char *gh_say_framework(const GhFramework *framework, const GhLang *lang);
const char *gh_say_kpi(const GhFramework *framework, const GhLang *lang, size_t kpi);
const char *gh_say_data_point(const GhFramework *framework, const GhLang *lang, size_t data_point);

/* A data point where its indicator is not named beside it: "Air Pollution: NO2", and only the
 * indicator's name where it has no other. Owned by the caller. */
char *gh_say_figure(const GhFramework *framework, const GhLang *lang, size_t data_point);
const char *gh_say_group(const GhFramework *framework, const GhLang *lang, const char *name);
const char *gh_say_lens_group(const GhFramework *framework, const GhLang *lang, const char *name);
const char *gh_say_lens(const GhFramework *framework, const GhLang *lang, const GhLens *lens);
const char *gh_say_level(const GhFramework *framework, const GhLang *lang, size_t level);
const char *gh_say_tier(const GhFramework *framework, const GhLang *lang, size_t tier);
