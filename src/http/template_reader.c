/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_reader.c - see template_reader.h. */
#include "http/template_reader.h"

#include <string.h>

static const char KEY_BYTES[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

bool
gh_reader_fail(const GhReader *reader, unsigned line, GError **error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX, "%s:%u: %s",
                reader->template->name, line, message);
    return false;
}

const char *
gh_reader_find(const char *from, const char *end, const char *what)
{
    return memmem(from, (size_t)(end - from), what, strlen(what));
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool
gh_reader_is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

bool
gh_reader_consists_of(const char *text, size_t n_bytes, const char *allowed)
{
    for (size_t i = 0; i < n_bytes; i++) {
        if (text[i] == '\0' || strchr(allowed, text[i]) == NULL)
            return false;
    }
    return n_bytes > 0;
}

bool
gh_node_path_parse(const char *text, size_t n_bytes, GhNodePath *ret_path)
{
    GhNodePath path = {0};

    for (size_t start = 0; start <= n_bytes;) {
        const char *dot = memchr(text + start, '.', n_bytes - start);
        size_t n_part = (dot == NULL ? n_bytes : (size_t)(dot - text)) - start;
        if (path.n_keys == GH_TEMPLATE_PATH_MAX
            || !gh_reader_consists_of(text + start, n_part, KEY_BYTES))
            return false;

        path.keys[path.n_keys++] = gh_view_key(text + start, n_part);
        start += n_part + 1;
    }
    *ret_path = path;
    return true;
}

/* -- lines -- */

void
gh_reader_move_to(GhReader *reader, const char *to)
{
    for (; reader->at < to; reader->at++) {
        if (*reader->at == '\n')
            reader->line++;
    }
}

unsigned
gh_reader_line_of(const GhReader *reader, const char *place)
{
    unsigned line = reader->line;

    for (const char *p = reader->at; p < place; p++)
        line += *p == '\n';
    return line;
}

static bool
starts_line(const GhReader *reader, const char *place)
{
    return place == reader->start || place[-1] == '\n';
}

const char *
gh_reader_blank_line_start(const GhReader *reader, const char *place)
{
    while (place > reader->start && is_blank(place[-1]))
        place--;
    return starts_line(reader, place) ? place : NULL;
}

const char *
gh_reader_blank_line_end(const GhReader *reader, const char *place)
{
    while (place < reader->end && is_blank(*place))
        place++;
    if (place == reader->end)
        return place;
    if (*place == '\r' && place + 1 < reader->end)
        place++;
    return *place == '\n' ? place + 1 : NULL;
}

/* -- nodes -- */

GhNode *
gh_reader_add_node(GhReader *reader, GhNodeKind kind, const char *place)
{
    const GhNode node = {
        .kind = kind,
        .line = gh_reader_line_of(reader, place),
    };

    g_array_append_val(reader->template->nodes, node);
    return &g_array_index(reader->template->nodes, GhNode, reader->template->nodes->len - 1);
}

void
gh_reader_add_text(GhReader *reader, const char *from, const char *to)
{
    if (from == to)
        return;
    GhNode *node = gh_reader_add_node(reader, GH_NODE_TEXT, from);
    node->text = from;
    node->n_text = (size_t)(to - from);
    node->starts_line = starts_line(reader, from);
}

void
gh_reader_add_text_before(GhReader *reader, const char *from, const char *tag)
{
    gh_reader_add_text(reader, from, tag);
    if (!starts_line(reader, tag))
        return;
    GhNode *node = gh_reader_add_node(reader, GH_NODE_TEXT, tag);
    node->text = tag;
    node->starts_line = true;
}

const char *
gh_reader_keep(GhReader *reader, const char *text, size_t n_bytes)
{
    return g_string_chunk_insert_len(reader->template->strings, text, (gssize)n_bytes);
}

bool
gh_reader_set_path(GhReader *reader, GhNode *node, const char *text, size_t n_bytes, GError **error)
{
    node->name = gh_reader_keep(reader, text, n_bytes);
    if (gh_node_path_parse(text, n_bytes, &node->path))
        return true;
    if (g_str_equal(node->name, "."))
        return gh_reader_fail(reader, node->line, error,
                              "{{.}} is not supported; give the list as objects and show {{text}}");
    return gh_reader_fail(
        reader, node->line, error,
        "'%s' is not a name; expected up to %d words of a-z, 0-9 and _ with points between",
        node->name, GH_TEMPLATE_PATH_MAX);
}

/* -- tags -- */

bool
gh_reader_read_tag(GhReader *reader, const char *start, GhTag *ret_tag, GError **error)
{
    const char *body = start + 2;
    if (body < reader->end && *body == '{')
        return gh_reader_fail(
            reader, gh_reader_line_of(reader, start), error,
            "{{{ is not supported; values are always escaped, put markup of our own into the "
            "view as safe HTML");
    const char *close = gh_reader_find(body, reader->end, "}}");
    if (close == NULL)
        return gh_reader_fail(reader, gh_reader_line_of(reader, start), error,
                              "{{ is not closed by }}");

    GhTag tag = {.start = start, .after = close + 2, .body = body};
    const char *body_end = close;
    if (tag.body < body_end && strchr("#^/>!&=", *tag.body) != NULL)
        tag.sigil = *tag.body++;
    while (tag.body < body_end && gh_reader_is_space(*tag.body))
        tag.body++;
    while (tag.body < body_end && gh_reader_is_space(body_end[-1]))
        body_end--;
    tag.n_body = (size_t)(body_end - tag.body);
    *ret_tag = tag;
    return true;
}
