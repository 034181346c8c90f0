/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* run_test.c - all steps in their order: places, what is screened out, failures and stops. */
#include "index/run.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "index/index_testing.h"
#include "index/spec/spec_testing.h"

static const char *const PARENTS[] = {"Index", "Index"};

#define STEPS(steps)                                                                               \
    "{\"format\": \"guildhall-index-1\", \"name\": \"Small\", \"steps\": [" steps "]}"
#define MIN_MAX "{\"step\": \"normalise\", \"method\": \"min_max\", \"upper\": 1},"
#define MEAN "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}"

/* Four units; U4 has one of two indicators. Min-max over the others, or over all:
 * i1: 0 1 2 (3) and i2: 4 8 6. Without U4: i1 = 0 1/2 1, i2 = 0 1 1/2, Index = 0, 3/4, 3/4. */
static const double VALUES[] = {0, 4, 1, 8, 2, 6, 3, NAN};

static GhIndexResult *
run(const char *json, const GhProgress *progress, GError **error)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(4, 2, VALUES, PARENTS);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(json);
    return gh_index_run(data, spec, progress, error);
}

static void
test_screened(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexResult) result =
        run(STEPS("{\"step\": \"screen\", \"min_available\": 1}," MIN_MAX MEAN), NULL, &error);
    g_assert_no_error(error);

    g_assert_cmpuint(result->state->n_units, ==, 3);
    g_assert_cmpfloat(gh_index_result_value(result, 2, 0), ==, 0);
    g_assert_cmpfloat(gh_index_result_value(result, 2, 1), ==, 0.75);
    g_assert_true(isnan(gh_index_result_value(result, 2, 3)));
    static const int PLACES[] = {3, 1, 1, 0};
    for (size_t i = 0; i < 4; i++)
        g_assert_cmpint(result->places[2 * 4 + i], ==, PLACES[i]);
}

/* Over all four: i1 = 0 1/3 2/3 1; U4's Index is of i1 alone. */
static void
test_gaps(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexResult) result = run(STEPS(MIN_MAX MEAN), NULL, &error);
    g_assert_no_error(error);

    g_assert_cmpfloat(gh_index_result_value(result, 2, 3), ==, 1);
    g_assert_cmpint(result->places[2 * 4 + 3], ==, 1);
    g_assert_cmpint(result->places[1 * 4 + 3], ==, 0);
    g_assert_true(isnan(gh_index_result_value(result, 1, 3)));
}

static void
test_dropped(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexResult) result =
        run(STEPS("{\"step\": \"screen\", \"drop\": [\"i2\"]}," MIN_MAX MEAN), NULL, &error);
    g_assert_no_error(error);

    g_assert_true(isnan(gh_index_result_value(result, 1, 0)));
    for (size_t i = 0; i < 4; i++) {
        g_assert_cmpint(result->places[1 * 4 + i], ==, 0);
        g_assert_cmpint(result->places[2 * 4 + i], ==, 4 - (int)i);
    }
}

/* Two units in two years: places start again each year, the scores of all rows being one scale. */
static void
test_panel(void)
{
    static const double PANEL[] = {1, 2, 3, 4};
    const GhIndexDataSize size = {
        .n_units = 4, .n_indicators = 1, .n_nodes = 2, .with_years = true};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexData) data = gh_index_data_new(&size, &error);
    for (size_t i = 0; i < 4; i++) {
        data->unit_codes[i] = g_strdup(i % 2 == 0 ? "A" : "B");
        data->years[i] = i < 2 ? 2018 : 2019;
        data->values[i] = PANEL[i];
    }
    data->nodes[0].code = g_strdup("i1");
    data->nodes[0].parent = 1;
    data->nodes[1].code = g_strdup("Index");
    g_assert_true(gh_index_data_complete(data, &error));

    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(STEPS(MIN_MAX MEAN));
    g_autoptr(GhIndexResult) result = gh_index_run(data, spec, NULL, &error);
    g_assert_no_error(error);
    static const int PLACES[] = {2, 1, 2, 1};
    for (size_t i = 0; i < 4; i++)
        g_assert_cmpint(result->places[4 + i], ==, PLACES[i]);
    g_assert_cmpfloat(gh_index_result_value(result, 1, 3), ==, 1);
}

static void
test_result_outlives(void)
{
    /* The data and the specification that run() made are gone: the result holds them. */
    g_autoptr(GhIndexResult) result =
        run(STEPS(MIN_MAX "{\"step\": \"weights\", \"method\": \"pca\"}," MEAN), NULL, NULL);
    g_assert_cmpuint(result->data->n_units, ==, 4);
    g_assert_cmpint(result->state->weighting[0]->method, ==, GH_WEIGHTS_PCA);
}

static void
test_failing_step(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(run(STEPS("{\"step\": \"impute\", \"id\": \"by region\", \"method\": \"mean\","
                            " \"group\": \"region\"}," MIN_MAX MEAN),
                      NULL, &error));
    g_assert_nonnull(error);
    g_assert_true(g_str_has_prefix(error->message, "by region: "));
    g_assert_nonnull(strstr(error->message, "region"));
}

static void
test_steps_of_others(void)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(4, 2, VALUES, PARENTS);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(STEPS(MIN_MAX MEAN));
    g_autoptr(GhIndexState) state = gh_index_state_new(data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_run_steps(state, spec->steps, 1, NULL, &error));
    g_assert_true(isnan(gh_index_state_column(state, 2)[0]));
    g_assert_true(gh_index_run_steps(state, spec->steps + 1, 1, NULL, &error));
    g_assert_cmpfloat(gh_index_state_column(state, 2)[0], ==, 0);
}

static bool
stop_at_normalise(const char *step, double share, void *data)
{
    (void)data;
    g_assert_cmpfloat(share, >=, 0);
    g_assert_cmpfloat(share, <=, 1);
    return g_strcmp0(step, "normalise") != 0;
}

static void
test_stopped(void)
{
    const GhProgress progress = {stop_at_normalise, NULL};
    g_autoptr(GError) error = NULL;

    g_assert_null(run(STEPS(MIN_MAX MEAN), &progress, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/run/a unit screened out has no value and no place", test_screened);
    g_test_add_func("/run/a gap has no place, and its unit is ranked by the rest", test_gaps);
    g_test_add_func("/run/an indicator taken out has no values and no places", test_dropped);
    g_test_add_func("/run/a panel has places for each year", test_panel);
    g_test_add_func("/run/a result holds what it was made of", test_result_outlives);
    g_test_add_func("/run/a failure names the step", test_failing_step);
    g_test_add_func("/run/steps may be run one by one", test_steps_of_others);
    g_test_add_func("/run/whoever watches may stop it", test_stopped);
    return g_test_run();
}
