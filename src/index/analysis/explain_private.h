/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* explain_private.h - one unit's group of siblings, taken apart; for explain*.c. */
#pragma once

#include "index/spec.h"

typedef struct {
    const GhIndexState *state;
    size_t row;                       /* of the state */
    const GhIndexAggregateLevel *how; /* how the parent is made */
    size_t parent;
    double f; /* its value */
    size_t n; /* children that count for this unit */
    size_t *children;
    double *x;      /* their values */
    double *w;      /* their weights, summing to 1 */
    double *slopes; /* df/dx */
    double *parts;  /* what each adds to f */
} GhExplainGroup;

/* Fills parts and slopes where the parent is the outcome of contests. */
void gh_explain_contest(const GhExplainGroup *group);
