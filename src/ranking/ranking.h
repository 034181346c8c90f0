/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking.h - what other districts and commands may use of ranking: published indices, peers, trends,
 * lenses. Include this one. */
#pragma once

#include "http/http.h"

/* Routes and navigation of rankings; kinds of jobs. */
void gh_ranking_register(GhServer *server, GhJobs *jobs);
