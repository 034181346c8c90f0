/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_pages.c - the search over cities and indicators, which forgives spelling: docs/search.md. */
#include <string.h>

#include "base/json_writer.h"
#include "evaluation/city_private.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"
#include "store/search.h"

enum {
    HITS_MAX = 20 /* a list: more than anyone reads; more words find fewer */
};

/* What was found; made anew by each try of the read. */
typedef struct {
    const char *query;            /* borrowed */
    const GhFramework *framework; /* borrowed */
    GPtrArray *cities;            /* of GhSearchHit */
    GPtrArray *rows;              /* of GhCity, one a hit */
    GPtrArray *indicators;        /* of GhSearchHit */
} Search;

static void
search_clear(Search *search)
{
    g_clear_pointer(&search->cities, g_ptr_array_unref);
    g_clear_pointer(&search->rows, g_ptr_array_unref);
    g_clear_pointer(&search->indicators, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

/* -- finding -- */

static bool
read_rows(GhDb *db, Search *search, GError **error)
{
    search->rows = g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_free);
    for (guint i = 0; i < search->cities->len; i++) {
        const GhSearchHit *hit = g_ptr_array_index(search->cities, i);
        GhCity *city = NULL;
        if (!gh_city_find_slug(db, hit->key, &city, error))
            return false;
        g_assert(city != NULL); /* entries are written with their cities, which are never deleted */
        g_ptr_array_add(search->rows, city);
    }
    return true;
}

static bool
find_all(GhDb *db, void *data, GError **error)
{
    Search *search = data;

    search_clear(search);
    search->cities = gh_search_find(db, "city", "", search->query, HITS_MAX, error);
    if (search->cities == NULL || !read_rows(db, search, error))
        return false;
    search->indicators =
        gh_search_find(db, "indicator", search->framework->id, search->query, HITS_MAX, error);
    return search->indicators != NULL;
}

static bool
find(GhRequest *request, Search *search, GError **error)
{
    return gh_store_read(gh_server_store(gh_request_server(request)), find_all, search, error);
}

/* The KPI of a hit; -1 when another version of the framework is shown than was found in. */
static gssize
kpi_of(const Search *search, guint i)
{
    const GhSearchHit *hit = g_ptr_array_index(search->indicators, i);
    return gh_framework_find_kpi(search->framework, hit->key);
}

/* -- the page -- */

/* The list of that key, with its heading, when it gets its first row. */
static GhView *
append_row(GhView *view, const char *key, GhView **section, const char *id, const char *heading)
{
    if (*section == NULL) {
        *section = gh_view_append(view, key);
        gh_view_printf(*section, "section_id", "%s-%s", key, id);
        gh_view_text(*section, "heading", heading);
    }
    return gh_view_append(*section, "rows");
}

static void
fill_cities(const Search *search, const GhLang *lang, bool exact, const char *key, GhView *view)
{
    GhView *section = NULL;

    for (guint i = 0; i < search->cities->len; i++) {
        const GhSearchHit *hit = g_ptr_array_index(search->cities, i);
        const GhCity *city = g_ptr_array_index(search->rows, i);
        if (hit->exact != exact)
            continue;
        GhView *row = append_row(view, key, &section, "cities", GH_T(lang, "Cities"));
        gh_view_text(row, "name", city->name);
        gh_view_printf(row, "row_url", "/cities/%s", city->slug);
        gh_view_text(row, "aside", gh_country_name(lang, city->country_code));
        gh_view_text(row, "text", NULL);
    }
}

/* Where the name does not show why an indicator was found, its groups and its definition do. */
static void
fill_indicator(const Search *search, const GhLang *lang, size_t kpi_index, bool in_name,
               GhView *row)
{
    const GhFramework *framework = search->framework;
    const GhKpi *kpi = &framework->kpis[kpi_index];
    const GhGroup *group = &framework->groups[kpi->groups[framework->n_levels - 1]];
    g_autofree char *aside =
        in_name ? g_strdup(kpi->code)
                : g_strconcat(kpi->code, ", ", gh_say_group(framework, lang, group->name), NULL);

    gh_view_text(row, "name", gh_say_kpi(framework, lang, kpi_index));
    gh_view_printf(row, "row_url", "/indicators/%s", kpi->id);
    gh_view_text(row, "aside", aside);
    gh_view_text(row, "text",
                 in_name ? NULL
                         : gh_framework_text(framework, lang, "kpi", kpi->id, "definition",
                                             kpi->definition));
}

static void
fill_indicators(const Search *search, const GhLang *lang, bool exact, const char *key, GhView *view)
{
    GhView *section = NULL;

    for (guint i = 0; i < search->indicators->len; i++) {
        const GhSearchHit *hit = g_ptr_array_index(search->indicators, i);
        gssize kpi = kpi_of(search, i);
        if (hit->exact != exact || kpi < 0)
            continue;
        GhView *row = append_row(view, key, &section, "indicators", GH_T(lang, "Indicators"));
        fill_indicator(search, lang, (size_t)kpi, hit->in_name, row);
    }
}

static bool
any_hit(const Search *search, bool exact)
{
    const GPtrArray *const lists[] = {search->cities, search->indicators};

    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint j = 0; j < lists[i]->len; j++)
            if (((const GhSearchHit *)g_ptr_array_index(lists[i], j))->exact == exact)
                return true;
    return false;
}

