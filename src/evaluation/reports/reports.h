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
} GhReportOptions;

/* The PDF. A city without figures gets a report that says so. */
GBytes *gh_report_pdf(const GhReportOptions *options, size_t *ret_n_pages, GError **error);

/* "riyadh-2020-snapshot.pdf"; owned by the caller. */
char *gh_report_file_name(GhReportKind kind, const GhCity *city, int year, const GhLang *lang);
