/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec.c - the specification of an index: the whole file, and what its steps must be together. */
#include "index/spec/spec_private.h"

#include <string.h>

static const char FORMAT[] = "guildhall-index-1";

enum {
    SOURCES_MAX = 100,
};

static const GhIndexField SPEC[] = {
    {GH_INDEX_FIELD(GhIndexSpec, name, GH_FIELD_TEXT)},
    {GH_INDEX_FIELD(GhIndexSpec, description, GH_FIELD_TEXT)},
    {GH_INDEX_FIELD(GhIndexSpec, author, GH_FIELD_TEXT)},
    {GH_INDEX_FIELD(GhIndexSpec, licence, GH_FIELD_TEXT)},
};
static const char *const FURTHER[] = {"format", "sources", "steps", "uncertainty", "data", NULL};
const GhIndexFields GH_INDEX_SPEC_FIELDS = {"the file", SPEC, G_N_ELEMENTS(SPEC), FURTHER};

GhIndexSpec *
gh_index_spec_ref(GhIndexSpec *spec)
{
    g_atomic_int_inc(&spec->ref_count);
    return spec;
}

void
gh_index_spec_unref(GhIndexSpec *spec)
{
    if (spec == NULL || !g_atomic_int_dec_and_test(&spec->ref_count))
        return;
    for (size_t i = 0; i < spec->n_steps; i++)
        gh_index_step_unref(spec->steps[i]);
    gh_index_memory_free(spec->memory);
    g_free(spec);
}

static void
read_format(GhIndexSpecReader *reader, const json_t *root)
{
    const char *format = gh_json_read_text(&reader->json, root, "", "format", GH_JSON_NEEDED);

    if (*format != '\0' && strcmp(format, FORMAT) != 0)
        gh_index_read_fault(reader, "format", format, GH_MARK("is not a format known here"),
                            GH_MARK("write guildhall-index-1"));
}

static const char *const *
read_sources(GhIndexSpecReader *reader, const json_t *root)
{
    json_t *list =
        gh_json_read_array(&reader->json, root, "", "sources", GH_JSON_OPTIONAL, SOURCES_MAX);
    const char **sources =
        gh_index_memory_array(reader->memory, json_array_size(list) + 1, sizeof *sources);

    for (size_t i = 0; i < json_array_size(list); i++) {
        g_autofree char *at = g_strdup_printf("sources[%zu]", i);
        sources[i] = gh_json_read_element(&reader->json, json_array_get(list, i), at);
    }
    return sources;
}

/* -- the steps together -- */

static void
order_fault(GhIndexSpecReader *reader, size_t step, const char *reason, const char *remedy)
{
    g_autofree char *at = g_strdup_printf("steps[%zu]", step);
    gh_index_read_fault(reader, at, NULL, reason, remedy);
}

/* After "normalise" a column is a score: dividing it by an area would mean nothing. Outliers and gaps
 * of scores may still be treated. */
static void
check_order(GhIndexSpecReader *reader, GhIndexStep *const *steps, size_t n)
{
    bool normalised = false;
    size_t aggregate = n;

    for (size_t i = 0; i < n; i++) {
        if (steps[i] == NULL)
            continue;
        if (aggregate < n)
            order_fault(reader, i, GH_MARK("comes after aggregate"),
                        GH_MARK("put it before: aggregate is the last step"));
        switch (steps[i]->kind) {
        case GH_INDEX_STEP_DENOMINATE:
            if (normalised)
                order_fault(reader, i, GH_MARK("comes after normalise"),
                            GH_MARK("put it before: it needs raw values"));
            break;
        case GH_INDEX_STEP_NORMALISE:
            if (normalised)
                order_fault(reader, i, GH_MARK("is a second normalise"),
                            GH_MARK("take it out; one step has the methods of all indicators"));
            normalised = true;
            break;
        case GH_INDEX_STEP_AGGREGATE:
            aggregate = MIN(aggregate, i);
            break;
        case GH_INDEX_STEP_SCREEN:
        case GH_INDEX_STEP_IMPUTE:
        case GH_INDEX_STEP_TREAT:
        case GH_INDEX_STEP_WEIGHTS:
            break;
        }
    }
}

