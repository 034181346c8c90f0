/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as the body of a form. What can be read must come back the same when it is encoded and
 * read again; every value goes through the checks a parameter would go through. */

#include "http/csrf.h"
#include "http/form.h"
#include "http/route.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
append_encoded(GString *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        g_string_append_printf(out, "%%%02x", (unsigned char)*at);
}

static void
check_value(const char *value)
{
    static const GhParam params[] = {
        {.kind = GH_PARAM_TEXT}, {.kind = GH_PARAM_SLUG},
        {.kind = GH_PARAM_ID},   {.kind = GH_PARAM_YEAR},
        {.kind = GH_PARAM_INT},  {.kind = GH_PARAM_CHOICE, .choices = "a|bc"},
    };

    g_assert_true(g_utf8_validate(value, -1, NULL));
    if (value[0] == '\0')
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(params); i++) {
        if (gh_param_accepts(&params[i], value))
            g_assert_null(strpbrk(value, "\001\002\033")); /* what separates parts of cache keys */
    }
    (void)gh_csrf_is_secret(value); /* must not fail; any answer will do */
    (void)gh_csrf_is_token("00112233445566778899aabbccddeeff", value);
}

static void
check_again(const GhForm *form)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < gh_form_length(form); i++) {
        append_encoded(text, gh_form_field(form, i)->name);
        g_string_append_c(text, '=');
        append_encoded(text, gh_form_field(form, i)->value);
        g_string_append_c(text, '&');
    }
    g_autoptr(GhForm) again = gh_form_parse(text->str, text->len, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_form_length(again), ==, gh_form_length(form));
    for (size_t i = 0; i < gh_form_length(form); i++) {
        g_assert_cmpstr(gh_form_field(again, i)->name, ==, gh_form_field(form, i)->name);
        g_assert_cmpstr(gh_form_field(again, i)->value, ==, gh_form_field(form, i)->value);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhForm) form = gh_form_parse((const char *)data, size, &error);

    g_assert_true((form == NULL) == (error != NULL));
    if (form == NULL)
        return 0;
    for (size_t i = 0; i < gh_form_length(form); i++) {
        const GhField *field = gh_form_field(form, i);
        bool is_repeated = false;
        const char *found = gh_form_find(form, field->name, &is_repeated);

        g_assert_true(is_repeated ? found == NULL : found == field->value);
        check_value(field->value);
    }
    check_again(form);
    return 0;
}
