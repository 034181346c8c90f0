/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs_end.c - how a job ends: its result in pieces, or why there is none; old ones make room. */
#include "store/jobs_internal.h"

#include "base/clock.h"

typedef struct {
    const GhJobClaim *claim;
    GhJobState state;
    const char *message;
    const GByteArray *result; /* NULL unless done */
    const char *media_type;
    const char *file_name;
} Ending;

static const char SQL_END[] =
    "UPDATE job"
    " SET state = $1, step = NULL, share = CASE WHEN $1 = 2 THEN 1.0 ELSE share END, error = $2,"
    "  media_type = $3, file_name = $4, result_size = $5, finished_us = $6, holder = '',"
    "  lease_until_us = 0"
    " WHERE job_id = $7 AND holder = $8 AND state = 1";

static bool
end_row(GhDb *db, const Ending *ending, bool *ret_ours, GError **error)
{
    int64_t changed = 0;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_END, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, ending->state);
    gh_query_bind_text(query, 2, ending->message);
    gh_query_bind_text(query, 3, ending->media_type);
    gh_query_bind_text(query, 4, ending->file_name);
    gh_query_bind_int64(query, 5, ending->result == NULL ? 0 : ending->result->len);
    gh_query_bind_int64(query, 6, gh_clock_now_us());
    gh_query_bind_int64(query, 7, ending->claim->id);
    gh_query_bind_text(query, 8, ending->claim->holder);
    if (!gh_query_run(query, &changed, error))
        return false;
    *ret_ours = changed == 1;
    return true;
}

static const char SQL_DROP_PARTS[] = "DELETE FROM job_part"
                                     " WHERE job_id = $1";

static const char SQL_ADD_PART[] = "INSERT INTO job_part (job_id, part, content)"
                                   " VALUES ($1, $2, $3)";

static bool
write_parts(GhDb *db, int64_t id, const GByteArray *result, GError **error)
{
    g_autoptr(GhQuery) drop = gh_db_query(db, SQL_DROP_PARTS, error);
    if (drop == NULL)
        return false;
    gh_query_bind_int64(drop, 1, id);
    if (!gh_query_run(drop, NULL, error))
        return false;

    g_autoptr(GhQuery) add = gh_db_query(db, SQL_ADD_PART, error);
    if (add == NULL)
        return false;
    for (size_t offset = 0; offset < result->len; offset += GH_JOBS_PART_BYTES) {
        size_t n_bytes = MIN(result->len - offset, (size_t)GH_JOBS_PART_BYTES);
        gh_query_bind_int64(add, 1, id);
        gh_query_bind_int64(add, 2, (int64_t)(offset / GH_JOBS_PART_BYTES));
        gh_query_bind_bytes(add, 3, result->data + offset, n_bytes);
        if (!gh_query_run(add, NULL, error))
            return false;
    }
    return true;
}

/* -- making room -- */

static const char SQL_NTH_FINISHED[] = "SELECT finished_us, job_id"
                                       " FROM job"
                                       " WHERE state >= 2"
                                       " ORDER BY finished_us DESC, job_id DESC"
                                       " LIMIT 1 OFFSET $1";

static const char SQL_DROP_OLD_PARTS[] =
    "DELETE FROM job_part"
    " WHERE job_id IN ("
    "  SELECT job_id FROM job"
    "  WHERE state >= 2 AND data_version <> $3"
    "   AND (finished_us < $1 OR (finished_us = $1 AND job_id <= $2)))";

static const char SQL_DROP_OLD[] =
    "DELETE FROM job"
    " WHERE state >= 2 AND data_version <> $3"
    "  AND (finished_us < $1 OR (finished_us = $1 AND job_id <= $2))";

static bool
drop_until(GhDb *db, const char *sql, int64_t finished_us, int64_t id, int64_t spared_version,
           GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, sql, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, finished_us);
    gh_query_bind_int64(query, 2, id);
    gh_query_bind_int64(query, 3, spared_version);
    return gh_query_run(query, NULL, error);
}

/* Drops finished jobs beyond the newest n_kept, but none of spared_version. */
static bool
drop_beyond(GhDb *db, int64_t n_kept, int64_t spared_version, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_NTH_FINISHED, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, n_kept);
    if (!gh_query_next(query, &row, error))
        return false;
    if (!row)
        return true;

    int64_t finished_us = gh_query_int64(query, 0);
    int64_t id = gh_query_int64(query, 1);
    return drop_until(db, SQL_DROP_OLD_PARTS, finished_us, id, spared_version, error)
           && drop_until(db, SQL_DROP_OLD, finished_us, id, spared_version, error);
}

static bool
end_job(GhDb *db, void *data, GError **error)
{
    const Ending *ending = data;
    int64_t version = 0;
    bool ours = false;

    if (!end_row(db, ending, &ours, error))
        return false;
    if (!ours)
        return true;
    if (ending->result != NULL && !write_parts(db, ending->claim->id, ending->result, error))
        return false;
    return gh_db_data_version(db, &version, error) && drop_beyond(db, GH_JOBS_KEEP, version, error)
           && drop_beyond(db, GH_JOBS_KEEP_CURRENT, -1, error);
}

bool
gh_jobs_end_done(GhStore *store, const GhJobClaim *claim, const GByteArray *result,
                 const char *media_type, const char *file_name, GError **error)
{
    Ending ending = {.claim = claim,
                     .state = GH_JOB_DONE,
                     .result = result,
                     .media_type = media_type,
                     .file_name = file_name};
    return gh_store_keep_house(store, end_job, &ending, error);
}

bool
gh_jobs_end_badly(GhStore *store, const GhJobClaim *claim, GhJobState state, const char *message,
                  GError **error)
{
    Ending ending = {.claim = claim, .state = state, .message = message};
    return gh_store_keep_house(store, end_job, &ending, error);
}
