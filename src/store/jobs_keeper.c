/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs_keeper.c - what runs in this program, and the thread that tells how far it is.
 *
 * A job reports its progress from inside whatever it is doing, which may be a write transaction; so
 * the report only goes into memory, and the keeper thread writes it out and renews the leases.
 */
#include "store/jobs_internal.h"

#include "base/log.h"

#include <time.h>

/* -- lists of what runs here; all with the lock held -- */

static GhJobRunning *
find_running(const GhJobs *jobs, int64_t id)
{
    for (unsigned i = 0; i < jobs->running->len; i++) {
        GhJobRunning *running = g_ptr_array_index(jobs->running, i);
        if (running->claim->id == id)
            return running;
    }
    return NULL;
}

void
gh_jobs_stop_running(GhJobs *jobs, int64_t id)
{
    pthread_mutex_lock(&jobs->lock);
    GhJobRunning *running = find_running(jobs, id);
    if (running != NULL)
        running->cancelled = true;
    pthread_mutex_unlock(&jobs->lock);
}

void
gh_jobs_overlay_running(GhJobs *jobs, GhJob *job)
{
    pthread_mutex_lock(&jobs->lock);
    const GhJobRunning *running = find_running(jobs, job->id);
    if (running != NULL && job->state == GH_JOB_RUNNING) {
        g_free(job->step);
        job->step = g_strdup(running->step);
        job->share = running->share;
    }
    pthread_mutex_unlock(&jobs->lock);
}

void
gh_jobs_wait(GhJobs *jobs, pthread_cond_t *cond, unsigned ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    long ns = until.tv_nsec + (long)(ms % 1000) * 1000000L;
    until.tv_sec += (time_t)(ms / 1000) + ns / 1000000000L;
    until.tv_nsec = ns % 1000000000L;
    (void)pthread_cond_timedwait(cond, &jobs->lock, &until); /* why it woke is looked up after */
}

bool
gh_job_running_report(const char *step, double share, void *data)
{
    GhJobRunning *running = data;
    GhJobs *jobs = running->jobs;

    pthread_mutex_lock(&jobs->lock);
    if (g_strcmp0(step, running->step) != 0) {
        g_free(running->step);
        running->step = g_strdup(step);
    }
    running->share = CLAMP(share, 0.0, 1.0);
    running->news = true;
    bool go_on = !running->cancelled && !running->lost && !jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return go_on;
}

/* From here on nobody asks or tells; returns what was known at that moment. */
GhJobRunning
gh_job_running_leave(GhJobs *jobs, GhJobRunning *running, bool *ret_stopping)
{
    pthread_mutex_lock(&jobs->lock);
    g_ptr_array_remove_fast(jobs->running, running);
    GhJobRunning state = *running;
    *ret_stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    g_clear_pointer(&running->step, g_free);
    return state;
}

void
gh_job_running_enter(GhJobs *jobs, GhJobRunning *running)
{
    pthread_mutex_lock(&jobs->lock);
    g_ptr_array_add(jobs->running, running);
    pthread_cond_signal(&jobs->tell);
    pthread_mutex_unlock(&jobs->lock);
}

/* -- the keeper -- */

typedef struct {
    int64_t id;
    char holder[GH_JOB_HOLDER_SIZE];
    char *step;
    double share;
} News;

static void
clear_news(void *data)
{
    News *news = data;
    g_free(news->step);
}

/* What is worth writing: news, or a lease a third of whose time is gone. With the lock held. */
static GArray *
gather_news(GhJobs *jobs)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(News));
    int64_t now_us = g_get_monotonic_time();

    g_array_set_clear_func(list, clear_news);
    for (unsigned i = 0; i < jobs->running->len; i++) {
        GhJobRunning *running = g_ptr_array_index(jobs->running, i);
        if (!running->news && now_us - running->told_us < (int64_t)jobs->lease_ms * 1000 / 3)
            continue;
        News news = {
            .id = running->claim->id, .step = g_strdup(running->step), .share = running->share};
        g_strlcpy(news.holder, running->claim->holder, sizeof news.holder);
        g_array_append_val(list, news);
        running->news = false;
        running->told_us = now_us;
    }
    return list;
}

static void
tell_one(GhJobs *jobs, const News *news)
{
    g_autoptr(GError) error = NULL;
    bool ours = true;
    bool cancel_asked = false;

    if (!gh_jobs_tell(jobs->store, news->id, news->holder, jobs->lease_ms, news->step, news->share,
                      &ours, &cancel_asked, &error)) {
        /* The next round tries again. */
        gh_log(GH_LOG_WARNING, "a job cannot tell its progress", "error", error->message, NULL);
        return;
    }

    pthread_mutex_lock(&jobs->lock);
    GhJobRunning *running = find_running(jobs, news->id);
    if (running != NULL && g_strcmp0(running->claim->holder, news->holder) == 0) {
        running->lost = !ours;
        running->cancelled = running->cancelled || cancel_asked;
    }
    pthread_mutex_unlock(&jobs->lock);
}

void *
gh_jobs_keep(void *data)
{
    GhJobs *jobs = data;

    pthread_mutex_lock(&jobs->lock);
    while (!jobs->keeper_stopping) {
        if (jobs->running->len == 0) {
            pthread_cond_wait(&jobs->tell, &jobs->lock);
            continue;
        }
        GArray *list = gather_news(jobs);
        pthread_mutex_unlock(&jobs->lock);
        for (unsigned i = 0; i < list->len; i++)
            tell_one(jobs, &g_array_index(list, News, i));
        g_array_unref(list);
        pthread_mutex_lock(&jobs->lock);
        if (!jobs->keeper_stopping)
            gh_jobs_wait(jobs, &jobs->tell, MIN((unsigned)GH_JOBS_TELL_MS, jobs->lease_ms / 4));
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}
