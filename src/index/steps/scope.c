/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scope.c - which indicators a step works on, and which rows belong together. */
#include "index/steps/scope.h"

#include <string.h>

/* -- parts -- */

void
gh_index_parts_free(GhIndexParts *parts)
{
    if (parts == NULL)
        return;
    g_free(parts->starts);
    g_free(parts->members);
    g_free(parts);
}

typedef struct {
    const gint64 *keys;
    const int *times; /* may be NULL */
} Order;

static int
compare_members(const void *a, const void *b, void *data)
{
    const Order *order = data;
    const size_t i = *(const size_t *)a;
    const size_t j = *(const size_t *)b;

    if (order->keys[i] != order->keys[j])
        return order->keys[i] < order->keys[j] ? -1 : 1;
    if (order->times != NULL && order->times[i] != order->times[j])
        return order->times[i] < order->times[j] ? -1 : 1;
    return (i > j) - (i < j);
}

/* By key, within a key by time (may be NULL), then as they come; negative keys belong to no
 * part. */
static GhIndexParts *
parts_new(const gint64 *keys, const int *times, size_t n)
{
    GhIndexParts *parts = g_new0(GhIndexParts, 1);
    Order order = {.keys = keys, .times = times};
    size_t n_members = 0;

    parts->members = g_new(size_t, n);
    parts->starts = g_new0(size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (keys[i] >= 0)
            parts->members[n_members++] = i;
    }
    qsort_r(parts->members, n_members, sizeof *parts->members, compare_members, &order);
    for (size_t i = 0; i < n_members; i++) {
        if (i == 0 || keys[parts->members[i]] != keys[parts->members[i - 1]])
            parts->starts[parts->n++] = i;
    }
    parts->starts[parts->n] = n_members;
    return parts;
}

static bool
require_years(const GhIndexState *state, const char *step, GError **error)
{
    if (state->data->years != NULL)
        return true;
    g_set_error(
        error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
        "%s: years are asked for, but the data have none (a column Time with several years)", step);
    return false;
}

/* Years before 1 are told apart from "no part" by counting from the first year there can be. */
static gint64
year_key(const GhIndexState *state, GhIndexOver over, size_t row)
{
    return over == GH_OVER_YEAR ? (gint64)state->data->years[state->rows[row]] - G_MININT : 0;
}

GhIndexParts *
gh_index_parts_over(const GhIndexState *state, GhIndexOver over, const char *step, GError **error)
{
    if (over == GH_OVER_YEAR && !require_years(state, step, error))
        return NULL;

    g_autofree gint64 *keys = g_new(gint64, state->n_units);
    for (size_t i = 0; i < state->n_units; i++)
        keys[i] = year_key(state, over, i);
    return parts_new(keys, NULL, state->n_units);
}

GhIndexParts *
gh_index_parts_by_group(const GhIndexState *state, const char *group, GhIndexOver over,
                        const char *step, GError **error)
{
    size_t g = 0;

    if (over == GH_OVER_YEAR && !require_years(state, step, error))
        return NULL;
    if (!gh_index_data_require_group(state->data, group, &g, error)) {
        g_prefix_error(error, "%s: ", step);
        return NULL;
    }

    const GhIndexGroup *of = &state->data->groups[g];
    g_autofree gint64 *keys = g_new(gint64, state->n_units);
    for (size_t i = 0; i < state->n_units; i++) {
        const int category = of->of_unit[state->rows[i]];
        keys[i] =
            category < 0 ? -1 : year_key(state, over, i) * (gint64)of->n_categories + category;
    }
    return parts_new(keys, NULL, state->n_units);
}

GhIndexParts *
gh_index_parts_by_unit(const GhIndexState *state, const char *step, GError **error)
{
    if (!require_years(state, step, error))
        return NULL;

    /* Units are numbered in the order in which they first come. */
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree gint64 *keys = g_new(gint64, state->n_units);
    g_autofree int *years = g_new(int, state->n_units);
    for (size_t i = 0; i < state->n_units; i++) {
        char *code = state->data->unit_codes[state->rows[i]];
        void *number = NULL;
        if (!g_hash_table_lookup_extended(numbers, code, NULL, &number)) {
            number = GUINT_TO_POINTER(g_hash_table_size(numbers));
            g_hash_table_insert(numbers, code, number);
        }
        keys[i] = GPOINTER_TO_UINT(number);
        years[i] = state->data->years[state->rows[i]];
    }
    return parts_new(keys, years, state->n_units);
}

GhIndexParts *
gh_index_parts_by_node(const GhIndexState *state, int level, const char *step, GError **error)
{
    const GhIndexData *data = state->data;

    if (level != 0 && (level < 2 || level > data->n_levels)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "%s: group_level %d is not there: 2 to %d are, and 0 for all indicators", step,
                    level, data->n_levels);
        return NULL;
    }

    g_autofree gint64 *keys = g_new(gint64, data->n_indicators);
    for (size_t j = 0; j < data->n_indicators; j++) {
        const gint64 node = level == 0 ? 0 : gh_index_data_ancestor(data, j, level);
        keys[j] = state->active[j] ? node : -1;
    }
    return parts_new(keys, NULL, data->n_indicators);
}

size_t
gh_index_part_gather(const GhIndexParts *parts, size_t part, const double *column,
                     double *ret_values)
{
    const size_t *rows = parts->members + parts->starts[part];
    const size_t n = gh_index_part_size(parts, part);

    for (size_t i = 0; i < n; i++)
        ret_values[i] = column[rows[i]];
    return n;
}

/* -- indicators and rows -- */

bool
gh_index_require_indicator(const GhIndexData *data, const char *code, const char *step,
                           size_t *ret_indicator, GError **error)
{
    size_t node = 0;

    if (!gh_index_data_require_node(data, code, &node, error)) {
        g_prefix_error(error, "%s: ", step);
        return false;
    }
    if (node >= data->n_indicators) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "%s: \"%s\" is an aggregate, an indicator is asked for", step, code);
        return false;
    }
    *ret_indicator = node;
    return true;
}

bool *
gh_index_wanted_indicators(const GhIndexState *state, const char *const *codes, const char *step,
                           GError **error)
{
    const size_t n = state->data->n_indicators;
    g_autofree bool *wanted = g_new0(bool, n);

    for (size_t j = 0; codes == NULL && j < n; j++)
        wanted[j] = state->active[j];
    for (; codes != NULL && *codes != NULL; codes++) {
        size_t j = 0;
        if (!gh_index_require_indicator(state->data, *codes, step, &j, error))
            return NULL;
        wanted[j] = state->active[j];
    }
    return g_steal_pointer(&wanted);
}

char *
gh_index_row_name(const GhIndexState *state, size_t row)
{
    return gh_index_data_row_name(state->data, state->rows[row]);
}
