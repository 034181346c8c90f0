/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_sort.c - rows into key order, and keys that come twice. */
#include "evaluation/transfer/import_private.h"

/* Key order is (city, data point key, year): the order of the table, so that both engines append. */
static int
compare_rows(const GhImportRow *a, const GhImportRow *b, const int64_t *keys)
{
    if (a->city_id != b->city_id)
        return a->city_id < b->city_id ? -1 : 1;
    if (keys[a->data_point] != keys[b->data_point])
        return keys[a->data_point] < keys[b->data_point] ? -1 : 1;
    return (int)a->year - (int)b->year;
}

static int
compare_for_sort(gconstpointer a, gconstpointer b, gpointer keys)
{
    int order = compare_rows(a, b, keys);
    if (order != 0)
        return order;
    const GhImportRow *first = a, *second = b;
    return first->line < second->line ? -1 : first->line > second->line;
}

static bool
is_sorted(const GArray *rows, const int64_t *keys)
{
    for (guint i = 1; i < rows->len; i++) {
        const GhImportRow *row = &g_array_index(rows, GhImportRow, i);
        if (compare_rows(row - 1, row, keys) > 0)
            return false;
    }
    return true;
}

void
gh_import_sort(GhImportRows *rows, const int64_t *data_point_keys, const GhFramework *framework,
               GhImportForm form, const char *file_name, GhFaults *faults)
{
    GArray *array = rows->rows;
    if (!is_sorted(array, data_point_keys))
        g_array_sort_with_data(array, compare_for_sort, (gpointer)(uintptr_t)data_point_keys);

    for (guint i = 1; i < array->len; i++) {
        const GhImportRow *row = &g_array_index(array, GhImportRow, i);
        const GhImportRow *before = row - 1;
        if (compare_rows(before, row, data_point_keys) != 0)
            continue;
        const char *id = framework->data_points[row->data_point].id;
        g_autofree char *remedy = g_strdup_printf(
            "city, data point and year stand on line %zu already: keep one of the two",
            before->line);
        gh_faults_add(faults, GH_FAULT_ERROR, file_name, row->line,
                      form == GH_IMPORT_WIDE ? id : "data_point_id", id, GH_MARK("comes twice"),
                      remedy);
    }
}
