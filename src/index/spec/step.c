/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* step.c - one step: read and changed. */
#include "index/spec/spec_private.h"

#include <string.h>

#include "base/words.h"

const char *const GH_INDEX_STEP_WORDS[] = {"screen",    "denominate", "impute",    "treat",
                                           "normalise", "weights",    "aggregate", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(GH_INDEX_STEP_WORDS) == GH_INDEX_STEP_AGGREGATE + 2);

/* What every step has. */
static const char *const STEP_KEYS[] = {"step", "id", NULL};
const GhIndexFields GH_INDEX_STEP_FIELDS = {"every step", NULL, 0, STEP_KEYS};

typedef void (*Read)(GhIndexSpecReader *reader, const json_t *object, const char *path,
                     GhIndexStep *step);
static const Read READ[] = {
    [GH_INDEX_STEP_SCREEN] = gh_index_read_screen,
    [GH_INDEX_STEP_DENOMINATE] = gh_index_read_denominate,
    [GH_INDEX_STEP_IMPUTE] = gh_index_read_impute,
    [GH_INDEX_STEP_TREAT] = gh_index_read_treat,
    [GH_INDEX_STEP_NORMALISE] = gh_index_read_normalise,
    [GH_INDEX_STEP_WEIGHTS] = gh_index_read_weights,
    [GH_INDEX_STEP_AGGREGATE] = gh_index_read_aggregate,
};

const char *
gh_index_step_kind_text(GhIndexStepKind kind)
{
    return GH_INDEX_STEP_WORDS[kind];
}

GhIndexStep *
gh_index_step_ref(GhIndexStep *step)
{
    g_atomic_int_inc(&step->ref_count);
    return step;
}

void
gh_index_step_unref(GhIndexStep *step)
{
    if (step == NULL || !g_atomic_int_dec_and_test(&step->ref_count))
        return;
    gh_index_memory_free(step->memory);
    g_free(step);
}

/* -- reading -- */

static bool
read_kind(GhIndexSpecReader *reader, const json_t *object, const char *path,
          GhIndexStepKind *ret_kind)
{
    g_autofree char *at = gh_json_read_path(path, "step");
    const char *word = gh_json_read_text(&reader->json, object, path, "step", GH_JSON_NEEDED);
    if (*word == '\0')
        return false;

    gssize found = gh_words_find(GH_INDEX_STEP_WORDS, word);
    if (found >= 0) {
        *ret_kind = (GhIndexStepKind)found;
        return true;
    }
    g_autofree char *list = gh_words_list(GH_INDEX_STEP_WORDS);
    g_autofree char *all = g_strdup_printf("the steps are %s", list);
    g_autofree char *remedy = gh_json_read_suggest(&reader->json, GH_INDEX_STEP_WORDS, word, all);
    gh_index_read_fault(reader, at, word, GH_MARK("is not a step"), remedy);
    return false;
}

/* A point would end it in "treat.winmax". */
static const char *
read_id(GhIndexSpecReader *reader, const json_t *object, const char *path, GhIndexStepKind kind)
{
    if (json_object_get(object, "id") == NULL)
        return GH_INDEX_STEP_WORDS[kind];

    const char *id = gh_json_read_text(&reader->json, object, path, "id", GH_JSON_NEEDED);
    g_autofree char *at = gh_json_read_path(path, "id");
    if (strchr(id, '.') != NULL)
        gh_index_read_fault(reader, at, id, GH_MARK("has a point"), GH_MARK("take it out"));
    return id;
}

static char *
canonical(const json_t *value)
{
    return json_dumps(value, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
}

static void
read_step(GhIndexSpecReader *reader, const json_t *object, const char *path, GhIndexStep *step)
{
    if (!read_kind(reader, object, path, &step->kind))
        return;

    char *text = canonical(object);
    step->id = read_id(reader, object, path, step->kind);
    step->text = gh_index_memory_text(reader->memory, text);
    free(text); /* jansson's */
    READ[step->kind](reader, object, path, step);
}

GhIndexStep *
gh_index_step_read(GhIndexSpecReader *reader, const json_t *value, const char *path)
{
    size_t n_errors = gh_faults_n_errors(reader->json.faults);
    GhIndexMemory *outer = reader->memory;
    GhIndexStep *step = g_new0(GhIndexStep, 1);

    step->ref_count = 1;
    step->memory = reader->memory = gh_index_memory_new();
    reader->json.texts = reader->memory->texts;
    if (json_is_object(value))
        read_step(reader, value, path, step);
    else
        gh_index_read_fault(reader, path, NULL, gh_json_read_kind(value),
                            GH_MARK("write an object: { ... }"));
    reader->memory = outer;
    reader->json.texts = outer->texts;

    if (gh_faults_n_errors(reader->json.faults) == n_errors)
        return step;
    gh_index_step_unref(step);
    return NULL;
}

/* -- changing -- */

static bool
change_fails(const GhIndexStep *step, const char *path, const char *why, GError **error)
{
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC, "%s cannot be changed at \"%s\": %s",
                step->id, path, why);
    return false;
}

