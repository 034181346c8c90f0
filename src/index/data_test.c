/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* data_test.c - what data must be like, and the table that the steps work on. */
#include "index/index_testing.h"
#include "index/state.h"

#include <math.h>
#include <string.h>

static const char *const PARENTS[] = {"A", "A", "B"};
static const double VALUES[] = {
    1, 2,   3, /* U1 */
    4, NAN, 6, /* U2 */
    7, 8,   9, /* U3 */
};

static GhIndexData *
small(void)
{
    return gh_index_testing_data(3, 3, VALUES, PARENTS);
}

static void
test_hierarchy(void)
{
    g_autoptr(GhIndexData) data = small();

    g_assert_cmpint(data->n_levels, ==, 3);
    g_assert_cmpuint(gh_index_data_top(data), ==, 5);
    const GhIndexNode *a = &data->nodes[gh_index_data_find_node(data, "A")];
    g_assert_cmpuint(a->n_children, ==, 2);
    g_assert_cmpuint(a->children[1], ==, 1);
    g_assert_cmpint(gh_index_data_ancestor(data, 2, 2), ==, 4);
    g_assert_cmpint(gh_index_data_ancestor(data, 2, 1), ==, 2);
    g_assert_cmpint(gh_index_data_ancestor(data, 5, 1), ==, -1);
    g_assert_cmpfloat(data->values[2 * 3 + 1], ==, 6);
}

/* What a maker of data can do wrong, one thing at a time, and what the message must name. */
static void
unknown_parent_level(GhIndexData *data)
{
    data->nodes[0].parent = 5;
}
static void
no_parent(GhIndexData *data)
{
    data->nodes[1].parent = -1;
}
static void
bad_direction(GhIndexData *data)
{
    data->nodes[1].direction = 2;
}
static void
bad_weight(GhIndexData *data)
{
    data->nodes[2].weight = -1.0;
}
static void
same_code(GhIndexData *data)
{
    g_free(data->nodes[1].code);
    data->nodes[1].code = g_strdup("i1");
}
static void
same_unit(GhIndexData *data)
{
    g_free(data->unit_codes[1]);
    data->unit_codes[1] = g_strdup("U1");
}
static void
infinite_value(GhIndexData *data)
{
    data->values[4] = INFINITY;
}
static void
childless(GhIndexData *data)
{
    data->nodes[2].parent = 3;
}

static void
test_faults_name_what_is_wrong(void)
{
    static const struct {
        const char *label;
        void (*spoil)(GhIndexData *data);
        const char *names;
    } cases[] = {
        {"a parent two levels above", unknown_parent_level,
         "i1 at level 1 has parent Index at level 3"},
        {"an indicator without parent", no_parent, "i2 at level 1 has no parent"},
        {"a direction of 2", bad_direction, "i2 has direction 2"},
        {"a negative weight", bad_weight, "i3 has weight -1"},
        {"a code twice", same_code, "code i1 stands in the metadata twice"},
        {"a unit twice", same_unit, "unit U1 stands in the data twice"},
        {"an infinite value", infinite_value, "unit U2, indicator i2"},
        {"an aggregate without children", childless, "aggregate B has nothing below it"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexData) data = small();
        g_autoptr(GError) error = NULL;
        /* Made anew from the filled fields, as a maker of data would. */
        g_clear_pointer(&data->child_list, g_free);
        for (size_t k = 0; k < data->n_nodes; k++)
            data->nodes[k].n_children = 0;
        cases[c].spoil(data);
        g_test_message("%s", cases[c].label);
        g_assert_false(gh_index_data_complete(data, &error));
        g_assert_nonnull(strstr(error->message, cases[c].names));
    }
}

static void
test_sizes_are_limited(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_index_data_new(
        &(GhIndexDataSize){.n_units = GH_INDEX_MAX_UNITS + 1, .n_indicators = 1, .n_nodes = 1},
        &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT);
    g_clear_error(&error);
    g_assert_null(gh_index_data_new(&(GhIndexDataSize){.n_indicators = 1, .n_nodes = 1}, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA);
}

static void
test_an_unknown_code_names_the_nearest(void)
{
    g_autoptr(GhIndexData) data = small();
    g_autoptr(GError) error = NULL;
    size_t node = 99;

    g_assert_true(gh_index_data_require_node(data, "i2", &node, &error));
    g_assert_cmpuint(node, ==, 1);
    g_assert_false(gh_index_data_require_node(data, "Indx", &node, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_UNKNOWN);
    g_assert_nonnull(strstr(error->message, "did you mean \"Index\""));
    g_assert_cmpuint(node, ==, 1);
}

static void
test_keeping_rows(void)
{
    g_autoptr(GhIndexData) data = small();
    g_autoptr(GhIndexState) state = gh_index_state_new(data);

    gh_index_state_keep(state, (bool[]){true, false, true});
    g_assert_cmpuint(state->n_units, ==, 2);
    g_assert_cmpuint(state->rows[1], ==, 2);
    g_assert_cmpfloat(gh_index_state_column(state, 1)[0], ==, 2);
    g_assert_cmpfloat(gh_index_state_column(state, 1)[1], ==, 8);
    g_assert_cmpfloat(gh_index_state_column(state, 2)[1], ==, 9);
    g_assert_true(isnan(gh_index_state_column(state, 5)[1]));
}

static void
test_dropping_takes_out_what_is_left_empty(void)
{
    g_autoptr(GhIndexData) data = small();
    g_autoptr(GhIndexState) state = gh_index_state_new(data);

    gh_index_state_drop(state, 2);
    g_assert_false(state->active[2]);
    g_assert_false(state->active[4]); /* B had nothing else */
    g_assert_true(state->active[5]);
    gh_index_state_drop(state, 3);
    g_assert_false(state->active[0]);
    g_assert_false(state->active[5]);
}

static void
test_a_copy_is_independent(void)
{
    g_autoptr(GhIndexData) data = small();
    g_autoptr(GhIndexState) state = gh_index_state_new(data);
    g_autoptr(GhIndexState) copy = gh_index_state_copy(state);

    copy->values[0] = 99;
    copy->weights[0] = 5;
    gh_index_state_drop(copy, 0);
    g_assert_cmpfloat(state->values[0], ==, 1);
    g_assert_cmpfloat(state->weights[0], ==, 1);
    g_assert_true(state->active[0]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/the hierarchy is known from parents", test_hierarchy);
    g_test_add_func("/data/a fault names what is wrong", test_faults_name_what_is_wrong);
    g_test_add_func("/data/sizes are limited", test_sizes_are_limited);
    g_test_add_func("/data/an unknown code names the nearest",
                    test_an_unknown_code_names_the_nearest);
    g_test_add_func("/state/rows that are kept keep their values", test_keeping_rows);
    g_test_add_func("/state/dropping takes out what is left empty",
                    test_dropping_takes_out_what_is_left_empty);
    g_test_add_func("/state/a copy is independent", test_a_copy_is_independent);
    return g_test_run();
}
