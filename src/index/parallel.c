/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* parallel.c - many items on several threads.
 *
 * Locks and threads are pthread's, because the thread sanitizer does not see those of GLib. */
#include "index/parallel.h"

#include <gio/gio.h>
#include <pthread.h>

enum {
    ITEMS_A_REPORT = 16
};

typedef struct {
    size_t next, end;
} Run;

typedef struct {
    const GhIndexParallel *how;
    GhIndexItemFunc func;
    void *func_data;
    pthread_mutex_t lock; /* guards all below */
    Run runs[GH_INDEX_MAX_THREADS];
    size_t n_taken;
    size_t failed; /* the first item known to fail; n_items: none */
    GError *failure;
    bool cancelled;
} Work;

typedef struct {
    Work *work;
    unsigned number;
} Worker;

unsigned
gh_index_workers(unsigned n_threads, size_t n_items)
{
    const unsigned wanted = n_threads > 0 ? n_threads : g_get_num_processors();
    const size_t most = MIN(n_items, GH_INDEX_MAX_THREADS);

    return (unsigned)MAX(MIN((size_t)wanted, most), 1);
}

/* The later half of the longest run left, when it is worth it. */
static bool
steal(Work *work, Run *own)
{
    Run *longest = &work->runs[0];

    for (unsigned w = 1; w < work->how->n_workers; w++) {
        if (work->runs[w].end - work->runs[w].next > longest->end - longest->next)
            longest = &work->runs[w];
    }
    const size_t left = longest->end - longest->next;
    if (left == 0 || left < 2 * work->how->grain - 1)
        return false;
    own->end = longest->end;
    own->next = longest->end - (left + 1) / 2;
    longest->end = own->next;
    return true;
}

/* Items after one that failed need not be done; those before it must, or the failure reported would be a matter
 * of luck. */
static bool
take(Work *work, unsigned number, size_t *ret_item, size_t *ret_n_taken)
{
    Run *own = &work->runs[number];

    pthread_mutex_lock(&work->lock);
    if (own->next < own->end && own->next > work->failed)
        own->next = own->end;
    const bool more = !work->cancelled && (own->next < own->end || steal(work, own));
    if (more) {
        *ret_item = own->next++;
        *ret_n_taken = work->n_taken++;
    }
    pthread_mutex_unlock(&work->lock);
    return more;
}

static void
note_failure(Work *work, size_t item, GError *failure)
{
    pthread_mutex_lock(&work->lock);
    if (item < work->failed) {
        work->failed = item;
        g_clear_error(&work->failure);
        work->failure = g_steal_pointer(&failure);
    }
    pthread_mutex_unlock(&work->lock);
    g_clear_error(&failure);
}

static void
report(Work *work, size_t n_taken)
{
    const GhIndexParallel *how = work->how;

    if (gh_progress_report(how->progress, how->step, (double)n_taken / (double)how->n_items))
        return;
    pthread_mutex_lock(&work->lock);
    work->cancelled = true;
    pthread_mutex_unlock(&work->lock);
}

static void *
work_through(void *data)
{
    const Worker *worker = data;
    Work *work = worker->work;
    size_t item = 0, n_taken = 0, n_own = 0;

    g_assert(work != NULL);
    while (take(work, worker->number, &item, &n_taken)) {
        g_autoptr(GError) failure = NULL;
        /* Its own items are counted: those of all may pass it by at every round number. */
        if (worker->number == 0 && n_own++ % ITEMS_A_REPORT == 0)
            report(work, n_taken);
        if (!work->func(worker->number, item, work->func_data, &failure))
            note_failure(work, item, g_steal_pointer(&failure));
    }
    return NULL;
}

bool
gh_index_parallel(const GhIndexParallel *how, GhIndexItemFunc func, void *data, GError **error)
{
    Work work = {.how = how,
                 .func = func,
                 .func_data = data,
                 .lock = PTHREAD_MUTEX_INITIALIZER,
                 .failed = how->n_items};
    Worker workers[GH_INDEX_MAX_THREADS] = {0};
    pthread_t threads[GH_INDEX_MAX_THREADS];
    bool started[GH_INDEX_MAX_THREADS] = {false};

    g_assert(how->n_workers >= 1 && how->n_workers <= GH_INDEX_MAX_THREADS && how->grain >= 1);
    for (unsigned w = 0; w < how->n_workers; w++) {
        work.runs[w] = (Run){.next = how->n_items * w / how->n_workers,
                             .end = how->n_items * (w + 1) / how->n_workers};
        workers[w] = (Worker){.work = &work, .number = w};
    }
    for (unsigned w = 1; w < how->n_workers; w++)
        started[w] = pthread_create(&threads[w], NULL, work_through, &workers[w]) == 0;
    work_through(&workers[0]);
    for (unsigned w = 1; w < how->n_workers; w++) {
        if (started[w])
            pthread_join(threads[w], NULL);
        else
            work_through(&workers[w]); /* a thread that could not be had is a loss of time only */
    }
    pthread_mutex_destroy(&work.lock);

    if (work.cancelled) {
        g_clear_error(&work.failure);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
        return false;
    }
    if (work.failure != NULL) {
        g_propagate_error(error, work.failure);
        return false;
    }
    (void)gh_progress_report(how->progress, how->step, 1.0);
    return true;
}
