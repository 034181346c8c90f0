/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs_worker.c - the threads that do the jobs. */
#include "store/jobs_internal.h"

#include "base/log.h"

#include <gio/gio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum {
    AFTER_FAILURE_MS = 5000
};

typedef struct {
    GhJobFunc func;
    void *data;
} JobKind;

void
gh_jobs_wake(GhJobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    pthread_cond_signal(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
}

/* -- one job -- */

typedef struct {
    GByteArray *bytes;
    char *media_type;
    char *file_name;
} Result;

/* How the job ended is written by whoever still holds it; a failure to write leaves the lease to
 * run out, and the job is done again. */
static bool
end_failed(GhJobs *jobs, const GhJobRunning *state, const GError *failure, bool stopping,
           GError **error)
{
    const GhJobClaim *claim = state->claim;
    bool stopped = g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);

    if (state->lost)
        return true;
    if (stopped && state->cancelled)
        return gh_jobs_end_badly(jobs->store, claim, GH_JOB_CANCELLED, NULL, error);
    if (stopped && stopping)
        return gh_jobs_put_back(jobs->store, claim, error);
    gh_log(GH_LOG_WARNING, "a job failed", "kind", claim->kind, "error", failure->message, NULL);
    return gh_jobs_end_badly(jobs->store, claim, GH_JOB_FAILED, failure->message, error);
}

static bool
end_well(GhJobs *jobs, const GhJobRunning *state, const Result *result, GError **error)
{
    if (state->lost)
        return true;
    if (result->bytes->len > GH_JOBS_RESULT_MAX_BYTES)
        return gh_jobs_end_badly(jobs->store, state->claim, GH_JOB_FAILED,
                                 "the result is larger than a job may keep", error);
    return gh_jobs_end_done(jobs->store, state->claim, result->bytes, result->media_type,
                            result->file_name, error);
}

static bool
do_job(GhJobs *jobs, GhJobClaim *claim, GError **error)
{
    const JobKind *kind = g_hash_table_lookup(jobs->kinds, claim->kind);
    g_autoptr(GError) failure = NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    Result result = {.bytes = bytes};
    GhJobRunning running = {.jobs = jobs, .claim = claim, .told_us = g_get_monotonic_time()};
    const GhProgress progress = {.func = gh_job_running_report, .data = &running};
    bool stopping = false;

    if (claim->cancel_asked)
        return gh_jobs_end_badly(jobs->store, claim, GH_JOB_CANCELLED, NULL, error);
    if (claim->attempts > GH_JOBS_ATTEMPTS_MAX)
        return gh_jobs_end_badly(jobs->store, claim, GH_JOB_FAILED,
                                 "the program ended each time it did this job", error);

    gh_job_running_enter(jobs, &running);
    bool done = kind->func(jobs->store, claim->parameters, &progress, bytes, &result.media_type,
                           &result.file_name, kind->data, &failure);
    GhJobRunning state = gh_job_running_leave(jobs, &running, &stopping);
    g_assert(done || failure != NULL);

    bool ended = done ? end_well(jobs, &state, &result, error)
                      : end_failed(jobs, &state, failure, stopping, error);
    g_free(result.media_type);
    g_free(result.file_name);
    return ended;
}

/* -- the worker -- */

static bool
knows_kind(const char *kind, void *data)
{
    const GhJobs *jobs = data;
    return g_hash_table_contains(jobs->kinds, kind);
}

/* A report takes many times what the server needs between jobs, and the C library would keep it. */
static void
give_memory_back(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0); /* says only whether there was any */
#endif
}

/* One look for a job, and the job. *ret_found: look again at once. */
static bool
work_once(GhJobs *jobs, bool *ret_found, GError **error)
{
    GhJobClaim claim = {0};
    char holder[GH_JOB_HOLDER_SIZE];

    /* Also tells two jobs of one program apart, and two attempts at one job. */
    g_snprintf(holder, sizeof holder, "%s-%08x", jobs->token, g_random_int());
    if (!gh_jobs_claim(jobs->store, holder, jobs->lease_ms, knows_kind, jobs, ret_found, &claim,
                       error))
        return false;
    if (!*ret_found)
        return true;

    bool done = do_job(jobs, &claim, error);
    gh_job_claim_clear(&claim);
    give_memory_back();
    return done;
}

