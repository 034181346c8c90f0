/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/backup.h"

#include "store/backup_testing.h"
#include "store/copy.h"

#include <glib/gstdio.h>
#include <string.h>

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

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
    gh_store_testing_script(path, "ANALYZE");
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    gh_backup_testing_expect_same(testing->location, target, GH_BACKUP_TESTING_MARKED);
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
    gh_backup_testing_fill(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(bad_backups); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", bad_backups[i].label);
        g_autofree char *path = gh_backup_testing_make_backup(testing);
        spoil(path, bad_backups[i].sql);
        g_autofree char *name = g_strdup_printf("bad%zu", i);
        g_autofree char *target = gh_store_testing_location(testing, testing->engine, name);
        g_autoptr(GhStore) old = gh_store_open(target, GH_STORE_CREATE_OR_UPGRADE, NULL);
        gh_backup_testing_add(old, 1);
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
        g_autofree char *path = gh_backup_testing_in_folder(testing, name);
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
    gh_store_testing_each("/restore/a bad backup replaces nothing",
                          test_bad_backups_replace_nothing);
    gh_store_testing_each("/restore/statistics in a backup are let through",
                          test_statistics_are_no_foreign_table);
    gh_store_testing_on("/copy/names that would need quotes are refused", GH_ENGINE_SQLITE,
                        test_names_that_need_quotes_are_not_copied);
    return g_test_run();
}
