/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_pages.c - the page of one ranking. */
#include <math.h>

#include "ranking/pages/ranking_page.h"

static void
fill_city(const GhRankingPage *page, const GhLang *lang, const GhRankedCity *city,
          const char *highlighted, GhView *row)
{
    g_autofree char *available = gh_lang_number(lang, (double)city->n_available, 0);
    g_autofree char *all = gh_lang_number(lang, (double)city->n_indicators, 0);

    gh_view_text(row, "name", city->name);
    gh_view_printf(row, "city_url", "/rankings/%s/cities/%s", page->ranking->slug, city->slug);
    gh_view_text(row, "country", gh_country_name(lang, city->country_code));
    gh_view_printf(row, "year", "%d", city->year);
    gh_view_take_text(row, "place", gh_ranking_say_place(lang, city));
    gh_view_take_text(row, "score", gh_ranking_say_score(page, lang, city->score));
    if (page->is_panel)
        gh_view_take_text(row, "move", gh_ranking_say_move(page, lang, city));
    gh_view_take_text(row, "p_top", gh_ranking_say_percent(lang, city->p_top));
    gh_view_text(row, "available", available);
    gh_view_text(row, "all", all);
    gh_view_flag(row, "is_sparse", gh_ranking_is_sparse(city));
    gh_view_flag(row, "is_small", gh_ranking_is_small(city));
    gh_view_flag(row, "highlighted", g_strcmp0(highlighted, city->slug) == 0);
}

static void
fill_pages(const GhRankingPage *page, size_t current, GhView *view)
{
    size_t n_pages =
        (page->cities->len + GH_RANKING_CITIES_PER_PAGE - 1) / GH_RANKING_CITIES_PER_PAGE;

    gh_view_flag(view, "has_pages", n_pages > 1);
    for (size_t i = 1; i <= n_pages && n_pages > 1; i++) {
        g_autofree char *url = g_strdup_printf("/rankings/%s?page=%zu", page->ranking->slug, i);
        g_autofree char *text = g_strdup_printf("%zu", i);
        gh_pages_choice(view, "pages", text, url, i == current);
    }
}

static void
fill_cities(const GhRankingPage *page, const GhLang *lang, size_t number, const char *highlighted,
            GhView *view)
{
    size_t first = (number - 1) * GH_RANKING_CITIES_PER_PAGE;
    size_t end = MIN(first + GH_RANKING_CITIES_PER_PAGE, (size_t)page->cities->len);
    g_autofree char *top = gh_lang_number(lang, (double)page->ranking->top_k, 0);

    for (size_t i = first; i < end; i++)
        fill_city(page, lang, gh_ranking_page_city(page, i), highlighted,
                  gh_view_append(view, "cities"));
    /* All are among the best ten of six. */
    gh_view_flag(view, "has_top",
                 page->ranking->top_k > 0 && (size_t)page->ranking->top_k < page->n_placed);
    gh_view_text(view, "top_k", top);
    gh_view_flag(view, "is_panel", page->is_panel);
    gh_view_printf(view, "year_before", "%d", page->year_before);
    fill_pages(page, number, view);

    bool has_places = gh_chart_view(
        view, "places", "places",
        gh_ranking_draw_places(page, lang, first, end, highlighted, "", GH_CHART_WIDE),
        gh_ranking_draw_places(page, lang, first, end, highlighted, "", GH_CHART_NARROW));
    gh_view_flag(view, "has_places", has_places);
    size_t stacks_end = MIN(end, first + GH_RANKING_STACKS);
    bool has_parts =
        gh_chart_view(view, "parts", "parts",
                      gh_ranking_draw_parts(page, lang, first, stacks_end, "", GH_CHART_WIDE),
                      gh_ranking_draw_parts(page, lang, first, stacks_end, "", GH_CHART_NARROW));
    gh_view_flag(view, "has_parts", has_parts);
}

