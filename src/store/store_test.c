/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/store.h"

#include "store/audit.h"
#include "store/store_engine.h"
#include "store/store_testing.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* A table of our own beside the real ones: the store knows nothing of cities. */
static const char SQL_PLAY_SQLITE[] = "CREATE TABLE play (id BIGINT NOT NULL PRIMARY KEY,"
                                      " n INTEGER, x DOUBLE PRECISION, t TEXT UNIQUE, b BLOB)";
static const char SQL_PLAY_POSTGRES[] =
    "CREATE TABLE play (id BIGINT NOT NULL PRIMARY KEY,"
    " n INTEGER, x DOUBLE PRECISION, t TEXT COLLATE \"C\" UNIQUE, b BYTEA)";

static void
make_play(GhStoreTesting *testing)
{
    gh_store_testing_script(testing->location, testing->engine == GH_ENGINE_SQLITE
                                                   ? SQL_PLAY_SQLITE
                                                   : SQL_PLAY_POSTGRES);
}

static bool
audit(GhDb *db, GError **error)
{
    const GhAuditEntry entry = {.actor = "operator", .action = "play add", .subject = "test"};
    return gh_audit_append(db, &entry, NULL, error);
}

typedef struct {
    int64_t id;
    const char *t;
    double x;
    bool silent;  /* no audit entry */
    bool give_up; /* after the insert */
    unsigned n_runs;
} Insert;

static const char SQL_INSERT[] = "INSERT INTO play (id, x, t) VALUES ($1, $3, $2)";

static bool
insert(GhDb *db, void *data, GError **error)
{
    Insert *one = data;
    int64_t changed = 0;

    one->n_runs++;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, one->id);
    gh_query_bind_text(query, 2, one->t);
    gh_query_bind_double(query, 3, one->x);
    if (!gh_query_run(query, &changed, error))
        return false;
    g_assert_cmpint(changed, ==, 1);

    if (one->give_up) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "given up");
        return false;
    }
    return one->silent || audit(db, error);
}

static void
write_play(GhStore *store, int64_t id, const char *t, double x)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = id, .t = t, .x = x};
    bool done = gh_store_write(store, insert, &one, &error);
    g_assert_no_error(error);
    g_assert_true(done);
}

static bool
read_version(GhDb *db, void *data, GError **error)
{
    return gh_db_data_version(db, data, error);
}

static int64_t
data_version(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    int64_t version = -1;
    gh_store_read(store, read_version, &version, &error);
    g_assert_no_error(error);
    return version;
}

static const char SQL_COUNT[] = "SELECT COUNT(*) FROM play";

static bool
count(GhDb *db, void *data, GError **error)
{
    bool row = false;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_COUNT, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    *(int64_t *)data = gh_query_int64(query, 0);
    return true;
}

static int64_t
count_play(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    int64_t n = -1;
    gh_store_read(store, count, &n, &error);
    g_assert_no_error(error);
    return n;
}

/* -- writing -- */

static void
test_write_is_kept(GhStoreTesting *testing)
{
    make_play(testing);
    int64_t before = data_version(testing->store);
    write_play(testing->store, 1, "one", 1.5);

    g_assert_cmpint(count_play(testing->store), ==, 1);
    g_assert_cmpint(data_version(testing->store), ==, before + 1);
}

static void
test_version_may_be_a_little_old(GhStoreTesting *testing)
{
    g_autoptr(GhStore) server = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    int64_t before = -1;
    int64_t soon = -1;
    int64_t later = -1;

    make_play(testing);
    g_assert_true(gh_store_data_version(server, &before, NULL));
    write_play(testing->store, 1, "by another program", 0);
    g_assert_true(gh_store_data_version(server, &soon, NULL));
    g_usleep((GH_STORE_VERSION_AGE_MS + 50) * 1000);
    g_assert_true(gh_store_data_version(server, &later, NULL));
    g_assert_cmpint(soon, >=, before);
    g_assert_cmpint(later, ==, before + 1);
}

