/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_files.c - a city beside its peers as files: tables and charts. */
#include <string.h>

#include "ranking/peers/peers_page.h"

enum {
    WIDTH_UNITS = 720,
};

/* A file leaves the site, so its links are whole addresses, or none. */
static const char *
link_base(const GhRequest *request)
{
    return gh_server_site_address(gh_request_server(request));
}

/* -- tables -- */

static const GhColumn COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},          {"year", GH_COLUMN_NUMBER},
    {"group", GH_COLUMN_TEXT},         {"peers_years", GH_COLUMN_TEXT},
    {"data_point_id", GH_COLUMN_TEXT}, {"label", GH_COLUMN_TEXT},
    {"unit", GH_COLUMN_TEXT},          {"direction", GH_COLUMN_TEXT},
    {"value", GH_COLUMN_NUMBER},       {"n_peers", GH_COLUMN_NUMBER},
    {"min", GH_COLUMN_NUMBER},         {"lower_quartile", GH_COLUMN_NUMBER},
    {"median", GH_COLUMN_NUMBER},      {"upper_quartile", GH_COLUMN_NUMBER},
    {"max", GH_COLUMN_NUMBER},         {"mean", GH_COLUMN_NUMBER},
    {"sd", GH_COLUMN_NUMBER},          {"z", GH_COLUMN_NUMBER},
    {"percentile", GH_COLUMN_NUMBER},  {"better_than_percent", GH_COLUMN_NUMBER},
    {"state", GH_COLUMN_TEXT},
};

