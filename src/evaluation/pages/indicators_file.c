/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicators_file.c - the list of all indicators as a file. */
#include "evaluation/pages/indicators_file.h"

#include "evaluation/pages/pages.h"

static const GhColumn FIRST[] = {
    {"id", GH_COLUMN_TEXT},
    {"code", GH_COLUMN_TEXT},
    {"name", GH_COLUMN_TEXT},
};
static const GhColumn LAST[] =
    {
        {"tier", GH_COLUMN_TEXT},
        {"type", GH_COLUMN_TEXT},
        {"direction", GH_COLUMN_TEXT},
        {"unit", GH_COLUMN_TEXT}, /* of its first data point */
        {"data_points", GH_COLUMN_NUMBER},
        {"cities", GH_COLUMN_NUMBER}, /* with a value in their latest year */
};

/* The framework's levels stand between. */
static size_t
make_columns(const GhFramework *framework, GhColumn *columns)
{
    size_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(FIRST); i++)
        columns[n++] = FIRST[i];
    for (size_t i = 0; i < framework->n_levels; i++)
        columns[n++] = (GhColumn){framework->levels[i].id, GH_COLUMN_TEXT};
    for (size_t i = 0; i < G_N_ELEMENTS(LAST); i++)
        columns[n++] = LAST[i];
    return n;
}

static bool
write_row(GhTable *table, const GhOverview *overview, size_t index, GError **error)
{
    const GhFramework *framework = overview->framework;
    const GhKpi *kpi = &framework->kpis[index];

    gh_table_text(table, kpi->id);
    gh_table_text(table, kpi->code);
    gh_table_text(table, kpi->name);
    for (size_t level = 0; level < framework->n_levels; level++)
        gh_table_text(table, framework->groups[kpi->groups[level]].name);
    gh_table_text(table, framework->tiers[kpi->tier].id);
    gh_table_text(table, kpi->type);
    gh_table_text(table, gh_direction_text(kpi->direction));
    gh_table_text(table, framework->data_points[kpi->first_data_point].unit);
    gh_table_int(table, (int64_t)kpi->n_data_points);
    gh_table_int(table, (int64_t)overview->n_cities_of_kpi[index]);
    return gh_table_end_row(table, error);
}

static bool
write_indicators(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
                 GError **error)
{
    const GhOverview *overview = data;
    GhColumn columns[G_N_ELEMENTS(FIRST) + GH_FRAMEWORK_MAX_LEVELS + G_N_ELEMENTS(LAST)];
    size_t n_columns = make_columns(overview->framework, columns);
    g_autoptr(GhTable) table =
        gh_table_new(format, "indicators", columns, n_columns, sink, sink_data);

    (void)db; /* the overview has all */
    for (size_t i = 0; i < overview->framework->n_kpis; i++) {
        if (!write_row(table, overview, i, error))
            return false;
    }
    return gh_table_close(table, error);
}

bool
gh_indicators_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    g_autoptr(GhOverview) overview = gh_pages_overview(request, framework, error);
    if (overview == NULL)
        return false;
    return gh_pages_reply_table(request, reply, "indicators", write_indicators, overview, error);
}
