/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_testing.h - invented towns with figures, a ranking of them, and a server that shows it. For test
 * programs only.
 *
 * Ownership What is returned belongs to the caller.
 * Errors    Assertions.
 */
#pragma once

#include "ranking/ranking.h"
#include "store/store_testing.h"

enum {
    GH_RANKING_TESTING_TOWNS = 24, /* with enough figures */
};

/* town-01 .. town-24 with figures of 2020, "sparse" with a single one, "empty" with none. The lower the number,
 * the better a town mostly is. */
void gh_ranking_testing_fill(GhStore *store);

/* Three towns over three years, all invented; the working stands at GH_RANKING_TESTING_PANEL. */
void gh_ranking_testing_fill_panel(GhStore *store);

/* Their ranking: min_max over all years, then means. */
extern const char GH_RANKING_TESTING_PANEL[];

/* A specification with two open choices; 64 replications. */
extern const char GH_RANKING_TESTING_SPEC[];

/* The specification as the platform has it after one change of text; from must be in it. */
char *gh_ranking_testing_changed(const char *from, const char *to);

/* Publishes spec; false with error and faults (may be NULL) as gh_ranking_publish. */
bool gh_ranking_testing_try(GhStore *store, const char *slug, const char *spec, GhFaults *faults,
                            GError **error);
void gh_ranking_testing_publish(GhStore *store, const char *slug);

typedef struct {
    GhJobs *jobs;
    GhServer *server;
} GhRankingSite;
GhRankingSite gh_ranking_testing_open(GhStore *store);
void gh_ranking_testing_close(GhRankingSite *site);

/* The whole answer with its head. */
GString *gh_ranking_testing_get(const GhRankingSite *site, const char *path);
