/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_stand_outs.c - what is strong, weak, missing and unusual in a city's figures, in sentences. */
#include <math.h>
#include <stdlib.h>

#include "evaluation/checks.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

/* More would no longer stand out; the tables below have all. */
enum {
    SENTENCES_MAX = 4
};

static GhView *
add_heading(GhView *view, const char *heading, const char *none)
{
    GhView *stand_out = gh_view_append(view, "stand_outs");

    gh_view_text(stand_out, "heading", heading);
    gh_view_text(stand_out, "none", none);
    gh_view_empty_list(stand_out, "sentences");
    gh_view_flag(stand_out, "more", false);
    return stand_out;
}

static void
add_sentence(GhView *stand_out, const char *subject, const char *url, char *text)
{
    GhView *sentence = gh_view_append(stand_out, "sentences");

    gh_view_text(sentence, "subject", subject);
    gh_view_text(sentence, "line_url", url != NULL ? url : "");
    gh_view_take_text(sentence, "text", text);
}

/* -- strong and weak: the scored data points by their share -- */

static int
compare_shares(const void *a, const void *b)
{
    const GhPointScore *left = *(const GhPointScore *const *)a;
    const GhPointScore *right = *(const GhPointScore *const *)b;

    if (left->share != right->share)
        return left->share < right->share ? -1 : 1;
    return left->data_point < right->data_point ? -1 : 1;
}

/* The scored data points, weakest first, of const GhPointScore *. */
static GPtrArray *
scored_points(const GhCityPage *page)
{
    GPtrArray *points = g_ptr_array_new();

    for (size_t i = 0; i < page->scores->n_points; i++) {
        if (page->scores->points[i].scored)
            g_ptr_array_add(points, &page->scores->points[i]);
    }
    g_ptr_array_sort(points, compare_shares);
    return points;
}

static void
add_point(GhView *stand_out, const GhCityPage *page, const GhLang *lang, const GhPointScore *point)
{
    const GhFramework *framework = page->framework;
    const GhDataPoint *row = &framework->data_points[point->data_point];
    g_autofree char *url = g_strdup_printf("/indicators/%s", framework->kpis[row->kpi].id);
    g_autofree char *value = gh_say_value_unit(framework, lang, point->data_point, point->value);
    g_autofree char *share = gh_say_score(framework, lang, point->share);

    g_autofree char *subject = gh_say_figure(framework, lang, point->data_point);

    add_sentence(stand_out, subject, url,
                 gh_lang_fill(GH_T(lang, "{value}, {share} % of the target"), "value", value,
                              "share", share, NULL));
}

static size_t
count_in_band(const GPtrArray *points, size_t band)
{
    size_t n = 0;

    for (guint i = 0; i < points->len; i++) {
        const GhPointScore *point = g_ptr_array_index(points, i);
        n += point->band == band ? 1 : 0;
    }
    return n;
}

static void
add_count(GhView *stand_out, const GhCityPage *page, const GhLang *lang, const GPtrArray *points,
          size_t band)
{
    size_t n = count_in_band(points, band);
    g_autofree char *count = g_strdup_printf("%zu", n);
    g_autofree char *total = g_strdup_printf("%u", points->len);

    if (n == 0)
        return;
    add_sentence(stand_out, gh_say_band(page->framework, lang, band), NULL,
                 gh_lang_fill(gh_lang_plural(lang, "{n} of {total} scored figure",
                                             "{n} of {total} scored figures", points->len),
                              "n", count, "total", total, NULL));
}

static void
fill_strong(const GhCityPage *page, const GhLang *lang, const GPtrArray *points, GhView *view)
{
    size_t best = page->framework->n_bands - 1;
    GhView *stand_out =
        add_heading(view, GH_T(lang, "Strong"), GH_T(lang, "No figure is on target yet."));

    add_count(stand_out, page, lang, points, best);
    for (guint i = 0; i < points->len && i + 1 < SENTENCES_MAX; i++) {
        const GhPointScore *point = g_ptr_array_index(points, points->len - 1 - i);
        if (point->band == best)
            add_point(stand_out, page, lang, point);
    }
}

static void
fill_weak(const GhCityPage *page, const GhLang *lang, const GPtrArray *points, GhView *view)
{
    GhView *stand_out = add_heading(view, GH_T(lang, "Weak"),
                                    GH_T(lang, "No scored figure lies in the two lowest bands."));

    add_count(stand_out, page, lang, points, 0);
    for (guint i = 0; i < points->len && i + 1 < SENTENCES_MAX; i++) {
        const GhPointScore *point = g_ptr_array_index(points, i);
        if (point->band < 2 && point->band + 1 < page->framework->n_bands)
            add_point(stand_out, page, lang, point);
    }
}

