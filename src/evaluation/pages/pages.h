/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages.h - what the pages of this district share; seen only inside evaluation/.
 *
 * Each *_pages.c registers its own table of routes. Handlers: read and check what was asked, load,
 * fill a view, render. A page that cannot be answered as asked is answered as a helpful 404.
 */
#pragma once

#include "evaluation/city.h"
#include "evaluation/figures.h"
#include "evaluation/pages/city_page.h"
#include "evaluation/pages/overview.h"
#include "evaluation/pages/page_parts.h"
#include "evaluation/scores.h"
#include "evaluation/written.h"
#include "http/http.h"

void gh_home_pages_register(GhServer *server);
void gh_cities_pages_register(GhServer *server);
void gh_city_pages_register(GhServer *server);
void gh_city_files_register(GhServer *server);
void gh_chart_files_register(GhServer *server);
void gh_compare_pages_register(GhServer *server);
void gh_explained_pages_register(GhServer *server);
void gh_indicators_pages_register(GhServer *server);
void gh_indicator_pages_register(GhServer *server);
void gh_method_pages_register(GhServer *server);
void gh_search_pages_register(GhServer *server);
void gh_download_pages_register(GhServer *server);
void gh_download_files_register(GhServer *server);
void gh_file_job_pages_register(GhServer *server, GhJobs *jobs);
void gh_report_pages_register(GhServer *server, GhJobs *jobs);

GhOverview *gh_pages_overview(GhRequest *request, GhFramework *framework, GError **error);

/* List "stand_outs": what is strong, weak, missing and unusual, in sentences. */
void gh_city_page_stand_outs(const GhCityPage *page, const GhLang *lang, GhView *view);

/* List "cards" of the overview: html of each, as other districts gave them. */
bool gh_city_page_cards(GhRequest *request, const GhCityPage *page, GhView *view, GError **error);
