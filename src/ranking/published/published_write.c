/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_write.c - a ranking into the database, and its withdrawal. */
#include <math.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "ranking/published/published_private.h"
#include "store/audit.h"

void
gh_ranking_bind_number(GhQuery *query, int position, double value)
{
    if (isnan(value))
        gh_query_bind_null(query, position);
    else
        gh_query_bind_double(query, position, value);
}

static const char SQL_EXISTS[] = "SELECT 1 FROM ranking WHERE slug = $1";

bool
gh_ranking_exists(GhDb *db, const char *slug, bool *ret_exists, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_EXISTS, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, slug);
    return gh_query_next(query, ret_exists, error);
}

static const char SQL_INSERT[] =
    "INSERT INTO ranking (ranking_id, slug, title, summary, author, published_us, framework_id,"
    " framework_version, program_version, data_version, year, first_year, last_year, n_years,"
    " compares_years, n_cities, n_indicators, replications, seed, top_k, mean_shift, median_width,"
    " clear_pairs, scale_low, scale_high, withdrawn_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,"
    " $20, $21, $22, $23, $24, $25, 0)";

static size_t
count_places(const GhRankingMade *made)
{
    size_t n = 0;

    for (size_t i = 0; i < made->uncertainty->n_units; i++)
        n += made->shown[i] && made->uncertainty->units[i].nominal > 0 ? 1 : 0;
    return n;
}

static bool
insert_ranking(GhDb *db, const GhRanking *ranking, const GhRankingMade *made,
               const GhRankingFigures *figures, GError **error)
{
    const GhIndexUncertaintyResult *uncertainty = made->uncertainty;
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, uncertainty->seed);
    double low = NAN, high = NAN;
    gh_ranking_scale(made->spec, &low, &high);
    bool compares_years =
        made->data->years != NULL && gh_ranking_years(made->spec) == GH_YEARS_COMPARABLE;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, ranking->id);
    gh_query_bind_text(query, 2, ranking->slug);
    gh_query_bind_text(query, 3, ranking->title);
    gh_query_bind_text(query, 4, ranking->summary);
    gh_query_bind_text(query, 5, ranking->author);
    gh_query_bind_int64(query, 6, ranking->published_us);
    gh_query_bind_text(query, 7, figures->framework_id);
    gh_query_bind_text(query, 8, figures->framework_version);
    gh_query_bind_text(query, 9, GH_VERSION);
    gh_query_bind_int64(query, 10, figures->data_version);
    gh_query_bind_int64(query, 11, made->data->years != NULL ? figures->last_year : figures->year);
    gh_query_bind_int64(query, 12, figures->first_year);
    gh_query_bind_int64(query, 13, figures->last_year);
    gh_query_bind_int64(query, 14, (int64_t)made->n_years);
    gh_query_bind_int64(query, 15, compares_years ? 1 : 0);
    gh_query_bind_int64(query, 16, (int64_t)count_places(made));
    gh_query_bind_int64(query, 17, (int64_t)made->data->n_indicators);
    gh_query_bind_int64(query, 18, (int64_t)uncertainty->n_replications);
    gh_query_bind_text(query, 19, seed);
    gh_query_bind_int64(query, 20, (int64_t)made->top_k);
    gh_ranking_bind_number(query, 21, uncertainty->mean_shift);
    gh_ranking_bind_number(query, 22, made->median_width);
    gh_ranking_bind_number(query, 23, made->clear_pairs);
    gh_ranking_bind_number(query, 24, low);
    gh_ranking_bind_number(query, 25, high);
    return gh_query_run(query, NULL, error);
}

static const char SQL_INSERT_FILE[] =
    "INSERT INTO ranking_file (ranking_id, name, content) VALUES ($1, $2, $3)";

static bool
insert_files(GhDb *db, int64_t id, const GhRankingMade *made, GError **error)
{
    for (guint i = 0; i < made->files->len; i++) {
        const GhRankingFile *file = &g_array_index(made->files, GhRankingFile, i);
        size_t n_bytes = 0;
        const void *bytes = g_bytes_get_data(file->bytes, &n_bytes);
        g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT_FILE, error);
        if (query == NULL)
            return false;
        gh_query_bind_int64(query, 1, id);
        gh_query_bind_text(query, 2, file->name);
        gh_query_bind_bytes(query, 3, bytes, n_bytes);
        if (!gh_query_run(query, NULL, error))
            return false;
    }
    return true;
}

static const char SQL_INSERT_CITY[] =
    "INSERT INTO ranking_city (ranking_id, city_id, year, place, score, mean, median, q5, q25, q75,"
    " q95, p_top, n_available, population)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

size_t
gh_ranking_count_available(const GhIndexData *data, size_t row)
{
    size_t n = 0;

    for (size_t i = 0; i < data->n_indicators; i++)
        n += isnan(data->values[i * data->n_units + row]) ? 0 : 1;
    return n;
}

