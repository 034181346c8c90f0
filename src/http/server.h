/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server.h - what a running server is made of; seen only inside http/. Filled by server.c before the
 * first thread starts, read-only from then on but for the counters.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "http/acceptor.h"
#include "http/access_log.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/deadline.h"
#include "http/job_pages.h"
#include "http/parts.h"
#include "http/route.h"

typedef struct {
    const char *path;  /* borrowed */
    const char *label; /* msgid, borrowed */
} GhNavigation;

struct GhServer {
    GhStore *store; /* borrowed */
    GhJobs *jobs;   /* borrowed, may be NULL in tests */
    char *listen;
    char *dev_dir;
    char *site_name;
    char *site_address;
    bool behind_proxy;
    unsigned n_threads;
    unsigned max_connections;

    GhTemplates *templates;
    GhRoutes *routes;
    GArray *navigation; /* of GhNavigation */
    GArray *job_pages;  /* of GhJobPage */
    GhParts *parts;
    GhAssets *assets;
    GhCache *cache; /* NULL in development: every page is rendered anew */
    GhAccessLog *access_log;
    GhDeadlines *deadlines;

    struct MHD_Daemon *daemon; /* NULL: not running, and so the next */
    GhAcceptor *acceptor;
    unsigned port;
    guint run_number; /* tells this run's request numbers from another's */
    atomic_uint n_requests;

    atomic_uint n_connections;
    atomic_uint n_open; /* requests whose head has come and which are not yet finished */
    atomic_bool is_stopping;
    pthread_mutex_t lock; /* for all_closed, signalled while is_stopping when n_open gets 0 */
    pthread_cond_t all_closed;
};
