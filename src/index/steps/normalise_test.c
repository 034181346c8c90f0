/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* normalise_test.c - each method by hand, its properties, and what it refuses. */
#include <math.h>
#include <string.h>

#include "index/steps/steps_testing.h"

/* x = 2 4 - 10 4: min 2, max 10, mean 5, sum of squares of deviations 9 + 1 + 25 + 1 = 36, sd = sqrt(36 / 3). */
static const double X[] = {2, 4, NAN, 10, 4};
enum {
    N = G_N_ELEMENTS(X)
};
#define SD 3.4641016151377544 /* sqrt(12) */

static const struct {
    const char *label;
    GhIndexNormaliseOne how;
    int direction; /* 0: 1 */
    double want[N];
} cases[] = {
    {.label = "min-max to 0..100",
     .how = {.method = GH_NORMALISE_MIN_MAX, .lower = 0, .upper = 100},
     .want = {0, 25, NAN, 100, 25}},
    {.label = "min-max where less is better",
     .how = {.method = GH_NORMALISE_MIN_MAX, .lower = 1, .upper = 5},
     .direction = -1,
     .want = {5, 4, NAN, 1, 4}},
    {.label = "z-score to mean 10, sd 2",
     .how = {.method = GH_NORMALISE_Z_SCORE, .mean = 10, .sd = 2},
     .want = {10 - 6 / SD, 10 - 2 / SD, NAN, 10 + 10 / SD, 10 - 2 / SD}},
    {.label = "rank, ties min", .how = {.method = GH_NORMALISE_RANK}, .want = {1, 2, NAN, 4, 2}},
    {.label = "rank where less is better",
     .how = {.method = GH_NORMALISE_RANK, .ties = GH_TIES_AVERAGE},
     .direction = -1,
     .want = {4, 2.5, NAN, 1, 2.5}},
    {.label = "rank, ties in the order of rows",
     .how = {.method = GH_NORMALISE_RANK, .ties = GH_TIES_FIRST},
     .want = {1, 2, NAN, 4, 3}},
    {.label = "Borda", .how = {.method = GH_NORMALISE_BORDA}, .want = {0, 1, NAN, 3, 1}},
    {.label = "percentile rank: (rank - 1) / 3",
     .how = {.method = GH_NORMALISE_PERCENTILE_RANK},
     .want = {0, 1.0 / 3, NAN, 1, 1.0 / 3}},
    {.label = "distance to max: (x - 2) / 8",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_MAX},
     .want = {0, 0.25, NAN, 1, 0.25}},
    {.label = "distance to U2: (x - 2) / (4 - 2)",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "U2"},
     .want = {0, 1, NAN, 4, 1}},
    {.label = "the same, at most 1",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "U2", .cap = true},
     .want = {0, 1, NAN, 1, 1}},
    {.label = "distance to target 6, at most 1",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_TARGET, .target = 6, .cap = true},
     .want = {0, 0.5, NAN, 1, 0.5}},
    {.label = "distance to target 5 from above: (10 - x) / (10 - 5)",
     .how = {.method = GH_NORMALISE_DISTANCE_TO_TARGET, .target = 5},
     .direction = -1,
     .want = {1.6, 1.2, NAN, 0, 1.2}},
    {.label = "fraction of max",
     .how = {.method = GH_NORMALISE_FRACTION_OF_MAX},
     .want = {0.2, 0.4, NAN, 1, 0.4}},
    {.label = "fraction of max where less is better: 1 - x / 10",
     .how = {.method = GH_NORMALISE_FRACTION_OF_MAX},
     .direction = -1,
     .want = {0.8, 0.6, NAN, 0, 0.6}},
    {.label = "goalposts 3 and 7, cut off",
     .how = {.method = GH_NORMALISE_GOALPOSTS,
             .goal_lower = 3,
             .goal_upper = 7,
             .scale = 8,
             .truncate = true},
     .want = {0, 2, NAN, 8, 2}},
    {.label = "goalposts turn with the direction: (7 - x) / 4",
     .how = {.method = GH_NORMALISE_GOALPOSTS,
             .goal_lower = 3,
             .goal_upper = 7,
             .scale = 8,
             .truncate = true},
     .direction = -1,
     .want = {8, 6, NAN, 0, 6}},
    {.label = "scaled is not cut off",
     .how = {.method = GH_NORMALISE_SCALED, .goal_lower = 3, .goal_upper = 7, .scale = 8},
     .want = {-2, 2, NAN, 14, 2}},
    {.label = "Mazziotta-Pareto: 100 + 10 (x - 5) / sd",
     .how = {.method = GH_NORMALISE_MAZZIOTTA_PARETO},
     .want = {100 - 30 / SD, 100 - 10 / SD, NAN, 100 + 50 / SD, 100 - 10 / SD}},
    {.label = "Mazziotta-Pareto, less is better: 100 - 10 (x - 5) / sd",
     .how = {.method = GH_NORMALISE_MAZZIOTTA_PARETO},
     .direction = -1,
     .want = {100 + 30 / SD, 100 + 10 / SD, NAN, 100 - 50 / SD, 100 + 10 / SD}},
    /* delta = (10 - 2) / 2 = 4; g = 5: 60 (x - 1) / 8 + 70 */
    {.label = "adjusted Mazziotta-Pareto about the mean",
     .how = {.method = GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO},
     .want = {77.5, 92.5, NAN, 137.5, 92.5}},
    /* g = 4: 60 (x - 0) / 8 + 70 */
    {.label = "adjusted Mazziotta-Pareto: the reference has 100",
     .how = {.method = GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO, .reference = "U2"},
     .want = {85, 100, NAN, 145, 100}},
    /* 60 ((4 + 4) - x) / 8 + 70 */
    {.label = "adjusted Mazziotta-Pareto where less is better",
     .how = {.method = GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO, .reference = "U2"},
     .direction = -1,
     .want = {115, 100, NAN, 55, 100}},
    {.label = "none turns where less is better",
     .how = {.method = GH_NORMALISE_NONE},
     .direction = -1,
     .want = {-2, -4, NAN, -10, -4}},
};

