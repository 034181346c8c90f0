/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* state.h - the table that the steps work on: starts as the raw data, ends as the index.
 *
 * Shapes    values is n_units x n_nodes, column-major: the indicators' columns first, as they are now, then
 *           the aggregates', NAN until the step "aggregate".
 * Rows      Screening takes units out: rows[i] is the row of data that row i came from.
 * Nodes     active[k] false: the node takes no part (dropped, screened out, or without active children).
 * Threads   One state, one thread; copies are independent. The data are shared.
 */
#pragma once

#include "index/data.h"

/* How a node's children are weighted, level by level; set by the step "weights" (weights.h). */
typedef struct GhIndexWeighting GhIndexWeighting;

typedef struct {
    GhIndexData *data; /* referenced */
    size_t n_units;
    size_t *rows;    /* n_units, ascending */
    double *values;  /* n_units x data->n_nodes */
    bool *active;    /* n_nodes */
    double *weights; /* n_nodes, among siblings, not normalised; metadata's at first */
    bool directed;   /* normalised: more is better in every column */
    /* One entry a level 1..n_levels - 1 (index level - 1), borrowed from the specification: how the weights of
     * that level's nodes are found while aggregating; NULL: they stand in weights. */
    const GhIndexWeighting *weighting[GH_INDEX_MAX_LEVELS];
} GhIndexState;

/* The raw data. */
GhIndexState *gh_index_state_new(GhIndexData *data);
GhIndexState *gh_index_state_copy(const GhIndexState *state);
void gh_index_state_free(GhIndexState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexState, gh_index_state_free)

static inline double *
gh_index_state_column(const GhIndexState *state, size_t node)
{
    return state->values + node * state->n_units;
}

/* Keeps the rows for which keep[i] is true. */
void gh_index_state_keep(GhIndexState *state, const bool *keep);

/* Takes a node out, with all below it, and every aggregate above that has nothing left. */
void gh_index_state_drop(GhIndexState *state, size_t node);

/* -- what the steps did, for people; none is kept in simulations -- */

typedef enum {
    GH_INDEX_MARK_NONE,
    GH_INDEX_MARK_IMPUTED, /* stays, whatever is done to the value later */
    GH_INDEX_MARK_WINSORISED_HIGH,
    GH_INDEX_MARK_WINSORISED_LOW,
    GH_INDEX_MARK_TRANSFORMED, /* log or Box-Cox: the whole column */
} GhIndexMark;

/* How the treatment of an indicator went. NAN where a check was not made. */
typedef struct {
    size_t node;
    int year; /* where each year is treated by itself; else 0 */
    bool passed_first, passed_winsorised, passed_transformed; /* of the checks that were made */
    double skew_before, kurt_before, skew_winsorised, kurt_winsorised, skew_after, kurt_after;
    size_t n_winsorised;     /* as COINr counts (docs/index.md) */
    const char *transformed; /* "log_ct", NULL: not */
} GhIndexTreated;

typedef struct {
    size_t n_units, n_indicators; /* of the data */
    unsigned char *marks; /* GhIndexMark, n_units x n_indicators, column-major, rows of data */
    GPtrArray *treated;   /* of GhIndexTreated, in node order; g_free frees them */
    GPtrArray *removed; /* of char *: "AND: 60 % of its indicators are available, 90 % are asked" */
    GPtrArray *remarks; /* of char *: what a reader should know, a sentence each */
    GPtrArray *weights; /* of char *: how weights were found: eigenvalues, convergence, ... */
} GhIndexNotes;
GhIndexNotes *gh_index_notes_new(const GhIndexData *data);
void gh_index_notes_free(GhIndexNotes *notes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexNotes, gh_index_notes_free)

/* notes may be NULL, then nothing happens. row is of the data. */
void gh_index_notes_mark(GhIndexNotes *notes, size_t row, size_t indicator, GhIndexMark mark);
void gh_index_notes_remark(GhIndexNotes *notes, const char *format, ...) G_GNUC_PRINTF(2, 3);
