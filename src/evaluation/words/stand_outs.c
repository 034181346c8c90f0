/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stand_outs.c - what is strong, weak, missing and unusual in a city's figures, in sentences. */
#include "evaluation/words/stand_outs.h"

#include <math.h>
#include <string.h>

#include "evaluation/words/say.h"
#include "evaluation/words/say_finding.h"

void
gh_stand_out_free(GhStandOut *stand_out)
{
    if (stand_out == NULL)
        return;
    g_free(stand_out->subject);
    g_free(stand_out->text);
    g_free(stand_out);
}

static void
free_stand_out(void *stand_out)
{
    gh_stand_out_free(stand_out);
}

/* What all sentences are made from. */
typedef struct {
    const GhEvaluation *evaluation;
    const GhFigureSet *earlier; /* NULL: none */
    const GhLang *lang;
    GPtrArray *stand_outs;
} Writing;

enum {
    ABOUT_NONE = -1
};

/* Takes subject and text. */
static void
add(const Writing *writing, GhStandOutKind kind, char *subject, char *text, gssize data_point,
    gssize group)
{
    GhStandOut *stand_out = g_new(GhStandOut, 1);

    *stand_out = (GhStandOut){
        .kind = kind, .subject = subject, .text = text, .data_point = data_point, .group = group};
    g_ptr_array_add(writing->stand_outs, stand_out);
}

/* -- strong and weak: the scored data points by their share -- */

static size_t
tier_of(const GhFramework *framework, size_t data_point)
{
    return framework->kpis[framework->data_points[data_point].kpi].tier;
}

/* The weakest first; of equal ones those of the tier that comes first, core before advanced. */
static int
compare_shares(gconstpointer a, gconstpointer b, gpointer data)
{
    const GhFramework *framework = data;
    const GhPointScore *left = *(const GhPointScore *const *)a;
    const GhPointScore *right = *(const GhPointScore *const *)b;
    size_t left_tier = tier_of(framework, left->data_point);
    size_t right_tier = tier_of(framework, right->data_point);

    if (left->share != right->share)
        return left->share < right->share ? -1 : 1;
    if (left_tier != right_tier)
        return left_tier < right_tier ? -1 : 1;
    return left->data_point < right->data_point ? -1 : left->data_point > right->data_point;
}

static int
compare_shares_strongest(gconstpointer a, gconstpointer b, gpointer data)
{
    const GhPointScore *left = *(const GhPointScore *const *)a;
    const GhPointScore *right = *(const GhPointScore *const *)b;

    if (left->share != right->share)
        return left->share > right->share ? -1 : 1;
    return compare_shares(a, b, data);
}

typedef bool (*InBand)(const GhFramework *framework, size_t band);

static bool
is_best(const GhFramework *framework, size_t band)
{
    return band + 1 == framework->n_bands;
}

static bool
is_worst(const GhFramework *framework, size_t band)
{
    (void)framework;
    return band == 0;
}

/* The two lowest bands, and never the best one. */
static bool
is_low(const GhFramework *framework, size_t band)
{
    return band < 2 && !is_best(framework, band);
}

/* The scored data points in such bands, of const GhPointScore *. */
static GPtrArray *
points_in(const GhEvaluation *evaluation, InBand in_band)
{
    GPtrArray *points = g_ptr_array_new();

    for (size_t i = 0; i < evaluation->scores->n_points; i++) {
        const GhPointScore *point = &evaluation->scores->points[i];
        if (point->scored && in_band(evaluation->framework, point->band))
            g_ptr_array_add(points, &evaluation->scores->points[i]);
    }
    return points;
}

static size_t
count_scored(const GhScores *scores)
{
    size_t n = 0;

    for (size_t i = 0; i < scores->n_points; i++)
        n += scores->points[i].scored ? 1 : 0;
    return n;
}

/* The target's value behind one with its unit: a short unit, as of percent, is repeated. */
static char *
say_aimed(const Writing *writing, size_t data_point, double value)
{
    enum {
        SHORT_UNIT = 3
    };
    const GhFramework *framework = writing->evaluation->framework;
    const char *unit = gh_say_unit(framework, writing->lang, data_point);

    if (g_utf8_strlen(unit, -1) <= SHORT_UNIT)
        return gh_say_value_unit(framework, writing->lang, data_point, value);
    return gh_say_value(writing->lang, &framework->data_points[data_point], value);
}

/* "95 % or more", "100 %" where more is not possible; NULL where the rule says it without a number. */
static char *
say_aim(const Writing *writing, size_t data_point)
{
    const GhTarget *target = &writing->evaluation->targets->targets[data_point];
    const GhDataPoint *point = &writing->evaluation->framework->data_points[data_point];
    const char *pattern = NULL;

    switch (target->rule) {
    case GH_RULE_HIGHER:
        pattern = target->target >= point->max ? "{t}" : GH_T(writing->lang, "{t} or more");
        break;
    case GH_RULE_LOWER_ZERO:
    case GH_RULE_LOWER_RANGE:
    case GH_RULE_BANDS:
        pattern = GH_T(writing->lang, "{t} or less");
        break;
    case GH_RULE_DISTANCE_TO_ONE:
        return g_strdup("1");
    case GH_RULE_YES_NO:
    case GH_RULE_NONE:
        return NULL;
    }
    if (isnan(target->target))
        return NULL;
    g_autofree char *t = say_aimed(writing, data_point, target->target);
    return gh_lang_fill(pattern, "t", t, NULL);
}

