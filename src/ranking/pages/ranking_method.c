/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_method.c - what a specification does, a sentence a step, and what it did to the figures. */
#include <math.h>
#include <string.h>

#include "ranking/pages/ranking_page.h"

enum {
    NAMES_MAX = 20, /* of cities without a place; all are in the table */
};

static char *
number(const GhLang *lang, double value)
{
    return gh_lang_number(lang, value, 4);
}

static char *
say_screen(const GhLang *lang, const GhIndexScreen *how)
{
    g_autofree char *units = gh_ranking_say_percent(lang, how->min_available);
    g_autofree char *indicators = gh_ranking_say_percent(lang, how->indicators_min_available);

    if (how->min_available > 0 && how->indicators_min_available > 0)
        return gh_lang_fill(GH_T(lang, "Screening: indicators known of fewer than {indicators} of "
                                       "the cities, and cities with fewer than {units} of the "
                                       "indicators, are left out."),
                            "indicators", indicators, "units", units, NULL);
    if (how->min_available > 0)
        return gh_lang_fill(GH_T(lang, "Screening: cities with fewer than {units} of the "
                                       "indicators are left out."),
                            "units", units, NULL);
    if (how->indicators_min_available > 0)
        return gh_lang_fill(GH_T(lang, "Screening: indicators known of fewer than {indicators} of "
                                       "the cities are left out."),
                            "indicators", indicators, NULL);
    return g_strdup(GH_T(lang, "Screening: cities and indicators named in the specification are "
                               "left out."));
}

static const char *
say_impute(const GhLang *lang, const GhIndexImpute *how)
{
    switch (how->method) {
    case GH_IMPUTE_MEAN:
        return how->by == GH_IMPUTE_BY_ROW
                   ? GH_T(lang, "Missing figures: taken as the mean of the city’s other "
                                "indicators.")
               : how->group != NULL
                   ? GH_T(lang, "Missing figures: taken as the mean of the cities of the same "
                                "group.")
                   : GH_T(lang, "Missing figures: taken as the mean of the other cities.");
    case GH_IMPUTE_MEDIAN:
        return how->by == GH_IMPUTE_BY_ROW
                   ? GH_T(lang, "Missing figures: taken as the median of the city’s other "
                                "indicators.")
               : how->group != NULL
                   ? GH_T(lang, "Missing figures: taken as the median of the cities of the same "
                                "group.")
                   : GH_T(lang, "Missing figures: taken as the median of the other cities.");
    case GH_IMPUTE_CONSTANT:
        return GH_T(lang, "Missing figures: taken as a fixed value.");
    case GH_IMPUTE_LATEST:
    case GH_IMPUTE_LINEAR:
    case GH_IMPUTE_PANEL_CONSTANT:
        return GH_T(lang, "Missing figures: taken from the city’s other years.");
    case GH_IMPUTE_REGRESSION:
        return GH_T(lang, "Missing figures: estimated from the other indicators by regression.");
    case GH_IMPUTE_EM:
        return GH_T(lang, "Missing figures: estimated from the other indicators by "
                          "expectation-maximisation.");
    }
    g_assert_not_reached();
}

static char *
say_normalise(const GhLang *lang, const GhIndexNormaliseOne *how)
{
    g_autofree char *lower = number(lang, how->lower);
    g_autofree char *upper = number(lang, how->upper);

    switch (how->method) {
    case GH_NORMALISE_MIN_MAX:
        return gh_lang_fill(GH_T(lang, "One scale: the weakest city of each indicator gets "
                                       "{lower}, the best {upper}, the others in proportion."),
                            "lower", lower, "upper", upper, NULL);
    case GH_NORMALISE_Z_SCORE:
        return g_strdup(GH_T(lang, "One scale: distance from the mean in standard deviations."));
    case GH_NORMALISE_RANK:
    case GH_NORMALISE_BORDA:
        return g_strdup(GH_T(lang, "One scale: the city’s place in each indicator."));
    case GH_NORMALISE_PERCENTILE_RANK:
        return g_strdup(GH_T(lang, "One scale: the share of cities that stand lower."));
    case GH_NORMALISE_DISTANCE_TO_MAX:
    case GH_NORMALISE_FRACTION_OF_MAX:
        return g_strdup(GH_T(lang, "One scale: how near the best city is."));
    case GH_NORMALISE_DISTANCE_TO_REFERENCE:
        return g_strdup(GH_T(lang, "One scale: how near a city of reference is."));
    case GH_NORMALISE_DISTANCE_TO_TARGET:
        return g_strdup(GH_T(lang, "One scale: how near the target is."));
    case GH_NORMALISE_GOALPOSTS:
    case GH_NORMALISE_SCALED:
        return g_strdup(GH_T(lang, "One scale: the way from a lower to an upper goalpost."));
    case GH_NORMALISE_MAZZIOTTA_PARETO:
    case GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
        return g_strdup(GH_T(lang, "One scale: that of Mazziotta and Pareto, about 100."));
    case GH_NORMALISE_NONE:
        return g_strdup(GH_T(lang, "One scale: the figures stay as they are."));
    }
    g_assert_not_reached();
}

