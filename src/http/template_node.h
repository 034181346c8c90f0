/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_node.h - a parsed template: what the parser hands to the renderer.
 *
 * Shapes    A flat array in the order of the text. A section is a node; its content follows it and
 *           ends before node `end`, so that skipping it is one jump.
 * Ownership Everything points into the template's own copy of its text, or into its chunk.
 */
#pragma once

#include "http/template.h"
#include "http/view_read.h"

enum {
    GH_TEMPLATE_PATH_MAX = 4
}; /* a.b.c.d; our choice, deeper views are hard to read */

typedef enum {
    GH_NODE_TEXT,
    GH_NODE_VALUE,
    GH_NODE_SECTION,
    GH_NODE_INVERTED,
    GH_NODE_PARTIAL,
    GH_NODE_TRANSLATED,
    GH_NODE_PLURAL,
} GhNodeKind;

typedef struct {
    GhViewKey keys[GH_TEMPLATE_PATH_MAX];
    unsigned n_keys;
} GhNodePath;

typedef struct {
    GhNodeKind kind;
    unsigned line;
    bool
        starts_line; /* TEXT, maybe empty: first in its line, a partial's indentation goes before */
    size_t end;      /* SECTION, INVERTED: the node after the content */

    /* TEXT: the text. PARTIAL: the indentation. */
    const char *text;
    size_t n_text;

    GhNodePath path; /* VALUE, SECTION, INVERTED, PLURAL */

    const char *name;    /* PARTIAL; VALUE, SECTION, INVERTED, PLURAL: the path, for messages */
    const char *context; /* TRANSLATED, PLURAL; may be NULL */
    const char *msgid;
    const char *plural; /* PLURAL */
} GhNode;

struct GhTemplate {
    char *name; /* for messages: "city.html" */
    char *text;
    GStringChunk *strings;
    GArray *nodes; /* of GhNode */
};

/* Splits a.b.c; false when a part is empty or not a key, or there are too many. */
bool gh_node_path_parse(const char *text, size_t n_bytes, GhNodePath *ret_path);

/* Where partials are found while rendering; NULL when there is none of that name. */
typedef const GhTemplate *(*GhTemplateFind)(const char *name, const void *data);

bool gh_template_render_with(const GhTemplate *template, GhTemplateFind find, const void *data,
                             const GhView *view, const GhLang *lang, GString *out, GError **error);
