/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* backup.h - a consistent copy while the server runs, and the way back.
 *
 * The copy is one SQLite file whatever the engine: it can be restored into either, which is also
 * the way to move from a laptop to PostgreSQL.
 *
 * Restoring leaves its own mark: an audit entry "database restore" behind the backup's last one, and
 * a data_version above both the backup's and the replaced database's, so that no server goes on with
 * pages of the data that was there before.
 *
 * Errors    GH_STORE_ERROR; nothing is replaced unless the copy passed all checks: it is a Guildhall
 *           database, its migrations are known, SQLite's integrity check and the audit chain hold, and
 *           it has exactly our tables and indexes: no trigger, no view, nothing of anybody else's.
 */
#pragma once

#include "base/progress.h"
#include "store/store.h"

/* Refuses to overwrite an existing file. The file appears under its name only when it is whole. */
bool gh_backup_write(GhStore *store, const char *path, const GhProgress *progress, GError **error);

/* Replaces the database at location (created where it does not exist) by the backup at path. A
 * SQLite database that is replaced is kept beside it as LOCATION.before-restore-TIME; a link stays a
 * link, and this happens where it leads. The server
 * must not be running on a SQLite file (refused if another process holds it); on PostgreSQL it may,
 * the replacement is one transaction. A backup of an older program is brought up to date. */
bool gh_backup_restore(const char *path, const char *location, const GhProgress *progress,
                       GError **error);