static const char *
say_weights(const GhLang *lang, const GhIndexWeighting *how)
{
    switch (how->method) {
    case GH_WEIGHTS_GIVEN:
        return GH_T(lang, "Weights: given by the author.");
    case GH_WEIGHTS_EQUAL:
        return GH_T(lang, "Weights: equal within each group.");
    case GH_WEIGHTS_BUDGET:
        return GH_T(lang, "Weights: means of what experts gave.");
    case GH_WEIGHTS_PCA:
        return GH_T(lang, "Weights: found in the data by principal components.");
    case GH_WEIGHTS_CORRELATION:
        return GH_T(lang, "Weights: found so that each group moves with the index as intended.");
    case GH_WEIGHTS_BENEFIT_OF_THE_DOUBT:
        return GH_T(lang, "Weights: for each city those that are best for it, within bounds.");
    }
    g_assert_not_reached();
}

static const char *
say_aggregate(const GhLang *lang, const GhIndexAggregate *how)
{
    for (size_t i = 1; i < how->n_levels; i++) {
        if (how->levels[i].method != how->levels[0].method)
            return GH_T(lang, "Adding up: each level in its own way, as the specification says.");
    }
    switch (how->levels[0].method) {
    case GH_AGGREGATE_ARITHMETIC:
        return GH_T(lang, "Adding up: weighted means, so a weak group can be made up for by a "
                          "strong one.");
    case GH_AGGREGATE_GEOMETRIC:
        return GH_T(lang, "Adding up: geometric means, so a weak group pulls the score down.");
    case GH_AGGREGATE_HARMONIC:
        return GH_T(lang, "Adding up: harmonic means, so a weak group pulls the score down a "
                          "lot.");
    case GH_AGGREGATE_POWER:
        return GH_T(lang, "Adding up: power means.");
    case GH_AGGREGATE_MEDIAN:
        return GH_T(lang, "Adding up: weighted medians.");
    case GH_AGGREGATE_COPELAND:
    case GH_AGGREGATE_OUTRANKING:
        return GH_T(lang, "Adding up: every city is compared with every other one; a score says "
                          "how often it stands higher.");
    case GH_AGGREGATE_MAZZIOTTA_PARETO:
        return GH_T(lang, "Adding up: means less a penalty for being unbalanced.");
    }
    g_assert_not_reached();
}

static char *
say_step(const GhLang *lang, const GhIndexStep *step)
{
    switch (step->kind) {
    case GH_INDEX_STEP_SCREEN:
        return say_screen(lang, &step->screen);
    case GH_INDEX_STEP_DENOMINATE:
        return g_strdup(GH_T(lang, "Size: counts are divided by what they belong to, such as the "
                                   "population."));
    case GH_INDEX_STEP_IMPUTE:
        return g_strdup(say_impute(lang, &step->impute));
    case GH_INDEX_STEP_TREAT:
        return g_strdup(GH_T(lang, "Outliers: few extreme values are moved to the next ones, or "
                                   "the indicator is put on a logarithmic scale."));
    case GH_INDEX_STEP_NORMALISE:
        return say_normalise(lang, &step->normalise.usual);
    case GH_INDEX_STEP_WEIGHTS:
        return g_strdup(say_weights(lang, &step->weights));
    case GH_INDEX_STEP_AGGREGATE:
        return g_strdup(say_aggregate(lang, &step->aggregate));
    }
    g_assert_not_reached();
}

