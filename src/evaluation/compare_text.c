/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_text.c - several evaluations side by side on a terminal. */
#include "evaluation/compare.h"

#include <math.h>

#include "base/layout.h"
#include "evaluation/words/say.h"

enum {
    CITY_WIDTH_MIN = 8,
    CITY_WIDTH_MAX = 16, /* a longer name of a city is cut; a number never */
    GAP_WIDTH_MIN = 8,
    NAME_WIDTH_MIN = 24,
    SCORE_DECIMALS = 1,
};

static const char NOTHING[] = "–";

typedef struct {
    const GhComparison *comparison;
    const GhLang *lang;
    size_t name_width, city_width, gap_width, width;
    GString *out;
} Print;

static void
append_number(const Print *print, double value, unsigned decimals, size_t width)
{
    g_autofree char *text =
        isnan(value) ? g_strdup(NOTHING) : gh_lang_number(print->lang, value, decimals);
    g_string_append_c(print->out, ' ');
    gh_layout_right(print->out, text, width);
}

/* The cities, and below them their years: a long name that is cut must not take the year with it. */
static void
append_heading(const Print *print, const char *title, const char *last)
{
    gh_layout_left(print->out, "", print->name_width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++) {
        g_string_append_c(print->out, ' ');
        gh_layout_right(print->out, print->comparison->evaluations[i].city->name,
                        print->city_width);
    }
    g_string_append_c(print->out, '\n');

    gh_layout_cell(print->out, title, 0, print->name_width, print->width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++) {
        int year = print->comparison->evaluations[i].figures->year;
        g_autofree char *text = year != 0 ? g_strdup_printf("%d", year) : g_strdup(NOTHING);
        g_string_append_c(print->out, ' ');
        gh_layout_right(print->out, text, print->city_width);
    }
    g_string_append_c(print->out, ' ');
    gh_layout_right(print->out, last, print->gap_width);
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
    size_t indent = 2 * group->level;

    gh_layout_left(print->out, "", indent);
    gh_layout_cell(print->out, gh_say_group(framework, print->lang, group->name), indent,
                   print->name_width, print->width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++)
        append_number(print, print->comparison->evaluations[i].scores->groups[index].score,
                      SCORE_DECIMALS, print->city_width);
    append_number(print, score_gap(print->comparison, index), SCORE_DECIMALS, print->gap_width);
    g_string_append_c(print->out, '\n');
}

/* Why there is no value, as short as a column: the legend below says which is which. */
static const char *
why_not(const GhLang *lang, const GhFigure *figure)
{
    switch (figure->status) {
    case GH_STATUS_NOT_REPORTED:
        return GH_T(lang, "n.r.");
    case GH_STATUS_NOT_APPLICABLE:
        return GH_T(lang, "n.appl.");
    case GH_STATUS_NOT_VERIFIED:
        return GH_T(lang, "n.ver.");
    case GH_STATUS_NOT_AVAILABLE:
        return GH_T(lang, "n.av.");
    case GH_STATUS_MISSING:
    case GH_STATUS_REPORTED:
        return NOTHING;
    }
    g_assert_not_reached();
}

static char *
value_text(const GhComparison *comparison, const GhLang *lang, size_t evaluation, size_t data_point)
{
    const GhEvaluation *of = &comparison->evaluations[evaluation];
    double value = of->scores->points[data_point].value;

    return isnan(value) ? g_strdup(why_not(lang, &of->figures->figures[data_point]))
                        : gh_say_value(lang, &of->framework->data_points[data_point], value);
}

static void
append_data_point(const Print *print, const GhComparisonRow *row)
{
    const GhFramework *framework = print->comparison->evaluations[0].framework;
    g_autofree char *figure = gh_say_figure(framework, print->lang, row->data_point);
    const char *unit = gh_say_unit(framework, print->lang, row->data_point);
    g_autofree char *name = g_strdup_printf("%s%s%s", figure, *unit != '\0' ? ", " : "", unit);

    gh_layout_cell(print->out, name, 0, print->name_width, print->width);
    for (size_t i = 0; i < print->comparison->n_evaluations; i++) {
        g_autofree char *value = value_text(print->comparison, print->lang, i, row->data_point);
        g_string_append_c(print->out, ' ');
        gh_layout_right(print->out, value, print->city_width);
    }
    append_number(print, row->gap, SCORE_DECIMALS, print->gap_width);
    g_string_append_c(print->out, '\n');
}

/* Of a city's column. */
static size_t
measure_city(const GhComparison *comparison, const GhLang *lang, const GArray *rows)
{
    size_t width = CITY_WIDTH_MIN;

    for (size_t i = 0; i < comparison->n_evaluations; i++) {
        size_t name = gh_layout_width(comparison->evaluations[i].city->name);
        width = MAX(width, MIN(name, CITY_WIDTH_MAX));
        for (guint k = 0; k < rows->len; k++) {
            size_t data_point = g_array_index(rows, GhComparisonRow, k).data_point;
            g_autofree char *value = value_text(comparison, lang, i, data_point);
            width = MAX(width, gh_layout_width(value));
        }
    }
    return width;
}

/* "Asker 2022: 0 of 34 figures verified." for each, so that no score is taken for more than it is. */
static void
append_verified(const Print *print)
{
    for (size_t i = 0; i < print->comparison->n_evaluations; i++) {
        const GhEvaluation *evaluation = &print->comparison->evaluations[i];
        g_autofree char *year = g_strdup_printf("%d", evaluation->figures->year);
        g_autofree char *state = gh_say_set_verified(print->lang, evaluation->figures);
        if (state == NULL)
            continue;
        g_autofree char *line =
            gh_lang_fill(GH_T(print->lang, "{city} {year}: {state}."), "city",
                         evaluation->city->name, "year", year, "state", state, NULL);
        gh_layout_wrap(print->out, line, 0, print->width);
    }
}

void
gh_comparison_text(const GhComparison *comparison, const GhLang *lang, unsigned width, GString *out)
{
    const GhEvaluation *first = &comparison->evaluations[0];
    size_t gap_width = MAX(GAP_WIDTH_MIN, gh_layout_width(GH_T(lang, "Gap")));
    g_autoptr(GArray) rows = gh_comparison_rows(comparison);
    size_t city_width = measure_city(comparison, lang, rows);
    size_t columns = comparison->n_evaluations * (city_width + 1) + gap_width + 1;
    const Print print = {
        .comparison = comparison,
        .lang = lang,
        .name_width = MAX(NAME_WIDTH_MIN, width > columns ? width - columns : 0),
        .city_width = city_width,
        .gap_width = gap_width,
        .width = width,
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
    for (guint i = 0; i < rows->len; i++)
        append_data_point(&print, &g_array_index(rows, GhComparisonRow, i));
    if (rows->len == 0)
        gh_layout_wrap(out, GH_T(lang, "None of these cities has figures yet."), 0, width);

    g_string_append_c(out, '\n');
    append_verified(&print);
    if (rows->len > 0)
        gh_layout_wrap(out,
                       GH_T(lang, "Without a value: – missing, n.r. not reported, n.appl. not "
                                  "applicable, n.av. not available, n.ver. not verified."),
                       0, width);
    gh_layout_wrap(
        out,
        GH_T(lang, "Gap: difference in percent of target between the best and the weakest, widest "
                   "first. The score alone says nothing of what is missing: see evaluate CITY."),
        0, width);
}
