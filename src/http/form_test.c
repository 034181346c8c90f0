/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form_test.c - urlencoded fields. */
#include "http/form.h"

#include <string.h>

/* Fields as "name=value|name=value", or "refused". */
static char *
describe(const char *bytes, size_t n_bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhForm) form = gh_form_parse(bytes, n_bytes, &error);
    if (form == NULL) {
        g_assert_nonnull(error);
        return g_strdup("refused");
    }

    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < gh_form_length(form); i++) {
        const GhField *field = gh_form_field(form, i);
        g_string_append_printf(text, "%s%s=%s", i > 0 ? "|" : "", field->name, field->value);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
test_cases(void)
{
    static const struct {
        const char *label;
        const char *bytes;
        const char *want;
    } cases[] = {
        {"nothing", "", ""},
        {"one field", "a=1", "a=1"},
        {"two fields", "a=1&b=2", "a=1|b=2"},
        {"the same field twice", "a=1&a=2", "a=1|a=2"},
        {"a field without value", "a&b=", "a=|b="},
        {"a value without name", "=1", "=1"},
        {"an equals sign in the value", "a=b=c", "a=b=c"},
        {"plus is a blank", "a=b+c", "a=b c"},
        {"an encoded plus stays", "a=b%2Bc", "a=b+c"},
        {"an encoded ampersand stays in its value", "a=b%26c", "a=b&c"},
        {"UTF-8", "a=%C3%A5", "a=\xc3\xa5"},
        {"raw UTF-8", "a=\xc3\xa5", "a=\xc3\xa5"},
        {"empty pieces are passed over", "&&a=1&", "a=1"},
        {"encoded NUL", "a=%00", "refused"},
        {"half a code", "a=%4", "refused"},
        {"no code", "a=%zz", "refused"},
        {"not UTF-8", "a=%ff", "refused"},
        {"overlong", "a=%c0%af", "refused"},
        {"a surrogate", "a=%ed%a0%80", "refused"},
        {"a bad name", "%ff=a", "refused"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = describe(cases[i].bytes, strlen(cases[i].bytes));
        if (strcmp(got, cases[i].want) != 0)
            g_error("%s: want %s, got %s", cases[i].label, cases[i].want, got);
    }
    g_autofree char *with_nul = describe("a=b\0c", 5);
    g_assert_cmpstr(with_nul, ==, "refused");
}

static void
test_limits(void)
{
    g_autoptr(GString) many = g_string_new("a");
    g_autofree char *name = g_strnfill(GH_FORM_NAME_MAX + 1, 'n');
    g_autoptr(GError) error = NULL;

    for (int i = 1; i < GH_FORM_FIELDS_MAX; i++)
        g_string_append(many, "&a");
    g_autoptr(GhForm) form = gh_form_parse(many->str, many->len, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_form_length(form), ==, GH_FORM_FIELDS_MAX);

    g_string_append(many, "&a");
    g_assert_null(gh_form_parse(many->str, many->len, &error));
    g_assert_error(error, GH_FORM_ERROR, GH_FORM_ERROR_LIMIT);
    g_clear_error(&error);

    g_assert_null(gh_form_parse(name, strlen(name), &error));
    g_assert_error(error, GH_FORM_ERROR, GH_FORM_ERROR_LIMIT);
    g_clear_error(&error);

    g_assert_null(gh_form_parse("%", 1, &error));
    g_assert_error(error, GH_FORM_ERROR, GH_FORM_ERROR_ENCODING);
}

static void
test_find(void)
{
    g_autoptr(GhForm) form = gh_form_parse("a=1&b=2&a=3", 11, NULL);
    bool is_repeated = true;

    g_assert_cmpstr(gh_form_find(form, "b", &is_repeated), ==, "2");
    g_assert_false(is_repeated);
    g_assert_null(gh_form_find(form, "c", &is_repeated));
    g_assert_false(is_repeated);
    g_assert_null(gh_form_find(form, "a", &is_repeated));
    g_assert_true(is_repeated);
    g_assert_null(gh_form_find(NULL, "a", &is_repeated));
    g_assert_false(is_repeated);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form/fields are decoded once, and bad ones refuse the whole", test_cases);
    g_test_add_func("/form/fields and names are limited", test_limits);
    g_test_add_func("/form/a repeated field is not silently one of its values", test_find);
    return g_test_run();
}
