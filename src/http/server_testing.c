/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_testing.c - a server for tests, and a client that does not mind its manners. */
#include "http/server_testing.h"

#include <gio/gio.h>
#include <string.h>

static bool
make_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    GhServerTesting *testing = data;
    const char *name = gh_request_param(request, "name");
    GhView *view = gh_view_new();

    testing->n_rendered++;
    gh_view_text(view, "heading", name != NULL ? name : "fresh");
    gh_view_printf(view, "sentence", "year %s, q %s. %0600d", gh_request_param(request, "year"),
                   gh_request_param(request, "q"), 0);
    return gh_reply_page(request, reply, "message", "A <page>", view, error);
}

static bool
make_passing_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    gh_reply_pass_by_cache(reply);
    return make_page(request, reply, data, error);
}

static bool
take_form(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const char *text = gh_request_param(request, "text");

    (void)data;
    (void)error;
    gh_reply_bytes(reply, "text/plain; charset=utf-8", "k\xc3\xa5re \"b\".txt",
                   g_bytes_new(text, strlen(text)));
    return true;
}

static bool
fail(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)request;
    (void)data;
    gh_reply_header(reply, "X-Half", "made");
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL, "the inside of the engine");
    return false;
}

static bool
take_time(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    bool is_slower = strcmp(gh_request_path(request), "/slower") == 0;

    g_usleep((is_slower ? 3000 : 300) * G_TIME_SPAN_MILLISECOND);
    return make_page(request, reply, data, error);
}

typedef struct {
    GhServerTesting *testing;
    int64_t n_left; /* bytes that will come */
    bool is_broken; /* fails in place of the end */
} Stream;

static bool
read_stream(void *data, uint8_t *buffer, size_t n_buffer, size_t *ret_n_bytes, GError **error)
{
    Stream *stream = data;
    size_t n = (size_t)MIN((int64_t)n_buffer, stream->n_left);

    stream->testing->n_read++;
    if (n == 0 && stream->is_broken) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL, "the next part is lost");
        return false;
    }
    memset(buffer, 'z', n);
    stream->n_left -= (int64_t)n;
    *ret_n_bytes = n;
    return true;
}

static void
free_stream(void *data)
{
    Stream *stream = data;

    stream->testing->n_streams--;
    g_free(stream);
}

static bool
make_stream(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const char *name = gh_request_param(request, "name");
    Stream *stream = g_new0(Stream, 1);
    int64_t size = GH_REPLY_SIZE_UNKNOWN;

    stream->testing = data;
    (void)gh_request_param_int(request, "bytes", &stream->n_left);
    (void)gh_request_param_int(request, "size", &size);
    stream->is_broken = strcmp(name, "broken") == 0;
    stream->testing->n_streams++;
    gh_reply_stream(reply, "text/csv; charset=utf-8", "all.csv", size, read_stream, stream,
                    free_stream);
    return strcmp(name, "failed") != 0 || fail(request, reply, data, error);
}

static const GhParam stream_params[] = {
    {.name = "bytes", .kind = GH_PARAM_INT, .required = true},
    {.name = "size", .kind = GH_PARAM_INT},
};
static const GhParam kept_params[] = {
    {.name = "year", .kind = GH_PARAM_YEAR},
    {.name = "q", .kind = GH_PARAM_TEXT},
    {.name = "kind", .kind = GH_PARAM_CHOICE, .choices = "a|b"},
};
static const GhParam form_params[] = {
    {.name = "text", .kind = GH_PARAM_TEXT, .required = true, .max_length = 50},
};
static const GhRoute routes[] = {
    {.method = GH_GET,
     .path = "/kept/{name}",
     .cache = GH_CACHE_PUBLIC,
     .params = kept_params,
     .n_params = G_N_ELEMENTS(kept_params),
     .handler = make_page},
    {.method = GH_GET, .path = "/passing", .cache = GH_CACHE_PUBLIC, .handler = make_passing_page},
    {.method = GH_GET, .path = "/fresh", .handler = make_page},
    {.method = GH_POST,
     .path = "/form",
     .params = form_params,
     .n_params = G_N_ELEMENTS(form_params),
     .handler = take_form,
     .max_body = 200},
    {.method = GH_GET, .path = "/broken", .cache = GH_CACHE_PUBLIC, .handler = fail},
    {.method = GH_GET, .path = "/slow", .handler = take_time},
    {.method = GH_GET, .path = "/slower", .handler = take_time},
    {.method = GH_GET,
     .path = "/stream/{name}",
     .params = stream_params,
     .n_params = G_N_ELEMENTS(stream_params),
     .handler = make_stream},
    {.method = GH_GET,
     .path = "/kept-stream/{name}",
     .cache = GH_CACHE_PUBLIC,
     .params = stream_params,
     .n_params = G_N_ELEMENTS(stream_params),
     .handler = make_stream},
};

