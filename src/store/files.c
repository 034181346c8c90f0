/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* files.c - database files that appear whole or not at all. */
#include "store/files.h"

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_TIMEOUT_MS = 2000
};

static bool
fail_errno(const char *what, const char *path, GError **error)
{
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, "%s %s: %s", what, path,
                g_strerror(errno));
    return false;
}

char *
gh_files_resolve(const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        return g_strdup(path);

    char *resolved = realpath(path, NULL);
    if (resolved == NULL) {
        (void)fail_errno("cannot follow the link", path, error);
        return NULL;
    }
    char *owned = g_strdup(resolved); /* g_free need not be free */
    free(resolved);
    return owned;
}

char *
gh_files_make_folder_beside(const char *path, GError **error)
{
    char *folder = g_strconcat(path, ".XXXXXX", NULL);
    if (g_mkdtemp_full(folder, 0700) == NULL) {
        (void)fail_errno("cannot write beside", path, error);
        g_free(folder);
        return NULL;
    }
    return folder;
}

void
gh_files_remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        (void)g_remove(path); /* as the contract says: it stays */
    }
    (void)g_rmdir(folder);
}

static bool
sync_path(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno("cannot open", path, error);

    bool synced = fsync(fd) == 0;
    if (!synced)
        (void)fail_errno("cannot put on disk", path, error);
    close(fd);
    return synced;
}

static bool
sync_folder_of(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return sync_path(folder, error);
}

bool
gh_files_make_single(const char *path, GError **error)
{
    sqlite3 *handle = NULL;
    int code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) {
        (void)sqlite3_busy_timeout(handle, BUSY_TIMEOUT_MS);
        code = sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
    if (code != SQLITE_OK)
        g_set_error(error, GH_STORE_ERROR,
                    code == SQLITE_BUSY ? GH_STORE_ERROR_BUSY : GH_STORE_ERROR_DAMAGED, "%s: %s",
                    path, sqlite3_errmsg(handle));
    (void)sqlite3_close(handle);
    return code == SQLITE_OK && sync_path(path, error);
}

bool
gh_files_publish_new(const char *from, const char *to, GError **error)
{
    /* A link refuses to overwrite, a rename does not. */
    if (link(from, to) == 0)
        return sync_folder_of(to, error);
    if (errno == EEXIST)
        return fail_errno("cannot write", to, error);

    /* A file system without links. */
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0)
        return fail_errno("cannot write", to, error);
    return sync_folder_of(to, error);
}

/* SQLite's helper files of a database that could not be closed in order. */
static void
move_helper(const char *database, const char *aside, const char *suffix)
{
    g_autofree char *from = g_strconcat(database, suffix, NULL);
    g_autofree char *to = g_strconcat(aside, suffix, NULL);
    (void)g_rename(from, to); /* absent as a rule */
}

/* Whoever could use the file before can use the new one: root may restore for the server's user. */
static void
take_after(const char *from, const char *model)
{
    struct stat status;

    if (stat(model, &status) != 0) {
        (void)g_chmod(from, GH_FILES_MODE);
        return;
    }
    /* Only root may give files away; nobody else needs it. */
    if (chown(from, status.st_uid, status.st_gid) != 0)
        g_debug("owner of %s stays: %s", from, g_strerror(errno));
    (void)g_chmod(from, (int)(status.st_mode & 0777)); /* our own file: cannot fail */
}

bool
gh_files_publish_over(const char *from, const char *to, const char *aside, GError **error)
{
    take_after(from, to);
    if (g_file_test(to, G_FILE_TEST_EXISTS)) {
        if (!gh_files_publish_new(to, aside, error))
            return false;
        move_helper(to, aside, "-wal");
        move_helper(to, aside, "-shm");
    }
    if (g_rename(from, to) != 0)
        return fail_errno("cannot write", to, error);
    return sync_folder_of(to, error);
}
