/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty_faults_test.c - what has no effect or cannot be made is refused, by name; nothing is skipped. */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "index/index_testing.h"
#include "index/spec/spec_testing.h"
#include "index/uncertainty.h"

/* Four units, two groups of two; i2 is 0 in U3. */
static const double VALUES[] = {4, 3, 2, 3, 3, 4, 4, 4, 2, 0, 5, 6, 1, 2, 1, 2};
static const char *const PARENTS[] = {"A", "A", "B", "B"};

static GhIndexSpec *
make_spec(const char *steps, const char *output, const char *parameter)
{
    g_autofree char *json = g_strdup_printf(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Faults\", \"steps\": [%s"
        "{\"step\": \"normalise\", \"method\": \"none\"},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        "\"uncertainty\": {\"replications\": 20, \"output\": %s, \"parameters\": [%s]}}",
        steps, output, parameter);
    return gh_index_testing_spec(json);
}

typedef struct {
    const char *label, *steps, *output, *parameter;
    GhIndexError code;
    const char *want[3]; /* in the message */
} Refused;

static const Refused CASES[] = {
    {.label = "weights above the index",
     .output = "null",
     .parameter = "{\"name\": \"W\", \"noise\": {\"3\": 0.2}}",
     .code = GH_INDEX_ERROR_SPEC,
     .want = {"W", "level 3", "1 to 2"}},
    {.label = "weights above the output asked for",
     .output = "\"A\"",
     .parameter = "{\"name\": \"W\", \"noise\": {\"2\": 0.2}}",
     .code = GH_INDEX_ERROR_SPEC,
     .want = {"W", "level 2", "A"}},
    {.label = "weights that are found in the data",
     .steps = "{\"step\": \"weights\", \"method\": \"pca\", \"levels\": [1]},",
     .output = "null",
     .parameter = "{\"name\": \"W\", \"noise\": {\"1\": 0.2}}",
     .code = GH_INDEX_ERROR_SPEC,
     .want = {"replication", "no effect", "level 1"}},
    {.label = "an indicator that is not there",
     .output = "null",
     .parameter = "{\"name\": \"D\", \"drop\": [null, \"i9\"]}",
     .code = GH_INDEX_ERROR_UNKNOWN,
     .want = {"D", "i9"}},
    {.label = "an indicator that is left out anyway",
     .steps = "{\"step\": \"screen\", \"drop\": [\"i1\"]},",
     .output = "null",
     .parameter = "{\"name\": \"D\", \"drop\": [null, \"i1\"]}",
     .code = GH_INDEX_ERROR_SPEC,
     .want = {"D", "i1", "takes no part"}},
    {.label = "an indicator of another index",
     .output = "\"A\"",
     .parameter = "{\"name\": \"D\", \"drop\": [null, \"i3\"]}",
     .code = GH_INDEX_ERROR_SPEC,
     .want = {"D", "i3", "not below A"}},
    {.label = "the index itself",
     .output = "null",
     .parameter = "{\"name\": \"D\", \"drop\": [null, \"Index\"]}",
     .code = GH_INDEX_ERROR_SPEC,
     .want = {"D", "Index"}},
    {.label = "an output that is not there",
     .output = "\"C\"",
     .parameter = "{\"name\": \"W\", \"noise\": {\"1\": 0.2}}",
     .code = GH_INDEX_ERROR_UNKNOWN,
     .want = {"C"}},
    {.label = "0 in a geometric mean",
     .output = "null",
     .parameter = "{\"name\": \"Mean\", \"change\": \"aggregate.method\","
                  "\"values\": [\"arithmetic\", \"geometric\"]}",
     .code = GH_INDEX_ERROR_DEGENERATE,
     .want = {"replication", "Mean: geometric", "U3"}},
};

