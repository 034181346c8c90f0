/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_files.c - a ranking as tables, JSON, charts, and all of it packed. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "ranking/pages/ranking_page.h"

enum {
    WIDTH_UNITS = 720
};

static char *
file_name(const GhRankingPage *page, const char *what)
{
    return g_strdup_printf("%s-%s", page->ranking->slug, what);
}

/* -- tables -- */

static bool
write_places(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    static const GhColumn columns[] = {
        {"city", GH_COLUMN_TEXT},        {"name", GH_COLUMN_TEXT},
        {"country", GH_COLUMN_TEXT},     {"year", GH_COLUMN_NUMBER},
        {"place", GH_COLUMN_NUMBER},     {"q5", GH_COLUMN_NUMBER},
        {"q25", GH_COLUMN_NUMBER},       {"median", GH_COLUMN_NUMBER},
        {"q75", GH_COLUMN_NUMBER},       {"q95", GH_COLUMN_NUMBER},
        {"mean", GH_COLUMN_NUMBER},      {"score", GH_COLUMN_NUMBER},
        {"p_top", GH_COLUMN_NUMBER},     {"top", GH_COLUMN_NUMBER},
        {"available", GH_COLUMN_NUMBER}, {"indicators", GH_COLUMN_NUMBER},
    };
    const GhRankingPage *page = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "places", columns, G_N_ELEMENTS(columns), sink, sink_data);
    (void)db; /* loaded before */

    for (guint i = 0; i < page->cities->len; i++) {
        const GhRankedCity *city = gh_ranking_page_city(page, i);
        const double spread[] = {city->q5,  city->q25,  city->median, city->q75,
                                 city->q95, city->mean, city->score,  city->p_top};
        gh_table_text(table, city->slug);
        gh_table_text(table, city->name);
        gh_table_text(table, city->country_code);
        gh_table_int(table, city->year);
        gh_table_number_if_present(table, city->place > 0 ? (double)city->place : NAN);
        for (size_t k = 0; k < G_N_ELEMENTS(spread); k++)
            gh_table_number_if_present(table, spread[k]);
        gh_table_int(table, (int64_t)page->ranking->top_k);
        gh_table_int(table, (int64_t)city->n_available);
        gh_table_int(table, (int64_t)city->n_indicators);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static bool
write_scores(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const GhRankingPage *page = data;
    (void)db;

    return gh_index_write_scores(page->kept->result, format, sink, sink_data, error);
}

static bool
write_ranks(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
            GError **error)
{
    const GhRankingPage *page = data;
    (void)db;

    return gh_index_write_ranks(page->kept->result, format, sink, sink_data, error);
}

/* -- charts -- */

typedef struct {
    GhRankingPage *page;
    const GhLang *lang;
    const char *base;
    size_t first, end;
} Drawing;

static GhDrawing *
draw_places(const Drawing *work)
{
    return gh_ranking_draw_places(work->page, work->lang, work->first, work->end, NULL, work->base,
                                  WIDTH_UNITS);
}

static GhDrawing *
draw_parts(const Drawing *work)
{
    return gh_ranking_draw_parts(work->page, work->lang, work->first,
                                 MIN(work->end, work->first + GH_RANKING_STACKS), work->base,
                                 WIDTH_UNITS);
}

static GhDrawing *
draw_choices(const Drawing *work)
{
    return gh_ranking_draw_choices(work->page, work->lang, WIDTH_UNITS);
}

static GhDrawing *
draw_links(const Drawing *work)
{
    return gh_ranking_draw_links(work->page, work->lang, WIDTH_UNITS);
}

/* -- either, by the end of the address -- */

/* What a name stands for; never written, but handlers take their data as void *. */
typedef struct {
    const char *name, *path;
    GhPagesTable write;                      /* NULL: no table */
    GhDrawing *(*draw)(const Drawing *work); /* NULL: no chart */
    bool needs_result;                       /* the table does */
} File;
static File FILES[] = {
    {"places", "/rankings/{slug}/places.{format}", write_places, draw_places, false},
    {"scores", "/rankings/{slug}/scores.{format}", write_scores, NULL, true},
    {"ranks", "/rankings/{slug}/ranks.{format}", write_ranks, NULL, true},
    {"parts", "/rankings/{slug}/parts.{format}", NULL, draw_parts, false},
    {"choices", "/rankings/{slug}/choices.{format}", NULL, draw_choices, false},
    {"links", "/rankings/{slug}/links.{format}", NULL, draw_links, false},
};

static bool
answer_chart(GhRequest *request, GhReply *reply, GhRankingPage *page, const File *file,
             GError **error)
{
    g_autofree char *name = file_name(page, file->name);
    int64_t number = 1;

    (void)gh_request_param_int(request, "page", &number); /* absent: the first */
    number = CLAMP(number, 1, (int64_t)GH_RANKING_MAX_CITIES);
    const size_t first = (size_t)(number - 1) * GH_RANKING_CITIES_PER_PAGE;
    const Drawing work = {
        .page = page,
        .lang = gh_request_lang(request),
        .base = gh_server_site_address(gh_request_server(request)),
        .first = first,
        .end = first + GH_RANKING_CITIES_PER_PAGE,
    };
    return gh_drawing_reply_asked(request, reply, file->draw(&work), name, error);
}

/* GET /rankings/{slug}/NAME.{format}?page=&width= ; public. Tables as csv, xlsx, json; charts as svg, png, pdf. 404
 * for any other. */
static bool
ranking_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const File *file = data;
    const char *format = gh_request_param(request, "format");
    g_auto(GhRankingPage) page = {0};
    bool answered = false;

    if (!gh_ranking_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (file->draw != NULL && gh_drawing_reply_knows(format))
        return answer_chart(request, reply, &page, file, error);
    if (file->write != NULL && (page.data != NULL || !file->needs_result)) {
        g_autofree char *name = file_name(&page, file->name);
        return gh_pages_reply_table(request, reply, name, file->write, &page, error);
    }
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "There is no such file. The ranking’s page has all there are."),
                              error);
}

