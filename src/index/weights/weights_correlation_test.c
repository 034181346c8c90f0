/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_correlation_test.c - weights by correlation: worked examples, limits, and the published optima. */
#include "index/column.h"
#include "index/stats/stats_testing.h"
#include "index/steps.h"
#include "index/weights.h"

#include <math.h>
#include <string.h>

static const GhIndexWeighting BALANCE = {.method = GH_WEIGHTS_CORRELATION,
                                         .objective = GH_OBJECTIVE_BALANCE,
                                         .tolerance = 1e-10,
                                         .max_iterations = 20000};

static bool
find_with(GhIndexState *state, const GhIndexWeighting *how, int level, GhIndexNotes *notes,
          GError **error)
{
    bool aggregated = true;

    g_assert_true(gh_index_weight(state, how, notes, NULL));
    if (!gh_index_weighting_find(state, level, gh_stats_testing_aggregate, NULL, notes, &aggregated,
                                 error))
        return false;
    g_assert_false(aggregated);
    return gh_stats_testing_aggregate(state, level, NULL, error);
}

static double
correlation_with_index(const GhIndexState *state, size_t node)
{
    return gh_column_correlation(gh_index_state_column(state, node),
                                 gh_index_state_column(state, gh_index_data_top(state->data)),
                                 state->n_units, NULL);
}

/* Three columns that do not correlate, with sd in proportion 1 : 2 : 4. Then r_k = w_k sd_k / sd of the index, so
 * shares of r as wished, 1 : 2 : 1, need w_k = wish_k / sd_k = 1 : 1 : 1/4, which is 4/9, 4/9, 1/9. */
static void
test_balance_by_hand(void)
{
    static const char *const parents[] = {"Index", "Index", "Index"};
    static const double values[] = {
        1, 2, 4, 1, -2, -4, -1, 2, -4, -1, -2, 4,
    };
    static const char *const codes[] = {"i2"};
    static const double wishes[] = {2};
    GhIndexWeighting how = BALANCE;
    how.codes = codes;
    how.given = wishes;
    how.n_codes = 1;
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(4, 3, values, parents));
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(find_with(state, &how, 1, notes, &error));
    g_assert_no_error(error);
    gh_index_assert_near(state->weights[0], 4.0 / 9.0, 1e-9, "w1");
    gh_index_assert_near(state->weights[1], 4.0 / 9.0, 1e-9, "w2");
    gh_index_assert_near(state->weights[2], 1.0 / 9.0, 1e-9, "w3");
    g_assert_cmpuint(notes->weights->len, ==, 4);
    g_assert_true(g_pattern_match_simple("*balanced*converged*", notes->weights->pdata[0]));
}

/* Infomax of one group: sum_k corr(x_k, X w) = 1' D^-1 C w / sqrt(w' C w), D the sds, C the covariance; by
 * Cauchy-Schwarz in the metric C it is largest for w in proportion to D^-1 1: 1 / sd. The columns are 0..3 in
 * another order, times 1, 2 and 4; so 4/7, 2/7, 1/7, whatever their correlations. */
static void
test_infomax_by_hand(void)
{
    static const char *const parents[] = {"Index", "Index", "Index"};
    static const double values[] = {0, 0, 4, 1, 6, 0, 2, 2, 8, 3, 4, 12};
    GhIndexWeighting how = BALANCE;
    how.objective = GH_OBJECTIVE_INFOMAX;
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(4, 3, values, parents));
    g_autoptr(GError) error = NULL;

    g_assert_true(find_with(state, &how, 1, NULL, &error));
    g_assert_no_error(error);
    gh_index_assert_near(state->weights[0], 4.0 / 7.0, 1e-7, "w1");
    gh_index_assert_near(state->weights[1], 2.0 / 7.0, 1e-7, "w2");
    gh_index_assert_near(state->weights[2], 1.0 / 7.0, 1e-7, "w3");
}

