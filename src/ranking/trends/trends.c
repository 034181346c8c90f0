/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends.c - a data point of a city over the years. */
#include "ranking/trends/trends.h"

#include <math.h>
#include <string.h>

static const char YES_NO[] = "yes/no";

/* -- definitions -- */

bool
gh_definition_differs(const GhFramework *before, const GhFramework *after, const char *id)
{
    gssize old_index = gh_framework_find_data_point(before, id);
    gssize new_index = gh_framework_find_data_point(after, id);

    if (old_index < 0 || new_index < 0)
        return false;
    const GhDataPoint *old_point = &before->data_points[old_index];
    const GhDataPoint *new_point = &after->data_points[new_index];
    return strcmp(old_point->label, new_point->label) != 0
           || strcmp(old_point->numerator, new_point->numerator) != 0
           || strcmp(old_point->denominator, new_point->denominator) != 0
           || strcmp(old_point->unit, new_point->unit) != 0
           || old_point->factor != new_point->factor
           || strcmp(before->kpis[old_point->kpi].definition,
                     after->kpis[new_point->kpi].definition)
                  != 0;
}

void
gh_definitions_clear(GhDefinitions *definitions)
{
    g_clear_pointer(&definitions->versions, g_hash_table_unref);
}

void
gh_definitions_init(GhDefinitions *definitions)
{
    definitions->versions =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)gh_framework_unref);
}

bool
gh_definitions_add(GhStore *store, const char *framework_id, const char *version,
                   GhDefinitions *definitions, GError **error)
{
    g_autoptr(GError) own = NULL;

    if (version == NULL || g_hash_table_contains(definitions->versions, version))
        return true;
    GhFramework *framework = gh_framework_get(store, framework_id, version, &own);
    if (framework != NULL)
        return g_hash_table_insert(definitions->versions, g_strdup(version), framework);
    if (g_error_matches(own, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN))
        return true;
    g_propagate_error(error, g_steal_pointer(&own));
    return false;
}

bool
gh_definitions_load(GhStore *store, const GhCityPage *page, GhDefinitions *ret_definitions,
                    GError **error)
{
    g_auto(GhDefinitions) definitions = {0};

    gh_definitions_init(&definitions);
    for (guint i = 0; page->history != NULL && i < page->history->len; i++) {
        const GhFigureSet *set = g_ptr_array_index(page->history, i);
        for (size_t k = 0; k < set->n_figures; k++) {
            if (!gh_definitions_add(store, page->framework->id, set->figures[k].framework_version,
                                    &definitions, error))
                return false;
        }
    }
    ret_definitions->versions = g_steal_pointer(&definitions.versions);
    return true;
}

bool
gh_definitions_break(const GhDefinitions *definitions, const char *before, const char *after,
                     const char *id)
{
    if (before == NULL || after == NULL || strcmp(before, after) == 0)
        return false;
    const GhFramework *old_version = g_hash_table_lookup(definitions->versions, before);
    const GhFramework *new_version = g_hash_table_lookup(definitions->versions, after);
    return old_version != NULL && new_version != NULL
           && gh_definition_differs(old_version, new_version, id);
}

/* -- the target -- */

GhGoal
gh_trend_goal(const GhTarget *target)
{
    switch (target->rule) {
    case GH_RULE_NONE:
        break;
    case GH_RULE_HIGHER:
        return (GhGoal){GH_GOAL_AT_LEAST, target->target};
    case GH_RULE_LOWER_ZERO:
    case GH_RULE_LOWER_RANGE:
    case GH_RULE_BANDS:
        return (GhGoal){GH_GOAL_AT_MOST, target->target};
    case GH_RULE_DISTANCE_TO_ONE:
        return (GhGoal){GH_GOAL_EXACTLY, 1};
    case GH_RULE_YES_NO:
        return (GhGoal){GH_GOAL_AT_LEAST, 1};
    }
    return (GhGoal){GH_GOAL_NONE, NAN};
}

/* -- the series -- */

typedef struct {
    GArray *years;  /* of int */
    GArray *values; /* of double */
} Points;

