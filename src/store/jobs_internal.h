/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs_internal.h - the rows of jobs, for the threads that work on them. Internal to src/store. */
#pragma once

#include "store/jobs.h"
#include "store/store_engine.h"

enum {
    GH_JOBS_LEASE_MS = 30000, /* after this long without a sign another worker takes the job up */
    GH_JOBS_TELL_MS = 500,    /* progress is written at most twice a second */
    GH_JOBS_POLL_MS = 1000,   /* how often a worker looks for jobs that other programs made */
    GH_JOBS_ATTEMPTS_MAX = 3, /* a job during which the program dies is given up then */
    GH_JOBS_KEEP = 200,       /* finished jobs, whatever data they were made of */
    GH_JOBS_KEEP_CURRENT = 2000, /* finished jobs of the data as they are now */
};
#define GH_JOB_HOLDER_SIZE 48

typedef struct {
    int64_t id;
    char holder[GH_JOB_HOLDER_SIZE]; /* proves that the job is still ours */
    char *kind;
    char *parameters;
    int attempts; /* with this one */
    bool cancel_asked;
} GhJobClaim;
void gh_job_claim_clear(GhJobClaim *claim);

/* Whether this program can do such a job. */
typedef bool (*GhJobKnows)(const char *kind, void *data);

/* Takes the oldest job that waits or whose worker died, of those that knows() accepts. */
bool gh_jobs_claim(GhStore *store, const char *holder, unsigned lease_ms, GhJobKnows knows,
                   void *data, bool *ret_found, GhJobClaim *ret_claim, GError **error);

/* How far a job has come, and that its worker lives. *ret_ours is false when the lease was lost. */
bool gh_jobs_tell(GhStore *store, int64_t id, const char *holder, unsigned lease_ms,
                  const char *step, double share, bool *ret_ours, bool *ret_cancel_asked,
                  GError **error);

/* How a job ended. Nothing happens when the lease was lost meanwhile: another worker does it. */
bool gh_jobs_end_done(GhStore *store, const GhJobClaim *claim, const GByteArray *result,
                      const char *media_type, const char *file_name, GError **error);
bool gh_jobs_end_badly(GhStore *store, const GhJobClaim *claim, GhJobState state,
                       const char *message, GError **error);

/* Back to waiting: the program stops in an orderly way, which is no attempt. */
bool gh_jobs_put_back(GhStore *store, const GhJobClaim *claim, GError **error);

/* -- what runs here: jobs_worker.c and jobs_keeper.c -- */

/* A job in the hands of one of our workers. All but the claim is guarded by the lock of jobs. */
typedef struct {
    GhJobs *jobs;      /* borrowed */
    GhJobClaim *claim; /* borrowed */
    char *step;        /* owned */
    double share;
    bool news;       /* not written yet */
    bool cancelled;  /* somebody asked for it */
    bool lost;       /* another worker has it now */
    int64_t told_us; /* monotonic; when the row was last written */
} GhJobRunning;

struct GhJobs {
    GhStore *store;    /* borrowed */
    GHashTable *kinds; /* name, static -> of JobKind, owned */
    unsigned lease_ms; /* tests make it short */
    char token[33];    /* of this program */

    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t work;  /* a job may wait, or all should stop */
    pthread_cond_t tell;  /* a job began, or the keeper should stop */
    bool stopping;        /* workers end at their next report */
    bool keeper_stopping; /* the workers are gone */
    GPtrArray *running;   /* of GhJobRunning, borrowed from their workers */
    GArray *workers;      /* of pthread_t */
    pthread_t keeper;
    bool has_keeper;
};

/* Wakes a worker. */
void gh_jobs_wake(GhJobs *jobs);

/* Asks a job of this program to stop, if it runs here. */
void gh_jobs_stop_running(GhJobs *jobs, int64_t id);

/* Puts what is known here into job, which is newer than what was written. */
void gh_jobs_overlay_running(GhJobs *jobs, GhJob *job);

/* Between these two the keeper tells of the job. Leaving returns what was known at that moment. */
void gh_job_running_enter(GhJobs *jobs, GhJobRunning *running);
GhJobRunning gh_job_running_leave(GhJobs *jobs, GhJobRunning *running, bool *ret_stopping);

/* The progress function of a job; data is its GhJobRunning. */
bool gh_job_running_report(const char *step, double share, void *data);

/* Body of the keeper's thread; data is the GhJobs. */
void *gh_jobs_keep(void *data);

/* Waits on one of the conditions, with the lock held; may wake early. */
void gh_jobs_wait(GhJobs *jobs, pthread_cond_t *cond, unsigned ms);
