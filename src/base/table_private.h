/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* table_private.h - what the table needs from its spreadsheet writer; for table*.c only.
 *
 * Errors    GH_TABLE_ERROR. A cell that does not fit is remembered and told at the end of the row.
 */
#pragma once

#include "base/table.h"

typedef struct GhTableXlsx GhTableXlsx;

/* NULL with an error when no temporary file can be made. */
GhTableXlsx *gh_table_xlsx_new(const char *title, const GhColumn *columns, size_t n_columns,
                               GError **error);
void gh_table_xlsx_free(GhTableXlsx *xlsx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhTableXlsx, gh_table_xlsx_free)

void gh_table_xlsx_text(GhTableXlsx *xlsx, size_t column, const char *text);
void gh_table_xlsx_number(GhTableXlsx *xlsx, size_t column, double value);
bool gh_table_xlsx_end_row(GhTableXlsx *xlsx, GError **error);

/* Finishes the file and gives its bytes to the sink. */
bool gh_table_xlsx_close(GhTableXlsx *xlsx, GhTableSink sink, void *sink_data, GError **error);
