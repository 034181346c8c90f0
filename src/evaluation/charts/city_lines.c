/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_lines.c - one data point of a city over the years: word-sized, and with axes. */
#include "evaluation/charts/city_charts.h"

#include <math.h>
#include <string.h>

#include "evaluation/charts/city_parts.h"
#include "evaluation/words/say.h"

enum {
    VALUES_MIN = 2, /* one year is no trend */
    TICK_DECIMALS = 6,
};

typedef struct {
    const GhFramework *framework;
    const GhTarget *target;
    const GhLang *lang;
    size_t data_point;
    GhYearValue *values; /* owned */
    size_t n_values, n_present;
    GPtrArray *texts; /* owned */
    char *title, *description;
} Series;

static void
series_clear(Series *series)
{
    g_free(series->values);
    g_free(series->title);
    g_free(series->description);
    g_clear_pointer(&series->texts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Series, series_clear)

static void
add_value(Series *series, const GhFigure *figure)
{
    GhYearValue *value = &series->values[series->n_values++];
    char *text =
        isnan(figure->value)
            ? g_strdup(GH_T(series->lang, "no data"))
            : gh_say_value(series->lang, &series->framework->data_points[series->data_point],
                           figure->value);

    g_ptr_array_add(series->texts, text);
    *value = (GhYearValue){.year = figure->year, .y = figure->value, .value = text};
    (void)gh_city_value_shown(series->framework, series->target, figure->value,
                              &value->step); /* without a band the step is 0, which says so */
    series->n_present += isnan(figure->value) ? 0 : 1;
}

/* "Household Internet access, 2015 to 2022": the years that have a value. */
static char *
make_title(const Series *series)
{
    const GhYearValue *first = NULL, *last = NULL;

    for (size_t i = 0; i < series->n_values; i++) {
        if (isnan(series->values[i].y))
            continue;
        if (first == NULL)
            first = &series->values[i];
        last = &series->values[i];
    }
    if (first == NULL)
        return g_strdup("");
    g_autofree char *from = g_strdup_printf("%d", first->year);
    g_autofree char *to = g_strdup_printf("%d", last->year);
    g_autofree char *figure = gh_say_figure(series->framework, series->lang, series->data_point);
    return gh_lang_fill(GH_T(series->lang, "{figure}, {from} to {to}"), "figure", figure, "from",
                        from, "to", to, NULL);
}

/* Whether a year between the first and the last value has none. */
static bool
has_gap(const Series *series)
{
    int year = 0;

    for (size_t i = 0; i < series->n_values; i++) {
        const GhYearValue *value = &series->values[i];
        if (isnan(value->y))
            continue;
        if (year != 0 && value->year > year + 1)
            return true;
        year = value->year;
    }
    return false;
}

/* "41.5 in 2015; no data in 2016; 97 in 2017" */
static char *
describe(const Series *series)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < series->n_values; i++) {
        g_autofree char *year = g_strdup_printf("%d", series->values[i].year);
        g_autofree char *part = gh_lang_fill(GH_T(series->lang, "{value} in {year}"), "value",
                                             series->values[i].value, "year", year, NULL);
        gh_city_append(text, part);
    }
    if (has_gap(series))
        gh_city_append(text, GH_T(series->lang, "dashed: over years without a value"));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static Series
make_series(const GhFramework *framework, const GhTargetSet *targets, const GhLang *lang,
            size_t data_point, const GPtrArray *figures)
{
    Series series = {
        .framework = framework,
        .target = &targets->targets[data_point],
        .lang = lang,
        .data_point = data_point,
        .values = g_new0(GhYearValue, MAX(figures->len, 1)),
        .texts = g_ptr_array_new_with_free_func(g_free),
    };

    for (guint i = 0; i < figures->len; i++)
        add_value(&series, g_ptr_array_index(figures, i));
    series.title = make_title(&series);
    series.description = describe(&series);
    return series;
}

