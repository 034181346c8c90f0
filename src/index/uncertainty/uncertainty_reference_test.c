/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty_reference_test.c - the 600 replications of COINr's sensitivity analysis of the ASEM example. */
#include <math.h>
#include <string.h>

#include "index/index_testing.h"
#include "index/read.h"
#include "index/spec/spec_testing.h"
#include "index/uncertainty.h"

/* README: the example coin as it stands, and what its sensitivity vignette varies. */
static const char ASEM[] =
    "{\"format\": \"guildhall-index-1\", \"name\": \"ASEM\", \"steps\": ["
    "{\"step\": \"denominate\"},"
    "{\"step\": \"impute\", \"method\": \"mean\", \"group\": \"EurAsia_group\"},"
    "{\"step\": \"screen\", \"min_available\": 0.9},"
    "{\"step\": \"treat\", \"winmax\": 5},"
    "{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 0, \"upper\": 100},"
    "{\"step\": \"weights\", \"method\": \"given\"},"
    "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
    "\"uncertainty\": {\"estimator\": \"coinr\", \"sampling\": \"monte_carlo\", \"bootstrap\": 100,"
    "\"parameters\": ["
    "{\"name\": \"Winmax\", \"change\": \"treat.winmax\", \"values\": [1, 2, 3, 4, 5]},"
    "{\"name\": \"Normalisation\", \"change\": \"normalise\", \"values\": ["
    "{\"method\": \"min_max\", \"lower\": 1, \"upper\": 100},"
    "{\"method\": \"z_score\", \"mean\": 10, \"sd\": 2}]},"
    "{\"name\": \"Weights\", \"noise\": {\"2\": 0.25, \"3\": 0.25}, \"sets\": 100},"
    "{\"name\": \"Aggregation\", \"change\": \"aggregate.method\","
    "\"values\": [\"arithmetic\", \"geometric\"]}]}}";

static GhIndexData *
read_asem(void)
{
    g_autofree char *data = gh_index_testing_path("asem_iData.csv");
    if (data == NULL)
        return NULL;
    g_autofree char *meta = gh_index_testing_path("asem_iMeta.csv");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    GhIndexData *read = gh_index_read_paths(data, meta, faults, &error);
    g_assert_no_error(error);
    return read;
}

/* The first column too, which the table keeps as codes. */
static double *
read_sample(size_t *ret_n_rows)
{
    g_autoptr(GhIndexTable) table = gh_index_testing_table("sa/sa100_sample.csv");
    const size_t n = table->n_rows;
    double *sample = g_new(double, n *(table->n_columns + 1));

    for (size_t r = 0; r < n; r++)
        sample[r] = g_ascii_strtod(table->rows[r], NULL);
    memcpy(sample + n, table->values, n * table->n_columns * sizeof *sample);
    *ret_n_rows = n;
    return sample;
}

static double *
read_weight_sets(const GhIndexData *data, size_t n_sets)
{
    g_autoptr(GhIndexTable) table = gh_index_testing_table("sa/sa100_weight_sets.csv");
    const size_t codes = gh_index_table_column(table, "iCode") * table->n_rows;
    const size_t weights = gh_index_table_column(table, "Weight") * table->n_rows;
    double *sets = g_new(double, n_sets * data->n_nodes);

    for (size_t v = 0; v < n_sets * data->n_nodes; v++)
        sets[v] = NAN;
    for (size_t r = 0; r < table->n_rows; r++) {
        const size_t set = (size_t)g_ascii_strtod(table->rows[r], NULL) - 1;
        size_t node = 0;
        g_assert_true(gh_index_data_require_node(data, table->texts[codes + r], &node, NULL));
        sets[set * data->n_nodes + node] = table->values[weights + r];
    }
    return sets;
}

typedef struct {
    GhIndexData *data;
    GhIndexSpec *spec;
    GhIndexUncertaintyResult *result;
} Repeated;

