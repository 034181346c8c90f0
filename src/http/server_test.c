/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_test.c - what a server answers to raw bytes, and how it starts and stops. */
#include <gio/gio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/deadline.h"
#include "http/guard.h"
#include "http/server_testing.h"
#include "http/target.h"

#define RAW(text) .bytes = text, .n_bytes = sizeof(text) - 1
#define HOST "Host: a\r\nConnection: close\r\n"

typedef struct {
    const char *label;
    const char *bytes;
    size_t n_bytes;
    unsigned want;
    bool is_bare; /* refused by the library itself, which knows nothing of our headers */
} Case;

static unsigned
count(const char *text, const char *part)
{
    unsigned n = 0;

    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        n++;
    return n;
}

static void
check_cases(const Case *cases, size_t n_cases)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);

    for (size_t i = 0; i < n_cases; i++) {
        g_autofree char *answer = gh_server_testing_send(testing, cases[i].bytes, cases[i].n_bytes);
        unsigned got = gh_server_testing_status(answer);
        g_autofree char *policy = gh_server_testing_header(answer, "Content-Security-Policy");

        if (got != cases[i].want)
            g_error("%s: want %u, got %u: %s", cases[i].label, cases[i].want, got, answer);
        if ((policy == NULL) != cases[i].is_bare)
            g_error("%s: content policy: %s", cases[i].label, answer);
        /* Whatever followed a refused head is not taken for a request. */
        if (got >= 400 && count(answer, "HTTP/1.") != 1)
            g_error("%s: several answers: %s", cases[i].label, answer);
    }
}

