/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages_test.c - pages, forms and static files as a client sees them, on both databases. */
#include <string.h>

#include "http/csrf.h"
#include "http/server_testing.h"
#include "store/audit.h"
#include "store/store_testing.h"

static void
assert_header(const char *answer, const char *name, const char *want)
{
    g_autofree char *got = gh_server_testing_header(answer, name);

    if (g_strcmp0(got, want) != 0)
        g_error("%s: want %s, got %s in: %s", name, want != NULL ? want : "none",
                got != NULL ? got : "none", answer);
}

static char *
get(const GhServerTesting *testing, const char *path)
{
    return gh_server_testing_ask(testing, "GET", path, "", "");
}

static unsigned
get_status(const GhServerTesting *testing, const char *path)
{
    g_autofree char *answer = get(testing, path);

    return gh_server_testing_status(answer);
}

static const char SQL_CHANGE[] = "INSERT INTO play (id) VALUES (1)";

static bool
change_data(GhDb *db, void *data, GError **error)
{
    GhAuditEntry entry = {.actor = "operator", .action = "test change", .subject = "play"};

    (void)data;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CHANGE, error);
    if (query == NULL || !gh_query_run(query, NULL, error))
        return false;
    return gh_audit_append(db, &entry, NULL, error);
}

static void
test_kept(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 3; i++)
        g_assert_cmpuint(get_status(testing, "/kept/a"), ==, 200);
    g_assert_cmpint(testing->n_rendered, ==, 1);
    /* Parameters that the page does not know change nothing, those it knows do. */
    g_assert_cmpuint(get_status(testing, "/kept/a?utm=x"), ==, 200);
    g_assert_cmpint(testing->n_rendered, ==, 1);
    g_assert_cmpuint(get_status(testing, "/kept/a?year=2020"), ==, 200);
    g_assert_cmpuint(get_status(testing, "/kept/a?year=2020&q="), ==, 200);
    g_assert_cmpuint(get_status(testing, "/kept/b"), ==, 200);
    g_assert_cmpint(testing->n_rendered, ==, 3);

    gh_store_testing_script(stores->location, "CREATE TABLE play (id BIGINT)");
    g_assert_true(gh_store_write(stores->store, change_data, NULL, &error));
    g_assert_no_error(error);
    g_usleep((GH_STORE_VERSION_AGE_MS + 50) * G_TIME_SPAN_MILLISECOND);
    g_assert_cmpuint(get_status(testing, "/kept/a"), ==, 200);
    g_assert_cmpint(testing->n_rendered, ==, 4);
}

static void
test_passing(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);

    for (int i = 0; i < 2; i++) {
        g_autofree char *answer = get(testing, "/passing");

        g_assert_cmpuint(gh_server_testing_status(answer), ==, 200);
        assert_header(answer, "Cache-Control", "public, max-age=0, must-revalidate");
    }
    g_assert_cmpint(testing->n_rendered, ==, 2);
}

static void
test_kept_stream(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);

    for (int i = 0; i < 2; i++) {
        g_autofree char *answer = get(testing, "/kept-stream/x?bytes=3&size=3");

        g_assert_cmpuint(gh_server_testing_status(answer), ==, 200);
        g_assert_true(g_str_has_suffix(answer, "\r\n\r\nzzz"));
        assert_header(answer, "ETag", NULL);
        assert_header(answer, "Cache-Control", "no-store");
    }
    g_assert_cmpint(testing->n_read, ==, 2);
}

enum {
    N_CLIENTS = 6,
    N_ASKED = 40,
};

static void *
ask_often(void *data)
{
    static const char *const paths[] = {"/kept/a", "/kept/b?year=2020", "/kept/c?q=x",
                                        "/fresh",  "/nowhere",          "/assets/0/x.css"};
    static const unsigned wants[] = {200, 200, 200, 200, 404, 404};

    for (size_t i = 0; i < N_ASKED; i++)
        g_assert_cmpuint(get_status(data, paths[i % G_N_ELEMENTS(paths)]), ==,
                         wants[i % G_N_ELEMENTS(paths)]);
    return NULL;
}

