/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_group.c - which cities are the peers of a city. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ranking/peers/peers.h"

const char *const GH_PEERS_KIND_TEXTS[GH_N_PEERS_KINDS] = {
    [GH_PEERS_SIZE] = "size",
    [GH_PEERS_COUNTRY] = "country",
    [GH_PEERS_SUB_REGION] = "subregion",
    [GH_PEERS_REGION] = "region",
    [GH_PEERS_INCOME] = "income",
    [GH_PEERS_BY_PROFILE] = "nearest",
    [GH_PEERS_CHOSEN] = "chosen",
    [GH_PEERS_ALL] = "all",
};

void
gh_peers_group_clear(GhPeersGroup *group)
{
    g_clear_pointer(&group->members, g_free);
    g_clear_pointer(&group->nearest, g_free);
    g_clear_pointer(&group->unknown, g_ptr_array_unref);
}

/* -- what the city is -- */

/* Of the year shown; the table has that of each peer's own. */
static int
band_of(const GhCityPage *page)
{
    return gh_size_band(gh_city_base(page->city, page->figures->year).population);
}

static const char *
kind_name(GhPeersKind kind)
{
    switch (kind) {
    case GH_PEERS_SIZE:
        return GH_MARK("Size not known");
    case GH_PEERS_COUNTRY:
        return GH_MARK("Country not known");
    case GH_PEERS_SUB_REGION:
    case GH_PEERS_REGION:
        return GH_MARK("Region not known");
    case GH_PEERS_INCOME:
        return GH_MARK("Income group not known");
    case GH_PEERS_BY_PROFILE:
        return GH_MARK("Nearest by profile");
    case GH_PEERS_CHOSEN:
        return GH_MARK("Chosen cities");
    case GH_PEERS_ALL:
        return GH_MARK("All cities");
    case GH_N_PEERS_KINDS:
        break;
    }
    g_assert_not_reached();
}

char *
gh_peers_group_name(const GhLang *lang, const GhCityPage *page, GhPeersKind kind)
{
    const GhCountry *country = gh_country_find(page->city->country_code);
    const char *name = NULL;

    if (kind == GH_PEERS_SIZE && band_of(page) >= 0)
        name = GH_SIZE_BANDS[band_of(page)].name;
    if (kind == GH_PEERS_COUNTRY && page->city->country_code != NULL)
        return g_strdup(gh_country_name(lang, page->city->country_code));
    if (kind == GH_PEERS_SUB_REGION && country != NULL)
        name = country->sub_region;
    if (kind == GH_PEERS_REGION && country != NULL)
        name = country->region;
    if (kind == GH_PEERS_INCOME && country != NULL && country->income != GH_INCOME_NOT_CLASSIFIED)
        name = gh_income_name(country->income);
    return g_strdup(GH_T(lang, name != NULL ? name : kind_name(kind)));
}

/* -- groups by what cities are -- */

typedef struct {
    int band;
    const char *country_code; /* may be NULL */
    const GhCountry *country; /* may be NULL */
} Traits;

static bool
exists(GhPeersKind kind, const Traits *own)
{
    switch (kind) {
    case GH_PEERS_SIZE:
        return own->band >= 0;
    case GH_PEERS_COUNTRY:
        return own->country_code != NULL;
    case GH_PEERS_SUB_REGION:
    case GH_PEERS_REGION:
        return own->country != NULL && own->country->region != NULL;
    case GH_PEERS_INCOME:
        return own->country != NULL && own->country->income != GH_INCOME_NOT_CLASSIFIED;
    case GH_PEERS_BY_PROFILE:
    case GH_PEERS_CHOSEN:
    case GH_PEERS_ALL:
    case GH_N_PEERS_KINDS:
        break;
    }
    return true;
}

/* Names of regions are the same texts, not copies. */
static bool
is_alike(GhPeersKind kind, const Traits *own, const Traits *other)
{
    switch (kind) {
    case GH_PEERS_SIZE:
        return own->band == other->band;
    case GH_PEERS_COUNTRY:
        return g_strcmp0(own->country_code, other->country_code) == 0;
    case GH_PEERS_SUB_REGION:
        return other->country != NULL && own->country->sub_region == other->country->sub_region;
    case GH_PEERS_REGION:
        return other->country != NULL && own->country->region == other->country->region;
    case GH_PEERS_INCOME:
        return other->country != NULL && own->country->income == other->country->income;
    case GH_PEERS_ALL:
        return true;
    case GH_PEERS_BY_PROFILE:
    case GH_PEERS_CHOSEN:
    case GH_N_PEERS_KINDS:
        break;
    }
    g_assert_not_reached();
}

