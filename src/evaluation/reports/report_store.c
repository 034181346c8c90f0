/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_store.c - what a report is made from, read in one transaction. */
#include "evaluation/reports/reports.h"

void
gh_report_input_clear(GhReportInput *input)
{
    g_clear_pointer(&input->city, gh_city_free);
    g_clear_pointer(&input->figures, gh_figure_set_free);
    g_clear_pointer(&input->earlier, gh_figure_set_free);
    g_clear_pointer(&input->scores, gh_scores_free);
}

typedef struct {
    const GhFramework *framework;
    const char *city;
    int year;
    GhReportInput *input;
} Loading;

static bool
load(GhDb *db, void *data, GError **error)
{
    Loading *loading = data;
    GhReportInput *input = loading->input;

    gh_report_input_clear(input); /* an earlier try may have been rolled back */
    if (!gh_city_require(db, loading->city, &input->city, error))
        return false;
    input->figures = gh_figures_load(db, loading->framework, input->city->id, loading->year, error);
    if (input->figures == NULL)
        return false;
    return gh_figures_load_earlier(db, loading->framework, input->city->id, input->figures->year,
                                   &input->earlier, error)
           && gh_db_data_version(db, &input->data_version, error);
}

bool
gh_report_input_load(GhStore *store, const GhFramework *framework, const GhTargetSet *targets,
                     const char *city, int year, GhReportInput *ret_input, GError **error)
{
    g_auto(GhReportInput) input = {0};
    Loading loading = {.framework = framework, .city = city, .year = year, .input = &input};

    if (!gh_store_read(store, load, &loading, error))
        return false;
    input.scores = gh_scores_new(framework);
    gh_scores_compute(framework, targets, input.figures, &(GhScoreOptions){0}, input.scores);
    *ret_input = input;
    input = (GhReportInput){0};
    return true;
}

GhEvaluation
gh_report_input_evaluation(const GhReportInput *input, const GhFramework *framework,
                           const GhTargetSet *targets)
{
    return (GhEvaluation){
        .framework = framework,
        .targets = targets,
        .city = input->city,
        .figures = input->figures,
        .scores = input->scores,
    };
}
