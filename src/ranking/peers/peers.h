/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers.h - the peers of a city: who they are, and how the city stands among them.
 *
 * Ownership Groups and comparisons own what they hold and borrow table, page and framework.
 * Threads   Pure.
 * Source    peers_rules.h for every rule and its source; docs/peers-and-trends.md.
 */
#pragma once

#include "ranking/figures/countries.h"
#include "ranking/peers/peers_rules.h"
#include "ranking/peers/peers_table.h"

enum {
    GH_PEERS_CHOSEN_MAX =
        100, /* our choice: what one reads through; each is a word of the address */
};

typedef enum {
    GH_PEERS_SIZE,
    GH_PEERS_COUNTRY,
    GH_PEERS_SUB_REGION,
    GH_PEERS_REGION,
    GH_PEERS_INCOME,
    GH_PEERS_BY_PROFILE,
    GH_PEERS_CHOSEN,
    GH_PEERS_ALL,
    GH_N_PEERS_KINDS,
} GhPeersKind;

/* As in addresses: "size", "country", ...; all of them separated by | for the table of routes. */
extern const char *const GH_PEERS_KIND_TEXTS[GH_N_PEERS_KINDS];
#define GH_PEERS_KIND_CHOICES "size|country|subregion|region|income|nearest|chosen|all"

typedef struct {
    GhPeersKind kind;
    bool exists; /* false: not known to which group of this kind the city belongs */
    size_t
        *members; /* indices in the table, by slug (the nearest: by distance), without the city */
    size_t n_members;
    GhNearest *nearest; /* beside members; NULL but for the nearest */
    GPtrArray *
        unknown; /* of char *: names asked for that are no city with figures; NULL: none asked for */
    bool too_many; /* more than GH_PEERS_CHOSEN_MAX were asked for; the first ones count */
} GhPeersGroup;
void gh_peers_group_clear(GhPeersGroup *group);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhPeersGroup, gh_peers_group_clear)

/* chosen: slugs or names separated by commas, may be NULL; of kind chosen only. */
GhPeersGroup gh_peers_group(const GhCityPage *page, const GhPeerTable *table, GhPeersKind kind,
                            const char *chosen);

/* The first of size, country, sub-region and region in which at least GH_PEERS_MIN others have figures; else all:
 * whoever asks for no group must not meet an empty page. */
GhPeersGroup gh_peers_usual_group(const GhCityPage *page, const GhPeerTable *table);

/* "50,000 to 100,000 inhabitants", "Norway", "High income": the group of that kind the city belongs to, or the
 * kind in words where there is none. Owned by the caller. */
char *gh_peers_group_name(const GhLang *lang, const GhCityPage *page, GhPeersKind kind);

/* -- the comparison -- */

typedef struct {
    size_t data_point;
    double value; /* of the city; NAN: none */
    bool is_yes_no;
    size_t n_yes; /* peers that have it; of yes and no only */
    GhSpread spread;
    bool has_standing; /* never for yes and no: half a yes is no value */
    GhStanding standing;
} GhPeersRow;

typedef struct {
    GhPeersRow *rows; /* one a data point of the framework */
    size_t n_rows;
    size_t n_compared, n_judged; /* rows with a standing; with one that says better or worse */
} GhPeersComparison;
void gh_peers_comparison_clear(GhPeersComparison *comparison);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhPeersComparison, gh_peers_comparison_clear)

GhPeersComparison gh_peers_compare(const GhCityPage *page, const GhPeerTable *table,
                                   const GhPeersGroup *group);

/* What is good of a data point under a set of targets: its direction, and the goal where it is best at a
 * value. */
GhGood gh_peers_good(const GhFramework *framework, const GhTargetSet *targets, size_t data_point,
                     double *ret_goal);

/* Indices of rows in which the city is better than at least 75 % of its peers (strong), or than at most 25 %,
 * the most telling first; of size_t, at most n_max. The caller owns the array. */
typedef enum {
    GH_PEERS_STRONG,
    GH_PEERS_WEAK,
} GhPeersSide;
GArray *gh_peers_outstanding(const GhPeersComparison *comparison, GhPeersSide side, size_t n_max);
