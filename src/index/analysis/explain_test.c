/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* explain_test.c - a result taken apart: by hand, parts that add up under every mean, slopes that are slopes. */
#include <math.h>
#include <string.h>

#include "index/analysis.h"
#include "index/index_testing.h"
#include "index/spec/spec_testing.h"
#include "index/uncertainty.h"
#include "index/uncertainty/random.h"

static const char *const PARENTS[] = {"A", "A", "A", "B", "B"};
enum {
    N_UNITS = 12,
    N_INDICATORS = 5
};

static GhIndexSpec *
make_spec(const char *weights, const char *aggregate)
{
    g_autofree char *json = g_strdup_printf(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Explain\", \"steps\": ["
        "{\"step\": \"normalise\", \"method\": \"none\"},"
        "{\"step\": \"weights\", \"method\": \"given\", \"weights\": {\"i1\": 2, \"A\": 3}},%s"
        "{\"step\": \"aggregate\", %s}]}",
        weights, aggregate);
    return gh_index_testing_spec(json);
}

static GhIndexResult *
run(GhIndexData *data, const GhIndexSpec *spec)
{
    g_autoptr(GError) error = NULL;
    GhIndexResult *result = gh_index_run(data, spec, NULL, &error);

    g_assert_no_error(error);
    return result;
}

static GhIndexExplanation *
explain(const GhIndexResult *result, const GhIndexSpec *spec, size_t row)
{
    g_autoptr(GError) error = NULL;
    GhIndexExplanation *got =
        gh_index_explain(result, spec, row, gh_index_data_top(result->data), &error);

    g_assert_no_error(error);
    return got;
}

/* A = (2 x 10 + 4) / 3 = 8, since i2 is missing and i1 weighs 2; B = (6 + 2) / 2 = 4; Index = (3 x 8 + 4) / 4 = 7.
 * Effective: i1 3/4 x 2/3 = 1/2, i3 3/4 x 1/3 = 1/4, i4 and i5 1/8. Parts 5, 1, 3/4, 1/4: their sum is 7. */
static void
test_by_hand(void)
{
    static const double values[] = {10, NAN, 4, 6, 2};
    static const double effective[] = {0.5, 0, 0.25, 0.125, 0.125, 0.75, 0.25, 1};
    static const double parts[] = {5, NAN, 1, 0.75, 0.25, 6, 1, 7};
    g_autoptr(GhIndexData) data = gh_index_testing_data(1, N_INDICATORS, values, PARENTS);
    g_autoptr(GhIndexSpec) spec = make_spec("", "\"method\": \"arithmetic\"");
    g_autoptr(GhIndexResult) result = run(data, spec);
    g_autoptr(GhIndexExplanation) got = explain(result, spec, 0);

    g_assert_true(got->is_exact);
    g_assert_cmpfloat(got->score, ==, 7.0);
    g_assert_cmpint(got->place, ==, 1);
    g_assert_cmpuint(got->n_nodes, ==, 8);
    for (size_t k = 0; k < 8; k++) {
        gh_index_assert_near(got->nodes[k].effective, effective[k], 1e-15, data->nodes[k].code);
        gh_index_assert_near(got->nodes[k].contribution, parts[k], 1e-15, data->nodes[k].code);
    }
    g_assert_cmpint(got->nodes[1].place, ==, 0);
}

/* Of a geometric mean each part is its weight's share of the score, whatever the value: 1 % more of i1 is 1/2 % more of
 * 4^(1/2) 9^(1/2) = 6, and so for i2. */
static void
test_geometric_by_hand(void)
{
    static const double values[] = {4, 9};
    static const char *const index[] = {"Index", "Index"};
    g_autoptr(GhIndexData) data = gh_index_testing_data(1, 2, values, index);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Geometric\", \"steps\": ["
        "{\"step\": \"normalise\", \"method\": \"none\"},"
        "{\"step\": \"aggregate\", \"method\": \"geometric\"}]}");
    g_autoptr(GhIndexResult) result = run(data, spec);
    g_autoptr(GhIndexExplanation) got = explain(result, spec, 0);

    g_assert_false(got->is_exact);
    gh_index_assert_near(got->nodes[0].contribution, 3.0, 1e-14, "i1");
    gh_index_assert_near(got->nodes[1].contribution, 3.0, 1e-14, "i2");
}

/* Values 1..11; with gaps, or without. */
static GhIndexData *
make_data(bool gaps, double raised)
{
    double values[N_UNITS * N_INDICATORS];

    for (size_t v = 0; v < G_N_ELEMENTS(values); v++)
        values[v] = gaps && v % 13 == 7 ? (double)NAN : 1.0 + 10.0 * gh_index_uniform(11, 0, v);
    values[2 * N_INDICATORS + 3] += raised; /* i4 of U3 */
    return gh_index_testing_data(N_UNITS, N_INDICATORS, values, PARENTS);
}