/* x2 = 0.8 x1 + 0.6 y with y uncorrelated to x1, equal sds: r12 = 0.8. A wish of 0 for x2 would need a negative
 * weight. The nearest without is w2 = 0: r = 1 and 0.8, shares 1 / 1.8 and 0.8 / 1.8. */
static void
test_a_wish_out_of_reach_ends_at_zero(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double values[] = {1, 1.4, 1, 0.2, -1, -0.2, -1, -1.4};
    static const char *const codes[] = {"i2"};
    static const double wishes[] = {0};
    GhIndexWeighting how = BALANCE;
    how.codes = codes;
    how.given = wishes;
    how.n_codes = 1;
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(4, 2, values, parents));
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(find_with(state, &how, 1, notes, &error));
    g_assert_no_error(error);
    gh_index_assert_near(state->weights[0], 1, 1e-9, "w1");
    g_assert_cmpfloat_with_epsilon(state->weights[1], 0, 1e-9);
    /* sqrt(2) 0.8 / 1.8 = 0.62854 */
    g_assert_true(g_pattern_match_simple("*distance of 0.63 *", notes->weights->pdata[0]));
}

static void
test_what_cannot_be_optimised(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double constant[] = {1, 5, 2, 5, 3, 5};
    static const double against[] = {1, -1.5, 2, -3, 3, -4.5};
    static const double good[] = {1, 2, 2, 1, 3, 5};
    static const char *const codes[] = {"i1", "i2"};
    static const double zeros[] = {0, 0};
    const struct {
        const char *label;
        const double *values;
        const double *wishes;
        int max_iterations;
        int code;
        const char *message;
    } cases[] = {
        {"a column that does not vary", constant, NULL, 20000, GH_INDEX_ERROR_DEGENERATE,
         "*i2 has no correlation*"},
        {"columns that are against each other", against, NULL, 20000, GH_INDEX_ERROR_DEGENERATE,
         "*sum to 0 or less*"},
        {"too few aggregations", good, NULL, 5, GH_INDEX_ERROR_DEGENERATE,
         "*not converged after *"},
        {"wishes of 0", good, zeros, 20000, GH_INDEX_ERROR_SPEC, "*wishes for Index are 0*"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhIndexWeighting how = BALANCE;
        how.max_iterations = cases[i].max_iterations;
        how.codes = codes;
        how.given = cases[i].wishes;
        how.n_codes = 2;
        g_autoptr(GhIndexState) state =
            gh_stats_testing_new(gh_index_testing_data(3, 2, cases[i].values, parents));
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].label);
        g_assert_false(find_with(state, &how, 1, NULL, &error));
        g_assert_error(error, GH_INDEX_ERROR, cases[i].code);
        if (!g_pattern_match_simple(cases[i].message, error->message))
            g_error("%s: %s", cases[i].label, error->message);
    }
}

static bool
fails(GhIndexState *state, int level, const void *data, GError **error)
{
    (void)state;
    (void)data;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE, "level %d: not today", level);
    return false;
}

static void
test_an_aggregation_that_fails_ends_the_search(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double values[] = {1, 2, 2, 1, 3, 5};
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(3, 2, values, parents));
    g_autoptr(GError) error = NULL;
    bool aggregated = false;

    g_assert_true(gh_index_weight(state, &BALANCE, NULL, NULL));
    g_assert_false(gh_index_weighting_find(state, 1, fails, NULL, NULL, &aggregated, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE);
    g_assert_cmpstr(error->message, ==, "weights: level 1: not today");
}

/* -- the published example -- */

/* The distance of what the node's correlations share from equal shares. */
static double
imbalance(const GhIndexState *state, int level)
{
    size_t n = 0;
    double sum = 0, distance = 0;
    g_autofree size_t *nodes = gh_stats_testing_level(state, level, &n);

    for (size_t k = 0; k < n; k++)
        sum += correlation_with_index(state, nodes[k]);
    for (size_t k = 0; k < n; k++)
        distance += pow(correlation_with_index(state, nodes[k]) / sum - 1.0 / (double)n, 2);
    return sqrt(distance);
}

