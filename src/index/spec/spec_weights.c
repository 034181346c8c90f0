/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_weights.c - the keys of the step "weights". */
#include "index/spec/spec_private.h"

#include <math.h>

static const char *const METHODS[] = {
    "given", "equal", "budget", "pca", "correlation", "benefit_of_the_doubt", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(METHODS) == GH_WEIGHTS_BENEFIT_OF_THE_DOUBT + 2);

static const char *const OBJECTIVES[] = {"balance", "infomax", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(OBJECTIVES) == GH_OBJECTIVE_INFOMAX + 2);

enum {
    CORRELATION = 1 << GH_WEIGHTS_CORRELATION,
    DOUBT = 1 << GH_WEIGHTS_BENEFIT_OF_THE_DOUBT,
    ITERATIONS_MAX = 100000000,
    EXPERTS_MAX = 200, /* our choice: each has a number for every code of the step */
};

static const GhIndexField WEIGHTS[] = {
    {GH_INDEX_FIELD(GhIndexWeighting, method, GH_FIELD_WORD), .words = METHODS},
    {GH_INDEX_FIELD(GhIndexWeighting, whole_level, GH_FIELD_BOOL), .methods = 1 << GH_WEIGHTS_PCA},
    {GH_INDEX_FIELD(GhIndexWeighting, objective, GH_FIELD_WORD), .words = OBJECTIVES,
     .methods = CORRELATION},
    {GH_INDEX_FIELD(GhIndexWeighting, tolerance, GH_FIELD_NUMBER), .min = 0, .max = 1,
     .above_min = true, .methods = CORRELATION},
    {GH_INDEX_FIELD(GhIndexWeighting, max_iterations, GH_FIELD_WHOLE), .min = 1,
     .max = ITERATIONS_MAX, .methods = CORRELATION},
    {GH_INDEX_FIELD(GhIndexWeighting, share_lower, GH_FIELD_NUMBER), .min = 0, .max = 1,
     .methods = DOUBT},
    {GH_INDEX_FIELD(GhIndexWeighting, share_upper, GH_FIELD_NUMBER), .min = 0, .max = 1,
     .methods = DOUBT},
    {GH_INDEX_FIELD(GhIndexWeighting, scale, GH_FIELD_NUMBER), .min = 0, .max = INFINITY,
     .above_min = true, .methods = DOUBT},
};
static const char *const FURTHER[] = {"levels", "weights", "wishes", "experts", NULL};
const GhIndexFields GH_INDEX_WEIGHTS_FIELDS = {"weights", WEIGHTS, G_N_ELEMENTS(WEIGHTS), FURTHER};

/* The object under key, with one member at least; NULL where there is none. */
static json_t *
read_members(GhIndexSpecReader *reader, const json_t *object, const char *path, const char *key)
{
    json_t *members = json_object_get(object, key);
    g_autofree char *at = gh_json_read_path(path, key);

    if (members == NULL)
        return NULL;
    if (json_is_object(members) && json_object_size(members) > 0)
        return members;
    gh_index_read_fault(reader, at, NULL,
                        json_is_object(members) ? GH_MARK("is empty") : gh_json_read_kind(members),
                        GH_MARK("write an object of codes and numbers"));
    return NULL;
}

static double
read_amount(GhIndexSpecReader *reader, const json_t *value, const char *path, const char *code)
{
    static const GhIndexField AMOUNT = {.kind = GH_FIELD_NUMBER, .min = 0, .max = INFINITY};
    g_autofree char *at = gh_json_read_path(path, code);
    double amount = 0;

    (void)gh_index_read_number(reader, value, at, &AMOUNT, &amount);
    return amount;
}

/* Weights, or wishes: a number for each code. */
static void
read_given(GhIndexSpecReader *reader, const json_t *object, const char *path, const char *key,
           GhIndexWeighting *how)
{
    json_t *members = read_members(reader, object, path, key);
    g_autofree char *at = gh_json_read_path(path, key);
    const char **codes =
        gh_index_memory_array(reader->memory, json_object_size(members), sizeof *codes);
    double *given = gh_index_memory_array(reader->memory, json_object_size(members), sizeof *given);
    const char *code = NULL;
    json_t *value = NULL;

    if (members == NULL)
        return;
    json_object_foreach(members, code, value)
    {
        given[how->n_codes] = read_amount(reader, value, at, code);
        codes[how->n_codes++] = gh_index_memory_text(reader->memory, code);
    }
    how->codes = codes;
    how->given = given;
}

/* All codes that any expert gave points to, in the order in which they come. */
static GPtrArray *
collect_codes(GhIndexSpecReader *reader, json_t *experts)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *codes = g_ptr_array_new();
    const char *name = NULL;
    const char *code = NULL;
    json_t *points = NULL;
    json_t *value = NULL;

    json_object_foreach(experts, name, points)
    {
        json_object_foreach(points, code, value)
        {
            const char *kept = gh_index_memory_text(reader->memory, code);
            if (g_hash_table_add(seen, (char *)(uintptr_t)kept))
                g_ptr_array_add(codes, (char *)(uintptr_t)kept);
        }
    }
    return codes;
}

