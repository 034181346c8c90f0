/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_correlation.c - weights of a level chosen by how its nodes correlate with the index.
 *
 * Balance   min over w >= 0 of sum_k (r_k / sum r - v_k)^2: r_k the Pearson correlation of node k with its
 *           index, v_k its wish divided by the sum of wishes. Source: Becker et al. 2017, section 5, with
 *           correlations instead of correlation ratios, as in COINr.
 * Infomax   max over w >= 0 of sum_k r_k, as in COINr. For one group of an arithmetic mean the answer is known:
 *           w_k in proportion to 1 / sd_k.
 * Search    w_k = t_k^2 keeps weights >= 0; within a group they are divided by their sum. From equal weights
 *           quasi-Newton descents (BFGS; the correlations' derivatives are central differences) and polls, in
 *           which one weight after another is moved up and down, take turns until both together gain
 *           less than the tolerance. The polls leave the stationary points that w = t^2 makes at 0, and
 *           take over where the aggregation has no derivatives (medians, outranking). What is found is
 *           the best of its neighbourhood; it is not proved to be the best of all.
 * Unit      The gain is counted in the distance |r / sum r - v|, and in the sum of correlations.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <string.h>

#include "index/column.h"
#include "index/weights/weights_private.h"

/* Central differences of t, whose squares sum to 1 in a group: error h^2 / 6 x third derivative and
 * 1e-16 / h, both near 1e-11 here. */
static const double STEP = 1e-5;

/* How far polls move a weight, as a share of its group. */
static const double POLLS[] = {0.1, 0.01, 0.001};

/* Where sum r is not positive its shares mean nothing: worse than any that are. */
static const double OUTSIDE = 1e6;

/* GSL ends a line search where a step promises less than 2e-16, which is a distance of 1e-8 from balance: it is shown
 * the objective of balance times this. */
static const double MAGNIFIED = 1e12;

static const int MAX_DESCENT = 500; /* steps; the next descent starts where it stopped */

typedef struct {
    GhIndexState *state;
    const GhIndexWeighting *how;
    int level;
    GhIndexAggregateFrom aggregate_from;
    const void *data;

    size_t n;
    size_t *nodes;  /* active nodes of the level */
    size_t *group;  /* first of nodes with the same parent */
    size_t *tops;   /* the index of each */
    double *wished; /* shares within the index */

    double *t, *r, *back, *forth; /* scratch, n each */
    double *best_t, *best_r;
    double best;
    int n_aggregations;
    GError *error; /* why an aggregation failed; ends the search */
} Search;

static void
search_free(Search *search)
{
    g_free(search->nodes);
    g_free(search->group);
    g_free(search->tops);
    g_free(search->wished);
    g_free(search->t);
    g_free(search->r);
    g_free(search->back);
    g_free(search->forth);
    g_free(search->best_t);
    g_free(search->best_r);
    g_clear_error(&search->error);
    g_free(search);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Search, search_free)
typedef gsl_multimin_fdfminimizer Minimizer;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Minimizer, gsl_multimin_fdfminimizer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gsl_vector, gsl_vector_free)

/* -- from t to the objective -- */

/* Divides t by its length within each group; false: a group is all 0. */
static bool
normalise(const Search *search, double *t)
{
    for (size_t k = 0; k < search->n; k++) {
        double sum = 0;
        if (search->group[k] != k)
            continue;
        for (size_t j = k; j < search->n; j++)
            if (search->group[j] == k)
                sum += t[j] * t[j];
        if (!(sum > 0))
            return false;
        for (size_t j = k; j < search->n; j++)
            if (search->group[j] == k)
                t[j] /= sqrt(sum);
    }
    return true;
}

