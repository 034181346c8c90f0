/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare.h - several evaluations side by side: the same framework and targets, other cities or years.
 *
 * Ownership The evaluations are borrowed.
 * Threads   All functions are pure.
 */
#pragma once

#include "evaluation/written.h"

typedef struct {
    const GhEvaluation *evaluations;
    size_t n_evaluations; /* at least 2 */
} GhComparison;

typedef struct {
    size_t data_point;
    double gap; /* largest less smallest share of target, percent points; NAN where fewer than two
                   have a share */
} GhComparisonRow;

/* The data points for which at least one has a value: the widest gap first, then those without a gap in
 * the framework's order. Of GhComparisonRow. */
GArray *gh_comparison_rows(const GhComparison *comparison);

void gh_comparison_json(const GhComparison *comparison, GString *out);
void gh_comparison_csv(const GhComparison *comparison, GString *out);

/* The rows of the CSV form as a table: CSV or XLSX. */
bool gh_comparison_table(const GhComparison *comparison, GhTableFormat format, GhTableSink sink,
                         void *sink_data, GError **error);

/* Groups, then data points, for a terminal of width columns. */
void gh_comparison_text(const GhComparison *comparison, const GhLang *lang, unsigned width,
                        GString *out);
