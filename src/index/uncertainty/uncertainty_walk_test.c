/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* uncertainty_walk_test.c - shared beginnings, threads and order change nothing: properties of many replications. */
#include <math.h>
#include <string.h>

#include "index/index_testing.h"
#include "index/spec/spec_testing.h"
#include "index/uncertainty.h"
#include "index/uncertainty/random.h"

enum {
    N_UNITS = 30,
    N_INDICATORS = 6
};
static const char *const PARENTS[N_INDICATORS] = {"A", "A", "A", "B", "B", "B"};

#define STEPS                                                                                      \
    "{\"format\": \"guildhall-index-1\", \"name\": \"Walk\", \"steps\": ["                         \
    "{\"step\": \"impute\", \"method\": \"mean\"},"                                                \
    "{\"step\": \"treat\", \"winmax\": 5},"                                                        \
    "{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 0, \"upper\": 100},"            \
    "{\"step\": \"weights\", \"method\": \"given\"},"                                              \
    "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"                                      \
    "\"uncertainty\": {\"replications\": 64, \"bootstrap\": 50, \"seed\": 5, \"parameters\": ["

static const char WINMAX[] =
    "{\"name\": \"Winmax\", \"change\": \"treat.winmax\", \"values\": [1, 3, null]}";
static const char NORMALISATION[] =
    "{\"name\": \"Normalisation\", \"change\": \"normalise\", \"values\": ["
    "{\"method\": \"min_max\", \"lower\": 1, \"upper\": 100},"
    "{\"method\": \"z_score\", \"mean\": 10, \"sd\": 2}]}";
static const char NOISE[] = "{\"name\": \"Weights\", \"noise\": {\"1\": 0.5, \"2\": 0.25}}";
static const char DROP[] = "{\"name\": \"Without\", \"drop\": \"all\"}";
static const char MEAN[] = "{\"name\": \"Mean\", \"change\": \"aggregate.method\","
                           "\"values\": [\"arithmetic\", \"geometric\"]}";
static const char SCALE[] =
    "{\"name\": \"Scale\", \"change\": \"normalise.upper\", \"values\": [50, 100]}";
static const char RANGE[] =
    "{\"name\": \"Lower\", \"change\": \"normalise.lower\", \"from\": 1, \"to\": 40}";
static const char WHOLE[] = "{\"name\": \"Winmax\", \"change\": \"treat.winmax\", \"from\": 1,"
                            "\"to\": 4, \"whole\": true}";
static const char SINGLE[] =
    "{\"name\": \"Only\", \"change\": \"impute.method\", \"values\": [\"mean\"]}";

/* Long-tailed columns with gaps. */
static void
fill_values(double *row_by_row)
{
    for (size_t v = 0; v < (size_t)N_UNITS * N_INDICATORS; v++)
        row_by_row[v] =
            v % 17 == 3 ? (double)NAN : pow(gh_index_uniform(8, 0, v), -0.7 - 0.1 * (v % 6 == 0));
}

static GhIndexData *
make_data(void)
{
    double values[N_UNITS * N_INDICATORS];

    fill_values(values);
    return gh_index_testing_data(N_UNITS, N_INDICATORS, values, PARENTS);
}

static GhIndexSpec *
make_spec(const char *first, ...)
{
    g_autoptr(GString) json = g_string_new(STEPS);
    va_list more;

    g_string_append(json, first);
    va_start(more, first);
    for (const char *next = va_arg(more, const char *); next != NULL;
         next = va_arg(more, const char *))
        g_string_append_printf(json, ",%s", next);
    va_end(more);
    g_string_append(json, "]}}");
    return gh_index_testing_spec(json->str);
}

static GhIndexUncertaintyResult *
analyse(GhIndexData *data, const GhIndexSpec *spec, GhIndexAnalysis analysis, unsigned n_threads)
{
    g_autoptr(GError) error = NULL;
    GhIndexUncertaintyResult *result =
        gh_index_uncertainty(data, spec,
                             &(GhIndexUncertaintyOptions){.analysis = analysis,
                                                          .n_threads = n_threads,
                                                          .keep_replications = true,
                                                          .with_dominance = true},
                             &error);

    g_assert_no_error(error);
    return result;
}

static void
assert_bytes(const void *one, const void *other, size_t size)
{
    g_assert_cmpint(memcmp(one, other, size), ==, 0);
}

