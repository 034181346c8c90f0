/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_explain.c - the arithmetic behind each share and each score, as a person would write it. */

#include "evaluation/written_private.h"

#include <math.h>

#include "base/layout.h"
#include "evaluation/words/say.h"

enum {
    INDENT = 4,
    DECIMALS = 6,       /* inputs: as many as figures have */
    DECIMALS_SHARE = 2, /* results */
    TERMS_MAX = 12,     /* points are added one by one up to here, above by kind */
};

static char *
input(const GhWriting *writing, double value)
{
    return gh_lang_number(writing->lang, value, DECIMALS);
}

static char *
result(const GhWriting *writing, double value)
{
    return gh_lang_number(writing->lang, value, DECIMALS_SHARE);
}

static void
write_line(const GhWriting *writing, const char *line)
{
    gh_layout_wrap(writing->out, line, INDENT, writing->width);
}

/* -- from value to share -- */

/* The quotient before it is cut to 0..100 %, so that "of 120 %, 100 % count" can be told. */
static char *
quotient(const GhWriting *writing, const char *formula, double percent, double share)
{
    g_autofree char *shown = result(writing, percent);
    g_autofree char *counted = result(writing, share);

    if (fabs(percent - share) < 0.005) /* the same in the two decimals shown */
        return g_strdup_printf("%s = %s %%", formula, shown);
    return gh_lang_fill(GH_T(writing->lang, "{formula} = {percent} %, counts as {share} %"),
                        "formula", formula, "percent", shown, "share", counted, NULL);
}

static char *
met_or_not(const GhWriting *writing, const char *pattern, const GhTarget *target, double value,
           double share)
{
    g_autofree char *v = input(writing, value);
    g_autofree char *t = isnan(target->target) ? g_strdup("") : input(writing, target->target);
    g_autofree char *w = isnan(target->worst) ? g_strdup("") : input(writing, target->worst);
    g_autofree char *s = result(writing, share);

    return gh_lang_fill(pattern, "value", v, "target", t, "worst", w, "share", s, NULL);
}

static char *
higher_text(const GhWriting *writing, const GhTarget *target, double value, double share)
{
    if (target->target <= 0)
        return met_or_not(writing,
                          share > 0 ? GH_T(writing->lang, "{value} reaches {target}: {share} %")
                                    : GH_T(writing->lang, "{value} is below {target}: {share} %"),
                          target, value, share);

    g_autofree char *v = input(writing, value);
    g_autofree char *t = input(writing, target->target);
    g_autofree char *formula = g_strdup_printf("%s / %s", v, t);
    return quotient(writing, formula, 100 * value / target->target, share);
}

static char *
lower_zero_text(const GhWriting *writing, const GhTarget *target, double value, double share)
{
    if (value <= target->target)
        return met_or_not(writing, GH_T(writing->lang, "{value} is at most {target}: {share} %"),
                          target, value, share);
    if (target->target <= 0)
        return met_or_not(writing, GH_T(writing->lang, "{value} is above {target}: {share} %"),
                          target, value, share);

    g_autofree char *v = input(writing, value);
    g_autofree char *t = input(writing, target->target);
    g_autofree char *formula = g_strdup_printf("%s / %s", t, v);
    return quotient(writing, formula, 100 * target->target / value, share);
}

static char *
lower_range_text(const GhWriting *writing, const GhTarget *target, double value, double share)
{
    g_autofree char *v = input(writing, value);
    g_autofree char *t = input(writing, target->target);
    g_autofree char *w = input(writing, target->worst);
    g_autofree char *formula = g_strdup_printf("(%s - %s) / (%s - %s)", w, v, w, t);

    return quotient(writing, formula,
                    100 * (target->worst - value) / (target->worst - target->target), share);
}

static char *
distance_text(const GhWriting *writing, const GhTarget *target, double value, double share)
{
    if (value <= 0)
        return met_or_not(writing, GH_T(writing->lang, "{value} is not above 0: {share} %"), target,
                          value, share);

    g_autofree char *v = input(writing, value);
    g_autofree char *formula =
        value < 1 ? g_strdup_printf("%s / 1", v) : g_strdup_printf("1 / %s", v);
    return quotient(writing, formula, share, share);
}

static const char *
bands_pattern(const GhLang *lang, const GhTarget *target, double value)
{
    if (value <= target->target)
        return GH_T(lang, "{value} is at most {target}: {share} %");
    if (value <= target->worst)
        return GH_T(lang, "{value} is above {target} and at most {worst}: {share} %");
    return GH_T(lang, "{value} is above {worst}: {share} %");
}

static char *
share_text(const GhWriting *writing, const GhTarget *target, double value, double share)
{
    switch (target->rule) {
    case GH_RULE_NONE:
        break;
    case GH_RULE_HIGHER:
        return higher_text(writing, target, value, share);
    case GH_RULE_LOWER_ZERO:
        return lower_zero_text(writing, target, value, share);
    case GH_RULE_LOWER_RANGE:
        return lower_range_text(writing, target, value, share);
    case GH_RULE_DISTANCE_TO_ONE:
        return distance_text(writing, target, value, share);
    case GH_RULE_YES_NO:
        return met_or_not(writing,
                          value >= 1 ? GH_T(writing->lang, "yes: {share} %")
                                     : GH_T(writing->lang, "no: {share} %"),
                          target, value, share);
    case GH_RULE_BANDS:
        return met_or_not(writing, bands_pattern(writing->lang, target, value), target, value,
                          share);
    }
    g_assert_not_reached();
}

