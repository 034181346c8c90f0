/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* step_apply.c - one step: done. Apart from reading, so that a program that only reads needs no steps. */
#include "index/spec.h"

bool
gh_index_step_apply(const GhIndexStep *step, GhIndexState *state, GhIndexNotes *notes,
                    GError **error)
{
    switch (step->kind) {
    case GH_INDEX_STEP_SCREEN:
        return gh_index_screen(state, &step->screen, notes, error);
    case GH_INDEX_STEP_DENOMINATE:
        return gh_index_denominate(state, &step->denominate, notes, error);
    case GH_INDEX_STEP_IMPUTE:
        return gh_index_impute(state, &step->impute, notes, error);
    case GH_INDEX_STEP_TREAT:
        return gh_index_treat(state, &step->treat, notes, error);
    case GH_INDEX_STEP_NORMALISE:
        return gh_index_normalise(state, &step->normalise, notes, error);
    case GH_INDEX_STEP_WEIGHTS:
        return gh_index_weight(state, &step->weights, notes, error);
    case GH_INDEX_STEP_AGGREGATE:
        return gh_index_aggregate(state, &step->aggregate, notes, error);
    }
    g_assert_not_reached();
}
