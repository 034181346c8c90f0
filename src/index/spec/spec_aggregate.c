/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_aggregate.c - the keys of the step "aggregate". */
#include "index/spec/spec_private.h"

#include <math.h>

static const char *const METHODS[] = {"arithmetic", "geometric",        "harmonic",
                                      "power",      "median",           "copeland",
                                      "outranking", "mazziotta_pareto", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(METHODS) == GH_AGGREGATE_MAZZIOTTA_PARETO + 2);

static const char *const PENALTIES[] = {"down", "up", NULL};

enum {
    POWER_MAX = 100, /* our choice: the mean is the largest value long before */
};

static const GhIndexField LEVEL[] = {
    {GH_INDEX_FIELD(GhIndexAggregateLevel, method, GH_FIELD_WORD), .words = METHODS},
    {GH_INDEX_FIELD(GhIndexAggregateLevel, power, GH_FIELD_NUMBER), .min = -POWER_MAX,
     .max = POWER_MAX, .methods = 1 << GH_AGGREGATE_POWER},
    {GH_INDEX_FIELD(GhIndexAggregateLevel, penalty, GH_FIELD_WORD), .words = PENALTIES,
     .methods = 1 << GH_AGGREGATE_MAZZIOTTA_PARETO},
    {GH_INDEX_FIELD(GhIndexAggregateLevel, min_available, GH_FIELD_NUMBER), .min = 0, .max = 1},
};
const GhIndexFields GH_INDEX_AGGREGATE_LEVEL_FIELDS = {"aggregate, a level", LEVEL,
                                                       G_N_ELEMENTS(LEVEL), NULL};

static const GhIndexField ALL[] = {
    {GH_INDEX_FIELD(GhIndexAggregate, as_coinr, GH_FIELD_BOOL)},
};
static const char *const FURTHER[] = {"levels", NULL};
const GhIndexFields GH_INDEX_AGGREGATE_FIELDS = {"aggregate", ALL, G_N_ELEMENTS(ALL), FURTHER};

static void
check_power(GhIndexSpecReader *reader, const char *path, const GhIndexAggregateLevel *level)
{
    if (level->method != GH_AGGREGATE_POWER || (!isnan(level->power) && level->power != 0))
        return;

    g_autofree char *at = gh_json_read_path(path, "power");
    gh_index_read_fault(reader, at, NULL,
                        isnan(level->power) ? GH_MARK("is missing") : GH_MARK("is 0"),
                        GH_MARK("write a number other than 0; for 0 use the method geometric"));
}

/* The entries of "levels": each has what stands beside them, and its own changes. */
static void
read_levels(GhIndexSpecReader *reader, const json_t *object, const char *path,
            const GhIndexAggregateLevel *usual, GhIndexAggregate *how)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_AGGREGATE_LEVEL_FIELDS, NULL};
    json_t *list = gh_json_read_array(&reader->json, object, path, "levels", GH_JSON_NEEDED,
                                      GH_INDEX_MAX_LEVELS - 1);
    size_t n = json_array_size(list);
    GhIndexAggregateLevel *levels = gh_index_memory_array(reader->memory, n, sizeof *levels);

    for (size_t l = 0; l < n; l++) {
        g_autofree char *at = g_strdup_printf("%s.levels[%zu]", path, l);
        const json_t *level = gh_index_read_object(reader, json_array_get(list, l), at, tables);
        levels[l] = *usual;
        if (json_object_get(object, "method") == NULL)
            (void)gh_index_read_needed(reader, level, at, "method");
        gh_index_read_fields(reader, level, at, &GH_INDEX_AGGREGATE_LEVEL_FIELDS, &levels[l]);
        check_power(reader, at, &levels[l]);
    }
    how->levels = levels;
    how->n_levels = n;
}

void
gh_index_read_aggregate(GhIndexSpecReader *reader, const json_t *object, const char *path,
                        GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_AGGREGATE_LEVEL_FIELDS,
                                           &GH_INDEX_AGGREGATE_FIELDS, NULL};
    GhIndexAggregate *how = &step->aggregate;
    GhIndexAggregateLevel *usual = gh_index_memory_array(reader->memory, 1, sizeof *usual);
    unsigned methods = 0;

    usual->power = NAN;
    gh_index_read_object(reader, object, path, tables);
    gh_index_read_fields(reader, object, path, &GH_INDEX_AGGREGATE_LEVEL_FIELDS, usual);
    gh_index_read_fields(reader, object, path, &GH_INDEX_AGGREGATE_FIELDS, how);
    if (json_object_get(object, "levels") != NULL) {
        read_levels(reader, object, path, usual, how);
    } else {
        (void)gh_index_read_needed(reader, object, path, "method");
        check_power(reader, path, usual);
        how->levels = usual;
        how->n_levels = 1;
    }
    for (size_t l = 0; l < how->n_levels; l++)
        methods |= 1U << how->levels[l].method;
    gh_index_read_effects(reader, object, path, &GH_INDEX_AGGREGATE_LEVEL_FIELDS, methods);
}
