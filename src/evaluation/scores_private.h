/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores_private.h - what the files of the scores share; for scores*.c only. */
#pragma once

#include "evaluation/scores.h"

/* Counts, and where points are pooled the score, of any data points; its group is the caller's. */
GhGroupScore gh_scores_pool(const GhFramework *framework, const GhTargetSet *targets,
                            const GhPointScore *points, const size_t *data_points,
                            size_t n_data_points);

/* Continuous scoring: the mean of any KPIs; scores->kpis is there already. Counts stay as they are. */
void gh_scores_mean_of_kpis(const GhFramework *framework, const GhScores *scores,
                            const size_t *kpis, size_t n_kpis, GhGroupScore *score);

/* Continuous scoring: fills scores->kpis, and score, lowest, highest, band and has_score of every
 * group. Points, counts and coverage are there already. */
void gh_scores_compute_means(const GhFramework *framework, const GhTargetSet *targets,
                             GhScores *scores);
