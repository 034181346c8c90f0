/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks.h - screening: what a verifier would look at first.
 *
 * The rules are data (the framework's checks.csv); this module only knows the kinds. Pure: figures
 * in, findings out.
 *
 * A check that lacks an input finds nothing: a missing figure is no fault of the figures that are
 * there (the kind reported_share counts those). Limits belong to what is allowed.
 *
 * Ownership Findings own what they hold; the check itself is the framework's.
 * Source    Verification Manual pp. 28-95 as listed in checks.csv, row by row.
 */
#pragma once

#include "evaluation/city.h"
#include "evaluation/figures.h"
#include "framework/framework.h"

/* What was found, and what it was set against, by the check's kind. Both NAN: only that something is
 * not known.
 *
 *   kind            found                        against
 *   sum             the sum                      NAN (the check's limits)
 *   order           the later value              the earlier one that it exceeds
 *   range           the value                    the limit it is beyond
 *   reported_share  KPIs without a value         KPIs that apply
 *   denominator     the denominator              the city's base figure
 *   base_change     the base figure              the one of against_year
 *   base_stated     NAN                          NAN
 *   arithmetic      the value                    what its parts give
 *   change          the value                    the one of against_year
 *   quality         the class                    NAN
 *   small_count     the numerator                the limit it is below
 *   sourced         values without a source      values */
typedef struct {
    double found, against;
    int against_year; /* 0: of no other year */
} GhSeen;

typedef struct {
    size_t check;        /* index in framework->checks */
    size_t *data_points; /* those concerned, owned; NULL when it is about the city as a whole */
    size_t n_data_points;
    char *observed; /* "60 + 25 + 25 = 110 %": the values, in figures, no words; owned */
    GhSeen seen;    /* the same for whoever writes it for people */
} GhFinding;

/* Findings in the order of severity, the gravest first, then of the checks; of GhFinding (frees its
 * elements). earlier may be NULL (the figures of the latest earlier year, for checks of change). A
 * city without figures (year 0) has no findings. */
GPtrArray *gh_checks_run(const GhFramework *framework, const GhCity *city,
                         const GhFigureSet *figures, const GhFigureSet *earlier);
