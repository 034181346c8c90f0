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

/* A line while it is written: printf would cost more than the rest of the answer. */
typedef struct {
    char bytes[LINE_BYTES];
    size_t n;
} Line;

static void
put_text(Line *line, const char *text)
{
    size_t n = strlen(text);

    g_assert(line->n + n <= LINE_BYTES);
    memcpy(line->bytes + line->n, text, n);
    line->n += n;
}

/* At least n_digits, with zeros in front. */
static void
put_number(Line *line, uint64_t number, unsigned base, size_t n_digits)
{
    char text[24]; /* 2^64 has 20 digits */
    size_t at = sizeof(text) - 1;

    text[at] = '\0';
    for (; number > 0 || sizeof(text) - 1 - at < n_digits; number /= base)
        text[--at] = "0123456789abcdef"[number % base];
    put_text(line, text + at);
}

/* What would steer a terminal or mislead a reader of the log, besides what JSON wants escaped:
 * control characters, line and paragraph ends, and marks that turn the reading direction or do not
 * show. */
static bool
is_escaped(gunichar c)
{
    static const struct {
        gunichar first, last;
    } ranges[] = {
        {0x0000, 0x001f}, {'"', '"'},       {'\\', '\\'},     {0x007f, 0x009f}, {0x061c, 0x061c},
        {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
    };

    if (c >= 'a' && c <= 'z') /* most of what comes, on every request */
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/* Foreign text inside a JSON string, cut to PATH_BYTES between characters. What is not UTF-8 ends
 * it. */
static void
put_escaped(Line *line, const char *text)
{
    static const size_t N_CODE = 6; /* \uXXXX; nothing above U+FFFF is escaped */
    size_t n_max = line->n + PATH_BYTES;

    for (const char *at = text; *at != '\0';) {
        gunichar c = g_utf8_get_char_validated(at, -1);
        size_t n = (size_t)g_utf8_skip[(unsigned char)*at];

        /* Room for the longest character, so that none is cut in two. */
        if (c >= (gunichar)-2 || line->n + N_CODE > n_max)
            break;
        if (is_escaped(c)) {
            put_text(line, "\\u");
            put_number(line, c, 16, 4);
        } else {
            memcpy(line->bytes + line->n, at, n);
            line->n += n;
        }
        at += n;
    }
}

static void
put_access(Line *line, const GhAccess *access)
{
    int64_t now = gh_clock_now_us();

    put_text(line, "{\"time\":\"");
    put_text(line, second_text(now / G_USEC_PER_SEC));
    put_text(line, ".");
    put_number(line, (uint64_t)(now % G_USEC_PER_SEC / 1000), 10, 3);
    put_text(line, "Z\",\"request\":\"");
    put_number(line, access->run, 16, 8);
    put_text(line, "-");
    put_number(line, access->number, 10, 1);
    put_text(line, "\",\"method\":\"");
    put_text(line, access->method);
    put_text(line, "\",\"path\":\"");
    put_escaped(line, access->path);
    put_text(line, "\",\"status\":");
    put_number(line, access->status, 10, 1);
    put_text(line, ",\"bytes\":");
    put_number(line, access->n_bytes, 10, 1);
    put_text(line, ",\"ms\":");
    put_number(line, (uint64_t)access->duration_us / 1000, 10, 1);
    put_text(line, ".");
    put_number(line, (uint64_t)access->duration_us % 1000, 10, 3);
    put_text(line, access->was_cached ? ",\"cache\":\"hit\"" : ",\"cache\":\"miss\"");
}

void
gh_access_log_write(GhAccessLog *log, const GhAccess *access)
{
    static const size_t N_END = 40; /* "dropped" with its number, brace and line feed */
    Line line;

    if (log->thread == NULL)
        return;
    line.n = 0; /* bytes are written before they are read */
    put_access(&line, access);

    pthread_mutex_lock(&log->lock);
    if (log->filling.n + line.n + N_END > BUFFER_BYTES) {
        log->n_dropped++;
    } else {
        if (log->n_dropped > 0) {
            put_text(&line, ",\"dropped\":");
            put_number(&line, log->n_dropped, 10, 1);
            log->n_dropped = 0;
        }
        put_text(&line, "}\n");
        memcpy(log->filling.bytes + log->filling.n, line.bytes, line.n);
        log->filling.n += line.n;
        if (log->filling.n >= FLUSH_BYTES)
            pthread_cond_signal(&log->wake);
    }
    pthread_mutex_unlock(&log->lock);
}
