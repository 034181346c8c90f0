/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* score_view.c - scores and figures as the templates want them. */
#include "evaluation/pages/score_view.h"

#include <math.h>

#include "evaluation/charts/city_charts.h"
#include "evaluation/words/say.h"

/* An open ring, a quarter, a half, a full disc, in a drawing of 16 by 16. */
static const char *const MARKS[] = {
    "M8 3a5 5 0 1 0 0 10A5 5 0 1 0 8 3Zm0 3.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z",
    "M8 8V1a7 7 0 0 1 7 7Z",
    "M8 1a7 7 0 0 1 0 14Z",
    "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z",
};

enum {
    SCORE_DECIMALS = 2,
    PERCENT_DECIMALS = 0
};

int
gh_score_view_step(const GhFramework *framework, size_t band)
{
    size_t n_steps = G_N_ELEMENTS(MARKS);

    if (framework->n_bands < 2)
        return (int)n_steps;
    return 1 + (int)(band * (n_steps - 1) / (framework->n_bands - 1));
}

/* A number for an attribute of a drawing: the point is the decimal sign in every language. */
static void
set_attribute(GhView *view, const char *key, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    gh_view_text(view, key, g_ascii_formatd(text, sizeof(text), "%.4g", value));
}

static void
fill_band(GhView *band, const GhFramework *framework, const GhLang *lang, size_t index)
{
    int step = gh_score_view_step(framework, index);

    gh_view_printf(band, "step", "%d", step);
    gh_view_text(band, "path", MARKS[step - 1]);
    gh_view_text(band, "word", gh_say_band(framework, lang, index));
    gh_view_flag(band, "dash", false);
    gh_view_flag(band, "no_data", false);
}

void
gh_score_view_band(GhView *view, const GhFramework *framework, const GhLang *lang, size_t band)
{
    fill_band(gh_view_object(view, "band"), framework, lang, band);
}

static void
fill_no_data(GhView *band, const GhLang *lang)
{
    gh_view_text(band, "word", GH_T(lang, "no data"));
    gh_view_flag(band, "path", false);
    gh_view_flag(band, "dash", false);
    gh_view_flag(band, "no_data", true);
}

static void
fill_no_target(GhView *band, const GhLang *lang)
{
    gh_view_text(band, "word", GH_T(lang, "no target"));
    gh_view_flag(band, "path", false);
    gh_view_flag(band, "dash", true);
    gh_view_flag(band, "no_data", false);
}

void
gh_score_view_no_data(GhView *view, const GhLang *lang)
{
    fill_no_data(gh_view_object(view, "band"), lang);
}

void
gh_score_view_no_target(GhView *view, const GhLang *lang)
{
    fill_no_target(gh_view_object(view, "band"), lang);
}

void
gh_score_view_legend(GhView *view, const GhFramework *framework, const GhLang *lang)
{
    for (size_t i = 0; i < framework->n_bands; i++) {
        GhView *entry = gh_view_append(view, "legend");
        fill_band(entry, framework, lang, i);
        gh_view_take_text(entry, "label", gh_say_band_bounds(framework, lang, i));
    }
}

static void
fill_bar(GhView *view, const GhFramework *framework, const GhLang *lang, const GhGroupScore *score)
{
    gh_view_empty_list(view, "bounds");
    for (size_t i = 0; i + 1 < framework->n_bands; i++)
        set_attribute(gh_view_append(view, "bounds"), "x", framework->bands[i].below);
    set_attribute(view, "fill", score->has_score ? score->score : 0);
    if (!isnan(score->lowest)) {
        set_attribute(view, "low", score->lowest);
        set_attribute(view, "high", score->highest);
    }

    g_autofree char *s =
        score->has_score ? gh_say_score(framework, lang, score->score) : g_strdup("–");
    if (isnan(score->lowest)) {
        gh_view_text(view, "bar_title", GH_T(lang, "No figure of this group has a target."));
        return;
    }
    g_autofree char *lowest = gh_lang_number(lang, score->lowest, PERCENT_DECIMALS);
    g_autofree char *highest = gh_lang_number(lang, score->highest, PERCENT_DECIMALS);
    const char *pattern =
        score->has_score ? GH_T(lang, "Score {score} of 100, possible from {lowest} to {highest}")
                         : GH_T(lang, "No score yet, possible from {lowest} to {highest}");
    gh_view_take_text(
        view, "bar_title",
        gh_lang_fill(pattern, "score", s, "lowest", lowest, "highest", highest, NULL));
}

