/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* aggregate_reference_test.c - aggregating gives what COINr gives.
 *
 * Contests are the exception: COINr adds weights of 1/n in floating point and compares with 1/2, so that some ties are
 * losses to it (NOTES, trap 1). Ours are exact. naive_copeland does as it does, written from the formula alone; where
 * it gives COINr's numbers to the last one, what differs from ours is that and nothing else.
 */
#include <math.h>
#include <string.h>

#include "index/steps/steps_testing.h"

static const char *const COMPLETE = "norm/n_minmax_1_100.csv";
static const char *const WITH_GAPS = "norm/n_minmax_1_100_Raw_withNA.csv";

static const struct {
    const char *file;
    const char *from; /* NULL: COMPLETE */
    GhIndexAggregateLevel levels[3];
    size_t n_levels; /* 0: one for all */
    bool as_coinr;
} cases[] = {
    {.file = "agg/a_amean_mm0_100.csv", .from = "norm/n_minmax_0_100.csv"},
    {.file = "agg/a_amean.csv"},
    {.file = "agg/a_gmean.csv", .levels = {{.method = GH_AGGREGATE_GEOMETRIC}}},
    {.file = "agg/a_hmean.csv", .levels = {{.method = GH_AGGREGATE_HARMONIC}}},
    {.file = "agg/a_genmean_p2.csv", .levels = {{.method = GH_AGGREGATE_POWER, .power = 2}}},
    {.file = "agg/a_genmean_p-1.csv", .levels = {{.method = GH_AGGREGATE_POWER, .power = -1}}},
    {.file = "agg/a_genmean_p0.5.csv", .levels = {{.method = GH_AGGREGATE_POWER, .power = 0.5}}},
    {.file = "agg/a_genmean_p3.csv", .levels = {{.method = GH_AGGREGATE_POWER, .power = 3}}},
    {.file = "agg/mixed_amean_gmean_amean.csv",
     .levels = {{0}, {.method = GH_AGGREGATE_GEOMETRIC}, {0}},
     .n_levels = 3},
    {.file = "agg/na_amean.csv", .from = WITH_GAPS},
    {.file = "agg/na_gmean.csv", .from = WITH_GAPS, .levels = {{.method = GH_AGGREGATE_GEOMETRIC}}},
    {.file = "agg/na_hmean.csv", .from = WITH_GAPS, .levels = {{.method = GH_AGGREGATE_HARMONIC}}},
    {.file = "agg/na_genmean_p2.csv",
     .from = WITH_GAPS,
     .levels = {{.method = GH_AGGREGATE_POWER, .power = 2}},
     .as_coinr = true},
    {.file = "agg/na_amean_thresh0.9.csv", .from = WITH_GAPS, .levels = {{.min_available = 0.9}}},
    {.file = "agg/na_amean_thresh_0.9_0.6_0.5.csv",
     .from = WITH_GAPS,
     .levels = {{.min_available = 0.9}, {.min_available = 0.6}, {.min_available = 0.5}},
     .n_levels = 3},
};

static void
assert_aggregates(const GhIndexState *state, const char *file)
{
    const size_t first = state->data->n_indicators;
    g_autoptr(GhIndexTable) want = gh_index_testing_table(file);

    gh_index_assert_table(state->data, gh_index_state_column(state, first), state->n_units,
                          state->rows, first, state->data->n_nodes - first, want);
}

static void
test_case(const void *data)
{
    const size_t c = GPOINTER_TO_SIZE(data);
    const char *from = cases[c].from != NULL ? cases[c].from : COMPLETE;
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_example(from);
    if (state == NULL)
        return;

    const GhIndexAggregate how = {
        .levels = cases[c].levels,
        .n_levels = MAX(cases[c].n_levels, 1),
        .as_coinr = cases[c].as_coinr,
    };
    (void)gh_index_aggregate(state, &how, NULL, &error);
    g_assert_no_error(error);
    assert_aggregates(state, cases[c].file);
}

/* -- contests -- */

typedef struct {
    const double **columns;
    double *weights;
    size_t n_columns, n_units;
} Flat;

static void
flat_clear(Flat *flat)
{
    g_free(flat->columns);
    g_free(flat->weights);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Flat, flat_clear)

