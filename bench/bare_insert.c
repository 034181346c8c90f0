/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bare_insert.c - the floor under the import: the same number of rows through one prepared INSERT into
 * the figure table of an existing database, in one transaction, in key order. No parsing, no checks, no
 * history, no audit trail. Prints seconds (wall, CPU).
 *
 *   bare_insert DATABASE N_CITIES N_FIGURES_EACH
 *
 * The database must be a fresh one (guildhall init); it is only good for throwing away afterwards. */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char SQL_INSERT[] =
    "INSERT INTO figure (city_id, data_point_key, year, status, value, numerator, denominator, how,"
    " quality, verification, month, report, unit, source, note, framework_version, audit_seq)"
    " VALUES (?1, ?2, 2025, 1, ?3, NULL, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, '1', 1)";

static double
seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int
run(sqlite3 *db, long n_cities, long n_each)
{
    sqlite3_stmt *statement = NULL;
    /* Foreign keys are off: their checks belong to the import, not to the floor. */
    if (sqlite3_exec(db, "PRAGMA synchronous=FULL; BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK
        || sqlite3_prepare_v2(db, SQL_INSERT, -1, &statement, NULL) != SQLITE_OK)
        return 1;

    for (long city = 0; city < n_cities; city++) {
        for (long point = 0; point < n_each; point++) {
            sqlite3_bind_int64(statement, 1, ((int64_t)1 << 60) + (int64_t)city * 4096);
            sqlite3_bind_int64(statement, 2, ((int64_t)1 << 59) + (int64_t)point * 4096);
            sqlite3_bind_double(statement, 3, (double)(city * 7 + point) / 11.0);
            if (sqlite3_step(statement) != SQLITE_DONE)
                return 1;
            sqlite3_reset(statement);
        }
    }
    sqlite3_finalize(statement);
    return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK;
}

int
main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    if (argc != 4 || sqlite3_open(argv[1], &db) != SQLITE_OK) {
        fprintf(stderr, "usage: bare_insert DATABASE N_CITIES N_FIGURES_EACH\n");
        return 2;
    }

    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (run(db, strtol(argv[2], NULL, 10), strtol(argv[3], NULL, 10)) != 0) {
        fprintf(stderr, "bare_insert: %s\n", sqlite3_errmsg(db));
        return 1;
    }
    printf("%.6f %.6f\n", seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    sqlite3_close(db);
    return 0;
}
