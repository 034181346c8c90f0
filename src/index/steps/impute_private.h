/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_private.h - what the ways to fill gaps share. Private to impute*.c. */
#pragma once

#include "index/steps/scope.h"

typedef struct {
    GhIndexState *state;
    const GhIndexImpute *how;
    GhIndexNotes *notes;
    const bool *wanted; /* n_indicators: gaps of these are filled; borrowed */
} GhImputation;

/* Fills one gap and marks it. A value that is NAN leaves the gap; an infinite one is an error
 * naming unit and indicator. row is of the state. */
bool gh_impute_fill(GhImputation *imputation, size_t row, size_t indicator, double value,
                    GError **error);

/* Each fills what it can and leaves the other gaps. Observed values are never written. */
bool gh_impute_by_column(GhImputation *imputation, GError **error);
bool gh_impute_by_row(GhImputation *imputation, GError **error);
bool gh_impute_panel(GhImputation *imputation, GError **error);
bool gh_impute_regression(GhImputation *imputation, GError **error);
bool gh_impute_em(GhImputation *imputation, GError **error);

/* Median of the available of n values, NAN when there is none; scratch: n. */
double gh_impute_median(const double *x, size_t n, double *scratch);

/* Which of a part's values a column lacks. */
size_t gh_impute_count_gaps(const double *column, const size_t *rows, size_t n);

/* A standard deviation to divide by: finite and above 0, else an error naming the indicator. */
bool gh_impute_check_spread(const GhImputation *imputation, size_t indicator, double sd,
                            GError **error);