/* domain/stack.md, section 1: each got 200, or nothing, from the library alone. */
static void
test_probes(void)
{
#define SECOND "GET /healthz HTTP/1.1\r\n" HOST "\r\n"
    static const Case cases[] = {
        {"two different Content-Length",
         RAW("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\n"
             "a=b" SECOND),
         400},
        {"Content-Length and Transfer-Encoding",
         RAW("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: "
             "chunked\r\n\r\n"
             "0\r\n\r\n" SECOND),
         400},
        {"Transfer-Encoding: xchunked",
         RAW("POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
             "xchunked\r\n\r\n0\r\n\r\n" SECOND),
         400},
        {"no Host on HTTP/1.1", RAW("GET /healthz HTTP/1.1\r\nAccept: */*\r\n\r\n" SECOND), 400},
        {"space before the colon",
         RAW("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\na=b" SECOND), 400},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static void
test_heads(void)
{
    static const Case cases[] = {
        {"a good one", RAW("GET /healthz HTTP/1.1\r\n" HOST "\r\n"), 200},
        {"no headers at all, HTTP/1.0", RAW("GET /healthz HTTP/1.0\r\n\r\n"), 200},
        {"no headers at all, HTTP/1.1", RAW("GET /healthz HTTP/1.1\r\n\r\n"), 400},
        {"a proxy's form", RAW("GET http://a/healthz HTTP/1.1\r\n" HOST "\r\n"), 200},
        {"an empty line before", RAW("\r\nGET /healthz HTTP/1.1\r\n" HOST "\r\n"), 200},
        {"tabs and blanks before a value", RAW("GET /healthz HTTP/1.1\r\nX: \t y\r\n" HOST "\r\n"),
         200},
        {"an empty value", RAW("GET /healthz HTTP/1.1\r\nX:\r\n" HOST "\r\n"), 200},
        {"NUL in a value", RAW("GET /healthz HTTP/1.1\r\nX: a\0b\r\n" HOST "\r\n"), 400},
        {"NUL at a value's end", RAW("GET /healthz HTTP/1.1\r\nX: a\0\r\n" HOST "\r\n"), 400},
        {"NUL in the last value", RAW("GET /healthz HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n"), 400},
        {"NUL behind the colon", RAW("GET /healthz HTTP/1.1\r\nX:\0b\r\n" HOST "\r\n"), 400},
        {"NUL in the address", RAW("GET /healthz\0/x HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"a folded line", RAW("GET /healthz HTTP/1.1\r\nX: a\r\n b\r\n" HOST "\r\n"), 400},
        {"a folded last line", RAW("GET /healthz HTTP/1.1\r\n" HOST "X: a\r\n\tb\r\n\r\n"), 400},
        {"a blank before the first header", RAW("GET /healthz HTTP/1.1\r\n X: a\r\n" HOST "\r\n"),
         400},
        {"bare line feeds", RAW("GET /healthz HTTP/1.1\nHost: a\n\n"), 400},
        {"one bare line feed", RAW("GET /healthz HTTP/1.1\r\nX: a\n" HOST "\r\n"), 400},
        {"a bare carriage return", RAW("GET /healthz HTTP/1.1\r\nX: a\rb\r\n" HOST "\r\n"), 400},
        {"a control character", RAW("GET /healthz HTTP/1.1\r\nX: \001\r\n" HOST "\r\n"), 400},
        {"two blanks in the request line", RAW("GET  /healthz HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"a blank in the address", RAW("GET /heal thz HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"a blank at the line's end", RAW("GET /healthz HTTP/1.1 \r\n" HOST "\r\n"), 400, true},
        {"a method that is no word", RAW("G\rET /healthz HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"two Host", RAW("GET /healthz HTTP/1.1\r\nHost: b\r\n" HOST "\r\n"), 400},
        {"chunks",
         RAW("POST /form HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 411},
        {"a GET with a body", RAW("GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx"),
         400},
        {"a path with ..", RAW("GET /kept/../healthz HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"a path with an encoded slash", RAW("GET /kept%2fa HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"a path with encoded NUL", RAW("GET /healthz%00 HTTP/1.1\r\n" HOST "\r\n"), 400},
        {"a version to come", RAW("GET /healthz HTTP/3.0\r\n" HOST "\r\n"), 505, true},
        {"no version", RAW("GET /healthz\r\n" HOST "\r\n"), 400, true},
    };
    check_cases(cases, G_N_ELEMENTS(cases));
}

static unsigned
ask_large(const GhServerTesting *testing, const char *line, size_t n_value, size_t n_lines)
{
    g_autofree char *value = g_strnfill(n_value, 'x');
    g_autoptr(GString) request = g_string_new("GET /healthz HTTP/1.1\r\n" HOST);

    for (size_t i = 0; i < n_lines; i++)
        g_string_append_printf(request, "%s%s\r\n", line, value);
    g_string_append(request, "\r\n");
    g_autofree char *answer = gh_server_testing_send(testing, request->str, request->len);
    return gh_server_testing_status(answer);
}

static void
test_limits(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    g_autofree char *path = g_strnfill(GH_TARGET_MAX, 'a');
    size_t n_header = strlen("X");

    path[0] = '/';
    g_autofree char *fits = gh_server_testing_ask(testing, "GET", path, "", "");
    path[1] = '?';
    g_autofree char *longer = g_strconcat(path, "a", NULL);
    g_autofree char *too_long = gh_server_testing_ask(testing, "GET", longer, "", "");

    g_assert_cmpuint(gh_server_testing_status(fits), ==, 404);
    g_assert_cmpuint(gh_server_testing_status(too_long), ==, 414);
    g_assert_cmpuint(ask_large(testing, "X: ", 1, GH_GUARD_HEADERS_MAX - 2), ==, 200);
    g_assert_cmpuint(ask_large(testing, "X: ", 1, GH_GUARD_HEADERS_MAX - 1), ==, 431);
    g_assert_cmpuint(ask_large(testing, "X: ", GH_GUARD_LINE_MAX - n_header, 1), ==, 200);
    g_assert_cmpuint(ask_large(testing, "X: ", GH_GUARD_LINE_MAX, 1), ==, 431);
    g_assert_cmpuint(ask_large(testing, "X: ", 7000, 2), ==, 200);
    g_assert_cmpuint(ask_large(testing, "X: ", 7000, 3), ==, 431);
    g_assert_cmpuint(ask_large(testing, "X: ", 7000, 50), ==, 431);
    g_assert_cmpuint(ask_large(testing, "X: ", 1, 3000), ==, 431);
}

/* METHOD /healthz?0&1&2..., or with as many cookies. */
static char *
write_many(const char *method, const char *start, char between, const char *end, unsigned n_fields)
{
    g_autoptr(GString) request = g_string_new(method);

    g_string_append(request, start);
    for (unsigned i = 0; i < n_fields; i++)
        g_string_append_printf(request, "%s%u", i == 0 ? "" : (char[]){between, '\0'}, i);
    g_string_append(request, end);
    return g_string_free(g_steal_pointer(&request), FALSE);
}

/* The library has no room for so many in its own list. Under LeakSanitizer this also shows that
 * nothing stays behind. */
static void
test_many_fields(void)
{
    static const char form[] = "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Content-Length: 7\r\n\r\ntext=ab";
    g_autofree char *end = g_strconcat(" HTTP/1.1\r\n" HOST, "\r\n", NULL);
    g_autofree char *form_end = g_strconcat(" HTTP/1.1\r\n" HOST, form, NULL);
    const struct {
        const char *label, *method, *start;
        char between;
        const char *end;
        unsigned n_fields, want;
    } cases[] = {
        {"few", "GET", " /healthz?", '&', end, 4, 200},
        {"400 fields", "GET", " /healthz?", '&', end, 400, 200},
        {"over the form's limit", "GET", " /fresh?", '&', end, 1100, 400},
        {"200 fields and a body", "POST", " /form?", '&', form_end, 200, 403},
        {"400 fields and a body", "POST", " /form?", '&', form_end, 400, 403},
        {"400 cookies", "GET", " /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: ",
         ';', "\r\n\r\n", 400, 431},
        {"1500 cookies", "GET", " /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: ",
         ';', "\r\n\r\n", 1500, 431},
    };
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *request = write_many(cases[i].method, cases[i].start, cases[i].between,
                                              cases[i].end, cases[i].n_fields);
        g_autofree char *answer = gh_server_testing_send(testing, request, strlen(request));

        if (gh_server_testing_status(answer) != cases[i].want)
            g_error("%s: want %u, got %s", cases[i].label, cases[i].want, answer);
    }
    gint64 start = g_get_monotonic_time();
    gh_server_stop(testing->server);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 3 * G_TIME_SPAN_SECOND);
}

static void
test_bodies(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    static const char form[] = "Content-Type: application/x-www-form-urlencoded\r\n";
    g_autofree char *large = g_strnfill(100000, 'a');
    g_autofree char *expecting = g_strconcat(form, "Expect: 100-continue\r\n", NULL);

    g_autofree char *too_large = gh_server_testing_ask(testing, "POST", "/form", form, large);
    g_assert_cmpuint(gh_server_testing_status(too_large), ==, 413);
    g_autofree char *expected = gh_server_testing_ask(testing, "POST", "/form", expecting, large);
    g_assert_cmpuint(gh_server_testing_status(expected), ==, 413);
    g_autofree char *other =
        gh_server_testing_ask(testing, "POST", "/form", "Content-Type: text/plain\r\n", "a=b");
    g_assert_cmpuint(gh_server_testing_status(other), ==, 415);
    g_autofree char *nowhere = gh_server_testing_ask(testing, "POST", "/nowhere", form, "a=b");
    g_assert_cmpuint(gh_server_testing_status(nowhere), ==, 404);
}

static void
test_methods(void)
{
    static const struct {
        const char *method;
        const char *path;
        unsigned want;
        const char *want_allow;
    } cases[] = {
        {"HEAD", "/healthz", 200, NULL},
        {"POST", "/healthz", 405, "GET, HEAD, OPTIONS"},
        {"GET", "/form", 405, "POST, OPTIONS"},
        {"HEAD", "/form", 405, "POST, OPTIONS"},
        {"DELETE", "/healthz", 405, "GET, HEAD, OPTIONS"},
        {"BREW", "/healthz", 405, "GET, HEAD, OPTIONS"},
        {"get", "/healthz", 405, "GET, HEAD, OPTIONS"},
        {"TRACE", "/nowhere", 404, NULL},
        {"OPTIONS", "/form", 204, "POST, OPTIONS"},
        {"OPTIONS", "*", 204, "GET, HEAD, POST, OPTIONS"},
        {"OPTIONS", "/nowhere", 404, NULL},
        {"GET", "*", 404, NULL},
    };
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer =
            gh_server_testing_ask(testing, cases[i].method, cases[i].path, "", "");
        g_autofree char *allow = gh_server_testing_header(answer, "Allow");

        if (gh_server_testing_status(answer) != cases[i].want
            || g_strcmp0(allow, cases[i].want_allow) != 0)
            g_error("%s %s: %s", cases[i].method, cases[i].path, answer);
        if (strcmp(cases[i].method, "HEAD") == 0)
            g_assert_true(g_str_has_suffix(answer, "\r\n\r\n"));
    }
}

static void
test_keep_alive(void)
{
    static const char requests[] = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                                   "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"
                                   "BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                                   "GET /healthz HTTP/1.1\r\n" HOST "\r\n";
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    g_autofree char *answers = gh_server_testing_send(testing, requests, strlen(requests));

    g_assert_cmpuint(count(answers, "HTTP/1.1 200"), ==, 2);
    g_assert_cmpuint(count(answers, "HTTP/1.1 404"), ==, 1);
    g_assert_cmpuint(count(answers, "HTTP/1.1 405"), ==, 1);
}

static void *
ask_slow(void *data)
{
    return gh_server_testing_ask(data, "GET", "/slow", "", "");
}

static void
test_stop(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    GThread *client = g_thread_new("client", ask_slow, testing);

    g_usleep(100 * G_TIME_SPAN_MILLISECOND); /* the handler runs now */
    gint64 start = g_get_monotonic_time();
    gh_server_stop(testing->server);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_TIME_SPAN_SECOND);
    g_autofree char *answer = g_thread_join(client);
    g_assert_cmpuint(gh_server_testing_status(answer), ==, 200);
    g_assert_true(strstr(answer, "</html>") != NULL);
}

static unsigned
count_descriptors(void)
{
    unsigned n = 0;
    g_autoptr(GDir) dir = g_dir_open("/proc/self/fd", 0, NULL);

    while (dir != NULL && g_dir_read_name(dir) != NULL)
        n++;
    return n;
}

/* A plain blocking socket, since what matters here is when its halves are closed. */
static int
send_raw(const GhServerTesting *testing, const char *bytes)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)testing->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
    g_assert_cmpint(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), ==, (ssize_t)strlen(bytes));
    return fd;
}

#define HALF_FORM                                                                                  \
    "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"                                      \
    "Content-Type: application/x-www-form-urlencoded\r\n\r\ntext"

static const char *const incomplete[] = {
    "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ",
    "GET /healthz HT",
    HALF_FORM,
};

static void
test_gone(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    unsigned n_before = count_descriptors();

    for (size_t i = 0; i < 30; i++)
        (void)close(send_raw(testing, incomplete[i % G_N_ELEMENTS(incomplete)]));

    g_usleep(200 * G_TIME_SPAN_MILLISECOND); /* until all were taken */
    gint64 start = g_get_monotonic_time();
    while (count_descriptors() > n_before
           && g_get_monotonic_time() - start < 6 * G_TIME_SPAN_SECOND)
        g_usleep(20 * G_TIME_SPAN_MILLISECOND);
    g_assert_cmpuint(count_descriptors(), <=, n_before);
}

/* Their clients are still there, but nothing says that they will ever end their heads. */
static void
test_stop_without_heads(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    int open[10];

    for (size_t i = 0; i < G_N_ELEMENTS(open); i++)
        open[i] = send_raw(testing, incomplete[i % 2]);
    g_usleep(100 * G_TIME_SPAN_MILLISECOND);
    gint64 start = g_get_monotonic_time();
    gh_server_stop(testing->server);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 3 * G_TIME_SPAN_SECOND);
    for (size_t i = 0; i < G_N_ELEMENTS(open); i++)
        (void)close(open[i]);
}

/* A client that says at once that it will send no more still gets its answer, also a slow one. */
static void
test_half_closed(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    int fd = send_raw(testing, "GET /slower HTTP/1.1\r\n" HOST "\r\n");
    char answer[64] = "";

    g_assert_cmpint(shutdown(fd, SHUT_WR), ==, 0);
    g_assert_cmpint(recv(fd, answer, sizeof(answer) - 1, MSG_WAITALL), >, 0);
    g_assert_cmpuint(gh_server_testing_status(answer), ==, 200);
    (void)close(fd);
}

/* How many of n_connections idle connections the server keeps. */
static unsigned
count_kept(const GhServer *server, unsigned n_connections)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GPtrArray) connections = g_ptr_array_new_with_free_func(g_object_unref);
    unsigned n_kept = 0;

    g_socket_client_set_timeout(client, 1);
    for (unsigned i = 0; i < n_connections; i++)
        g_ptr_array_add(connections,
                        g_socket_client_connect_to_host(
                            client, "127.0.0.1", (guint16)gh_server_port(server), NULL, NULL));
    for (unsigned i = 0; i < n_connections; i++) {
        char byte = 0;
        g_autoptr(GError) error = NULL;
        GIOStream *connection = g_ptr_array_index(connections, i);
        gssize n =
            g_input_stream_read(g_io_stream_get_input_stream(connection), &byte, 1, NULL, &error);
        n_kept += n < 0 && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    }
    return n_kept;
}

