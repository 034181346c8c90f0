/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Values, order, streams and bulk loads: what a statement means must not depend on the engine. */
#include "store/store.h"

#include "store/audit.h"
#include "store/store_testing.h"

#include <float.h>
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

/* -- values -- */

static const char SQL_PUT[] = "INSERT INTO play (id, n, x, t, b) VALUES ($1, $2, $3, $4, $5)";
static const char SQL_GET[] = "SELECT id, n, x, t, b FROM play WHERE id = $1";

static bool
put_extremes(GhDb *db, void *data, GError **error)
{
    static const char bytes[] = {0, 1, (char)0xff, 0, 'x'};
    (void)data;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_PUT, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, G_MAXINT64);
    gh_query_bind_int64(query, 2, -7);
    gh_query_bind_double(query, 3, 0.1 + 0.2);
    gh_query_bind_text(query, 4, "Kárášjohka – 北京 'quoted' \\ \t$1");
    gh_query_bind_bytes(query, 5, bytes, sizeof bytes);
    if (!gh_query_run(query, NULL, error))
        return false;

    gh_query_bind_int64(query, 1, G_MININT64);
    gh_query_bind_null(query, 2);
    gh_query_bind_double(query, 3, -DBL_MAX);
    gh_query_bind_text(query, 4, "");
    gh_query_bind_bytes(query, 5, NULL, 0);
    if (!gh_query_run(query, NULL, error))
        return false;

    /* Bindings were cleared: what is not bound is NULL. */
    gh_query_bind_int64(query, 1, 0);
    gh_query_bind_double(query, 3, DBL_TRUE_MIN);
    gh_query_bind_text(query, 4, NULL);
    return gh_query_run(query, NULL, error) && audit(db, error);
}

static bool
check_extremes(GhDb *db, void *data, GError **error)
{
    static const char bytes[] = {0, 1, (char)0xff, 0, 'x'};
    size_t n_bytes = 0;
    bool row = false;
    (void)data;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_GET, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, G_MAXINT64);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_true(row);
    g_assert_cmpint(gh_query_int64(query, 0), ==, G_MAXINT64);
    g_assert_cmpint(gh_query_int64(query, 1), ==, -7);
    g_assert_true(gh_query_double(query, 2) == 0.1 + 0.2);
    g_assert_cmpstr(gh_query_text(query, 3), ==, "Kárášjohka – 北京 'quoted' \\ \t$1");
    const void *got = gh_query_bytes(query, 4, &n_bytes);
    g_assert_cmpuint(n_bytes, ==, sizeof bytes);
    g_assert_true(memcmp(got, bytes, sizeof bytes) == 0);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_false(row);

    gh_query_reset(query);
    gh_query_bind_int64(query, 1, G_MININT64);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_cmpint(gh_query_int64(query, 0), ==, G_MININT64);
    g_assert_true(gh_query_is_null(query, 1));
    g_assert_cmpint(gh_query_int64(query, 1), ==, 0);
    g_assert_true(gh_query_double(query, 2) == -DBL_MAX);
    g_assert_cmpstr(gh_query_text(query, 3), ==, "");
    g_assert_nonnull(gh_query_bytes(query, 4, &n_bytes));
    g_assert_cmpuint(n_bytes, ==, 0);

    gh_query_reset(query);
    gh_query_bind_int64(query, 1, 0);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_true(gh_query_double(query, 2) == DBL_TRUE_MIN);
    g_assert_null(gh_query_text(query, 3));
    g_assert_null(gh_query_bytes(query, 4, &n_bytes));
    return true;
}

static void
test_values_come_back_exactly(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    gh_store_write(testing->store, put_extremes, NULL, &error);
    g_assert_no_error(error);
    gh_store_read(testing->store, check_extremes, NULL, &error);
    g_assert_no_error(error);
}

static bool
same_statement_other_types(GhDb *db, void *data, GError **error)
{
    static const char SQL_SUM[] = "SELECT $1 + 1 = $2, $2 IS NULL";
    bool row = false;
    (void)data;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_SUM, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, 1);
    gh_query_bind_int64(query, 2, 2);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_cmpint(gh_query_int64(query, 0), ==, 1); /* true is 1 on both */
    g_assert_cmpint(gh_query_int64(query, 1), ==, 0);

    gh_query_reset(query);
    gh_query_bind_double(query, 1, 0.5);
    gh_query_bind_double(query, 2, 1.5);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_cmpint(gh_query_int64(query, 0), ==, 1);

    gh_query_reset(query);
    gh_query_bind_double(query, 1, 0.5);
    gh_query_bind_null(query, 2);
    if (!gh_query_next(query, &row, error))
        return false;
    g_assert_true(gh_query_is_null(query, 0));
    g_assert_cmpint(gh_query_int64(query, 1), ==, 1);
    return true;
}

static void
test_parameters_may_change_type(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    gh_store_read(testing->store, same_statement_other_types, NULL, &error);
    g_assert_no_error(error);
}

/* -- order and streams -- */

static bool
check_order(GhDb *db, void *data, GError **error)
{
    static const char SQL_ORDER[] = "SELECT t FROM play WHERE t LIKE '%' ORDER BY t";
    static const char SQL_LIKE[] = "SELECT COUNT(*) FROM play WHERE t LIKE 'a%'";
    static const char *const want[] = {"B", "a", "b", "Ä"}; /* bytes, not a dictionary */
    bool row = false;
    (void)data;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ORDER, error);
    if (query == NULL)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        if (!gh_query_next(query, &row, error))
            return false;
        g_assert_cmpstr(gh_query_text(query, 0), ==, want[i]);
    }
    g_autoptr(GhQuery) like = gh_db_query(db, SQL_LIKE, error);
    if (like == NULL || !gh_query_next(like, &row, error))
        return false;
    g_assert_cmpint(gh_query_int64(like, 0), ==, 1);
    return true;
}