static void
add_chart_files(const GhRankingPage *page, const GhLang *lang, const char *key, const char *label,
                const char *file, const char *query, GhView *view)
{
    g_autofree char *base = g_strdup_printf("/rankings/%s/%s", page->ranking->slug, file);

    gh_pages_formats(gh_view_object(view, key), lang, label, base, query, "svg|png|pdf");
}

/* -- which choice matters most -- */

static void
fill_choice(const GhLang *lang, const GhRankingChoice *choice, GhView *row)
{
    const struct {
        const char *key;
        double value;
    } numbers[] = {{"first", choice->first},           {"first_low", choice->first_low},
                   {"first_high", choice->first_high}, {"total", choice->total},
                   {"total_low", choice->total_low},   {"total_high", choice->total_high}};

    gh_view_text(row, "name", choice->name);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        gh_view_take_text(row, numbers[i].key,
                          isnan(numbers[i].value)
                              ? g_strdup("–")
                              : gh_lang_number_fixed(lang, numbers[i].value, 2));
}

/* The two choices with the largest total shares; the second is NULL where there is one only. */
static void
find_most(const GPtrArray *choices, const GhRankingChoice **ret_most,
          const GhRankingChoice **ret_second)
{
    const GhRankingChoice *most = NULL;
    const GhRankingChoice *second = NULL;

    for (guint i = 0; i < choices->len; i++) {
        const GhRankingChoice *choice = g_ptr_array_index(choices, i);
        if (most == NULL || choice->total > most->total) {
            second = most;
            most = choice;
        } else if (second == NULL || choice->total > second->total)
            second = choice;
    }
    *ret_most = most;
    *ret_second = second;
}

/* Which choice matters most, as far as the bootstrap's intervals tell the two first ones apart. */
static char *
say_most(const GhLang *lang, const GhRankingChoice *most, const GhRankingChoice *second)
{
    const bool is_clear = second == NULL || most->total_low > second->total_high;
    g_autofree char *first =
        is_clear
            ? gh_lang_fill(GH_T(lang, "“{choice}” moves the places most."), "choice", most->name,
                           NULL)
            : gh_lang_fill(GH_T(lang, "“{choice}” and “{other}” move the places most; which of "
                                      "them more is not sure."),
                           "choice", most->name, "other", second->name, NULL);

    return g_strdup_printf("%s %s", first,
                           GH_T(lang, "A choice near 0 could be made otherwise without changing "
                                      "much. The shares may add up to more than 100 %, since "
                                      "choices also act together."));
}

static void
fill_choices(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GPtrArray *choices = page->kept->whole->choices;
    const GhRankingChoice *most = NULL;
    const GhRankingChoice *second = NULL;

    for (guint i = 0; i < choices->len; i++)
        fill_choice(lang, g_ptr_array_index(choices, i), gh_view_append(view, "choices"));
    find_most(choices, &most, &second);
    bool has_choices = gh_chart_view(view, "choices_chart", "choices",
                                     gh_ranking_draw_choices(page, lang, GH_CHART_WIDE),
                                     gh_ranking_draw_choices(page, lang, GH_CHART_NARROW));
    gh_view_flag(view, "has_choices", has_choices);
    if (!has_choices || most == NULL)
        return;
    add_chart_files(page, lang, "choices_files", GH_T(lang, "Choices"), "choices", "", view);
    gh_view_take_text(view, "most", say_most(lang, most, second));
}

/* -- how the groups go together -- */

static void
fill_links(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    g_autoptr(GArray) nodes = NULL;
    g_autofree double *r = NULL;
    bool has_links =
        gh_ranking_links(page, &nodes, &r)
        && gh_chart_view(view, "links", "links", gh_ranking_draw_links(page, lang, GH_CHART_WIDE),
                         gh_ranking_draw_links(page, lang, GH_CHART_NARROW));

    gh_view_flag(view, "has_links", has_links);
    if (!has_links)
        return;
    add_chart_files(page, lang, "links_files", GH_T(lang, "Links of groups"), "links", "", view);
    for (size_t i = 0; i < nodes->len; i++) {
        const char *name = gh_ranking_say_node(page, lang, g_array_index(nodes, size_t, i));
        GhView *row = gh_view_append(view, "link_rows");
        gh_view_text(gh_view_append(view, "link_heads"), "group", name);
        gh_view_text(row, "group", name);
        for (size_t j = 0; j < nodes->len; j++) {
            double value = r[i * nodes->len + j];
            gh_view_take_text(gh_view_append(row, "cells"), "r",
                              isnan(value) ? g_strdup("–") : gh_lang_number_fixed(lang, value, 2));
        }
    }
}

