/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* explain.c - a unit's result taken apart, from the top down.
 *
 * A node's contribution is its value times the slope of the top in it, x df/dx, by the chain rule. All means here are
 * homogeneous of degree 1 (children twice as large: twice the mean), so that by Euler's theorem the parts
 * of a group add up to its value; under arithmetic means they are weight times value, whatever the change. */
#include <math.h>

#include "index/analysis.h"
#include "index/analysis/explain_private.h"

/* -- slopes: df/dx of each child, weights summing to 1 -- */

static void
slopes_of_median(const GhExplainGroup *group)
{
    double below = -INFINITY, above = INFINITY;
    size_t n_below = 0, n_above = 0;

    /* The values the median lies between: itself twice, unless it is the mean of two. */
    for (size_t c = 0; c < group->n; c++) {
        if (group->x[c] <= group->f)
            below = fmax(below, group->x[c]);
        if (group->x[c] >= group->f)
            above = fmin(above, group->x[c]);
    }
    for (size_t c = 0; c < group->n; c++) {
        n_below += group->x[c] == below;
        n_above += group->x[c] == above;
    }
    for (size_t c = 0; c < group->n; c++)
        group->slopes[c] = (group->x[c] == below ? 0.5 / (double)n_below : 0.0)
                           + (group->x[c] == above ? 0.5 / (double)n_above : 0.0);
}

/* f = M -+ S^2 / M; S^2 = sum w d^2 / (1 - sum w^2), d = x - M. Since sum w d = 0, dS^2/dx = 2 w d / (1 - sum w^2). */
static void
slopes_of_mazziotta_pareto(const GhExplainGroup *group)
{
    const double sign = group->how->penalty == GH_PENALTY_DOWN ? -1.0 : 1.0;
    double M = 0.0, squares = 0.0, weights_squared = 0.0;

    for (size_t c = 0; c < group->n; c++) {
        M += group->w[c] * group->x[c];
        weights_squared += group->w[c] * group->w[c];
    }
    for (size_t c = 0; c < group->n; c++)
        squares += group->w[c] * (group->x[c] - M) * (group->x[c] - M);
    for (size_t c = 0; c < group->n; c++) {
        const double w = group->w[c], d = group->x[c] - M, rest = 1.0 - weights_squared;
        group->slopes[c] = w;
        if (group->n > 1 && squares > 0.0)
            group->slopes[c] += sign * (2.0 * w * d / (rest * M) - squares / rest * w / (M * M));
    }
}

static double
slope_of_power(double x, double f, double power)
{
    return f != 0.0 ? pow(x / f, power - 1.0) : 1.0; /* f is 0 where all x are */
}

static void
find_slopes(const GhExplainGroup *group)
{
    const double f = group->f;

    for (size_t c = 0; c < group->n; c++) {
        const double x = group->x[c];
        double slope = 1.0;
        switch (group->how->method) {
        case GH_AGGREGATE_GEOMETRIC:
            slope = f / x;
            break;
        case GH_AGGREGATE_HARMONIC:
            slope = (f / x) * (f / x);
            break;
        case GH_AGGREGATE_POWER:
            slope = slope_of_power(x, f, group->how->power);
            break;
        case GH_AGGREGATE_ARITHMETIC:
        case GH_AGGREGATE_MEDIAN:
        case GH_AGGREGATE_MAZZIOTTA_PARETO:
        case GH_AGGREGATE_COPELAND:
        case GH_AGGREGATE_OUTRANKING:
            break;
        }
        group->slopes[c] = group->w[c] * slope;
    }
    if (group->how->method == GH_AGGREGATE_MEDIAN)
        slopes_of_median(group);
    if (group->how->method == GH_AGGREGATE_MAZZIOTTA_PARETO)
        slopes_of_mazziotta_pareto(group);
}

static void
find_parts(const GhExplainGroup *group)
{
    if (group->how->method == GH_AGGREGATE_COPELAND
        || group->how->method == GH_AGGREGATE_OUTRANKING) {
        gh_explain_contest(group);
        return;
    }
    find_slopes(group);
    for (size_t c = 0; c < group->n; c++)
        group->parts[c] = group->slopes[c] * group->x[c];
}

/* -- benefit of the doubt: score = scale sum u x with the unit's own u -- */

static const GhIndexWeighting *
doubt_of_level(const GhIndexState *state, int level)
{
    const GhIndexWeighting *weighting = state->weighting[level - 1];

    return weighting != NULL && weighting->method == GH_WEIGHTS_BENEFIT_OF_THE_DOUBT ? weighting
                                                                                     : NULL;
}

static bool
find_doubt_parts(const GhExplainGroup *group, const GhIndexWeighting *doubt, GError **error)
{
    g_autofree const double **columns = g_new(const double *, group->n);
    double score = 0.0;

    for (size_t c = 0; c < group->n; c++)
        columns[c] = gh_index_state_column(group->state, group->children[c]);
    if (!gh_index_benefit_of_the_doubt(columns, group->n, group->state->n_units, group->row,
                                       doubt->share_lower, doubt->share_upper, group->slopes,
                                       &score, error))
        return false;
    for (size_t c = 0; c < group->n; c++) {
        group->w[c] = group->slopes[c] * group->x[c] / score; /* its share of the score */
        group->slopes[c] *= doubt->scale;
        group->parts[c] = group->slopes[c] * group->x[c];
    }
    return true;
}

/* -- a group -- */

/* Children that the unit has, that take part and weigh something; all that take part for benefit of the doubt, which finds
 * its weights. */
