/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store_testing.c - tests that run on SQLite and on PostgreSQL. */
#include "store/store_testing.h"

#include "store/copy.h"
#include "store/store_engine.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    GhEngine engine;
    GhStoreTestFunc func;
} Case;

static const char NO_SERVER[] = "no PostgreSQL: GUILDHALL_TEST_PG is not set; run the tests "
                                "through tests/support/with-postgres";

static const char *
server_address(void)
{
    const char *address = g_getenv("GUILDHALL_TEST_PG");
    return address == NULL || address[0] == '\0' ? NULL : address;
}

static void
run_on_postgres(const char *address, const char *sql)
{
    PGconn *conn = PQconnectdb(address);
    if (PQstatus(conn) != CONNECTION_OK)
        g_error("%s", PQerrorMessage(conn));
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        g_error("%s", PQresultErrorMessage(result));
    PQclear(result);
    PQfinish(conn);
}

static void
run_on_sqlite(const char *path, const char *sql)
{
    sqlite3 *handle = NULL;
    char *message = NULL;
    if (sqlite3_open(path, &handle) != SQLITE_OK)
        g_error("%s: %s", path, sqlite3_errmsg(handle));
    (void)sqlite3_busy_timeout(handle, 10000);
    if (sqlite3_exec(handle, sql, NULL, NULL, &message) != SQLITE_OK)
        g_error("%s", message);
    (void)sqlite3_close(handle);
}

void
gh_store_testing_script(const char *location, const char *sql)
{
    if (gh_store_is_address(location))
        run_on_postgres(location, sql);
    else
        run_on_sqlite(location, sql);
}

/* The schemas of a test begin with its process and its folder's random name. */
static char *
schema_name(const GhStoreTesting *testing, const char *name)
{
    g_autofree char *base = g_path_get_basename(testing->folder);
    g_autofree char *schema = g_strdup_printf("t%d_%s_%s", (int)getpid(), base, name);
    g_autofree char *lower = g_ascii_strdown(schema, -1);
    return g_strdup(g_strcanon(lower, "abcdefghijklmnopqrstuvwxyz0123456789", '_'));
}

char *
gh_store_testing_location(GhStoreTesting *testing, GhEngine engine, const char *name)
{
    if (engine == GH_ENGINE_SQLITE) {
        g_autofree char *file = g_strconcat(name, ".db", NULL);
        return g_build_filename(testing->folder, file, NULL);
    }

    const char *address = server_address();
    if (address == NULL) {
        g_test_skip(NO_SERVER);
        return NULL;
    }
    g_autofree char *schema = schema_name(testing, name);
    g_autofree char *create = g_strdup_printf("CREATE SCHEMA %s", schema);
    run_on_postgres(address, create);
    /* The name of the application lets a test find the connections of its own database. */
    return g_strdup_printf("%s%coptions=-csearch_path%%3D%s&application_name=%s", address,
                           strchr(address, '?') == NULL ? '?' : '&', schema, schema);
}

static void
drop_schemas(const GhStoreTesting *testing)
{
    const char *address = server_address();
    if (address == NULL)
        return;

    g_autofree char *prefix = schema_name(testing, "");
    g_autofree char *sql = g_strdup_printf("DO $$ DECLARE s text; BEGIN"
                                           " FOR s IN SELECT nspname FROM pg_catalog.pg_namespace"
                                           "  WHERE starts_with(nspname, '%s')"
                                           " LOOP"
                                           "  SET LOCAL client_min_messages = error;"
                                           "  EXECUTE format('DROP SCHEMA %%I CASCADE', s);"
                                           " END LOOP; END $$",
                                           prefix);
    run_on_postgres(address, sql);
}

static void
remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            remove_folder(path);
        else
            (void)g_remove(path); /* what is left over is only a file in /tmp */
    }
    (void)g_rmdir(folder);
}

static void
run_case(gconstpointer data)
{
    const Case *one = data;
    g_autoptr(GError) error = NULL;
    GhStoreTesting testing = {.engine = one->engine};

    testing.folder = g_dir_make_tmp("guildhall-test-XXXXXX", &error);
    g_assert_no_error(error);
    testing.location = gh_store_testing_location(&testing, one->engine, "main");
    if (testing.location != NULL) {
        testing.store = gh_store_open(testing.location, GH_STORE_CREATE_OR_UPGRADE, &error);
        g_assert_no_error(error);
        one->func(&testing);
        gh_store_free(testing.store);
        drop_schemas(&testing);
    }
    remove_folder(testing.folder);
    g_free(testing.location);
    g_free(testing.folder);
}