static void
repeated_clear(Repeated *repeated)
{
    g_clear_pointer(&repeated->result, gh_index_uncertainty_result_free);
    g_clear_pointer(&repeated->spec, gh_index_spec_unref);
    g_clear_pointer(&repeated->data, gh_index_data_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Repeated, repeated_clear)

/* false: skipped. */
static bool
repeat(Repeated *repeated)
{
    g_autoptr(GError) error = NULL;
    size_t n_rows = 0;

    repeated->data = read_asem();
    if (repeated->data == NULL)
        return false;
    repeated->spec = gh_index_testing_spec(ASEM);
    g_autofree double *sample = read_sample(&n_rows);
    g_autofree double *sets = read_weight_sets(repeated->data, 100);
    const GhIndexSample given = {
        .sample = sample, .n_rows = n_rows, .weight_sets = sets, .n_sets = 100};
    repeated->result =
        gh_index_uncertainty(repeated->data, repeated->spec,
                             &(GhIndexUncertaintyOptions){.analysis = GH_INDEX_SENSITIVITY,
                                                          .keep_replications = true,
                                                          .n_threads = 2,
                                                          .given = &given},
                             &error);
    g_assert_no_error(error);
    g_assert_cmpuint(repeated->result->n_all, ==, 600);
    return true;
}

static void
test_parameters(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("sa/sa100_para.csv");

    for (size_t r = 0; r < 600; r++) {
        char **got = g_ptr_array_index(repeated.result->parameters, r);
        const char *row = want->rows[r];
        g_autofree char *set =
            g_strdup_printf("set %s", gh_index_table_text(want, row, "weight_set"));
        const bool z_score = strcmp(gh_index_table_text(want, row, "norm"), "n_zscore") == 0;
        const bool geometric = strcmp(gh_index_table_text(want, row, "agg"), "a_gmean") == 0;
        g_assert_cmpstr(got[0], ==, gh_index_table_text(want, row, "winmax"));
        g_assert_cmpstr(got[1], ==, z_score ? "z_score 10 2" : "min_max 1 100");
        g_assert_cmpstr(got[2], ==, set);
        g_assert_cmpstr(got[3], ==, geometric ? "geometric" : "arithmetic");
        g_assert_null(got[4]);
    }
}

/* Columns r_1 .. r_600 behind Nominal; rows are matched by unit. */
static void
assert_replications(const Repeated *repeated, const char *path, bool places)
{
    g_autoptr(GhIndexTable) want = gh_index_testing_table(path);
    const size_t n_units = repeated->data->n_units;
    const size_t first = gh_index_table_column(want, "r_1") * want->n_rows;

    g_assert_cmpuint(want->n_rows, ==, n_units);
    for (size_t i = 0; i < n_units; i++) {
        const char *unit = repeated->data->unit_codes[i];
        const GhIndexRankSpread *spread = &repeated->result->units[i];
        const size_t row = gh_index_table_row(want, unit);
        gh_index_assert_near(places ? spread->nominal : spread->score,
                             gh_index_table_value(want, unit, "Nominal"), 1e-9, unit);
        for (size_t r = 0; r < 600; r++) {
            const double got = places ? repeated->result->places[r * n_units + i]
                                      : repeated->result->scores[r * n_units + i];
            g_autofree char *label = g_strdup_printf("%s: %s, r_%zu", path, unit, r + 1);
            gh_index_assert_near(got, want->values[first + r * want->n_rows + row],
                                 places ? 0.0 : 1e-9, label);
        }
    }
}

static void
test_scores_and_places(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;

    assert_replications(&repeated, "sa/sa100_scores.csv", false);
    assert_replications(&repeated, "sa/sa100_ranks.csv", true);
}

static void
test_nominal(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("sa/sa100_nominal.csv");

    g_assert_cmpuint(want->n_rows, ==, repeated.data->n_units);
    for (size_t i = 0; i < want->n_rows; i++) {
        const char *unit = repeated.data->unit_codes[i];
        const GhIndexRankSpread *got = &repeated.result->units[i];
        gh_index_assert_near(got->score, gh_index_table_value(want, unit, "Score"), 1e-9, unit);
        gh_index_assert_near(got->nominal, gh_index_table_value(want, unit, "Rank"), 0, unit);
    }
}

static void
test_shifts(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("sa/sa100_y.csv");

    for (size_t r = 0; r < 600; r++)
        gh_index_assert_near(repeated.result->shifts[r], want->values[r], 1e-12, want->rows[r]);
}

static void
test_rank_statistics(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("sa/sa100_rankstats.csv");

    g_assert_cmpuint(repeated.result->n_replications, ==, 200);
    for (size_t i = 0; i < repeated.data->n_units; i++) {
        const char *unit = repeated.data->unit_codes[i];
        const GhIndexRankSpread *got = &repeated.result->units[i];
        gh_index_assert_near(got->nominal, gh_index_table_value(want, unit, "Nominal"), 0, unit);
        gh_index_assert_near(got->mean, gh_index_table_value(want, unit, "Mean"), 1e-12, unit);
        gh_index_assert_near(got->median, gh_index_table_value(want, unit, "Median"), 1e-12, unit);
        gh_index_assert_near(got->q5, gh_index_table_value(want, unit, "Q5"), 1e-12, unit);
        gh_index_assert_near(got->q95, gh_index_table_value(want, unit, "Q95"), 1e-12, unit);
        g_assert_cmpuint(got->n, ==, 200);
    }
}

/* R's random numbers are not ours, so that the bootstrap can only be plausible: its ends within a third of the
 * interval's width of COINr's. */
static void
test_sensitivities(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("sa/sa100_sensitivity.csv");

    g_assert_cmpuint(repeated.result->n_sensitivities, ==, 4);
    for (size_t p = 0; p < 4; p++) {
        const GhIndexSensitivity *got = &repeated.result->sensitivities[p];
        const double low = gh_index_table_value(want, got->name, "Si_q5");
        const double high = gh_index_table_value(want, got->name, "Si_q95");
        gh_index_assert_near(got->first, gh_index_table_value(want, got->name, "Si"), 1e-9,
                             got->name);
        gh_index_assert_near(got->total, gh_index_table_value(want, got->name, "STi"), 1e-9,
                             got->name);
        g_assert_cmpfloat_with_epsilon(got->first_low, low, (high - low) / 3.0);
        g_assert_cmpfloat_with_epsilon(got->first_high, high, (high - low) / 3.0);
        g_assert_true(got->total_low < got->total && got->total < got->total_high);
    }
}

/* Five values of winmax times two normalisations: all else is weights and aggregation. */
static void
test_ten_beginnings(void)
{
    g_auto(Repeated) repeated = {0};
    if (!repeat(&repeated))
        return;

    g_assert_cmpuint(repeated.result->n_prefixes, ==, 10);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/uncertainty/COINr's choices follow from its sample", test_parameters);
    g_test_add_func("/index/uncertainty/scores and places of COINr's 600 replications",
                    test_scores_and_places);
    g_test_add_func("/index/uncertainty/the index as it stands is COINr's", test_nominal);
    g_test_add_func("/index/uncertainty/shifts of COINr's 600 replications", test_shifts);
    g_test_add_func("/index/uncertainty/rank statistics rest on its first 200",
                    test_rank_statistics);
    g_test_add_func("/index/uncertainty/COINr's sensitivities of the example", test_sensitivities);
    g_test_add_func("/index/uncertainty/600 replications have ten beginnings", test_ten_beginnings);
    return g_test_run();
}