static size_t
gather_children(GhExplainGroup *group, size_t node, bool any_weight)
{
    const GhIndexState *state = group->state;
    const GhIndexNode *parent = &state->data->nodes[node];
    double total = 0.0;

    group->n = 0;
    for (size_t c = 0; c < parent->n_children; c++) {
        const size_t child = parent->children[c];
        const double x = gh_index_state_column(state, child)[group->row];
        if (!state->active[child] || isnan(x) || !(any_weight || state->weights[child] > 0.0))
            continue;
        group->children[group->n] = child;
        group->x[group->n] = x;
        group->w[group->n] = state->weights[child];
        total += state->weights[child];
        group->n++;
    }
    for (size_t c = 0; c < group->n; c++)
        group->w[c] /= total;
    return group->n;
}

static const GhIndexAggregate *
aggregation_of(const GhIndexSpec *spec)
{
    const GhIndexStep *last = spec->n_steps > 0 ? spec->steps[spec->n_steps - 1] : NULL;

    g_assert(last != NULL && last->kind == GH_INDEX_STEP_AGGREGATE); /* spec.h */
    return &last->aggregate;
}

static const GhIndexAggregateLevel *
how_of_level(const GhIndexAggregate *aggregate, int level)
{
    return &aggregate->levels[aggregate->n_levels > 1 ? level - 2 : 0];
}

/* Hands the node's share on to its children. slopes: of the top in each node. */
static bool
explain_node(GhExplainGroup *group, const GhIndexAggregate *aggregate, size_t node, double *slopes,
             GhIndexExplanation *explanation, GError **error)
{
    const int level = group->state->data->nodes[node].level;
    const GhIndexWeighting *doubt = doubt_of_level(group->state, level - 1);

    group->how = how_of_level(aggregate, level);
    group->parent = node;
    group->f = gh_index_state_column(group->state, node)[group->row];
    if (isnan(group->f) || gather_children(group, node, doubt != NULL) == 0)
        return true;
    if (doubt != NULL) {
        if (!find_doubt_parts(group, doubt, error))
            return false;
    } else {
        find_parts(group);
    }
    if (doubt != NULL || group->how->method != GH_AGGREGATE_ARITHMETIC)
        explanation->is_exact = false;

    for (size_t c = 0; c < group->n; c++) {
        GhIndexContribution *child = &explanation->nodes[group->children[c]];
        child->effective = explanation->nodes[node].effective * group->w[c];
        child->contribution = slopes[node] * group->parts[c];
        slopes[group->children[c]] = slopes[node] * group->slopes[c];
    }
    return true;
}

/* -- the whole -- */

static bool
find_row(const GhIndexState *state, size_t data_row, size_t *ret_row)
{
    for (size_t i = 0; i < state->n_units; i++) {
        if (state->rows[i] == data_row) {
            *ret_row = i;
            return true;
        }
    }
    return false;
}

static GhIndexExplanation *
explanation_new(const GhIndexResult *result, size_t row, size_t top)
{
    const GhIndexData *data = result->data;
    GhIndexExplanation *explanation = g_new0(GhIndexExplanation, 1);

    explanation->row = row;
    explanation->is_exact = true;
    explanation->n_nodes = data->n_nodes;
    explanation->nodes = g_new0(GhIndexContribution, data->n_nodes);
    for (size_t k = 0; k < data->n_nodes; k++) {
        const double value = gh_index_result_value(result, k, row);
        explanation->nodes[k] =
            (GhIndexContribution){.node = k,
                                  .value = value,
                                  .place = result->places[k * data->n_units + row],
                                  .contribution = isnan(value) ? (double)NAN : 0.0};
    }
    explanation->score = explanation->nodes[top].value;
    explanation->place = explanation->nodes[top].place;
    explanation->nodes[top].effective = 1.0;
    explanation->nodes[top].contribution = explanation->score;
    return explanation;
}

GhIndexExplanation *
gh_index_explain(const GhIndexResult *result, const GhIndexSpec *spec, size_t row, size_t top,
                 GError **error)
{
    const GhIndexData *data = result->data;
    GhExplainGroup group = {.state = result->state};

    if (!find_row(result->state, row, &group.row)
        || isnan(gh_index_result_value(result, top, row))) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s has no value in %s, so there is nothing to explain; it was screened out, "
                    "or too little of it is available",
                    data->unit_codes[row], data->nodes[top].code);
        return NULL;
    }

    g_autoptr(GhIndexExplanation) explanation = explanation_new(result, row, top);
    g_autofree double *slopes = g_new0(double, data->n_nodes);
    g_autofree double *scratch = g_new(double, 4 * data->n_nodes);
    g_autofree size_t *children = g_new(size_t, data->n_nodes);
    group.children = children;
    group.x = scratch;
    group.w = scratch + data->n_nodes;
    group.slopes = scratch + 2 * data->n_nodes;
    group.parts = scratch + 3 * data->n_nodes;
    slopes[top] = 1.0;
    /* Parents stand behind their children. */
    for (size_t k = data->n_nodes; k-- > data->n_indicators;) {
        if (explanation->nodes[k].effective > 0.0
            && !explain_node(&group, aggregation_of(spec), k, slopes, explanation, error))
            return NULL;
    }
    return g_steal_pointer(&explanation);
}

void
gh_index_explanation_free(GhIndexExplanation *explanation)
{
    if (explanation == NULL)
        return;
    g_free(explanation->nodes);
    g_free(explanation);
}
