/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* copy.h - all rows from one database into another. Internal to src/store. */
#pragma once

#include "base/progress.h"
#include "store/store_engine.h"

typedef enum {
    GH_COPY_INT64,
    GH_COPY_DOUBLE,
    GH_COPY_TEXT,
    GH_COPY_BYTES,
} GhCopyKind;

typedef struct {
    char *name;
    char *columns;      /* "a, b, c" */
    char *key_columns;  /* of the primary key, "a, b" */
    GArray *kinds;      /* of GhCopyKind, by column */
    GPtrArray *parents; /* names of the tables that its foreign keys refer to; owned texts */
} GhCopyTable;

/* The tables of a SQLite database that our own migrations made (never of a file from elsewhere: names
 * become statements), each behind those that it refers to; of GhCopyTable, owned. Both engines have
 * the same tables, so this serves either direction. GH_STORE_ERROR_DAMAGED for a name beyond
 * [a-z_][a-z0-9_]*. */
GPtrArray *gh_copy_list_tables(GhDb *sqlite, GError **error);

/* Appends all rows of one table, both inside a transaction, in the order of the primary key.
 * base..base + share of the progress is told. G_IO_ERROR_CANCELLED when it says stop. */
bool gh_copy_table(GhDb *from, GhDb *to, const GhCopyTable *table, const GhProgress *progress,
                   double base, double share, GError **error);

/* "SELECT ... ORDER BY key" for one table; lives as long as the process. */
const char *gh_copy_select(const GhCopyTable *table);
