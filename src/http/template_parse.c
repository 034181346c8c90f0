/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_parse.c - from the text of a template to its nodes. See template.h for the language. */
#include <string.h>

#include "http/template_node.h"

static const char KEY_BYTES[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
static const char PARTIAL_BYTES[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

/* clang-format off */
G_DEFINE_QUARK(gh-template-error-quark, gh_template_error)
/* clang-format on */

/* A section that is open while its content is read. */
typedef struct {
    size_t node;
    const char *name;
    unsigned line;
} Open;

typedef struct {
    GhTemplate *template;
    const char *start;
    const char *at;
    const char *end;
    unsigned line; /* of at */
    Open open[GH_TEMPLATE_MAX_DEPTH];
    unsigned n_open;
} Parser;

/* {{ SIGIL BODY }} */
typedef struct {
    const char *start; /* of {{ */
    const char *after; /* behind }} */
    char sigil;        /* 0 for a value */
    const char *body;
    size_t n_body;
} Tag;

static bool G_GNUC_PRINTF(4, 5)
    fail(const Parser *parser, unsigned line, GError **error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX, "%s:%u: %s",
                parser->template->name, line, message);
    return false;
}

static const char *
find(const char *from, const char *end, const char *what)
{
    return memmem(from, (size_t)(end - from), what, strlen(what));
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool
is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

static bool
consists_of(const char *text, size_t n_bytes, const char *allowed)
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
        if (path.n_keys == GH_TEMPLATE_PATH_MAX || !consists_of(text + start, n_part, KEY_BYTES))
            return false;

        path.keys[path.n_keys++] = gh_view_key(text + start, n_part);
        start += n_part + 1;
    }
    *ret_path = path;
    return true;
}

/* -- lines -- */

/* Moves on to `to`, counting lines. */
static void
move_to(Parser *parser, const char *to)
{
    for (; parser->at < to; parser->at++) {
        if (*parser->at == '\n')
            parser->line++;
    }
}

static unsigned
line_of(const Parser *parser, const char *place)
{
    unsigned line = parser->line;

    for (const char *p = parser->at; p < place; p++)
        line += *p == '\n';
    return line;
}

static bool
starts_line(const Parser *parser, const char *place)
{
    return place == parser->start || place[-1] == '\n';
}

/* Where the line begins in which only blanks stand before place; NULL when something else does. */
static const char *
blank_line_start(const Parser *parser, const char *place)
{
    while (place > parser->start && is_blank(place[-1]))
        place--;
    return starts_line(parser, place) ? place : NULL;
}

/* The start of the next line when only blanks stand behind place; else NULL. */
static const char *
blank_line_end(const Parser *parser, const char *place)
{
    while (place < parser->end && is_blank(*place))
        place++;
    if (place == parser->end)
        return place;
    if (*place == '\r' && place + 1 < parser->end)
        place++;
    return *place == '\n' ? place + 1 : NULL;
}

/* -- nodes -- */

static GhNode *
add_node(Parser *parser, GhNodeKind kind, const char *place)
{
    const GhNode node = {
        .kind = kind,
        .line = line_of(parser, place),
    };

    g_array_append_val(parser->template->nodes, node);
    return &g_array_index(parser->template->nodes, GhNode, parser->template->nodes->len - 1);
}

static void
add_text(Parser *parser, const char *from, const char *to)
{
    if (from == to)
        return;
    GhNode *node = add_node(parser, GH_NODE_TEXT, from);
    node->text = from;
    node->n_text = (size_t)(to - from);
    node->starts_line = starts_line(parser, from);
}

/* The text before a tag that stays in its line. A tag that is first there has no text to carry an
 * indentation, so it gets an empty one. */
static void
add_text_before(Parser *parser, const char *from, const char *tag)
{
    add_text(parser, from, tag);
    if (!starts_line(parser, tag))
        return;
    GhNode *node = add_node(parser, GH_NODE_TEXT, tag);
    node->text = tag;
    node->starts_line = true;
}

static const char *
keep(Parser *parser, const char *text, size_t n_bytes)
{
    return g_string_chunk_insert_len(parser->template->strings, text, (gssize)n_bytes);
}

static bool
set_path(Parser *parser, GhNode *node, const char *text, size_t n_bytes, GError **error)
{
    node->name = keep(parser, text, n_bytes);
    if (gh_node_path_parse(text, n_bytes, &node->path))
        return true;
    if (g_str_equal(node->name, "."))
        return fail(parser, node->line, error,
                    "{{.}} is not supported; give the list as objects and show {{text}}");
    return fail(parser, node->line, error,
                "'%s' is not a name; expected up to %d words of a-z, 0-9 and _ with points between",
                node->name, GH_TEMPLATE_PATH_MAX);
}

