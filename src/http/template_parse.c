/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_parse.c - from the text of a template to its nodes. See template.h for the language. */
#include <string.h>

#include "http/template_reader.h"

static const char PARTIAL_BYTES[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

/* clang-format off */
G_DEFINE_QUARK(gh-template-error-quark, gh_template_error)
/* clang-format on */

static bool
body_is(const GhTag *tag, const char *text)
{
    return tag->n_body == strlen(text) && memcmp(tag->body, text, tag->n_body) == 0;
}

static bool
open_section(GhReader *reader, const GhTag *tag, GError **error)
{
    GhNode *node = gh_reader_add_node(
        reader, tag->sigil == '#' ? GH_NODE_SECTION : GH_NODE_INVERTED, tag->start);
    if (!gh_reader_set_path(reader, node, tag->body, tag->n_body, error))
        return false;
    if (reader->n_open == GH_TEMPLATE_MAX_DEPTH)
        return gh_reader_fail(reader, node->line, error, "sections are nested more than %d deep",
                              GH_TEMPLATE_MAX_DEPTH);

    reader->open[reader->n_open++] = (GhOpenSection){
        .node = reader->template->nodes->len - 1,
        .name = node->name,
        .line = node->line,
    };
    return true;
}

static bool
close_section(GhReader *reader, const GhTag *tag, GError **error)
{
    unsigned line = gh_reader_line_of(reader, tag->start);
    const char *name = gh_reader_keep(reader, tag->body, tag->n_body);
    if (reader->n_open == 0)
        return gh_reader_fail(reader, line, error, "{{/%s}} closes nothing", name);

    const GhOpenSection *open = &reader->open[--reader->n_open];
    if (!g_str_equal(open->name, name))
        return gh_reader_fail(reader, line, error,
                              "section '%s', opened in line %u, is closed by {{/%s}}", open->name,
                              open->line, name);
    g_array_index(reader->template->nodes, GhNode, open->node).end = reader->template->nodes->len;
    return true;
}

static bool
add_partial(GhReader *reader, const GhTag *tag, const char *indentation, GError **error)
{
    GhNode *node = gh_reader_add_node(reader, GH_NODE_PARTIAL, tag->start);

    node->name = gh_reader_keep(reader, tag->body, tag->n_body);
    node->text = indentation;
    node->n_text = (size_t)(tag->start - indentation);
    if (!gh_reader_consists_of(tag->body, tag->n_body, PARTIAL_BYTES))
        return gh_reader_fail(reader, node->line, error,
                              "'%s' is not a template's name; expected a-z, 0-9, _ and -",
                              node->name);
    return true;
}

static bool
is_plural_tag(const GhTag *tag)
{
    return tag->sigil == '#' && tag->n_body >= 2 && memcmp(tag->body, "_n", 2) == 0
           && (tag->n_body == 2 || gh_reader_is_space(tag->body[2]));
}

/* -- the whole -- */

/* Tags that vanish with their line when nothing else stands in it. */
static bool
may_stand_alone(const GhTag *tag)
{
    return tag->sigil != 0 && strchr("#^/>!", tag->sigil) != NULL;
}

static bool
add_tag(GhReader *reader, const GhTag *tag, const char *indentation, GError **error)
{
    switch (tag->sigil) {
    case '#':
    case '^':
        return open_section(reader, tag, error);
    case '/':
        return close_section(reader, tag, error);
    case '>':
        return add_partial(reader, tag, indentation, error);
    case '!':
        return true;
    case '&':
    case '=':
        return gh_reader_fail(reader, gh_reader_line_of(reader, tag->start), error,
                              "{{%c is not supported", tag->sigil);
    default: {
        GhNode *node = gh_reader_add_node(reader, GH_NODE_VALUE, tag->start);
        return gh_reader_set_path(reader, node, tag->body, tag->n_body, error);
    }
    }
}

/* One tag with the text before it; at is then behind the tag. */
static bool
parse_step(GhReader *reader, const char *braces, GError **error)
{
    GhTag tag = {0};
    if (!gh_reader_read_tag(reader, braces, &tag, error))
        return false;

    bool plural = is_plural_tag(&tag);
    if (plural || (tag.sigil == '#' && body_is(&tag, "_"))) {
        const char *after = NULL;
        gh_reader_add_text_before(reader, reader->at, tag.start);
        if (!gh_reader_add_message(reader, &tag, plural, &after, error))
            return false;
        gh_reader_move_to(reader, after);
        return true;
    }

    const char *line_start = gh_reader_blank_line_start(reader, tag.start);
    const char *line_end = gh_reader_blank_line_end(reader, tag.after);
    bool alone = may_stand_alone(&tag) && line_start != NULL && line_end != NULL;
    if (alone)
        gh_reader_add_text(reader, reader->at, line_start);
    else
        gh_reader_add_text_before(reader, reader->at, tag.start);
    if (!add_tag(reader, &tag, alone ? line_start : tag.start, error))
        return false;
    gh_reader_move_to(reader, alone ? line_end : tag.after);
    return true;
}

static bool
parse(GhReader *reader, GError **error)
{
    for (const char *braces; (braces = gh_reader_find(reader->at, reader->end, "{{")) != NULL;) {
        if (!parse_step(reader, braces, error))
            return false;
    }
    gh_reader_add_text(reader, reader->at, reader->end);

    if (reader->n_open > 0) {
        const GhOpenSection *open = &reader->open[reader->n_open - 1];
        return gh_reader_fail(reader, open->line, error, "section '%s' is not closed", open->name);
    }
    return true;
}

GhTemplate *
gh_template_parse(const char *name, const char *text, size_t n_bytes, GError **error)
{
    g_autoptr(GhTemplate) template = g_new0(GhTemplate, 1);

    template->name = g_strdup(name);
    template->text = g_strndup(text, n_bytes);
    template->strings = g_string_chunk_new(1024);
    template->nodes = g_array_new(FALSE, FALSE, sizeof(GhNode));

    GhReader reader = {
        .template = template,
        .start = template->text,
        .at = template->text,
        .end = template->text + n_bytes,
        .line = 1,
    };
    if (memchr(text, '\0', n_bytes) != NULL || !g_utf8_validate(text, (gssize)n_bytes, NULL)) {
        gh_reader_fail(&reader, 1, error, "is not UTF-8 text");
        return NULL;
    }
    if (!parse(&reader, error))
        return NULL;
    return g_steal_pointer(&template);
}

void
gh_template_free(GhTemplate *template)
{
    if (template == NULL)
        return;
    g_free(template->name);
    g_free(template->text);
    g_string_chunk_free(template->strings);
    g_array_unref(template->nodes);
    g_free(template);
}
