/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_points.c - the data points of an evaluation for a terminal: a row for each figure, and what is
 * missing in a list, so that a short report does not drown in empty rows. */
#include "evaluation/written_private.h"

#include <math.h>

#include "base/layout.h"
#include "evaluation/words/say.h"

enum {
    GAP = 2,
    SHARE_MIN = 7, /* "97.1 %" and a blank */
};

static const char LIST_SEPARATOR[] = "; "; /* names have commas */

/* -- columns, from the right to the left -- */

/* The state as it counts: a figure left out because it is not verified is not verified. */
static const char *
state_of(const GhWriting *writing, size_t index)
{
    GhFigure counted = writing->evaluation->figures->figures[index];

    counted.status = writing->evaluation->scores->points[index].status;
    return gh_say_state(writing->lang, &counted);
}

/* As wide as the states of a figure with a value. */
static size_t
state_columns(const GhWriting *writing)
{
    return MAX(gh_layout_width(GH_T(writing->lang, "verified")),
               gh_layout_width(GH_T(writing->lang, "not verified")));
}

static const char *
share_heading(const GhWriting *writing)
{
    /* TRANSLATORS: heading of a narrow column: the share of the target that is reached, in percent */
    return GH_T(writing->lang, "of target");
}

static size_t
share_columns(const GhWriting *writing)
{
    return GAP + MAX(SHARE_MIN, gh_layout_width(share_heading(writing)));
}

/* Where the values end. */
static size_t
value_end(const GhWriting *writing)
{
    return writing->width - state_columns(writing) - GAP - share_columns(writing);
}

/* -- a figure -- */

static char *
value_text(const GhWriting *writing, size_t index)
{
    const GhFramework *framework = writing->evaluation->framework;
    const char *unit = gh_say_unit(framework, writing->lang, index);
    g_autofree char *value = gh_say_value(writing->lang, &framework->data_points[index],
                                          writing->evaluation->scores->points[index].value);

    return *unit != '\0' ? g_strdup_printf("%s %s", value, unit) : g_steal_pointer(&value);
}

static char *
share_text(const GhWriting *writing, const GhPointScore *point)
{
    if (!point->scored)
        return g_strdup(GH_WRITTEN_NO_SCORE);

    g_autofree char *number = gh_lang_number(writing->lang, point->share, 1);
    return g_strdup_printf("%s %%", number);
}

static void
write_figure(const GhWriting *writing, size_t index)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhPointScore *point = &writing->evaluation->scores->points[index];
    g_autofree char *name = gh_say_figure(framework, writing->lang, index);
    g_autofree char *value = value_text(writing, index);
    g_autofree char *share = share_text(writing, point);
    size_t end = value_end(writing);
    size_t columns = MIN(gh_layout_width(value), end - GH_MARK_COLUMNS - GAP);

    if (point->scored)
        gh_written_in_band(writing, point->band, gh_written_mark(framework, point->band));
    else
        g_string_append(writing->out, GH_WRITTEN_NO_SCORE);
    g_string_append_c(writing->out, ' ');
    gh_layout_cell(writing->out, name, GH_MARK_COLUMNS, end - columns - GAP, writing->width);
    gh_layout_right(writing->out, value, columns + GAP);
    gh_layout_right(writing->out, share, share_columns(writing));
    gh_layout_left(writing->out, "", GAP);
    g_string_append_printf(writing->out, "%s\n", state_of(writing, index));
}

/* -- what has no value -- */

static bool
has_value(const GhWriting *writing, size_t index)
{
    return !isnan(writing->evaluation->scores->points[index].value);
}

/* Behind "missing: ", as one entry of a list. */
static void
write_without_value(const GhWriting *writing, const char *state, const char *names)
{
    g_autofree char *line = gh_lang_fill(GH_T(writing->lang, "{state}: {indicators}"), "state",
                                         state, "indicators", names, NULL);

    g_string_append(writing->out, GH_WRITTEN_NO_FIGURE " ");
    gh_layout_hang(writing->out, line, GH_MARK_COLUMNS, writing->width);
}

/* Whether all data points of the indicator are in that state and without a value. */
static bool
is_whole_kpi(const GhWriting *writing, const GhKpi *kpi, GhStatus status)
{
    for (size_t i = 0; i < kpi->n_data_points; i++) {
        size_t index = kpi->first_data_point + i;
        if (has_value(writing, index)
            || writing->evaluation->scores->points[index].status != status)
            return false;
    }
    return true;
}

