/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_wheel.c - an evaluation as a wheel, with its legend, and what its segments are called. */
#include "evaluation/charts/city_charts.h"

#include <math.h>
#include <string.h>

#include "draw/palette.h"
#include "evaluation/charts/city_parts.h"
#include "evaluation/words/say.h"

/* Below, names in the outermost ring would be smaller than print can be (our choice). */
static const double SIZE_NAMES_MIN = 600;

/* -- names -- */

char *
gh_city_point_name(const GhEvaluation *evaluation, const GhLang *lang, size_t data_point)
{
    const GhFramework *framework = evaluation->framework;
    const GhFigure *figure = &evaluation->figures->figures[data_point];
    const GhPointScore *score = &evaluation->scores->points[data_point];
    g_autofree char *name = gh_say_figure(framework, lang, data_point);

    if (isnan(score->value) && figure->status == GH_STATUS_MISSING)
        return gh_lang_fill(GH_T(lang, "{figure}, no data"), "figure", name, NULL);
    if (isnan(score->value))
        return gh_lang_fill(GH_T(lang, "{figure}, no data, {state}"), "figure", name, "state",
                            gh_say_state(lang, figure), NULL);

    g_autofree char *value = gh_say_value_unit(framework, lang, data_point, score->value);
    if (!score->scored)
        return gh_lang_fill(GH_T(lang, "{figure}, {value}, no target"), "figure", name, "value",
                            value, NULL);
    g_autofree char *share = gh_say_score(framework, lang, score->share);
    return gh_lang_fill(GH_T(lang, "{figure}, {value}, {share} % of target, {band}"), "figure",
                        name, "value", value, "share", share, "band",
                        gh_say_band(framework, lang, score->band), NULL);
}

/* A group with a score: how low and how high it could be with all figures in belongs to it, unless both are
 * the score. */
static char *
score_name(const GhEvaluation *evaluation, const GhLang *lang, const GhGroupScore *score,
           const char *name, const char *coverage)
{
    const GhFramework *framework = evaluation->framework;
    g_autofree char *number = gh_say_score(framework, lang, score->score);
    g_autofree char *lowest = gh_lang_number(lang, score->lowest, 0);
    g_autofree char *highest = gh_lang_number(lang, score->highest, 0);
    bool is_open = score->lowest < score->highest;

    return gh_lang_fill(is_open ? GH_T(lang, "{group}, score {score}, {band}, {coverage}, between "
                                             "{lowest} and {highest} possible")
                                : GH_T(lang, "{group}, score {score}, {band}, {coverage}"),
                        "group", name, "score", number, "band",
                        gh_say_band(framework, lang, score->band), "coverage", coverage, "lowest",
                        lowest, "highest", highest, NULL);
}

char *
gh_city_group_name(const GhEvaluation *evaluation, const GhLang *lang, size_t group)
{
    const GhFramework *framework = evaluation->framework;
    const GhGroupScore *score = &evaluation->scores->groups[group];
    const char *name = gh_say_group(framework, lang, framework->groups[group].name);
    g_autofree char *reported = g_strdup_printf("%zu", score->reported);
    g_autofree char *total = g_strdup_printf("%zu", score->total);
    g_autofree char *coverage = gh_lang_fill(GH_T(lang, "{reported} of {total} figures"),
                                             "reported", reported, "total", total, NULL);

    switch (gh_city_group_shown(score)) {
    case GH_SHOWN_BAND:
        return score_name(evaluation, lang, score, name, coverage);
    case GH_SHOWN_NO_DATA:
        return gh_lang_fill(GH_T(lang, "{group}, no data, {coverage}"), "group", name, "coverage",
                            coverage, NULL);
    case GH_SHOWN_NO_TARGET:
        return gh_lang_fill(GH_T(lang, "{group}, no target, {coverage}"), "group", name, "coverage",
                            coverage, NULL);
    }
    g_assert_not_reached();
}

/* -- segments -- */

/* What the wheel borrows while it is drawn. */
typedef struct {
    const GhEvaluation *evaluation;
    const GhLang *lang;
    const char *link_base;
    GPtrArray *memory; /* owned blocks */
} Building;

static void *
keep(const Building *building, void *block)
{
    if (block != NULL)
        g_ptr_array_add(building->memory, block);
    return block;
}

/* Of an indicator with several data points their own names stand in the wheel, without the indicator's in
 * front ("Walking"): the group within says enough, and all of them are written in the same way. */