/* "42 150 / 43 000 x 100", where the figure has its parts. */
static void
write_parts(const GhWriting *writing, const GhDataPoint *data_point, const GhFigure *figure)
{
    if (isnan(figure->numerator) || isnan(figure->denominator) || isnan(figure->value))
        return;

    g_autofree char *numerator = input(writing, figure->numerator);
    g_autofree char *denominator = input(writing, figure->denominator);
    g_autofree char *factor = input(writing, data_point->factor);
    g_autofree char *value = input(writing, figure->value);
    const char *pattern =
        figure->how == GH_HOW_TYPED_OVER
            ? GH_T(writing->lang, "value {value}, typed over; its parts are {numerator} / "
                                  "{denominator} x {factor}")
            : GH_T(writing->lang, "value {numerator} / {denominator} x {factor} = {value}");
    g_autofree char *line = gh_lang_fill(pattern, "numerator", numerator, "denominator",
                                         denominator, "factor", factor, "value", value, NULL);
    write_line(writing, line);
}

static void
write_share(const GhWriting *writing, const GhTarget *target, const GhPointScore *point)
{
    const GhFramework *framework = writing->evaluation->framework;
    g_autofree char *share = share_text(writing, target, point->value, point->share);
    g_autofree char *points = g_strdup_printf("%d", point->points);

    if (framework->scoring != GH_SCORING_POINTS || framework->n_bands == 0) {
        write_line(writing, share);
        return;
    }
    g_autofree char *line = gh_lang_fill(
        gh_lang_plural(writing->lang, "{share} -> {points} point ({band} %)",
                       "{share} -> {points} points ({band} %)", (unsigned long)point->points),
        "share", share, "points", points, "band", framework->bands[point->band].label, NULL);
    write_line(writing, line);
}

static const char *
target_pattern(const GhLang *lang, const GhTarget *target)
{
    if (target->rule == GH_RULE_NONE)
        return GH_T(lang, "see: {source}");
    if (*target->confidence == '\0')
        return GH_T(lang, "target from: {source}");
    return GH_T(lang, "target from: {source} ({confidence})");
}

/* Where the target comes from and the reason, or why there is none. */
static void
write_target(const GhWriting *writing, const GhDataPoint *data_point, const GhTarget *target)
{
    const GhEvaluation *evaluation = writing->evaluation;
    g_autofree char *subject = g_strconcat("target:", evaluation->targets->id, NULL);
    const char *source = gh_framework_text(evaluation->framework, writing->lang, subject,
                                           data_point->id, "source", target->source);
    const char *explanation = gh_framework_text(evaluation->framework, writing->lang, subject,
                                                data_point->id, "explanation", target->explanation);

    if (*source != '\0') {
        g_autofree char *line = gh_lang_fill(target_pattern(writing->lang, target), "source",
                                             source, "confidence", target->confidence, NULL);
        write_line(writing, line);
    }
    if (*explanation != '\0')
        write_line(writing, explanation);
}

void
gh_written_explain_point(const GhWriting *writing, size_t data_point)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhDataPoint *definition = &evaluation->framework->data_points[data_point];
    const GhTarget *target = &evaluation->targets->targets[data_point];
    const GhPointScore *point = &evaluation->scores->points[data_point];
    const GhFigure *figure = &evaluation->figures->figures[data_point];

    write_line(writing, definition->id);
    if (!isnan(point->value))
        write_parts(writing, definition, figure);
    if (target->rule == GH_RULE_NONE)
        write_line(writing, GH_T(writing->lang, "no target: not scored"));
    else if (point->scored)
        write_share(writing, target, point);
    else if (point->status == GH_STATUS_NOT_APPLICABLE)
        write_line(writing, GH_T(writing->lang, "does not apply to this city: left out"));
    else if (point->status == GH_STATUS_NOT_VERIFIED && !isnan(figure->value))
        write_line(writing, GH_T(writing->lang, "not verified: left out"));
    else
        write_line(writing, GH_T(writing->lang, "no figure: open from the lowest to the highest"));
    write_target(writing, definition, target);
    if (!isnan(point->value) && figure->source != NULL && *figure->source != '\0') {
        g_autofree char *line = gh_lang_fill(GH_T(writing->lang, "figure from: {source}"), "source",
                                             figure->source, NULL);
        write_line(writing, line);
    }
}

/* -- from points to a group -- */

