/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights.c - the step "weights": checks, and the weights that need no data. */
#include "index/weights.h"

#include <math.h>

#include "index/weights/weights_private.h"

size_t
gh_weights_siblings(const GhIndexState *state, size_t parent, size_t *ret)
{
    const GhIndexNode *node = &state->data->nodes[parent];
    size_t n = 0;

    for (size_t c = 0; c < node->n_children; c++)
        if (state->active[node->children[c]])
            ret[n++] = node->children[c];
    return n;
}

/* -- checks -- */

static bool
is_weighted_level(const GhIndexState *state, const GhIndexWeighting *how, int level)
{
    if (how->levels == NULL)
        return level < state->data->n_levels;
    for (size_t i = 0; i < how->n_levels; i++)
        if (how->levels[i] == level)
            return true;
    return false;
}

static bool
check_levels(const GhIndexState *state, const GhIndexWeighting *how, GError **error)
{
    int highest = state->data->n_levels - 1;

    for (size_t i = 0; how->levels != NULL && i < how->n_levels; i++) {
        if (how->levels[i] >= 1 && how->levels[i] <= highest)
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "weights: level %d has no weights; levels 1 to %d have", how->levels[i],
                    highest);
        return false;
    }
    return true;
}

/* Weights and wishes are finite and not negative; points may also be absent. */
static bool
check_number(const char *what, const char *code, double number, GError **error)
{
    if (isfinite(number) && number >= 0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "weights: the %s of %s is %g; it must be 0 or more", what, code, number);
    return false;
}

static bool
check_points(const GhIndexWeighting *how, size_t code, GError **error)
{
    for (size_t e = 0; e < how->n_experts; e++) {
        double points = how->experts[e].points[code];
        if (isnan(points) || check_number("points", how->codes[code], points, error))
            continue;
        g_prefix_error(error, "expert %s: ", how->experts[e].expert);
        return false;
    }
    return true;
}

static bool
check_codes(const GhIndexState *state, const GhIndexWeighting *how, GError **error)
{
    const char *what = how->method == GH_WEIGHTS_CORRELATION ? "wish" : "weight";

    for (size_t i = 0; i < how->n_codes; i++) {
        size_t node = 0;
        if (!gh_index_data_require_node(state->data, how->codes[i], &node, error)) {
            g_prefix_error(error, "weights: ");
            return false;
        }
        if (!is_weighted_level(state, how, state->data->nodes[node].level)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "weights: %s is of level %d, which this step does not weight",
                        how->codes[i], state->data->nodes[node].level);
            return false;
        }
        if (how->given != NULL && !check_number(what, how->codes[i], how->given[i], error))
            return false;
        if (!check_points(how, i, error))
            return false;
    }
    return true;
}

static bool
check_shares(const GhIndexWeighting *how, GError **error)
{
    if (!(how->share_lower >= 0 && how->share_lower <= how->share_upper && how->share_upper <= 1)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "weights: shares from %g to %g; they must rise within 0 to 1", how->share_lower,
                    how->share_upper);
        return false;
    }
    if (!(isfinite(how->scale) && how->scale > 0)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "weights: scale is %g; it must be above 0", how->scale);
        return false;
    }
    return true;
}

/* Every group of the level with active children has weight to give. */
static bool
check_groups(const GhIndexState *state, int level, GError **error)
{
    const GhIndexData *data = state->data;

    for (size_t p = data->n_indicators; p < data->n_nodes; p++) {
        const GhIndexNode *parent = &data->nodes[p];
        double sum = 0;

        if (parent->level != level + 1 || !state->active[p])
            continue;
        for (size_t c = 0; c < parent->n_children; c++)
            if (state->active[parent->children[c]])
                sum += state->weights[parent->children[c]];
        if (sum > 0)
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "weights: all weights within %s are 0; give one of them a weight",
                    parent->code);
        return false;
    }
    return true;
}

/* -- weights without data -- */

static void
set_metadata(GhIndexState *state, int level)
{
    for (size_t k = 0; k < state->data->n_nodes; k++)
        if (state->data->nodes[k].level == level)
            state->weights[k] = state->data->nodes[k].weight;
}

