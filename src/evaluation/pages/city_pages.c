/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_pages.c - the page of a city in a year. */
#include <math.h>
#include <string.h>

#include "evaluation/pages/chart_view.h"
#include "evaluation/pages/pages.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/small_count.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"

static void
add_fact(GhView *view, const GhLang *lang, const char *label, double value, unsigned decimals,
         const char *unit)
{
    if (isnan(value))
        return;

    GhView *fact = gh_view_append(view, "facts");
    gh_view_text(fact, "label", label);
    gh_view_take_text(fact, "value", gh_lang_number(lang, value, decimals));
    gh_view_text(fact, "unit", unit);
}

static void
fill_facts(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    enum {
        WHOLE = 0,
        TENTHS = 1
    };
    const GhCity *city = page->city;
    GhCityYear base = gh_city_base(city, page->figures->year);

    gh_view_text(view, "name", city->name);
    gh_view_text(view, "slug", city->slug);
    gh_view_text(view, "country", gh_country_name(lang, city->country_code));
    gh_view_empty_list(view, "facts");
    add_fact(view, lang, GH_T(lang, "Population"), base.population, WHOLE, NULL);
    add_fact(view, lang, GH_T(lang, "Households"), base.households, WHOLE, NULL);
    add_fact(view, lang, GH_T(lang, "Area"), base.area_km2, TENTHS, "km²");
    add_fact(view, lang, GH_T(lang, "Gross domestic product"), base.gdp, WHOLE, base.currency);
    gh_view_text(view, "facts_source", city->source != NULL ? city->source : base.source);
    gh_view_text(view, "facts_note", city->note);
}

/* The rings of groups, as the wheel has them: "Dimensions, Categories". */
static char *
say_rings(const GhFramework *framework, const GhLang *lang)
{
    const GhLevel *top = &framework->levels[0];
    const GhLevel *lowest = &framework->levels[framework->n_levels - 1];
    const char *tops = gh_framework_text(framework, lang, "level", top->id, "plural", top->plural);

    if (top == lowest)
        return g_strdup(tops);
    return g_strdup_printf(
        "%s, %s", tops,
        gh_framework_text(framework, lang, "level", lowest->id, "plural", lowest->plural));
}

/* The wheel takes two thirds of the page; below 600 units its letters are those of a page. */
static void
fill_wheel(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    static const double SIZE = 580;
    const GhEvaluation evaluation = gh_city_page_evaluation(page);

    gh_chart_view_one(view, "wheel", "wheel",
                      gh_city_wheel(&evaluation, lang, GH_CITY_OWN_PAGE, SIZE));
    gh_view_take_text(view, "rings", say_rings(page->framework, lang));
    (void)gh_chart_view(view, "wheel_legend", "wheel-legend",
                        gh_city_legend(page->framework, lang, SIZE),
                        gh_city_legend(page->framework, lang, GH_CHART_NARROW));
}

static void
fill_dimensions(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < page->scores->n_groups; i++) {
        if (page->framework->groups[i].level == 0)
            gh_score_view_group(gh_view_append(view, "dimensions"), page->framework, lang,
                                &page->scores->groups[i]);
    }
}

/* The groups of one level below the top as a table; those of the lowest level link to their figures. */
static void
fill_summary(const GhCityPage *page, const GhLang *lang, size_t level, GhView *view)
{
    const GhFramework *framework = page->framework;
    GhView *summary = gh_score_view_summary(view, framework, lang, level);

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level != level)
            continue;
        GhView *row = gh_view_append(summary, "rows");
        gh_score_view_group(row, framework, lang, &page->scores->groups[i]);
        gh_view_flag(row, "section_url", false);
        if (level + 1 == framework->n_levels) {
            g_autofree char *anchor = gh_city_page_anchor(&framework->groups[i]);
            gh_view_printf(row, "section_url", "#%s", anchor);
        }
    }
}

