/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* analysis_reference_test.c - COINr's tables of the ASEM example that look back at the data. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/analysis.h"
#include "index/index_testing.h"
#include "index/read.h"
#include "index/spec/spec_testing.h"

/* The example coin, with its normalisation or another. */
static GhIndexSpec *
asem_spec(const char *normalisation)
{
    g_autofree char *json = g_strdup_printf(
        "{\"format\": \"guildhall-index-1\", \"name\": \"ASEM\", \"steps\": ["
        "{\"step\": \"denominate\"},"
        "{\"step\": \"impute\", \"method\": \"mean\", \"group\": \"EurAsia_group\"},"
        "{\"step\": \"screen\", \"min_available\": 0.9},"
        "{\"step\": \"treat\", \"winmax\": 5},"
        "{\"step\": \"normalise\", %s},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}]}",
        normalisation);
    return gh_index_testing_spec(json);
}
static const char MIN_MAX[] = "\"method\": \"min_max\", \"lower\": 0, \"upper\": 100";
static const char Z_SCORE[] = "\"method\": \"z_score\", \"mean\": 10, \"sd\": 2";

/* NULL: skipped. */
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

static GhIndexResult *
run(GhIndexData *data, const char *normalisation)
{
    g_autoptr(GhIndexSpec) spec = asem_spec(normalisation);
    g_autoptr(GError) error = NULL;
    GhIndexResult *result = gh_index_run(data, spec, NULL, &error);

    g_assert_no_error(error);
    return result;
}

static size_t
row_of(const GhIndexData *data, const char *unit)
{
    size_t row = 0;
    g_assert_true(gh_index_data_require_unit(data, unit, &row, NULL));
    return row;
}

static size_t
node_of(const GhIndexData *data, const char *code)
{
    size_t node = 0;
    g_assert_true(gh_index_data_require_node(data, code, &node, NULL));
    return node;
}

/* COINr lists its five with places ascending, so its weaknesses end with the worst. Equal places stand in an order of its
 * own: indicators are looked up by code. */
static void
assert_strengths(const GhIndexData *data, const GhIndexStrength *got, size_t n, bool worst_first,
                 const char *path)
{
    g_autoptr(GhIndexTable) want = gh_index_testing_table(path);

    g_assert_cmpuint(n, ==, want->n_rows);
    for (size_t s = 0; s < n; s++) {
        const char *code = data->nodes[got[s].node].code;
        const char *at = want->rows[worst_first ? n - 1 - s : s];
        g_assert_cmpfloat(got[s].place, ==, gh_index_table_value(want, at, "Rank"));
        g_assert_cmpfloat(got[s].place, ==, gh_index_table_value(want, code, "Rank"));
        gh_index_assert_near(got[s].raw, gh_index_table_value(want, code, "Value"), 1e-12, code);
    }
}

static void
test_strengths(void)
{
    GhIndexStrength strong[5] = {{0}}, weak[5] = {{0}};
    g_autoptr(GhIndexData) data = read_asem();
    if (data == NULL)
        return;

    const size_t n = gh_index_strengths(data, row_of(data, "ESP"), 5, strong, weak);
    assert_strengths(data, strong, n, false, "results/strengths_ESP.csv");
    assert_strengths(data, weak, n, true, "results/weaknesses_ESP.csv");
}

static void
test_unit_summary(void)
{
    g_autoptr(GhIndexData) data = read_asem();
    if (data == NULL)
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("results/unit_summary_IND.csv");
    g_autoptr(GhIndexSpec) spec = asem_spec(MIN_MAX);
    g_autoptr(GhIndexResult) result = run(data, MIN_MAX);
    g_autoptr(GhIndexExplanation) got =
        gh_index_explain(result, spec, row_of(data, "IND"), gh_index_data_top(data), NULL);

    for (size_t r = 0; r < want->n_rows; r++) {
        const char *code = want->rows[r];
        const GhIndexContribution *node = &got->nodes[node_of(data, code)];
        gh_index_assert_near(node->value, gh_index_table_value(want, code, "Score"), 1e-9, code);
        g_assert_cmpfloat(node->place, ==, gh_index_table_value(want, code, "Rank"));
    }
}