/* GET /rankings/{slug}/everything.zip ; public. */
static bool
ranking_archive(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhRankingPage) page = {0};
    GBytes *bytes = NULL;
    bool answered = false;
    (void)data;

    if (!gh_ranking_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_ranking_pack(gh_server_store(gh_request_server(request)), page.kept->whole, &bytes,
                         error))
        return false;
    g_autofree char *name = g_strdup_printf("%s.zip", page.ranking->slug);
    gh_reply_bytes(reply, "application/zip", name, bytes);
    return true;
}

/* -- JSON -- */

static void
pair_number(GhJson *json, const char *key, double value)
{
    if (isnan(value))
        gh_json_pair_null(json, key);
    else
        gh_json_pair_number(json, key, value);
}

/* Of a panel: the city's years, each place with its interval. */
static void
write_years(GhJson *json, const GhRankingPage *page, const GhRankedCity *city)
{
    size_t n = 0;
    const GhRankedYear *years = gh_ranking_years_find(page->kept->whole->years, city->city_id, &n);

    gh_json_key(json, "years");
    gh_json_begin_array(json);
    for (size_t i = 0; i < n; i++) {
        gh_json_begin_object(json);
        gh_json_pair_int(json, "year", years[i].year);
        pair_number(json, "place", years[i].place > 0 ? (double)years[i].place : (double)NAN);
        pair_number(json, "score", years[i].score);
        pair_number(json, "median", years[i].median);
        pair_number(json, "q5", years[i].q5);
        pair_number(json, "q95", years[i].q95);
        gh_json_pair_int(json, "available", (int64_t)years[i].n_available);
        gh_json_pair_bool(json, "definition_changed", years[i].definition_changed);
        gh_json_end_object(json);
    }
    gh_json_end_array(json);
}

static void
write_city(GhJson *json, const GhRankingPage *page, const GhRankedCity *city)
{
    gh_json_begin_object(json);
    gh_json_pair_text(json, "city", city->slug);
    gh_json_pair_text(json, "name", city->name);
    gh_json_pair_int(json, "year", city->year);
    pair_number(json, "place", city->place > 0 ? (double)city->place : NAN);
    pair_number(json, "score", city->score);
    pair_number(json, "median", city->median);
    pair_number(json, "q5", city->q5);
    pair_number(json, "q25", city->q25);
    pair_number(json, "q75", city->q75);
    pair_number(json, "q95", city->q95);
    pair_number(json, "p_top", city->p_top);
    gh_json_pair_int(json, "available", (int64_t)city->n_available);
    if (page->is_panel)
        write_years(json, page, city);
    gh_json_end_object(json);
}

