/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_bars.c - scores with their range, shares of target, and scores of several cities side by side. */
#include "evaluation/charts/city_charts.h"

#include <math.h>

#include "evaluation/charts/city_parts.h"
#include "evaluation/words/say.h"

enum {
    PERCENT_DECIMALS = 0
};

/* What a chart borrows while it is drawn. */
typedef struct {
    const GhEvaluation *evaluation;
    const GhLang *lang;
    const char *link_base;
    GPtrArray *memory; /* owned blocks, NULL among them */
} Building;

static void *
keep(const Building *building, void *block)
{
    g_ptr_array_add(building->memory, block);
    return block;
}

/* -- scores -- */

static bool
has_range(const GhGroupScore *score)
{
    return !isnan(score->lowest) && score->lowest < score->highest;
}

/* "possible 36 to 88" */
static char *
range_text(const GhLang *lang, const GhGroupScore *score)
{
    g_autofree char *lowest = gh_lang_number(lang, score->lowest, PERCENT_DECIMALS);
    g_autofree char *highest = gh_lang_number(lang, score->highest, PERCENT_DECIMALS);

    return gh_lang_fill(GH_T(lang, "possible {lowest} to {highest}"), "lowest", lowest, "highest",
                        highest, NULL);
}

/* "near target; 14 of 55 figures; possible 36 to 88" */
static char *
small_print(const Building *building, const GhGroupScore *score)
{
    const GhFramework *framework = building->evaluation->framework;
    const GhLang *lang = building->lang;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *reported = g_strdup_printf("%zu", score->reported);
    g_autofree char *total = g_strdup_printf("%zu", score->total);
    g_autofree char *coverage = gh_lang_fill(GH_T(lang, "{reported} of {total} figures"),
                                             "reported", reported, "total", total, NULL);

    if (score->has_score)
        gh_city_append(text, gh_say_band(framework, lang, score->band));
    gh_city_append(text, coverage);
    if (has_range(score)) {
        g_autofree char *range = range_text(lang, score);
        gh_city_append(text, range);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
score_text(const Building *building, const GhGroupScore *score)
{
    switch (gh_city_group_shown(score)) {
    case GH_SHOWN_BAND:
        return gh_say_score(building->evaluation->framework, building->lang, score->score);
    case GH_SHOWN_NO_DATA:
        return g_strdup(GH_T(building->lang, "no data"));
    case GH_SHOWN_NO_TARGET:
        return g_strdup(GH_T(building->lang, "no target"));
    }
    g_assert_not_reached();
}

/* Without name and link, which the caller may add. label is borrowed. */
static GhRangeBar
make_bar(const Building *building, const char *label, const GhGroupScore *score)
{
    const GhEvaluation *evaluation = building->evaluation;

    return (GhRangeBar){
        .label = label,
        .value = keep(building, score_text(building, score)),
        .below = keep(building, small_print(building, score)),
        .score = score->has_score ? score->score : NAN,
        .low = score->lowest,
        .high = score->highest,
        .shown = gh_city_group_shown(score),
        .step = score->has_score
                    ? gh_palette_step_of_band(score->band, evaluation->framework->n_bands)
                    : 0,
    };
}

/* "Economy 65 of 100, possible 36 to 88; Environment no data" */
static char *
describe_scores(const Building *building, const GhRangeBar *bars, const GhGroupScore *const *scores,
                size_t n_bars)
{
    const GhLang *lang = building->lang;
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n_bars; i++) {
        const GhGroupScore *score = scores[i];
        const char *pattern =
            !score->has_score ? GH_T(lang, "{group} {score}")
                              : (has_range(score) ? GH_T(lang, "{group} {score} of 100, {range}")
                                                  : GH_T(lang, "{group} {score} of 100"));
        g_autofree char *range = has_range(score) ? range_text(lang, score) : g_strdup("");
        g_autofree char *part = gh_lang_fill(pattern, "group", bars[i].label, "score",
                                             bars[i].value, "range", range, NULL);
        gh_city_append(text, part);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* title is taken; scores[n_bars]: what each bar shows. */
static GhDrawing *
draw_bars(const Building *building, const GhRangeBar *bars, const GhGroupScore *const *scores,
          size_t n_bars, double width, char *title)
{
    const GhFramework *framework = building->evaluation->framework;
    size_t n_bounds = 0;
    g_autofree double *bounds = gh_city_bounds(framework, &n_bounds);

    return gh_chart_range_bars(&(GhRangeBars){
        .lang = building->lang,
        .title = keep(building, title),
        .description = keep(building, describe_scores(building, bars, scores, n_bars)),
        .axis = gh_city_score_axis(framework, building->lang),
        .bounds = bounds,
        .n_bounds = n_bounds,
        .bars = bars,
        .n_bars = n_bars,
        .width = width,
    });
}

/* title is taken. */
static GhDrawing *
draw_scores(const GhEvaluation *evaluation, const GhLang *lang, size_t level, const char *link_base,
            double width, char *title)
{
    const GhFramework *framework = evaluation->framework;
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    const Building building = {evaluation, lang, link_base, memory};
    g_autofree GhRangeBar *bars = g_new0(GhRangeBar, MAX(framework->n_groups, 1));
    g_autofree const GhGroupScore **scores =
        g_new0(const GhGroupScore *, MAX(framework->n_groups, 1));
    size_t n_bars = 0;

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level != level)
            continue;
        scores[n_bars] = &evaluation->scores->groups[i];
        bars[n_bars] = make_bar(&building, keep(&building, gh_city_group_label(framework, lang, i)),
                                scores[n_bars]);
        bars[n_bars].name = keep(&building, gh_city_group_name(evaluation, lang, i));
        bars[n_bars++].link = keep(&building, gh_city_group_link(evaluation, link_base, i));
    }
    return draw_bars(&building, bars, scores, n_bars, width, title);
}

GhDrawing *
gh_city_range_bars(const GhEvaluation *evaluation, const GhLang *lang, size_t level,
                   const char *link_base, double width)
{
    g_autofree char *city = gh_city_and_year(evaluation, lang);
    char *title = gh_lang_fill(GH_T(lang, "Scores of {city}"), "city", city, NULL);

    return draw_scores(evaluation, lang, level, link_base, width, title);
}

GhDrawing *
gh_city_lens_bars(const GhEvaluation *evaluation, const GhGroupScore *scores, const GhLang *lang,
                  const char *link, double width)
{
    const GhFramework *framework = evaluation->framework;
    const GhLens *lens = evaluation->lens;
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    const Building building = {evaluation, lang, NULL, memory};
    g_autofree GhRangeBar *bars = g_new0(GhRangeBar, MAX(lens->n_groups, 1));
    g_autofree const GhGroupScore **shown = g_new0(const GhGroupScore *, MAX(lens->n_groups, 1));
    g_autofree char *city = gh_city_and_year(evaluation, lang);
    size_t n_bars = 0;

    for (size_t i = 0; i < lens->n_groups; i++) {
        const GhLensGroup *group = &lens->groups[i];
        const char *name = gh_say_lens_group(framework, lang, group->name);
        if (group->n_kpis == 0)
            continue;
        shown[n_bars] = &scores[i];
        /* A subgroup names its group, since every row is heard alone. */
        char *label =
            group->parent < 0
                ? g_strdup(name)
                : gh_lang_fill(GH_T(lang, "{group}: {part}"), "group",
                               gh_say_lens_group(framework, lang, lens->groups[group->parent].name),
                               "part", name, NULL);
        bars[n_bars] = make_bar(&building, keep(&building, label), &scores[i]);
        if (link != NULL)
            bars[n_bars].link = keep(&building, g_strdup_printf("%s#group-%zu", link, i + 1));
        n_bars++;
    }
    return draw_bars(&building, bars, shown, n_bars, width,
                     gh_lang_fill(GH_T(lang, "{city}: {lens}"), "city", city, "lens",
                                  gh_say_lens(framework, lang, lens), NULL));
}

/* -- shares of target -- */

static GhShareBar
make_share(const Building *building, const char *group, size_t data_point)
{
    const GhEvaluation *evaluation = building->evaluation;
    const GhFramework *framework = evaluation->framework;
    const GhPointScore *score = &evaluation->scores->points[data_point];
    g_autofree char *share = gh_say_score(framework, building->lang, score->share);

    return (GhShareBar){
        .group = group,
        .label = keep(building, gh_say_figure(framework, building->lang, data_point)),
        .value = keep(building,
                      gh_lang_fill(GH_T(building->lang, "{share}\xc2\xa0%"), "share", share, NULL)),
        .name = keep(building, gh_city_point_name(evaluation, building->lang, data_point)),
        .link = keep(building, gh_city_point_link(evaluation, building->link_base, data_point)),
        .share = score->share,
        .shown = GH_SHOWN_BAND,
        .step = gh_palette_step_of_band(score->band, framework->n_bands),
    };
}

static void
add_shares(const Building *building, size_t group, const char *heading, GArray *bars)
{
    const GhGroup *own = &building->evaluation->framework->groups[group];

    for (size_t i = 0; i < own->n_data_points; i++) {
        if (!building->evaluation->scores->points[own->data_points[i]].scored)
            continue;
        const GhShareBar bar = make_share(building, heading, own->data_points[i]);
        g_array_append_val(bars, bar);
    }
}

static void
add_all_shares(const Building *building, GArray *bars)
{
    const GhFramework *framework = building->evaluation->framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level + 1 == framework->n_levels)
            add_shares(building, i,
                       keep(building, gh_city_group_label(framework, building->lang, i)), bars);
    }
}

