/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_treat_bench.c - outliers of invented units and 91 indicators, with the default parameters:
 *
 *     index_treat_bench [N_UNITS [heavy]]
 *
 * Prints the CPU milliseconds of one treatment on one thread, the median of 7, and how many columns
 * were changed. The numbers are those of the minimal standard generator (Park and Miller 1988), u
 * and u^3 by turns, on which all columns pass; heavy: u^12 in every column, so that every column is
 * winsorised and then transformed.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "index/steps.h"

enum {
    N_UNITS = 10000,
    N_INDICATORS = 91,
    N_PASSES = 7,
};

static const double HEAVY_POWER = 12.0;

static double
cpu_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static GhIndexData *
invent(size_t n_units, bool heavy, GError **error)
{
    const GhIndexDataSize size = {
        .n_units = n_units, .n_indicators = N_INDICATORS, .n_nodes = N_INDICATORS + 1};
    g_autoptr(GhIndexData) data = gh_index_data_new(&size, error);
    uint64_t s = 20240601;

    if (data == NULL)
        return NULL;
    for (size_t i = 0; i < n_units; i++) {
        data->unit_codes[i] = g_strdup_printf("u%07zu", i + 1);
        for (size_t j = 0; j < N_INDICATORS; j++) {
            s = 16807 * s % 2147483647;
            const double u = (double)s / 2147483647.0;
            const double power = heavy ? HEAVY_POWER : j % 2 == 0 ? 3.0 : 1.0;
            data->values[j * n_units + i] = pow(u, power);
        }
    }
    for (size_t j = 0; j < N_INDICATORS; j++) {
        data->nodes[j].code = g_strdup_printf("i%02zu", j + 1);
        data->nodes[j].parent = N_INDICATORS;
    }
    data->nodes[N_INDICATORS].code = g_strdup("index");
    data->nodes[N_INDICATORS].level = 2;
    if (!gh_index_data_complete(data, error))
        return NULL;
    return g_steal_pointer(&data);
}

static size_t
count_changed(const GhIndexState *state)
{
    size_t n = 0;

    for (size_t j = 0; j < N_INDICATORS; j++)
        n += memcmp(gh_index_state_column(state, j), state->data->values + j * state->n_units,
                    state->n_units * sizeof(double))
             != 0;
    return n;
}

static int
compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
    const size_t n_units = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : N_UNITS;
    const bool heavy = argc > 2 && strcmp(argv[2], "heavy") == 0;
    const GhIndexTreat how = {.usual = {.winmax = 5,
                                        .skew = 2.0,
                                        .kurt = 3.5,
                                        .transform = GH_TRANSFORM_LOG_CT,
                                        .lambda = NAN}};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexData) data = invent(n_units, heavy, &error);
    double ms[N_PASSES];
    size_t n_changed = 0;

    for (size_t pass = 0; data != NULL && pass < N_PASSES; pass++) {
        g_autoptr(GhIndexState) state = gh_index_state_new(data);
        const double start = cpu_ms();
        if (!gh_index_treat(state, &how, NULL, &error))
            break;
        ms[pass] = cpu_ms() - start;
        n_changed = count_changed(state);
    }
    if (error != NULL) {
        fprintf(stderr, "index_treat_bench: %s\n", error->message);
        return 1;
    }
    qsort(ms, N_PASSES, sizeof *ms, compare);
    printf("treat %zu x %d%s: %.2f ms CPU, %zu columns changed\n", n_units, N_INDICATORS,
           heavy ? " heavy" : "", ms[N_PASSES / 2], n_changed);
    return 0;
}
