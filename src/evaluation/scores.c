/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores.c - from points to the score of a group: a flat pool over all its data points.
 *
 * Source: U4SSC Verification Report, Canton of Geneva, 2022, p. 12. Coverage, lowest and highest are
 * ours: FORMATS, section 1, and docs/methodology.md.
 */

#include "evaluation/scores.h"

#include <math.h>

#include "evaluation/scores_private.h"

GhScores *
gh_scores_new(const GhFramework *framework)
{
    GhScores *scores = g_new0(GhScores, 1);

    scores->n_points = framework->n_data_points;
    scores->points = g_new0(GhPointScore, scores->n_points);
    scores->n_kpis = framework->n_kpis;
    scores->kpis = g_new0(GhScoreRange, scores->n_kpis);
    scores->n_groups = framework->n_groups;
    scores->groups = g_new0(GhGroupScore, scores->n_groups);
    return scores;
}

void
gh_scores_free(GhScores *scores)
{
    if (scores == NULL)
        return;
    g_free(scores->points);
    g_free(scores->kpis);
    g_free(scores->groups);
    g_free(scores);
}

static bool
figure_has_value(const GhFigure *figure)
{
    return (figure->status == GH_STATUS_REPORTED || figure->status == GH_STATUS_NOT_VERIFIED)
           && !isnan(figure->value);
}

/* Whether a value that is there is left out. A city's word that a data point does not apply to it
 * is no value and stands in any case. */
static bool
figure_is_left_out(const GhFigure *figure, bool verified_only)
{
    return verified_only && (!figure->verified || figure->status == GH_STATUS_NOT_VERIFIED);
}

static void
compute_point(const GhFramework *framework, const GhTarget *target, const GhFigure *figure,
              bool verified_only, GhPointScore *point)
{
    point->status = figure->status;
    point->value = NAN;
    point->scored = false;
    point->share = NAN;
    point->points = 0;
    point->band = 0;
    if (!figure_has_value(figure))
        return;
    if (figure_is_left_out(figure, verified_only)) {
        point->status = GH_STATUS_NOT_VERIFIED;
        return;
    }
    point->value = figure->value;
    if (target->rule == GH_RULE_NONE)
        return;

    point->scored = true;
    point->share = gh_score_share(target, figure->value);
    point->band = gh_score_band(framework, point->share);
    if (framework->scoring == GH_SCORING_POINTS)
        point->points = framework->bands[point->band].points;
}

static void
count_points(const size_t *data_points, size_t n_data_points, const GhTargetSet *targets,
             const GhPointScore *points, GhGroupScore *score)
{
    for (size_t i = 0; i < n_data_points; i++) {
        size_t data_point = data_points[i];
        const GhPointScore *point = &points[data_point];

        if (point->status == GH_STATUS_NOT_APPLICABLE)
            continue;
        score->total++;
        score->reported += isnan(point->value) ? 0 : 1;
        score->targeted += targets->targets[data_point].rule != GH_RULE_NONE;
        score->scored += point->scored;
        score->points += point->points;
    }
    score->coverage =
        score->total > 0 ? 100.0 * (double)score->reported / (double)score->total : NAN;
}

static double
percent_of(size_t points, size_t max_points)
{
    return 100.0 * (double)points / (double)max_points;
}

/* score = 100 x sum of points / (4 x scored data points); a missing one would get 1 to 4 points. */
static void
pool_points(const GhFramework *framework, GhGroupScore *score)
{
    size_t best = (size_t)gh_score_points_max(framework);
    size_t worst = (size_t)framework->bands[0].points;
    size_t points = (size_t)score->points;
    size_t n_open = score->targeted - score->scored;

    score->max_points = (int)(best * score->scored);
    if (score->scored > 0) {
        score->has_score = true;
        score->score = percent_of(points, best * score->scored);
        score->band = gh_score_band(framework, score->score);
    }
    if (score->targeted > 0) {
        score->lowest = percent_of(points + worst * n_open, best * score->targeted);
        score->highest = percent_of(points + best * n_open, best * score->targeted);
    }
}

GhGroupScore
gh_scores_pool(const GhFramework *framework, const GhTargetSet *targets, const GhPointScore *points,
               const size_t *data_points, size_t n_data_points)
{
    GhGroupScore score = {.group = SIZE_MAX, .score = NAN, .lowest = NAN, .highest = NAN};

    count_points(data_points, n_data_points, targets, points, &score);
    if (framework->scoring == GH_SCORING_POINTS)
        pool_points(framework, &score);
    return score;
}

void
gh_scores_compute(const GhFramework *framework, const GhTargetSet *targets,
                  const GhFigureSet *figures, const GhScoreOptions *options, GhScores *scores)
{
    g_assert(figures->n_figures == framework->n_data_points);
    g_assert(scores->n_points == framework->n_data_points);
    g_assert(scores->n_groups == framework->n_groups);

    scores->verified_only = options->verified_only;
    for (size_t i = 0; i < scores->n_points; i++) {
        scores->points[i].data_point = i;
        compute_point(framework, &targets->targets[i], &figures->figures[i], options->verified_only,
                      &scores->points[i]);
    }
    for (size_t i = 0; i < scores->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];

        scores->groups[i] = gh_scores_pool(framework, targets, scores->points, group->data_points,
                                           group->n_data_points);
        scores->groups[i].group = i;
    }
    if (framework->scoring != GH_SCORING_POINTS)
        gh_scores_compute_means(framework, targets, scores);
}

void
gh_scores_lens(const GhFramework *framework, const GhTargetSet *targets, const GhScores *scores,
               const GhLens *lens, GhGroupScore *ret_groups)
{
    for (size_t i = 0; i < lens->n_groups; i++) {
        const GhLensGroup *group = &lens->groups[i];

        ret_groups[i] = gh_scores_pool(framework, targets, scores->points, group->data_points,
                                       group->n_data_points);
        if (framework->scoring != GH_SCORING_POINTS)
            gh_scores_mean_of_kpis(framework, scores, group->kpis, group->n_kpis, &ret_groups[i]);
        ret_groups[i].group = i;
    }
}

GhTierRate
gh_scores_tier_rate(const GhFramework *framework, const GhScores *scores, size_t tier)
{
    GhTierRate rate = {0};

    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        size_t n_applicable = 0;
        size_t n_values = 0;

        if (kpi->tier != tier)
            continue;
        for (size_t k = 0; k < kpi->n_data_points; k++) {
            const GhPointScore *point = &scores->points[kpi->first_data_point + k];

            n_applicable += point->status != GH_STATUS_NOT_APPLICABLE;
            n_values += isnan(point->value) ? 0 : 1;
        }
        rate.n_kpis += n_applicable > 0;
        rate.n_any += n_values > 0;
        rate.n_all += n_applicable > 0 && n_values == n_applicable;
    }
    return rate;
}
