/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published.c - which reports brought figures last. */
#include "evaluation/pages/published.h"

static void
published_free(void *data)
{
    GhPublished *row = data;

    g_free(row->slug);
    g_free(row->name);
    g_free(row->report);
    g_free(row);
}

static const char SQL_LATEST[] = "SELECT c.slug, c.name, f.report, f.year, f.month, COUNT(*) AS n"
                                 "  FROM figure f"
                                 "  JOIN city c ON c.city_id = f.city_id"
                                 "  JOIN data_point p ON p.data_point_key = f.data_point_key"
                                 " WHERE p.framework_id = $1 AND f.value IS NOT NULL"
                                 " GROUP BY c.slug, c.name, f.report, f.year, f.month"
                                 " ORDER BY f.year DESC, COALESCE(f.month, 0) DESC, n DESC, c.slug"
                                 " LIMIT $2";

GPtrArray *
gh_published_latest(GhDb *db, const GhFramework *framework, unsigned n_max, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(published_free);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_LATEST, error);
    if (query == NULL)
        return NULL;

    gh_query_bind_text(query, 1, framework->id);
    gh_query_bind_int64(query, 2, n_max);
    for (;;) {
        bool has_row = false;
        if (!gh_query_next(query, &has_row, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer(&rows);

        GhPublished *row = g_new0(GhPublished, 1);
        row->slug = g_strdup(gh_query_text(query, 0));
        row->name = g_strdup(gh_query_text(query, 1));
        row->report = g_strdup(gh_query_text(query, 2));
        row->year = (int)gh_query_int64(query, 3);
        row->month = (int)gh_query_int64(query, 4);
        row->n_figures = gh_query_int64(query, 5);
        g_ptr_array_add(rows, row);
    }
}
