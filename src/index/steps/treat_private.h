/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* treat_private.h - the two ways to treat outliers, on one column of numbers. Private to treat.c,
 * winsorise.c, transform.c and their tests. */
#pragma once

#include "index/steps.h"

/* |skew| < how->skew or kurt < how->kurt; a figure that is not defined does not pass. */
bool gh_treat_passes(const GhIndexTreatOne *how, double skew, double kurt);

/* -- winsorise: the outermost values move in -- */

/* Where a column ends up; what lies beyond low and high is moved to them. */
typedef struct {
    double low, high;
    size_t n_moved; /* cells tied at the high end after the last pass there, and at the low end */
    double skew, kurt;
} GhWinsorised;

/* Numbers of scratch that winsorising n values takes. */
size_t gh_winsorise_scratch(size_t n);

/* skew, kurt: of x as it is. With how->force the checks are not asked. The column keeps at least
 * two different values. Needs at least four available ones that are not all equal. */
GhWinsorised gh_winsorise(const double *x, size_t n, const GhIndexTreatOne *how, double skew,
                          double kurt, double *scratch);

/* -- transform: the whole column -- */

/* "log_ct"; NULL for none. */
const char *gh_transform_text(GhIndexTransform transform);

/* In place; NAN stays. skew: of x as it is, decides the side for LOG_CT_PLUS. *lambda: Box-Cox;
 * NAN: found, and handed back. scratch: 2 n. A result that is not finite is
 * GH_INDEX_ERROR_DEGENERATE. */
bool gh_transform(double *x, size_t n, GhIndexTransform transform, double skew, double *lambda,
                  double *scratch, GError **error);

/* The likelihood's lambda of y >= 1 (NAN does not count); scratch: 2 n. */
double gh_transform_lambda(const double *y, size_t n, double *scratch);