static Flat
flat_indicators(const GhIndexState *state, bool effective)
{
    const size_t n = state->data->n_indicators;
    Flat flat = {g_new(const double *, n), g_new(double, n), n, state->n_units};
    g_autoptr(GhIndexTable) weights =
        effective ? gh_index_testing_table("weights/effective_weights_original.csv") : NULL;

    for (size_t j = 0; j < n; j++) {
        flat.columns[j] = gh_index_state_column(state, j);
        flat.weights[j] =
            effective ? gh_index_table_value(weights, state->data->nodes[j].code, "EffWeight")
                      : 1.0;
    }
    return flat;
}

/* o_ij of i < j: weights as shares, added in floating point one after the other, better ones and equal ones apart. */
static double
naive_outranking(const Flat *flat, size_t i, size_t j)
{
    long double total = 0, better = 0, equal = 0; /* R adds in extended precision */

    for (size_t c = 0; c < flat->n_columns; c++)
        total += flat->weights[c];
    for (size_t c = 0; c < flat->n_columns; c++) {
        const double w = flat->weights[c] / (double)total;
        better += flat->columns[c][i] > flat->columns[c][j] ? w : 0;
        equal += flat->columns[c][i] == flat->columns[c][j] ? w : 0;
    }
    return (double)better + (double)equal / 2;
}

static void
naive_copeland(const Flat *flat, double *ret)
{
    memset(ret, 0, flat->n_units * sizeof *ret);
    for (size_t i = 0; i < flat->n_units; i++) {
        for (size_t j = i + 1; j < flat->n_units; j++) {
            const double o = naive_outranking(flat, i, j);
            ret[i] += (o > 0.5) - (o < 0.5);
            ret[j] += (1 - o > 0.5) - (1 - o < 0.5);
        }
    }
}

static void
exact_copeland(const Flat *flat, double *ret)
{
    g_autoptr(GError) error = NULL;
    g_autofree double *rows = g_new(double, flat->n_units * flat->n_columns);

    for (size_t i = 0; i < flat->n_units; i++) {
        for (size_t c = 0; c < flat->n_columns; c++)
            rows[i * flat->n_columns + c] = flat->columns[c][i];
    }
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(flat->n_units, flat->n_columns, rows);
    memcpy(state->weights, flat->weights, flat->n_columns * sizeof *state->weights);
    (void)gh_steps_testing_aggregate(
        state, (GhIndexAggregateLevel){.method = GH_AGGREGATE_COPELAND}, &error);
    g_assert_no_error(error);
    memcpy(ret, gh_index_state_column(state, flat->n_columns), flat->n_units * sizeof *ret);
}

static void
assert_column(const GhIndexState *state, const double *got, const char *file, const char *column)
{
    g_autoptr(GhIndexTable) want = gh_index_testing_table(file);

    for (size_t i = 0; i < state->n_units; i++) {
        const char *unit = state->data->unit_codes[state->rows[i]];
        gh_index_assert_near(got[i], gh_index_table_value(want, unit, column), GH_INDEX_TOLERANCE,
                             unit);
    }
}

static void
test_copeland_is_exact(void)
{
    double got[51] = {0};
    g_autoptr(GhIndexState) state = gh_steps_testing_example(COMPLETE);
    if (state == NULL)
        return;

    g_auto(Flat) flat = flat_indicators(state, false);
    exact_copeland(&flat, got);
    assert_column(state, got, "agg/copeland_49_flat_exact.csv", "copeland_exact");
}

static void
test_copeland_of_coinr_differs_for_ten_units(void)
{
    double exact[51] = {0}, naive[51] = {0};
    size_t n_different = 0;
    g_autoptr(GhIndexState) state = gh_steps_testing_example(COMPLETE);
    if (state == NULL)
        return;

    g_auto(Flat) flat = flat_indicators(state, false);
    naive_copeland(&flat, naive);
    assert_column(state, naive, "agg/copeland_49_flat.csv", "copeland_equal");
    exact_copeland(&flat, exact);
    for (size_t i = 0; i < 51; i++) {
        n_different += naive[i] != exact[i];
        g_assert_cmpfloat(fabs(naive[i] - exact[i]), <=, 2.0);
    }
    g_assert_cmpuint(n_different, ==, 10);
}