static GhIndexState *
column_state(const double *x, size_t n, int direction)
{
    GhIndexState *state = gh_steps_testing_flat(n, 1, x);

    if (direction != 0)
        state->data->nodes[0].direction = direction;
    return state;
}

static void
test_by_hand(void)
{
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = column_state(X, N, cases[c].direction);
        (void)gh_index_normalise(state, &(GhIndexNormalise){.usual = cases[c].how}, NULL, &error);
        g_assert_no_error(error);
        for (size_t i = 0; i < N; i++)
            gh_index_assert_near(state->values[i], cases[c].want[i], 1e-14, cases[c].label);
    }
}

/* What does not depend on unit and zero of the raw values stays the same for 3 x - 7; and units may stand in any order. */
static void
test_scale_shift_and_order_do_not_matter(void)
{
    static const GhIndexNormaliseMethod methods[] = {
        GH_NORMALISE_MIN_MAX,
        GH_NORMALISE_Z_SCORE,
        GH_NORMALISE_RANK,
        GH_NORMALISE_BORDA,
        GH_NORMALISE_PERCENTILE_RANK,
        GH_NORMALISE_DISTANCE_TO_MAX,
        GH_NORMALISE_MAZZIOTTA_PARETO,
        GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO,
    };
    double x[40], moved[40];
    uint64_t seed = 7;

    for (size_t i = 0; i < 40; i++)
        x[i] = i % 9 == 0 ? NAN : floor(20 * gh_steps_testing_number(&seed));
    for (size_t i = 0; i < 40; i++)
        moved[39 - i] = 3 * x[i] - 7;
    for (size_t m = 0; m < G_N_ELEMENTS(methods); m++) {
        const GhIndexNormalise how = {
            .usual = {.method = methods[m], .upper = 1, .sd = 1, .ties = GH_TIES_AVERAGE}};
        g_autoptr(GhIndexState) a = column_state(x, 40, -1);
        g_autoptr(GhIndexState) b = column_state(moved, 40, -1);
        g_assert_true(gh_index_normalise(a, &how, NULL, NULL));
        g_assert_true(gh_index_normalise(b, &how, NULL, NULL));
        for (size_t i = 0; i < 40; i++)
            gh_index_assert_near(b->values[39 - i], a->values[i], 1e-12, "moved");
    }
}

