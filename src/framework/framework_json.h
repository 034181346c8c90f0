/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_json.h - values out of framework.json, with all their faults told.
 *
 * Every function takes the path of the object it reads from ("levels[1]"), "" for the whole file, and
 * adds a fault with path and line for what is missing or of the wrong kind. An object that is not
 * there is NULL and reads as empty, without further faults.
 *
 * Ownership Texts returned live as long as the framework.
 */
#pragma once

#include "framework/framework_private.h"

#include <jansson.h>

typedef struct {
    GhFrameworkParser *parser;
    const char *text; /* the file; borrowed */
    size_t n_bytes;
    GHashTable *lines; /* path -> line; made when first needed */
} GhJsonReader;

typedef enum {
    GH_JSON_OPTIONAL,
    GH_JSON_NEEDED
} GhJsonNeed;

/* The line where path stands, or the nearest object around it. */
size_t gh_json_read_line(GhJsonReader *reader, const char *path);

/* value may be NULL: then that of the file is shown if it is no list or object. */
void gh_json_read_fault(GhJsonReader *reader, const char *path, const char *value,
                        const char *reason, const char *remedy);

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

/* The key "id", its form checked. */
const char *gh_json_read_id(GhJsonReader *reader, const json_t *object, const char *path);

/* False where there is none; *ret_number is untouched then. */
bool gh_json_read_number(GhJsonReader *reader, const json_t *object, const char *path,
                         const char *key, GhJsonNeed need, double *ret_number);