/* Effective weights: no two sums happen to be near enough to be a tie to us and not to COINr. */
static void
test_copeland_with_effective_weights(void)
{
    double got[51] = {0};
    g_autoptr(GhIndexState) state = gh_steps_testing_example(COMPLETE);
    if (state == NULL)
        return;

    g_auto(Flat) flat = flat_indicators(state, true);
    naive_copeland(&flat, got);
    assert_column(state, got, "agg/copeland_49_flat.csv", "copeland_effw");
}

/* All levels by naive_copeland: what COINr's files are made of. */
static void
naive_levels(GhIndexState *state, int first_level)
{
    const GhIndexData *data = state->data;

    for (int level = first_level; level <= data->n_levels; level++) {
        for (size_t k = data->n_indicators; k < data->n_nodes; k++) {
            const GhIndexNode *node = &data->nodes[k];
            if (node->level != level)
                continue;
            g_auto(Flat) flat = {g_new(const double *, node->n_children),
                                 g_new(double, node->n_children), node->n_children, state->n_units};
            for (size_t c = 0; c < node->n_children; c++) {
                flat.columns[c] = gh_index_state_column(state, node->children[c]);
                flat.weights[c] = 1.0;
            }
            naive_copeland(&flat, gh_index_state_column(state, k));
        }
    }
}

static void
test_copeland_levels(const void *data)
{
    const char *file = data;
    const bool mixed = strstr(file, "mixed") != NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state =
        gh_steps_testing_example(strstr(file, "na_") != NULL ? WITH_GAPS : COMPLETE);
    if (state == NULL)
        return;

    if (mixed) {
        (void)gh_steps_testing_aggregate(state, (GhIndexAggregateLevel){0}, &error);
        g_assert_no_error(error);
    }
    naive_levels(state, mixed ? 4 : 2);
    assert_aggregates(state, file);
}

/* With two children of equal weight halves are exact in binary, so here ours must be COINr's as it stands. */
static void
test_mixed_copeland(void)
{
    const GhIndexAggregateLevel levels[] = {{0}, {0}, {.method = GH_AGGREGATE_COPELAND}};
    const GhIndexAggregate how = {.levels = levels, .n_levels = 3};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_example(COMPLETE);
    if (state == NULL)
        return;

    (void)gh_index_aggregate(state, &how, NULL, &error);
    g_assert_no_error(error);
    assert_aggregates(state, "agg/mixed_amean_amean_copeland.csv");
}

static const struct {
    const char *name, *file, *from;
    bool effective, as_coinr;
} matrices[] = {
    {.name = "equal", .file = "agg/outrank_49_equal.csv"},
    {.name = "effw", .file = "agg/outrank_49_effw.csv", .effective = true},
    {.name = "equal_withNA",
     .file = "agg/outrank_49_equal_withNA.csv",
     .from = WITH_GAPS,
     .as_coinr = true},
};

static void
test_outranking(const void *data)
{
    const size_t m = GPOINTER_TO_SIZE(data);
    double matrix[51 * 51] = {0};
    size_t n_dominant = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state =
        gh_steps_testing_example(matrices[m].from != NULL ? matrices[m].from : COMPLETE);
    if (state == NULL)
        return;

    g_autoptr(GhIndexTable) want = gh_index_testing_table(matrices[m].file);
    g_autoptr(GhIndexTable) dominance = gh_index_testing_table("agg/outrank_dominance.csv");
    g_auto(Flat) flat = flat_indicators(state, matrices[m].effective);
    (void)gh_index_outranking(flat.columns, flat.weights, flat.n_columns, 51, matrices[m].as_coinr,
                              matrix, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < 51; i++) {
        for (size_t j = 0; j < 51; j++) {
            const double value =
                gh_index_table_value(want, state->data->unit_codes[i], state->data->unit_codes[j]);
            gh_index_assert_near(matrix[i * 51 + j], value, GH_INDEX_TOLERANCE,
                                 state->data->unit_codes[i]);
            n_dominant += matrix[i * 51 + j] == 1.0;
        }
    }
    g_assert_cmpuint(n_dominant, ==,
                     (size_t)gh_index_table_value(dominance, matrices[m].name, "nDominant"));
}

/* -- 1000 invented units -- */

/* The file's data, as its README says how to make them: s = 16807 s mod (2^31 - 1), row by row, every second column
 * cubed; pillars of seven; less is better in every fifth. */
