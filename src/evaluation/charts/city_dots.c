/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_dots.c - one data point of all cities: dots on a common axis; of yes and no, how many each. */
#include "evaluation/charts/city_charts.h"

#include <math.h>
#include <string.h>

#include "evaluation/charts/city_parts.h"
#include "evaluation/words/say.h"

enum {
    VALUES_MIN = 2, /* a single dot says nothing */
    TICK_DECIMALS = 6,
};

typedef struct {
    const GhFramework *framework;
    const GhTarget *target;
    const GhLang *lang;
    size_t data_point;
    GPtrArray *values; /* of GhCityFigure, borrowed: those with a value, largest first */
    const char *highlighted, *link_base;
    double width;
    GPtrArray *memory; /* owned blocks */
} Building;

static void *
keep(const Building *building, void *block)
{
    g_ptr_array_add(building->memory, block);
    return block;
}

static const GhCityFigure *
nth(const Building *building, size_t index)
{
    return g_ptr_array_index(building->values, index);
}

static const GhDataPoint *
point_of(const Building *building)
{
    return &building->framework->data_points[building->data_point];
}

static int
compare_values(const void *a, const void *b)
{
    double left = (*(GhCityFigure *const *)a)->figure.value;
    double right = (*(GhCityFigure *const *)b)->figure.value;

    return left < right ? 1 : left > right ? -1 : 0;
}

static GPtrArray *
with_values(const GPtrArray *figures)
{
    GPtrArray *values = g_ptr_array_new();

    for (guint i = 0; i < figures->len; i++) {
        GhCityFigure *city = g_ptr_array_index(figures, i);
        if (!isnan(city->figure.value))
            g_ptr_array_add(values, city);
    }
    g_ptr_array_sort(values, compare_values);
    return values;
}

static char *
make_title(const Building *building)
{
    g_autofree char *n = g_strdup_printf("%u", building->values->len);
    g_autofree char *name =
        gh_say_figure(building->framework, building->lang, building->data_point);

    return gh_lang_fill(gh_lang_plural(building->lang, "{label}: {n} city", "{label}: {n} cities",
                                       building->values->len),
                        "label", name, "n", n, NULL);
}

static bool
is_highlighted(const Building *building, const GhCityFigure *city)
{
    return g_strcmp0(city->slug, building->highlighted) == 0;
}

/* -- the middle of many -- */

/* The value below which a share of all lies, between two of them in proportion: type 7 of Hyndman and
 * Fan 1996, "Sample Quantiles in Statistical Packages", as spreadsheets have it. */
static double
quantile(const Building *building, double share)
{
    size_t n = building->values->len;
    double at = (1 - share) * (double)(n - 1); /* largest first */
    size_t below = (size_t)floor(at);
    double first = nth(building, below)->figure.value;
    double second = nth(building, MIN(below + 1, n - 1))->figure.value;

    return first + (at - floor(at)) * (second - first);
}

/* With three digits of what lies between smallest and largest: a quantile is no measured value. */
static char *
write_quantile(const Building *building, double value)
{
    double span =
        nth(building, 0)->figure.value - nth(building, building->values->len - 1)->figure.value;
    double decimals = span > 0 ? 2 - floor(log10(span)) : TICK_DECIMALS;

    return gh_lang_number(building->lang, value, (unsigned)CLAMP(decimals, 0, TICK_DECIMALS));
}

static char *
make_middle_label(const Building *building)
{
    g_autofree char *median = write_quantile(building, quantile(building, 0.5));
    g_autofree char *lower = write_quantile(building, quantile(building, 0.25));
    g_autofree char *upper = write_quantile(building, quantile(building, 0.75));

    return gh_lang_fill(
        GH_T(building->lang, "median {median}, middle half of the cities {lower} to {upper}"),
        "median", median, "lower", lower, "upper", upper, NULL);
}

/* -- dots -- */

/* Years are named where they are not all the same. */
static char *
label_of(const Building *building, const GhCityFigure *city)
{
    g_autofree char *year = g_strdup_printf("%d", city->figure.year);

    for (guint i = 0; i < building->values->len; i++) {
        if (nth(building, i)->figure.year != city->figure.year)
            return gh_lang_fill(GH_T(building->lang, "{city} {year}"), "city", city->name, "year",
                                year, NULL);
    }
    return g_strdup(city->name);
}

static GhDot
make_dot(const Building *building, const GhCityFigure *city)
{
    GhDot dot = {
        .label = city->name,
        .value =
            keep(building, gh_say_value(building->lang, point_of(building), city->figure.value)),
        .x = city->figure.value,
        .highlighted = is_highlighted(building, city),
    };

    if (building->link_base != NULL)
        dot.link = keep(building, g_strdup_printf("%s/cities/%s?year=%d", building->link_base,
                                                  city->slug, city->figure.year));
    dot.shown =
        gh_city_value_shown(building->framework, building->target, city->figure.value, &dot.step);
    return dot;
}

