/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* fixture.h - small frameworks for tests of rules, made from a table in the test itself.
 *
 * Ownership Texts are borrowed from the table (static in the tests); the rest is the fixture's.
 * Not here  Parsing: these frameworks never were files.
 */
#pragma once

#include "evaluation/figures.h"
#include "framework/framework.h"

enum {
    GH_FIXTURE_LEVELS_MAX = 3
};

/* One data point. Rows of one KPI stand together. */
typedef struct {
    const char *id, *kpi, *label, *unit;
    const char *groups[GH_FIXTURE_LEVELS_MAX]; /* top level first */
    size_t tier;                               /* 0 core, 1 advanced */
    GhTarget target;
    double weight; /* of data point and KPI; 0: 1 */
    double factor; /* 0: 1 */
    const char *numerator, *denominator;
} GhFixtureRow;

typedef struct {
    GhFramework framework;
    GhTargetSet targets; /* also framework.target_sets[0] */
    GPtrArray *memory;   /* owned blocks */
} GhFixture;

/* Bands 33/66/95 with 1 to 4 points, as in U4SSC. */
GhFixture *gh_fixture_new(const GhFixtureRow *rows, size_t n_rows, size_t n_levels,
                          GhScoring scoring);
void gh_fixture_free(GhFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhFixture, gh_fixture_free)

/* All figures missing; year 2020. */
GhFigureSet *gh_fixture_figures(const GhFixture *fixture);

/* Sets a reported and verified value. */
void gh_fixture_report(GhFigureSet *figures, size_t data_point, double value);
