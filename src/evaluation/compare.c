/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare.c - several evaluations side by side: the rows, and their forms for programs. */
#include "evaluation/compare.h"

#include <math.h>

#include "base/csv.h"
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

static void
json_group(GhJson *json, const GhComparison *comparison, size_t index)
{
    const GhFramework *framework = comparison->evaluations[0].framework;
    const GhGroup *group = &framework->groups[index];

    gh_json_begin_object(json);
    gh_json_pair_text(json, "level", framework->levels[group->level].id);
    gh_json_pair_text(json, framework->levels[0].id, group->top);
    gh_json_pair_text(json, "name", group->name);
    gh_json_key(json, "scores");
    gh_json_begin_array(json);
    for (size_t i = 0; i < comparison->n_evaluations; i++)
        json_number(json, comparison->evaluations[i].scores->groups[index].score);
    gh_json_end_array(json);
    gh_json_key(json, "coverage");
    gh_json_begin_array(json);
    for (size_t i = 0; i < comparison->n_evaluations; i++)
        json_number(json, comparison->evaluations[i].scores->groups[index].coverage);
    gh_json_end_array(json);
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

/* -- CSV: one row a data point, two columns a city -- */

static void
csv_number(GString *out, double value)
{
    g_string_append_c(out, ',');
    if (!isnan(value))
        gh_csv_write_number(out, value);
}

static void
csv_header(const GhComparison *comparison, GString *out)
{
    g_string_append(out, "kpi,data_point_id,unit");
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhEvaluation *evaluation = &comparison->evaluations[i];
        g_string_append_printf(out, ",%s_%d_value,%s_%d_share", evaluation->city->slug,
                               evaluation->figures->year, evaluation->city->slug,
                               evaluation->figures->year);
    }
    g_string_append(out, ",gap\n");
}

void
gh_comparison_csv(const GhComparison *comparison, GString *out)
{
    const GhFramework *framework = comparison->evaluations[0].framework;
    g_autoptr(GArray) rows = gh_comparison_rows(comparison);

    csv_header(comparison, out);
    for (guint i = 0; i < rows->len; i++) {
        const GhComparisonRow *row = &g_array_index(rows, GhComparisonRow, i);
        const GhDataPoint *point = &framework->data_points[row->data_point];
        gh_csv_write_text(out, framework->kpis[point->kpi].id);
        g_string_append_c(out, ',');
        gh_csv_write_text(out, point->id);
        g_string_append_c(out, ',');
        gh_csv_write_text(out, point->unit);
        for (size_t k = 0; k < comparison->n_evaluations; k++) {
            const GhPointScore *score = &comparison->evaluations[k].scores->points[row->data_point];
            csv_number(out, point_value(score));
            csv_number(out, point_share(score));
        }
        csv_number(out, row->gap);
        g_string_append_c(out, '\n');
    }
}