static double
sum_of_correlations(const GhIndexState *state, int level)
{
    size_t n = 0;
    double sum = 0;
    g_autofree size_t *nodes = gh_stats_testing_level(state, level, &n);

    for (size_t k = 0; k < n; k++)
        sum += correlation_with_index(state, nodes[k]);
    return sum;
}

/* Through the step "aggregate" itself. A median changes by jumps: polls may find nothing better, and do not make it worse. */
static void
test_balance_of_every_mean(void)
{
    static const char *const parents[] = {"Index", "Index", "Index", "Index"};
    static const struct {
        const char *label;
        GhIndexAggregateMethod method;
        double within; /* of the imbalance of equal weights */
    } cases[] = {{"arithmetic", GH_AGGREGATE_ARITHMETIC, 1e-8},
                 {"geometric", GH_AGGREGATE_GEOMETRIC, 1e-8},
                 {"median", GH_AGGREGATE_MEDIAN, 1}};
    double values[40 * 4];
    uint64_t seed = 5;

    for (size_t i = 0; i < 40; i++) {
        const double common = gh_stats_testing_number(&seed);
        for (size_t j = 0; j < 4; j++)
            values[i * 4 + j] = 1 + common + (double)(j + 1) / 3 * gh_stats_testing_number(&seed);
    }
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        const GhIndexAggregateLevel level = {.method = cases[c].method};
        const GhIndexAggregate how = {.levels = &level, .n_levels = 1};
        g_autoptr(GhIndexState) state =
            gh_stats_testing_new(gh_index_testing_data(40, 4, values, parents));
        g_autoptr(GError) error = NULL;

        (void)gh_index_aggregate(state, &how, NULL, &error);
        g_assert_no_error(error);
        const double before = imbalance(state, 1);
        g_assert_true(gh_index_weight(state, &BALANCE, NULL, NULL));
        (void)gh_index_aggregate(state, &how, NULL, &error);
        g_assert_no_error(error);
        g_test_message("%s: %g before, %g after", cases[c].label, before, imbalance(state, 1));
        g_assert_cmpfloat(imbalance(state, 1), <=, cases[c].within * before);
    }
}

/* Puts a file's weights of a level into the state and aggregates. */
static void
use_weights(GhIndexState *state, const char *path, int level)
{
    g_autoptr(GhIndexTable) table = gh_index_testing_table(path);

    for (size_t k = 0; k < state->data->n_nodes; k++)
        if (state->data->nodes[k].level == level)
            state->weights[k] = gh_index_table_value(table, state->data->nodes[k].code, "Weight");
    g_assert_true(gh_stats_testing_aggregate(state, level, NULL, NULL));
}

static void
find_published(GhIndexState *state, GhIndexObjective objective, int level)
{
    g_autoptr(GError) error = NULL;
    GhIndexWeighting how = BALANCE;
    how.objective = objective;
    how.levels = &level;
    how.n_levels = 1;

    (void)find_with(state, &how, level, NULL, &error);
    g_assert_no_error(error);
    for (size_t k = 0; k < state->data->n_nodes; k++)
        if (state->data->nodes[k].level == level)
            g_assert_cmpfloat(state->weights[k], >=, 0);
}

/* Two nodes in one group correlate equally when w is in proportion to 1 / sd: exact, and COINr's came within its
 * tolerance of it. Measured: weights agree to 2e-8 with balance, 6e-5 with infomax, where the sum of
 * correlations is flat about its maximum; ours is not below COINr's. */
