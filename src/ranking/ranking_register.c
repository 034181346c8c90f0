/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_register.c - what this district gives to the web server. */
#include "ranking/ranking.h"

#include "ranking/lenses/lens_page.h"
#include "ranking/pages/ranking_page.h"
#include "ranking/peers/peers_page.h"
#include "ranking/trends/trends.h"

void
gh_ranking_register(GhServer *server, GhJobs *jobs)
{
    gh_server_add_navigation(server, "/rankings", GH_MARK("Rankings"));
    gh_rankings_pages_register(server);
    gh_ranking_pages_register(server);
    gh_ranking_city_pages_register(server);
    gh_ranking_weights_pages_register(server);
    gh_ranking_files_register(server);
    gh_ranking_card_register(server);
    gh_lens_pages_register(server);
    gh_lens_files_register(server);
    gh_peers_pages_register(server);
    gh_peers_files_register(server);
    gh_trends_pages_register(server);
    gh_trends_files_register(server);
    (void)jobs;
}
