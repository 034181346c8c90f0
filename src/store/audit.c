/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* audit.c - the audit trail: a chain of hashes. */
#include "store/audit.h"

#include "base/clock.h"
#include "store/store_engine.h"

#include <string.h>

/* The first line of what is hashed: another form would say another number. */
static const char FORM[] = "guildhall audit 1\n";

/* LENGTH:BYTES, and - for an absent text: no two entries give the same bytes. */
static void
add_field(GChecksum *checksum, const char *text)
{
    if (text == NULL) {
        g_checksum_update(checksum, (const guchar *)"-,", 2);
        return;
    }
    g_autofree char *length = g_strdup_printf("%zu:", strlen(text));
    g_checksum_update(checksum, (const guchar *)length, -1);
    g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_update(checksum, (const guchar *)",", 1);
}

static void
hash_entry(int64_t seq, int64_t time_us, const GhAuditEntry *entry, const char *previous,
           char hash[GH_HASH_TEXT_SIZE])
{
    g_autofree char *seq_text = g_strdup_printf("%" G_GINT64_FORMAT, seq);
    g_autofree char *time_text = g_strdup_printf("%" G_GINT64_FORMAT, time_us);

    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)FORM, -1);
    add_field(checksum, seq_text);
    add_field(checksum, time_text);
    add_field(checksum, entry->actor);
    add_field(checksum, entry->action);
    add_field(checksum, entry->subject);
    add_field(checksum, entry->detail);
    add_field(checksum, entry->digest);
    add_field(checksum, previous);
    g_strlcpy(hash, g_checksum_get_string(checksum), GH_HASH_TEXT_SIZE);
    g_checksum_free(checksum);
}

static const char SQL_APPEND[] =
    "INSERT INTO audit_entry (seq, time_us, actor, action, subject, detail, digest, hash)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static bool
insert_entry(GhDb *db, int64_t seq, int64_t time_us, const GhAuditEntry *entry, const char *hash,
             GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_APPEND, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, seq);
    gh_query_bind_int64(query, 2, time_us);
    gh_query_bind_text(query, 3, entry->actor);
    gh_query_bind_text(query, 4, entry->action);
    gh_query_bind_text(query, 5, entry->subject);
    gh_query_bind_text(query, 6, entry->detail);
    gh_query_bind_text(query, 7, entry->digest);
    gh_query_bind_text(query, 8, hash);
    return gh_query_run(query, NULL, error);
}

static const char SQL_MOVE_HEAD[] = "UPDATE audit_head"
                                    " SET seq = $1, hash = $2"
                                    " WHERE id = 1";

static bool
move_head(GhDb *db, int64_t seq, const char *hash, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_MOVE_HEAD, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, seq);
    gh_query_bind_text(query, 2, hash);
    return gh_query_run(query, NULL, error);
}

bool
gh_audit_append(GhDb *db, const GhAuditEntry *entry, int64_t *ret_seq_or_null, GError **error)
{
    g_assert(db->tx == GH_TX_WRITE); /* the head is locked there and nowhere else */
    g_assert(entry->actor != NULL && entry->action != NULL && entry->subject != NULL);
    int64_t seq = db->head_seq + 1;
    int64_t time_us = gh_clock_now_us();
    int64_t changed = db->n_changed; /* the trail's own rows are no change of the data */
    char hash[GH_HASH_TEXT_SIZE] = "";

    hash_entry(seq, time_us, entry, db->head_hash, hash);
    if (!insert_entry(db, seq, time_us, entry, hash, error) || !move_head(db, seq, hash, error))
        return false;

    db->n_changed = changed;
    db->n_audited++;
    db->head_seq = seq;
    g_strlcpy(db->head_hash, hash, sizeof db->head_hash);
    if (ret_seq_or_null != NULL)
        *ret_seq_or_null = seq;
    return true;
}

/* -- verifying -- */

typedef struct {
    int64_t head_seq;
    char head_hash[GH_HASH_TEXT_SIZE];
    int64_t last_seq;
    char last_hash[GH_HASH_TEXT_SIZE];
    GhAuditReport report;
} Walk;

static const char SQL_HEAD[] = "SELECT seq, hash"
                               " FROM audit_head"
                               " WHERE id = 1";

