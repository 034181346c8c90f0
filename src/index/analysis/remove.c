/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* remove.c - what each element of a level does to all results: the index made anew without it. */
#include <math.h>

#include "index/analysis.h"
#include "index/parallel.h"
#include "index/partition.h"

typedef struct {
    GhIndexData *data;
    const GhIndexSpec *spec;
    size_t output;
    const int *nominal; /* places */
    GArray *removed;    /* of GhIndexRemoved, node set */
} Removal;

static void
removed_clear(void *data)
{
    GhIndexRemoved *removed = data;
    g_free(removed->why_not);
}

/* Places of the output for all rows of the data; owned by the caller. */
static int *
places_of(const GhIndexState *state, size_t output)
{
    g_autoptr(GhIndexPartition) partition = gh_index_partition_new(state->data, -1);
    g_autofree double *values = g_new(double, state->data->n_units);
    int *places = g_new(int, state->data->n_units);

    gh_index_partition_state_places(partition, state, output, values, places);
    return places;
}

static bool
remove_one(unsigned worker G_GNUC_UNUSED, size_t item, void *data, GError **error G_GNUC_UNUSED)
{
    Removal *removal = data;
    GhIndexRemoved *removed = &g_array_index(removal->removed, GhIndexRemoved, item);
    g_autoptr(GError) reason = NULL;
    g_autoptr(GhIndexState) state = gh_index_state_new(removal->data);

    if (removed->why_not != NULL)
        return true;
    gh_index_state_drop(state, removed->node);
    if (!gh_index_run_steps(state, removal->spec->steps, removal->spec->n_steps, NULL, &reason)) {
        removed->why_not = g_strdup(reason->message);
        return true;
    }
    g_autofree int *places = places_of(state, removal->output);
    removed->mean_shift = gh_index_mean_shift(places, removal->nominal, removal->data->n_units);
    if (isnan(removed->mean_shift))
        removed->why_not = g_strdup("nothing is left to rank the units by");
    return true;
}

/* The nodes of the level below the output, with why not where that is clear beforehand. */
static GArray *
list_nodes(const GhIndexData *data, const GhIndexState *nominal, size_t output, int level)
{
    const int output_level = data->nodes[output].level;
    GArray *removed = g_array_new(FALSE, TRUE, sizeof(GhIndexRemoved));

    g_array_set_clear_func(removed, removed_clear);
    for (size_t k = 0; k < data->n_nodes; k++) {
        if (data->nodes[k].level != level
            || gh_index_data_ancestor(data, k, output_level) != (gssize)output)
            continue;
        const GhIndexRemoved one = {
            .node = k,
            .mean_shift = NAN,
            .why_not = nominal->active[k] ? NULL : g_strdup("it takes no part in the index")};
        g_array_append_val(removed, one);
    }
    return removed;
}

GArray *
gh_index_remove_elements(GhIndexData *data, const GhIndexSpec *spec, int level, const char *output,
                         unsigned n_threads, const GhProgress *progress, GError **error)
{
    size_t node = gh_index_data_top(data);

    if (output != NULL && !gh_index_data_require_node(data, output, &node, error))
        return NULL;
    if (level < 1 || level >= data->nodes[node].level) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "elements of level %d cannot be left out of %s, which is made of levels 1 to "
                    "%d",
                    level, data->nodes[node].code, data->nodes[node].level - 1);
        return NULL;
    }
    g_autoptr(GhIndexState) state = gh_index_state_new(data);
    if (!gh_index_run_steps(state, spec->steps, spec->n_steps, NULL, error))
        return NULL;

    g_autofree int *nominal = places_of(state, node);
    g_autoptr(GArray) removed = list_nodes(data, state, node, level);
    Removal removal = {
        .data = data, .spec = spec, .output = node, .nominal = nominal, .removed = removed};
    const GhIndexParallel how = {.n_items = removed->len,
                                 .n_workers = gh_index_workers(n_threads, removed->len),
                                 .grain = 1,
                                 .step = GH_MARK("leaving out"),
                                 .progress = progress};
    if (!gh_index_parallel(&how, remove_one, &removal, error))
        return NULL;
    return g_steal_pointer(&removed);
}
