/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wait.c - waiting on a condition until a time. */
#include "http/wait.h"

#include <glib.h>
#include <time.h>

void
gh_wait_init(pthread_cond_t *cond)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(cond, &attributes);
    pthread_condattr_destroy(&attributes);
}

bool
gh_wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t until_us)
{
    struct timespec until = {
        .tv_sec = until_us / G_USEC_PER_SEC,
        .tv_nsec = until_us % G_USEC_PER_SEC * 1000,
    };

    return pthread_cond_timedwait(cond, mutex, &until) == 0;
}
