/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/backup.h"

#include "store/audit.h"
#include "store/copy.h"
#include "store/store_engine.h"
#include "store/store_testing.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A restore leaves its own mark there; leases and migrations belong to the database itself. */
static const char MARKED[] = "audit_entry audit_head data_version node_lease schema_migration";

static char *
in_folder(const GhStoreTesting *testing, const char *name)
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

static void
add(GhStore *store, int64_t id)
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

static void
fill(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    gh_store_keep_house(store, add_lease, NULL, &error);
    g_assert_no_error(error);
    for (int64_t id = 1; id <= 20; id++)
        add(store, id);
}

static void
expect_same(const char *location, const char *other, const char *except)
{
    g_autofree char *one = gh_store_testing_dump(location, except);
    g_autofree char *two = gh_store_testing_dump(other, except);
    g_assert_cmpstr(one, ==, two);
}

static void
expect_intact(const char *location, int64_t want_entries)
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

static char *
make_backup(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    char *path = in_folder(testing, "backup.db");
    gh_backup_write(testing->store, path, NULL, &error);
    g_assert_no_error(error);
    return path;
}

static void
test_backup_has_every_row(GhStoreTesting *testing)
{
    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    g_autofree char *wal = g_strconcat(path, "-wal", NULL);
    g_assert_false(g_file_test(wal, G_FILE_TEST_EXISTS)); /* one file */
    expect_same(testing->location, path, NULL);
    expect_intact(path, 20);
}

