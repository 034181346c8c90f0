/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_bar.c - the bar under a city's title: year, framework, targets, state, downloads. */
#include <string.h>

#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

/* The query for a year and a target set; what is the default is left out. */
static char *
query_for(const GhCityPage *page, int year, const GhTargetSet *targets)
{
    bool is_latest = page->years->len == 0 || year == g_array_index(page->years, int, 0);
    bool is_first = targets == &page->framework->target_sets[0];

    if (is_latest && is_first)
        return g_strdup("");
    if (is_first)
        return g_strdup_printf("?year=%d", year);
    if (is_latest)
        return g_strdup_printf("?targets=%s", targets->id);
    return g_strdup_printf("?year=%d&targets=%s", year, targets->id);
}

char *
gh_city_page_query(const GhCityPage *page)
{
    return query_for(page, page->figures->year, page->targets);
}

void
gh_city_page_breadcrumb(const GhCityPage *page, const GhLang *lang, const char *label, GhView *view)
{
    g_autofree char *query = gh_city_page_query(page);
    g_autofree char *city_url = g_strdup_printf("/cities/%s%s", page->city->slug, query);

    gh_pages_breadcrumb(view, GH_T(lang, "Cities"), "/cities");
    gh_pages_breadcrumb(view, page->city->name, city_url);
    gh_pages_breadcrumb(view, label, NULL);
}

/* suffix may have a query of its own. */
static char *
address(const GhCityPage *page, const char *suffix, const char *query)
{
    bool joins = strchr(suffix, '?') != NULL && *query != '\0';

    return g_strdup_printf("/cities/%s%s%s%s", page->city->slug, suffix, joins ? "&" : "",
                           joins ? query + 1 : query);
}

static void
fill_years(const GhCityPage *page, const char *suffix, GhView *view)
{
    gh_view_empty_list(view, "other_years");
    for (guint i = 0; i < page->years->len; i++) {
        int year = g_array_index(page->years, int, i);
        if (year == page->figures->year)
            continue;
        GhView *entry = gh_view_append(view, "other_years");
        g_autofree char *query = query_for(page, year, page->targets);
        gh_view_printf(entry, "text", "%d", year);
        gh_view_take_text(entry, "year_url", address(page, suffix, query));
    }
}

static void
fill_target_sets(const GhCityPage *page, const char *suffix, GhView *view)
{
    gh_view_text(view, "targets_name", page->targets->id);
    gh_view_empty_list(view, "other_targets");
    for (size_t i = 0; i < page->framework->n_target_sets; i++) {
        const GhTargetSet *set = &page->framework->target_sets[i];
        if (set == page->targets)
            continue;
        GhView *entry = gh_view_append(view, "other_targets");
        g_autofree char *query = query_for(page, page->figures->year, set);
        gh_view_text(entry, "text", set->id);
        gh_view_take_text(entry, "targets_url", address(page, suffix, query));
    }
}

/* With the latest of its own other years, and with another city. */
static void
fill_compare(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    const char *slug = page->city->slug;
    int year = page->figures->year;

    for (guint i = 0; i < page->years->len; i++) {
        int other = g_array_index(page->years, int, i);
        if (other == year)
            continue;
        GhView *link = gh_view_append(view, "compare_links");
        g_autofree char *text = g_strdup_printf("%d", other);
        gh_view_take_text(link, "text",
                          gh_lang_fill(GH_T(lang, "Compare with {year}"), "year", text, NULL));
        gh_view_printf(link, "compare_url",
                       "/compare?city1=%s&year1=%d&city2=%s&year2=%d&targets=%s", slug, year, slug,
                       other, page->targets->id);
        break;
    }
    GhView *link = gh_view_append(view, "compare_links");
    gh_view_text(link, "text", GH_T(lang, "Compare with another city"));
    gh_view_printf(link, "compare_url", "/compare?city1=%s&year1=%d&targets=%s", slug, year,
                   page->targets->id);
}

void
gh_city_page_bar(const GhCityPage *page, const GhLang *lang, const char *suffix, GhView *view)
{
    const GhFramework *framework = page->framework;
    const char *slug = page->city->slug;
    bool has_figures = page->figures->year > 0;

    gh_view_text(view, "framework_name", gh_say_framework(framework, lang));
    gh_view_text(view, "framework_version", framework->version);
    gh_view_flag(view, "has_figures", has_figures);
    fill_target_sets(page, suffix, view);
    if (!has_figures)
        return;

    /* With year and targets named, the page stays what it is when newer figures come. */
    g_autofree char *exact =
        g_strdup_printf("?year=%d&targets=%s", page->figures->year, page->targets->id);
    gh_view_take_text(view, "cite_path", address(page, suffix, exact));
    gh_view_printf(view, "year", "%d", page->figures->year);
    fill_years(page, suffix, view);
    gh_view_take_text(view, "state", gh_say_set_verified(lang, page->figures));
    g_autofree char *query = gh_city_page_query(page);
    g_autofree char *figures = g_strdup_printf("/cities/%s/figures", slug);
    g_autofree char *scores = g_strdup_printf("/cities/%s/scores", slug);
    gh_pages_downloads(view, lang, GH_T(lang, "Figures"), figures, "", "csv|xlsx|json");
    gh_pages_downloads(view, lang, GH_T(lang, "Scores"), scores, query, "csv|xlsx|json");
    g_autofree char *wheel = g_strdup_printf("/cities/%s/wheel", slug);
    gh_pages_downloads(view, lang, GH_T(lang, "Wheel"), wheel, query, "svg|png|pdf");
    fill_compare(page, lang, view);
    gh_view_printf(view, "explained_url", "/cities/%s/explained%s", slug, query);
}
