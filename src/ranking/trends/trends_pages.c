/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_pages.c - the page of a city over the years. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "ranking/trends/trends.h"
#include "ranking/trends/years.h"

enum {
    OPEN_MAX = 12, /* figures; a page of more is folded, so that a phone has an end of it */
};

typedef struct {
    const GhCityPage *page;
    const GhLang *lang;
    GhDefinitions definitions;
    GPtrArray *trends; /* of GhTrend, one a data point of the framework; NULL where there is none */
    size_t n_trends;
    GPtrArray *scores; /* of GhScores, beside page->history */
    GPtrArray *panels; /* of GhRankingOverYears */
} Work;

static void
free_trend(void *trend)
{
    gh_trend_free(trend);
}

static void
free_scores(void *scores)
{
    gh_scores_free(scores);
}

static void
work_clear(Work *work)
{
    gh_definitions_clear(&work->definitions);
    g_clear_pointer(&work->trends, g_ptr_array_unref);
    g_clear_pointer(&work->scores, g_ptr_array_unref);
    g_clear_pointer(&work->panels, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static bool
work_load(GhStore *store, Work *work, GError **error)
{
    const GhCityPage *page = work->page;

    if (!gh_definitions_load(store, page, &work->definitions, error))
        return false;
    work->trends = g_ptr_array_new_with_free_func(free_trend);
    for (size_t k = 0; k < page->framework->n_data_points; k++) {
        GhTrend *trend = gh_trend_new(page, &work->definitions, k);
        g_ptr_array_add(work->trends, trend);
        work->n_trends += trend != NULL ? 1 : 0;
    }
    work->scores = g_ptr_array_new_with_free_func(free_scores);
    for (guint i = 0; i < page->history->len; i++) {
        GhScores *scores = gh_scores_new(page->framework);
        gh_scores_compute(page->framework, page->targets, g_ptr_array_index(page->history, i),
                          &(GhScoreOptions){0}, scores);
        g_ptr_array_add(work->scores, scores);
    }
    return gh_ranking_panels_load(store, page->city->id, &work->panels, error);
}

/* -- one figure -- */

static void
fill_values(const Work *work, const GhTrend *trend, GhView *row)
{
    const GhDataPoint *point = &work->page->framework->data_points[trend->data_point];

    for (guint i = 0; i < trend->figures->len; i++) {
        const GhFigure *figure = g_ptr_array_index(trend->figures, i);
        GhView *cell = gh_view_append(row, "cells");
        gh_view_printf(cell, "cell_year", "%d", figure->year);
        gh_view_flag(cell, "has_value", !isnan(figure->value));
        if (!isnan(figure->value))
            gh_view_take_text(cell, "value", gh_say_value(work->lang, point, figure->value));
    }
}

/* The share of the target at both ends. */
static void
fill_shares(const Work *work, const GhTrend *trend, GhView *row)
{
    const GhFramework *framework = work->page->framework;
    const GhTarget *target = &work->page->targets->targets[trend->data_point];
    const struct {
        const char *key;
        const GhFigure *figure;
    } ends[] = {{"from", trend->first}, {"to", trend->last}};

    gh_view_flag(row, "has_shares", target->rule != GH_RULE_NONE);
    for (size_t i = 0; i < G_N_ELEMENTS(ends) && target->rule != GH_RULE_NONE; i++) {
        double share = gh_score_share(target, ends[i].figure->value);
        GhView *end = gh_view_object(row, ends[i].key);
        gh_score_view_band(end, framework, work->lang, gh_score_band(framework, share));
        gh_view_take_text(end, "share", gh_say_score(framework, work->lang, share));
    }
}

static void
fill_chart(const Work *work, const GhTrend *trend, GhView *section)
{
    const GhCityPage *page = work->page;
    const char *id = page->framework->data_points[trend->data_point].id;
    g_autofree char *slug = gh_text_slug(id);
    g_autofree char *prefix = g_strconcat("trend-", slug, NULL);
    g_autofree char *query = g_strdup_printf("?point=%s&targets=%s", id, page->targets->id);
    g_autofree char *base = g_strdup_printf("/cities/%s/trend", page->city->slug);
    g_autofree char *label = gh_say_figure(page->framework, work->lang, trend->data_point);
    GhView *chart = gh_view_append(section, "charts");

    gh_view_text(chart, "label", label);
    gh_chart_view_one(chart, "drawing", prefix,
                      gh_trend_chart(page, work->lang, trend, GH_CHART_NARROW));
    gh_pages_formats(chart, work->lang, label, base, query, "svg|png|pdf");
}

static void
fill_row(const Work *work, const GhTrend *trend, GhMove move, GhView *section)
{
    const GhFramework *framework = work->page->framework;
    GhView *row = gh_view_append(section, "rows");

    gh_view_take_text(row, "label", gh_say_figure(framework, work->lang, trend->data_point));
    gh_view_take_text(row, "kpi_url", gh_city_page_indicator_url(work->page, trend->data_point));
    gh_view_text(row, "row_unit", gh_say_unit(framework, work->lang, trend->data_point));
    gh_view_take_text(row, "change", gh_trend_say_change(work->lang, trend));
    gh_view_take_text(row, "rate", gh_trend_say_rate(work->lang, trend));
    gh_view_text(row, "move", gh_trend_say_move(work->lang, move));
    gh_view_take_text(row, "outlook", gh_trend_say_outlook(framework, work->lang, trend));
    gh_view_flag(row, "break_year", false);
    if (trend->breaks->len > 0)
        gh_view_printf(row, "break_year", "%d",
                       g_array_index(trend->breaks, int, trend->breaks->len - 1));
    fill_values(work, trend, row);
    fill_shares(work, trend, row);
    fill_chart(work, trend, section);
}

/* -- how many moved where -- */

static void
fill_moves(const GhLang *lang, const size_t n_moves[GH_N_MOVES], GhView *view)
{
    for (GhMove move = 0; move < GH_N_MOVES; move++) {
        if (n_moves[move] == 0)
            continue;
        GhView *entry = gh_view_append(view, "moves");
        gh_view_text(entry, "word", gh_trend_say_move(lang, move));
        gh_view_printf(entry, "n", "%zu", n_moves[move]);
    }
}

static const char *
say_outlook_kind(const GhLang *lang, GhOutlookKind kind)
{
    switch (kind) {
    case GH_OUTLOOK_REACHED:
        return GH_T(lang, "target reached");
    case GH_OUTLOOK_IN_TIME:
        return GH_T(lang, "at this pace in time");
    case GH_OUTLOOK_LATE:
    case GH_OUTLOOK_VERY_LATE:
        return GH_T(lang, "at this pace too late");
    case GH_OUTLOOK_AWAY:
        return GH_T(lang, "moving away");
    case GH_OUTLOOK_STILL:
        return GH_T(lang, "not moving");
    case GH_OUTLOOK_NONE:
    case GH_N_OUTLOOKS:
        break;
    }
    return NULL;
}

/* Late and very late are one word, so they are one number. */
static void
fill_outlooks(const Work *work, GhView *view)
{
    size_t n_outlooks[GH_N_OUTLOOKS] = {0};

    for (guint i = 0; i < work->trends->len; i++) {
        const GhTrend *trend = g_ptr_array_index(work->trends, i);
        if (trend == NULL)
            continue;
        GhOutlookKind kind = trend->outlook.kind;
        n_outlooks[kind == GH_OUTLOOK_VERY_LATE ? GH_OUTLOOK_LATE : kind]++;
    }
    gh_view_printf(view, "goal_year", "%d", GH_TREND_GOAL_YEAR);
    for (GhOutlookKind kind = 0; kind < GH_N_OUTLOOKS; kind++) {
        const char *word = say_outlook_kind(work->lang, kind);
        if (word == NULL || n_outlooks[kind] == 0)
            continue;
        GhView *entry = gh_view_append(view, "outlooks");
        gh_view_text(entry, "word", word);
        gh_view_printf(entry, "n", "%zu", n_outlooks[kind]);
    }
}

/* -- categories -- */

static void
fill_section(const Work *work, const GhGroup *group, size_t n_moves[GH_N_MOVES], GhView *view)
{
    const GhFramework *framework = work->page->framework;
    size_t n_own[GH_N_MOVES] = {0};
    GhView *section = NULL;

    for (size_t k = 0; k < group->n_data_points; k++) {
        const GhTrend *trend = g_ptr_array_index(work->trends, group->data_points[k]);
        if (trend == NULL)
            continue;
        if (section == NULL)
            section = gh_view_append(view, "sections");
        GhMove move = gh_trend_move(work->page, work->lang, trend);
        n_own[move]++;
        n_moves[move]++;
        fill_row(work, trend, move, section);
    }
    if (section == NULL)
        return;
    gh_view_text(section, "name", gh_say_group(framework, work->lang, group->name));
    gh_view_text(section, "top", gh_say_group(framework, work->lang, group->top));
    gh_view_take_text(section, "anchor", gh_city_page_anchor(group));
    gh_view_flag(section, "is_open", work->n_trends <= OPEN_MAX);
    fill_moves(work->lang, n_own, section);
}

static void
fill_sections(const Work *work, GhView *view)
{
    const GhFramework *framework = work->page->framework;
    size_t n_moves[GH_N_MOVES] = {0};

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level + 1 == framework->n_levels)
            fill_section(work, &framework->groups[i], n_moves, view);
    }
    GhView *all = gh_view_object(view, "all");
    fill_moves(work->lang, n_moves, all);
    gh_view_printf(view, "n_all", "%zu", work->n_trends);
}

