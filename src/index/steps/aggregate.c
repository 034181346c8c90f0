/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* aggregate.c - level by level to the top: which children with which weights, and what to say when they cannot be. */
#include <math.h>
#include <string.h>

#include "index/steps/aggregate_private.h"
#include "index/weights.h"

static const char *
method_text(GhIndexAggregateMethod method)
{
    switch (method) {
    case GH_AGGREGATE_ARITHMETIC:
        return "arithmetic";
    case GH_AGGREGATE_GEOMETRIC:
        return "geometric";
    case GH_AGGREGATE_HARMONIC:
        return "harmonic";
    case GH_AGGREGATE_POWER:
        return "power";
    case GH_AGGREGATE_MEDIAN:
        return "median";
    case GH_AGGREGATE_COPELAND:
        return "copeland";
    case GH_AGGREGATE_OUTRANKING:
        return "outranking";
    case GH_AGGREGATE_MAZZIOTTA_PARETO:
        return "mazziotta_pareto";
    }
    g_assert_not_reached();
}

/* -- parameters -- */

static const GhIndexAggregateLevel *
level_of(const GhIndexAggregate *how, int level)
{
    return &how->levels[how->n_levels == 1 ? 0 : (size_t)level - 1];
}

static bool
check(const GhIndexState *state, const GhIndexAggregate *how, GError **error)
{
    const int n_made = state->data->n_levels - 1;

    if (how->n_levels != 1 && how->n_levels != (size_t)n_made) {
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
            "aggregate: %zu levels are given, and the data have %d to make; give one for all, "
            "or one each",
            how->n_levels, n_made);
        return false;
    }
    for (size_t l = 0; l < how->n_levels; l++) {
        const GhIndexAggregateLevel *level = &how->levels[l];
        if (level->method == GH_AGGREGATE_POWER
            && (!isfinite(level->power) || level->power == 0.0)) {
            g_set_error(
                error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "aggregate: \"power\" must be a number other than 0, not %g; the mean of power "
                "0 is the geometric one",
                level->power);
            return false;
        }
        if (!(level->min_available >= 0.0 && level->min_available <= 1.0)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "aggregate: \"min_available\" is a share, 0 to 1, not %g",
                        level->min_available);
            return false;
        }
    }
    return true;
}

/* Methods that look at the order of values rather than at their sums. */
static bool
goes_by_rank(const GhIndexAggregateLevel *how)
{
    return how->method == GH_AGGREGATE_MEDIAN || how->method == GH_AGGREGATE_COPELAND
           || how->method == GH_AGGREGATE_OUTRANKING;
}

static bool
has_contest(const GhIndexAggregate *how)
{
    for (size_t l = 0; l < how->n_levels; l++) {
        if (goes_by_rank(&how->levels[l]))
            return true;
    }
    return false;
}

/* -- one group -- */

/* The children of a node that take part. */
typedef struct {
    size_t n_active;
    const double **active; /* columns; all active children count for availability */
    size_t n;
    size_t *nodes; /* those with weight, which make the mean; n */
    const double **columns;
    double *weights;
    bool *enough; /* n_units; NULL: no share is asked for */
} Children;

static void
children_clear(Children *children)
{
    g_free(children->active);
    g_free(children->nodes);
    g_free(children->columns);
    g_free(children->weights);
    g_free(children->enough);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Children, children_clear)

static bool
collect(const GhIndexState *state, size_t parent, Children *children, GError **error)
{
    const GhIndexNode *node = &state->data->nodes[parent];
    double total = 0.0;

    children->active = g_new(const double *, node->n_children);
    children->nodes = g_new(size_t, node->n_children);
    children->columns = g_new(const double *, node->n_children);
    children->weights = g_new(double, node->n_children);
    for (size_t c = 0; c < node->n_children; c++) {
        const size_t child = node->children[c];
        if (!state->active[child])
            continue;
        children->active[children->n_active++] = gh_index_state_column(state, child);
        if (state->weights[child] == 0.0)
            continue;
        children->nodes[children->n] = child;
        children->columns[children->n] = gh_index_state_column(state, child);
        children->weights[children->n++] = state->weights[child];
        total += state->weights[child];
    }
    if (total > 0.0 && isfinite(total))
        return true;
    g_set_error(
        error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
        "aggregate: the weights of the children of %s add up to %g; give at least one of them "
        "a weight above 0, or leave %s out",
        node->code, total, node->code);
    return false;
}

static void
find_enough(const GhIndexState *state, double min_available, Children *children)
{
    if (min_available <= 0.0)
        return;
    children->enough = g_new(bool, state->n_units);
    for (size_t i = 0; i < state->n_units; i++) {
        size_t n_available = 0;
        for (size_t c = 0; c < children->n_active; c++)
            n_available += isnan(children->active[c][i]) ? 0 : 1;
        children->enough[i] = !((double)n_available / (double)children->n_active < min_available);
    }
}

