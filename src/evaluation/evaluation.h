/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* evaluation.h - what other districts and commands may use of evaluation: cities, figures, checks,
 * scores, and their written forms. Include this one. */
#pragma once

#include "evaluation/charts/city_charts.h"
#include "evaluation/checks.h"
#include "evaluation/city.h"
#include "evaluation/compare.h"
#include "evaluation/figures.h"
#include "evaluation/reports/reports.h"
#include "evaluation/scores.h"
#include "evaluation/written.h"

#include "http/http.h"

/* Routes and navigation of cities, indicators, method and downloads; kinds of jobs. */
void gh_evaluation_register(GhServer *server, GhJobs *jobs);
