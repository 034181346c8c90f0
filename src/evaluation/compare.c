/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare.c - several evaluations side by side: the rows, and their forms for programs. */
#include "evaluation/compare.h"

#include <math.h>

#include "base/json_writer.h"

/* -- rows -- */

static double
gap_of(const GhComparison *comparison, size_t data_point)
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    size_t n = 0;
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhPointScore *point = &comparison->evaluations[i].scores->points[data_point];
        if (!point->scored)
            continue;
        least = MIN(least, point->share);
        most = MAX(most, point->share);
        n++;
    }
    return n >= 2 ? most - least : NAN;
}

static bool
any_has_value(const GhComparison *comparison, size_t data_point)
{
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        if (!isnan(comparison->evaluations[i].scores->points[data_point].value))
            return true;
    }
    return false;
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
    const GhComparisonRow *x = a, *y = b;
    if (isnan(x->gap) != isnan(y->gap))
        return isnan(x->gap) ? 1 : -1;
    if (!isnan(x->gap) && x->gap != y->gap)
        return x->gap > y->gap ? -1 : 1;
    return x->data_point < y->data_point ? -1 : x->data_point > y->data_point;
}

GArray *
gh_comparison_rows(const GhComparison *comparison)
{
    g_assert(comparison->n_evaluations >= 2);
    const GhFramework *framework = comparison->evaluations[0].framework;

    GArray *rows = g_array_new(FALSE, FALSE, sizeof(GhComparisonRow));
    for (size_t i = 0; i < framework->n_data_points; i++) {
        GhComparisonRow row = {.data_point = i, .gap = gap_of(comparison, i)};
        if (any_has_value(comparison, i))
            g_array_append_val(rows, row);
    }
    g_array_sort(rows, compare_rows);
    return rows;
}

static const char *
state_of(const GhEvaluation *evaluation, size_t data_point)
{
    return gh_figure_state_text(&evaluation->figures->figures[data_point]);
}

/* -- JSON -- */

static void
json_number(GhJson *json, double value)
{
    if (isnan(value))
        gh_json_null(json);
    else
        gh_json_number(json, value);
}

typedef double (*PointNumber)(const GhPointScore *point);

static double
point_value(const GhPointScore *point)
{
    return point->value;
}

static double
point_share(const GhPointScore *point)
{
    return point->scored ? point->share : NAN;
}

static double
point_points(const GhPointScore *point)
{
    return point->scored && point->points > 0 ? (double)point->points : (double)NAN;
}

static void
json_points(GhJson *json, const GhComparison *comparison, const char *key, size_t data_point,
            PointNumber number)
{
    gh_json_key(json, key);
    gh_json_begin_array(json);
    for (size_t i = 0; i < comparison->n_evaluations; i++)
        json_number(json, number(&comparison->evaluations[i].scores->points[data_point]));
    gh_json_end_array(json);
}

static void
json_cities(GhJson *json, const GhComparison *comparison)
{
    gh_json_key(json, "cities");
    gh_json_begin_array(json);
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhEvaluation *evaluation = &comparison->evaluations[i];
        gh_json_begin_object(json);
        gh_json_pair_text(json, "city", evaluation->city->slug);
        if (evaluation->figures->year == 0)
            gh_json_pair_null(json, "year");
        else
            gh_json_pair_int(json, "year", evaluation->figures->year);
        gh_json_end_object(json);
    }
    gh_json_end_array(json);
}

typedef double (*GroupNumber)(const GhGroupScore *group);

static double
group_score(const GhGroupScore *group)
{
    return group->score;
}

static double
group_coverage(const GhGroupScore *group)
{
    return group->coverage;
}

static double
group_lowest(const GhGroupScore *group)
{
    return group->lowest;
}

static double
group_highest(const GhGroupScore *group)
{
    return group->highest;
}

static void
json_groups(GhJson *json, const GhComparison *comparison, const char *key, size_t index,
            GroupNumber number)
{
    gh_json_key(json, key);
    gh_json_begin_array(json);
    for (size_t i = 0; i < comparison->n_evaluations; i++)
        json_number(json, number(&comparison->evaluations[i].scores->groups[index]));
    gh_json_end_array(json);
}

static void
json_states(GhJson *json, const GhComparison *comparison, size_t data_point)
{
    gh_json_key(json, "states");
    gh_json_begin_array(json);
    for (size_t i = 0; i < comparison->n_evaluations; i++)
        gh_json_text(json, state_of(&comparison->evaluations[i], data_point));
    gh_json_end_array(json);
}

static void
json_group(GhJson *json, const GhComparison *comparison, size_t index)
{
    const GhFramework *framework = comparison->evaluations[0].framework;
    const GhGroup *group = &framework->groups[index];

    gh_json_begin_object(json);
    gh_json_pair_text(json, "level", framework->levels[group->level].id);
    gh_json_pair_text(json, framework->levels[0].id, group->top);
    gh_json_pair_text(json, "name", group->name);
    json_groups(json, comparison, "scores", index, group_score);
    json_groups(json, comparison, "coverage", index, group_coverage);
    json_groups(json, comparison, "lowest", index, group_lowest);
    json_groups(json, comparison, "highest", index, group_highest);
    gh_json_end_object(json);
}

