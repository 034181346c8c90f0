/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty_test.c - what an uncertainty analysis says about each unit: worked out by hand, gaps, years. */
#include "index/uncertainty.h"

#include <math.h>

#include "index/index_testing.h"
#include "index/spec/spec_testing.h"

/* Three units, two indicators that are used as they are; either indicator may weigh three times the other. Index with
 * equal weights: 5, 5.5, 5, so places 2, 1, 2. With 3 : 1 it is 7.5, 5.75, 2.5: places 1, 2, 3; with 1 : 3 it is 2.5,
 * 5.25, 7.5: places 3, 2, 1. Four Sobol points take each twice. */
static const double THREE[] = {10, 0, 6, 5, 0, 10};
static const char *const INDEX[] = {"Index", "Index", "Index"};
static const char EITHER[] =
    "{\"format\": \"guildhall-index-1\", \"name\": \"Three\", \"steps\": ["
    "{\"step\": \"normalise\", \"method\": \"none\"},"
    "{\"step\": \"weights\", \"method\": \"given\", \"weights\": {\"i1\": 1, \"i2\": 1}},"
    "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
    "\"uncertainty\": {\"replications\": 4, \"seed\": 1, \"top\": [1, 2], \"parameters\": ["
    "{\"name\": \"Emphasis\", \"change\": \"weights.weights\","
    "\"values\": [{\"i1\": 3, \"i2\": 1}, {\"i1\": 1, \"i2\": 3}]}]}}";

static GhIndexUncertaintyResult *
analyse(GhIndexData *data, const GhIndexSpec *spec)
{
    g_autoptr(GError) error = NULL;
    GhIndexUncertaintyResult *result =
        gh_index_uncertainty(data, spec,
                             &(GhIndexUncertaintyOptions){
                                 .n_threads = 1, .keep_replications = true, .with_dominance = true},
                             &error);

    g_assert_no_error(error);
    return result;
}

static void
assert_spread(const GhIndexRankSpread *got, const GhIndexRankSpread *want)
{
    g_assert_cmpint(got->nominal, ==, want->nominal);
    g_assert_cmpfloat(got->score, ==, want->score);
    g_assert_cmpfloat(got->mean, ==, want->mean);
    g_assert_cmpfloat(got->median, ==, want->median);
    g_assert_cmpfloat(got->q5, ==, want->q5);
    g_assert_cmpfloat(got->q25, ==, want->q25);
    g_assert_cmpfloat(got->q75, ==, want->q75);
    g_assert_cmpfloat(got->q95, ==, want->q95);
    g_assert_cmpuint(got->n, ==, want->n);
}

/* Places of U1 are 1, 1, 3, 3. Type 7: h = 3 p; at 0.25, h = 0.75 lies between 1 and 1; the median between 1 and 3 is 2;
 * at 0.75, h = 2.25 between 3 and 3. */
static void
test_three_units(void)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 2, THREE, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(EITHER);
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec);

    g_assert_cmpuint(got->n_replications, ==, 4);
    assert_spread(&got->units[0], &(GhIndexRankSpread){.nominal = 2,
                                                       .score = 5,
                                                       .mean = 2,
                                                       .median = 2,
                                                       .q5 = 1,
                                                       .q25 = 1,
                                                       .q75 = 3,
                                                       .q95 = 3,
                                                       .n = 4});
    assert_spread(&got->units[1], &(GhIndexRankSpread){.nominal = 1,
                                                       .score = 5.5,
                                                       .mean = 2,
                                                       .median = 2,
                                                       .q5 = 2,
                                                       .q25 = 2,
                                                       .q75 = 2,
                                                       .q95 = 2,
                                                       .n = 4});
    g_assert_cmpfloat(got->units[0].p_top[0], ==, 0.5); /* first twice of four times */
    g_assert_cmpfloat(got->units[0].p_top[1], ==, 0.5);
    g_assert_cmpfloat(got->units[1].p_top[0], ==, 0.0);
    g_assert_cmpfloat(got->units[1].p_top[1], ==, 1.0);
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++)
            g_assert_cmpfloat(got->dominance[3 * i + j], ==, 0.5);
    }
    g_assert_cmpfloat(got->mean_shift, ==, 1.0); /* (1 + 1 + 1) / 3, each time */
    g_assert_cmpfloat(got->shift_q5, ==, 1.0);
    g_assert_cmpfloat(got->shift_q95, ==, 1.0);
    g_assert_null(got->sensitivities);
}

static void
test_replications_are_written(void)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 2, THREE, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(EITHER);
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec);

    g_assert_cmpuint(got->n_all, ==, 4);
    for (size_t r = 0; r < 4; r++) {
        char **values = g_ptr_array_index(got->parameters, r);
        const bool first = got->places[3 * r] == 1;
        g_assert_cmpstr(values[0], ==, spec->uncertain->parameters[0].labels[first ? 0 : 1]);
        g_assert_null(values[1]);
        g_assert_cmpfloat(got->scores[3 * r], ==, first ? 7.5 : 2.5);
        g_assert_cmpfloat(got->shifts[r], ==, 1.0);
    }
}

static void
test_nothing_kept_unasked(void)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 2, THREE, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(EITHER);
    g_autoptr(GhIndexUncertaintyResult) got =
        gh_index_uncertainty(data, spec, &(GhIndexUncertaintyOptions){.n_threads = 1}, NULL);

    g_assert_nonnull(got);
    g_assert_null(got->dominance);
    g_assert_null(got->parameters);
    g_assert_true(got->shifts == NULL && got->places == NULL && got->scores == NULL);
    g_assert_cmpfloat(got->units[0].median, ==, 2.0);
}

