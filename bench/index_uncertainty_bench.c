/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_uncertainty_bench.c - what uncertainty and sensitivity of an index take: index_uncertainty_bench.
 *
 * Measured on the ASEM example (51 units, 49 indicators; its four parameters: winsorising, normalisation, weights,
 * aggregation), which is not part of the project: the folder that holds composite/ is named by
 * GUILDHALL_REFERENCE, else ../shared/data; without it one line says so. Prints a line a measurement: its name, the
 * median of CPU and of wall-clock milliseconds of seven runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "index/read.h"
#include "index/uncertainty.h"

enum {
    N_RUNS = 7
};

static const char SPEC[] =
    "{\"format\": \"guildhall-index-1\", \"name\": \"ASEM\", \"steps\": ["
    "{\"step\": \"denominate\"},"
    "{\"step\": \"impute\", \"method\": \"mean\", \"group\": \"EurAsia_group\"},"
    "{\"step\": \"screen\", \"min_available\": 0.9},"
    "{\"step\": \"treat\", \"winmax\": 5},"
    "{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 0, \"upper\": 100},"
    "{\"step\": \"weights\", \"method\": \"given\"},"
    "{\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
    "\"uncertainty\": {\"parameters\": ["
    "{\"name\": \"Winmax\", \"change\": \"treat.winmax\", \"values\": [1, 2, 3, 4, 5]},"
    "{\"name\": \"Normalisation\", \"change\": \"normalise\", \"values\": ["
    "{\"method\": \"min_max\", \"lower\": 1, \"upper\": 100},"
    "{\"method\": \"z_score\", \"mean\": 10, \"sd\": 2}]},"
    "{\"name\": \"Weights\", \"noise\": {\"2\": 0.25, \"3\": 0.25}},"
    "{\"name\": \"Aggregation\", \"change\": \"aggregate.method\","
    "\"values\": [\"arithmetic\", \"geometric\"]}]}}";

static double
clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int
compare_numbers(const void *a, const void *b)
{
    double one = *(const double *)a;
    double other = *(const double *)b;
    return one < other ? -1 : one > other;
}

static double
median(double *numbers)
{
    qsort(numbers, N_RUNS, sizeof *numbers, compare_numbers);
    return numbers[N_RUNS / 2];
}

static bool
measure(const char *name, GhIndexData *data, const GhIndexSpec *spec,
        const GhIndexUncertaintyOptions *options)
{
    double cpu[N_RUNS] = {0}, wall[N_RUNS] = {0};

    for (size_t run = 0; run < N_RUNS; run++) {
        g_autoptr(GError) error = NULL;
        const double cpu_before = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        const double wall_before = clock_ms(CLOCK_MONOTONIC);
        g_autoptr(GhIndexUncertaintyResult) result =
            gh_index_uncertainty(data, spec, options, &error);
        if (result == NULL) {
            g_printerr("%s: %s\n", name, error->message);
            return false;
        }
        cpu[run] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu_before;
        wall[run] = clock_ms(CLOCK_MONOTONIC) - wall_before;
    }
    printf("%-52s %9.2f %9.2f\n", name, median(cpu), median(wall));
    fflush(stdout);
    return true;
}

static bool
measure_all(GhIndexData *data, const GhIndexSpec *spec)
{
    static const struct {
        const char *name;
        GhIndexAnalysis analysis;
        size_t n;
        unsigned n_threads;
        bool with_dominance;
    } cases[] = {
        {"UA N=1000, 1 thread", GH_INDEX_UNCERTAINTY, 1000, 1, false},
        {"UA N=1000, 1 thread, pairs compared", GH_INDEX_UNCERTAINTY, 1000, 1, true},
        {"UA N=2000, 1 thread", GH_INDEX_UNCERTAINTY, 2000, 1, false},
        {"UA N=4000, 1 thread", GH_INDEX_UNCERTAINTY, 4000, 1, false},
        {"UA N=16000, 1 thread", GH_INDEX_UNCERTAINTY, 16000, 1, false},
        {"UA N=16000, 2 threads", GH_INDEX_UNCERTAINTY, 16000, 2, false},
        {"UA N=1000, 2 threads", GH_INDEX_UNCERTAINTY, 1000, 2, false},
        {"SA N=1000, 4 parameters, bootstrap 1000, 1 thread", GH_INDEX_SENSITIVITY, 1000, 1, false},
        {"SA N=1000, 4 parameters, bootstrap 1000, 2 threads", GH_INDEX_SENSITIVITY, 1000, 2,
         false},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        if (!measure(cases[c].name, data, spec,
                     &(GhIndexUncertaintyOptions){.analysis = cases[c].analysis,
                                                  .replications = cases[c].n,
                                                  .n_threads = cases[c].n_threads,
                                                  .with_dominance = cases[c].with_dominance}))
            return false;
    }
    return true;
}

static GhIndexData *
read_data(const char *folder)
{
    g_autofree char *data = g_build_filename(folder, "composite", "asem_iData.csv", NULL);
    g_autofree char *meta = g_build_filename(folder, "composite", "asem_iMeta.csv", NULL);
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    if (!g_file_test(data, G_FILE_TEST_EXISTS)) {
        printf("skipped: the ASEM example is not in %s; GUILDHALL_REFERENCE names its folder\n",
               folder);
        return NULL;
    }
    GhIndexData *read = gh_index_read_paths(data, meta, faults, &error);
    if (read == NULL)
        g_printerr("%s\n", error->message);
    return read;
}

int
main(void)
{
    const char *given = g_getenv("GUILDHALL_REFERENCE");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexData) data = read_data(given != NULL ? given : "../shared/data");
    if (data == NULL)
        return 0;
    g_autoptr(GhIndexSpec) spec = gh_index_spec_parse("asem", SPEC, strlen(SPEC), faults, &error);
    if (spec == NULL) {
        g_printerr("%s\n", error->message);
        return 1;
    }
    return measure_all(data, spec) ? 0 : 1;
}
