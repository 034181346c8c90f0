/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_step_bench.c - normalising and aggregating invented figures:
 *
 *     index_step_bench [mean|means|copeland|growth|million]...
 *
 * Without arguments all of them, "million" last. Prints a line each: name, CPU milliseconds of the two steps, median of
 * seven; for the million units the peak of the process too, beside the bytes of the data. One thread.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "index/steps.h"

enum {
    N_PASSES = 7,
    PILLAR_SIZE = 7, /* indicators a pillar: 91 make 13 */
};

/* A choice of steps on invented data. */
typedef struct {
    const char *name;
    size_t n_units, n_indicators;
    GhIndexAggregateMethod method;
    bool flat;        /* all indicators straight into the index */
    bool own_weights; /* unequal */
} Bench;

static double
cpu_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static double
peak_mb(void)
{
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024.0;
}

static void
invent_nodes(GhIndexData *data, const Bench *bench)
{
    const size_t n = bench->n_indicators;

    for (size_t k = 0; k < data->n_nodes; k++) {
        GhIndexNode *node = &data->nodes[k];
        node->code = g_strdup_printf("n%05zu", k);
        node->level = k < n ? 1 : k + 1 < data->n_nodes ? 2 : bench->flat ? 2 : 3;
        if (k + 1 < data->n_nodes)
            node->parent =
                (gssize)(k < n && !bench->flat ? n + k / PILLAR_SIZE : data->n_nodes - 1);
        if (k < n && (k + 1) % 5 == 0)
            node->direction = -1;
        if (bench->own_weights)
            node->weight = 1.0 + 0.01 * (double)(k % 17);
    }
}

/* Invented: the Lehmer sequence 16807 s mod (2^31 - 1), every second indicator cubed, to be skew. */
static GhIndexData *
invent(const Bench *bench, GError **error)
{
    const size_t n_pillars = (bench->n_indicators + PILLAR_SIZE - 1) / PILLAR_SIZE;
    const GhIndexDataSize size = {
        .n_units = bench->n_units,
        .n_indicators = bench->n_indicators,
        .n_nodes = bench->n_indicators + (bench->flat ? 1 : n_pillars + 1),
    };
    uint64_t s = 20240601;
    g_autoptr(GhIndexData) data = gh_index_data_new(&size, error);
    if (data == NULL)
        return NULL;

    for (size_t i = 0; i < bench->n_units; i++) {
        data->unit_codes[i] = g_strdup_printf("u%07zu", i + 1);
        for (size_t j = 0; j < bench->n_indicators; j++) {
            s = 16807 * s % 2147483647;
            const double u = (double)s / 2147483647.0;
            data->values[j * bench->n_units + i] = j % 2 == 0 ? u * u * u : u;
        }
    }
    invent_nodes(data, bench);
    if (!gh_index_data_complete(data, error))
        return NULL;
    return g_steal_pointer(&data);
}

static bool
run_steps(GhIndexState *state, const Bench *bench, double *ret_ms, GError **error)
{
    const bool penalty = bench->method == GH_AGGREGATE_MAZZIOTTA_PARETO;
    const GhIndexNormalise normalise = {
        .usual = {
            .method = penalty ? GH_NORMALISE_MAZZIOTTA_PARETO : GH_NORMALISE_MIN_MAX,
            .lower = 1.0,
            .upper = 100.0,
        }};
    const GhIndexAggregateLevel level = {.method = bench->method, .power = 2.0};
    const GhIndexAggregate aggregate = {.levels = &level, .n_levels = 1};
    const double start = cpu_ms();

    if (!gh_index_normalise(state, &normalise, NULL, error)
        || !gh_index_aggregate(state, &aggregate, NULL, error))
        return false;
    *ret_ms = cpu_ms() - start;
    return true;
}

static int
compare_doubles(const void *a, const void *b)
{
    const double first = *(const double *)a;
    const double second = *(const double *)b;

    return (first > second) - (first < second);
}

