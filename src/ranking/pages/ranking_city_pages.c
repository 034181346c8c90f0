/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_city_pages.c - one city's score taken apart. */
#include <math.h>

#include "ranking/pages/ranking_page.h"
#include "ranking/trends/years.h"

enum {
    STRENGTHS = 5
};

static char *
say_number(const GhLang *lang, double value, unsigned decimals)
{
    return isnan(value) ? g_strdup("–") : gh_lang_number_fixed(lang, value, decimals);
}

/* As it was given: no more digits than the source has. */
static char *
say_raw(const GhLang *lang, double value)
{
    return isnan(value) ? g_strdup("–") : gh_lang_number(lang, value, 2);
}

/* The unit as the ranking's files have it; that of shares is ours, the others are the framework's. */
static const char *
say_unit(const GhLang *lang, const GhIndexNode *node)
{
    return g_strcmp0(node->unit, "% of target") == 0 ? GH_T(lang, "% of target") : node->unit;
}

/* The framework's page of a data point, where the framework is still there. */
static char *
indicator_url(const GhFramework *framework, const char *code)
{
    gssize point = framework != NULL ? gh_framework_find_data_point(framework, code) : -1;

    return point < 0 ? NULL
                     : g_strdup_printf("/indicators/%s",
                                       framework->kpis[framework->data_points[point].kpi].id);
}

typedef struct {
    const GhRankingPage *page;
    const GhLang *lang;
    const GhFramework *framework; /* may be NULL */
    const GhRankedCity *city;
    const GhIndexExplanation *explanation;
    size_t row; /* of the data */
    GhView *view;
} Tree;

static bool
was_imputed(const Tree *tree, size_t node)
{
    const GhIndexNotes *notes = tree->page->kept->result->notes;

    return node < notes->n_indicators
           && notes->marks[node * notes->n_units + tree->row] == GH_INDEX_MARK_IMPUTED;
}

static void
fill_node(const Tree *tree, size_t index, unsigned depth)
{
    const GhIndexData *data = tree->page->data;
    const GhIndexNode *node = &data->nodes[index];
    const GhIndexContribution *part = &tree->explanation->nodes[index];
    GhView *row = gh_view_append(tree->view, "nodes");
    g_autofree char *url = indicator_url(tree->framework, node->code);
    bool is_indicator = node->level == 1;

    gh_view_text(row, "name", gh_ranking_say_node(tree->page, tree->lang, index));
    gh_view_text(row, "kpi_url", url);
    gh_view_printf(row, "depth", "%u", depth);
    gh_view_flag(row, "is_group", !is_indicator);
    if (is_indicator) {
        double raw = data->values[index * data->n_units + tree->row];
        gh_view_take_text(row, "raw", say_raw(tree->lang, raw));
        gh_view_text(row, "unit", isnan(raw) ? "" : say_unit(tree->lang, node));
    }
    gh_view_flag(row, "is_imputed", was_imputed(tree, index));
    gh_view_take_text(row, "value", gh_ranking_say_score(tree->page, tree->lang, part->value));
    /* The replications keep places of the whole only. */
    gh_view_take_text(row, "place",
                      index == tree->page->kept->top ? gh_ranking_say_place(tree->lang, tree->city)
                      : part->place > 0              ? gh_lang_number(tree->lang, part->place, 0)
                                                     : g_strdup("–"));
    g_autofree char *percent = say_number(tree->lang, 100 * part->effective, 1);
    gh_view_printf(row, "weight", "%s %%", percent);
    gh_view_take_text(row, "contribution",
                      say_number(tree->lang, part->contribution, tree->page->decimals + 1));
}

/* From the top down, each group with all below it. The hierarchy has at most GH_INDEX_MAX_LEVELS levels. */
static void
fill_nodes(const Tree *tree, size_t node, unsigned depth)
{
    const GhIndexNode *from = &tree->page->data->nodes[node];

    if (!tree->page->kept->result->state->active[node])
        return;
    fill_node(tree, node, depth);
    for (size_t i = 0; i < from->n_children; i++)
        fill_nodes(tree, from->children[i], depth + 1);
}

static void
fill_strengths(const Tree *tree, const char *key, const GhIndexStrength *strengths, size_t n)
{
    const GhIndexData *data = tree->page->data;

    for (size_t i = 0; i < n; i++) {
        const GhIndexNode *node = &data->nodes[strengths[i].node];
        GhView *row = gh_view_append(tree->view, key);
        g_autofree char *url = indicator_url(tree->framework, node->code);
        gh_view_text(row, "name", gh_ranking_say_node(tree->page, tree->lang, strengths[i].node));
        gh_view_text(row, "kpi_url", url);
        gh_view_text(row, "unit", say_unit(tree->lang, node));
        gh_view_take_text(row, "raw", say_raw(tree->lang, strengths[i].raw));
        gh_view_take_text(row, "place", gh_lang_number(tree->lang, strengths[i].place, 0));
    }
}

static void
fill_explanation(const Tree *tree)
{
    GhIndexStrength strong[STRENGTHS], weak[STRENGTHS];
    size_t n = gh_index_strengths(tree->page->data, tree->row, STRENGTHS, strong, weak);

    fill_nodes(tree, tree->page->kept->top, 0);
    gh_view_flag(tree->view, "is_exact", tree->explanation->is_exact);
    gh_view_flag(tree->view, "has_strengths", n > 0);
    fill_strengths(tree, "strong", strong, n);
    fill_strengths(tree, "weak", weak, n);
}

