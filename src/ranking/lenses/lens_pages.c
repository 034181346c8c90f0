/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lens_pages.c - the pages of a city through lenses: all of them, and one with its reasons. */
#include <math.h>

#include "ranking/lenses/lens_page.h"

/* -- what all pages of lenses have -- */

static bool
has_lenses(GhRequest *request, const GhCityPage *page, bool *ret_has, GError **error)
{
    if (!gh_city_tab_has_figures(request, page, ret_has, error))
        return false;
    *ret_has = *ret_has && page->framework->n_lenses > 0;
    return true;
}

static const GhCityTab lenses_tab = {.key = "lenses",
                                     .label = GH_MARK("Lenses"),
                                     .suffix = "/lenses",
                                     .order = GH_CITY_TAB_LENSES,
                                     .has_content = has_lenses};

static char *
lens_url(const GhCityPage *page, const GhLens *lens)
{
    g_autofree char *query = gh_city_page_query(page);

    return g_strdup_printf("/cities/%s/lenses/%s%s", page->city->slug, lens->id, query);
}

/* Name, description, whose mapping. */
static void
fill_lens(const GhCityPage *page, const GhLang *lang, const GhLens *lens, GhView *view)
{
    gh_view_text(view, "lens_name", gh_say_lens(page->framework, lang, lens));
    gh_view_text(view, "description",
                 gh_framework_text(page->framework, lang, "lens", lens->id, "description",
                                   lens->description));
    gh_view_flag(view, "is_ours", lens->origin == GH_LENS_OURS);
}

static void
fill_chart(const GhEvaluation *evaluation, const GhGroupScore *scores, const GhLang *lang,
           const char *link, GhView *view)
{
    g_autofree char *prefix = g_strconcat("lens-", evaluation->lens->id, NULL);

    gh_chart_view(view, "chart", prefix,
                  gh_city_lens_bars(evaluation, scores, lang, link, GH_CHART_WIDE),
                  gh_city_lens_bars(evaluation, scores, lang, link, GH_CHART_NARROW));
}

/* -- all lenses -- */

static void
append_lens(const GhCityPage *page, const GhLang *lang, const GhLens *lens, GhView *view)
{
    GhEvaluation evaluation = gh_city_page_evaluation(page);
    g_autofree GhGroupScore *scores = g_new0(GhGroupScore, MAX(lens->n_groups, 1));
    g_autofree char *url = lens_url(page, lens);
    GhView *entry = gh_view_append(view, "lenses");

    evaluation.lens = lens;
    gh_scores_lens(page->framework, page->targets, page->scores, lens, scores);
    fill_lens(page, lang, lens, entry);
    gh_view_printf(entry, "anchor", "lens-%s", lens->id);
    gh_view_text(entry, "lens_url", url);
    fill_chart(&evaluation, scores, lang, url, entry);
}

static bool
answer_none(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request), "This framework has no lens."), error);
}

/* GET /cities/{slug}/lenses?year=&targets= ; public. 404 as for the city's page, and where the framework has
 * no lens. */
static bool
lenses_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (page.framework->n_lenses == 0)
        return answer_none(request, reply, error);

    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{city} through lenses"), "city", page.city->name, NULL);
    gh_view_text(view, "name", page.city->name);
    gh_view_text(view, "title", title);
    gh_city_page_breadcrumb(&page, lang, GH_T(lang, lenses_tab.label), view);
    if (!gh_city_page_tabs(request, &page, lenses_tab.key, view, error))
        return false;
    gh_city_page_bar(&page, lang, lenses_tab.suffix, view);
    for (size_t i = 0; i < page.framework->n_lenses; i++)
        append_lens(&page, lang, &page.framework->lenses[i], view);
    return gh_reply_page(request, reply, "lenses", title, g_steal_pointer(&view), error);
}

/* -- one lens -- */

static void
fill_figure(const GhCityPage *page, const GhLang *lang, size_t data_point, bool named, GhView *row)
{
    GhView *figure = gh_view_append(row, "figures");
    const GhDataPoint *point = &page->framework->data_points[data_point];

    gh_view_text(figure, "label",
                 named ? gh_framework_text(page->framework, lang, "data_point", point->id, "label",
                                           point->label)
                       : NULL);
    gh_score_view_figure(figure, page->framework, lang, &page->figures->figures[data_point],
                         &page->scores->points[data_point]);
}

/* A KPI where it lies, with its figures and why. */
static void
append_place(const GhLensPage *lens, const GhLang *lang, const GhLensPlace *place, GhView *part)
{
    const GhCityPage *page = &lens->page;
    const GhKpi *kpi = &page->framework->kpis[place->kpi];
    GhView *row = gh_view_append(part, "places");

    gh_view_text(row, "kpi",
                 gh_framework_text(page->framework, lang, "kpi", kpi->id, "name", kpi->name));
    gh_view_take_text(row, "kpi_url", gh_city_page_indicator_url(page, kpi->first_data_point));
    gh_view_text(row, "reason", gh_lens_reason(page->framework, lang, lens->lens, place));
    gh_view_text(row, "source", place->source);
    gh_view_flag(row, "inferred", place->inferred);
    for (size_t i = 0; i < kpi->n_data_points; i++)
        fill_figure(page, lang, kpi->first_data_point + i, kpi->n_data_points > 1, row);
}