/* The member or element that one part of a path names. A missing one is made in an object that is not
 * the last; the check of the whole step says whether it may be there. */
static json_t *
step_down(json_t *at, const char *part)
{
    guint64 index = 0;

    if (json_is_array(at) && g_ascii_string_to_unsigned(part, 10, 0, G_MAXINT, &index, NULL))
        return json_array_get(at, index);
    if (!json_is_object(at))
        return NULL;
    if (json_object_get(at, part) == NULL)
        json_object_set_new(at, part, json_object());
    return json_object_get(at, part);
}

/* A copy: further changes may go into it, and the value belongs to all threads. */
static bool
set_at(json_t *at, const char *part, json_t *value)
{
    guint64 index = 0;

    if (json_is_object(at))
        return json_object_set_new(at, part, json_deep_copy(value)) == 0;
    return json_is_array(at) && g_ascii_string_to_unsigned(part, 10, 0, G_MAXINT, &index, NULL)
           && json_array_set_new(at, index, json_deep_copy(value)) == 0;
}

static bool
change_key(const GhIndexStep *step, json_t *root, const GhIndexChange *change, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(change->path, ".", -1);
    json_t *at = root;

    if (strcmp(parts[0], "step") == 0 || strcmp(parts[0], "id") == 0)
        return change_fails(step, change->path, "it says which step this is", error);
    for (size_t i = 0; parts[i + 1] != NULL && at != NULL; i++)
        at = step_down(at, parts[i]);
    if (at == NULL || !set_at(at, parts[g_strv_length(parts) - 1], change->value))
        return change_fails(step, change->path, "there is no such place", error);
    return true;
}

/* The new step keeps its kind and its name. */
static bool
replace_whole(const GhIndexStep *step, json_t **root, json_t *value, GError **error)
{
    if (!json_is_object(value))
        return change_fails(step, "", "a whole step is an object", error);

    json_t *old = *root;
    *root = json_deep_copy(value);
    if (json_object_get(*root, "step") == NULL)
        json_object_set(*root, "step", json_object_get(old, "step"));
    if (json_object_get(*root, "id") == NULL && json_object_get(old, "id") != NULL)
        json_object_set(*root, "id", json_object_get(old, "id"));
    json_decref(old);
    return true;
}

static GhIndexStep *
read_changed(const GhIndexStep *step, json_t *root, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhIndexMemory) memory = gh_index_memory_new();
    char *text = canonical(root);
    GhIndexSpecReader reader = {
        .json = {.file = step->id, .text = text, .n_bytes = strlen(text), .faults = faults},
        .memory = memory};
    reader.json.texts = memory->texts;

    GhIndexStep *changed = gh_index_step_read(&reader, root, "");
    if (changed != NULL && changed->kind != step->kind) {
        change_fails(step, "", "it would be another step", error);
        g_clear_pointer(&changed, gh_index_step_unref);
    } else if (changed == NULL) {
        const GhFault *fault = gh_faults_peek(faults, 0);
        for (size_t i = 0; fault->kind == GH_FAULT_WARNING; i++)
            fault = gh_faults_peek(faults, i + 1);
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC, "%s%s%s %s%s%s", step->id,
                    fault->column != NULL ? "." : "", fault->column != NULL ? fault->column : "",
                    fault->reason, fault->remedy != NULL ? "; " : "",
                    fault->remedy != NULL ? fault->remedy : "");
    }
    gh_json_read_clear(&reader.json);
    free(text); /* jansson's */
    return changed;
}

GhIndexStep *
gh_index_step_changed(const GhIndexStep *step, const GhIndexChange *changes, size_t n_changes,
                      GError **error)
{
    json_t *root = json_loads(step->text, 0, NULL);
    GhIndexStep *changed = NULL;
    bool good = true;

    g_assert_nonnull(root); /* canonical() wrote it */
    for (size_t i = 0; i < n_changes && good; i++)
        good = *changes[i].path == '\0' ? replace_whole(step, &root, changes[i].value, error)
                                        : change_key(step, root, &changes[i], error);
    if (good)
        changed = read_changed(step, root, error);
    json_decref(root);
    return changed;
}