static void
test_existing_file_is_left_alone(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = in_folder(testing, "precious");
    g_autofree char *content = NULL;

    g_file_set_contents(path, "precious", -1, NULL);
    g_assert_false(gh_backup_write(testing->store, path, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
    g_file_get_contents(path, &content, NULL, NULL);
    g_assert_cmpstr(content, ==, "precious");
}

static bool
stop_at_once(const char *step, double share, void *data)
{
    (void)step;
    (void)share;
    (void)data;
    return false;
}

static unsigned
count_files(const char *folder, const char *prefix)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    unsigned n = 0;
    while ((name = g_dir_read_name(dir)) != NULL)
        n += g_str_has_prefix(name, prefix) ? 1 : 0;
    return n;
}

static void
test_stopped_backup_leaves_nothing(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = in_folder(testing, "stopped.db");
    const GhProgress stop = {.func = stop_at_once};

    if (testing->engine == GH_ENGINE_POSTGRESQL)
        gh_store_testing_script(
            testing->location,
            "INSERT INTO audit_entry (seq, time_us, actor, action, subject, hash)"
            " SELECT n, 1, 'a', 'b', 'c', 'd' FROM generate_series(1, 20000) n");
    g_assert_false(gh_backup_write(testing->store, path, &stop, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint(count_files(testing->folder, "stopped"), ==, 0);
}

/* -- while others write -- */

typedef struct {
    GhStore *store;
    int stop; /* atomic */
    int64_t n_written;
} Writer;

static void *
keep_writing(void *data)
{
    Writer *writer = data;
    while (!__atomic_load_n(&writer->stop, __ATOMIC_ACQUIRE))
        add(writer->store, 1000 + writer->n_written++);
    return NULL;
}

static void
test_backup_is_consistent_while_others_write(GhStoreTesting *testing)
{
    Writer writer = {.store = testing->store};
    pthread_t thread;

    fill(testing->store);
    g_assert_cmpint(pthread_create(&thread, NULL, keep_writing, &writer), ==, 0);
    for (int i = 0; i < 5; i++) {
        g_autoptr(GError) error = NULL;
        g_auto(GhAuditReport) report = {0};
        g_autofree char *name = g_strdup_printf("live%d.db", i);
        g_autofree char *path = in_folder(testing, name);
        gh_backup_write(testing->store, path, NULL, &error);
        g_assert_no_error(error);

        g_autoptr(GhStore) copy = gh_store_open(path, GH_STORE_MUST_EXIST, &error);
        g_assert_no_error(error);
        gh_audit_verify(copy, &report, &error);
        g_assert_cmpstr(report.fault, ==, NULL);
        int64_t version = 0;
        gh_store_data_version(copy, &version, &error);
        g_assert_cmpint(version, ==, report.n_entries); /* one entry a write */
    }
    __atomic_store_n(&writer.stop, 1, __ATOMIC_RELEASE);
    g_assert_cmpint(pthread_join(thread, NULL), ==, 0);
    g_assert_cmpint(writer.n_written, >, 0);
}

/* -- and back -- */

static void
restore_into(GhStoreTesting *testing, GhEngine engine)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = gh_store_testing_location(testing, engine, "target");
    if (target == NULL)
        return;

    fill(testing->store);
    g_autofree char *path = make_backup(testing);

    /* The target holds other data and a higher version. */
    g_autoptr(GhStore) old = gh_store_open(target, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    for (int64_t id = 500; id < 540; id++)
        add(old, id);
    g_clear_pointer(&old, gh_store_free);

    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    expect_same(testing->location, target, MARKED);
    expect_intact(target, 21); /* with the restore's own entry */

    g_autoptr(GhStore) now = gh_store_open(target, GH_STORE_MUST_EXIST, &error);
    g_assert_no_error(error);
    int64_t version = 0;
    gh_store_data_version(now, &version, &error);
    g_assert_cmpint(version, ==, 41);
    add(now, 2000); /* and it works */
    if (engine == GH_ENGINE_SQLITE) {
        g_assert_cmpuint(count_files(testing->folder, "target.db.before-restore-"), ==, 1);
        g_assert_cmpuint(count_files(testing->folder, "target.db"), <=, 4); /* -wal, -shm */
    }
}

static void
test_restore_into_sqlite(GhStoreTesting *testing)
{
    restore_into(testing, GH_ENGINE_SQLITE);
}

static void
test_restore_into_postgres(GhStoreTesting *testing)
{
    restore_into(testing, GH_ENGINE_POSTGRESQL);
}

static void
test_restore_creates_what_is_not_there(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = in_folder(testing, "fresh.db");

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    expect_same(testing->location, target, MARKED);
}

static void
test_database_in_use_is_refused(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    g_autofree char *before = gh_store_testing_dump(testing->location, NULL);
    g_assert_false(gh_backup_restore(path, testing->location, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);
    g_autofree char *after = gh_store_testing_dump(testing->location, NULL);
    g_assert_cmpstr(before, ==, after);
    add(testing->store, 3000);
}

static void
test_live_database_is_no_backup(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = in_folder(testing, "target.db");

    fill(testing->store);
    g_assert_false(gh_backup_restore(testing->location, target, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, "guildhall backup"));
    g_assert_false(g_file_test(target, G_FILE_TEST_EXISTS));
}

static void
test_mode_of_the_old_file_is_kept(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = in_folder(testing, "target.db");
    GStatBuf status;

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_stat(target, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0640);
    g_assert_cmpint(g_chmod(target, 0600), ==, 0);
    g_usleep(1100000); /* the name of what is kept aside has the second in it */
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_stat(target, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
}

static void
test_link_stays_a_link(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = in_folder(testing, "other disk");
    g_autofree char *file = g_build_filename(folder, "real.db", NULL);
    g_autofree char *first = in_folder(testing, "first.db");
    g_autofree char *second = in_folder(testing, "second.db");

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    g_autoptr(GhStore) old = gh_store_open(file, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    g_clear_pointer(&old, gh_store_free);
    g_assert_cmpint(symlink("other disk/real.db", first), ==, 0);
    g_assert_cmpint(symlink("first.db", second), ==, 0); /* a link to a link */

    gh_backup_restore(path, second, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_file_test(first, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_test(second, G_FILE_TEST_IS_SYMLINK));
    g_assert_false(g_file_test(file, G_FILE_TEST_IS_SYMLINK));
    expect_same(testing->location, file, MARKED);
    g_assert_cmpuint(count_files(folder, "real.db.before-restore-"), ==, 1);
    g_assert_cmpuint(count_files(testing->folder, "second.db"), ==, 1); /* nothing left beside it */

    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while ((name = g_dir_read_name(dir))
           != NULL) { /* the test's own clearing goes one folder deep */
        g_autofree char *one = g_build_filename(folder, name, NULL);
        g_remove(one);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void
test_link_that_leads_nowhere_is_refused(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *link = in_folder(testing, "link.db");

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    g_assert_cmpint(symlink("nothing.db", link), ==, 0);
    g_assert_false(gh_backup_restore(path, link, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_cmpuint(count_files(testing->folder, "link.db"), ==, 1);
}

static void
test_damaged_database_gives_way(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = in_folder(testing, "damaged.db");

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    g_file_set_contents(target, "not a database any more, sadly", -1, NULL);
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    expect_same(testing->location, target, MARKED);
    g_assert_cmpuint(count_files(testing->folder, "damaged.db.before-restore-"), ==, 1);
}

/* Each changes a good backup before it is restored. */
static const struct {
    const char *label;
    const char *sql; /* NULL: cut the file in half */
    GhStoreError want;
    const char *want_in_message;
} bad_backups[] = {
    {"half a file", NULL, GH_STORE_ERROR_DAMAGED, "cannot be restored"},
    {"a broken audit trail", "UPDATE audit_entry SET subject = 'x' WHERE seq = 7",
     GH_STORE_ERROR_DAMAGED, "audit trail"},
    {"a newer program's",
     "INSERT INTO schema_migration (version, name, sha256, applied_us) VALUES (9999, 'n', 'x', 1)",
     GH_STORE_ERROR_NEWER, "newer"},
    {"another program's", "DROP TABLE schema_migration", GH_STORE_ERROR_DAMAGED,
     "not a database of guildhall"},
    {"a broken reference", "DELETE FROM job WHERE job_id = 3", GH_STORE_ERROR_DAMAGED,
     "cannot be restored"},
    {"a table whose name is a statement",
     "CREATE TABLE \"job_part; CREATE TABLE taken_over (n INTEGER); --\" (n INTEGER)",
     GH_STORE_ERROR_DAMAGED, "table job_part? CREATE TABLE taken_over"},
    {"a table whose name is nearly one of SQLite's own",
     "CREATE TABLE \"sqlitex; DROP TABLE job_part; --\" (n INTEGER)", GH_STORE_ERROR_DAMAGED,
     "table sqlitex? DROP"},
    {"a table named like the statistics of SQLite, with columns of its own",
     "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)"
     " SELECT 'table', 'sqlite_stat1', 'sqlite_stat1', rootpage,"
     "  'CREATE TABLE sqlite_stat1(tbl,idx,stat,more)'"
     " FROM sqlite_schema WHERE name = 'job_part' AND type = 'table'",
     GH_STORE_ERROR_DAMAGED, "cannot be restored"},
    {"a name that would steer the terminal", "CREATE TABLE \"x\033[2J\" (n INTEGER)",
     GH_STORE_ERROR_DAMAGED, "table x??2J"},
    {"a trigger",
     "CREATE TRIGGER evil AFTER UPDATE ON data_version BEGIN DELETE FROM job_part; END",
     GH_STORE_ERROR_DAMAGED, "trigger evil"},
    {"a trigger that takes a name of SQLite's own",
     "CREATE TRIGGER evil AFTER UPDATE ON data_version BEGIN DELETE FROM job_part; END;"
     "PRAGMA writable_schema = ON;"
     "UPDATE sqlite_schema SET name = 'sqlite_evil',"
     " sql = replace(sql, 'TRIGGER evil', 'TRIGGER sqlite_evil') WHERE name = 'evil'",
     GH_STORE_ERROR_DAMAGED, "cannot be restored"},
    {"a view", "CREATE VIEW evil AS SELECT job_id FROM job", GH_STORE_ERROR_DAMAGED, "view evil"},
    {"an index", "CREATE INDEX evil ON job (kind)", GH_STORE_ERROR_DAMAGED, "index evil"},
    {"a column more", "ALTER TABLE job ADD COLUMN evil TEXT", GH_STORE_ERROR_DAMAGED, "table job "},
    {"a check less",
     "PRAGMA writable_schema = ON;"
     "UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (id = 1)', '') WHERE name = 'audit_head'",
     GH_STORE_ERROR_DAMAGED, "table audit_head "},
    {"an index less", "DROP INDEX job_by_state", GH_STORE_ERROR_DAMAGED,
     "index job_by_state is missing"},
};

/* Statistics change no answer, and an operator may well have asked for them. */
static void
test_statistics_are_no_foreign_table(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = gh_store_testing_location(testing, testing->engine, "analysed");

    fill(testing->store);
    g_autofree char *path = make_backup(testing);
    gh_store_testing_script(path, "ANALYZE");
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    expect_same(testing->location, target, MARKED);
}

static void
spoil(const char *path, const char *sql)
{
    if (sql != NULL) {
        gh_store_testing_script(path, sql);
        return;
    }
    g_autofree char *content = NULL;
    gsize n_bytes = 0;
    g_assert_true(g_file_get_contents(path, &content, &n_bytes, NULL));
    g_assert_true(g_file_set_contents(path, content, (gssize)(n_bytes / 2), NULL));
}

static void
test_bad_backups_replace_nothing(GhStoreTesting *testing)
{
    fill(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(bad_backups); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", bad_backups[i].label);
        g_autofree char *path = make_backup(testing);
        spoil(path, bad_backups[i].sql);
        g_autofree char *name = g_strdup_printf("bad%zu", i);
        g_autofree char *target = gh_store_testing_location(testing, testing->engine, name);
        g_autoptr(GhStore) old = gh_store_open(target, GH_STORE_CREATE_OR_UPGRADE, NULL);
        add(old, 1);
        g_clear_pointer(&old, gh_store_free);

        g_autofree char *before = gh_store_testing_dump(target, NULL);
        g_assert_false(gh_backup_restore(path, target, NULL, &error));
        g_assert_error(error, GH_STORE_ERROR, (int)bad_backups[i].want);
        g_assert_nonnull(strstr(error->message, bad_backups[i].want_in_message));
        g_autofree char *after = gh_store_testing_dump(target, NULL);
        g_assert_cmpstr(before, ==, after);
        g_remove(path);
    }
}

static bool
list_tables(GhDb *db, void *data, GError **error)
{
    GPtrArray **ret_tables = data;
    *ret_tables = gh_copy_list_tables(db, error);
    return *ret_tables != NULL;
}

static void
test_names_that_need_quotes_are_not_copied(GhStoreTesting *testing)
{
    static const char *const statements[] = {
        "CREATE TABLE \"x; DROP TABLE job\" (n INTEGER)",
        "CREATE TABLE \"X\" (n INTEGER)",
        "CREATE TABLE \"1x\" (n INTEGER)",
        "CREATE TABLE x (\"n, (SELECT 1)\" INTEGER)",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) tables = NULL;
        g_autofree char *name = g_strdup_printf("names%zu.db", i);
        g_autofree char *path = in_folder(testing, name);
        g_autoptr(GhStore) store = gh_store_open(path, GH_STORE_CREATE_OR_UPGRADE, &error);
        g_assert_no_error(error);
        gh_store_testing_script(path, statements[i]);
        g_assert_false(gh_store_read(store, list_tables, &tables, &error));
        g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_DAMAGED);
        g_assert_null(tables);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/backup/a backup has every row", test_backup_has_every_row);
    gh_store_testing_each("/backup/an existing file is left alone",
                          test_existing_file_is_left_alone);
    gh_store_testing_each("/backup/a stopped backup leaves nothing",
                          test_stopped_backup_leaves_nothing);
    gh_store_testing_each("/backup/a backup is consistent while others write",
                          test_backup_is_consistent_while_others_write);
    gh_store_testing_each("/restore/a backup goes into SQLite with every row",
                          test_restore_into_sqlite);
    gh_store_testing_each("/restore/a backup goes into PostgreSQL with every row",
                          test_restore_into_postgres);
    gh_store_testing_each("/restore/a database that is not there is created",
                          test_restore_creates_what_is_not_there);
    gh_store_testing_on("/restore/a database in use is refused", GH_ENGINE_SQLITE,
                        test_database_in_use_is_refused);
    gh_store_testing_on("/restore/a live database is no backup", GH_ENGINE_SQLITE,
                        test_live_database_is_no_backup);
    gh_store_testing_on("/restore/owner and mode of the file are kept", GH_ENGINE_SQLITE,
                        test_mode_of_the_old_file_is_kept);
    gh_store_testing_on("/restore/a damaged database gives way and is kept", GH_ENGINE_SQLITE,
                        test_damaged_database_gives_way);
    gh_store_testing_each("/restore/a bad backup replaces nothing",
                          test_bad_backups_replace_nothing);
    gh_store_testing_each("/restore/a link to the database stays a link", test_link_stays_a_link);
    gh_store_testing_each("/restore/a link that leads nowhere is refused and stays",
                          test_link_that_leads_nowhere_is_refused);
    gh_store_testing_each("/restore/statistics in a backup are let through",
                          test_statistics_are_no_foreign_table);
    gh_store_testing_on("/copy/names that would need quotes are refused", GH_ENGINE_SQLITE,
                        test_names_that_need_quotes_are_not_copied);
    return g_test_run();
}
