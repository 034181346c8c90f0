/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_writer.h - JSON text, written straight into a string.
 *
 * Shapes    Compact, keys in the order given. Numbers are the shortest text that reads back as the
 *           same double; NaN and infinity are our own bug (asserted).
 * Ownership The GString belongs to the caller.
 * Threads   One writer, one thread.
 * Not here  Reading JSON: jansson.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    GString *out;    /* borrowed */
    bool need_comma; /* a value was written at this depth */
} GhJson;

void gh_json_init(GhJson *json, GString *out);
void gh_json_begin_object(GhJson *json);
void gh_json_end_object(GhJson *json);
void gh_json_begin_array(GhJson *json);
void gh_json_end_array(GhJson *json);
void gh_json_key(GhJson *json, const char *key);

/* Values; NULL text is null. Invalid UTF-8 is our own bug (asserted). */
void gh_json_text(GhJson *json, const char *text);
void gh_json_number(GhJson *json, double value);
void gh_json_int(GhJson *json, int64_t value);
void gh_json_bool(GhJson *json, bool value);
void gh_json_null(GhJson *json);

/* Key and value in one. */
void gh_json_pair_text(GhJson *json, const char *key, const char *text);
void gh_json_pair_number(GhJson *json, const char *key, double value);
void gh_json_pair_int(GhJson *json, const char *key, int64_t value);
void gh_json_pair_bool(GhJson *json, const char *key, bool value);
void gh_json_pair_null(GhJson *json, const char *key);
