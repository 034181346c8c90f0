/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* aggregate_test.c - each mean by hand, what all of them share, and what they refuse. */
#include <math.h>
#include <string.h>

#include "index/steps/steps_testing.h"
#include "index/weights.h"

/* Weights 1 2 1 of children, rows of one unit each. */
static const struct {
    const char *label;
    GhIndexAggregateLevel how;
    double x[3], weights[3], want;
} cases[] = {
    {"arithmetic: (1 + 2 4 + 16) / 4", {0}, {1, 4, 16}, {1, 2, 1}, 6.25},
    {"arithmetic passes gaps over: (1 + 16) / 2", {0}, {1, NAN, 16}, {1, 2, 1}, 8.5},
    {"a weight of 0 takes no part", {0}, {1, 4, NAN}, {1, 0, 1}, 1},
    {"only children of weight 0 are available: none", {0}, {NAN, 4, NAN}, {1, 0, 1}, NAN},
    {"geometric: (1 16 16)^(1/4)", {.method = GH_AGGREGATE_GEOMETRIC}, {1, 4, 16}, {1, 2, 1}, 4},
    {"geometric, equal weights: (1 8 27)^(1/3)",
     {.method = GH_AGGREGATE_GEOMETRIC},
     {1, 8, 27},
     {2, 2, 2},
     6},
    {"geometric, equal weights, a gap: (2 8)^(1/2)",
     {.method = GH_AGGREGATE_GEOMETRIC},
     {2, NAN, 8},
     {1, 1, 1},
     4},
    {"geometric of huge and tiny: (1e300 1e300 1e-300)^(1/3)",
     {.method = GH_AGGREGATE_GEOMETRIC},
     {1e300, 1e300, 1e-300},
     {1, 1, 1},
     1e100},
    {"harmonic: 4 / (1 + 2/4 + 1/2)", {.method = GH_AGGREGATE_HARMONIC}, {1, 4, 2}, {1, 2, 1}, 2},
    {"power 2: sqrt((1 + 2 25 + 49) / 4)",
     {.method = GH_AGGREGATE_POWER, .power = 2},
     {1, 5, 7},
     {1, 2, 1},
     5},
    {"power 1/2: ((1 + 2 2 + 3) / 4)^2",
     {.method = GH_AGGREGATE_POWER, .power = 0.5},
     {1, 4, 9},
     {1, 2, 1},
     4},
    {"power -1 is harmonic", {.method = GH_AGGREGATE_POWER, .power = -1}, {1, 4, 2}, {1, 2, 1}, 2},
    {"power 2 passes gaps over: sqrt((1 + 49) / 2)",
     {.method = GH_AGGREGATE_POWER, .power = 2},
     {1, NAN, 7},
     {1, 2, 1},
     5},
    {"power 2 of zeros", {.method = GH_AGGREGATE_POWER, .power = 2}, {0, 0, 0}, {1, 1, 1}, 0},
    {"power 2 neither overflows nor vanishes: sqrt((1 + 49) / 2)",
     {.method = GH_AGGREGATE_POWER, .power = 2},
     {1e200, NAN, 7e200},
     {1, 1, 1},
     5e200},
    {"power 2 of tiny values",
     {.method = GH_AGGREGATE_POWER, .power = 2},
     {1e-200, NAN, 7e-200},
     {1, 1, 1},
     5e-200},
    {"median of three", {.method = GH_AGGREGATE_MEDIAN}, {9, 1, 4}, {1, 1, 1}, 4},
    {"median of two is their mean", {.method = GH_AGGREGATE_MEDIAN}, {9, NAN, 4}, {1, 1, 1}, 6.5},
    {"weighted median: 1 of 4 at 1, then 4 of 4 at 2",
     {.method = GH_AGGREGATE_MEDIAN},
     {3, 2, 1},
     {0, 3, 1},
     2},
    {"weighted median, exactly half at 2: mean of 2 and 3",
     {.method = GH_AGGREGATE_MEDIAN},
     {3, 2, 1},
     {0.3, 0.2, 0.1},
     2.5},
    /* M = 100, S^2 = (100 + 0 + 100) / 2 = 100, M - S^2 / M = 99 */
    {"Mazziotta-Pareto: 100 - 100 / 100",
     {.method = GH_AGGREGATE_MAZZIOTTA_PARETO},
     {90, 100, 110},
     {1, 1, 1},
     99},
    {"Mazziotta-Pareto, penalty upwards",
     {.method = GH_AGGREGATE_MAZZIOTTA_PARETO, .penalty = GH_PENALTY_UP},
     {90, 100, 110},
     {2, 2, 2},
     101},
    /* M = (90 + 2 100 + 110) / 4 = 100, S^2 = (100 + 100) / (4 - 6 / 4) = 80 */
    {"Mazziotta-Pareto, weighted: 100 - 80 / 100",
     {.method = GH_AGGREGATE_MAZZIOTTA_PARETO},
     {90, 100, 110},
     {1, 2, 1},
     99.2},
    {"Mazziotta-Pareto of one child",
     {.method = GH_AGGREGATE_MAZZIOTTA_PARETO},
     {NAN, 90, NAN},
     {1, 2, 1},
     90},
    {"a third is less than half", {.min_available = 0.5}, {NAN, 90, NAN}, {1, 1, 1}, NAN},
    {"two thirds are two thirds", {.min_available = 2.0 / 3}, {NAN, 90, 80}, {1, 1, 1}, 85},
    {"nothing available", {.method = GH_AGGREGATE_GEOMETRIC}, {NAN, NAN, NAN}, {1, 2, 1}, NAN},
};

