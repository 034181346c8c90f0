/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_text.c - an evaluation for a terminal: groups with their range, then every data point. */

#include "evaluation/written.h"

#include <math.h>

#include "base/layout.h"
#include "evaluation/written_private.h"

enum {
    WIDTH_DEFAULT = 80, /* where no terminal says otherwise */
    WIDTH_MIN = 72,     /* narrower, and the names would go */
    WIDTH_MAX = 120,    /* wider, and the eye loses the line */
    WIDTH_WIDE = 100,   /* from here on there is room for the longer bar */

    BAR_SHORT = 11,
    BAR_LONG = 21,

    MARK_COLUMNS = 2,
    SCORE_COLUMNS = 6,
    BAND_COLUMNS = 7,
    FIGURES_COLUMNS = 10,
    BOUND_COLUMNS = 6,
    VALUE_SHORT = 24,
    VALUE_LONG = 32, /* "95,424 per 100 000 inhabitants" */
    SHARE_COLUMNS = 8,
    STATE_COLUMNS = 15,
};

/* Weak to strong: dark magenta, orange, light teal, deep green, as on the pages (256 colours). */
static const char *const COLOURS[] = {"\033[38;5;90m", "\033[38;5;208m", "\033[38;5;79m",
                                      "\033[38;5;28m"};
static const char *const MARKS[] = {"\xe2\x97\x8b", "\xe2\x97\x94", "\xe2\x97\x91", "\xe2\x97\x8f"};
static const char NO_SCORE[] = "\xe2\x80\x93"; /* en dash */
static const char NO_FIGURE[] = "\xc2\xb7";    /* middle dot */

G_STATIC_ASSERT(G_N_ELEMENTS(COLOURS) == G_N_ELEMENTS(MARKS));

/* Bands of other numbers than four are spread over the four marks. */
static size_t
mark_index(const GhFramework *framework, size_t band)
{
    size_t last = G_N_ELEMENTS(MARKS) - 1;

    return framework->n_bands > 1 ? band * last / (framework->n_bands - 1) : last;
}

const char *
gh_written_mark(const GhFramework *framework, size_t band)
{
    return MARKS[mark_index(framework, band)];
}

void
gh_written_in_band(const GhWriting *writing, size_t band, const char *text)
{
    const char *colour = COLOURS[mark_index(writing->evaluation->framework, band)];

    if (writing->colour)
        g_string_append(writing->out, colour);
    g_string_append(writing->out, text);
    if (writing->colour)
        g_string_append(writing->out, "\033[0m");
}

static void
append_heading(const GhWriting *writing, const char *text, size_t width)
{
    if (writing->colour)
        g_string_append(writing->out, "\033[1m");
    gh_layout_left(writing->out, text, width);
    if (writing->colour)
        g_string_append(writing->out, "\033[0m");
}

static void
append_blanks(const GhWriting *writing, size_t n)
{
    gh_layout_left(writing->out, "", n);
}

/* A name behind its mark. One that does not fit is written out on a line of its own, because its end
 * may be what tells it from its neighbours ("coverage: 3G", "coverage: 4G"). */
static void
append_name(const GhWriting *writing, const char *name, size_t columns)
{
    if (gh_layout_width(name) <= columns) {
        gh_layout_left(writing->out, name, columns);
        return;
    }
    gh_layout_left(writing->out, name, MIN(gh_layout_width(name), writing->width - MARK_COLUMNS));
    g_string_append_c(writing->out, '\n');
    append_blanks(writing, MARK_COLUMNS + columns);
}

static void
append_number(const GhWriting *writing, double value, unsigned decimals, size_t width)
{
    g_autofree char *text =
        isnan(value) ? g_strdup(NO_SCORE) : gh_lang_number(writing->lang, value, decimals);

    gh_layout_right(writing->out, text, width);
}

/* -- the head -- */

static char *
targets_name(const GhWriting *writing)
{
    const char *id = writing->evaluation->targets->id;

    if (g_str_equal(id, "open"))
        return g_strdup(GH_T(writing->lang, "open (chosen by this project, not official)"));
    return g_strdup(id);
}

