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

/* How much of the target a value reaches, 0..100, rounded to 9 decimals. value is finite. NAN for
 * rule none. Edge cases (t = 0, v = 0) are in docs/methodology.md and in the tests. */
double gh_score_share(const GhTarget *target, double value);

/* Points for a share, and the band's index. share is 0..100. */
size_t gh_score_band(const GhFramework *framework, double share);

/* One data point. */
typedef struct {
    size_t data_point;
    GhStatus status;
    double value; /* NAN: none */
    bool scored;  /* has a value, a target, and counts (verified_only) */
    double share; /* NAN unless scored */
    int points;   /* 0 unless scored; also 0 where scoring is continuous */
    size_t band;  /* valid when scored */
} GhPointScore;

/* One group. */
typedef struct {
    size_t group;
    bool has_score;
    int points, max_points;      /* pooled; 0 where scoring is continuous */
    double score;                /* NAN unless has_score */
    size_t band;                 /* valid when has_score */
    size_t scored, reported, total;
    size_t targeted;             /* applicable data points that have a target */
    double coverage;             /* percent; NAN when total is 0 */
    double lowest, highest;      /* NAN when nothing has a target */
} GhGroupScore;

typedef struct {
    GhPointScore *points; /* n_points = framework->n_data_points */
    size_t n_points;
    GhGroupScore *groups; /* n_groups = framework->n_groups */
    size_t n_groups;
} GhScores;

typedef struct {
    bool verified_only; /* figures not verified count as missing */
} GhScoreOptions;

GhScores *gh_scores_new(const GhFramework *framework);
void gh_scores_free(GhScores *scores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhScores, gh_scores_free)

/* Fills scores (reused between cities without allocating). */
void gh_scores_compute(const GhFramework *framework, const GhTargetSet *targets,
                       const GhFigureSet *figures, const GhScoreOptions *options, GhScores *scores);

/* Share of KPIs of a tier (core, advanced) with at least one value, and with all: percent of the KPIs
 * that are applicable. */
typedef struct {
    size_t n_kpis, n_any, n_all;
} GhTierRate;
GhTierRate gh_scores_tier_rate(const GhFramework *framework, const GhScores *scores, size_t tier);
