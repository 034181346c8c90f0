/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say.c - values, states and names in words. */
#include "evaluation/words/say.h"

#include <math.h>
#include <string.h>

/* Published figures have at most four decimals; more would show the binary form of the number. */
enum {
    VALUE_DECIMALS = 6,
    BANDS_WITH_WORDS = 4
};

static bool
is_yes_no(const GhDataPoint *data_point)
{
    return strcmp(data_point->unit, "yes/no") == 0;
}

/* Units that say no more than that there is a number: behind it they would read badly. */
static bool
is_mere_number(const GhDataPoint *data_point)
{
    static const char *const units[] = {"number", "index", "ratio", NULL};

    return g_strv_contains(units, data_point->unit);
}

char *
gh_say_value(const GhLang *lang, const GhDataPoint *data_point, double value)
{
    if (is_yes_no(data_point))
        return g_strdup(value >= 1 ? GH_T(lang, "yes") : GH_T(lang, "no"));
    return gh_lang_number(lang, value, VALUE_DECIMALS);
}

const char *
gh_say_unit(const GhFramework *framework, const GhLang *lang, size_t data_point)
{
    const GhDataPoint *point = &framework->data_points[data_point];

    if (is_yes_no(point))
        return "";
    return gh_framework_text(framework, lang, "data_point", point->id, "unit", point->unit);
}

char *
gh_say_value_unit(const GhFramework *framework, const GhLang *lang, size_t data_point, double value)
{
    g_autofree char *text = gh_say_value(lang, &framework->data_points[data_point], value);
    const char *unit = gh_say_unit(framework, lang, data_point);

    if (*unit == '\0' || is_mere_number(&framework->data_points[data_point]))
        return g_steal_pointer(&text);
    /* A short unit stays on the line of its value. */
    return g_strdup_printf(strlen(unit) <= 3 ? "%s\xc2\xa0%s" : "%s %s", text, unit);
}

const char *
gh_say_state(const GhLang *lang, const GhFigure *figure)
{
    switch (figure->status) {
    case GH_STATUS_MISSING:
        return GH_T(lang, "missing");
    case GH_STATUS_REPORTED:
        return figure->verified ? GH_T(lang, "verified") : GH_T(lang, "not verified");
    case GH_STATUS_NOT_REPORTED:
        return GH_T(lang, "not reported");
    case GH_STATUS_NOT_APPLICABLE:
        return GH_T(lang, "not applicable");
    case GH_STATUS_NOT_VERIFIED:
        return GH_T(lang, "not verified");
    case GH_STATUS_NOT_AVAILABLE:
        return GH_T(lang, "not available");
    }
    g_assert_not_reached();
}

char *
gh_say_verified(const GhLang *lang, size_t n_verified, size_t n_values)
{
    g_autofree char *verified = g_strdup_printf("%zu", n_verified);
    g_autofree char *values = g_strdup_printf("%zu", n_values);

    return gh_lang_fill(gh_lang_plural(lang, "{verified} of {n} figure verified",
                                       "{verified} of {n} figures verified", n_values),
                        "verified", verified, "n", values, NULL);
}

char *
gh_say_series_verified(const GhLang *lang, const GPtrArray *figures)
{
    size_t n_values = 0, n_verified = 0;

    for (guint i = 0; i < figures->len; i++) {
        const GhFigure *figure = g_ptr_array_index(figures, i);
        if (isnan(figure->value))
            continue;
        n_values++;
        n_verified += figure->verified ? 1 : 0;
    }
    return gh_say_verified(lang, n_verified, n_values);
}

char *
gh_say_set_verified(const GhLang *lang, const GhFigureSet *set)
{
    size_t n_verified = 0;
    size_t n_values = gh_figure_set_n_values(set, &n_verified);

    return n_values > 0 ? gh_say_verified(lang, n_verified, n_values) : NULL;
}

const char *
gh_state_class(const GhFigure *figure)
{
    switch (figure->status) {
    case GH_STATUS_MISSING:
        return "missing";
    case GH_STATUS_REPORTED:
        return figure->verified ? "verified" : "not-verified";
    case GH_STATUS_NOT_REPORTED:
        return "not-reported";
    case GH_STATUS_NOT_APPLICABLE:
        return "not-applicable";
    case GH_STATUS_NOT_VERIFIED:
        return "not-verified";
    case GH_STATUS_NOT_AVAILABLE:
        return "not-available";
    }
    g_assert_not_reached();
}

const char *
gh_say_direction(const GhLang *lang, GhDirection direction)
{
    switch (direction) {
    case GH_DIRECTION_HIGHER:
        return GH_T(lang, "higher is better");
    case GH_DIRECTION_LOWER:
        return GH_T(lang, "lower is better");
    case GH_DIRECTION_TARGET:
        return GH_T(lang, "best at a given value");
    case GH_DIRECTION_NEUTRAL:
        return GH_T(lang, "describes, is not judged");
    }
    g_assert_not_reached();
}

const char *
gh_say_confidence(const GhLang *lang, const char *confidence)
{
    static const struct {
        const char *word, *sentence;
    } known[] = {
        {"verified", GH_MARK("The number was read in the source named.")},
        {"known", GH_MARK("The number is well known and the source is named, but it was not read "
                          "there.")},
        {"judgement", GH_MARK("A judgement of ours; the source gives only a hint.")},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(confidence, known[i].word) == 0)
            return GH_T(lang, known[i].sentence);
    }
    return confidence;
}

