/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stats_testing.h - what tests of statistics and weights share. */
#pragma once

#include "index/index_testing.h"
#include "index/state.h"

/* The published example as it stands after a step: data/<name> of the reference. Nodes without a column there stay
 * NAN. NULL after g_test_skip. */
GhIndexState *gh_stats_testing_state(const char *path);

/* A state of gh_index_testing_data, which it takes. */
GhIndexState *gh_stats_testing_new(GhIndexData *data);

/* The node of that code; must be there. */
size_t gh_stats_testing_node(const GhIndexState *state, const char *code);

/* All nodes of a level, to be freed. */
size_t *gh_stats_testing_level(const GhIndexState *state, int level, size_t *ret_n);

/* Weighted arithmetic means from a level to the top, over complete data; a GhIndexAggregateFrom. */
bool gh_stats_testing_aggregate(GhIndexState *state, int level, const void *unused, GError **error);

/* Numbers without pattern, in [0, 1): the Lehmer sequence 16807 s mod (2^31 - 1). */
double gh_stats_testing_number(uint64_t *s);
