/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cities_pages.c - the list of cities with its map; ?q= leaves those with these words. */
#include <string.h>

#include "base/text.h"
#include "evaluation/pages/city_map.h"
#include "evaluation/pages/city_table.h"
#include "evaluation/pages/drawing_reply.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"

enum {
    CITIES_PER_PAGE = 100,
    MAP_PNG_WIDTH = 2000,
};

/* What was asked for; texts are borrowed from the request. */
typedef struct {
    const char *query;   /* "" when not searched */
    const char *country; /* upper-case code; NULL: all */
    bool only_with_figures;
    const char *view; /* id of a part of the map; NULL: the world */
    const char *near; /* slug of a city whose surroundings are the view; NULL: none */
    size_t page;      /* from 1 */
} Asked;

static Asked
read_asked(const GhRequest *request)
{
    const char *query = gh_request_param(request, "q");
    const char *figures = gh_request_param(request, "figures");
    int64_t page = 1;

    gh_request_param_int(request, "page", &page);
    return (Asked){
        .query = query != NULL ? query : "",
        .country = gh_request_param(request, "country"),
        .only_with_figures = figures != NULL && strcmp(figures, "yes") == 0,
        .view = gh_request_param(request, "view"),
        .near = gh_request_param(request, "near"),
        .page = page > 0 ? (size_t)page : 1,
    };
}

static void
append_pair(GString *query, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    g_string_append_printf(query, "%s%s=", query->len > 0 ? "&" : "", name);
    g_string_append_uri_escaped(query, value, NULL, FALSE);
}

/* What was asked for but for the part of the map and the page: "q=water&country=NO". */
static GString *
filters_query(const Asked *asked)
{
    GString *query = g_string_new(NULL);

    append_pair(query, "q", asked->query);
    append_pair(query, "country", asked->country);
    append_pair(query, "figures", asked->only_with_figures ? "yes" : NULL);
    return query;
}

/* The address of this list with other filters. */
static char *
list_url(const Asked *asked, size_t page)
{
    g_autoptr(GString) query = filters_query(asked);

    append_pair(query, "view", asked->view);
    append_pair(query, "near", asked->near);
    if (page > 1)
        g_string_append_printf(query, "%spage=%zu", query->len > 0 ? "&" : "", page);
    return g_strconcat("/cities", query->len > 0 ? "?" : "", query->str, NULL);
}

/* -- the part of the map -- */

typedef struct {
    const GhMapView *view;
    GhMapView near; /* view is this one around a city */
    char *name;     /* owned; translated */
} Part;