/* -- scores over the years -- */

static void
fill_score(const Work *work, size_t year, size_t group, GhView *row)
{
    const GhScores *scores = g_ptr_array_index(work->scores, year);
    const GhFigureSet *set = g_ptr_array_index(work->page->history, year);
    GhView *cell = gh_view_append(row, "cells");

    gh_score_view_group(cell, work->page->framework, work->lang, &scores->groups[group]);
    gh_view_printf(cell, "cell_year", "%d", set->year);
}

/* Whether two years or more have a score. */
static bool
has_score_trend(const Work *work, size_t group)
{
    size_t n = 0;

    for (guint i = 0; i < work->scores->len; i++) {
        const GhScores *scores = g_ptr_array_index(work->scores, i);
        n += scores->groups[group].has_score ? 1 : 0;
    }
    return n >= 2;
}

static void
fill_scores(const Work *work, GhView *view)
{
    const GhFramework *framework = work->page->framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        bool shown = group->level == 0 || group->level + 1 == framework->n_levels;
        if (!shown || !has_score_trend(work, i))
            continue;
        GhView *row = gh_view_append(view, "scores");
        gh_view_text(row, "group", gh_say_group(framework, work->lang, group->name));
        gh_view_text(row, "group_top",
                     group->level > 0 ? gh_say_group(framework, work->lang, group->top) : NULL);
        gh_view_flag(row, "is_top", group->level == 0);
        for (guint year = 0; year < work->scores->len; year++)
            fill_score(work, year, i, row);
    }
}

