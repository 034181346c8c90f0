/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty_private.h - the parts of an uncertainty analysis among themselves: what each replication is (plan), how
 * it is made (walk), what the places say (spread). */
#pragma once

#include "index/partition.h"
#include "index/uncertainty.h"

/* -- plan: which value each uncertain parameter has in each replication -- */

typedef struct {
    GhIndexData *data; /* borrowed, as all below that is not said to be owned */
    const GhIndexSpec *spec;
    const GhIndexUncertain *uncertain; /* of spec */
    const GhIndexSample *given;        /* may be NULL */
    GhIndexAnalysis analysis;
    uint64_t seed;
    size_t output; /* node */
    size_t d;      /* parameters */
    size_t n;      /* N */
    size_t n_all;  /* N or N (d + 2) */
    size_t n_rank; /* that rank statistics rest on: N or 2 N */
    GArray **
        drops; /* d, owned; of gssize: the nodes that a parameter may leave out, -1: none; else NULL */
    /* n_all x d, a replication's together; owned. Choice: which value; range: the value; weights: which set, or
     * which replication's own; drop: which of drops. */
    double *settings;
} GhIndexPlan;

GhIndexPlan *gh_index_plan_new(GhIndexData *data, const GhIndexSpec *spec,
                               const GhIndexUncertaintyOptions *options, GError **error);
void gh_index_plan_free(GhIndexPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexPlan, gh_index_plan_free)

static inline const double *
gh_index_plan_settings(const GhIndexPlan *plan, size_t replication)
{
    return plan->settings + replication * plan->d;
}

/* The node that a drop leaves out; -1: none. */
static inline gssize
gh_index_plan_dropped(const GhIndexPlan *plan, size_t parameter, double setting)
{
    return g_array_index(plan->drops[parameter], gssize, (size_t)setting);
}

/* How many sets of weights there are to choose from; 0: each replication its own. */
size_t gh_index_plan_n_sets(const GhIndexPlan *plan, const GhIndexParameter *parameter);

/* The values of a replication as written, d and a NULL; g_strfreev. */
char **gh_index_plan_texts(const GhIndexPlan *plan, size_t replication);

/* "replication 17 (Winmax: 3, Normalisation: z_score 10 2)"; owned by the caller. */
char *gh_index_plan_name(const GhIndexPlan *plan, size_t replication);

/* -- variants: what a replication's values do -- */

/* The variants of each step that is uncertain; immutable, for all threads. */
typedef struct GhIndexVariants GhIndexVariants;
GhIndexVariants *gh_index_variants_new(const GhIndexPlan *plan);
void gh_index_variants_free(GhIndexVariants *variants);

/* Does the step as these settings have it, or nothing where they leave it out. */
bool gh_index_variants_apply(const GhIndexVariants *variants, size_t step, const double *settings,
                             GhIndexState *state, GError **error);

/* Takes out the nodes that these settings leave out: before the first step. */
void gh_index_plan_drop(const GhIndexPlan *plan, const double *settings, GhIndexState *state);

/* Changes the weights as these settings say: just before the last step. GH_INDEX_ERROR_SPEC where they would be
 * overwritten. */
bool gh_index_plan_weigh(const GhIndexPlan *plan, const double *settings, GhIndexState *state,
                         GError **error);

/* -- walk: all replications in an order in which neighbours share their beginnings -- */

/* Shared by all threads, immutable once made. */
typedef struct GhIndexWalk GhIndexWalk;
GhIndexWalk *gh_index_walk_new(const GhIndexPlan *plan, GError **error);
void gh_index_walk_free(GhIndexWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexWalk, gh_index_walk_free)

/* The index as the specification has it. */
GhIndexState *gh_index_walk_nominal(const GhIndexWalk *walk, GError **error);
size_t gh_index_walk_replication(const GhIndexWalk *walk, size_t position); /* 0 .. n_all - 1 */
size_t gh_index_walk_n_prefixes(const GhIndexWalk *walk);

/* One a thread: the states between the last replication's uncertain steps. */
typedef struct GhIndexWalker GhIndexWalker;
GhIndexWalker *gh_index_walker_new(const GhIndexWalk *walk);
void gh_index_walker_free(GhIndexWalker *walker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexWalker, gh_index_walker_free)

/* The state after the last step of that replication, which is the walker's and stands until its next visit; NULL when
 * a step failed. Cheap when the replication begins as the one before. */
const GhIndexState *gh_index_walker_visit(GhIndexWalker *walker, size_t replication,
                                          GError **error);

/* -- spread: what the places of all replications say about each unit -- */

/* places: n_units x n_replications, a replication's together. Fills mean, median, quantiles, n and p_top (n_top, which
 * is allocated) of each unit; NAN where n is 0. */
void gh_index_spread(const int *places, size_t n_units, size_t n_replications, const size_t *top,
                     size_t n_top, GhIndexRankSpread *ret_units);

/* Pairwise dominance: docs/index.md. */
bool gh_index_dominance(const int *places, size_t n_units, size_t n_replications,
                        const GhIndexPartition *partition, unsigned n_threads,
                        const GhProgress *progress, double *ret_dominance, GError **error);