static void
test_clients(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    GThread *clients[N_CLIENTS];

    gh_store_testing_script(stores->location, "CREATE TABLE play (id BIGINT)");
    for (size_t i = 0; i < N_CLIENTS; i++)
        clients[i] = g_thread_new("client", ask_often, testing);
    for (int i = 0; i < 10; i++) {
        g_assert_true(gh_store_write(stores->store, change_data, NULL, NULL));
        g_usleep(50 * G_TIME_SPAN_MILLISECOND);
    }
    for (size_t i = 0; i < N_CLIENTS; i++)
        g_thread_join(clients[i]);
}

static void
test_versions(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    g_autofree char *plain = get(testing, "/kept/a");
    g_autofree char *tag = gh_server_testing_header(plain, "ETag");
    g_autofree char *known = g_strdup_printf("If-None-Match: %s\r\n", tag);
    g_autofree char *same = gh_server_testing_ask(testing, "GET", "/kept/a", known, "");
    g_autofree char *packed =
        gh_server_testing_ask(testing, "GET", "/kept/a", "Accept-Encoding: gzip\r\n", "");

    assert_header(plain, "Cache-Control", "public, max-age=0, must-revalidate");
    assert_header(plain, "Vary", "Accept-Encoding, Accept-Language");
    assert_header(plain, "Content-Language", "en");
    assert_header(plain, "Content-Encoding", NULL);
    assert_header(plain, "Set-Cookie", NULL);
    g_assert_cmpuint(gh_server_testing_status(same), ==, 304);
    assert_header(same, "ETag", tag);
    g_assert_true(g_str_has_suffix(same, "\r\n\r\n"));
    assert_header(packed, "Content-Encoding", "gzip");
    g_assert_cmpuint(strlen(packed), <, strlen(plain));
}

static void
test_page(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    g_autofree char *page = get(testing, "/kept/a.b?q=%3Cb%3E%22&year=2020");

    g_assert_true(strstr(page, "<!DOCTYPE html>") != NULL);
    g_assert_true(strstr(page, "A &lt;page&gt;") != NULL);
    g_assert_true(strstr(page, "Test &amp; Town") != NULL);
    g_assert_true(strstr(page, "year 2020, q &lt;b&gt;&quot;") != NULL);
    g_assert_null(strstr(page, "<b>"));
    g_assert_true(strstr(page, "<h1>a.b</h1>") != NULL);
}

static void
test_bad_params(GhStoreTesting *stores)
{
    static const struct {
        const char *path;
        unsigned want;
    } cases[] = {
        {"/kept/a?year=20201", 400}, {"/kept/a?year=2020&year=2021", 400},
        {"/kept/a?kind=c", 400},     {"/kept/a?q=%00", 400},
        {"/kept/a?q=%ff", 400},      {"/kept/a?q=%1b", 400},
        {"/kept/a?year=", 200},      {"/kept/a?kind=b", 200},
        {"/kept/a?lang=xx", 200},    {"/kept/a?lang=en", 200},
    };
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer = get(testing, cases[i].path);
        if (gh_server_testing_status(answer) != cases[i].want)
            g_error("%s: %s", cases[i].path, answer);
        if (cases[i].want == 400)
            g_assert_true(strstr(answer, "</html>") != NULL);
    }
}

static void
test_lost(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    g_autofree char *unknown = get(testing, "/nowhere");
    g_autofree char *slash = get(testing, "/kept/a/?year=2020");
    g_autofree char *slashes = get(testing, "//evil.example/");
    g_autofree char *broken = get(testing, "/broken");

    g_assert_cmpuint(gh_server_testing_status(unknown), ==, 404);
    g_assert_true(strstr(unknown, "action=\"/search\"") != NULL);
    assert_header(unknown, "Cache-Control", "no-store");
    g_assert_cmpuint(gh_server_testing_status(slash), ==, 301);
    assert_header(slash, "Location", "/kept/a?year=2020");
    g_assert_cmpuint(gh_server_testing_status(slashes), ==, 404);

    g_assert_cmpuint(gh_server_testing_status(broken), ==, 500);
    g_assert_null(strstr(broken, "inside of the engine"));
    assert_header(broken, "X-Half", NULL);
    assert_header(broken, "Cache-Control", "no-store");
    g_assert_true(strstr(broken, "<code>") != NULL);
}

