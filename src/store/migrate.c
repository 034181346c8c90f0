/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* migrate.c - bringing a database up to date, and refusing what does not fit.
 *
 * Each migration runs in one transaction together with its row in schema_migration. The transaction
 * holds a lock (SQLite: the write lock; PostgreSQL: an advisory lock), and looks again inside it
 * which migrations are there: of two programs that start at once, one does the work.
 */
#include "store/store_engine.h"

#include "base/clock.h"

#include <string.h>

typedef struct {
    int version;
    char sha256[GH_HASH_TEXT_SIZE];
} Applied;

typedef struct {
    GArray *applied;         /* of Applied; filled by read_applied */
    bool is_ours;            /* the table schema_migration exists */
    bool is_empty;           /* no table at all */
    const GPtrArray *known;  /* of GhMigration, borrowed */
    const GhMigration *next; /* the one to run, or NULL: nothing left */
    const char *location;    /* as shown in messages, borrowed */
} Migrator;

static const char SQL_TABLES_SQLITE[] =
    "SELECT COUNT(*), COALESCE(SUM(name = 'schema_migration'), 0)"
    " FROM sqlite_schema"
    " WHERE type = 'table'";

static const char SQL_TABLES_POSTGRES[] =
    "SELECT COUNT(*), COUNT(*) FILTER (WHERE tablename = 'schema_migration')"
    " FROM pg_catalog.pg_tables"
    " WHERE schemaname = current_schema()";

static const char SQL_APPLIED[] = "SELECT version, sha256"
                                  " FROM schema_migration"
                                  " ORDER BY version";

static bool
look_for_tables(GhDb *db, Migrator *migrator, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(
        db, db->engine == GH_ENGINE_SQLITE ? SQL_TABLES_SQLITE : SQL_TABLES_POSTGRES, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;

    g_assert(row);
    migrator->is_empty = gh_query_int64(query, 0) == 0;
    migrator->is_ours = gh_query_int64(query, 1) > 0;
    return true;
}

static bool
read_applied(GhDb *db, void *data, GError **error)
{
    Migrator *migrator = data;
    bool row = false;

    g_array_set_size(migrator->applied, 0);
    if (!look_for_tables(db, migrator, error))
        return false;
    if (!migrator->is_ours)
        return true;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_APPLIED, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;

    while (row) {
        Applied applied = {.version = (int)gh_query_int64(query, 0)};
        g_strlcpy(applied.sha256, gh_query_text(query, 1), sizeof applied.sha256);
        g_array_append_val(migrator->applied, applied);
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

/* Whether the migrations in the database are the first ones of those known. */
static bool
check_applied(const Migrator *migrator, GError **error)
{
    for (unsigned i = 0; i < migrator->applied->len; i++) {
        const Applied *applied = &g_array_index(migrator->applied, Applied, i);
        const GhMigration *known =
            i < migrator->known->len ? g_ptr_array_index(migrator->known, i) : NULL;

        if (known == NULL || known->version != applied->version) {
            g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_NEWER,
                        "database %s has migration %04d, which this program (%s) does not know: it "
                        "was made by a newer one; install that version of guildhall",
                        migrator->location, applied->version, GH_VERSION);
            return false;
        }
        if (strcmp(known->sha256, applied->sha256) != 0) {
            g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_DAMAGED,
                        "database %s was made with another text of migration %s: it comes from a "
                        "changed program; restore a backup into a database of this one",
                        migrator->location, known->name);
            return false;
        }
    }
    return true;
}

static bool
check_complete(const Migrator *migrator, GError **error)
{
    if (!migrator->is_ours) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
                    "database %s is %s; run guildhall init", migrator->location,
                    migrator->is_empty ? "empty" : "not one of guildhall: name another");
        return false;
    }
    if (migrator->applied->len < migrator->known->len) {
        const GhMigration *next = g_ptr_array_index(migrator->known, migrator->applied->len);
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OLDER,
                    "database %s was made by an older guildhall and lacks migration %s; make a "
                    "backup, then run guildhall init",
                    migrator->location, next->name);
        return false;
    }
    return true;
}

