/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* normalise_private.h - one column by one method; for normalise*.c only. */
#pragma once

#include "index/steps.h"

/* What normalising a column needs beside its values. */
typedef struct {
    const GhIndexNormaliseOne *how;
    int direction;    /* 1, -1 */
    double target;    /* raw; NAN: none */
    double reference; /* raw; NAN: none */
    bool
        turned_goals; /* goalposts are raw values and turn with the direction; false: as COINr's common ones */
    bool as_coinr;
} GhNormaliseColumn;

/* Room for n rows each; made when first needed. */
typedef struct {
    size_t n;
    double *values;
    size_t *order;
} GhNormaliseScratch;

/* "min_max" */
const char *gh_normalise_method_text(GhIndexNormaliseMethod method);

/* Parameters that make no sense whatever the data: GH_INDEX_ERROR_SPEC. The message names neither step nor indicator. */
bool gh_normalise_check(const GhIndexNormaliseOne *how, GError **error);

/* Changes x, n values that may have gaps and are not all gaps. The message names neither step nor indicator. */
bool gh_normalise_column(double *x, size_t n, const GhNormaliseColumn *column,
                         GhNormaliseScratch *scratch, GError **error);