static void
json_row(GhJson *json, const GhComparison *comparison, const GhComparisonRow *row)
{
    const GhFramework *framework = comparison->evaluations[0].framework;
    const GhDataPoint *point = &framework->data_points[row->data_point];

    gh_json_begin_object(json);
    gh_json_pair_text(json, "id", point->id);
    gh_json_pair_text(json, "kpi", framework->kpis[point->kpi].id);
    gh_json_pair_text(json, "unit", point->unit);
    json_points(json, comparison, "values", row->data_point, point_value);
    json_points(json, comparison, "shares", row->data_point, point_share);
    json_points(json, comparison, "points", row->data_point, point_points);
    gh_json_key(json, "gap");
    json_number(json, row->gap);
    json_states(json, comparison, row->data_point);
    gh_json_end_object(json);
}

void
gh_comparison_json(const GhComparison *comparison, GString *out)
{
    const GhEvaluation *first = &comparison->evaluations[0];
    g_autoptr(GArray) rows = gh_comparison_rows(comparison);
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "framework", first->framework->id);
    gh_json_pair_text(&json, "framework_version", first->framework->version);
    gh_json_pair_text(&json, "targets", first->targets->id);
    json_cities(&json, comparison);
    gh_json_key(&json, "groups");
    gh_json_begin_array(&json);
    for (size_t i = 0; i < first->framework->n_groups; i++)
        json_group(&json, comparison, i);
    gh_json_end_array(&json);
    gh_json_key(&json, "data_points");
    gh_json_begin_array(&json);
    for (guint i = 0; i < rows->len; i++)
        json_row(&json, comparison, &g_array_index(rows, GhComparisonRow, i));
    gh_json_end_array(&json);
    gh_json_end_object(&json);
}

/* -- a table: one row a data point, three columns a city: the states stand behind the gap, as the columns
 * before them were there first and programs may count them -- */

enum {
    COLUMNS_BEFORE = 3,
    COLUMNS_A_CITY = 3,
    COLUMNS_GAP = 1,
};

static size_t
n_columns(const GhComparison *comparison)
{
    return COLUMNS_BEFORE + COLUMNS_A_CITY * comparison->n_evaluations + COLUMNS_GAP;
}

/* names owns what the columns are called. */
static GhColumn *
make_columns(const GhComparison *comparison, GPtrArray *names)
{
    GhColumn *columns = g_new(GhColumn, n_columns(comparison));
    size_t n = 0;

    columns[n++] = (GhColumn){"kpi", GH_COLUMN_TEXT};
    columns[n++] = (GhColumn){"data_point_id", GH_COLUMN_TEXT};
    columns[n++] = (GhColumn){"unit", GH_COLUMN_TEXT};
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhEvaluation *evaluation = &comparison->evaluations[i];
        const char *slug = evaluation->city->slug;
        char *value = g_strdup_printf("%s_%d_value", slug, evaluation->figures->year);
        char *share = g_strdup_printf("%s_%d_share", slug, evaluation->figures->year);
        g_ptr_array_add(names, value);
        g_ptr_array_add(names, share);
        columns[n++] = (GhColumn){value, GH_COLUMN_NUMBER};
        columns[n++] = (GhColumn){share, GH_COLUMN_NUMBER};
    }
    columns[n++] = (GhColumn){"gap", GH_COLUMN_NUMBER};
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhEvaluation *evaluation = &comparison->evaluations[i];
        char *state =
            g_strdup_printf("%s_%d_state", evaluation->city->slug, evaluation->figures->year);
        g_ptr_array_add(names, state);
        columns[n++] = (GhColumn){state, GH_COLUMN_TEXT};
    }
    g_assert(n == n_columns(comparison));
    return columns;
}

static bool
write_row(GhTable *table, const GhComparison *comparison, const GhComparisonRow *row,
          GError **error)
{
    const GhFramework *framework = comparison->evaluations[0].framework;
    const GhDataPoint *point = &framework->data_points[row->data_point];

    gh_table_text(table, framework->kpis[point->kpi].id);
    gh_table_text(table, point->id);
    gh_table_text(table, point->unit);
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhPointScore *score = &comparison->evaluations[i].scores->points[row->data_point];
        gh_table_number_if_present(table, point_value(score));
        gh_table_number_if_present(table, point_share(score));
    }
    gh_table_number_if_present(table, row->gap);
    for (size_t i = 0; i < comparison->n_evaluations; i++)
        gh_table_text(table, state_of(&comparison->evaluations[i], row->data_point));
    return gh_table_end_row(table, error);
}

bool
gh_comparison_table(const GhComparison *comparison, GhTableFormat format, GhTableSink sink,
                    void *sink_data, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree GhColumn *columns = make_columns(comparison, names);
    g_autoptr(GArray) rows = gh_comparison_rows(comparison);
    g_autoptr(GhTable) table =
        gh_table_new(format, "comparison", columns, n_columns(comparison), sink, sink_data);

    for (guint i = 0; i < rows->len; i++) {
        if (!write_row(table, comparison, &g_array_index(rows, GhComparisonRow, i), error))
            return false;
    }
    return gh_table_close(table, error);
}

void
gh_comparison_csv(const GhComparison *comparison, GString *out)
{
    g_autoptr(GError) error = NULL;
    bool done = gh_comparison_table(comparison, GH_TABLE_CSV, gh_table_sink_string, out, &error);

    g_assert(done); /* a string takes everything */
}
