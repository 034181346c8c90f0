/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare.c - two versions of an index, unit by unit. */
#include <math.h>
#include <stdlib.h>

#include "index/analysis.h"
#include "index/stats.h"

static char *
unit_key(const GhIndexData *data, size_t row)
{
    return data->years != NULL ? g_strdup_printf("%s\n%d", data->unit_codes[row], data->years[row])
                               : g_strdup(data->unit_codes[row]);
}

/* Key of a unit to its row and 1, since NULL is "none". */
static GHashTable *
index_units(const GhIndexData *data)
{
    GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < data->n_units; i++)
        g_hash_table_insert(rows, unit_key(data, i), GSIZE_TO_POINTER(i + 1));
    return rows;
}

static bool
find_node(const GhIndexResult *result, const char *code, size_t *ret_node, GError **error)
{
    *ret_node = gh_index_data_top(result->data);
    return code == NULL || gh_index_data_require_node(result->data, code, ret_node, error);
}

static void
match_units(const GhIndexResult *a, size_t node_a, const GhIndexResult *b, size_t node_b,
            GhIndexComparison *comparison)
{
    g_autoptr(GHashTable) rows_b = index_units(b->data);

    for (size_t i = 0; i < a->data->n_units; i++) {
        g_autofree char *key = unit_key(a->data, i);
        const size_t found = GPOINTER_TO_SIZE(g_hash_table_lookup(rows_b, key));
        if (found == 0) {
            comparison->only_a++;
            continue;
        }
        const GhIndexCompared unit = {.row = i,
                                      .place_a = a->places[node_a * a->data->n_units + i],
                                      .place_b = b->places[node_b * b->data->n_units + found - 1],
                                      .value_a = gh_index_result_value(a, node_a, i),
                                      .value_b = gh_index_result_value(b, node_b, found - 1)};
        g_array_append_val(comparison->units, unit);
    }
    comparison->only_b = b->data->n_units - comparison->units->len;
}

static void
measure_shifts(GhIndexComparison *comparison)
{
    uint64_t sum = 0;
    size_t n_both = 0;

    for (guint u = 0; u < comparison->units->len; u++) {
        const GhIndexCompared *unit = &g_array_index(comparison->units, GhIndexCompared, u);
        if (unit->place_a == 0 || unit->place_b == 0)
            continue;
        const int shift = abs(unit->place_a - unit->place_b);
        comparison->max_shift = MAX(comparison->max_shift, shift);
        sum += (uint64_t)shift;
        n_both++;
    }
    comparison->mean_shift = n_both > 0 ? (double)sum / (double)n_both : (double)NAN;
}

static void
measure_agreement(GhIndexComparison *comparison)
{
    const size_t n = comparison->units->len;
    g_autofree double *a = g_new(double, n);
    g_autofree double *b = g_new(double, n);

    for (guint u = 0; u < n; u++) {
        const GhIndexCompared *unit = &g_array_index(comparison->units, GhIndexCompared, u);
        a[u] = unit->value_a;
        b[u] = unit->value_b;
    }
    comparison->spearman = gh_index_correlate(a, b, n, GH_CORRELATION_SPEARMAN).r;
    comparison->kendall = gh_index_correlate(a, b, n, GH_CORRELATION_KENDALL).r;
}

GhIndexComparison *
gh_index_compare(const GhIndexResult *a, const char *node_a, const GhIndexResult *b,
                 const char *node_b, GError **error)
{
    size_t of_a = 0, of_b = 0;

    if (!find_node(a, node_a, &of_a, error) || !find_node(b, node_b, &of_b, error))
        return NULL;

    g_autoptr(GhIndexComparison) comparison = g_new0(GhIndexComparison, 1);
    comparison->units = g_array_new(FALSE, FALSE, sizeof(GhIndexCompared));
    match_units(a, of_a, b, of_b, comparison);
    if (comparison->units->len == 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA, "the two have no unit%s in common",
                    a->data->years != NULL ? " and year" : "");
        return NULL;
    }
    measure_shifts(comparison);
    measure_agreement(comparison);
    return g_steal_pointer(&comparison);
}

void
gh_index_comparison_free(GhIndexComparison *comparison)
{
    if (comparison == NULL)
        return;
    g_clear_pointer(&comparison->units, g_array_unref);
    g_free(comparison);
}
