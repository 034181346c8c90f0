/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* deadline.c - shutting the sockets of clients that take too long. */
#include "http/deadline.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "http/wait.h"

struct GhDeadline {
    int fd;
    _Atomic int64_t until_us; /* monotonic */
    _Atomic bool is_awaiting; /* a head or body is still to come */
    int64_t gone_us;          /* until_us when the watch first saw the client gone; else 0 */
    GList link;               /* in GhDeadlines.all */
};

struct GhDeadlines {
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t wake;
    GQueue all; /* of GhDeadline, owned */
    bool is_stopping;
    GThread *thread;
};

/* The client has sent its last byte, and all of it was read. */
static bool
is_gone(int fd)
{
    struct pollfd end = {.fd = fd, .events = POLLRDHUP};
    int n_unread = 0;

    return poll(&end, 1, 0) == 1 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0
           && (ioctl(fd, FIONREAD, &n_unread) != 0 || n_unread == 0);
}

/* A client that is gone is let go at the second look, in the same step: between reading a request's
 * last byte and taking it up, its thread may be busy with another. */
static bool
is_over(GhDeadline *deadline, int64_t now_us)
{
    int64_t until_us = deadline->until_us;

    if (until_us < now_us)
        return true;
    if (!deadline->is_awaiting || !is_gone(deadline->fd)) {
        deadline->gone_us = 0;
        return false;
    }
    if (deadline->gone_us == until_us)
        return true;
    deadline->gone_us = until_us;
    return false;
}

static void *
run_watch(void *data)
{
    GhDeadlines *deadlines = data;

    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->is_stopping) {
        int64_t now = g_get_monotonic_time();

        for (GList *link = deadlines->all.head; link != NULL; link = link->next) {
            GhDeadline *deadline = link->data;
            if (is_over(deadline, now))
                (void)shutdown(deadline->fd, SHUT_RDWR); /* gone already is as good */
        }
        (void)gh_wait_until(&deadlines->wake, &deadlines->lock, now + G_TIME_SPAN_SECOND);
    }
    pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

GhDeadlines *
gh_deadlines_new(void)
{
    GhDeadlines *deadlines = g_new0(GhDeadlines, 1);

    pthread_mutex_init(&deadlines->lock, NULL);
    gh_wait_init(&deadlines->wake);
    g_queue_init(&deadlines->all);
    deadlines->thread = g_thread_new("deadlines", run_watch, deadlines);
    return deadlines;
}

void
gh_deadlines_free(GhDeadlines *deadlines)
{
    if (deadlines == NULL)
        return;
    pthread_mutex_lock(&deadlines->lock);
    deadlines->is_stopping = true;
    pthread_cond_signal(&deadlines->wake);
    pthread_mutex_unlock(&deadlines->lock);
    g_thread_join(deadlines->thread);
    g_assert(g_queue_is_empty(&deadlines->all));
    pthread_cond_destroy(&deadlines->wake);
    pthread_mutex_destroy(&deadlines->lock);
    g_free(deadlines);
}

GhDeadline *
gh_deadlines_add(GhDeadlines *deadlines, int fd)
{
    GhDeadline *deadline = g_new0(GhDeadline, 1);

    deadline->fd = fd;
    deadline->link.data = deadline;
    gh_deadline_set(deadline, GH_STEP_HEAD, g_get_monotonic_time());
    pthread_mutex_lock(&deadlines->lock);
    g_queue_push_tail_link(&deadlines->all, &deadline->link);
    pthread_mutex_unlock(&deadlines->lock);
    return deadline;
}

void
gh_deadlines_remove(GhDeadlines *deadlines, GhDeadline *deadline)
{
    pthread_mutex_lock(&deadlines->lock);
    g_queue_unlink(&deadlines->all, &deadline->link);
    pthread_mutex_unlock(&deadlines->lock);
    g_free(deadline);
}

void
gh_deadline_set(GhDeadline *deadline, GhStep step, int64_t began_us)
{
    static const int64_t within_s[] = {
        [GH_STEP_HEAD] = 60,
        [GH_STEP_BODY] = 60,
        [GH_STEP_ANSWER] = 600,
    };

    /* Nothing else hangs on the order in which other threads see the two. */
    atomic_store_explicit(&deadline->is_awaiting, step != GH_STEP_ANSWER, memory_order_relaxed);
    atomic_store_explicit(&deadline->until_us, began_us + within_s[step] * G_TIME_SPAN_SECOND,
                          memory_order_relaxed);
}
