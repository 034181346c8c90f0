/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read.h - data and metadata from two CSV files, the iData and iMeta of COINr, read as they are.
 *
 * iMeta     Columns Level, iCode, Direction, Weight, Parent, Type needed; iName, Unit, Target, Denominator and
 *           others as wished; in any order. Type: Indicator, Aggregate, Group, Denominator, Other.
 * iData     Column uCode needed; uName, Time as wished; one column a code of iMeta that is not an aggregate. A column that iMeta
 *           does not name is a warning; one it names that is missing is a fault. Empty and NA: not available.
 *           Several years in Time: a panel; a single one: not.
 * Rows      Stay in the order of the file.
 */
#pragma once

#include "base/faults.h"
#include "index/data.h"

typedef struct {
    const char *name; /* for messages */
    const char *bytes;
    size_t n_bytes;
} GhIndexFile;

/* All faults of both files at once. GH_INDEX_ERROR_FAULTS when there are any. */
GhIndexData *gh_index_read(const GhIndexFile *data, const GhIndexFile *meta, GhFaults *faults,
                           GError **error);
GhIndexData *gh_index_read_paths(const char *data_path, const char *meta_path, GhFaults *faults,
                                 GError **error);
