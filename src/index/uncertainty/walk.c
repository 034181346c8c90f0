/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* walk.c - all replications in an order in which neighbours share their beginnings.
 *
 * The steps are cut into stations: a station begins with an uncertain step and goes on until the next one. What
 * stands before the first station is done once for all. Replications are sorted by their values, those of early
 * steps first, so that going through them is a depth-first walk through the tree of beginnings: a walker keeps one
 * state a station and, from one replication to the next, does again only the stations from the first value that
 * differs. Each distinct beginning is so computed once (once more where a thread's share of the walk starts in the
 * middle of it), and memory is one state a station and thread, whatever the number of replications. */
#include <stdlib.h>
#include <string.h>

#include "index/uncertainty/uncertainty_private.h"

struct GhIndexWalk {
    const GhIndexPlan *plan;
    GhIndexVariants *variants;
    size_t *parameters;     /* d, in the order of the steps they change */
    size_t *station_of;     /* d: of parameters[k] */
    size_t *station_starts; /* n_stations + 1: elements */
    size_t n_stations;
    size_t *order; /* n_all */
    size_t n_prefixes;
    GhIndexState *base; /* before the first station */
};

/* Elements: 0 leaves nodes out, e is step e - 1; noise on weights belongs to the last, which aggregates. */
static size_t
element_of(const GhIndexPlan *plan, const GhIndexParameter *parameter)
{
    switch (parameter->kind) {
    case GH_PARAMETER_DROP:
        return 0;
    case GH_PARAMETER_WEIGHTS:
        return plan->spec->n_steps;
    case GH_PARAMETER_CHOICE:
    case GH_PARAMETER_RANGE:
        return parameter->step + 1;
    }
    g_assert_not_reached();
}

/* -- stations -- */

static void
order_parameters(GhIndexWalk *walk)
{
    const GhIndexPlan *plan = walk->plan;

    walk->parameters = g_new(size_t, plan->d);
    for (size_t p = 0; p < plan->d; p++) {
        const size_t element = element_of(plan, &plan->uncertain->parameters[p]);
        size_t at = p;
        for (; at > 0; at--) {
            const size_t before = walk->parameters[at - 1];
            if (element_of(plan, &plan->uncertain->parameters[before]) <= element)
                break;
            walk->parameters[at] = before;
        }
        walk->parameters[at] = p;
    }
}

static void
find_stations(GhIndexWalk *walk)
{
    const GhIndexPlan *plan = walk->plan;

    walk->station_of = g_new(size_t, plan->d);
    walk->station_starts = g_new(size_t, plan->d + 1);
    for (size_t k = 0; k < plan->d; k++) {
        const size_t element = element_of(plan, &plan->uncertain->parameters[walk->parameters[k]]);
        if (k == 0 || element != walk->station_starts[walk->n_stations - 1])
            walk->station_starts[walk->n_stations++] = element;
        walk->station_of[k] = walk->n_stations - 1;
    }
    walk->station_starts[walk->n_stations] = plan->spec->n_steps + 1;
}

/* The first station in which two replications differ; n_stations: none. */
static size_t
first_difference(const GhIndexWalk *walk, size_t one, size_t other)
{
    const double *a = gh_index_plan_settings(walk->plan, one);
    const double *b = gh_index_plan_settings(walk->plan, other);

    for (size_t k = 0; k < walk->plan->d; k++) {
        if (a[walk->parameters[k]] != b[walk->parameters[k]])
            return walk->station_of[k];
    }
    return walk->n_stations;
}

static int
compare_replications(const void *one, const void *other, void *data)
{
    const GhIndexWalk *walk = data;
    const size_t i = *(const size_t *)one, j = *(const size_t *)other;
    const double *a = gh_index_plan_settings(walk->plan, i);
    const double *b = gh_index_plan_settings(walk->plan, j);

    for (size_t k = 0; k < walk->plan->d; k++) {
        const size_t p = walk->parameters[k];
        if (a[p] != b[p])
            return a[p] < b[p] ? -1 : 1;
    }
    return (i > j) - (i < j);
}

static void
order_replications(GhIndexWalk *walk)
{
    const size_t n_all = walk->plan->n_all;

    walk->order = g_new(size_t, n_all);
    for (size_t r = 0; r < n_all; r++)
        walk->order[r] = r;
    qsort_r(walk->order, n_all, sizeof *walk->order, compare_replications, walk);
    walk->n_prefixes = 1;
    for (size_t r = 1; r < n_all; r++)
        walk->n_prefixes +=
            first_difference(walk, walk->order[r - 1], walk->order[r]) + 1 < walk->n_stations;
}

GhIndexWalk *
gh_index_walk_new(const GhIndexPlan *plan, GError **error)
{
    g_autoptr(GhIndexWalk) walk = g_new0(GhIndexWalk, 1);

    walk->plan = plan;
    walk->variants = gh_index_variants_new(plan);
    order_parameters(walk);
    find_stations(walk);
    order_replications(walk);
    walk->base = gh_index_state_new(plan->data);
    if (walk->station_starts[0] > 1
        && !gh_index_run_steps(walk->base, plan->spec->steps, walk->station_starts[0] - 1, NULL,
                               error))
        return NULL;
    return g_steal_pointer(&walk);
}

void
gh_index_walk_free(GhIndexWalk *walk)
{
    if (walk == NULL)
        return;
    gh_index_variants_free(walk->variants);
    g_free(walk->parameters);
    g_free(walk->station_of);
    g_free(walk->station_starts);
    g_free(walk->order);
    gh_index_state_free(walk->base);
    g_free(walk);
}

