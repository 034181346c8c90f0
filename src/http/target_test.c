/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* target_test.c - which addresses are understood, and as what. */
#include "http/target.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *label;
    const char *raw;
    const char *want_path; /* NULL: refused */
    const char *want_query;
} cases[] = {
    {.label = "the root", .raw = "/", .want_path = "/"},
    {.label = "a path", .raw = "/cities/karmoy", .want_path = "/cities/karmoy"},
    {.label = "a query", .raw = "/cities?q=a%20b", .want_path = "/cities", .want_query = "q=a%20b"},
    {.label = "an empty query", .raw = "/cities?", .want_path = "/cities", .want_query = ""},
    {.label = "a question mark in the query",
     .raw = "/a?b?c",
     .want_path = "/a",
     .want_query = "b?c"},
    {.label = "encoded letters", .raw = "/citi%65s", .want_path = "/cities"},
    {.label = "UTF-8", .raw = "/k%C3%A5", .want_path = "/k\xc3\xa5"},
    {.label = "a proxy's form",
     .raw = "http://a.example:80/b?c",
     .want_path = "/b",
     .want_query = "c"},
    {.label = "a proxy's form in capitals", .raw = "HTTPS://A/b", .want_path = "/b"},
    {.label = "a proxy's form without path", .raw = "http://a", .want_path = "/"},
    {.label = "a proxy's form, query only",
     .raw = "http://a?q",
     .want_path = "/",
     .want_query = "q"},
    {.label = "the whole server", .raw = "*", .want_path = "*"},
    {.label = "dots within a name", .raw = "/a..b/.c", .want_path = "/a..b/.c"},
    {.label = "an encoded percent sign stays one", .raw = "/%2541", .want_path = "/%41"},
    {.label = "nothing", .raw = ""},
    {.label = "no slash", .raw = "cities"},
    {.label = "only a query", .raw = "?q"},
    {.label = "a proxy's form without host", .raw = "http:///b"},
    {.label = "another scheme", .raw = "ftp://a/b"},
    {.label = "dot segment", .raw = "/a/../b"},
    {.label = "dot segment at the end", .raw = "/a/.."},
    {.label = "single dot", .raw = "/./a"},
    {.label = "encoded dots", .raw = "/%2e%2e/a"},
    {.label = "encoded NUL", .raw = "/a%00b"},
    {.label = "encoded line feed", .raw = "/a%0ab"},
    {.label = "encoded slash", .raw = "/a%2fb"},
    {.label = "encoded backslash", .raw = "/a%5cb"},
    {.label = "backslash", .raw = "/a\\b"},
    {.label = "fragment", .raw = "/a#b"},
    {.label = "overlong slash", .raw = "/a%c0%afb"},
    {.label = "not UTF-8", .raw = "/%ff"},
    {.label = "half a code", .raw = "/a%4"},
    {.label = "no code", .raw = "/a%zz"},
    {.label = "a code cut by the query", .raw = "/a%4?1"},
    {.label = "a raw byte above 127", .raw = "/\xc3\xa5"},
    {.label = "a blank", .raw = "/a b"},
    {.label = "a tab in the query", .raw = "/a?\t"},
};

static void
test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char path[100] = "untouched";
        const char *query = "untouched";
        size_t n = strlen(cases[i].raw);
        bool is_read = gh_target_parse(cases[i].raw, n, path, &query);

        if (is_read != (cases[i].want_path != NULL))
            g_error("%s: %s", cases[i].label, is_read ? "read" : "refused");
        if (is_read
            && (g_strcmp0(path, cases[i].want_path) != 0
                || g_strcmp0(query, cases[i].want_query) != 0))
            g_error("%s: got %s and %s", cases[i].label, path, query != NULL ? query : "no query");
        if (!is_read)
            g_assert_cmpstr(query, ==, "untouched");
    }
}

static void
test_limit(void)
{
    g_autofree char *raw = g_strnfill(GH_TARGET_MAX + 1, 'a');
    g_autofree char *path = g_malloc(GH_TARGET_MAX + 3);
    const char *query = NULL;

    raw[0] = '/';
    g_assert_true(gh_target_parse(raw, GH_TARGET_MAX, path, &query));
    g_assert_false(gh_target_parse(raw, GH_TARGET_MAX + 1, path, &query));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/target/an address means one path or none", test_cases);
    g_test_add_func("/target/the longest address is 8 kB", test_limit);
    return g_test_run();
}
