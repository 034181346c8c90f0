/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_sheet.h - one CSV file of a framework, with all its faults told.
 *
 * A sheet knows which columns it may have. Cells are asked for by the index of their column in that
 * list; what is wrong with a cell is added to the parser's faults, and something harmless returned.
 *
 * Ownership Texts of gh_sheet_peek are borrowed until the next row; those of the keep functions live
 *           as long as the framework.
 */
#pragma once

#include "framework/framework_private.h"

typedef struct {
    const char *name;
    bool required;
} GhSheetColumn;

typedef struct GhSheet GhSheet;

/* NULL when there is no such file (no fault: the caller knows whether it must exist) or when it
 * cannot be read (with its fault). columns must outlive the sheet. */
GhSheet *gh_sheet_open(GhFrameworkParser *parser, const char *file, const GhSheetColumn *columns,
                       size_t n_columns);
void gh_sheet_free(GhSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhSheet, gh_sheet_free)

GhFrameworkParser *gh_sheet_parser(const GhSheet *sheet);

/* The next row with the right number of fields; false at the end. */
bool gh_sheet_next(GhSheet *sheet);
size_t gh_sheet_line(const GhSheet *sheet);

/* Whether every row of the file could be read. */
bool gh_sheet_is_complete(const GhSheet *sheet);
bool gh_sheet_has(const GhSheet *sheet, size_t column);

/* The cell, "" where the file has no such column. */
const char *gh_sheet_peek(const GhSheet *sheet, size_t column);

/* A fault in that cell of the current row; remedy may be NULL. */
void gh_sheet_fault(GhSheet *sheet, GhFaultKind kind, size_t column, const char *reason,
                    const char *remedy);

/* A short text on one line; empty is a fault where needed is true. */
typedef enum {
    GH_CELL_MAY_BE_EMPTY,
    GH_CELL_NEEDED
} GhCellNeed;
const char *gh_sheet_keep_name(GhSheet *sheet, size_t column, GhCellNeed need);
const char *gh_sheet_keep_text(GhSheet *sheet, size_t column);
const char *const *gh_sheet_keep_list(GhSheet *sheet, size_t column);

/* An id that may not be empty; its form is checked. */
const char *gh_sheet_keep_id(GhSheet *sheet, size_t column);

/* The number in the cell; fallback where it is empty or (with a fault) no number. */
double gh_sheet_number(GhSheet *sheet, size_t column, double fallback);

/* Index of the cell's word in a NULL-ended list; fallback where the cell is empty or (with a fault)
 * holds another word. what names the list: "rule". */
size_t gh_sheet_choice(GhSheet *sheet, size_t column, const char *what, const char *const *words,
                       size_t fallback);

/* Returns id, and puts it into seen (which owns its keys); when it stands there already, case ignored,
 * that is a fault and "" is returned, so that nothing refers to the second. Case is ignored because
 * the ids are column names of figures in wide form. */
const char *gh_sheet_check_twice(GhSheet *sheet, size_t column, const char *id, GHashTable *seen);

/* The weight in the cell, 1 where it is empty. */
double gh_sheet_weight(GhSheet *sheet, size_t column);

/* The data point that the cell names; -1 with a fault where there is none. */
gssize gh_sheet_find_data_point(GhSheet *sheet, size_t column);

/* The same for an id from a list in the cell. */
gssize gh_sheet_find_listed_data_point(GhSheet *sheet, size_t column, const char *id);
