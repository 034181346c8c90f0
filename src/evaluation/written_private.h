/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_private.h - what the files of the terminal text share; for written_*.c only. */
#pragma once

#include "evaluation/written.h"

enum {
    GH_MARK_COLUMNS = 2, /* a mark and a blank in front of each row */
};

/* The text being written. */
typedef struct {
    const GhEvaluation *evaluation;
    const GhLang *lang;
    GString *out;
    size_t width;
    bool colour;
} GhWriting;

/* Appends a title in bold where there are colours, and blanks up to columns. */
void gh_written_heading(const GhWriting *writing, const char *title, size_t columns);

/* Every data point, category by category. */
void gh_written_points(const GhWriting *writing, bool explain);

/* For what is not scored, and for what has no figure, in the place of a mark. */
#define GH_WRITTEN_NO_SCORE "\xe2\x80\x93" /* en dash */
#define GH_WRITTEN_NO_FIGURE "\xc2\xb7"    /* middle dot */

/* ○ ◔ ◑ ● for the weakest to the best band. */
const char *gh_written_mark(const GhFramework *framework, size_t band);

/* Appends text in the colour of a band, or plain. */
void gh_written_in_band(const GhWriting *writing, size_t band, const char *text);

/* How a data point came to its share and points, and where its target comes from: whole lines. */
void gh_written_explain_point(const GhWriting *writing, size_t data_point);

/* The sum of a group, and of its lowest and highest score. */
void gh_written_explain_group(const GhWriting *writing, const GhGroupScore *score);