static void
fill_found(const Search *search, const GhLang *lang, GhView *view)
{
    bool exact = any_hit(search, true);
    bool alike = any_hit(search, false);

    gh_view_flag(view, "has_found", exact);
    gh_view_flag(view, "did_you_mean", !exact && alike);
    gh_view_flag(view, "also_alike", exact && alike);
    gh_view_flag(view, "has_nothing", !exact && !alike);
    gh_view_flag(view, "is_full",
                 search->cities->len == HITS_MAX || search->indicators->len == HITS_MAX);
    gh_view_printf(view, "hits_max", "%d", HITS_MAX);
    gh_view_empty_list(view, "found");
    gh_view_empty_list(view, "alike");
    fill_cities(search, lang, true, "found", view);
    fill_indicators(search, lang, true, "found", view);
    fill_cities(search, lang, false, "alike", view);
    fill_indicators(search, lang, false, "alike", view);
}

static const char *
asked_words(const GhRequest *request)
{
    const char *query = gh_request_param(request, "q");
    return query != NULL ? query : "";
}

/* GET /search?q= ; public. */
static bool
search_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(Search) search = {.query = asked_words(request)};

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    search.framework = framework;
    if (!find(request, &search, error))
        return false;

    g_autofree char *heading =
        search.query[0] != '\0'
            ? gh_lang_fill(GH_T(lang, "Search for “{words}”"), "words", search.query, NULL)
            : g_strdup(GH_T(lang, "Search"));
    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Search"), NULL);
    gh_view_text(view, "heading", heading);
    gh_view_text(view, "query", search.query);
    if (search.query[0] != '\0') {
        g_autofree char *escaped = g_uri_escape_string(search.query, NULL, FALSE);
        gh_view_printf(view, "cite_path", "/search?q=%s", escaped);
        fill_found(&search, lang, view);
        gh_reply_pass_by_cache(reply);
    }
    return gh_reply_page(request, reply, "search", heading, g_steal_pointer(&view), error);
}

/* -- for programs -- */

static void
write_hit(GhJson *json, const char *kind, const GhSearchHit *hit, const char *name)
{
    gh_json_begin_object(json);
    gh_json_pair_text(json, "kind", kind);
    gh_json_pair_text(json, "key", hit->key);
    gh_json_pair_text(json, "name", name);
    gh_json_pair_number(json, "similarity", hit->similarity);
    gh_json_pair_bool(json, "exact", hit->exact);
    gh_json_end_object(json);
}

static GBytes *
write_json(const Search *search)
{
    GString *out = g_string_new(NULL);
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_array(&json);
    for (guint i = 0; i < search->cities->len; i++) {
        const GhCity *city = g_ptr_array_index(search->rows, i);
        write_hit(&json, "city", g_ptr_array_index(search->cities, i), city->name);
    }
    for (guint i = 0; i < search->indicators->len; i++) {
        gssize kpi = kpi_of(search, i);
        if (kpi >= 0)
            write_hit(&json, "indicator", g_ptr_array_index(search->indicators, i),
                      search->framework->kpis[kpi].name);
    }
    gh_json_end_array(&json);
    g_string_append_c(out, '\n');
    return g_string_free_to_bytes(out);
}

/* GET /search.json?q= ; public. */
static bool
search_json(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(Search) search = {.query = asked_words(request)};

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    search.framework = framework;
    if (!find(request, &search, error))
        return false;
    gh_reply_pass_by_cache(reply);
    gh_reply_bytes(reply, gh_table_media_type(GH_TABLE_JSON), NULL, write_json(&search));
    return true;
}

void
gh_search_pages_register(GhServer *server)
{
    static const GhParam params[] = {{.name = "q", .kind = GH_PARAM_TEXT}};
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/search",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = search_page},
        {.method = GH_GET,
         .path = "/search.json",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = search_json},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
