/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* deadline.c - shutting the sockets of clients that take too long. */
#include "http/deadline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "http/wait.h"

struct GhDeadline {
    int fd;
    _Atomic int64_t until_us; /* monotonic */
    GList link;               /* in GhDeadlines.all */
};

struct GhDeadlines {
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t wake;
    GQueue all; /* of GhDeadline, owned */
    bool is_stopping;
    GThread *thread;
};

static void *
run_watch(void *data)
{
    GhDeadlines *deadlines = data;

    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->is_stopping) {
        int64_t now = g_get_monotonic_time();

        for (GList *link = deadlines->all.head; link != NULL; link = link->next) {
            const GhDeadline *deadline = link->data;
            if (deadline->until_us < now)
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
gh_deadlines_add(GhDeadlines *deadlines, int fd, unsigned within_s)
{
    GhDeadline *deadline = g_new0(GhDeadline, 1);

    deadline->fd = fd;
    deadline->link.data = deadline;
    gh_deadline_set(deadline, g_get_monotonic_time(), within_s);
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
gh_deadline_set(GhDeadline *deadline, int64_t now_us, unsigned within_s)
{
    /* Nothing else hangs on the order in which other threads see it. */
    atomic_store_explicit(&deadline->until_us, now_us + (int64_t)within_s * G_TIME_SPAN_SECOND,
                          memory_order_relaxed);
}