/* The correlations under t; false: there are none, or the aggregation failed. */
static bool
correlate(Search *search, const double *t, double *ret_r)
{
    GhIndexState *state = search->state;

    if (search->error != NULL)
        return false;
    memcpy(search->t, t, search->n * sizeof *t);
    if (!normalise(search, search->t))
        return false;
    for (size_t k = 0; k < search->n; k++)
        state->weights[search->nodes[k]] = search->t[k] * search->t[k];
    search->n_aggregations++;
    if (!search->aggregate_from(state, search->level, search->data, &search->error))
        return false;

    bool all = true;
    for (size_t k = 0; k < search->n; k++) {
        ret_r[k] = gh_column_correlation(gh_index_state_column(state, search->nodes[k]),
                                         gh_index_state_column(state, search->tops[k]),
                                         state->n_units, NULL);
        all = all && !isnan(ret_r[k]);
    }
    return all;
}

/* The sum of correlations with the index of node k. */
static double
sum_of_index(const Search *search, const double *r, size_t k)
{
    double sum = 0;

    for (size_t j = 0; j < search->n; j++)
        if (search->tops[j] == search->tops[k])
            sum += r[j];
    return sum;
}

static double
objective(const Search *search, const double *r)
{
    double result = 0;

    for (size_t k = 0; k < search->n; k++) {
        if (search->how->objective == GH_OBJECTIVE_INFOMAX) {
            result -= r[k];
            continue;
        }
        double sum = sum_of_index(search, r, k);
        if (!(sum > 0))
            return OUTSIDE;
        double off = r[k] / sum - search->wished[k];
        result += off * off;
    }
    return result;
}

/* What the tolerance is measured in. */
static double
measure(const Search *search, double value)
{
    return search->how->objective == GH_OBJECTIVE_BALANCE ? sqrt(value) : value;
}

/* -- what GSL asks for, and polls -- */

static double
magnification(const Search *search)
{
    return search->how->objective == GH_OBJECTIVE_BALANCE ? MAGNIFIED : 1;
}

static double
evaluate(const gsl_vector *x, void *user)
{
    Search *search = user;

    if (!correlate(search, x->data, search->r))
        return OUTSIDE;
    double value = objective(search, search->r);
    if (value < search->best) {
        search->best = value;
        memcpy(search->best_t, search->t, search->n * sizeof *search->t);
        memcpy(search->best_r, search->r, search->n * sizeof *search->r);
    }
    return value;
}

/* The change of the objective for changes dr of the correlations r: exact, so that near perfect balance the error of
 * the differences is multiplied by what is nearly 0. */
static double
change(const Search *search, const double *r, const double *dr)
{
    double result = 0;

    for (size_t k = 0; k < search->n; k++) {
        if (search->how->objective == GH_OBJECTIVE_INFOMAX) {
            result -= dr[k];
            continue;
        }
        double sum = sum_of_index(search, r, k);
        double dsum = sum_of_index(search, dr, k);
        double off = r[k] / sum - search->wished[k];
        result += 2 * off * (dr[k] * sum - r[k] * dsum) / (sum * sum);
    }
    return result;
}

static void
differentiate(const gsl_vector *x, void *user, gsl_vector *gradient)
{
    Search *search = user;
    g_autofree double *t = g_memdup2(x->data, search->n * sizeof *t);
    g_autofree double *r = g_new(double, search->n);

    gsl_vector_set_zero(gradient);
    if (!correlate(search, t, r) || objective(search, r) >= OUTSIDE)
        return;
    for (size_t k = 0; k < search->n; k++) {
        const double at = t[k];
        t[k] = at + STEP;
        bool defined = correlate(search, t, search->forth);
        t[k] = at - STEP;
        defined = correlate(search, t, search->back) && defined;
        t[k] = at;
        if (!defined)
            continue;
        for (size_t j = 0; j < search->n; j++)
            search->forth[j] = (search->forth[j] - search->back[j]) / (2 * STEP);
        gsl_vector_set(gradient, k, magnification(search) * change(search, r, search->forth));
    }
}

static double
evaluate_magnified(const gsl_vector *x, void *user)
{
    return magnification(user) * evaluate(x, user);
}