static void
write_tiers(const GhWriting *writing)
{
    const GhFramework *framework = writing->evaluation->framework;

    for (size_t i = 0; i < framework->n_tiers; i++) {
        const GhTierRate rate = gh_scores_tier_rate(framework, writing->evaluation->scores, i);
        const char *name =
            gh_framework_text(framework, writing->lang, "tier", framework->tiers[i].id, "name",
                              framework->tiers[i].name);
        g_autofree char *any = g_strdup_printf("%zu", rate.n_any);
        g_autofree char *kpis = g_strdup_printf("%zu", rate.n_kpis);
        g_autofree char *all = g_strdup_printf("%zu", rate.n_all);
        g_autofree char *line = gh_lang_fill(
            GH_T(writing->lang, "{tier}: {any} of {kpis} indicators with a figure, {all} complete"),
            "tier", name, "any", any, "kpis", kpis, "all", all, NULL);

        gh_layout_wrap(writing->out, line, 0, writing->width);
    }
}

static void
write_head(const GhWriting *writing)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhFramework *framework = evaluation->framework;
    g_autofree char *year = g_strdup_printf("%d", evaluation->figures->year);
    const char *country = evaluation->city->country_code;
    g_autofree char *title = g_strdup_printf(
        "%s%s%s%s, %s", evaluation->city->name, country != NULL && *country != '\0' ? " (" : "",
        country != NULL ? country : "", country != NULL && *country != '\0' ? ")" : "",
        evaluation->figures->year != 0 ? year : GH_T(writing->lang, "no figures yet"));
    g_autofree char *targets = targets_name(writing);
    g_autofree char *method = gh_lang_fill(
        GH_T(writing->lang, "{framework}, version {version}; targets: {targets}"), "framework",
        gh_framework_text(framework, writing->lang, "framework", framework->id, "name",
                          framework->name),
        "version", framework->version, "targets", targets, NULL);

    append_heading(writing, title, gh_layout_width(title));
    g_string_append_c(writing->out, '\n');
    gh_layout_wrap(writing->out, method, 0, writing->width);
    if (evaluation->scores->verified_only)
        gh_layout_wrap(writing->out,
                       GH_T(writing->lang, "Only verified figures count; the others are left out."),
                       0, writing->width);
    write_tiers(writing);
}

/* -- groups -- */

static size_t
bar_columns(const GhWriting *writing)
{
    return writing->width >= WIDTH_WIDE ? BAR_LONG : BAR_SHORT;
}

static size_t
group_name_columns(const GhWriting *writing)
{
    size_t others = MARK_COLUMNS + SCORE_COLUMNS + 2 + BAND_COLUMNS + FIGURES_COLUMNS
                    + BOUND_COLUMNS + 1 + bar_columns(writing) + BOUND_COLUMNS;

    return writing->width - others;
}

/* 0..100 from the left to the right: the range that is possible, and the score in it. */
static void
append_bar(const GhWriting *writing, const GhGroupScore *score)
{
    size_t n = bar_columns(writing);
    double last = (double)(n - 1);
    size_t from = (size_t)lround(score->lowest / 100 * last);
    size_t to = (size_t)lround(score->highest / 100 * last);
    size_t at = score->has_score ? (size_t)lround(score->score / 100 * last) : n;

    for (size_t i = 0; i < n; i++) {
        if (i == at)
            gh_written_in_band(writing, score->band, "\xe2\x97\x86"); /* black diamond */
        else
            g_string_append(writing->out, i >= from && i <= to ? "\xe2\x94\x81" : "\xc2\xb7");
    }
}

static void
write_group_mark(const GhWriting *writing, const GhGroupScore *score)
{
    if (score->has_score)
        gh_written_in_band(writing, score->band,
                           gh_written_mark(writing->evaluation->framework, score->band));
    else
        g_string_append(writing->out, NO_FIGURE);
    g_string_append_c(writing->out, ' ');
}

