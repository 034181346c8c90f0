/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* evaluation_register.c - what this district gives to the web server. */
#include "evaluation/evaluation.h"

#include "evaluation/pages/pages.h"

void
gh_evaluation_register(GhServer *server, GhJobs *jobs)
{
    gh_server_add_navigation(server, "/cities", GH_MARK("Cities"));
    gh_server_add_navigation(server, "/compare", GH_MARK("Compare"));
    gh_server_add_navigation(server, "/indicators", GH_MARK("Indicators"));
    gh_server_add_navigation(server, "/method", GH_MARK("Method"));
    gh_server_add_navigation(server, "/downloads", GH_MARK("Downloads"));

    gh_home_pages_register(server);
    gh_cities_pages_register(server);
    gh_city_pages_register(server);
    gh_city_files_register(server);
    gh_chart_files_register(server);
    gh_explained_pages_register(server);
    gh_compare_pages_register(server);
    gh_indicators_pages_register(server);
    gh_indicator_pages_register(server);
    gh_method_pages_register(server);
    gh_search_pages_register(server);
    gh_download_pages_register(server);
    gh_download_files_register(server);
    gh_file_job_pages_register(server, jobs);
    gh_report_pages_register(server, jobs);
}