static void
fill_range(GhView *view, const GhLang *lang, const GhGroupScore *score)
{
    bool has_range = !isnan(score->lowest);

    gh_view_flag(view, "has_range", has_range);
    gh_view_flag(view, "is_open", has_range && score->lowest < score->highest);
    if (!has_range)
        return;
    gh_view_take_text(view, "lowest", gh_lang_number(lang, score->lowest, PERCENT_DECIMALS));
    gh_view_take_text(view, "highest", gh_lang_number(lang, score->highest, PERCENT_DECIMALS));
}

GhView *
gh_score_view_summary(GhView *view, const GhFramework *framework, const GhLang *lang, size_t level)
{
    const GhLevel *words = &framework->levels[level];
    GhView *summary = gh_view_append(view, "summaries");

    gh_view_text(summary, "caption",
                 gh_framework_text(framework, lang, "level", words->id, "plural", words->plural));
    gh_view_text(summary, "level", gh_say_level(framework, lang, level));
    return summary;
}

void
gh_score_view_group(GhView *view, const GhFramework *framework, const GhLang *lang,
                    const GhGroupScore *score)
{
    const GhGroup *group = &framework->groups[score->group];

    gh_view_text(view, "name", gh_say_group(framework, lang, group->name));
    gh_view_text(view, "top", group->level > 0 ? gh_say_group(framework, lang, group->top) : NULL);
    gh_score_view_score(view, framework, lang, score);
}

void
gh_score_view_score(GhView *view, const GhFramework *framework, const GhLang *lang,
                    const GhGroupScore *score)
{
    GhShown shown = gh_city_group_shown(score);

    gh_view_flag(view, "has_score", score->has_score);
    if (score->has_score) {
        gh_view_take_text(view, "score", gh_say_score(framework, lang, score->score));
        gh_view_take_text(view, "exact_score", gh_lang_number(lang, score->score, SCORE_DECIMALS));
        gh_score_view_band(view, framework, lang, score->band);
    } else if (shown == GH_SHOWN_NO_TARGET) {
        gh_score_view_no_target(view, lang);
    } else {
        gh_score_view_no_data(view, lang);
    }
    gh_view_printf(view, "reported", "%zu", score->reported);
    gh_view_printf(view, "total", "%zu", score->total);
    gh_view_take_text(
        view, "coverage",
        isnan(score->coverage) ? NULL : gh_lang_number(lang, score->coverage, PERCENT_DECIMALS));
    fill_range(view, lang, score);
    fill_bar(view, framework, lang, score);
}

static void
fill_share(GhView *view, const GhFramework *framework, const GhLang *lang,
           const GhPointScore *score)
{
    gh_view_flag(view, "has_share", score->scored);
    if (!score->scored) {
        gh_score_view_no_target(view, lang);
        return;
    }
    gh_view_take_text(view, "share", gh_say_score(framework, lang, score->share));
    set_attribute(view, "fill", score->share);
    gh_score_view_band(view, framework, lang, score->band);
}

void
gh_score_view_figure(GhView *view, const GhFramework *framework, const GhLang *lang,
                     const GhFigure *figure, const GhPointScore *score)
{
    const GhDataPoint *point = &framework->data_points[figure->data_point];
    bool has_value = !isnan(figure->value);

    gh_view_flag(view, "has_value", has_value);
    gh_view_flag(view, "has_share", false);
    gh_view_text(view, "state_class", gh_state_class(figure));
    gh_view_text(view, "state_word", gh_say_state(lang, figure));
    gh_view_flag(view, "not_verified", has_value && !figure->verified);
    if (!has_value)
        return;
    gh_view_take_text(view, "value", gh_say_value(lang, point, figure->value));
    gh_view_text(view, "unit", gh_say_unit(framework, lang, figure->data_point));
    if (score != NULL)
        fill_share(view, framework, lang, score);
}