const char *
gh_say_band(const GhFramework *framework, const GhLang *lang, size_t band)
{
    static const char *const words[BANDS_WITH_WORDS] = {
        GH_MARK("far from target"),
        GH_MARK("on the way"),
        GH_MARK("near target"),
        GH_MARK("on target"),
    };

    g_assert(band < framework->n_bands);
    if (framework->n_bands != BANDS_WITH_WORDS)
        return framework->bands[band].label;
    return GH_T(lang, words[band]);
}

char *
gh_say_range(const GhLang *lang, const char *low, const char *high, const char *unit)
{
    static const char FROM_LEFT[] = "\u2066", END[] = "\u2069"; /* isolates: UAX 9 */
    bool turned = strcmp(gh_lang_direction(lang), "rtl") == 0;

    return g_strconcat(turned ? FROM_LEFT : "", low, "–", high, unit, turned ? END : "", NULL);
}

char *
gh_say_band_bounds(const GhFramework *framework, const GhLang *lang, size_t band)
{
    static const unsigned DECIMALS = 2;
    g_autofree char *low =
        gh_lang_number(lang, band > 0 ? framework->bands[band - 1].below : 0, DECIMALS);

    if (band + 1 == framework->n_bands)
        return g_strdup_printf("%s+\u00a0%%", low);
    g_autofree char *high = gh_lang_number(lang, framework->bands[band].below, DECIMALS);
    return gh_say_range(lang, low, high, "\u00a0%");
}

char *
gh_say_score(const GhFramework *framework, const GhLang *lang, double score)
{
    static const unsigned DECIMALS_MAX = 3;
    size_t band = gh_score_band(framework, score);
    double scale = 1;
    unsigned decimals = 0;

    /* 65.96 is not on the bound of 66, so it is not written as 66. */
    while (decimals < DECIMALS_MAX
           && gh_score_band(framework, round(score * scale) / scale) != band) {
        decimals++;
        scale *= 10;
    }
    return gh_lang_number(lang, score, decimals);
}

char *
gh_say_month(const GhLang *lang, int year, int month)
{
    static const char *const months[] = {
        GH_MARK("January"),   GH_MARK("February"), GH_MARK("March"),    GH_MARK("April"),
        GH_MARK("May"),       GH_MARK("June"),     GH_MARK("July"),     GH_MARK("August"),
        GH_MARK("September"), GH_MARK("October"),  GH_MARK("November"), GH_MARK("December"),
    };
    g_autofree char *year_text = g_strdup_printf("%d", year);

    if (month < 1 || month > (int)G_N_ELEMENTS(months))
        return g_steal_pointer(&year_text);
    return gh_lang_fill(GH_T(lang, "{month} {year}"), "month", GH_T(lang, months[month - 1]),
                        "year", year_text, NULL);
}

const char *
gh_say_framework(const GhFramework *framework, const GhLang *lang)
{
    return gh_framework_text(framework, lang, "framework", framework->id, "name", framework->name);
}

const char *
gh_say_kpi(const GhFramework *framework, const GhLang *lang, size_t kpi)
{
    const GhKpi *row = &framework->kpis[kpi];

    return gh_framework_text(framework, lang, "kpi", row->id, "name", row->name);
}

const char *
gh_say_data_point(const GhFramework *framework, const GhLang *lang, size_t data_point)
{
    const GhDataPoint *row = &framework->data_points[data_point];

    return gh_framework_text(framework, lang, "data_point", row->id, "label", row->label);
}

char *
gh_say_figure(const GhFramework *framework, const GhLang *lang, size_t data_point)
{
    size_t kpi = framework->data_points[data_point].kpi;
    const char *name = gh_say_kpi(framework, lang, kpi);
    const char *label = gh_say_data_point(framework, lang, data_point);

    if (framework->kpis[kpi].n_data_points == 1)
        return g_strdup(name);
    /* Some labels begin with the indicator's name already. */
    g_autofree char *folded_name = g_utf8_casefold(name, -1);
    g_autofree char *folded_label = g_utf8_casefold(label, -1);
    if (g_str_has_prefix(folded_label, folded_name))
        return g_strdup(label);
    return gh_lang_fill(GH_T(lang, "{indicator}: {part}"), "indicator", name, "part", label, NULL);
}

const char *
gh_say_group(const GhFramework *framework, const GhLang *lang, const char *name)
{
    return gh_framework_text(framework, lang, "group", name, "name", name);
}

const char *
gh_say_lens_group(const GhFramework *framework, const GhLang *lang, const char *name)
{
    return gh_framework_text(framework, lang, "lens_group", name, "name", name);
}

const char *
gh_say_lens(const GhFramework *framework, const GhLang *lang, const GhLens *lens)
{
    return gh_framework_text(framework, lang, "lens", lens->id, "name", lens->name);
}

const char *
gh_say_level(const GhFramework *framework, const GhLang *lang, size_t level)
{
    const GhLevel *row = &framework->levels[level];

    return gh_framework_text(framework, lang, "level", row->id, "name", row->name);
}

const char *
gh_say_tier(const GhFramework *framework, const GhLang *lang, size_t tier)
{
    const GhTier *row = &framework->tiers[tier];

    return gh_framework_text(framework, lang, "tier", row->id, "name", row->name);
}
