/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicator_page.c - one indicator with the figures of all cities, loaded and as a file. */
#include "evaluation/pages/indicator_page.h"

#include <math.h>

void
gh_indicator_page_clear(GhIndicatorPage *page)
{
    g_clear_pointer(&page->figures, g_ptr_array_unref);
    g_clear_pointer(&page->framework, gh_framework_unref);
}

static void
unref_array(void *array)
{
    g_ptr_array_unref(array);
}

static bool
load_figures(GhDb *db, void *data, GError **error)
{
    GhIndicatorPage *page = data;
    const GhKpi *kpi = &page->framework->kpis[page->kpi];

    /* An earlier try may have been rolled back. */
    g_clear_pointer(&page->figures, g_ptr_array_unref);
    page->figures = g_ptr_array_new_with_free_func(unref_array);
    for (size_t i = 0; i < kpi->n_data_points; i++) {
        GPtrArray *figures =
            gh_figures_of_data_point(db, page->framework, kpi->first_data_point + i, 0, error);
        if (figures == NULL)
            return false;
        g_ptr_array_add(page->figures, figures);
    }
    return true;
}

bool
gh_indicator_page_load(GhRequest *request, GhReply *reply, GhIndicatorPage *page,
                       bool *ret_answered, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const char *targets = gh_request_param(request, "targets");
    int64_t asked_page = 1;

    gh_request_param_int(request, "page", &asked_page);
    page->page = (size_t)MAX(asked_page, 1);
    page->city = gh_request_param(request, "city");
    page->framework = gh_pages_framework(request, error);
    if (page->framework == NULL)
        return false;

    *ret_answered = true;
    gssize kpi = gh_framework_find_kpi(page->framework, gh_request_param(request, "id"));
    if (kpi < 0)
        return gh_reply_not_found(
            request, reply,
            GH_T(lang,
                 "There is no indicator at this address. Look for it in the list of indicators."),
            error);
    page->targets = targets != NULL ? gh_framework_find_targets(page->framework, targets)
                                    : &page->framework->target_sets[0];
    if (page->targets == NULL)
        return gh_reply_not_found(request, reply, GH_T(lang, "There is no such set of targets."),
                                  error);

    /* Known before the figures are read, so that made-up page numbers cost nothing. */
    g_autoptr(GhOverview) overview = gh_pages_overview(request, page->framework, error);
    if (overview == NULL)
        return false;
    if (page->page > 1 + overview->cities->len / GH_INDICATOR_CITIES_PER_PAGE)
        return gh_reply_not_found(request, reply,
                                  GH_T(lang, "The list of cities ends before this page."), error);

    *ret_answered = false;
    page->kpi = (size_t)kpi;
    return gh_store_read(gh_server_store(gh_request_server(request)), load_figures, page, error);
}

static const GhColumn COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},         {"name", GH_COLUMN_TEXT},
    {"country_code", GH_COLUMN_TEXT}, {"year", GH_COLUMN_NUMBER},
    {"kpi_id", GH_COLUMN_TEXT},       {"data_point_id", GH_COLUMN_TEXT},
    {"value", GH_COLUMN_NUMBER},      {"unit", GH_COLUMN_TEXT},
    {"status", GH_COLUMN_TEXT},       {"verification", GH_COLUMN_TEXT},
    {"share", GH_COLUMN_NUMBER},      {"band", GH_COLUMN_TEXT},
    {"source", GH_COLUMN_TEXT},
};

static bool
write_row(GhTable *table, const GhIndicatorPage *page, const GhCityFigure *city, GError **error)
{
    const GhFramework *framework = page->framework;
    const GhDataPoint *point = &framework->data_points[city->figure.data_point];
    double value = city->figure.value;
    double share = isnan(value)
                       ? NAN
                       : gh_score_share(&page->targets->targets[city->figure.data_point], value);

    gh_table_text(table, city->slug);
    gh_table_text(table, city->name);
    gh_table_text(table, city->country_code);
    gh_table_int(table, city->figure.year);
    gh_table_text(table, framework->kpis[page->kpi].id);
    gh_table_text(table, point->id);
    gh_table_number_if_present(table, value);
    gh_table_text(table, point->unit);
    gh_table_text(table, gh_status_text(city->figure.status));
    gh_table_text(table, city->figure.verified ? "verified" : "not_verified");
    gh_table_number_if_present(table, share);
    gh_table_text(table,
                  isnan(share) ? NULL : framework->bands[gh_score_band(framework, share)].label);
    gh_table_text(table, city->figure.source);
    return gh_table_end_row(table, error);
}

static bool
write_values(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const GhIndicatorPage *page = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "values", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    (void)db; /* read already, in one snapshot with the page */
    for (guint i = 0; i < page->figures->len; i++) {
        const GPtrArray *figures = g_ptr_array_index(page->figures, i);
        for (guint j = 0; j < figures->len; j++) {
            if (!write_row(table, page, g_ptr_array_index(figures, j), error))
                return false;
        }
    }
    return gh_table_close(table, error);
}

/* GET /indicators/{id}/values.{format}?targets= ; public. csv, xlsx or json. */
bool
gh_indicator_values_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhIndicatorPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_indicator_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    return gh_pages_reply_table(request, reply, page.framework->kpis[page.kpi].id, write_values,
                                &page, error);
}
