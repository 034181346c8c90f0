/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* home_pages.c - the first page, and the statement on accessibility. */
#include "evaluation/pages/city_map.h"
#include "evaluation/pages/pages.h"
#include "evaluation/pages/published.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"

/* The first page shows what fits a glance, and beside the map; the list has the rest. */
enum {
    CITIES_MAX = 9,
    PUBLISHED_MAX = 3
};

static void
fill_published(GPtrArray *published, const GhLang *lang, GhView *view)
{
    gh_view_flag(view, "has_published", published->len > 0);
    for (guint i = 0; i < published->len; i++) {
        const GhPublished *row = g_ptr_array_index(published, i);
        GhView *entry = gh_view_append(view, "published");
        gh_view_text(entry, "name", row->name);
        gh_view_printf(entry, "city_url", "/cities/%s?year=%d", row->slug, row->year);
        gh_view_text(entry, "report", row->report != NULL ? row->report : GH_T(lang, "Figures"));
        gh_view_take_text(entry, "date", gh_say_month(lang, row->year, row->month));
        gh_view_printf(entry, "n_figures", "%" G_GINT64_FORMAT, row->n_figures);
    }
}

typedef struct {
    const GhFramework *framework;
    GPtrArray *published;
} Reading;

static bool
read_published(GhDb *db, void *data, GError **error)
{
    Reading *reading = data;

    g_clear_pointer(&reading->published, g_ptr_array_unref);
    reading->published = gh_published_latest(db, reading->framework, PUBLISHED_MAX, error);
    return reading->published != NULL;
}

/* Those with the most figures, beside the map of all. */
static void
fill_cities(const GhOverview *overview, const GhLang *lang, GhView *view)
{
    g_autoptr(GPtrArray) sorted = gh_city_map_order(overview->cities);

    gh_view_take_text(view, "n_cities", gh_lang_number(lang, overview->cities->len, 0));
    gh_view_flag(view, "has_cities", sorted->len > 0);
    for (guint i = 0; i < sorted->len && i < CITIES_MAX; i++) {
        const GhOverviewCity *city = g_ptr_array_index(sorted, i);
        GhView *row = gh_view_append(view, "cities");
        gh_view_text(row, "name", city->city->name);
        gh_view_printf(row, "city_url", "/cities/%s", city->city->slug);
        gh_view_text(row, "country", gh_country_name(lang, city->city->country_code));
        gh_view_printf(row, "n_figures", "%zu", city->reported);
    }
    gh_city_map_view(&(GhCityMap){.lang = lang,
                                  .view = gh_map_view_find("world"),
                                  .where = GH_T(lang, "World"),
                                  .cities = overview->cities,
                                  .filters = "",
                                  .kept = ""},
                     view);
}

/* GET / ; public. */
static bool
home_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    g_autoptr(GhOverview) overview = gh_pages_overview(request, framework, error);
    if (overview == NULL)
        return false;
    Reading reading = {.framework = framework};
    bool good =
        gh_store_read(gh_server_store(gh_request_server(request)), read_published, &reading, error);
    g_autoptr(GPtrArray) published = reading.published;
    if (!good)
        return false;

    g_autoptr(GhView) view = gh_view_new();
    gh_view_text(view, "framework_name", gh_say_framework(framework, lang));
    gh_view_printf(view, "n_kpis", "%zu", framework->n_kpis);
    fill_cities(overview, lang, view);
    fill_published(published, lang, view);
    return gh_reply_page(request, reply, "home", GH_T(lang, "Cities, measured in the open"),
                         g_steal_pointer(&view), error);
}

/* GET /accessibility ; public. */
static bool
accessibility_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_autoptr(GhView) view = gh_view_new();

    (void)data;
    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Accessibility"), NULL);
    return gh_reply_page(request, reply, "accessibility", GH_T(lang, "Accessibility"),
                         g_steal_pointer(&view), error);
}

void
gh_home_pages_register(GhServer *server)
{
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = home_page},
        {.method = GH_GET,
         .path = "/accessibility",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = accessibility_page},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