static const char SQL_MIGRATION_TABLE[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                                          " version INTEGER NOT NULL PRIMARY KEY,"
                                          " name TEXT NOT NULL,"
                                          " sha256 TEXT NOT NULL,"
                                          " applied_us BIGINT NOT NULL)";

/* Text is sorted by its bytes on both engines, whatever locale the PostgreSQL database was created
 * with: every text column gets the collation "C". The tables are new, so this costs nothing. */
static const char SQL_COLLATE_POSTGRES[] =
    "DO $$"
    " DECLARE c record;"
    " BEGIN"
    "  FOR c IN"
    "   SELECT a.attrelid::regclass AS relation, a.attname AS name"
    "   FROM pg_catalog.pg_attribute a"
    "   JOIN pg_catalog.pg_class t ON t.oid = a.attrelid"
    "   JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace"
    "   WHERE n.nspname = current_schema() AND t.relkind = 'r' AND a.attnum > 0"
    "    AND NOT a.attisdropped AND a.atttypid = 'text'::regtype"
    "    AND a.attcollation <> '\"C\"'::regcollation"
    "  LOOP"
    "   EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE text COLLATE \"C\"',"
    "                  c.relation, c.name);"
    "  END LOOP;"
    " END $$";

static const char SQL_RECORD[] = "INSERT INTO schema_migration (version, name, sha256, applied_us)"
                                 " VALUES ($1, $2, $3, $4)";

static bool
record(GhDb *db, const GhMigration *migration, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_RECORD, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, migration->version);
    gh_query_bind_text(query, 2, migration->name);
    gh_query_bind_text(query, 3, migration->sha256);
    gh_query_bind_int64(query, 4, gh_clock_now_us());
    return gh_query_run(query, NULL, error);
}

/* Runs the first migration that is missing, if any. */
static bool
run_next(GhDb *db, void *data, GError **error)
{
    Migrator *migrator = data;

    migrator->next = NULL;
    if (!read_applied(db, migrator, error) || !check_applied(migrator, error))
        return false;
    if (migrator->applied->len == migrator->known->len)
        return true;
    if (!migrator->is_ours && !migrator->is_empty) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
                    "database %s already holds tables of something else; name another",
                    migrator->location);
        return false;
    }

    const GhMigration *next = g_ptr_array_index(migrator->known, migrator->applied->len);
    g_autofree char *sql = gh_schema_for_engine(next->sql, db->engine);
    if (!db->ops->script(db, SQL_MIGRATION_TABLE, error))
        return false;
    if (!db->ops->script(db, sql, error)) {
        g_prefix_error(error, "migration %s: ", next->name);
        return false;
    }
    if (db->engine == GH_ENGINE_POSTGRESQL && !db->ops->script(db, SQL_COLLATE_POSTGRES, error))
        return false;

    migrator->next = next;
    return record(db, next, error);
}

static bool
run_missing(GhDb *db, Migrator *migrator, GError **error)
{
    do {
        if (!gh_db_transact(db, GH_TX_MIGRATE, run_next, migrator, error))
            return false;
    } while (migrator->next != NULL);
    return true;
}

bool
gh_migrate(GhDb *db, const char *shown_location, GhStoreOpen how, GError **error)
{
    g_autoptr(GPtrArray) known = gh_schema_load();
    g_autoptr(GArray) applied = g_array_new(FALSE, FALSE, sizeof(Applied));
    Migrator migrator = {.applied = applied, .known = known, .location = shown_location};
    if (!gh_db_transact(db, GH_TX_READ, read_applied, &migrator, error))
        return false;
    if (!check_applied(&migrator, error))
        return false;

    if (how == GH_STORE_MUST_EXIST)
        return check_complete(&migrator, error);
    if (migrator.is_ours && applied->len == known->len)
        return true;
    return run_missing(db, &migrator, error);
}
