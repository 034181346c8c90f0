/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* evaluation.h - what other districts and commands may use of evaluation: cities, figures, checks,
 * scores, their written forms, and what pages about cities are made of. Include this one. */
#pragma once

#include "evaluation/charts/city_charts.h"
#include "evaluation/checks.h"
#include "evaluation/city.h"
#include "evaluation/compare.h"
#include "evaluation/figures.h"
#include "evaluation/pages/chart_view.h"
#include "evaluation/pages/city_page.h"
#include "evaluation/pages/drawing_reply.h"
#include "evaluation/pages/page_parts.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/reports/reports.h"
#include "evaluation/scores.h"
#include "evaluation/small_count.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"
#include "evaluation/written.h"

#include "http/http.h"

/* Routes and navigation of cities, indicators, method and downloads; kinds of jobs. */
void gh_evaluation_register(GhServer *server, GhJobs *jobs);
