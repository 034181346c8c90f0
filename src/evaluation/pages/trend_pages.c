/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_pages.c - a city's figures over the years. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "evaluation/pages/chart_view.h"
#include "evaluation/pages/pages.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/words/say.h"

/* A data point over the years: its first and last value. */
typedef struct {
    size_t data_point;
    const GhFigure *first, *last;
    bool has_shares;                /* both have a share of the target */
    double first_share, last_share; /* valid with has_shares */
} Trend;

static Trend
make_trend(const GhCityPage *page, size_t data_point, const GPtrArray *series)
{
    const GhTarget *target = &page->targets->targets[data_point];
    Trend trend = {.data_point = data_point, .has_shares = target->rule != GH_RULE_NONE};

    for (guint i = 0; i < series->len; i++) {
        const GhFigure *figure = g_ptr_array_index(series, i);
        if (isnan(figure->value))
            continue;
        trend.first = trend.first != NULL ? trend.first : figure;
        trend.last = figure;
    }
    g_assert(trend.first != NULL && trend.last != NULL); /* a series has values of two years */
    if (trend.has_shares) {
        trend.first_share = gh_score_share(target, trend.first->value);
        trend.last_share = gh_score_share(target, trend.last->value);
    }
    return trend;
}

typedef enum {
    NEARER,
    FARTHER,
    SAME,
    NOT_JUDGED, /* no target */
    N_MOVES,
} Move;

static Move
judge(const GhFramework *framework, const GhLang *lang, const Trend *trend)
{
    if (!trend->has_shares)
        return NOT_JUDGED;

    /* What is shown decides: 33.9 and 34.1 both read 34. */
    g_autofree char *first = gh_say_score(framework, lang, trend->first_share);
    g_autofree char *last = gh_say_score(framework, lang, trend->last_share);
    if (strcmp(first, last) == 0)
        return SAME;
    return trend->last_share > trend->first_share ? NEARER : FARTHER;
}

static const char *
say_move(const GhLang *lang, Move move)
{
    switch (move) {
    case NEARER:
        return GH_T(lang, "nearer to the target");
    case FARTHER:
        return GH_T(lang, "farther from the target");
    case SAME:
        return GH_T(lang, "as near to the target as before");
    case NOT_JUDGED:
        return GH_T(lang, "no target");
    case N_MOVES:
        break;
    }
    g_assert_not_reached();
}

/* -- numbers -- */

static unsigned
count_decimals(double value)
{
    enum {
        DECIMALS_MAX = 6
    };
    char text[GH_NUMBER_TEXT_SIZE];
    const char *point = strchr(gh_number_format(value, text), '.');

    return point != NULL ? (unsigned)MIN(strlen(point + 1), (size_t)DECIMALS_MAX) : 0;
}

/* "+6.3", with as many digits as the values have; "" for yes and no, which have no difference. */
static char *
say_change(const GhFramework *framework, const GhLang *lang, const Trend *trend)
{
    g_assert(trend->first != NULL && trend->last != NULL);
    double change = trend->last->value - trend->first->value;
    unsigned decimals =
        MAX(count_decimals(trend->first->value), count_decimals(trend->last->value));

    if (strcmp(framework->data_points[trend->data_point].unit, "yes/no") == 0)
        return g_strdup("");
    g_autofree char *number = gh_lang_number(lang, change, decimals);
    return g_strconcat(change > 0 ? "+" : "", number, NULL);
}

/* -- the view -- */

static void
fill_values(const GhCityPage *page, const GhLang *lang, size_t data_point, const GPtrArray *series,
            GhView *row)
{
    const GhDataPoint *point = &page->framework->data_points[data_point];

    for (guint i = 0; i < series->len; i++) {
        const GhFigure *figure = g_ptr_array_index(series, i);
        GhView *cell = gh_view_append(row, "cells");
        gh_view_printf(cell, "cell_year", "%d", figure->year);
        gh_view_flag(cell, "has_value", !isnan(figure->value));
        if (!isnan(figure->value))
            gh_view_take_text(cell, "value", gh_say_value(lang, point, figure->value));
    }
}

static void
fill_shares(const GhCityPage *page, const GhLang *lang, const Trend *trend, GhView *row)
{
    const GhFramework *framework = page->framework;
    const struct {
        const char *key;
        double share;
    } ends[] = {{"from", trend->first_share}, {"to", trend->last_share}};

    gh_view_flag(row, "has_shares", trend->has_shares);
    for (size_t i = 0; i < G_N_ELEMENTS(ends) && trend->has_shares; i++) {
        GhView *end = gh_view_object(row, ends[i].key);
        gh_score_view_band(end, framework, lang, gh_score_band(framework, ends[i].share));
        gh_view_take_text(end, "share", gh_say_score(framework, lang, ends[i].share));
    }
}

