/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_steps_say.c - a step of an index as a sentence, with the parameters that matter. */
#include "cli/index_command.h"

#include <math.h>

/* A parameter that the method does not have is NAN, and is not told. */
static char *
number(const GhLang *lang, double value)
{
    return isnan(value) ? g_strdup("-") : gh_lang_number(lang, value, 4);
}

static char *
percent(const GhLang *lang, double share)
{
    g_autofree char *text = number(lang, 100 * share);

    return g_strdup_printf("%s %%", text);
}

static char *
say_screen(const GhLang *lang, const GhIndexScreen *how)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *indicators = percent(lang, how->indicators_min_available);
    g_autofree char *units = percent(lang, how->min_available);
    g_autofree char *nonzero = percent(lang, how->min_nonzero);

    if (how->drop != NULL || how->drop_units != NULL)
        g_ptr_array_add(parts, g_strdup(GH_T(lang, "what is named")));
    if (how->indicators_min_available > 0)
        g_ptr_array_add(parts,
                        gh_lang_fill(GH_T(lang, "indicators that fewer than {share} of units have"),
                                     "share", indicators, NULL));
    if (how->min_available > 0)
        g_ptr_array_add(parts,
                        gh_lang_fill(GH_T(lang, "units that have fewer than {share} of indicators"),
                                     "share", units, NULL));
    if (how->min_nonzero > 0)
        g_ptr_array_add(
            parts,
            gh_lang_fill(GH_T(lang, "units of which fewer than {share} of figures are not 0"),
                         "share", nonzero, NULL));
    if (how->drop_constant)
        g_ptr_array_add(parts, g_strdup(GH_T(lang, "indicators that do not vary")));
    if (parts->len == 0)
        return g_strdup(GH_T(lang, "nothing is left out"));
    g_ptr_array_add(parts, NULL);
    g_autofree char *list = g_strjoinv("; ", (char **)parts->pdata);
    return gh_lang_fill(GH_T(lang, "left out are: {list}"), "list", list, NULL);
}

static char *
say_impute(const GhLang *lang, const GhIndexImpute *how)
{
    g_autofree char *value = number(lang, how->value);
    const bool is_mean = how->method == GH_IMPUTE_MEAN;

    switch (how->method) {
    case GH_IMPUTE_MEAN:
    case GH_IMPUTE_MEDIAN:
        if (how->by == GH_IMPUTE_BY_ROW)
            return g_strdup(
                is_mean ? GH_T(lang, "a gap gets the mean of the unit's other indicators")
                        : GH_T(lang, "a gap gets the median of the unit's other indicators"));
        if (how->group != NULL)
            return gh_lang_fill(
                is_mean ? GH_T(lang, "a gap gets the mean of the units of the same {group}")
                        : GH_T(lang, "a gap gets the median of the units of the same {group}"),
                "group", how->group, NULL);
        return g_strdup(is_mean ? GH_T(lang, "a gap gets the mean of the other units")
                                : GH_T(lang, "a gap gets the median of the other units"));
    case GH_IMPUTE_CONSTANT:
        return gh_lang_fill(GH_T(lang, "a gap gets {value}"), "value", value, NULL);
    case GH_IMPUTE_LATEST:
        return g_strdup(GH_T(lang, "a gap gets the unit's last earlier year"));
    case GH_IMPUTE_LINEAR:
        return g_strdup(GH_T(lang, "a gap lies on the line through the unit's years around it"));
    case GH_IMPUTE_PANEL_CONSTANT:
        return g_strdup(GH_T(lang, "a gap lies on the line between the unit's years around it, "
                                   "beyond them it gets the nearest"));
    case GH_IMPUTE_REGRESSION:
        return g_strdup(GH_T(lang, "a gap is estimated from the other indicators by regression"));
    case GH_IMPUTE_EM:
        return g_strdup(GH_T(lang, "gaps are estimated from the other indicators by "
                                   "expectation-maximisation"));
    }
    g_assert_not_reached();
}