static const char *
part_label(const char *label)
{
    const char *colon = strstr(label, ": ");

    return colon != NULL ? colon + strlen(": ") : label;
}

static GhWheelSegment
make_point(const Building *building, size_t data_point)
{
    const GhEvaluation *evaluation = building->evaluation;
    const GhFramework *framework = evaluation->framework;
    const GhPointScore *score = &evaluation->scores->points[data_point];
    size_t kpi = framework->data_points[data_point].kpi;
    bool is_part = framework->kpis[kpi].n_data_points > 1;
    const char *own = gh_say_data_point(framework, building->lang, data_point);

    return (GhWheelSegment){
        .label = is_part ? part_label(own) : gh_say_kpi(framework, building->lang, kpi),
        .short_label = is_part ? NULL : own,
        .name = keep(building, gh_city_point_name(evaluation, building->lang, data_point)),
        .link = keep(building, gh_city_point_link(evaluation, building->link_base, data_point)),
        .shown = gh_city_point_shown(score),
        .step = score->scored ? gh_palette_step_of_band(score->band, framework->n_bands) : 0,
    };
}

static GhWheelSegment
make_group(const Building *building, size_t group)
{
    const GhEvaluation *evaluation = building->evaluation;
    const GhFramework *framework = evaluation->framework;
    const GhGroupScore *score = &evaluation->scores->groups[group];

    return (GhWheelSegment){
        .label = gh_say_group(framework, building->lang, framework->groups[group].name),
        .name = keep(building, gh_city_group_name(evaluation, building->lang, group)),
        .link = keep(building, gh_city_group_link(evaluation, building->link_base, group)),
        .shown = gh_city_group_shown(score),
        .step = score->has_score ? gh_palette_step_of_band(score->band, framework->n_bands) : 0,
    };
}

static GhWheelSegment
make_lowest(const Building *building, size_t group)
{
    const GhGroup *lowest = &building->evaluation->framework->groups[group];
    GhWheelSegment *points = keep(building, g_new0(GhWheelSegment, MAX(lowest->n_data_points, 1)));
    GhWheelSegment segment = make_group(building, group);

    for (size_t i = 0; i < lowest->n_data_points; i++)
        points[i] = make_point(building, lowest->data_points[i]);
    segment.segments = points;
    segment.n_segments = lowest->n_data_points;
    return segment;
}

/* The lowest groups of a top group, found by its name: those between need not nest. */
static GhWheelSegment
make_top(const Building *building, size_t top)
{
    const GhFramework *framework = building->evaluation->framework;
    if (framework->n_levels == 1)
        return make_lowest(building, top);

    GhWheelSegment *lowest = keep(building, g_new0(GhWheelSegment, framework->n_groups));
    GhWheelSegment segment = make_group(building, top);
    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level + 1 == framework->n_levels
            && g_str_equal(group->top, framework->groups[top].name))
            lowest[segment.n_segments++] = make_lowest(building, i);
    }
    segment.segments = lowest;
    return segment;
}

/* -- title and description -- */

static char *
make_title(const GhEvaluation *evaluation, const GhLang *lang)
{
    const char *city = evaluation->city->name;
    g_autofree char *year = g_strdup_printf("%d", evaluation->figures->year);

    if (evaluation->figures->year == 0)
        return gh_lang_fill(GH_T(lang, "Benchmarking wheel of {city}, no figures yet"), "city",
                            city, NULL);
    return gh_lang_fill(GH_T(lang, "Benchmarking wheel of {city}, {year}"), "city", city, "year",
                        year, NULL);
}

static void
append_count(GString *text, const GhLang *lang, const char *word, size_t n)
{
    g_autofree char *number = g_strdup_printf("%zu", n);
    g_autofree char *count =
        gh_lang_fill(GH_T(lang, "{word}: {n}"), "word", word, "n", number, NULL);

    g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", count);
}

