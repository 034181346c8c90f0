/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* components_test.c - principal components and the weights they give, on small examples by hand. */
#include "index/stats.h"
#include "index/stats/stats_testing.h"
#include "index/weights.h"

#include <math.h>

static const double NEAR = 1e-12;
static const size_t NODES[] = {0, 1, 2};

/* 1 2 3 and 1 3 2 correlate with 1/2: eigenvalues 1 + 1/2 and 1 - 1/2, vectors (1, 1) and (1, -1) by sqrt(2). The sum of
 * the second is 0, so its first loading is positive. The fourth unit has a gap. */
static void
test_two_columns_by_hand(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double values[] = {1, 1, 2, 3, 3, 2, 50, NAN};
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(4, 2, values, parents));
    g_autoptr(GhIndexComponents) c = gh_index_components(state, NODES, 2, NULL);

    g_assert_cmpuint(c->n_complete, ==, 3);
    gh_index_assert_near(c->eigenvalues[0], 1.5, NEAR, "first");
    gh_index_assert_near(c->eigenvalues[1], 0.5, NEAR, "second");
    gh_index_assert_near(c->shares[0], 0.75, NEAR, "share");
    gh_index_assert_near(c->vectors[0], sqrt(0.5), NEAR, "first, i1");
    gh_index_assert_near(c->vectors[1], sqrt(0.5), NEAR, "first, i2");
    gh_index_assert_near(c->vectors[2], sqrt(0.5), NEAR, "second, i1");
    gh_index_assert_near(c->vectors[3], -sqrt(0.5), NEAR, "second, i2");
}

enum {
    UNITS = 30,
    COLUMNS = 3
};

static const char *const INDEX[] = {"Index", "Index", "Index"};

/* The third is the sum of the others: no variance is left for the last component. */
static GhIndexState *
invented_state(double scale, double shift, bool turned_round)
{
    double values[UNITS * COLUMNS];
    uint64_t seed = 12;

    for (size_t i = 0; i < UNITS; i++) {
        double *row = values + (turned_round ? UNITS - 1 - i : i) * COLUMNS;
        row[0] = gh_stats_testing_number(&seed);
        row[1] = gh_stats_testing_number(&seed);
        row[2] = row[0] + row[1];
        row[1] = scale * row[1] + shift;
    }
    return gh_stats_testing_new(gh_index_testing_data(UNITS, COLUMNS, values, INDEX));
}

static void
test_what_always_holds(void)
{
    g_autoptr(GhIndexState) plain = invented_state(1, 0, false);
    g_autoptr(GhIndexState) moved = invented_state(1000, -5, false);
    g_autoptr(GhIndexState) turned = invented_state(1, 0, true);
    g_autoptr(GhIndexComponents) c = gh_index_components(plain, NODES, 3, NULL);
    g_autoptr(GhIndexComponents) cm = gh_index_components(moved, NODES, 3, NULL);
    g_autoptr(GhIndexComponents) ct = gh_index_components(turned, NODES, 3, NULL);
    double sum = 0;

    for (size_t k = 0; k < 3; k++) {
        sum += c->eigenvalues[k];
        g_assert_cmpfloat(c->eigenvalues[k], >=, 0);
        g_assert_true(k == 0 || c->eigenvalues[k] <= c->eigenvalues[k - 1]);
    }
    gh_index_assert_near(sum, 3, NEAR, "sum of eigenvalues");
    g_assert_cmpfloat(c->eigenvalues[2], <, NEAR);
    for (size_t v = 0; v < 9; v++) {
        gh_index_assert_near(cm->vectors[v], c->vectors[v], 1e-9, "scaled and shifted");
        gh_index_assert_near(ct->vectors[v], c->vectors[v], 1e-9, "turned round");
    }
}