/* What opens under "Source": where the figure comes from, how good it is, and its target. */
static void
fill_details(const GhCityPage *page, const GhLang *lang, const GhFigure *figure, GhView *row)
{
    const GhFramework *framework = page->framework;
    const GhTarget *target = &page->targets->targets[figure->data_point];
    bool has_details = figure->status != GH_STATUS_MISSING;

    GhCityYear base = gh_city_base(page->city, figure->year);
    GhSmallCount small = {0};
    bool is_small = gh_small_count(framework, figure, &base, &small);

    gh_view_flag(row, "is_small", is_small);
    gh_view_take_text(
        row, "small_count",
        is_small ? gh_say_small_count(lang, &framework->data_points[figure->data_point], &small)
                 : NULL);
    gh_view_flag(row, "has_details", has_details);
    if (!has_details)
        return;
    gh_view_text(row, "source", figure->source != NULL ? figure->source : "");
    gh_view_text(row, "note", figure->note != NULL ? figure->note : "");
    gh_view_flag(row, "quality", false);
    for (size_t i = 0; i < framework->n_qualities && figure->quality != 0; i++) {
        const GhQuality *quality = &framework->qualities[i];
        g_autofree char *id = g_strdup_printf("%d", quality->class);
        if (quality->class != figure->quality)
            continue;
        gh_view_take_text(row, "quality",
                          gh_lang_fill(GH_T(lang, "Quality: {description}"), "description",
                                       gh_framework_text(framework, lang, "quality", id,
                                                         "description", quality->description),
                                       NULL));
    }
    gh_view_flag(row, "target", false);
    if (target->rule != GH_RULE_NONE) {
        g_autofree char *sentence = gh_say_target(framework, lang, figure->data_point, target);
        gh_view_take_text(row, "target",
                          gh_lang_fill(GH_T(lang, "Target, not official: {sentence}"), "sentence",
                                       sentence, NULL));
    }
}

/* The place on the explaining page where this figure's sum stands. */
static void
fill_computed(const GhCityPage *page, const GhFigure *figure, GhView *row)
{
    gh_view_flag(row, "computed_url", false);
    if (isnan(figure->value))
        return;

    g_autofree char *query = gh_city_page_query(page);
    g_autofree char *anchor =
        gh_explained_anchor(&page->framework->data_points[figure->data_point]);
    gh_view_printf(row, "computed_url", "/cities/%s/explained%s#%s", page->city->slug, query,
                   anchor);
}

/* A line of the size of a word where there are values of several years; it leads to the whole. */
static void
fill_spark(const GhCityPage *page, const GhLang *lang, size_t data_point, GhView *row)
{
    g_autoptr(GPtrArray) series = gh_city_page_series(page, data_point);
    const GhDataPoint *point = &page->framework->data_points[data_point];

    gh_view_flag(row, "spark", false);
    if (series == NULL)
        return;

    g_autofree char *anchor = gh_explained_anchor(point);
    g_autofree char *prefix = g_strconcat("spark-", anchor, NULL);
    g_autofree char *group = gh_city_page_anchor(
        &page->framework
             ->groups[page->framework->kpis[point->kpi].groups[page->framework->n_levels - 1]]);
    gh_view_printf(row, "trend_url", "/cities/%s/trend#%s", page->city->slug, group);
    gh_chart_view_one(row, "spark", prefix,
                      gh_city_spark_line(page->framework, page->targets, lang, data_point, series));
}

static void
fill_row(const GhCityPage *page, const GhLang *lang, size_t data_point, GhView *row)
{
    const GhFramework *framework = page->framework;
    const GhKpi *kpi = &framework->kpis[framework->data_points[data_point].kpi];
    const GhFigure *figure = &page->figures->figures[data_point];

    gh_view_take_text(row, "label", gh_say_figure(framework, lang, data_point));
    gh_view_take_text(row, "kpi_url", gh_city_page_indicator_url(page, data_point));
    gh_view_flag(row, "inferred", kpi->inferred);
    gh_score_view_figure(row, framework, lang, figure, &page->scores->points[data_point]);
    fill_details(page, lang, figure, row);
    fill_computed(page, figure, row);
    fill_spark(page, lang, data_point, row);
}

