/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/backup.h"

#include "store/audit.h"
#include "store/backup_testing.h"
#include "store/store_engine.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
test_backup_has_every_row(GhStoreTesting *testing)
{
    gh_backup_testing_fill(testing->store);
    g_autofree char *path = gh_backup_testing_make_backup(testing);
    g_autofree char *wal = g_strconcat(path, "-wal", NULL);
    g_assert_false(g_file_test(wal, G_FILE_TEST_EXISTS)); /* one file */
    gh_backup_testing_expect_same(testing->location, path, NULL);
    gh_backup_testing_expect_intact(path, 20);
}

static void
test_existing_file_is_left_alone(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = gh_backup_testing_in_folder(testing, "precious");
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

static void
test_stopped_backup_leaves_nothing(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = gh_backup_testing_in_folder(testing, "stopped.db");
    const GhProgress stop = {.func = stop_at_once};

    if (testing->engine == GH_ENGINE_POSTGRESQL)
        gh_store_testing_script(
            testing->location,
            "INSERT INTO audit_entry (seq, time_us, actor, action, subject, hash)"
            " SELECT n, 1, 'a', 'b', 'c', 'd' FROM generate_series(1, 20000) n");
    g_assert_false(gh_backup_write(testing->store, path, &stop, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint(gh_backup_testing_count_files(testing->folder, "stopped"), ==, 0);
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
        gh_backup_testing_add(writer->store, 1000 + writer->n_written++);
    return NULL;
}

static void
test_backup_is_consistent_while_others_write(GhStoreTesting *testing)
{
    Writer writer = {.store = testing->store};
    pthread_t thread;

    gh_backup_testing_fill(testing->store);
    g_assert_cmpint(pthread_create(&thread, NULL, keep_writing, &writer), ==, 0);
    for (int i = 0; i < 5; i++) {
        g_autoptr(GError) error = NULL;
        g_auto(GhAuditReport) report = {0};
        g_autofree char *name = g_strdup_printf("live%d.db", i);
        g_autofree char *path = gh_backup_testing_in_folder(testing, name);
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
    return g_test_run();
}
