/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_reader.h - what the parts of the template parser share: where we read, tags, new nodes.
 *
 * Ownership Pointers lead into the template's copy of its text or into its chunk of strings. A node
 *           returned may move when the next one is added.
 * Errors    GH_TEMPLATE_ERROR_SYNTAX with file and line.
 */
#pragma once

#include "http/template_node.h"

/* A section that is open while its content is read. */
typedef struct {
    size_t node;
    const char *name;
    unsigned line;
} GhOpenSection;

typedef struct {
    GhTemplate *template;
    const char *start;
    const char *at;
    const char *end;
    unsigned line; /* of at */
    GhOpenSection open[GH_TEMPLATE_MAX_DEPTH];
    unsigned n_open;
} GhReader;

/* {{ SIGIL BODY }}, blanks around the body left out */
typedef struct {
    const char *start; /* of {{ */
    const char *after; /* behind }} */
    char sigil;        /* 0 for a value */
    const char *body;
    size_t n_body;
} GhTag;

/* Sets the error and returns false. */
bool gh_reader_fail(const GhReader *reader, unsigned line, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* -- text -- */

const char *gh_reader_find(const char *from, const char *end, const char *what);
bool gh_reader_is_space(char c);

/* False for the empty text. */
bool gh_reader_consists_of(const char *text, size_t n_bytes, const char *allowed);

/* Moves on to `to`, counting lines. */
void gh_reader_move_to(GhReader *reader, const char *to);

/* The line of a place at or behind where we read. */
unsigned gh_reader_line_of(const GhReader *reader, const char *place);

/* Where the line begins in which only blanks stand before place; NULL when something else does. */
const char *gh_reader_blank_line_start(const GhReader *reader, const char *place);

/* The start of the next line when only blanks stand behind place; else NULL. */
const char *gh_reader_blank_line_end(const GhReader *reader, const char *place);

/* -- tags and nodes -- */

bool gh_reader_read_tag(GhReader *reader, const char *start, GhTag *ret_tag, GError **error);

GhNode *gh_reader_add_node(GhReader *reader, GhNodeKind kind, const char *place);
void gh_reader_add_text(GhReader *reader, const char *from, const char *to);

/* The text before a tag that stays in its line. A tag that is first there has no text to carry an
 * indentation, so it gets an empty one. */
void gh_reader_add_text_before(GhReader *reader, const char *from, const char *tag);

/* A copy that lives as long as the template. */
const char *gh_reader_keep(GhReader *reader, const char *text, size_t n_bytes);

bool gh_reader_set_path(GhReader *reader, GhNode *node, const char *text, size_t n_bytes,
                        GError **error);

/* {{#_}} (plural false) or {{#_n key}} up to where it is closed; ret_after is behind that. */
bool gh_reader_add_message(GhReader *reader, const GhTag *tag, bool plural, const char **ret_after,
                           GError **error);
