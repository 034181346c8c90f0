/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_message.c - text to translate in a template: {{#_}}...{{/_}} and {{#_n key}}...{{/_n}}. */
#include <string.h>

#include "http/template_reader.h"

/* The msgid: blanks and line ends made one blank, none at its ends. */
static const char *
keep_squeezed(GhReader *reader, const char *text, size_t n_bytes)
{
    g_autoptr(GString) squeezed = g_string_sized_new(n_bytes);

    for (size_t i = 0; i < n_bytes; i++) {
        if (!gh_reader_is_space(text[i]))
            g_string_append_c(squeezed, text[i]);
        else if (squeezed->len > 0 && squeezed->str[squeezed->len - 1] != ' ')
            g_string_append_c(squeezed, ' ');
    }
    if (squeezed->len > 0 && squeezed->str[squeezed->len - 1] == ' ')
        g_string_truncate(squeezed, squeezed->len - 1);
    return gh_reader_keep(reader, squeezed->str, squeezed->len);
}

/* context|msgid or context|msgid||plural */
static bool
set_message(GhReader *reader, GhNode *node, const char *text, size_t n_bytes, GError **error)
{
    const char *end = text + n_bytes;

    if (node->kind == GH_NODE_PLURAL) {
        const char *bars = gh_reader_find(text, end, "||");
        if (bars == NULL)
            return gh_reader_fail(reader, node->line, error,
                                  "{{#_n %s}} has one form; expected: one thing||{%s} things",
                                  node->name, node->name);
        node->plural = keep_squeezed(reader, bars + 2, (size_t)(end - bars - 2));
        end = bars;
    }
    const char *bar = memchr(text, '|', (size_t)(end - text));
    if (bar != NULL) {
        node->context = keep_squeezed(reader, text, (size_t)(bar - text));
        text = bar + 1;
    }
    node->msgid = keep_squeezed(reader, text, (size_t)(end - text));
    if (node->msgid[0] == '\0' || (node->plural != NULL && node->plural[0] == '\0'))
        return gh_reader_fail(reader, node->line, error, "there is no text to translate");
    return true;
}

bool
gh_reader_add_message(GhReader *reader, const GhTag *tag, bool plural, const char **ret_after,
                      GError **error)
{
    const char *closing = plural ? "{{/_n}}" : "{{/_}}";
    GhNode *node =
        gh_reader_add_node(reader, plural ? GH_NODE_PLURAL : GH_NODE_TRANSLATED, tag->start);

    if (plural) {
        const char *key = tag->body + 2;
        size_t n_key = tag->n_body - 2;
        for (; n_key > 0 && gh_reader_is_space(*key); n_key--)
            key++;
        if (!gh_reader_set_path(reader, node, key, n_key, error))
            return false;
    }
    const char *close = gh_reader_find(tag->after, reader->end, closing);
    if (close == NULL)
        return gh_reader_fail(reader, node->line, error, "text to translate is not closed by %s",
                              closing);
    const char *inner = gh_reader_find(tag->after, close, "{{");
    if (inner != NULL)
        return gh_reader_fail(reader, gh_reader_line_of(reader, inner), error,
                              "text to translate holds a tag; write {name} for a value");
    if (!set_message(reader, node, tag->after, (size_t)(close - tag->after), error))
        return false;
    *ret_after = close + strlen(closing);
    return true;
}