static void
test_published_level_3(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
    if (state == NULL)
        return;
    const size_t conn = gh_stats_testing_node(state, "Conn"),
                 sust = gh_stats_testing_node(state, "Sust");
    const double sd_conn = gh_column_mean_sd(gh_index_state_column(state, conn), state->n_units).sd;
    const double sd_sust = gh_column_mean_sd(gh_index_state_column(state, sust), state->n_units).sd;
    const double exact = sd_sust / (sd_conn + sd_sust);

    find_published(state, GH_OBJECTIVE_BALANCE, 3);
    gh_index_assert_near(state->weights[conn], exact, 1e-9, "balance, exact");
    g_assert_cmpfloat(imbalance(state, 3), <, 1e-10);
    g_autoptr(GhIndexTable) balance = gh_index_testing_table("weights/opt_balance_L3.csv");
    gh_index_assert_near(state->weights[conn], gh_index_table_value(balance, "Conn", "Weight"),
                         1e-7, "balance, published");

    find_published(state, GH_OBJECTIVE_INFOMAX, 3);
    const double ours = sum_of_correlations(state, 3);
    gh_index_assert_near(state->weights[conn], exact, 1e-7, "infomax, exact");
    g_autoptr(GhIndexTable) infomax = gh_index_testing_table("weights/opt_infomax_L3.csv");
    gh_index_assert_near(state->weights[conn], gh_index_table_value(infomax, "Conn", "Weight"),
                         2e-4, "infomax, published");
    use_weights(state, "weights/opt_infomax_L3.csv", 3);
    g_assert_cmpfloat(ours, >=, sum_of_correlations(state, 3) - 1e-15);
}

static void
test_published_infomax_of_level_2(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
    if (state == NULL)
        return;

    find_published(state, GH_OBJECTIVE_INFOMAX, 2);
    const double ours = sum_of_correlations(state, 2);
    use_weights(state, "weights/opt_infomax_L2.csv", 2);
    const double theirs = sum_of_correlations(state, 2);
    g_test_message("sum of correlations %.12f, published weights %.12f", ours, theirs);
    g_assert_cmpfloat(ours, >=, theirs);
    g_assert_cmpfloat(ours, <, theirs + 1e-6); /* the same optimum */
}

/* Level 2 of ASEM cannot be balanced: Conn and Sust have half the index each. The published weights did not converge
 * and one is negative. Ours are >= 0 and nothing that is tried is better: no pair of weights moved against each
 * other by 2 % of a group, and none of 5,000 sets of weights drawn at random. */
static void
test_balance_of_level_2_has_no_better(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
    if (state == NULL)
        return;
    size_t n = 0;
    g_autofree size_t *nodes = gh_stats_testing_level(state, 2, &n);

    find_published(state, GH_OBJECTIVE_BALANCE, 2);
    const double ours = imbalance(state, 2);
    g_autofree double *found = g_memdup2(state->weights, state->data->n_nodes * sizeof *found);
    for (size_t k = 0; k < n; k++)
        for (int up = 0; up < 2; up++)
            for (size_t j = 0; j < n; j++) {
                double by = up ? 0.02 : -0.02;
                memcpy(state->weights, found, state->data->n_nodes * sizeof *found);
                state->weights[nodes[k]] = fmax(state->weights[nodes[k]] + by, 0);
                if (j != k)
                    state->weights[nodes[j]] = fmax(state->weights[nodes[j]] - by, 0);
                g_assert_true(gh_stats_testing_aggregate(state, 2, NULL, NULL));
                g_assert_cmpfloat(imbalance(state, 2), >=, ours - 1e-12);
            }
    uint64_t seed = 20240601;
    for (int set = 0; set < 5000; set++) {
        for (size_t k = 0; k < n; k++)
            state->weights[nodes[k]] = pow(gh_stats_testing_number(&seed), 3);
        g_assert_true(gh_stats_testing_aggregate(state, 2, NULL, NULL));
        g_assert_cmpfloat(imbalance(state, 2), >=, ours);
    }
    use_weights(state, "weights/opt_balance_L2.csv", 2);
    g_test_message("distance %.9f; published, with a negative weight, %.9f", ours,
                   imbalance(state, 2));
}

/* The place of a node among those of its level by the alphabet. */
static size_t
alphabetical(const GhIndexState *state, const size_t *nodes, size_t n, size_t node)
{
    size_t before = 0;

    for (size_t k = 0; k < n; k++)
        before += strcmp(state->data->nodes[nodes[k]].code, state->data->nodes[node].code) < 0;
    return before;
}