static void
evaluate_both(const gsl_vector *x, void *user, double *ret_value, gsl_vector *gradient)
{
    *ret_value = evaluate_magnified(x, user);
    differentiate(x, user, gradient);
}

/* -- the search -- */

static bool
is_used_up(const Search *search)
{
    return search->error != NULL || search->n_aggregations >= search->how->max_iterations;
}

static void
descend(Search *search)
{
    gsl_multimin_function_fdf function = {
        .f = evaluate_magnified,
        .df = differentiate,
        .fdf = evaluate_both,
        .n = search->n,
        .params = search,
    };
    g_autoptr(Minimizer) minimizer =
        gsl_multimin_fdfminimizer_alloc(gsl_multimin_fdfminimizer_vector_bfgs2, search->n);
    g_autoptr(gsl_vector) start = gsl_vector_alloc(search->n);

    memcpy(start->data, search->best_t, search->n * sizeof *search->best_t);
    gsl_multimin_fdfminimizer_set(minimizer, &function, start, 0.01, 0.1);
    for (int step = 0; step < MAX_DESCENT && !is_used_up(search); step++)
        if (gsl_multimin_fdfminimizer_iterate(minimizer) != GSL_SUCCESS)
            break; /* no progress: as low as it gets from here */
}

/* Moves node k's share by so much; keeps it when that is better. */
static void
poll_one(Search *search, size_t k, double by)
{
    g_autoptr(gsl_vector) t = gsl_vector_alloc(search->n);

    memcpy(t->data, search->best_t, search->n * sizeof *search->best_t);
    t->data[k] = sqrt(MAX(t->data[k] * t->data[k] + by, 0));
    (void)evaluate(t, search); /* remembers the best by itself */
}

static void
poll(Search *search)
{
    for (size_t p = 0; p < G_N_ELEMENTS(POLLS); p++)
        for (size_t k = 0; k < search->n && !is_used_up(search); k++) {
            poll_one(search, k, POLLS[p]);
            poll_one(search, k, -POLLS[p]);
        }
}

static bool
run_search(Search *search, GError **error)
{
    for (;;) {
        const double before = measure(search, search->best);
        descend(search);
        poll(search);
        if (search->error != NULL) {
            g_propagate_prefixed_error(error, g_steal_pointer(&search->error), "weights: ");
            return false;
        }
        /* The budget is looked at first: a round that it cut short has not converged. */
        if (search->n_aggregations >= search->how->max_iterations) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                        "weights: level %d has not converged after %d aggregations; allow more, or"
                        " a tolerance above %g",
                        search->level, search->n_aggregations, search->how->tolerance);
            return false;
        }
        if (before - measure(search, search->best) < search->how->tolerance)
            return true;
    }
}

/* -- before and after -- */

/* The wish of a node: 1 where none is given. */
static double
wish_of(const GhIndexState *state, const GhIndexWeighting *how, size_t node)
{
    for (size_t i = 0; how->given != NULL && i < how->n_codes; i++)
        if (g_strcmp0(how->codes[i], state->data->nodes[node].code) == 0)
            return how->given[i];
    return 1;
}

static bool
set_wishes(Search *search, GError **error)
{
    g_autofree double *wishes = g_new(double, search->n);

    for (size_t k = 0; k < search->n; k++)
        wishes[k] = wish_of(search->state, search->how, search->nodes[k]);
    for (size_t k = 0; k < search->n; k++) {
        double sum = sum_of_index(search, wishes, k);
        if (!(sum > 0)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "weights: all wishes for %s are 0",
                        search->state->data->nodes[search->tops[k]].code);
            return false;
        }
        search->wished[k] = wishes[k] / sum;
    }
    return true;
}

