/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* job_pages.h - the pages of long work: how far it is, and its result.
 *
 * A kind of job that people wait for is registered with what its pages say. GET /jobs/{id} shows
 * progress and asks the browser to come again; GET /jobs/{id}/result sends the file. Whoever asks for
 * the same gets the same job, so there is no cancelling on the web.
 *
 * Threads   Registered before the server starts.
 */
#pragma once

#include "http/http.h"

typedef struct {
    char *heading;    /* "Snapshot of Riyadh, 2020" */
    char *back_label; /* the page one came from */
    char *back_address;
} GhJobDescription;
void gh_job_description_clear(GhJobDescription *description);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhJobDescription, gh_job_description_clear)

/* What a job's pages say, from its parameters. False when they are not of this kind. Texts are the
 * caller's (gh_job_description_clear). */
typedef bool (*GhJobDescribe)(const GhLang *lang, const char *parameters,
                              GhJobDescription *ret_description, void *data);

typedef enum {
    GH_JOB_RESULT_AS_STORED,
    GH_JOB_RESULT_PACKED, /* the result is stored as gzip and sent unpacked */
} GhJobResultForm;

typedef struct {
    const char *kind; /* as in gh_jobs_register; static */
    GhJobDescribe describe;
    GhJobResultForm (*form)(const char *parameters); /* NULL: as stored */
    void *data;
} GhJobPage;

void gh_job_pages_add(GhServer *server, const GhJobPage *page);

/* Finds or makes the job and answers: 303 to its page, or 503 when too many wait. */
bool gh_job_pages_request(GhRequest *request, GhReply *reply, const char *kind,
                          const char *parameters, GError **error);

/* The server's own, added by it. */
extern const GhRoute gh_job_routes[];
extern const size_t gh_job_n_routes;
