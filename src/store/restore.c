/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* restore.c - the way back from a backup, checked before anything is replaced.
 *
 * All work is done on a copy: it is checked, brought up to date and marked. Only then does it take
 * the place of a SQLite file, or do its rows take the place of those in PostgreSQL.
 */
#include "store/backup.h"

#include "base/clock.h"
#include "store/audit.h"
#include "store/copy.h"
#include "store/files.h"
#include "store/sqlite.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    const char *path;     /* of the backup */
    const char *location; /* of the database that is replaced */
    const char *copy;     /* in folder */
    const char *fresh;    /* in folder: an empty database of our own, the measure of the copy */
    const GhProgress *progress;
    GPtrArray *tables; /* of GhCopyTable, owned: those of fresh */
    int64_t version;   /* data_version must end above it */
} Restore;

static bool
report(const Restore *restore, const char *step, double share, GError **error)
{
    if (gh_progress_report(restore->progress, step, share))
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
    return false;
}

/* -- the copy and its checks -- */

static bool
not_a_backup(const Restore *restore, const char *why, GError **error)
{
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_DAMAGED,
                "%s cannot be restored: %s; nothing was replaced", restore->path, why);
    return false;
}

/* A live database keeps its newest rows in a second file, which a copy of the first would lose. */
static bool
refuse_live(const Restore *restore, GError **error)
{
    GStatBuf status;
    g_autofree char *wal = g_strconcat(restore->path, "-wal", NULL);

    if (g_stat(wal, &status) != 0 || status.st_size == 0)
        return true;
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY,
                "%s is a database in use and not a backup; run guildhall backup on it and restore "
                "that file",
                restore->path);
    return false;
}

static bool
copy_file(const Restore *restore, GError **error)
{
    g_autoptr(GFile) from = g_file_new_for_path(restore->path);
    g_autoptr(GFile) to = g_file_new_for_path(restore->copy);
    g_autoptr(GError) failure = NULL;

    if (g_file_copy(from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &failure))
        return true;
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, "cannot read backup %s: %s",
                restore->path, failure->message);
    return false;
}

/* Runs a check that answers "ok", or with nothing, when all is well. */
static bool
check_answer(const Restore *restore, sqlite3 *handle, const char *sql, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);

    bool good = code == SQLITE_DONE;
    g_autofree char *answer = NULL;
    if (code == SQLITE_ROW) {
        answer = g_strdup((const char *)sqlite3_column_text(statement, 0));
        good = g_strcmp0(answer, "ok") == 0;
    } else {
        answer = g_strdup(sqlite3_errmsg(handle));
    }
    (void)sqlite3_finalize(statement); /* repeats the code of the step */
    return good || not_a_backup(restore, answer, error);
}

