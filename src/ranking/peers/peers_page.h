/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_page.h - a city and its peers as asked for, loaded once for the page, its tables and its charts; seen only
 * by peers_*.c.
 *
 * Asked     group: a kind of peers.h, the usual one where none is named. cities: slugs or names, for the group
 *           "chosen". years: "each" (each peer's latest year, the usual) or "same" (the year shown).
 */
#pragma once

#include "ranking/peers/peers.h"

typedef struct {
    GhCityPage page;
    GhPeerTable *table; /* referenced */
    GhPeersGroup group;
    GhPeersComparison comparison;
    bool same_year;
} GhPeersPage;
void gh_peers_page_clear(GhPeersPage *peers);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhPeersPage, gh_peers_page_clear)

/* Loads what places and parameters name; where one names nothing, or the city has no figures, answers and sets
 * *ret_answered. */
bool gh_peers_page_load(GhRequest *request, GhReply *reply, GhPeersPage *peers, bool *ret_answered,
                        GError **error);

/* "?group=size&years=same&year=2020": what leads to this page again, or with another group or years. Owned by
 * the caller. */
char *gh_peers_page_query(const GhPeersPage *peers, GhPeersKind kind, bool same_year);

/* The same without year and targets. Owned by the caller. */
char *gh_peers_page_asked(const GhPeersPage *peers, GhPeersKind kind, bool same_year);

/* How many peers have figures, and of which years they are, in a sentence. Owned by the caller. */
char *gh_peers_page_say_group(const GhPeersPage *peers, const GhLang *lang);

/* Categories beside peers: the share of peers the city is better than, its middle and range over the judged
 * figures of each. NULL when nothing is judged. */
GhDrawing *gh_peers_chart(const GhPeersPage *peers, const GhLang *lang, const char *link_base,
                          double width);

/* The values of the peers and of the city of one data point. NULL when fewer than two have a value. */
GhDrawing *gh_peers_dots(const GhPeersPage *peers, const GhLang *lang, size_t data_point,
                         const char *link_base, double width);

/* The parameters, to be followed by others; the table has room for them. */
enum {
    GH_PEERS_PARAMS_MAX = 8
};
size_t gh_peers_page_params(GhParam ret_params[GH_PEERS_PARAMS_MAX]);

void gh_peers_pages_register(GhServer *server);
void gh_peers_files_register(GhServer *server);
