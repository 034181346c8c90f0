/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* deadline.h - how long a client may take, however busy it keeps the line.
 *
 * Why       The HTTP library's own limit counts silence; a client that sends a byte every few
 *           seconds would hold its connection for ever.
 * How       Every connection has a time by which its present step must be over: head, body, answer.
 *           A thread looks once a second and shuts the sockets that are late; the library then sees
 *           the end of the line and cleans up. It also shuts those whose client has gone in the
 *           middle of a head or body, which the library overlooks when the end of the line comes
 *           together with the last bytes.
 * Threads   Safe from every thread. A connection is removed before its socket is closed, so that no
 *           other socket that got the same number can be hit.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef enum {
    GH_STEP_HEAD,   /* from the connection's start or its last answer to the head's end: 60 s */
    GH_STEP_BODY,   /* from the head's end to the body's: 60 s */
    GH_STEP_ANSWER, /* from then on: 600 s, for a large download over a slow line. A client may have
                       closed its sending half by now. */
} GhStep;

typedef struct GhDeadlines GhDeadlines;
typedef struct GhDeadline GhDeadline; /* one connection's */

GhDeadlines *gh_deadlines_new(void);

/* All connections must have been removed. */
void gh_deadlines_free(GhDeadlines *deadlines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDeadlines, gh_deadlines_free)

/* The result is borrowed until it is removed. */
GhDeadline *gh_deadlines_add(GhDeadlines *deadlines, int fd); /* in GH_STEP_HEAD */
void gh_deadlines_remove(GhDeadlines *deadlines, GhDeadline *deadline);

/* Starts the connection's next step. began_us: g_get_monotonic_time, which the caller has read
 * anyway. */
void gh_deadline_set(GhDeadline *deadline, GhStep step, int64_t began_us);
