/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs.h - long work outside the HTTP threads: stored, with progress, resumable, cancellable.
 *
 * A job is a row: kind, key, parameters (JSON), state, progress, result. Several servers may share a
 * database: a worker claims a job with a lease and renews it; a job whose worker died is taken up
 * again when the lease has run out. The result is kept as bytes with a media type and a file name.
 *
 * Same key, same job: asking for a job whose key (kind, parameters, data_version) exists returns
 * that job, finished or not. One that was cancelled is put back to waiting, and so is one that
 * failed more than a minute ago.
 *
 * Keeping   The newest 200 finished jobs are kept, and of the current data_version 2000; older ones
 *           are dropped with their results when another job ends.
 *
 * A job during which the program died three times is given up as failed.
 *
 * Threads   Safe from every thread. A job may report progress from inside a transaction.
 * Limits    GH_JOBS_WAITING_MAX public jobs wait at most; the next is refused (the page answers
 *           503 with Retry-After).
 */
#pragma once

#include "base/progress.h"
#include "store/store.h"

enum {
    GH_JOBS_WAITING_MAX = 8,
    GH_JOBS_RESULT_MAX_BYTES = 256 * 1024 * 1024,
    GH_JOBS_PART_BYTES =
        1024 * 1024, /* a result is stored in parts of this size; the last is shorter */
};

typedef enum {
    GH_JOB_WAITING,
    GH_JOB_RUNNING,
    GH_JOB_DONE,
    GH_JOB_FAILED,
    GH_JOB_CANCELLED,
} GhJobState;

typedef struct {
    int64_t id;
    char *kind;
    char *parameters; /* JSON */
    GhJobState state;
    char *step;       /* what it is doing */
    double share;     /* 0..1 */
    char *error;      /* for the log and the operator; NULL unless failed */
    char *media_type; /* of the result; NULL until done */
    char *file_name;
    int64_t result_size_bytes;
    int64_t created_us, started_us, finished_us; /* 0: not yet */
} GhJob;
void gh_job_clear(GhJob *job);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhJob, gh_job_clear)

/* What a kind of job does: fills result (owned by the caller of the function), media type and file
 * name (both to be g_malloc'ed). Stops with G_IO_ERROR_CANCELLED when progress says so. Runs from
 * the start again after a crash, so it must not leave half of anything behind. */
typedef bool (*GhJobFunc)(GhStore *store, const char *parameters, const GhProgress *progress,
                          GByteArray *result, char **ret_media_type, char **ret_file_name,
                          void *data, GError **error);

typedef struct GhJobs GhJobs;

/* Kinds are registered before gh_jobs_start; kind is a static string. */
GhJobs *gh_jobs_new(GhStore *store);
void gh_jobs_register(GhJobs *jobs, const char *kind, GhJobFunc func, void *data);
bool gh_jobs_start(GhJobs *jobs, unsigned n_workers, GError **error);

/* Lets running jobs stop at their next report (they are taken up again later), joins the workers. */
void gh_jobs_free(GhJobs *jobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhJobs, gh_jobs_free)

/* Finds or makes the job. *ret_refused: too many wait already. */
bool gh_jobs_request(GhJobs *jobs, const char *kind, const char *parameters, bool *ret_refused,
                     int64_t *ret_id, GError **error);
bool gh_jobs_get(GhJobs *jobs, int64_t id, bool *ret_found, GhJob *ret_job, GError **error);
bool gh_jobs_result(GhJobs *jobs, int64_t id, bool *ret_found, GBytes **ret_bytes, GError **error);

/* One part of a result, counted from 0, so that a large one never lies in memory whole. Not found:
 * behind the last part, or the job is not done, or its result is no longer kept. */
bool gh_jobs_result_part(GhJobs *jobs, int64_t id, int64_t part, bool *ret_found,
                         GBytes **ret_bytes, GError **error);
bool gh_jobs_cancel(GhJobs *jobs, int64_t id, GError **error);
