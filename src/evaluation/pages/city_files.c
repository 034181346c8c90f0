/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_files.c - a city's figures, scores and empty template as files. */
#include "base/csv.h"
#include "evaluation/pages/pages.h"
#include "evaluation/written.h"

static bool
write_figures(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
              GError **error)
{
    const GhCityPage *page = data;

    return gh_export_figures(db, page->framework, page->city->slug, format, sink, sink_data, NULL,
                             error);
}

/* GET /cities/{slug}/figures.{format} ; public. All years of the city; csv, xlsx or json. */
static bool
figures_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autofree char *name = g_strdup_printf("%s-figures", page.city->slug);
    return gh_pages_reply_table(request, reply, name, write_figures, &page, error);
}

static bool
write_scores(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const GhEvaluation evaluation = gh_city_page_evaluation(data);
    g_autoptr(GString) json = g_string_new(NULL);

    (void)db; /* read already */
    if (format == GH_TABLE_JSON) {
        gh_written_json(&evaluation, json);
        return sink(json->str, json->len, sink_data, error);
    }
    g_autoptr(GhTable) table = gh_written_table_new(format, sink, sink_data);
    return gh_written_table_rows(&evaluation, table, error) && gh_table_close(table, error);
}

/* GET /cities/{slug}/scores.{format}?year=&targets= ; public. csv, xlsx, or json as evaluate writes
 * it. */
static bool
scores_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autofree char *name = gh_city_page_file_name(&page, "scores");
    return gh_pages_reply_table(request, reply, name, write_scores, &page, error);
}

/* What a clerk fills in: all data points with their units. The year is named when the file is taken in.
 * Every row begins as not_reported, so that rows left alone come in as what they are. */
static GBytes *
write_template(const GhCityPage *page)
{
    const GhFramework *framework = page->framework;
    GString *out = g_string_new("city,kpi_id,data_point_id,value,unit,status,note,source\n");

    for (size_t i = 0; i < framework->n_data_points; i++) {
        const GhDataPoint *point = &framework->data_points[i];
        gh_csv_write_text(out, page->city->slug);
        g_string_append_c(out, ',');
        gh_csv_write_text(out, framework->kpis[point->kpi].id);
        g_string_append_c(out, ',');
        gh_csv_write_text(out, point->id);
        g_string_append(out, ",,");
        gh_csv_write_text(out, point->unit);
        g_string_append(out, ",not_reported,,\n");
    }
    return g_string_free_to_bytes(out);
}

/* GET /cities/{slug}/template.csv ; public. */
static bool
template_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autofree char *name = g_strdup_printf("%s-template.csv", page.city->slug);
    gh_reply_bytes(reply, gh_table_media_type(GH_TABLE_CSV), name, write_template(&page));
    return true;
}

void
gh_city_files_register(GhServer *server)
{
    static GhRoute routes[] = {
        {.path = "/cities/{slug}/figures.{format}", .handler = figures_file},
        {.path = "/cities/{slug}/scores.{format}", .handler = scores_file},
        {.path = "/cities/{slug}/template.csv", .handler = template_file},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
        routes[i].params = GH_CITY_PARAMS;
        routes[i].n_params = GH_N_CITY_PARAMS;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
