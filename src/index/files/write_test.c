/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write_test.c - tables of results, and data that come back as they went. */
#include "index/write.h"

#include <string.h>

#include "index/index_testing.h"
#include "index/read.h"
#include "index/spec/spec_testing.h"

static const char META[] = "Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type,"
                           "goal\n"
                           "1,a,\"Ants, red\",1,1,=n,5,,X,Indicator,\n"
                           "1,b,,-1,0.1,,,pop,X,Indicator,0.3\n"
                           "2,X,The index,1,1,,,,,Aggregate,\n"
                           ",region,Region,,,,,,,Group,\n"
                           ",pop,People,,,,,,,Denominator,\n"
                           ",mood,,,,,,,,Other,\n";
static const char DATA[] = "uCode,uName,region,pop,mood,a,b\n"
                           "NA,Namibia,warm,0.1,3,1,30\n"
                           "S,\"South, the\",,20,,2,20\n"
                           "T,Third,cold,30,1,,10\n"
                           "Z,Gone,cold,30,1,,\n";

static GhIndexData *
read_texts(const char *data, const char *meta)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhIndexData *read =
        gh_index_read(&(GhIndexFile){"iData.csv", data, strlen(data)},
                      &(GhIndexFile){"iMeta.csv", meta, strlen(meta)}, faults, &error);
    g_assert_no_error(error);
    return read;
}

typedef bool (*WriteData)(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                          void *sink_data, GError **error);
typedef bool (*WriteResult)(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                            void *sink_data, GError **error);

static char *
written(WriteData write, const GhIndexData *data)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(write(data, GH_TABLE_CSV, gh_table_sink_string, text, &error));
    g_assert_no_error(error);
    return g_string_free(text, FALSE);
}

/* Writes, reads, and compares the texts of both: they hold all that the data do. */
static void
check_round_trip(const GhIndexData *data)
{
    g_autofree char *first_data = written(gh_index_write_data, data);
    g_autofree char *first_meta = written(gh_index_write_meta, data);
    g_autoptr(GhIndexData) again = read_texts(first_data, first_meta);
    g_autofree char *second_data = written(gh_index_write_data, again);
    g_autofree char *second_meta = written(gh_index_write_meta, again);

    g_assert_cmpstr(first_data, ==, second_data);
    g_assert_cmpstr(first_meta, ==, second_meta);
    size_t n_bytes = data->n_units * data->n_indicators * sizeof(double);
    g_assert_cmpuint(data->n_units, ==, again->n_units);
    g_assert_cmpuint(data->n_indicators, ==, again->n_indicators);
    g_assert_true(memcmp(data->values, again->values, n_bytes) == 0);
    g_assert_cmpuint(data->n_nodes, ==, again->n_nodes);
    for (size_t k = 0; k < data->n_nodes; k++) {
        g_assert_cmpint(data->nodes[k].parent, ==, again->nodes[k].parent);
        g_assert_cmpint(data->nodes[k].denominator, ==, again->nodes[k].denominator);
        g_assert_cmpfloat(data->nodes[k].weight, ==, again->nodes[k].weight);
        g_assert_cmpstr(data->nodes[k].unit, ==, again->nodes[k].unit);
    }
    for (size_t i = 0; i < data->n_units; i++) {
        g_assert_cmpstr(data->unit_codes[i], ==, again->unit_codes[i]);
        g_assert_cmpstr(data->unit_names[i], ==, again->unit_names[i]);
        for (size_t g = 0; g < data->n_groups; g++)
            g_assert_cmpint(data->groups[g].of_unit[i], ==, again->groups[g].of_unit[i]);
    }
}

static void
test_round_trip(void)
{
    g_autoptr(GhIndexData) data = read_texts(DATA, META);
    g_autofree char *meta = written(gh_index_write_meta, data);

    g_assert_true(g_str_has_prefix(meta, "Level,iCode,iName,Direction,Weight,Unit,Target,"
                                         "Denominator,Parent,Type,goal\n1,a,\"Ants, red\",1,1,"
                                         "'=n,5,,X,Indicator,\n1,b,,-1,0.1,,,pop,X,Indicator,"
                                         "0.3\n"));
    check_round_trip(data);
}

