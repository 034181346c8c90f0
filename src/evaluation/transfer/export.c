/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* export.c - figures as a table that can be imported again unchanged. */
#include <gio/gio.h>
#include <math.h>

#include "evaluation/figures.h"

enum {
    ROWS_BETWEEN_REPORTS = 8192
};

/* FORMATS, section 2: the long form with all its columns. */
static const GhColumn columns[] = {
    {"city", GH_COLUMN_TEXT},          {"country_code", GH_COLUMN_TEXT},
    {"report", GH_COLUMN_TEXT},        {"year", GH_COLUMN_NUMBER},
    {"month", GH_COLUMN_NUMBER},       {"kpi_id", GH_COLUMN_TEXT},
    {"data_point_id", GH_COLUMN_TEXT}, {"value", GH_COLUMN_NUMBER},
    {"unit", GH_COLUMN_TEXT},          {"status", GH_COLUMN_TEXT},
    {"note", GH_COLUMN_TEXT},          {"source", GH_COLUMN_TEXT},
    {"numerator", GH_COLUMN_NUMBER},   {"denominator", GH_COLUMN_NUMBER},
    {"how", GH_COLUMN_TEXT},           {"quality", GH_COLUMN_NUMBER},
    {"verification", GH_COLUMN_TEXT},
};

#define SELECT_FIGURES                                                                             \
    "SELECT c.slug, c.country_code, f.report, f.year, f.month, f.data_point_key, f.value, f.unit," \
    " f.status, f.note, f.source, f.numerator, f.denominator, f.how, f.quality, f.verification"    \
    " FROM city c JOIN figure f ON f.city_id = c.city_id"

static const char SQL_ALL[] = SELECT_FIGURES " ORDER BY c.slug, f.year, f.data_point_key";

static const char SQL_OF_CITY[] = SELECT_FIGURES " WHERE c.slug = $1"
                                                 " ORDER BY c.slug, f.year, f.data_point_key";

static const char SQL_COUNT[] = "SELECT count(*) FROM figure";

typedef struct {
    const GhFramework *framework;
    GHashTable *index_of_key; /* int64_t * -> data point index + 1 */
    GhTable *table;
    int64_t n_all;
    const GhProgress *progress;
} Export;

static GHashTable *
index_keys(const int64_t *keys, size_t n_keys)
{
    GHashTable *index = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (size_t i = 0; i < n_keys; i++)
        g_hash_table_insert(index, (gpointer)(uintptr_t)&keys[i], GSIZE_TO_POINTER(i + 1));
    return index;
}

static void
cell_number(GhTable *table, const GhQuery *query, int column)
{
    if (gh_query_is_null(query, column))
        gh_table_absent(table);
    else
        gh_table_number(table, gh_query_double(query, column));
}

static const char *
how_text(int64_t how)
{
    switch ((GhHow)how) {
    case GH_HOW_NOT_SAID:
        return NULL;
    case GH_HOW_CALCULATED:
        return "calculated";
    case GH_HOW_TYPED_OVER:
        return "typed_over";
    }
    g_assert_not_reached();
}

static bool
write_row(const Export *export, const GhQuery *query, size_t data_point, GError **error)
{
    const GhDataPoint *point = &export->framework->data_points[data_point];
    GhTable *table = export->table;

    gh_table_text(table, gh_query_text(query, 0));
    gh_table_text(table, gh_query_text(query, 1));
    gh_table_text(table, gh_query_text(query, 2));
    cell_number(table, query, 3);
    cell_number(table, query, 4);
    gh_table_text(table, export->framework->kpis[point->kpi].id);
    gh_table_text(table, point->id);
    cell_number(table, query, 6);
    gh_table_text(table, gh_query_is_null(query, 7) ? point->unit : gh_query_text(query, 7));
    gh_table_text(table, gh_status_text((GhStatus)gh_query_int64(query, 8)));
    gh_table_text(table, gh_query_text(query, 9));
    gh_table_text(table, gh_query_text(query, 10));
    cell_number(table, query, 11);
    cell_number(table, query, 12);
    gh_table_text(table, how_text(gh_query_int64(query, 13)));
    cell_number(table, query, 14);
    gh_table_text(table, gh_query_int64(query, 15) != 0 ? "verified" : "not_verified");
    return gh_table_end_row(table, error);
}

static bool
write_rows(const Export *export, GhQuery *query, GError **error)
{
    for (int64_t n = 0;; n++) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return gh_table_close(export->table, error);
        if (n % ROWS_BETWEEN_REPORTS == 0
            && !gh_progress_report(export->progress, GH_MARK("writing"),
                                   (double)n / (double)MAX(export->n_all, n + 1))) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped on request");
            return false;
        }

        int64_t key = gh_query_int64(query, 5);
        size_t found = GPOINTER_TO_SIZE(g_hash_table_lookup(export->index_of_key, &key));
        /* Figures of other frameworks are not this file's. */
        if (found != 0 && !write_row(export, query, found - 1, error))
            return false;
    }
}

static bool
count_figures(GhDb *db, int64_t *ret_n, GError **error)
{
    bool row = false;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_COUNT, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    *ret_n = gh_query_int64(query, 0);
    return true;
}

bool
gh_export_figures(GhDb *db, const GhFramework *framework, const char *city_slug,
                  GhTableFormat format, GhTableSink sink, void *sink_data,
                  const GhProgress *progress, GError **error)
{
    Export export = {.framework = framework, .progress = progress};
    if (city_slug == NULL && !count_figures(db, &export.n_all, error))
        return false;

    g_autofree int64_t *keys = gh_framework_data_point_keys(db, framework, error);
    if (keys == NULL)
        return false;
    g_autoptr(GHashTable) index = index_keys(keys, framework->n_data_points);
    g_autoptr(GhTable) table =
        gh_table_new(format, "figures", columns, G_N_ELEMENTS(columns), sink, sink_data);
    export.index_of_key = index;
    export.table = table;

    g_autoptr(GhQuery) query = gh_db_query(db, city_slug != NULL ? SQL_OF_CITY : SQL_ALL, error);
    if (query == NULL)
        return false;
    if (city_slug != NULL)
        gh_query_bind_text(query, 1, city_slug);
    return write_rows(&export, query, error);
}
