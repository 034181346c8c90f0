/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_read.c - values out of a JSON file, with all their faults told. */
#include "base/json_read.h"

#include "base/words.h"

#include <string.h>

enum {
    SUGGESTIONS_MAX = 200, /* a file with more slips has another problem */
};

json_t *
gh_json_read_open(GhJsonReader *reader, const char *file, const char *text, size_t n_bytes,
                  GStringChunk *texts, GhFaults *faults)
{
    *reader = (GhJsonReader){
        .file = file, .text = text, .n_bytes = n_bytes, .texts = texts, .faults = faults};
    /* Jansson takes a NUL behind a word for its end, and so would every function here that reads texts. */
    if (n_bytes > 0 && memchr(text, '\0', n_bytes) != NULL) {
        gh_faults_add(faults, GH_FAULT_ERROR, file, 0, NULL, NULL, GH_MARK("has a NUL byte"),
                      GH_MARK("save the file as UTF-8 text"));
        return NULL;
    }

    json_error_t problem;
    json_t *root = json_loadb(text, n_bytes, JSON_REJECT_DUPLICATES, &problem);
    if (root != NULL)
        return root;

    g_autofree char *column = problem.column > 0 ? g_strdup_printf("%d", problem.column) : NULL;
    g_autofree char *reason = g_strdup_printf("is not JSON: %s", problem.text);
    gh_faults_add(faults, GH_FAULT_ERROR, file, problem.line > 0 ? (size_t)problem.line : 0, column,
                  NULL, reason,
                  GH_MARK("look for a missing comma, quote or bracket there or just before"));
    return NULL;
}

void
gh_json_read_clear(GhJsonReader *reader)
{
    g_clear_pointer(&reader->lines, g_hash_table_unref);
}

char *
gh_json_read_path(const char *path, const char *key)
{
    return *path != '\0' ? g_strdup_printf("%s.%s", path, key) : g_strdup(key);
}

size_t
gh_json_read_line(GhJsonReader *reader, const char *path)
{
    if (reader->lines == NULL)
        reader->lines = gh_json_read_lines(reader->text, reader->n_bytes);

    /* A missing key has no line of its own: cut the path until something is there. */
    g_autofree char *known = g_strdup(path);
    while (*known != '\0' && !g_hash_table_contains(reader->lines, known)) {
        char *dot = strrchr(known, '.');
        char *bracket = strrchr(known, '[');
        char *cut = MAX(dot, bracket);
        *(cut != NULL ? cut : known) = '\0';
    }
    return GPOINTER_TO_SIZE(g_hash_table_lookup(reader->lines, known));
}

void
gh_json_read_fault(GhJsonReader *reader, const char *path, const char *value, const char *reason,
                   const char *remedy)
{
    gh_faults_add(reader->faults, GH_FAULT_ERROR, reader->file, gh_json_read_line(reader, path),
                  *path != '\0' ? path : NULL, value, reason, remedy);
}

const char *
gh_json_read_kind(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return GH_MARK("is an object");
    case JSON_ARRAY:
        return GH_MARK("is a list");
    case JSON_STRING:
        return GH_MARK("is a text");
    case JSON_INTEGER:
    case JSON_REAL:
        return GH_MARK("is a number");
    case JSON_TRUE:
    case JSON_FALSE:
        return GH_MARK("is true or false");
    case JSON_NULL:
        return GH_MARK("is null");
    }
    g_assert_not_reached();
}

char *
gh_json_read_suggest(GhJsonReader *reader, const char *const *words, const char *word,
                     const char *fallback)
{
    if (reader->n_suggestions++ >= SUGGESTIONS_MAX)
        return g_strdup(fallback);
    return gh_words_suggest(words, word, fallback);
}

static void
missing_fault(GhJsonReader *reader, const char *path, const char *what)
{
    g_autofree char *remedy = g_strdup_printf("add it: %s", what);
    gh_json_read_fault(reader, path, NULL, GH_MARK("is missing"), remedy);
}

