/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores_means.c - the continuous rule: weighted means of shares, level by level.
 *
 * data points -> KPI -> lowest level -> ... -> top level. At each step the mean is taken over the
 * children that have a score, so a missing child passes its weight on to the others. For lowest and
 * highest every targeted child counts, with 0 or 100 where nothing is known.
 *
 * Source: FORMATS, section 1. Geometric: exp(sum(w ln x) / sum(w)), in shares of 0..1 so that a group
 * of nothing but 100 % stays exactly 100 %; one 0 makes the mean 0.
 */

#include "evaluation/scores_private.h"

#include <math.h>

/* A weighted mean in the making. */
typedef struct {
    GhScoring scoring;
    double sum;    /* of w x, or of w ln x */
    double weight; /* of w */
    bool zero;     /* geometric: one x was 0 */
} Mean;

static void
mean_add(Mean *mean, double percent, double weight)
{
    if (isnan(percent) || weight <= 0)
        return;

    mean->weight += weight;
    if (mean->scoring == GH_SCORING_ARITHMETIC)
        mean->sum += weight * percent;
    else if (percent > 0)
        mean->sum += weight * log(percent / 100);
    else
        mean->zero = true;
}

/* NAN of nothing. */
static double
mean_result(const Mean *mean)
{
    if (mean->weight <= 0)
        return NAN;
    if (mean->scoring == GH_SCORING_ARITHMETIC)
        return CLAMP(mean->sum / mean->weight, 0.0, 100.0);
    return mean->zero ? 0 : CLAMP(100 * exp(mean->sum / mean->weight), 0.0, 100.0);
}

/* The three means of a parent together: over its scored children, and over all targeted ones at
 * their lowest and at their highest. */
typedef struct {
    Mean score, lowest, highest;
} Means;

static Means
means_of(GhScoring scoring)
{
    const Mean none = {.scoring = scoring};

    return (Means){.score = none, .lowest = none, .highest = none};
}

static void
means_add(Means *means, const GhScoreRange *child, double weight)
{
    mean_add(&means->score, child->score, weight);
    mean_add(&means->lowest, child->lowest, weight);
    mean_add(&means->highest, child->highest, weight);
}

static GhScoreRange
means_result(const Means *means)
{
    return (GhScoreRange){
        .score = mean_result(&means->score),
        .lowest = mean_result(&means->lowest),
        .highest = mean_result(&means->highest),
    };
}

static GhScoreRange
point_range(const GhPointScore *point, const GhTarget *target)
{
    if (point->scored)
        return (GhScoreRange){point->share, point->share, point->share};
    if (target->rule == GH_RULE_NONE || point->status == GH_STATUS_NOT_APPLICABLE)
        return (GhScoreRange){NAN, NAN, NAN};
    return (GhScoreRange){NAN, 0, 100};
}

static GhScoreRange
kpi_range(const GhFramework *framework, const GhTargetSet *targets, const GhScores *scores,
          const GhKpi *kpi)
{
    Means means = means_of(framework->scoring);

    for (size_t k = 0; k < kpi->n_data_points; k++) {
        size_t i = kpi->first_data_point + k;
        const GhScoreRange range = point_range(&scores->points[i], &targets->targets[i]);

        means_add(&means, &range, framework->data_points[i].weight);
    }
    return means_result(&means);
}

static GhScoreRange
kpis_range(const GhFramework *framework, const GhScores *scores, const size_t *kpis, size_t n_kpis)
{
    Means means = means_of(framework->scoring);

    for (size_t i = 0; i < n_kpis; i++)
        means_add(&means, &scores->kpis[kpis[i]], framework->kpis[kpis[i]].weight);
    return means_result(&means);
}

/* A group of the lowest level has KPIs as its children, the others have groups. */
static GhScoreRange
group_range(const GhFramework *framework, const GhScores *scores, const GhGroup *group)
{
    Means means = means_of(framework->scoring);

    if (group->level + 1 == framework->n_levels)
        return kpis_range(framework, scores, group->kpis, group->n_kpis);
    for (size_t k = 0; k < group->n_children; k++) {
        const GhGroupScore *child = &scores->groups[group->children[k]];
        const GhScoreRange range = {child->score, child->lowest, child->highest};

        means_add(&means, &range, framework->groups[child->group].weight);
    }
    return means_result(&means);
}

static void
set_range(const GhFramework *framework, const GhScoreRange *range, GhGroupScore *score)
{
    score->has_score = !isnan(range->score);
    score->score = range->score;
    score->lowest = range->lowest;
    score->highest = range->highest;
    if (score->has_score)
        score->band = gh_score_band(framework, range->score);
}

void
gh_scores_mean_of_kpis(const GhFramework *framework, const GhScores *scores, const size_t *kpis,
                       size_t n_kpis, GhGroupScore *score)
{
    const GhScoreRange range = kpis_range(framework, scores, kpis, n_kpis);

    set_range(framework, &range, score);
}

void
gh_scores_compute_means(const GhFramework *framework, const GhTargetSet *targets, GhScores *scores)
{
    for (size_t i = 0; i < framework->n_kpis; i++)
        scores->kpis[i] = kpi_range(framework, targets, scores, &framework->kpis[i]);

    /* Groups stand top level first: backwards, children come before their parents. */
    for (size_t i = framework->n_groups; i-- > 0;) {
        const GhScoreRange range = group_range(framework, scores, &framework->groups[i]);

        set_range(framework, &range, &scores->groups[i]);
    }
}