static bool
run_bench(const Bench *bench, GError **error)
{
    double ms[N_PASSES] = {0};
    g_autoptr(GhIndexData) data = invent(bench, error);
    if (data == NULL)
        return false;

    for (size_t i = 0; i < N_PASSES; i++) {
        g_autoptr(GhIndexState) state = gh_index_state_new(data);
        if (!run_steps(state, bench, &ms[i], error))
            return false;
    }
    qsort(ms, N_PASSES, sizeof ms[0], compare_doubles);
    printf("%-42s %10.2f ms", bench->name, ms[N_PASSES / 2]);
    if (bench->n_units >= 1000000) {
        const double input = (double)(bench->n_units * bench->n_indicators * sizeof(double));
        printf("   peak %.0f MB, %.2f x the input", peak_mb(),
               peak_mb() / (input / (1024.0 * 1024.0)));
    }
    printf("\n");
    fflush(stdout);
    return true;
}

static const struct {
    const char *group;
    Bench bench;
} benches[] = {
    {"mean", {"arithmetic 1,000 x 91", 1000, 91, GH_AGGREGATE_ARITHMETIC, false, false}},
    {"mean", {"arithmetic 10,000 x 91", 10000, 91, GH_AGGREGATE_ARITHMETIC, false, false}},
    {"means", {"geometric 10,000 x 91", 10000, 91, GH_AGGREGATE_GEOMETRIC, false, false}},
    {"means",
     {"geometric, unequal weights 10,000 x 91", 10000, 91, GH_AGGREGATE_GEOMETRIC, false, true}},
    {"means", {"harmonic 10,000 x 91", 10000, 91, GH_AGGREGATE_HARMONIC, false, false}},
    {"means", {"power 2 10,000 x 91", 10000, 91, GH_AGGREGATE_POWER, false, false}},
    {"means", {"median 10,000 x 91", 10000, 91, GH_AGGREGATE_MEDIAN, false, false}},
    {"means",
     {"Mazziotta-Pareto 10,000 x 91", 10000, 91, GH_AGGREGATE_MAZZIOTTA_PARETO, false, false}},
    {"copeland", {"Copeland flat 1,000 x 91", 1000, 91, GH_AGGREGATE_COPELAND, true, false}},
    {"copeland", {"Copeland flat 10,000 x 91", 10000, 91, GH_AGGREGATE_COPELAND, true, false}},
    {"copeland",
     {"Copeland flat, unequal weights 10,000 x 91", 10000, 91, GH_AGGREGATE_COPELAND, true, true}},
    {"growth", {"arithmetic 20,000 x 91", 20000, 91, GH_AGGREGATE_ARITHMETIC, false, false}},
    {"growth", {"arithmetic 40,000 x 91", 40000, 91, GH_AGGREGATE_ARITHMETIC, false, false}},
    {"growth", {"arithmetic 10,000 x 182", 10000, 182, GH_AGGREGATE_ARITHMETIC, false, false}},
    {"growth", {"arithmetic 10,000 x 364", 10000, 364, GH_AGGREGATE_ARITHMETIC, false, false}},
    {"growth", {"Copeland flat 2,500 x 91", 2500, 91, GH_AGGREGATE_COPELAND, true, false}},
    {"growth", {"Copeland flat 5,000 x 91", 5000, 91, GH_AGGREGATE_COPELAND, true, false}},
    {"million", {"arithmetic 1,000,000 x 91", 1000000, 91, GH_AGGREGATE_ARITHMETIC, false, false}},
};

static bool
is_asked(int argc, char **argv, const char *group)
{
    for (int a = 1; a < argc; a++) {
        if (strcmp(argv[a], group) == 0)
            return true;
    }
    return argc == 1;
}

int
main(int argc, char **argv)
{
    size_t n_run = 0;

    for (size_t b = 0; b < G_N_ELEMENTS(benches); b++) {
        g_autoptr(GError) error = NULL;
        if (!is_asked(argc, argv, benches[b].group))
            continue;
        n_run++;
        if (!run_bench(&benches[b].bench, &error)) {
            fprintf(stderr, "index_step_bench: %s\n", error->message);
            return 1;
        }
    }
    if (n_run == 0) {
        fputs("usage: index_step_bench [mean|means|copeland|growth|million]...\n", stderr);
        return 2;
    }
    return 0;
}
