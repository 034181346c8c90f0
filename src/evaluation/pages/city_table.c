/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_table.c - cities as rows. */
#include "evaluation/pages/city_table.h"

#include "evaluation/pages/score_view.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"

static void
fill_scores(const GhOverview *overview, const GhLang *lang, const GhOverviewCity *city, GhView *row)
{
    const GhFramework *framework = overview->framework;

    for (size_t i = 0; i < overview->n_tops; i++) {
        const GhGroupScore *score = &city->tops[i];
        GhView *cell = gh_view_append(row, "scores");
        if (score->has_score) {
            gh_view_take_text(cell, "score", gh_say_score(framework, lang, score->score));
            gh_score_view_band(cell, framework, lang, score->band);
        } else {
            gh_view_text(cell, "score", "–");
            gh_score_view_no_data(cell, lang);
        }
        /* Without a score the range says no more than that anything is possible. */
        gh_view_flag(cell, "has_range", score->has_score);
        if (score->has_score) {
            gh_view_take_text(cell, "lowest", gh_lang_number(lang, score->lowest, 0));
            gh_view_take_text(cell, "highest", gh_lang_number(lang, score->highest, 0));
        }
    }
}

static void
fill_city(const GhOverview *overview, const GhLang *lang, const GhOverviewCity *city, GhView *row)
{
    gh_view_text(row, "name", city->city->name);
    gh_view_printf(row, "city_url", "/cities/%s", city->city->slug);
    gh_view_text(row, "country", gh_country_name(lang, city->city->country_code));
    gh_view_flag(row, "has_figures", city->year > 0);
    if (city->year == 0) {
        /* The dimensions, in one cell that says why they are empty. */
        gh_view_printf(row, "n_columns", "%zu", overview->n_tops);
        return;
    }
    gh_view_printf(row, "year", "%d", city->year);
    gh_view_printf(row, "reported", "%zu", city->reported);
    gh_view_printf(row, "total", "%zu", city->total);
    fill_scores(overview, lang, city, row);
}

void
gh_city_table(const GhOverview *overview, const GhLang *lang, GhOverviewCity *const *cities,
              size_t n_cities, GhView *view)
{
    const GhFramework *framework = overview->framework;

    for (size_t i = 0; i < overview->n_tops; i++)
        gh_view_text(gh_view_append(view, "dimensions"), "name",
                     gh_say_group(framework, lang, framework->groups[i].name));
    gh_score_view_legend(view, framework, lang);
    for (size_t i = 0; i < n_cities; i++)
        fill_city(overview, lang, cities[i], gh_view_append(view, "cities"));
}