/* A figure's name for the list; NULL for one that the first of its indicator speaks for. */
static char *
listed_name(const GhWriting *writing, size_t index, GhStatus status)
{
    const GhFramework *framework = writing->evaluation->framework;
    size_t kpi_index = framework->data_points[index].kpi;
    const GhKpi *kpi = &framework->kpis[kpi_index];

    if (kpi->n_data_points == 1 || !is_whole_kpi(writing, kpi, status))
        return gh_say_figure(framework, writing->lang, index);
    if (index != kpi->first_data_point)
        return NULL;
    g_autofree char *n = g_strdup_printf("%zu", kpi->n_data_points);
    return gh_lang_fill(gh_lang_plural(writing->lang, "{indicator} ({n} figure)",
                                       "{indicator} ({n} figures)", kpi->n_data_points),
                        "indicator", gh_say_kpi(framework, writing->lang, kpi_index), "n", n, NULL);
}

/* One line for all of a category that lack a value for the same reason. */
static void
write_list(const GhWriting *writing, const GhGroup *group, GhStatus status)
{
    g_autoptr(GString) names = g_string_new(NULL);
    const char *state = NULL;

    for (size_t i = 0; i < group->n_data_points; i++) {
        size_t index = group->data_points[i];
        if (has_value(writing, index)
            || writing->evaluation->scores->points[index].status != status)
            continue;
        state = state_of(writing, index);
        g_autofree char *name = listed_name(writing, index, status);
        if (name != NULL)
            g_string_append_printf(names, "%s%s", names->len > 0 ? LIST_SEPARATOR : "", name);
    }
    if (state != NULL)
        write_without_value(writing, state, names->str);
}

static void
write_lists(const GhWriting *writing, const GhGroup *group)
{
    static const GhStatus order[] = {
        GH_STATUS_MISSING,        GH_STATUS_NOT_REPORTED, GH_STATUS_NOT_AVAILABLE,
        GH_STATUS_NOT_APPLICABLE, GH_STATUS_NOT_VERIFIED, GH_STATUS_REPORTED,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        write_list(writing, group, order[i]);
}

/* -- a category -- */

static void
explain_one(const GhWriting *writing, size_t index)
{
    if (has_value(writing, index)) {
        write_figure(writing, index);
    } else {
        g_autofree char *name = gh_say_figure(writing->evaluation->framework, writing->lang, index);
        write_without_value(writing, state_of(writing, index), name);
    }
    gh_written_explain_point(writing, index);
}

/* The category's name, and what the columns below it hold. */
static void
write_title(const GhWriting *writing, const GhGroup *group, bool has_figures)
{
    const GhFramework *framework = writing->evaluation->framework;
    const char *name = gh_say_group(framework, writing->lang, group->name);
    const char *top = gh_say_group(framework, writing->lang, group->top);
    g_autofree char *title =
        group->level > 0 ? g_strdup_printf("%s / %s", top, name) : g_strdup(name);
    const char *value = GH_T(writing->lang, "value");
    size_t title_end = value_end(writing) - gh_layout_width(value) - GAP;
    bool fits = gh_layout_width(title) <= title_end;

    g_string_append_c(writing->out, '\n');
    gh_written_heading(writing, title,
                       has_figures && fits ? title_end
                                           : MIN(gh_layout_width(title), writing->width));
    if (has_figures) {
        if (!fits)
            g_string_append_c(writing->out, '\n');
        gh_layout_right(writing->out, value,
                        fits ? gh_layout_width(value) + GAP : value_end(writing));
        gh_layout_right(writing->out, share_heading(writing), share_columns(writing));
        gh_layout_left(writing->out, "", GAP);
        g_string_append(writing->out, GH_T(writing->lang, "state"));
    }
    g_string_append_c(writing->out, '\n');
}

static void
write_category(const GhWriting *writing, const GhGroup *group, bool explain)
{
    bool has_figures = false;
    for (size_t i = 0; i < group->n_data_points; i++)
        has_figures |= has_value(writing, group->data_points[i]);

    write_title(writing, group, has_figures);
    for (size_t i = 0; i < group->n_data_points; i++) {
        if (explain)
            explain_one(writing, group->data_points[i]);
        else if (has_value(writing, group->data_points[i]))
            write_figure(writing, group->data_points[i]);
    }
    if (!explain)
        write_lists(writing, group);
}

void
gh_written_points(const GhWriting *writing, bool explain)
{
    const GhFramework *framework = writing->evaluation->framework;

    for (size_t i = 0; i < framework->n_groups; i++)
        if (framework->groups[i].level + 1 == framework->n_levels)
            write_category(writing, &framework->groups[i], explain);
}
