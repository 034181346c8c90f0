/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* kept.h - a published ranking in memory: what was published, and its steps done again on its files.
 *
 * Why       Taking a score apart and trying other weights need the normalised figures, which are computed from
 *           the ranking's own files in milliseconds and are not stored.
 * Ownership Immutable and reference counted; everything in it is borrowed from it.
 * Threads   Safe from every thread. A few are kept per process (GH_RANKING_KEPT_*), each until data_version
 *           changes; what was not asked for longest goes first.
 */
#pragma once

#include "ranking/published/published.h"

enum {
    GH_RANKING_KEPT_MAX = 8,
    GH_RANKING_KEPT_MAX_BYTES = 256 * 1024 * 1024, /* in all; a larger one is kept alone */
};

typedef struct {
    gint n_refs;
    int64_t data_version;
    GhRankingWhole *whole;
    GhIndexSpec *spec;
    /* NULL: this version of the program cannot do the steps any more; why says it in English. */
    GhIndexResult *result;
    char *why;
    bool is_same;  /* its scores are those that were published, to 1e-9 */
    size_t *units; /* of each of whole->cities: the row of data, of the city's own last year */
    size_t top;    /* node that is ranked */
} GhRankingKept;

/* *ret_kept stays NULL when there is no ranking of that slug. */
bool gh_ranking_kept_get(GhStore *store, const char *slug, GhRankingKept **ret_kept,
                         GError **error);
void gh_ranking_kept_unref(GhRankingKept *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRankingKept, gh_ranking_kept_unref)

/* Whether a row of the data is of the year that places are of: in a panel not all are. Needs result. */
bool gh_ranking_kept_shows(const GhRankingKept *kept, size_t row);

/* What other weights would give. weights: one a node of the data, NAN: as published. Scores and places are
 * those of whole->cities; NAN and 0 where a city has none. Needs result. */
bool gh_ranking_reweigh(const GhRankingKept *kept, const double *weights, double *ret_scores,
                        int *ret_places, GError **error);

/* Whether weights mean anything here: not where each city has its own (benefit of the doubt); and whether so
 * many cities can be scored anew while a reader waits. */
bool gh_ranking_has_weights(const GhRankingKept *kept);