static void
set_equal(GhIndexState *state, int level)
{
    for (size_t k = 0; k < state->data->n_nodes; k++)
        if (state->data->nodes[k].level == level)
            state->weights[k] = 1;
}

static void
set_given(GhIndexState *state, const GhIndexWeighting *how, int level)
{
    set_metadata(state, level);
    for (size_t i = 0; how->given != NULL && i < how->n_codes; i++) {
        gssize node = gh_index_data_find_node(state->data, how->codes[i]);
        g_assert(node >= 0); /* check_codes */
        if (state->data->nodes[node].level == level)
            state->weights[node] = how->given[i];
    }
}

static bool
weight_level(GhIndexState *state, const GhIndexWeighting *how, int level, GhIndexNotes *notes,
             GError **error)
{
    state->weighting[level - 1] = NULL;
    switch (how->method) {
    case GH_WEIGHTS_GIVEN:
        set_given(state, how, level);
        return check_groups(state, level, error);
    case GH_WEIGHTS_EQUAL:
        set_equal(state, level);
        return true;
    case GH_WEIGHTS_BUDGET:
        return gh_weights_budget(state, how, level, notes, error)
               && check_groups(state, level, error);
    case GH_WEIGHTS_PCA:
    case GH_WEIGHTS_CORRELATION:
    case GH_WEIGHTS_BENEFIT_OF_THE_DOUBT:
        state->weighting[level - 1] = how;
        return true;
    }
    g_assert_not_reached();
}

bool
gh_index_weight(GhIndexState *state, const GhIndexWeighting *how, GhIndexNotes *notes,
                GError **error)
{
    if (!check_levels(state, how, error) || !check_codes(state, how, error))
        return false;
    if (how->method == GH_WEIGHTS_BENEFIT_OF_THE_DOUBT && !check_shares(how, error))
        return false;

    for (int level = 1; level < state->data->n_levels; level++)
        if (is_weighted_level(state, how, level) && !weight_level(state, how, level, notes, error))
            return false;
    return true;
}

bool
gh_index_weighting_find(GhIndexState *state, int level, GhIndexAggregateFrom aggregate_from,
                        const void *data, GhIndexNotes *notes, bool *ret_aggregated, GError **error)
{
    const GhIndexWeighting *how = state->weighting[level - 1];

    g_assert(how != NULL);
    *ret_aggregated = false;
    switch (how->method) {
    case GH_WEIGHTS_PCA:
        return gh_weights_components(state, level, how->whole_level, notes, error);
    case GH_WEIGHTS_CORRELATION:
        return gh_weights_correlation(state, how, level, aggregate_from, data, notes, error);
    case GH_WEIGHTS_BENEFIT_OF_THE_DOUBT:
        *ret_aggregated = gh_weights_doubt(state, how, level, notes, error);
        return *ret_aggregated;
    case GH_WEIGHTS_GIVEN:
    case GH_WEIGHTS_EQUAL:
    case GH_WEIGHTS_BUDGET:
        break; /* written at once by gh_index_weight, never left for later */
    }
    g_assert_not_reached();
}

/* Parents stand behind their children in node order, so going down it a parent's own effective weight is
 * known before its children's. */
void
gh_index_effective_weights(const GhIndexState *state, double *ret_effective)
{
    const GhIndexData *data = state->data;

    for (size_t k = 0; k < data->n_nodes; k++)
        ret_effective[k] = state->active[k] && data->nodes[k].parent < 0 ? 1 : 0;

    for (size_t p = data->n_nodes; p-- > data->n_indicators;) {
        const GhIndexNode *parent = &data->nodes[p];
        double sum = 0;

        for (size_t c = 0; c < parent->n_children; c++)
            if (state->active[parent->children[c]])
                sum += state->weights[parent->children[c]];
        for (size_t c = 0; c < parent->n_children; c++) {
            size_t child = parent->children[c];
            if (state->active[child] && sum != 0)
                ret_effective[child] = state->weights[child] / sum * ret_effective[p];
        }
    }
}
