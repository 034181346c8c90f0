/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* screen.c - units and indicators of which too little is known are left out.
 *
 * Source    OECD/JRC Handbook (2008), step 2; the two shares are those of COINr's Screen.
 */
#include <math.h>

#include "index/steps/scope.h"

static const char STEP[] = "screen";

static bool
check_share(const char *name, double share, GError **error)
{
    if (share >= 0.0 && share <= 1.0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "%s: %s is %g, a share from 0 to 1 is asked for", STEP, name, share);
    return false;
}

static void
note_removed(GhIndexNotes *notes, char *text)
{
    if (notes != NULL)
        g_ptr_array_add(notes->removed, text);
    else
        g_free(text);
}

static size_t
count_active(const GhIndexState *state)
{
    size_t n = 0;

    for (size_t j = 0; j < state->data->n_indicators; j++)
        n += state->active[j];
    return n;
}

static bool
check_any_left(const GhIndexState *state, GError **error)
{
    if (count_active(state) > 0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                "%s: no indicator is left; lower indicators_min_available, or drop fewer", STEP);
    return false;
}

/* -- nodes and indicators -- */

static bool
drop_nodes(GhIndexState *state, const char *const *codes, GhIndexNotes *notes, GError **error)
{
    for (; codes != NULL && *codes != NULL; codes++) {
        size_t node = 0;
        if (!gh_index_data_require_node(state->data, *codes, &node, error)) {
            g_prefix_error(error, "%s: ", STEP);
            return false;
        }
        gh_index_state_drop(state, node);
        note_removed(notes, g_strdup_printf("%s: the specification leaves it out", *codes));
    }
    return true;
}

static void
screen_indicators(GhIndexState *state, double min_available, GhIndexNotes *notes)
{
    for (size_t j = 0; j < state->data->n_indicators && state->n_units > 0; j++) {
        if (!state->active[j])
            continue;
        const size_t n = gh_column_range(gh_index_state_column(state, j), state->n_units).n;
        const double share = (double)n / (double)state->n_units;
        if (share >= min_available)
            continue;
        gh_index_state_drop(state, j);
        note_removed(notes,
                     g_strdup_printf("%s: %zu of %zu units have it (%.3g %%), %.3g %% are asked",
                                     state->data->nodes[j].code, n, state->n_units, 100.0 * share,
                                     100.0 * min_available));
    }
}

/* What does not vary tells no unit from another, and no method that looks at the spread can use
 * it. */
static void
drop_constants(GhIndexState *state, GhIndexNotes *notes)
{
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        const GhMoments range = gh_column_range(gh_index_state_column(state, j), state->n_units);
        if (!state->active[j] || range.max > range.min)
            continue;
        gh_index_state_drop(state, j);
        note_removed(notes, range.n == 0
                                ? g_strdup_printf("%s: no unit has it", state->data->nodes[j].code)
                                : g_strdup_printf("%s: all %zu units that have it have %g",
                                                  state->data->nodes[j].code, range.n, range.max));
    }
}

/* -- units -- */

/* One flag a row of the state for the units named, in all their years. */
static bool *
named_rows(const GhIndexState *state, const char *const *codes, GError **error)
{
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree bool *flags = g_new0(bool, state->n_units);

    for (; codes != NULL && *codes != NULL; codes++) {
        size_t unit = 0;
        if (!gh_index_data_require_unit(state->data, *codes, &unit, error)) {
            g_prefix_error(error, "%s: ", STEP);
            return NULL;
        }
        g_hash_table_add(named, state->data->unit_codes[unit]);
    }
    for (size_t i = 0; i < state->n_units; i++)
        flags[i] = g_hash_table_contains(named, state->data->unit_codes[state->rows[i]]);
    return g_steal_pointer(&flags);
}

static bool
check_no_contradiction(const GhIndexState *state, const bool *kept, const bool *dropped,
                       GError **error)
{
    for (size_t i = 0; i < state->n_units; i++) {
        if (!kept[i] || !dropped[i])
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "%s: unit %s is to be kept and to be dropped", STEP,
                    state->data->unit_codes[state->rows[i]]);
        return false;
    }
    return true;
}