static const char *
group_name(const GhWriting *writing, const GhGroup *group)
{
    return gh_framework_text(writing->evaluation->framework, writing->lang, "group", group->name,
                             "name", group->name);
}

static char *
coverage_text(const GhWriting *writing, const GhGroupScore *score)
{
    g_autofree char *reported = g_strdup_printf("%zu", score->reported);
    g_autofree char *total = g_strdup_printf("%zu", score->total);

    return gh_lang_fill(GH_T(writing->lang, "{n} of {total}"), "n", reported, "total", total, NULL);
}

static void
write_group(const GhWriting *writing, const GhGroupScore *score)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhGroup *group = &framework->groups[score->group];
    const char *name = group_name(writing, group);
    g_autofree char *coverage = coverage_text(writing, score);
    bool has_band = score->has_score && framework->n_bands > 0;

    write_group_mark(writing, score);
    append_name(writing, name, group_name_columns(writing));
    append_number(writing, score->score, 1, SCORE_COLUMNS);
    g_string_append(writing->out, "  ");
    gh_layout_left(writing->out, has_band ? framework->bands[score->band].label : "", BAND_COLUMNS);
    gh_layout_right(writing->out, coverage, FIGURES_COLUMNS);
    append_number(writing, score->lowest, 1, BOUND_COLUMNS);
    if (!isnan(score->lowest)) {
        g_string_append_c(writing->out, ' ');
        append_bar(writing, score);
        append_number(writing, score->highest, 1, BOUND_COLUMNS);
    }
    g_string_append_c(writing->out, '\n');
}

static void
write_group_headings(const GhWriting *writing, const char *title)
{
    g_string_append_c(writing->out, '\n');
    append_heading(writing, title, MARK_COLUMNS + group_name_columns(writing));
    gh_layout_right(writing->out, GH_T(writing->lang, "score"), SCORE_COLUMNS);
    g_string_append(writing->out, "  ");
    gh_layout_left(writing->out, GH_T(writing->lang, "band"), BAND_COLUMNS);
    gh_layout_right(writing->out, GH_T(writing->lang, "figures"), FIGURES_COLUMNS);
    g_string_append_c(writing->out, ' ');
    g_string_append(writing->out, GH_T(writing->lang, "lowest to highest"));
    g_string_append_c(writing->out, '\n');
}

static void
write_groups(const GhWriting *writing, bool explain)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhFramework *framework = evaluation->framework;
    size_t level = framework->n_levels; /* none yet */
    const char *top = NULL;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];

        if (group->level != level) {
            level = group->level;
            write_group_headings(writing, gh_framework_text(framework, writing->lang, "level",
                                                            framework->levels[level].id, "plural",
                                                            framework->levels[level].plural));
            top = NULL;
        }
        /* The same name occurs under two tops: below the first level the top stands above. */
        if (level > 0 && (top == NULL || !g_str_equal(top, group->top))) {
            top = group->top;
            gh_layout_wrap(writing->out,
                           gh_framework_text(framework, writing->lang, "group", top, "name", top),
                           0, writing->width);
        }
        write_group(writing, &evaluation->scores->groups[i]);
        if (explain)
            gh_written_explain_group(writing, &evaluation->scores->groups[i]);
    }
}

/* -- data points -- */

static const char *
state_text(const GhLang *lang, const GhPointScore *point, const GhFigure *figure)
{
    switch (point->status) {
    case GH_STATUS_MISSING:
        return GH_T(lang, "missing");
    case GH_STATUS_REPORTED:
        return figure->verified ? GH_T(lang, "verified") : GH_T(lang, "not verified");
    case GH_STATUS_NOT_REPORTED:
        return GH_T(lang, "not reported");
    case GH_STATUS_NOT_APPLICABLE:
        return GH_T(lang, "not applicable");
    case GH_STATUS_NOT_VERIFIED:
        return GH_T(lang, "not verified");
    case GH_STATUS_NOT_AVAILABLE:
        return GH_T(lang, "not available");
    }
    g_assert_not_reached();
}

