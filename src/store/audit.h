/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* audit.h - the audit trail: who changed what when, in a chain that shows tampering.
 *
 * Each entry carries the SHA-256 of (sequence number, time, actor, action, subject, detail, digest
 * of the rows, hash of the entry before). The chain's head (number and hash of the last entry) is a
 * row of its own that is locked in the write transaction, so two writers cannot fork the chain, and
 * a cut-off end is noticed.
 *
 * Hash      SHA-256, in lower-case hex, of the line "guildhall audit 1" with its newline, followed
 *           by the eight fields in the order above. A field is LENGTH:BYTES, with the length in
 *           decimal bytes and the comma behind; an absent one is -, (a hyphen and the comma).
 *           Numbers are decimal text; the time is in microseconds since 1970, UTC. The entry before
 *           the first has 64 zeros for a hash.
 * Limits    Whoever can rewrite entries, hashes and head together leaves an intact chain. Against
 *           that keep head_hash outside now and then: it must turn up in the chain again.
 *
 * Threads   As GhDb.
 */
#pragma once

#include "store/store.h"

typedef struct {
    const char *actor;   /* "operator" until there are accounts */
    const char *action;  /* "import figures", "city add": a fixed word pair, not translated */
    const char *subject; /* what was changed: a slug, a framework id, a file's name */
    const char *detail;  /* JSON object, or NULL */
    const char *digest;  /* SHA-256 of the rows written, hex; or NULL */
} GhAuditEntry;

/* Appends inside a write transaction. *ret_seq_or_null: the entry's number, for rows that refer to
 * it. */
bool gh_audit_append(GhDb *db, const GhAuditEntry *entry, int64_t *ret_seq_or_null, GError **error);

typedef struct {
    int64_t n_entries;
    bool intact;
    int64_t bad_seq;    /* where it breaks, when not intact */
    char *fault;        /* what is wrong there, English, owned; NULL when intact */
    char head_hash[65]; /* of the last entry, as the head says */
} GhAuditReport;

/* Reads the whole chain. A broken chain is a result, not an error. */
bool gh_audit_verify(GhStore *store, GhAuditReport *ret_report, GError **error);
void gh_audit_report_clear(GhAuditReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhAuditReport, gh_audit_report_clear)