static void
test_refused(void)
{
    for (size_t c = 0; c < G_N_ELEMENTS(CASES); c++) {
        const Refused *one = &CASES[c];
        g_autoptr(GhIndexData) data = gh_index_testing_data(4, 4, VALUES, PARENTS);
        g_autoptr(GhIndexSpec) spec =
            make_spec(one->steps != NULL ? one->steps : "", one->output, one->parameter);
        g_autofree char *message = NULL;
        for (unsigned n_threads = 1; n_threads <= 3; n_threads++) {
            g_autoptr(GError) error = NULL;
            g_assert_null(gh_index_uncertainty(
                data, spec, &(GhIndexUncertaintyOptions){.n_threads = n_threads}, &error));
            g_test_message("%s: %s", one->label, error->message);
            g_assert_error(error, GH_INDEX_ERROR, (int)one->code);
            for (size_t w = 0; w < 3 && one->want[w] != NULL; w++)
                g_assert_nonnull(strstr(error->message, one->want[w]));
            if (message != NULL) /* whichever thread came across it */
                g_assert_cmpstr(error->message, ==, message);
            else
                message = g_strdup(error->message);
        }
    }
}

static const char NOISE[] = "{\"name\": \"W\", \"noise\": {\"1\": 0.2}}";
static const char SCALE[] =
    "{\"name\": \"Share\", \"change\": \"screen.min_available\", \"values\": [0.1, 0.2]}";

static void
assert_options_refused(const GhIndexSpec *spec, const GhIndexUncertaintyOptions *options,
                       GhIndexError code, const char *want)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(4, 4, VALUES, PARENTS);
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_index_uncertainty(data, spec, options, &error));
    g_assert_error(error, GH_INDEX_ERROR, (int)code);
    g_assert_nonnull(strstr(error->message, want));
}

static void
test_samples_that_do_not_fit(void)
{
    static const double sample[] = {0.1, 0.2, 0.3, 0.4, 1.5, 0.6};
    static const double sets[] = {1, 1, 1, 1, 1, 1, 1};
    g_autoptr(GhIndexSpec) spec = make_spec("", "null", NOISE);
    g_autoptr(GhIndexSpec) no_weights =
        make_spec("{\"step\": \"screen\", \"min_available\": 0.1},", "null", SCALE);

    assert_options_refused(
        spec,
        &(GhIndexUncertaintyOptions){.analysis = GH_INDEX_SENSITIVITY,
                                     .given = &(GhIndexSample){.sample = sample, .n_rows = 4}},
        GH_INDEX_ERROR_SPEC, "4 rows");
    assert_options_refused(
        spec,
        &(GhIndexUncertaintyOptions){.replications = 5,
                                     .given = &(GhIndexSample){.sample = sample, .n_rows = 4}},
        GH_INDEX_ERROR_SPEC, "4 rows");
    assert_options_refused(
        spec,
        &(GhIndexUncertaintyOptions){.given = &(GhIndexSample){.sample = sample, .n_rows = 6}},
        GH_INDEX_ERROR_DATA, "row 5");
    assert_options_refused(
        no_weights,
        &(GhIndexUncertaintyOptions){.given = &(GhIndexSample){.weight_sets = sets, .n_sets = 1}},
        GH_INDEX_ERROR_SPEC, "weight sets");
}

static void
test_nothing_uncertain(void)
{
    g_autoptr(GhIndexSpec) spec =
        gh_index_testing_spec("{\"format\": \"guildhall-index-1\", \"name\": \"Sure\", \"steps\": ["
                              "{\"step\": \"normalise\", \"method\": \"none\"},"
                              "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}]}");

    assert_options_refused(spec, &(GhIndexUncertaintyOptions){0}, GH_INDEX_ERROR_SPEC,
                           "uncertainty");
}

static void
test_too_many(void)
{
    g_autoptr(GhIndexSpec) spec = make_spec("", "null", NOISE);

    assert_options_refused(
        spec, &(GhIndexUncertaintyOptions){.replications = GH_INDEX_MAX_REPLICATIONS + 1},
        GH_INDEX_ERROR_LIMIT, "10000000");
}