static const char FORM_TYPE[] = "Content-Type: application/x-www-form-urlencoded\r\n";

/* A POST to /form whose cookie holds cookie_secret and whose field comes from field_secret. */
static char *
post_form(const GhServerTesting *testing, const char *cookie, const char *field_secret,
          const char *extra_headers)
{
    char token[GH_CSRF_TOKEN_SIZE];
    g_assert_true(gh_csrf_new_token(field_secret, token, NULL));
    g_autofree char *headers =
        g_strdup_printf("%s%sCookie: %s\r\n", FORM_TYPE, extra_headers, cookie);
    g_autofree char *body = g_strdup_printf("form_token=%s&text=k%%C3%%A5re", token);

    return gh_server_testing_ask(testing, "POST", "/form", headers, body);
}

static void
test_form(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    char secret[GH_CSRF_SECRET_SIZE];
    char other[GH_CSRF_SECRET_SIZE];
    g_assert_true(gh_csrf_new_secret(secret, NULL) && gh_csrf_new_secret(other, NULL));
    g_autofree char *cookie = g_strdup_printf("guildhall_form=%s", secret);

    g_autofree char *good = post_form(testing, cookie, secret, "");
    g_assert_cmpuint(gh_server_testing_status(good), ==, 200);
    g_assert_true(g_str_has_suffix(good, "k\xc3\xa5re"));
    assert_header(good, "Content-Disposition",
                  "attachment; filename=\"k__re__b_.txt\"; "
                  "filename*=UTF-8''k%C3%A5re%20%22b%22.txt");
    g_autofree char *own = post_form(testing, cookie, secret, "Origin: http://town.example\r\n");
    g_assert_cmpuint(gh_server_testing_status(own), ==, 200);

    g_autofree char *foreign =
        post_form(testing, cookie, secret, "Origin: http://evil.example\r\n");
    g_assert_cmpuint(gh_server_testing_status(foreign), ==, 403);
    g_autofree char *wrong = post_form(testing, cookie, other, "");
    g_assert_cmpuint(gh_server_testing_status(wrong), ==, 403);
    g_autofree char *no_cookie = post_form(testing, "other=1", secret, "");
    g_assert_cmpuint(gh_server_testing_status(no_cookie), ==, 403);
    g_autofree char *no_token =
        gh_server_testing_ask(testing, "POST", "/form", FORM_TYPE, "text=a");
    g_assert_cmpuint(gh_server_testing_status(no_token), ==, 403);
    g_autofree char *empty = gh_server_testing_ask(testing, "POST", "/form", "", "");
    g_assert_cmpuint(gh_server_testing_status(empty), ==, 400);
}

static void
test_form_cookie(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) plain = gh_server_testing_new(stores->store, false);
    g_autoptr(GhServerTesting) proxied = gh_server_testing_new(stores->store, true);
    static const char forwarded[] = "X-Forwarded-Proto: https\r\n";

    g_autofree char *first = gh_server_testing_ask(plain, "GET", "/fresh", forwarded, "");
    g_autofree char *cookie = gh_server_testing_header(first, "Set-Cookie");
    g_assert_true(g_str_has_prefix(cookie, "guildhall_form="));
    g_assert_true(g_str_has_suffix(cookie, "; Path=/; HttpOnly; SameSite=Lax"));
    assert_header(first, "Cache-Control", "no-store");

    g_autofree char *pair = g_strndup(cookie, strcspn(cookie, ";"));
    g_autofree char *known = g_strdup_printf("Cookie: %s\r\n", pair);
    g_autofree char *second = gh_server_testing_ask(plain, "GET", "/fresh", known, "");
    assert_header(second, "Set-Cookie", NULL);

    g_autofree char *secure = gh_server_testing_ask(proxied, "GET", "/fresh", forwarded, "");
    g_autofree char *secure_cookie = gh_server_testing_header(secure, "Set-Cookie");
    g_assert_true(g_str_has_prefix(secure_cookie, "__Host-guildhall_form="));
    g_assert_true(g_str_has_suffix(secure_cookie, "; Secure"));
}