GhServerTesting *
gh_server_testing_new(GhStore *store, bool behind_proxy)
{
    g_autoptr(GError) error = NULL;
    GhServerTesting *testing = g_new0(GhServerTesting, 1);

    testing->server = gh_server_new(store, NULL,
                                    &(GhServerOptions){.listen = "127.0.0.1:0",
                                                       .site_name = "Test & Town",
                                                       .behind_proxy = behind_proxy,
                                                       .n_threads = 2,
                                                       .access_log_fd = -1},
                                    &error);
    g_assert_no_error(error);
    gh_server_add_routes(testing->server, routes, G_N_ELEMENTS(routes), testing);
    gh_server_add_navigation(testing->server, "/kept", GH_MARK("Kept"));
    (void)gh_server_start(testing->server, &error);
    g_assert_no_error(error);
    testing->port = gh_server_port(testing->server);
    return testing;
}

void
gh_server_testing_free(GhServerTesting *testing)
{
    if (testing == NULL)
        return;
    gh_server_free(testing->server);
    g_free(testing);
}

char *
gh_server_testing_send(const GhServerTesting *testing, const char *bytes, size_t n_bytes)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) answer = g_string_new(NULL);
    char part[4096];
    gssize n = 0;

    g_socket_client_set_timeout(client, 5);
    g_autoptr(GSocketConnection) connection =
        g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)testing->port, NULL, &error);
    g_assert_no_error(error);
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(connection));

    /* A server that refuses early may close before all was sent: its answer counts. */
    (void)g_output_stream_write_all(out, bytes, n_bytes, NULL, NULL, NULL);
    while ((n = g_input_stream_read(in, part, sizeof(part), NULL, NULL)) > 0)
        g_string_append_len(answer, part, n);
    for (size_t i = 0; i < answer->len; i++) {
        if (answer->str[i] == '\0')
            answer->str[i] = '?';
    }
    return g_string_free(g_steal_pointer(&answer), FALSE);
}

char *
gh_server_testing_ask(const GhServerTesting *testing, const char *method, const char *path,
                      const char *headers, const char *body)
{
    g_autofree char *length =
        body[0] != '\0' ? g_strdup_printf("Content-Length: %zu\r\n", strlen(body)) : g_strdup("");
    g_autofree char *request =
        g_strdup_printf("%s %s HTTP/1.1\r\nHost: town.example\r\nConnection: close\r\n%s%s\r\n%s",
                        method, path, headers, length, body);

    return gh_server_testing_send(testing, request, strlen(request));
}

unsigned
gh_server_testing_status(const char *answer)
{
    return g_str_has_prefix(answer, "HTTP/1.") && strlen(answer) > strlen("HTTP/1.1 200")
               ? (unsigned)g_ascii_strtoull(answer + strlen("HTTP/1.1 "), NULL, 10)
               : 0;
}

char *
gh_server_testing_header(const char *answer, const char *name)
{
    const char *end = strstr(answer, "\r\n\r\n");
    g_autofree char *head = g_strndup(answer, end != NULL ? (size_t)(end - answer) : 0);
    g_auto(GStrv) lines = g_strsplit(head, "\r\n", -1);
    size_t n_name = strlen(name);

    for (size_t i = 0; lines[i] != NULL; i++) {
        if (g_ascii_strncasecmp(lines[i], name, n_name) == 0 && lines[i][n_name] == ':')
            return g_strdup(g_strchug(lines[i] + n_name + 1));
    }
    return NULL;
}
