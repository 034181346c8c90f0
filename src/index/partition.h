/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* partition.h - places within parts of the rows (years, categories), and how far they shift: inside the index only.
 *
 * Threads   One partition, one thread: it holds scratch.
 */
#pragma once

#include "index/state.h"

typedef struct GhIndexPartition GhIndexPartition;

/* The rows of a panel by year, else all rows as one part; within each the categories of a group (-1: none), whose
 * unknown rows stand in no part. */
GhIndexPartition *gh_index_partition_new(const GhIndexData *data, gssize group);
void gh_index_partition_free(GhIndexPartition *partition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexPartition, gh_index_partition_free)

/* Places of values (n_units of the data) as gh_column_places, each part by itself; 0 where there is none. */
void gh_index_partition_places(GhIndexPartition *partition, const double *values, int *ret_places);

/* The places of a node of a state. ret_values: n_units of the data, NAN where a unit was screened out. */
void gh_index_partition_state_places(GhIndexPartition *partition, const GhIndexState *state,
                                     size_t node, double *ret_values, int *ret_places);

/* Mean of |place - other place| over the rows that have both; NAN when none has. */
double gh_index_mean_shift(const int *places, const int *others, size_t n);

/* Whether two rows are of the same part. */
bool gh_index_partition_same(const GhIndexPartition *partition, size_t row, size_t other);
