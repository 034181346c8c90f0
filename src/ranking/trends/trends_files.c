/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_files.c - trends of a city as files: a table of all, and the chart of a data point. */
#include <math.h>

#include "ranking/trends/trends.h"
#include "ranking/trends/years.h"

enum {
    WIDTH_UNITS = 720,
    PLACE_COLUMNS = 6,
};

/* -- the table -- */

static const GhColumn COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},
    {"data_point_id", GH_COLUMN_TEXT},
    {"label", GH_COLUMN_TEXT},
    {"unit", GH_COLUMN_TEXT},
    {"first_year", GH_COLUMN_NUMBER},
    {"first_value", GH_COLUMN_NUMBER},
    {"last_year", GH_COLUMN_NUMBER},
    {"last_value", GH_COLUMN_NUMBER},
    {"definition_changed", GH_COLUMN_NUMBER}, /* the last year in which it did */
    {"values_since", GH_COLUMN_NUMBER},       /* since then; those that what follows is made from */
    {"slope_a_year", GH_COLUMN_NUMBER},
    {"percent_a_year", GH_COLUMN_NUMBER},
    {"cagr_percent", GH_COLUMN_NUMBER},
    {"target", GH_COLUMN_NUMBER},
    {"needed_a_year", GH_COLUMN_NUMBER},
    {"outlook", GH_COLUMN_TEXT},
    {"reached_in", GH_COLUMN_NUMBER},
    {"projected_2030", GH_COLUMN_NUMBER},
    {"low_2030", GH_COLUMN_NUMBER},
    {"high_2030", GH_COLUMN_NUMBER},
    /* of a ranking's scores, whose rows have no data point; places with nine of ten replications */
    {"ranking", GH_COLUMN_TEXT},
    {"first_place", GH_COLUMN_NUMBER},
    {"first_place_q5", GH_COLUMN_NUMBER},
    {"first_place_q95", GH_COLUMN_NUMBER},
    {"last_place", GH_COLUMN_NUMBER},
    {"last_place_q5", GH_COLUMN_NUMBER},
    {"last_place_q95", GH_COLUMN_NUMBER},
};

static const char *const OUTLOOKS[GH_N_OUTLOOKS] = {
    [GH_OUTLOOK_NONE] = NULL,
    [GH_OUTLOOK_REACHED] = "reached",
    [GH_OUTLOOK_IN_TIME] = "in_time",
    [GH_OUTLOOK_LATE] = "late",
    [GH_OUTLOOK_VERY_LATE] = "very_late",
    [GH_OUTLOOK_AWAY] = "away",
    [GH_OUTLOOK_STILL] = "still",
};

static void
write_year(GhTable *table, int year)
{
    if (year > 0)
        gh_table_int(table, year);
    else
        gh_table_absent(table);
}

static void
write_ahead(const GhTrend *trend, GhTable *table)
{
    GhProjection projection = {NAN, NAN, NAN};

    if (trend->has_fit)
        projection = gh_trend_project(&trend->fit, GH_TREND_GOAL_YEAR);
    gh_table_number_if_present(table, trend->goal.value);
    gh_table_number_if_present(table, trend->outlook.needed);
    gh_table_text(table, OUTLOOKS[trend->outlook.kind]);
    write_year(table, trend->outlook.reach_year);
    gh_table_number_if_present(table, projection.value);
    gh_table_number_if_present(table, projection.low);
    gh_table_number_if_present(table, projection.high);
}

static void
write_trend(const GhCityPage *page, const GhTrend *trend, GhTable *table)
{
    const GhDataPoint *point = &page->framework->data_points[trend->data_point];
    guint n_breaks = trend->breaks->len;

    gh_table_text(table, page->city->slug);
    gh_table_text(table, point->id);
    gh_table_text(table, point->label);
    gh_table_text(table, point->unit);
    gh_table_int(table, trend->first->year);
    gh_table_number(table, trend->first->value);
    gh_table_int(table, trend->last->year);
    gh_table_number(table, trend->last->value);
    write_year(table, n_breaks > 0 ? g_array_index(trend->breaks, int, n_breaks - 1) : 0);
    gh_table_int(table, (int64_t)trend->n_values);
    gh_table_number_if_present(table, trend->has_fit ? trend->fit.slope : (double)NAN);
    gh_table_number_if_present(table, trend->percent_a_year);
    gh_table_number_if_present(table, 100 * trend->cagr);
    write_ahead(trend, table);
    gh_table_text(table, NULL); /* no ranking, and no places */
    for (size_t i = 0; i < PLACE_COLUMNS; i++)
        gh_table_absent(table);
}

static void
write_place(const GhRankedYear *year, GhTable *table)
{
    gh_table_number_if_present(table, year->place > 0 ? (double)year->place : (double)NAN);
    gh_table_number_if_present(table, year->q5);
    gh_table_number_if_present(table, year->q95);
}

