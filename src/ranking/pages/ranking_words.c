/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_words.c - places, scores and how sure they are, in words. */
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "ranking/pages/ranking_page.h"
#include "ranking/trends/years.h"

/* Our choices: below, one event moves a rate by much; below, half of the score is guessed. */
static const double SMALL_POPULATION = 20000;
static const double SPARSE_SHARE = 0.5;

bool
gh_ranking_is_small(const GhRankedCity *city)
{
    return city->population < SMALL_POPULATION; /* false for NAN: not known */
}

bool
gh_ranking_is_sparse(const GhRankedCity *city)
{
    return (double)city->n_available < SPARSE_SHARE * (double)city->n_indicators;
}

char *
gh_ranking_say_place(const GhLang *lang, const GhRankedCity *city)
{
    if (city->place == 0)
        return g_strdup(GH_T(lang, "no place"));
    g_autofree char *place = gh_lang_number(lang, city->place, 0);
    if (isnan(city->q5))
        return gh_lang_fill(GH_T(lang, "{place} (not known how sure)"), "place", place, NULL);
    g_autofree char *low = gh_lang_number(lang, floor(city->q5), 0);
    g_autofree char *high = gh_lang_number(lang, ceil(city->q95), 0);
    return gh_lang_fill(GH_T(lang, "{place} ({low} to {high})"), "place", place, "low", low, "high",
                        high, NULL);
}

char *
gh_ranking_say_score(const GhRankingPage *page, const GhLang *lang, double score)
{
    return isnan(score) ? g_strdup("–") : gh_lang_number_fixed(lang, score, page->decimals);
}

char *
gh_ranking_say_percent(const GhLang *lang, double share)
{
    if (isnan(share))
        return g_strdup("–");
    if (share > 0 && share < 0.01)
        return g_strdup(GH_T(lang, "under 1 %"));
    if (share < 1 && share > 0.99)
        return g_strdup(GH_T(lang, "over 99 %"));
    g_autofree char *percent = gh_lang_number(lang, 100 * share, 0);
    return g_strdup_printf("%s %%", percent);
}

char *
gh_ranking_say_years(const GhLang *lang, const GhRanking *ranking)
{
    g_autofree char *first = g_strdup_printf("%d", ranking->first_year);
    g_autofree char *last = g_strdup_printf("%d", ranking->last_year);

    if (ranking->first_year == ranking->last_year)
        return g_steal_pointer(&first);
    if (ranking->n_years > 1)
        return gh_lang_fill(GH_T(lang, "{first} to {last}, places of {last}"), "first", first,
                            "last", last, NULL);
    return gh_lang_fill(GH_T(lang, "{first} to {last}, each city’s latest year"), "first", first,
                        "last", last, NULL);
}

char *
gh_ranking_say_day(int64_t time_us)
{
    g_autofree char *text = gh_clock_format_utc(time_us);

    return g_strndup(text, sizeof "2026-11-22" - 1);
}

const char *
gh_ranking_say_node(const GhRankingPage *page, const GhLang *lang, size_t node)
{
    const GhIndexNode *from = &page->data->nodes[node];

    if (node == gh_index_data_top(page->data))
        return GH_T(lang, "Whole index");
    return from->name[0] != '\0' ? from->name : from->code;
}

/* -- how sure -- */

static void
add_sentence(GhView *view, char *text)
{
    gh_view_take_text(gh_view_append(view, "sentences"), "text", text);
}

static void
say_width(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GhRanking *ranking = page->ranking;
    if (isnan(ranking->median_width))
        return;
    double places = ranking->median_width + 1; /* from 8 to 17 are ten places */
    g_autofree char *n = gh_lang_number(lang, places, 0);
    g_autofree char *runs = gh_lang_number(lang, (double)ranking->replications, 0);
    g_autofree char *all = gh_lang_number(lang, (double)ranking->n_cities, 0);

    add_sentence(view,
                 gh_lang_fill(GH_T(lang, "The ranking was made {runs} times, each time with other "
                                         "defensible choices of method. In nine of ten of them a "
                                         "typical city stays within {n} neighbouring places of "
                                         "{all}."),
                              "runs", runs, "n", n, "all", all, NULL));
}

