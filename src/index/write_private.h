/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write_private.h - what the writers share; for write*.c only. */
#pragma once

#include "index/write.h"

/* Columns of a table, of GhColumn; ids are borrowed. */
void gh_index_columns_add(GArray *columns, const char *id, GhColumnKind kind);

/* uCode, and Time in a panel; the caller owns the array. */
GArray *gh_index_columns_new(const GhIndexData *data);

/* The cells of these two. */
void gh_index_write_unit(GhTable *table, const GhIndexData *data, size_t row);
