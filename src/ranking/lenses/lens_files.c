/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lens_files.c - a city through a lens as files. */
#include "ranking/lenses/lens_page.h"

enum {
    WIDTH_UNITS = 720,
};

static bool
write_scores(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const GhEvaluation evaluation = gh_lens_page_evaluation(data);
    g_autoptr(GString) json = g_string_new(NULL);

    (void)db; /* read already */
    if (format == GH_TABLE_JSON) {
        gh_written_lens_json(&evaluation, json);
        g_string_append_c(json, '\n');
        return sink(json->str, json->len, sink_data, error);
    }
    g_autoptr(GhTable) table = gh_written_table_new(format, sink, sink_data);
    return gh_written_lens_rows(&evaluation, table, error) && gh_table_close(table, error);
}

static char *
file_name(const GhLensPage *page)
{
    g_autofree char *what = g_strconcat("lens-", page->lens->id, NULL);

    return gh_city_page_file_name(&page->page, what);
}

/* GET /cities/{slug}/lenses/{lens}/scores.{format}?year=&targets= ; public. csv, xlsx or json. */
static bool
scores_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhLensPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_lens_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autofree char *name = file_name(&page);
    return gh_pages_reply_table(request, reply, name, write_scores, &page, error);
}

/* Whose mapping it is, and how much is verified: the file leaves the page that says so. Owned by the caller. */
static char *
say_state(const GhLensPage *page, const GhLang *lang)
{
    g_autofree char *verified = gh_say_set_verified(lang, page->page.figures);
    const char *mapping = page->lens->origin == GH_LENS_OURS
                              ? GH_T(lang, "Our mapping of indicators to these headings")
                              : GH_T(lang, "Official mapping of indicators to these headings");

    if (verified == NULL)
        return g_strdup(mapping);
    return gh_lang_fill(GH_T(lang, "{mapping}; {state}"), "mapping", mapping, "state", verified,
                        NULL);
}

/* GET /cities/{slug}/lenses/{lens}/bars.{format}?year=&targets=&width= ; public. svg, png or pdf. */
static bool
bars_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhLensPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_drawing_reply_check(request, reply, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_lens_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    const GhEvaluation evaluation = gh_lens_page_evaluation(&page);
    GhDrawing *chart = gh_city_lens_bars(&evaluation, page.scores, lang, NULL, WIDTH_UNITS);
    g_autofree char *title = g_strdup(gh_drawing_title(chart));
    g_autofree char *state = say_state(&page, lang);
    g_autofree char *name = file_name(&page);
    return gh_drawing_reply_asked(
        request, reply, gh_city_sheet(chart, title, page.page.framework, page.page.targets, state),
        name, error);
}

void
gh_lens_files_register(GhServer *server)
{
    static const GhParam bars_params[] = {
        {.name = "year", .kind = GH_PARAM_YEAR},
        {.name = "targets", .kind = GH_PARAM_ID},
        GH_DRAWING_WIDTH_PARAM,
    };
    static GhRoute routes[] = {
        {.path = "/cities/{slug}/lenses/{lens}/scores.{format}", .handler = scores_file},
        {.path = "/cities/{slug}/lenses/{lens}/bars.{format}",
         .params = bars_params,
         .n_params = G_N_ELEMENTS(bars_params),
         .handler = bars_file},
    };

    routes[0].params = GH_CITY_PARAMS;
    routes[0].n_params = GH_N_CITY_PARAMS;
    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
