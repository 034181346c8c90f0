/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say_target.c - what a target asks, and how a value became its share of it. */
#include "evaluation/words/say.h"

#include <math.h>

static const char *
target_pattern(const GhLang *lang, GhRule rule)
{
    switch (rule) {
    case GH_RULE_NONE:
        return GH_T(lang, "No target.");
    case GH_RULE_HIGHER:
        return GH_T(
            lang,
            "{t} or more reaches the target. Below that the share is the value divided by {t}.");
    case GH_RULE_LOWER_ZERO:
        return GH_T(
            lang,
            "{t} or less reaches the target. Above that the share is {t} divided by the value.");
    case GH_RULE_LOWER_RANGE:
        return GH_T(lang, "{t} or less reaches the target. Above that the share falls evenly, to "
                          "nothing at {w}.");
    case GH_RULE_DISTANCE_TO_ONE:
        return GH_T(
            lang,
            "The target is 1. The share is the value, or 1 divided by it where it is above 1.");
    case GH_RULE_YES_NO:
        return GH_T(lang, "Yes reaches the target, no does not.");
    case GH_RULE_BANDS:
        return GH_T(
            lang,
            "{t} or less reaches the target. Up to {w} reaches half of it, more reaches nothing.");
    }
    g_assert_not_reached();
}

char *
gh_say_target(const GhFramework *framework, const GhLang *lang, size_t data_point,
              const GhTarget *target)
{
    g_autofree char *t = isnan(target->target)
                             ? NULL
                             : gh_say_value_unit(framework, lang, data_point, target->target);
    g_autofree char *w =
        isnan(target->worst) ? NULL : gh_say_value_unit(framework, lang, data_point, target->worst);

    return gh_lang_fill(target_pattern(lang, target->rule), "t", t != NULL ? t : "", "w",
                        w != NULL ? w : "", NULL);
}

/* The sum as it is written down; the signs are the same in every language. Shares outside 0..100 %
 * are cut off there, and the sum says so. */
static const char *
calculation_pattern(const GhTarget *target, double value)
{
    bool is_met = value <= target->target;
    bool is_below = value < 0;

    switch (target->rule) {
    case GH_RULE_NONE:
        return "";
    case GH_RULE_HIGHER:
        if (target->target <= 0)
            return value >= target->target ? "{v} ≥ {t}: {share} %" : "{v} < {t}: {share} %";
        return value > target->target ? "{v} ÷ {t} > 1: {share} %"
               : is_below             ? "{v} ÷ {t} < 0: {share} %"
                                      : "{v} ÷ {t} = {share} %";
    case GH_RULE_LOWER_ZERO:
        return is_met ? "{v} ≤ {t}: {share} %" : "{t} ÷ {v} = {share} %";
    case GH_RULE_LOWER_RANGE:
        return value < target->target  ? "({w} − {v}) ÷ ({w} − {t}) > 1: {share} %"
               : value > target->worst ? "({w} − {v}) ÷ ({w} − {t}) < 0: {share} %"
                                       : "({w} − {v}) ÷ ({w} − {t}) = {share} %";
    case GH_RULE_DISTANCE_TO_ONE:
        return value > 1 ? "1 ÷ {v} = {share} %" : "{v} ÷ 1 = {share} %";
    case GH_RULE_YES_NO:
        return "{v}: {share} %";
    case GH_RULE_BANDS:
        return is_met                   ? "{v} ≤ {t}: {share} %"
               : value <= target->worst ? "{t} < {v} ≤ {w}: {share} %"
                                        : "{v} > {w}: {share} %";
    }
    g_assert_not_reached();
}

char *
gh_say_calculation(const GhLang *lang, const GhDataPoint *data_point, const GhTarget *target,
                   double value)
{
    enum {
        SHARE_DECIMALS = 2
    };
    if (target->rule == GH_RULE_NONE)
        return g_strdup(GH_T(lang, "no target"));

    g_autofree char *v = gh_say_value(lang, data_point, value);
    g_autofree char *t =
        isnan(target->target) ? NULL : gh_say_value(lang, data_point, target->target);
    g_autofree char *w =
        isnan(target->worst) ? NULL : gh_say_value(lang, data_point, target->worst);
    g_autofree char *share = gh_lang_number(lang, gh_score_share(target, value), SHARE_DECIMALS);
    return gh_lang_fill(calculation_pattern(target, value), "v", v, "t", t != NULL ? t : "", "w",
                        w != NULL ? w : "", "share", share, NULL);
}
