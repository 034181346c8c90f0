/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say_finding.c - values of findings with their units, in words where a sign alone would be a riddle. */
#include "evaluation/words/say_finding.h"

#include <math.h>
#include <string.h>

#include "evaluation/words/say.h"

enum {
    NUMBER_DECIMALS = 2,
};

typedef struct {
    const GhFramework *framework;
    const GhLang *lang;
    const GhFinding *finding;
    const GhCheck *check;
} Saying;

/* In the unit of the data points concerned. */
static char *
say_value(const Saying *saying, double value)
{
    return gh_say_value_unit(saying->framework, saying->lang, saying->finding->data_points[0],
                             value);
}

/* Base figures and counts. */
static char *
say_number(const Saying *saying, double value)
{
    return gh_lang_number(saying->lang, value, NUMBER_DECIMALS);
}

typedef char *(*Say)(const Saying *saying, double value);

/* Both numbers filled into a pattern with {found} and {against}. */
static char *
say_both(const Saying *saying, Say say, const char *pattern)
{
    const GhSeen *seen = &saying->finding->seen;
    g_autofree char *found = say(saying, seen->found);
    g_autofree char *against = say(saying, seen->against);

    return gh_lang_fill(pattern, "found", found, "against", against, NULL);
}

static bool
is_yes_no(const Saying *saying)
{
    return saying->finding->n_data_points > 0
           && strcmp(saying->framework->data_points[saying->finding->data_points[0]].unit, "yes/no")
                  == 0;
}

/* "+88 %", with a true minus. */
static char *
say_percent(const Saying *saying, double found, double against)
{
    double percent = 100 * (found - against) / fabs(against);
    g_autofree char *number = gh_lang_number(saying->lang, percent, fabs(percent) < 10 ? 1 : 0);

    return g_strdup_printf("%s%s\u00a0%%", percent > 0 ? "+" : "", number);
}

/* A long unit stands behind the new value already. */
static char *
say_before(const Saying *saying, Say say)
{
    enum {
        SHORT_UNIT = 3
    };
    const GhFinding *finding = saying->finding;

    if (finding->n_data_points == 0)
        return say(saying, finding->seen.against);
    size_t data_point = finding->data_points[0];
    const char *unit = gh_say_unit(saying->framework, saying->lang, data_point);
    return g_utf8_strlen(unit, -1) <= SHORT_UNIT
               ? say(saying, finding->seen.against)
               : gh_say_value(saying->lang, &saying->framework->data_points[data_point],
                              finding->seen.against);
}

/* "80 % (40 % in 2019): +100 %"; from yes to no there is no percentage. */
static char *
say_change(const Saying *saying, Say say)
{
    const GhSeen *seen = &saying->finding->seen;
    g_autofree char *year = g_strdup_printf("%d", seen->against_year);
    g_autofree char *now = say(saying, seen->found);
    g_autofree char *before = say_before(saying, say);
    g_autofree char *values = gh_lang_fill(GH_T(saying->lang, "{now} ({before} in {year})"), "now",
                                           now, "before", before, "year", year, NULL);

    if (is_yes_no(saying))
        return g_steal_pointer(&values);
    g_autofree char *percent = say_percent(saying, seen->found, seen->against);
    return g_strdup_printf("%s: %s", values, percent);
}

static char *
say_class(const Saying *saying)
{
    const GhFramework *framework = saying->framework;
    int class = (int)saying->finding->seen.found;
    g_autofree char *id = g_strdup_printf("%d", class);

    for (size_t i = 0; i < framework->n_qualities; i++) {
        if (framework->qualities[i].class == class)
            return g_strdup_printf("%s (%s)", id,
                                   gh_framework_text(framework, saying->lang, "quality", id, "name",
                                                     framework->qualities[i].name));
    }
    return g_steal_pointer(&id);
}

static char *
say_sum(const Saying *saying)
{
    g_autofree char *sum = say_value(saying, saying->finding->seen.found);

    return gh_lang_fill(GH_T(saying->lang, "together {sum}"), "sum", sum, NULL);
}

/* What the parts give is a quotient and rounded for reading; the value stands as it was given. */
static char *
say_arithmetic(const Saying *saying)
{
    static const double ROUNDING = 100;
    const GhSeen *seen = &saying->finding->seen;
    double rounded = round(seen->against * ROUNDING) / ROUNDING;
    g_autofree char *found = say_value(saying, seen->found);
    g_autofree char *against = say_value(saying, rounded != 0 ? rounded : seen->against);

    return gh_lang_fill(GH_T(saying->lang, "{found}, but the parts give {against}"), "found", found,
                        "against", against, NULL);
}

static char *
say_denominator(const Saying *saying)
{
    const GhSeen *seen = &saying->finding->seen;
    g_autofree char *percent = say_percent(saying, seen->found, seen->against);
    g_autofree char *both = say_both(saying, say_number, "{found} ≠ {against}");

    return g_strdup_printf("%s (%s)", both, percent);
}

char *
gh_say_finding(const GhFramework *framework, const GhLang *lang, const GhFinding *finding)
{
    const Saying saying = {
        .framework = framework,
        .lang = lang,
        .finding = finding,
        .check = &framework->checks[finding->check],
    };

    switch (saying.check->kind) {
    case GH_CHECK_SUM:
        return say_sum(&saying);
    case GH_CHECK_ORDER:
        return say_both(&saying, say_value, "{against} < {found}");
    case GH_CHECK_RANGE:
        return say_both(&saying, say_value,
                        finding->seen.found < finding->seen.against
                            ? GH_T(lang, "{found}, usually {against} or more")
                            : GH_T(lang, "{found}, usually {against} or less"));
    case GH_CHECK_DENOMINATOR:
        return say_denominator(&saying);
    case GH_CHECK_BASE_CHANGE:
        return say_change(&saying, say_number);
    case GH_CHECK_BASE_STATED:
        return NULL;
    case GH_CHECK_ARITHMETIC:
        return say_arithmetic(&saying);
    case GH_CHECK_CHANGE:
        return say_change(&saying, say_value);
    case GH_CHECK_QUALITY:
        return say_class(&saying);
    case GH_CHECK_SMALL_COUNT:
        return say_both(&saying, say_number, "{found} < {against}");
    case GH_CHECK_REPORTED_SHARE:
    case GH_CHECK_SOURCED:
        return say_both(&saying, say_number, GH_T(lang, "{found} of {against}"));
    }
    g_assert_not_reached();
}
