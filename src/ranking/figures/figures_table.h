/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_table.h - figures collected row by row, and made into the data of an index; seen only by
 * figures_*.c.
 *
 * Use       Columns are chosen first; then for each row its values are appended (one a column), then
 *           gh_figure_table_add_row says whose they are.
 */
#pragma once

#include "evaluation/evaluation.h"
#include "ranking/figures/figures_private.h"

typedef struct {
    size_t data_point;
    int direction;
    size_t lens_group; /* where there is a lens: of its groups, one without a parent */
} GhFigureColumn;

typedef struct {
    int64_t city_id;
    char *slug, *name, *country_code; /* owned */
    int year;
    GhCityYear base; /* texts are not kept: NULL */
} GhFigureRow;

typedef struct {
    GhFramework *framework;     /* referenced */
    const GhTargetSet *targets; /* borrowed from framework */
    const GhLens *lens;         /* borrowed from framework; NULL: its own groups */
    GArray *columns;            /* of GhFigureColumn, in the framework's order */
    GArray *rows;               /* of GhFigureRow */
    GArray *values;             /* of double, row-major */
    size_t n_empty;
    int64_t data_version;
} GhFigureTable;

GhFigureTable *gh_figure_table_new(const GhFramework *framework, const GhTargetSet *targets,
                                   const GhLens *lens);
void gh_figure_table_free(GhFigureTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhFigureTable, gh_figure_table_free)

/* Without rows; the columns stay. */
void gh_figure_table_reset(GhFigureTable *table);

/* GH_RANKING_ERROR_LIMIT beyond GH_INDEX_MAX_UNITS. */
bool gh_figure_table_add_row(GhFigureTable *table, const GhCity *city, int year, GError **error);

/* Leaves out the data points too few rows have, and makes data of the rest. */
GhRankingFigures *gh_figure_table_finish(GhFigureTable *table, const GhRankingSource *source,
                                         GError **error);
