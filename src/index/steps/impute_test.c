/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_test.c - gaps filled by column and by row. Panels: impute_panel_test.c; models:
 * impute_model_test.c. */
#include "index/steps/prepare_testing.h"

static const double VALUES[] = {
    2,   10,  /* U1, region 0 */
    4,   NAN, /* U2, region 0 */
    NAN, 30,  /* U3, region 0 */
    12,  40,  /* U4, region 1 */
    NAN, NAN, /* U5, region 1 */
    NAN, NAN, /* U6, region not known */
};
static const int REGIONS[] = {0, 0, 0, 1, 1, -1};
static const Prepared TABLE = {
    .n_units = 6, .n_indicators = 2, .values = VALUES, .categories = REGIONS};

static void
test_by_column(void)
{
    static const char *const only_first[] = {"i1", NULL};
    static const struct {
        const char *label;
        GhIndexImpute how;
        double want[12];
    } cases[] = {
        /* (2 + 4 + 12) / 3 = 6; (10 + 30 + 40) / 3 */
        {"mean",
         {.method = GH_IMPUTE_MEAN},
         {2, 10, 4, 80.0 / 3, 6, 30, 12, 40, 6, 80.0 / 3, 6, 80.0 / 3}},
        {"median", {.method = GH_IMPUTE_MEDIAN}, {2, 10, 4, 30, 4, 30, 12, 40, 4, 30, 4, 30}},
        {"constant",
         {.method = GH_IMPUTE_CONSTANT, .value = -1},
         {2, 10, 4, -1, -1, 30, 12, 40, -1, -1, -1, -1}},
        /* Region 0: (2 + 4) / 2, (10 + 30) / 2; region 1: 12, 40. U6 has no region. */
        {"mean of the region",
         {.method = GH_IMPUTE_MEAN, .group = "region"},
         {2, 10, 4, 20, 3, 30, 12, 40, 12, 40, NAN, NAN}},
        {"only where asked",
         {.method = GH_IMPUTE_MEAN, .indicators = only_first},
         {2, 10, 4, NAN, 6, 30, 12, 40, 6, NAN, 6, NAN}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_state(&TABLE);
        g_autoptr(GError) error = NULL;
        g_assert_true(gh_index_impute(state, &cases[c].how, NULL, &error));
        assert_values(state, cases[c].want, cases[c].label);
    }
}

static void
test_a_group_without_any_value(void)
{
    static const double values[] = {1, 2, NAN, NAN};
    static const int regions[] = {0, 0, 1, 1};
    g_autoptr(GhIndexState) state = prepare_state(
        &(Prepared){.n_units = 4, .n_indicators = 1, .values = values, .categories = regions});
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(
        state, &(GhIndexImpute){.method = GH_IMPUTE_MEDIAN, .group = "region"}, notes, &error));
    assert_values(state, values, "nothing to fill from");
    g_assert_cmpuint(notes->remarks->len, ==, 1);
    g_assert_true(has_text(notes->remarks, "fill them from: 2, the first of U3"));
}

/* U2 lacks i2. With i1 0..10 up, i3 0..8 less is better, i2 100..300:
 * u1 = 5 / 10 = 0.5, u3 = (8 - 6) / 8 = 0.25, mean 0.375: 100 + 0.375 x 200 = 175.
 * Where i2 is better the less there is: 300 - 0.375 x 200 = 225. Raw: (5 + 6) / 2. */
static void
test_by_row(void)
{
    static const double values[] = {0, 100, 0, 5, NAN, 6, 10, 300, 8};
    static const struct {
        const char *label;
        bool normalise_first;
        int directions[3];
        double want;
    } cases[] = {
        {"on a common scale", true, {1, 1, -1}, 175},
        {"less is better", true, {1, -1, -1}, 225},
        {"as the values are", false, {1, 1, -1}, 5.5},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_state(&(Prepared){
            .n_units = 3, .n_indicators = 3, .values = values, .directions = cases[c].directions});
        g_autoptr(GError) error = NULL;
        double want[9];
        memcpy(want, values, sizeof want);
        want[4] = cases[c].want;
        g_assert_true(gh_index_impute(
            state,
            &(GhIndexImpute){.by = GH_IMPUTE_BY_ROW, .normalise_first = cases[c].normalise_first},
            NULL, &error));
        assert_values(state, want, cases[c].label);
    }
}