static void
count_values(const GhIndexState *state, size_t *ret_available, size_t *ret_zero)
{
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        const double *x = gh_index_state_column(state, j);
        for (size_t i = 0; state->active[j] && i < state->n_units; i++) {
            ret_available[i] += x[i] == x[i]; /* not NAN */
            ret_zero[i] += x[i] == 0.0;
        }
    }
}

/* NULL: the unit stays; else why not; owned. A unit without any value has no share of zeros to be
 * judged by. */
static char *
why_removed(const GhIndexScreen *how, const char *unit, size_t n_available, size_t n_zero,
            size_t n_indicators)
{
    const double available = (double)n_available / (double)n_indicators;
    const double nonzero =
        n_available == 0 ? 1.0 : (double)(n_available - n_zero) / (double)n_available;

    if (available < how->min_available)
        return g_strdup_printf(
            "%s: %zu of its %zu indicators are available (%.3g %%), %.3g %% are asked", unit,
            n_available, n_indicators, 100.0 * available, 100.0 * how->min_available);
    if (nonzero < how->min_nonzero)
        return g_strdup_printf("%s: %zu of its %zu values are not 0 (%.3g %%), %.3g %% are asked",
                               unit, n_available - n_zero, n_available, 100.0 * nonzero,
                               100.0 * how->min_nonzero);
    return NULL;
}

static bool
screen_units(GhIndexState *state, const GhIndexScreen *how, const bool *kept, GhIndexNotes *notes)
{
    const size_t n_indicators = count_active(state);
    g_autofree size_t *n_available = g_new0(size_t, state->n_units);
    g_autofree size_t *n_zero = g_new0(size_t, state->n_units);
    g_autofree bool *stay = g_new(bool, state->n_units);

    count_values(state, n_available, n_zero);
    for (size_t i = 0; i < state->n_units; i++) {
        g_autofree char *unit = gh_index_row_name(state, i);
        char *why =
            kept[i] ? NULL : why_removed(how, unit, n_available[i], n_zero[i], n_indicators);
        stay[i] = why == NULL;
        if (why != NULL)
            note_removed(notes, why);
    }
    gh_index_state_keep(state, stay);
    return state->n_units > 0;
}

static void
drop_rows(GhIndexState *state, bool *dropped, GhIndexNotes *notes)
{
    for (size_t i = 0; i < state->n_units; i++) {
        if (dropped[i]) {
            g_autofree char *unit = gh_index_row_name(state, i);
            note_removed(notes, g_strdup_printf("%s: the specification leaves it out", unit));
        }
        dropped[i] = !dropped[i];
    }
    gh_index_state_keep(state, dropped);
}

bool
gh_index_screen(GhIndexState *state, const GhIndexScreen *how, GhIndexNotes *notes, GError **error)
{
    if (!check_share("min_available", how->min_available, error)
        || !check_share("min_nonzero", how->min_nonzero, error)
        || !check_share("indicators_min_available", how->indicators_min_available, error))
        return false;

    g_autofree bool *keep = named_rows(state, how->keep, error);
    if (keep == NULL)
        return false;
    g_autofree bool *dropped = named_rows(state, how->drop_units, error);
    if (dropped == NULL)
        return false;
    if (!check_no_contradiction(state, keep, dropped, error)
        || !drop_nodes(state, how->drop, notes, error))
        return false;

    drop_rows(state, dropped, notes);
    screen_indicators(state, how->indicators_min_available, notes);
    if (!check_any_left(state, error))
        return false;
    /* Rows have moved up since. */
    g_autofree bool *kept = named_rows(state, how->keep, error);
    if (!screen_units(state, how, kept, notes)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s: no unit is left; lower min_available or min_nonzero, or drop fewer", STEP);
        return false;
    }
    if (how->drop_constant)
        drop_constants(state, notes);
    return check_any_left(state, error);
}
