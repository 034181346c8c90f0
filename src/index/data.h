/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* data.h - what an index is made of: units, indicators, their hierarchy, groups and denominators.
 *
 * Units     Rows: countries, cities; in a panel one row a unit and year.
 * Nodes     The hierarchy: indicators are level 1 and come first, in the order of the metadata; then the
 *           aggregates, level by level, within a level in the order of the metadata. A node's parent is one
 *           level above it. The nodes of the highest level are the indices, usually one.
 * Values    Column-major, contiguous: value of unit i and indicator j is values[j * n_units + i].
 *           NAN is "not available"; other values are finite.
 * Ownership A GhIndexData owns all it reaches and is reference counted. It is filled by its maker
 *           (read.h, or a program through gh_index_data_new) and immutable after gh_index_data_complete.
 * Threads   Immutable once complete: safe from every thread.
 * Limits    GH_INDEX_MAX_*.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "index/error.h"

enum {
    GH_INDEX_MAX_LEVELS = 12,
    GH_INDEX_MAX_NODES = 20000,
    GH_INDEX_MAX_UNITS = 4000000, /* rows */
    GH_INDEX_MAX_EXTRAS =
        1000, /* groups, denominators, outside variables and metadata columns, each */
    GH_INDEX_MAX_CODE_BYTES = 200,
};

typedef struct {
    char *code;             /* unique among nodes */
    char *name, *unit;      /* "" where not given */
    int level;              /* 1: indicator */
    gssize parent;          /* index of a node; -1 at the highest level */
    int direction;          /* 1: more is better; -1: less is better */
    double weight;          /* among its siblings; >= 0 */
    gssize denominator;     /* index of a denominator; -1: none */
    double target;          /* in raw values; NAN: none */
    const size_t *children; /* made by gh_index_data_complete, in node order */
    size_t n_children;
} GhIndexNode;

/* A column that sorts units into groups ("region"). */
typedef struct {
    char *code, *name;
    char **categories; /* in order of first appearance */
    size_t n_categories;
    int *of_unit; /* n_units: index of a category, -1: not known */
} GhIndexGroup;

/* A column of numbers beside the indicators: a denominator or an outside variable. */
typedef struct {
    char *code, *name;
    double *values; /* n_units */
} GhIndexVariable;

/* A further column of numbers in the metadata ("goalpost_lower"): parameters of steps. */
typedef struct {
    char *name;
    double *values; /* n_indicators; NAN where empty */
} GhIndexExtra;

typedef struct {
    size_t n_units;
    char **unit_codes; /* n_units; in a panel (code, year) is unique, else code is */
    char **unit_names;
    int *years; /* n_units; NULL: no panel */
    size_t n_indicators;
    size_t n_nodes; /* indicators and aggregates */
    GhIndexNode *nodes;
    int n_levels;
    double *values; /* n_units x n_indicators, column-major */
    GhIndexGroup *groups;
    size_t n_groups;
    GhIndexVariable *denominators;
    size_t n_denominators;
    GhIndexVariable *outside; /* variables that are not part of the index, to link it to */
    size_t n_outside;
    GhIndexExtra *extras;
    size_t n_extras;
    gint ref_count;     /* private */
    size_t *child_list; /* private: behind nodes[].children */
} GhIndexData;

/* Everything is allocated and zero, values NAN, weights and directions 1, parents and denominators -1. The
 * caller fills codes, names, nodes, values (texts are g_malloc'ed and owned by the data). with_years: makes
 * years. GH_INDEX_ERROR_LIMIT when too large. */
typedef struct {
    size_t n_units, n_indicators, n_nodes, n_groups, n_denominators, n_outside, n_extras;
    bool with_years;
} GhIndexDataSize;
GhIndexData *gh_index_data_new(const GhIndexDataSize *size, GError **error);

/* Checks the whole (codes unique and not empty, parents one level above, every aggregate with a child,
 * directions 1 or -1, weights finite and >= 0, values finite or NAN) and makes children and n_levels.
 * Texts that are NULL become "". */
bool gh_index_data_complete(GhIndexData *data, GError **error);

GhIndexData *gh_index_data_ref(GhIndexData *data);
void gh_index_data_unref(GhIndexData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexData, gh_index_data_unref)

/* -1 when there is none. Linear; the first row of that unit in a panel. */
gssize gh_index_data_find_node(const GhIndexData *data, const char *code);
gssize gh_index_data_find_unit(const GhIndexData *data, const char *code);
gssize gh_index_data_find_group(const GhIndexData *data, const char *code);
gssize gh_index_data_find_denominator(const GhIndexData *data, const char *code);
gssize gh_index_data_find_outside(const GhIndexData *data, const char *code);

/* The same, but what is not there is GH_INDEX_ERROR_UNKNOWN and the message names the nearest code. */
bool gh_index_data_require_node(const GhIndexData *data, const char *code, size_t *ret_node,
                                GError **error);
bool gh_index_data_require_unit(const GhIndexData *data, const char *code, size_t *ret_unit,
                                GError **error);
/* What a row is called: "AUT", or "AUT 2018" in a panel; owned by the caller. */
char *gh_index_data_row_name(const GhIndexData *data, size_t row);
bool gh_index_data_require_group(const GhIndexData *data, const char *code, size_t *ret_group,
                                 GError **error);

/* NULL when the metadata have no such column. */
const double *gh_index_data_extra(const GhIndexData *data, const char *name);

/* The node's ancestor at that level (itself at its own); -1 when level is below it. */
gssize gh_index_data_ancestor(const GhIndexData *data, size_t node, int level);

/* The first node of the highest level: what "the index" means where none is named. */
size_t gh_index_data_top(const GhIndexData *data);