static void
part_clear(Part *part)
{
    g_clear_pointer(&part->name, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

static const GhCity *
find_city(const GhOverview *overview, const char *slug)
{
    for (guint i = 0; i < overview->cities->len; i++) {
        const GhOverviewCity *entry = g_ptr_array_index(overview->cities, i);
        if (strcmp(entry->city->slug, slug) == 0)
            return entry->city;
    }
    return NULL;
}

/* False when there is no such part, no such city, or the city has no place. */
static bool
find_part(const GhOverview *overview, const GhLang *lang, const Asked *asked, Part *ret_part)
{
    const GhMapView *world = gh_map_view_find("world");

    if (asked->near == NULL) {
        ret_part->view = asked->view != NULL ? gh_map_view_find(asked->view) : world;
        if (ret_part->view == NULL)
            return false;
        ret_part->name = g_strdup(GH_T(lang, ret_part->view->name));
        return true;
    }
    const GhCity *city = find_city(overview, asked->near);
    if (city == NULL || !gh_map_view_holds(world, city->latitude, city->longitude))
        return false;
    ret_part->near = gh_map_view_near(city->latitude, city->longitude);
    ret_part->view = &ret_part->near;
    ret_part->name = gh_lang_fill(GH_T(lang, "Around {city}"), "city", city->name, NULL);
    return true;
}

/* In the world are all cities, also those without a place on the map. */
static GPtrArray *
cities_in_part(const GPtrArray *cities, const Part *part)
{
    const bool is_world = part->view == gh_map_view_find("world");
    GPtrArray *inside = g_ptr_array_new();

    for (guint i = 0; i < cities->len; i++) {
        GhOverviewCity *entry = g_ptr_array_index(cities, i);
        if (is_world
            || gh_map_view_holds(part->view, entry->city->latitude, entry->city->longitude))
            g_ptr_array_add(inside, entry);
    }
    return inside;
}

static bool
reply_no_part(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(
        request, reply,
        GH_T(gh_request_lang(request), "The map has no such part. Choose one on the page Cities."),
        error);
}

/* Whether every word of query is in text; both are folded. */
static bool
has_words(const char *text, const char *query)
{
    g_auto(GStrv) words = g_strsplit(query, " ", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        if (strstr(text, words[i]) == NULL)
            return false;
    }
    return true;
}

static bool
is_found(const GhOverviewCity *city, const Asked *asked, const char *folded)
{
    if (asked->only_with_figures && city->year == 0)
        return false;
    if (asked->country != NULL && g_strcmp0(city->city->country_code, asked->country) != 0)
        return false;
    /* Signs alone are no words, and are in no name. */
    return (*folded != '\0' || asked->query[0] == '\0') && has_words(city->search, folded);
}

static GPtrArray *
find_cities(const GhOverview *overview, const Asked *asked, const char *folded)
{
    GPtrArray *found = g_ptr_array_new();

    for (guint i = 0; i < overview->cities->len; i++) {
        GhOverviewCity *city = g_ptr_array_index(overview->cities, i);
        if (is_found(city, asked, folded))
            g_ptr_array_add(found, city);
    }
    return found;
}

static void
add_choice(GhView *view, const char *key, const Asked *asked, const char *text, bool current)
{
    g_autofree char *url = list_url(asked, 1);

    gh_pages_choice(view, key, text, url, current);
}

static int
compare_names(const void *a, const void *b)
{
    return g_utf8_collate(*(const char *const *)a, *(const char *const *)b);
}

static void
fill_filters(const GhOverview *overview, const GhLang *lang, const Asked *asked, GhView *view)
{
    Asked other = *asked;
    other.only_with_figures = false;
    add_choice(view, "figure_choices", &other, GH_T(lang, "all cities"), !asked->only_with_figures);
    other.only_with_figures = true;
    add_choice(view, "figure_choices", &other, GH_T(lang, "only with figures"),
               asked->only_with_figures);

    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < overview->cities->len; i++) {
        const GhOverviewCity *city = g_ptr_array_index(overview->cities, i);
        const char *code = city->city->country_code;
        const char *name = gh_country_name(lang, code);
        if (*name != '\0'
            && g_hash_table_insert(by_name, (char *)(guintptr)name, (char *)(guintptr)code))
            g_ptr_array_add(names, (char *)(guintptr)name);
    }
    g_ptr_array_sort(names, compare_names);

    /* A country and a part of the map replace each other: most pairs of them hold no city. */
    other = *asked;
    other.country = NULL;
    other.view = NULL;
    other.near = NULL;
    add_choice(view, "country_choices", &other, GH_T(lang, "all countries"),
               asked->country == NULL);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        other.country = g_hash_table_lookup(by_name, name);
        add_choice(view, "country_choices", &other, name,
                   g_strcmp0(other.country, asked->country) == 0);
    }
}

static void
fill_pages(const Asked *asked, size_t n_found, GhView *view)
{
    size_t n_pages = (n_found + CITIES_PER_PAGE - 1) / CITIES_PER_PAGE;

    gh_view_flag(view, "has_pages", n_pages > 1);
    for (size_t page = 1; page <= n_pages; page++) {
        g_autofree char *url = list_url(asked, page);
        g_autofree char *text = g_strdup_printf("%zu", page);
        gh_pages_choice(view, "pages", text, url, page == asked->page);
    }
}

static void
fill_found(const GhOverview *overview, const GhLang *lang, const Asked *asked,
           const GPtrArray *found, GhView *view)
{
    size_t first = MIN((asked->page - 1) * CITIES_PER_PAGE, found->len);
    size_t n = MIN((size_t)CITIES_PER_PAGE, found->len - first);
    /* An array without elements has no memory to point into. */
    GhOverviewCity *const *cities = n > 0 ? (GhOverviewCity *const *)found->pdata + first : NULL;

    gh_view_printf(view, "n_found", "%u", found->len);
    gh_view_flag(view, "has_cities", n > 0);
    gh_view_flag(view, "nothing_at_all", overview->cities->len == 0);
    gh_city_table(overview, lang, cities, n, view);
    fill_pages(asked, found->len, view);
    gh_pages_downloads(view, lang, GH_T(lang, "All cities"), "/cities", "", "csv|xlsx|json");
}

