/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_private.h - what the files that read figures share; for src/evaluation only. */
#pragma once

#include "evaluation/figures.h"

/* Later than any year of a figure. */
enum {
    GH_YEAR_AFTER_ALL = 100000
};

/* A set in which every data point is missing. */
GhFigureSet *gh_figure_set_new(const GhFramework *framework, int64_t city_id, int year);

/* Makes every entry of a set missing again. Its texts must be NULL: they are not freed. */
void gh_figure_set_empty(GhFigureSet *set, int64_t city_id, int year);
