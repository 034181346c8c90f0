/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* draw_testing.c - languages without texts, SVG as elements, PDF through poppler. */
#include "draw/draw_testing.h"

#include <glib/gstdio.h>
#include <string.h>

const GhLang *
gh_draw_testing_lang(const char *tag)
{
    /* GNU gettext manual, "The Format of GNU MO Files": a head and two empty tables. */
    static const guint32 no_texts[] = {0x950412de, 0, 0, 28, 28, 0, 28};
    g_autoptr(GError) error = NULL;

    if (strcmp(tag, gh_lang_tag(gh_lang_source())) == 0)
        return gh_lang_source();
    if (gh_lang_find(tag) == NULL)
        gh_lang_load(tag, no_texts, sizeof(no_texts), &error);
    g_assert_no_error(error);
    return gh_lang_find(tag);
}

/* -- SVG -- */

typedef struct {
    GPtrArray *elements;
    GhSvgElement *open;
} Parse;

static void
free_element(GhSvgElement *element)
{
    g_free(element->name);
    g_hash_table_unref(element->attributes);
    g_string_free(element->text, TRUE);
    g_free(element);
}

static void
start_element(GMarkupParseContext *context, const char *name, const char **names,
              const char **values, void *data, GError **error)
{
    Parse *parse = data;
    GhSvgElement *element = g_new0(GhSvgElement, 1);

    (void)context;
    (void)error;
    element->parent = parse->open;
    element->name = g_strdup(name);
    element->text = g_string_new(NULL);
    element->attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (; *names != NULL; names++, values++)
        g_assert_true(
            g_hash_table_insert(element->attributes, g_strdup(*names), g_strdup(*values)));
    g_ptr_array_add(parse->elements, element);
    parse->open = element;
}

static void
end_element(GMarkupParseContext *context, const char *name, void *data, GError **error)
{
    Parse *parse = data;
    const GhSvgElement *parent = parse->open->parent;

    (void)context;
    (void)name;
    (void)error;
    parse->open = NULL;
    for (guint i = 0; i < parse->elements->len; i++) {
        if (parse->elements->pdata[i] == parent)
            parse->open = parse->elements->pdata[i];
    }
}

static void
take_text(GMarkupParseContext *context, const char *text, size_t n_text, void *data, GError **error)
{
    Parse *parse = data;

    (void)context;
    (void)error;
    if (parse->open != NULL)
        g_string_append_len(parse->open->text, text, (gssize)n_text);
}

GPtrArray *
gh_draw_testing_parse_svg(const char *svg)
{
    static const GMarkupParser parser = {
        .start_element = start_element, .end_element = end_element, .text = take_text};
    Parse parse = {.elements = g_ptr_array_new_with_free_func((GDestroyNotify)free_element)};
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_DEFAULT_FLAGS, &parse, NULL);
    g_autoptr(GError) error = NULL;

    g_markup_parse_context_parse(context, svg, -1, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    return parse.elements;
}

GPtrArray *
gh_draw_testing_svg(const GhDrawing *drawing, GhSvgForm form)
{
    g_autoptr(GString) svg = g_string_new(NULL);

    gh_drawing_svg(drawing, form, "test", svg);
    return gh_draw_testing_parse_svg(svg->str);
}

const char *
gh_draw_testing_own(const GhSvgElement *element, const char *attribute)
{
    return g_hash_table_lookup(element->attributes, attribute);
}

const char *
gh_draw_testing_inherited(const GhSvgElement *element, const char *attribute)
{
    while (element != NULL && gh_draw_testing_own(element, attribute) == NULL)
        element = element->parent;
    return element == NULL ? NULL : gh_draw_testing_own(element, attribute);
}

double
gh_draw_testing_number(const GhSvgElement *element, const char *attribute)
{
    const char *text = gh_draw_testing_inherited(element, attribute);
    char *end = NULL;
    double number = 0;

    g_assert_nonnull(text);
    number = g_ascii_strtod(text, &end);
    g_assert_cmpstr(end, ==, "");
    return number;
}

guint
gh_draw_testing_count(const GPtrArray *elements, const char *name)
{
    guint n = 0;

    for (guint i = 0; i < elements->len; i++)
        n += strcmp(((const GhSvgElement *)elements->pdata[i])->name, name) == 0;
    return n;
}

const GhSvgElement *
gh_draw_testing_nth(const GPtrArray *elements, const char *name, guint index)
{
    for (guint i = 0; i < elements->len; i++) {
        const GhSvgElement *element = elements->pdata[i];
        if (strcmp(element->name, name) == 0 && index-- == 0)
            return element;
    }
    g_error("there is no such element %s", name);
}

/* -- poppler's tools -- */

static char *
write_temporary(GBytes *pdf)
{
    g_autoptr(GError) error = NULL;
    char *path = NULL;
    int file = g_file_open_tmp("guildhall-XXXXXX.pdf", &path, &error);

    g_assert_no_error(error);
    g_assert_true(g_close(file, NULL));
    g_file_set_contents(path, g_bytes_get_data(pdf, NULL), (gssize)g_bytes_get_size(pdf), &error);
    g_assert_no_error(error);
    return path;
}

char *
gh_draw_testing_poppler(GBytes *pdf, const char *const *tool_and_options)
{
    const char *tool = tool_and_options[0];
    g_autofree char *program = g_find_program_in_path(tool);
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = NULL;
    g_autofree char *faults = NULL;
    g_autoptr(GError) error = NULL;
    char *out = NULL;
    int status = 0;

    if (program == NULL) {
        g_autofree char *reason = g_strdup_printf("%s is not installed", tool);
        g_test_skip(reason);
        return NULL;
    }
    path = write_temporary(pdf);
    for (size_t i = 0; tool_and_options[i] != NULL; i++)
        g_ptr_array_add(words, g_strdup(tool_and_options[i]));
    g_ptr_array_add(words, g_strdup(path));
    if (strcmp(tool, "pdftotext") == 0)
        g_ptr_array_add(words, g_strdup("-"));
    g_ptr_array_add(words, NULL);

    g_spawn_sync(NULL, (char **)words->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &faults,
                 &status, &error);
    g_assert_no_error(error);
    g_assert_true(g_spawn_check_wait_status(status, NULL));
    g_assert_cmpstr(faults, ==, "");
    g_unlink(path);
    return out;
}
