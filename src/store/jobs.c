/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs.c - asking for a job, looking at it, cancelling it. */
#include "store/jobs_internal.h"

#include "base/clock.h"

#include <string.h>

/* A failed job is not done again at once, or a page that is reloaded would do it for ever. */
static const int64_t FAILED_REST_US = INT64_C(60) * 1000000; /* our choice */

void
gh_job_clear(GhJob *job)
{
    g_clear_pointer(&job->kind, g_free);
    g_clear_pointer(&job->parameters, g_free);
    g_clear_pointer(&job->step, g_free);
    g_clear_pointer(&job->error, g_free);
    g_clear_pointer(&job->media_type, g_free);
    g_clear_pointer(&job->file_name, g_free);
}

/* -- asking -- */

typedef struct {
    const char *kind;
    const char *parameters;
    int64_t new_id;
    char *key; /* owned */
    int64_t version;
    bool found;
    bool restart; /* found, but to be done again */
    bool refused;
    int64_t id;
} Request;

static char *
make_key(const Request *request)
{
    g_autofree char *text =
        g_strdup_printf("%zu:%s,%zu:%s,%" G_GINT64_FORMAT, strlen(request->kind), request->kind,
                        strlen(request->parameters), request->parameters, request->version);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static const char SQL_FIND[] = "SELECT job_id, state, finished_us"
                               " FROM job"
                               " WHERE job_key = $1";

static bool
find_job(GhDb *db, void *data, GError **error)
{
    Request *request = data;
    bool row = false;

    request->found = false;
    if (!gh_db_data_version(db, &request->version, error))
        return false;
    g_free(request->key);
    request->key = make_key(request);

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_FIND, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, request->key);
    if (!gh_query_next(query, &row, error))
        return false;
    if (!row)
        return true;

    GhJobState state = (GhJobState)gh_query_int64(query, 1);
    bool rested = gh_clock_now_us() - gh_query_int64(query, 2) > FAILED_REST_US;
    request->found = true;
    request->id = gh_query_int64(query, 0);
    request->restart = state == GH_JOB_CANCELLED || (state == GH_JOB_FAILED && rested);
    return true;
}

static const char SQL_COUNT_WAITING[] = "SELECT COUNT(*)"
                                        " FROM job"
                                        " WHERE state = 0";

static bool
is_full(GhDb *db, bool *ret_full, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_COUNT_WAITING, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    *ret_full = gh_query_int64(query, 0) >= GH_JOBS_WAITING_MAX;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO job (job_id, job_key, kind, parameters, data_version, state, share, result_size,"
    "  created_us, started_us, finished_us, holder, lease_until_us, attempts, cancel_asked)"
    " VALUES ($1, $2, $3, $4, $5, 0, 0.0, 0, $6, 0, 0, '', 0, 0, 0)"
    " ON CONFLICT (job_key) DO NOTHING";

static bool
add_job(GhDb *db, Request *request, GError **error)
{
    int64_t changed = 0;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ADD, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, request->new_id);
    gh_query_bind_text(query, 2, request->key);
    gh_query_bind_text(query, 3, request->kind);
    gh_query_bind_text(query, 4, request->parameters);
    gh_query_bind_int64(query, 5, request->version);
    gh_query_bind_int64(query, 6, gh_clock_now_us());
    if (!gh_query_run(query, &changed, error))
        return false;
    if (changed == 0) /* somebody asked for the same at the same time */
        return find_job(db, request, error);
    request->id = request->new_id;
    return true;
}

static const char SQL_RESTART[] =
    "UPDATE job"
    " SET state = 0, step = NULL, share = 0.0, error = NULL, finished_us = 0, started_us = 0,"
    "  created_us = $1, attempts = 0, cancel_asked = 0"
    " WHERE job_id = $2 AND state >= 3";

static bool
restart_job(GhDb *db, const Request *request, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_RESTART, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, gh_clock_now_us());
    gh_query_bind_int64(query, 2, request->id);
    return gh_query_run(query, NULL, error);
}

static bool
find_or_add(GhDb *db, void *data, GError **error)
{
    Request *request = data;

    if (!find_job(db, request, error))
        return false;
    if (request->found && !request->restart)
        return true;
    if (!is_full(db, &request->refused, error))
        return false;
    if (request->refused)
        return true;
    return request->found ? restart_job(db, request, error) : add_job(db, request, error);
}

bool
gh_jobs_request(GhJobs *jobs, const char *kind, const char *parameters, bool *ret_refused,
                int64_t *ret_id, GError **error)
{
    Request request = {.kind = kind, .parameters = parameters};

    /* Most requests are for a job that is there: those only read. */
    bool done = gh_store_read(jobs->store, find_job, &request, error);
    if (done && (!request.found || request.restart))
        done = gh_store_new_id(jobs->store, &request.new_id, error)
               && gh_store_keep_house(jobs->store, find_or_add, &request, error);
    g_free(request.key);
    if (!done)
        return false;

    if (!request.refused) {
        gh_jobs_wake(jobs);
        *ret_id = request.id;
    }
    *ret_refused = request.refused;
    return true;
}

/* -- looking -- */

typedef struct {
    int64_t id;
    bool found;
    GhJob job;
    GByteArray *bytes;
} Look;

static const char SQL_GET[] =
    "SELECT kind, parameters, state, step, share, error, media_type, file_name, result_size,"
    "  created_us, started_us, finished_us"
    " FROM job"
    " WHERE job_id = $1";

