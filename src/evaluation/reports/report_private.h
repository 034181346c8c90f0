/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_private.h - what the files of the reports share; seen only inside reports/. */
#pragma once

#include "evaluation/reports/report_sources.h"
#include "evaluation/reports/reports.h"

/* A report on its way; everything borrowed. */
typedef struct {
    const GhReportOptions *options;
    const GhEvaluation *evaluation;
    const GhFramework *framework;
    const GhLang *lang;
    GhDocument *document;
    const GhReportSources *sources;
} GhReport;

/* Whether anything is known of the year; and a text for the year, or for there being none. */
bool gh_report_has_figures(const GhReport *report);
char *gh_report_year(const GhReport *report);

/* Tells how far it is; false with G_IO_ERROR_CANCELLED when it has to stop. step is a marked msgid. */
bool gh_report_tell(const GhReport *report, const char *step, double share, GError **error);

/* -- the two reports: all blocks in reading order -- */
bool gh_report_snapshot(const GhReport *report, GError **error);
bool gh_report_verification(const GhReport *report, GError **error);

/* -- whole pages -- */

/* The first page: kind, city, country, year and the scores of the top groups. */
void gh_report_cover(const GhReport *report);

/* The last page of the snapshot: groups in columns, one a top group, at most max_height high each
 * time; further columns and what does not fit go to further figures. */
void gh_report_grid(const GhReport *report, double max_height);

/* -- paragraphs: pattern is translated, pairs of name and text follow, closed by NULL -- */
void gh_report_paragraph(const GhReport *report, GhParagraphStyle style, const char *pattern,
                         ...) G_GNUC_NULL_TERMINATED;
void gh_report_bullet(const GhReport *report, const char *pattern, ...) G_GNUC_NULL_TERMINATED;

/* -- words -- */

char *gh_report_count(const GhReport *report, size_t n);          /* "1,234" */
char *gh_report_percent(const GhReport *report, double percent);  /* "65.5 %" */
char *gh_report_value(const GhReport *report, size_t data_point); /* "97 %"; NULL: no value */
char *gh_report_share(const GhReport *report, double share);      /* of a target, as on the pages */

/* "62.5": one decimal, so that a score does not lie outside the range beside it; more where it would
 * be rounded into another band. Without a score "–". */
char *gh_report_score(const GhReport *report, double score);
char *gh_report_range(const GhReport *report, const GhGroupScore *score); /* "20.5 – 96" or "–" */

/* "14 of 55", "14 of 55 figures" */
char *gh_report_coverage(const GhReport *report, const GhGroupScore *score);
char *gh_report_coverage_figures(const GhReport *report, const GhGroupScore *score);

/* "possible: 20 – 96", as whole as the large scores it stands with; NULL: nothing has a target. */
char *gh_report_possible(const GhReport *report, const GhGroupScore *score);

/* Whether KPIs are of different levels: a framework without any has one, "All". */
bool gh_report_has_tiers(const GhReport *report);

/* What the targets are and that they are not official, in a sentence. */
char *gh_report_targets(const GhReport *report);

/* -- in tables -- */

/* Mark and word of a band; of a group without a score, or a data point without a share, the word why. */
void gh_report_band_run(const GhReport *report, size_t band);
void gh_report_group_band_cell(const GhReport *report, const GhGroupScore *score);
void gh_report_point_band_cell(const GhReport *report, size_t data_point);

/* The legend of the bands as wide as the text; its height. */
double gh_report_legend(const GhReport *report);

/* The scores of a level with band, coverage and range. */
void gh_report_scores(const GhReport *report, size_t level);

/* The number of a source, "[2]"; nothing where there is only one. */
void gh_report_source_run(const GhReport *report, size_t data_point);

/* The indices of the groups of a level, in the framework's order; of size_t, the caller's. */
GArray *gh_report_groups(const GhFramework *framework, size_t level);

/* Whether the group of a lower level has KPIs in the other. */
bool gh_report_groups_meet(const GhGroup *lower, const GhGroup *upper);

/* -- sections of the verification report -- */
void gh_report_introduction(const GhReport *report);
void gh_report_kpi_summary(const GhReport *report);
void gh_report_data_point_summary(const GhReport *report);
void gh_report_benchmark(const GhReport *report);
void gh_report_method(const GhReport *report);
void gh_report_results(const GhReport *report);
void gh_report_not_reported(const GhReport *report);
void gh_report_not_verified(const GhReport *report);
void gh_report_next_steps(const GhReport *report);
void gh_report_source_list(const GhReport *report);
void gh_report_about(const GhReport *report);