static bool
should_stop(GhJobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    bool stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return stopping;
}

static void *
work(void *data)
{
    GhJobs *jobs = data;
    unsigned poll_ms = MIN((unsigned)GH_JOBS_POLL_MS, jobs->lease_ms / 4);

    while (!should_stop(jobs)) {
        g_autoptr(GError) error = NULL;
        bool found = false;
        bool good = work_once(jobs, &found, &error);
        if (!good)
            gh_log(GH_LOG_WARNING, "a worker cannot reach the jobs", "error", error->message, NULL);
        if (good && found)
            continue;

        pthread_mutex_lock(&jobs->lock);
        if (!jobs->stopping)
            gh_jobs_wait(jobs, &jobs->work, good ? poll_ms : AFTER_FAILURE_MS);
        pthread_mutex_unlock(&jobs->lock);
    }
    return NULL;
}

/* -- life -- */

GhJobs *
gh_jobs_new(GhStore *store)
{
    GhJobs *jobs = g_new0(GhJobs, 1);
    pthread_condattr_t monotonic;

    jobs->store = store;
    jobs->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    jobs->lease_ms = GH_JOBS_LEASE_MS;
    g_snprintf(jobs->token, sizeof jobs->token, "%08x%08x%08x%08x", g_random_int(), g_random_int(),
               g_random_int(), g_random_int());
    jobs->running = g_ptr_array_new();
    jobs->workers = g_array_new(FALSE, FALSE, sizeof(pthread_t));
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&jobs->work, &monotonic);
    pthread_cond_init(&jobs->tell, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return jobs;
}

void
gh_jobs_register(GhJobs *jobs, const char *kind, GhJobFunc func, void *data)
{
    g_assert(!jobs->has_keeper); /* before gh_jobs_start */
    JobKind *one = g_new0(JobKind, 1);
    one->func = func;
    one->data = data;
    g_hash_table_insert(jobs->kinds, (gpointer)(uintptr_t)kind, one);
}

static bool
start_thread(pthread_t *ret_thread, void *(*body)(void *), GhJobs *jobs, GError **error)
{
    int code = pthread_create(ret_thread, NULL, body, jobs);
    if (code != 0)
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY, "cannot start a worker: %s",
                    g_strerror(code));
    return code == 0;
}

bool
gh_jobs_start(GhJobs *jobs, unsigned n_workers, GError **error)
{
    if (!start_thread(&jobs->keeper, gh_jobs_keep, jobs, error))
        return false;
    jobs->has_keeper = true;
    for (unsigned i = 0; i < n_workers; i++) {
        pthread_t worker;
        if (!start_thread(&worker, work, jobs, error))
            return false;
        g_array_append_val(jobs->workers, worker);
    }
    return true;
}

static void
stop_threads(GhJobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
    for (unsigned i = 0; i < jobs->workers->len; i++)
        pthread_join(g_array_index(jobs->workers, pthread_t, i), NULL);
    if (!jobs->has_keeper)
        return;

    /* The keeper goes last: it holds the leases while the workers come to an end. */
    pthread_mutex_lock(&jobs->lock);
    jobs->keeper_stopping = true;
    pthread_cond_broadcast(&jobs->tell);
    pthread_mutex_unlock(&jobs->lock);
    pthread_join(jobs->keeper, NULL);
}

void
gh_jobs_free(GhJobs *jobs)
{
    if (jobs == NULL)
        return;

    stop_threads(jobs);
    pthread_cond_destroy(&jobs->tell);
    pthread_cond_destroy(&jobs->work);
    pthread_mutex_destroy(&jobs->lock);
    g_array_unref(jobs->workers);
    g_ptr_array_unref(jobs->running);
    g_hash_table_unref(jobs->kinds);
    g_free(jobs);
}