/* The places that lie in the group itself, not in its parts; -1: the KPIs that are not placed. */
static void
fill_places(const GhLensPage *lens, const GhLang *lang, gssize group, GhView *part)
{
    size_t n = 0;

    for (size_t i = 0; i < lens->lens->n_places; i++) {
        const GhLensPlace *place = &lens->lens->places[i];
        if (place->group != group)
            continue;
        append_place(lens, lang, place, part);
        n++;
    }
    gh_view_count(part, "n_places", n, NULL);
}

static void
fill_group(const GhLensPage *lens, const GhLang *lang, size_t index, GhView *view)
{
    const GhLensGroup *group = &lens->lens->groups[index];

    gh_view_printf(view, "anchor", "group-%zu", index + 1);
    gh_view_text(view, "group_name", gh_say_lens_group(lens->page.framework, lang, group->name));
    gh_view_flag(view, "has_kpis", group->n_kpis > 0);
    gh_score_view_score(view, lens->page.framework, lang, &lens->scores[index]);
    fill_places(lens, lang, (gssize)index, view);
}

static void
fill_groups(const GhLensPage *lens, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < lens->lens->n_groups; i++) {
        if (lens->lens->groups[i].parent >= 0)
            continue;
        GhView *group = gh_view_append(view, "groups");
        fill_group(lens, lang, i, group);
        gh_view_empty_list(group, "parts");
        for (size_t k = i + 1;
             k < lens->lens->n_groups && lens->lens->groups[k].parent == (gssize)i; k++)
            fill_group(lens, lang, k, gh_view_append(group, "parts"));
    }
}

static void
fill_bar(const GhLensPage *lens, const GhLang *lang, GhView *view)
{
    const GhCityPage *page = &lens->page;
    g_autofree char *suffix = g_strdup_printf("/lenses/%s", lens->lens->id);
    g_autofree char *scores = g_strdup_printf("/cities/%s%s/scores", page->city->slug, suffix);
    g_autofree char *bars = g_strdup_printf("/cities/%s%s/bars", page->city->slug, suffix);
    g_autofree char *mapping = g_strdup_printf("/framework/lenses/%s", lens->lens->id);
    g_autofree char *query = gh_city_page_query(page);

    gh_city_page_bar(page, lang, suffix, view);
    gh_pages_downloads(view, lang, GH_T(lang, "Scores of this lens"), scores, query,
                       "csv|xlsx|json");
    gh_pages_downloads(view, lang, GH_T(lang, "Chart of this lens"), bars, query, "svg|png|pdf");
    gh_pages_downloads(view, lang, GH_T(lang, "Mapping with all reasons"), mapping, "",
                       "csv|xlsx|json");
}

static void
fill_choices(const GhLensPage *lens, const GhLang *lang, GhView *view)
{
    const GhFramework *framework = lens->page.framework;

    for (size_t i = 0; i < framework->n_lenses; i++) {
        const GhLens *other = &framework->lenses[i];
        g_autofree char *url = lens_url(&lens->page, other);
        gh_pages_choice(view, "lens_choices", gh_say_lens(framework, lang, other), url,
                        other == lens->lens);
    }
}

/* GET /cities/{slug}/lenses/{lens}?year=&targets= ; public. 404 as for the city's page, and for an unknown
 * lens. */
static bool
lens_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhLensPage) lens = {0};
    bool answered = false;

    (void)data;
    if (!gh_lens_page_load(request, reply, &lens, &answered, error))
        return false;
    if (answered)
        return true;

    const GhEvaluation evaluation = gh_lens_page_evaluation(&lens);
    const char *lens_name = gh_say_lens(lens.page.framework, lang, lens.lens);
    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *title = gh_lang_fill(GH_T(lang, "{city}: {lens}"), "city",
                                          lens.page.city->name, "lens", lens_name, NULL);
    gh_view_text(view, "name", lens.page.city->name);
    gh_view_text(view, "title", title);
    gh_city_page_breadcrumb(&lens.page, lang, lens_name, view);
    if (!gh_city_page_tabs(request, &lens.page, lenses_tab.key, view, error))
        return false;
    fill_choices(&lens, lang, view);
    fill_bar(&lens, lang, view);
    fill_lens(&lens.page, lang, lens.lens, view);
    fill_chart(&evaluation, lens.scores, lang, "", view);
    fill_groups(&lens, lang, view);
    fill_places(&lens, lang, -1, gh_view_object(view, "unplaced"));
    return gh_reply_page(request, reply, "lens", title, g_steal_pointer(&view), error);
}

void
gh_lens_pages_register(GhServer *server)
{
    static GhRoute routes[] = {
        {.path = "/cities/{slug}/lenses", .handler = lenses_page},
        {.path = "/cities/{slug}/lenses/{lens}", .handler = lens_page},
    };

    gh_city_pages_add_tab(server, &lenses_tab);
    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
        routes[i].params = GH_CITY_PARAMS;
        routes[i].n_params = GH_N_CITY_PARAMS;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
