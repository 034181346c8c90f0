/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* view_test.c - what a handler puts in is what the template engine finds. */
#include <stdlib.h>
#include <string.h>

#include "http/view_read.h"

static const GhViewValue *
find(const GhView *view, const char *name)
{
    const GhViewKey key = gh_view_key(name, strlen(name));

    return gh_view_find(view, &key);
}

static void
setting_again(void)
{
    g_autoptr(GhView) view = gh_view_new();

    gh_view_text(view, "name", "Karmøy");
    gh_view_text(view, "name", "Riyadh");
    g_assert_cmpstr(find(view, "name")->text, ==, "Riyadh");
    gh_view_text(view, "name", find(view, "name")->text);
    g_assert_cmpstr(find(view, "name")->text, ==, "Riyadh");
    gh_view_append(view, "name");
    g_assert_cmpint(find(view, "name")->kind, ==, GH_VIEW_LIST);
    gh_view_flag(view, "name", true);
    g_assert_cmpint(find(view, "name")->kind, ==, GH_VIEW_FLAG);
}

static void
kinds_and_truth(void)
{
    g_autoptr(GhView) view = gh_view_new();
    gh_view_text(view, "text", "0");
    gh_view_text(view, "empty", "");
    gh_view_text(view, "null", NULL);
    gh_view_printf(view, "printed", "%d of %d", 14, 55);
    gh_view_take_safe_html(view, "html", g_strdup("<b>x</b>"));
    gh_view_take_safe_html(view, "no_html", NULL);
    gh_view_count(view, "none", 0, NULL);
    gh_view_count(view, "many", 1234, "1,234");
    gh_view_flag(view, "set", true);
    gh_view_flag(view, "unset", false);
    gh_view_text(gh_view_object(view, "object"), "inner", "x");
    gh_view_empty_list(view, "no_rows");
    gh_view_append(view, "rows");
    static const struct {
        const char *key;
        GhViewKind kind;
        const char *text;
        bool is_true;
    } cases[] = {
        {"text", GH_VIEW_TEXT, "0", true},
        {"empty", GH_VIEW_TEXT, "", false},
        {"null", GH_VIEW_NOTHING, NULL, false},
        {"printed", GH_VIEW_TEXT, "14 of 55", true},
        {"html", GH_VIEW_SAFE_HTML, "<b>x</b>", true},
        {"no_html", GH_VIEW_NOTHING, NULL, false},
        {"none", GH_VIEW_COUNT, "0", false},
        {"many", GH_VIEW_COUNT, "1,234", true},
        {"set", GH_VIEW_FLAG, NULL, true},
        {"unset", GH_VIEW_FLAG, NULL, false},
        {"object", GH_VIEW_OBJECT, NULL, true},
        {"no_rows", GH_VIEW_LIST, NULL, false},
        {"rows", GH_VIEW_LIST, NULL, true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].key);
        const GhViewValue *value = find(view, cases[i].key);
        g_assert_nonnull(value);
        g_assert_cmpint(value->kind, ==, cases[i].kind);
        g_assert_cmpstr(value->text, ==, cases[i].text);
        g_assert_cmpint(gh_view_value_is_true(value), ==, cases[i].is_true);
    }
    g_assert_null(find(view, "absent"));
    g_assert_null(find(view, "tex"));
    g_assert_cmpuint(find(view, "many")->count, ==, 1234);
}

static void
elements_in_order(void)
{
    g_autoptr(GhView) view = gh_view_new();

    for (int i = 0; i < 100; i++)
        gh_view_printf(gh_view_append(view, "rows"), "number", "%d", i);
    const GhViewValue *rows = find(view, "rows");
    g_assert_cmpuint(rows->list->len, ==, 100);
    for (guint i = 0; i < 100; i++) {
        g_autofree char *want = g_strdup_printf("%u", i);
        g_assert_cmpstr(find(g_ptr_array_index(rows->list, i), "number")->text, ==, want);
    }
}

static void
many_keys(void)
{
    g_autoptr(GhView) view = gh_view_new();
    char key[32];

    for (int i = 0; i < 300; i++) {
        g_snprintf(key, sizeof key, "key_%d", i);
        gh_view_printf(view, key, "%d", i);
    }
    for (int i = 0; i < 300; i++) {
        g_snprintf(key, sizeof key, "key_%d", i);
        g_assert_cmpint(atoi(find(view, key)->text), ==, i);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view/setting a key again replaces its value, of whatever kind",
                    setting_again);
    g_test_add_func("/view/each kind keeps its text and says whether a section is shown",
                    kinds_and_truth);
    g_test_add_func("/view/a list keeps its order", elements_in_order);
    g_test_add_func("/view/keys are told apart, however many there are", many_keys);
    return g_test_run();
}
