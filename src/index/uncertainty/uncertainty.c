/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty.c - all replications, their places, and what these say. */
#include "index/uncertainty.h"

#include <math.h>

#include "index/column.h"
#include "index/parallel.h"
#include "index/uncertainty/uncertainty_private.h"

/* What each thread has to itself. */
typedef struct {
    GhIndexWalker *walker;
    GhIndexPartition *partition;
    double *values; /* n_units of the data */
    int *places;    /* the same */
} Bench;

typedef struct {
    const GhIndexPlan *plan;
    const GhIndexWalk *walk;
    Bench *benches; /* n_workers */
    unsigned n_workers;
    const int *nominal; /* places, n_units */
    size_t n_kept;      /* replications whose places are kept: the first */
    int *places;        /* n_units x n_kept */
    double *scores;     /* n_units x n_all; NULL: not kept */
    double *shifts;     /* n_all */
} Replications;

/* -- one replication -- */

static bool
replicate(unsigned worker, size_t position, void *data, GError **error)
{
    const Replications *all = data;
    const Bench *bench = &all->benches[worker];
    const size_t n_units = all->plan->data->n_units;
    const size_t r = gh_index_walk_replication(all->walk, position);

    const GhIndexState *state = gh_index_walker_visit(bench->walker, r, error);
    if (state == NULL)
        return false;

    double *values = all->scores != NULL ? all->scores + r * n_units : bench->values;
    int *places = r < all->n_kept ? all->places + r * n_units : bench->places;
    gh_index_partition_state_places(bench->partition, state, all->plan->output, values, places);
    all->shifts[r] = gh_index_mean_shift(places, all->nominal, n_units);
    if (isnan(all->shifts[r])) {
        g_autofree char *name = gh_index_plan_name(all->plan, r);
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s: no unit has a place in %s both with and without the changes", name,
                    all->plan->data->nodes[all->plan->output].code);
        return false;
    }
    return true;
}

/* -- all -- */

static void
benches_free(Bench *benches, unsigned n)
{
    for (unsigned w = 0; w < n; w++) {
        gh_index_walker_free(benches[w].walker);
        gh_index_partition_free(benches[w].partition);
        g_free(benches[w].values);
        g_free(benches[w].places);
    }
    g_free(benches);
}

static Bench *
benches_new(const GhIndexWalk *walk, GhIndexData *data, unsigned n)
{
    Bench *benches = g_new0(Bench, n);

    for (unsigned w = 0; w < n; w++)
        benches[w] = (Bench){.walker = gh_index_walker_new(walk),
                             .partition = gh_index_partition_new(data, -1),
                             .values = g_new(double, data->n_units),
                             .places = g_new(int, data->n_units)};
    return benches;
}

static bool
run_replications(Replications *all, const GhProgress *progress, GError **error)
{
    const GhIndexParallel how = {
        .n_items = all->plan->n_all,
        .n_workers = all->n_workers,
        /* A thread that takes over a run makes its beginning anew, which is worth some replications. */
        .grain = 1 + all->plan->n_all / (32 * (size_t)all->n_workers),
        .step = GH_MARK("replications"),
        .progress = progress};

    all->benches = benches_new(all->walk, all->plan->data, all->n_workers);
    const bool done = gh_index_parallel(&how, replicate, all, error);
    benches_free(all->benches, all->n_workers);
    all->benches = NULL;
    return done;
}

static bool
check_room(const GhIndexPlan *plan, const GhIndexUncertaintyOptions *options, GError **error)
{
    const size_t n_units = plan->data->n_units;
    const size_t n_kept = options->keep_replications ? plan->n_all : plan->n_rank;

    if (n_kept > GH_INDEX_MAX_PLACES / n_units) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "%zu units times %zu replications are too many to keep; at most %zu "
                    "replications of so many units are possible",
                    n_units, n_kept, GH_INDEX_MAX_PLACES / n_units);
        return false;
    }
    if (options->with_dominance && n_units > GH_INDEX_MAX_DOMINANCE_UNITS) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "%zu units are too many to compare in pairs; at most %d are possible", n_units,
                    GH_INDEX_MAX_DOMINANCE_UNITS);
        return false;
    }
    return true;
}

/* Returns the nominal places; owned by the caller. */
static int *
nominal_places(const GhIndexPlan *plan, const GhIndexWalk *walk, GhIndexRankSpread *units,
               GError **error)
{
    const size_t n_units = plan->data->n_units;
    g_autoptr(GhIndexState) state = gh_index_walk_nominal(walk, error);
    if (state == NULL)
        return NULL;

    g_autoptr(GhIndexPartition) partition = gh_index_partition_new(plan->data, -1);
    g_autofree double *values = g_new(double, n_units);
    int *places = g_new(int, n_units);
    gh_index_partition_state_places(partition, state, plan->output, values, places);
    for (size_t i = 0; i < n_units; i++) {
        units[i].row = i;
        units[i].score = values[i];
        units[i].nominal = places[i];
    }
    return places;
}