/* i1 and i2 are group A, i3 group B: U2 has nothing else in A. i2 is always 7: no scale, its gap is
 * 7. */
static void
test_by_row_within_groups(void)
{
    static const char *const parents[] = {"A", "A", "B"};
    static const double values[] = {0, 7, 1, NAN, 7, 2, 4, NAN, 3};
    static const double want[] = {0, 7, 1, NAN, 7, 2, 4, 7, 3};
    g_autoptr(GhIndexState) state = prepare_state(
        &(Prepared){.n_units = 3, .n_indicators = 3, .values = values, .parents = parents});
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(
        state, &(GhIndexImpute){.by = GH_IMPUTE_BY_ROW, .group_level = 2, .normalise_first = true},
        notes, &error));
    assert_values(state, want, "within the group");
    g_assert_true(has_text(notes->remarks, "fill them from: 1, the first of U2"));
    g_assert_cmpint(notes->marks[1 * 3 + 2], ==, GH_INDEX_MARK_IMPUTED);
}

static void
test_each_year_by_itself(void)
{
    static const double values[] = {1, NAN, 5, 9, NAN, 7};
    static const int years[] = {2020, 2020, 2021, 2021, 2021, 2020};
    static const char *const units[] = {"A", "B", "A", "B", "C", "C"};
    static const double want[] = {1, 4, 5, 9, 7, 7};
    g_autoptr(GhIndexState) state = prepare_state(&(Prepared){
        .n_units = 6, .n_indicators = 1, .values = values, .years = years, .units = units});
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_impute(
        state, &(GhIndexImpute){.method = GH_IMPUTE_MEAN, .over = GH_OVER_YEAR}, NULL, &error));
    assert_values(state, want, "mean of the year");
}

/* COINr's false alarm about changed values (its issue 40) cannot happen: the bits are those of
 * before. */
static void
test_observed_cells_are_not_touched(void)
{
    static const double values[] = {0.1, 1e300, 0.3, NAN, 1e-300, NAN, -0.7, 3, 5, 0.2, 4, 6};
    static const GhIndexImpute ways[] = {
        {.method = GH_IMPUTE_MEAN},
        {.method = GH_IMPUTE_MEDIAN},
        {.by = GH_IMPUTE_BY_ROW, .normalise_first = true},
    };

    for (size_t w = 0; w < G_N_ELEMENTS(ways); w++) {
        g_autoptr(GhIndexState) state =
            prepare_state(&(Prepared){.n_units = 4, .n_indicators = 3, .values = values});
        g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
        g_autoptr(GError) error = NULL;
        g_assert_true(gh_index_impute(state, &ways[w], notes, &error));
        for (size_t i = 0; i < 4; i++) {
            for (size_t j = 0; j < 3; j++) {
                const double got = gh_index_state_column(state, j)[i];
                const bool gap = isnan(values[i * 3 + j]);
                g_assert_true(isfinite(got));
                g_assert_cmpint(notes->marks[j * 4 + i], ==,
                                gap ? GH_INDEX_MARK_IMPUTED : GH_INDEX_MARK_NONE);
                g_assert_true(gap || memcmp(&got, &values[i * 3 + j], sizeof got) == 0);
            }
        }
    }
}

/* Mean and median move with the scale, and do not care for the order of units. */
static void
test_scale_shift_and_order(void)
{
    static const double x[] = {3, NAN, 8, 1, NAN, 20, 5};
    static const size_t order[] = {4, 2, 6, 0, 1, 5, 3};
    enum {
        N = G_N_ELEMENTS(x)
    };

    for (GhIndexImputeMethod method = GH_IMPUTE_MEAN; method <= GH_IMPUTE_MEDIAN; method++) {
        const GhIndexImpute how = {.method = method};
        g_autoptr(GError) error = NULL;
        double moved[N], shuffled[N], want_moved[N], want_shuffled[N];
        for (size_t i = 0; i < N; i++) {
            moved[i] = 3.0 * x[i] - 7.0;
            shuffled[i] = x[order[i]];
        }
        g_autoptr(GhIndexState) plain = prepare_column(x, N);
        g_autoptr(GhIndexState) scaled = prepare_column(moved, N);
        g_autoptr(GhIndexState) other = prepare_column(shuffled, N);
        g_assert_true(gh_index_impute(plain, &how, NULL, &error));
        g_assert_true(gh_index_impute(scaled, &how, NULL, &error));
        g_assert_true(gh_index_impute(other, &how, NULL, &error));
        for (size_t i = 0; i < N; i++) {
            want_moved[i] = 3.0 * gh_index_state_column(plain, 0)[i] - 7.0;
            want_shuffled[i] = gh_index_state_column(plain, 0)[order[i]];
        }
        assert_values(scaled, want_moved, "scaled");
        assert_values(other, want_shuffled, "shuffled");
    }
}