static void
fill_city(const GhRankingPage *page, const GhLang *lang, const GhRankedCity *city, GhView *view)
{
    g_autofree char *available = gh_lang_number(lang, (double)city->n_available, 0);
    g_autofree char *all = gh_lang_number(lang, (double)city->n_indicators, 0);
    g_autofree char *cities = gh_lang_number(lang, (double)page->n_placed, 0);

    gh_view_text(view, "name", city->name);
    gh_view_printf(view, "year", "%d", city->year);
    gh_view_text(view, "ranking_title", page->ranking->title);
    gh_view_printf(view, "city_url", "/cities/%s?year=%d", city->slug, city->year);
    gh_view_printf(view, "list_url", "/rankings/%s?city=%s", page->ranking->slug, city->slug);
    gh_view_flag(view, "has_weights", city->place > 0 && gh_ranking_page_has_weights(page));
    gh_view_printf(view, "weights_url", "/rankings/%s/weights?city=%s", page->ranking->slug,
                   city->slug);
    gh_view_take_text(view, "place", gh_ranking_say_place(lang, city));
    gh_view_take_text(view, "score", gh_ranking_say_score(page, lang, city->score));
    gh_view_text(view, "n_cities", cities);
    gh_view_text(view, "available", available);
    gh_view_text(view, "all", all);
    gh_view_flag(view, "has_place", city->place > 0);
    gh_view_flag(view, "is_earlier", gh_ranking_page_is_earlier(page, city));
    gh_view_printf(view, "ranking_year", "%d", page->ranking->year);
    gh_view_flag(view, "is_sparse", gh_ranking_is_sparse(city));
    gh_view_flag(view, "is_small", gh_ranking_is_small(city));
}

/* Its score in parts, and its place with the neighbours. */
static void
fill_charts(const GhRankingPage *page, const GhLang *lang, size_t at, const char *slug,
            GhView *view)
{
    static const size_t NEIGHBOURS = 3;
    size_t first = at > NEIGHBOURS ? at - NEIGHBOURS : 0, end = at + NEIGHBOURS + 1;
    bool has_places =
        gh_chart_view(view, "places", "places",
                      gh_ranking_draw_places(page, lang, first, end, slug, "", GH_CHART_WIDE),
                      gh_ranking_draw_places(page, lang, first, end, slug, "", GH_CHART_NARROW));
    bool has_parts = gh_chart_view(
        view, "parts", "parts", gh_ranking_draw_parts(page, lang, first, end, "", GH_CHART_WIDE),
        gh_ranking_draw_parts(page, lang, first, end, "", GH_CHART_NARROW));

    gh_view_flag(view, "has_places", has_places);
    gh_view_flag(view, "has_parts", has_parts);
}

static void
fill_years(const GhRankingPage *page, const GhLang *lang, const GhRankedCity *city, GhView *view)
{
    g_auto(GhRankingSeries) series = {0};
    size_t n = 0;
    const GhRankedYear *years = gh_ranking_years_find(page->kept->whole->years, city->city_id, &n);

    gh_view_flag(view, "has_years", n > 0);
    if (n == 0)
        return;
    gh_ranking_series_init(&series, page->ranking, years, n);
    gh_ranking_series_view(&series, lang, view);
}

/* GET /rankings/{slug}/cities/{city} ; public. 404 for an unknown ranking and a city that is not in it. */
static bool
city_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const char *slug = gh_request_param(request, "city");
    GhStore *store = gh_server_store(gh_request_server(request));
    g_auto(GhRankingPage) page = {0};
    bool answered = false;
    (void)data;

    if (!gh_ranking_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    gssize at = gh_ranking_page_find(&page, slug);
    if (at < 0)
        return gh_reply_not_found(
            request, reply,
            GH_T(lang, "This city is not in the ranking. The ranking’s page has all that are."),
            error);

    const GhRankedCity *city = gh_ranking_page_city(&page, (size_t)at);
    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *address = g_strdup_printf("/rankings/%s", page.ranking->slug);
    gh_pages_breadcrumb(view, GH_T(lang, "Rankings"), "/rankings");
    gh_pages_breadcrumb(view, page.ranking->title, address);
    gh_pages_breadcrumb(view, city->name, NULL);
    fill_city(&page, lang, city, view);
    gh_ranking_page_bar(&page, lang, view);
    if (city->place > 0 && page.data != NULL) {
        g_autoptr(GhFramework) framework = gh_framework_get(store, page.ranking->framework_id,
                                                            page.ranking->framework_version, NULL);
        g_autoptr(GhIndexExplanation) explanation = gh_index_explain(
            page.kept->result, page.kept->spec, page.kept->units[at], page.kept->top, NULL);
        const Tree tree = {.page = &page,
                           .lang = lang,
                           .framework = framework,
                           .city = city,
                           .explanation = explanation,
                           .row = page.kept->units[at],
                           .view = view};
        /* Some aggregations have no parts; then only the places are shown. */
        gh_view_flag(view, "has_parts_table", explanation != NULL);
        if (explanation != NULL)
            fill_explanation(&tree);
    }
    if (city->place > 0)
        fill_charts(&page, lang, (size_t)at, slug, view);
    fill_years(&page, lang, city, view);
    gh_view_printf(view, "cite_path", "%s/cities/%s", address, slug);
    g_autofree char *title = gh_lang_fill(GH_T(lang, "{city} in “{ranking}”"), "city", city->name,
                                          "ranking", page.ranking->title, NULL);
    gh_view_text(view, "title", title);
    return gh_reply_page(request, reply, "ranking_city", title, g_steal_pointer(&view), error);
}

void
gh_ranking_city_pages_register(GhServer *server)
{
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/rankings/{slug}/cities/{city}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = city_page},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
