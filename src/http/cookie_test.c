/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cookie_test.c - cookies, and the form token that rests on one. */
#include "http/cookie.h"

#include <glib.h>
#include <string.h>

#include "http/csrf.h"

static void
test_find(void)
{
    static const struct {
        const char *label;
        const char *header;
        const char *want;
    } cases[] = {
        {"no header", NULL, NULL},
        {"empty header", "", NULL},
        {"alone", "id=abc", "abc"},
        {"among others", "a=1; id=abc; b=2", "abc"},
        {"without blanks", "a=1;id=abc;b=2", "abc"},
        {"another name that ends like it", "xid=abc", NULL},
        {"another name that begins like it", "idx=abc", NULL},
        {"within another's value", "a=id=abc", NULL},
        {"empty", "id=", NULL},
        {"without equals sign", "id", NULL},
        {"twice, from someone who planted one", "id=abc; id=def", NULL},
        {"in quotes, which we never write", "id=\"abc\"", NULL},
        {"with a blank inside", "id=a c", NULL},
        {"blank at the end", "id=abc ; b=2", "abc"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gh_cookie_find(cases[i].header, "id");
        if (g_strcmp0(got, cases[i].want) != 0)
            g_error("%s: got %s", cases[i].label, got != NULL ? got : "nothing");
    }
}

static void
test_write(void)
{
    g_autofree char *plain = gh_cookie_write("id", "a-b_1", false);
    g_autofree char *secure = gh_cookie_write("id", "a-b_1", true);

    g_assert_cmpstr(plain, ==, "id=a-b_1; Path=/; HttpOnly; SameSite=Lax");
    g_assert_cmpstr(secure, ==, "id=a-b_1; Path=/; HttpOnly; SameSite=Lax; Secure");
}

static void
test_token(void)
{
    char secret[GH_CSRF_SECRET_SIZE];
    char other[GH_CSRF_SECRET_SIZE];
    char token[GH_CSRF_TOKEN_SIZE];
    char second[GH_CSRF_TOKEN_SIZE];

    g_assert_true(gh_csrf_new_secret(secret, NULL));
    g_assert_true(gh_csrf_new_secret(other, NULL));
    g_assert_true(gh_csrf_new_token(secret, token, NULL));
    g_assert_true(gh_csrf_new_token(secret, second, NULL));
    g_assert_true(gh_csrf_is_secret(secret));
    g_assert_cmpstr(secret, !=, other);
    g_assert_cmpstr(token, !=, second);
    g_assert_true(gh_csrf_is_token(secret, token));
    g_assert_true(gh_csrf_is_token(secret, second));
    g_assert_false(gh_csrf_is_token(other, token));
    g_assert_false(gh_csrf_is_token(NULL, token));
    g_assert_false(gh_csrf_is_token(secret, NULL));
    g_assert_false(gh_csrf_is_token(secret, ""));
    g_assert_false(gh_csrf_is_token("", token));
    g_assert_false(gh_csrf_is_token(secret, secret));

    token[GH_CSRF_TOKEN_SIZE - 2] = token[GH_CSRF_TOKEN_SIZE - 2] == '0' ? '1' : '0';
    g_assert_false(gh_csrf_is_token(secret, token));
}

static void
test_origin(void)
{
    static const struct {
        const char *label;
        const char *origin;
        const char *fetch_site;
        const char *host;
        bool want;
    } cases[] = {
        {"a browser that says nothing", NULL, NULL, "a.example", true},
        {"our own origin", "https://a.example", "same-origin", "a.example", true},
        {"our own origin with port", "http://a.example:8080", NULL, "a.example:8080", true},
        {"another port is another origin", "http://a.example:8081", NULL, "a.example:8080", false},
        {"another host", "https://b.example", NULL, "a.example", false},
        {"a host that begins like ours", "https://a.example.org", NULL, "a.example", false},
        {"an origin that is hidden", "null", NULL, "a.example", false},
        {"no host to compare with", "https://a.example", NULL, NULL, false},
        {"across sites", NULL, "cross-site", "a.example", false},
        {"from a neighbour host", NULL, "same-site", "a.example", false},
        {"typed into the address bar", NULL, "none", "a.example", true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool got = gh_csrf_is_own_origin(cases[i].origin, cases[i].fetch_site, cases[i].host);
        if (got != cases[i].want)
            g_error("%s: got %d", cases[i].label, got);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cookie/only a cookie that we could have written is found", test_find);
    g_test_add_func("/cookie/scripts and other sites' forms do not get it", test_write);
    g_test_add_func("/csrf/a token fits its secret, looks new each time, and no other", test_token);
    g_test_add_func("/csrf/a browser that names another origin is refused", test_origin);
    return g_test_run();
}
