/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_fields.c - from a JSON object into a struct, by a table of keys. */
#include "index/spec/spec_private.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/words.h"

enum {
    LIST_MAX = GH_INDEX_MAX_NODES, /* codes in a list */
};

const GhIndexFields *const GH_INDEX_FIELDS[] = {&GH_INDEX_SPEC_FIELDS,
                                                &GH_INDEX_STEP_FIELDS,
                                                &GH_INDEX_SCREEN_FIELDS,
                                                &GH_INDEX_DENOMINATE_FIELDS,
                                                &GH_INDEX_DENOMINATE_ONE_FIELDS,
                                                &GH_INDEX_IMPUTE_FIELDS,
                                                &GH_INDEX_TREAT_FIELDS,
                                                &GH_INDEX_TREAT_ONE_FIELDS,
                                                &GH_INDEX_NORMALISE_FIELDS,
                                                &GH_INDEX_NORMALISE_ONE_FIELDS,
                                                &GH_INDEX_WEIGHTS_FIELDS,
                                                &GH_INDEX_AGGREGATE_FIELDS,
                                                &GH_INDEX_AGGREGATE_LEVEL_FIELDS,
                                                &GH_INDEX_UNCERTAIN_FIELDS,
                                                &GH_INDEX_PARAMETER_FIELDS,
                                                NULL};

GhIndexMemory *
gh_index_memory_new(void)
{
    enum {
        CHUNK_BYTES = 512 /* a step's names */
    };
    GhIndexMemory *memory = g_new0(GhIndexMemory, 1);
    memory->texts = g_string_chunk_new(CHUNK_BYTES);
    memory->blocks = g_ptr_array_new_with_free_func(g_free);
    memory->values = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    return memory;
}

void
gh_index_memory_free(GhIndexMemory *memory)
{
    if (memory == NULL)
        return;
    g_string_chunk_free(memory->texts);
    g_ptr_array_unref(memory->blocks);
    g_ptr_array_unref(memory->values);
    g_free(memory);
}

void *
gh_index_memory_array(GhIndexMemory *memory, size_t n, size_t size)
{
    void *array = g_malloc0_n(MAX(n, 1), size);
    g_ptr_array_add(memory->blocks, array);
    return array;
}

const char *
gh_index_memory_text(GhIndexMemory *memory, const char *text)
{
    return g_string_chunk_insert_const(memory->texts, text);
}

void
gh_index_read_fault(GhIndexSpecReader *reader, const char *path, const char *value,
                    const char *reason, const char *remedy)
{
    gh_json_read_fault(&reader->json, path, value, reason, remedy);
}

const json_t *
gh_index_read_object(GhIndexSpecReader *reader, const json_t *value, const char *path,
                     const GhIndexFields *const *tables)
{
    const char *keys[GH_INDEX_KEYS_MAX + 1] = {NULL};
    size_t n = 0;

    for (size_t t = 0; tables[t] != NULL; t++) {
        for (size_t i = 0; i < tables[t]->n_fields; i++)
            keys[n++] = tables[t]->fields[i].key;
        for (size_t i = 0; tables[t]->further != NULL && tables[t]->further[i] != NULL; i++)
            keys[n++] = tables[t]->further[i];
        g_assert(n <= GH_INDEX_KEYS_MAX);
    }
    return gh_json_read_object(&reader->json, value, path, keys);
}

static void
kind_fault(GhIndexSpecReader *reader, const char *path, const json_t *value, const char *remedy)
{
    gh_index_read_fault(reader, path, NULL, gh_json_read_kind(value), remedy);
}

/* "write a number from 0 to 1", "write a whole number above 0" */
static char *
range_text(const GhIndexField *field)
{
    bool whole = field->kind != GH_FIELD_NUMBER;
    char low[GH_NUMBER_TEXT_SIZE];
    char high[GH_NUMBER_TEXT_SIZE];
    const char *what = whole ? "whole number" : "number";

    bool has_low = isfinite(field->min);
    bool has_high = isfinite(field->max);
    if (has_low)
        gh_number_format(field->min, low);
    if (has_high)
        gh_number_format(field->max, high);
    if (has_low && has_high)
        return g_strdup_printf("write a %s %s %s %s %s", what, field->above_min ? "above" : "from",
                               low, field->above_min ? "and at most" : "to", high);
    if (has_low && field->above_min)
        return g_strdup_printf("write a %s above %s", what, low);
    if (has_low)
        return g_strdup_printf("write a %s of %s or more", what, low);
    if (has_high)
        return g_strdup_printf("write a %s of at most %s", what, high);
    return g_strdup_printf("write a %s", what);
}

