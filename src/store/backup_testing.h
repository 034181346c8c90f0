/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* backup_testing.h - what the tests of backup and restore share. For test programs only. */
#pragma once

#include "store/store_testing.h"

/* A restore leaves its own mark there; leases and migrations belong to the database itself. */
#define GH_BACKUP_TESTING_MARKED "audit_entry audit_head data_version node_lease schema_migration"

/* Path of a file in the test's folder; the caller owns it. */
char *gh_backup_testing_in_folder(const GhStoreTesting *testing, const char *name);

/* One write: a job and its part of this number, with an audit entry. */
void gh_backup_testing_add(GhStore *store, int64_t id);

/* A lease, and the writes 1 to 20. */
void gh_backup_testing_fill(GhStore *store);

/* The path of a backup of the test's store; the caller owns it. */
char *gh_backup_testing_make_backup(GhStoreTesting *testing);

/* Asserts the same rows in two databases but for the tables named in except (may be NULL). */
void gh_backup_testing_expect_same(const char *location, const char *other, const char *except);

/* Asserts an unbroken audit trail of so many entries. */
void gh_backup_testing_expect_intact(const char *location, int64_t want_entries);

/* How many files of a folder have names that begin with prefix. */
unsigned gh_backup_testing_count_files(const char *folder, const char *prefix);
