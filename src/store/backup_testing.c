/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* backup_testing.c - what the tests of backup and restore share. */
#include "store/backup_testing.h"

#include "store/audit.h"
#include "store/backup.h"
#include "store/store_engine.h"

#include <glib.h>
#include <string.h>

char *
gh_backup_testing_in_folder(const GhStoreTesting *testing, const char *name)
{
    return g_build_filename(testing->folder, name, NULL);
}

static const char SQL_LEASE[] = "INSERT INTO node_lease (node, holder, expires_us, last_ms)"
                                " VALUES ($1, $2, $3, $4)";
static const char SQL_JOB[] =
    "INSERT INTO job (job_id, job_key, kind, parameters, data_version, state, share, result_size,"
    " created_us, started_us, finished_us, holder, lease_until_us, attempts, cancel_asked)"
    " VALUES ($1, $2, 'report', '{}', 1, 2, $3, 4, 1, 1, 1, '', 0, 1, 0)";
static const char SQL_PART[] = "INSERT INTO job_part (job_id, part, content) VALUES ($1, 0, $2)";

/* One pair of rows, so that half a write would show; $1 counts up. */
static bool
add_pair(GhDb *db, void *data, GError **error)
{
    static const char content[] = {0, 1, (char)0xfe, (char)0xff};
    int64_t id = *(int64_t *)data;
    g_autofree char *key = g_strdup_printf("key Å %d", (int)id);
    const GhAuditEntry entry = {.actor = "operator", .action = "test add", .subject = "pair"};

    g_autoptr(GhQuery) job = gh_db_query(db, SQL_JOB, error);
    if (job == NULL)
        return false;
    gh_query_bind_int64(job, 1, id);
    gh_query_bind_text(job, 2, key);
    gh_query_bind_double(job, 3, 1.0 / (double)(id + 3));
    if (!gh_query_run(job, NULL, error))
        return false;
    g_autoptr(GhQuery) part = gh_db_query(db, SQL_PART, error);
    if (part == NULL)
        return false;
    gh_query_bind_int64(part, 1, id);
    gh_query_bind_bytes(part, 2, content, sizeof content);
    return gh_query_run(part, NULL, error) && gh_audit_append(db, &entry, NULL, error);
}

void
gh_backup_testing_add(GhStore *store, int64_t id)
{
    g_autoptr(GError) error = NULL;
    gh_store_write(store, add_pair, &id, &error);
    g_assert_no_error(error);
}

static bool
add_lease(GhDb *db, void *data, GError **error)
{
    (void)data;
    g_autoptr(GhQuery) lease = gh_db_query(db, SQL_LEASE, error);
    if (lease == NULL)
        return false;
    gh_query_bind_int64(lease, 1, 77);
    gh_query_bind_text(lease, 2, "somebody");
    gh_query_bind_int64(lease, 3, G_MAXINT64);
    gh_query_bind_int64(lease, 4, 5);
    return gh_query_run(lease, NULL, error);
}

void
gh_backup_testing_fill(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    gh_store_keep_house(store, add_lease, NULL, &error);
    g_assert_no_error(error);
    for (int64_t id = 1; id <= 20; id++)
        gh_backup_testing_add(store, id);
}

void
gh_backup_testing_expect_same(const char *location, const char *other, const char *except)
{
    g_autofree char *one = gh_store_testing_dump(location, except);
    g_autofree char *two = gh_store_testing_dump(other, except);
    g_assert_cmpstr(one, ==, two);
}

void
gh_backup_testing_expect_intact(const char *location, int64_t want_entries)
{
    g_autoptr(GError) error = NULL;
    g_auto(GhAuditReport) report = {0};
    g_autoptr(GhStore) store = gh_store_open(location, GH_STORE_MUST_EXIST, &error);
    g_assert_no_error(error);
    gh_audit_verify(store, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(report.fault, ==, NULL);
    g_assert_cmpint(report.n_entries, ==, want_entries);
}

char *
gh_backup_testing_make_backup(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    char *path = gh_backup_testing_in_folder(testing, "backup.db");
    gh_backup_write(testing->store, path, NULL, &error);
    g_assert_no_error(error);
    return path;
}

unsigned
gh_backup_testing_count_files(const char *folder, const char *prefix)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    unsigned n = 0;
    while ((name = g_dir_read_name(dir)) != NULL)
        n += g_str_has_prefix(name, prefix) ? 1 : 0;
    return n;
}
