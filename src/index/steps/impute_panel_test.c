/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_panel_test.c - gaps from the unit's other years. */
#include "index/steps/prepare_testing.h"

/* A is known in 2012 (10) and 2016 (30): 5 a year. B is known in 2014 only. C never. Rows are not
 * in order. */
static const char *const UNITS[] = {"A", "A", "A", "A", "A", "A", "B", "B", "B", "C", "C"};
static const int YEARS[] = {2018, 2011, 2012, 2013, 2014, 2016, 2014, 2013, 2015, 2013, 2014};
static const double VALUES[] = {NAN, NAN, 10, NAN, NAN, 30, 7, NAN, NAN, NAN, NAN};
static const Prepared PANEL = {
    .n_units = 11, .n_indicators = 1, .values = VALUES, .years = YEARS, .units = UNITS};

static void
test_methods(void)
{
    static const struct {
        const char *label;
        GhIndexImpute how;
        double want[11];
    } cases[] = {
        {"latest", {.method = GH_IMPUTE_LATEST}, {30, NAN, 10, 10, 10, 30, 7, NAN, 7, NAN, NAN}},
        {"latest, one year back at most: filled years do not count as known",
         {.method = GH_IMPUTE_LATEST, .max_years = 1},
         {NAN, NAN, 10, 10, NAN, 30, 7, NAN, 7, NAN, NAN}},
        {"linear between and beyond; one observation gives its value",
         {.method = GH_IMPUTE_LINEAR},
         {40, 5, 10, 15, 20, 30, 7, 7, 7, NAN, NAN}},
        {"linear between, constant beyond",
         {.method = GH_IMPUTE_PANEL_CONSTANT},
         {30, 10, 10, 15, 20, 30, 7, 7, 7, NAN, NAN}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_state(&PANEL);
        g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
        g_autoptr(GError) error = NULL;
        g_assert_true(gh_index_impute(state, &cases[c].how, notes, &error));
        assert_values(state, cases[c].want, cases[c].label);
        g_assert_true(has_text(notes->remarks, "gaps that stay"));
    }
}

/* Beyond the last year the line goes through the last two, not through all: 1, 2, then 6 - 4 a
 * year. */
static void
test_beyond_goes_through_the_two_nearest(void)
{
    static const double values[] = {NAN, 1, 2, 6, NAN};
    static const double want[] = {0, 1, 2, 6, 10};
    static const int years[] = {2010, 2011, 2012, 2013, 2014};
    static const char *const units[] = {"A", "A", "A", "A", "A"};
    g_autoptr(GhIndexState) state = prepare_state(&(Prepared){
        .n_units = 5, .n_indicators = 1, .values = values, .years = years, .units = units});
    g_autoptr(GError) error = NULL;

    g_assert_true(
        gh_index_impute(state, &(GhIndexImpute){.method = GH_IMPUTE_LINEAR}, NULL, &error));
    assert_values(state, want, "beyond");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/impute panel/each method as worked out by hand", test_methods);
    g_test_add_func("/impute panel/linear beyond goes through the two nearest years",
                    test_beyond_goes_through_the_two_nearest);
    return g_test_run();
}
