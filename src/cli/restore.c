/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* restore.c - guildhall restore FILE: puts a backup in the database's place, after checking it. */
#include <stdio.h>

#include "cli/command.h"
#include "store/backup.h"

/* A backup from before the search has nothing that it could find. */
static bool
refresh_index(GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    return store != NULL && gh_command_refresh_index(store, error);
}

static int
run(int argc, char **argv)
{
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_restore, NULL, &argc, &argv, 1, 1, &status))
        return status;

    g_autoptr(GError) error = NULL;
    g_autofree char *location = gh_command_location();
    g_autoptr(GhProgressBar) bar = gh_progress_bar_new("restore", gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);
    if (!gh_backup_restore(argv[1], location, &progress, &error) || !refresh_index(&error))
        return gh_command_fail(error);
    g_clear_pointer(&bar, gh_progress_bar_free);
    gh_command_say(stdout, "restored from {file}", "file", argv[1], NULL);
    return GH_EXIT_DONE;
}

const GhCommand gh_command_restore = {
    .name = "restore",
    .usage = "FILE",
    .summary = GH_MARK("replaces the database by a backup, after checking it"),
    .details =
        GH_MARK("The backup is checked first: its form, its version, its audit trail. A SQLite "
                "database that is replaced is kept beside the new one as "
                "NAME.before-restore-TIME. Stop the server first."),
    .run = run,
};