/* "70 % (65 % in 2018)": with what it was in the earlier year, where that is known. */
static char *
say_now_and_before(const Writing *writing, const GhPointScore *point)
{
    const GhFigureSet *earlier = writing->earlier;
    g_autofree char *now = gh_say_value_unit(writing->evaluation->framework, writing->lang,
                                             point->data_point, point->value);

    if (earlier == NULL || isnan(earlier->figures[point->data_point].value))
        return g_steal_pointer(&now);
    g_autofree char *year = g_strdup_printf("%d", earlier->year);
    g_autofree char *before =
        say_aimed(writing, point->data_point, earlier->figures[point->data_point].value);
    const char *pattern = earlier->figures[point->data_point].value == point->value
                              ? GH_T(writing->lang, "{now} (the same in {year})")
                              : GH_T(writing->lang, "{now} ({before} in {year})");
    return gh_lang_fill(pattern, "now", now, "before", before, "year", year, NULL);
}

/* "70 %; target 95 % or more, 74 % reached" */
static char *
say_point(const Writing *writing, const GhPointScore *point)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhLang *lang = writing->lang;
    g_autofree char *value = say_now_and_before(writing, point);
    g_autofree char *share = gh_say_score(framework, lang, point->share);
    g_autofree char *aim = say_aim(writing, point->data_point);
    bool is_full = point->share >= 100;
    /* Without an aim in numbers it is a yes. */
    const char *pattern = aim == NULL ? (is_full ? GH_T(lang, "{value}, target reached")
                                                 : GH_T(lang, "{value}, target not reached"))
                          : is_full   ? GH_T(lang, "{value}, target reached ({aim})")
                                      : GH_T(lang, "{value}; target {aim}, {share}\u00a0% reached");

    return gh_lang_fill(pattern, "value", value, "share", share, "aim", aim != NULL ? aim : "",
                        NULL);
}

/* "Scored figures: 11 of 33 on target" */
static void
add_count(const Writing *writing, GhStandOutKind kind, size_t band, size_t n)
{
    const GhEvaluation *evaluation = writing->evaluation;
    size_t n_scored = count_scored(evaluation->scores);
    g_autofree char *count = g_strdup_printf("%zu", n);
    g_autofree char *total = g_strdup_printf("%zu", n_scored);

    if (n == 0)
        return;
    add(writing, kind, g_strdup(GH_T(writing->lang, "Scored figures")),
        gh_lang_fill(GH_T(writing->lang, "{n} of {total} {band}"), "n", count, "total", total,
                     "band", gh_say_band(evaluation->framework, writing->lang, band), NULL),
        ABOUT_NONE, ABOUT_NONE);
}

static void
add_points(const Writing *writing, GhStandOutKind kind, const GPtrArray *points)
{
    for (guint i = 0; i < points->len; i++) {
        const GhPointScore *point = g_ptr_array_index(points, i);
        add(writing, kind,
            gh_say_figure(writing->evaluation->framework, writing->lang, point->data_point),
            say_point(writing, point), (gssize)point->data_point, ABOUT_NONE);
    }
}

static void
add_strong(const Writing *writing)
{
    const GhFramework *framework = writing->evaluation->framework;
    g_autoptr(GPtrArray) points = points_in(writing->evaluation, is_best);

    g_ptr_array_sort_with_data(points, compare_shares_strongest, (void *)(uintptr_t)framework);
    add_count(writing, GH_STAND_OUT_STRONG, framework->n_bands - 1, points->len);
    add_points(writing, GH_STAND_OUT_STRONG, points);
}

static void
add_weak(const Writing *writing)
{
    const GhFramework *framework = writing->evaluation->framework;
    g_autoptr(GPtrArray) worst = points_in(writing->evaluation, is_worst);
    g_autoptr(GPtrArray) points = points_in(writing->evaluation, is_low);

    g_ptr_array_sort_with_data(points, compare_shares, (void *)(uintptr_t)framework);
    add_count(writing, GH_STAND_OUT_WEAK, 0, worst->len);
    add_points(writing, GH_STAND_OUT_WEAK, points);
}

/* -- missing: what is asked for and not there -- */

