/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_testing.h - what tests of the index share: reference results, and how near is near enough.
 *
 * The reference results of COINr are not part of the project. They are looked for where GUILDHALL_REFERENCE
 * says (the folder that holds composite/), else in ../shared/data beside the source tree; a test that needs
 * them skips with a reason where they are not.
 */
#pragma once

#include "index/data.h"

/* A reference file: a first column of codes, then columns of numbers; "" and NA are NAN, "NaN" too, "Inf" infinite,
 * TRUE and FALSE 1 and 0, other words NAN (gh_index_table_text has them). */
typedef struct {
    char *name;
    size_t n_rows, n_columns; /* columns without the first */
    char **rows;              /* the first column */
    char **columns;           /* names */
    double *values;           /* n_rows x n_columns, column-major */
    char **texts;             /* the same as written */
} GhIndexTable;
void gh_index_table_free(GhIndexTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexTable, gh_index_table_free)

/* "norm/n_rank.csv" of composite/. NULL after g_test_skip when the folder is absent; a file that is missing in it
 * fails the test. */
GhIndexTable *gh_index_testing_table(const char *path);

/* The whole path of a reference file, NULL after g_test_skip; owned by the caller. */
char *gh_index_testing_path(const char *path);

/* Aborts the test when there is no such column, row. */
size_t gh_index_table_column(const GhIndexTable *table, const char *column);
size_t gh_index_table_row(const GhIndexTable *table, const char *row);
double gh_index_table_value(const GhIndexTable *table, const char *row, const char *column);
const char *gh_index_table_text(const GhIndexTable *table, const char *row, const char *column);

/* |got - want| <= tolerance x max(|want|, 1e-12 x scale...): relative to want, absolute 1e-12 about 0; NAN equals
 * NAN only. Prints label, expected and got. */
void gh_index_assert_near(double got, double want, double tolerance, const char *label);
#define GH_INDEX_TOLERANCE 1e-9 /* what the reference is reproduced to */

/* Compares a column-major table of ours with a reference: rows are matched by unit code, columns by node code;
 * columns of the reference that are none of the nodes from first to first + n - 1 are passed over, but at least one
 * must match and every row must. rows: of data for each of our n_rows rows, NULL: the same. */
void gh_index_assert_table(const GhIndexData *data, const double *values, size_t n_rows,
                           const size_t *rows, size_t first, size_t n, const GhIndexTable *want);

/* A small data set out of plain numbers: n_units x n_indicators row by row (NAN: gap); parents[j] is the code of the
 * group of indicator j; groups have the parent "Index" (one group only and named "Index": two levels). Units are
 * "U1".., indicators "i1".. */
GhIndexData *gh_index_testing_data(size_t n_units, size_t n_indicators, const double *row_by_row,
                                   const char *const *parents);