/* Without gaps left, the weights behind each unit's parts are COINr's effective weights, and the parts add up. */
static void
test_parts_of_every_unit(void)
{
    g_autoptr(GhIndexData) data = read_asem();
    if (data == NULL)
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("weights/effective_weights_original.csv");
    g_autoptr(GhIndexSpec) spec = asem_spec(MIN_MAX);
    g_autoptr(GhIndexResult) result = run(data, MIN_MAX);

    for (size_t i = 0; i < data->n_units; i++) {
        g_autoptr(GhIndexExplanation) got =
            gh_index_explain(result, spec, i, gh_index_data_top(data), NULL);
        double sum = 0.0;
        g_assert_true(got->is_exact);
        for (size_t k = 0; k < data->n_nodes; k++) {
            const char *code = data->nodes[k].code;
            gh_index_assert_near(got->nodes[k].effective,
                                 gh_index_table_value(want, code, "EffWeight"), 1e-12, code);
            sum += k < data->n_indicators ? got->nodes[k].contribution : 0.0;
        }
        gh_index_assert_near(sum, got->score, 1e-12, data->unit_codes[i]);
    }
}

static void
test_group_places(void)
{
    static const char *const codes[] = {"Index", "Conn", "Sust", "Physical", "SusEcFin"};
    g_autoptr(GhIndexData) data = read_asem();
    if (data == NULL)
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("results/Aggs_groupranks_GDP.csv");
    g_autoptr(GhIndexResult) result = run(data, MIN_MAX);
    g_autofree int *places = g_new(int, data->n_units);
    const size_t group = (size_t)gh_index_data_find_group(data, "GDP_group");

    g_assert_cmpuint(want->n_rows, ==, data->n_units);
    for (size_t c = 0; c < G_N_ELEMENTS(codes); c++) {
        gh_index_places_within_groups(result, node_of(data, codes[c]), group, places);
        for (size_t r = 0; r < want->n_rows; r++)
            g_assert_cmpfloat(places[row_of(data, want->rows[r])], ==,
                              gh_index_table_value(want, want->rows[r], codes[c]));
    }
}

static void
test_comparison(void)
{
    g_autoptr(GhIndexData) data = read_asem();
    if (data == NULL)
        return;
    g_autoptr(GhIndexTable) want = gh_index_testing_table("results/compare_minmax_zscore.csv");
    g_autoptr(GhIndexResult) a = run(data, MIN_MAX);
    g_autoptr(GhIndexResult) b = run(data, Z_SCORE);
    g_autoptr(GhIndexComparison) got = gh_index_compare(a, NULL, b, "Index", NULL);
    int max_shift = 0;

    g_assert_cmpuint(got->units->len, ==, want->n_rows);
    for (guint u = 0; u < got->units->len; u++) {
        const GhIndexCompared *unit = &g_array_index(got->units, GhIndexCompared, u);
        const char *code = data->unit_codes[unit->row];
        g_assert_cmpfloat(unit->place_a, ==, gh_index_table_value(want, code, "coin.1"));
        g_assert_cmpfloat(unit->place_b, ==, gh_index_table_value(want, code, "coin.2"));
        max_shift = MAX(max_shift, abs(unit->place_a - unit->place_b));
    }
    g_assert_cmpint(got->max_shift, ==, max_shift);
    g_assert_cmpfloat(got->spearman, >, 0.99);
    g_assert_cmpfloat(got->kendall, >, 0.9);
}

static void
test_removed(void)
{
    g_autoptr(GhIndexData) data = read_asem();
    if (data == NULL)
        return;
    g_autoptr(GhIndexSpec) spec = asem_spec(MIN_MAX);

    for (int level = 1; level <= 3; level++) {
        g_autofree char *path = g_strdup_printf("results/remove_elements_L%d.csv", level);
        g_autoptr(GhIndexTable) want = gh_index_testing_table(path);
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) got =
            gh_index_remove_elements(data, spec, level, "Index", 2, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(got->len + 1, ==, want->n_rows); /* and "Nominal" */
        for (guint e = 0; e < got->len; e++) {
            const GhIndexRemoved *one = &g_array_index(got, GhIndexRemoved, e);
            const char *code = data->nodes[one->node].code;
            g_assert_cmpstr(one->why_not, ==, NULL);
            gh_index_assert_near(one->mean_shift, gh_index_table_value(want, code, "MeanAbsDiff"),
                                 1e-12, code);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/analysis/strengths and weaknesses of Spain", test_strengths);
    g_test_add_func("/index/analysis/the summary of India", test_unit_summary);
    g_test_add_func("/index/analysis/parts of every unit have COINr's effective weights",
                    test_parts_of_every_unit);
    g_test_add_func("/index/analysis/places within groups of GDP", test_group_places);
    g_test_add_func("/index/analysis/min-max against z-scores", test_comparison);
    g_test_add_func("/index/analysis/every element of three levels left out", test_removed);
    return g_test_run();
}
