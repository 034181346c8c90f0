/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stream_test.c - replies that are read while they are sent, and which replies are compressed. */
#include <gio/gio.h>
#include <string.h>

#include "http/server_testing.h"

#define ASK "Host: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n"

/* How many bytes "z" follow the head. */
static size_t
count_body(const char *answer)
{
    const char *body = strstr(answer, "\r\n\r\n");
    size_t n = 0;

    for (const char *at = body; at != NULL && *at != '\0'; at++)
        n += *at == 'z';
    return n;
}

/* A stream is freed when the library lets the response go: a moment after the client has it all. */
static void
assert_all_freed(const GhServerTesting *testing)
{
    gint64 until = g_get_monotonic_time() + 5 * G_TIME_SPAN_SECOND;

    while (testing->n_streams > 0 && g_get_monotonic_time() < until)
        g_usleep(G_TIME_SPAN_MILLISECOND);
    g_assert_cmpint(testing->n_streams, ==, 0);
}

static void
test_forms(void)
{
    static const struct {
        const char *label;
        const char *request;
        unsigned want;
        size_t want_bytes;
        const char *want_length; /* Content-Length; NULL: none */
        int want_read;           /* -1: any number */
        const char *want_end;    /* of the answer */
    } cases[] = {
        {"size known", "GET /stream/x?bytes=300000&size=300000 HTTP/1.1\r\n" ASK, 200, 300000,
         "300000", 5, "z"},
        {"size unknown", "GET /stream/x?bytes=300000 HTTP/1.1\r\n" ASK, 200, 300000, NULL, -1,
         "0\r\n\r\n"},
        {"size unknown, HTTP/1.0", "GET /stream/x?bytes=300000 HTTP/1.0\r\n" ASK, 200, 300000, NULL,
         -1, "z"},
        {"empty", "GET /stream/x?bytes=0&size=0 HTTP/1.1\r\n" ASK, 200, 0, "0", 0, "\r\n\r\n"},
        {"empty, size unknown", "GET /stream/x?bytes=0 HTTP/1.1\r\n" ASK, 200, 0, NULL, 1,
         "0\r\n\r\n"},
        {"HEAD, size known", "HEAD /stream/x?bytes=300000&size=300000 HTTP/1.1\r\n" ASK, 200, 0,
         "300000", 0, "\r\n\r\n"},
        {"HEAD, size unknown", "HEAD /stream/x?bytes=300000 HTTP/1.1\r\n" ASK, 200, 0, NULL, 0,
         "\r\n\r\n"},
        {"shorter than announced", "GET /stream/x?bytes=100000&size=300000 HTTP/1.1\r\n" ASK, 200,
         100000, "300000", 3, "z"},
        {"longer than announced", "GET /stream/x?bytes=300000&size=100000 HTTP/1.1\r\n" ASK, 200,
         100000, "100000", 2, "z"},
        {"broken", "GET /stream/broken?bytes=100000 HTTP/1.1\r\n" ASK, 200, 100000, NULL, -1,
         "z\r\n"},
        {"made, but the handler failed", "GET /stream/failed?bytes=9 HTTP/1.0\r\n" ASK, 500, 0, "",
         0, ""},
    };
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        testing->n_read = 0;
        g_autofree char *answer =
            gh_server_testing_send(testing, cases[i].request, strlen(cases[i].request));
        g_autofree char *length = gh_server_testing_header(answer, "Content-Length");
        g_autofree char *packed = gh_server_testing_header(answer, "Content-Encoding");
        g_autofree char *head = g_strndup(answer, 400);

        assert_all_freed(testing);
        if (gh_server_testing_status(answer) != cases[i].want
            || !g_str_has_suffix(answer, cases[i].want_end))
            g_error("%s: %s", cases[i].label, head);
        if (cases[i].want_read >= 0 && testing->n_read != cases[i].want_read)
            g_error("%s: read %d times", cases[i].label, testing->n_read);
        if (cases[i].want != 200)
            continue;
        if (count_body(answer) != cases[i].want_bytes
            || g_strcmp0(length, cases[i].want_length) != 0 || packed != NULL)
            g_error("%s: %zu bytes, %s", cases[i].label, count_body(answer), head);
    }
}

static void
test_headers(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    g_autofree char *answer = gh_server_testing_ask(testing, "GET", "/stream/x?bytes=9", "", "");
    g_autofree char *keep = gh_server_testing_header(answer, "Cache-Control");
    g_autofree char *tag = gh_server_testing_header(answer, "ETag");
    g_autofree char *type = gh_server_testing_header(answer, "Content-Type");
    g_autofree char *name = gh_server_testing_header(answer, "Content-Disposition");
    g_autofree char *sniff = gh_server_testing_header(answer, "X-Content-Type-Options");

    g_assert_cmpstr(keep, ==, "no-store");
    g_assert_cmpstr(tag, ==, NULL);
    g_assert_cmpstr(type, ==, "text/csv; charset=utf-8");
    g_assert_true(g_str_has_prefix(name, "attachment; filename=\"all.csv\""));
    g_assert_cmpstr(sniff, ==, "nosniff");
}

/* 1 GB to a client that reads its first kilobytes and leaves. */
static void
test_client_leaves(void)
{
    static const char request[] = "GET /stream/x?bytes=1000000000&size=1000000000 HTTP/1.1\r\n" ASK;
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketConnection) connection =
        g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)testing->port, NULL, NULL);
    char part[4096];

    (void)g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), request,
                                    strlen(request), NULL, NULL, NULL);
    g_assert_cmpint(g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)), part,
                                        sizeof(part), NULL, NULL),
                    >, 0);
    (void)g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
    assert_all_freed(testing);
    g_assert_cmpint(testing->n_read, <, 1000);
}

static void
test_packing(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    g_autofree char *plain = gh_server_testing_ask(testing, "GET", "/fresh", "", "");
    g_autofree char *packed =
        gh_server_testing_ask(testing, "GET", "/fresh", "Accept-Encoding: gzip\r\n", "");
    g_autofree char *plain_form = gh_server_testing_header(plain, "Content-Encoding");
    g_autofree char *packed_form = gh_server_testing_header(packed, "Content-Encoding");
    g_autofree char *vary = gh_server_testing_header(plain, "Vary");

    g_assert_cmpstr(plain_form, ==, NULL);
    g_assert_cmpstr(packed_form, ==, "gzip");
    g_assert_cmpstr(vary, ==, "Accept-Encoding, Accept-Language");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stream/a stream comes whole, or its end shows that it did not", test_forms);
    g_test_add_func("/stream/a stream is a download that nobody keeps", test_headers);
    g_test_add_func("/stream/a client that leaves ends the reading", test_client_leaves);
    g_test_add_func("/stream/a reply that is not kept is compressed only when asked", test_packing);
    return g_test_run();
}
