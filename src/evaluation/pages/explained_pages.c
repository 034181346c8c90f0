/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* explained_pages.c - "How is this computed?": the scores of a city down to each figure. */
#include <math.h>

#include "base/text.h"
#include "evaluation/pages/pages.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/words/say.h"

char *
gh_explained_anchor(const GhDataPoint *point)
{
    return gh_text_slug(point->id);
}

/* "1 + 3 + 4 + 1 = 9 of 16"; a long sum is counted by points: "3 × 1 + 5 × 4 = 23 of 32". */
static char *
write_sum(const GhCityPage *page, const GhLang *lang, const GhGroupScore *score)
{
    enum {
        TERMS_MAX = 8
    };
    const GhGroup *group = &page->framework->groups[score->group];
    g_autoptr(GString) terms = g_string_new(NULL);

    if (!score->has_score)
        return g_strdup("–");
    if (page->framework->scoring != GH_SCORING_POINTS)
        return g_strdup(GH_T(lang, "weighted mean of its parts"));
    for (size_t i = 0; i < group->n_data_points && score->scored <= TERMS_MAX; i++) {
        const GhPointScore *point = &page->scores->points[group->data_points[i]];
        if (point->scored)
            g_string_append_printf(terms, "%s%d", terms->len > 0 ? " + " : "", point->points);
    }
    for (size_t band = 0; band < page->framework->n_bands && score->scored > TERMS_MAX; band++) {
        unsigned n = 0;
        for (size_t i = 0; i < group->n_data_points; i++) {
            const GhPointScore *point = &page->scores->points[group->data_points[i]];
            n += point->scored && point->band == band ? 1 : 0;
        }
        if (n > 0)
            g_string_append_printf(terms, "%s%u × %d", terms->len > 0 ? " + " : "", n,
                                   page->framework->bands[band].points);
    }
    g_autofree char *points = g_strdup_printf("%d", score->points);
    g_autofree char *most = g_strdup_printf("%d", score->max_points);
    return gh_lang_fill(GH_T(lang, "{terms} = {points} of {most}"), "terms", terms->str, "points",
                        points, "most", most, NULL);
}

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
        gh_view_take_text(row, "sum", write_sum(page, lang, &page->scores->groups[i]));
    }
}

static void
fill_row(const GhCityPage *page, const GhLang *lang, const GhPointScore *score, GhView *section)
{
    const GhFramework *framework = page->framework;
    const GhDataPoint *point = &framework->data_points[score->data_point];
    GhView *row = gh_view_append(section, "rows");

    gh_view_take_text(row, "anchor", gh_explained_anchor(point));
    gh_view_take_text(row, "label", gh_say_figure(framework, lang, score->data_point));
    gh_view_take_text(row, "kpi_url", gh_city_page_indicator_url(page, score->data_point));
    gh_view_take_text(
        row, "calculation",
        gh_say_calculation(lang, point, &page->targets->targets[score->data_point], score->value));
    gh_view_flag(row, "points", false);
    if (score->scored && score->points > 0)
        gh_view_printf(row, "points", "%d", score->points);
}

/* The lowest groups, with those data points that have a value. */
static void
fill_sections(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    const GhFramework *framework = page->framework;

    gh_view_empty_list(view, "sections");
    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level + 1 != framework->n_levels || page->scores->groups[i].reported == 0)
            continue;
        GhView *section = gh_view_append(view, "sections");
        gh_score_view_group(section, framework, lang, &page->scores->groups[i]);
        gh_view_take_text(section, "section_anchor", gh_city_page_anchor(group));
        for (size_t j = 0; j < group->n_data_points; j++) {
            const GhPointScore *score = &page->scores->points[group->data_points[j]];
            if (!isnan(score->value))
                fill_row(page, lang, score, section);
        }
    }
}

/* -- the same as a file -- */

static const GhColumn COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},          {"year", GH_COLUMN_NUMBER},   {"kpi_id", GH_COLUMN_TEXT},
    {"data_point_id", GH_COLUMN_TEXT}, {"value", GH_COLUMN_NUMBER},  {"unit", GH_COLUMN_TEXT},
    {"rule", GH_COLUMN_TEXT},          {"target", GH_COLUMN_NUMBER}, {"worst", GH_COLUMN_NUMBER},
    {"share", GH_COLUMN_NUMBER},       {"band", GH_COLUMN_TEXT},     {"points", GH_COLUMN_NUMBER},
};

static bool
write_point(const GhCityPage *page, GhTable *table, const GhPointScore *score, GError **error)
{
    const GhFramework *framework = page->framework;
    const GhDataPoint *point = &framework->data_points[score->data_point];
    const GhTarget *target = &page->targets->targets[score->data_point];

    gh_table_text(table, page->city->slug);
    gh_table_int(table, page->figures->year);
    gh_table_text(table, framework->kpis[point->kpi].id);
    gh_table_text(table, point->id);
    gh_table_number(table, score->value);
    gh_table_text(table, point->unit);
    gh_table_text(table, gh_rule_text(target->rule));
    gh_table_number_if_present(table, target->target);
    gh_table_number_if_present(table, target->worst);
    gh_table_number_if_present(table, score->share);
    gh_table_text(table, score->scored ? framework->bands[score->band].label : NULL);
    gh_table_number_if_present(table, score->points > 0 ? (double)score->points : (double)NAN);
    return gh_table_end_row(table, error);
}

static bool
write_points(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const GhCityPage *page = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "points", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    (void)db; /* read already */
    for (size_t i = 0; i < page->scores->n_points; i++) {
        const GhPointScore *score = &page->scores->points[i];
        if (!isnan(score->value) && !write_point(page, table, score, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* GET /cities/{slug}/explained.{format}?year=&targets= ; public. From each figure to its points; csv,
 * xlsx or json. */
static bool
explained_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autofree char *name = gh_city_page_file_name(&page, "points");
    return gh_pages_reply_table(request, reply, name, write_points, &page, error);
}

/* GET /cities/{slug}/explained?year=&targets= ; public. 404 as for the city's page. */
static bool
explained_page(GhRequest *request, GhReply *reply, void *data, GError **error)
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
    g_autofree char *query = gh_city_page_query(&page);
    g_autofree char *city_url = g_strdup_printf("/cities/%s%s", page.city->slug, query);
    gh_city_page_breadcrumb(&page, lang, GH_T(lang, "How it is computed"), view);
    gh_view_text(view, "name", page.city->name);
    gh_view_text(view, "city_url", city_url);
    if (!gh_city_page_tabs(request, &page, NULL, view, error))
        return false;
    gh_city_page_bar(&page, lang, "/explained", view);
    gh_view_flag(view, "explained_url", false); /* this page */
    if (page.figures->year > 0) {
        g_autofree char *base = g_strdup_printf("/cities/%s/explained", page.city->slug);
        gh_pages_downloads(view, lang, GH_T(lang, "Points"), base, query, "csv|xlsx|json");
    }
    for (size_t level = 0; level < page.framework->n_levels; level++)
        fill_summary(&page, lang, level, view);
    fill_sections(&page, lang, view);

    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{city}: how it is computed"), "city", page.city->name, NULL);
    return gh_reply_page(request, reply, "explained", title, g_steal_pointer(&view), error);
}

void
gh_explained_pages_register(GhServer *server)
{
    static GhRoute routes[] = {
        {.path = "/cities/{slug}/explained", .handler = explained_page},
        {.path = "/cities/{slug}/explained.{format}", .handler = explained_file},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
        routes[i].params = GH_CITY_PARAMS;
        routes[i].n_params = GH_N_CITY_PARAMS;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
