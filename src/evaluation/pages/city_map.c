/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_map.c - cities as dots on the map. */
#include "evaluation/pages/city_map.h"

#include "evaluation/pages/chart_view.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/country.h"

enum {
    SHEET = 1000,
    HEIGHT_MAX = 560,    /* of a page's map, so that the list is near; _map.scss has it too */
    NO_PLACE_SHOWN = 12, /* the list has them all */
};

/* Whether the view is a city's surroundings. */
static bool
is_near(const GhCityMap *map)
{
    return gh_map_view_find(map->view->id) == NULL;
}

/* base with the filters, and with name=value where that is not NULL. */
static char *
make_url(const char *base, const char *filters, const char *name, const char *value)
{
    g_autoptr(GString) query = g_string_new(filters);

    if (value != NULL)
        g_string_append_printf(query, "%s%s=%s", query->len > 0 ? "&" : "", name, value);
    return g_strconcat(base, query->len > 0 ? "?" : "", query->str, NULL);
}

/* The id of a view as it stands in addresses: the world is what is shown when none is named. */
static const char *
view_value(const GhMapView *view)
{
    return view == gh_map_view_find("world") ? NULL : view->id;
}

/* What gh_map is given: dots, and the texts they borrow. */
typedef struct {
    GArray *dots;     /* of GhMapDot */
    GPtrArray *texts; /* owns */
} Dots;

static const char *
keep(Dots *dots, char *text)
{
    g_ptr_array_add(dots->texts, text);
    return text;
}

static void
dots_clear(Dots *dots)
{
    g_array_unref(dots->dots);
    g_ptr_array_unref(dots->texts);
}

static int
by_figures(const void *a, const void *b)
{
    const GhOverviewCity *left = *(GhOverviewCity *const *)a;
    const GhOverviewCity *right = *(GhOverviewCity *const *)b;

    return (left->reported < right->reported) - (left->reported > right->reported);
}

GPtrArray *
gh_city_map_order(const GPtrArray *cities)
{
    GPtrArray *sorted = g_ptr_array_sized_new(cities->len);

    for (guint i = 0; i < cities->len; i++)
        g_ptr_array_add(sorted, g_ptr_array_index(cities, i));
    g_ptr_array_sort(sorted, by_figures);
    return sorted;
}

/* -- where a group leads -- */

typedef struct {
    const GhCityMap *map;
    const GPtrArray *cities; /* of GhOverviewCity, in the order of places */
    const GhMapDot *places;
    const size_t *groups; /* of places (gh_map_group) */
    bool has_links;
} Placing;

static bool
holds_group(const Placing *placing, const GhMapView *view, size_t group)
{
    for (guint i = 0; i < placing->cities->len; i++) {
        const GhMapDot *place = &placing->places[i];
        if (placing->groups[i] == group
            && !gh_map_view_holds(view, place->latitude, place->longitude))
            return false;
    }
    return true;
}

/* From the world to the first region that holds the whole group, from a region to the surroundings of
 * its city; from there the list is the closer look. */
static char *
group_link(const Placing *placing, size_t group)
{
    const GhCityMap *map = placing->map;
    const GhOverviewCity *city = g_ptr_array_index(placing->cities, group);
    const bool is_world = view_value(map->view) == NULL;

    if (is_near(map))
        return g_strdup("#cities-heading");
    for (size_t i = 0; is_world && i < GH_N_MAP_VIEWS; i++) {
        const GhMapView *closer = &GH_MAP_VIEWS[i];
        if (closer != map->view && holds_group(placing, closer, group))
            return make_url("/cities", map->filters, "view", closer->id);
    }
    return make_url("/cities", map->filters, "near", city->city->slug);
}

/* -- dots -- */

static char *
city_name(const GhLang *lang, const GhCity *city)
{
    const char *country = gh_country_name(lang, city->country_code);

    if (*country == '\0')
        return g_strdup(city->name);
    return g_strdup_printf("%s, %s", city->name, country);
}

static void
add_city(Dots *dots, const Placing *placing, size_t index)
{
    const GhCity *city = ((GhOverviewCity *)g_ptr_array_index(placing->cities, index))->city;
    GhMapDot dot = placing->places[index];

    dot.label = city->name;
    dot.name = keep(dots, city_name(placing->map->lang, city));
    if (placing->has_links)
        dot.link = keep(dots, g_strdup_printf("/cities/%s", city->slug));
    g_array_append_val(dots->dots, dot);
}

static void
add_group(Dots *dots, const Placing *placing, size_t group, size_t n_cities)
{
    const GhLang *lang = placing->map->lang;
    const GhOverviewCity *city = g_ptr_array_index(placing->cities, group);
    g_autofree char *number = gh_lang_number(lang, (double)n_cities, 0);
    GhMapDot dot = placing->places[group];

    dot.n_places = n_cities;
    dot.name = keep(dots, gh_lang_fill(gh_lang_plural(lang, "{n} city near {city}",
                                                      "{n} cities near {city}", n_cities),
                                       "n", number, "city", city->city->name, NULL));
    if (placing->has_links)
        dot.link = keep(dots, group_link(placing, group));
    g_array_append_val(dots->dots, dot);
}