/* Trap 8 of the reference: what COINr reports as obtained is of its last evaluation, and not of the weights it
 * returns; near the end of a search that settled the two differ by its tolerance only. And its rows are those of the
 * codes in alphabetical order, beside weights in the order of the metadata. opt_balance_L2 did not settle. */
static void
test_correlations_of_published_weights(void)
{
    static const struct {
        const char *name;
        int level;
        bool shares; /* balance tells r / sum r, infomax r */
        double within;
    } cases[] = {
        {"balance_L3", 3, true, 1e-6},
        {"infomax_L3", 3, false, 1e-4},
        {"infomax_L2", 2, false, 1e-3},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
        if (state == NULL)
            return;
        g_autofree char *weights = g_strdup_printf("weights/opt_%s.csv", cases[c].name);
        g_autofree char *told = g_strdup_printf("weights/opt_%s_corr.csv", cases[c].name);
        g_autoptr(GhIndexTable) want = gh_index_testing_table(told);
        const size_t obtained = gh_index_table_column(want, "Obtained") * want->n_rows;
        size_t n = 0;
        g_autofree size_t *nodes = gh_stats_testing_level(state, cases[c].level, &n);

        use_weights(state, weights, cases[c].level);
        const double sum = cases[c].shares ? sum_of_correlations(state, cases[c].level) : 1;
        g_assert_cmpuint(n, ==, want->n_rows);
        for (size_t k = 0; k < n; k++) {
            const size_t at = alphabetical(state, nodes, n, nodes[k]);
            g_test_message("%s %s: %g", cases[c].name, state->data->nodes[nodes[k]].code,
                           correlation_with_index(state, nodes[k]) / sum
                               - want->values[obtained + at]);
            g_assert_cmpfloat_with_epsilon(correlation_with_index(state, nodes[k]) / sum,
                                           want->values[obtained + at], cases[c].within);
        }
    }
}

/* COINr's usual tolerance of 0.1 stops far from the balance. */
static void
test_ours_is_better_balanced_than_the_usual_of_coinr(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
    if (state == NULL)
        return;

    use_weights(state, "weights/opt_default_L3.csv", 3);
    const double theirs = imbalance(state, 3);
    g_assert_cmpfloat(theirs, >, 1e-4);
    g_assert_cmpfloat(theirs, <, 0.1);
    find_published(state, GH_OBJECTIVE_BALANCE, 3);
    g_assert_cmpfloat(imbalance(state, 3), <, 1e-6 * theirs);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weights/correlation/uncorrelated columns balance at wish by sd",
                    test_balance_by_hand);
    g_test_add_func("/weights/correlation/infomax of one group is one by sd", test_infomax_by_hand);
    g_test_add_func("/weights/correlation/a wish out of reach ends at weight 0",
                    test_a_wish_out_of_reach_ends_at_zero);
    g_test_add_func("/weights/correlation/what cannot be optimised is an error that says why",
                    test_what_cannot_be_optimised);
    g_test_add_func("/weights/correlation/an aggregation that fails ends the search",
                    test_an_aggregation_that_fails_ends_the_search);
    g_test_add_func(
        "/weights/correlation/means are balanced to rounding, a median is not made worse",
        test_balance_of_every_mean);
    g_test_add_func("/weights/correlation/level 3 of ASEM is balanced as published, and exactly",
                    test_published_level_3);
    g_test_add_func("/weights/correlation/infomax of level 2 of ASEM is not below the published",
                    test_published_infomax_of_level_2);
    g_test_add_func(
        "/weights/correlation/balance of level 2 of ASEM: none that was tried is better",
        test_balance_of_level_2_has_no_better);
    g_test_add_func("/weights/correlation/published weights have the published correlations",
                    test_correlations_of_published_weights);
    g_test_add_func("/weights/correlation/level 3 is better balanced than COINr's usual tolerance",
                    test_ours_is_better_balanced_than_the_usual_of_coinr);
    return g_test_run();
}