/* "12 data points. Highest: Household Internet access, 97 %; lowest: ..." */
static char *
describe_shares(const GhLang *lang, const GArray *bars)
{
    const GhShareBar *highest = &g_array_index(bars, GhShareBar, 0), *lowest = highest;
    g_autofree char *n = g_strdup_printf("%u", bars->len);

    for (guint i = 1; i < bars->len; i++) {
        const GhShareBar *bar = &g_array_index(bars, GhShareBar, i);
        if (bar->share > highest->share)
            highest = bar;
        if (bar->share < lowest->share)
            lowest = bar;
    }
    return gh_lang_fill(
        gh_lang_plural(lang, "{n} data point: {highest}, {high} of target.",
                       "{n} data points. Highest: {highest}, {high} of target; lowest: {lowest}, "
                       "{low}.",
                       bars->len),
        "n", n, "highest", highest->label, "high", highest->value, "lowest", lowest->label, "low",
        lowest->value, NULL);
}

GhDrawing *
gh_city_share_bars(const GhEvaluation *evaluation, const GhLang *lang, gssize group,
                   const char *link_base, double width)
{
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    const Building building = {evaluation, lang, link_base, memory};
    g_autoptr(GArray) bars = g_array_new(FALSE, FALSE, sizeof(GhShareBar));
    size_t n_bounds = 0;
    g_autofree double *bounds = gh_city_bounds(evaluation->framework, &n_bounds);
    g_autofree char *city = gh_city_and_year(evaluation, lang);

    if (group >= 0)
        add_shares(&building, (size_t)group, NULL, bars);
    else
        add_all_shares(&building, bars);
    if (bars->len == 0)
        return NULL;

    return gh_chart_share_bars(&(GhShareBars){
        .lang = lang,
        .title = keep(&building,
                      gh_lang_fill(GH_T(lang, "Shares of target, {city}"), "city", city, NULL)),
        .description = keep(&building, describe_shares(lang, bars)),
        .axis = GH_T(lang, "Share of target, %"),
        .bounds = bounds,
        .n_bounds = n_bounds,
        .bars = &g_array_index(bars, GhShareBar, 0),
        .n_bars = bars->len,
        .width = width,
    });
}

