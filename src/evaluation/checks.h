/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks.h - screening: what a verifier would look at first.
 *
 * The rules are data (the framework's checks.csv); this module only knows the kinds. Pure: figures
 * in, findings out.
 *
 * Source    Verification Manual pp. 28-95 as listed in checks.csv, row by row.
 */
#pragma once

#include "evaluation/city.h"
#include "evaluation/figures.h"
#include "framework/framework.h"

typedef struct {
    size_t check;          /* index in framework->checks */
    size_t *data_points;   /* those concerned */
    size_t n_data_points;
    char *observed;        /* "60 + 25 + 25 = 110 %": the values, in figures; owned */
} GhFinding;

/* Findings in the order of severity, then of the checks; of GhFinding. earlier may be NULL (the
 * figures of the latest earlier year, for checks of change). */
GPtrArray *gh_checks_run(const GhFramework *framework, const GhCity *city, const GhFigureSet *figures,
                         const GhFigureSet *earlier);