static void
test_round_trip_panel(void)
{
    g_autoptr(GhIndexData) data = read_texts("uCode,Time,region,pop,mood,a,b\n"
                                             "N,2018,x,1,1,1,1\nN,2019,x,2,1,1,1\n",
                                             META);
    g_assert_nonnull(data->years);
    check_round_trip(data);
}

static void
test_round_trip_example(void)
{
    static const char *const FILES[] = {"asem_iData.csv", "data/asem_iData_panel.csv"};

    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path = gh_index_testing_path(FILES[i]);
        g_autofree char *meta = gh_index_testing_path("asem_iMeta.csv");
        g_autoptr(GhFaults) faults = gh_faults_new();
        g_autoptr(GError) error = NULL;
        if (path == NULL || meta == NULL)
            return;
        g_autoptr(GhIndexData) data = gh_index_read_paths(path, meta, faults, &error);
        g_assert_no_error(error);
        check_round_trip(data);
    }
}

/* -- results -- */

/* Of a: the mean of 1 and 2 is put for T and Z; then Z, which has half of its indicators, goes.
 * min-max: a = 0, 1, 1/2; b, less is better: 30 20 10 -> 0, 1/2, 1. X, weights 1 and 0.1:
 * 0; (1 + 0.05) / 1.1; (0.5 + 0.1) / 1.1. */
static GhIndexResult *
run_small(const GhProgress *progress, GError **error)
{
    g_autoptr(GhIndexData) data = read_texts(DATA, META);
    g_autoptr(GhIndexSpec) spec = gh_index_testing_spec(
        "{\"format\": \"guildhall-index-1\", \"name\": \"Small\", \"steps\": ["
        "{\"step\": \"impute\", \"method\": \"mean\", \"indicators\": [\"a\"]},"
        "{\"step\": \"screen\", \"min_available\": 0.6},"
        "{\"step\": \"normalise\", \"method\": \"min_max\", \"upper\": 1},"
        "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}]}");
    return gh_index_run(data, spec, progress, error);
}

static void
check_written(const GhIndexResult *result, WriteResult write, GhTableFormat format,
              const char *want)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(write(result, format, gh_table_sink_string, text, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(text->str, ==, want);
}

static void
test_results(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexResult) result = run_small(NULL, &error);
    g_assert_no_error(error);

    check_written(result, gh_index_write_scores, GH_TABLE_CSV,
                  "uCode,a,b,X\nNA,0,0,0\nS,1,0.5,0.9545454545454545\n"
                  "T,0.5,1,0.5454545454545454\nZ,,,\n");
    check_written(result, gh_index_write_ranks, GH_TABLE_CSV,
                  "uCode,a,b,X\nNA,3,3,3\nS,1,2,1\nT,2,1,2\nZ,,,\n");
    check_written(result, gh_index_write_changes, GH_TABLE_CSV,
                  "uCode,iCode,change\nT,a,imputed\nZ,a,imputed\n");
    check_written(result, gh_index_write_ranks, GH_TABLE_JSON,
                  "[{\"uCode\":\"NA\",\"a\":3,\"b\":3,\"X\":3},"
                  "{\"uCode\":\"S\",\"a\":1,\"b\":2,\"X\":1},"
                  "{\"uCode\":\"T\",\"a\":2,\"b\":1,\"X\":2},"
                  "{\"uCode\":\"Z\",\"a\":null,\"b\":null,\"X\":null}]\n");
}

static bool
refuse(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    (void)bytes;
    (void)n_bytes;
    (void)data;
    g_set_error_literal(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO, "the disk is full");
    return false;
}

static void
test_full_disk(void)
{
    static const WriteResult WRITE[] = {gh_index_write_scores, gh_index_write_ranks,
                                        gh_index_write_changes};
    g_autoptr(GhIndexResult) result = run_small(NULL, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(WRITE); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(WRITE[i](result, GH_TABLE_CSV, refuse, NULL, &error));
        g_assert_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_IO);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/write/data and metadata come back as they went", test_round_trip);
    g_test_add_func("/write/so does a panel", test_round_trip_panel);
    g_test_add_func("/write/so does the published example", test_round_trip_example);
    g_test_add_func("/write/scores, places and changes", test_results);
    g_test_add_func("/write/a sink that fails is told", test_full_disk);
    return g_test_run();
}
