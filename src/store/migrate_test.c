/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/store_engine.h"
#include "store/store_testing.h"

#include <string.h>

static void
refuse(GhStoreTesting *testing, GhStoreOpen how, GhStoreError want, const char *want_in_message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhStore) store = gh_store_open(testing->location, how, &error);
    g_assert_null(store);
    g_assert_error(error, GH_STORE_ERROR, (int)want);
    g_assert_nonnull(strstr(error->message, want_in_message));
}

static void
test_second_open_changes_nothing(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *before = gh_store_testing_dump(testing->location, NULL);
    gh_store_free(testing->store);
    testing->store = gh_store_open(testing->location, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    g_autofree char *after = gh_store_testing_dump(testing->location, NULL);
    g_assert_cmpstr(before, ==, after);
}

static void
test_newer_database_is_refused(GhStoreTesting *testing)
{
    gh_store_testing_script(testing->location,
                            "INSERT INTO schema_migration (version, name, sha256, applied_us)"
                            " VALUES (9999, '9999_future.sql', 'x', 1)");
    refuse(testing, GH_STORE_MUST_EXIST, GH_STORE_ERROR_NEWER, "9999");
    refuse(testing, GH_STORE_CREATE_OR_UPGRADE, GH_STORE_ERROR_NEWER, "newer");
}

static void
test_changed_migration_is_refused(GhStoreTesting *testing)
{
    gh_store_testing_script(testing->location,
                            "UPDATE schema_migration SET sha256 = 'x' WHERE version = 1");
    refuse(testing, GH_STORE_MUST_EXIST, GH_STORE_ERROR_DAMAGED, "0001_platform.sql");
    refuse(testing, GH_STORE_CREATE_OR_UPGRADE, GH_STORE_ERROR_DAMAGED, "0001_platform.sql");
}

static void
test_older_database_asks_for_init(GhStoreTesting *testing)
{
    gh_store_testing_script(testing->location, "DELETE FROM schema_migration WHERE version > 1");
    refuse(testing, GH_STORE_MUST_EXIST, GH_STORE_ERROR_OLDER, "run guildhall init");
}

static void
test_foreign_tables_are_left_alone(GhStoreTesting *testing)
{
    g_free(testing->location);
    testing->location = gh_store_testing_location(testing, testing->engine, "foreign");
    gh_store_testing_script(testing->location, "CREATE TABLE invoice (id INTEGER)");
    refuse(testing, GH_STORE_MUST_EXIST, GH_STORE_ERROR_OPEN, "not one of guildhall");
    refuse(testing, GH_STORE_CREATE_OR_UPGRADE, GH_STORE_ERROR_OPEN, "something else");
}

static void
test_empty_database_asks_for_init(GhStoreTesting *testing)
{
    g_free(testing->location);
    testing->location = gh_store_testing_location(testing, testing->engine, "empty");
    if (testing->engine == GH_ENGINE_SQLITE)
        g_assert_true(g_file_set_contents(testing->location, "", 0, NULL));
    refuse(testing, GH_STORE_MUST_EXIST, GH_STORE_ERROR_OPEN, "run guildhall init");
}

static void *
open_new(void *location)
{
    g_autoptr(GError) error = NULL;
    GhStore *store = gh_store_open(location, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    gh_store_free(store);
    return NULL;
}

static void
test_two_at_once_migrate_once(GhStoreTesting *testing)
{
    enum {
        AT_ONCE = 4
    };
    pthread_t threads[AT_ONCE];
    g_autofree char *location = gh_store_testing_location(testing, testing->engine, "race");

    for (int i = 0; i < AT_ONCE; i++)
        g_assert_cmpint(pthread_create(&threads[i], NULL, open_new, location), ==, 0);
    for (int i = 0; i < AT_ONCE; i++)
        g_assert_cmpint(pthread_join(threads[i], NULL), ==, 0);
    open_new(location);
}

static bool
check_collations(GhDb *db, void *data, GError **error)
{
    static const char SQL_OTHER[] = "SELECT COUNT(*)"
                                    " FROM information_schema.columns"
                                    " WHERE table_schema = current_schema() AND data_type = 'text'"
                                    "  AND COALESCE(collation_name, '') <> 'C'";
    bool row = false;
    (void)data;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OTHER, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    g_assert_cmpint(gh_query_int64(query, 0), ==, 0);
    return true;
}

static void
test_text_columns_sort_by_bytes(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    gh_store_read(testing->store, check_collations, NULL, &error);
    g_assert_no_error(error);
}

static void
test_lines_of_the_other_engine_are_left_out(void)
{
    static const char sql[] =
        "a,\n  b BLOB, -- sqlite\n  b BYTEA, -- postgresql  \nc -- sqlite too\n";
    g_autofree char *sqlite = gh_schema_for_engine(sql, GH_ENGINE_SQLITE);
    g_autofree char *postgres = gh_schema_for_engine(sql, GH_ENGINE_POSTGRESQL);
    g_assert_cmpstr(sqlite, ==, "a,\n  b BLOB, -- sqlite\n\nc -- sqlite too\n\n");
    g_assert_cmpstr(postgres, ==, "a,\n\n  b BYTEA, -- postgresql\nc -- sqlite too\n\n");
}

static void
test_migrations_are_numbered_without_gaps(void)
{
    g_autoptr(GPtrArray) migrations = gh_schema_load();
    for (unsigned i = 0; i < migrations->len; i++) {
        const GhMigration *migration = g_ptr_array_index(migrations, i);
        g_assert_cmpint(migration->version, ==, (int)i + 1);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/migrate/a second open changes nothing",
                          test_second_open_changes_nothing);
    gh_store_testing_each("/migrate/a database of a newer program is refused",
                          test_newer_database_is_refused);
    gh_store_testing_each("/migrate/a migration with another text is refused",
                          test_changed_migration_is_refused);
    gh_store_testing_each("/migrate/a database of an older program asks for init",
                          test_older_database_asks_for_init);
    gh_store_testing_each("/migrate/tables of something else are left alone",
                          test_foreign_tables_are_left_alone);
    gh_store_testing_each("/migrate/an empty database asks for init",
                          test_empty_database_asks_for_init);
    gh_store_testing_each("/migrate/programs that start at once migrate once",
                          test_two_at_once_migrate_once);
    gh_store_testing_on("/migrate/text columns sort by bytes in any locale", GH_ENGINE_POSTGRESQL,
                        test_text_columns_sort_by_bytes);
    g_test_add_func("/migrate/lines of the other engine are left out",
                    test_lines_of_the_other_engine_are_left_out);
    g_test_add_func("/migrate/migrations are numbered without gaps",
                    test_migrations_are_numbered_without_gaps);
    return g_test_run();
}
