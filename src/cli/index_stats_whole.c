/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_stats_whole.c - clusters of units, and what each element does: tables that need the whole index. */
#include "cli/index_stats.h"

#include <math.h>

/* -- clusters of units -- */

enum {
    CUTS = 7 /* into 2 to 8 clusters */
};

/* Units are told by name, which gh_index_cluster does not know. */
static bool
require_distances(const GhIndexLook *look, const double *distances, GError **error)
{
    const size_t n = look->state->n_units;

    for (size_t v = 0; v < n * n; v++) {
        if (isfinite(distances[v]))
            continue;
        g_autofree char *first = gh_index_data_row_name(look->data, look->state->rows[v / n]);
        g_autofree char *second = gh_index_data_row_name(look->data, look->state->rows[v % n]);
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s and %s have no indicator in common that varies; fill gaps (impute) or "
                    "leave one of them"
                    " out (screen), and take --of normalised",
                    first, second);
        return false;
    }
    return true;
}

/* clusters: CUTS x n. */
static bool
find_clusters(const GhIndexLook *look, size_t *clusters, GError **error)
{
    const size_t n = look->state->n_units;
    g_autofree double *distances = g_try_new(double, n *n);
    g_autofree GhIndexMerge *merges = g_new0(GhIndexMerge, n);

    if (distances == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "no memory for the distances between %zu units", n);
        return false;
    }
    if (!gh_index_unit_distances(look->state, (const size_t *)(void *)look->nodes->data,
                                 look->n_indicators, distances, error)
        || !require_distances(look, distances, error)
        || !gh_index_cluster(distances, n, GH_LINKAGE_WARD, merges, error))
        return false;
    for (size_t k = 0; k < CUTS; k++)
        gh_index_cluster_cut(merges, n, MIN(k + 2, n), clusters + k * n);
    return true;
}

bool
gh_index_write_clusters(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                        GError **error)
{
    static const char *const CUT_NAMES[CUTS] = {"k2", "k3", "k4", "k5", "k6", "k7", "k8"};
    const GhIndexLook *look = data;
    const size_t n = look->state->n_units;
    g_autofree size_t *clusters = g_new0(size_t, n * CUTS);
    g_autoptr(GError) own = NULL;
    const bool found = find_clusters(look, clusters, &own);

    if (!found)
        gh_command_say(stderr, "no clusters: {why}", "why", own->message, NULL);
    g_autoptr(GArray) columns = gh_index_columns_new(look->data);
    for (size_t k = 0; k < CUTS; k++)
        gh_index_columns_add(columns, CUT_NAMES[k], GH_COLUMN_NUMBER);
    g_autoptr(GhTable) table = gh_table_new(
        format, "clusters", (const GhColumn *)(void *)columns->data, columns->len, sink, sink_data);
    for (size_t i = 0; found && i < n; i++) {
        gh_index_write_unit(table, look->data, look->state->rows[i]);
        for (size_t k = 0; k < CUTS; k++)
            gh_table_int(table, (int64_t)clusters[k * n + i] + 1);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* -- one element left out -- */

bool
gh_index_write_removed(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                       GError **error)
{
    static const GhColumn COLUMNS[] = {{"iCode", GH_COLUMN_TEXT},
                                       {"Level", GH_COLUMN_NUMBER},
                                       {"MeanAbsDiff", GH_COLUMN_NUMBER},
                                       {"Note", GH_COLUMN_TEXT}};
    const GhIndexLook *look = data;
    g_autoptr(GError) own = NULL;
    g_autoptr(GhTable) table =
        gh_table_new(format, "removed", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (int level = 1; level < look->data->n_levels; level++) {
        g_autoptr(GArray) removed = gh_index_remove_elements(look->data, look->spec, level, NULL,
                                                             look->n_threads, NULL, &own);
        if (removed == NULL) { /* the index cannot be made at all */
            gh_command_say(stderr, "nothing removed: {why}", "why", own->message, NULL);
            break;
        }
        for (guint e = 0; e < removed->len; e++) {
            const GhIndexRemoved *one = &g_array_index(removed, GhIndexRemoved, e);
            gh_table_text(table, gh_index_look_code(look, one->node));
            gh_table_int(table, level);
            gh_table_number_if_present(table, one->mean_shift);
            gh_table_text(table, one->why_not);
            if (!gh_table_end_row(table, error))
                return false;
        }
    }
    return gh_table_close(table, error);
}
