/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_text.c - several evaluations side by side on a terminal. */
#include "evaluation/compare.h"

#include <math.h>

#include "base/layout.h"

enum {
    CITY_WIDTH = 14, /* a value and its unit mark, or a score */
    GAP_WIDTH = 8,
    NAME_WIDTH_MIN = 24,
    SCORE_DECIMALS = 1,
    VALUE_DECIMALS = 4, /* more than any published figure has that is not tiny */
};

typedef struct {
    const GhComparison *comparison;
    const GhLang *lang;
    unsigned name_width;
    GString *out;
} Print;

static void
append_number(const Print *print, double value, unsigned decimals, unsigned width)
{
    g_autofree char *text =
        isnan(value) ? g_strdup("–") : gh_lang_number(print->lang, value, decimals);
    g_string_append_c(print->out, ' ');
    gh_layout_right(print->out, text, width);
}

static void
append_heading(const Print *print, const char *title, const char *last)
{
    gh_layout_left(print->out, title, print->name_width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++) {
        const GhEvaluation *evaluation = &print->comparison->evaluations[i];
        g_autofree char *head =
            evaluation->figures->year == 0
                ? g_strdup(evaluation->city->name)
                : g_strdup_printf("%s %d", evaluation->city->name, evaluation->figures->year);
        g_string_append_c(print->out, ' ');
        gh_layout_right(print->out, head, CITY_WIDTH);
    }
    g_string_append_c(print->out, ' ');
    gh_layout_right(print->out, last, GAP_WIDTH);
    g_string_append_c(print->out, '\n');
}

static double
score_gap(const GhComparison *comparison, size_t group)
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        const GhGroupScore *score = &comparison->evaluations[i].scores->groups[group];
        if (!score->has_score)
            return NAN;
        least = MIN(least, score->score);
        most = MAX(most, score->score);
    }
    return most - least;
}

static void
append_group(const Print *print, size_t index)
{
    const GhFramework *framework = print->comparison->evaluations[0].framework;
    const GhGroup *group = &framework->groups[index];
    const char *name =
        gh_framework_text(framework, print->lang, "group", group->name, "name", group->name);
    g_autofree char *indented = g_strdup_printf("%*s%s", (int)(2 * group->level), "", name);

    gh_layout_left(print->out, indented, print->name_width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++)
        append_number(print, print->comparison->evaluations[i].scores->groups[index].score,
                      SCORE_DECIMALS, CITY_WIDTH);
    append_number(print, score_gap(print->comparison, index), SCORE_DECIMALS, GAP_WIDTH);
    g_string_append_c(print->out, '\n');
}

static void
append_data_point(const Print *print, const GhComparisonRow *row)
{
    const GhFramework *framework = print->comparison->evaluations[0].framework;
    const GhDataPoint *point = &framework->data_points[row->data_point];
    g_autofree char *name = g_strdup_printf(
        "%s, %s",
        gh_framework_text(framework, print->lang, "data_point", point->id, "label", point->label),
        point->unit);

    gh_layout_left(print->out, name, print->name_width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++)
        append_number(print,
                      print->comparison->evaluations[i].scores->points[row->data_point].value,
                      VALUE_DECIMALS, CITY_WIDTH);
    append_number(print, row->gap, SCORE_DECIMALS, GAP_WIDTH);
    g_string_append_c(print->out, '\n');
}

void
gh_comparison_text(const GhComparison *comparison, const GhLang *lang, unsigned width, GString *out)
{
    const GhEvaluation *first = &comparison->evaluations[0];
    unsigned columns = (unsigned)comparison->n_evaluations * (CITY_WIDTH + 1) + GAP_WIDTH + 1;
    const Print print = {
        .comparison = comparison,
        .lang = lang,
        .name_width = width > columns + NAME_WIDTH_MIN ? width - columns : NAME_WIDTH_MIN,
        .out = out,
    };

    append_heading(&print, GH_T(lang, "Score, percent"), GH_T(lang, "Gap"));
    /* Dimensions and sub-dimensions: categories are many, and the indicators follow anyway. */
    for (size_t i = 0; i < first->framework->n_groups; i++) {
        if (first->framework->groups[i].level + 1 < first->framework->n_levels
            || first->framework->n_levels == 1)
            append_group(&print, i);
    }

    g_string_append_c(out, '\n');
    append_heading(&print, GH_T(lang, "Indicator, unit"), GH_T(lang, "Gap"));
    g_autoptr(GArray) rows = gh_comparison_rows(comparison);
    for (guint i = 0; i < rows->len; i++)
        append_data_point(&print, &g_array_index(rows, GhComparisonRow, i));
    if (rows->len == 0)
        g_string_append_printf(out, "%s\n", GH_T(lang, "None of these cities has figures yet."));

    g_string_append_printf(
        out, "\n%s\n",
        GH_T(lang, "Gap: difference in percent of target between the best and the weakest, widest "
                   "first. The score alone says nothing of what is missing: see evaluate CITY."));
}