bool
gh_index_read_number(GhIndexSpecReader *reader, const json_t *value, const char *path,
                     const GhIndexField *field, double *ret_number)
{
    g_autofree char *remedy = range_text(field);

    if (json_is_null(value) && field->may_be_null) {
        *ret_number = field->if_null;
        return true;
    }
    if (!json_is_number(value)) {
        kind_fault(reader, path, value, remedy);
        return false;
    }

    double number = json_number_value(value);
    bool whole = field->kind == GH_FIELD_NUMBER || number == floor(number);
    bool in_range =
        number >= field->min && number <= field->max && !(field->above_min && number == field->min);
    if (!whole || !in_range) {
        char text[GH_NUMBER_TEXT_SIZE];
        gh_index_read_fault(reader, path, gh_number_format(number, text),
                            whole ? GH_MARK("is out of range") : GH_MARK("is not a whole number"),
                            remedy);
        return false;
    }
    *ret_number = number;
    return true;
}

static void
read_word(GhIndexSpecReader *reader, const json_t *value, const char *path,
          const GhIndexField *field, int *into)
{
    g_autofree char *list = gh_words_list(field->words);
    g_autofree char *all = g_strdup_printf("write %s", list);

    if (!json_is_string(value)) {
        kind_fault(reader, path, value, all);
        return;
    }
    const char *word = json_string_value(value);
    gssize found = gh_words_find(field->words, word);
    if (found >= 0) {
        *into = (int)found;
        return;
    }
    g_autofree char *remedy = gh_json_read_suggest(&reader->json, field->words, word, all);
    gh_index_read_fault(reader, path, word, GH_MARK("is not known here"), remedy);
}

static const char *
read_text(GhIndexSpecReader *reader, const json_t *value, const char *path, bool may_be_null)
{
    if (json_is_null(value) && may_be_null)
        return NULL;
    const char *text = gh_json_read_element(&reader->json, value, path);
    if (json_is_string(value) && *json_string_value(value) == '\0')
        gh_index_read_fault(reader, path, NULL, GH_MARK("is empty"), GH_MARK("write a text"));
    return text;
}

static const char *const *
read_texts(GhIndexSpecReader *reader, const json_t *value, const char *path)
{
    if (!json_is_array(value)) {
        kind_fault(reader, path, value, GH_MARK("write a list: [ ... ]"));
        return NULL;
    }
    size_t n = json_array_size(value);
    if (n > LIST_MAX) {
        gh_index_read_fault(reader, path, NULL, GH_MARK("is too long"),
                            GH_MARK("write at most 20000"));
        return NULL;
    }

    const char **texts = gh_index_memory_array(reader->memory, n + 1, sizeof *texts);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *at = g_strdup_printf("%s[%zu]", path, i);
        texts[i] = read_text(reader, json_array_get(value, i), at, false);
        if (*texts[i] != '\0' && !g_hash_table_add(seen, (char *)(uintptr_t)texts[i]))
            gh_index_read_fault(reader, at, texts[i], GH_MARK("stands there twice"),
                                GH_MARK("name it once"));
    }
    return texts;
}

static void
read_field(GhIndexSpecReader *reader, const json_t *value, const char *path,
           const GhIndexField *field, void *at)
{
    double number = 0;

    switch (field->kind) {
    case GH_FIELD_NUMBER:
        (void)gh_index_read_number(reader, value, path, field, at);
        return;
    case GH_FIELD_WHOLE:
        if (gh_index_read_number(reader, value, path, field, &number))
            *(int *)at = (int)number;
        return;
    case GH_FIELD_SIZE:
        if (gh_index_read_number(reader, value, path, field, &number))
            *(size_t *)at = (size_t)number;
        return;
    case GH_FIELD_SEED:
        /* Through the integer: a double has only 53 of its bits. */
        if (gh_index_read_number(reader, value, path, field, &number))
            *(uint64_t *)at =
                json_is_integer(value) ? (uint64_t)json_integer_value(value) : (uint64_t)number;
        return;
    case GH_FIELD_BOOL:
        if (json_is_boolean(value))
            *(bool *)at = json_is_true(value);
        else
            kind_fault(reader, path, value, GH_MARK("write true or false"));
        return;
    case GH_FIELD_WORD:
        read_word(reader, value, path, field, at);
        return;
    case GH_FIELD_TEXT:
        *(const char **)at = read_text(reader, value, path, field->may_be_null);
        return;
    case GH_FIELD_TEXTS:
        *(const char *const **)at = read_texts(reader, value, path);
        return;
    }
    g_assert_not_reached();
}