/* "on target: 3; near target: 4; ..." of the data points of a group; NULL: of all. */
static char *
count_bands(const GhEvaluation *evaluation, const GhLang *lang, const GhGroup *group)
{
    const GhFramework *framework = evaluation->framework;
    g_autofree size_t *in_band = g_new0(size_t, framework->n_bands);
    size_t no_data = 0, no_target = 0;
    g_autoptr(GString) counts = g_string_new(NULL);
    size_t n = group != NULL ? group->n_data_points : framework->n_data_points;

    for (size_t i = 0; i < n; i++) {
        const GhPointScore *score =
            &evaluation->scores->points[group != NULL ? group->data_points[i] : i];
        if (score->scored)
            in_band[score->band]++;
        else if (isnan(score->value))
            no_data++;
        else
            no_target++;
    }
    for (size_t i = framework->n_bands; i-- > 0;)
        append_count(counts, lang, gh_say_band(framework, lang, i), in_band[i]);
    append_count(counts, lang, GH_T(lang, "no target"), no_target);
    /* Once in full is enough. */
    append_count(
        counts, lang,
        group != NULL
            ? GH_T(lang, "no data")
            : GH_T(lang, "no data (missing, not reported, not applicable or not available)"),
        no_data);
    return g_string_free(g_steal_pointer(&counts), FALSE);
}

/* How many data points are in each band, and without, in all and in each top group: what one sees at a
 * glance. */
static char *
make_description(const GhEvaluation *evaluation, const GhLang *lang)
{
    const GhFramework *framework = evaluation->framework;
    g_autofree char *all = count_bands(evaluation, lang, NULL);
    g_autofree char *first =
        gh_lang_fill(GH_T(lang, "Rings of groups around the city, and the data points in the "
                                "outermost. Data points by band: {counts}."),
                     "counts", all, NULL);
    g_autoptr(GString) out = g_string_new(first);

    for (size_t i = 0; i < framework->n_groups && framework->groups[i].level == 0; i++) {
        const GhGroup *group = &framework->groups[i];
        g_autofree char *counts = count_bands(evaluation, lang, group);
        g_autofree char *sentence =
            gh_lang_fill(GH_T(lang, "{group}: {counts}."), "group",
                         gh_say_group(framework, lang, group->name), "counts", counts, NULL);
        g_string_append_printf(out, " %s", sentence);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

GhDrawing *
gh_city_wheel(const GhEvaluation *evaluation, const GhLang *lang, const char *link_base,
              double size)
{
    const GhFramework *framework = evaluation->framework;
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    const Building building = {
        .evaluation = evaluation,
        .lang = lang,
        .link_base = link_base,
        .memory = memory,
    };
    GhWheelSegment *tops = keep(&building, g_new0(GhWheelSegment, framework->n_groups));
    size_t n_tops = 0;

    while (n_tops < framework->n_groups && framework->groups[n_tops].level == 0) {
        tops[n_tops] = make_top(&building, n_tops);
        n_tops++;
    }
    int year = evaluation->figures->year;
    const GhWheel wheel = {
        .lang = lang,
        .title = keep(&building, make_title(evaluation, lang)),
        .description = keep(&building, make_description(evaluation, lang)),
        .centre = evaluation->city->name,
        .centre_below = keep(&building, year != 0 ? g_strdup_printf("%d", year) : g_strdup("")),
        .segments = tops,
        .n_segments = n_tops,
        .n_rings = framework->n_levels > 1 ? 3 : 2,
        .size = size,
        .leaf_labels = !(size > 0) || size >= SIZE_NAMES_MIN,
    };
    return gh_chart_wheel(&wheel);
}

/* -- legend -- */

GhDrawing *
gh_city_legend(const GhFramework *framework, const GhLang *lang, double width)
{
    g_autofree GhLegendEntry *entries = g_new0(GhLegendEntry, framework->n_bands + 2);
    g_autoptr(GPtrArray) bounds = g_ptr_array_new_with_free_func(g_free);
    size_t n = 0;

    for (size_t i = 0; i < framework->n_bands; i++) {
        char *range = gh_say_band_bounds(framework, lang, i);
        g_ptr_array_add(bounds, range);
        entries[n++] = (GhLegendEntry){
            .label = gh_say_band(framework, lang, i),
            .below = range,
            .shown = GH_SHOWN_BAND,
            .step = gh_palette_step_of_band(i, framework->n_bands),
        };
    }
    entries[n++] = (GhLegendEntry){
        .label = GH_T(lang, "no data"),
        .below = "",
        .shown = GH_SHOWN_NO_DATA,
    };
    entries[n++] = (GhLegendEntry){
        .label = GH_T(lang, "no target"),
        .below = "",
        .shown = GH_SHOWN_NO_TARGET,
    };
    return gh_chart_legend(lang, GH_T(lang, "Legend: share of target"), entries, n, width);
}
