/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_private.h - a ranking on its way into the database; seen only by published_*.c. */
#pragma once

#include "ranking/figures.h"
#include "ranking/published.h"

/* A file of a ranking. */
typedef struct {
    const char *name; /* of GH_RANKING_FILES */
    GBytes *bytes;    /* owned */
} GhRankingFile;

/* All that is computed before anything is written. */
typedef struct {
    GhIndexSpec *spec; /* owned, and so the next */
    GhIndexData *data; /* as read back from its files */
    GhIndexResult *result;
    GhIndexUncertaintyResult *uncertainty;
    GArray *files;                    /* of GhRankingFile, in the order of GH_RANKING_FILES */
    size_t top_k;                     /* 10 where the specification asks for it, else its largest */
    size_t top_index;                 /* of it in p_top */
    double median_width, clear_pairs; /* as in GhRanking */
} GhRankingMade;
void gh_ranking_made_free(GhRankingMade *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRankingMade, gh_ranking_made_free)

/* Runs the specification on the figures, through the files that are published. spec and n_bytes: the file
 * itself. */
GhRankingMade *gh_ranking_make(GhIndexSpec *spec, const char *bytes, size_t n_bytes,
                               GhIndexData *figures, unsigned n_threads, const GhProgress *progress,
                               GError **error);

/* Inside a write transaction. ranking: all but what made says. */
bool gh_ranking_insert(GhDb *db, const GhRanking *ranking, const GhRankingMade *made,
                       const GhRankingFigures *figures, const char *actor, GError **error);
bool gh_ranking_exists(GhDb *db, const char *slug, bool *ret_exists, GError **error);