static char *
say_treat(const GhLang *lang, const GhIndexTreat *how)
{
    const GhIndexTreatOne *usual = &how->usual;
    g_autofree char *skew = number(lang, usual->skew);
    g_autofree char *kurt = number(lang, usual->kurt);
    g_autofree char *most = number(lang, usual->winmax);
    g_autofree char *when =
        usual->force ? g_strdup(GH_T(lang, "in every indicator"))
                     : gh_lang_fill(GH_T(lang, "where skewness reaches {skew} and kurtosis {kurt}"),
                                    "skew", skew, "kurt", kurt, NULL);
    g_autofree char *moved =
        usual->winmax < 0 ? g_strdup(GH_T(lang, "the outermost values are moved in"))
                          : gh_lang_fill(GH_T(lang, "at most {most} outermost values are moved in"),
                                         "most", most, NULL);
    const char *next =
        usual->transform == GH_TRANSFORM_NONE
            ? ""
            : GH_T(lang, "; where that does not suffice the indicator is transformed");

    return g_strdup_printf("%s: %s%s", when, moved, next);
}

static char *
say_normalise(const GhLang *lang, const GhIndexNormaliseOne *how)
{
    g_autofree char *low =
        number(lang, how->method == GH_NORMALISE_MIN_MAX ? how->lower : how->mean);
    g_autofree char *high =
        number(lang, how->method == GH_NORMALISE_MIN_MAX ? how->upper : how->sd);

    switch (how->method) {
    case GH_NORMALISE_MIN_MAX:
        return gh_lang_fill(GH_T(lang,
                                 "the worst unit of an indicator gets {low}, the best {high}, "
                                 "the others in proportion"),
                            "low", low, "high", high, NULL);
    case GH_NORMALISE_Z_SCORE:
        return gh_lang_fill(GH_T(lang, "an indicator gets the mean {mean} and the standard "
                                       "deviation {sd}"),
                            "mean", low, "sd", high, NULL);
    case GH_NORMALISE_RANK:
    case GH_NORMALISE_BORDA:
        return g_strdup(GH_T(lang, "a value becomes its place from the worst"));
    case GH_NORMALISE_PERCENTILE_RANK:
        return g_strdup(GH_T(lang, "a value becomes the share of units that are worse"));
    case GH_NORMALISE_DISTANCE_TO_MAX:
    case GH_NORMALISE_FRACTION_OF_MAX:
        return g_strdup(GH_T(lang, "a value becomes its nearness to the best, which is 1"));
    case GH_NORMALISE_DISTANCE_TO_REFERENCE:
        return gh_lang_fill(GH_T(lang, "a value becomes its nearness to {unit}, which is 1"),
                            "unit", how->reference, NULL);
    case GH_NORMALISE_DISTANCE_TO_TARGET:
        return g_strdup(GH_T(lang, "a value becomes its nearness to the target, which is 1"));
    case GH_NORMALISE_GOALPOSTS:
    case GH_NORMALISE_SCALED:
        return g_strdup(GH_T(lang, "a value becomes its way from a lower to an upper goal"));
    case GH_NORMALISE_MAZZIOTTA_PARETO:
        return g_strdup(GH_T(lang, "an indicator gets the mean 100 and the standard deviation 10"));
    case GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
        return g_strdup(GH_T(lang, "values lie between 70 and 130 about a reference of 100"));
    case GH_NORMALISE_NONE:
        return g_strdup(GH_T(lang, "figures stay as they are, but for their direction"));
    }
    g_assert_not_reached();
}

static const char *
say_weights(const GhLang *lang, const GhIndexWeighting *how)
{
    switch (how->method) {
    case GH_WEIGHTS_GIVEN:
        return GH_T(lang, "as given");
    case GH_WEIGHTS_EQUAL:
        return GH_T(lang, "equal within each group");
    case GH_WEIGHTS_BUDGET:
        return GH_T(lang, "means of the shares that experts gave");
    case GH_WEIGHTS_PCA:
        return GH_T(lang, "loadings on the first principal component");
    case GH_WEIGHTS_CORRELATION:
        return how->objective == GH_OBJECTIVE_BALANCE
                   ? GH_T(lang, "such that correlations with the index are as wished")
                   : GH_T(lang, "such that correlations with the index are as large as may be");
    case GH_WEIGHTS_BENEFIT_OF_THE_DOUBT:
        return GH_T(lang, "for each unit those that are the best for it");
    }
    g_assert_not_reached();
}

