/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* view_read.h - how the template engine reads a view; nobody else needs it.
 *
 * Ownership Everything is borrowed from the view.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "http/view.h"

typedef enum {
    GH_VIEW_NOTHING, /* set to NULL */
    GH_VIEW_TEXT,
    GH_VIEW_COUNT, /* text, and count */
    GH_VIEW_SAFE_HTML,
    GH_VIEW_FLAG,
    GH_VIEW_OBJECT,
    GH_VIEW_LIST,
} GhViewKind;

typedef struct {
    GhViewKind kind;
    char *text; /* TEXT, COUNT, SAFE_HTML */
    unsigned long count;
    bool flag;
    GhView *object;
    GPtrArray *list; /* of GhView */
} GhViewValue;

/* A key with its hash, so that a template computes it once, when it is parsed. */
typedef struct {
    const char *name; /* not NUL-terminated */
    size_t n_bytes;
    uint32_t hash;
} GhViewKey;

GhViewKey gh_view_key(const char *name, size_t n_bytes);

/* The value of that key in this view alone, or NULL. */
const GhViewValue *gh_view_find(const GhView *view, const GhViewKey *key);

/* Whether a section over the value is shown. */
bool gh_view_value_is_true(const GhViewValue *value);
