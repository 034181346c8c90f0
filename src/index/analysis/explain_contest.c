/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* explain_contest.c - which children won a unit its contests.
 *
 * Outranking is a mean over opponents of the weight of the children in which the unit is better (half where equal): each
 * child's own weight in it, averaged, is its part. Copeland counts 1 for an opponent beaten and -1 for one that wins:
 * a win is shared among the children that won it, by weight, a loss among those that lost it. Both add up. */
#include "index/analysis/explain_private.h"

#include <float.h>
#include <math.h>

/* 1 where the unit is better than the opponent, 1/2 where equal; false: the opponent has no value. */
static bool
compare_child(const GhExplainGroup *group, size_t child, size_t opponent, double *ret_share)
{
    const double y = gh_index_state_column(group->state, group->children[child])[opponent];

    if (isnan(y))
        return false;
    *ret_share = group->x[child] > y ? 1.0 : group->x[child] == y ? 0.5 : 0.0;
    return true;
}

/* Weight of the children that both have, and of those for the unit. */
static void
sum_duel(const GhExplainGroup *group, size_t opponent, double *ret_both, double *ret_won)
{
    double share = 0.0;

    *ret_both = *ret_won = 0.0;
    for (size_t c = 0; c < group->n; c++) {
        if (!compare_child(group, c, opponent, &share))
            continue;
        *ret_both += group->w[c];
        *ret_won += group->w[c] * share;
    }
}

static void
add_outranking(const GhExplainGroup *group, size_t opponent)
{
    double both = 0.0, won = 0.0, share = 0.0;

    sum_duel(group, opponent, &both, &won);
    for (size_t c = 0; c < group->n; c++) {
        if (!(both > 0.0))
            group->parts[c] +=
                group->w[c] / 2.0; /* nothing in common: 1/2, nobody's in particular */
        else if (compare_child(group, c, opponent, &share))
            group->parts[c] += group->w[c] * share / both;
    }
}

static void
add_copeland(const GhExplainGroup *group, size_t opponent)
{
    double both = 0.0, won = 0.0, share = 0.0;

    sum_duel(group, opponent, &both, &won);
    const double lost = both - won;
    if (fabs(won - lost) <= (double)group->n * DBL_EPSILON) /* weights sum to 1 */
        return;
    for (size_t c = 0; c < group->n; c++) {
        if (compare_child(group, c, opponent, &share))
            group->parts[c] +=
                won > lost ? group->w[c] * share / won : -group->w[c] * (1.0 - share) / lost;
    }
}

static bool
is_opponent(const GhExplainGroup *group, size_t other)
{
    const GhIndexState *state = group->state;
    const int *years = state->data->years;

    return other != group->row && !isnan(gh_index_state_column(state, group->parent)[other])
           && (years == NULL || years[state->rows[other]] == years[state->rows[group->row]]);
}

void
gh_explain_contest(const GhExplainGroup *group)
{
    const bool copeland = group->how->method == GH_AGGREGATE_COPELAND;
    size_t n_opponents = 0;

    for (size_t c = 0; c < group->n; c++)
        group->parts[c] = 0.0;
    for (size_t k = 0; k < group->state->n_units; k++) {
        if (!is_opponent(group, k))
            continue;
        n_opponents++;
        if (copeland)
            add_copeland(group, k);
        else
            add_outranking(group, k);
    }
    for (size_t c = 0; c < group->n; c++) {
        if (!copeland) /* alone, a unit is given 1/2 */
            group->parts[c] =
                n_opponents > 0 ? group->parts[c] / (double)n_opponents : group->w[c] / 2.0;
        group->slopes[c] = group->x[c] != 0.0 ? group->parts[c] / group->x[c] : 0.0;
    }
}
