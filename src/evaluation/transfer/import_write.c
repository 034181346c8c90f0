/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_write.c - new and changed figures into the database: history, figures, one audit entry. */
#include <gio/gio.h>
#include <math.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "evaluation/city_private.h"
#include "evaluation/transfer/import_digest.h"
#include "evaluation/transfer/import_private.h"
#include "store/audit.h"

enum {
    ROWS_BETWEEN_REPORTS = 8192
};

static const char FIGURE_COLUMNS[] =
    "city_id, data_point_key, year, status, value, numerator, denominator, how, quality,"
    " verification, month, report, unit, source, note, framework_version, audit_seq";
enum {
    N_FIGURE_COLUMNS = 17
};

/* Over the rows that are written, in key order: key, state, numbers and texts of each. */
static char *
digest_rows(const GhImportRows *rows, const int64_t *keys)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < rows->rows->len; i++) {
        const GhImportRow *row = &g_array_index(rows->rows, GhImportRow, i);
        if (row->fate == GH_ROW_UNCHANGED)
            continue;
        gh_digest_int(sum, row->city_id);
        gh_digest_int(sum, keys[row->data_point]);
        gh_digest_int(sum, ((int64_t)row->year << 40) | ((int64_t)row->status << 32)
                               | ((int64_t)row->how << 24) | (row->quality << 16)
                               | (row->verified << 8) | row->month);
        gh_digest_number(sum, row->value);
        gh_digest_number(sum, row->numerator);
        gh_digest_number(sum, row->denominator);
        gh_digest_text(sum, row->report);
        gh_digest_text(sum, row->unit);
        gh_digest_text(sum, row->source);
        gh_digest_text(sum, row->note);
    }
    return g_strdup(g_checksum_get_string(sum));
}

static bool
append_audit(GhDb *db, const GhFramework *framework, const int64_t *keys, const GhImportRows *rows,
             const char *file_name, const char *actor, const GhImportResult *result,
             int64_t *ret_seq, GError **error)
{
    g_autofree char *digest = digest_rows(rows, keys);
    g_autoptr(GString) detail = g_string_new(NULL);
    GhJson json;
    gh_json_init(&json, detail);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "framework", framework->id);
    gh_json_pair_text(&json, "version", framework->version);
    gh_json_pair_int(&json, "new", result->n_new);
    gh_json_pair_int(&json, "changed", result->n_changed);
    gh_json_end_object(&json);

    const GhAuditEntry entry = {
        .actor = actor,
        .action = "import figures",
        .subject = file_name,
        .detail = detail->str,
        .digest = digest,
    };
    return gh_audit_append(db, &entry, ret_seq, error);
}

/* -- new rows -- */

static void
bulk_number(GhBulk *bulk, double value)
{
    if (isnan(value))
        gh_bulk_null(bulk);
    else
        gh_bulk_double(bulk, value);
}

static void
bulk_int_or_null(GhBulk *bulk, int value)
{
    if (value == 0)
        gh_bulk_null(bulk);
    else
        gh_bulk_int64(bulk, value);
}

static void
bulk_row(GhBulk *bulk, const GhImportRow *row, const int64_t *keys, const char *version,
         int64_t seq)
{
    gh_bulk_int64(bulk, row->city_id);
    gh_bulk_int64(bulk, keys[row->data_point]);
    gh_bulk_int64(bulk, row->year);
    gh_bulk_int64(bulk, row->status);
    bulk_number(bulk, row->value);
    bulk_number(bulk, row->numerator);
    bulk_number(bulk, row->denominator);
    gh_bulk_int64(bulk, row->how);
    bulk_int_or_null(bulk, row->quality);
    gh_bulk_int64(bulk, row->verified);
    bulk_int_or_null(bulk, row->month);
    gh_bulk_text(bulk, row->report);
    gh_bulk_text(bulk, row->unit);
    gh_bulk_text(bulk, row->source);
    gh_bulk_text(bulk, row->note);
    gh_bulk_text(bulk, version);
    gh_bulk_int64(bulk, seq);
}