void
gh_index_read_fields(GhIndexSpecReader *reader, const json_t *object, const char *path,
                     const GhIndexFields *table, void *into)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        const GhIndexField *field = &table->fields[i];
        const json_t *value = json_object_get(object, field->key);
        if (value == NULL)
            continue;
        g_autofree char *at = gh_json_read_path(path, field->key);
        read_field(reader, value, at, field, (char *)into + field->offset);
    }
}

bool
gh_index_read_needed(GhIndexSpecReader *reader, const json_t *object, const char *path,
                     const char *key)
{
    if (object == NULL || json_object_get(object, key) != NULL)
        return object != NULL;

    g_autofree char *at = gh_json_read_path(path, key);
    gh_index_read_fault(reader, at, NULL, GH_MARK("is missing"),
                        GH_MARK("add it; docs/index-format.md says what it means"));
    return false;
}

void
gh_index_read_effects(GhIndexSpecReader *reader, const json_t *object, const char *path,
                      const GhIndexFields *table, unsigned methods)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        const GhIndexField *field = &table->fields[i];
        if (field->methods == 0 || (field->methods & methods) != 0
            || json_object_get(object, field->key) == NULL)
            continue;
        g_autofree char *at = gh_json_read_path(path, field->key);
        gh_faults_add(reader->json.faults, GH_FAULT_WARNING, reader->json.file,
                      gh_json_read_line(&reader->json, at), at, NULL,
                      GH_MARK("has no effect with this method"), GH_MARK("take it out"));
    }
}

void *
gh_index_read_own(GhIndexSpecReader *reader, const json_t *object, const char *path,
                  const GhIndexFields *table, const void *usual, size_t size,
                  const char *const **ret_codes, size_t *ret_n)
{
    const GhIndexFields *const tables[] = {table, NULL};
    json_t *all = json_object_get(object, "indicators");
    g_autofree char *at = gh_json_read_path(path, "indicators");
    const char *code = NULL;
    json_t *value = NULL;
    size_t n = 0;

    *ret_codes = NULL;
    *ret_n = 0;
    if (all == NULL)
        return NULL;
    if (!json_is_object(all)) {
        kind_fault(reader, at, all, GH_MARK("write an object: a code and what is its own"));
        return NULL;
    }

    const char **codes =
        gh_index_memory_array(reader->memory, json_object_size(all), sizeof *codes);
    char *own = gh_index_memory_array(reader->memory, json_object_size(all), size);
    json_object_foreach(all, code, value)
    {
        g_autofree char *one = gh_json_read_path(at, code);
        memcpy(own + n * size, usual, size);
        codes[n] = gh_index_memory_text(reader->memory, code);
        gh_index_read_fields(reader, gh_index_read_object(reader, value, one, tables), one, table,
                             own + n * size);
        n++;
    }
    *ret_codes = codes;
    *ret_n = n;
    return own;
}

const int *
gh_index_read_levels(GhIndexSpecReader *reader, const json_t *object, const char *path,
                     const char *key, int max, size_t *ret_n)
{
    const GhIndexField field = {.kind = GH_FIELD_WHOLE, .min = 1, .max = max};
    json_t *list =
        gh_json_read_array(&reader->json, object, path, key, GH_JSON_OPTIONAL, (size_t)max);
    g_autofree char *at = gh_json_read_path(path, key);
    int *levels = gh_index_memory_array(reader->memory, json_array_size(list), sizeof *levels);
    unsigned seen = 0;

    *ret_n = 0;
    if (list == NULL)
        return NULL;
    if (json_array_size(list) == 0)
        gh_index_read_fault(reader, at, NULL, GH_MARK("is empty"), GH_MARK("write at least one"));
    for (size_t i = 0; i < json_array_size(list); i++) {
        double level = 0;
        g_autofree char *one = g_strdup_printf("%s[%zu]", at, i);
        if (!gh_index_read_number(reader, json_array_get(list, i), one, &field, &level))
            continue;
        if ((seen & 1U << (unsigned)level) != 0)
            gh_index_read_fault(reader, one, NULL, GH_MARK("stands there twice"),
                                GH_MARK("name it once"));
        seen |= 1U << (unsigned)level;
        levels[(*ret_n)++] = (int)level;
    }
    return levels;
}