/* -- tags -- */

static bool
read_tag(Parser *parser, const char *start, Tag *ret_tag, GError **error)
{
    const char *body = start + 2;
    if (body < parser->end && *body == '{')
        return fail(
            parser, line_of(parser, start), error,
            "{{{ is not supported; values are always escaped, put markup of our own into the "
            "view as safe HTML");
    const char *close = find(body, parser->end, "}}");
    if (close == NULL)
        return fail(parser, line_of(parser, start), error, "{{ is not closed by }}");

    Tag tag = {.start = start, .after = close + 2, .body = body};
    const char *body_end = close;
    if (tag.body < body_end && strchr("#^/>!&=", *tag.body) != NULL)
        tag.sigil = *tag.body++;
    while (tag.body < body_end && is_space(*tag.body))
        tag.body++;
    while (tag.body < body_end && is_space(body_end[-1]))
        body_end--;
    tag.n_body = (size_t)(body_end - tag.body);
    *ret_tag = tag;
    return true;
}

static bool
body_is(const Tag *tag, const char *text)
{
    return tag->n_body == strlen(text) && memcmp(tag->body, text, tag->n_body) == 0;
}

static bool
open_section(Parser *parser, const Tag *tag, GError **error)
{
    GhNode *node =
        add_node(parser, tag->sigil == '#' ? GH_NODE_SECTION : GH_NODE_INVERTED, tag->start);
    if (!set_path(parser, node, tag->body, tag->n_body, error))
        return false;
    if (parser->n_open == GH_TEMPLATE_MAX_DEPTH)
        return fail(parser, node->line, error, "sections are nested more than %d deep",
                    GH_TEMPLATE_MAX_DEPTH);

    parser->open[parser->n_open++] = (Open){
        .node = parser->template->nodes->len - 1,
        .name = node->name,
        .line = node->line,
    };
    return true;
}

static bool
close_section(Parser *parser, const Tag *tag, GError **error)
{
    unsigned line = line_of(parser, tag->start);
    const char *name = keep(parser, tag->body, tag->n_body);
    if (parser->n_open == 0)
        return fail(parser, line, error, "{{/%s}} closes nothing", name);

    const Open *open = &parser->open[--parser->n_open];
    if (!g_str_equal(open->name, name))
        return fail(parser, line, error, "section '%s', opened in line %u, is closed by {{/%s}}",
                    open->name, open->line, name);
    g_array_index(parser->template->nodes, GhNode, open->node).end = parser->template->nodes->len;
    return true;
}

static bool
add_partial(Parser *parser, const Tag *tag, const char *indentation, GError **error)
{
    GhNode *node = add_node(parser, GH_NODE_PARTIAL, tag->start);

    node->name = keep(parser, tag->body, tag->n_body);
    node->text = indentation;
    node->n_text = (size_t)(tag->start - indentation);
    if (!consists_of(tag->body, tag->n_body, PARTIAL_BYTES))
        return fail(parser, node->line, error,
                    "'%s' is not a template's name; expected a-z, 0-9, _ and -", node->name);
    return true;
}

/* -- translated text -- */

/* The msgid: blanks and line ends made one blank, none at its ends. */
static const char *
keep_squeezed(Parser *parser, const char *text, size_t n_bytes)
{
    g_autoptr(GString) squeezed = g_string_sized_new(n_bytes);

    for (size_t i = 0; i < n_bytes; i++) {
        if (!is_space(text[i]))
            g_string_append_c(squeezed, text[i]);
        else if (squeezed->len > 0 && squeezed->str[squeezed->len - 1] != ' ')
            g_string_append_c(squeezed, ' ');
    }
    if (squeezed->len > 0 && squeezed->str[squeezed->len - 1] == ' ')
        g_string_truncate(squeezed, squeezed->len - 1);
    return keep(parser, squeezed->str, squeezed->len);
}

/* context|msgid or context|msgid||plural */
static bool
set_message(Parser *parser, GhNode *node, const char *text, size_t n_bytes, GError **error)
{
    const char *end = text + n_bytes;

    if (node->kind == GH_NODE_PLURAL) {
        const char *bars = find(text, end, "||");
        if (bars == NULL)
            return fail(parser, node->line, error,
                        "{{#_n %s}} has one form; expected: one thing||{%s} things", node->name,
                        node->name);
        node->plural = keep_squeezed(parser, bars + 2, (size_t)(end - bars - 2));
        end = bars;
    }
    const char *bar = memchr(text, '|', (size_t)(end - text));
    if (bar != NULL) {
        node->context = keep_squeezed(parser, text, (size_t)(bar - text));
        text = bar + 1;
    }
    node->msgid = keep_squeezed(parser, text, (size_t)(end - text));
    if (node->msgid[0] == '\0' || (node->plural != NULL && node->plural[0] == '\0'))
        return fail(parser, node->line, error, "there is no text to translate");
    return true;
}

