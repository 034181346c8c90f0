/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* method.h - the method in words and worked examples, as pages and reports tell it.
 *
 * Ownership All static but what gh_method_example_sum returns.
 * Threads   Pure.
 */
#pragma once

#include "evaluation/scores.h"

/* How a value becomes a share: formula with v, t, w for value, target and worst value; words is a
 * marked msgid. In the order they are shown. */
typedef struct {
    GhRule rule;
    const char *formula;
    const char *words;
} GhMethodRule;
extern const GhMethodRule GH_METHOD_RULES[];
extern const size_t GH_N_METHOD_RULES;

/* Data points of a set whose target has that rule. */
size_t gh_method_count_rule(const GhFramework *framework, const GhTargetSet *set, GhRule rule);

enum {
    GH_METHOD_EXAMPLE_POINTS_MAX = 4
};

/* The official examples: U4SSC Verification Report, Canton of Geneva, 2022, p. 12, Education. */
typedef struct {
    const char *text; /* marked msgid */
    int points[GH_METHOD_EXAMPLE_POINTS_MAX];
    size_t n_points;
} GhMethodExample;
extern const GhMethodExample GH_METHOD_EXAMPLES[];
extern const size_t GH_N_METHOD_EXAMPLES;

/* The examples only hold where points are given by four bands, as in U4SSC. */
bool gh_method_has_examples(const GhFramework *framework);

/* "1 + 3 + 4 + 1 = 9 / 16", and the score in percent. The caller owns the text. */
char *gh_method_example_sum(const GhFramework *framework, const GhMethodExample *example,
                            double *ret_score);

/* What each state of a figure means. */
typedef struct {
    GhFigure figure; /* of that state: for gh_say_state and gh_state_class */
    const char *meaning;
} GhMethodState;
extern const GhMethodState GH_METHOD_STATES[];
extern const size_t GH_N_METHOD_STATES;