static void
test_work_that_gives_up_leaves_nothing(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = 1, .t = "one", .give_up = true};

    make_play(testing);
    int64_t before = data_version(testing->store);
    g_assert_false(gh_store_write(testing->store, insert, &one, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint(one.n_runs, ==, 1);
    g_assert_cmpint(count_play(testing->store), ==, 0);
    g_assert_cmpint(data_version(testing->store), ==, before);
}

static void
test_change_without_audit_is_refused(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = 1, .t = "one", .silent = true};

    make_play(testing);
    g_assert_false(gh_store_write(testing->store, insert, &one, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_AUDIT);
    g_assert_cmpint(count_play(testing->store), ==, 0);
}

static void
test_house_keeping_needs_no_audit(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = 1, .t = "one", .silent = true};

    make_play(testing);
    int64_t before = data_version(testing->store);
    gh_store_keep_house(testing->store, insert, &one, &error);
    g_assert_no_error(error);
    g_assert_cmpint(count_play(testing->store), ==, 1);
    g_assert_cmpint(data_version(testing->store), ==, before);
}

static bool
change_nothing(GhDb *db, void *data, GError **error)
{
    static const char SQL_UPDATE[] = "UPDATE play SET n = 1 WHERE id = -1";
    (void)data;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_UPDATE, error);
    return query != NULL && gh_query_run(query, NULL, error);
}

