/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_csv.c - scores as rows: one per group and city. FORMATS, section 5.
 *
 * All cities make several hundred thousand rows, so the text form goes straight into one string and no
 * cell allocates.
 */

#include "evaluation/written.h"

#include <math.h>

#include "base/csv.h"

static const GhColumn COLUMNS[] = {
    {"city", GH_COLUMN_TEXT},         {"year", GH_COLUMN_NUMBER},     {"level", GH_COLUMN_TEXT},
    {"dimension", GH_COLUMN_TEXT},    {"name", GH_COLUMN_TEXT},       {"points", GH_COLUMN_NUMBER},
    {"max_points", GH_COLUMN_NUMBER}, {"score", GH_COLUMN_NUMBER},    {"band", GH_COLUMN_TEXT},
    {"scored", GH_COLUMN_NUMBER},     {"reported", GH_COLUMN_NUMBER}, {"total", GH_COLUMN_NUMBER},
    {"coverage", GH_COLUMN_NUMBER},   {"lowest", GH_COLUMN_NUMBER},   {"highest", GH_COLUMN_NUMBER},
};

void
gh_written_csv_header(GString *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        g_string_append(out, COLUMNS[i].id);
    }
    g_string_append_c(out, '\n');
}

static const char *
band_label(const GhFramework *framework, const GhGroupScore *score)
{
    return score->has_score && framework->n_bands > 0 ? framework->bands[score->band].label : NULL;
}

static bool
has_points(const GhFramework *framework, const GhGroupScore *score)
{
    return score->has_score && framework->scoring == GH_SCORING_POINTS;
}

/* The separator and the number; an absent one leaves the field empty. */
static void
append_number(GString *out, double value)
{
    g_string_append_c(out, ',');
    if (!isnan(value))
        gh_csv_write_number(out, value);
}

static void
append_text(GString *out, const char *text)
{
    g_string_append_c(out, ',');
    if (text != NULL)
        gh_csv_write_text(out, text);
}

/* What a row is about. */
typedef struct {
    const char *level, *top, *name;
} Subject;

static Subject
subject_of_group(const GhFramework *framework, size_t index)
{
    const GhGroup *group = &framework->groups[index];

    return (Subject){framework->levels[group->level].id, group->top, group->name};
}

/* As for the framework's groups: of a group that is part of none, both names are its own. */
static Subject
subject_of_lens(const GhLens *lens, size_t index, const char *level)
{
    const GhLensGroup *group = &lens->groups[index];

    return (Subject){level, group->parent < 0 ? group->name : lens->groups[group->parent].name,
                     group->name};
}

static void
append_row(const GhFramework *framework, const Subject *subject, const GhGroupScore *score,
           GString *out)
{
    append_text(out, subject->level);
    append_text(out, subject->top);
    append_text(out, subject->name);
    append_number(out, has_points(framework, score) ? (double)score->points : (double)NAN);
    append_number(out, score->max_points);
    append_number(out, score->score);
    append_text(out, band_label(framework, score));
    append_number(out, (double)score->scored);
    append_number(out, (double)score->reported);
    append_number(out, (double)score->total);
    append_number(out, score->coverage);
    append_number(out, score->lowest);
    append_number(out, score->highest);
    g_string_append_c(out, '\n');
}

/* The cells that all rows of a city have in common. */
static void
append_city(const GhEvaluation *evaluation, GString *out)
{
    gh_csv_write_text(out, evaluation->city->slug);
    append_number(out,
                  evaluation->figures->year != 0 ? (double)evaluation->figures->year : (double)NAN);
}

static GhGroupScore *
score_lens(const GhEvaluation *evaluation)
{
    GhGroupScore *scores = g_new0(GhGroupScore, MAX(evaluation->lens->n_groups, 1));

    gh_scores_lens(evaluation->framework, evaluation->targets, evaluation->scores, evaluation->lens,
                   scores);
    return scores;
}

static void
append_lens(const GhEvaluation *evaluation, GString *out)
{
    g_autofree GhGroupScore *scores = score_lens(evaluation);
    g_autofree char *level = g_strconcat("lens:", evaluation->lens->id, NULL);

    for (size_t i = 0; i < evaluation->lens->n_groups; i++) {
        const Subject subject = subject_of_lens(evaluation->lens, i, level);
        append_city(evaluation, out);
        append_row(evaluation->framework, &subject, &scores[i], out);
    }
}

