/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_test.c - the step "weights": given, equal and budget weights, and effective weights. */
#include "index/stats/stats_testing.h"
#include "index/weights.h"

#include <math.h>

static const char *const PARENTS[] = {"A", "A", "B"};
static const double VALUES[] = {1, 2, 3, 4, 5, 6};

/* Two units; i1 and i2 in A, i3 in B; A and B in Index. */
static GhIndexState *
small_state(void)
{
    return gh_stats_testing_new(gh_index_testing_data(2, 3, VALUES, PARENTS));
}

static void
check_weight(const GhIndexState *state, const char *code, double want)
{
    gh_index_assert_near(state->weights[gh_stats_testing_node(state, code)], want, 1e-14, code);
}

static void
test_given_weights(void)
{
    static const int levels[] = {1};
    static const char *const codes[] = {"i2"};
    static const double given[] = {3};
    const GhIndexWeighting how = {
        .levels = levels, .n_levels = 1, .codes = codes, .given = given, .n_codes = 1};
    g_autoptr(GhIndexState) state = small_state();
    g_autoptr(GError) error = NULL;

    state->weights[0] = 7; /* of a step before: goes back to the metadata's */
    state->weights[3] = 5; /* of another level: stays */
    g_assert_true(gh_index_weight(state, &how, NULL, &error));
    g_assert_no_error(error);
    check_weight(state, "i1", 1);
    check_weight(state, "i2", 3);
    check_weight(state, "A", 5);
}

static void
test_equal_weights(void)
{
    const GhIndexWeighting how = {.method = GH_WEIGHTS_EQUAL};
    g_autoptr(GhIndexState) state = small_state();

    for (size_t k = 0; k < state->data->n_nodes; k++)
        state->weights[k] = (double)k;
    g_assert_true(gh_index_weight(state, &how, NULL, NULL));
    for (size_t k = 0; k + 1 < state->data->n_nodes; k++)
        g_assert_cmpfloat(state->weights[k], ==, 1);
}

static void
test_found_weights_are_left_to_aggregate(void)
{
    static const int levels[] = {2};
    const GhIndexWeighting pca = {.method = GH_WEIGHTS_PCA, .levels = levels, .n_levels = 1};
    const GhIndexWeighting equal = {.method = GH_WEIGHTS_EQUAL};
    g_autoptr(GhIndexState) state = small_state();

    g_assert_true(gh_index_weight(state, &pca, NULL, NULL));
    g_assert_null(state->weighting[0]);
    g_assert_true(state->weighting[1] == &pca);
    g_assert_true(gh_index_weight(state, &equal, NULL, NULL));
    g_assert_null(state->weighting[1]); /* the later step holds */
}

/* Ada's 50 : 30 are 0.625 : 0.375, Ben's 1 : 3 are 0.25 : 0.75; means 0.4375 and 0.5625. Cleo said nothing of i2, Dan
 * gave 0 to both: neither has shared out anything within A. B has one child: all of them give it 1. */
static void
test_budget_allocation(void)
{
    static const int levels[] = {1};
    static const char *const codes[] = {"i1", "i2", "i3"};
    double ada[] = {50, 30, 20}, ben[] = {1, 3, 4}, cleo[] = {10, NAN, 5}, dan[] = {0, 0, 1};
    const GhIndexExpert experts[] = {{"Ada", ada}, {"Ben", ben}, {"Cleo", cleo}, {"Dan", dan}};
    const GhIndexWeighting how = {.method = GH_WEIGHTS_BUDGET,
                                  .levels = levels,
                                  .n_levels = 1,
                                  .codes = codes,
                                  .n_codes = 3,
                                  .experts = experts,
                                  .n_experts = 4};
    g_autoptr(GhIndexState) state = small_state();
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_weight(state, &how, notes, &error));
    g_assert_no_error(error);
    check_weight(state, "i1", 0.4375);
    check_weight(state, "i2", 0.5625);
    check_weight(state, "i3", 1);
    g_assert_cmpuint(notes->remarks->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(notes->remarks, 0), ==,
                    "A: expert Cleo has not shared out its points: left out");
    g_assert_cmpstr(g_ptr_array_index(notes->weights, 0), ==,
                    "i1: 0.438, from 0.250 to 0.625 over 2 experts");
}

