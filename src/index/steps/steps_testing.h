/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps_testing.h - what tests of normalising and aggregating share. */
#pragma once

#include "index/index_testing.h"
#include "index/steps.h"

/* The published example with its units sorted by code, as COINr sorts them (ties "first" and its gaps depend on that),
 * and the indicators' values from a reference file. NULL after g_test_skip. */
GhIndexState *gh_steps_testing_example(const char *path);

/* Of gh_index_testing_data, which it takes. */
GhIndexState *gh_steps_testing_state(GhIndexData *data);

/* One column of numbers per indicator under "Index". */
GhIndexState *gh_steps_testing_flat(size_t n_units, size_t n_indicators, const double *row_by_row);

/* The step must fail with that code, and name each of words (NULL-ended). Clears the error. */
void gh_steps_testing_assert_error(bool ok, GError **error, int code, const char *const *words);

/* The same method for every level. */
bool gh_steps_testing_aggregate(GhIndexState *state, GhIndexAggregateLevel level, GError **error);

/* Numbers without pattern, in (0, 1). */
double gh_steps_testing_number(uint64_t *seed);
