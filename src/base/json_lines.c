/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_lines.c - where in a JSON text a value stands.
 *
 * The JSON library knows the line of a syntax error, but not that of a value it has read. This walks
 * over text that the library has accepted, and so needs no checks of syntax of its own.
 */
#include "base/json_read.h"

#include <string.h>

enum {
    DEPTH_MAX = 8,        /* uncertainty.parameters[0].values[1].lower is 6 deep */
    PATH_MAX_BYTES = 400, /* longer ones are no keys of ours */
};

typedef struct {
    const char *at;
    const char *end;
    size_t line;
    GString *path;
    GHashTable *lines;
} Walk;

static void walk_value(Walk *walk, unsigned depth);

static void
skip_blanks(Walk *walk)
{
    for (; walk->at < walk->end && strchr(" \t\r\n", *walk->at) != NULL && *walk->at != '\0';
         walk->at++)
        walk->line += *walk->at == '\n';
}

/* Steps behind the string that begins here; its text is what lies between the quotes. */
static void
skip_string(Walk *walk, const char **ret_text, size_t *ret_n_bytes)
{
    const char *start = ++walk->at;

    while (walk->at < walk->end && *walk->at != '"')
        walk->at += *walk->at == '\\' ? 2 : 1;
    walk->at = MIN(walk->at, walk->end);
    *ret_text = start;
    *ret_n_bytes = (size_t)(walk->at - start);
    walk->at += walk->at < walk->end;
}

/* Members of an object, or elements of an array, up to the closing bracket. */
static void
walk_members(Walk *walk, unsigned depth, char close)
{
    size_t path_length = walk->path->len;

    walk->at++;
    skip_blanks(walk);
    for (size_t i = 0; walk->at < walk->end && *walk->at != close; i++) {
        if (close == '}') {
            const char *key = NULL;
            size_t n_bytes = 0;
            skip_string(walk, &key, &n_bytes);
            if (n_bytes < PATH_MAX_BYTES)
                g_string_append_printf(walk->path, "%s%.*s", path_length > 0 ? "." : "",
                                       (int)n_bytes, key);
            skip_blanks(walk);
            walk->at += walk->at < walk->end; /* the colon */
        } else {
            g_string_append_printf(walk->path, "[%zu]", i);
        }
        walk_value(walk, depth + 1);
        g_string_truncate(walk->path, path_length);
        skip_blanks(walk);
        walk->at += walk->at < walk->end && *walk->at == ',';
        skip_blanks(walk);
    }
    walk->at += walk->at < walk->end;
}

static void
walk_value(Walk *walk, unsigned depth)
{
    skip_blanks(walk);
    if (depth <= DEPTH_MAX && walk->path->len <= PATH_MAX_BYTES)
        g_hash_table_insert(walk->lines, g_strdup(walk->path->str), GSIZE_TO_POINTER(walk->line));
    if (walk->at >= walk->end)
        return;

    if (*walk->at == '{') {
        walk_members(walk, depth, '}');
    } else if (*walk->at == '[') {
        walk_members(walk, depth, ']');
    } else if (*walk->at == '"') {
        const char *text = NULL;
        size_t n_bytes = 0;
        skip_string(walk, &text, &n_bytes);
    } else {
        while (walk->at < walk->end && strchr(",]} \t\r\n", *walk->at) == NULL)
            walk->at++;
    }
}

GHashTable *
gh_json_read_lines(const char *text, size_t n_bytes)
{
    GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) path = g_string_new(NULL);
    Walk walk = {.at = text, .end = text + n_bytes, .line = 1, .path = path, .lines = lines};

    walk_value(&walk, 0);
    return lines;
}