static void
shift_statistics(const Replications *all, GhIndexUncertaintyResult *result)
{
    const size_t n = all->plan->n_rank;
    g_autofree double *sorted = g_new(double, n);
    const GhMoments moments = gh_column_mean_sd(all->shifts, n);

    gh_column_sort(all->shifts, n, sorted);
    result->mean_shift = moments.mean;
    result->shift_q5 = gh_column_quantile(sorted, n, 0.05);
    result->shift_q95 = gh_column_quantile(sorted, n, 0.95);
}

static bool
estimate_sensitivities(const GhIndexPlan *plan, const double *shifts,
                       GhIndexUncertaintyResult *result, GError **error)
{
    result->n_sensitivities = plan->d;
    result->sensitivities = g_new0(GhIndexSensitivity, plan->d);
    for (size_t p = 0; p < plan->d; p++)
        result->sensitivities[p].name = plan->uncertain->parameters[p].name;
    return gh_index_sensitivity_estimate(shifts, plan->n, plan->d, plan->uncertain->estimator,
                                         plan->uncertain->bootstrap, plan->seed,
                                         result->sensitivities, error);
}

static void
keep_replications(const Replications *all, GhIndexUncertaintyResult *result)
{
    const GhIndexPlan *plan = all->plan;

    result->n_all = plan->n_all;
    result->parameters = g_ptr_array_new_full((guint)plan->n_all, (GDestroyNotify)g_strfreev);
    for (size_t r = 0; r < plan->n_all; r++)
        g_ptr_array_add(result->parameters, gh_index_plan_texts(plan, r));
    result->shifts = all->shifts;
    result->places = all->places;
    result->scores = all->scores;
}

static GhIndexUncertaintyResult *
result_new(const GhIndexPlan *plan, const GhIndexWalk *walk)
{
    GhIndexUncertaintyResult *result = g_new0(GhIndexUncertaintyResult, 1);

    result->n_replications = plan->n_rank;
    result->seed = plan->seed;
    result->output = plan->output;
    result->n_units = plan->data->n_units;
    result->units = g_new0(GhIndexRankSpread, result->n_units);
    result->n_top = plan->uncertain->n_top;
    result->n_prefixes = gh_index_walk_n_prefixes(walk);
    return result;
}

/* What the replications say, once they are made. */
static bool
conclude(const Replications *all, const GhIndexUncertaintyOptions *options,
         GhIndexUncertaintyResult *result, GError **error)
{
    const GhIndexPlan *plan = all->plan;
    const size_t n_units = plan->data->n_units;

    gh_index_spread(all->places, n_units, plan->n_rank, plan->uncertain->top,
                    plan->uncertain->n_top, result->units);
    shift_statistics(all, result);
    if (plan->analysis == GH_INDEX_SENSITIVITY
        && !estimate_sensitivities(plan, all->shifts, result, error))
        return false;
    if (!options->with_dominance)
        return true;

    g_autoptr(GhIndexPartition) partition = gh_index_partition_new(plan->data, -1);
    result->dominance = g_new(double, n_units *n_units);
    return gh_index_dominance(all->places, n_units, plan->n_rank, partition, options->n_threads,
                              options->progress, result->dominance, error);
}

GhIndexUncertaintyResult *
gh_index_uncertainty(GhIndexData *data, const GhIndexSpec *spec,
                     const GhIndexUncertaintyOptions *options, GError **error)
{
    g_autoptr(GhIndexPlan) plan = gh_index_plan_new(data, spec, options, error);
    if (plan == NULL || !check_room(plan, options, error))
        return NULL;
    g_autoptr(GhIndexWalk) walk = gh_index_walk_new(plan, error);
    if (walk == NULL)
        return NULL;

    g_autoptr(GhIndexUncertaintyResult) result = result_new(plan, walk);
    g_autofree int *nominal = nominal_places(plan, walk, result->units, error);
    if (nominal == NULL)
        return NULL;

    const size_t n_kept = options->keep_replications ? plan->n_all : plan->n_rank;
    g_autofree int *places = g_new(int, n_kept * data->n_units);
    g_autofree double *shifts = g_new(double, plan->n_all);
    g_autofree double *scores =
        options->keep_replications ? g_new(double, plan->n_all * data->n_units) : NULL;
    Replications all = {.plan = plan,
                        .walk = walk,
                        .n_workers = gh_index_workers(options->n_threads, plan->n_all),
                        .nominal = nominal,
                        .n_kept = n_kept,
                        .places = places,
                        .scores = scores,
                        .shifts = shifts};
    if (!run_replications(&all, options->progress, error)
        || !conclude(&all, options, result, error))
        return NULL;
    if (options->keep_replications) {
        keep_replications(&all, result);
        places = NULL;
        shifts = scores = NULL;
    }
    return g_steal_pointer(&result);
}

void
gh_index_uncertainty_result_free(GhIndexUncertaintyResult *result)
{
    if (result == NULL)
        return;
    for (size_t i = 0; i < result->n_units; i++)
        g_free(result->units[i].p_top);
    g_free(result->units);
    g_free(result->dominance);
    g_free(result->sensitivities);
    g_free(result->shifts);
    g_free(result->places);
    g_free(result->scores);
    g_clear_pointer(&result->parameters, g_ptr_array_unref);
    g_free(result);
}
