/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* analysis_test.c - strengths, groups, comparison and leaving out, on small examples worked out by hand. */
#include "index/analysis.h"

#include <math.h>
#include <string.h>

#include "index/index_testing.h"
#include "index/spec/spec_testing.h"

static const char *const INDEX[] = {"Index", "Index", "Index"};
static const char PLAIN[] = "{\"format\": \"guildhall-index-1\", \"name\": \"Plain\", \"steps\": ["
                            "{\"step\": \"normalise\", \"method\": \"none\"},"
                            "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}]}";

static GhIndexResult *
run(GhIndexData *data)
{
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(PLAIN);
    g_autoptr(GError) error = NULL;
    GhIndexResult *result = gh_index_run(data, spec, NULL, &error);

    g_assert_no_error(error);
    return result;
}

/* U1 among three: i1 of which less is better: 1, 2, 3: place 1. i2: 5, 9, 9: place 3. i3: 4, -, 4: place 1. */
static void
test_strengths(void)
{
    static const double values[] = {1, 5, 4, 2, 9, NAN, 3, 9, 4};
    GhIndexStrength strong[3] = {{0}}, weak[3] = {{0}};
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 3, values, INDEX);
    data->nodes[0].direction = -1;

    g_assert_cmpuint(gh_index_strengths(data, 0, 2, strong, weak), ==, 2);
    g_assert_cmpuint(strong[0].node, ==, 0); /* equal places: the order of the data */
    g_assert_cmpuint(strong[1].node, ==, 2);
    g_assert_cmpint(strong[1].place, ==, 1);
    g_assert_cmpfloat(strong[0].raw, ==, 1.0); /* as it stands, whatever the direction */
    g_assert_cmpuint(weak[0].node, ==, 1);
    g_assert_cmpint(weak[0].place, ==, 3);
    g_assert_cmpuint(weak[1].node, ==, 2); /* of the equal ones the last */

    /* U2 has two indicators only. */
    g_assert_cmpuint(gh_index_strengths(data, 1, 3, strong, weak), ==, 2);
    g_assert_cmpuint(strong[0].node, ==, 1);
    g_assert_cmpint(strong[0].place, ==, 1);
    g_assert_cmpuint(weak[0].node, ==, 0);
    g_assert_cmpint(weak[0].place, ==, 2);
}

static GhIndexData *
grouped_data(void)
{
    static const double values[] = {5, 4, 3, 4, 1};
    static const int of_unit[] = {0, 1, 0, 1, -1};
    static const char *const codes[] = {"U1", "U2", "U3", "U4", "U5"};
    g_autoptr(GError) error = NULL;
    GhIndexData *data = gh_index_data_new(
        &(GhIndexDataSize){.n_units = 5, .n_indicators = 1, .n_nodes = 2, .n_groups = 1}, &error);

    g_assert_no_error(error);
    for (size_t i = 0; i < 5; i++) {
        data->unit_codes[i] = g_strdup(codes[i]);
        data->values[i] = values[i];
        data->groups[0].of_unit[i] = of_unit[i];
    }
    data->groups[0].code = g_strdup("Region");
    data->groups[0].n_categories = 2;
    data->groups[0].categories = g_new0(char *, 3);
    data->groups[0].categories[0] = g_strdup("North");
    data->groups[0].categories[1] = g_strdup("South");
    data->nodes[0].code = g_strdup("i1");
    data->nodes[0].level = 1;
    data->nodes[0].parent = 1;
    data->nodes[1].code = g_strdup("Index");
    data->nodes[1].level = 2;
    g_assert_true(gh_index_data_complete(data, &error));
    return data;
}

static void
test_places_within_groups(void)
{
    static const int want[] = {1, 1, 2, 1, 0}; /* U2 and U4 are equal; U5 has no group */
    int places[5] = {0};
    g_autoptr(GhIndexData) data = grouped_data();
    g_autoptr(GhIndexResult) result = run(data);

    gh_index_places_within_groups(result, gh_index_data_top(data), 0, places);
    for (size_t i = 0; i < 5; i++)
        g_assert_cmpint(places[i], ==, want[i]);
}

/* a ranks U1, U2, U3 as 1, 2, 3; b has U3, U2 and U4 only, in the order U3, U2: 1, 3 of three, U4 second. Shifts of U2
 * and U3: 1 and 2, mean 1.5. Their scores fall in a where they rise in b: both correlations -1. */
static void
test_comparison(void)
{
    static const double first[] = {9, 5, 1}, second[] = {2, 7, 4};
    g_autoptr(GhIndexData) a = gh_index_testing_data(3, 1, first, INDEX);
    g_autoptr(GhIndexData) b = gh_index_testing_data(3, 1, second, INDEX);
    static const char *const codes[] = {"U2", "U3", "U4"};
    for (size_t i = 0; i < 3; i++) {
        g_free(b->unit_codes[i]);
        b->unit_codes[i] = g_strdup(codes[i]);
    }
    g_autoptr(GhIndexResult) result_a = run(a);
    g_autoptr(GhIndexResult) result_b = run(b);
    g_autoptr(GhIndexComparison) got = gh_index_compare(result_a, NULL, result_b, "i1", NULL);

    g_assert_cmpuint(got->units->len, ==, 2);
    g_assert_cmpuint(got->only_a, ==, 1);
    g_assert_cmpuint(got->only_b, ==, 1);
    const GhIndexCompared *u3 = &g_array_index(got->units, GhIndexCompared, 1);
    g_assert_cmpuint(u3->row, ==, 2);
    g_assert_cmpint(u3->place_a, ==, 3);
    g_assert_cmpint(u3->place_b, ==, 1);
    g_assert_cmpfloat(u3->value_b, ==, 7.0);
    g_assert_cmpfloat(got->mean_shift, ==, 1.5);
    g_assert_cmpint(got->max_shift, ==, 2);
    gh_index_assert_near(got->spearman, -1.0, 1e-15, "Spearman");
    gh_index_assert_near(got->kendall, -1.0, 1e-15, "Kendall");
}