static void
write_choice(GhJson *json, const GhRankingChoice *choice)
{
    gh_json_begin_object(json);
    gh_json_pair_text(json, "choice", choice->name);
    pair_number(json, "first", choice->first);
    pair_number(json, "first_low", choice->first_low);
    pair_number(json, "first_high", choice->first_high);
    pair_number(json, "total", choice->total);
    pair_number(json, "total_low", choice->total_low);
    pair_number(json, "total_high", choice->total_high);
    gh_json_end_object(json);
}

static void
write_ranking(GhJson *json, const GhRanking *ranking)
{
    g_autofree char *published = gh_clock_format_utc(ranking->published_us);
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, ranking->seed);

    gh_json_pair_text(json, "ranking", ranking->slug);
    gh_json_pair_text(json, "title", ranking->title);
    gh_json_pair_text(json, "summary", ranking->summary);
    gh_json_pair_text(json, "author", ranking->author);
    gh_json_pair_text(json, "published", published);
    gh_json_pair_text(json, "framework", ranking->framework_id);
    gh_json_pair_text(json, "framework_version", ranking->framework_version);
    gh_json_pair_text(json, "program_version", ranking->program_version);
    gh_json_pair_int(json, "data_version", ranking->data_version);
    gh_json_pair_int(json, "first_year", ranking->first_year);
    gh_json_pair_int(json, "last_year", ranking->last_year);
    gh_json_pair_int(json, "n_years", (int64_t)ranking->n_years);
    gh_json_pair_bool(json, "compares_years", ranking->compares_years);
    gh_json_pair_int(json, "indicators", (int64_t)ranking->n_indicators);
    gh_json_pair_int(json, "replications", (int64_t)ranking->replications);
    gh_json_pair_text(json, "seed", seed); /* as text: other programs read numbers as doubles */
    gh_json_pair_int(json, "top", (int64_t)ranking->top_k);
    pair_number(json, "mean_shift", ranking->mean_shift);
    pair_number(json, "median_width", ranking->median_width);
    pair_number(json, "clear_pairs", ranking->clear_pairs);
    gh_json_pair_bool(json, "withdrawn", ranking->withdrawn_us != 0);
    gh_json_pair_text(json, "withdrawn_reason", ranking->withdrawn_reason);
}

/* GET /rankings/{slug}.json ; public. */
static bool
ranking_json(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhRankingPage) page = {0};
    bool answered = false;
    (void)data;

    if (!gh_ranking_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    g_autoptr(GString) out = g_string_new(NULL);
    GhJson json;
    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    write_ranking(&json, page.ranking);
    gh_json_key(&json, "cities");
    gh_json_begin_array(&json);
    for (guint i = 0; i < page.cities->len; i++)
        write_city(&json, &page, gh_ranking_page_city(&page, i));
    gh_json_end_array(&json);
    gh_json_key(&json, "choices");
    gh_json_begin_array(&json);
    for (guint i = 0; i < page.kept->whole->choices->len; i++)
        write_choice(&json, g_ptr_array_index(page.kept->whole->choices, i));
    gh_json_end_array(&json);
    gh_json_end_object(&json);
    gh_reply_bytes(reply, "application/json", NULL, g_string_free_to_bytes(g_steal_pointer(&out)));
    return true;
}

void
gh_ranking_files_register(GhServer *server)
{
    static const GhParam params[] = {{.name = "page", .kind = GH_PARAM_INT},
                                     GH_DRAWING_WIDTH_PARAM};
    static GhRoute files[G_N_ELEMENTS(FILES)];
    static const GhRoute whole[] = {
        {.method = GH_GET,
         .path = "/rankings/{slug}.json",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = ranking_json},
        {.method = GH_GET,
         .path = "/rankings/{slug}/everything.zip",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = ranking_archive},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        files[i] = (GhRoute){.method = GH_GET,
                             .path = FILES[i].path,
                             .role = GH_ROLE_PUBLIC,
                             .cache = GH_CACHE_PUBLIC,
                             .params = params,
                             .n_params = G_N_ELEMENTS(params),
                             .handler = ranking_file};
        gh_server_add_routes(server, &files[i], 1, &FILES[i]);
    }
    gh_server_add_routes(server, whole, G_N_ELEMENTS(whole), NULL);
}