/* "1 + 3 + 4 + 1", or for many "2 x 1 + 5 x 3 + 30 x 4". */
static char *
sum_of_points(const GhEvaluation *evaluation, const GhGroup *group, size_t n_scored)
{
    g_autoptr(GString) sum = g_string_new(NULL);
    int points_max = gh_score_points_max(evaluation->framework);

    if (n_scored <= TERMS_MAX) {
        for (size_t i = 0; i < group->n_data_points; i++) {
            const GhPointScore *point = &evaluation->scores->points[group->data_points[i]];
            if (point->scored)
                g_string_append_printf(sum, "%s%d", sum->len > 0 ? " + " : "", point->points);
        }
        return g_string_free(g_steal_pointer(&sum), FALSE);
    }
    for (int points = 1; points <= points_max; points++) {
        size_t n = 0;
        for (size_t i = 0; i < group->n_data_points; i++)
            n += evaluation->scores->points[group->data_points[i]].points == points ? 1 : 0;
        if (n > 0)
            g_string_append_printf(sum, "%s%zu x %d", sum->len > 0 ? " + " : "", n, points);
    }
    return g_string_free(g_steal_pointer(&sum), FALSE);
}

static void
explain_pool(const GhWriting *writing, const GhGroup *group, const GhGroupScore *score)
{
    int best = gh_score_points_max(writing->evaluation->framework);
    g_autofree char *sum = sum_of_points(writing->evaluation, group, score->scored);
    g_autofree char *max = g_strdup_printf("%d x %zu", best, score->scored);
    g_autofree char *points = g_strdup_printf("%d / %d", score->points, score->max_points);
    g_autofree char *percent = result(writing, score->score);
    g_autofree char *line =
        gh_lang_fill(GH_T(writing->lang, "({sum}) / ({max}) = {points} = {percent} %"), "sum", sum,
                     "max", max, "points", points, "percent", percent, NULL);

    write_line(writing, line);
}

static void
explain_open(const GhWriting *writing, const GhGroupScore *score)
{
    int best = gh_score_points_max(writing->evaluation->framework);
    size_t n_open = score->targeted - score->scored;
    g_autofree char *open = g_strdup_printf("%zu", n_open);
    g_autofree char *lowest = result(writing, score->lowest);
    g_autofree char *highest = result(writing, score->highest);
    g_autofree char *low = g_strdup_printf("(%d + %zu x 1) / (%d x %zu)", score->points, n_open,
                                           best, score->targeted);
    g_autofree char *high = g_strdup_printf("(%d + %zu x %d) / (%d x %zu)", score->points, n_open,
                                            best, best, score->targeted);
    g_autofree char *line = gh_lang_fill(
        GH_T(writing->lang, "{n} open: lowest {low} = {lowest} %, highest {high} = "
                            "{highest} %"),
        "n", open, "low", low, "lowest", lowest, "high", high, "highest", highest, NULL);

    write_line(writing, line);
}

/* -- from shares to a group, where scoring is continuous -- */

static void
append_part(const GhWriting *writing, GString *parts, const char *name, double score, double weight)
{
    if (isnan(score))
        return;

    g_autofree char *percent = result(writing, score);
    g_autofree char *weight_text = input(writing, weight);
    g_string_append_printf(parts, "%s%s %s x %s", parts->len > 0 ? ", " : "", name, percent,
                           weight_text);
}

static void
explain_mean(const GhWriting *writing, const GhGroup *group, const GhGroupScore *score)
{
    const GhEvaluation *evaluation = writing->evaluation;
    const GhFramework *framework = evaluation->framework;
    g_autoptr(GString) parts = g_string_new(NULL);

    if (group->level + 1 == framework->n_levels) {
        for (size_t i = 0; i < group->n_kpis; i++) {
            const GhKpi *kpi = &framework->kpis[group->kpis[i]];
            append_part(writing, parts, kpi->id, evaluation->scores->kpis[group->kpis[i]].score,
                        kpi->weight);
        }
    } else {
        for (size_t i = 0; i < group->n_children; i++) {
            const GhGroup *child = &framework->groups[group->children[i]];
            append_part(writing, parts, gh_say_group(framework, writing->lang, child->name),
                        evaluation->scores->groups[group->children[i]].score, child->weight);
        }
    }
    g_autofree char *percent = result(writing, score->score);
    g_autofree char *line = gh_lang_fill(
        framework->scoring == GH_SCORING_ARITHMETIC
            ? GH_T(writing->lang, "arithmetic mean, score x weight, of {parts} = {percent} %")
            : GH_T(writing->lang, "geometric mean, score x weight, of {parts} = {percent} %"),
        "parts", parts->str, "percent", percent, NULL);
    write_line(writing, line);
}

void
gh_written_explain_group(const GhWriting *writing, const GhGroupScore *score)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhGroup *group = &framework->groups[score->group];
    bool pooled = framework->scoring == GH_SCORING_POINTS;

    if (score->targeted == 0)
        write_line(writing, GH_T(writing->lang, "no data point here has a target"));
    else if (!score->has_score)
        write_line(writing, GH_T(writing->lang, "nothing scored yet"));
    else if (pooled)
        explain_pool(writing, group, score);
    else
        explain_mean(writing, group, score);
    if (pooled && score->targeted > score->scored)
        explain_open(writing, score);
}