static void
test_write_without_change_keeps_version(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    int64_t before = data_version(testing->store);
    gh_store_write(testing->store, change_nothing, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(data_version(testing->store), ==, before);
}

static void
test_constraint_is_told(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = 2, .t = "secret value"};

    make_play(testing);
    write_play(testing->store, 1, "secret value", 0);
    g_assert_false(gh_store_write(testing->store, insert, &one, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_CONSTRAINT);
    g_assert_null(strstr(error->message, "secret")); /* bound values stay out of messages */
}

static bool
insert_twice_and_pass_over(GhDb *db, void *data, GError **error)
{
    Insert one = {.id = 1, .t = "one"};
    (void)data;
    if (!insert(db, &one, error))
        return false;
    (void)insert(db, &one, NULL);
    return true;
}

static void
test_failed_statement_spoils(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    g_assert_false(gh_store_write(testing->store, insert_twice_and_pass_over, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL);
    g_assert_cmpint(count_play(testing->store), ==, 0);
}

static void
test_read_may_not_write(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = 1, .t = "one", .silent = true};

    make_play(testing);
    write_play(testing->store, 9, "so that the statement is cached", 0);
    g_assert_false(gh_store_read(testing->store, insert, &one, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL);
    g_assert_cmpint(count_play(testing->store), ==, 1);
}

static bool
use_working_table(GhDb *db, void *data, GError **error)
{
    static const char SQL_TEMP[] = "CREATE TEMPORARY TABLE temp_play (id BIGINT)";
    static const char SQL_FILL[] = "INSERT INTO temp_play (id) VALUES ($1)";
    static const char SQL_DROP[] = "DROP TABLE temp_play";
    int64_t changed = 0;
    (void)data;

    g_autoptr(GhQuery) temp = gh_db_query(db, SQL_TEMP, error);
    if (temp == NULL || !gh_query_run(temp, NULL, error))
        return false;
    g_autoptr(GhQuery) fill = gh_db_query(db, SQL_FILL, error);
    if (fill == NULL)
        return false;
    gh_query_bind_int64(fill, 1, 1);
    if (!gh_query_run(fill, &changed, error))
        return false;
    g_assert_cmpint(changed, ==, 1);
    g_autoptr(GhQuery) drop = gh_db_query(db, SQL_DROP, error);
    return drop != NULL && gh_query_run(drop, NULL, error);
}

static void
test_working_tables_do_not_count(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    int64_t before = data_version(testing->store);
    for (int i = 0; i < 2; i++) {
        gh_store_write(testing->store, use_working_table, NULL, &error);
        g_assert_no_error(error);
    }
    g_assert_cmpint(data_version(testing->store), ==, before);
}

/* -- retries -- */

static bool
fail_twice(GhDb *db, void *data, GError **error)
{
    Insert *one = data;
    if (!insert(db, one, error))
        return false;
    if (one->n_runs < 3) {
        db->try_again = true; /* as the engine says of a deadlock */
        gh_db_fail(db, error, GH_STORE_ERROR_BUSY, "deadlock");
        return false;
    }
    return true;
}

static void
test_passing_failure_is_tried_again(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    Insert one = {.id = 1, .t = "one"};

    make_play(testing);
    gh_store_write(testing->store, fail_twice, &one, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(one.n_runs, ==, 3);
    g_assert_cmpint(count_play(testing->store), ==, 1);
}

static void
test_lost_connections_are_replaced(GhStoreTesting *testing)
{
    make_play(testing);
    write_play(testing->store, 1, "one", 0);
    gh_store_testing_script(testing->location,
                            "SELECT pg_terminate_backend(l.pid) FROM pg_stat_activity l"
                            " WHERE l.pid <> pg_backend_pid()"
                            "  AND l.application_name = current_setting('application_name')");
    write_play(testing->store, 2, "two", 0);
    g_assert_cmpint(count_play(testing->store), ==, 2);
}

/* -- opening -- */

/* Opened again at the same place, perhaps at the same address in memory: what was kept of the one must not
 * be taken for the other's. */
static void
test_serials_differ(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    const size_t first = gh_store_serial(testing->store);

    g_assert_cmpuint(first, >, 0);
    g_clear_pointer(&testing->store, gh_store_free);
    testing->store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_store_serial(testing->store), >, first);
}

static void
test_missing_database_names_remedy(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhStore) store =
        gh_store_open("/nonexistent/guildhall.db", GH_STORE_MUST_EXIST, &error);
    g_assert_null(store);
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
    g_assert_cmpstr(error->message, ==,
                    "cannot open database /nonexistent/guildhall.db: no such file; run guildhall "
                    "init");
}

static void
test_foreign_file_is_refused(void)
{
    static const char junk[] =
        "This is a letter and not a database, though it is long enough to be "
        "taken for one by its size.";
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("guildhall-test-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "letter.db", NULL);

    g_file_set_contents(path, junk, -1, NULL);
    for (int how = GH_STORE_MUST_EXIST; how <= GH_STORE_CREATE_OR_UPGRADE; how++) {
        g_clear_error(&error);
        g_autoptr(GhStore) store = gh_store_open(path, (GhStoreOpen)how, &error);
        g_assert_null(store);
        g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
    }
    g_autofree char *content = NULL;
    g_file_get_contents(path, &content, NULL, NULL);
    g_assert_cmpstr(content, ==, junk);
    g_remove(path);
    g_rmdir(folder);
}

static void
test_unreachable_server_is_told(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhStore) store = gh_store_open("postgresql://anna:hidden@/city?host=/nonexistent",
                                             GH_STORE_MUST_EXIST, &error);
    g_assert_null(store);
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
    g_assert_true(g_str_has_prefix(error->message, "cannot open database postgresql:///city: "));
    g_assert_null(strstr(error->message, "hidden"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/store/a write is kept and raises the version", test_write_is_kept);
    gh_store_testing_each("/store/a server sees the version of other programs in time",
                          test_version_may_be_a_little_old);
    gh_store_testing_each("/store/work that gives up leaves nothing",
                          test_work_that_gives_up_leaves_nothing);
    gh_store_testing_each("/store/a change without an audit entry is refused",
                          test_change_without_audit_is_refused);
    gh_store_testing_each("/store/house keeping needs no audit entry and keeps the version",
                          test_house_keeping_needs_no_audit);
    gh_store_testing_each("/store/a write that changes nothing keeps the version",
                          test_write_without_change_keeps_version);
    gh_store_testing_each("/store/a broken constraint is told without the value",
                          test_constraint_is_told);
    gh_store_testing_each("/store/a failed statement that was passed over spoils the write",
                          test_failed_statement_spoils);
    gh_store_testing_each("/store/a read may not write", test_read_may_not_write);
    gh_store_testing_each("/store/rows of working tables do not count",
                          test_working_tables_do_not_count);
    gh_store_testing_each("/store/a failure that may pass is tried again",
                          test_passing_failure_is_tried_again);
    gh_store_testing_on("/store/lost connections are replaced", GH_ENGINE_POSTGRESQL,
                        test_lost_connections_are_replaced);
    gh_store_testing_each("/store/no store has the serial of another", test_serials_differ);
    g_test_add_func("/store/a missing database names the remedy",
                    test_missing_database_names_remedy);
    g_test_add_func("/store/a foreign file is refused and left alone",
                    test_foreign_file_is_refused);
    g_test_add_func("/store/an unreachable server is told", test_unreachable_server_is_told);
    return g_test_run();
}
