/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* guard.h - which requests are answered at all: headers that two servers could read differently
 * (request smuggling) and requests larger than we accept are refused before anything else runs.
 *
 * Refused   Two of a header that may stand once (Host, Content-Length, Content-Type, Cookie, Origin,
 *           ...), any Transfer-Encoding, a Content-Length that is not plain digits, HTTP/1.1 without
 *           Host, names that are not tokens (a blank before the colon, a folded line), control
 *           characters in values, more than GH_GUARD_HEADERS_MAX headers, a line over
 *           GH_GUARD_LINE_MAX bytes, a head over GH_GUARD_HEAD_MAX bytes. Bytes that the HTTP
 *           library hides from us (NUL, folded lines, bare line feeds) are found by
 *           gh_guard_is_seamless.
 * Ownership Nothing is kept; a GhHead borrows the values it was filled from.
 * Threads   Pure functions.
 * Source    RFC 9110 and 9112 (sections 2.2, 3.2, 5.1, 5.2, 6.1-6.3); the limits are our choice, near
 *           nginx' defaults.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GH_GUARD_HEADERS_MAX = 100,
    GH_GUARD_LINE_MAX = 8 * 1024,
    GH_GUARD_HEAD_MAX = 16 * 1024,
};

typedef struct {
    const char *name; /* NUL-terminated, like value */
    size_t n_name;
    const char *value;
    size_t n_value;
} GhHeader;

/* What the server wants to know of a head: borrowed values, NULL when absent. */
typedef struct {
    const char *host;
    const char *content_type;
    const char *cookie;
    const char *origin;
    const char *fetch_site;
    const char *accept_encoding;
    const char *accept_language;
    const char *if_none_match;
    const char *forwarded_proto;
    uint64_t content_length; /* 0 when absent */
} GhHead;

typedef enum {
    GH_GUARD_PASS,
    GH_GUARD_BAD,       /* 400 */
    GH_GUARD_NO_LENGTH, /* 411: a body in chunks only */
    GH_GUARD_TOO_LARGE, /* 431 */
} GhGuardVerdict;

/* Judges the headers in the order they came. is_http_1_0: Host may be absent. ret_head is filled
 * only on GH_GUARD_PASS. */
GhGuardVerdict gh_guard_check(bool is_http_1_0, const GhHeader *headers, size_t n_headers,
                              GhHead *ret_head);

/* Whether text can be a request's method, known or not. */
bool gh_guard_is_method(const char *text);

/* Whether the parts that the library shows cover the head byte for byte: request line, headers and
 * the empty line follow each other with nothing but one blank, or the two bytes of a line end,
 * between them. All pointers lead into one buffer: n_head bytes from method. The library overwrites
 * line ends with NUL, so NUL in place of CR or LF does not show; a proxy in front must refuse NUL in
 * heads, as nginx does. */
typedef struct {
    const char *method;
    const char *target;
    size_t n_target; /* as it was sent, with the query */
    const char *version;
    size_t n_head;
    const GhHeader *headers;
    size_t n_headers;
} GhHeadShape;

bool gh_guard_is_seamless(const GhHeadShape *shape);

/* The status for a verdict other than GH_GUARD_PASS. */
unsigned gh_guard_status(GhGuardVerdict verdict);
