/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_doubt_test.c - benefit of the doubt: worked examples, what always holds, and what it refuses. */
#include "index/stats/stats_testing.h"
#include "index/weights.h"

#include <math.h>
#include <time.h>

static const double NEAR = 1e-9;

static GhIndexWeighting
doubt(double lower, double upper)
{
    return (GhIndexWeighting){.method = GH_WEIGHTS_BENEFIT_OF_THE_DOUBT,
                              .share_lower = lower,
                              .share_upper = upper,
                              .scale = 1};
}

static bool
find(GhIndexState *state, const GhIndexWeighting *how, GhIndexNotes *notes, GError **error)
{
    bool aggregated = false;

    g_assert_true(gh_index_weight(state, how, NULL, NULL));
    if (!gh_index_weighting_find(state, 1, gh_stats_testing_aggregate, NULL, notes, &aggregated,
                                 error))
        return false;
    g_assert_true(aggregated);
    return true;
}

/* A = (4, 1), B = (1, 4), C = (2, 2), so 4 w1 + w2 <= 1, w1 + 4 w2 <= 1, 2 w1 + 2 w2 <= 1.
 *
 * Free: A and B reach 1 (w = (1/4, 0) and (0, 1/4)). C: the first two cross at (1/5, 1/5), which gives it 4/5.
 * Shares 1/2 each: for A 4 w1 = w2, its score is s = 8 w1 and B's w1 + 16 w1 <= 1: s = 8/17; B the same by symmetry;
 * C has w1 = w2 and 5 w1 <= 1: 4/5.
 * Shares of 1/4 at least: for A w2 >= (4 w1 + w2) / 4, so w2 >= 4/3 w1; there s = 16/3 w1 and B's 19/3 w1 <= 1:
 * s = 16/19; more of w2 lowers it. B the same; C 4/5 with equal shares. */
