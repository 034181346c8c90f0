/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* run.h - all steps of a specification on data: the index and what was done on the way. */
#pragma once

#include "base/progress.h"
#include "index/spec.h"

typedef struct {
    GhIndexData *data;   /* referenced */
    GhIndexSpec *spec;   /* referenced: the state's weightings are in it */
    GhIndexState *state; /* after the last step; owned */
    GhIndexNotes *notes; /* owned */
    /* Places, 1 the best, ties "min"; of all units of the data (0: screened out, or no value), n_units x n_nodes,
     * column-major; owned. In a panel each year by itself. */
    int *places;
} GhIndexResult;
void gh_index_result_free(GhIndexResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexResult, gh_index_result_free)

/* progress may be NULL; stops with G_IO_ERROR_CANCELLED when it says so. */
GhIndexResult *gh_index_run(GhIndexData *data, const GhIndexSpec *spec, const GhProgress *progress,
                            GError **error);

/* Runs steps of others: for variants. notes may be NULL. */
bool gh_index_run_steps(GhIndexState *state, GhIndexStep *const *steps, size_t n_steps,
                        GhIndexNotes *notes, GError **error);

/* The value of a node for a row of the data; NAN when screened out or not available. */
double gh_index_result_value(const GhIndexResult *result, size_t node, size_t data_row);