/* An id names one step only; that of a kind may be shared by all of its kind. */
static void
check_ids(GhIndexSpecReader *reader, GhIndexStep *const *steps, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k < i && steps[i] != NULL; k++) {
            bool both_usual = steps[k] != NULL
                              && strcmp(steps[i]->id, gh_index_step_kind_text(steps[i]->kind)) == 0
                              && steps[i]->kind == steps[k]->kind;
            if (steps[k] == NULL || both_usual || strcmp(steps[i]->id, steps[k]->id) != 0)
                continue;
            g_autofree char *at = g_strdup_printf("steps[%zu].id", i);
            gh_index_read_fault(reader, at, steps[i]->id, GH_MARK("stands there twice"),
                                GH_MARK("give each step its own id"));
            break;
        }
    }
}

static void
read_steps(GhIndexSpecReader *reader, const json_t *root, GhIndexSpec *spec)
{
    json_t *list =
        gh_json_read_array(&reader->json, root, "", "steps", GH_JSON_NEEDED, GH_INDEX_MAX_STEPS);
    size_t n = json_array_size(list);
    GhIndexStep **steps = gh_index_memory_array(reader->memory, n, sizeof(GhIndexStep *));
    bool has_aggregate = false;
    bool all_read = n > 0;

    for (size_t i = 0; i < n; i++) {
        g_autofree char *at = g_strdup_printf("steps[%zu]", i);
        steps[i] = gh_index_step_read(reader, json_array_get(list, i), at);
        all_read &= steps[i] != NULL;
        has_aggregate |= steps[i] != NULL && steps[i]->kind == GH_INDEX_STEP_AGGREGATE;
    }
    spec->steps = steps;
    spec->n_steps = n;
    if (all_read && !has_aggregate)
        gh_index_read_fault(reader, "steps", NULL, GH_MARK("has no aggregate"),
                            GH_MARK("end with {\"step\": \"aggregate\", \"method\": "
                                    "\"arithmetic\"}"));
    check_order(reader, steps, n);
    check_ids(reader, steps, n);
}

/* Jansson's text becomes ours. */
static const char *
keep_json(GhIndexSpecReader *reader, const json_t *value)
{
    char *text = json_dumps(value, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
    const size_t n_bytes = strlen(text) + 1; /* with the NUL */
    char *kept = gh_index_memory_array(reader->memory, n_bytes, 1);

    memcpy(kept, text, n_bytes);
    free(text);
    return kept;
}

static void
read_root(GhIndexSpecReader *reader, const json_t *root, GhIndexSpec *spec)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_SPEC_FIELDS, NULL};
    const json_t *data = json_object_get(root, "data");
    const json_t *uncertain = json_object_get(root, "uncertainty");

    if (gh_index_read_object(reader, root, "", tables) == NULL)
        return;
    read_format(reader, root);
    (void)gh_index_read_needed(reader, root, "", "name");
    spec->description = spec->author = spec->licence = "";
    gh_index_read_fields(reader, root, "", &GH_INDEX_SPEC_FIELDS, spec);
    spec->sources = read_sources(reader, root);
    read_steps(reader, root, spec);
    if (uncertain != NULL)
        spec->uncertain = gh_index_read_uncertain(reader, uncertain, spec->steps, spec->n_steps);
    if (data != NULL)
        spec->data_text = keep_json(reader, data);
    spec->text = keep_json(reader, root);
}

static bool
size_is_allowed(const char *name, size_t n_bytes, GhFaults *faults)
{
    if (n_bytes <= GH_INDEX_SPEC_MAX_BYTES)
        return true;
    gh_faults_add(faults, GH_FAULT_ERROR, name, 0, NULL, NULL, GH_MARK("is too large"),
                  GH_MARK("a specification has at most 1 MB"));
    return false;
}

GhIndexSpec *
gh_index_spec_parse(const char *name, const char *bytes, size_t n_bytes, GhFaults *faults,
                    GError **error)
{
    size_t n_errors = gh_faults_n_errors(faults);
    g_autoptr(GhIndexSpec) spec = g_new0(GhIndexSpec, 1);
    GhIndexSpecReader reader = {.memory = gh_index_memory_new()};

    spec->ref_count = 1;
    spec->memory = reader.memory;
    if (size_is_allowed(name, n_bytes, faults)) {
        json_t *root =
            gh_json_read_open(&reader.json, name, bytes, n_bytes, reader.memory->texts, faults);
        if (root != NULL)
            read_root(&reader, root, spec);
        gh_json_read_clear(&reader.json);
        json_decref(root);
    }

    size_t n_found = gh_faults_n_errors(faults) - n_errors;
    if (n_found == 0)
        return g_steal_pointer(&spec);
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_FAULTS, "%s has %zu fault%s", name, n_found,
                n_found == 1 ? "" : "s");
    return NULL;
}