static void
test_by_hand(void)
{
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = gh_steps_testing_flat(1, 3, cases[c].x);
        memcpy(state->weights, cases[c].weights, sizeof cases[c].weights);
        (void)gh_steps_testing_aggregate(state, cases[c].how, &error);
        g_assert_no_error(error);
        /* As a share of what is expected, which may be tiny. */
        const double unit = cases[c].want == 0.0 ? 1.0 : cases[c].want;
        gh_index_assert_near(state->values[3] / unit, cases[c].want / unit, 1e-13, cases[c].label);
    }
}

static const GhIndexAggregateLevel every[] = {
    {.method = GH_AGGREGATE_ARITHMETIC},
    {.method = GH_AGGREGATE_GEOMETRIC},
    {.method = GH_AGGREGATE_HARMONIC},
    {.method = GH_AGGREGATE_POWER, .power = 3},
    {.method = GH_AGGREGATE_POWER, .power = -0.5},
    {.method = GH_AGGREGATE_MEDIAN},
    {.method = GH_AGGREGATE_COPELAND},
    {.method = GH_AGGREGATE_OUTRANKING},
    {.method = GH_AGGREGATE_MAZZIOTTA_PARETO},
};
enum {
    UNITS = 600, /* more than a block */
    CHILDREN = 5,
    CELLS = UNITS * CHILDREN,
};

/* Invented values of 50 to 60: near enough for Mazziotta-Pareto to grow with each of them; one in eight a gap. */
static void
invent(double *rows, bool with_gaps)
{
    uint64_t seed = 11;

    for (size_t v = 0; v < CELLS; v++) {
        rows[v] = 50 + floor(100 * gh_steps_testing_number(&seed)) / 10;
        if (gh_steps_testing_number(&seed) < 0.125 && with_gaps)
            rows[v] = NAN;
    }
}

static GhIndexState *
aggregated(const double *rows, size_t n_units, GhIndexAggregateLevel how, bool unequal)
{
    g_autoptr(GError) error = NULL;
    GhIndexState *state = gh_steps_testing_flat(n_units, CHILDREN, rows);

    for (size_t c = 0; c < CHILDREN && unequal; c++)
        state->weights[c] = 1.0 + 0.3 * (double)c;
    (void)gh_steps_testing_aggregate(state, how, &error);
    g_assert_no_error(error);
    return state;
}

static const double *
result(const GhIndexState *state)
{
    return gh_index_state_column(state, CHILDREN);
}

static void
test_a_better_child_never_harms(void)
{
    g_autofree double *rows = g_new(double, CELLS);

    for (size_t m = 0; m < G_N_ELEMENTS(every); m++) {
        for (size_t turn = 0; turn < 4; turn++) {
            invent(rows, turn >= 2);
            g_autoptr(GhIndexState) before = aggregated(rows, UNITS, every[m], turn % 2 == 1);
            for (size_t c = 0; c < CHILDREN; c++)
                rows[17 * CHILDREN + c] += 0.4;
            g_autoptr(GhIndexState) after = aggregated(rows, UNITS, every[m], turn % 2 == 1);
            g_assert_cmpfloat(result(after)[17], >=, result(before)[17]);
            if (every[m].method == GH_AGGREGATE_COPELAND
                || every[m].method == GH_AGGREGATE_OUTRANKING)
                continue;
            for (size_t i = 0; i < UNITS; i++)
                g_assert_true(i == 17 || result(after)[i] == result(before)[i]);
        }
    }
}