static char *
say_mean(const GhLang *lang, const GhIndexAggregateLevel *how)
{
    g_autofree char *power = number(lang, how->power);

    switch (how->method) {
    case GH_AGGREGATE_ARITHMETIC:
        return g_strdup(GH_T(lang, "weighted means"));
    case GH_AGGREGATE_GEOMETRIC:
        return g_strdup(GH_T(lang, "geometric means, which a weak part pulls down"));
    case GH_AGGREGATE_HARMONIC:
        return g_strdup(GH_T(lang, "harmonic means, which a weak part pulls down a lot"));
    case GH_AGGREGATE_POWER:
        return gh_lang_fill(GH_T(lang, "means of the power {power}"), "power", power, NULL);
    case GH_AGGREGATE_MEDIAN:
        return g_strdup(GH_T(lang, "weighted medians"));
    case GH_AGGREGATE_COPELAND:
        return g_strdup(GH_T(lang, "units beaten less units that won, in contests of each two"));
    case GH_AGGREGATE_OUTRANKING:
        return g_strdup(
            GH_T(lang, "the mean share of weight won in contests with each other unit"));
    case GH_AGGREGATE_MAZZIOTTA_PARETO:
        return g_strdup(how->penalty == GH_PENALTY_DOWN
                            ? GH_T(lang, "means less a penalty for parts out of balance")
                            : GH_T(lang, "means plus a penalty for parts out of balance"));
    }
    g_assert_not_reached();
}

/* The levels from the lowest, where they differ. */
static char *
say_aggregate(const GhLang *lang, const GhIndexAggregate *how)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (size_t l = 0; l < how->n_levels; l++) {
        g_autofree char *mean = say_mean(lang, &how->levels[l]);
        g_autofree char *level = g_strdup_printf("%zu", l + 2);
        g_autofree char *part = how->n_levels > 1
                                    ? gh_lang_fill(GH_T(lang, "level {level}: {mean}"), "level",
                                                   level, "mean", mean, NULL)
                                    : g_steal_pointer(&mean);
        g_string_append_printf(list, "%s%s", l > 0 ? "; " : "", part);
    }
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static char *
say_what(const GhLang *lang, const GhIndexStep *step)
{
    switch (step->kind) {
    case GH_INDEX_STEP_SCREEN:
        return say_screen(lang, &step->screen);
    case GH_INDEX_STEP_DENOMINATE:
        return g_strdup(GH_T(lang, "counts are divided by the size they belong to"));
    case GH_INDEX_STEP_IMPUTE:
        return say_impute(lang, &step->impute);
    case GH_INDEX_STEP_TREAT:
        return say_treat(lang, &step->treat);
    case GH_INDEX_STEP_NORMALISE:
        return say_normalise(lang, &step->normalise.usual);
    case GH_INDEX_STEP_WEIGHTS:
        return g_strdup(say_weights(lang, &step->weights));
    case GH_INDEX_STEP_AGGREGATE:
        return say_aggregate(lang, &step->aggregate);
    }
    g_assert_not_reached();
}

/* What stands under "indicators" of a step that has its own parameters for some. */
static size_t
count_own(const GhIndexStep *step)
{
    switch (step->kind) {
    case GH_INDEX_STEP_DENOMINATE:
        return step->denominate.n_indicators;
    case GH_INDEX_STEP_TREAT:
        return step->treat.n_own;
    case GH_INDEX_STEP_NORMALISE:
        return step->normalise.n_own;
    default:
        return 0;
    }
}

char *
gh_index_command_say_step(const GhIndexStep *step)
{
    const GhLang *lang = gh_command_lang();
    g_autofree char *what = say_what(lang, step);
    const size_t n_own = count_own(step);

    if (n_own == 0)
        return g_strdup_printf("%s: %s.", step->id, what);
    g_autofree char *count = g_strdup_printf("%zu", n_own);
    g_autofree char *own =
        gh_lang_fill(gh_lang_plural(lang, "One indicator is done in its own way.",
                                    "{n} indicators are done in their own way.", n_own),
                     "n", count, NULL);
    return g_strdup_printf("%s: %s. %s", step->id, what, own);
}
