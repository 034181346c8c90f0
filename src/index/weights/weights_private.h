/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_private.h - what the files of weights.h share: groups of siblings, and the methods one by one. */
#pragma once

#include "index/weights.h"

/* The active children of a node, in node order, to ret (room for node's n_children); how many. */
size_t gh_weights_siblings(const GhIndexState *state, size_t parent, size_t *ret);

/* -- budget allocation: weights of all groups of a level at once -- */
bool gh_weights_budget(GhIndexState *state, const GhIndexWeighting *how, int level,
                       GhIndexNotes *notes, GError **error);

/* -- methods that look at the data, for one level whose columns are there -- */
bool gh_weights_components(GhIndexState *state, int level, bool whole_level, GhIndexNotes *notes,
                           GError **error);
bool gh_weights_correlation(GhIndexState *state, const GhIndexWeighting *how, int level,
                            GhIndexAggregateFrom aggregate_from, const void *data,
                            GhIndexNotes *notes, GError **error);
/* Fills the parents' columns; the weights become the mean shares of the units' scores. */
bool gh_weights_doubt(GhIndexState *state, const GhIndexWeighting *how, int level,
                      GhIndexNotes *notes, GError **error);
