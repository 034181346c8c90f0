/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* years_view.c - a city over the years of a panel, drawn and in words. */
#include <math.h>

#include "ranking/pages/ranking_page.h"
#include "ranking/trends/years.h"

char *
gh_ranking_say_place_in(const GhLang *lang, const GhRankedYear *year)
{
    return gh_ranking_say_place(
        lang, &(GhRankedCity){.place = year->place, .q5 = year->q5, .q95 = year->q95});
}

static char *
say_score(const GhRankingSeries *series, const GhLang *lang, double score)
{
    return isnan(score) ? g_strdup("–") : gh_lang_number_fixed(lang, score, series->decimals);
}

/* No score lies beyond the ends of its scale, however unsure a line is. */
static GhProjection
look_ahead(const GhRankingSeries *series)
{
    const GhRanking *ranking = series->ranking;
    GhProjection ahead = gh_trend_project(&series->fit, GH_TREND_GOAL_YEAR);

    if (isnan(ranking->scale_low))
        return ahead;
    return (GhProjection){
        .value = CLAMP(ahead.value, ranking->scale_low, ranking->scale_high),
        .low = CLAMP(ahead.low, ranking->scale_low, ranking->scale_high),
        .high = CLAMP(ahead.high, ranking->scale_low, ranking->scale_high),
    };
}

/* -- the line -- */

static char *
write_tick(const GhLang *lang, double value, void *data)
{
    const unsigned *decimals = data;

    return gh_lang_number(lang, value, value == floor(value) ? 0 : *decimals);
}

static char *
make_title(const GhRankingSeries *series, const GhLang *lang)
{
    g_autofree char *first = g_strdup_printf("%d", series->first->year);
    g_autofree char *last = g_strdup_printf("%d", series->last->year);

    return gh_lang_fill(GH_T(lang, "{title}: score, {first} to {last}"), "title",
                        series->ranking->title, "first", first, "last", last, NULL);
}

GhDrawing *
gh_ranking_series_chart(const GhRankingSeries *series, const GhLang *lang, double width)
{
    if (series->n_scores < 2 || !series->ranking->compares_years)
        return NULL;
    g_autofree GhYearValue *values = g_new0(GhYearValue, series->n_years);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *title = make_title(series, lang);
    unsigned decimals = series->decimals;
    GhYearValue ahead = {.year = GH_TREND_GOAL_YEAR, .y = NAN, .value = ""};
    GhProjection projection = {NAN, NAN, NAN};

    for (size_t i = 0; i < series->n_years; i++) {
        char *score = say_score(series, lang, series->years[i].score);
        g_ptr_array_add(texts, score);
        values[i] = (GhYearValue){
            .year = series->years[i].year, .y = series->years[i].score, .value = score};
    }
    if (gh_ranking_series_projects(series))
        projection = look_ahead(series);
    ahead.y = projection.value;
    return gh_chart_trend_line(&(GhTrendLine){
        .lang = lang,
        .title = title,
        .description = GH_T(lang, "One dot a year: the score in the ranking. The table has the "
                                  "same numbers, with the places."),
        .axis = GH_T(lang, "Score"),
        .min = isnan(series->ranking->scale_low) ? -INFINITY : series->ranking->scale_low,
        .max = isnan(series->ranking->scale_high) ? INFINITY : series->ranking->scale_high,
        .target = NAN,
        .values = values,
        .n_values = series->n_years,
        .breaks = (const int *)(const void *)series->breaks->data,
        .n_breaks = series->breaks->len,
        .break_label = GH_T(lang, "definition changed"),
        .projection = &ahead,
        .n_projection = gh_ranking_series_projects(series) ? 1 : 0,
        .projection_low = projection.low,
        .projection_high = projection.high,
        .projection_label = GH_T(lang, "at this pace"),
        .write_number = write_tick,
        .write_data = &decimals,
        .width = width,
    });
}

/* -- in words -- */

