/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scale.h - an axis of numbers with round ticks; inside charts/ only.
 *
 * Ticks     Steps of 1, 2 or 5 times a power of ten, each tick the double nearest to its decimal form.
 * Threads   Pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    double low, high; /* low < high */
    double step;
    double first; /* tick, in steps from zero */
    size_t n_ticks;
} GhScale;

/* The values that an axis shall show, collected one by one. */
typedef struct {
    double low, high; /* NAN: none yet */
} GhExtent;
extern const GhExtent GH_EXTENT_NONE;

/* NAN and infinite values are passed over. */
void gh_extent_add(GhExtent *extent, double value);

/* Holds the extent, with at most n_steps_max steps between ticks, and ends at ticks or at the bounds
 * that values logically have (infinite: none). An empty extent shows 0 to 1, or what the bounds allow of
 * it. */
GhScale gh_scale(const GhExtent *extent, double min, double max, unsigned n_steps_max);

/* The same from the bound or zero: for what is drawn from a line of zero. Up to a logical maximum that is
 * not far beyond the values, so that a percentage is seen as part of 100. */
GhScale gh_scale_from_zero(const GhExtent *extent, double min, double max, unsigned n_steps_max);

double gh_scale_tick(const GhScale *scale, size_t tick);

/* 0 at low, 1 at high; values outside lie at the ends. */
double gh_scale_share(const GhScale *scale, double value);
