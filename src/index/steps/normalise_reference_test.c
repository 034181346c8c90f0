/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* normalise_reference_test.c - normalising gives what COINr gives, where it gives numbers. */
#include <math.h>
#include <string.h>

#include "index/steps/steps_testing.h"

static const struct {
    const char *file, *from;
    GhIndexNormaliseOne how;
    bool from_metadata, as_coinr;
} cases[] = {
    {.file = "norm/n_minmax_0_100.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_MIN_MAX, .lower = 0, .upper = 100}},
    {.file = "norm/n_minmax_1_100.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_MIN_MAX, .lower = 1, .upper = 100}},
    {.file = "norm/n_minmax_1_100_Raw_withNA.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_MIN_MAX, .lower = 1, .upper = 100}},
    {.file = "norm/n_zscore_0_1.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_Z_SCORE, .mean = 0, .sd = 1}},
    {.file = "norm/n_borda.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_BORDA, .ties = GH_TIES_MIN}},
    {.file = "norm/n_rank.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_RANK, .ties = GH_TIES_MIN}},
    {.file = "norm/n_rank_average.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_RANK, .ties = GH_TIES_AVERAGE}},
    {.file = "norm/n_rank_max.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_RANK, .ties = GH_TIES_MAX}},
    {.file = "norm/n_rank_first.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_RANK, .ties = GH_TIES_FIRST}},
    {.file = "norm/n_prank.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_PERCENTILE_RANK, .ties = GH_TIES_MIN}},
    {.file = "norm/n_dist2max.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_MAX}},
    {.file = "norm/n_dist2ref_DEU.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "DEU"}},
    {.file = "norm/n_dist2ref_DEU_cap.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "DEU", .cap = true}},
    /* as_coinr: its common goals are not turned with the direction. */
    {.file = "norm/n_scaled_0_100.csv",
     .from = "data/step_Treated.csv",
     .how = {.method = GH_NORMALISE_SCALED, .goal_lower = 0, .goal_upper = 100, .scale = 100},
     .as_coinr = true},
    {.file = "norm/n_minmax_iMeta_Raw.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_MIN_MAX},
     .from_metadata = true},
    {.file = "norm/n_zscore_iMeta_Raw.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_Z_SCORE},
     .from_metadata = true},
    {.file = "norm/n_scaled_iMeta_Raw.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_SCALED, .goal_lower = NAN, .goal_upper = NAN},
     .from_metadata = true},
    {.file = "norm/n_goalposts_iMeta_Raw.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_GOALPOSTS, .goal_lower = NAN, .goal_upper = NAN},
     .from_metadata = true},
    {.file = "norm/n_dist2targ_iMeta_Raw.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_TARGET, .target = NAN},
     .from_metadata = true},
    {.file = "norm/n_dist2targ_iMeta_Raw_uncapped.csv",
     .from = "data/step_Raw.csv",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_TARGET, .target = NAN}},
};

/* The columns of params_iMeta.csv that are not in the example's own metadata. */
static void
add_extras(GhIndexData *data)
{
    g_autoptr(GhIndexTable) params = gh_index_testing_table("norm/params_iMeta.csv");

    data->extras = g_renew(GhIndexExtra, data->extras, data->n_extras + params->n_columns);
    for (size_t c = 0; c < params->n_columns; c++) {
        GhIndexExtra *extra = &data->extras[data->n_extras++];
        extra->name = g_strdup(params->columns[c]);
        extra->values = g_new(double, data->n_indicators);
        for (size_t j = 0; j < data->n_indicators; j++)
            extra->values[j] =
                gh_index_table_value(params, data->nodes[j].code, params->columns[c]);
    }
}

static void
test_case(const void *data)
{
    const size_t c = GPOINTER_TO_SIZE(data);
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_example(cases[c].from);
    if (state == NULL)
        return;

    g_autoptr(GhIndexTable) want = gh_index_testing_table(cases[c].file);
    const GhIndexNormalise how = {
        .usual = cases[c].how,
        .from_metadata = cases[c].from_metadata,
        .as_coinr = cases[c].as_coinr,
    };
    if (how.from_metadata)
        add_extras(state->data);
    (void)gh_index_normalise(state, &how, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(state->directed);
    gh_index_assert_table(state->data, state->values, state->n_units, state->rows, 0,
                          state->data->n_indicators, want);
}

static bool
is_finite_column(const GhIndexTable *table, const char *code)
{
    const double *x = table->values + gh_index_table_column(table, code) * table->n_rows;

    for (size_t i = 0; i < table->n_rows; i++) {
        if (!isfinite(x[i]))
            return false;
    }
    return true;
}

/* Where the largest negated value is 0, COINr has Inf and NaN: there the step says so and names the indicator. Left
 * out one after the other, these are exactly the columns that are not finite in its file. */
static void
test_fraction_of_max(void)
{
    const GhIndexNormalise how = {.usual.method = GH_NORMALISE_FRACTION_OF_MAX, .as_coinr = true};
    g_autoptr(GhIndexState) raw = gh_steps_testing_example("data/step_Treated.csv");
    if (raw == NULL)
        return;

    g_autoptr(GhIndexTable) want = gh_index_testing_table("norm/n_fracmax.csv");
    size_t n_refused = 0;
    for (size_t j = 0; j < raw->data->n_indicators; j++) {
        const char *code = raw->data->nodes[j].code;
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = gh_index_state_copy(raw);
        for (size_t k = 0; k < raw->data->n_indicators; k++)
            state->active[k] = k == j;
        const bool ok = gh_index_normalise(state, &how, NULL, &error);
        if (!is_finite_column(want, code)) {
            n_refused++;
            gh_steps_testing_assert_error(ok, &error, GH_INDEX_ERROR_DEGENERATE,
                                          (const char *[]){code, "COINr", NULL});
            continue;
        }
        g_assert_no_error(error);
        gh_index_assert_table(state->data, gh_index_state_column(state, j), state->n_units,
                              state->rows, j, 1, want);
    }
    g_assert_cmpuint(n_refused, >, 0);
}

/* Without as_coinr the same step is right for every indicator: the best of each has the largest value. */
static void
test_fraction_of_max_of_our_own_keeps_the_order(void)
{
    const GhIndexNormalise how = {.usual.method = GH_NORMALISE_FRACTION_OF_MAX};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) raw = gh_steps_testing_example("data/step_Treated.csv");
    if (raw == NULL)
        return;

    g_autoptr(GhIndexState) state = gh_index_state_copy(raw);
    (void)gh_index_normalise(state, &how, NULL, &error);
    g_assert_no_error(error);
    for (size_t j = 0; j < raw->data->n_indicators; j++) {
        const double *x = gh_index_state_column(raw, j);
        const double *y = gh_index_state_column(state, j);
        for (size_t i = 1; i < raw->n_units; i++) {
            const double rise = (x[i] - x[i - 1]) * raw->data->nodes[j].direction;
            g_assert_true(rise * (y[i] - y[i - 1]) >= 0.0);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autofree char *name = g_strdup_printf("/normalise/%s is reproduced", cases[c].file + 5);
        g_test_add_data_func(name, GSIZE_TO_POINTER(c), test_case);
    }
    g_test_add_func(
        "/normalise/fraction of max has COINr's finite numbers, and an error for its others",
        test_fraction_of_max);
    g_test_add_func("/normalise/fraction of max of our own keeps the order where less is better",
                    test_fraction_of_max_of_our_own_keeps_the_order);
    return g_test_run();
}