static void
tell_fault(const GhIndexState *state, size_t parent, const Children *children,
           const GhIndexAggregateLevel *how, const GhAggregateFault *fault, GError **error)
{
    g_autofree char *unit = gh_index_row_name(state, fault->unit);
    const char *code = state->data->nodes[parent].code;
    const char *child = state->data->nodes[children->nodes[fault->column]].code;
    const double value = children->columns[fault->column][fault->unit];

    switch (fault->kind) {
    case GH_AGGREGATE_FAULT_NONE:
        break;
    case GH_AGGREGATE_FAULT_NOT_POSITIVE:
    case GH_AGGREGATE_FAULT_NEGATIVE:
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "aggregate: %s of %s is %g, and the %s mean that makes %s needs values %s; "
                    "normalise to an interval above 0, such as 1 to 100",
                    child, unit, value, method_text(how->method), code,
                    fault->kind == GH_AGGREGATE_FAULT_NEGATIVE ? "of 0 or more" : "above 0");
        return;
    case GH_AGGREGATE_FAULT_TOO_LARGE:
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
            "aggregate: %s of %s is too large to be computed with; normalise its indicators, "
            "or give them in a larger unit",
            code, unit);
        return;
    case GH_AGGREGATE_FAULT_MEAN_NOT_POSITIVE:
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
            "aggregate: the mean of %s of %s is not above 0, so that mazziotta_pareto has no "
            "penalty for it; normalise to values above 0 (mazziotta_pareto does)",
            code, unit);
        return;
    case GH_AGGREGATE_FAULT_TOO_MANY:
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "aggregate: %s compares every pair of units, of which there may be at most %d; "
                    "use a mean for %s",
                    method_text(how->method), GH_AGGREGATE_MAX_CONTESTANTS, code);
        return;
    }
    g_assert_not_reached();
}

static void
empty_where_not_enough(const Children *children, size_t n_units, double *column)
{
    if (children->enough == NULL)
        return;
    for (size_t i = 0; i < n_units; i++)
        column[i] = children->enough[i] ? column[i] : (double)NAN;
}

/* made: the column is there already, and only the share of available children is looked at. */
static bool
aggregate_group(GhIndexState *state, size_t parent, const GhIndexAggregate *how,
                const GhIndexParts *contests, bool made, GError **error)
{
    const GhIndexAggregateLevel *level = level_of(how, state->data->nodes[parent].level - 1);
    double *column = gh_index_state_column(state, parent);
    g_auto(Children) children = {0};

    if (!collect(state, parent, &children, error))
        return false;
    find_enough(state, level->min_available, &children);
    if (!made) {
        const GhAggregateGroup group = {
            .columns = children.columns,
            .weights = children.weights,
            .n_columns = children.n,
            .n_units = state->n_units,
            .contests = contests,
            .enough = children.enough,
            .how = level,
            .as_coinr = how->as_coinr,
            .result = column,
        };
        const GhAggregateFault fault =
            goes_by_rank(level) ? gh_aggregate_ranks(&group) : gh_aggregate_mean(&group);
        if (fault.kind != GH_AGGREGATE_FAULT_NONE) {
            tell_fault(state, parent, &children, level, &fault, error);
            return false;
        }
    }
    empty_where_not_enough(&children, state->n_units, column);
    return true;
}

/* -- levels -- */

/* Makes level + 1 out of level. */
static bool
aggregate_level(GhIndexState *state, int level, const GhIndexAggregate *how,
                const GhIndexParts *contests, bool made, GError **error)
{
    const GhIndexData *data = state->data;

    for (size_t k = data->n_indicators; k < data->n_nodes; k++) {
        if (data->nodes[k].level == level + 1 && state->active[k]
            && !aggregate_group(state, k, how, contests, made, error))
            return false;
    }
    return true;
}

typedef struct {
    const GhIndexAggregate *how;
    const GhIndexParts *contests;
} Work;

/* For weights that are sought by trying: GhIndexAggregateFrom. */
static bool
aggregate_from(GhIndexState *state, int level, const void *data, GError **error)
{
    const Work *work = data;

    for (int l = level; l < state->data->n_levels; l++) {
        if (!aggregate_level(state, l, work->how, work->contests, false, error))
            return false;
    }
    return true;
}

bool
gh_index_aggregate(GhIndexState *state, const GhIndexAggregate *how, GhIndexNotes *notes,
                   GError **error)
{
    if (!check(state, how, error))
        return false;
    g_autoptr(GhIndexParts) contests = NULL;
    if (has_contest(how)) {
        /* Units of different years do not compete. */
        const GhIndexOver over = state->data->years != NULL ? GH_OVER_YEAR : GH_OVER_ALL;
        contests = gh_index_parts_over(state, over, "aggregate", error);
        if (contests == NULL)
            return false;
    }

    const Work work = {how, contests};
    for (int level = 1; level < state->data->n_levels; level++) {
        bool made = false;
        if (state->weighting[level - 1] != NULL
            && !gh_index_weighting_find(state, level, aggregate_from, &work, notes, &made, error))
            return false;
        if (!aggregate_level(state, level, how, contests, made, error))
            return false;
    }
    return true;
}
