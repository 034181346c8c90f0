/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_sources.h - the distinct sources of a city's figures, numbered in the order in which the
 * framework's data points first name them; seen only inside reports/.
 *
 * Ownership Texts are borrowed from the figures.
 */
#pragma once

#include "evaluation/figures.h"

typedef struct GhReportSources GhReportSources;

GhReportSources *gh_report_sources_new(const GhFigureSet *figures);
void gh_report_sources_free(GhReportSources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhReportSources, gh_report_sources_free)

size_t gh_report_sources_n(const GhReportSources *sources);

/* Number from 1 to n; how many figures name it. */
const char *gh_report_sources_text(const GhReportSources *sources, size_t number);
size_t gh_report_sources_n_figures(const GhReportSources *sources, size_t number);

/* 0 where the figure names none. */
size_t gh_report_sources_number(const GhReportSources *sources, const GhFigure *figure);
