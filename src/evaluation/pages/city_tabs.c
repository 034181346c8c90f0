/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_tabs.c - the pages of a city, one tab each, and their cards on its overview. */
#include <string.h>

#include "evaluation/pages/pages.h"

static const char TABS[] = "city.tabs";
static const char CARDS[] = "city.cards";

void
gh_city_pages_add_tab(GhServer *server, const GhCityTab *tab)
{
    gh_server_add_part(server, TABS, tab->order, tab);
}

void
gh_city_pages_add_card(GhServer *server, const GhCityCard *card)
{
    gh_server_add_part(server, CARDS, card->order, card);
}

bool
gh_city_tab_has_figures(GhRequest *request, const GhCityPage *page, bool *ret_has, GError **error)
{
    (void)request;
    (void)error;
    *ret_has = page->figures->year > 0;
    return true;
}

static void
fill_tab(GhRequest *request, const GhCityPage *page, const GhCityTab *tab, const char *current,
         GhView *view)
{
    g_autofree char *query = gh_city_page_query(page);
    GhView *entry = gh_view_append(view, "tabs");

    gh_view_text(entry, "label", GH_T(gh_request_lang(request), tab->label));
    gh_view_printf(entry, "tab_url", "/cities/%s%s%s", page->city->slug, tab->suffix, query);
    gh_view_flag(entry, "is_current", current != NULL && strcmp(tab->key, current) == 0);
}

bool
gh_city_page_tabs(GhRequest *request, const GhCityPage *page, const char *current, GhView *view,
                  GError **error)
{
    const GhServer *server = gh_request_server(request);

    /* A city without figures has one page: nothing to choose. */
    gh_view_flag(view, "has_tabs", page->figures->year > 0);
    for (size_t i = 0; i < gh_server_n_parts(server, TABS); i++) {
        const GhCityTab *tab = gh_server_part(server, TABS, i);
        bool has = false;
        if (!tab->has_content(request, page, &has, error))
            return false;
        if (has)
            fill_tab(request, page, tab, current, view);
    }
    return true;
}

bool
gh_city_page_cards(GhRequest *request, const GhCityPage *page, GhView *view, GError **error)
{
    const GhServer *server = gh_request_server(request);

    for (size_t i = 0; i < gh_server_n_parts(server, CARDS); i++) {
        const GhCityCard *card = gh_server_part(server, CARDS, i);
        g_autoptr(GhView) own = gh_view_new();
        bool shown = false;
        if (!card->fill(request, page, own, &shown, error))
            return false;
        if (!shown)
            continue;
        char *html = NULL;
        if (!gh_request_render(request, card->template, own, &html, error))
            return false;
        gh_view_take_safe_html(gh_view_append(view, "cards"), "card", html); /* a template's */
    }
    return true;
}
