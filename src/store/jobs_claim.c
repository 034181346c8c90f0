/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* jobs_claim.c - taking a job, holding it, ending it.
 *
 * A job belongs to whoever's token stands in its row. Every step of a worker names the token, so a
 * worker that was taken for dead cannot touch what another has taken up.
 *
 * Leases go by the real clock of the machines, which must agree to within a few seconds.
 */
#include "store/jobs_internal.h"

#include "base/clock.h"

#include <string.h>

void
gh_job_claim_clear(GhJobClaim *claim)
{
    g_clear_pointer(&claim->kind, g_free);
    g_clear_pointer(&claim->parameters, g_free);
}

/* -- taking -- */

typedef struct {
    const char *holder;
    int64_t now_us;
    int64_t until_us;
    GhJobKnows knows;
    void *data;
    int64_t candidate; /* 0: none */
    bool found;
    GhJobClaim *claim;
} Claiming;

static const char SQL_CANDIDATES[] = "SELECT job_id, kind"
                                     " FROM job"
                                     " WHERE state = 0 OR (state = 1 AND lease_until_us < $1)"
                                     " ORDER BY created_us, job_id"
                                     " LIMIT 100";

static bool
find_candidate(GhDb *db, void *data, GError **error)
{
    Claiming *claiming = data;
    bool row = false;

    claiming->candidate = 0;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CANDIDATES, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, claiming->now_us);
    if (!gh_query_next(query, &row, error))
        return false;
    while (row && claiming->candidate == 0) {
        if (claiming->knows(gh_query_text(query, 1), claiming->data))
            claiming->candidate = gh_query_int64(query, 0);
        else if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

static const char SQL_CLAIM[] =
    "UPDATE job"
    " SET state = 1, holder = $1, lease_until_us = $2, attempts = attempts + 1,"
    "  started_us = CASE WHEN started_us = 0 THEN $3 ELSE started_us END"
    " WHERE job_id = $4 AND (state = 0 OR (state = 1 AND lease_until_us < $5))";

static const char SQL_CLAIMED[] = "SELECT kind, parameters, attempts, cancel_asked"
                                  " FROM job"
                                  " WHERE job_id = $1";

static bool
take_candidate(GhDb *db, void *data, GError **error)
{
    Claiming *claiming = data;
    GhJobClaim *claim = claiming->claim;
    int64_t changed = 0;
    bool row = false;

    claiming->found = false;
    gh_job_claim_clear(claim);
    g_autoptr(GhQuery) take = gh_db_query(db, SQL_CLAIM, error);
    if (take == NULL)
        return false;
    gh_query_bind_text(take, 1, claiming->holder);
    gh_query_bind_int64(take, 2, claiming->until_us);
    gh_query_bind_int64(take, 3, gh_clock_now_us());
    gh_query_bind_int64(take, 4, claiming->candidate);
    gh_query_bind_int64(take, 5, claiming->now_us);
    if (!gh_query_run(take, &changed, error))
        return false;
    if (changed == 0) /* another worker was quicker */
        return true;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CLAIMED, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, claiming->candidate);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert(row); /* updated in this very transaction */
    claim->id = claiming->candidate;
    g_strlcpy(claim->holder, claiming->holder, sizeof claim->holder);
    claim->kind = g_strdup(gh_query_text(query, 0));
    claim->parameters = g_strdup(gh_query_text(query, 1));
    claim->attempts = (int)gh_query_int64(query, 2);
    claim->cancel_asked = gh_query_int64(query, 3) != 0;
    claiming->found = true;
    return true;
}

bool
gh_jobs_claim(GhStore *store, const char *holder, unsigned lease_ms, GhJobKnows knows, void *data,
              bool *ret_found, GhJobClaim *ret_claim, GError **error)
{
    int64_t now_us = g_get_real_time();
    GhJobClaim claim = {0};
    Claiming claiming = {.holder = holder,
                         .now_us = now_us,
                         .until_us = now_us + (int64_t)lease_ms * 1000,
                         .knows = knows,
                         .data = data,
                         .claim = &claim};

    /* Looking does not write: idle workers do not disturb a writer. */
    if (!gh_store_read(store, find_candidate, &claiming, error))
        return false;
    if (claiming.candidate != 0 && !gh_store_keep_house(store, take_candidate, &claiming, error)) {
        gh_job_claim_clear(&claim);
        return false;
    }
    if (claiming.found)
        *ret_claim = claim;
    else
        gh_job_claim_clear(&claim);
    *ret_found = claiming.found;
    return true;
}

/* -- holding -- */

typedef struct {
    int64_t id;
    const char *holder;
    int64_t until_us;
    const char *step;
    double share;
    bool ours;
    bool cancel_asked;
} Telling;

static const char SQL_TELL[] = "UPDATE job"
                               " SET step = $1, share = $2, lease_until_us = $3"
                               " WHERE job_id = $4 AND holder = $5 AND state = 1";

static const char SQL_CANCEL_ASKED[] = "SELECT cancel_asked"
                                       " FROM job"
                                       " WHERE job_id = $1";

static bool
tell(GhDb *db, void *data, GError **error)
{
    Telling *telling = data;
    int64_t changed = 0;
    bool row = false;

    g_autoptr(GhQuery) update = gh_db_query(db, SQL_TELL, error);
    if (update == NULL)
        return false;
    gh_query_bind_text(update, 1, telling->step);
    gh_query_bind_double(update, 2, telling->share);
    gh_query_bind_int64(update, 3, telling->until_us);
    gh_query_bind_int64(update, 4, telling->id);
    gh_query_bind_text(update, 5, telling->holder);
    if (!gh_query_run(update, &changed, error))
        return false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CANCEL_ASKED, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, telling->id);
    if (!gh_query_next(query, &row, error))
        return false;
    telling->ours = changed == 1;
    telling->cancel_asked = row && gh_query_int64(query, 0) != 0;
    return true;
}

bool
gh_jobs_tell(GhStore *store, int64_t id, const char *holder, unsigned lease_ms, const char *step,
             double share, bool *ret_ours, bool *ret_cancel_asked, GError **error)
{
    Telling telling = {.id = id,
                       .holder = holder,
                       .until_us = g_get_real_time() + (int64_t)lease_ms * 1000,
                       .step = step,
                       .share = share};
    if (!gh_store_keep_house(store, tell, &telling, error))
        return false;

    *ret_ours = telling.ours;
    *ret_cancel_asked = telling.cancel_asked;
    return true;
}

static const char SQL_PUT_BACK[] = "UPDATE job"
                                   " SET state = 0, holder = '', lease_until_us = 0,"
                                   "  attempts = attempts - 1"
                                   " WHERE job_id = $1 AND holder = $2 AND state = 1";

static bool
put_back(GhDb *db, void *data, GError **error)
{
    const GhJobClaim *claim = data;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_PUT_BACK, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, claim->id);
    gh_query_bind_text(query, 2, claim->holder);
    return gh_query_run(query, NULL, error);
}

bool
gh_jobs_put_back(GhStore *store, const GhJobClaim *claim, GError **error)
{
    GhJobClaim borrowed = *claim;
    return gh_store_keep_house(store, put_back, &borrowed, error);
}