static void
write_row(const GhPeersPage *peers, const GhPeersRow *row, GhTable *table)
{
    const GhDataPoint *point = &peers->page.framework->data_points[row->data_point];
    const GhFigure *figure = &peers->page.figures->figures[row->data_point];
    const GhSpread *spread = &row->spread;
    const double numbers[] = {spread->min, spread->lower, spread->median, spread->upper,
                              spread->max, spread->mean,  spread->sd};
    const double standing[] = {row->standing.z, row->standing.percentile, row->standing.better};

    gh_table_text(table, peers->page.city->slug);
    gh_table_int(table, peers->page.figures->year);
    gh_table_text(table, GH_PEERS_KIND_TEXTS[peers->group.kind]);
    gh_table_text(table, peers->same_year ? "same" : "each");
    gh_table_text(table, point->id);
    gh_table_text(table, point->label);
    gh_table_text(table, point->unit);
    gh_table_text(table, gh_direction_text(point->direction));
    gh_table_number_if_present(table, row->value);
    gh_table_int(table, (int64_t)spread->n);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        gh_table_number_if_present(table, numbers[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(standing); i++) {
        if (row->has_standing)
            gh_table_number_if_present(table, standing[i]);
        else
            gh_table_absent(table);
    }
    gh_table_text(table, gh_figure_state_text(figure));
}

static bool
write_comparison(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
                 GError **error)
{
    const GhPeersPage *peers = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "peers", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    (void)db; /* all was loaded with the page */
    for (size_t i = 0; i < peers->comparison.n_rows; i++) {
        write_row(peers, &peers->comparison.rows[i], table);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static const GhColumn MEMBER_COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},         {"name", GH_COLUMN_TEXT},
    {"country_code", GH_COLUMN_TEXT}, {"population", GH_COLUMN_NUMBER},
    {"year", GH_COLUMN_NUMBER},       {"n_values", GH_COLUMN_NUMBER},
    {"distance", GH_COLUMN_NUMBER},   {"n_common", GH_COLUMN_NUMBER},
};

static bool
write_members(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
              GError **error)
{
    const GhPeersPage *peers = data;
    g_autoptr(GhTable) table = gh_table_new(format, "peers", MEMBER_COLUMNS,
                                            G_N_ELEMENTS(MEMBER_COLUMNS), sink, sink_data);

    (void)db;
    for (size_t i = 0; i < peers->group.n_members; i++) {
        const GhPeer *peer = &peers->table->cities[peers->group.members[i]];
        gh_table_text(table, peer->slug);
        gh_table_text(table, peer->name);
        gh_table_text(table, peer->country_code);
        gh_table_number_if_present(table, peer->population);
        gh_table_int(table, peer->year);
        gh_table_int(table, (int64_t)peer->n_values);
        if (peers->group.nearest != NULL) {
            gh_table_number(table, peers->group.nearest[i].distance);
            gh_table_int(table, (int64_t)peers->group.nearest[i].n_common);
        } else {
            gh_table_absent(table);
            gh_table_absent(table);
        }
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* -- charts -- */

static bool
answer_no_point(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "There is no such data point. Its name stands on the page of "
                                   "the indicator and in every file of figures."),
                              error);
}

/* The title says whose peers they are: the chart itself leaves that to the page. */
static bool
answer_chart(GhRequest *request, GhReply *reply, const GhPeersPage *peers, gssize point,
             GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const GhCityPage *page = &peers->page;
    g_autofree char *kind = g_strdup_printf(
        "peers-%s%s%s", GH_PEERS_KIND_TEXTS[peers->group.kind], point >= 0 ? "-" : "",
        point >= 0 ? page->framework->data_points[point].id : "");
    g_autofree char *name = gh_city_page_file_name(page, kind);
    g_autofree char *who = gh_peers_page_say_group(peers, lang);
    GhDrawing *chart =
        point >= 0 ? gh_peers_dots(peers, lang, (size_t)point, link_base(request), WIDTH_UNITS)
                   : gh_peers_chart(peers, lang, link_base(request), WIDTH_UNITS);

    if (chart == NULL)
        return gh_drawing_reply_asked(request, reply, NULL, name, error);
    g_autofree char *title = g_strdup(gh_drawing_title(chart));
    return gh_drawing_reply_asked(request, reply,
                                  gh_city_sheet(chart, title, page->framework, page->targets, who),
                                  name, error);
}

/* GET /cities/{slug}/peers.{format}?year=&targets=&group=&cities=&years=&point=&width= ; public. Tables have all
 * figures; a chart has the categories, or the data point asked for. */
static bool
peers_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const char *asked = gh_request_param(request, "point");
    const char *format = gh_request_param(request, "format");
    GhTableFormat table_format = GH_TABLE_CSV;
    g_auto(GhPeersPage) peers = {0};
    bool answered = false;

    (void)data;
    if (!gh_table_format_from_text(format, &table_format) && !gh_drawing_reply_knows(format))
        return gh_drawing_reply_check(request, reply, &answered, error);
    if (!gh_peers_page_load(request, reply, &peers, &answered, error))
        return false;
    if (answered)
        return true;
    if (peers.group.kind == GH_PEERS_CHOSEN)
        gh_reply_pass_by_cache(reply);
    if (gh_drawing_reply_knows(format)) {
        gssize point =
            asked != NULL ? gh_framework_find_data_point(peers.page.framework, asked) : -1;
        if (asked != NULL && point < 0)
            return answer_no_point(request, reply, error);
        return answer_chart(request, reply, &peers, point, error);
    }
    g_autofree char *name = gh_city_page_file_name(&peers.page, "peers");
    return gh_pages_reply_table(request, reply, name, write_comparison, &peers, error);
}

/* GET /cities/{slug}/peers/members.{format}?year=&targets=&group=&cities=&years= ; public. */
static bool
members_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhPeersPage) peers = {0};
    bool answered = false;

    (void)data;
    if (!gh_peers_page_load(request, reply, &peers, &answered, error))
        return false;
    if (answered)
        return true;
    if (peers.group.kind == GH_PEERS_CHOSEN)
        gh_reply_pass_by_cache(reply);
    g_autofree char *name = gh_city_page_file_name(&peers.page, "peers-list");
    return gh_pages_reply_table(request, reply, name, write_members, &peers, error);
}

void
gh_peers_files_register(GhServer *server)
{
    static GhParam params[GH_PEERS_PARAMS_MAX + 2];
    static GhRoute routes[] = {
        {.path = "/cities/{slug}/peers.{format}", .handler = peers_file},
        {.path = "/cities/{slug}/peers/members.{format}", .handler = members_file},
    };
    size_t n = gh_peers_page_params(params);

    params[n++] = (GhParam){.name = "point", .kind = GH_PARAM_ID};
    params[n++] = (GhParam)GH_DRAWING_WIDTH_PARAM;
    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
        routes[i].params = params;
        routes[i].n_params = n;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