static char *
page_heading(const GhLang *lang, const Asked *asked)
{
    if (asked->query[0] != '\0')
        return gh_lang_fill(GH_T(lang, "Search for “{words}”"), "words", asked->query, NULL);
    return g_strdup(GH_T(lang, "Cities"));
}

/* Words of one's own, and pages behind the last: there are addresses of these without end. */
static bool
is_endless(const Asked *asked, size_t n_found)
{
    return asked->query[0] != '\0'
           || (asked->page > 1 && (asked->page - 1) * CITIES_PER_PAGE >= n_found);
}

/* GET /cities?q=&country=&figures=&view=&near=&page= ; public. 404 for an unknown part of the map. */
static bool
cities_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const Asked asked = read_asked(request);

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    g_autoptr(GhOverview) overview = gh_pages_overview(request, framework, error);
    if (overview == NULL)
        return false;

    g_auto(Part) part = {0};
    if (!find_part(overview, lang, &asked, &part))
        return reply_no_part(request, reply, error);

    g_autofree char *folded = gh_text_fold_search(asked.query);
    g_autofree char *heading = page_heading(lang, &asked);
    g_autoptr(GPtrArray) found = find_cities(overview, &asked, folded);
    g_autoptr(GPtrArray) inside = cities_in_part(found, &part);
    g_autoptr(GString) filters = filters_query(&asked);
    g_autoptr(GString) kept =
        filters_query(&(Asked){.query = asked.query, .only_with_figures = asked.only_with_figures});
    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Cities"), NULL);
    gh_view_text(view, "heading", heading);
    gh_view_text(view, "query", asked.query);
    fill_filters(overview, lang, &asked, view);
    gh_view_flag(view, "has_map", found->len > 0);
    gh_view_text(view, "part", part.view == gh_map_view_find("world") ? NULL : part.name);
    gh_city_map_view(&(GhCityMap){.lang = lang,
                                  .view = part.view,
                                  .where = part.name,
                                  .cities = found,
                                  .filters = filters->str,
                                  .kept = kept->str},
                     view);
    fill_found(overview, lang, &asked, inside, view);
    if (asked.query[0] != '\0') {
        g_autofree char *escaped = g_uri_escape_string(asked.query, NULL, FALSE);
        gh_view_printf(view, "search_url", "/search?q=%s", escaped);
    }
    if (is_endless(&asked, inside->len))
        gh_reply_pass_by_cache(reply);
    return gh_reply_page(request, reply, "cities", heading, g_steal_pointer(&view), error);
}

/* GET /cities/map.{format}?q=&country=&figures=&view= ; public. svg, png or pdf. */
static bool
map_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const char *format = gh_request_param(request, "format");
    const Asked asked = read_asked(request);

    (void)data;
    if (!gh_drawing_reply_knows(format))
        return gh_reply_not_found(request, reply,
                                  GH_T(lang, "The map is offered as svg, png and pdf."), error);
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    g_autoptr(GhOverview) overview = gh_pages_overview(request, framework, error);
    if (overview == NULL)
        return false;
    g_auto(Part) part = {0};
    if (!find_part(overview, lang, &asked, &part))
        return reply_no_part(request, reply, error);

    g_autofree char *folded = gh_text_fold_search(asked.query);
    g_autoptr(GPtrArray) found = find_cities(overview, &asked, folded);
    g_autoptr(GhDrawing) drawing = gh_city_map_sheet(
        &(GhCityMap){.lang = lang, .view = part.view, .where = part.name, .cities = found});
    g_autofree char *name = g_strdup_printf("map-%s", part.view->id);
    if (is_endless(&asked, found->len))
        gh_reply_pass_by_cache(reply);
    return gh_drawing_reply(reply, drawing, format, name, MAP_PNG_WIDTH, error);
}

void
gh_cities_pages_register(GhServer *server)
{
    static const GhParam params[] = {
        {.name = "q", .kind = GH_PARAM_TEXT},
        {.name = "country", .kind = GH_PARAM_ID, .max_length = 2},
        {.name = "figures", .kind = GH_PARAM_CHOICE, .choices = "yes"},
        {.name = "view", .kind = GH_PARAM_ID},
        /* These two belong to the list; the map is one picture. */
        {.name = "near", .kind = GH_PARAM_SLUG},
        {.name = "page", .kind = GH_PARAM_INT},
    };
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/cities",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = cities_page},
        {.method = GH_GET,
         .path = "/cities/map.{format}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params) - 2,
         .handler = map_file},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
