/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_pca.c - weights are the loadings on the first principal component of a group, or of a whole level.
 *
 * A negative loading is kept: it says that the child runs against the others. The sign rule of weights.h makes
 * the sum of a component's loadings positive; a group of a whole level can still have a sum of 0 or less, which
 * no mean can be made with: an error.
 */
#include "index/stats.h"
#include "index/weights/weights_private.h"

/* Sums of loadings within this are 0 but for rounding. */
static const double ZERO_SUM = 1e-9;

static void
note_component(const GhIndexState *state, const char *of, const size_t *nodes,
               const GhIndexComponents *components, GhIndexNotes *notes)
{
    if (notes == NULL)
        return;
    g_ptr_array_add(
        notes->weights,
        g_strdup_printf("%s: the first component of %zu explains %.1f %% of the variance"
                        " of %zu complete units (eigenvalue %.4f)",
                        of, components->n, 100 * components->shares[0], components->n_complete,
                        components->eigenvalues[0]));
    for (size_t k = 0; k < components->n; k++)
        if (components->vectors[k] < 0)
            gh_index_notes_remark(notes, "%s has a negative weight: it runs against the others",
                                  state->data->nodes[nodes[k]].code);
}

static bool
weight_nodes(GhIndexState *state, const char *of, const size_t *nodes, size_t n_nodes,
             GhIndexNotes *notes, GError **error)
{
    if (n_nodes == 1) {
        state->weights[nodes[0]] = 1;
        return true;
    }
    g_autoptr(GhIndexComponents) components = gh_index_components(state, nodes, n_nodes, error);
    if (components == NULL) {
        g_prefix_error(error, "weights: %s: ", of);
        return false;
    }

    for (size_t k = 0; k < n_nodes; k++)
        state->weights[nodes[k]] = components->vectors[k];
    note_component(state, of, nodes, components, notes);
    return true;
}

/* Loadings of a group that no weighted mean can be made with. */
static bool
check_sum(const GhIndexState *state, size_t parent, const size_t *children, size_t n_children,
          GError **error)
{
    double sum = 0;

    for (size_t c = 0; c < n_children; c++)
        sum += state->weights[children[c]];
    if (sum > ZERO_SUM)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "weights: the loadings within %s sum to %.3g; turn the direction of what runs"
                " against the others, or take other weights",
                state->data->nodes[parent].code, sum);
    return false;
}

static bool
weight_whole_level(GhIndexState *state, int level, GhIndexNotes *notes, GError **error)
{
    g_autofree size_t *nodes = g_new(size_t, state->data->n_nodes);
    g_autofree char *of = g_strdup_printf("level %d", level);
    size_t n = 0;

    for (size_t k = 0; k < state->data->n_nodes; k++)
        if (state->data->nodes[k].level == level && state->active[k])
            nodes[n++] = k;
    return n == 0 || weight_nodes(state, of, nodes, n, notes, error);
}

bool
gh_weights_components(GhIndexState *state, int level, bool whole_level, GhIndexNotes *notes,
                      GError **error)
{
    const GhIndexData *data = state->data;
    g_autofree size_t *children = g_new(size_t, data->n_nodes);

    if (whole_level && !weight_whole_level(state, level, notes, error))
        return false;
    for (size_t p = data->n_indicators; p < data->n_nodes; p++) {
        if (data->nodes[p].level != level + 1 || !state->active[p])
            continue;
        size_t n = gh_weights_siblings(state, p, children);
        if (!whole_level && !weight_nodes(state, data->nodes[p].code, children, n, notes, error))
            return false;
        if (!check_sum(state, p, children, n, error))
            return false;
    }
    return true;
}