static void
test_order_of_units_does_not_matter(void)
{
    g_autofree double *rows = g_new(double, CELLS);
    g_autofree double *turned = g_new(double, CELLS);

    invent(rows, true);
    for (size_t i = 0; i < UNITS; i++)
        memcpy(turned + (UNITS - 1 - i) * CHILDREN, rows + i * CHILDREN, CHILDREN * sizeof *rows);
    for (size_t m = 0; m < G_N_ELEMENTS(every); m++) {
        g_autoptr(GhIndexState) a = aggregated(rows, UNITS, every[m], true);
        g_autoptr(GhIndexState) b = aggregated(turned, UNITS, every[m], true);
        for (size_t i = 0; i < UNITS; i++)
            gh_index_assert_near(result(b)[UNITS - 1 - i], result(a)[i], 1e-12, "turned");
    }
}

static void
test_only_the_ratio_of_weights_matters(void)
{
    g_autofree double *rows = g_new(double, CELLS);

    invent(rows, true);
    for (size_t m = 0; m < G_N_ELEMENTS(every); m++) {
        g_autoptr(GhIndexState) a = aggregated(rows, UNITS, every[m], true);
        g_autoptr(GhIndexState) b = gh_index_state_copy(a);
        for (size_t c = 0; c < CHILDREN; c++)
            b->weights[c] *= 7.1;
        g_assert_true(gh_steps_testing_aggregate(b, every[m], NULL));
        for (size_t i = 0; i < UNITS; i++)
            gh_index_assert_near(result(b)[i], result(a)[i], 1e-12, "weights times 7.1");
    }
}

static void
test_one_child_and_equal_children(void)
{
    const double alone[] = {NAN, NAN, 7.3, NAN, NAN}, equal[] = {7.3, 7.3, 7.3, 7.3, 7.3};

    for (size_t m = 0; m < G_N_ELEMENTS(every); m++) {
        const double want = every[m].method == GH_AGGREGATE_COPELAND     ? 0.0
                            : every[m].method == GH_AGGREGATE_OUTRANKING ? 0.5
                                                                         : 7.3;
        g_autoptr(GhIndexState) one = aggregated(alone, 1, every[m], true);
        g_autoptr(GhIndexState) all = aggregated(equal, 1, every[m], true);
        gh_index_assert_near(result(one)[0], want, 1e-14, "one child, one unit");
        gh_index_assert_near(result(all)[0], want, 1e-14, "equal children");
    }
}

static void
test_levels_have_methods_of_their_own(void)
{
    const double row[] = {1, 4, 2, 8};
    const char *const parents[] = {"A", "A", "B", "B"};
    const GhIndexAggregateLevel levels[] = {{.method = GH_AGGREGATE_GEOMETRIC}, {0}};
    const GhIndexAggregate how = {.levels = levels, .n_levels = 2};
    g_autoptr(GhIndexState) state =
        gh_steps_testing_state(gh_index_testing_data(1, 4, row, parents));

    g_assert_true(gh_index_aggregate(state, &how, NULL, NULL));
    gh_index_assert_near(state->values[4], 2, 1e-15, "A: sqrt(1 4)");
    gh_index_assert_near(state->values[5], 4, 1e-15, "B: sqrt(2 8)");
    gh_index_assert_near(state->values[6], 3, 1e-15, "Index: (2 + 4) / 2");

    gh_index_state_drop(state, 5);
    g_assert_true(gh_index_aggregate(state, &how, NULL, NULL));
    gh_index_assert_near(state->values[6], 2, 1e-15, "Index without B");
}

/* Weights that are found while aggregating: loadings of two indicators that agree are equal. */
static void
test_weights_are_found_on_the_way(void)
{
    const double rows[] = {1, 2, 2, 4, 4, 8, 3, 6};
    const GhIndexWeighting pca = {.method = GH_WEIGHTS_PCA};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(4, 2, rows);

    state->weights[1] = 50;
    state->weighting[0] = &pca;
    (void)gh_steps_testing_aggregate(state, (GhIndexAggregateLevel){0}, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < 4; i++)
        gh_index_assert_near(state->values[8 + i], rows[2 * i] * 1.5, 1e-12, "mean of x and 2 x");
}