static void
test_refused_weights(void)
{
    static const int level_1[] = {1}, level_3[] = {3};
    static const char *const i1[] = {"i1"}, *const a[] = {"A"}, *const nobody[] = {"i9"};
    static const char *const both[] = {"i1", "i2"};
    static const double minus[] = {-1}, one[] = {1}, zeros[] = {0, 0};
    double minus_points[] = {-5}, no_points[] = {NAN};
    const GhIndexExpert ada = {"Ada", minus_points}, ben = {"Ben", no_points};
    const struct {
        const char *label;
        GhIndexWeighting how;
        GhIndexError code;
        const char *message;
    } cases[] = {
        {"a level above those that have weights",
         {.levels = level_3, .n_levels = 1},
         GH_INDEX_ERROR_SPEC,
         "*level 3 has no weights*"},
        {"a code that is not there",
         {.codes = nobody, .given = one, .n_codes = 1},
         GH_INDEX_ERROR_UNKNOWN,
         "weights:*i9*"},
        {"a code of another level",
         {.levels = level_1, .n_levels = 1, .codes = a, .given = one, .n_codes = 1},
         GH_INDEX_ERROR_SPEC,
         "*A is of level 2*"},
        {"a negative weight",
         {.codes = i1, .given = minus, .n_codes = 1},
         GH_INDEX_ERROR_SPEC,
         "*the weight of i1 is -1*"},
        {"a group whose weights are all 0",
         {.codes = both, .given = zeros, .n_codes = 2},
         GH_INDEX_ERROR_DEGENERATE,
         "*all weights within A are 0*"},
        {"negative points",
         {.method = GH_WEIGHTS_BUDGET, .codes = i1, .n_codes = 1, .experts = &ada, .n_experts = 1},
         GH_INDEX_ERROR_SPEC,
         "expert Ada:*-5*"},
        {"a group that nobody shared out",
         {.method = GH_WEIGHTS_BUDGET, .codes = i1, .n_codes = 1, .experts = &ben, .n_experts = 1},
         GH_INDEX_ERROR_DEGENERATE,
         "*children of A*"},
        {"shares that fall",
         {.method = GH_WEIGHTS_BENEFIT_OF_THE_DOUBT,
          .share_lower = 0.5,
          .share_upper = 0.4,
          .scale = 1},
         GH_INDEX_ERROR_SPEC,
         "*shares from 0.5 to 0.4*"},
        {"a scale of 0",
         {.method = GH_WEIGHTS_BENEFIT_OF_THE_DOUBT, .share_upper = 1},
         GH_INDEX_ERROR_SPEC,
         "*scale is 0*"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhIndexState) state = small_state();
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].label);
        g_assert_false(gh_index_weight(state, &cases[i].how, NULL, &error));
        g_assert_error(error, GH_INDEX_ERROR, (int)cases[i].code);
        if (!g_pattern_match_simple(cases[i].message, error->message))
            g_error("%s: %s", cases[i].label, error->message);
    }
}

/* A has 1 of 4, B 3 of 4; within A i1 has 1 of 4 and i2 3 of 4; i3 is alone in B. */
static void
test_effective_weights(void)
{
    static const double want[] = {0.0625, 0.1875, 0.75, 0.25, 0.75, 1};
    g_autoptr(GhIndexState) state = small_state();
    double effective[6];

    state->weights[1] = 3;
    state->weights[4] = 3;
    gh_index_effective_weights(state, effective);
    for (size_t k = 0; k < 6; k++)
        gh_index_assert_near(effective[k], want[k], 1e-14, state->data->nodes[k].code);

    /* Without i1 its share goes to i2; without B all goes to A. */
    gh_index_state_drop(state, 0);
    gh_index_state_drop(state, 4);
    gh_index_effective_weights(state, effective);
    g_assert_cmpfloat(effective[0], ==, 0);
    g_assert_cmpfloat(effective[1], ==, 1);
    g_assert_cmpfloat(effective[2], ==, 0);
    g_assert_cmpfloat(effective[3], ==, 1);
}

static void
test_published_effective_weights(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Raw.csv");
    g_autoptr(GhIndexTable) want = gh_index_testing_table("weights/effective_weights_original.csv");
    if (state == NULL)
        return;
    g_autofree double *effective = g_new(double, state->data->n_nodes);

    gh_index_effective_weights(state, effective);
    for (size_t k = 0; k < state->data->n_nodes; k++) {
        const char *code = state->data->nodes[k].code;
        gh_index_assert_near(effective[k], gh_index_table_value(want, code, "EffWeight"),
                             GH_INDEX_TOLERANCE, code);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weights/given ones replace the metadata's, of the levels named only",
                    test_given_weights);
    g_test_add_func("/weights/equal ones are 1", test_equal_weights);
    g_test_add_func("/weights/those to be found are left to the aggregation, the later step holds",
                    test_found_weights_are_left_to_aggregate);
    g_test_add_func("/weights/a budget is the mean of experts' shares, and its spread is told",
                    test_budget_allocation);
    g_test_add_func("/weights/what does not fit is refused and named", test_refused_weights);
    g_test_add_func("/weights/effective ones multiply down the hierarchy", test_effective_weights);
    g_test_add_func("/weights/effective ones are those published for ASEM",
                    test_published_effective_weights);
    return g_test_run();
}
