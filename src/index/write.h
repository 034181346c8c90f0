/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write.h - results as tables, how sure they are, and data as the two files that read.h reads.
 *
 * scores    uCode (and Time in a panel), then a column per indicator, normalised, and per aggregate; full precision;
 *           rows as in the data; units screened out stay as empty rows.
 * ranks     The same with places.
 */
#pragma once

#include "base/table.h"
#include "index/run.h"
#include "index/uncertainty.h"

bool gh_index_write_scores(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                           void *sink_data, GError **error);
bool gh_index_write_ranks(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                          void *sink_data, GError **error);
/* What each step did: unit, indicator, mark; one row a cell that was imputed or treated. */
bool gh_index_write_changes(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                            void *sink_data, GError **error);

/* How sure the places are: a row a unit; "Top10": share of replications among the best 10, one column each that the
 * specification asks for. */
bool gh_index_write_uncertainty(const GhIndexUncertaintyResult *result, const GhIndexData *data,
                                const GhIndexUncertain *uncertain, GhTableFormat format,
                                GhTableSink sink, void *sink_data, GError **error);
/* Sobol' indices with the middle 90 % of their bootstrap: a row a parameter, none in an uncertainty analysis. */
bool gh_index_write_sensitivity(const GhIndexUncertaintyResult *result, GhTableFormat format,
                                GhTableSink sink, void *sink_data, GError **error);

/* iData and iMeta: reading them gives the same data again. */
bool gh_index_write_data(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                         void *sink_data, GError **error);
bool gh_index_write_meta(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                         void *sink_data, GError **error);

/* What tables of units begin with: uCode, and Time in a panel. Columns are GhColumn, ids are borrowed; the caller owns
 * the array. */
GArray *gh_index_columns_new(const GhIndexData *data);
void gh_index_columns_add(GArray *columns, const char *id, GhColumnKind kind);
/* The cells of these two. */
void gh_index_write_unit(GhTable *table, const GhIndexData *data, size_t row);
