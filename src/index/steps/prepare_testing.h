/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* prepare_testing.h - small tables for tests of the steps on raw values: written row by row as one
 * reads them. */
#pragma once

#include <math.h>
#include <string.h>

#include "index/index_testing.h"
#include "index/steps.h"

typedef struct {
    size_t n_units, n_indicators;
    const double *values;       /* row by row; NAN: gap */
    const char *const *parents; /* of indicators; NULL: all "Index" */
    const int *years;           /* NULL: no panel */
    const char *const *units;   /* NULL: U1, U2, ... */
    const int *categories; /* of the group "region", 0 or 1, -1 not known; NULL: no such group */
    const double *denominator; /* "size" */
    const int *directions;     /* NULL: all 1 */
} Prepared;

static inline void
prepare_units(GhIndexData *data, const Prepared *how)
{
    if (how->years != NULL) {
        data->years = g_new(int, how->n_units);
        memcpy(data->years, how->years, how->n_units * sizeof *data->years);
    }
    for (size_t i = 0; how->units != NULL && i < how->n_units; i++) {
        g_free(data->unit_codes[i]);
        data->unit_codes[i] = g_strdup(how->units[i]);
    }
    if (how->categories != NULL) {
        g_free(data->groups);
        data->groups = g_new0(GhIndexGroup, 1);
        data->n_groups = 1;
        data->groups[0].code = g_strdup("region");
        data->groups[0].n_categories = 2;
        data->groups[0].categories = g_new0(char *, 2);
        data->groups[0].of_unit = g_new(int, how->n_units);
        memcpy(data->groups[0].of_unit, how->categories, how->n_units * sizeof(int));
    }
    if (how->denominator != NULL) {
        g_free(data->denominators);
        data->denominators = g_new0(GhIndexVariable, 1);
        data->n_denominators = 1;
        data->denominators[0].code = g_strdup("size");
        data->denominators[0].values = g_new(double, how->n_units);
        memcpy(data->denominators[0].values, how->denominator, how->n_units * sizeof(double));
    }
}

static inline GhIndexState *
prepare_state(const Prepared *how)
{
    g_autofree const char **flat = g_new(const char *, how->n_indicators);

    for (size_t j = 0; j < how->n_indicators; j++)
        flat[j] = "Index";
    g_autoptr(GhIndexData) data = gh_index_testing_data(
        how->n_units, how->n_indicators, how->values, how->parents != NULL ? how->parents : flat);
    prepare_units(data, how);
    for (size_t j = 0; how->directions != NULL && j < how->n_indicators; j++)
        data->nodes[j].direction = how->directions[j];
    return gh_index_state_new(data);
}

/* A single column. */
static inline GhIndexState *
prepare_column(const double *values, size_t n)
{
    return prepare_state(&(Prepared){.n_units = n, .n_indicators = 1, .values = values});
}

/* Row by row again; gaps where want has them. */
static inline void
assert_values(const GhIndexState *state, const double *want, const char *label)
{
    const size_t n_indicators = state->data->n_indicators;

    for (size_t i = 0; i < state->n_units; i++) {
        for (size_t j = 0; j < n_indicators; j++) {
            g_autofree char *cell = g_strdup_printf("%s, row %zu, i%zu", label, i + 1, j + 1);
            gh_index_assert_near(gh_index_state_column(state, j)[i], want[i * n_indicators + j],
                                 1e-12, cell);
        }
    }
}

static inline bool
has_text(const GPtrArray *texts, const char *part)
{
    for (guint t = 0; t < texts->len; t++) {
        if (strstr(g_ptr_array_index(texts, t), part) != NULL)
            return true;
    }
    return false;
}

/* The step was refused, with this code, and the message names what it must. error is looked at
 * after the step, which is an argument too. */
static inline void
assert_refused(bool done, GError *const *error, GhIndexError code, const char *named)
{
    g_assert_false(done);
    g_assert_error(*error, GH_INDEX_ERROR, (int)code);
    if (strstr((*error)->message, named) == NULL)
        g_error("\"%s\" does not name \"%s\"", (*error)->message, named);
}