static void
write_series(const GhCityPage *page, const GhRankingSeries *series, GhTable *table)
{
    guint n_breaks = series->breaks->len;
    GhProjection projection = {NAN, NAN, NAN};

    if (gh_ranking_series_projects(series))
        projection = gh_trend_project(&series->fit, GH_TREND_GOAL_YEAR);
    gh_table_text(table, page->city->slug);
    gh_table_text(table, NULL);
    gh_table_text(table, series->ranking->title);
    gh_table_text(table, NULL);
    gh_table_int(table, series->first->year);
    gh_table_number(table, series->first->score);
    gh_table_int(table, series->last->year);
    gh_table_number(table, series->last->score);
    write_year(table, n_breaks > 0 ? g_array_index(series->breaks, int, n_breaks - 1) : 0);
    gh_table_int(table, (int64_t)series->n_since);
    gh_table_number_if_present(table, series->has_fit ? series->fit.slope : (double)NAN);
    gh_table_number_if_present(table, series->percent_a_year);
    gh_table_number_if_present(table, 100 * series->cagr);
    gh_table_absent(table); /* a score has no target, so needs nothing and reaches nothing */
    gh_table_absent(table);
    gh_table_text(table, NULL);
    gh_table_absent(table);
    gh_table_number_if_present(table, projection.value);
    gh_table_number_if_present(table, projection.low);
    gh_table_number_if_present(table, projection.high);
    gh_table_text(table, series->ranking->slug);
    write_place(series->first, table);
    write_place(series->last, table);
}

typedef struct {
    const GhCityPage *page;
    const GhDefinitions *definitions;
} Source;

static bool
write_panels(GhDb *db, const GhCityPage *page, GhTable *table, GError **error)
{
    g_autoptr(GPtrArray) panels = gh_ranking_over_years(db, page->city->id, error);

    for (guint i = 0; panels != NULL && i < panels->len; i++) {
        const GhRankingOverYears *entry = g_ptr_array_index(panels, i);
        g_auto(GhRankingSeries) series = {0};
        gh_ranking_series_init(&series, entry->ranking,
                               (const GhRankedYear *)(const void *)entry->years->data,
                               entry->years->len);
        if (series.n_scores < 2)
            continue;
        write_series(page, &series, table);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return panels != NULL;
}

static bool
write_trends(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const Source *source = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "trends", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (size_t k = 0; k < source->page->framework->n_data_points; k++) {
        g_autoptr(GhTrend) trend = gh_trend_new(source->page, source->definitions, k);
        if (trend == NULL)
            continue;
        write_trend(source->page, trend, table);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return write_panels(db, source->page, table, error) && gh_table_close(table, error);
}

/* -- the chart -- */

/* Title and file name say which city: the chart itself leaves that to the page. */
static bool
answer_chart(GhRequest *request, GhReply *reply, const GhCityPage *page,
             const GhDefinitions *definitions, size_t point, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_autoptr(GhTrend) trend = gh_trend_new(page, definitions, point);
    if (trend == NULL)
        return gh_drawing_reply_asked(request, reply, NULL, "", error);

    GhDrawing *chart = gh_trend_chart(page, lang, trend, WIDTH_UNITS);
    g_autofree char *title = gh_lang_fill(GH_T(lang, "{city}: {chart}"), "city", page->city->name,
                                          "chart", gh_drawing_title(chart), NULL);
    g_autofree char *name =
        g_strdup_printf("%s-trend-%s", page->city->slug, page->framework->data_points[point].id);
    g_autofree char *state = gh_say_series_verified(lang, trend->figures);
    return gh_drawing_reply_asked(
        request, reply, gh_city_sheet(chart, title, page->framework, page->targets, state), name,
        error);
}

static bool
answer_no_point(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "A trend needs a data point that is here. Its name stands on "
                                   "the page of the indicator and in every file of figures."),
                              error);
}

/* GET /cities/{slug}/trend.{format}?point=&targets=&width= ; public. A table has all trends, a chart that of
 * point; 404 also for an unknown one. */
static bool
trend_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const char *asked = gh_request_param(request, "point");
    const char *format = gh_request_param(request, "format");
    GhTableFormat table_format = GH_TABLE_CSV;
    bool is_table = gh_table_format_from_text(format, &table_format), answered = false;
    g_auto(GhCityPage) page = {0};
    g_auto(GhDefinitions) definitions = {0};

    (void)data;
    if (!is_table && !gh_drawing_reply_check(request, reply, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_definitions_load(gh_server_store(gh_request_server(request)), &page, &definitions,
                             error))
        return false;
    if (is_table) {
        Source source = {.page = &page, .definitions = &definitions};
        g_autofree char *name = g_strdup_printf("%s-trends", page.city->slug);
        return gh_pages_reply_table(request, reply, name, write_trends, &source, error);
    }
    gssize point = asked != NULL ? gh_framework_find_data_point(page.framework, asked) : -1;
    if (point < 0)
        return answer_no_point(request, reply, error);
    return answer_chart(request, reply, &page, &definitions, (size_t)point, error);
}

void
gh_trends_files_register(GhServer *server)
{
    static const GhParam params[] = {
        {.name = "point", .kind = GH_PARAM_ID},
        {.name = "targets", .kind = GH_PARAM_ID},
        GH_DRAWING_WIDTH_PARAM,
    };
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/cities/{slug}/trend.{format}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = trend_file},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