const json_t *
gh_json_read_object(GhJsonReader *reader, const json_t *value, const char *path,
                    const char *const *keys)
{
    if (value == NULL)
        return NULL;
    if (!json_is_object(value)) {
        gh_json_read_fault(reader, path, NULL, gh_json_read_kind(value),
                           GH_MARK("write an object: { ... }"));
        return NULL;
    }

    for (void *iter = json_object_iter((json_t *)(uintptr_t)value); iter != NULL;
         iter = json_object_iter_next((json_t *)(uintptr_t)value, iter)) {
        const char *key = json_object_iter_key(iter);
        if (gh_words_find(keys, key) >= 0)
            continue;
        g_autofree char *list = gh_words_list(keys);
        g_autofree char *all = g_strdup_printf("the keys here are %s", list);
        g_autofree char *remedy = gh_json_read_suggest(reader, keys, key, all);
        g_autofree char *at = gh_json_read_path(path, key);
        gh_json_read_fault(reader, at, NULL, GH_MARK("is not a key of this file"), remedy);
    }
    return value;
}

json_t *
gh_json_read_array(GhJsonReader *reader, const json_t *object, const char *path, const char *key,
                   GhJsonNeed need, size_t n_max)
{
    json_t *value = json_object_get(object, key);
    g_autofree char *at = gh_json_read_path(path, key);

    if (value == NULL || json_is_null(value)) {
        if (need == GH_JSON_NEEDED && object != NULL)
            missing_fault(reader, at, "a list: [ ... ]");
        return NULL;
    }
    if (!json_is_array(value)) {
        gh_json_read_fault(reader, at, NULL, gh_json_read_kind(value),
                           GH_MARK("write a list: [ ... ]"));
        return NULL;
    }
    if (need == GH_JSON_NEEDED && json_array_size(value) == 0)
        gh_json_read_fault(reader, at, NULL, GH_MARK("is empty"), GH_MARK("write at least one"));
    if (json_array_size(value) > n_max) {
        g_autofree char *remedy = g_strdup_printf("write at most %zu", n_max);
        gh_json_read_fault(reader, at, NULL, GH_MARK("is too long"), remedy);
        return NULL;
    }
    return value;
}

static bool
has_control(const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_iscntrl(*p) && *p != '\n')
            return true;
    return false;
}

const char *
gh_json_read_element(GhJsonReader *reader, const json_t *value, const char *path)
{
    if (!json_is_string(value)) {
        gh_json_read_fault(reader, path, NULL, gh_json_read_kind(value),
                           GH_MARK("write a text in quotes"));
        return "";
    }

    const char *text = json_string_value(value);
    if (strlen(text) > GH_JSON_MAX_TEXT_BYTES)
        gh_json_read_fault(reader, path, text, GH_MARK("is too long"),
                           GH_MARK("use at most 16384 bytes"));
    else if (has_control(text))
        gh_json_read_fault(reader, path, text, GH_MARK("has a control character"),
                           GH_MARK("take it out"));
    else
        return *text != '\0' ? g_string_chunk_insert_const(reader->texts, text) : "";
    return "";
}

const char *
gh_json_read_text(GhJsonReader *reader, const json_t *object, const char *path, const char *key,
                  GhJsonNeed need)
{
    const json_t *value = json_object_get(object, key);
    g_autofree char *at = gh_json_read_path(path, key);

    if (value == NULL || json_is_null(value)) {
        if (need == GH_JSON_NEEDED && object != NULL)
            missing_fault(reader, at, "a text in quotes");
        return "";
    }
    if (need == GH_JSON_NEEDED && json_is_string(value) && *json_string_value(value) == '\0')
        gh_json_read_fault(reader, at, NULL, GH_MARK("is empty"), GH_MARK("write a text"));
    return gh_json_read_element(reader, value, at);
}

bool
gh_json_read_number(GhJsonReader *reader, const json_t *object, const char *path, const char *key,
                    GhJsonNeed need, double *ret_number)
{
    const json_t *value = json_object_get(object, key);
    g_autofree char *at = gh_json_read_path(path, key);

    if (value == NULL) {
        if (need == GH_JSON_NEEDED && object != NULL)
            missing_fault(reader, at, "a number");
        return false;
    }
    if (!json_is_number(value)) {
        gh_json_read_fault(reader, at, NULL, gh_json_read_kind(value),
                           GH_MARK("write a number, without quotes"));
        return false;
    }
    *ret_number = json_number_value(value);
    return true;
}