static Search *
search_new(GhIndexState *state, const GhIndexWeighting *how, int level,
           GhIndexAggregateFrom aggregate_from, const void *data)
{
    const size_t most = state->data->n_nodes;
    Search *search = g_new0(Search, 1);

    search->state = state;
    search->how = how;
    search->level = level;
    search->aggregate_from = aggregate_from;
    search->data = data;
    search->nodes = g_new(size_t, most);
    for (size_t k = 0; k < most; k++)
        if (state->data->nodes[k].level == level && state->active[k])
            search->nodes[search->n++] = k;

    const size_t n = search->n;
    double **arrays[] = {&search->wished, &search->t,      &search->r,     &search->back,
                         &search->forth,  &search->best_t, &search->best_r};
    for (size_t a = 0; a < G_N_ELEMENTS(arrays); a++)
        *arrays[a] = g_new0(double, n);
    search->group = g_new(size_t, n);
    search->tops = g_new(size_t, n);
    for (size_t k = 0; k < n; k++) {
        search->tops[k] =
            (size_t)gh_index_data_ancestor(state->data, search->nodes[k], state->data->n_levels);
        search->group[k] = 0;
        while (state->data->nodes[search->nodes[search->group[k]]].parent
               != state->data->nodes[search->nodes[k]].parent)
            search->group[k]++;
    }
    return search;
}

/* Equal weights, to begin with; there every node has a correlation, or none can be optimised. */
static bool
start(Search *search, GError **error)
{
    g_autoptr(gsl_vector) t = gsl_vector_alloc(search->n);

    gsl_vector_set_all(t, 1);
    search->best = INFINITY;
    if (evaluate(t, search) < OUTSIDE)
        return true;
    if (search->error != NULL) {
        g_propagate_prefixed_error(error, g_steal_pointer(&search->error), "weights: ");
        return false;
    }
    for (size_t k = 0; k < search->n; k++)
        if (isnan(search->r[k])) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                        "weights: %s has no correlation with the index: it, or the index, does not"
                        " vary; leave it out",
                        search->state->data->nodes[search->nodes[k]].code);
            return false;
        }
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "weights: under equal weights the correlations of level %d with the index sum to 0"
                " or less; look at the directions",
                search->level);
    return false;
}

static void
note_result(const Search *search, GhIndexNotes *notes)
{
    const bool balance = search->how->objective == GH_OBJECTIVE_BALANCE;

    if (notes == NULL)
        return;
    g_ptr_array_add(
        notes->weights,
        balance ? g_strdup_printf("level %d: correlations are balanced to a distance of %.2g from"
                                  " the wish; converged after %d aggregations",
                                  search->level, sqrt(search->best), search->n_aggregations)
                : g_strdup_printf("level %d: the sum of correlations is %.6f; converged after %d"
                                  " aggregations",
                                  search->level, -search->best, search->n_aggregations));
    for (size_t k = 0; k < search->n; k++) {
        const char *code = search->state->data->nodes[search->nodes[k]].code;
        double weight = search->best_t[k] * search->best_t[k];
        double share = search->best_r[k] / sum_of_index(search, search->best_r, k);
        g_ptr_array_add(notes->weights,
                        balance ? g_strdup_printf("%s: weight %.4f, correlation %.4f, share %.4f"
                                                  " (wished %.4f)",
                                                  code, weight, search->best_r[k], share,
                                                  search->wished[k])
                                : g_strdup_printf("%s: weight %.4f, correlation %.4f", code, weight,
                                                  search->best_r[k]));
    }
}

bool
gh_weights_correlation(GhIndexState *state, const GhIndexWeighting *how, int level,
                       GhIndexAggregateFrom aggregate_from, const void *data, GhIndexNotes *notes,
                       GError **error)
{
    g_autoptr(Search) search = search_new(state, how, level, aggregate_from, data);

    if (search->n == 0)
        return true;
    if (!set_wishes(search, error) || !start(search, error) || !run_search(search, error))
        return false;
    for (size_t k = 0; k < search->n; k++)
        state->weights[search->nodes[k]] = search->best_t[k] * search->best_t[k];
    note_result(search, notes);
    return true;
}