static char *
value_text(const GhWriting *writing, const GhPointScore *point)
{
    const GhDataPoint *data_point = &writing->evaluation->framework->data_points[point->data_point];
    if (isnan(point->value))
        return g_strdup("");

    g_autofree char *number = gh_lang_number(writing->lang, point->value, 6);
    return g_strdup_printf("%s %s", number, data_point->unit);
}

static char *
share_text(const GhWriting *writing, const GhPointScore *point)
{
    if (!point->scored)
        return g_strdup(isnan(point->value) ? "" : NO_SCORE);

    g_autofree char *number = gh_lang_number(writing->lang, point->share, 1);
    return g_strdup_printf("%s %%", number);
}

static void
write_point(const GhWriting *writing, size_t index, bool explain)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhFramework *framework = evaluation->framework;
    const GhDataPoint *data_point = &framework->data_points[index];
    const GhPointScore *point = &evaluation->scores->points[index];
    g_autofree char *value = value_text(writing, point);
    g_autofree char *share = share_text(writing, point);
    size_t value_columns = writing->width >= WIDTH_WIDE ? VALUE_LONG : VALUE_SHORT;
    size_t label_columns =
        writing->width - MARK_COLUMNS - value_columns - SHARE_COLUMNS - STATE_COLUMNS - 1;

    if (point->scored)
        gh_written_in_band(writing, point->band, gh_written_mark(framework, point->band));
    else
        g_string_append(writing->out, isnan(point->value) ? NO_FIGURE : NO_SCORE);
    g_string_append_c(writing->out, ' ');
    append_name(writing,
                gh_framework_text(framework, writing->lang, "data_point", data_point->id, "label",
                                  data_point->label),
                label_columns);
    g_string_append_c(writing->out, ' ');
    gh_layout_right(writing->out, value, value_columns - 1);
    gh_layout_right(writing->out, share, SHARE_COLUMNS);
    g_string_append(writing->out, "  ");
    g_string_append(writing->out,
                    state_text(writing->lang, point, &evaluation->figures->figures[index]));
    g_string_append_c(writing->out, '\n');
    if (explain)
        gh_written_explain_point(writing, index);
}

/* Group by group of the lowest level. */
static void
write_points(const GhWriting *writing, bool explain)
{
    const GhFramework *framework = writing->evaluation->framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level + 1 != framework->n_levels)
            continue;

        const char *name = group_name(writing, group);
        const char *top =
            gh_framework_text(framework, writing->lang, "group", group->top, "name", group->top);
        g_autofree char *title =
            group->level > 0 ? g_strdup_printf("%s / %s", top, name) : g_strdup(name);
        g_string_append_c(writing->out, '\n');
        append_heading(writing, title, MIN(gh_layout_width(title), writing->width));
        g_string_append_c(writing->out, '\n');
        for (size_t k = 0; k < group->n_data_points; k++)
            write_point(writing, group->data_points[k], explain);
    }
}

/* What the marks mean. */
static void
write_legend(const GhWriting *writing)
{
    const GhFramework *framework = writing->evaluation->framework;

    g_string_append_c(writing->out, '\n');
    for (size_t i = 0; i < framework->n_bands; i++) {
        gh_written_in_band(writing, i, gh_written_mark(framework, i));
        g_string_append_printf(writing->out, " %s %%   ", framework->bands[i].label);
    }
    g_string_append_printf(writing->out, "%s %s   %s %s\n", NO_SCORE,
                           GH_T(writing->lang, "no target"), NO_FIGURE,
                           GH_T(writing->lang, "no figure"));
}

void
gh_written_text(const GhEvaluation *evaluation, const GhLang *lang,
                const GhWrittenTextOptions *options, GString *out)
{
    size_t width = options->width != 0 ? options->width : WIDTH_DEFAULT;
    const GhWriting writing = {
        .evaluation = evaluation,
        .lang = lang,
        .out = out,
        .width = CLAMP(width, WIDTH_MIN, WIDTH_MAX),
        .colour = options->colour,
    };

    write_head(&writing);
    write_groups(&writing, options->explain);
    write_points(&writing, options->explain);
    write_legend(&writing);
}
