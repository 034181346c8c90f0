/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* backup.c - guildhall backup FILE: a consistent copy, also while the server runs. */
#include <stdio.h>

#include "cli/command.h"
#include "store/backup.h"

static int
run(int argc, char **argv)
{
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_backup, NULL, &argc, &argv, 1, 1, &status))
        return status;

    g_autoptr(GError) error = NULL;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, &error);
    if (store == NULL)
        return gh_command_fail(error);

    g_autoptr(GhProgressBar) bar = gh_progress_bar_new("backup", gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);
    if (!gh_backup_write(store, argv[1], &progress, &error))
        return gh_command_fail(error);
    g_clear_pointer(&bar, gh_progress_bar_free);
    gh_command_say(stdout, "backup written to {file}", "file", argv[1], NULL);
    return GH_EXIT_DONE;
}

const GhCommand gh_command_backup = {
    .name = "backup",
    .usage = "FILE",
    .summary = GH_MARK("writes a consistent copy of the database while the server runs"),
    .details =
        GH_MARK("The copy is one SQLite file, whichever database it was taken from; guildhall "
                "restore FILE reads it into either."),
    .run = run,
};
