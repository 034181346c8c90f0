/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* files.h - database files that appear whole or not at all. Internal to src/store. */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum {
    GH_FILES_MODE = 0640
}; /* accounts live in it: not for everybody on the machine */

/* The file itself where path is a link to one, so that it can be replaced and the link stays; path
 * where nothing is there. GH_STORE_ERROR_OPEN for a link that leads nowhere. The caller owns it. */
char *gh_files_resolve(const char *path, GError **error);

/* A new folder, only for us, on the same disk as path. The caller owns the name. */
char *gh_files_make_folder_beside(const char *path, GError **error);

/* With the files in it; what cannot be removed stays. */
void gh_files_remove_folder(const char *folder);

/* Takes a SQLite file that nobody else has open out of WAL mode, so that it is one file, and puts
 * it on disk. GH_STORE_ERROR_BUSY when somebody else has it open. */
bool gh_files_make_single(const char *path, GError **error);

/* Moves a file that is on disk to a name that nobody has yet, and puts the name on disk too. */
bool gh_files_publish_new(const char *from, const char *to, GError **error);

/* The same over a file that may be there: it is kept under the name aside (never overwritten), and
 * the new one gets its owner and mode. */
bool gh_files_publish_over(const char *from, const char *to, const char *aside, GError **error);