static void
take_alike(GhPeersGroup *group, const GhCityPage *page, const GhPeerTable *table, size_t self)
{
    const Traits own = {.band = band_of(page),
                        .country_code = page->city->country_code,
                        .country = gh_country_find(page->city->country_code)};

    group->exists = exists(group->kind, &own);
    for (size_t i = 0; i < table->n_cities && group->exists; i++) {
        const GhPeer *peer = &table->cities[i];
        const Traits other = {.band = gh_size_band(peer->population),
                              .country_code = peer->country_code,
                              .country = gh_country_find(peer->country_code)};
        if (i != self && is_alike(group->kind, &own, &other))
            group->members[group->n_members++] = i;
    }
}

/* -- the nearest -- */

static void
take_nearest(GhPeersGroup *group, const GhCityPage *page, const GhPeerTable *table, size_t self)
{
    g_autofree double *own = g_new(double, MAX(table->n_points, 1));

    for (size_t k = 0; k < table->n_points; k++)
        own[k] = page->figures->figures[k].value;
    group->exists = true;
    group->nearest = g_new0(GhNearest, GH_PEERS_NEAREST);
    group->n_members = gh_nearest(table->values, table->n_cities, table->n_points, own, self,
                                  group->nearest, GH_PEERS_NEAREST);
    for (size_t i = 0; i < group->n_members; i++)
        group->members[i] = group->nearest[i].city;
}

/* -- those that somebody chose -- */

/* By slug, else by name; n_cities: none. */
static size_t
find_city(const GhPeerTable *table, const char *asked)
{
    g_autofree char *folded = gh_text_fold_name(asked);
    size_t found = gh_peer_table_find(table, asked);

    for (size_t i = 0; i < table->n_cities && found == table->n_cities; i++) {
        if (strcmp(table->cities[i].folded, folded) == 0)
            found = i;
    }
    return found;
}

static bool
is_member(const GhPeersGroup *group, size_t city)
{
    for (size_t i = 0; i < group->n_members; i++) {
        if (group->members[i] == city)
            return true;
    }
    return false;
}

static int
compare_indices(const void *a, const void *b)
{
    const size_t *first = a, *second = b;

    return (*first > *second) - (*first < *second);
}

static void
take_chosen(GhPeersGroup *group, const GhPeerTable *table, size_t self, const char *chosen)
{
    g_auto(GStrv) asked = g_strsplit(chosen != NULL ? chosen : "", ",", GH_PEERS_CHOSEN_MAX + 1);

    group->exists = true;
    group->unknown = g_ptr_array_new_with_free_func(g_free);
    group->too_many = g_strv_length(asked) > GH_PEERS_CHOSEN_MAX;
    for (size_t i = 0; asked[i] != NULL && i < GH_PEERS_CHOSEN_MAX; i++) {
        g_strstrip(asked[i]);
        size_t city = *asked[i] != '\0' ? find_city(table, asked[i]) : self;
        if (city == table->n_cities && *asked[i] != '\0')
            g_ptr_array_add(group->unknown, g_strdup(asked[i]));
        else if (city != self && !is_member(group, city))
            group->members[group->n_members++] = city;
    }
    if (group->n_members > 1)
        qsort(group->members, group->n_members, sizeof *group->members, compare_indices);
}

GhPeersGroup
gh_peers_group(const GhCityPage *page, const GhPeerTable *table, GhPeersKind kind,
               const char *chosen)
{
    size_t self = gh_peer_table_find(table, page->city->slug);
    GhPeersGroup group = {.kind = kind, .members = g_new(size_t, MAX(table->n_cities, 1))};

    switch (kind) {
    case GH_PEERS_BY_PROFILE:
        take_nearest(&group, page, table, self);
        break;
    case GH_PEERS_CHOSEN:
        take_chosen(&group, table, self, chosen);
        break;
    case GH_PEERS_SIZE:
    case GH_PEERS_COUNTRY:
    case GH_PEERS_SUB_REGION:
    case GH_PEERS_REGION:
    case GH_PEERS_INCOME:
    case GH_PEERS_ALL:
        take_alike(&group, page, table, self);
        break;
    case GH_N_PEERS_KINDS:
        g_assert_not_reached();
    }
    return group;
}

GhPeersGroup
gh_peers_usual_group(const GhCityPage *page, const GhPeerTable *table)
{
    static const GhPeersKind narrow_first[] = {GH_PEERS_SIZE, GH_PEERS_COUNTRY, GH_PEERS_SUB_REGION,
                                               GH_PEERS_REGION};

    for (size_t i = 0; i < G_N_ELEMENTS(narrow_first); i++) {
        GhPeersGroup group = gh_peers_group(page, table, narrow_first[i], NULL);
        if (group.n_members >= GH_PEERS_MIN)
            return group;
        gh_peers_group_clear(&group);
    }
    return gh_peers_group(page, table, GH_PEERS_ALL, NULL);
}
