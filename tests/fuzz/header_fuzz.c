/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as the head of a request, taken apart the way the HTTP library does it, then judged and
 * routed. What passes must be a head that every server reads the same way. */

#include "http/cookie.h"
#include "http/csrf.h"
#include "http/guard.h"
#include "http/negotiate.h"
#include "http/route.h"
#include "http/target.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
never(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)request;
    (void)reply;
    (void)data;
    (void)error;
    g_assert_not_reached();
}

static const GhRoute routes[] = {
    {.method = GH_GET, .path = "/", .handler = never},
    {.method = GH_GET, .path = "/cities/new", .handler = never},
    {.method = GH_GET, .path = "/cities/{slug}", .handler = never},
    {.method = GH_GET, .path = "/cities/{slug}/figures.{format}", .handler = never},
    {.method = GH_POST, .path = "/jobs/{id}/cancel", .handler = never},
};

typedef struct {
    char *bytes; /* changed while lines are taken off, as the library does */
    size_t n;
    size_t at;
} Reader;

/* The next line, closed by NUL, or NULL: CRLF and a bare line feed both end it. */
static char *
take_line(Reader *reader)
{
    char *line = reader->bytes + reader->at;

    for (size_t i = reader->at; i < reader->n; i++) {
        bool is_crlf =
            reader->bytes[i] == '\r' && i + 1 < reader->n && reader->bytes[i + 1] == '\n';
        if (!is_crlf && reader->bytes[i] != '\n')
            continue;
        reader->bytes[i] = '\0';
        if (is_crlf)
            reader->bytes[i + 1] = '\0';
        reader->at = i + (is_crlf ? 2 : 1);
        return line;
    }
    return NULL;
}

static bool
take_header(char *line, GhHeader *ret_header)
{
    char *colon = strchr(line, ':');
    if (colon == NULL)
        return false;

    *colon = '\0';
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    *ret_header =
        (GhHeader){.name = line, .n_name = strlen(line), .value = value, .n_value = strlen(value)};
    return true;
}

/* METHOD TARGET VERSION; false when the library would refuse it by itself. */
static bool
take_request_line(Reader *reader, GhHeadShape *ret_shape)
{
    char *line = take_line(reader);
    char *first = line != NULL ? strchr(line, ' ') : NULL;
    char *last = line != NULL ? strrchr(line, ' ') : NULL;
    if (first == NULL || first == last || !g_str_has_prefix(last + 1, "HTTP/1.")
        || strlen(last + 1) != strlen("HTTP/1.1") || !g_ascii_isdigit(last[8]))
        return false;

    *first = '\0';
    *last = '\0';
    *ret_shape = (GhHeadShape){
        .method = line, .target = first + 1, .n_target = strlen(first + 1), .version = last + 1};
    return true;
}

/* False when the address is refused. */
static bool
check_target(const GhHeadShape *shape)
{
    g_autofree char *path = g_malloc(shape->n_target + 2);
    const char *query = NULL;
    GhRouteMatch match;

    if (!gh_target_parse(shape->target, shape->n_target, path, &query))
        return false;
    g_assert_true(g_utf8_validate(path, -1, NULL));
    g_assert_true(path[0] == '/' || strcmp(path, "*") == 0);
    g_assert_null(strstr(path, "/../"));
    g_assert_null(strpbrk(path, "\\\r\n"));
    g_assert_true(query == NULL || (query > shape->target && query[-1] == '?'));

    g_autoptr(GhRoutes) table = gh_routes_new();
    gh_routes_add(table, routes, G_N_ELEMENTS(routes), NULL);
    gh_routes_match(table, GH_GET, path, &match);
    for (size_t i = 0; match.entry != NULL && i < match.n_places; i++) {
        g_assert_true(match.places[i].n_text > 0);
        g_assert_true(memchr(match.places[i].text, '/', match.places[i].n_text) == NULL);
    }
    return true;
}

static void
check_head(const GhHead *head)
{
    g_autofree char *cookie = gh_cookie_find(head->cookie, "a");

    g_assert_true(cookie == NULL || strpbrk(cookie, "; \"") == NULL);
    /* Must not fail; any answer will do. */
    (void)gh_negotiate_gzip(head->accept_encoding);
    (void)gh_negotiate_has_version(head->if_none_match, "abc");
    (void)gh_csrf_is_own_origin(head->origin, head->fetch_site, head->host);
}

/* Whether the byte stands where a line ends: behind the version, behind a value, or last. */
static bool
is_in_line_end(const GhHeadShape *shape, size_t position)
{
    const char *at = shape->method + position;
    const char *version_end = shape->version + strlen(shape->version);

    if (position + 2 >= shape->n_head || (at >= version_end && at < version_end + 2))
        return true;
    for (size_t i = 0; i < shape->n_headers; i++) {
        const char *end = shape->headers[i].value + shape->headers[i].n_value;
        if (at >= end && at < end + 2)
            return true;
    }
    return false;
}

/* Once the guard let it through, the head as it was sent has line ends and NUL nowhere but where
 * lines end, two bytes each, and no folded lines. */
static void
check_raw(const uint8_t *data, const GhHeadShape *shape)
{
    for (size_t i = 0; i < shape->n_head; i++) {
        if (is_in_line_end(shape, i))
            g_assert_true(data[i] == '\r' || data[i] == '\n' || data[i] == '\0');
        else
            g_assert_true(data[i] != '\r' && data[i] != '\n' && data[i] != '\0');
    }
    for (size_t i = 0; i < shape->n_headers; i++)
        g_assert_false(g_ascii_isspace(shape->headers[i].name[0]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum {
        HEADERS_MAX = GH_GUARD_HEADERS_MAX + 1
    };
    g_autofree char *bytes = g_memdup2(data, size > 0 ? size : 1);
    g_autofree GhHeader *headers = g_new0(GhHeader, HEADERS_MAX);
    Reader reader = {.bytes = bytes, .n = size};
    GhHeadShape shape = {0};
    GhHead head = {0};
    char *line = NULL;

    if (!take_request_line(&reader, &shape))
        return 0;
    while ((line = take_line(&reader)) != NULL && line[0] != '\0'
           && shape.n_headers < HEADERS_MAX) {
        if (!take_header(line, &headers[shape.n_headers++]))
            return 0;
    }
    if (line == NULL)
        return 0;
    shape.headers = headers;
    shape.n_head = reader.at;

    bool is_understood = check_target(&shape) && gh_guard_is_method(shape.method);
    bool is_http_1_0 = strcmp(shape.version, "HTTP/1.0") == 0;
    if (gh_guard_check(is_http_1_0, headers, shape.n_headers, &head) != GH_GUARD_PASS)
        return 0;
    check_head(&head);
    g_assert_true(is_http_1_0 || head.host != NULL);
    if (is_understood && gh_guard_is_seamless(&shape))
        check_raw(data, &shape);
    return 0;
}