/* -- small multiples -- */

static const double MULTIPLE_MIN = 280; /* the narrowest chart of rows */
static const double MULTIPLE_GAP = 32;

/* As many columns as there is room for, which together fill the width. */
static double
multiple_width(size_t n, double width)
{
    double fitting = floor((width + MULTIPLE_GAP) / (MULTIPLE_MIN + MULTIPLE_GAP));
    double n_columns = CLAMP(fitting, 1, (double)n);

    return (width - (n_columns - 1) * MULTIPLE_GAP) / n_columns;
}

GhDrawing *
gh_city_multiples(const GhEvaluation *evaluations, size_t n_evaluations, const GhLang *lang,
                  double width)
{
    g_autofree GhDrawing **drawings = g_new0(GhDrawing *, MAX(n_evaluations, 1));
    g_autoptr(GString) cities = g_string_new(NULL);
    g_autoptr(GString) description = g_string_new(NULL);
    double inner = multiple_width(n_evaluations, width);

    for (size_t i = 0; i < n_evaluations; i++) {
        char *city = gh_city_and_year(&evaluations[i], lang);
        gh_city_append(cities, city);
        drawings[i] = draw_scores(&evaluations[i], lang, 0, NULL, inner, city);
        g_string_append_printf(description, "%s%s: %s.", i > 0 ? " " : "",
                               gh_drawing_title(drawings[i]), gh_drawing_description(drawings[i]));
    }
    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "Scores: {cities}"), "cities", cities->str, NULL);
    return gh_chart_multiples(&(GhMultiples){
        .lang = lang,
        .title = title,
        .description = description->str,
        .drawings = drawings,
        .n_drawings = n_evaluations,
        .width = width,
    });
}
