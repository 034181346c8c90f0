/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_register.c - what this district gives to the web server. */
#include "ranking/ranking.h"

void
gh_ranking_register(GhServer *server, GhJobs *jobs)
{
    (void)server; /* each file of pages adds a line here */
    (void)jobs;
}