static void
read_experts(GhIndexSpecReader *reader, const json_t *object, const char *path,
             GhIndexWeighting *how)
{
    json_t *all = read_members(reader, object, path, "experts");
    g_autofree char *at = gh_json_read_path(path, "experts");
    if (all == NULL)
        return;
    if (json_object_size(all) > EXPERTS_MAX) {
        gh_index_read_fault(reader, at, NULL, GH_MARK("has too many experts"),
                            GH_MARK("write at most 200; several may be one by their means"));
        return;
    }

    g_autoptr(GPtrArray) codes = collect_codes(reader, all);
    if (codes->len > GH_INDEX_MAX_NODES) {
        gh_index_read_fault(reader, at, NULL, GH_MARK("has too many codes"),
                            GH_MARK("an index has at most 20000"));
        return;
    }
    const char **kept = gh_index_memory_array(reader->memory, codes->len, sizeof *kept);
    GhIndexExpert *experts =
        gh_index_memory_array(reader->memory, json_object_size(all), sizeof *experts);
    const char *name = NULL;
    json_t *value = NULL;

    for (guint i = 0; i < codes->len; i++)
        kept[i] = g_ptr_array_index(codes, i);
    json_object_foreach(all, name, value)
    {
        GhIndexExpert *expert = &experts[how->n_experts++];
        json_t *points = read_members(reader, all, at, name);
        g_autofree char *one = gh_json_read_path(at, name);
        expert->expert = gh_index_memory_text(reader->memory, name);
        expert->points = gh_index_memory_array(reader->memory, codes->len, sizeof(double));
        for (guint i = 0; i < codes->len; i++) {
            const json_t *amount = json_object_get(points, kept[i]);
            expert->points[i] = amount != NULL ? read_amount(reader, amount, one, kept[i]) : NAN;
        }
    }
    how->codes = kept;
    how->n_codes = codes->len;
    how->experts = experts;
}

/* Which object goes with which method: another one would do nothing, and its author thinks it does. */
static void
read_by_method(GhIndexSpecReader *reader, const json_t *object, const char *path,
               GhIndexWeighting *how)
{
    static const struct {
        const char *key;
        GhIndexWeightsMethod method;
    } OBJECTS[] = {{"weights", GH_WEIGHTS_GIVEN},
                   {"wishes", GH_WEIGHTS_CORRELATION},
                   {"experts", GH_WEIGHTS_BUDGET}};

    for (size_t i = 0; i < G_N_ELEMENTS(OBJECTS); i++) {
        g_autofree char *at = gh_json_read_path(path, OBJECTS[i].key);
        if (json_object_get(object, OBJECTS[i].key) == NULL)
            continue;
        if (how->method != OBJECTS[i].method) {
            g_autofree char *remedy =
                g_strdup_printf("take it out, or use the method %s", METHODS[OBJECTS[i].method]);
            gh_index_read_fault(reader, at, NULL, GH_MARK("does not go with this method"), remedy);
        } else if (how->method == GH_WEIGHTS_BUDGET) {
            read_experts(reader, object, path, how);
        } else {
            read_given(reader, object, path, OBJECTS[i].key, how);
        }
    }
    if (how->method == GH_WEIGHTS_BUDGET)
        (void)gh_index_read_needed(reader, object, path, "experts");
}

void
gh_index_read_weights(GhIndexSpecReader *reader, const json_t *object, const char *path,
                      GhIndexStep *step)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_STEP_FIELDS, &GH_INDEX_WEIGHTS_FIELDS, NULL};
    GhIndexWeighting *how = &step->weights;

    *how = (GhIndexWeighting){
        .tolerance = 1e-10, .max_iterations = 20000, .share_upper = 1.0, .scale = 1.0};
    gh_index_read_object(reader, object, path, tables);
    (void)gh_index_read_needed(reader, object, path, "method");
    gh_index_read_fields(reader, object, path, &GH_INDEX_WEIGHTS_FIELDS, how);
    how->levels = gh_index_read_levels(reader, object, path, "levels", GH_INDEX_MAX_LEVELS - 1,
                                       &how->n_levels);
    read_by_method(reader, object, path, how);
    gh_index_read_effects(reader, object, path, &GH_INDEX_WEIGHTS_FIELDS, 1U << how->method);
    if (how->share_lower > how->share_upper) {
        g_autofree char *at = gh_json_read_path(path, "share_upper");
        gh_index_read_fault(reader, at, NULL, GH_MARK("is below share_lower"),
                            GH_MARK("put the smaller number first"));
    }
}