static bool
write_new(GhDb *db, const int64_t *keys, const GhImportRows *rows, const char *version, int64_t seq,
          const GhProgress *progress, GError **error)
{
    g_autoptr(GhBulk) bulk = gh_db_bulk(db, "figure", FIGURE_COLUMNS, N_FIGURE_COLUMNS, error);
    if (bulk == NULL)
        return false;

    for (guint i = 0; i < rows->rows->len; i++) {
        const GhImportRow *row = &g_array_index(rows->rows, GhImportRow, i);
        if (i % ROWS_BETWEEN_REPORTS == 0
            && !gh_progress_report(progress, GH_MARK("writing"), (double)i / rows->rows->len)) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped on request");
            return false;
        }
        if (row->fate != GH_ROW_NEW)
            continue;
        bulk_row(bulk, row, keys, version, seq);
        if (!gh_bulk_end_row(bulk, error))
            return false;
    }
    return gh_bulk_finish(bulk, error);
}

/* -- changed rows -- */

static const char SQL_KEEP_HISTORY[] =
    "INSERT INTO figure_history (city_id, data_point_key, year, replaced_by_seq, replaced_us,"
    " status, value, numerator, denominator, how, quality, verification, month, report, unit,"
    " source, note, framework_version, audit_seq)"
    " SELECT city_id, data_point_key, year, $4, $5,"
    " status, value, numerator, denominator, how, quality, verification, month, report, unit,"
    " source, note, framework_version, audit_seq"
    " FROM figure WHERE city_id = $1 AND data_point_key = $2 AND year = $3";

static const char SQL_CHANGE[] =
    "UPDATE figure SET status = $4, value = $5, numerator = $6, denominator = $7, how = $8,"
    " quality = $9, verification = $10, month = $11, report = $12, unit = $13, source = $14,"
    " note = $15, framework_version = $16, audit_seq = $17"
    " WHERE city_id = $1 AND data_point_key = $2 AND year = $3";

static void
bind_key(GhQuery *query, const GhImportRow *row, const int64_t *keys)
{
    gh_query_bind_int64(query, 1, row->city_id);
    gh_query_bind_int64(query, 2, keys[row->data_point]);
    gh_query_bind_int64(query, 3, row->year);
}

static void
bind_int_or_null(GhQuery *query, int position, int value)
{
    if (value == 0)
        gh_query_bind_null(query, position);
    else
        gh_query_bind_int64(query, position, value);
}

static void
bind_content(GhQuery *query, const GhImportRow *row, const char *version, int64_t seq)
{
    gh_query_bind_int64(query, 4, row->status);
    gh_row_bind_number(query, 5, row->value);
    gh_row_bind_number(query, 6, row->numerator);
    gh_row_bind_number(query, 7, row->denominator);
    gh_query_bind_int64(query, 8, row->how);
    bind_int_or_null(query, 9, row->quality);
    gh_query_bind_int64(query, 10, row->verified);
    bind_int_or_null(query, 11, row->month);
    gh_query_bind_text(query, 12, row->report);
    gh_query_bind_text(query, 13, row->unit);
    gh_query_bind_text(query, 14, row->source);
    gh_query_bind_text(query, 15, row->note);
    gh_query_bind_text(query, 16, version);
    gh_query_bind_int64(query, 17, seq);
}

static bool
write_changed(GhDb *db, const int64_t *keys, const GhImportRows *rows, const char *version,
              int64_t seq, GError **error)
{
    g_autoptr(GhQuery) history = gh_db_query(db, SQL_KEEP_HISTORY, error);
    if (history == NULL)
        return false;
    g_autoptr(GhQuery) change = gh_db_query(db, SQL_CHANGE, error);
    if (change == NULL)
        return false;

    int64_t now_us = gh_clock_now_us();
    for (guint i = 0; i < rows->rows->len; i++) {
        const GhImportRow *row = &g_array_index(rows->rows, GhImportRow, i);
        if (row->fate != GH_ROW_CHANGED)
            continue;
        bind_key(history, row, keys);
        gh_query_bind_int64(history, 4, seq);
        gh_query_bind_int64(history, 5, now_us);
        bind_key(change, row, keys);
        bind_content(change, row, version, seq);
        if (!gh_query_run(history, NULL, error) || !gh_query_run(change, NULL, error))
            return false;
    }
    return true;
}

bool
gh_import_write(GhDb *db, const GhFramework *framework, const int64_t *data_point_keys,
                const GhImportRows *rows, const char *file_name, const GhImportOptions *options,
                const GhImportResult *result, GError **error)
{
    if (result->n_new + result->n_changed == 0)
        return true;

    int64_t seq = 0;
    return append_audit(db, framework, data_point_keys, rows, file_name, options->actor, result,
                        &seq, error)
           && write_changed(db, data_point_keys, rows, framework->version, seq, error)
           && (result->n_new == 0
               || write_new(db, data_point_keys, rows, framework->version, seq, options->progress,
                            error));
}
