/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_page.c - what the pages and files of published rankings share. */
#include "ranking/pages/ranking_page.h"

#include <math.h>
#include <string.h>

void
gh_ranking_page_clear(GhRankingPage *page)
{
    g_clear_pointer(&page->kept, gh_ranking_kept_unref);
}

/* Three digits of the range of scores: 62.4 of 100, 0.624 of 1. */
static unsigned
decimals_of(const GhRankingPage *page)
{
    double low = HUGE_VAL, high = -HUGE_VAL;

    for (size_t i = 0; i < page->n_placed; i++) {
        low = fmin(low, gh_ranking_page_city(page, i)->score);
        high = fmax(high, gh_ranking_page_city(page, i)->score);
    }
    double range = high - low;
    return !(range > 0) || range >= 10 ? 1 : range >= 1 ? 2 : 3;
}

/* The latest of the panel's years that is not its last; 0: none. */
static int
find_year_before(const GhRankingPage *page)
{
    const GArray *years = page->kept->whole->years;
    int before = 0;

    for (guint i = 0; i < years->len; i++) {
        int year = g_array_index(years, GhRankedYear, i).year;
        if (year < page->ranking->year)
            before = MAX(before, year);
    }
    return before;
}

bool
gh_ranking_page_load(GhRequest *request, GhReply *reply, GhRankingPage *page, bool *ret_answered,
                     GError **error)
{
    GhStore *store = gh_server_store(gh_request_server(request));
    const char *slug = gh_request_param(request, "slug");

    if (!gh_ranking_kept_get(store, slug, &page->kept, error))
        return false;
    if (page->kept == NULL) {
        *ret_answered = true;
        return gh_reply_not_found(request, reply,
                                  GH_T(gh_request_lang(request),
                                       "There is no ranking of that name. The list of rankings has "
                                       "all that were published."),
                                  error);
    }
    page->ranking = page->kept->whole->ranking;
    page->cities = page->kept->whole->cities;
    page->data = page->kept->result != NULL ? page->kept->result->data : NULL;
    page->n_placed = MIN(page->ranking->n_cities, page->cities->len);
    page->decimals = decimals_of(page);
    page->is_panel = page->ranking->n_years > 1;
    page->year_before = find_year_before(page);
    return true;
}

const GhRankedCity *
gh_ranking_page_city(const GhRankingPage *page, size_t i)
{
    return g_ptr_array_index(page->cities, i);
}

gssize
gh_ranking_page_find(const GhRankingPage *page, const char *slug)
{
    for (guint i = 0; slug != NULL && i < page->cities->len; i++) {
        if (strcmp(gh_ranking_page_city(page, i)->slug, slug) == 0)
            return (gssize)i;
    }
    return -1;
}

bool
gh_ranking_page_is_earlier(const GhRankingPage *page, const GhRankedCity *city)
{
    return page->is_panel && city->year < page->ranking->year;
}

const GhIndexNode *
gh_ranking_page_top(const GhRankingPage *page)
{
    return &page->data->nodes[page->kept->top];
}

bool
gh_ranking_page_has_weights(const GhRankingPage *page)
{
    if (!gh_ranking_has_weights(page->kept))
        return false;
    size_t n = gh_ranking_page_top(page)->n_children;
    return n > 1 && n <= GH_RANKING_WEIGHTS_MAX;
}

static void
fill_fact(GhView *view, const char *label, const char *text)
{
    GhView *fact = gh_view_append(view, "bar_facts");

    gh_view_text(fact, "label", label);
    gh_view_text(fact, "text", text);
}

void
gh_ranking_page_bar(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GhRanking *ranking = page->ranking;
    g_autofree char *day = gh_ranking_say_day(ranking->published_us);
    g_autofree char *years = gh_ranking_say_years(lang, ranking);
    g_autofree char *framework =
        g_strdup_printf("%s %s", ranking->framework_id, ranking->framework_version);
    g_autofree char *data_version = g_strdup_printf("%" G_GINT64_FORMAT, ranking->data_version);
    g_autofree char *replications = gh_lang_number(lang, (double)ranking->replications, 0);
    g_autofree char *address = g_strdup_printf("/rankings/%s", ranking->slug);

    fill_fact(view, GH_T(lang, "Published"), day);
    fill_fact(view, GH_T(lang, "Author"), ranking->author);
    fill_fact(view, GH_T(lang, "Figures of"), years);
    fill_fact(view, GH_T(lang, "Framework"), framework);
    /* What an index cites: a city page of later has figures of a later version. */
    fill_fact(view, GH_T(lang, "Version of the figures"), data_version);
    fill_fact(view, GH_T(lang, "Replications"), replications);

    static const struct {
        const char *file, *label;
    } tables[] = {{"places", GH_MARK("Places")},
                  {"scores", GH_MARK("Scores")},
                  {"ranks", GH_MARK("Places in all groups")}};
    for (size_t i = 0; i < (page->data != NULL ? G_N_ELEMENTS(tables) : 1); i++) {
        g_autofree char *base = g_strdup_printf("%s/%s", address, tables[i].file);
        gh_pages_downloads(view, lang, GH_T(lang, tables[i].label), base, "", "csv|xlsx|json");
    }
    gh_view_printf(view, "zip_url", "%s/everything.zip", address);
    gh_view_printf(view, "json_url", "%s.json", address);
    gh_view_flag(view, "withdrawn", ranking->withdrawn_us != 0);
    if (ranking->withdrawn_us != 0) {
        g_autofree char *withdrawn = gh_ranking_say_day(ranking->withdrawn_us);
        gh_view_take_text(view, "withdrawn_notice",
                          gh_lang_fill(GH_T(lang, "Withdrawn on {day}: {reason}"), "day", withdrawn,
                                       "reason", ranking->withdrawn_reason, NULL));
    }
}
