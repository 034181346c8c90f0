/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_tabs.c - the pages of a city, one tab each. */
#include "evaluation/pages/pages.h"

static bool
always(const GhCityPage *page)
{
    (void)page;
    return true;
}

static bool
has_figures(const GhCityPage *page)
{
    return page->figures->year > 0;
}

static const struct {
    GhCityTab tab;
    const char *label;
    const char *suffix; /* what follows /cities/SLUG */
    bool (*has_content)(const GhCityPage *page);
} tabs[] = {
    {GH_CITY_TAB_OVERVIEW, GH_MARK("Overview"), "", always},
    {GH_CITY_TAB_TREND, GH_MARK("Trend"), "/trend", gh_city_page_has_trend},
    {GH_CITY_TAB_REPORTS, GH_MARK("Reports"), "/reports", has_figures},
};

void
gh_city_page_tabs(const GhCityPage *page, const GhLang *lang, GhCityTab current, GhView *view)
{
    g_autofree char *query = gh_city_page_query(page);

    /* A city without figures has one page: nothing to choose. */
    gh_view_flag(view, "has_tabs", has_figures(page));
    for (size_t i = 0; i < G_N_ELEMENTS(tabs); i++) {
        if (!tabs[i].has_content(page))
            continue;
        GhView *tab = gh_view_append(view, "tabs");
        gh_view_text(tab, "label", GH_T(lang, tabs[i].label));
        gh_view_printf(tab, "tab_url", "/cities/%s%s%s", page->city->slug, tabs[i].suffix, query);
        gh_view_flag(tab, "is_current", tabs[i].tab == current);
    }
}