static GhIndexState *
synthetic(void)
{
    enum {
        UNITS = 1000,
        INDICATORS = 91,
    };
    static const char *const pillars[] = {"p01", "p02", "p03", "p04", "p05", "p06", "p07",
                                          "p08", "p09", "p10", "p11", "p12", "p13"};
    const char *parents[INDICATORS] = {0};
    g_autofree double *rows = g_new(double, UNITS *INDICATORS);
    uint64_t seed = 20240601;

    for (size_t v = 0; v < UNITS * INDICATORS; v++) {
        const double u = gh_steps_testing_number(&seed);
        rows[v] = v % INDICATORS % 2 == 0 ? u * u * u : u;
    }
    for (size_t j = 0; j < INDICATORS; j++)
        parents[j] = pillars[j / 7];
    GhIndexState *state =
        gh_steps_testing_state(gh_index_testing_data(UNITS, INDICATORS, rows, parents));
    for (size_t j = 4; j < INDICATORS; j += 5)
        state->data->nodes[j].direction = -1;
    for (size_t i = 0; i < UNITS; i++) {
        g_free(state->data->unit_codes[i]);
        state->data->unit_codes[i] = g_strdup_printf("u%05zu", i + 1);
    }
    return state;
}

static void
test_synthetic(void)
{
    const GhIndexNormalise how = {
        .usual = {.method = GH_NORMALISE_MIN_MAX, .lower = 1, .upper = 100}};
    g_autoptr(GhIndexTable) want = gh_index_testing_table("data/synth_1000x91_results.csv");
    if (want == NULL)
        return;

    g_autoptr(GhIndexState) state = synthetic();
    const size_t top = gh_index_data_top(state->data);
    double *index = gh_index_state_column(state, top);
    g_autofree size_t *order = g_new(size_t, state->n_units);
    g_autofree int *places = g_new(int, state->n_units);
    g_assert_true(gh_index_normalise(state, &how, NULL, NULL));
    g_assert_true(gh_steps_testing_aggregate(state, (GhIndexAggregateLevel){0}, NULL));
    gh_index_assert_table(state->data, gh_index_state_column(state, 91), state->n_units,
                          state->rows, 91, 13, want);
    assert_column(state, index, want->name, "idx");
    gh_column_places(index, state->n_units, order, places);
    for (size_t i = 0; i < state->n_units; i++)
        g_assert_cmpfloat(places[i], ==,
                          gh_index_table_value(want, state->data->unit_codes[i], "rank_amean"));

    g_assert_true(gh_steps_testing_aggregate(
        state, (GhIndexAggregateLevel){.method = GH_AGGREGATE_GEOMETRIC}, NULL));
    assert_column(state, index, want->name, "idx_gmean");
}

int
main(int argc, char **argv)
{
    static const char *const levels[] = {"agg/a_copeland_all_levels.csv", "agg/na_copeland.csv",
                                         "agg/mixed_amean_amean_copeland.csv"};

    g_test_init(&argc, &argv, NULL);
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autofree char *name = g_strdup_printf("/aggregate/%s is reproduced", cases[c].file + 4);
        g_test_add_data_func(name, GSIZE_TO_POINTER(c), test_case);
    }
    for (size_t m = 0; m < G_N_ELEMENTS(matrices); m++) {
        g_autofree char *name =
            g_strdup_printf("/aggregate/%s is reproduced", matrices[m].file + 4);
        g_test_add_data_func(name, GSIZE_TO_POINTER(m), test_outranking);
    }
    for (size_t l = 0; l < G_N_ELEMENTS(levels); l++) {
        g_autofree char *name =
            g_strdup_printf("/aggregate/%s is what adding in floating point gives", levels[l] + 4);
        g_test_add_data_func(name, levels[l], test_copeland_levels);
    }
    g_test_add_func("/aggregate/Copeland's scores are exact", test_copeland_is_exact);
    g_test_add_func("/aggregate/COINr's Copeland scores differ for ten units, by at most 2",
                    test_copeland_of_coinr_differs_for_ten_units);
    g_test_add_func("/aggregate/Copeland's scores under effective weights, as COINr adds them",
                    test_copeland_with_effective_weights);
    g_test_add_func("/aggregate/the top by Copeland out of two children is COINr's",
                    test_mixed_copeland);
    g_test_add_func("/aggregate/1000 invented units by 91 indicators are reproduced",
                    test_synthetic);
    return g_test_run();
}
