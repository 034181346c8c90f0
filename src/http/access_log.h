/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* access_log.h - one JSON line for each answer, gathered and written by a thread of its own.
 *
 * Line      {"time":"2026-11-22T17:35:15.123Z","request":"5f3a0b21-17","method":"GET",
 *           "path":"/cities/riyadh","status":200,"bytes":5120,"ms":0.412,"cache":"hit"}
 * Not here  Query strings, addresses, browsers: they say who someone is and what they look for. A
 *           proxy in front can log them where the operator has a reason to.
 * When      Written at most GH_ACCESS_LOG_DELAY_MS after the answer, or when 64 kB are full.
 * Limits    When the reader of the log does not keep up, lines are dropped, never requests; the
 *           next line tells how many: "dropped":12.
 * Threads   Safe from every thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    GH_ACCESS_LOG_DELAY_MS = 500
};

typedef struct {
    unsigned run; /* with number: the request's name, as in the operator's log */
    unsigned number;
    const char *method; /* our own word, not the client's */
    const char *path;   /* UTF-8 of any kind: written escaped, controls and bidi marks too */
    unsigned status;
    uint64_t n_bytes;
    int64_t duration_us;
    bool was_cached;
} GhAccess;

typedef struct GhAccessLog GhAccessLog;

/* fd stays open and the caller's. A negative fd writes nothing. */
GhAccessLog *gh_access_log_new(int fd);

/* Writes what is left. No other thread may be using the log. */
void gh_access_log_free(GhAccessLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhAccessLog, gh_access_log_free)

void gh_access_log_write(GhAccessLog *log, const GhAccess *access);
