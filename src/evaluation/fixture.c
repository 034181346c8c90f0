/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* fixture.c - small frameworks for tests of rules. */

#include "evaluation/fixture.h"

#include <math.h>
#include <string.h>

static const GhBand BANDS[] = {
    {.below = 33, .points = 1, .label = "0-33"},
    {.below = 66, .points = 2, .label = "33-66"},
    {.below = 95, .points = 3, .label = "66-95"},
    {.below = HUGE_VAL, .points = 4, .label = "95+"},
};

static const GhLevel LEVELS[GH_FIXTURE_LEVELS_MAX + 1][GH_FIXTURE_LEVELS_MAX] = {
    [1] = {{"dimension", "Dimension", "Dimensions"}},
    [2] = {{"dimension", "Dimension", "Dimensions"}, {"category", "Category", "Categories"}},
    [3] = {{"dimension", "Dimension", "Dimensions"},
           {"subdimension", "Sub-dimension", "Sub-dimensions"},
           {"category", "Category", "Categories"}},
};

static const GhTier TIERS[] = {{"core", "Core"}, {"advanced", "Advanced"}};
static const GhQuality QUALITIES[] = {{1, "Measured", ""}, {5, "Personal estimate", ""}};
static const char *const NO_TEXTS[] = {NULL};

static void *
keep(GhFixture *fixture, size_t n, size_t size)
{
    void *block = g_malloc0_n(n + 1, size);

    g_ptr_array_add(fixture->memory, block);
    return block;
}

static const char *
text_or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static double
number_or_one(double number)
{
    return number > 0 ? number : 1;
}

static void
add_points(GhFixture *fixture, const GhFixtureRow *rows, size_t n_rows)
{
    GhDataPoint *points = keep(fixture, n_rows, sizeof *points);
    GhTarget *targets = keep(fixture, n_rows, sizeof *targets);
    GhKpi *kpis = keep(fixture, n_rows, sizeof *kpis);
    size_t n_kpis = 0;

    for (size_t i = 0; i < n_rows; i++) {
        const GhFixtureRow *row = &rows[i];

        if (n_kpis == 0 || strcmp(kpis[n_kpis - 1].id, row->kpi) != 0)
            kpis[n_kpis++] = (GhKpi){
                .id = row->kpi,
                .code = row->kpi,
                .name = text_or_empty(row->label),
                .tier = row->tier,
                .sdg = NO_TEXTS,
                .weight = number_or_one(row->weight),
                .first_data_point = i,
            };
        kpis[n_kpis - 1].n_data_points++;
        points[i] = (GhDataPoint){
            .id = row->id,
            .kpi = n_kpis - 1,
            .label = text_or_empty(row->label),
            .numerator = text_or_empty(row->numerator),
            .denominator = text_or_empty(row->denominator),
            .factor = number_or_one(row->factor),
            .unit = text_or_empty(row->unit),
            .min = -HUGE_VAL,
            .max = HUGE_VAL,
            .weight = number_or_one(row->weight),
        };
        targets[i] = row->target;
        targets[i].source = text_or_empty(row->target.source);
        targets[i].confidence = text_or_empty(row->target.confidence);
        targets[i].explanation = text_or_empty(row->target.explanation);
    }
    fixture->framework.data_points = points;
    fixture->framework.n_data_points = n_rows;
    fixture->framework.kpis = kpis;
    fixture->framework.n_kpis = n_kpis;
    fixture->targets = (GhTargetSet){.id = "open", .targets = targets};
}

static bool
row_is_in(const GhFixtureRow *row, size_t level, const char *top, const char *name)
{
    return g_str_equal(row->groups[0], top) && g_str_equal(row->groups[level], name);
}

static GhGroup
make_group(GhFixture *fixture, const GhFixtureRow *rows, size_t n_rows, size_t level,
           const GhFixtureRow *first)
{
    size_t *points = keep(fixture, n_rows, sizeof *points);
    size_t *kpis = keep(fixture, n_rows, sizeof *kpis);
    GhGroup group = {
        .level = level,
        .top = first->groups[0],
        .name = first->groups[level],
        .weight = 1,
        .data_points = points,
        .kpis = kpis,
    };

    for (size_t i = 0; i < n_rows; i++) {
        size_t kpi = fixture->framework.data_points[i].kpi;

        if (!row_is_in(&rows[i], level, group.top, group.name))
            continue;
        points[group.n_data_points++] = i;
        if (group.n_kpis == 0 || kpis[group.n_kpis - 1] != kpi)
            kpis[group.n_kpis++] = kpi;
    }
    return group;
}

