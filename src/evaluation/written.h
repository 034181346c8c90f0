/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written.h - an evaluation in writing: JSON and CSV for programs, text for a terminal; and what the
 * checks found.
 *
 * Source    JSON and CSV: FORMATS, section 5.
 */
#pragma once

#include "base/lang.h"
#include "base/table.h"
#include "evaluation/checks.h"
#include "evaluation/city.h"
#include "evaluation/scores.h"

/* All that an evaluation of one city says; everything borrowed. */
typedef struct {
    const GhFramework *framework;
    const GhTargetSet *targets;
    const GhCity *city;
    const GhFigureSet *figures;
    const GhScores *scores;
    const GhLens *lens; /* written besides, behind all else; NULL: none */
} GhEvaluation;

/* Appends one JSON object. */
void gh_written_json(const GhEvaluation *evaluation, GString *out);

/* The CSV header, and the rows of one city (one per group). Groups of a lens have the level "lens:sdg". */
void gh_written_csv_header(GString *out);
void gh_written_csv_rows(const GhEvaluation *evaluation, GString *out);

/* The same rows as a table, of one city or one after the other. */
GhTable *gh_written_table_new(GhTableFormat format, GhTableSink sink, void *sink_data);
bool gh_written_table_rows(const GhEvaluation *evaluation, GhTable *table, GError **error);

/* The rows of the lens alone. */
bool gh_written_lens_rows(const GhEvaluation *evaluation, GhTable *table, GError **error);

/* The evaluation's lens as one JSON object. */
void gh_written_lens_json(const GhEvaluation *evaluation, GString *out);

/* The scores of all cities as a table with the columns of the CSV form; year 0: each city's latest. */
bool gh_export_scores(GhDb *db, const GhFramework *framework, const GhTargetSet *targets, int year,
                      GhTableFormat format, GhTableSink sink, void *sink_data, GError **error);

/* For a terminal of width columns; explain shows each data point's way from value to points. colour:
 * with ANSI colours beside the marks. */
typedef struct {
    bool explain;
    bool colour;
    unsigned width;
} GhWrittenTextOptions;
void gh_written_text(const GhEvaluation *evaluation, const GhLang *lang,
                     const GhWrittenTextOptions *options, GString *out);

/* Findings (of GhFinding) for a terminal, each behind an empty line: severity, rule, data points,
 * values, what to do, source. */
void gh_written_findings(const GhFramework *framework, const GPtrArray *findings,
                         const GhLang *lang, unsigned width, GString *out);
