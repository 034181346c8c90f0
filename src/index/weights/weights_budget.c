/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_budget.c - budget allocation: experts share out points among the children of a group.
 *
 * Within a group an expert's points are divided by their sum, so that one who had 10 points counts as one who
 * had 100. A weight is the mean of these shares over experts. An expert who did not say for one of the
 * group's children, or gave all of them 0, has not shared out anything: left out of this group, and told.
 */
#include <math.h>

#include "index/weights/weights_private.h"

typedef struct {
    double sum, min, max;
} Spread;

/* The points an expert gave to a node; NAN: did not say. */
static double
points_of(const GhIndexState *state, const GhIndexWeighting *how, size_t expert, size_t node)
{
    for (size_t i = 0; i < how->n_codes; i++)
        if (g_strcmp0(how->codes[i], state->data->nodes[node].code) == 0)
            return how->experts[expert].points[i];
    return NAN;
}

/* The expert's shares of a group to shares; false: has not shared it out. */
static bool
shares_of(const GhIndexState *state, const GhIndexWeighting *how, size_t expert,
          const size_t *children, size_t n_children, double *shares)
{
    double sum = 0;

    for (size_t c = 0; c < n_children; c++) {
        shares[c] = points_of(state, how, expert, children[c]);
        sum += shares[c];
    }
    if (!(sum > 0))
        return false;
    for (size_t c = 0; c < n_children; c++)
        shares[c] /= sum;
    return true;
}

static void
note_spread(const GhIndexState *state, const Spread *spreads, const size_t *children,
            size_t n_children, size_t n_experts, GhIndexNotes *notes)
{
    for (size_t c = 0; notes != NULL && c < n_children; c++)
        g_ptr_array_add(notes->weights,
                        g_strdup_printf("%s: %.3f, from %.3f to %.3f over %zu experts",
                                        state->data->nodes[children[c]].code,
                                        spreads[c].sum / (double)n_experts, spreads[c].min,
                                        spreads[c].max, n_experts));
}

static bool
weight_group(GhIndexState *state, const GhIndexWeighting *how, size_t parent, GhIndexNotes *notes,
             GError **error)
{
    const GhIndexNode *node = &state->data->nodes[parent];
    g_autofree size_t *children = g_new(size_t, node->n_children);
    g_autofree double *shares = g_new(double, node->n_children);
    g_autofree Spread *spreads = g_new0(Spread, node->n_children);
    size_t n_children = gh_weights_siblings(state, parent, children);
    size_t n_experts = 0;

    for (size_t e = 0; e < how->n_experts; e++) {
        if (!shares_of(state, how, e, children, n_children, shares)) {
            gh_index_notes_remark(notes, "%s: expert %s has not shared out its points: left out",
                                  node->code, how->experts[e].expert);
            continue;
        }
        for (size_t c = 0; c < n_children; c++) {
            spreads[c].sum += shares[c];
            spreads[c].min = n_experts == 0 ? shares[c] : MIN(spreads[c].min, shares[c]);
            spreads[c].max = n_experts == 0 ? shares[c] : MAX(spreads[c].max, shares[c]);
        }
        n_experts++;
    }
    if (n_experts == 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "weights: no expert shared out points among all children of %s", node->code);
        return false;
    }

    for (size_t c = 0; c < n_children; c++)
        state->weights[children[c]] = spreads[c].sum / (double)n_experts;
    note_spread(state, spreads, children, n_children, n_experts, notes);
    return true;
}

bool
gh_weights_budget(GhIndexState *state, const GhIndexWeighting *how, int level, GhIndexNotes *notes,
                  GError **error)
{
    for (size_t p = state->data->n_indicators; p < state->data->n_nodes; p++)
        if (state->data->nodes[p].level == level + 1 && state->active[p]
            && !weight_group(state, how, p, notes, error))
            return false;
    return true;
}