static void
assert_same(const GhIndexUncertaintyResult *one, const GhIndexUncertaintyResult *other)
{
    const size_t n = one->n_units, n_all = one->n_all;

    g_assert_cmpuint(other->n_all, ==, n_all);
    assert_bytes(one->scores, other->scores, n * n_all * sizeof *one->scores);
    assert_bytes(one->places, other->places, n * n_all * sizeof *one->places);
    assert_bytes(one->shifts, other->shifts, n_all * sizeof *one->shifts);
    assert_bytes(one->dominance, other->dominance, n * n * sizeof *one->dominance);
    g_assert_cmpuint(one->n_sensitivities, ==, other->n_sensitivities);
    for (size_t p = 0; p < one->n_sensitivities; p++)
        assert_bytes(&one->sensitivities[p], &other->sensitivities[p], sizeof *one->sensitivities);
    g_assert_cmpfloat(one->mean_shift, ==, other->mean_shift);
}

static void
test_threads_change_nothing(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = make_spec(WINMAX, NORMALISATION, NOISE, DROP, MEAN, NULL);
    g_autoptr(GhIndexUncertaintyResult) one = analyse(data, spec, GH_INDEX_SENSITIVITY, 1);

    for (unsigned n_threads = 2; n_threads <= 5; n_threads++) {
        g_autoptr(GhIndexUncertaintyResult) other =
            analyse(data, spec, GH_INDEX_SENSITIVITY, n_threads);
        assert_same(one, other);
    }
}

/* Linear programmes are solved on every thread: GLPK keeps an environment a thread. */
static void
test_programmes_on_threads(void)
{
    static const char doubt[] =
        "{\"format\": \"guildhall-index-1\", \"name\": \"Doubt\", \"steps\": ["
        "{\"step\": \"impute\", \"method\": \"mean\"},"
        "{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 1, \"upper\": 100},"
        "{\"step\": \"weights\", \"method\": \"benefit_of_the_doubt\", \"levels\": [1]},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        "\"uncertainty\": {\"replications\": 24, \"parameters\": ["
        "{\"name\": \"Without\", \"drop\": \"all\"},"
        "{\"name\": \"Lower\", \"change\": \"normalise.lower\", \"from\": 1, \"to\": 40}]}}";
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(doubt);
    g_autoptr(GhIndexUncertaintyResult) one = analyse(data, spec, GH_INDEX_UNCERTAINTY, 1);
    g_autoptr(GhIndexUncertaintyResult) three = analyse(data, spec, GH_INDEX_UNCERTAINTY, 3);

    assert_same(one, three);
}

/* The index with these values written into the specification: no sharing, no walk. */
static double *
made_alone(GhIndexData *data, char **values)
{
    g_autoptr(GError) error = NULL;
    const bool unlimited = g_str_equal(values[0], "none");
    const bool z_score = g_str_has_prefix(values[1], "z_score");
    g_autofree char *json = g_strdup_printf(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Alone\", \"steps\": ["
        "{\"step\": \"impute\", \"method\": \"mean\"},{\"step\": \"treat\", \"winmax\": %s},"
        "{\"step\": \"normalise\", %s},{\"step\": \"weights\", \"method\": \"given\"},"
        "{\"step\": \"aggregate\", \"method\": \"%s\"}]}",
        unlimited ? "null" : values[0],
        z_score ? "\"method\": \"z_score\", \"mean\": 10, \"sd\": 2"
                : "\"method\": \"min_max\", \"lower\": 1, \"upper\": 100",
        values[3]);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(json);
    g_autoptr(GhIndexState) state = gh_index_state_new(data);

    if (!g_str_equal(values[2], "none"))
        gh_index_state_drop(state, (size_t)gh_index_data_find_node(data, values[2]));
    g_assert_true(gh_index_run_steps(state, spec->steps, spec->n_steps, NULL, &error));
    return g_memdup2(gh_index_state_column(state, gh_index_data_top(data)),
                     N_UNITS * sizeof(double));
}

static void
test_sharing_changes_nothing(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = make_spec(WINMAX, NORMALISATION, DROP, MEAN, NULL);
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec, GH_INDEX_UNCERTAINTY, 2);

    for (size_t r = 0; r < got->n_all; r++) {
        g_autofree double *alone = made_alone(data, g_ptr_array_index(got->parameters, r));
        assert_bytes(alone, got->scores + r * N_UNITS, N_UNITS * sizeof *alone);
    }
}