void
gh_written_csv_rows(const GhEvaluation *evaluation, GString *out)
{
    const GhScores *scores = evaluation->scores;

    for (size_t i = 0; i < scores->n_groups; i++) {
        const Subject subject = subject_of_group(evaluation->framework, i);
        append_city(evaluation, out);
        append_row(evaluation->framework, &subject, &scores->groups[i], out);
    }
    if (evaluation->lens != NULL)
        append_lens(evaluation, out);
}

/* -- as a table in every format -- */

static bool
table_row(const GhEvaluation *evaluation, GhTable *table, const Subject *subject,
          const GhGroupScore *score, GError **error)
{
    const GhFramework *framework = evaluation->framework;
    int year = evaluation->figures->year;

    gh_table_text(table, evaluation->city->slug);
    gh_table_number_if_present(table, year != 0 ? (double)year : (double)NAN);
    gh_table_text(table, subject->level);
    gh_table_text(table, subject->top);
    gh_table_text(table, subject->name);
    gh_table_number_if_present(table,
                               has_points(framework, score) ? (double)score->points : (double)NAN);
    gh_table_int(table, score->max_points);
    gh_table_number_if_present(table, score->score);
    gh_table_text(table, band_label(framework, score));
    gh_table_int(table, (int64_t)score->scored);
    gh_table_int(table, (int64_t)score->reported);
    gh_table_int(table, (int64_t)score->total);
    gh_table_number_if_present(table, score->coverage);
    gh_table_number_if_present(table, score->lowest);
    gh_table_number_if_present(table, score->highest);
    return gh_table_end_row(table, error);
}

GhTable *
gh_written_table_new(GhTableFormat format, GhTableSink sink, void *sink_data)
{
    return gh_table_new(format, "scores", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);
}

bool
gh_written_table_rows(const GhEvaluation *evaluation, GhTable *table, GError **error)
{
    for (size_t i = 0; i < evaluation->scores->n_groups; i++) {
        const Subject subject = subject_of_group(evaluation->framework, i);
        if (!table_row(evaluation, table, &subject, &evaluation->scores->groups[i], error))
            return false;
    }
    return evaluation->lens == NULL || gh_written_lens_rows(evaluation, table, error);
}

bool
gh_written_lens_rows(const GhEvaluation *evaluation, GhTable *table, GError **error)
{
    g_autofree GhGroupScore *scores = score_lens(evaluation);
    g_autofree char *level = g_strconcat("lens:", evaluation->lens->id, NULL);

    for (size_t i = 0; i < evaluation->lens->n_groups; i++) {
        const Subject subject = subject_of_lens(evaluation->lens, i, level);
        if (!table_row(evaluation, table, &subject, &scores[i], error))
            return false;
    }
    return true;
}

/* -- of all cities -- */

typedef struct {
    const GhFramework *framework;
    const GhTargetSet *targets;
    GhScores *scores;
    GhTable *table;
} Export;

static bool
export_city(const GhCity *city, const GhFigureSet *figures, void *data, GError **error)
{
    const Export *export = data;
    const GhScoreOptions options = {.verified_only = false};
    const GhEvaluation evaluation = {.framework = export->framework,
                                     .targets = export->targets,
                                     .city = city,
                                     .figures = figures,
                                     .scores = export->scores};

    gh_scores_compute(export->framework, export->targets, figures, &options, export->scores);
    return gh_written_table_rows(&evaluation, export->table, error);
}

bool
gh_export_scores(GhDb *db, const GhFramework *framework, const GhTargetSet *targets, int year,
                 GhTableFormat format, GhTableSink sink, void *sink_data, GError **error)
{
    g_autoptr(GhScores) scores = gh_scores_new(framework);
    g_autoptr(GhTable) table = gh_written_table_new(format, sink, sink_data);
    Export export = {.framework = framework, .targets = targets, .scores = scores, .table = table};

    return gh_figures_each_city(db, framework, year, export_city, &export, error)
           && gh_table_close(table, error);
}