/* Whether anything is said about a data point of the group, be it that it was not reported. */
static bool
has_rows(const GhCityPage *page, const GhGroup *group)
{
    for (size_t i = 0; i < group->n_data_points; i++) {
        if (page->figures->figures[group->data_points[i]].status != GH_STATUS_MISSING)
            return true;
    }
    return false;
}

/* The lowest groups with their figures; those of which nothing is known come last, folded. */
static void
fill_sections(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    const GhFramework *framework = page->framework;
    bool has_trend = gh_city_page_has_trend(page);
    bool has_empty = false;

    gh_view_flag(view, "has_trend", has_trend);
    gh_view_text(view, "n_columns", has_trend ? "5" : "4");

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level + 1 != framework->n_levels)
            continue;
        bool is_empty = !has_rows(page, group);
        GhView *section = gh_view_append(view, is_empty ? "empty_sections" : "sections");
        has_empty |= is_empty;
        gh_score_view_group(section, framework, lang, &page->scores->groups[i]);
        gh_view_take_text(section, "anchor", gh_city_page_anchor(group));
        for (size_t j = 0; j < group->n_data_points; j++)
            fill_row(page, lang, group->data_points[j], gh_view_append(section, "rows"));
    }
    gh_view_flag(view, "has_empty", has_empty);
}

static void
fill_frame(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    gh_pages_breadcrumb(view, GH_T(lang, "Cities"), "/cities");
    gh_pages_breadcrumb(view, page->city->name, NULL);
    gh_view_printf(view, "template_url", "/cities/%s/template.csv", page->city->slug);
    gh_view_printf(view, "n_data_points", "%zu", page->framework->n_data_points);
}

static bool
always(GhRequest *request, const GhCityPage *page, bool *ret_has, GError **error)
{
    (void)request;
    (void)page;
    (void)error;
    *ret_has = true;
    return true;
}

static const GhCityTab overview_tab = {.key = "overview",
                                       .label = GH_MARK("Overview"),
                                       .suffix = "",
                                       .order = GH_CITY_TAB_OVERVIEW,
                                       .has_content = always};

static char *
page_title(const GhCityPage *page)
{
    if (page->figures->year == 0)
        return g_strdup(page->city->name);
    return g_strdup_printf("%s %d", page->city->name, page->figures->year);
}

/* GET /cities/{slug}?year=&targets= ; public. 404 for an unknown city, year or target set. */
static bool
city_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autoptr(GhView) view = gh_view_new();
    fill_frame(&page, lang, view);
    fill_facts(&page, lang, view);
    if (!gh_city_page_tabs(request, &page, overview_tab.key, view, error))
        return false;
    gh_city_page_bar(&page, lang, "", view);
    if (page.figures->year > 0) {
        fill_wheel(&page, lang, view);
        fill_dimensions(&page, lang, view);
        gh_city_page_stand_outs(&page, lang, view);
        for (size_t level = 1; level < page.framework->n_levels; level++)
            fill_summary(&page, lang, level, view);
        fill_sections(&page, lang, view);
        if (!gh_city_page_cards(request, &page, view, error))
            return false;
    }
    g_autofree char *title = page_title(&page);
    return gh_reply_page(request, reply, "city", title, g_steal_pointer(&view), error);
}

void
gh_city_pages_register(GhServer *server)
{
    static GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/cities/{slug}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = GH_CITY_PARAMS,
         .handler = city_page},
    };

    gh_city_pages_add_tab(server, &overview_tab);
    routes[0].n_params = GH_N_CITY_PARAMS;
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