static void
test_text_sorts_by_bytes(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    gh_store_testing_script(testing->location, "INSERT INTO play (id, t)"
                                               " VALUES (1, 'a'), (2, 'b'), (3, 'B'), (4, 'Ä')");
    gh_store_read(testing->store, check_order, NULL, &error);
    g_assert_no_error(error);
}

enum {
    MANY = 5000
};

static bool
fill_many(GhDb *db, void *data, GError **error)
{
    (void)data;
    g_autoptr(GhBulk) bulk = gh_db_bulk(db, "play", "id, n, x, t, b", 5, error);
    if (bulk == NULL)
        return false;
    for (int i = 0; i < MANY; i++) {
        char text[32];
        g_snprintf(text, sizeof text, "row %d", i);
        gh_bulk_int64(bulk, i);
        gh_bulk_int64(bulk, i % 10);
        gh_bulk_double(bulk, i / 3.0);
        gh_bulk_text(bulk, text);
        memset(text, 'x', sizeof text - 1); /* the bulk load has its own copy */
        if (i % 2 == 0)
            gh_bulk_null(bulk);
        else
            gh_bulk_bytes(bulk, &i, sizeof i);
        if (!gh_bulk_end_row(bulk, error))
            return false;
    }
    if (!gh_bulk_finish(bulk, error))
        return false;
    g_clear_pointer(&bulk, gh_bulk_free);
    return audit(db, error);
}

static const char SQL_EACH[] = "SELECT id, n, x, t, b FROM play ORDER BY id";

static bool
read_many(GhDb *db, void *data, GError **error)
{
    bool row = false;
    (void)data;

    g_autoptr(GhQuery) each = gh_db_query(db, SQL_EACH, error);
    if (each == NULL)
        return false;
    for (int i = 0; i < MANY; i++) {
        char text[32];
        size_t n_bytes = 0;
        if (!gh_query_next(each, &row, error))
            return false;
        g_assert_true(row);
        g_snprintf(text, sizeof text, "row %d", i);
        g_assert_cmpint(gh_query_int64(each, 0), ==, i);
        g_assert_cmpint(gh_query_int64(each, 1), ==, i % 10);
        g_assert_true(gh_query_double(each, 2) == i / 3.0);
        g_assert_cmpstr(gh_query_text(each, 3), ==, text);
        const void *bytes = gh_query_bytes(each, 4, &n_bytes);
        g_assert_cmpuint(n_bytes, ==, i % 2 == 0 ? (size_t)0 : sizeof i);
        g_assert_true((bytes == NULL) == (i % 2 == 0));

        /* The same statement, and another, in the middle of the first. */
        if (i == 100) {
            g_autoptr(GhQuery) again = gh_db_query(db, SQL_EACH, error);
            if (again == NULL || !gh_query_next(again, &row, error))
                return false;
            g_assert_cmpint(gh_query_int64(again, 0), ==, 0);
            g_assert_cmpint(gh_query_int64(each, 0), ==, 100);
        }
    }
    if (!gh_query_next(each, &row, error))
        return false;
    g_assert_false(row);
    return true;
}

static void
test_bulk_and_stream(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    gh_store_write(testing->store, fill_many, NULL, &error);
    g_assert_no_error(error);
    gh_store_read(testing->store, read_many, NULL, &error);
    g_assert_no_error(error);
}

static bool
leave_bulk(GhDb *db, void *data, GError **error)
{
    (void)data;
    g_autoptr(GhBulk) bulk = gh_db_bulk(db, "play", "id", 1, error);
    if (bulk == NULL)
        return false;
    gh_bulk_int64(bulk, 1);
    return gh_bulk_end_row(bulk, error);
}

static void
test_unfinished_bulk_keeps_nothing(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    g_assert_false(gh_store_write(testing->store, leave_bulk, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL);
    g_assert_cmpint(count_play(testing->store), ==, 0);
    gh_store_write(testing->store, fill_many, NULL, NULL); /* the connection still works */
    g_assert_cmpint(count_play(testing->store), ==, MANY);
}

static bool
double_bulk(GhDb *db, void *data, GError **error)
{
    (void)data;
    g_autoptr(GhBulk) bulk = gh_db_bulk(db, "play", "id", 1, error);
    if (bulk == NULL)
        return false;
    for (int i = 0; i < 2; i++) {
        gh_bulk_int64(bulk, 1);
        if (!gh_bulk_end_row(bulk, error))
            return false;
    }
    return gh_bulk_finish(bulk, error);
}

static void
test_bulk_meets_constraints(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    make_play(testing);
    g_assert_false(gh_store_write(testing->store, double_bulk, NULL, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_CONSTRAINT);
    g_assert_cmpint(count_play(testing->store), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/query/values come back exactly", test_values_come_back_exactly);
    gh_store_testing_each("/query/a statement's parameters may change type",
                          test_parameters_may_change_type);
    gh_store_testing_each("/query/text sorts by its bytes", test_text_sorts_by_bytes);
    gh_store_testing_each("/query/many rows go in and stream out", test_bulk_and_stream);
    gh_store_testing_each("/query/a bulk load left unfinished keeps nothing",
                          test_unfinished_bulk_keeps_nothing);
    gh_store_testing_each("/query/a bulk load meets the constraints", test_bulk_meets_constraints);
    return g_test_run();
}
