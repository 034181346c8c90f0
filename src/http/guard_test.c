/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* guard_test.c - which heads are answered. */
#include "http/guard.h"

#include <glib.h>
#include <string.h>

#define H(n, v)                                                                                    \
    {                                                                                              \
        .name = n, .n_name = sizeof(n) - 1, .value = v, .n_value = sizeof(v) - 1                   \
    }

typedef struct {
    const char *label;
    bool is_http_1_0;
    GhHeader headers[6];
    GhGuardVerdict want;
} Case;

static void
check_cases(const Case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        size_t n = 0;
        GhHead head = {0};
        while (n < G_N_ELEMENTS(cases[i].headers) && cases[i].headers[n].name != NULL)
            n++;
        GhGuardVerdict got = gh_guard_check(cases[i].is_http_1_0, cases[i].headers, n, &head);
        if (got != cases[i].want)
            g_error("%s: want %d, got %d", cases[i].label, (int)cases[i].want, (int)got);
    }
}

/* The five probes stand in the project's stack notes; the sixth is what they must not hit. */
static void
test_probes(void)
{
    static const Case cases[] = {
        {.label = "two different Content-Length",
         .headers = {H("Host", "a"), H("Content-Length", "5"), H("Content-Length", "6")},
         .want = GH_GUARD_BAD},
        {.label = "Content-Length and Transfer-Encoding",
         .headers = {H("Host", "a"), H("Content-Length", "5"), H("Transfer-Encoding", "chunked")},
         .want = GH_GUARD_BAD},
        {.label = "Transfer-Encoding: xchunked",
         .headers = {H("Host", "a"), H("Transfer-Encoding", "xchunked")},
         .want = GH_GUARD_BAD},
        {.label = "no Host on HTTP/1.1", .headers = {H("Accept", "*/*")}, .want = GH_GUARD_BAD},
        {.label = "space before the colon",
         .headers = {H("Host", "a"), H("Content-Length ", "5")},
         .want = GH_GUARD_BAD},
        {.label = "an ordinary request",
         .headers = {H("Host", "a:8080"), H("accept", "*/*"), H("Content-Length", "5")},
         .want = GH_GUARD_PASS},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void
test_refusals(void)
{
    static const Case cases[] = {
        {.label = "two equal Content-Length are refused too",
         .headers = {H("Host", "a"), H("Content-Length", "5"), H("content-length", "5")},
         .want = GH_GUARD_BAD},
        {.label = "two Host", .headers = {H("Host", "a"), H("HOST", "a")}, .want = GH_GUARD_BAD},
        {.label = "two Cookie",
         .headers = {H("Host", "a"), H("Cookie", "a=1"), H("Cookie", "b=1")},
         .want = GH_GUARD_BAD},
        {.label = "an empty Host", .headers = {H("Host", "")}, .want = GH_GUARD_BAD},
        {.label = "a Host with a path", .headers = {H("Host", "a/b")}, .want = GH_GUARD_BAD},
        {.label = "Content-Length with a sign",
         .headers = {H("Host", "a"), H("Content-Length", "+5")},
         .want = GH_GUARD_BAD},
        {.label = "Content-Length with a blank",
         .headers = {H("Host", "a"), H("Content-Length", "5 ")},
         .want = GH_GUARD_BAD},
        {.label = "Content-Length as a list",
         .headers = {H("Host", "a"), H("Content-Length", "5, 5")},
         .want = GH_GUARD_BAD},
        {.label = "Content-Length of 16 digits",
         .headers = {H("Host", "a"), H("Content-Length", "1000000000000000")},
         .want = GH_GUARD_BAD},
        {.label = "an empty Content-Length",
         .headers = {H("Host", "a"), H("Content-Length", "")},
         .want = GH_GUARD_BAD},
        {.label = "chunked alone", /* 411: send a length */
         .headers = {H("Host", "a"), H("Transfer-Encoding", "chunked")},
         .want = GH_GUARD_NO_LENGTH},
        {.label = "chunked twice",
         .headers = {H("Host", "a"), H("Transfer-Encoding", "chunked"),
                     H("Transfer-Encoding", "chunked")},
         .want = GH_GUARD_BAD},
        {.label = "an empty name", .headers = {H("Host", "a"), H("", "x")}, .want = GH_GUARD_BAD},
        {.label = "a tab in a name",
         .headers = {H("Host", "a"), H("X\tY", "x")},
         .want = GH_GUARD_BAD},
        {.label = "a bare carriage return in a value",
         .headers = {H("Host", "a"), H("X", "a\rb")},
         .want = GH_GUARD_BAD},
        {.label = "an escape character in a value",
         .headers = {H("Host", "a"), H("X", "\033[2J")},
         .want = GH_GUARD_BAD},
        {.label = "DEL in a value",
         .headers = {H("Host", "a"), H("X", "\x7f")},
         .want = GH_GUARD_BAD},
        {.label = "a tab in a value is fine",
         .headers = {H("Host", "a"), H("X", "a\tb")},
         .want = GH_GUARD_PASS},
        {.label = "bytes above 127 in a value are fine",
         .headers = {H("Host", "a"), H("X", "\xc3\xa9")},
         .want = GH_GUARD_PASS},
        {.label = "lists may stand twice",
         .headers = {H("Host", "a"), H("Accept-Language", "fr"), H("Accept-Language", "en")},
         .want = GH_GUARD_PASS},
        {.label = "HTTP/1.0 without Host", .is_http_1_0 = true, .want = GH_GUARD_PASS},
        {.label = "HTTP/1.0 in chunks",
         .is_http_1_0 = true,
         .headers = {H("Transfer-Encoding", "chunked")},
         .want = GH_GUARD_BAD},
        {.label = "an address with port in brackets",
         .headers = {H("Host", "[::1]:8080")},
         .want = GH_GUARD_PASS},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void
test_limits(void)
{
    g_autofree char *text = g_strnfill(GH_GUARD_LINE_MAX, 'x');
    g_autofree GhHeader *headers = g_new0(GhHeader, GH_GUARD_HEADERS_MAX + 1);
    GhHead head = {0};

    for (size_t i = 0; i <= GH_GUARD_HEADERS_MAX; i++)
        headers[i] = (GhHeader){.name = "X", .n_name = 1, .value = "y", .n_value = 1};
    headers[0] = (GhHeader)H("Host", "a");
    g_assert_cmpint(gh_guard_check(false, headers, GH_GUARD_HEADERS_MAX, &head), ==, GH_GUARD_PASS);
    g_assert_cmpint(gh_guard_check(false, headers, GH_GUARD_HEADERS_MAX + 1, &head), ==,
                    GH_GUARD_TOO_LARGE);

    headers[1] =
        (GhHeader){.name = "X", .n_name = 1, .value = text, .n_value = GH_GUARD_LINE_MAX - 1};
    g_assert_cmpint(gh_guard_check(false, headers, 2, &head), ==, GH_GUARD_PASS);
    headers[1].n_value++;
    g_assert_cmpint(gh_guard_check(false, headers, 2, &head), ==, GH_GUARD_TOO_LARGE);

    /* Host: a, then two lines that fill the head to its last byte. */
    for (size_t i = 1; i < 3; i++)
        headers[i] = (GhHeader){.name = "X",
                                .n_name = 1,
                                .value = text,
                                .n_value = GH_GUARD_LINE_MAX - 1 - strlen("Hosta") * (i - 1)};
    g_assert_cmpint(gh_guard_check(false, headers, 3, &head), ==, GH_GUARD_PASS);
    headers[2].n_value++;
    g_assert_cmpint(gh_guard_check(false, headers, 3, &head), ==, GH_GUARD_TOO_LARGE);
}

static void
test_head(void)
{
    static const GhHeader headers[] = {H("host", "a.example:81"), H("ACCEPT-ENCODING", "gzip"),
                                       H("Content-Length", "0042"), H("Cookie", "x=1"),
                                       H("If-None-Match", "\"1\"")};
    static const GhHeader bad[] = {H("Cookie", "x=1")};
    GhHead head = {0};

    g_assert_cmpint(gh_guard_check(false, headers, G_N_ELEMENTS(headers), &head), ==,
                    GH_GUARD_PASS);
    g_assert_cmpstr(head.host, ==, "a.example:81");
    g_assert_cmpstr(head.accept_encoding, ==, "gzip");
    g_assert_cmpstr(head.cookie, ==, "x=1");
    g_assert_cmpstr(head.if_none_match, ==, "\"1\"");
    g_assert_cmpuint(head.content_length, ==, 42);
    g_assert_null(head.origin);

    GhHead untouched = {.host = "before"};
    g_assert_cmpint(gh_guard_check(false, bad, 1, &untouched), ==, GH_GUARD_BAD);
    g_assert_cmpstr(untouched.host, ==, "before");
    g_assert_null(untouched.cookie);
}

/* A head as the library leaves it: the ends of the parts overwritten with NUL. */
static bool
is_seamless(const char *raw, size_t n_raw, size_t at_target, size_t n_target, size_t at_version,
            size_t at_name, size_t at_value)
{
    g_autofree char *head = g_memdup2(raw, n_raw);
    GhHeader header = {.name = head + at_name,
                       .n_name = strlen(head + at_name),
                       .value = head + at_value,
                       .n_value = strlen(head + at_value)};
    return gh_guard_is_seamless(&(GhHeadShape){
        .method = head,
        .target = head + at_target,
        .n_target = n_target,
        .version = head + at_version,
        .n_head = n_raw,
        .headers = &header,
        .n_headers = 1,
    });
}

static void
test_seams(void)
{
    /* GET /a HTTP/1.1 CRLF Host: a CRLF CRLF, byte for byte. */
    static const char good[] = "GET\0/a\0HTTP/1.1\0\0Host\0 a\0\0\0\0";
    static const char bare[] = "GET\0/a\0HTTP/1.1\0\0Host\0 a\0\0\0";
    static const char hidden[] = "GET\0/a\0HTTP/1.1\0\0Host\0 a\0X: y\0\0\0\0";

    g_assert_true(is_seamless(good, sizeof(good) - 1, 4, 2, 7, 17, 23));
    g_assert_false(is_seamless(bare, sizeof(bare) - 1, 4, 2, 7, 17, 23));
    g_assert_false(is_seamless(hidden, sizeof(hidden) - 1, 4, 2, 7, 17, 23));
    /* The target is shorter than what stands in the line: NUL within it. */
    g_assert_false(is_seamless(good, sizeof(good) - 1, 4, 1, 7, 17, 23));
    g_assert_false(is_seamless(good, sizeof(good) - 1, 5, 1, 7, 17, 23));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/guard/the five smuggling probes are refused", test_probes);
    g_test_add_func("/guard/headers that two servers read differently are refused", test_refusals);
    g_test_add_func("/guard/number, line and total of headers are limited", test_limits);
    g_test_add_func("/guard/a passed head is filled, a refused one left alone", test_head);
    g_test_add_func("/guard/bytes that no part of the head accounts for are found", test_seams);
    return g_test_run();
}