/* -- in rankings -- */

/* One year is no trend. */
static void
fill_panels(const Work *work, GhView *view)
{
    for (guint i = 0; i < work->panels->len; i++) {
        const GhRankingOverYears *entry = g_ptr_array_index(work->panels, i);
        g_auto(GhRankingSeries) series = {0};
        gh_ranking_series_init(&series, entry->ranking,
                               (const GhRankedYear *)(const void *)entry->years->data,
                               entry->years->len);
        if (series.n_scores < 2)
            continue;
        GhView *panel = gh_view_append(view, "panels");
        gh_view_printf(panel, "panel_url", "/rankings/%s/cities/%s", entry->ranking->slug,
                       work->page->city->slug);
        gh_ranking_series_view(&series, work->lang, panel);
        gh_view_flag(view, "has_panels", true);
    }
}

/* -- the bar, for all years -- */

static void
fill_years(const GhCityPage *page, GhView *view)
{
    for (guint i = 0; i < page->history->len; i++) {
        const GhFigureSet *set = g_ptr_array_index(page->history, i);
        gh_view_printf(gh_view_append(view, "years"), "year_of_column", "%d", set->year);
    }
}

/* "2019: 0 of 30 figures verified; 2020: ..." */
static void
fill_state(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    g_autoptr(GString) said = g_string_new(NULL);

    for (guint i = 0; i < page->history->len; i++) {
        const GhFigureSet *set = g_ptr_array_index(page->history, i);
        g_autofree char *year = g_strdup_printf("%d", set->year);
        g_autofree char *state = gh_say_set_verified(lang, set);
        if (state == NULL)
            continue;
        g_autofree char *one =
            gh_lang_fill(GH_T(lang, "{year}: {state}"), "year", year, "state", state, NULL);
        g_string_append_printf(said, "%s%s", said->len > 0 ? "; " : "", one);
    }
    gh_view_text(view, "state", said->str);
}

