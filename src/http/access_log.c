/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* access_log.c - gathering log lines and writing them out. */
#include "http/access_log.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "http/wait.h"

enum {
    BUFFER_BYTES = 256 * 1024,
    FLUSH_BYTES = 64 * 1024,
    LINE_BYTES = 1024,
    PATH_BYTES = 400, /* of the escaped path: longer ones are cut, so that a line always fits */
};

typedef struct {
    char *bytes; /* BUFFER_BYTES, owned */
    size_t n;
} Buffer;

struct GhAccessLog {
    int fd;
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t wake;
    Buffer filling;
    Buffer writing; /* the other one; the thread writes it without the lock */
    uint64_t n_dropped;
    bool is_stopping;
    GThread *thread; /* NULL: nothing is written */
};

static void
write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t n_written = write(fd, bytes, n);
        if (n_written < 0 && errno == EINTR)
            continue;
        if (n_written < 0)
            return; /* the reader is gone; the server is not stopped for its log */
        bytes += n_written;
        n -= (size_t)n_written;
    }
}

static void *
run_writer(void *data)
{
    GhAccessLog *log = data;

    pthread_mutex_lock(&log->lock);
    while (true) {
        gint64 until = g_get_monotonic_time() + GH_ACCESS_LOG_DELAY_MS * G_TIME_SPAN_MILLISECOND;
        while (!log->is_stopping && log->filling.n < FLUSH_BYTES
               && gh_wait_until(&log->wake, &log->lock, until))
            ;

        if (log->filling.n > 0) {
            Buffer full = log->filling;
            log->filling = log->writing;
            log->filling.n = 0;
            log->writing = full;

            pthread_mutex_unlock(&log->lock);
            write_all(log->fd, full.bytes, full.n);
            pthread_mutex_lock(&log->lock);
        } else if (log->is_stopping) {
            break;
        }
    }
    pthread_mutex_unlock(&log->lock);
    return NULL;
}

GhAccessLog *
gh_access_log_new(int fd)
{
    GhAccessLog *log = g_new0(GhAccessLog, 1);

    log->fd = fd;
    pthread_mutex_init(&log->lock, NULL);
    gh_wait_init(&log->wake);
    if (fd >= 0) {
        log->filling.bytes = g_malloc(BUFFER_BYTES);
        log->writing.bytes = g_malloc(BUFFER_BYTES);
        log->thread = g_thread_new("access-log", run_writer, log);
    }
    return log;
}

void
gh_access_log_free(GhAccessLog *log)
{
    if (log == NULL)
        return;
    if (log->thread != NULL) {
        pthread_mutex_lock(&log->lock);
        log->is_stopping = true;
        pthread_cond_signal(&log->wake);
        pthread_mutex_unlock(&log->lock);
        g_thread_join(log->thread);
    }
    g_free(log->filling.bytes);
    g_free(log->writing.bytes);
    pthread_cond_destroy(&log->wake);
    pthread_mutex_destroy(&log->lock);
    g_free(log);
}

/* Seconds change rarely; each thread keeps the text of its last one. */
static const char *
second_text(int64_t seconds)
{
    static _Thread_local int64_t kept_seconds = INT64_MIN;
    static _Thread_local char kept[sizeof("2026-11-22T17:35:15")];

    if (seconds != kept_seconds) {
        time_t clock = (time_t)seconds;
        struct tm utc;
        if (gmtime_r(&clock, &utc) == NULL
            || strftime(kept, sizeof(kept), "%Y-%m-%dT%H:%M:%S", &utc) == 0)
            (void)g_strlcpy(kept, "1970-01-01T00:00:00", sizeof(kept));
        kept_seconds = seconds;
    }
    return kept;
}

/* Foreign text inside a JSON string: printable ASCII as it is, other bytes above 127 too when the
 * whole is UTF-8, the rest as \u00XX. Cut to n_max bytes between characters. */
static size_t
escape(const char *text, char *out, size_t n_max)
{
    static const char digits[] = "0123456789abcdef";
    static const size_t N_CODE = 6; /* \u00XX */
    size_t n = 0;

    for (const char *at = text; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        bool is_start = (c & 0xc0) != 0x80;

        /* Room for the longest character, so that none is cut in two. */
        if (is_start && n + N_CODE > n_max)
            break;
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            memcpy(out + n, "\\u00", 4);
            out[n + 4] = digits[c >> 4];
            out[n + 5] = digits[c & 15];
            n += N_CODE;
        } else {
            out[n++] = (char)c;
        }
    }
    out[n] = '\0';
    return n;
}

static size_t
format_line(const GhAccess *access, char line[LINE_BYTES])
{
    int64_t now = gh_clock_now_us();
    char path[PATH_BYTES + 1];
    char method[64 + 1];

    (void)escape(access->path, path, PATH_BYTES);
    (void)escape(access->method, method, sizeof(method) - 1);
    /* No %f: the decimal sign would be the locale's. */
    int n = g_snprintf(
        line, LINE_BYTES,
        "{\"time\":\"%s.%03dZ\",\"request\":\"%s\",\"method\":\"%s\",\"path\":\"%s\","
        "\"status\":%u,\"bytes\":%" G_GUINT64_FORMAT ",\"ms\":%" G_GINT64_FORMAT ".%03d,"
        "\"cache\":\"%s\"}\n",
        second_text(now / G_USEC_PER_SEC), (int)(now % G_USEC_PER_SEC / 1000), access->request,
        method, path, access->status, access->n_bytes, access->duration_us / 1000,
        (int)(access->duration_us % 1000), access->was_cached ? "hit" : "miss");
    g_assert(n > 0 && n < LINE_BYTES);
    return (size_t)n;
}

void
gh_access_log_write(GhAccessLog *log, const GhAccess *access)
{
    char line[LINE_BYTES];
    char note[64];

    if (log->thread == NULL)
        return;
    size_t n = format_line(access, line);

    pthread_mutex_lock(&log->lock);
    Buffer *buffer = &log->filling;
    if (buffer->n + n + sizeof(note) > BUFFER_BYTES) {
        log->n_dropped++;
    } else {
        if (log->n_dropped > 0) {
            int n_note = g_snprintf(note, sizeof(note), ",\"dropped\":%" G_GUINT64_FORMAT "}\n",
                                    log->n_dropped);
            memcpy(buffer->bytes + buffer->n, line, n - strlen("}\n"));
            buffer->n += n - strlen("}\n");
            memcpy(buffer->bytes + buffer->n, note, (size_t)n_note);
            buffer->n += (size_t)n_note;
            log->n_dropped = 0;
        } else {
            memcpy(buffer->bytes + buffer->n, line, n);
            buffer->n += n;
        }
        if (buffer->n >= FLUSH_BYTES)
            pthread_cond_signal(&log->wake);
    }
    pthread_mutex_unlock(&log->lock);
}