void
gh_store_testing_on(const char *path, GhEngine engine, GhStoreTestFunc func)
{
    const char *name = engine == GH_ENGINE_SQLITE ? "sqlite" : "postgresql";
    g_autofree char *full = g_strconcat(path, "/", name, NULL);
    Case *one = g_new0(Case, 1);
    one->engine = engine;
    one->func = func;
    g_test_add_data_func_full(full, one, run_case, g_free);
}

void
gh_store_testing_each(const char *path, GhStoreTestFunc func)
{
    gh_store_testing_on(path, GH_ENGINE_SQLITE, func);
    gh_store_testing_on(path, GH_ENGINE_POSTGRESQL, func);
}

/* -- comparing -- */

static gint
by_name(gconstpointer a, gconstpointer b)
{
    const GhCopyTable *const *one = a;
    const GhCopyTable *const *other = b;
    return strcmp((*one)->name, (*other)->name);
}

static bool
is_listed(const char *names, const char *name)
{
    g_auto(GStrv) list = g_strsplit(names == NULL ? "" : names, " ", -1);
    return g_strv_contains((const char *const *)list, name);
}

static void
dump_row(GString *text, GhQuery *query, const GhCopyTable *table)
{
    for (unsigned i = 0; i < table->kinds->len; i++) {
        size_t n_bytes = 0;
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        const unsigned char *bytes = NULL;

        g_string_append_c(text, '|');
        if (gh_query_is_null(query, (int)i)) {
            g_string_append(text, "NULL");
            continue;
        }
        switch (g_array_index(table->kinds, GhCopyKind, i)) {
        case GH_COPY_DOUBLE:
            g_string_append(text,
                            g_ascii_dtostr(number, sizeof number, gh_query_double(query, (int)i)));
            break;
        case GH_COPY_BYTES:
            bytes = gh_query_bytes(query, (int)i, &n_bytes);
            for (size_t b = 0; b < n_bytes; b++)
                g_string_append_printf(text, "%02x", bytes[b]);
            break;
        case GH_COPY_INT64:
        case GH_COPY_TEXT:
            g_string_append(text, gh_query_text(query, (int)i));
        }
    }
    g_string_append_c(text, '\n');
}

typedef struct {
    GPtrArray *tables;
    const char *except;
    GString *text;
} Dump;

static bool
dump_tables(GhDb *db, void *data, GError **error)
{
    Dump *dump = data;

    for (unsigned i = 0; i < dump->tables->len; i++) {
        const GhCopyTable *table = g_ptr_array_index(dump->tables, i);
        bool row = false;
        if (is_listed(dump->except, table->name))
            continue;
        g_string_append_printf(dump->text, "%s (%s)\n", table->name, table->columns);
        g_autoptr(GhQuery) query = gh_db_query(db, gh_copy_select(table), error);
        if (query == NULL || !gh_query_next(query, &row, error))
            return false;
        while (row) {
            dump_row(dump->text, query, table);
            if (!gh_query_next(query, &row, error))
                return false;
        }
    }
    return true;
}

static bool
list_tables(GhDb *db, void *data, GError **error)
{
    GPtrArray **ret_tables = data;
    *ret_tables = gh_copy_list_tables(db, error);
    return *ret_tables != NULL;
}

/* The tables as a fresh SQLite database has them: the same on both engines. */
static GPtrArray *
known_tables(void)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *tables = NULL;
    g_autofree char *folder = g_dir_make_tmp("guildhall-test-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "tables.db", NULL);

    g_autoptr(GhStore) store = gh_store_open(path, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    gh_store_read(store, list_tables, &tables, &error);
    g_assert_no_error(error);
    g_clear_pointer(&store, gh_store_free);
    remove_folder(folder);
    g_ptr_array_sort(tables, by_name);
    return tables;
}

char *
gh_store_testing_dump(const char *location, const char *except)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) tables = known_tables();
    Dump dump = {.tables = tables, .except = except, .text = g_string_new(NULL)};

    g_autoptr(GhDb) db = gh_db_open(location, GH_STORE_MUST_EXIST, &error);
    g_assert_no_error(error);
    bool dumped = gh_db_transact(db, GH_TX_READ, dump_tables, &dump, &error);
    g_assert_no_error(error);
    g_assert_true(dumped);
    return g_string_free(dump.text, FALSE);
}