static void
add_sentence(GhView *view, char *text)
{
    gh_view_take_text(gh_view_append(view, "sentences"), "text", text);
}

static void
say_break(const GhRankingSeries *series, const GhLang *lang, GhView *view)
{
    if (series->breaks->len == 0)
        return;
    g_autofree char *year =
        g_strdup_printf("%d", g_array_index(series->breaks, int, series->breaks->len - 1));
    add_sentence(view, gh_lang_fill(GH_T(lang, "A definition changed in {year}: scores before and "
                                               "after are not quite of the same things, and what "
                                               "is said of the future only uses the years from "
                                               "then on."),
                                    "year", year, NULL));
}

static char *
say_interval(const GhRankingSeries *series, const GhLang *lang)
{
    g_autofree char *year = g_strdup_printf("%d", GH_TREND_GOAL_YEAR);

    if (gh_ranking_series_leaves_scale(series))
        return gh_lang_fill(GH_T(lang, "Kept up, that would leave the scale before {year}, so no "
                                       "line is drawn ahead."),
                            "year", year, NULL);
    GhProjection projection = look_ahead(series);
    g_autofree char *low = say_score(series, lang, projection.low);
    g_autofree char *high = say_score(series, lang, projection.high);
    return gh_lang_fill(GH_T(lang, "In {year} anything from {low} to {high} would fit it."), "year",
                        year, "low", low, "high", high, NULL);
}

static void
say_ahead(const GhRankingSeries *series, const GhLang *lang, GhView *view)
{
    if (!series->has_fit || series->fit.n < GH_TREND_FIT_MIN
        || series->last->year >= GH_TREND_GOAL_YEAR)
        return;
    g_autofree char *slope = gh_lang_number(lang, series->fit.slope, series->decimals);
    g_autofree char *pace = g_strconcat(series->fit.slope > 0 ? "+" : "", slope, NULL);
    g_autofree char *so_far = gh_lang_fill(GH_T(lang, "So far {pace} a year."), "pace", pace, NULL);
    g_autofree char *then = say_interval(series, lang);
    add_sentence(view, g_strdup_printf("%s %s", so_far, then));
}

static void
fill_row(const GhRankingSeries *series, const GhLang *lang, const GhRankedYear *year, GhView *row)
{
    g_autofree char *available = gh_lang_number(lang, (double)year->n_available, 0);
    g_autofree char *all = gh_lang_number(lang, (double)series->ranking->n_indicators, 0);

    gh_view_printf(row, "year", "%d", year->year);
    gh_view_take_text(row, "score", say_score(series, lang, year->score));
    gh_view_take_text(row, "place", gh_ranking_say_place_in(lang, year));
    gh_view_text(row, "available", available);
    gh_view_text(row, "all", all);
    gh_view_flag(row, "changed", false);
    for (guint i = 0; i < series->breaks->len; i++) {
        if (g_array_index(series->breaks, int, i) == year->year)
            gh_view_flag(row, "changed", true);
    }
}

void
gh_ranking_series_view(const GhRankingSeries *series, const GhLang *lang, GhView *view)
{
    g_autofree char *prefix = g_strconcat("years-", series->ranking->slug, NULL);
    bool has_line =
        gh_chart_view(view, "line", prefix, gh_ranking_series_chart(series, lang, GH_CHART_WIDE),
                      gh_ranking_series_chart(series, lang, GH_CHART_NARROW));

    gh_view_flag(view, "has_line", has_line);
    gh_view_text(view, "ranking_title", series->ranking->title);
    if (!series->ranking->compares_years)
        add_sentence(view, g_strdup(GH_T(lang, "By the method of this ranking scores of different "
                                               "years cannot be compared, so no line is drawn: "
                                               "read the places.")));
    say_break(series, lang, view);
    say_ahead(series, lang, view);
    for (size_t i = 0; i < series->n_years; i++)
        fill_row(series, lang, &series->years[i], gh_view_append(view, "rows"));
}
