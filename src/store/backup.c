/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* backup.c - a consistent copy while the server runs.
 *
 * From SQLite by its backup API on a connection that holds a read transaction: the snapshot is
 * pinned, so writers are not held up and the copy never starts again. From PostgreSQL table by
 * table out of one REPEATABLE READ snapshot into a new SQLite file.
 *
 * The copy grows in a folder of its own beside the target, because SQLite puts helper files beside
 * it, and is moved when it is whole and on disk.
 */
#include "store/backup.h"

#include "store/copy.h"
#include "store/files.h"
#include "store/sqlite.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

enum {
    PAGES_A_STEP = 1024
}; /* 4 MiB */

typedef struct {
    const char *path; /* of the copy, borrowed */
    const GhProgress *progress;
} Backup;

static bool
stop_asked(const GhProgress *progress, double share, GError **error)
{
    if (gh_progress_report(progress, GH_MARK("copying"), share))
        return false;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
    return true;
}

static bool
copy_pages(GhDb *db, sqlite3 *target, const GhProgress *progress, GError **error)
{
    int code = SQLITE_OK;
    bool stopped = false;

    sqlite3_backup *backup = sqlite3_backup_init(target, "main", gh_sqlite_handle(db), "main");
    if (backup == NULL) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL, "cannot copy: %s",
                    sqlite3_errmsg(target));
        return false;
    }
    while (code == SQLITE_OK && !stopped) {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        int n_pages = MAX(sqlite3_backup_pagecount(backup), 1);
        double share = 1.0 - (double)sqlite3_backup_remaining(backup) / n_pages;
        stopped = stop_asked(progress, share, error);
    }
    (void)sqlite3_backup_finish(backup); /* repeats the code of the step */
    if (stopped)
        return false;
    if (code != SQLITE_DONE) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_SQL, "cannot copy: %s",
                    sqlite3_errstr(code));
        return false;
    }
    return true;
}

static bool
backup_sqlite(GhDb *db, void *data, GError **error)
{
    const Backup *backup = data;
    sqlite3 *target = NULL;
    int64_t version = 0;

    (void)g_remove(backup->path);                 /* of a try before; absent as a rule */
    if (!gh_db_data_version(db, &version, error)) /* pins the snapshot */
        return false;
    bool good = sqlite3_open(backup->path, &target) == SQLITE_OK;
    if (!good)
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, "cannot create %s: %s",
                    backup->path, sqlite3_errmsg(target));
    good = good && copy_pages(db, target, backup->progress, error);
    (void)sqlite3_close(target);
    return good;
}

/* -- from PostgreSQL -- */

typedef struct {
    GhDb *from; /* inside its read */
    const GhProgress *progress;
} Fill;

static bool
empty_table(GhDb *db, const GhCopyTable *table, GError **error)
{
    g_autofree char *sql = g_strconcat("DELETE FROM ", table->name, NULL);
    return db->ops->script(db, sql, error);
}

/* Rows that migrations put in give way to those of the backup. */
static bool
fill(GhDb *to, void *data, GError **error)
{
    const Fill *one = data;

    g_autoptr(GPtrArray) tables = gh_copy_list_tables(to, error);
    if (tables == NULL)
        return false;
    for (unsigned i = tables->len; i > 0; i--) {
        if (!empty_table(to, g_ptr_array_index(tables, i - 1), error))
            return false;
    }
    for (unsigned i = 0; i < tables->len; i++) {
        const GhCopyTable *table = g_ptr_array_index(tables, i);
        if (!gh_copy_table(one->from, to, table, one->progress, (double)i / tables->len,
                           1.0 / tables->len, error)) {
            g_prefix_error(error, "table %s: ", table->name);
            return false;
        }
    }
    return true;
}

static bool
backup_postgres(GhDb *db, void *data, GError **error)
{
    const Backup *backup = data;
    Fill one = {.from = db, .progress = backup->progress};

    (void)g_remove(backup->path); /* of a try before; absent as a rule */
    g_autoptr(GhDb) target = gh_db_open(backup->path, GH_STORE_CREATE_OR_UPGRADE, error);
    if (target == NULL || !gh_migrate(target, backup->path, GH_STORE_CREATE_OR_UPGRADE, error))
        return false;
    return gh_db_transact(target, GH_TX_HOUSE, fill, &one, error);
}

/* -- both -- */

static bool
write_in(GhStore *store, const char *folder, const char *path, const GhProgress *progress,
         GError **error)
{
    g_autofree char *copy = g_build_filename(folder, "copy.db", NULL);
    Backup backup = {.path = copy, .progress = progress};

    bool is_sqlite = gh_store_engine(store) == GH_ENGINE_SQLITE;
    if (!gh_store_read(store, is_sqlite ? backup_sqlite : backup_postgres, &backup, error))
        return false;
    if (!gh_files_make_single(copy, error))
        return false;
    (void)g_chmod(copy, 0600); /* accounts are in it; where there are no modes, none are needed */
    return gh_files_publish_new(copy, path, error);
}

bool
gh_backup_write(GhStore *store, const char *path, const GhProgress *progress, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN,
                    "%s exists already and is left alone; name another file", path);
        return false;
    }
    g_autofree char *folder = gh_files_make_folder_beside(path, error);
    if (folder == NULL)
        return false;

    bool done = write_in(store, folder, path, progress, error);
    gh_files_remove_folder(folder);
    return done;
}