/* What the figures are, without a year: the page shows all of them, and of the address only the targets. */
static void
fill_bar(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    g_autofree char *base = g_strdup_printf("/cities/%s/trend", page->city->slug);
    g_autofree char *query = g_strdup_printf("?targets=%s", page->targets->id);

    gh_city_page_bar(page, lang, "/trend", view);
    gh_pages_downloads(view, lang, GH_T(lang, "Trends"), base, query, "csv|xlsx|json");
    gh_view_text(view, "year", "");
    fill_state(page, lang, view);
    gh_view_flag(view, "explained_url", false);
    gh_view_printf(view, "cite_path", "%s%s", base, query);
}

/* -- the page -- */

static bool
has_trend(GhRequest *request, const GhCityPage *page, bool *ret_has, GError **error)
{
    (void)request;
    (void)error;
    *ret_has = gh_city_page_has_trend(page);
    return true;
}

static const GhCityTab trend_tab = {.key = "trend",
                                    .label = GH_MARK("Trend"),
                                    .suffix = "/trend",
                                    .order = GH_CITY_TAB_TREND,
                                    .has_content = has_trend};

static bool
reply_without_trend(GhRequest *request, GhReply *reply, const GhCityPage *page, GError **error)
{
    g_autofree char *sentence =
        gh_lang_fill(GH_T(gh_request_lang(request),
                          "{city} has no figure with values of two years yet, so there "
                          "is no trend to show. Its page has all figures there are."),
                     "city", page->city->name, NULL);

    return gh_reply_not_found(request, reply, sentence, error);
}

/* GET /cities/{slug}/trend?targets= ; public. 404 as for the city's page, and where no data point has
 * values of two years. */
static bool
trend_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhCityPage) page = {0};
    g_auto(Work) work = {.page = &page, .lang = lang};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_city_page_has_trend(&page))
        return reply_without_trend(request, reply, &page, error);
    if (!work_load(gh_server_store(gh_request_server(request)), &work, error))
        return false;

    g_autoptr(GhView) view = gh_view_new();
    gh_city_page_breadcrumb(&page, lang, GH_T(lang, trend_tab.label), view);
    gh_view_text(view, "name", page.city->name);
    if (!gh_city_page_tabs(request, &page, trend_tab.key, view, error))
        return false;
    fill_bar(&page, lang, view);
    fill_years(&page, view);
    fill_sections(&work, view);
    fill_outlooks(&work, view);
    fill_scores(&work, view);
    fill_panels(&work, view);

    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{city} over the years"), "city", page.city->name, NULL);
    gh_view_text(view, "title", title);
    return gh_reply_page(request, reply, "trend", title, g_steal_pointer(&view), error);
}

void
gh_trends_pages_register(GhServer *server)
{
    static GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/cities/{slug}/trend",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = GH_CITY_PARAMS,
         .handler = trend_page},
    };

    gh_city_pages_add_tab(server, &trend_tab);
    routes[0].n_params = GH_N_CITY_PARAMS;
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
