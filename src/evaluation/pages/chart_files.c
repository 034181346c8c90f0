/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* chart_files.c - every chart as a file: SVG, PNG, PDF. */
#include <math.h>
#include <string.h>

#include "evaluation/charts/city_charts.h"
#include "evaluation/pages/compare_page.h"
#include "evaluation/pages/drawing_reply.h"
#include "evaluation/pages/indicator_page.h"
#include "evaluation/words/say.h"

enum {
    WIDTH_UNITS = 720,     /* of charts of rows; wheels have their own */
    SLOPE_PARAMS_MAX = 16, /* those of a comparison, and the width */
};

/* -- what all have in common -- */

/* A file leaves the site, so its links are whole addresses, or none. */
static const char *
link_base(const GhRequest *request)
{
    return gh_server_site_address(gh_request_server(request));
}

/* The chart is taken, and may be NULL; state as gh_city_sheet takes it. */
static GhDrawing *
make_sheet(GhDrawing *chart, const GhFramework *framework, const GhTargetSet *targets,
           const char *state)
{
    g_autofree char *title = chart != NULL ? g_strdup(gh_drawing_title(chart)) : NULL;

    return chart != NULL ? gh_city_sheet(chart, title, framework, targets, state) : NULL;
}

/* -- a city -- */

typedef GhDrawing *(*DrawCity)(const GhEvaluation *evaluation, const GhLang *lang,
                               const char *link_base);

static GhDrawing *
draw_wheel(const GhEvaluation *evaluation, const GhLang *lang, const char *base)
{
    return gh_city_wheel_sheet(evaluation, lang, base);
}

static GhDrawing *
draw_dimensions(const GhEvaluation *evaluation, const GhLang *lang, const char *base)
{
    g_autofree char *state = gh_say_set_verified(lang, evaluation->figures);

    return make_sheet(gh_city_range_bars(evaluation, lang, 0, base, WIDTH_UNITS),
                      evaluation->framework, evaluation->targets, state);
}

static GhDrawing *
draw_shares(const GhEvaluation *evaluation, const GhLang *lang, const char *base)
{
    g_autofree char *state = gh_say_set_verified(lang, evaluation->figures);

    return make_sheet(gh_city_share_bars(evaluation, lang, -1, base, WIDTH_UNITS),
                      evaluation->framework, evaluation->targets, state);
}

static bool
answer_city(GhRequest *request, GhReply *reply, const char *name, DrawCity draw, GError **error)
{
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    if (!gh_drawing_reply_check(request, reply, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    const GhEvaluation evaluation = gh_city_page_evaluation(&page);
    g_autofree char *file = gh_city_page_file_name(&page, name);
    return gh_drawing_reply_asked(request, reply,
                                  draw(&evaluation, gh_request_lang(request), link_base(request)),
                                  file, error);
}

/* GET /cities/{slug}/wheel.{format}?year=&targets=&width= ; public. With its legend. */
static bool
wheel_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)data;
    return answer_city(request, reply, "wheel", draw_wheel, error);
}

/* GET /cities/{slug}/dimensions.{format}?year=&targets=&width= ; public. Scores with their range. */
static bool
dimensions_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)data;
    return answer_city(request, reply, "dimensions", draw_dimensions, error);
}

/* GET /cities/{slug}/shares.{format}?year=&targets=&width= ; public. All scored data points. */
static bool
shares_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)data;
    return answer_city(request, reply, "shares", draw_shares, error);
}

/* -- an indicator -- */

/* The place of the data point among those of the indicator; the first where none was asked for, -1 for one
 * that is not its own. */
static gssize
find_point(const GhIndicatorPage *page, const char *asked)
{
    const GhKpi *kpi = &page->framework->kpis[page->kpi];
    if (asked == NULL)
        return 0;

    gssize point = gh_framework_find_data_point(page->framework, asked);
    gssize first = (gssize)kpi->first_data_point;
    return point >= first && point < first + (gssize)kpi->n_data_points ? point - first : -1;
}

static char *
say_cities_verified(const GhLang *lang, const GPtrArray *figures)
{
    g_autoptr(GPtrArray) series = g_ptr_array_new();

    for (guint i = 0; i < figures->len; i++) {
        GhCityFigure *city = g_ptr_array_index(figures, i);
        g_ptr_array_add(series, &city->figure);
    }
    return gh_say_series_verified(lang, series);
}