static void
test_own_parameters_come_before_metadata_before_usual(void)
{
    const double rows[] = {0, 0, 0, 1, 1, 1};
    const char *const own[] = {"i2"};
    const GhIndexNormaliseOne own_how = {.method = GH_NORMALISE_MIN_MAX, .lower = 5, .upper = 6};
    const GhIndexNormalise how = {
        .usual = {.method = GH_NORMALISE_MIN_MAX, .lower = 0, .upper = 10},
        .indicators = own,
        .own = &own_how,
        .n_own = 1,
        .from_metadata = true,
    };
    const double want[] = {2, 10, 5, 6, 0, 10};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(2, 3, rows);
    GhIndexData *data = state->data;

    data->n_extras = 1;
    g_free(data->extras);
    data->extras = g_new0(GhIndexExtra, 1);
    data->extras[0].name = g_strdup("minmax_lower");
    data->extras[0].values = g_new(double, 3);
    data->extras[0].values[0] = data->extras[0].values[1] = 2;
    data->extras[0].values[2] = NAN;
    (void)gh_index_normalise(state, &how, NULL, &error);
    g_assert_no_error(error);
    for (size_t v = 0; v < 6; v++)
        gh_index_assert_near(state->values[v], want[v], 1e-15, "own, metadata, usual");
}

/* U1 and U2 in 2020, then in 2021. Years apart: each from 0 to 1; together: 0 to 1 over all four. The reference of
 * several years is its first. */
static void
test_years_together_and_apart(void)
{
    const double x[] = {1, 3, 5, 9};
    const double together[] = {0, 0.25, 0.5, 1}, apart[] = {0, 1, 0, 1};
    const double adjusted[] = {85, 100, 115, 145}; /* g = 3, delta = 4: 60 (x + 1) / 8 + 70 */
    const struct {
        GhIndexNormalise how;
        const double *want;
    } runs[] = {
        {{.usual = {.method = GH_NORMALISE_MIN_MAX, .upper = 1}}, together},
        {{.usual = {.method = GH_NORMALISE_MIN_MAX, .upper = 1}, .over = GH_OVER_YEAR}, apart},
        {{.usual = {.method = GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO, .reference = "U2"}},
         adjusted},
    };

    for (size_t r = 0; r < G_N_ELEMENTS(runs); r++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = gh_steps_testing_flat(4, 1, x);
        state->data->years = g_new(int, 4);
        for (size_t i = 0; i < 4; i++) {
            state->data->years[i] = 2020 + (int)i / 2;
            g_free(state->data->unit_codes[i]);
            state->data->unit_codes[i] = g_strdup(i % 2 == 0 ? "U1" : "U2");
        }
        (void)gh_index_normalise(state, &runs[r].how, NULL, &error);
        g_assert_no_error(error);
        for (size_t i = 0; i < 4; i++)
            gh_index_assert_near(state->values[i], runs[r].want[i], 1e-14, "panel");
    }
}

static void
test_an_indicator_without_values_stays_empty_with_a_remark(void)
{
    const double rows[] = {NAN, 1, NAN, 2};
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(2, 2, rows);
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    const GhIndexNormalise how = {.usual = {.method = GH_NORMALISE_MIN_MAX, .upper = 1}};

    g_assert_true(gh_index_normalise(state, &how, notes, NULL));
    g_assert_true(isnan(state->values[0]) && isnan(state->values[1]));
    g_assert_cmpuint(notes->remarks->len, ==, 1);
    g_assert_nonnull(strstr(g_ptr_array_index(notes->remarks, 0), "i1"));
}

static void
test_direction_counts_once(void)
{
    const GhIndexNormalise how = {.usual.method = GH_NORMALISE_NONE};
    g_autoptr(GhIndexState) state = column_state(X, N, -1);

    g_assert_true(gh_index_normalise(state, &how, NULL, NULL));
    g_assert_true(gh_index_normalise(state, &how, NULL, NULL));
    gh_index_assert_near(state->values[0], -2, 1e-15, "normalised twice");
}