static void
say_pairs(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    double share = page->ranking->clear_pairs;
    if (isnan(share))
        return;
    g_autofree char *percent = gh_ranking_say_percent(lang, share);
    const char *text =
        share >= 0.8 ? GH_T(lang, "Of two cities taken at random it is clear which one stands "
                                  "higher for {percent} of the pairs. The order as a whole can be "
                                  "relied on; neighbours may still change places.")
        : share >= 0.5
            ? GH_T(lang, "Of two cities taken at random it is clear which one stands higher for "
                         "{percent} of the pairs. Read it as upper, middle and lower part, not "
                         "place by place.")
            : GH_T(lang, "Of two cities taken at random it is clear which one stands higher for "
                         "{percent} of the pairs only. The order says little: look at what the "
                         "scores are made of instead.");

    add_sentence(view, gh_lang_fill(text, "percent", percent, NULL));
}

static void
say_notes(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    unsigned long n_sparse = 0, n_small = 0;

    for (guint i = 0; i < page->cities->len; i++) {
        n_sparse += gh_ranking_is_sparse(gh_ranking_page_city(page, i)) ? 1 : 0;
        n_small += gh_ranking_is_small(gh_ranking_page_city(page, i)) ? 1 : 0;
    }
    g_autofree char *sparse = gh_lang_number(lang, (double)n_sparse, 0);
    g_autofree char *small = gh_lang_number(lang, (double)n_small, 0);
    if (n_sparse > 0)
        add_sentence(view, gh_lang_fill(gh_lang_plural(lang,
                                                       "One city reports less than half of the "
                                                       "figures; its place rests on few of them "
                                                       "and is marked.",
                                                       "{n} cities report less than half of the "
                                                       "figures; their places rest on few of them "
                                                       "and are marked.",
                                                       n_sparse),
                                        "n", sparse, NULL));
    if (n_small > 0)
        add_sentence(view, gh_lang_fill(gh_lang_plural(lang,
                                                       "One city has fewer than 20,000 people; a "
                                                       "few events more or less move its rates, "
                                                       "and the intervals do not show that.",
                                                       "{n} cities have fewer than 20,000 people; "
                                                       "a few events more or less move their "
                                                       "rates, and the intervals do not show that.",
                                                       n_small),
                                        "n", small, NULL));
}

/* -- over the years -- */

static void
say_panel(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GhRanking *ranking = page->ranking;
    g_autofree char *n = gh_lang_number(lang, (double)ranking->n_years, 0);
    g_autofree char *first = g_strdup_printf("%d", ranking->first_year);
    g_autofree char *last = g_strdup_printf("%d", ranking->last_year);

    if (!page->is_panel)
        return;
    add_sentence(
        view, gh_lang_fill(GH_T(lang, "This ranking follows the cities over {n} years from "
                                      "{first} to {last}. Places and intervals on this page are "
                                      "of {last}; a city without figures of {last} has no place."),
                           "n", n, "first", first, "last", last, NULL));
    add_sentence(view,
                 g_strdup(ranking->compares_years
                              ? GH_T(lang, "The scores of all years stand on one scale, whose ends "
                                           "were taken from all years together, so that they can "
                                           "be compared.")
                              : GH_T(lang, "By its method scores of different years cannot be "
                                           "compared; only the places of each year can be read.")));
}

static const GhRankedYear *
find_year(const GhRankingPage *page, int64_t city_id, int year)
{
    size_t n = 0;
    const GhRankedYear *years = gh_ranking_years_find(page->kept->whole->years, city_id, &n);

    for (size_t i = 0; i < n; i++) {
        if (years[i].year == year)
            return &years[i];
    }
    return NULL;
}

char *
gh_ranking_say_move(const GhRankingPage *page, const GhLang *lang, const GhRankedCity *city)
{
    const GhRankedYear *before = find_year(page, city->city_id, page->year_before);
    if (city->place == 0)
        return g_strdup("–");
    if (before == NULL || before->place == 0)
        return g_strdup(GH_T(lang, "had no place"));

    int up = before->place - city->place;
    g_autofree char *from = gh_ranking_say_place_in(lang, before);
    g_autofree char *n = gh_lang_number(lang, abs(up), 0);
    return gh_lang_fill(up > 0   ? GH_T(lang, "up {n} from {from}")
                        : up < 0 ? GH_T(lang, "down {n} from {from}")
                                 : GH_T(lang, "as before: {from}"),
                        "n", n, "from", from, NULL);
}

void
gh_ranking_say_sure(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    say_panel(page, lang, view);
    say_width(page, lang, view);
    say_pairs(page, lang, view);
    say_notes(page, lang, view);
    add_sentence(view, g_strdup(GH_T(lang, "The intervals show what the choices of method do. They "
                                           "do not show errors in the figures themselves.")));
}
