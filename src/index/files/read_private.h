/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_private.h - what the readers of the two files share; for read*.c only. */
#pragma once

#include "base/csv.h"
#include "base/number.h"
#include "index/read.h"

/* -- one CSV file, with its faults -- */

typedef struct {
    const char *name; /* borrowed */
    GhCsv *csv;       /* owned */
    GhFaults *faults; /* borrowed */
    GhNumberStyle style;
    bool comma_decimal;
    bool skipped; /* a row of the wrong length was passed */
} GhIndexSheet;

/* False, with the fault told, when the file is no table. */
bool gh_index_sheet_open(GhIndexSheet *sheet, const GhIndexFile *file, GhFaults *faults);
void gh_index_sheet_clear(GhIndexSheet *sheet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhIndexSheet, gh_index_sheet_clear)

/* Steps to the next good row; those of the wrong length are told and passed. */
bool gh_index_sheet_next(GhIndexSheet *sheet);

/* A fault of the present row. column may be -1, value NULL. */
void gh_index_sheet_fault(GhIndexSheet *sheet, int column, const char *value, const char *reason,
                          const char *remedy);

/* "" where the cell is empty or NA, or column is -1. */
const char *gh_index_sheet_text(const GhIndexSheet *sheet, int column);

/* NAN where there is none. Text that is no number: false with ret_error, which the caller tells. */
bool gh_index_sheet_number(const GhIndexSheet *sheet, int column, double *ret_number,
                           GError **error);

/* The same, told at once; NAN then too. */
double gh_index_sheet_number_or_fault(GhIndexSheet *sheet, int column);

/* -- the metadata -- */

typedef enum {
    GH_INDEX_ROW_INDICATOR,
    GH_INDEX_ROW_AGGREGATE,
    GH_INDEX_ROW_GROUP,
    GH_INDEX_ROW_DENOMINATOR,
    GH_INDEX_ROW_OTHER,
} GhIndexRowType;

typedef struct {
    GhIndexRowType type;
    size_t line;
    char *code, *name, *unit, *parent, *denominator;
    int level, direction;
    double weight, target;
    double *extras; /* n_extras of the metadata */
} GhIndexMetaRow;

typedef struct {
    GPtrArray *rows;     /* of GhIndexMetaRow, owned */
    GHashTable *by_code; /* code -> row */
    GPtrArray *extras;   /* names of the further columns of numbers, owned */
    bool complete;       /* every row was understood well enough to know the columns of the data */
} GhIndexMeta;

GhIndexMeta *gh_index_meta_read(const GhIndexFile *file, GhFaults *faults);
void gh_index_meta_free(GhIndexMeta *meta);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexMeta, gh_index_meta_free)

/* -- the data -- */

typedef struct {
    GPtrArray *codes, *names; /* of char *, one a unit; owned */
    GArray *years;            /* of int; NULL: no panel */
    GPtrArray *columns;       /* of GhIndexMetaRow: those with numbers; borrowed */
    GArray *numbers;          /* of double, row-major, a row has columns->len */
    GPtrArray *groups;        /* of GhIndexMetaRow; borrowed */
    GPtrArray *categories;    /* of GPtrArray of char *, one a group; owned */
    GArray *memberships;      /* of int, row-major, a row has groups->len */
} GhIndexFigures;

GhIndexFigures *gh_index_figures_read(const GhIndexFile *file, const GhIndexMeta *meta,
                                      GhFaults *faults);
void gh_index_figures_free(GhIndexFigures *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexFigures, gh_index_figures_free)
