/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_read.h - values out of a JSON file written by people, with all their faults told.
 *
 * Functions take the path of the object they read from ("levels[1]"), "" for the whole file, and add a
 * fault with path and line for what is missing or of the wrong kind. An object that is not there is NULL
 * and reads as empty, without further faults.
 *
 * Ownership Texts returned live as long as the chunk that was given.
 * Threads   One reader, one thread.
 * Not here  Writing: json_writer.h.
 */
#pragma once

#include "base/faults.h"

#include <jansson.h>

enum {
    GH_JSON_MAX_TEXT_BYTES = 16384, /* of one text */
};

typedef struct {
    const char *file; /* for messages; borrowed */
    const char *text; /* borrowed */
    size_t n_bytes;
    GStringChunk *texts; /* borrowed */
    GhFaults *faults;    /* borrowed */
    GHashTable *lines;   /* path -> line; made when first needed; owned */
    unsigned n_suggestions;
} GhJsonReader;

typedef enum {
    GH_JSON_OPTIONAL,
    GH_JSON_NEEDED
} GhJsonNeed;

/* The root, which the caller owns, or NULL with a fault when text is not JSON or gives a key twice. */
json_t *gh_json_read_open(GhJsonReader *reader, const char *file, const char *text, size_t n_bytes,
                          GStringChunk *texts, GhFaults *faults);
void gh_json_read_clear(GhJsonReader *reader);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhJsonReader, gh_json_read_clear)

/* "levels[1].name"; the caller owns it. */
char *gh_json_read_path(const char *path, const char *key);

/* The line where path stands, or the nearest object around it. */
size_t gh_json_read_line(GhJsonReader *reader, const char *path);

/* value and remedy may be NULL. */
void gh_json_read_fault(GhJsonReader *reader, const char *path, const char *value,
                        const char *reason, const char *remedy);

/* "did you mean X?" from a NULL-ended list, or fallback; the caller owns it. */
char *gh_json_read_suggest(GhJsonReader *reader, const char *const *words, const char *word,
                           const char *fallback);

/* value if it is an object (its keys are checked), else NULL with a fault; NULL stays NULL. */
const json_t *gh_json_read_object(GhJsonReader *reader, const json_t *value, const char *path,
                                  const char *const *keys);

/* The array, or NULL where there is none. Needed means: with one element at least. */
json_t *gh_json_read_array(GhJsonReader *reader, const json_t *object, const char *path,
                           const char *key, GhJsonNeed need, size_t n_max);

/* "" where there is none. */
const char *gh_json_read_text(GhJsonReader *reader, const json_t *object, const char *path,
                              const char *key, GhJsonNeed need);

/* An element of a list of texts; "" with a fault if it is none. */
const char *gh_json_read_element(GhJsonReader *reader, const json_t *value, const char *path);

/* False where there is none; *ret_number is untouched then. */
bool gh_json_read_number(GhJsonReader *reader, const json_t *object, const char *path,
                         const char *key, GhJsonNeed need, double *ret_number);

/* What is wrong with a value of another kind than expected: "is a list". */
const char *gh_json_read_kind(const json_t *value);

/* Line of every value in a valid JSON text: path ("levels[1].name") -> line; up to 8 deep. */
GHashTable *gh_json_read_lines(const char *text, size_t n_bytes);
