/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* log.h - what happened, for the operator: JSON lines on stderr, or plain lines for a person.
 *
 * Threads   Safe from every thread; a line is written whole.
 * Not here  The access log's buffering (http/access_log.h). Nothing secret goes in: callers pass no
 *           cookies, tokens, passwords or query strings that carry them.
 */
#pragma once

#include <glib.h>

typedef enum {
    GH_LOG_DEBUG,
    GH_LOG_INFO,
    GH_LOG_WARNING,
    GH_LOG_ERROR,
} GhLogLevel;

typedef enum {
    GH_LOG_PLAIN, /* commands: "guildhall: message" */
    GH_LOG_JSON,  /* serve: {"time":"...Z","level":"info","event":"...","key":"value"} */
} GhLogForm;

/* Once at start, before threads. Messages below level are dropped. */
void gh_log_init(GhLogForm form, GhLogLevel level);

/* One line: an event in a few words, then pairs of key and text value, closed by NULL.
 * gh_log(GH_LOG_INFO, "server started", "listen", "127.0.0.1:8080", NULL); */
void gh_log(GhLogLevel level, const char *event, ...) G_GNUC_NULL_TERMINATED;