/* -- missing: what is asked for and not there -- */

static void
add_tier(GhView *stand_out, const GhCityPage *page, const GhLang *lang, size_t tier)
{
    GhTierRate rate = gh_scores_tier_rate(page->framework, page->scores, tier);
    size_t n_missing = rate.n_kpis - rate.n_any;
    g_autofree char *missing = g_strdup_printf("%zu", n_missing);
    g_autofree char *total = g_strdup_printf("%zu", rate.n_kpis);

    if (n_missing == 0)
        return;
    add_sentence(
        stand_out, gh_say_tier(page->framework, lang, tier), NULL,
        gh_lang_fill(gh_lang_plural(lang, "{n} of {total} indicator has no value",
                                    "{n} of {total} indicators have no value", rate.n_kpis),
                     "n", missing, "total", total, NULL));
}

static void
add_empty_groups(GhView *stand_out, const GhCityPage *page, const GhLang *lang)
{
    const GhFramework *framework = page->framework;
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroupScore *score = &page->scores->groups[i];
        if (framework->groups[i].level + 1 == framework->n_levels && score->reported == 0
            && score->total > 0)
            g_ptr_array_add(names, (void *)(guintptr)i);
    }
    if (names->len == 0)
        return;

    g_autofree char *n = g_strdup_printf("%u", names->len);
    add_sentence(stand_out, GH_T(lang, "Groups without any figure"), NULL, g_strdup(n));
    for (guint i = 0; i < names->len && i + 2 < SENTENCES_MAX; i++) {
        const GhGroup *group = &framework->groups[(guintptr)g_ptr_array_index(names, i)];
        g_autofree char *anchor = gh_city_page_anchor(group);
        g_autofree char *url = g_strconcat("#", anchor, NULL);
        g_autofree char *total = g_strdup_printf("%zu", group->n_data_points);
        add_sentence(stand_out, gh_say_group(framework, lang, group->name), url,
                     gh_lang_fill(GH_T(lang, "none of {total}"), "total", total, NULL));
    }
}

static void
fill_missing(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    GhView *stand_out = add_heading(view, GH_T(lang, "Missing"), GH_T(lang, "Nothing is missing."));

    for (size_t i = 0; i < page->framework->n_tiers; i++)
        add_tier(stand_out, page, lang, i);
    add_empty_groups(stand_out, page, lang);
}

/* -- unusual: what the checks found -- */

static void
add_finding(GhView *stand_out, const GhCityPage *page, const GhLang *lang, const GhFinding *finding)
{
    const GhFramework *framework = page->framework;
    const GhCheck *check = &framework->checks[finding->check];
    const char *message =
        gh_framework_text(framework, lang, "check", check->id, "message", check->message);
    g_autofree char *url = NULL;
    g_autofree char *subject = NULL;

    if (finding->n_data_points > 0 && finding->n_data_points < framework->n_data_points / 2) {
        const GhDataPoint *point = &framework->data_points[finding->data_points[0]];
        subject = gh_say_figure(framework, lang, finding->data_points[0]);
        url = g_strdup_printf("/indicators/%s", framework->kpis[point->kpi].id);
    } else {
        subject = g_strdup(GH_T(lang, "All figures"));
    }
    /* "population = ?": that it is not known the message says better. */
    bool has_numbers = finding->observed != NULL && !g_str_has_suffix(finding->observed, "?");
    add_sentence(stand_out, subject, url,
                 has_numbers ? g_strdup_printf("%s. %s", finding->observed, message)
                             : g_strdup(message));
}

static void
fill_unusual(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    g_autoptr(GPtrArray) findings =
        gh_checks_run(page->framework, page->city, page->figures, page->earlier);
    GhView *stand_out =
        add_heading(view, GH_T(lang, "Unusual"), GH_T(lang, "No check found anything."));

    for (guint i = 0; i < findings->len && i < SENTENCES_MAX; i++)
        add_finding(stand_out, page, lang, g_ptr_array_index(findings, i));
    if (findings->len <= SENTENCES_MAX)
        return;

    /* The others open on demand. */
    GhView *more = gh_view_object(stand_out, "more");
    gh_view_printf(more, "n_more", "%u", findings->len - SENTENCES_MAX);
    for (guint i = SENTENCES_MAX; i < findings->len; i++)
        add_finding(more, page, lang, g_ptr_array_index(findings, i));
}

void
gh_city_page_stand_outs(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    g_autoptr(GPtrArray) points = scored_points(page);

    fill_strong(page, lang, points, view);
    fill_weak(page, lang, points, view);
    fill_missing(page, lang, view);
    fill_unusual(page, lang, view);
}