GhDrawing *
gh_city_spark_line(const GhFramework *framework, const GhTargetSet *targets, const GhLang *lang,
                   size_t data_point, const GPtrArray *figures)
{
    g_auto(Series) series = make_series(framework, targets, lang, data_point, figures);

    if (series.n_present < VALUES_MIN)
        return NULL;
    return gh_chart_spark_line(&(GhSparkLine){
        .lang = lang,
        .title = series.title,
        .description = series.description,
        .values = series.values,
        .n_values = series.n_values,
    });
}

static char *
write_tick(const GhLang *lang, double value, void *data)
{
    (void)data;
    return gh_lang_number(lang, value, TICK_DECIMALS);
}

/* Between yes and no there is nothing to write. */
static char *
write_answer(const GhLang *lang, double value, void *data)
{
    const GhDataPoint *const *point = data;

    return value == 0 || value == 1 ? gh_say_value(lang, *point, value) : g_strdup("");
}

/* What lies ahead, as the chart wants it: one value each, in the year looked ahead to. */
typedef struct {
    GhYearValue projection, path;
    char *projection_label, *path_label; /* owned */
} Ahead;

static void
ahead_clear(Ahead *ahead)
{
    g_free(ahead->projection_label);
    g_free(ahead->path_label);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ahead, ahead_clear)

/* No share lies beyond 100 %, wherever a line leads. */
static double
within(const GhDataPoint *point, double value)
{
    return isnan(value) ? value : CLAMP(value, point->min, point->max);
}

static Ahead
look_ahead(const Series *series, const GhCityAhead *asked)
{
    const GhDataPoint *point = &series->framework->data_points[series->data_point];
    g_autofree char *year = g_strdup_printf("%d", asked->year);

    return (Ahead){
        .projection = {.year = asked->year, .y = within(point, asked->projected), .value = ""},
        .path = {.year = asked->year, .y = series->target->target, .value = ""},
        .projection_label = g_strdup(GH_T(series->lang, "at this pace")),
        .path_label =
            gh_lang_fill(GH_T(series->lang, "needed for the target by {year}"), "year", year, NULL),
    };
}

GhDrawing *
gh_city_trend_line_ahead(const GhFramework *framework, const GhTargetSet *targets,
                         const GhLang *lang, size_t data_point, const GPtrArray *figures,
                         const GhCityAhead *ahead, double width)
{
    const GhDataPoint *point = &framework->data_points[data_point];
    g_auto(Series) series = make_series(framework, targets, lang, data_point, figures);
    g_auto(Ahead) view = look_ahead(&series, ahead);
    g_autofree char *axis = gh_city_axis(framework, lang, data_point);
    g_autofree char *target_label =
        gh_city_target_label(framework, lang, data_point, series.target);
    bool yes_no = strcmp(point->unit, GH_CITY_YES_NO) == 0;
    bool has_target = gh_city_has_target_line(series.target);

    if (series.n_present < VALUES_MIN)
        return NULL;
    return gh_chart_trend_line(&(GhTrendLine){
        .lang = lang,
        .title = series.title,
        .description = series.description,
        .axis = axis,
        .min = yes_no ? 0 : point->min,
        .max = yes_no ? 1 : point->max,
        .target = has_target ? series.target->target : NAN,
        .target_label = target_label,
        .values = series.values,
        .n_values = series.n_values,
        .breaks = ahead->breaks,
        .n_breaks = ahead->n_breaks,
        .break_label = GH_T(lang, "definition changed"),
        .projection = &view.projection,
        .n_projection = ahead->year > 0 && !isnan(ahead->projected) ? 1 : 0,
        .projection_low = within(point, ahead->low),
        .projection_high = within(point, ahead->high),
        .path = &view.path,
        .n_path = ahead->year > 0 && ahead->shows_needed && has_target ? 1 : 0,
        .projection_label = view.projection_label,
        .path_label = view.path_label,
        .write_number = yes_no ? write_answer : write_tick,
        .write_data = &point,
        .width = width,
    });
}

GhDrawing *
gh_city_trend_line(const GhFramework *framework, const GhTargetSet *targets, const GhLang *lang,
                   size_t data_point, const GPtrArray *figures, double width)
{
    const GhCityAhead nothing = {.projected = NAN, .low = NAN, .high = NAN};

    return gh_city_trend_line_ahead(framework, targets, lang, data_point, figures, &nothing, width);
}