static void
test_health(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);

    g_assert_cmpuint(get_status(testing, "/healthz"), ==, 200);
    g_assert_cmpuint(get_status(testing, "/readyz"), ==, 200);
    gh_store_testing_script(stores->location, "DELETE FROM data_version");
    g_assert_cmpuint(get_status(testing, "/healthz"), ==, 200);
    g_assert_cmpuint(get_status(testing, "/readyz"), ==, 503);
}

static void
test_assets(GhStoreTesting *stores)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);
    g_autofree char *page = get(testing, "/kept/a");
    const char *start = strstr(page, "/assets/");
    g_assert_nonnull(start);
    g_autofree char *address = g_strndup(start, strcspn(start, "\""));

    g_autofree char *style = get(testing, address);
    g_assert_cmpuint(gh_server_testing_status(style), ==, 200);
    assert_header(style, "Content-Type", "text/css; charset=utf-8");
    assert_header(style, "Cache-Control", "public, max-age=31536000, immutable");

    g_autofree char *old = get(testing, "/assets/0000000000/guildhall.css");
    g_assert_cmpuint(gh_server_testing_status(old), ==, 302);
    assert_header(old, "Location", address);
    g_assert_cmpuint(get_status(testing, "/assets/0000000000/unknown.css"), ==, 404);
    g_assert_cmpuint(get_status(testing, "/assets/"), ==, 404);
    g_assert_cmpuint(get_status(testing, "/assets"), ==, 404);
}

static void
test_safety(GhStoreTesting *stores)
{
    static const char *const paths[] = {"/kept/a",  "/fresh",   "/broken",       "/nowhere",
                                        "/healthz", "/kept/a/", "/kept/a?year=x"};
    static const char *const names[] = {"X-Content-Type-Options", "Referrer-Policy",
                                        "Permissions-Policy", "Cross-Origin-Opener-Policy"};
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(stores->store, false);

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *answer = get(testing, paths[i]);
        g_autofree char *policy = gh_server_testing_header(answer, "Content-Security-Policy");
        g_assert_true(g_str_has_prefix(policy, "default-src 'none'; "));
        g_assert_null(strstr(policy, "unsafe"));
        for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
            g_autofree char *value = gh_server_testing_header(answer, names[k]);
            if (value == NULL)
                g_error("%s lacks %s", paths[i], names[k]);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/pages/a public page is rendered once until the data change", test_kept);
    gh_store_testing_each("/pages/a handler may pass by the cache", test_passing);
    gh_store_testing_each("/pages/a stream is not kept, even on a public page", test_kept_stream);
    gh_store_testing_each("/pages/many clients are served while the data change", test_clients);
    gh_store_testing_on("/pages/a version the client has is not sent again", GH_ENGINE_SQLITE,
                        test_versions);
    gh_store_testing_on("/pages/a page stands in the frame, escaped", GH_ENGINE_SQLITE, test_page);
    gh_store_testing_on("/pages/bad parameters get a page that says so", GH_ENGINE_SQLITE,
                        test_bad_params);
    gh_store_testing_on("/pages/lost and failed requests get helpful pages", GH_ENGINE_SQLITE,
                        test_lost);
    gh_store_testing_on("/pages/only a form of our own page is taken", GH_ENGINE_SQLITE, test_form);
    gh_store_testing_on("/pages/the form cookie is secure behind HTTPS", GH_ENGINE_SQLITE,
                        test_form_cookie);
    gh_store_testing_each("/pages/readiness follows the database, life does not", test_health);
    gh_store_testing_on("/pages/static files change their address with their bytes",
                        GH_ENGINE_SQLITE, test_assets);
    gh_store_testing_on("/pages/every answer carries the safety headers", GH_ENGINE_SQLITE,
                        test_safety);
    return g_test_run();
}