/* Each number drawn is held: more of them than memory has are refused before any is drawn. */
static void
test_too_many_settings(void)
{
    g_autoptr(GString) parameters = g_string_new(NOISE);

    for (int i = 0; i < 24; i++)
        g_string_append_printf(parameters, ", {\"name\": \"D%d\", \"drop\": [null, \"i1\"]}", i);
    g_autoptr(GhIndexSpec) spec = make_spec("", "null", parameters->str);
    assert_options_refused(spec,
                           &(GhIndexUncertaintyOptions){.replications = GH_INDEX_MAX_REPLICATIONS},
                           GH_INDEX_ERROR_LIMIT, "at most 4000000 replications");
}

/* COINr's bins of a range of 2^53 whole numbers are found without walking along them. */
static void
test_wide_range(void)
{
    g_autoptr(GhIndexData) data = gh_index_testing_data(4, 4, VALUES, PARENTS);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Wide\", \"steps\": ["
        "{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 1, \"upper\": 100},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        "\"uncertainty\": {\"replications\": 20, \"estimator\": \"coinr\", \"parameters\": ["
        "{\"name\": \"U\", \"change\": \"normalise.upper\", \"from\": 2,"
        " \"to\": 9007199254740992, \"whole\": true}]}}");
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexUncertaintyResult) result = gh_index_uncertainty(
        data, spec, &(GhIndexUncertaintyOptions){.keep_replications = true}, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(result->n_all, ==, 20);
    /* the smallest number drawn lies in the first bin, the largest in the last */
    bool has_first = false, has_last = false;
    for (guint r = 0; r < result->parameters->len; r++) {
        char **values = g_ptr_array_index(result->parameters, r);
        double value = g_ascii_strtod(values[0], NULL);
        g_assert_true(value >= 2 && value <= 9007199254740992.0);
        has_first = has_first || value < 3;
        has_last = has_last || value > 9007199254740990.0;
    }
    g_assert_true(has_first && has_last);
}

/* Both values do the same, so that no place ever changes. */
static void
test_sensitivity_without_variance(void)
{
    g_autoptr(GhIndexSpec) spec =
        make_spec("{\"step\": \"screen\", \"min_available\": 0.1},", "null", SCALE);

    assert_options_refused(spec, &(GhIndexUncertaintyOptions){.analysis = GH_INDEX_SENSITIVITY},
                           GH_INDEX_ERROR_DEGENERATE, "variance");
}

static bool
stop(const char *step G_GNUC_UNUSED, double share, void *data)
{
    int *n_reports = data;
    ++*n_reports;
    return share < 0.2;
}

static void
test_cancelled(void)
{
    int n_reports = 0;
    const GhProgress progress = {.func = stop, .data = &n_reports};
    g_autoptr(GhIndexData) data = gh_index_testing_data(4, 4, VALUES, PARENTS);
    g_autoptr(GhIndexSpec) spec = make_spec("", "null", NOISE);
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_index_uncertainty(
        data, spec,
        &(GhIndexUncertaintyOptions){.replications = 20000, .n_threads = 2, .progress = &progress},
        &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint(n_reports, >=, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/uncertainty/what has no effect or fails is refused by name",
                    test_refused);
    g_test_add_func("/index/uncertainty/a sample given must fit", test_samples_that_do_not_fit);
    g_test_add_func("/index/uncertainty/a specification must say what is uncertain",
                    test_nothing_uncertain);
    g_test_add_func("/index/uncertainty/there is a limit", test_too_many);
    g_test_add_func("/index/uncertainty/numbers to be held have a limit", test_too_many_settings);
    g_test_add_func("/index/uncertainty/a wide range takes no longer", test_wide_range);
    g_test_add_func("/index/uncertainty/shares of no variance are refused",
                    test_sensitivity_without_variance);
    g_test_add_func("/index/uncertainty/work can be stopped", test_cancelled);
    return g_test_run();
}
