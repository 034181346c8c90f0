/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_card.c - a city's places in the rankings, for the overview of its pages. */
#include "ranking/pages/ranking_page.h"

typedef struct {
    int64_t city_id;
    GPtrArray *entries;
} Reading;

static bool
read_entries(GhDb *db, void *data, GError **error)
{
    Reading *reading = data;

    g_clear_pointer(&reading->entries, g_ptr_array_unref);
    reading->entries = gh_ranking_of_city(db, reading->city_id, error);
    return reading->entries != NULL;
}

static void
fill_entry(const GhRankingOfCity *entry, const GhLang *lang, GhView *row)
{
    g_autofree char *place = gh_ranking_say_place(lang, entry->city);
    g_autofree char *cities = gh_lang_number(lang, (double)entry->ranking->n_cities, 0);

    gh_view_text(row, "title", entry->ranking->title);
    gh_view_printf(row, "ranking_url", "/rankings/%s/cities/%s", entry->ranking->slug,
                   entry->city->slug);
    gh_view_text(row, "place", place);
    gh_view_text(row, "n_cities", cities);
}

bool
gh_ranking_fill_places(GhRequest *request, int64_t city_id, GhView *view, bool *ret_any,
                       GError **error)
{
    Reading reading = {.city_id = city_id};
    const bool was_read =
        gh_store_read(gh_server_store(gh_request_server(request)), read_entries, &reading, error);
    g_autoptr(GPtrArray) entries = reading.entries;

    if (!was_read)
        return false;
    for (guint i = 0; i < entries->len; i++)
        fill_entry(g_ptr_array_index(entries, i), gh_request_lang(request),
                   gh_view_append(view, "entries"));
    *ret_any = entries->len > 0;
    return true;
}

static bool
fill_card(GhRequest *request, const GhCityPage *page, GhView *view, bool *ret_shown, GError **error)
{
    return gh_ranking_fill_places(request, page->city->id, view, ret_shown, error);
}

void
gh_ranking_card_register(GhServer *server)
{
    static const GhCityCard card = {
        .template = "ranking_card", .order = GH_CITY_TAB_PEERS + 50, .fill = fill_card};

    gh_city_pages_add_card(server, &card);
}
