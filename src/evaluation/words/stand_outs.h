/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stand_outs.h - what is strong, weak, missing and unusual in a city's figures, in sentences made from
 * the figures. Pages and reports say the same.
 *
 * Ownership Entries own their texts.
 * Threads   Pure.
 */
#pragma once

#include "evaluation/written.h"

typedef enum {
    GH_STAND_OUT_STRONG,
    GH_STAND_OUT_WEAK,
    GH_STAND_OUT_MISSING,
    GH_STAND_OUT_UNUSUAL,
} GhStandOutKind;

typedef struct {
    GhStandOutKind kind;
    char *subject;     /* "Household Internet access"; never NULL */
    char *text;        /* "97 %, 97 % of the target" */
    gssize data_point; /* -1: about no single one */
    gssize group;      /* -1: about no group */
} GhStandOut;
void gh_stand_out_free(GhStandOut *stand_out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhStandOut, gh_stand_out_free)

/* All there are, by kind, what stands out most first within each; of GhStandOut (frees its elements).
 * earlier: figures of the latest earlier year, may be NULL. */
GPtrArray *gh_stand_outs(const GhEvaluation *evaluation, const GhFigureSet *earlier,
                         const GhLang *lang);
