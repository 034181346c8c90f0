/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking.h - what other districts and commands may use of ranking: the platform's figures as the data of an
 * index, and published rankings. Include this one. */
#pragma once

#include "http/http.h"
#include "ranking/figures/figures.h"
#include "ranking/published/published.h"

/* Routes and navigation of rankings; kinds of jobs. */
void gh_ranking_register(GhServer *server, GhJobs *jobs);
