/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* example_test.c - examples/index/asem.json on the two files of the published example gives what COINr published:
 * each step's data, the scores and the ranks. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "index/index_testing.h"
#include "index/read.h"
#include "index/run.h"

static GhIndexSpec *
read_spec(void)
{
    static const char PATH[] = GH_SOURCE_ROOT "/examples/index/asem.json";
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    size_t n_bytes = 0;
    g_autofree char *text = gh_csv_read_file(PATH, &n_bytes, &error);
    g_assert_no_error(error);

    GhIndexSpec *spec = gh_index_spec_parse("asem.json", text, n_bytes, faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 0);
    return spec;
}

static GhIndexData *
read_data(void)
{
    g_autofree char *data = gh_index_testing_path("asem_iData.csv");
    g_autofree char *meta = gh_index_testing_path("asem_iMeta.csv");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    if (data == NULL || meta == NULL)
        return NULL;

    GhIndexData *read = gh_index_read_paths(data, meta, faults, &error);
    g_assert_no_error(error);
    return read;
}

static void
test_spec(void)
{
    g_autoptr(GhIndexSpec) spec = read_spec();

    g_assert_cmpuint(spec->n_steps, ==, 6);
    g_assert_cmpuint(spec->uncertain->n_parameters, ==, 4);
    g_assert_cmpuint(spec->uncertain->parameters[2].n_sets, ==, 100);
    g_assert_nonnull(spec->sources[0]);
}

/* The reference's names of our steps, in the order of the file. */
static const char *const STEPS[] = {"Denominated", "Imputed",    "Screened",
                                    "Treated",     "Normalised", "Aggregated"};

static void
test_steps(void)
{
    g_autoptr(GhIndexData) data = read_data();
    g_autoptr(GhIndexSpec) spec = read_spec();
    if (data == NULL)
        return;

    g_autoptr(GhIndexState) state = gh_index_state_new(data);
    g_assert_cmpuint(spec->n_steps, ==, G_N_ELEMENTS(STEPS));
    for (size_t i = 0; i < spec->n_steps; i++) {
        g_autofree char *path = g_strdup_printf("data/step_%s.csv", STEPS[i]);
        g_autoptr(GhIndexTable) want = gh_index_testing_table(path);
        g_autoptr(GError) error = NULL;
        size_t n = i + 1 < spec->n_steps ? data->n_indicators : data->n_nodes;

        g_assert_true(gh_index_run_steps(state, &spec->steps[i], 1, NULL, &error));
        g_assert_no_error(error);
        gh_index_assert_table(data, state->values, state->n_units, state->rows, 0, n, want);
    }
}

/* Every node that the file has a column for; how many is said, so that none is passed over. */
static void
check_results(const GhIndexResult *result, const char *path, size_t n_nodes, bool of_places)
{
    g_autoptr(GhIndexTable) want = gh_index_testing_table(path);
    size_t n = result->data->n_units;
    size_t n_compared = 0;

    g_assert_cmpuint(want->n_rows, ==, n);
    for (size_t c = 0; c < want->n_columns; c++) {
        gssize node = gh_index_data_find_node(result->data, want->columns[c]);
        if (strcmp(want->columns[c], "Rank") == 0)
            node = (gssize)gh_index_data_top(result->data);
        if (node < 0)
            continue;
        bool as_place = of_places || strcmp(want->columns[c], "Rank") == 0;
        n_compared++;
        for (size_t i = 0; i < n; i++) {
            const char *unit = result->data->unit_codes[i];
            double got = as_place ? result->places[(size_t)node * n + i]
                                  : gh_index_result_value(result, (size_t)node, i);
            gh_index_assert_near(got, gh_index_table_value(want, unit, want->columns[c]),
                                 as_place ? 0 : GH_INDEX_TOLERANCE, path);
        }
    }
    g_assert_cmpuint(n_compared, ==, n_nodes);
}

static void
test_results(void)
{
    g_autoptr(GhIndexData) data = read_data();
    g_autoptr(GhIndexSpec) spec = read_spec();
    g_autoptr(GError) error = NULL;
    if (data == NULL)
        return;

    g_autoptr(GhIndexResult) result = gh_index_run(data, spec, NULL, &error);
    g_assert_no_error(error);
    check_results(result, "results/Summ_scores.csv", 2, false); /* and the rank */
    check_results(result, "results/Summ_ranks.csv", 1, true);
    check_results(result, "results/Aggs_scores.csv", 12, false);
    check_results(result, "results/Aggs_ranks.csv", 11, true);
    check_results(result, "results/Full_scores.csv", 61, false);
    check_results(result, "results/Full_ranks.csv", 60, true);
}

/* The order of the rows of the file is none of the index. */
static void
test_order(void)
{
    g_autoptr(GhIndexData) data = read_data();
    g_autoptr(GhIndexSpec) spec = read_spec();
    g_autoptr(GError) error = NULL;
    if (data == NULL)
        return;

    g_autoptr(GhIndexState) turned = gh_index_state_new(data);
    for (size_t k = 0; k < data->n_indicators; k++) {
        double *column = gh_index_state_column(turned, k);
        for (size_t i = 0; i < data->n_units; i++)
            column[i] = data->values[k * data->n_units + data->n_units - 1 - i];
    }
    /* Treat, normalise, aggregate: denominators and groups belong to the rows as they were. */
    g_assert_true(gh_index_run_steps(turned, &spec->steps[3], 3, NULL, &error));
    g_assert_no_error(error);
    g_autoptr(GhIndexState) straight = gh_index_state_new(data);
    g_assert_true(gh_index_run_steps(straight, &spec->steps[3], 3, NULL, &error));
    size_t top = gh_index_data_top(data);
    for (size_t i = 0; i < data->n_units; i++)
        gh_index_assert_near(gh_index_state_column(turned, top)[data->n_units - 1 - i],
                             gh_index_state_column(straight, top)[i], 1e-13, data->unit_codes[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/example/its specification is read without a warning", test_spec);
    g_test_add_func("/example/every step gives the published data", test_steps);
    g_test_add_func("/example/scores and ranks are the published ones", test_results);
    g_test_add_func("/example/the order of units does not matter", test_order);
    return g_test_run();
}
