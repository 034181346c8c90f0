/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_text.c - an evaluation for a terminal: groups with their range, then every data point. */

#include "evaluation/written.h"

#include <math.h>

#include "base/layout.h"
#include "evaluation/words/say.h"
#include "evaluation/written_private.h"

enum {
    WIDTH_DEFAULT = 80, /* where no terminal says otherwise */
    WIDTH_MIN = 72,     /* narrower, and the names would go */
    WIDTH_MAX = 120,    /* wider, and the eye loses the line */
    WIDTH_WIDE = 100,   /* from here on there is room for the longer bar */

    BAR_SHORT = 11,
    BAR_LONG = 21,

    GAP = 2,
    LEGEND_GAP = 3,
    BOUND_COLUMNS = 6, /* " 100.0" */
    SCORE_MIN = 5,
    /* Columns grow with their headings up to here, so that names keep some room. */
    SCORE_MAX = 10,
    BAND_MAX = 9,
    FIGURES_MAX = 18,
    RANGE_MAX = 27,
};

/* Weak to strong: dark magenta, orange, light teal, deep green, as on the pages (256 colours). */
static const char *const COLOURS[] = {"\033[38;5;90m", "\033[38;5;208m", "\033[38;5;79m",
                                      "\033[38;5;28m"};
static const char *const MARKS[] = {"\xe2\x97\x8b", "\xe2\x97\x94", "\xe2\x97\x91", "\xe2\x97\x8f"};

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

void
gh_written_heading(const GhWriting *writing, const char *text, size_t width)
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

static void
append_number(const GhWriting *writing, double value, unsigned decimals, size_t width)
{
    g_autofree char *text = isnan(value) ? g_strdup(GH_WRITTEN_NO_SCORE)
                                         : gh_lang_number(writing->lang, value, decimals);

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

    gh_written_heading(writing, title, gh_layout_width(title));
    g_string_append_c(writing->out, '\n');
    gh_layout_wrap(writing->out, method, 0, writing->width);
    if (evaluation->scores->verified_only)
        gh_layout_wrap(writing->out,
                       GH_T(writing->lang, "Only verified figures count; the others are left out."),
                       0, writing->width);
    write_tiers(writing);
}

/* -- groups -- */

/* Columns of the table of groups, without the gaps between them. */
typedef struct {
    size_t name; /* with its mark */
    size_t score, band, figures, bar, range;
} Columns;

static char *
coverage_text(const GhWriting *writing, const GhGroupScore *score)
{
    g_autofree char *reported = g_strdup_printf("%zu", score->reported);
    g_autofree char *total = g_strdup_printf("%zu", score->total);

    return gh_lang_fill(GH_T(writing->lang, "{n} of {total}"), "n", reported, "total", total, NULL);
}

static Columns
measure_columns(const GhWriting *writing)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhLang *lang = writing->lang;
    Columns columns = {
        .score = CLAMP(gh_layout_width(GH_T(lang, "score")), SCORE_MIN, SCORE_MAX),
        .band = gh_layout_width(GH_T(lang, "band")),
        .figures = gh_layout_width(GH_T(lang, "figures")),
        .bar = writing->width >= WIDTH_WIDE ? BAR_LONG : BAR_SHORT,
    };

    for (size_t i = 0; i < framework->n_bands; i++)
        columns.band = MAX(columns.band, gh_layout_width(framework->bands[i].label));
    for (size_t i = 0; i < framework->n_groups; i++) {
        g_autofree char *coverage = coverage_text(writing, &writing->evaluation->scores->groups[i]);
        columns.figures = MAX(columns.figures, gh_layout_width(coverage));
    }
    columns.band = MIN(columns.band, BAND_MAX);
    columns.figures = MIN(columns.figures, FIGURES_MAX);
    columns.range = MAX(BOUND_COLUMNS + columns.bar + BOUND_COLUMNS,
                        MIN(gh_layout_width(GH_T(lang, "lowest to highest")), RANGE_MAX));
    columns.name = writing->width - columns.score - GAP - columns.band - GAP - columns.figures - 1
                   - columns.range;
    return columns;
}

/* 0..100 from the left to the right: the range that is possible, and the score in it. */
static void
append_bar(const GhWriting *writing, const GhGroupScore *score, size_t n)
{
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
        g_string_append(writing->out, GH_WRITTEN_NO_FIGURE);
    g_string_append_c(writing->out, ' ');
}

static void
write_group(const GhWriting *writing, const Columns *columns, const char *name,
            const GhGroupScore *score)
{
    const GhFramework *framework = writing->evaluation->framework;
    g_autofree char *coverage = coverage_text(writing, score);
    bool has_band = score->has_score && framework->n_bands > 0;

    write_group_mark(writing, score);
    gh_layout_cell(writing->out, name, GH_MARK_COLUMNS, columns->name, writing->width);
    append_number(writing, score->score, 1, columns->score);
    append_blanks(writing, GAP);
    gh_layout_left(writing->out, has_band ? framework->bands[score->band].label : "",
                   columns->band);
    append_blanks(writing, GAP);
    gh_layout_right(writing->out, coverage, columns->figures);
    append_number(writing, score->lowest, 1, BOUND_COLUMNS);
    if (!isnan(score->lowest)) {
        g_string_append_c(writing->out, ' ');
        append_bar(writing, score, columns->bar);
        append_number(writing, score->highest, 1, BOUND_COLUMNS);
    }
    g_string_append_c(writing->out, '\n');
}

