/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_page.c - a city and its peers as asked for. */
#include "ranking/peers/peers_page.h"

#include <string.h>

enum {
    /* GH_PEERS_CHOSEN_MAX slugs of usual length, and room to ask for too many. */
    CITIES_BYTES_MAX = 4000,
};

size_t
gh_peers_page_params(GhParam ret_params[GH_PEERS_PARAMS_MAX])
{
    size_t n = 0;

    g_assert(GH_N_CITY_PARAMS + 3 < GH_PEERS_PARAMS_MAX);
    for (; n < GH_N_CITY_PARAMS; n++)
        ret_params[n] = GH_CITY_PARAMS[n];
    ret_params[n++] =
        (GhParam){.name = "group", .kind = GH_PARAM_CHOICE, .choices = GH_PEERS_KIND_CHOICES};
    ret_params[n++] =
        (GhParam){.name = "cities", .kind = GH_PARAM_TEXT, .max_length = CITIES_BYTES_MAX};
    ret_params[n++] = (GhParam){.name = "years", .kind = GH_PARAM_CHOICE, .choices = "each|same"};
    return n;
}

void
gh_peers_page_clear(GhPeersPage *peers)
{
    gh_peers_comparison_clear(&peers->comparison);
    gh_peers_group_clear(&peers->group);
    g_clear_pointer(&peers->table, gh_peer_table_unref);
    gh_city_page_clear(&peers->page);
}

static GhPeersGroup
group_asked(const GhRequest *request, const GhCityPage *page, const GhPeerTable *table)
{
    const char *asked = gh_request_param(request, "group");

    for (GhPeersKind kind = 0; asked != NULL && kind < GH_N_PEERS_KINDS; kind++) {
        if (strcmp(asked, GH_PEERS_KIND_TEXTS[kind]) == 0)
            return gh_peers_group(page, table, kind, gh_request_param(request, "cities"));
    }
    return gh_peers_usual_group(page, table);
}

static bool
answer_no_figures(GhRequest *request, GhReply *reply, const GhCityPage *page, GError **error)
{
    g_autofree char *sentence =
        gh_lang_fill(GH_T(gh_request_lang(request),
                          "{city} has no figures yet, so there is nothing to compare."),
                     "city", page->city->name, NULL);

    return gh_reply_not_found(request, reply, sentence, error);
}

bool
gh_peers_page_load(GhRequest *request, GhReply *reply, GhPeersPage *peers, bool *ret_answered,
                   GError **error)
{
    GhStore *store = gh_server_store(gh_request_server(request));
    const char *years = gh_request_param(request, "years");
    const GhCityPage *page = &peers->page;

    if (!gh_city_page_load(request, reply, &peers->page, ret_answered, error))
        return false;
    if (*ret_answered)
        return true;
    *ret_answered = page->figures->year == 0;
    if (*ret_answered)
        return answer_no_figures(request, reply, page, error);

    peers->same_year = years != NULL && strcmp(years, "same") == 0;
    peers->table = gh_peer_table_get(store, page->framework,
                                     peers->same_year ? page->figures->year : 0, error);
    if (peers->table == NULL)
        return false;
    peers->group = group_asked(request, page, peers->table);
    peers->comparison = gh_peers_compare(page, peers->table, &peers->group);
    return true;
}

/* Chosen cities are named by their slugs, whatever they were asked by, so the address lasts. */
static void
append_chosen(const GhPeersPage *peers, GString *query)
{
    for (size_t i = 0; i < peers->group.n_members; i++)
        g_string_append_printf(query, "%s%s", i == 0 ? "&cities=" : ",",
                               peers->table->cities[peers->group.members[i]].slug);
}

char *
gh_peers_page_asked(const GhPeersPage *peers, GhPeersKind kind, bool same_year)
{
    GString *query = g_string_new("?group=");

    g_string_append(query, GH_PEERS_KIND_TEXTS[kind]);
    if (same_year)
        g_string_append(query, "&years=same");
    if (kind == GH_PEERS_CHOSEN && peers->group.kind == GH_PEERS_CHOSEN)
        append_chosen(peers, query);
    return g_string_free(query, FALSE);
}

char *
gh_peers_page_query(const GhPeersPage *peers, GhPeersKind kind, bool same_year)
{
    g_autofree char *asked = gh_peers_page_asked(peers, kind, same_year);
    g_autofree char *city = gh_city_page_query(&peers->page);

    return *city != '\0' ? g_strdup_printf("%s&%s", asked, city + 1) : g_steal_pointer(&asked);
}

/* -- who they are, in a sentence -- */

static void
find_years(const GhPeersPage *peers, int *ret_first, int *ret_last)
{
    for (size_t i = 0; i < peers->group.n_members; i++) {
        int year = peers->table->cities[peers->group.members[i]].year;
        *ret_first = *ret_first == 0 ? year : MIN(*ret_first, year);
        *ret_last = MAX(*ret_last, year);
    }
}

static char *
say_years(const GhPeersPage *peers, const GhLang *lang)
{
    int first = 0, last = 0;

    find_years(peers, &first, &last);
    g_autofree char *from = g_strdup_printf("%d", first);
    g_autofree char *to = g_strdup_printf("%d", last);
    if (peers->same_year)
        return gh_lang_fill(GH_T(lang, "All figures are of {year}."), "year", to, NULL);
    if (first == last)
        return gh_lang_fill(
            GH_T(lang, "Of each peer its latest year is taken: {year} for all of them."), "year",
            to, NULL);
    return gh_lang_fill(
        GH_T(lang, "Of each peer its latest year is taken, so figures are of {first} to {last}."),
        "first", from, "last", to, NULL);
}

static char *
say_number(const GhPeersPage *peers, const GhLang *lang)
{
    size_t n = peers->group.n_members;
    g_autofree char *count = gh_lang_number(lang, (double)n, 0);
    const char *pattern = NULL;

    if (peers->group.kind == GH_PEERS_BY_PROFILE)
        pattern = gh_lang_plural(lang, "{n} city is nearest to {city} by profile.",
                                 "{n} cities are nearest to {city} by profile.", n);
    else if (peers->group.kind == GH_PEERS_CHOSEN)
        pattern = gh_lang_plural(lang, "{city} beside {n} city that was chosen.",
                                 "{city} beside {n} cities that were chosen.", n);
    else
        pattern = gh_lang_plural(lang, "{city} has {n} peer with figures: {group}.",
                                 "{city} has {n} peers with figures: {group}.", n);
    g_autofree char *group = gh_peers_group_name(lang, &peers->page, peers->group.kind);
    return gh_lang_fill(pattern, "n", count, "city", peers->page.city->name, "group", group, NULL);
}

char *
gh_peers_page_say_group(const GhPeersPage *peers, const GhLang *lang)
{
    if (!peers->group.exists)
        return g_strdup(GH_T(lang, "It is not known to which group of this kind the city belongs. "
                                   "Choose another one."));
    if (peers->group.n_members == 0 && peers->group.kind == GH_PEERS_BY_PROFILE)
        return g_strdup(GH_T(lang, "No other city has enough figures in common with this one to "
                                   "say how near it is. Choose another group."));
    if (peers->group.n_members == 0)
        return g_strdup(GH_T(lang, "No other city of this group has figures. Choose another one."));

    g_autofree char *number = say_number(peers, lang);
    g_autofree char *years = say_years(peers, lang);
    return g_strdup_printf("%s %s", number, years);
}