static void
test_by_hand(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double values[] = {4, 1, 1, 4, 2, 2};
    const struct {
        const char *label;
        double lower, upper;
        double want[3];
    } cases[] = {
        {"free", 0, 1, {1, 1, 0.8}},
        {"shares of a half", 0.5, 0.5, {8.0 / 17.0, 8.0 / 17.0, 0.8}},
        {"shares of a quarter at least", 0.25, 1, {16.0 / 19.0, 16.0 / 19.0, 0.8}},
        {"shares of three quarters at most", 0, 0.75, {16.0 / 19.0, 16.0 / 19.0, 0.8}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        const GhIndexWeighting how = doubt(cases[c].lower, cases[c].upper);
        g_autoptr(GhIndexState) state =
            gh_stats_testing_new(gh_index_testing_data(3, 2, values, parents));
        g_autoptr(GError) error = NULL;
        (void)find(state, &how, NULL, &error);
        g_assert_no_error(error);
        for (size_t i = 0; i < 3; i++)
            gh_index_assert_near(gh_index_state_column(state, 2)[i], cases[c].want[i], NEAR,
                                 cases[c].label);
        gh_index_assert_near(state->weights[0] + state->weights[1], 1, NEAR, "mean shares");
    }
}

static void
test_one_unit_by_hand(void)
{
    static const double x1[] = {4, 1, 2}, x2[] = {1, 4, 2};
    const double *columns[] = {x1, x2};
    g_autoptr(GError) error = NULL;
    double weights[2], score = 0;

    (void)gh_index_benefit_of_the_doubt(columns, 2, 3, 2, 0, 1, weights, &score, &error);
    g_assert_no_error(error);
    gh_index_assert_near(weights[0], 0.2, NEAR, "w1");
    gh_index_assert_near(weights[1], 0.2, NEAR, "w2");
    gh_index_assert_near(score, 0.8, NEAR, "score");
}

static void
test_one_column_and_one_unit(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double one_unit[] = {3, 0};
    static const double one_column[] = {2, 8, 4};
    GhIndexWeighting how = doubt(0, 1);
    g_autoptr(GhIndexState) unit =
        gh_stats_testing_new(gh_index_testing_data(1, 2, one_unit, parents));
    g_autoptr(GhIndexState) column =
        gh_stats_testing_new(gh_index_testing_data(3, 1, one_column, parents));

    g_assert_true(find(unit, &how, NULL, NULL));
    gh_index_assert_near(gh_index_state_column(unit, 2)[0], 1, NEAR, "alone it is the best");
    how.scale = 100;
    g_assert_true(find(column, &how, NULL, NULL));
    gh_index_assert_near(gh_index_state_column(column, 1)[0], 25, NEAR, "share of the best");
    gh_index_assert_near(gh_index_state_column(column, 1)[1], 100, NEAR, "the best");
}

/* -- what always holds -- */

enum {
    UNITS = 60,
    COLUMNS = 5
};

static GhIndexState *
invented_state(double scale_of_second, bool turned_round)
{
    static const char *const parents[] = {"Index", "Index", "Index", "Index", "Index"};
    double values[UNITS * COLUMNS];
    uint64_t seed = 4711;

    for (size_t i = 0; i < UNITS; i++) {
        size_t row = turned_round ? UNITS - 1 - i : i;
        for (size_t j = 0; j < COLUMNS; j++)
            values[row * COLUMNS + j] =
                (0.1 + gh_stats_testing_number(&seed)) * (j == 1 ? scale_of_second : 1);
    }
    return gh_stats_testing_new(gh_index_testing_data(UNITS, COLUMNS, values, parents));
}

static void
test_scores_do_not_depend_on_units_of_measure_or_order(void)
{
    for (int bounded = 0; bounded < 2; bounded++) {
        const GhIndexWeighting how = bounded ? doubt(0.1, 0.4) : doubt(0, 1);
        g_autoptr(GhIndexState) plain = invented_state(1, false);
        g_autoptr(GhIndexState) scaled = invented_state(1e6, false);
        g_autoptr(GhIndexState) turned = invented_state(1, true);
        g_assert_true(find(plain, &how, NULL, NULL) && find(scaled, &how, NULL, NULL)
                      && find(turned, &how, NULL, NULL));
        const double *scores = gh_index_state_column(plain, COLUMNS);
        for (size_t i = 0; i < UNITS; i++) {
            gh_index_assert_near(gh_index_state_column(scaled, COLUMNS)[i], scores[i], NEAR,
                                 "scaled");
            gh_index_assert_near(gh_index_state_column(turned, COLUMNS)[UNITS - 1 - i], scores[i],
                                 NEAR, "turned round");
        }
    }
}

/* The weights of a unit keep to the constraints, and no weights drawn at random that do so score higher. */
static void
test_weights_keep_to_the_constraints_and_are_the_best(void)
{
    g_autoptr(GhIndexState) state = invented_state(1, false);
    const double *columns[COLUMNS];
    uint64_t seed = 99;

    for (size_t j = 0; j < COLUMNS; j++)
        columns[j] = gh_index_state_column(state, j);
    for (size_t unit = 0; unit < UNITS; unit += 7) {
        double weights[COLUMNS], score = 0;
        g_assert_true(gh_index_benefit_of_the_doubt(columns, COLUMNS, UNITS, unit, 0.1, 0.4,
                                                    weights, &score, NULL));
        double sum = 0;
        for (size_t j = 0; j < COLUMNS; j++) {
            double share = weights[j] * columns[j][unit] / score;
            g_assert_cmpfloat(share, >=, 0.1 - NEAR);
            g_assert_cmpfloat(share, <=, 0.4 + NEAR);
            sum += share;
        }
        gh_index_assert_near(sum, 1, NEAR, "shares");

        for (int draw = 0; draw < 300; draw++) {
            double drawn[COLUMNS], total = 0, highest = 0;
            for (size_t j = 0; j < COLUMNS; j++)
                total += drawn[j] = gh_stats_testing_number(&seed);
            /* Shares 0.1 + (what is left over 5) lie within 0.1 and 0.4 when no draw is above 0.6 of all. */
            for (size_t j = 0; j < COLUMNS; j++)
                drawn[j] = (0.1 + 0.5 * drawn[j] / total) / columns[j][unit];
            for (size_t k = 0; k < UNITS; k++) {
                double of_k = 0;
                for (size_t j = 0; j < COLUMNS; j++)
                    of_k += drawn[j] * columns[j][k];
                highest = fmax(highest, of_k);
            }
            bool within = true;
            for (size_t j = 0; j < COLUMNS; j++)
                within = within && drawn[j] * columns[j][unit] <= 0.4;
            if (within)
                g_assert_cmpfloat(1 / highest, <=, score + NEAR); /* its own score is 1 / highest */
        }
    }
}

/* One problem for all units, whose columns come and go, against a fresh one for each. */
static void
test_scores_are_those_of_each_unit_alone(void)
{
    const GhIndexWeighting how = doubt(0, 1);
    g_autoptr(GhIndexState) state = invented_state(1, false);
    const double *columns[COLUMNS];

    for (size_t j = 0; j < COLUMNS; j++)
        columns[j] = gh_index_state_column(state, j);
    g_assert_true(find(state, &how, NULL, NULL));
    for (size_t unit = 0; unit < UNITS; unit++) {
        double weights[COLUMNS], score = 0;
        g_assert_true(gh_index_benefit_of_the_doubt(columns, COLUMNS, UNITS, unit, 0, 1, weights,
                                                    &score, NULL));
        gh_index_assert_near(gh_index_state_column(state, COLUMNS)[unit], score, NEAR, "score");
    }
}

/* What a large set needs: constraints listed as they are broken end at the same as all of them at once. */
static void
test_no_unit_scores_above_one(void)
{
    const GhIndexWeighting how = doubt(0, 1);
    g_autoptr(GhIndexState) state = invented_state(1, false);
    const double *scores = gh_index_state_column(state, COLUMNS);
    size_t n_best = 0;

    g_assert_true(find(state, &how, NULL, NULL));
    for (size_t i = 0; i < UNITS; i++) {
        g_assert_cmpfloat(scores[i], <=, 1 + 1e-12);
        n_best += scores[i] > 1 - NEAR;
    }
    g_assert_cmpuint(n_best, >=, 1);
}

/* -- threads -- */

static void *
find_in_thread(void *unused)
{
    const GhIndexWeighting how = doubt(0.1, 0.4);
    GhIndexState *state = invented_state(1, false);

    (void)unused;
    g_assert_true(find(state, &how, NULL, NULL));
    return state;
}

static void
test_threads_do_not_disturb_each_other(void)
{
    GThread *threads[4];
    g_autoptr(GhIndexState) alone = find_in_thread(NULL);

    for (size_t t = 0; t < G_N_ELEMENTS(threads); t++)
        threads[t] = g_thread_new("doubt", find_in_thread, NULL);
    for (size_t t = 0; t < G_N_ELEMENTS(threads); t++) {
        g_autoptr(GhIndexState) state = g_thread_join(threads[t]);
        for (size_t i = 0; i < UNITS; i++)
            g_assert_true(gh_index_state_column(state, COLUMNS)[i]
                          == gh_index_state_column(alone, COLUMNS)[i]); /* the same bits */
    }
}

/* -- what it refuses -- */

static void
test_refused(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double gap[] = {1, 2, 3, NAN}, minus[] = {1, 2, 3, -4}, zeros[] = {1, 2, 0, 0};
    static const double one_zero[] = {1, 2, 0, 5}, good[] = {1, 2, 2, 1};
    const struct {
        const char *label;
        const double *values;
        double lower, upper;
        int code;
        const char *message;
    } cases[] = {
        {"a gap", gap, 0, 1, GH_INDEX_ERROR_DATA, "*U2 has no value of i2*"},
        {"a negative value", minus, 0, 1, GH_INDEX_ERROR_DATA, "*i2 of U2 is -4*"},
        {"a unit without anything", zeros, 0, 1, GH_INDEX_ERROR_DEGENERATE, "*U2*are 0*"},
        {"a zero that must have a share", one_zero, 0.1, 1, GH_INDEX_ERROR_DEGENERATE,
         "*U2 has zeros*"},
        {"too few to share among", one_zero, 0, 0.6, GH_INDEX_ERROR_DEGENERATE, "*U2 has zeros*"},
        {"shares below what sums to 1", good, 0, 0.4, GH_INDEX_ERROR_SPEC, "*cannot sum to 1*"},
        {"shares above what sums to 1", good, 0.6, 1, GH_INDEX_ERROR_SPEC, "*cannot sum to 1*"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        const GhIndexWeighting how = doubt(cases[c].lower, cases[c].upper);
        g_autoptr(GhIndexState) state =
            gh_stats_testing_new(gh_index_testing_data(2, 2, cases[c].values, parents));
        const double *columns[] = {gh_index_state_column(state, 0),
                                   gh_index_state_column(state, 1)};
        g_autoptr(GError) error = NULL;
        double weights[2] = {7, 7}, score = 7;

        g_assert_false(find(state, &how, NULL, &error));
        g_assert_error(error, GH_INDEX_ERROR, cases[c].code);
        if (!g_pattern_match_simple(cases[c].message, error->message))
            g_error("%s: %s", cases[c].label, error->message);
        g_assert_false(gh_index_benefit_of_the_doubt(columns, 2, 2, 1, cases[c].lower,
                                                     cases[c].upper, weights, &score, NULL));
        g_assert_true(weights[0] == 7 && weights[1] == 7 && score == 7);
    }
}

/* -- the published example, to see that real data pass: no reference scores exist -- */

static void
test_asem_pillars(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("norm/n_minmax_1_100.csv");
    g_autoptr(GError) error = NULL;
    const GhIndexWeighting how = doubt(0.05, 0.5);
    if (state == NULL)
        return;
    size_t n = 0;
    g_autofree size_t *pillars = gh_stats_testing_level(state, 2, &n);

    (void)find(state, &how, NULL, &error);
    g_assert_no_error(error);
    for (size_t p = 0; p < n; p++) {
        const double *scores = gh_index_state_column(state, pillars[p]);
        double highest = 0;
        for (size_t i = 0; i < state->n_units; i++)
            highest = fmax(highest, scores[i]);
        g_assert_cmpfloat(highest, <=, 1 + NEAR);
        g_assert_cmpfloat(highest, >, 0.5);
    }
}

/* -- how fast: with -m perf -- */

static void
measure(size_t n_units, size_t n_columns, double lower, double upper)
{
    const char **parents = g_new(const char *, n_columns);
    double *values = g_new(double, n_units *n_columns);
    const GhIndexWeighting how = doubt(lower, upper);
    uint64_t seed = 20240601;

    for (size_t j = 0; j < n_columns; j++)
        parents[j] = "Index";
    for (size_t v = 0; v < n_units * n_columns; v++)
        values[v] = 1 + 99 * gh_stats_testing_number(&seed);
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(n_units, n_columns, values, parents));
    g_free(parents);
    g_free(values);
    const clock_t start = clock();
    g_assert_true(find(state, &how, NULL, NULL));
    g_test_message("%zu x %zu, shares %g to %g: %.3f s of CPU", n_units, n_columns, lower, upper,
                   (double)(clock() - start) / CLOCKS_PER_SEC);
}

static void
test_speed(void)
{
    measure(51, 49, 0, 1);
    measure(51, 49, 0.005, 0.2);
    measure(1000, 10, 0, 1);
    measure(1000, 10, 0.05, 0.4);
    measure(10000, 13, 0, 1);
    measure(10000, 13, 0.03, 0.4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/doubt/scores are those worked out by hand", test_by_hand);
    g_test_add_func("/doubt/one unit's weights are those worked out by hand",
                    test_one_unit_by_hand);
    g_test_add_func("/doubt/one column is a share of the best, one unit is the best",
                    test_one_column_and_one_unit);
    g_test_add_func("/doubt/scores do not depend on units of measure or on the order of units",
                    test_scores_do_not_depend_on_units_of_measure_or_order);
    g_test_add_func("/doubt/weights keep to the constraints, and no others score higher",
                    test_weights_keep_to_the_constraints_and_are_the_best);
    g_test_add_func("/doubt/scores are those of each unit alone",
                    test_scores_are_those_of_each_unit_alone);
    g_test_add_func("/doubt/no unit scores above 1 and some reach it",
                    test_no_unit_scores_above_one);
    g_test_add_func("/doubt/threads do not disturb each other",
                    test_threads_do_not_disturb_each_other);
    g_test_add_func("/doubt/gaps, negative values and impossible shares are refused", test_refused);
    g_test_add_func("/doubt/the pillars of ASEM can be scored", test_asem_pillars);
    if (g_test_perf())
        g_test_add_func("/doubt/speed", test_speed);
    return g_test_run();
}
