/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scope.h - what of the table a step works on: which indicators, and which rows belong together.
 *
 * Ownership What is returned belongs to the caller; GhIndexParts is freed by gh_index_parts_free.
 * Errors    Messages begin with the name of the step ("impute: ...").
 */
#pragma once

#include "index/steps.h"

/* Members sorted into parts: part p has members[starts[p]] .. members[starts[p + 1] - 1]. What
 * belongs to no part is left out, and no part is empty. */
typedef struct {
    size_t n;
    size_t *starts; /* n + 1 */
    size_t *members;
} GhIndexParts;
void gh_index_parts_free(GhIndexParts *parts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexParts, gh_index_parts_free)

/* Rows of the state: all in one part, or a part a year, in the order of years; rows in their
 * order. */
GhIndexParts *gh_index_parts_over(const GhIndexState *state, GhIndexOver over, const char *step,
                                  GError **error);

/* Rows by the category of a group column, and by year too if over says so. Rows whose category is
 * not known belong to none. */
GhIndexParts *gh_index_parts_by_group(const GhIndexState *state, const char *group,
                                      GhIndexOver over, const char *step, GError **error);

/* Rows by unit, in the order of years: a panel. */
GhIndexParts *gh_index_parts_by_unit(const GhIndexState *state, const char *step, GError **error);

/* Active indicators by the node of a level above them; level 0: all together. */
GhIndexParts *gh_index_parts_by_node(const GhIndexState *state, int level, const char *step,
                                     GError **error);

static inline size_t
gh_index_part_size(const GhIndexParts *parts, size_t part)
{
    return parts->starts[part + 1] - parts->starts[part];
}

/* The values of one part of a column, put together; returns how many. */
size_t gh_index_part_gather(const GhIndexParts *parts, size_t part, const double *column,
                            double *ret_values);

bool gh_index_require_indicator(const GhIndexData *data, const char *code, const char *step,
                                size_t *ret_indicator, GError **error);

/* One flag an indicator: active and among the codes; NULL: all that are active. */
bool *gh_index_wanted_indicators(const GhIndexState *state, const char *const *codes,
                                 const char *step, GError **error);

/* gh_index_data_row_name of a row of the state. */
char *gh_index_row_name(const GhIndexState *state, size_t row);
