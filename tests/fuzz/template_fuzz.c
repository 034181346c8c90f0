/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a page template. What can be parsed renders or is refused with file and line; what
 * comes out is UTF-8, and no value in it can open a tag. */
#include "http/template.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A letter for private use, which no template here may hold: what is left of it in the output came
 * from the value. */
static const char MARK[] = "\uF8FF";
static const char VALUE[] = "\uF8FF<\uF8FF>\uF8FF\"\uF8FF'\uF8FF&\uF8FF";
static const char ESCAPED[] = "\uF8FF&lt;\uF8FF&gt;\uF8FF&quot;\uF8FF&#39;\uF8FF&amp;\uF8FF";

static GhView *
new_view(void)
{
    GhView *view = gh_view_new();

    gh_view_text(view, "a", VALUE);
    gh_view_text(view, "none", NULL);
    gh_view_flag(view, "yes", true);
    gh_view_count(view, "n", 7, "VII");
    GhView *object = gh_view_object(view, "o");
    gh_view_text(object, "a", VALUE);
    gh_view_object(object, "o");
    for (int i = 0; i < 2; i++)
        gh_view_printf(gh_view_append(view, "l"), "b", "%d", i);
    gh_view_empty_list(view, "e");
    return view;
}

static void
check_error(const GError *error)
{
    g_assert_true(error->domain == GH_TEMPLATE_ERROR);
    g_assert_true(g_str_has_prefix(error->message, "t.html:"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) refused = NULL;

    if (memmem(data, size, MARK, strlen(MARK)) != NULL)
        return 0;
    g_autoptr(GhTemplate) template = gh_template_parse("t.html", (const char *)data, size, &error);
    if (template == NULL) {
        check_error(error);
        return 0;
    }
    g_autoptr(GhView) view = new_view();
    g_autoptr(GString) out = g_string_new(NULL);
    if (!gh_template_render(template, view, gh_lang_source(), out, &refused)) {
        check_error(refused);
        g_assert_cmpuint(out->len, ==, 0);
        return 0;
    }
    g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
    g_string_replace(out, ESCAPED, "", 0);
    g_assert_null(strstr(out->str, MARK));
    return 0;
}
