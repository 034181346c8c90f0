/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* years.h - values over years on a line; inside charts/ only. Threads: pure. */
#pragma once

#include "draw/charts/charts.h"
#include "draw/charts/scale.h"

typedef struct {
    const GhYearValue *values; /* borrowed */
    size_t n_values;
    int first, last;   /* years with a value; 0: none */
    double start, end; /* x of them */
    GhExtent extent;   /* of the values */
} GhYears;

GhYears gh_years(const GhYearValue *values, size_t n_values, double start, double end);

/* A single year stands in the middle. */
double gh_years_x(const GhYears *years, int year);

/* Whether a line leads to the value: from the latest value before it, of *ret_before. */
bool gh_years_joins(const GhYears *years, size_t index, size_t *ret_before);

/* Whether the value and the one of the year before are there: no year is skipped between them. */
bool gh_years_follows(const GhYears *years, size_t index);

/* Whether there is a value whose neighbour years have none. */
bool gh_years_is_alone(const GhYears *years, size_t index);