static bool
read_head(GhDb *db, Walk *walk, bool *ret_found, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_HEAD, error);
    if (query == NULL || !gh_query_next(query, ret_found, error))
        return false;

    if (*ret_found) {
        walk->head_seq = gh_query_int64(query, 0);
        g_strlcpy(walk->head_hash, gh_query_text(query, 1), sizeof walk->head_hash);
    }
    return true;
}

static void
break_at(Walk *walk, int64_t seq, char *take_fault)
{
    walk->report.intact = false;
    walk->report.bad_seq = seq;
    walk->report.fault = take_fault;
}

/* Whether the entry in the current row continues the chain. */
static bool
check_entry(Walk *walk, const GhQuery *query)
{
    int64_t seq = gh_query_int64(query, 0);
    char hash[GH_HASH_TEXT_SIZE] = "";

    if (seq != walk->last_seq + 1) {
        break_at(walk, walk->last_seq + 1,
                 g_strdup_printf("entry %" G_GINT64_FORMAT " is missing: %" G_GINT64_FORMAT
                                 " follows %" G_GINT64_FORMAT,
                                 walk->last_seq + 1, seq, walk->last_seq));
        return false;
    }

    GhAuditEntry entry = {.actor = gh_query_text(query, 2),
                          .action = gh_query_text(query, 3),
                          .subject = gh_query_text(query, 4),
                          .detail = gh_query_text(query, 5),
                          .digest = gh_query_text(query, 6)};
    hash_entry(seq, gh_query_int64(query, 1), &entry, walk->last_hash, hash);
    if (g_strcmp0(hash, gh_query_text(query, 7)) != 0) {
        break_at(walk, seq,
                 g_strdup_printf("entry %" G_GINT64_FORMAT
                                 " was altered or moved: its hash does not fit its text and the "
                                 "entry before",
                                 seq));
        return false;
    }
    walk->last_seq = seq;
    g_strlcpy(walk->last_hash, hash, sizeof walk->last_hash);
    walk->report.n_entries++;
    return true;
}

static void
check_end(Walk *walk)
{
    if (walk->last_seq < walk->head_seq)
        break_at(walk, walk->last_seq + 1,
                 g_strdup_printf("the end was cut off: entries %" G_GINT64_FORMAT
                                 " to %" G_GINT64_FORMAT " are missing",
                                 walk->last_seq + 1, walk->head_seq));
    else if (walk->last_seq > walk->head_seq)
        break_at(walk, walk->head_seq + 1,
                 g_strdup_printf("entry %" G_GINT64_FORMAT
                                 " stands behind the head of the chain (%" G_GINT64_FORMAT ")",
                                 walk->head_seq + 1, walk->head_seq));
    else if (strcmp(walk->last_hash, walk->head_hash) != 0)
        break_at(walk, walk->last_seq,
                 g_strdup("the head of the chain has another hash than the last entry"));
}

static const char SQL_CHAIN[] = "SELECT seq, time_us, actor, action, subject, detail, digest, hash"
                                " FROM audit_entry"
                                " ORDER BY seq";

static bool
walk_chain(GhDb *db, Walk *walk, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CHAIN, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    while (row) {
        if (!check_entry(walk, query))
            return true;
        if (!gh_query_next(query, &row, error))
            return false;
    }
    check_end(walk);
    return true;
}

static bool
verify(GhDb *db, void *data, GError **error)
{
    Walk *walk = data;
    bool found = false;

    gh_audit_report_clear(&walk->report);
    *walk = (Walk){.report.intact = true};
    memset(walk->last_hash, '0', GH_HASH_TEXT_SIZE - 1);
    if (!read_head(db, walk, &found, error))
        return false;
    if (!found) {
        break_at(walk, 0, g_strdup("the head of the chain is missing"));
        return true;
    }
    return walk_chain(db, walk, error);
}

bool
gh_audit_verify(GhStore *store, GhAuditReport *ret_report, GError **error)
{
    Walk walk = {0};

    if (!gh_store_read(store, verify, &walk, error)) {
        gh_audit_report_clear(&walk.report);
        return false;
    }
    g_strlcpy(walk.report.head_hash, walk.head_hash, sizeof walk.report.head_hash);
    *ret_report = walk.report;
    return true;
}

void
gh_audit_report_clear(GhAuditReport *report)
{
    g_clear_pointer(&report->fault, g_free);
}
