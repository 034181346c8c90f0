/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* resources_test.c - what the program carries with it is there, whole and listed. */
#include <string.h>

#include "resources/resources.h"

static void
same_as_in_tree(void)
{
    static const char *const names[][2] = {
        {"/guildhall/frameworks/u4ssc/kpis.csv", "frameworks/u4ssc/kpis.csv"},
        {"/guildhall/frameworks/u4ssc/targets/open.csv", "frameworks/u4ssc/targets/open.csv"},
        {"/guildhall/sample/cities.csv", "sample/cities.csv"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *file = g_build_filename(GH_SOURCE_ROOT, names[i][1], NULL);
        char *text = NULL;
        gsize n_text = 0;
        g_assert_true(g_file_get_contents(file, &text, &n_text, NULL));
        g_autoptr(GBytes) want = g_bytes_new_take(text, n_text);
        g_autoptr(GBytes) got = gh_resources_lookup(names[i][0]);
        g_assert_nonnull(got);
        g_assert_true(g_bytes_equal(got, want));
    }
}

/* Languages are read that way, since base/ stands below resources/. */
static void
in_the_registry(void)
{
    g_autoptr(GBytes) bytes =
        g_resources_lookup_data("/guildhall/sample/cities.csv", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    g_assert_nonnull(bytes);
}

static void
unknown_path(void)
{
    g_assert_null(gh_resources_lookup("/guildhall/sample/atlantis.csv"));
}

static void
children_are_sorted(void)
{
    g_auto(GStrv) names = gh_resources_children("/guildhall/frameworks/u4ssc");

    g_assert_true(g_strv_contains((const char *const *)names, "kpis.csv"));
    g_assert_true(g_strv_contains((const char *const *)names, "targets/"));
    for (size_t i = 1; names[i] != NULL; i++)
        g_assert_cmpstr(names[i - 1], <, names[i]);
}

static void
unknown_folder(void)
{
    g_auto(GStrv) names = gh_resources_children("/guildhall/atlantis");

    g_assert_nonnull(names);
    g_assert_null(names[0]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/resources/a file compiled in has the bytes of the source tree",
                    same_as_in_tree);
    g_test_add_func("/resources/a program that links them finds them in GLib's registry too",
                    in_the_registry);
    g_test_add_func("/resources/an unknown path gives nothing", unknown_path);
    g_test_add_func("/resources/a folder lists its files sorted, its folders with a slash",
                    children_are_sorted);
    g_test_add_func("/resources/an unknown folder is empty", unknown_folder);
    return g_test_run();
}