static bool
insert_city(GhDb *db, int64_t id, const GhRankingMade *made, const GhRankingFigures *figures,
            size_t row, GError **error)
{
    /* In a panel a city may have no figures of the ranking's year: no place, whatever it had before. */
    const GhIndexRankSpread none = {
        .score = NAN, .mean = NAN, .median = NAN, .q5 = NAN, .q25 = NAN, .q75 = NAN, .q95 = NAN};
    const GhIndexRankSpread *unit = made->shown[row] ? &made->uncertainty->units[row] : &none;
    bool has_top = made->top_k > 0 && unit->n > 0;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT_CITY, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, id);
    gh_query_bind_int64(query, 2, figures->city_ids[row]);
    gh_query_bind_int64(query, 3, figures->years[row]);
    gh_query_bind_int64(query, 4, unit->nominal);
    gh_ranking_bind_number(query, 5, unit->score);
    gh_ranking_bind_number(query, 6, unit->mean);
    gh_ranking_bind_number(query, 7, unit->median);
    gh_ranking_bind_number(query, 8, unit->q5);
    gh_ranking_bind_number(query, 9, unit->q25);
    gh_ranking_bind_number(query, 10, unit->q75);
    gh_ranking_bind_number(query, 11, unit->q95);
    gh_ranking_bind_number(query, 12, has_top ? unit->p_top[made->top_index] : NAN);
    gh_query_bind_int64(query, 13, (int64_t)gh_ranking_count_available(made->data, row));
    gh_ranking_bind_number(query, 14, figures->populations[row]);
    return gh_query_run(query, NULL, error);
}

static const char SQL_INSERT_CHOICE[] =
    "INSERT INTO ranking_choice (ranking_id, position, name, first, first_low, first_high, total,"
    " total_low, total_high) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static bool
insert_choices(GhDb *db, int64_t id, const GhIndexUncertaintyResult *uncertainty, GError **error)
{
    for (size_t i = 0; i < uncertainty->n_sensitivities; i++) {
        const GhIndexSensitivity *one = &uncertainty->sensitivities[i];
        g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT_CHOICE, error);
        if (query == NULL)
            return false;
        gh_query_bind_int64(query, 1, id);
        gh_query_bind_int64(query, 2, (int64_t)i);
        gh_query_bind_text(query, 3, one->name);
        gh_ranking_bind_number(query, 4, one->first);
        gh_ranking_bind_number(query, 5, one->first_low);
        gh_ranking_bind_number(query, 6, one->first_high);
        gh_ranking_bind_number(query, 7, one->total);
        gh_ranking_bind_number(query, 8, one->total_low);
        gh_ranking_bind_number(query, 9, one->total_high);
        if (!gh_query_run(query, NULL, error))
            return false;
    }
    return true;
}

/* The files' digest, as sha256sum would give it for each, so that an auditor can check a download. */
static char *
describe(const GhRanking *ranking, const GhRankingMade *made)
{
    g_autoptr(GString) out = g_string_new(NULL);
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "title", ranking->title);
    gh_json_pair_text(&json, "author", ranking->author);
    gh_json_key(&json, "sha256");
    gh_json_begin_object(&json);
    for (guint i = 0; i < made->files->len; i++) {
        const GhRankingFile *file = &g_array_index(made->files, GhRankingFile, i);
        g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, file->bytes);
        gh_json_pair_text(&json, file->name, digest);
    }
    gh_json_end_object(&json);
    gh_json_end_object(&json);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

bool
gh_ranking_insert(GhDb *db, const GhRanking *ranking, const GhRankingMade *made,
                  const GhRankingFigures *figures, const char *actor, GError **error)
{
    g_autofree char *detail = describe(ranking, made);
    const GhAuditEntry entry = {
        .actor = actor, .action = "ranking publish", .subject = ranking->slug, .detail = detail};

    if (!gh_audit_append(db, &entry, NULL, error)
        || !insert_ranking(db, ranking, made, figures, error)
        || !insert_files(db, ranking->id, made, error)
        || !insert_choices(db, ranking->id, made->uncertainty, error))
        return false;
    for (size_t row = 0; row < made->data->n_units; row++) {
        if (made->is_last[row] && !insert_city(db, ranking->id, made, figures, row, error))
            return false;
    }
    return gh_ranking_insert_years(db, ranking->id, made, figures, error);
}

/* -- withdrawing -- */

typedef struct {
    const char *slug, *reason, *actor;
} Withdrawal;

static const char SQL_WITHDRAW[] = "UPDATE ranking SET withdrawn_us = $2, withdrawn_reason = $3"
                                   " WHERE slug = $1 AND withdrawn_us = 0";

static char *
describe_reason(const char *reason)
{
    g_autoptr(GString) out = g_string_new(NULL);
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "reason", reason);
    gh_json_end_object(&json);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
withdraw(GhDb *db, void *data, GError **error)
{
    const Withdrawal *work = data;
    g_autofree char *detail = describe_reason(work->reason);
    const GhAuditEntry entry = {.actor = work->actor,
                                .action = "ranking withdraw",
                                .subject = work->slug,
                                .detail = detail};
    int64_t n_changed = 0;
    bool exists = false;

    if (!gh_ranking_exists(db, work->slug, &exists, error))
        return false;
    if (!exists) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_UNKNOWN,
                    "there is no ranking %s; guildhall index list shows them", work->slug);
        return false;
    }
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_WITHDRAW, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, work->slug);
    gh_query_bind_int64(query, 2, gh_clock_now_us());
    gh_query_bind_text(query, 3, work->reason);
    if (!gh_query_run(query, &n_changed, error))
        return false;
    if (n_changed == 0) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_EXISTS,
                    "ranking %s was withdrawn before", work->slug);
        return false;
    }
    return gh_audit_append(db, &entry, NULL, error);
}

bool
gh_ranking_withdraw(GhStore *store, const char *slug, const char *reason, const char *actor,
                    GError **error)
{
    Withdrawal work = {.slug = slug, .reason = reason, .actor = actor};

    if (reason == NULL || reason[0] == '\0') {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_INVALID,
                    "a ranking is withdrawn with a reason, which readers see");
        return false;
    }
    if (!gh_ranking_check_text("reason", reason, GH_RANKING_MAX_SUMMARY_BYTES, error))
        return false;
    return gh_store_write(store, withdraw, &work, error);
}
