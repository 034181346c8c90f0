/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_private.h - a ranking on its way into the database; seen only by published_*.c. */
#pragma once

#include "ranking/figures/figures.h"
#include "ranking/published/published.h"

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
    size_t n_years;                   /* 1 where it is no panel */
    bool *
        shown; /* a row of the data each: of the year that places are of; always true in one year */
    bool *is_last; /* the same: of its city's last year */
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
/* Fills n_years, shown and is_last. */
void gh_ranking_find_shown(GhRankingMade *made);
/* One line of UTF-8; else GH_RANKING_ERROR_INVALID. */
bool gh_ranking_check_text(const char *what, const char *text, size_t max_bytes, GError **error);
bool gh_ranking_exists(GhDb *db, const char *slug, bool *ret_exists, GError **error);

/* Inside a write transaction: the rows of a panel; nothing where the ranking is of one year. */
bool gh_ranking_insert_years(GhDb *db, int64_t id, const GhRankingMade *made,
                             const GhRankingFigures *figures, GError **error);
bool gh_ranking_read_years(GhDb *db, int64_t id, GArray *ret_years, GError **error);

/* A warning where scores of different years cannot be compared. */
void gh_ranking_warn_of_years(const char *spec_name, GhRankingYears years, GhFaults *faults);

/* Indicators of a row of the data that have a figure. */
size_t gh_ranking_count_available(const GhIndexData *data, size_t row);

/* -- of published_read.c, for queries that begin with a ranking -- */

/* The order of gh_ranking_read. */
#define GH_RANKING_COLUMNS                                                                         \
    "r.ranking_id, r.slug, r.title, r.summary, r.author, r.published_us, r.framework_id,"          \
    " r.framework_version, r.program_version, r.data_version, r.year, r.first_year, r.last_year,"  \
    " r.n_years, r.compares_years, r.n_cities, r.n_indicators, r.replications, r.seed, r.top_k,"   \
    " r.mean_shift, r.median_width, r.clear_pairs, r.withdrawn_us, r.withdrawn_reason,"            \
    " r.scale_low, r.scale_high"
enum {
    GH_N_RANKING_COLUMNS = 27
};
GhRanking *gh_ranking_read(const GhQuery *query);

/* -- of published_tidy.c: what no ranking has, as in a backup that somebody changed, becomes not known -- */

void gh_ranking_tidy(GhRanking *ranking);
void gh_ranked_city_tidy(GhRankedCity *city); /* n_indicators is known */
void gh_ranked_year_tidy(GhRankedYear *year);
void gh_ranking_choice_tidy(GhRankingChoice *choice);

/* NAN for NULL, and for what is not finite. */
double gh_ranking_read_number(const GhQuery *query, int column);
/* And the way back. */
void gh_ranking_bind_number(GhQuery *query, int position, double value);
