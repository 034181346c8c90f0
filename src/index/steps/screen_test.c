/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* screen_test.c - who is left out because too little is known of him. */
#include "index/steps/prepare_testing.h"

/* U1 has 3 of 4, two of them 0; U2 4 of 4; U3 1 of 4; U4 2 of 4. i4 is known for one unit of four. */
static const double VALUES[] = {
    0,   0, 5,   NAN, /* U1 */
    1,   2, 3,   4,   /* U2 */
    NAN, 1, NAN, NAN, /* U3 */
    NAN, 7, 8,   NAN, /* U4 */
};
static const Prepared TABLE = {.n_units = 4, .n_indicators = 4, .values = VALUES};

static void
test_who_stays(void)
{
    static const char *const keep_u3[] = {"U3", NULL}, *const drop_u2[] = {"U2", NULL};
    static const char *const drop_i1[] = {"i1", NULL};
    static const struct {
        const char *label;
        GhIndexScreen how;
        const char *units; /* that stay */
    } cases[] = {
        {"nothing asked, nobody goes", {.min_available = 0}, "1234"},
        {"exactly the share asked is enough", {.min_available = 0.5}, "124"},
        {"just above it is not", {.min_available = 0.51}, "12"},
        {"all asked", {.min_available = 1}, "2"},
        {"zeros are counted among available values", {.min_nonzero = 0.5}, "234"},
        {"one kept whatever he has", {.min_available = 0.5, .keep = keep_u3}, "1234"},
        {"one taken out", {.drop_units = drop_u2}, "134"},
        {"shares count active indicators only", {.min_available = 0.6, .drop = drop_i1}, "124"},
        {"indicators go first",
         {.indicators_min_available = 0.5, .min_available = 2.0 / 3.0},
         "124"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_state(&TABLE);
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) stay = g_string_new(NULL);
        g_assert_true(gh_index_screen(state, &cases[c].how, NULL, &error));
        for (size_t i = 0; i < state->n_units; i++)
            g_string_append(stay, state->data->unit_codes[state->rows[i]] + 1);
        if (strcmp(stay->str, cases[c].units) != 0)
            g_error("%s: expected %s, got %s", cases[c].label, cases[c].units, stay->str);
    }
}

static void
test_reasons_are_told(void)
{
    g_autoptr(GhIndexState) state = prepare_state(&TABLE);
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_screen(
        state, &(GhIndexScreen){.min_available = 0.6, .indicators_min_available = 0.5}, notes,
        &error));
    g_assert_false(state->active[3]);
    g_assert_cmpuint(notes->removed->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(notes->removed, 0), ==,
                    "i4: 1 of 4 units have it (25 %), 50 % are asked");
    g_assert_cmpstr(g_ptr_array_index(notes->removed, 1), ==,
                    "U3: 1 of its 3 indicators are available (33.3 %), 60 % are asked");
}

static void
test_units_of_a_panel_go_year_by_year(void)
{
    static const double values[] = {1, NAN, 3, 4};
    static const int years[] = {2020, 2021, 2020, 2021};
    static const char *const units[] = {"A", "A", "B", "B"}, *const drop_b[] = {"B", NULL};
    const Prepared panel = {
        .n_units = 4, .n_indicators = 1, .values = values, .years = years, .units = units};
    g_autoptr(GhIndexState) state = prepare_state(&panel);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_screen(state, &(GhIndexScreen){.min_available = 1.0}, NULL, &error));
    g_assert_cmpuint(state->n_units, ==, 3);
    g_assert_true(gh_index_screen(state, &(GhIndexScreen){.drop_units = drop_b}, NULL, &error));
    g_assert_cmpuint(state->n_units, ==, 1);
    g_assert_cmpuint(state->rows[0], ==, 0);
}

/* Among all four units i1 varies; once U4, the only one with 9, is gone, it does not. i2 has nobody. */
static void
test_what_does_not_vary_goes(void)
{
    static const double values[] = {5, NAN, 1, 5, NAN, 2, 5, NAN, 3, 9, NAN, 4};
    static const char *const u4[] = {"U4", NULL};
    const Prepared table = {.n_units = 4, .n_indicators = 3, .values = values};
    g_autoptr(GhIndexState) state = prepare_state(&table);
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_screen(state, &(GhIndexScreen){.drop_constant = true, .drop_units = u4},
                                  notes, &error));
    g_assert_false(state->active[0]);
    g_assert_false(state->active[1]);
    g_assert_true(state->active[2]);
    g_assert_cmpuint(notes->removed->len, ==, 3);
    g_assert_cmpstr(g_ptr_array_index(notes->removed, 1), ==,
                    "i1: all 3 units that have it have 5");
    g_assert_cmpstr(g_ptr_array_index(notes->removed, 2), ==, "i2: no unit has it");
}

static void
test_what_is_refused(void)
{
    static const char *const u2[] = {"U2", NULL}, *const nobody[] = {"U9", NULL};
    static const char *const unknown[] = {"i9", NULL}, *const all[] = {"Index", NULL};
    static const char *const everyone[] = {"U1", "U2", "U3", "U4", NULL};
    static const struct {
        GhIndexScreen how;
        GhIndexError code;
        const char *named;
    } cases[] = {
        {{.min_available = 1.5}, GH_INDEX_ERROR_SPEC, "min_available"},
        {{.min_nonzero = -0.1}, GH_INDEX_ERROR_SPEC, "min_nonzero"},
        {{.indicators_min_available = NAN}, GH_INDEX_ERROR_SPEC, "indicators_min_available"},
        {{.keep = u2, .drop_units = u2}, GH_INDEX_ERROR_SPEC, "U2"},
        {{.keep = nobody}, GH_INDEX_ERROR_UNKNOWN, "U9"},
        {{.drop = unknown}, GH_INDEX_ERROR_UNKNOWN, "i9"},
        {{.drop = all}, GH_INDEX_ERROR_DATA, "no indicator"},
        {{.drop_units = everyone}, GH_INDEX_ERROR_DATA, "no unit"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_state(&TABLE);
        g_autoptr(GError) error = NULL;
        assert_refused(gh_index_screen(state, &cases[c].how, NULL, &error), &error, cases[c].code,
                       cases[c].named);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/screen/a unit stays with at least the share that is asked", test_who_stays);
    g_test_add_func("/screen/why a unit or an indicator was left out is told",
                    test_reasons_are_told);
    g_test_add_func("/screen/a panel is screened year by year, units are named once for all years",
                    test_units_of_a_panel_go_year_by_year);
    g_test_add_func("/screen/what does not vary among the units left goes when asked",
                    test_what_does_not_vary_goes);
    g_test_add_func("/screen/what cannot be meant is refused by name", test_what_is_refused);
    return g_test_run();
}