GhIndexState *
gh_index_walk_nominal(const GhIndexWalk *walk, GError **error)
{
    const GhIndexSpec *spec = walk->plan->spec;
    const size_t done = walk->station_starts[0] > 0 ? walk->station_starts[0] - 1 : 0;
    g_autoptr(GhIndexState) state = gh_index_state_copy(walk->base);

    if (!gh_index_run_steps(state, spec->steps + done, spec->n_steps - done, NULL, error))
        return NULL;
    return g_steal_pointer(&state);
}

size_t
gh_index_walk_replication(const GhIndexWalk *walk, size_t position)
{
    return walk->order[position];
}

size_t
gh_index_walk_n_prefixes(const GhIndexWalk *walk)
{
    return walk->n_prefixes;
}

/* -- a walker -- */

struct GhIndexWalker {
    const GhIndexWalk *walk;
    GhIndexState **states; /* n_stations: after each; room for all units */
    GhIndexState *first;   /* the walker's own copy of the base, where the last station needs one */
    double *weights;       /* as they stood before the last station */
    bool has_last;
    size_t last; /* replication whose states stand */
};

/* The last station alone, when it begins with the aggregation, changes nothing but weights and aggregates: it works on
 * the state before it instead of on a copy, once the weights are put back. */
static bool
ends_in_place(const GhIndexWalk *walk)
{
    return walk->station_starts[walk->n_stations - 1] == walk->plan->spec->n_steps;
}

GhIndexWalker *
gh_index_walker_new(const GhIndexWalk *walk)
{
    GhIndexWalker *walker = g_new0(GhIndexWalker, 1);
    const size_t n_own = walk->n_stations - (ends_in_place(walk) ? 1 : 0);

    walker->walk = walk;
    walker->states = g_new0(GhIndexState *, walk->n_stations);
    for (size_t k = 0; k < n_own; k++)
        walker->states[k] = gh_index_state_copy(walk->base);
    if (n_own == 0)
        walker->first = gh_index_state_copy(walk->base);
    if (ends_in_place(walk)) {
        GhIndexState *before = n_own > 0 ? walker->states[n_own - 1] : walker->first;
        walker->states[n_own] = before;
        walker->weights =
            g_memdup2(before->weights, before->data->n_nodes * sizeof *before->weights);
    }
    return walker;
}

void
gh_index_walker_free(GhIndexWalker *walker)
{
    if (walker == NULL)
        return;
    const size_t n_own = walker->walk->n_stations - (ends_in_place(walker->walk) ? 1 : 0);
    for (size_t k = 0; k < n_own; k++)
        gh_index_state_free(walker->states[k]);
    gh_index_state_free(walker->first);
    g_free(walker->states);
    g_free(walker->weights);
    g_free(walker);
}

/* As gh_index_state_copy into a state that has room: no allocation. */
static void
state_assign(GhIndexState *to, const GhIndexState *from)
{
    const size_t n_nodes = from->data->n_nodes;

    to->n_units = from->n_units;
    memcpy(to->rows, from->rows, from->n_units * sizeof *to->rows);
    memcpy(to->values, from->values, from->n_units * n_nodes * sizeof *to->values);
    memcpy(to->active, from->active, n_nodes * sizeof *to->active);
    memcpy(to->weights, from->weights, n_nodes * sizeof *to->weights);
    memcpy(to->weighting, from->weighting, sizeof to->weighting);
    to->directed = from->directed;
}

static bool
do_station(const GhIndexWalk *walk, size_t station, GhIndexState *state, const double *settings,
           GError **error)
{
    const size_t n_steps = walk->plan->spec->n_steps;

    for (size_t e = walk->station_starts[station]; e < walk->station_starts[station + 1]; e++) {
        if (e == 0) {
            gh_index_plan_drop(walk->plan, settings, state);
            continue;
        }
        if (e == n_steps && !gh_index_plan_weigh(walk->plan, settings, state, error))
            return false;
        if (!gh_index_variants_apply(walk->variants, e - 1, settings, state, error))
            return false;
    }
    return true;
}

/* The state a station works on, as it was before that station. */
static GhIndexState *
prepare_station(GhIndexWalker *walker, size_t station)
{
    const GhIndexWalk *walk = walker->walk;
    GhIndexState *state = walker->states[station];

    if (station + 1 == walk->n_stations && ends_in_place(walk))
        memcpy(state->weights, walker->weights, state->data->n_nodes * sizeof *state->weights);
    else
        state_assign(state, station > 0 ? walker->states[station - 1] : walk->base);
    return state;
}

/* Before the last station works in place, what it will have to put back. */
static void
keep_weights(GhIndexWalker *walker, size_t station)
{
    const GhIndexState *state = walker->states[station];

    if (station + 2 == walker->walk->n_stations && ends_in_place(walker->walk))
        memcpy(walker->weights, state->weights, state->data->n_nodes * sizeof *state->weights);
}

const GhIndexState *
gh_index_walker_visit(GhIndexWalker *walker, size_t replication, GError **error)
{
    const GhIndexWalk *walk = walker->walk;
    const double *settings = gh_index_plan_settings(walk->plan, replication);
    size_t station = walker->has_last ? first_difference(walk, walker->last, replication) : 0;

    walker->has_last = false; /* until all stations are done */
    for (; station < walk->n_stations; station++) {
        if (!do_station(walk, station, prepare_station(walker, station), settings, error)) {
            g_autofree char *name = gh_index_plan_name(walk->plan, replication);
            g_prefix_error(error, "%s: ", name);
            return NULL;
        }
        keep_weights(walker, station);
    }
    walker->has_last = true;
    walker->last = replication;
    return walker->states[walk->n_stations - 1];
}