static void
test_no_effect_is_zero(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = make_spec(WINMAX, NOISE, SCALE, NULL);
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec, GH_INDEX_SENSITIVITY, 1);

    g_assert_cmpstr(got->sensitivities[2].name, ==, "Scale");
    g_assert_cmpfloat(got->sensitivities[2].first, ==, 0.0);
    g_assert_cmpfloat(got->sensitivities[2].total, ==, 0.0);
    g_assert_cmpfloat(got->sensitivities[2].total_high, ==, 0.0);
    g_assert_cmpfloat(got->sensitivities[1].total, >, 0.0);
}

static void
test_one_alternative_changes_nothing(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = make_spec(WINMAX, NOISE, MEAN, RANGE, NULL);
    g_autoptr(GhIndexSpec) more = make_spec(WINMAX, NOISE, MEAN, RANGE, SINGLE, NULL);
    g_autoptr(GhIndexUncertaintyResult) one = analyse(data, spec, GH_INDEX_UNCERTAINTY, 1);
    g_autoptr(GhIndexUncertaintyResult) other = analyse(data, more, GH_INDEX_UNCERTAINTY, 1);

    assert_same(one, other);
}

static void
test_order_of_units_does_not_matter(void)
{
    double values[N_UNITS * N_INDICATORS], turned[N_UNITS * N_INDICATORS];
    fill_values(values);
    for (size_t i = 0; i < N_UNITS; i++)
        memcpy(turned + i * N_INDICATORS, values + (N_UNITS - 1 - i) * N_INDICATORS,
               N_INDICATORS * sizeof *values);
    g_autoptr(GhIndexData) data = gh_index_testing_data(N_UNITS, N_INDICATORS, values, PARENTS);
    g_autoptr(GhIndexData) other_data =
        gh_index_testing_data(N_UNITS, N_INDICATORS, turned, PARENTS);
    g_autoptr(GhIndexSpec) spec = make_spec(WINMAX, NORMALISATION, NOISE, MEAN, NULL);
    g_autoptr(GhIndexUncertaintyResult) one = analyse(data, spec, GH_INDEX_SENSITIVITY, 1);
    g_autoptr(GhIndexUncertaintyResult) other = analyse(other_data, spec, GH_INDEX_SENSITIVITY, 1);

    for (size_t i = 0; i < N_UNITS; i++) {
        const GhIndexRankSpread *here = &one->units[i], *there = &other->units[N_UNITS - 1 - i];
        g_assert_cmpint(here->nominal, ==, there->nominal);
        g_assert_cmpfloat(here->mean, ==, there->mean);
        g_assert_cmpfloat(here->q95, ==, there->q95);
    }
    for (size_t p = 0; p < one->n_sensitivities; p++)
        gh_index_assert_near(other->sensitivities[p].total, one->sensitivities[p].total, 1e-9,
                             one->sensitivities[p].name);
}

static void
test_seed_decides(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = make_spec(NOISE, RANGE, NULL);
    const uint64_t same = 5, another = 6;
    const GhIndexUncertaintyOptions options[] = {
        {.n_threads = 1, .keep_replications = true},
        {.n_threads = 1, .keep_replications = true, .seed = &same},
        {.n_threads = 1, .keep_replications = true, .seed = &another},
    };
    GhIndexUncertaintyResult *results[3] = {NULL};

    for (size_t o = 0; o < 3; o++) {
        g_autoptr(GError) error = NULL;
        results[o] = gh_index_uncertainty(data, spec, &options[o], &error);
        g_assert_no_error(error);
    }
    g_assert_cmpuint(results[0]->seed, ==, 5);
    g_assert_cmpfloat(results[0]->mean_shift, ==, results[1]->mean_shift);
    assert_bytes(results[0]->scores, results[1]->scores, 64 * N_UNITS * sizeof(double));
    g_assert_cmpint(memcmp(results[0]->scores, results[2]->scores, 64 * N_UNITS * sizeof(double)),
                    !=, 0);
    for (size_t o = 0; o < 3; o++)
        gh_index_uncertainty_result_free(results[o]);
}