static void
test_comparison_of_strangers(void)
{
    static const double values[] = {1, 2};
    g_autoptr(GhIndexData) a = gh_index_testing_data(2, 1, values, INDEX);
    g_autoptr(GhIndexData) b = gh_index_testing_data(1, 1, values, INDEX);
    g_free(b->unit_codes[0]);
    b->unit_codes[0] = g_strdup("V1");
    g_autoptr(GhIndexResult) result_a = run(a);
    g_autoptr(GhIndexResult) result_b = run(b);
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_index_compare(result_a, NULL, result_b, NULL, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA);
    g_clear_error(&error);
    g_assert_null(gh_index_compare(result_a, "i9", result_b, NULL, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_UNKNOWN);
}

/* Index (i1 + i2 + i3) / 3: sums 12, 11, 10, places 1, 2, 3. Without i1 (9, 1, 1): 3, 10, 9: places 3, 1, 2, shift
 * (2 + 1 + 1) / 3. Without i2 (2, 5, 5): 10, 6, 5: no shift. Without i3 (1, 5, 4): 11, 6, 6: 1, 2, 2, shift 1/3. */
static void
test_left_out(void)
{
    static const double values[] = {9, 2, 1, 1, 5, 5, 1, 5, 4};
    static const double want[] = {4.0 / 3.0, 0.0, 1.0 / 3.0};
    g_autoptr(GhIndexData) data = gh_index_testing_data(3, 3, values, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(PLAIN);

    for (unsigned n_threads = 1; n_threads <= 3; n_threads++) {
        g_autoptr(GArray) got =
            gh_index_remove_elements(data, spec, 1, NULL, n_threads, NULL, NULL);
        g_assert_cmpuint(got->len, ==, 3);
        for (guint e = 0; e < 3; e++) {
            const GhIndexRemoved *one = &g_array_index(got, GhIndexRemoved, e);
            g_assert_cmpuint(one->node, ==, e);
            g_assert_cmpfloat(one->mean_shift, ==, want[e]);
            g_assert_null(one->why_not);
        }
    }
}

/* The only indicator cannot go; one that the specification leaves out already takes no part. */
static void
test_cannot_be_left_out(void)
{
    static const double values[] = {1, 2, 2, 1};
    g_autoptr(GhIndexData) data = gh_index_testing_data(2, 2, values, INDEX);
    g_autoptr(GhIndexSpec) spec =
        gh_index_testing_spec("{\"format\": \"guildhall-index-1\", \"name\": \"One\", \"steps\": ["
                              "{\"step\": \"screen\", \"drop\": [\"i2\"]},"
                              "{\"step\": \"normalise\", \"method\": \"none\"},"
                              "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}]}");
    g_autoptr(GArray) got = gh_index_remove_elements(data, spec, 1, NULL, 1, NULL, NULL);

    g_assert_cmpuint(got->len, ==, 2);
    for (guint e = 0; e < 2; e++) {
        const GhIndexRemoved *one = &g_array_index(got, GhIndexRemoved, e);
        g_test_message("%s: %s", data->nodes[one->node].code, one->why_not);
        g_assert_true(isnan(one->mean_shift));
        g_assert_nonnull(one->why_not);
    }
    g_assert_nonnull(strstr(g_array_index(got, GhIndexRemoved, 1).why_not, "takes no part"));
}

static void
test_levels_that_cannot_be_left_out(void)
{
    static const double values[] = {1, 2};
    static const int levels[] = {0, 2, 3};
    g_autoptr(GhIndexData) data = gh_index_testing_data(2, 1, values, INDEX);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(PLAIN);

    for (size_t l = 0; l < G_N_ELEMENTS(levels); l++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(gh_index_remove_elements(data, spec, levels[l], NULL, 1, NULL, &error));
        g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/analysis/strengths follow directions, and gaps have no place",
                    test_strengths);
    g_test_add_func("/index/analysis/places within groups by hand", test_places_within_groups);
    g_test_add_func("/index/analysis/two versions by hand", test_comparison);
    g_test_add_func("/index/analysis/two indices without a common unit cannot be compared",
                    test_comparison_of_strangers);
    g_test_add_func("/index/analysis/each indicator left out by hand", test_left_out);
    g_test_add_func("/index/analysis/what cannot be left out says why", test_cannot_be_left_out);
    g_test_add_func("/index/analysis/a level that is not below the output is refused",
                    test_levels_that_cannot_be_left_out);
    return g_test_run();
}