/* {{#_}} or {{#_n key}} up to where it is closed; ret_after is behind that. */
static bool
add_translated(Parser *parser, const Tag *tag, bool plural, const char **ret_after, GError **error)
{
    const char *closing = plural ? "{{/_n}}" : "{{/_}}";
    GhNode *node = add_node(parser, plural ? GH_NODE_PLURAL : GH_NODE_TRANSLATED, tag->start);

    if (plural) {
        const char *key = tag->body + 2;
        size_t n_key = tag->n_body - 2;
        for (; n_key > 0 && is_space(*key); n_key--)
            key++;
        if (!set_path(parser, node, key, n_key, error))
            return false;
    }
    const char *close = find(tag->after, parser->end, closing);
    if (close == NULL)
        return fail(parser, node->line, error, "text to translate is not closed by %s", closing);
    const char *inner = find(tag->after, close, "{{");
    if (inner != NULL)
        return fail(parser, line_of(parser, inner), error,
                    "text to translate holds a tag; write {name} for a value");
    if (!set_message(parser, node, tag->after, (size_t)(close - tag->after), error))
        return false;
    *ret_after = close + strlen(closing);
    return true;
}

static bool
is_plural_tag(const Tag *tag)
{
    return tag->sigil == '#' && tag->n_body >= 2 && memcmp(tag->body, "_n", 2) == 0
           && (tag->n_body == 2 || is_space(tag->body[2]));
}

/* -- the whole -- */

/* Tags that vanish with their line when nothing else stands in it. */
static bool
may_stand_alone(const Tag *tag)
{
    return tag->sigil != 0 && strchr("#^/>!", tag->sigil) != NULL;
}

static bool
add_tag(Parser *parser, const Tag *tag, const char *indentation, GError **error)
{
    switch (tag->sigil) {
    case '#':
    case '^':
        return open_section(parser, tag, error);
    case '/':
        return close_section(parser, tag, error);
    case '>':
        return add_partial(parser, tag, indentation, error);
    case '!':
        return true;
    case '&':
    case '=':
        return fail(parser, line_of(parser, tag->start), error, "{{%c is not supported",
                    tag->sigil);
    default: {
        GhNode *node = add_node(parser, GH_NODE_VALUE, tag->start);
        return set_path(parser, node, tag->body, tag->n_body, error);
    }
    }
}

/* One tag with the text before it; at is then behind the tag. */
static bool
parse_step(Parser *parser, const char *braces, GError **error)
{
    Tag tag = {0};
    if (!read_tag(parser, braces, &tag, error))
        return false;

    bool plural = is_plural_tag(&tag);
    if (plural || (tag.sigil == '#' && body_is(&tag, "_"))) {
        const char *after = NULL;
        add_text_before(parser, parser->at, tag.start);
        if (!add_translated(parser, &tag, plural, &after, error))
            return false;
        move_to(parser, after);
        return true;
    }

    const char *line_start = blank_line_start(parser, tag.start);
    const char *line_end = blank_line_end(parser, tag.after);
    bool alone = may_stand_alone(&tag) && line_start != NULL && line_end != NULL;
    if (alone)
        add_text(parser, parser->at, line_start);
    else
        add_text_before(parser, parser->at, tag.start);
    if (!add_tag(parser, &tag, alone ? line_start : tag.start, error))
        return false;
    move_to(parser, alone ? line_end : tag.after);
    return true;
}

static bool
parse(Parser *parser, GError **error)
{
    for (const char *braces; (braces = find(parser->at, parser->end, "{{")) != NULL;) {
        if (!parse_step(parser, braces, error))
            return false;
    }
    add_text(parser, parser->at, parser->end);

    if (parser->n_open > 0) {
        const Open *open = &parser->open[parser->n_open - 1];
        return fail(parser, open->line, error, "section '%s' is not closed", open->name);
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

    Parser parser = {
        .template = template,
        .start = template->text,
        .at = template->text,
        .end = template->text + n_bytes,
        .line = 1,
    };
    if (memchr(text, '\0', n_bytes) != NULL || !g_utf8_validate(text, (gssize)n_bytes, NULL)) {
        fail(&parser, 1, error, "is not UTF-8 text");
        return NULL;
    }
    if (!parse(&parser, error))
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
