/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write.h - results as tables, and data as the two files that read.h reads.
 *
 * scores    uCode (and Time in a panel), then a column per indicator, normalised, and per aggregate; full precision;
 *           rows as in the data; units screened out stay as empty rows.
 * ranks     The same with places.
 */
#pragma once

#include "base/table.h"
#include "index/run.h"

bool gh_index_write_scores(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                           void *sink_data, GError **error);
bool gh_index_write_ranks(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                          void *sink_data, GError **error);
/* What each step did: unit, indicator, mark; one row a cell that was imputed or treated. */
bool gh_index_write_changes(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                            void *sink_data, GError **error);

/* iData and iMeta: reading them gives the same data again. */
bool gh_index_write_data(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                         void *sink_data, GError **error);
bool gh_index_write_meta(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                         void *sink_data, GError **error);
