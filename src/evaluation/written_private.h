/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_private.h - what the files of the terminal text share; for written_*.c only. */
#pragma once

#include "evaluation/written.h"

/* The text being written. */
typedef struct {
    const GhEvaluation *evaluation;
    const GhLang *lang;
    GString *out;
    size_t width;
    bool colour;
} GhWriting;

/* ○ ◔ ◑ ● for the weakest to the best band. */
const char *gh_written_mark(const GhFramework *framework, size_t band);

/* Appends text in the colour of a band, or plain. */
void gh_written_in_band(const GhWriting *writing, size_t band, const char *text);

/* How a data point came to its share and points, and where its target comes from: whole lines. */
void gh_written_explain_point(const GhWriting *writing, size_t data_point);

/* The sum of a group, and of its lowest and highest score. */
void gh_written_explain_group(const GhWriting *writing, const GhGroupScore *score);
