/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_render.c - from nodes and a view to text. */
#include <string.h>

#include "http/template_node.h"

typedef struct {
    GhTemplateFind find; /* NULL: no partials */
    const void *find_data;
    const GhLang *lang;
    GString *out;
    size_t start;    /* of our part of out */
    GString *indent; /* what stands before each line of the partial being rendered */
    unsigned depth;  /* of sections and partials being rendered */
    unsigned n_steps;
    const GhView *views[GH_TEMPLATE_MAX_DEPTH + 1]; /* enclosing sections, outermost first */
    unsigned n_views;
} Renderer;

/* Which template a node stands in, for messages and for the nodes of its sections. */
typedef const GhTemplate Source;

static bool render_nodes(Renderer *renderer, Source *source, size_t from, size_t to,
                         GError **error);

static bool
fail(Source *source, const GhNode *node, GhTemplateError code, GError **error, const char *what)
{
    g_set_error(error, GH_TEMPLATE_ERROR, (int)code, "%s:%u: %s", source->name, node->line, what);
    return false;
}

/* -- looking up -- */

static const GhViewValue *
look_up(Renderer *renderer, const GhNodePath *path)
{
    const GhViewValue *value = NULL;

    /* Each view searched is a step: deep inside sections a name costs more than a text. */
    for (unsigned i = renderer->n_views; i > 0 && value == NULL; i--, renderer->n_steps++)
        value = gh_view_find(renderer->views[i - 1], &path->keys[0]);
    /* Only the first part is searched for outwards: a.b never finds the b of another a. */
    for (unsigned i = 1; i < path->n_keys && value != NULL; i++) {
        if (value->kind != GH_VIEW_OBJECT)
            return NULL;
        value = gh_view_find(value->object, &path->keys[i]);
    }
    return value;
}

/* -- writing -- */

static void
append_escaped(GString *out, const char *text, size_t n_bytes)
{
    const char *end = text + n_bytes;

    for (const char *run = text; run < end;) {
        const char *p = run;
        while (p < end && *p != '&' && *p != '<' && *p != '>' && *p != '"' && *p != '\'')
            p++;
        g_string_append_len(out, run, p - run);
        if (p == end)
            return;

        const char *entity = *p == '&'   ? "&amp;"
                             : *p == '<' ? "&lt;"
                             : *p == '>' ? "&gt;"
                             : *p == '"' ? "&quot;"
                                         : "&#39;";
        g_string_append(out, entity);
        run = p + 1;
    }
}

static void
append_value(GString *out, const GhViewValue *value)
{
    if (value->kind == GH_VIEW_SAFE_HTML)
        g_string_append(out, value->text);
    else if (value->text != NULL)
        append_escaped(out, value->text, strlen(value->text));
}

static void
append_indent(Renderer *renderer)
{
    g_string_append_len(renderer->out, renderer->indent->str, (gssize)renderer->indent->len);
}

/* Text of the template itself: each line of an indented partial gets the indentation. */
static void
append_text(Renderer *renderer, const GhNode *node)
{
    const char *line = node->text;
    const char *end = node->text + node->n_text;

    if (node->starts_line)
        append_indent(renderer);
    while (renderer->indent->len > 0 && line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        /* What follows the last line break is the next node's line. */
        if (newline == NULL || newline + 1 == end)
            break;
        g_string_append_len(renderer->out, line, newline + 1 - line);
        append_indent(renderer);
        line = newline + 1;
    }
    g_string_append_len(renderer->out, line, end - line);
}

/* A translation with its places filled from the view. */
static void
append_message(Renderer *renderer, const char *pattern)
{
    const char *name = NULL;
    size_t n_name = 0;

    for (const char *place; (place = gh_lang_find_place(pattern, &name, &n_name)) != NULL;) {
        const char *after = name + n_name + 1;
        GhNodePath path = {0};
        const GhViewValue *value =
            gh_node_path_parse(name, n_name, &path) ? look_up(renderer, &path) : NULL;
        append_escaped(renderer->out, pattern, (size_t)(place - pattern));
        if (value != NULL && value->text != NULL)
            append_value(renderer->out, value);
        else
            append_escaped(renderer->out, place, (size_t)(after - place));
        pattern = after;
    }
    append_escaped(renderer->out, pattern, strlen(pattern));
}

/* -- nodes -- */

static bool
read_count(const GhViewValue *value, unsigned long *ret_count)
{
    guint64 count = 0;

    if (value == NULL)
        return false;
    if (value->kind == GH_VIEW_COUNT) {
        *ret_count = value->count;
        return true;
    }
    if (value->kind != GH_VIEW_TEXT
        || !g_ascii_string_to_unsigned(value->text, 10, 0, G_MAXULONG, &count, NULL))
        return false;
    *ret_count = (unsigned long)count;
    return true;
}

static bool
render_plural(Renderer *renderer, Source *source, const GhNode *node, GError **error)
{
    unsigned long count = 0;

    if (!read_count(look_up(renderer, &node->path), &count)) {
        g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_COUNT,
                    "%s:%u: '%s' is not a whole number in the view", source->name, node->line,
                    node->name);
        return false;
    }
    append_message(renderer, gh_lang_plural_context(renderer->lang, node->context, node->msgid,
                                                    node->plural, count));
    return true;
}

