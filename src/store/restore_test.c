/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/backup.h"

#include "store/backup_testing.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
restore_into(GhStoreTesting *testing, GhEngine engine)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = gh_store_testing_location(testing, engine, "target");
    if (target == NULL)
        return;

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);

    /* The target holds other data and a higher version. */
    g_autoptr(GhStore) old = gh_store_open(target, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    for (int64_t id = 500; id < 540; id++)
        gh_backup_testing_add(old, id);
    g_clear_pointer(&old, gh_store_free);

    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    gh_backup_testing_expect_same(testing->location, target, GH_BACKUP_TESTING_MARKED);
    gh_backup_testing_expect_intact(target, 21); /* with the restore's own entry */

    g_autoptr(GhStore) now = gh_store_open(target, GH_STORE_MUST_EXIST, &error);
    g_assert_no_error(error);
    int64_t version = 0;
    gh_store_data_version(now, &version, &error);
    g_assert_cmpint(version, ==, 41);
    gh_backup_testing_add(now, 2000); /* and it works */
    if (engine == GH_ENGINE_SQLITE) {
        g_assert_cmpuint(
            gh_backup_testing_count_files(testing->folder, "target.db.before-restore-"), ==, 1);
        g_assert_cmpuint(gh_backup_testing_count_files(testing->folder, "target.db"), <=,
                         4); /* -wal, -shm */
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
    g_autofree char *target = gh_backup_testing_in_folder(testing, "fresh.db");

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    gh_backup_testing_expect_same(testing->location, target, GH_BACKUP_TESTING_MARKED);
}

static void
test_database_in_use_is_refused(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
    g_autofree char *before = gh_store_testing_dump(testing->location, NULL);
    g_assert_false(gh_backup_restore(path, testing->location, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);
    g_autofree char *after = gh_store_testing_dump(testing->location, NULL);
    g_assert_cmpstr(before, ==, after);
    gh_backup_testing_add(testing->store, 3000);
}

static void
test_live_database_is_no_backup(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = gh_backup_testing_in_folder(testing, "target.db");

    gh_backup_testing_fill(testing->store);
    g_assert_false(gh_backup_restore(testing->location, target, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, "guildhall backup"));
    g_assert_false(g_file_test(target, G_FILE_TEST_EXISTS));
}

static void
test_mode_of_the_old_file_is_kept(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = gh_backup_testing_in_folder(testing, "target.db");
    GStatBuf status;

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
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
    g_autofree char *folder = gh_backup_testing_in_folder(testing, "other disk");
    g_autofree char *file = g_build_filename(folder, "real.db", NULL);
    g_autofree char *first = gh_backup_testing_in_folder(testing, "first.db");
    g_autofree char *second = gh_backup_testing_in_folder(testing, "second.db");

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
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
    gh_backup_testing_expect_same(testing->location, file, GH_BACKUP_TESTING_MARKED);
    g_assert_cmpuint(gh_backup_testing_count_files(folder, "real.db.before-restore-"), ==, 1);
    g_assert_cmpuint(gh_backup_testing_count_files(testing->folder, "second.db"), ==,
                     1); /* nothing left beside it */
}

static void
test_link_that_leads_nowhere_is_refused(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *link = gh_backup_testing_in_folder(testing, "link.db");

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
    g_assert_cmpint(symlink("nothing.db", link), ==, 0);
    g_assert_false(gh_backup_restore(path, link, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_cmpuint(gh_backup_testing_count_files(testing->folder, "link.db"), ==, 1);
}

static void
test_damaged_database_gives_way(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *target = gh_backup_testing_in_folder(testing, "damaged.db");

    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
    g_file_set_contents(target, "not a database any more, sadly", -1, NULL);
    gh_backup_restore(path, target, NULL, &error);
    g_assert_no_error(error);
    gh_backup_testing_expect_same(testing->location, target, GH_BACKUP_TESTING_MARKED);
    g_assert_cmpuint(gh_backup_testing_count_files(testing->folder, "damaged.db.before-restore-"),
                     ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
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
    gh_store_testing_each("/restore/a link to the database stays a link", test_link_stays_a_link);
    gh_store_testing_each("/restore/a link that leads nowhere is refused and stays",
                          test_link_that_leads_nowhere_is_refused);
    return g_test_run();
}
