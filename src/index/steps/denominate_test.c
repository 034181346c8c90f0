/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* denominate_test.c - totals by size. */
#include "index/steps/prepare_testing.h"

static const double VALUES[] = {10, 3, 20, 4, NAN, 5};
static const double SIZES[] = {4, 5, 8};

static GhIndexState *
table(const double *sizes)
{
    GhIndexState *state = prepare_state(
        &(Prepared){.n_units = 3, .n_indicators = 2, .values = VALUES, .denominator = sizes});

    state->data->nodes[0].denominator = 0;
    return state;
}

static void
test_rates(void)
{
    static const GhIndexDenominateOne both[] = {{"i1", NULL, 1.0}, {"i2", "size", 100.0}};
    static const struct {
        const char *label;
        GhIndexDenominate how;
        double want[6];
    } cases[] = {
        {"as the metadata say", {.scale_factor = 1.0}, {2.5, 3, 4, 4, NAN, 5}},
        {"x scale_factor / size", {.scale_factor = 1000.0}, {2500, 3, 4000, 4, NAN, 5}},
        {"the specification before the metadata",
         {.scale_factor = 1.0, .indicators = both, .n_indicators = 2},
         {10, 75, 20, 80, NAN, 62.5}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = table(SIZES);
        g_autoptr(GError) error = NULL;
        g_assert_true(gh_index_denominate(state, &cases[c].how, NULL, &error));
        assert_values(state, cases[c].want, cases[c].label);
    }
}

static void
test_unknown_size(void)
{
    static const double sizes[] = {NAN, 5, NAN};
    static const double want[] = {NAN, 3, 4, 4, NAN, 5};
    g_autoptr(GhIndexState) state = table(sizes);
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(
        gh_index_denominate(state, &(GhIndexDenominate){.scale_factor = 1}, notes, &error));
    assert_values(state, want, "unknown sizes");
    g_assert_cmpuint(notes->remarks->len, ==, 1);
    g_assert_true(has_text(notes->remarks, "i1: values lost because the denominator size"));
    g_assert_true(has_text(notes->remarks, "not available: 1."));
}

static void
test_bad_sizes(void)
{
    static const double sizes[][3] = {{4, 0, 8}, {4, -2, 8}, {4, 1e-310, 8}};

    for (size_t c = 0; c < G_N_ELEMENTS(sizes); c++) {
        g_autoptr(GhIndexState) state = table(sizes[c]);
        g_autoptr(GError) error = NULL;
        assert_refused(
            gh_index_denominate(state, &(GhIndexDenominate){.scale_factor = 1}, NULL, &error),
            &error, GH_INDEX_ERROR_DATA, "indicator i1 of unit U2 cannot be divided by size");
    }
    /* Where the indicator has a gap the size does not matter. */
    static const double zero_beside_gap[] = {4, 5, 0};
    g_autoptr(GhIndexState) state = table(zero_beside_gap);
    g_autoptr(GError) error = NULL;
    g_assert_true(
        gh_index_denominate(state, &(GhIndexDenominate){.scale_factor = 1}, NULL, &error));
    g_assert_true(isnan(gh_index_state_column(state, 0)[2]));
}

static void
test_what_is_refused(void)
{
    static const GhIndexDenominateOne unknown[] = {{"i1", "people", 1.0}};
    static const GhIndexDenominateOne twice[] = {{"i1", NULL, 1.0}, {"i1", "size", 1.0}};
    static const GhIndexDenominateOne aggregate[] = {{"Index", "size", 1.0}};
    static const struct {
        GhIndexDenominate how;
        GhIndexError code;
        const char *named;
    } cases[] = {
        {{.scale_factor = 0.0}, GH_INDEX_ERROR_SPEC, "scale_factor"},
        {{.scale_factor = 1.0, .indicators = unknown, .n_indicators = 1},
         GH_INDEX_ERROR_UNKNOWN,
         "people"},
        {{.scale_factor = 1.0, .indicators = twice, .n_indicators = 2}, GH_INDEX_ERROR_SPEC, "i1"},
        {{.scale_factor = 1.0, .indicators = aggregate, .n_indicators = 1},
         GH_INDEX_ERROR_SPEC,
         "aggregate"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = table(SIZES);
        g_autoptr(GError) error = NULL;
        assert_refused(gh_index_denominate(state, &cases[c].how, NULL, &error), &error,
                       cases[c].code, cases[c].named);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/denominate/a rate is the value times the factor by the size", test_rates);
    g_test_add_func("/denominate/a rate of which the size is not known is not known",
                    test_unknown_size);
    g_test_add_func(
        "/denominate/a size of 0 or less is an error with unit, indicator and denominator",
        test_bad_sizes);
    g_test_add_func("/denominate/what cannot be meant is refused by name", test_what_is_refused);
    return g_test_run();
}