static Dots
make_dots(const GhCityMap *map, double width, bool has_links)
{
    g_autoptr(GPtrArray) cities = gh_city_map_order(map->cities);
    g_autofree GhMapDot *places = g_new0(GhMapDot, cities->len);
    g_autofree size_t *groups = g_new0(size_t, cities->len);
    g_autofree size_t *n_cities = g_new0(size_t, cities->len);
    const Placing placing = {
        .map = map, .cities = cities, .places = places, .groups = groups, .has_links = has_links};
    Dots dots = {.dots = g_array_new(FALSE, FALSE, sizeof(GhMapDot)),
                 .texts = g_ptr_array_new_with_free_func(g_free)};

    for (guint i = 0; i < cities->len; i++) {
        const GhCity *city = ((GhOverviewCity *)g_ptr_array_index(cities, i))->city;
        places[i] = (GhMapDot){.latitude = city->latitude, .longitude = city->longitude};
    }
    gh_map_group(map->view, width, places, cities->len, groups);
    for (guint i = 0; i < cities->len; i++) {
        if (groups[i] != GH_MAP_OUTSIDE)
            n_cities[groups[i]]++;
    }
    for (guint i = 0; i < cities->len; i++) {
        if (n_cities[i] == 1)
            add_city(&dots, &placing, i);
        else if (n_cities[i] > 1)
            add_group(&dots, &placing, i, n_cities[i]);
    }
    return dots;
}

/* -- the drawing -- */

static GhDrawing *
draw(const GhCityMap *map, double width, bool is_sheet)
{
    const GhLang *lang = map->lang;
    Dots dots = make_dots(map, width, !is_sheet);
    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "Map of cities: {view}"), "view", map->where, NULL);
    g_autofree char *note = g_strjoin(
        " ", GH_T(lang, "Land: Natural Earth, public domain. Projection: Equal Earth."),
        GH_T(lang, "The map shows coastlines only. It takes no position on the legal status of any "
                   "territory, on borders or on names."),
        NULL);
    GhDrawing *drawing = gh_map(&(GhMap){
        .lang = lang,
        .title = title,
        .description = GH_T(lang, "Each dot is a city; a dot with a number is as many cities close "
                                  "together. The list of cities names them all."),
        .view = map->view,
        .dots = (const GhMapDot *)(const void *)dots.dots->data,
        .n_dots = dots.dots->len,
        .width = width,
        .labels = true,
        .note = is_sheet ? note : NULL,
    });

    dots_clear(&dots);
    return drawing;
}

/* As wide as there is room, but not so high that the list is far away. */
static double
page_width(const GhMapView *view)
{
    const double height = gh_map_height(view, GH_CHART_WIDE);

    return height <= HEIGHT_MAX ? GH_CHART_WIDE : GH_CHART_WIDE * HEIGHT_MAX / height;
}

GhDrawing *
gh_city_map_sheet(const GhCityMap *map)
{
    return draw(map, SHEET, true);
}

/* -- the template -- */

static void
fill_views(const GhCityMap *map, GhView *own)
{
    for (size_t i = 0; i < GH_N_MAP_VIEWS; i++) {
        const GhMapView *view = &GH_MAP_VIEWS[i];
        g_autofree char *url = make_url("/cities", map->kept, "view", view_value(view));
        gh_pages_choice(own, "view_choices", GH_T(map->lang, view->name), url, view == map->view);
    }
    if (is_near(map))
        gh_pages_choice(own, "view_choices", map->where, "#cities-heading", true);
}

static void
fill_no_place(const GhCityMap *map, GhView *own)
{
    const GhMapView *world = gh_map_view_find("world");
    size_t n = 0;

    for (guint i = 0; i < map->cities->len; i++) {
        const GhCity *city = ((GhOverviewCity *)g_ptr_array_index(map->cities, i))->city;
        if (gh_map_view_holds(world, city->latitude, city->longitude))
            continue;
        if (n++ >= NO_PLACE_SHOWN)
            continue;
        GhView *row = gh_view_append(own, "no_place");
        gh_view_text(row, "name", city->name);
        gh_view_printf(row, "city_url", "/cities/%s", city->slug);
    }
    gh_view_printf(own, "n_no_place", "%zu", n);
    gh_view_flag(own, "has_no_place", n > 0);
    gh_view_flag(own, "has_more", n > NO_PLACE_SHOWN);
}

static void
fill_files(const GhCityMap *map, GhView *own)
{
    /* What is near a city is no picture to cite; its list is. */
    if (is_near(map))
        return;
    g_autofree char *query = make_url("", map->filters, "view", view_value(map->view));
    gh_pages_downloads(own, map->lang, GH_T(map->lang, "Map"), "/cities/map", query, "svg|png|pdf");
}

void
gh_city_map_view(const GhCityMap *map, GhView *view)
{
    GhView *own = gh_view_object(view, "map");

    gh_chart_view(own, "drawing", "drawing", draw(map, page_width(map->view), false),
                  draw(map, GH_CHART_NARROW, false));
    fill_views(map, own);
    fill_no_place(map, own);
    gh_view_empty_list(own, "downloads");
    fill_files(map, own);
}
