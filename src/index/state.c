/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* state.c - the table that the steps work on, and the notes they leave. */
#include "index/state.h"

#include <math.h>
#include <string.h>

static GhIndexState *
state_alloc(GhIndexData *data, size_t n_units)
{
    GhIndexState *state = g_new0(GhIndexState, 1);

    state->data = gh_index_data_ref(data);
    state->n_units = n_units;
    state->rows = g_new(size_t, n_units);
    state->values = g_new(double, n_units * data->n_nodes);
    state->active = g_new(bool, data->n_nodes);
    state->weights = g_new(double, data->n_nodes);
    return state;
}

GhIndexState *
gh_index_state_new(GhIndexData *data)
{
    GhIndexState *state = state_alloc(data, data->n_units);
    const size_t n_raw = data->n_units * data->n_indicators;

    for (size_t i = 0; i < data->n_units; i++)
        state->rows[i] = i;
    memcpy(state->values, data->values, n_raw * sizeof *state->values);
    for (size_t v = n_raw; v < data->n_units * data->n_nodes; v++)
        state->values[v] = NAN;
    for (size_t k = 0; k < data->n_nodes; k++) {
        state->active[k] = true;
        state->weights[k] = data->nodes[k].weight;
    }
    return state;
}

GhIndexState *
gh_index_state_copy(const GhIndexState *state)
{
    const size_t n_nodes = state->data->n_nodes;
    GhIndexState *copy = state_alloc(state->data, state->n_units);

    memcpy(copy->rows, state->rows, state->n_units * sizeof *copy->rows);
    memcpy(copy->values, state->values, state->n_units * n_nodes * sizeof *copy->values);
    memcpy(copy->active, state->active, n_nodes * sizeof *copy->active);
    memcpy(copy->weights, state->weights, n_nodes * sizeof *copy->weights);
    memcpy(copy->weighting, state->weighting, sizeof copy->weighting);
    copy->directed = state->directed;
    return copy;
}

void
gh_index_state_free(GhIndexState *state)
{
    if (state == NULL)
        return;
    gh_index_data_unref(state->data);
    g_free(state->rows);
    g_free(state->values);
    g_free(state->active);
    g_free(state->weights);
    g_free(state);
}

void
gh_index_state_keep(GhIndexState *state, const bool *keep)
{
    const size_t n_before = state->n_units;
    size_t n_kept = 0;

    for (size_t i = 0; i < n_before; i++)
        n_kept += keep[i];
    if (n_kept == n_before)
        return;
    /* Columns move towards the front, so each value is read before its place is written over. */
    for (size_t k = 0; k < state->data->n_nodes; k++) {
        const double *from = state->values + k * n_before;
        double *to = state->values + k * n_kept;
        for (size_t i = 0; i < n_before; i++) {
            if (keep[i])
                *to++ = from[i];
        }
    }
    size_t *to = state->rows;
    for (size_t i = 0; i < n_before; i++) {
        if (keep[i])
            *to++ = state->rows[i];
    }
    state->n_units = n_kept;
}

static void
drop_below(GhIndexState *state, size_t node)
{
    const GhIndexNode *nodes = state->data->nodes;

    state->active[node] = false;
    for (size_t c = 0; c < nodes[node].n_children; c++)
        drop_below(state, nodes[node].children[c]); /* no deeper than GH_INDEX_MAX_LEVELS */
}

void
gh_index_state_drop(GhIndexState *state, size_t node)
{
    const GhIndexNode *nodes = state->data->nodes;

    drop_below(state, node);
    for (gssize parent = nodes[node].parent; parent >= 0; parent = nodes[parent].parent) {
        for (size_t c = 0; c < nodes[parent].n_children; c++) {
            if (state->active[nodes[parent].children[c]])
                return;
        }
        state->active[parent] = false;
    }
}

/* -- notes -- */

GhIndexNotes *
gh_index_notes_new(const GhIndexData *data)
{
    GhIndexNotes *notes = g_new0(GhIndexNotes, 1);

    notes->n_units = data->n_units;
    notes->n_indicators = data->n_indicators;
    notes->marks = g_new0(unsigned char, data->n_units * data->n_indicators);
    notes->treated = g_ptr_array_new_with_free_func(g_free);
    notes->removed = g_ptr_array_new_with_free_func(g_free);
    notes->remarks = g_ptr_array_new_with_free_func(g_free);
    notes->weights = g_ptr_array_new_with_free_func(g_free);
    return notes;
}

void
gh_index_notes_free(GhIndexNotes *notes)
{
    if (notes == NULL)
        return;
    g_free(notes->marks);
    g_ptr_array_unref(notes->treated);
    g_ptr_array_unref(notes->removed);
    g_ptr_array_unref(notes->remarks);
    g_ptr_array_unref(notes->weights);
    g_free(notes);
}

void
gh_index_notes_mark(GhIndexNotes *notes, size_t row, size_t indicator, GhIndexMark mark)
{
    if (notes == NULL)
        return;
    unsigned char *at = &notes->marks[indicator * notes->n_units + row];
    if (*at
        != GH_INDEX_MARK_IMPUTED) /* what was done to a guess matters less than that it is one */
        *at = (unsigned char)mark;
}

void
gh_index_notes_remark(GhIndexNotes *notes, const char *format, ...)
{
    va_list arguments;

    if (notes == NULL)
        return;
    va_start(arguments, format);
    g_ptr_array_add(notes->remarks, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}