/* Nobody has looked yet at what the file brings: its expressions may call harmless functions only. */
static void
distrust(sqlite3 *handle)
{
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

static bool
check_file(const Restore *restore, GError **error)
{
    sqlite3 *handle = NULL;

    bool good = sqlite3_open_v2(restore->copy, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    if (!good)
        (void)not_a_backup(restore, sqlite3_errmsg(handle), error);
    distrust(handle);
    good = good && check_answer(restore, handle, "PRAGMA integrity_check(1)", error)
           && check_answer(restore, handle, "PRAGMA foreign_key_check", error);
    (void)sqlite3_close(handle);
    return good;
}

/* Refuses what is not ours or from a newer program; brings an older one up to date. */
static bool
upgrade_copy(const Restore *restore, GhDb *db, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (gh_migrate(db, restore->path, GH_STORE_MUST_EXIST, &failure))
        return true;
    if (g_error_matches(failure, GH_STORE_ERROR, GH_STORE_ERROR_OLDER))
        return gh_migrate(db, restore->path, GH_STORE_CREATE_OR_UPGRADE, error);
    if (g_error_matches(failure, GH_STORE_ERROR, GH_STORE_ERROR_OPEN))
        return not_a_backup(restore, "it is not a database of guildhall", error);
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

static bool
list_tables(GhDb *db, void *data, GError **error)
{
    Restore *restore = data;

    restore->tables = gh_copy_list_tables(db, error);
    return restore->tables != NULL;
}

/* Refuses a backup that holds anything but our tables: a trigger would run with the first write to
 * it, the name of a table within our own statements. */
static bool
check_schema(Restore *restore, GhDb *db, GError **error)
{
    g_autofree char *why = NULL;

    g_autoptr(GhDb) fresh = gh_db_open(restore->fresh, GH_STORE_CREATE_OR_UPGRADE, error);
    if (fresh == NULL || !gh_migrate(fresh, restore->fresh, GH_STORE_CREATE_OR_UPGRADE, error)
        || !gh_schema_compare(db, fresh, &why, error))
        return false;
    if (why != NULL)
        return not_a_backup(restore, why, error);
    return gh_db_transact(fresh, GH_TX_READ, list_tables, restore, error);
}

/* Everything that comes after opens and copies only what has passed here. */
static bool
check_copy(Restore *restore, GError **error)
{
    if (!check_file(restore, error))
        return false;
    g_autoptr(GhDb) db = gh_db_open(restore->copy, GH_STORE_MUST_EXIST, error);
    return db != NULL && upgrade_copy(restore, db, error) && check_schema(restore, db, error);
}

static bool
check_chain(const Restore *restore, GhStore *copy, GError **error)
{
    g_auto(GhAuditReport) chain = {0};
    if (!gh_audit_verify(copy, &chain, error))
        return false;
    if (chain.intact)
        return true;
    g_autofree char *why = g_strconcat("its audit trail is broken: ", chain.fault, NULL);
    return not_a_backup(restore, why, error);
}

/* -- the mark -- */

static const char SQL_LIFT_VERSION[] = "UPDATE data_version"
                                       " SET version = CASE WHEN version < $1 THEN $1"
                                       " ELSE version END"
                                       " WHERE id = 1";

static bool
mark(GhDb *db, void *data, GError **error)
{
    const Restore *restore = data;
    g_autofree char *name = g_path_get_basename(restore->path);
    const GhAuditEntry entry = {.actor = "operator", .action = "database restore", .subject = name};

    g_autoptr(GhQuery) lift = gh_db_query(db, SQL_LIFT_VERSION, error);
    if (lift == NULL)
        return false;
    gh_query_bind_int64(lift, 1, restore->version);
    if (!gh_query_run(lift, NULL, error))
        return false;
    return gh_audit_append(db, &entry, NULL, error);
}

/* -- into a SQLite file -- */

static bool
read_version(GhDb *db, void *data, GError **error)
{
    return gh_db_data_version(db, data, error);
}

/* The version of what is there now; 0 where that cannot be said, which may be why we restore. */
static int64_t
version_at(const char *path)
{
    int64_t version = 0;

    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return 0;
    g_autoptr(GhDb) db = gh_db_open(path, GH_STORE_MUST_EXIST, NULL);
    if (db != NULL)
        (void)gh_db_transact(db, GH_TX_READ, read_version, &version, NULL);
    return version;
}

/* A database that another program has open is refused; a damaged one gives way. */
static bool
close_old(const char *location, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (!g_file_test(location, G_FILE_TEST_EXISTS) || gh_files_make_single(location, &failure))
        return true;
    if (!g_error_matches(failure, GH_STORE_ERROR, GH_STORE_ERROR_BUSY))
        return true;
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY,
                "database %s is in use; stop guildhall serve and try again", location);
    return false;
}

static char *
name_aside(const char *location)
{
    g_autofree char *time = gh_clock_format_utc(gh_clock_now_us());
    return g_strconcat(location, ".before-restore-", g_strdelimit(time, ":", '-'), NULL);
}

static bool
replace_file(Restore *restore, GhStore *take_copy, GError **error)
{
    g_autoptr(GhStore) copy = take_copy;

    restore->version = version_at(restore->location);
    if (!gh_store_write(copy, mark, restore, error))
        return false;
    g_clear_pointer(&copy, gh_store_free);

    if (!gh_files_make_single(restore->copy, error) || !close_old(restore->location, error))
        return false;
    g_autofree char *aside = name_aside(restore->location);
    return gh_files_publish_over(restore->copy, restore->location, aside, error);
}

/* -- into PostgreSQL -- */

typedef struct {
    Restore *restore;
    GhStore *copy;
    GhDb *to;
} Replace;

/* Leases belong to programs that are running now, migrations to this database. */
static bool
stays(const GhCopyTable *table)
{
    return strcmp(table->name, "node_lease") == 0 || strcmp(table->name, "schema_migration") == 0;
}

/* DELETE and not TRUNCATE: readers with an older snapshot must go on seeing the old rows. */
static bool
empty_tables(GhDb *db, const GPtrArray *tables, GError **error)
{
    for (unsigned i = tables->len; i > 0; i--) {
        const GhCopyTable *table = g_ptr_array_index(tables, i - 1);
        g_autofree char *sql = g_strconcat("DELETE FROM ", table->name, NULL);
        if (!stays(table) && !db->ops->script(db, sql, error))
            return false;
    }
    return true;
}

static bool
copy_tables(GhDb *from, void *data, GError **error)
{
    const Replace *replace = data;
    GhDb *to = replace->to;
    const GPtrArray *tables = replace->restore->tables;

    if (!empty_tables(to, tables, error))
        return false;
    for (unsigned i = 0; i < tables->len; i++) {
        const GhCopyTable *table = g_ptr_array_index(tables, i);
        if (!stays(table)
            && !gh_copy_table(from, to, table, replace->restore->progress,
                              0.2 + 0.8 * i / tables->len, 0.8 / tables->len, error)) {
            g_prefix_error(error, "table %s: ", table->name);
            return false;
        }
    }
    return true;
}

static bool
replace_rows(GhDb *to, void *data, GError **error)
{
    Replace *replace = data;

    replace->to = to;
    if (!gh_db_data_version(to, &replace->restore->version, error))
        return false;
    if (!gh_store_read(replace->copy, copy_tables, replace, error))
        return false;
    if (!gh_db_lock_head(to, error)) /* it is the backup's now */
        return false;
    return mark(to, replace->restore, error);
}

static bool
replace_in_server(Restore *restore, GhStore *take_copy, GError **error)
{
    g_autoptr(GhStore) copy = take_copy;
    Replace replace = {.restore = restore, .copy = copy};

    g_autoptr(GhStore) to = gh_store_open(restore->location, GH_STORE_CREATE_OR_UPGRADE, error);
    return to != NULL && gh_store_write(to, replace_rows, &replace, error);
}

/* -- both -- */

static bool
restore_in(Restore *restore, GError **error)
{
    if (!report(restore, GH_MARK("copying"), 0.0, error) || !refuse_live(restore, error)
        || !copy_file(restore, error))
        return false;
    if (!report(restore, GH_MARK("checking"), 0.1, error) || !check_copy(restore, error))
        return false;

    g_autoptr(GhStore) copy = gh_store_open(restore->copy, GH_STORE_MUST_EXIST, error);
    if (copy == NULL || !check_chain(restore, copy, error)
        || !report(restore, GH_MARK("writing"), 0.2, error))
        return false;
    if (gh_store_is_address(restore->location))
        return replace_in_server(restore, g_steal_pointer(&copy), error);
    return replace_file(restore, g_steal_pointer(&copy), error);
}

static bool
restore_into(const char *path, const char *location, const GhProgress *progress, GError **error)
{
    g_autofree char *folder = gh_store_is_address(location)
                                  ? g_dir_make_tmp("guildhall-restore-XXXXXX", error)
                                  : gh_files_make_folder_beside(location, error);
    if (folder == NULL)
        return false;

    g_autofree char *copy = g_build_filename(folder, "copy.db", NULL);
    g_autofree char *fresh = g_build_filename(folder, "fresh.db", NULL);
    Restore restore = {
        .path = path, .location = location, .copy = copy, .fresh = fresh, .progress = progress};
    bool done = restore_in(&restore, error);
    g_clear_pointer(&restore.tables, g_ptr_array_unref);
    gh_files_remove_folder(folder);
    return done;
}

bool
gh_backup_restore(const char *path, const char *location, const GhProgress *progress,
                  GError **error)
{
    if (!gh_store_check_location(location, error))
        return false;
    if (gh_store_is_address(location))
        return restore_into(path, location, progress, error);

    /* A rename onto a link would replace the link, not the database on the other disk. */
    g_autofree char *file = gh_files_resolve(location, error);
    return file != NULL && restore_into(path, file, progress, error);
}