/* -- what it did -- */

static void
add_change(GhView *view, char *text)
{
    gh_view_take_text(gh_view_append(view, "changes"), "text", text);
}

static void
say_marks(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GhIndexNotes *notes = page->kept->result->notes;
    size_t n_cells = notes->n_units * notes->n_indicators, n_imputed = 0, n_moved = 0;

    for (size_t i = 0; i < n_cells; i++) {
        n_imputed += notes->marks[i] == GH_INDEX_MARK_IMPUTED ? 1 : 0;
        n_moved += notes->marks[i] == GH_INDEX_MARK_WINSORISED_HIGH
                           || notes->marks[i] == GH_INDEX_MARK_WINSORISED_LOW
                       ? 1
                       : 0;
    }
    g_autofree char *cells = gh_lang_number(lang, (double)n_cells, 0);
    if (n_imputed > 0) {
        g_autofree char *n = gh_lang_number(lang, (double)n_imputed, 0);
        g_autofree char *share = gh_ranking_say_percent(lang, (double)n_imputed / (double)n_cells);
        add_change(view, gh_lang_fill(GH_T(lang, "{n} of {cells} figures were missing and filled "
                                                 "in ({share})."),
                                      "n", n, "cells", cells, "share", share, NULL));
    }
    if (n_moved > 0) {
        g_autofree char *n = gh_lang_number(lang, (double)n_moved, 0);
        add_change(view, gh_lang_fill(GH_T(lang, "{n} of {cells} figures were extreme and moved "
                                                 "in."),
                                      "n", n, "cells", cells, NULL));
    }
}

/* The names of cities without a place: those of a panel that have no figures of its last year, or the others. The
 * caller owns *ret_names. */
static size_t
name_without_place(const GhRankingPage *page, bool earlier, char **ret_names)
{
    GString *names = g_string_new(NULL);
    size_t n = 0;

    for (size_t i = page->n_placed; i < page->cities->len; i++) {
        const GhRankedCity *city = gh_ranking_page_city(page, i);
        if (gh_ranking_page_is_earlier(page, city) != earlier)
            continue;
        n++;
        if (n <= NAMES_MAX)
            g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", city->name);
    }
    if (n > NAMES_MAX)
        g_string_append(names, ", …");
    *ret_names = g_string_free(names, FALSE);
    return n;
}

/* Cities that were screened out, or of which no score could be made. */
static void
say_without_place(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    g_autofree char *names = NULL;
    size_t n = name_without_place(page, false, &names);
    if (n == 0)
        return;

    g_autofree char *count = gh_lang_number(lang, (double)n, 0);
    add_change(view, gh_lang_fill(gh_lang_plural(lang,
                                                 "One city has no place, since too few of its "
                                                 "figures are known: {names}.",
                                                 "{n} cities have no place, since too few of their "
                                                 "figures are known: {names}.",
                                                 n),
                                  "n", count, "names", names, NULL));
}

static void
say_earlier(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    g_autofree char *names = NULL;
    g_autofree char *year = g_strdup_printf("%d", page->ranking->year);
    size_t n = name_without_place(page, true, &names);
    if (n == 0)
        return;

    g_autofree char *count = gh_lang_number(lang, (double)n, 0);
    add_change(view, gh_lang_fill(gh_lang_plural(lang,
                                                 "One city has no place, since it has no figures "
                                                 "of {year}: {names}.",
                                                 "{n} cities have no place, since they have no "
                                                 "figures of {year}: {names}.",
                                                 n),
                                  "n", count, "year", year, "names", names, NULL));
}

void
gh_ranking_say_method(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GhIndexSpec *spec = page->kept->spec;

    for (size_t i = 0; spec != NULL && i < spec->n_steps; i++)
        gh_view_take_text(gh_view_append(view, "steps"), "text", say_step(lang, spec->steps[i]));
    gh_view_flag(view, "has_steps", spec != NULL);
    if (page->data == NULL)
        return;
    say_marks(page, lang, view);
    say_without_place(page, lang, view);
    say_earlier(page, lang, view);
    gh_ranking_say_remarks(page, lang, view);
}