static bool
render_inside(Renderer *renderer, Source *source, const GhNode *node, size_t from,
              const GhView *view, GError **error)
{
    g_assert(renderer->n_views < G_N_ELEMENTS(renderer->views)); /* the depth is limited */
    renderer->views[renderer->n_views++] = view;
    bool done = render_nodes(renderer, source, from, node->end, error);
    renderer->n_views--;
    return done;
}

static bool
render_section(Renderer *renderer, Source *source, const GhNode *node, size_t from, GError **error)
{
    const GhViewValue *value = look_up(renderer, &node->path);
    if (value == NULL || !gh_view_value_is_true(value))
        return true;
    if (value->kind == GH_VIEW_OBJECT)
        return render_inside(renderer, source, node, from, value->object, error);
    if (value->kind != GH_VIEW_LIST)
        return render_nodes(renderer, source, from, node->end, error);

    for (guint i = 0; i < value->list->len; i++) {
        if (!render_inside(renderer, source, node, from, g_ptr_array_index(value->list, i), error))
            return false;
    }
    return true;
}

static bool
render_inverted(Renderer *renderer, Source *source, const GhNode *node, size_t from, GError **error)
{
    const GhViewValue *value = look_up(renderer, &node->path);

    return (value != NULL && gh_view_value_is_true(value))
           || render_nodes(renderer, source, from, node->end, error);
}

static bool
render_partial(Renderer *renderer, Source *source, const GhNode *node, GError **error)
{
    Source *partial =
        renderer->find == NULL ? NULL : renderer->find(node->name, renderer->find_data);
    if (partial == NULL) {
        g_set_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_UNKNOWN,
                    "%s:%u: there is no template '%s'", source->name, node->line, node->name);
        return false;
    }

    size_t n_indent = renderer->indent->len;
    g_string_append_len(renderer->indent, node->text, (gssize)node->n_text);
    bool done = render_nodes(renderer, partial, 0, partial->nodes->len, error);
    g_string_truncate(renderer->indent, n_indent);
    return done;
}

static bool
render_node(Renderer *renderer, Source *source, const GhNode *node, size_t next, GError **error)
{
    const GhViewValue *value = NULL;

    switch (node->kind) {
    case GH_NODE_TEXT:
        append_text(renderer, node);
        return true;
    case GH_NODE_VALUE:
        value = look_up(renderer, &node->path);
        if (value != NULL)
            append_value(renderer->out, value);
        return true;
    case GH_NODE_SECTION:
        return render_section(renderer, source, node, next, error);
    case GH_NODE_INVERTED:
        return render_inverted(renderer, source, node, next, error);
    case GH_NODE_PARTIAL:
        return render_partial(renderer, source, node, error);
    case GH_NODE_TRANSLATED:
        append_message(renderer, gh_lang_text_context(renderer->lang, node->context, node->msgid));
        return true;
    case GH_NODE_PLURAL:
        return render_plural(renderer, source, node, error);
    }
    g_assert_not_reached();
}

static bool
render_each(Renderer *renderer, Source *source, size_t from, size_t to, GError **error)
{
    for (size_t i = from; i < to;) {
        const GhNode *node = &g_array_index(source->nodes, GhNode, i);
        if (renderer->n_steps++ >= GH_TEMPLATE_MAX_STEPS)
            return fail(source, node, GH_TEMPLATE_ERROR_LIMIT, error,
                        "the page takes too many steps; a list inside a list multiplies");
        if (!render_node(renderer, source, node, i + 1, error))
            return false;
        if (renderer->out->len - renderer->start > GH_TEMPLATE_MAX_BYTES)
            return fail(source, node, GH_TEMPLATE_ERROR_LIMIT, error, "the page grows too large");
        i = MAX(node->end, i + 1);
    }
    return true;
}

static bool
render_nodes(Renderer *renderer, Source *source, size_t from, size_t to, GError **error)
{
    if (from >= to)
        return true;
    /* One more than the parser allows sections: the template around them. */
    if (renderer->depth > GH_TEMPLATE_MAX_DEPTH)
        return fail(source, &g_array_index(source->nodes, GhNode, from), GH_TEMPLATE_ERROR_LIMIT,
                    error, "sections and partials are nested too deep");

    renderer->depth++;
    bool done = render_each(renderer, source, from, to, error);
    renderer->depth--;
    return done;
}

bool
gh_template_render_with(const GhTemplate *template, GhTemplateFind find, const void *data,
                        const GhView *view, const GhLang *lang, GString *out, GError **error)
{
    g_autoptr(GString) indent = g_string_new(NULL);
    Renderer renderer = {
        .find = find,
        .find_data = data,
        .lang = lang,
        .out = out,
        .start = out->len,
        .indent = indent,
        .views = {view},
        .n_views = 1,
    };

    if (render_nodes(&renderer, template, 0, template->nodes->len, error))
        return true;
    g_string_truncate(out, renderer.start);
    return false;
}

bool
gh_template_render(const GhTemplate *template, const GhView *view, const GhLang *lang, GString *out,
                   GError **error)
{
    return gh_template_render_with(template, NULL, NULL, view, lang, out, error);
}