static bool
has_group(const GhGroup *groups, size_t n_groups, size_t level, const GhFixtureRow *row)
{
    for (size_t i = 0; i < n_groups; i++)
        if (groups[i].level == level && row_is_in(row, level, groups[i].top, groups[i].name))
            return true;
    return false;
}

/* The groups of the next level that share the first data point: fixtures nest. */
static void
add_children(GhFixture *fixture, const GhFixtureRow *rows, GhGroup *groups, size_t n_groups)
{
    for (size_t i = 0; i < n_groups; i++) {
        size_t *children = keep(fixture, n_groups, sizeof *children);

        groups[i].children = children;
        for (size_t k = 0; k < n_groups; k++)
            if (groups[k].level == groups[i].level + 1
                && row_is_in(&rows[groups[k].data_points[0]], groups[i].level, groups[i].top,
                             groups[i].name))
                children[groups[i].n_children++] = k;
    }
}

static void
add_groups(GhFixture *fixture, const GhFixtureRow *rows, size_t n_rows, size_t n_levels)
{
    GhGroup *groups = keep(fixture, n_rows * n_levels, sizeof *groups);
    size_t n_groups = 0;

    for (size_t level = 0; level < n_levels; level++) {
        for (size_t i = 0; i < n_rows; i++) {
            if (has_group(groups, n_groups, level, &rows[i]))
                continue;
            groups[n_groups] = make_group(fixture, rows, n_rows, level, &rows[i]);
            n_groups++;
        }
    }
    add_children(fixture, rows, groups, n_groups);
    fixture->framework.groups = groups;
    fixture->framework.n_groups = n_groups;
}

/* Which groups each KPI is in, one per level. */
static void
add_kpi_groups(GhFixture *fixture, size_t n_levels)
{
    GhFramework *framework = &fixture->framework;
    GhKpi *kpis = keep(fixture, framework->n_kpis, sizeof *kpis);

    for (size_t k = 0; k < framework->n_kpis; k++) {
        size_t *groups = keep(fixture, n_levels, sizeof *groups);

        kpis[k] = framework->kpis[k];
        kpis[k].groups = groups;
        for (size_t g = 0; g < framework->n_groups; g++)
            for (size_t i = 0; i < framework->groups[g].n_kpis; i++)
                if (framework->groups[g].kpis[i] == k)
                    groups[framework->groups[g].level] = g;
    }
    framework->kpis = kpis;
}

GhFixture *
gh_fixture_new(const GhFixtureRow *rows, size_t n_rows, size_t n_levels, GhScoring scoring)
{
    GhFixture *fixture = g_new0(GhFixture, 1);

    fixture->memory = g_ptr_array_new_with_free_func(g_free);
    fixture->framework = (GhFramework){
        .id = "fixture",
        .version = "1.0",
        .name = "Fixture",
        .description = "",
        .licence = "",
        .sources = NO_TEXTS,
        .scoring = scoring,
        .bands = BANDS,
        .n_bands = G_N_ELEMENTS(BANDS),
        .first_year = 2000,
        .last_year = 2100,
        .levels = LEVELS[n_levels],
        .n_levels = n_levels,
        .tiers = TIERS,
        .n_tiers = G_N_ELEMENTS(TIERS),
        .qualities = QUALITIES,
        .n_qualities = G_N_ELEMENTS(QUALITIES),
        .target_sets = &fixture->targets,
        .n_target_sets = 1,
    };
    add_points(fixture, rows, n_rows);
    add_groups(fixture, rows, n_rows, n_levels);
    add_kpi_groups(fixture, n_levels);
    return fixture;
}

void
gh_fixture_free(GhFixture *fixture)
{
    if (fixture == NULL)
        return;
    g_ptr_array_unref(fixture->memory);
    g_free(fixture);
}

GhFigureSet *
gh_fixture_figures(const GhFixture *fixture)
{
    GhFigureSet *set = g_new0(GhFigureSet, 1);

    set->year = 2020;
    set->n_figures = fixture->framework.n_data_points;
    set->figures = g_new0(GhFigure, set->n_figures);
    for (size_t i = 0; i < set->n_figures; i++)
        set->figures[i] = (GhFigure){
            .data_point = i,
            .year = 2020,
            .value = NAN,
            .numerator = NAN,
            .denominator = NAN,
        };
    return set;
}

void
gh_fixture_report(GhFigureSet *figures, size_t data_point, double value)
{
    GhFigure *figure = &figures->figures[data_point];

    figure->status = GH_STATUS_REPORTED;
    figure->value = value;
    figure->verified = true;
}
