/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_testing.h - a server on a free port, spoken to byte by byte. For test programs only.
 *
 * Routes    GET /kept/{name}?year&q&kind (kept for everyone), GET /passing (public, but not kept),
 *           GET /fresh (with a form token), POST /form (field text required; max_body 200),
 *           GET /broken (fails), GET /slow (300 ms), GET /slower (3 s),
 *           GET /stream/{name}?bytes&size, /kept-stream/{name}?...: as many bytes "z", announced as
 *           size (unknown without it); "broken" fails at its end, the handler of "failed" fails.
 */
#pragma once

#include <stdatomic.h>

#include "http/http.h"

typedef struct {
    GhServer *server;
    unsigned port;
    atomic_int n_rendered; /* how often a handler made a page */
    atomic_int n_read;     /* how often a streamed reply's next bytes were asked for */
    atomic_int n_streams;  /* streams that were not freed yet */
} GhServerTesting;

/* store may be NULL where no page needs one. behind_proxy as in GhServerOptions. */
GhServerTesting *gh_server_testing_new(GhStore *store, bool behind_proxy);
void gh_server_testing_free(GhServerTesting *testing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhServerTesting, gh_server_testing_free)

/* Sends the bytes and reads what comes until the server closes, at most 5 s. The caller owns the
 * answer; NUL within it is shown as ?. */
char *gh_server_testing_send(const GhServerTesting *testing, const char *bytes, size_t n_bytes);

/* METHOD PATH HTTP/1.1 with Host, Connection: close and further header lines (each with \r\n, may be
 * "") and body. */
char *gh_server_testing_ask(const GhServerTesting *testing, const char *method, const char *path,
                            const char *headers, const char *body);

/* The status in the first line; 0 when there is none. */
unsigned gh_server_testing_status(const char *answer);

/* A header's value from the first answer, NULL when absent; the caller owns it. */
char *gh_server_testing_header(const char *answer, const char *name);
