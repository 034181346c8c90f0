/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* denominate.c - totals become rates: x times a factor, divided by the size of the unit.
 *
 * Source    OECD/JRC Handbook (2008), step 2 (scaling by size).
 */
#include <math.h>

#include "index/steps/scope.h"

static const char STEP[] = "denominate";

typedef struct {
    gssize denominator; /* -1: none */
    double factor;
    bool is_own;
} Rate;

static bool
find_denominator(const GhIndexData *data, const char *code, gssize *ret_denominator, GError **error)
{
    *ret_denominator = code == NULL ? -1 : gh_index_data_find_denominator(data, code);
    if (code == NULL || *ret_denominator >= 0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_UNKNOWN,
                "%s: there is no denominator \"%s\": the metadata name it with Type Denominator",
                STEP, code);
    return false;
}

static bool
check_factor(double factor, GError **error)
{
    if (isfinite(factor) && factor != 0.0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "%s: scale_factor is %g, a number other than 0 is asked for", STEP, factor);
    return false;
}

/* The metadata's denominators, and what the specification says instead. */
static Rate *
find_rates(const GhIndexData *data, const GhIndexDenominate *how, GError **error)
{
    g_autofree Rate *rates = g_new0(Rate, data->n_indicators);

    if (!check_factor(how->scale_factor, error))
        return NULL;
    for (size_t j = 0; j < data->n_indicators; j++)
        rates[j] = (Rate){.denominator = data->nodes[j].denominator, .factor = how->scale_factor};
    for (size_t k = 0; k < how->n_indicators; k++) {
        const GhIndexDenominateOne *one = &how->indicators[k];
        size_t j = 0;
        if (!gh_index_require_indicator(data, one->indicator, STEP, &j, error)
            || !find_denominator(data, one->denominator, &rates[j].denominator, error)
            || !check_factor(one->scale_factor, error))
            return NULL;
        if (rates[j].is_own) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "%s: indicator %s is named twice", STEP, one->indicator);
            return NULL;
        }
        rates[j].factor = one->scale_factor;
        rates[j].is_own = true;
    }
    return g_steal_pointer(&rates);
}

static bool
refuse(const GhIndexState *state, size_t row, size_t j, const GhIndexVariable *by, const char *why,
       GError **error)
{
    g_autofree char *unit = gh_index_row_name(state, row);

    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                "%s: indicator %s of unit %s cannot be divided by %s, which is %g: %s", STEP,
                state->data->nodes[j].code, unit, by->code, by->values[state->rows[row]], why);
    return false;
}

static bool
denominate_column(GhIndexState *state, size_t j, const Rate *rate, GhIndexNotes *notes,
                  GError **error)
{
    const GhIndexVariable *by = &state->data->denominators[rate->denominator];
    double *x = gh_index_state_column(state, j);
    size_t n_lost = 0;

    for (size_t i = 0; i < state->n_units; i++) {
        const double d = by->values[state->rows[i]];
        if (isnan(x[i]))
            continue;
        if (d <= 0.0)
            return refuse(state, i, j, by, "a size above 0 is needed", error);
        /* A rate of which the size is not known is not known. */
        if (isnan(d))
            n_lost++;
        x[i] = x[i] * rate->factor / d;
        if (isinf(x[i]))
            return refuse(state, i, j, by, "the result is too large for a number", error);
    }
    if (n_lost > 0)
        gh_index_notes_remark(notes,
                              "%s: values lost because the denominator %s is not available: %zu.",
                              state->data->nodes[j].code, by->code, n_lost);
    return true;
}

bool
gh_index_denominate(GhIndexState *state, const GhIndexDenominate *how, GhIndexNotes *notes,
                    GError **error)
{
    g_autofree Rate *rates = find_rates(state->data, how, error);

    if (rates == NULL)
        return false;
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        if (state->active[j] && rates[j].denominator >= 0
            && !denominate_column(state, j, &rates[j], notes, error))
            return false;
    }
    return true;
}
