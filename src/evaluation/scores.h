/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scores.h - from a value to points, from points to the score of a group.
 *
 * Pure rules: numbers in, numbers out; no database, no clock.
 *
 * Units     Shares and scores in percent, 0..100. Points 1..n_bands.
 * Rounding  A share is rounded to 9 decimals before points are given, so a value that lies on a bound
 *           in decimal arithmetic counts upwards although binary doubles fall short of it.
 * Source    Shares: FORMATS, section 1 (our rules; docs/methodology.md). Bands and roll-up: U4SSC
 *           Verification Report, Canton of Geneva, 2022, p. 12.
 * Threads   All functions are pure.
 */
#pragma once

#include "evaluation/figures.h"
#include "framework/framework.h"

/* How much of the target a value reaches, 0..100, not rounded. value is finite. NAN for
 * rule none. Where a rule's quotient has no meaning (target 0 or below) the target is met or not:
 * 100 or 0; docs/methodology.md and the tests list these edges. */
double gh_score_share(const GhTarget *target, double value);

/* The index of the band in which a share (or a group's score) lies: 0..n_bands - 1. */
size_t gh_score_band(const GhFramework *framework, double share);

/* The points of the best band. */
int gh_score_points_max(const GhFramework *framework);

/* One data point. */
typedef struct {
    size_t data_point;
    GhStatus status; /* not_verified also where verified_only left the value out */
    double value;    /* NAN: none, or left out */
    bool scored;     /* has a value, a target, and counts (verified_only) */
    double share;    /* NAN unless scored */
    int points;      /* 0 unless scored; also 0 where scoring is continuous */
    size_t band;     /* valid when scored */
} GhPointScore;

/* One group. */
typedef struct {
    size_t group;
    bool has_score;
    int points, max_points; /* pooled; 0 where scoring is continuous */
    double score;           /* NAN unless has_score */
    size_t band;            /* valid when has_score */
    size_t scored, reported, total;
    size_t targeted;        /* applicable data points that have a target */
    double coverage;        /* percent; NAN when total is 0 */
    double lowest, highest; /* NAN when nothing has a target */
} GhGroupScore;

/* A mean and the range that missing figures leave open: of a KPI where scoring is continuous. */
typedef struct {
    double score;           /* NAN: nothing scored */
    double lowest, highest; /* NAN: nothing has a target */
} GhScoreRange;

typedef struct {
    GhPointScore *points; /* n_points = framework->n_data_points */
    size_t n_points;
    GhScoreRange *kpis; /* n_kpis = framework->n_kpis; filled where scoring is continuous only */
    size_t n_kpis;
    GhGroupScore *groups; /* n_groups = framework->n_groups */
    size_t n_groups;
    bool verified_only; /* as computed */
} GhScores;

typedef struct {
    bool verified_only; /* figures not verified count as missing */
} GhScoreOptions;

GhScores *gh_scores_new(const GhFramework *framework);
void gh_scores_free(GhScores *scores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhScores, gh_scores_free)

/* Fills scores (reused between cities without allocating). Points and shares of data points are the
 * same under every scoring rule; groups pool points, or take weighted means level by level. */
void gh_scores_compute(const GhFramework *framework, const GhTargetSet *targets,
                       const GhFigureSet *figures, const GhScoreOptions *options, GhScores *scores);

/* The groups of a lens, scored as those of the framework from the same points: pooled flat over their data
 * points, or where scoring is continuous as the weighted mean of their KPIs. scores: computed before.
 * ret_groups[lens->n_groups]; their group is the index in lens->groups. */
void gh_scores_lens(const GhFramework *framework, const GhTargetSet *targets,
                    const GhScores *scores, const GhLens *lens, GhGroupScore *ret_groups);

/* Share of KPIs of a tier (core, advanced) with at least one value, and with all: percent of the KPIs
 * that are applicable. */
typedef struct {
    size_t n_kpis, n_any, n_all;
} GhTierRate;
GhTierRate gh_scores_tier_rate(const GhFramework *framework, const GhScores *scores, size_t tier);