static const struct {
    const char *label;
    double x[3];
    GhIndexNormaliseOne how;
    int direction, code;
    const char *words[4];
} refused[] = {
    {.label = "min-max of a constant",
     .x = {5, 5, NAN},
     .how = {.method = GH_NORMALISE_MIN_MAX, .upper = 1},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "min_max", "5"}},
    {.label = "z-score of a constant that is no binary fraction",
     .x = {0.1, 0.1, 0.1},
     .how = {.method = GH_NORMALISE_Z_SCORE, .sd = 1},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "z_score"}},
    {.label = "z-score of one unit",
     .x = {5, NAN, NAN},
     .how = {.method = GH_NORMALISE_Z_SCORE, .sd = 1},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1"}},
    {.label = "percentile rank of one unit",
     .x = {5, NAN, NAN},
     .how = {.method = GH_NORMALISE_PERCENTILE_RANK},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "percentile_rank"}},
    {.label = "a range too large",
     .x = {-1.5e308, 1.5e308, 0},
     .how = {.method = GH_NORMALISE_MIN_MAX, .upper = 1},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "too far apart"}},
    {.label = "a mean too large",
     .x = {1.5e308, 1.4e308, 1e308},
     .how = {.method = GH_NORMALISE_Z_SCORE, .sd = 1},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "too far apart"}},
    {.label = "the worst as reference",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "U1"},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "U1", "worst"}},
    {.label = "a reference without value",
     .x = {1, NAN, 3},
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "U2"},
     .code = GH_INDEX_ERROR_DATA,
     .words = {"i1", "U2"}},
    {.label = "a reference that is not there",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE, .reference = "U9"},
     .code = GH_INDEX_ERROR_UNKNOWN,
     .words = {"U9"}},
    {.label = "no reference",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_DISTANCE_TO_REFERENCE},
     .code = GH_INDEX_ERROR_SPEC,
     .words = {"reference"}},
    {.label = "no target",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_DISTANCE_TO_TARGET, .target = NAN},
     .code = GH_INDEX_ERROR_SPEC,
     .words = {"i1", "target"}},
    {.label = "a target below the worst",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_DISTANCE_TO_TARGET, .target = 0.5},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "0.5"}},
    {.label = "fraction of a largest value of 0",
     .x = {-1, 0, -2},
     .how = {.method = GH_NORMALISE_FRACTION_OF_MAX},
     .code = GH_INDEX_ERROR_DEGENERATE,
     .words = {"i1", "fraction_of_max"}},
    {.label = "goals in the wrong order",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_GOALPOSTS, .goal_lower = 2, .goal_upper = 2, .scale = 1},
     .code = GH_INDEX_ERROR_SPEC,
     .words = {"i1", "goal_lower"}},
    {.label = "no spread asked for",
     .x = {1, 2, 3},
     .how = {.method = GH_NORMALISE_Z_SCORE, .sd = 0},
     .code = GH_INDEX_ERROR_SPEC,
     .words = {"sd"}},
};

static void
test_refusals(void)
{
    for (size_t r = 0; r < G_N_ELEMENTS(refused); r++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = column_state(refused[r].x, 3, refused[r].direction);
        const GhIndexNormalise how = {.usual = refused[r].how};
        g_test_message("%s", refused[r].label);
        const bool ok = gh_index_normalise(state, &how, NULL, &error);
        gh_steps_testing_assert_error(ok, &error, refused[r].code, refused[r].words);
    }
}

static void
test_codes_that_are_not_indicators_are_refused(void)
{
    static const char *const wrong[] = {"nobody", "Index"};
    static const int codes[] = {GH_INDEX_ERROR_UNKNOWN, GH_INDEX_ERROR_SPEC};

    for (size_t w = 0; w < 2; w++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = column_state(X, N, 1);
        const GhIndexNormaliseOne own = {.method = GH_NORMALISE_NONE};
        const GhIndexNormalise how = {
            .usual = own, .indicators = &wrong[w], .own = &own, .n_own = 1};
        const bool ok = gh_index_normalise(state, &how, NULL, &error);
        gh_steps_testing_assert_error(ok, &error, codes[w], (const char *[]){wrong[w], NULL});
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/normalise/each method gives what a hand gives", test_by_hand);
    g_test_add_func("/normalise/unit, zero and order of the raw values do not matter",
                    test_scale_shift_and_order_do_not_matter);
    g_test_add_func("/normalise/own parameters come before the metadata's before the usual ones",
                    test_own_parameters_come_before_metadata_before_usual);
    g_test_add_func(
        "/normalise/years of a panel go together or apart; the base year is the reference",
        test_years_together_and_apart);
    g_test_add_func("/normalise/an indicator without values stays empty, with a remark",
                    test_an_indicator_without_values_stays_empty_with_a_remark);
    g_test_add_func("/normalise/a direction counts once, however often one normalises",
                    test_direction_counts_once);
    g_test_add_func("/normalise/what has no answer is refused with indicator and reason",
                    test_refusals);
    g_test_add_func("/normalise/parameters for what is no indicator are refused",
                    test_codes_that_are_not_indicators_are_refused);
    return g_test_run();
}