static bool
get_job(GhDb *db, void *data, GError **error)
{
    Look *look = data;

    gh_job_clear(&look->job);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_GET, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, look->id);
    if (!gh_query_next(query, &look->found, error))
        return false;
    if (!look->found)
        return true;

    look->job = (GhJob){
        .id = look->id,
        .kind = g_strdup(gh_query_text(query, 0)),
        .parameters = g_strdup(gh_query_text(query, 1)),
        .state = (GhJobState)gh_query_int64(query, 2),
        .step = g_strdup(gh_query_text(query, 3)),
        .share = gh_query_double(query, 4),
        .error = g_strdup(gh_query_text(query, 5)),
        .media_type = g_strdup(gh_query_text(query, 6)),
        .file_name = g_strdup(gh_query_text(query, 7)),
        .result_size_bytes = gh_query_int64(query, 8),
        .created_us = gh_query_int64(query, 9),
        .started_us = gh_query_int64(query, 10),
        .finished_us = gh_query_int64(query, 11),
    };
    return true;
}

bool
gh_jobs_get(GhJobs *jobs, int64_t id, bool *ret_found, GhJob *ret_job, GError **error)
{
    Look look = {.id = id};

    if (!gh_store_read(jobs->store, get_job, &look, error)) {
        gh_job_clear(&look.job);
        return false;
    }
    if (look.found) {
        gh_jobs_overlay_running(jobs, &look.job);
        *ret_job = look.job;
    }
    *ret_found = look.found;
    return true;
}

static const char SQL_PARTS[] = "SELECT content"
                                " FROM job_part"
                                " WHERE job_id = $1"
                                " ORDER BY part";

static bool
get_result(GhDb *db, void *data, GError **error)
{
    Look *look = data;
    bool row = false;

    g_byte_array_set_size(look->bytes, 0);
    if (!get_job(db, look, error))
        return false;
    look->found = look->found && look->job.state == GH_JOB_DONE;
    if (!look->found)
        return true;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_PARTS, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, look->id);
    if (!gh_query_next(query, &row, error))
        return false;
    while (row) {
        size_t n_bytes = 0;
        const void *bytes = gh_query_bytes(query, 0, &n_bytes);
        g_byte_array_append(look->bytes, bytes, (unsigned)n_bytes);
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

bool
gh_jobs_result(GhJobs *jobs, int64_t id, bool *ret_found, GBytes **ret_bytes, GError **error)
{
    Look look = {.id = id, .bytes = g_byte_array_new()};

    bool done = gh_store_read(jobs->store, get_result, &look, error);
    gh_job_clear(&look.job);
    if (!done || !look.found) {
        g_byte_array_unref(look.bytes);
        if (done)
            *ret_found = false;
        return done;
    }
    *ret_bytes = g_byte_array_free_to_bytes(look.bytes);
    *ret_found = true;
    return true;
}

typedef struct {
    int64_t id;
    int64_t part;
    GBytes *bytes; /* owned; NULL: not found */
} PartLook;

static const char SQL_PART[] = "SELECT p.content"
                               " FROM job_part p"
                               " JOIN job j ON j.job_id = p.job_id"
                               " WHERE p.job_id = $1 AND p.part = $2 AND j.state = 2";

static bool
get_part(GhDb *db, void *data, GError **error)
{
    PartLook *look = data;
    bool row = false;
    size_t n_bytes = 0;

    g_clear_pointer(&look->bytes, g_bytes_unref); /* an earlier try may have been rolled back */
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_PART, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, look->id);
    gh_query_bind_int64(query, 2, look->part);
    if (!gh_query_next(query, &row, error))
        return false;
    if (!row)
        return true;

    const void *bytes = gh_query_bytes(query, 0, &n_bytes);
    look->bytes = g_bytes_new(bytes, n_bytes);
    return true;
}

bool
gh_jobs_result_part(GhJobs *jobs, int64_t id, int64_t part, bool *ret_found, GBytes **ret_bytes,
                    GError **error)
{
    PartLook look = {.id = id, .part = part};

    if (!gh_store_read(jobs->store, get_part, &look, error)) {
        g_clear_pointer(&look.bytes, g_bytes_unref);
        return false;
    }
    *ret_found = look.bytes != NULL;
    if (look.bytes != NULL)
        *ret_bytes = look.bytes;
    return true;
}

/* -- cancelling -- */

static const char SQL_CANCEL_WAITING[] = "UPDATE job"
                                         " SET state = 4, finished_us = $1"
                                         " WHERE job_id = $2 AND state = 0";

static const char SQL_CANCEL_RUNNING[] = "UPDATE job"
                                         " SET cancel_asked = 1"
                                         " WHERE job_id = $1 AND state = 1";

static bool
cancel(GhDb *db, void *data, GError **error)
{
    const int64_t *id = data;

    g_autoptr(GhQuery) waiting = gh_db_query(db, SQL_CANCEL_WAITING, error);
    if (waiting == NULL)
        return false;
    gh_query_bind_int64(waiting, 1, gh_clock_now_us());
    gh_query_bind_int64(waiting, 2, *id);
    if (!gh_query_run(waiting, NULL, error))
        return false;

    g_autoptr(GhQuery) running = gh_db_query(db, SQL_CANCEL_RUNNING, error);
    if (running == NULL)
        return false;
    gh_query_bind_int64(running, 1, *id);
    return gh_query_run(running, NULL, error);
}

bool
gh_jobs_cancel(GhJobs *jobs, int64_t id, GError **error)
{
    if (!gh_store_keep_house(jobs->store, cancel, &id, error))
        return false;
    gh_jobs_stop_running(jobs, id);
    return true;
}