static size_t
count_different(const GhIndexUncertaintyResult *result)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_double_hash, g_double_equal);

    for (size_t r = 0; r < result->n_all; r++)
        g_hash_table_add(seen, &result->scores[r * result->n_units]);
    return g_hash_table_size(seen);
}

/* UA: each replication its own, or one of the sets. SA: always sets, for A and AB must be able to share them. */
static void
test_noise_fresh_or_in_sets(void)
{
    static const char sets[] = "{\"name\": \"Weights\", \"noise\": {\"1\": 0.5}, \"sets\": 7}";
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) fresh = make_spec(NOISE, NULL);
    g_autoptr(GhIndexSpec) seven = make_spec(sets, NULL);
    g_autoptr(GhIndexUncertaintyResult) own = analyse(data, fresh, GH_INDEX_UNCERTAINTY, 1);
    g_autoptr(GhIndexUncertaintyResult) some = analyse(data, seven, GH_INDEX_UNCERTAINTY, 1);
    g_autoptr(GhIndexUncertaintyResult) many = analyse(data, fresh, GH_INDEX_SENSITIVITY, 1);

    g_assert_cmpuint(count_different(own), ==, 64);
    g_assert_cmpuint(count_different(some), ==, 7);
    g_assert_cmpuint(count_different(many), <=, 100);
    g_assert_cmpuint(many->n_all, ==, 64 * 3);
}

/* 64 Sobol points over 4 values: 16 of each; a range: one in each 64th of it. */
static void
test_values_are_taken_evenly(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) spec = make_spec(WHOLE, RANGE, NULL);
    g_autoptr(GhIndexUncertaintyResult) got = analyse(data, spec, GH_INDEX_UNCERTAINTY, 1);
    size_t counts[5] = {0}, strata[64] = {0};

    for (size_t r = 0; r < 64; r++) {
        char **values = g_ptr_array_index(got->parameters, r);
        const double lower = g_ascii_strtod(values[1], NULL);
        const int winmax = (int)g_ascii_strtoll(values[0], NULL, 10);
        g_assert_true(winmax >= 1 && winmax <= 4);
        g_assert_true(lower >= 1.0 && lower <= 40.0);
        counts[winmax]++;
        strata[(size_t)((lower - 1.0) / 39.0 * 64.0)]++;
    }
    for (size_t v = 1; v <= 4; v++)
        g_assert_cmpuint(counts[v], ==, 16);
    for (size_t s = 0; s < 64; s++)
        g_assert_cmpuint(strata[s], ==, 1);
}

static void
test_beginnings_are_counted(void)
{
    g_autoptr(GhIndexData) data = make_data();
    g_autoptr(GhIndexSpec) late = make_spec(NOISE, NULL);
    g_autoptr(GhIndexSpec) early = make_spec(WINMAX, NORMALISATION, NOISE, MEAN, NULL);
    g_autoptr(GhIndexUncertaintyResult) one = analyse(data, late, GH_INDEX_UNCERTAINTY, 1);
    g_autoptr(GhIndexUncertaintyResult) six = analyse(data, early, GH_INDEX_UNCERTAINTY, 1);

    g_assert_cmpuint(one->n_prefixes, ==, 1);
    g_assert_cmpuint(six->n_prefixes, ==, 6); /* 3 x 2 */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/walk/one to five threads give the same bits",
                    test_threads_change_nothing);
    g_test_add_func("/index/walk/linear programmes give the same bits on every thread",
                    test_programmes_on_threads);
    g_test_add_func("/index/walk/each replication is the index that its values make alone",
                    test_sharing_changes_nothing);
    g_test_add_func("/index/walk/a parameter without effect has indices of 0",
                    test_no_effect_is_zero);
    g_test_add_func("/index/walk/a parameter of one alternative changes nothing",
                    test_one_alternative_changes_nothing);
    g_test_add_func("/index/walk/the order of units does not matter",
                    test_order_of_units_does_not_matter);
    g_test_add_func("/index/walk/the seed decides", test_seed_decides);
    g_test_add_func("/index/walk/noise is fresh each time or one of the sets",
                    test_noise_fresh_or_in_sets);
    g_test_add_func("/index/walk/values and ranges are taken evenly", test_values_are_taken_evenly);
    g_test_add_func("/index/walk/beginnings are counted", test_beginnings_are_counted);
    return g_test_run();
}