static void
fill_chart(const GhCityPage *page, const GhLang *lang, size_t data_point, const GPtrArray *series,
           GhView *section)
{
    const char *id = page->framework->data_points[data_point].id;
    g_autofree char *slug = gh_text_slug(id);
    g_autofree char *prefix = g_strconcat("trend-", slug, NULL);
    g_autofree char *query = g_strdup_printf("?point=%s&targets=%s", id, page->targets->id);
    g_autofree char *base = g_strdup_printf("/cities/%s/trend", page->city->slug);
    g_autofree char *label = gh_say_figure(page->framework, lang, data_point);
    GhView *chart = gh_view_append(section, "charts");

    gh_view_text(chart, "label", label);
    gh_chart_view_one(chart, "drawing", prefix,
                      gh_city_trend_line(page->framework, page->targets, lang, data_point, series,
                                         GH_CHART_NARROW));
    gh_pages_formats(chart, lang, label, base, query, "svg|png|pdf");
}

static void
fill_row(const GhCityPage *page, const GhLang *lang, const Trend *trend, const GPtrArray *series,
         GhView *section)
{
    const GhFramework *framework = page->framework;
    GhView *row = gh_view_append(section, "rows");

    gh_view_take_text(row, "label", gh_say_figure(framework, lang, trend->data_point));
    gh_view_take_text(row, "kpi_url", gh_city_page_indicator_url(page, trend->data_point));
    gh_view_text(row, "row_unit", gh_say_unit(framework, lang, trend->data_point));
    gh_view_take_text(row, "change", say_change(framework, lang, trend));
    gh_view_text(row, "move", say_move(lang, judge(framework, lang, trend)));
    fill_values(page, lang, trend->data_point, series, row);
    fill_shares(page, lang, trend, row);
    fill_chart(page, lang, trend->data_point, series, section);
}

/* The lowest groups with what has a trend in them; n_moves counts how they moved. */
static void
fill_sections(const GhCityPage *page, const GhLang *lang, size_t n_moves[N_MOVES], GhView *view)
{
    const GhFramework *framework = page->framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        GhView *section = NULL;
        for (size_t k = 0; k < group->n_data_points && group->level + 1 == framework->n_levels;
             k++) {
            g_autoptr(GPtrArray) series = gh_city_page_series(page, group->data_points[k]);
            if (series == NULL)
                continue;
            if (section == NULL) {
                section = gh_view_append(view, "sections");
                gh_view_text(section, "name", gh_say_group(framework, lang, group->name));
                gh_view_text(section, "top", gh_say_group(framework, lang, group->top));
                gh_view_take_text(section, "anchor", gh_city_page_anchor(group));
            }
            Trend trend = make_trend(page, group->data_points[k], series);
            n_moves[judge(framework, lang, &trend)]++;
            fill_row(page, lang, &trend, series, section);
        }
    }
}

/* "nearer to the target: 12" and so on. */
static void
fill_moves(const GhLang *lang, const size_t n_moves[N_MOVES], GhView *view)
{
    size_t n_all = 0;

    for (Move move = 0; move < N_MOVES; move++) {
        n_all += n_moves[move];
        if (n_moves[move] == 0)
            continue;
        GhView *entry = gh_view_append(view, "moves");
        gh_view_text(entry, "word", say_move(lang, move));
        gh_view_printf(entry, "n", "%zu", n_moves[move]);
    }
    gh_view_printf(view, "n_all", "%zu", n_all);
}

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

/* What the figures are, without a year: the page shows all of them. */
static void
fill_bar(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    gh_city_page_bar(page, lang, "/trend", view);
    gh_view_text(view, "year", "");
    fill_state(page, lang, view);
    gh_view_flag(view, "explained_url", false);
}

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
    bool answered = false;
    size_t n_moves[N_MOVES] = {0};

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_city_page_has_trend(&page))
        return reply_without_trend(request, reply, &page, error);

    g_autoptr(GhView) view = gh_view_new();
    gh_city_page_breadcrumb(&page, lang, GH_T(lang, trend_tab.label), view);
    gh_view_text(view, "name", page.city->name);
    if (!gh_city_page_tabs(request, &page, trend_tab.key, view, error))
        return false;
    fill_bar(&page, lang, view);
    /* All years: of the bar's address only the targets. */
    gh_view_printf(view, "cite_path", "/cities/%s/trend?targets=%s", page.city->slug,
                   page.targets->id);
    fill_years(&page, view);
    fill_sections(&page, lang, n_moves, view);
    fill_moves(lang, n_moves, view);

    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{city} over the years"), "city", page.city->name, NULL);
    gh_view_text(view, "title", title);
    return gh_reply_page(request, reply, "trend", title, g_steal_pointer(&view), error);
}

void
gh_trend_pages_register(GhServer *server)
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
