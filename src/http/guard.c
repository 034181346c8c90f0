/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* guard.c - judging a request's headers. */
#include "http/guard.h"

#include <glib.h>
#include <string.h>

typedef enum {
    ONCE,  /* two of them are a smuggling attempt or a broken client */
    FIRST, /* a list that may be spread over several lines; the first is enough for us */
} Repeat;

typedef struct {
    const char *name;
    size_t n_name;
    size_t offset; /* of the const char * in GhHead */
    Repeat repeat;
} Known;

#define KNOWN(text, member, times)                                                                 \
    {                                                                                              \
        .name = text, .n_name = sizeof(text) - 1, .offset = offsetof(GhHead, member),              \
        .repeat = times                                                                            \
    }

static const Known known[] = {
    KNOWN("host", host, ONCE),
    KNOWN("cookie", cookie, ONCE),
    KNOWN("origin", origin, ONCE),
    KNOWN("content-type", content_type, ONCE),
    KNOWN("sec-fetch-site", fetch_site, ONCE),
    KNOWN("x-forwarded-proto", forwarded_proto, ONCE),
    KNOWN("if-none-match", if_none_match, FIRST),
    KNOWN("accept-encoding", accept_encoding, FIRST),
    KNOWN("accept-language", accept_language, FIRST),
};

/* RFC 9110, 5.6.2: what a header's name may be made of. */
static bool
is_token(const char *text, size_t n)
{
    if (n == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isalnum(text[i])
            && (text[i] == '\0' || strchr("!#$%&'*+-.^_`|~", text[i]) == NULL))
            return false;
    }
    return true;
}

/* RFC 9110, 5.5: visible characters, blanks, tabs and bytes above 127. */
static bool
is_value(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool
is_host(const char *text, size_t n)
{
    static const size_t HOST_MAX = 255; /* RFC 1035: the longest name */

    if (n == 0 || n > HOST_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isalnum(text[i]) && strchr(".-_:[]", text[i]) == NULL)
            return false;
    }
    return true;
}

static bool
parse_length(const char *text, size_t n, uint64_t *ret_length)
{
    static const size_t DIGITS_MAX = 15; /* far above every limit of ours, far below overflow */
    uint64_t length = 0;

    if (n == 0 || n > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i]))
            return false;
        length = length * 10 + (uint64_t)(text[i] - '0');
    }

    *ret_length = length;
    return true;
}

static bool
is_named(const GhHeader *header, const char *name, size_t n_name)
{
    return header->n_name == n_name && g_ascii_strncasecmp(header->name, name, n_name) == 0;
}

/* Keeps the header if it is one of the known; false when it stands a second time. */
static bool
note_known(const GhHeader *header, GhHead *head)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (!is_named(header, known[i].name, known[i].n_name))
            continue;

        const char **place = (const char **)(void *)((char *)head + known[i].offset);
        if (*place != NULL)
            return known[i].repeat == FIRST;
        *place = header->value;
        return true;
    }
    return true;
}

GhGuardVerdict
gh_guard_check(bool is_http_1_0, const GhHeader *headers, size_t n_headers, GhHead *ret_head)
{
    GhHead head = {0};
    bool has_length = false;
    bool is_chunked = false;
    size_t n_head = 0;

    if (n_headers > GH_GUARD_HEADERS_MAX)
        return GH_GUARD_TOO_LARGE;

    for (size_t i = 0; i < n_headers; i++) {
        const GhHeader *header = &headers[i];
        size_t n_line = header->n_name + header->n_value;

        n_head += n_line;
        if (n_line > GH_GUARD_LINE_MAX || n_head > GH_GUARD_HEAD_MAX)
            return GH_GUARD_TOO_LARGE;
        if (!is_token(header->name, header->n_name) || !is_value(header->value, header->n_value))
            return GH_GUARD_BAD;

        if (is_named(header, "content-length", strlen("content-length"))) {
            if (has_length || !parse_length(header->value, header->n_value, &head.content_length))
                return GH_GUARD_BAD;
            has_length = true;
        } else if (is_named(header, "transfer-encoding", strlen("transfer-encoding"))) {
            if (is_chunked || g_ascii_strcasecmp(header->value, "chunked") != 0)
                return GH_GUARD_BAD;
            is_chunked = true;
        } else if (!note_known(header, &head)) {
            return GH_GUARD_BAD;
        }
    }

    if (has_length && is_chunked)
        return GH_GUARD_BAD;
    if (head.host == NULL ? !is_http_1_0 : !is_host(head.host, strlen(head.host)))
        return GH_GUARD_BAD;
    /* Browsers and proxies send forms with a length; bodies in chunks only bring trailers along. */
    if (is_chunked)
        return is_http_1_0 ? GH_GUARD_BAD : GH_GUARD_NO_LENGTH;

    *ret_head = head;
    return GH_GUARD_PASS;
}

bool
gh_guard_is_method(const char *text)
{
    return is_token(text, strlen(text));
}

/* Line ends as the library leaves them: overwritten. */
static bool
is_line_end(const char *text)
{
    return text[0] == '\0' && text[1] == '\0';
}

bool
gh_guard_is_seamless(const GhHeadShape *shape)
{
    /* Addresses, because the parts need not lie in one buffer when the request is not what it
     * should be. */
    uintptr_t at = (uintptr_t)shape->method + strlen(shape->method) + 1;

    if (shape->target == NULL || (uintptr_t)shape->target != at)
        return false;
    at += shape->n_target + 1;
    if ((uintptr_t)shape->version != at)
        return false;
    at += strlen(shape->version) + strlen("\r\n");

    for (size_t i = 0; i < shape->n_headers; i++) {
        const GhHeader *header = &shape->headers[i];

        if ((uintptr_t)header->name != at)
            return false;
        at += header->n_name + strlen(":");
        if ((uintptr_t)header->value < at)
            return false;
        /* Only blanks and tabs are skipped before a value, so the gap hides nothing else. */
        at = (uintptr_t)header->value + header->n_value + strlen("\r\n");
    }
    if (at + strlen("\r\n") != (uintptr_t)shape->method + shape->n_head)
        return false;

    /* The sum is right, so all of it is in the buffer; now what stands between the parts. */
    for (size_t i = 0; i < shape->n_headers; i++) {
        if (!is_line_end(shape->headers[i].value + shape->headers[i].n_value))
            return false;
    }
    return is_line_end(shape->version + strlen(shape->version))
           && is_line_end(shape->method + shape->n_head - strlen("\r\n"));
}

unsigned
gh_guard_status(GhGuardVerdict verdict)
{
    switch (verdict) {
    case GH_GUARD_PASS:
        break;
    case GH_GUARD_BAD:
        return 400;
    case GH_GUARD_NO_LENGTH:
        return 411;
    case GH_GUARD_TOO_LARGE:
        return 431;
    }
    g_assert_not_reached();
}