static void
add_tier(const Writing *writing, size_t tier)
{
    const GhEvaluation *evaluation = writing->evaluation;
    GhTierRate rate = gh_scores_tier_rate(evaluation->framework, evaluation->scores, tier);
    size_t n_missing = rate.n_kpis - rate.n_any;
    g_autofree char *missing = g_strdup_printf("%zu", n_missing);
    g_autofree char *total = g_strdup_printf("%zu", rate.n_kpis);

    if (n_missing == 0)
        return;
    add(writing, GH_STAND_OUT_MISSING,
        g_strdup(gh_say_tier(evaluation->framework, writing->lang, tier)),
        gh_lang_fill(gh_lang_plural(writing->lang, "{n} of {total} indicator has no value",
                                    "{n} of {total} indicators have no value", rate.n_kpis),
                     "n", missing, "total", total, NULL),
        ABOUT_NONE, ABOUT_NONE);
}

/* The group of most figures first. */
static int
compare_groups(gconstpointer a, gconstpointer b, gpointer data)
{
    const GhFramework *framework = data;
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;
    size_t n_left = framework->groups[left].n_data_points;
    size_t n_right = framework->groups[right].n_data_points;

    if (n_left != n_right)
        return n_left > n_right ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* The lowest groups of which figures are asked for and none is there, of size_t. */
static GArray *
empty_groups(const GhEvaluation *evaluation)
{
    const GhFramework *framework = evaluation->framework;
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroupScore *score = &evaluation->scores->groups[i];
        if (framework->groups[i].level + 1 == framework->n_levels && score->reported == 0
            && score->total > 0)
            g_array_append_val(groups, i);
    }
    g_array_sort_with_data(groups, compare_groups, (void *)(uintptr_t)framework);
    return groups;
}

/* The name; with the top group's where several have it (Waste under Economy and Environment). */
static char *
say_group_apart(const Writing *writing, size_t index)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhGroup *group = &framework->groups[index];
    const char *name = gh_say_group(framework, writing->lang, group->name);

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *other = &framework->groups[i];
        if (i != index && other->level == group->level && strcmp(other->name, group->name) == 0)
            return g_strdup_printf("%s, %s", name,
                                   gh_say_group(framework, writing->lang, group->top));
    }
    return g_strdup(name);
}

static void
add_empty_groups(const Writing *writing)
{
    const GhEvaluation *evaluation = writing->evaluation;
    g_autoptr(GArray) groups = empty_groups(evaluation);

    if (groups->len == 0)
        return;
    add(writing, GH_STAND_OUT_MISSING, g_strdup(GH_T(writing->lang, "Groups without any figure")),
        g_strdup_printf("%u", groups->len), ABOUT_NONE, ABOUT_NONE);
    for (guint i = 0; i < groups->len; i++) {
        size_t index = g_array_index(groups, size_t, i);
        size_t n_total = evaluation->scores->groups[index].total;
        g_autofree char *total = g_strdup_printf("%zu", n_total);
        add(writing, GH_STAND_OUT_MISSING, say_group_apart(writing, index),
            gh_lang_fill(gh_lang_plural(writing->lang, "none of {total} figure",
                                        "none of {total} figures", n_total),
                         "total", total, NULL),
            ABOUT_NONE, (gssize)index);
    }
}

/* -- unusual: what the checks found -- */

static void
add_finding(const Writing *writing, const GhFinding *finding)
{
    const GhFramework *framework = writing->evaluation->framework;
    const GhCheck *check = &framework->checks[finding->check];
    const char *message =
        gh_framework_text(framework, writing->lang, "check", check->id, "message", check->message);
    /* A check over nearly all data points is about none of them. */
    bool about_one =
        finding->n_data_points > 0 && finding->n_data_points < framework->n_data_points / 2;
    gssize data_point = about_one ? (gssize)finding->data_points[0] : (gssize)ABOUT_NONE;
    g_autofree char *found = gh_say_finding(framework, writing->lang, finding);

    add(writing, GH_STAND_OUT_UNUSUAL,
        about_one ? gh_say_figure(framework, writing->lang, finding->data_points[0])
                  : g_strdup(GH_T(writing->lang, "All figures")),
        found != NULL ? g_strdup_printf("%s. %s", found, message) : g_strdup(message), data_point,
        ABOUT_NONE);
}

static void
add_unusual(const Writing *writing)
{
    const GhEvaluation *evaluation = writing->evaluation;
    g_autoptr(GPtrArray) findings = gh_checks_run(evaluation->framework, evaluation->city,
                                                  evaluation->figures, writing->earlier);

    for (guint i = 0; i < findings->len; i++)
        add_finding(writing, g_ptr_array_index(findings, i));
}

GPtrArray *
gh_stand_outs(const GhEvaluation *evaluation, const GhFigureSet *earlier, const GhLang *lang)
{
    const Writing writing = {.evaluation = evaluation,
                             .earlier = earlier,
                             .lang = lang,
                             .stand_outs = g_ptr_array_new_with_free_func(free_stand_out)};

    add_strong(&writing);
    add_weak(&writing);
    for (size_t i = 0; i < evaluation->framework->n_tiers; i++)
        add_tier(&writing, i);
    add_empty_groups(&writing);
    add_unusual(&writing);
    return writing.stand_outs;
}