static void
points_clear(Points *points)
{
    g_clear_pointer(&points->years, g_array_unref);
    g_clear_pointer(&points->values, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Points, points_clear)

/* The values since the last break; finds breaks, first and last on the way. */
static Points
walk_figures(GhTrend *trend, const GhDefinitions *definitions, const char *id)
{
    Points points = {.years = g_array_new(FALSE, FALSE, sizeof(int)),
                     .values = g_array_new(FALSE, FALSE, sizeof(double))};

    for (guint i = 0; i < trend->figures->len; i++) {
        const GhFigure *figure = g_ptr_array_index(trend->figures, i);
        if (isnan(figure->value))
            continue;
        if (trend->last != NULL
            && gh_definitions_break(definitions, trend->last->framework_version,
                                    figure->framework_version, id)) {
            g_array_append_val(trend->breaks, figure->year);
            g_array_set_size(points.years, 0);
            g_array_set_size(points.values, 0);
        }
        trend->first = trend->first != NULL ? trend->first : figure;
        trend->last = figure;
        g_array_append_val(points.years, figure->year);
        g_array_append_val(points.values, figure->value);
    }
    return points;
}

void
gh_trend_free(GhTrend *trend)
{
    if (trend == NULL)
        return;
    g_clear_pointer(&trend->figures, g_ptr_array_unref);
    g_clear_pointer(&trend->breaks, g_array_unref);
    g_free(trend);
}

GhTrend *
gh_trend_new(const GhCityPage *page, const GhDefinitions *definitions, size_t data_point)
{
    const GhDataPoint *point = &page->framework->data_points[data_point];
    GPtrArray *figures = gh_city_page_series(page, data_point);
    if (figures == NULL)
        return NULL;

    GhTrend *trend = g_new0(GhTrend, 1);
    *trend = (GhTrend){
        .data_point = data_point,
        .figures = figures,
        .breaks = g_array_new(FALSE, FALSE, sizeof(int)),
        .is_yes_no = strcmp(point->unit, YES_NO) == 0,
        .goal = gh_trend_goal(&page->targets->targets[data_point]),
        .cagr = NAN,
        .percent_a_year = NAN,
    };
    g_auto(Points) points = walk_figures(trend, definitions, point->id);
    g_assert(trend->last != NULL); /* a series has values of two years */
    const GhSeries series = {.years = (const int *)(const void *)points.years->data,
                             .values = (const double *)(const void *)points.values->data,
                             .n = points.years->len};
    trend->n_values = series.n;
    if (!trend->is_yes_no) {
        trend->has_fit = gh_trend_fit(&series, &trend->fit);
        trend->cagr = gh_trend_cagr(&series);
        trend->percent_a_year = gh_trend_percent_a_year(&series);
    }
    trend->outlook = gh_trend_outlook(trend->has_fit ? &trend->fit : NULL, trend->last->year,
                                      trend->last->value, trend->goal);
    if (trend->is_yes_no) /* between no and yes there is no way by the year */
        trend->outlook.needed = NAN;
    return trend;
}

GhMove
gh_trend_move(const GhCityPage *page, const GhLang *lang, const GhTrend *trend)
{
    const GhTarget *target = &page->targets->targets[trend->data_point];

    if (target->rule == GH_RULE_NONE)
        return GH_MOVE_NOT_JUDGED;
    double first = gh_score_share(target, trend->first->value);
    double last = gh_score_share(target, trend->last->value);

    /* What is shown decides: 33.9 and 34.1 both read 34. */
    g_autofree char *first_said = gh_say_score(page->framework, lang, first);
    g_autofree char *last_said = gh_say_score(page->framework, lang, last);
    if (strcmp(first_said, last_said) == 0)
        return GH_MOVE_SAME;
    return last > first ? GH_MOVE_NEARER : GH_MOVE_FARTHER;
}

/* -- the picture -- */

GhDrawing *
gh_trend_chart(const GhCityPage *page, const GhLang *lang, const GhTrend *trend, double width)
{
    GhCityAhead ahead = {.breaks = (const int *)(const void *)trend->breaks->data,
                         .n_breaks = trend->breaks->len,
                         .projected = NAN,
                         .low = NAN,
                         .high = NAN};
    bool looks_ahead = trend->has_fit && trend->goal.kind != GH_GOAL_NONE
                       && trend->last->year < GH_TREND_GOAL_YEAR;

    if (looks_ahead) {
        GhProjection projection = gh_trend_project(&trend->fit, GH_TREND_GOAL_YEAR);
        ahead.year = GH_TREND_GOAL_YEAR;
        ahead.projected = projection.value;
        ahead.low = projection.low;
        ahead.high = projection.high;
        ahead.shows_needed = !isnan(trend->outlook.needed);
    }
    return gh_city_trend_line_ahead(page->framework, page->targets, lang, trend->data_point,
                                    trend->figures, &ahead, width);
}