/* Of a crowd only the highlighted dot is named; the others need no texts. */
static GhDot *
make_dots(const Building *building)
{
    size_t n = building->values->len;
    bool rows = n <= GH_DOT_PLOT_ROWS_MAX;
    GhDot *dots = g_new0(GhDot, n);

    for (size_t i = 0; i < n; i++) {
        const GhCityFigure *city = nth(building, i);
        if (!rows && !is_highlighted(building, city)) {
            dots[i] = (GhDot){.label = "", .value = "", .x = city->figure.value};
            continue;
        }
        dots[i] = make_dot(building, city);
        dots[i].label = keep(building, label_of(building, city));
    }
    return dots;
}

/* "From 3 % (Lower Valley) to 97 % (Fictional Town); median ..." */
static char *
describe_dots(const Building *building, const char *middle)
{
    const GhCityFigure *largest = nth(building, 0);
    const GhCityFigure *smallest = nth(building, building->values->len - 1);
    g_autofree char *high = gh_say_value_unit(building->framework, building->lang,
                                              building->data_point, largest->figure.value);
    g_autofree char *low = gh_say_value_unit(building->framework, building->lang,
                                             building->data_point, smallest->figure.value);

    return gh_lang_fill(
        GH_T(building->lang, "From {low} in {low_city} to {high} in {high_city}; {middle}."), "low",
        low, "low_city", smallest->name, "high", high, "high_city", largest->name, "middle", middle,
        NULL);
}

static char *
write_tick(const GhLang *lang, double value, void *data)
{
    (void)data;
    return gh_lang_number(lang, value, TICK_DECIMALS);
}

static GhDrawing *
draw_dots(const Building *building)
{
    const GhDataPoint *point = point_of(building);
    const GhTarget *target = building->target;
    g_autofree GhDot *dots = make_dots(building);
    g_autofree char *title = make_title(building);
    g_autofree char *middle = make_middle_label(building);
    g_autofree char *description = describe_dots(building, middle);
    g_autofree char *axis = gh_city_axis(building->framework, building->lang, building->data_point);
    g_autofree char *target_label =
        gh_city_target_label(building->framework, building->lang, building->data_point, target);

    return gh_chart_dot_plot(&(GhDotPlot){
        .lang = building->lang,
        .title = title,
        .description = description,
        .axis = axis,
        .min = point->min,
        .max = point->max,
        .target = gh_city_has_target_line(target) ? target->target : NAN,
        .target_label = target_label,
        .dots = dots,
        .n_dots = building->values->len,
        .lower_quartile = quantile(building, 0.25),
        .median = quantile(building, 0.5),
        .upper_quartile = quantile(building, 0.75),
        .middle_label = middle,
        .write_number = write_tick,
        .width = building->width,
    });
}

/* -- yes and no -- */

static GhShareBar
make_answer(const Building *building, double answer)
{
    size_t n = 0, n_values = building->values->len;
    const GhCityFigure *highlighted = NULL;

    for (size_t i = 0; i < n_values; i++) {
        const GhCityFigure *city = nth(building, i);
        if ((city->figure.value >= 1) != (answer >= 1))
            continue;
        n++;
        if (is_highlighted(building, city))
            highlighted = city;
    }

    char *label = keep(building, gh_say_value(building->lang, point_of(building), answer));
    g_autofree char *count = g_strdup_printf("%zu", n);
    g_autofree char *total = g_strdup_printf("%zu", n_values);
    GhShareBar bar = {
        .label = label,
        .value = keep(building, gh_lang_fill(GH_T(building->lang, "{n} of {total}"), "n", count,
                                             "total", total, NULL)),
        .share = 100.0 * (double)n / (double)n_values,
    };
    if (highlighted != NULL)
        bar.label = keep(building, gh_lang_fill(GH_T(building->lang, "{answer}, as {city}"),
                                                "answer", label, "city", highlighted->name, NULL));
    bar.shown = gh_city_value_shown(building->framework, building->target, answer, &bar.step);
    return bar;
}

static GhDrawing *
draw_answers(const Building *building)
{
    const GhShareBar bars[] = {make_answer(building, 1), make_answer(building, 0)};
    g_autofree char *title = make_title(building);
    g_autoptr(GString) description = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(bars); i++) {
        g_autofree char *part = g_strdup_printf("%s: %s", bars[i].label, bars[i].value);
        gh_city_append(description, part);
    }
    return gh_chart_share_bars(&(GhShareBars){
        .lang = building->lang,
        .title = title,
        .description = description->str,
        .axis = GH_T(building->lang, "Share of the cities, %"),
        .bars = bars,
        .n_bars = G_N_ELEMENTS(bars),
        .width = building->width,
    });
}

GhDrawing *
gh_city_dot_plot(const GhFramework *framework, const GhTargetSet *targets, const GhLang *lang,
                 size_t data_point, const GPtrArray *figures, const char *highlighted,
                 const char *link_base, double width)
{
    g_autoptr(GPtrArray) values = with_values(figures);
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    const Building building = {
        .framework = framework,
        .target = &targets->targets[data_point],
        .lang = lang,
        .data_point = data_point,
        .values = values,
        .highlighted = highlighted,
        .link_base = link_base,
        .width = width,
        .memory = memory,
    };

    if (values->len < VALUES_MIN)
        return NULL;
    if (strcmp(framework->data_points[data_point].unit, GH_CITY_YES_NO) == 0)
        return draw_answers(&building);
    return draw_dots(&building);
}