/* -- the page -- */

static void
fill_head(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GhRanking *ranking = page->ranking;
    g_autofree char *cities = gh_lang_number(lang, (double)ranking->n_cities, 0);
    g_autofree char *indicators = gh_lang_number(lang, (double)ranking->n_indicators, 0);

    gh_view_text(view, "title", ranking->title);
    gh_view_text(view, "summary", ranking->summary);
    gh_view_take_text(
        view, "lead",
        gh_lang_fill(gh_lang_plural(lang, "One city, scored by {indicators} indicators.",
                                    "{cities} cities, scored by {indicators} indicators.",
                                    ranking->n_cities),
                     "cities", cities, "indicators", indicators, NULL));
    gh_view_flag(view, "cannot_compute", page->data == NULL);
    gh_view_flag(view, "differs", page->data != NULL && !page->kept->is_same);
    gh_view_text(view, "program_version", ranking->program_version);
    gh_view_flag(view, "has_weights", gh_ranking_page_has_weights(page));
    gh_view_printf(view, "weights_url", "/rankings/%s/weights", ranking->slug);
}

static bool
reply_behind_last(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(
        request, reply, GH_T(gh_request_lang(request), "The list of cities ends before this page."),
        error);
}

/* GET /rankings/{slug}?page=&city= ; public. 404 for an unknown ranking and for a page behind the last; with
 * city and no page, the page on which that city stands. */
static bool
ranking_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const char *city = gh_request_param(request, "city");
    g_auto(GhRankingPage) page = {0};
    bool answered = false;
    int64_t number = 1;
    (void)data;

    if (!gh_ranking_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    gssize at = gh_ranking_page_find(&page, city);
    if (!gh_request_param_int(request, "page", &number) && at >= 0)
        number = 1 + at / GH_RANKING_CITIES_PER_PAGE;
    if (number < 1
        || (number > 1
            && (uint64_t)(number - 1) >= (page.cities->len + GH_RANKING_CITIES_PER_PAGE - 1)
                                             / GH_RANKING_CITIES_PER_PAGE))
        return reply_behind_last(request, reply, error);

    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *query = g_strdup_printf("?page=%" G_GINT64_FORMAT, number);
    gh_pages_breadcrumb(view, GH_T(lang, "Rankings"), "/rankings");
    gh_pages_breadcrumb(view, page.ranking->title, NULL);
    fill_head(&page, lang, view);
    gh_ranking_page_bar(&page, lang, view);
    gh_ranking_say_sure(&page, lang, view);
    fill_cities(&page, lang, (size_t)number, city, view);
    add_chart_files(&page, lang, "places_files", GH_T(lang, "Places"), "places", query, view);
    add_chart_files(&page, lang, "parts_files", GH_T(lang, "Parts of scores"), "parts", query,
                    view);
    fill_choices(&page, lang, view);
    fill_links(&page, lang, view);
    gh_ranking_say_method(&page, lang, view);
    gh_view_printf(view, "cite_path", "/rankings/%s", page.ranking->slug);
    gh_view_text(view, "description", page.ranking->summary);
    return gh_reply_page(request, reply, "ranking", page.ranking->title, g_steal_pointer(&view),
                         error);
}

void
gh_ranking_pages_register(GhServer *server)
{
    static const GhParam params[] = {{.name = "page", .kind = GH_PARAM_INT},
                                     {.name = "city", .kind = GH_PARAM_SLUG}};
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/rankings/{slug}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = ranking_page},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