static void
test_connections(void)
{
    GhServerOptions options = {
        .listen = "127.0.0.1:0", .n_threads = 2, .max_connections = 4, .access_log_fd = -1};
    g_autoptr(GhServer) server = gh_server_new(NULL, NULL, &options, NULL);

    g_assert_true(gh_server_start(server, NULL));
    g_assert_cmpuint(count_kept(server, 7), ==, 4);
}

static void
test_taken_port(void)
{
    g_autoptr(GhServerTesting) testing = gh_server_testing_new(NULL, false);
    g_autoptr(GError) error = NULL;
    g_autofree char *listen = g_strdup_printf("127.0.0.1:%u", testing->port);
    g_autoptr(GhServer) second = gh_server_new(
        NULL, NULL, &(GhServerOptions){.listen = listen, .access_log_fd = -1}, &error);

    g_assert_no_error(error);
    g_assert_false(gh_server_start(second, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
    g_assert_true(strstr(error->message, listen) != NULL);
}

static void
test_deadline(void)
{
    int ends[2];
    char byte = 0;
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    g_autoptr(GhDeadlines) deadlines = gh_deadlines_new();
    GhDeadline *deadline = gh_deadlines_add(deadlines, ends[0]);

    gh_deadline_set(deadline, GH_STEP_HEAD, g_get_monotonic_time() - 61 * G_TIME_SPAN_SECOND);
    /* Returns when the other end is shut, which the watch does within about a second. */
    g_assert_cmpint(read(ends[1], &byte, 1), ==, 0);
    gh_deadlines_remove(deadlines, deadline);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/server/the five smuggling probes get 400 and no second answer", test_probes);
    g_test_add_func("/server/heads with hidden or doubtful bytes get 400", test_heads);
    g_test_add_func("/server/address, headers and their sum are limited", test_limits);
    g_test_add_func("/server/very many fields or cookies are answered and leave nothing behind",
                    test_many_fields);
    g_test_add_func("/server/a body too large or of another kind is not read", test_bodies);
    g_test_add_func("/server/methods a path does not take get 405 with those it does",
                    test_methods);
    g_test_add_func("/server/a connection is kept for several requests", test_keep_alive);
    g_test_add_func("/server/stopping lets an open request finish", test_stop);
    g_test_add_func("/server/stopping does not wait for heads that have no end",
                    test_stop_without_heads);
    g_test_add_func("/server/clients that leave in the middle are let go at once", test_gone);
    g_test_add_func("/server/a client that closed its sending half gets its answer",
                    test_half_closed);
    g_test_add_func("/server/connections over the limit are closed at once", test_connections);
    g_test_add_func("/server/a port in use is named in the error", test_taken_port);
    g_test_add_func("/server/a client that takes too long loses its connection", test_deadline);
    return g_test_run();
}