/* U2 has one of two indicators: with all asked for it is left out, and U1 and U3 are compared alone. */
static void
test_units_left_out_at_times(void)
{
    static const double values[] = {3, 3, 9, NAN, 1, 1};
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 2, values, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Gap\", \"steps\": ["
        "{\"step\": \"screen\", \"min_available\": 0.5},"
        "{\"step\": \"normalise\", \"method\": \"none\"},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        "\"uncertainty\": {\"replications\": 8, \"top\": [1], \"parameters\": ["
        "{\"name\": \"Share\", \"change\": \"screen.min_available\", \"values\": [0.5, 1]}]}}");
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec);

    g_assert_cmpuint(got->units[1].n, ==, 4);
    g_assert_cmpfloat(got->units[1].p_top[0], ==, 1.0); /* of the four in which it has a place */
    g_assert_cmpuint(got->units[0].n, ==, 8);
    g_assert_cmpfloat(got->units[0].p_top[0], ==, 0.5);
    g_assert_cmpfloat(got->dominance[0 * 3 + 1], ==, 0.0); /* U1 never before U2 */
    g_assert_cmpfloat(got->dominance[1 * 3 + 0], ==, 1.0);
    g_assert_cmpfloat(got->dominance[0 * 3 + 2], ==, 1.0);
}

static void
test_a_unit_never_ranked(void)
{
    static const double values[] = {3, 3, NAN, NAN, 1, 1};
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 2, values, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(EITHER);
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec);

    g_assert_cmpint(got->units[1].nominal, ==, 0);
    g_assert_cmpuint(got->units[1].n, ==, 0);
    g_assert_true(isnan(got->units[1].score) && isnan(got->units[1].median)
                  && isnan(got->units[1].p_top[0]));
    g_assert_true(isnan(got->dominance[1]));
    g_assert_cmpfloat(got->mean_shift, ==, 0.0); /* U1 stays before U3 */
}

/* A choice that leaves out a step is the specification without it: min-max would make the columns equal. */
static void
test_a_step_left_out(void)
{
    static const double values[] = {100, 0, 60, 2, 0, 3};
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 2, values, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Out\", \"steps\": ["
        "{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 0, \"upper\": 1},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        "\"uncertainty\": {\"replications\": 2, \"parameters\": ["
        "{\"name\": \"Scale\", \"change\": \"normalise\","
        "\"values\": [{\"method\": \"min_max\", \"lower\": 0, \"upper\": 1}, null]}]}}");
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec);

    for (size_t r = 0; r < 2; r++) {
        char **text = g_ptr_array_index(got->parameters, r);
        const bool out = g_str_equal(text[0], "none");
        g_assert_cmpfloat(got->scores[3 * r], ==, out ? 50.0 : 0.5);
        gh_index_assert_near(got->scores[3 * r + 1], out ? 31.0 : (0.6 + 2.0 / 3.0) / 2.0, 1e-15,
                             text[0]);
    }
    g_assert_cmpfloat(got->scores[0] + got->scores[3], ==, 50.5); /* each once */
}

/* -- panel -- */

/* U1 and U2 in two years, U1 the better in the first and the worse in the second. */
static GhIndexData *
two_years(void)
{
    static const double values[] = {4, 3, 1, 2};
    g_autoptr(GError) error = NULL;
    GhIndexData *data = gh_index_data_new(
        &(GhIndexDataSize){.n_units = 4, .n_indicators = 1, .n_nodes = 2, .with_years = true},
        &error);

    g_assert_no_error(error);
    for (size_t i = 0; i < 4; i++) {
        data->unit_codes[i] = g_strdup(i % 2 == 0 ? "U1" : "U2");
        data->years[i] = i < 2 ? 2020 : 2021;
        data->values[i] = values[i];
    }
    data->nodes[0].code = g_strdup("i1");
    data->nodes[0].level = 1;
    data->nodes[0].parent = 1;
    data->nodes[1].code = g_strdup("Index");
    data->nodes[1].level = 2;
    g_assert_true(gh_index_data_complete(data, &error));
    return data;
}

static void
test_each_year_by_itself(void)
{
    g_autoptr(GhIndexData) data = two_years();
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Years\", \"steps\": ["
        "{\"step\": \"normalise\", \"method\": \"none\"},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        "\"uncertainty\": {\"replications\": 2, \"parameters\": ["
        "{\"name\": \"Mean\", \"change\": \"aggregate.method\","
        "\"values\": [\"arithmetic\", \"geometric\"]}]}}");
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec);
    static const int want[] = {1, 2, 2, 1};

    for (size_t i = 0; i < 4; i++) {
        g_assert_cmpint(got->units[i].nominal, ==, want[i]);
        g_assert_cmpfloat(got->units[i].median, ==, want[i]);
    }
    g_assert_cmpfloat(got->dominance[0 * 4 + 1], ==, 1.0);
    g_assert_cmpfloat(got->dominance[2 * 4 + 3], ==, 0.0);
    g_assert_true(isnan(got->dominance[0 * 4 + 2])); /* another year */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/uncertainty/three units worked out by hand", test_three_units);
    g_test_add_func("/index/uncertainty/each replication can be written out",
                    test_replications_are_written);
    g_test_add_func("/index/uncertainty/what is not asked for is not kept",
                    test_nothing_kept_unasked);
    g_test_add_func("/index/uncertainty/a unit screened out at times counts where it has a place",
                    test_units_left_out_at_times);
    g_test_add_func("/index/uncertainty/a unit that never has a place has no figures",
                    test_a_unit_never_ranked);
    g_test_add_func("/index/uncertainty/a step can be left out", test_a_step_left_out);
    g_test_add_func("/index/uncertainty/in a panel each year is ranked by itself",
                    test_each_year_by_itself);
    return g_test_run();
}
