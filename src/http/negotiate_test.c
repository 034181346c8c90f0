/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* negotiate_test.c - which form of an answer a client gets. */
#include "http/negotiate.h"

#include <glib.h>

static void
test_gzip(void)
{
    static const struct {
        const char *header;
        bool want;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"gzip", true},
        {"GZIP", true},
        {"deflate, gzip, br", true},
        {"br;q=1.0, gzip;q=0.8, *;q=0.1", true},
        {"gzip;q=0", false},
        {"gzip; q=0", false},
        {"gzip;q=0.000", false},
        {"gzip;q=0.001", true},
        {"gzip;q=0, *", false},
        {"*", true},
        {"*;q=0", false},
        {"x-gzip", false},
        {"gzipped", false},
        {"identity", false},
        {",,gzip", true},
        {";;", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (gh_negotiate_gzip(cases[i].header) != cases[i].want)
            g_error("%s", cases[i].header != NULL ? cases[i].header : "NULL");
    }
}

static void
test_version(void)
{
    static const struct {
        const char *header;
        bool want;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"\"abc\"", true},
        {"\"abc-gz\"", true},
        {"W/\"abc\"", true},
        {"\"x\", \"abc\"", true},
        {"\"x\",W/\"abc-gz\"", true},
        {"*", true},
        {"\"abcd\"", false},
        {"\"abc-\"", false},
        {"\"abc-gzz\"", false},
        {"\"ab\"", false},
        {"abc", false},
        {"\"abc", true}, /* the closing quote is lost: harmless */
        {"\"x", false},
        {"W/", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (gh_negotiate_has_version(cases[i].header, "abc") != cases[i].want)
            g_error("%s", cases[i].header != NULL ? cases[i].header : "NULL");
    }
}

static void
test_compressible(void)
{
    g_assert_true(gh_negotiate_is_compressible("text/html; charset=utf-8"));
    g_assert_true(gh_negotiate_is_compressible("application/json"));
    g_assert_true(gh_negotiate_is_compressible("application/ld+json; charset=utf-8"));
    g_assert_true(gh_negotiate_is_compressible("image/svg+xml"));
    g_assert_false(gh_negotiate_is_compressible("image/png"));
    g_assert_false(gh_negotiate_is_compressible(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/negotiate/gzip is sent to those who take it", test_gzip);
    g_test_add_func("/negotiate/a version the client has is recognised", test_version);
    g_test_add_func("/negotiate/pictures and workbooks are not compressed again",
                    test_compressible);
    return g_test_run();
}