static void
write_group_headings(const GhWriting *writing, const Columns *columns, const char *title)
{
    g_string_append_c(writing->out, '\n');
    if (gh_layout_width(title) < columns->name) {
        gh_written_heading(writing, title, columns->name);
    } else {
        gh_written_heading(writing, title, MIN(gh_layout_width(title), writing->width));
        g_string_append_c(writing->out, '\n');
        append_blanks(writing, columns->name);
    }
    gh_layout_right(writing->out, GH_T(writing->lang, "score"), columns->score);
    append_blanks(writing, GAP);
    gh_layout_left(writing->out, GH_T(writing->lang, "band"), columns->band);
    append_blanks(writing, GAP);
    gh_layout_right(writing->out, GH_T(writing->lang, "figures"), columns->figures);
    g_string_append_c(writing->out, ' ');
    const char *range = GH_T(writing->lang, "lowest to highest");
    gh_layout_left(writing->out, range, MIN(gh_layout_width(range), columns->range));
    g_string_append_c(writing->out, '\n');
}

static void
write_groups(const GhWriting *writing, bool explain)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhFramework *framework = evaluation->framework;
    const Columns columns = measure_columns(writing);
    size_t level = framework->n_levels; /* none yet */
    const char *top = NULL;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];

        if (group->level != level) {
            level = group->level;
            write_group_headings(writing, &columns,
                                 gh_framework_text(framework, writing->lang, "level",
                                                   framework->levels[level].id, "plural",
                                                   framework->levels[level].plural));
            top = NULL;
        }
        /* The same name occurs under two tops: below the first level the top stands above. */
        if (level > 0 && (top == NULL || !g_str_equal(top, group->top))) {
            top = group->top;
            gh_layout_wrap(writing->out, gh_say_group(framework, writing->lang, top), 0,
                           writing->width);
        }
        write_group(writing, &columns, gh_say_group(framework, writing->lang, group->name),
                    &evaluation->scores->groups[i]);
        if (explain)
            gh_written_explain_group(writing, &evaluation->scores->groups[i]);
    }
}

/* The groups of the lens below its name and whose choice it is. */
static void
write_lens(const GhWriting *writing)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhFramework *framework = evaluation->framework;
    const GhLens *lens = evaluation->lens;
    const Columns columns = measure_columns(writing);
    g_autofree GhGroupScore *scores = g_new0(GhGroupScore, MAX(lens->n_groups, 1));

    gh_scores_lens(framework, evaluation->targets, evaluation->scores, lens, scores);
    write_group_headings(writing, &columns, gh_say_lens(framework, writing->lang, lens));
    if (lens->origin == GH_LENS_OURS)
        gh_layout_wrap(writing->out,
                       GH_T(writing->lang, "A lens: our choice of which indicator lies where."), 0,
                       writing->width);
    for (size_t i = 0; i < lens->n_groups; i++) {
        const GhLensGroup *group = &lens->groups[i];
        const char *name = gh_say_lens_group(framework, writing->lang, group->name);
        g_autofree char *indented = g_strconcat(group->parent < 0 ? "" : "  ", name, NULL);
        write_group(writing, &columns, indented, &scores[i]);
    }
}

/* Makes room for an entry of the legend, on the next line where this one is full. */
static void
make_legend_room(const GhWriting *writing, size_t *used, const char *text)
{
    size_t columns = GH_MARK_COLUMNS + gh_layout_width(text);

    if (*used > 0 && *used + LEGEND_GAP + columns > writing->width) {
        g_string_append_c(writing->out, '\n');
        *used = 0;
    } else if (*used > 0) {
        append_blanks(writing, LEGEND_GAP);
        *used += LEGEND_GAP;
    }
    *used += columns;
}

/* What the marks mean. */
static void
write_legend(const GhWriting *writing)
{
    const GhFramework *framework = writing->evaluation->framework;
    const struct {
        const char *mark, *text;
    } others[] = {
        {GH_WRITTEN_NO_SCORE, GH_T(writing->lang, "no target")},
        {GH_WRITTEN_NO_FIGURE, GH_T(writing->lang, "no figure")},
    };
    size_t used = 0;

    g_string_append_c(writing->out, '\n');
    for (size_t i = 0; i < framework->n_bands; i++) {
        g_autofree char *bounds = g_strdup_printf("%s %%", framework->bands[i].label);
        make_legend_room(writing, &used, bounds);
        gh_written_in_band(writing, i, gh_written_mark(framework, i));
        g_string_append_printf(writing->out, " %s", bounds);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        make_legend_room(writing, &used, others[i].text);
        g_string_append_printf(writing->out, "%s %s", others[i].mark, others[i].text);
    }
    g_string_append_c(writing->out, '\n');
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
    if (evaluation->lens != NULL)
        write_lens(&writing);
    gh_written_points(&writing, options->explain);
    write_legend(&writing);
}