static const struct {
    const char *label, *weights, *aggregate;
    bool smooth;       /* has a slope everywhere */
    bool without_gaps; /* needs them imputed */
} METHODS[] = {
    {.label = "geometric", .aggregate = "\"method\": \"geometric\"", .smooth = true},
    {.label = "harmonic", .aggregate = "\"method\": \"harmonic\"", .smooth = true},
    {.label = "power 3", .aggregate = "\"method\": \"power\", \"power\": 3", .smooth = true},
    {.label = "power -1/2", .aggregate = "\"method\": \"power\", \"power\": -0.5", .smooth = true},
    {.label = "Mazziotta-Pareto", .aggregate = "\"method\": \"mazziotta_pareto\"", .smooth = true},
    {.label = "Mazziotta-Pareto upwards",
     .aggregate = "\"method\": \"mazziotta_pareto\", \"penalty\": \"up\"",
     .smooth = true},
    {.label = "a geometric mean of medians",
     .aggregate = "\"levels\": [{\"method\": \"median\"}, {\"method\": \"geometric\"}]"},
    {.label = "a geometric mean of harmonic ones",
     .aggregate = "\"levels\": [{\"method\": \"harmonic\"}, {\"method\": \"geometric\"}]",
     .smooth = true},
    {.label = "outranking of arithmetic means",
     .aggregate = "\"levels\": [{\"method\": \"arithmetic\"}, {\"method\": \"outranking\"}]"},
    {.label = "Copeland of arithmetic means",
     .aggregate = "\"levels\": [{\"method\": \"arithmetic\"}, {\"method\": \"copeland\"}]"},
    {.label = "benefit of the doubt",
     .weights = "{\"step\": \"weights\", \"method\": \"benefit_of_the_doubt\", \"levels\": [1]},",
     .aggregate = "\"method\": \"arithmetic\"",
     .without_gaps = true},
};

/* Each parent's part is the sum of its children's, so that the indicators sum up to the score. */
static void
test_parts_add_up(void)
{
    for (size_t m = 0; m < G_N_ELEMENTS(METHODS); m++) {
        g_autoptr(GhIndexData) data = make_data(!METHODS[m].without_gaps, 0.0);
        g_autoptr(GhIndexSpec) spec =
            make_spec(METHODS[m].weights != NULL ? METHODS[m].weights : "", METHODS[m].aggregate);
        g_autoptr(GhIndexResult) result = run(data, spec);
        g_test_message("%s", METHODS[m].label);
        for (size_t i = 0; i < N_UNITS; i++) {
            g_autoptr(GhIndexExplanation) got = explain(result, spec, i);
            g_assert_false(got->is_exact);
            for (size_t k = N_INDICATORS; k < data->n_nodes; k++) {
                double sum = 0.0;
                for (size_t c = 0; c < data->nodes[k].n_children; c++) {
                    const double part = got->nodes[data->nodes[k].children[c]].contribution;
                    sum += isnan(part) ? 0.0 : part;
                }
                gh_index_assert_near(sum, got->nodes[k].contribution, 1e-9, METHODS[m].label);
            }
        }
    }
}

/* The contribution of i4 to U3 over its value is the slope: (f(x + h) - f(x - h)) / 2h, h = 1e-4, is as near as its
 * third derivative times h^2. */
static void
test_slopes(void)
{
    const double h = 1e-4;

    for (size_t m = 0; m < G_N_ELEMENTS(METHODS); m++) {
        if (!METHODS[m].smooth)
            continue;
        g_autoptr(GhIndexData) data = make_data(true, 0.0);
        g_autoptr(GhIndexData) above = make_data(true, h);
        g_autoptr(GhIndexData) below = make_data(true, -h);
        g_autoptr(GhIndexSpec) spec = make_spec("", METHODS[m].aggregate);
        g_autoptr(GhIndexResult) result = run(data, spec);
        g_autoptr(GhIndexResult) more = run(above, spec);
        g_autoptr(GhIndexResult) less = run(below, spec);
        g_autoptr(GhIndexExplanation) got = explain(result, spec, 2);
        const size_t top = gh_index_data_top(data);
        const double slope =
            (gh_index_result_value(more, top, 2) - gh_index_result_value(less, top, 2)) / (2.0 * h);
        gh_index_assert_near(got->nodes[3].contribution / got->nodes[3].value, slope, 1e-6,
                             METHODS[m].label);
    }
}

static void
test_part_of_the_hierarchy(void)
{
    static const double values[] = {10, 4, 4, 6, 2};
    g_autoptr(GhIndexData) data = gh_index_testing_data(1, N_INDICATORS, values, PARENTS);
    g_autoptr(GhIndexSpec) spec = make_spec("", "\"method\": \"arithmetic\"");
    g_autoptr(GhIndexResult) result = run(data, spec);
    const size_t b = (size_t)gh_index_data_find_node(data, "B");
    g_autoptr(GhIndexExplanation) got = gh_index_explain(result, spec, 0, b, NULL);

    g_assert_cmpfloat(got->score, ==, 4.0);
    g_assert_cmpfloat(got->nodes[3].contribution, ==, 3.0);
    g_assert_cmpfloat(got->nodes[4].contribution, ==, 1.0);
    g_assert_cmpfloat(got->nodes[0].effective, ==, 0.0); /* not below B */
    g_assert_cmpfloat(got->nodes[0].contribution, ==, 0.0);
}

static void
test_nothing_to_explain(void)
{
    static const double values[] = {1, 2, 3, 4, 5, NAN, NAN, NAN, NAN, NAN};
    g_autoptr(GhIndexData) data = gh_index_testing_data(2, N_INDICATORS, values, PARENTS);
    g_autoptr(GhIndexSpec) spec = make_spec("", "\"method\": \"arithmetic\"");
    g_autoptr(GhIndexResult) result = run(data, spec);
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_index_explain(result, spec, 1, gh_index_data_top(data), &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, "U2"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/explain/arithmetic means with a gap, by hand", test_by_hand);
    g_test_add_func("/index/explain/a geometric mean by hand", test_geometric_by_hand);
    g_test_add_func("/index/explain/children's parts add up to their parent's", test_parts_add_up);
    g_test_add_func("/index/explain/a part over its value is the slope of the index", test_slopes);
    g_test_add_func("/index/explain/a pillar can be explained by itself",
                    test_part_of_the_hierarchy);
    g_test_add_func("/index/explain/a unit without value cannot be explained",
                    test_nothing_to_explain);
    return g_test_run();
}
