/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* reports.h - documents about a city: snapshot and verification report, as PDF.
 *
 * Source    What they hold and in which order: U4SSC Verification Report of Karmoy (2020), p. 7; City
 *           Snapshots of Aukra and Mashhad (2021), pp. 2-4. The layout is ours.
 * Known     Only what the figures say. Who verified, when, and why a KPI was not reported is stated
 *           where the figures carry it and said to be unknown elsewhere.
 * Threads   Pure: one call, one document.
 */
#pragma once

#include "base/progress.h"
#include "draw/document/document.h"
#include "evaluation/written.h"

typedef enum {
    GH_REPORT_SNAPSHOT,
    GH_REPORT_VERIFICATION,
} GhReportKind;

/* "snapshot", "verification"; what commands, addresses and file names say. */
const char *gh_report_kind_text(GhReportKind kind);
bool gh_report_kind_from_text(const char *text, GhReportKind *ret_kind);
const char *gh_report_kind_name(GhReportKind kind, const GhLang *lang); /* "Verification report" */

typedef struct {
    GhReportKind kind;
    const GhEvaluation *evaluation;
    const GhFigureSet *earlier; /* NULL: no earlier year */
    const GhLang *lang;
    GhPaper paper;
    const char *site;     /* address of the site for links, "https://..."; NULL: none is known */
    int64_t data_version; /* of the figures, cited on the last page; 0: not known */
    int64_t made_us;
    const GhProgress *progress; /* told section by section; NULL: nobody listens */
} GhReportOptions;

/* The PDF. A city without figures gets a report that says so. GH_DRAW_ERROR, or G_IO_ERROR_CANCELLED
 * when progress asked it to stop. */
GBytes *gh_report_pdf(const GhReportOptions *options, size_t *ret_n_pages, GError **error);

/* "riyadh-2020-snapshot.pdf"; owned by the caller. */
char *gh_report_file_name(GhReportKind kind, const GhCity *city, int year, const GhLang *lang);

/* -- from the database -- */

/* All that a report says, as it stood at one moment. */
typedef struct {
    GhCity *city;         /* owned, as the next three */
    GhFigureSet *figures; /* of the year asked for, else of the latest */
    GhFigureSet *earlier; /* NULL: no earlier year */
    GhScores *scores;
    int64_t data_version;
} GhReportInput;
void gh_report_input_clear(GhReportInput *input);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhReportInput, gh_report_input_clear)

/* city: slug or name, which has to exist; year 0: the latest with figures. */
bool gh_report_input_load(GhStore *store, const GhFramework *framework, const GhTargetSet *targets,
                          const char *city, int year, GhReportInput *ret_input, GError **error);

/* The same as one evaluation; borrowed from its arguments. */
GhEvaluation gh_report_input_evaluation(const GhReportInput *input, const GhFramework *framework,
                                        const GhTargetSet *targets);