/* -- refusals -- */

static const struct {
    GhIndexAggregateLevel how;
    double x[4]; /* two units by two children */
    double weights[2];
    int code;
    const char *words[5];
} refused[] = {
    {{.method = GH_AGGREGATE_GEOMETRIC},
     {1, 2, 0, 4},
     {1, 1},
     GH_INDEX_ERROR_DEGENERATE,
     {"i1", "U2", "geometric", "Index"}},
    {{.method = GH_AGGREGATE_GEOMETRIC},
     {1, 2, 3, -4},
     {1, 2},
     GH_INDEX_ERROR_DEGENERATE,
     {"i2", "U2", "-4"}},
    {{.method = GH_AGGREGATE_HARMONIC},
     {1, 0, 3, 4},
     {1, 1},
     GH_INDEX_ERROR_DEGENERATE,
     {"i2", "U1", "harmonic"}},
    {{.method = GH_AGGREGATE_POWER, .power = 2},
     {1, -1, 3, 4},
     {1, 1},
     GH_INDEX_ERROR_DEGENERATE,
     {"i2", "U1", "0 or more"}},
    {{.method = GH_AGGREGATE_POWER, .power = 0},
     {1, 1, 1, 1},
     {1, 1},
     GH_INDEX_ERROR_SPEC,
     {"power"}},
    {{.min_available = 1.5}, {1, 1, 1, 1}, {1, 1}, GH_INDEX_ERROR_SPEC, {"min_available"}},
    {{0}, {1, 2, 1e308, 1e308}, {1, 1}, GH_INDEX_ERROR_DEGENERATE, {"U2", "Index", "too large"}},
    {{0}, {1, 2, 1.5e308, -1.5e308}, {9, 9}, GH_INDEX_ERROR_DEGENERATE, {"U2", "too large"}},
    {{0}, {1, 2, 3, 4}, {0, 0}, GH_INDEX_ERROR_DEGENERATE, {"Index", "weight"}},
    {{.method = GH_AGGREGATE_COPELAND}, {1, 2, 3, 4}, {0, 0}, GH_INDEX_ERROR_DEGENERATE, {"Index"}},
    {{.method = GH_AGGREGATE_MAZZIOTTA_PARETO},
     {1, 2, -1, 1},
     {1, 1},
     GH_INDEX_ERROR_DEGENERATE,
     {"U2", "Index", "mazziotta_pareto"}},
};

static void
test_refusals(void)
{
    for (size_t r = 0; r < G_N_ELEMENTS(refused); r++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexState) state = gh_steps_testing_flat(2, 2, refused[r].x);
        memcpy(state->weights, refused[r].weights, sizeof refused[r].weights);
        const bool ok = gh_steps_testing_aggregate(state, refused[r].how, &error);
        gh_steps_testing_assert_error(ok, &error, refused[r].code, refused[r].words);
    }
}

static void
test_levels_must_be_one_or_all(void)
{
    const GhIndexAggregateLevel levels[2] = {0};
    const GhIndexAggregate how = {.levels = levels, .n_levels = 2};
    const double row[] = {1, 2};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(1, 2, row);
    const bool ok = gh_index_aggregate(state, &how, NULL, &error);

    gh_steps_testing_assert_error(ok, &error, GH_INDEX_ERROR_SPEC,
                                  (const char *[]){"2 levels", NULL});
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/aggregate/each method gives what a hand gives", test_by_hand);
    g_test_add_func(
        "/aggregate/a unit whose children get better never loses, nor changes another's mean",
        test_a_better_child_never_harms);
    g_test_add_func("/aggregate/the order of units does not matter",
                    test_order_of_units_does_not_matter);
    g_test_add_func("/aggregate/only the ratio of weights matters",
                    test_only_the_ratio_of_weights_matters);
    g_test_add_func("/aggregate/one child, one unit, and equal children keep their value",
                    test_one_child_and_equal_children);
    g_test_add_func("/aggregate/levels have methods of their own; what is left out is passed over",
                    test_levels_have_methods_of_their_own);
    g_test_add_func("/aggregate/weights are found on the way", test_weights_are_found_on_the_way);
    g_test_add_func("/aggregate/what has no mean is refused with unit, node and reason",
                    test_refusals);
    g_test_add_func("/aggregate/methods are given once for all levels, or for each",
                    test_levels_must_be_one_or_all);
    return g_test_run();
}