static void
test_refused(void)
{
    static const double flat[] = {1, 0.1, 1, 2, 0.1, 5, 3, 0.1, 4};
    static const double gaps[] = {1, 2, NAN, 2, NAN, NAN, 3, 4, 5};
    static const double huge[] = {1, 1e200, 1, 2, -1e200, 5, 3, 0, 4};
    static const double tiny[] = {1, 1e-200, 1, 2, 3e-200, 5, 3, 2e-200, 4};
    const struct {
        const char *label;
        const double *values;
        const char *message;
    } cases[] = {
        {"a column that does not vary", flat, "*i2 is 0.1 in all 3*"},
        {"one complete unit", gaps, "*1 of 3 have them; i3 is known of 1*"},
        {"squares that no number holds", huge, "*spread of i2, from -1e+200 to 1e+200*"},
        {"squares that vanish", tiny, "*spread of i2, from 1e-200 to 3e-200*"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhIndexState) state =
            gh_stats_testing_new(gh_index_testing_data(3, 3, cases[i].values, INDEX));
        g_autoptr(GError) error = NULL;
        g_assert_null(gh_index_components(state, NODES, 3, &error));
        g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE);
        if (!g_pattern_match_simple(cases[i].message, error->message))
            g_error("%s: %s", cases[i].label, error->message);
    }
}

/* -- as weights -- */

static bool
find_weights(GhIndexState *state, bool whole_level, GhIndexNotes *notes, GError **error)
{
    static const int level_1[] = {1};
    const GhIndexWeighting how = {
        .method = GH_WEIGHTS_PCA, .levels = level_1, .n_levels = 1, .whole_level = whole_level};
    bool aggregated = true;

    g_assert_true(gh_index_weight(state, &how, notes, NULL));
    if (!gh_index_weighting_find(state, 1, gh_stats_testing_aggregate, NULL, notes, &aggregated,
                                 error))
        return false;
    g_assert_false(aggregated);
    return true;
}

/* Within A as above; i3 is alone in B. */
static void
test_weights_within_groups(void)
{
    static const char *const parents[] = {"A", "A", "B"};
    static const double values[] = {1, 1, 9, 2, 3, 9, 3, 2, 9};
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(3, 3, values, parents));
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);

    g_assert_true(find_weights(state, false, notes, NULL));
    gh_index_assert_near(state->weights[0], sqrt(0.5), NEAR, "i1");
    gh_index_assert_near(state->weights[1], sqrt(0.5), NEAR, "i2");
    gh_index_assert_near(state->weights[2], 1, NEAR, "i3");
    g_assert_cmpuint(notes->weights->len, ==, 1);
    g_assert_true(g_pattern_match_simple("A: *75.0 %*3 complete units*",
                                         g_ptr_array_index(notes->weights, 0)));
}

/* i3 = -i1: correlations 1/2, -1, -1/2. */
static void
test_what_runs_against_the_others_has_a_negative_weight(void)
{
    static const char *const together[] = {"Index", "Index", "Index"};
    static const char *const apart[] = {"A", "A", "B"};
    static const double values[] = {1, 1, -1, 2, 3, -2, 3, 2, -3};
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(3, 3, values, together));
    g_autoptr(GhIndexState) grouped =
        gh_stats_testing_new(gh_index_testing_data(3, 3, values, apart));
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(find_weights(state, false, notes, NULL));
    g_assert_cmpfloat(state->weights[0], >, 0);
    gh_index_assert_near(state->weights[2], -state->weights[0], NEAR, "i3");
    g_assert_cmpstr(g_ptr_array_index(notes->remarks, 0), ==,
                    "i3 has a negative weight: it runs against the others");

    g_assert_false(find_weights(grouped, true, NULL, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE);
    g_assert_true(g_pattern_match_simple("*loadings within B*", error->message));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/components/two columns are those worked out by hand",
                    test_two_columns_by_hand);
    g_test_add_func("/components/eigenvalues sum to n; scale, shift and order do not matter",
                    test_what_always_holds);
    g_test_add_func("/components/columns without spread and too few units are refused and named",
                    test_refused);
    g_test_add_func("/components/weights are loadings within a group, 1 alone",
                    test_weights_within_groups);
    g_test_add_func("/components/what runs against the others has a negative weight, and is told",
                    test_what_runs_against_the_others_has_a_negative_weight);
    return g_test_run();
}