static void
test_what_is_refused(void)
{
    static const char *const unknown[] = {"i9", NULL};
    static const struct {
        GhIndexImpute how;
        GhIndexError code;
        const char *named;
    } cases[] = {
        {{.method = GH_IMPUTE_EM, .by = GH_IMPUTE_BY_ROW}, GH_INDEX_ERROR_SPEC, "by row"},
        {{.method = GH_IMPUTE_CONSTANT, .group = "region"}, GH_INDEX_ERROR_SPEC, "group"},
        {{.method = GH_IMPUTE_MEAN, .group_level = 2}, GH_INDEX_ERROR_SPEC, "group_level"},
        {{.by = GH_IMPUTE_BY_ROW, .group_level = 9}, GH_INDEX_ERROR_SPEC, "group_level 9"},
        {{.method = GH_IMPUTE_CONSTANT, .value = NAN}, GH_INDEX_ERROR_SPEC, "value"},
        {{.method = GH_IMPUTE_MEAN, .max_years = 2}, GH_INDEX_ERROR_SPEC, "max_years"},
        {{.method = GH_IMPUTE_EM, .tolerance = 1e-8}, GH_INDEX_ERROR_SPEC, "max_iterations"},
        {{.method = GH_IMPUTE_LINEAR}, GH_INDEX_ERROR_SPEC, "Time"},
        {{.method = GH_IMPUTE_MEAN, .over = GH_OVER_YEAR}, GH_INDEX_ERROR_SPEC, "Time"},
        {{.method = GH_IMPUTE_LATEST, .over = GH_OVER_YEAR}, GH_INDEX_ERROR_SPEC, "over"},
        {{.method = GH_IMPUTE_MEAN, .group = "colour"}, GH_INDEX_ERROR_UNKNOWN, "colour"},
        {{.method = GH_IMPUTE_MEAN, .indicators = unknown}, GH_INDEX_ERROR_UNKNOWN, "i9"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_state(&TABLE);
        g_autoptr(GError) error = NULL;
        assert_refused(gh_index_impute(state, &cases[c].how, NULL, &error), &error, cases[c].code,
                       cases[c].named);
    }
}

static void
test_a_mean_too_large_for_a_number(void)
{
    static const double huge[] = {1.7e308, 1.7e308, NAN};
    g_autoptr(GhIndexState) state = prepare_column(huge, 3);
    g_autoptr(GError) error = NULL;

    assert_refused(gh_index_impute(state, &(GhIndexImpute){.method = GH_IMPUTE_MEAN}, NULL, &error),
                   &error, GH_INDEX_ERROR_DATA, "indicator i1 of unit U3");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/impute/by column gaps come from the other units", test_by_column);
    g_test_add_func("/impute/a group in which all are missing stays so, with a remark",
                    test_a_group_without_any_value);
    g_test_add_func("/impute/by row gaps come from the unit's other indicators on a common scale",
                    test_by_row);
    g_test_add_func(
        "/impute/by row a group is by itself and a column without spread has its one value",
        test_by_row_within_groups);
    g_test_add_func("/impute/over year each year is filled from itself", test_each_year_by_itself);
    g_test_add_func("/impute/values that are not missing never change",
                    test_observed_cells_are_not_touched);
    g_test_add_func("/impute/scale, shift and order of units go through",
                    test_scale_shift_and_order);
    g_test_add_func("/impute/keys without effect and unknown names are refused",
                    test_what_is_refused);
    g_test_add_func("/impute/an estimate too large for a number names unit and indicator",
                    test_a_mean_too_large_for_a_number);
    return g_test_run();
}
