/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_compare.c - how a city stands among its peers, data point by data point. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ranking/peers/peers.h"

static const char YES_NO[] = "yes/no";
static const double STRONG_FROM = 75,
                    WEAK_UP_TO = 25; /* percent of the peers: the outer quarters */

void
gh_peers_comparison_clear(GhPeersComparison *comparison)
{
    g_clear_pointer(&comparison->rows, g_free);
}

GhGood
gh_peers_good(const GhFramework *framework, const GhTargetSet *targets, size_t data_point,
              double *ret_goal)
{
    const GhTarget *target = &targets->targets[data_point];

    *ret_goal = NAN;
    switch (framework->data_points[data_point].direction) {
    case GH_DIRECTION_HIGHER:
        return GH_GOOD_HIGHER;
    case GH_DIRECTION_LOWER:
        return GH_GOOD_LOWER;
    case GH_DIRECTION_TARGET:
        *ret_goal = target->rule == GH_RULE_DISTANCE_TO_ONE ? 1 : target->target;
        return GH_GOOD_NEAR;
    case GH_DIRECTION_NEUTRAL:
        return GH_GOOD_NONE;
    }
    g_assert_not_reached();
}

static size_t
count_yes(const double *values, size_t n)
{
    size_t n_yes = 0;

    for (size_t i = 0; i < n; i++)
        n_yes += values[i] >= 1 ? 1 : 0;
    return n_yes;
}

/* peers and sorted: room for the members of the group. */
static GhPeersRow
compare_point(const GhCityPage *page, const GhPeerTable *table, const GhPeersGroup *group,
              size_t data_point, double *peers, double *sorted)
{
    const double *column = table->values + data_point * table->n_cities;
    double goal = NAN;
    GhGood good = gh_peers_good(page->framework, page->targets, data_point, &goal);
    GhPeersRow row = {
        .data_point = data_point,
        .value = page->figures->figures[data_point].value,
        .is_yes_no = strcmp(page->framework->data_points[data_point].unit, YES_NO) == 0,
    };

    for (size_t i = 0; i < group->n_members; i++)
        peers[i] = column[group->members[i]];
    row.spread = gh_spread(peers, group->n_members, sorted);
    if (row.is_yes_no)
        row.n_yes = count_yes(peers, group->n_members);
    else
        row.has_standing =
            gh_standing(row.value, peers, group->n_members, &row.spread, good, goal, &row.standing);
    return row;
}

GhPeersComparison
gh_peers_compare(const GhCityPage *page, const GhPeerTable *table, const GhPeersGroup *group)
{
    size_t n_points = page->framework->n_data_points;
    g_autofree double *peers = g_new(double, MAX(group->n_members, 1));
    g_autofree double *sorted = g_new(double, MAX(group->n_members, 1));
    GhPeersComparison comparison = {.rows = g_new0(GhPeersRow, MAX(n_points, 1)),
                                    .n_rows = n_points};

    g_assert(table->n_points == n_points); /* of the same framework */
    for (size_t k = 0; k < n_points; k++) {
        GhPeersRow *row = &comparison.rows[k];
        *row = compare_point(page, table, group, k, peers, sorted);
        comparison.n_compared += row->has_standing ? 1 : 0;
        comparison.n_judged += row->has_standing && !isnan(row->standing.better) ? 1 : 0;
    }
    return comparison;
}

/* -- what stands out -- */

/* The farther from the middle of the peers, the more telling; equal ones by the distance in spreads. */
static int
compare_telling(const void *a, const void *b, void *data)
{
    const GhPeersComparison *comparison = data;
    const GhPeersRow *first = &comparison->rows[*(const size_t *)a];
    const GhPeersRow *second = &comparison->rows[*(const size_t *)b];
    double first_far = fabs(first->standing.better - 50);
    double second_far = fabs(second->standing.better - 50);

    if (first_far != second_far)
        return first_far > second_far ? -1 : 1;
    first_far = isnan(first->standing.z) ? 0 : fabs(first->standing.z);
    second_far = isnan(second->standing.z) ? 0 : fabs(second->standing.z);
    if (first_far != second_far)
        return first_far > second_far ? -1 : 1;
    return first->data_point < second->data_point ? -1 : 1;
}

GArray *
gh_peers_outstanding(const GhPeersComparison *comparison, GhPeersSide side, size_t n_max)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t i = 0; i < comparison->n_rows; i++) {
        const GhPeersRow *row = &comparison->rows[i];
        double better = row->has_standing ? row->standing.better : (double)NAN;
        /* Comparisons with NAN are false. */
        if (side == GH_PEERS_STRONG ? better >= STRONG_FROM : better <= WEAK_UP_TO)
            g_array_append_val(found, i);
    }
    g_array_sort_with_data(found, compare_telling, (void *)(uintptr_t)comparison);
    if (found->len > n_max)
        g_array_set_size(found, (guint)n_max);
    return found;
}
