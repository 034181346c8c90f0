/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wait.h - waiting on a condition until a time; seen only inside http/.
 *
 * Why       Locks here are pthread's, because the thread sanitizer does not see those of GLib and
 *           would report races that are none.
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* A condition whose times are g_get_monotonic_time's. */
void gh_wait_init(pthread_cond_t *cond);

/* False when the time had come. */
bool gh_wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t until_us);
