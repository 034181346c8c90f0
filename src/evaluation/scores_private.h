/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores_private.h - what the files of the scores share; for scores*.c only. */
#pragma once

#include "evaluation/scores.h"

/* Continuous scoring: fills scores->kpis, and score, lowest, highest, band and has_score of every
 * group. Points, counts and coverage are there already. */
void gh_scores_compute_means(const GhFramework *framework, const GhTargetSet *targets,
                             GhScores *scores);