/* GET /indicators/{id}/plot.{format}?point=&targets=&city=&width= ; public. All cities; city: the one to
 * point out. 404 also for a data point of another indicator. */
static bool
plot_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhIndicatorPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_drawing_reply_check(request, reply, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_indicator_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    gssize index = find_point(&page, gh_request_param(request, "point"));
    if (index < 0)
        return gh_reply_not_found(request, reply,
                                  GH_T(lang, "This indicator has no such data point."), error);
    size_t point = page.framework->kpis[page.kpi].first_data_point + (size_t)index;
    const GPtrArray *figures = g_ptr_array_index(page.figures, (guint)index);
    GhDrawing *chart =
        gh_city_dot_plot(page.framework, page.targets, lang, point, figures,
                         gh_request_param(request, "city"), link_base(request), WIDTH_UNITS);
    g_autofree char *state = say_cities_verified(lang, figures);
    return gh_drawing_reply_asked(request, reply,
                                  make_sheet(chart, page.framework, page.targets, state),
                                  page.framework->data_points[point].id, error);
}

/* -- a comparison -- */

/* GET /compare/slope.{format}?city1=&year1=&city2=&year2=&targets=&width= ; public. The first two of
 * those named; 404 where the page would have a fault to tell. */
static bool
slope_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhComparePage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_drawing_reply_check(request, reply, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_compare_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_compare_page_is_complete(&page))
        return gh_compare_reply_incomplete(request, reply, error);

    const GhEvaluation *left = &page.evaluations[0], *right = &page.evaluations[1];
    g_autofree char *name =
        g_strdup_printf("compare-%s-%d-%s-%d", left->city->slug, left->figures->year,
                        right->city->slug, right->figures->year);
    GhDrawing *chart = gh_city_slope(left, right, lang, -1, link_base(request), WIDTH_UNITS);
    g_autofree char *state = gh_compare_say_verified(&page, lang, 2);
    return gh_drawing_reply_asked(
        request, reply, make_sheet(chart, page.framework, page.targets, state), name, error);
}

/* -- routes -- */

/* A comparison takes its own parameters and the width of the picture. */
static void
register_slope(GhServer *server)
{
    static GhParam params[SLOPE_PARAMS_MAX];
    static GhRoute route = {.method = GH_GET,
                            .path = "/compare/slope.{format}",
                            .role = GH_ROLE_PUBLIC,
                            .cache = GH_CACHE_PUBLIC,
                            .params = params,
                            .handler = slope_file};
    size_t n = 0;

    g_assert(GH_N_COMPARE_PARAMS < G_N_ELEMENTS(params));
    for (; n < GH_N_COMPARE_PARAMS; n++)
        params[n] = GH_COMPARE_PARAMS[n];
    params[n++] = (GhParam)GH_DRAWING_WIDTH_PARAM;
    route.n_params = n;
    gh_server_add_routes(server, &route, 1, NULL);
}

void
gh_chart_files_register(GhServer *server)
{
    static const GhParam city_params[] = {
        {.name = "year", .kind = GH_PARAM_YEAR},
        {.name = "targets", .kind = GH_PARAM_ID},
        GH_DRAWING_WIDTH_PARAM,
    };
    static const GhParam plot_params[] = {
        {.name = "point", .kind = GH_PARAM_ID},
        {.name = "targets", .kind = GH_PARAM_ID},
        {.name = "city", .kind = GH_PARAM_SLUG},
        GH_DRAWING_WIDTH_PARAM,
    };
    static GhRoute routes[] = {
        {.path = "/cities/{slug}/wheel.{format}",
         .params = city_params,
         .n_params = G_N_ELEMENTS(city_params),
         .handler = wheel_file},
        {.path = "/cities/{slug}/dimensions.{format}",
         .params = city_params,
         .n_params = G_N_ELEMENTS(city_params),
         .handler = dimensions_file},
        {.path = "/cities/{slug}/shares.{format}",
         .params = city_params,
         .n_params = G_N_ELEMENTS(city_params),
         .handler = shares_file},
        {.path = "/indicators/{id}/plot.{format}",
         .params = plot_params,
         .n_params = G_N_ELEMENTS(plot_params),
         .handler = plot_file},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
    register_slope(server);
}
