/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* run.c - all steps of a specification, one after the other, and the places that come out. */
#include "index/run.h"

#include <gio/gio.h>
#include <math.h>

#include "index/partition.h"

void
gh_index_result_free(GhIndexResult *result)
{
    if (result == NULL)
        return;
    gh_index_state_free(result->state);
    gh_index_notes_free(result->notes);
    gh_index_data_unref(result->data);
    gh_index_spec_unref(result->spec);
    g_free(result->places);
    g_free(result);
}

static bool
report(const GhProgress *progress, const char *step, size_t done, size_t n, GError **error)
{
    if (gh_progress_report(progress, step, (double)done / (double)n))
        return true;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped before its end");
    return false;
}

/* The message begins with the step: with "winsorise", where it has that id. */
static bool
apply(const GhIndexStep *step, GhIndexState *state, GhIndexNotes *notes, GError **error)
{
    if (gh_index_step_apply(step, state, notes, error))
        return true;
    const char *kind = gh_index_step_kind_text(step->kind);
    if (g_strcmp0(step->id, kind) != 0)
        g_prefix_error(error, "%s: ", step->id);
    return false;
}

bool
gh_index_run_steps(GhIndexState *state, GhIndexStep *const *steps, size_t n_steps,
                   GhIndexNotes *notes, GError **error)
{
    for (size_t i = 0; i < n_steps; i++)
        if (!apply(steps[i], state, notes, error))
            return false;
    return true;
}

/* Columns of the state stretched over all rows of the data, ranked within each year. */
static int *
find_places(const GhIndexState *state)
{
    const GhIndexData *data = state->data;
    GhIndexPartition *years = gh_index_partition_new(data, -1);
    g_autofree double *column = g_new(double, data->n_units);
    int *places = g_new0(int, data->n_units * data->n_nodes);

    for (size_t i = 0; i < data->n_units; i++)
        column[i] = NAN;
    for (size_t k = 0; k < data->n_nodes; k++) {
        const double *values = gh_index_state_column(state, k);
        if (!state->active[k])
            continue;
        for (size_t i = 0; i < state->n_units; i++)
            column[state->rows[i]] = values[i];
        gh_index_partition_places(years, column, places + k * data->n_units);
    }
    gh_index_partition_free(years);
    return places;
}

GhIndexResult *
gh_index_run(GhIndexData *data, const GhIndexSpec *spec, const GhProgress *progress, GError **error)
{
    g_autoptr(GhIndexResult) result = g_new0(GhIndexResult, 1);
    size_t n = spec->n_steps + 1; /* and the places */

    result->data = gh_index_data_ref(data);
    result->spec = gh_index_spec_ref((GhIndexSpec *)(uintptr_t)spec); /* only its count changes */
    result->state = gh_index_state_new(data);
    result->notes = gh_index_notes_new(data);
    for (size_t i = 0; i < spec->n_steps; i++) {
        if (!report(progress, gh_index_step_kind_text(spec->steps[i]->kind), i, n, error)
            || !apply(spec->steps[i], result->state, result->notes, error))
            return NULL;
    }
    if (!report(progress, GH_MARK("ranks"), spec->n_steps, n, error))
        return NULL;
    result->places = find_places(result->state);
    return g_steal_pointer(&result);
}

double
gh_index_result_value(const GhIndexResult *result, size_t node, size_t data_row)
{
    const GhIndexState *state = result->state;
    size_t low = 0;
    size_t high = state->n_units;

    while (low < high) { /* rows ascend */
        size_t middle = low + (high - low) / 2;
        if (state->rows[middle] < data_row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == state->n_units || state->rows[low] != data_row || !state->active[node])
        return NAN;
    return gh_index_state_column(state, node)[low];
}
