/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* store_testing.h - tests that run on SQLite and on PostgreSQL. For test programs only.
 *
 *     static void
 *     test_city_is_found(GhStoreTesting *testing) { ... testing->store ... }
 *
 *     gh_store_testing_each("/city/a city is found by its slug", test_city_is_found);
 *
 * Each registered test becomes two: PATH/sqlite in a temporary folder, and PATH/postgresql in a
 * schema of its own on the server that GUILDHALL_TEST_PG names (tests/support/with-postgres); it is
 * skipped, with the reason, where there is none. Tests can run side by side.
 */
#pragma once

#include "store/store.h"

typedef struct {
    GhEngine engine;
    char *folder;   /* temporary, for the files of the test; removed with all in it */
    char *location; /* of the database */
    GhStore *store; /* open, migrated, empty; a test may free it and put NULL or another here */
} GhStoreTesting;

typedef void (*GhStoreTestFunc)(GhStoreTesting *testing);

void gh_store_testing_each(const char *path, GhStoreTestFunc func);

/* On one engine only, for what the other does not have. */
void gh_store_testing_on(const char *path, GhEngine engine, GhStoreTestFunc func);

/* Location of another database, not created yet, that goes away with the test. NULL when engine is
 * PostgreSQL and there is none: the test is then marked as skipped and should return. The caller
 * owns it. */
char *gh_store_testing_location(GhStoreTesting *testing, GhEngine engine, const char *name);

/* Statements past the store, as an intruder or an old program would run them; asserts success. */
void gh_store_testing_script(const char *location, const char *sql);

/* All rows of all tables as text, tables and rows sorted, for comparing two databases. Tables whose
 * names are in except ("job audit_head", may be NULL) are left out. The caller owns it. */
char *gh_store_testing_dump(const char *location, const char *except);
