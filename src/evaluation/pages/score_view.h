/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* score_view.h - scores, bands and figures as values for the templates band, mark, score_bar,
 * share_bar and figure_row.
 *
 * Ownership Everything goes into the view that is passed.
 * Threads   Pure.
 */
#pragma once

#include "evaluation/figures.h"
#include "evaluation/scores.h"
#include "http/view.h"

/* Object "band": mark and word. Four marks stand for any number of bands, spread evenly. */
void gh_score_view_band(GhView *view, const GhFramework *framework, const GhLang *lang,
                        size_t band);
void gh_score_view_no_data(GhView *view, const GhLang *lang);
void gh_score_view_no_target(GhView *view, const GhLang *lang);

/* List "legend": all bands with their bounds. */
void gh_score_view_legend(GhView *view, const GhFramework *framework, const GhLang *lang);

/* A group: name, top, score, band, coverage, range, and the bar's geometry. */
void gh_score_view_group(GhView *view, const GhFramework *framework, const GhLang *lang,
                         const GhGroupScore *score);

/* The same but for the names, of a score whose group is not the framework's. */
void gh_score_view_score(GhView *view, const GhFramework *framework, const GhLang *lang,
                         const GhGroupScore *score);

/* Appends the table of one level's groups to list "summaries": caption and level. Returns it, owned by
 * view; its rows are the caller's. */
GhView *gh_score_view_summary(GhView *view, const GhFramework *framework, const GhLang *lang,
                              size_t level);

/* A figure: value, unit, state, and share of target with band and bar. score NULL: only value and
 * state are known. */
void gh_score_view_figure(GhView *view, const GhFramework *framework, const GhLang *lang,
                          const GhFigure *figure, const GhPointScore *score);

/* Style class of a band ("band-3") for drawings. */
int gh_score_view_step(const GhFramework *framework, size_t band);
