/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_slope.c - two evaluations, and a line from one to the other for each group or data point. */
#include "evaluation/charts/city_charts.h"

#include <math.h>
#include <string.h>

#include "evaluation/charts/city_parts.h"
#include "evaluation/words/say.h"

typedef struct {
    const GhEvaluation *left, *right;
    const GhLang *lang;
    const char *link_base;
    char *left_title, *right_title; /* borrowed from memory */
    GPtrArray *memory;              /* owned blocks, NULL among them */
} Building;

static void *
keep(const Building *building, void *block)
{
    g_ptr_array_add(building->memory, block);
    return block;
}

/* A score or share with its band; NAN: none. */
typedef struct {
    double value;
    size_t band;
} End;

static End
end_of_group(const GhEvaluation *evaluation, size_t group)
{
    const GhGroupScore *score = &evaluation->scores->groups[group];

    return score->has_score ? (End){score->score, score->band} : (End){NAN, 0};
}

static End
end_of_point(const GhEvaluation *evaluation, size_t data_point)
{
    const GhPointScore *score = &evaluation->scores->points[data_point];

    return score->scored ? (End){score->share, score->band} : (End){NAN, 0};
}

static const char *
write_end(const Building *building, const End *end)
{
    if (isnan(end->value))
        return "";
    return keep(building, gh_say_score(building->left->framework, building->lang, end->value));
}

static int
step_of(const Building *building, const End *end)
{
    return isnan(end->value)
               ? 0
               : gh_palette_step_of_band(end->band, building->left->framework->n_bands);
}

/* label and link are taken. */
static void
add_row(const Building *building, GArray *rows, char *label, char *link, const End *left,
        const End *right)
{
    const char *no_data = GH_T(building->lang, "no data");
    GhSlopeRow row = {
        .label = keep(building, label),
        .link = keep(building, link),
        .left = left->value,
        .right = right->value,
        .left_step = step_of(building, left),
        .right_step = step_of(building, right),
    };

    if (isnan(left->value) && isnan(right->value))
        return;
    row.left_value = write_end(building, left);
    row.right_value = write_end(building, right);
    row.name = keep(building,
                    gh_lang_fill(GH_T(building->lang, "{label}: {left} in {left_city}, {right} in "
                                                      "{right_city}"),
                                 "label", label, "left", *row.left_value ? row.left_value : no_data,
                                 "left_city", building->left_title, "right",
                                 *row.right_value ? row.right_value : no_data, "right_city",
                                 building->right_title, NULL));
    g_array_append_val(rows, row);
}

static void
add_groups(const Building *building, GArray *rows)
{
    const GhFramework *framework = building->left->framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level + 1 != framework->n_levels)
            continue;
        const End left = end_of_group(building->left, i), right = end_of_group(building->right, i);
        add_row(building, rows, gh_city_group_label(framework, building->lang, i),
                gh_city_group_link(building->left, building->link_base, i), &left, &right);
    }
}

static void
add_points(const Building *building, size_t group, GArray *rows)
{
    const GhFramework *framework = building->left->framework;
    const GhGroup *own = &framework->groups[group];

    for (size_t i = 0; i < own->n_data_points; i++) {
        size_t point = own->data_points[i];
        const End left = end_of_point(building->left, point);
        const End right = end_of_point(building->right, point);
        add_row(building, rows, gh_say_figure(framework, building->lang, point),
                gh_city_point_link(building->left, building->link_base, point), &left, &right);
    }
}

/* -- description -- */

static const GhSlopeRow *
widest(const GArray *rows)
{
    const GhSlopeRow *found = NULL;

    for (guint i = 0; i < rows->len; i++) {
        const GhSlopeRow *row = &g_array_index(rows, GhSlopeRow, i);
        double gap = fabs(row->right - row->left);
        if (!isnan(gap) && (found == NULL || gap > fabs(found->right - found->left)))
            found = row;
    }
    return found;
}

/* Alike is what is written alike, as in the chart. */
static void
count_changes(const GArray *rows, size_t *ret_higher, size_t *ret_lower, size_t *ret_same)
{
    size_t higher = 0, lower = 0, same = 0;

    for (guint i = 0; i < rows->len; i++) {
        const GhSlopeRow *row = &g_array_index(rows, GhSlopeRow, i);
        if (isnan(row->left) || isnan(row->right))
            continue;
        if (strcmp(row->left_value, row->right_value) == 0)
            same++;
        else if (row->right > row->left)
            higher++;
        else
            lower++;
    }
    *ret_higher = higher;
    *ret_lower = lower;
    *ret_same = same;
}

static char *
describe(const Building *building, const GArray *rows, const GhSlopeRow *most)
{
    size_t n_higher = 0, n_lower = 0, n_same = 0;

    count_changes(rows, &n_higher, &n_lower, &n_same);
    g_autofree char *higher = g_strdup_printf("%zu", n_higher);
    g_autofree char *lower = g_strdup_printf("%zu", n_lower);
    g_autofree char *same = g_strdup_printf("%zu", n_same);
    return gh_lang_fill(
        GH_T(building->lang,
             "{right_city} against {left_city}: higher {higher}, lower {lower}, the "
             "same {same}. Largest difference: {row}."),
        "right_city", building->right_title, "left_city", building->left_title, "higher", higher,
        "lower", lower, "same", same, "row", most->name, NULL);
}

GhDrawing *
gh_city_slope(const GhEvaluation *left, const GhEvaluation *right, const GhLang *lang, gssize group,
              const char *link_base, double width)
{
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(GhSlopeRow));
    g_autofree char *left_title = gh_city_and_year(left, lang);
    g_autofree char *right_title = gh_city_and_year(right, lang);
    const Building building = {left, right, lang, link_base, left_title, right_title, memory};

    if (group >= 0)
        add_points(&building, (size_t)group, rows);
    else
        add_groups(&building, rows);
    const GhSlopeRow *most = widest(rows);
    if (most == NULL)
        return NULL;

    g_autofree char *title = gh_lang_fill(GH_T(lang, "{left_city} and {right_city}"), "left_city",
                                          left_title, "right_city", right_title, NULL);
    g_autofree char *description = describe(&building, rows, most);
    return gh_chart_slope(&(GhSlope){
        .lang = lang,
        .title = title,
        .description = description,
        .left_title = left_title,
        .right_title = right_title,
        .axis = group >= 0 ? GH_T(lang, "Share of target, %")
                           : gh_city_score_axis(left->framework, lang),
        .rows = &g_array_index(rows, GhSlopeRow, 0),
        .n_rows = rows->len,
        .width = width,
    });
}
