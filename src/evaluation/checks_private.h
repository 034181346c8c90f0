/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks_private.h - what the files of the checks share; for checks*.c only. */
#pragma once

#include "evaluation/checks.h"

/* What all checks look at. */
typedef struct {
    const GhFramework *framework;
    const GhCity *city;
    const GhFigureSet *figures;
    const GhFigureSet *earlier; /* NULL: none */
    GPtrArray *findings;        /* of GhFinding */
} GhScreening;

/* Adds a finding; takes observed. data_points are copied, n 0: about the city as a whole. */
void gh_screening_add(const GhScreening *screening, const GhCheck *check, const size_t *data_points,
                      size_t n_data_points, char *observed, GhSeen seen);

const GhFigure *gh_screening_figure(const GhScreening *screening, size_t data_point);
bool gh_figure_has_value(const GhFigure *figure);
bool gh_check_allows(const GhCheck *check, double value);

/* Appends a number as it was given, and one that was computed here (two decimals). */
void gh_observed_number(GString *out, double value);
void gh_observed_result(GString *out, double value);

/* Of base and denominators: checks_base.c. */
void gh_check_denominator(const GhScreening *screening, const GhCheck *check);
void gh_check_base_change(const GhScreening *screening, const GhCheck *check);
void gh_check_base_stated(const GhScreening *screening, const GhCheck *check);

/* Of values among each other: checks_values.c. */
void gh_check_sum(const GhScreening *screening, const GhCheck *check);
void gh_check_order(const GhScreening *screening, const GhCheck *check);
void gh_check_range(const GhScreening *screening, const GhCheck *check);
void gh_check_change(const GhScreening *screening, const GhCheck *check);
void gh_check_arithmetic(const GhScreening *screening, const GhCheck *check);
