/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_words.c - trends in words. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ranking/trends/trends.h"

enum {
    DECIMALS_MAX = 6,
    SIGNIFICANT = 2, /* of a pace: more would pretend */
    RATE_DECIMALS = 1,
};

const char *
gh_trend_say_move(const GhLang *lang, GhMove move)
{
    switch (move) {
    case GH_MOVE_NEARER:
        return GH_T(lang, "nearer to the target");
    case GH_MOVE_FARTHER:
        return GH_T(lang, "farther from the target");
    case GH_MOVE_SAME:
        return GH_T(lang, "as near to the target as before");
    case GH_MOVE_NOT_JUDGED:
        return GH_T(lang, "no target");
    case GH_N_MOVES:
        break;
    }
    g_assert_not_reached();
}

static unsigned
count_decimals(double value)
{
    char text[GH_NUMBER_TEXT_SIZE];
    const char *point = strchr(gh_number_format(value, text), '.');

    return point != NULL ? (unsigned)MIN(strlen(point + 1), (size_t)DECIMALS_MAX) : 0;
}

static char *
with_sign(const GhLang *lang, double value, unsigned decimals)
{
    g_autofree char *number = gh_lang_number(lang, value, decimals);

    return g_strconcat(value > 0 ? "+" : "", number, NULL);
}

char *
gh_trend_say_change(const GhLang *lang, const GhTrend *trend)
{
    double first = trend->first->value, last = trend->last->value;

    if (trend->is_yes_no)
        return g_strdup("");
    return with_sign(lang, last - first, MAX(count_decimals(first), count_decimals(last)));
}

char *
gh_trend_say_rate(const GhLang *lang, const GhTrend *trend)
{
    if (isnan(trend->percent_a_year))
        return g_strdup("");
    g_autofree char *rate = with_sign(lang, trend->percent_a_year, RATE_DECIMALS);
    return gh_lang_fill(GH_T(lang, "{rate} % a year"), "rate", rate, NULL);
}

/* -- the outlook -- */

static char *
say_pace(const GhLang *lang, double pace)
{
    double decimals = pace != 0 ? SIGNIFICANT - 1 - floor(log10(fabs(pace))) : 0;

    return with_sign(lang, pace, (unsigned)CLAMP(decimals, 0, DECIMALS_MAX));
}

static char *
say_kind(const GhLang *lang, const GhOutlook *outlook)
{
    g_autofree char *year = g_strdup_printf("%d", outlook->reach_year);
    g_autofree char *end = g_strdup_printf("%d", GH_TREND_LAST_YEAR);

    switch (outlook->kind) {
    case GH_OUTLOOK_NONE:
        break;
    case GH_OUTLOOK_REACHED:
        return g_strdup(GH_T(lang, "The target is reached."));
    case GH_OUTLOOK_IN_TIME:
        return gh_lang_fill(GH_T(lang, "At this pace reached in {year}."), "year", year, NULL);
    case GH_OUTLOOK_LATE:
        return gh_lang_fill(GH_T(lang, "At this pace reached in {year}, too late."), "year", year,
                            NULL);
    case GH_OUTLOOK_VERY_LATE:
        return gh_lang_fill(GH_T(lang, "At this pace not reached before {year}."), "year", end,
                            NULL);
    case GH_OUTLOOK_AWAY:
        return g_strdup(GH_T(lang, "Moves away from the target."));
    case GH_OUTLOOK_STILL:
        return g_strdup(GH_T(lang, "Does not move."));
    case GH_N_OUTLOOKS:
        g_assert_not_reached();
    }
    return g_strdup("");
}

/* What it would need, and how far the pace can be trusted. */
static void
append_needs(const GhLang *lang, const GhTrend *trend, GString *said)
{
    g_autofree char *goal_year = g_strdup_printf("%d", GH_TREND_GOAL_YEAR);

    if (!isnan(trend->outlook.needed)) {
        g_autofree char *needed = say_pace(lang, trend->outlook.needed);
        g_autofree char *sentence = gh_lang_fill(GH_T(lang, "By {year} it needs {needed} a year."),
                                                 "year", goal_year, "needed", needed, NULL);
        g_string_append_printf(said, "%s%s", said->len > 0 ? " " : "", sentence);
    }
    if (trend->has_fit && !isnan(trend->outlook.needed)) {
        g_autofree char *pace = say_pace(lang, trend->fit.slope);
        g_autofree char *sentence =
            gh_lang_fill(GH_T(lang, "So far {pace} a year."), "pace", pace, NULL);
        g_string_append_printf(said, " %s", sentence);
    }
}

static void
append_sureness(const GhFramework *framework, const GhLang *lang, const GhTrend *trend,
                GString *said)
{
    const GhDataPoint *point = &framework->data_points[trend->data_point];
    g_autofree char *year = g_strdup_printf("%d", GH_TREND_GOAL_YEAR);

    if (trend->fit.n < GH_TREND_FIT_MIN) {
        g_string_append_printf(said, " %s",
                               GH_T(lang, "Two values only: a line through them proves little."));
        return;
    }
    GhProjection projection = gh_trend_project(&trend->fit, GH_TREND_GOAL_YEAR);
    double size = fmax(fabs(projection.low), fabs(projection.high));
    double decimals = size > 0 ? SIGNIFICANT - floor(log10(size)) : 0;
    unsigned places = (unsigned)CLAMP(decimals, 0, DECIMALS_MAX);
    g_autofree char *low =
        gh_lang_number(lang, CLAMP(projection.low, point->min, point->max), places);
    g_autofree char *high =
        gh_lang_number(lang, CLAMP(projection.high, point->min, point->max), places);
    g_autofree char *sentence =
        gh_lang_fill(GH_T(lang, "In {year} anything from {low} to {high} would fit it."), "year",
                     year, "low", low, "high", high, NULL);
    g_string_append_printf(said, " %s", sentence);
}

char *
gh_trend_say_outlook(const GhFramework *framework, const GhLang *lang, const GhTrend *trend)
{
    g_autofree char *kind = say_kind(lang, &trend->outlook);
    GString *said = g_string_new(kind);
    bool leads_somewhere = trend->has_fit && trend->goal.kind != GH_GOAL_NONE
                           && trend->outlook.kind != GH_OUTLOOK_REACHED
                           && trend->last->year < GH_TREND_GOAL_YEAR;

    append_needs(lang, trend, said);
    if (leads_somewhere)
        append_sureness(framework, lang, trend, said);
    return g_string_free(said, FALSE);
}
