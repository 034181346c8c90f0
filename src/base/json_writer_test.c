/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* JSON that any reader takes, and that reads back as what was written. */

#include "base/json_writer.h"

#include <jansson.h>
#include <math.h>

static void
test_whole(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "city", "karmoy");
    gh_json_pair_int(&json, "year", 2020);
    gh_json_pair_null(&json, "score");
    gh_json_key(&json, "groups");
    gh_json_begin_array(&json);
    gh_json_begin_object(&json);
    gh_json_pair_number(&json, "score", 56.25);
    gh_json_pair_bool(&json, "verified", false);
    gh_json_end_object(&json);
    gh_json_begin_object(&json);
    gh_json_end_object(&json);
    gh_json_number(&json, 1.0 / 3.0);
    gh_json_bool(&json, true);
    gh_json_text(&json, NULL);
    gh_json_end_array(&json);
    gh_json_key(&json, "data_points");
    gh_json_begin_array(&json);
    gh_json_end_array(&json);
    gh_json_end_object(&json);

    g_assert_cmpstr(
        out->str, ==,
        "{\"city\":\"karmoy\",\"year\":2020,\"score\":null,\"groups\":[{\"score\":56.25,"
        "\"verified\":false},{},0.3333333333333333,true,null],\"data_points\":[]}");
}

/* jansson is the second opinion. */
static void
check_text(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    json_error_t problem;
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_array(&json);
    gh_json_text(&json, text);
    gh_json_end_array(&json);
    json_t *read = json_loads(out->str, 0, &problem);
    g_assert_nonnull(read);
    g_assert_cmpstr(json_string_value(json_array_get(read, 0)), ==, text);
    json_decref(read);
}

static void
test_text(void)
{
    char controls[32];

    for (int i = 0; i < 31; i++)
        controls[i] = (char)(i + 1);
    controls[31] = '\0';
    check_text("");
    check_text("say \"hi\" \\ / </script>");
    check_text("Karm\xC3\xB8y \xE6\x9D\xB1\xE4\xBA\xAC \xF0\x9F\x8F\x99 \x7F \xE2\x80\xA8");
    check_text(controls);
}

static void
test_number(void)
{
    static const double NUMBERS[] = {0, -1.5, 1e300, 5e-324, 0.1 + 0.2, 1e-05, -9007199254740992.0};
    g_autoptr(GString) out = g_string_new(NULL);
    json_error_t problem;
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_array(&json);
    for (size_t i = 0; i < G_N_ELEMENTS(NUMBERS); i++)
        gh_json_number(&json, NUMBERS[i]);
    gh_json_int(&json, INT64_MIN);
    gh_json_int(&json, INT64_MAX);
    gh_json_end_array(&json);

    json_t *read = json_loads(out->str, 0, &problem);
    g_assert_nonnull(read);
    for (size_t i = 0; i < G_N_ELEMENTS(NUMBERS); i++)
        g_assert_true(json_number_value(json_array_get(read, i)) == NUMBERS[i]);
    g_assert_cmpint(json_integer_value(json_array_get(read, G_N_ELEMENTS(NUMBERS))), ==, INT64_MIN);
    g_assert_cmpint(json_integer_value(json_array_get(read, G_N_ELEMENTS(NUMBERS) + 1)), ==,
                    INT64_MAX);
    json_decref(read);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/objects and arrays nest, keys keep their order", test_whole);
    g_test_add_func("/json/any text reads back the same", test_text);
    g_test_add_func("/json/any number reads back the same", test_number);
    return g_test_run();
}
