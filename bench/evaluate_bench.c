/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* evaluate_bench.c - scores of 10,000 invented cities in memory: U4SSC and its open targets.
 *
 * Prints the CPU seconds of one pass over all cities, the median of 7 passes. A checksum of the scores
 * keeps the compiler from leaving the work out. The cities are different from each other, and a tenth
 * of the figures is missing.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "evaluation/scores.h"

enum {
    N_CITIES = 10000,
    N_PASSES = 7,
    MISSING_ONE_IN = 10,
};

static double
cpu_seconds(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Between nothing and twice the target, so that every band occurs. */
static double
invent_value(GRand *chance, const GhTarget *target)
{
    double scale = isnan(target->target) || target->target == 0 ? 1 : fabs(target->target);

    return round(1000 * g_rand_double(chance) * 2 * scale) / 1000;
}

static GhFigureSet *
invent_cities(const GhFramework *framework, const GhTargetSet *targets)
{
    GhFigureSet *sets = g_new0(GhFigureSet, N_CITIES);
    GRand *chance = g_rand_new_with_seed(1);

    for (size_t c = 0; c < N_CITIES; c++) {
        sets[c].city_id = (int64_t)c + 1;
        sets[c].year = 2025;
        sets[c].n_figures = framework->n_data_points;
        sets[c].figures = g_new0(GhFigure, framework->n_data_points);
        for (size_t i = 0; i < framework->n_data_points; i++) {
            bool missing = g_rand_int_range(chance, 0, MISSING_ONE_IN) == 0;
            sets[c].figures[i] = (GhFigure){
                .data_point = i,
                .year = 2025,
                .status = missing ? GH_STATUS_MISSING : GH_STATUS_REPORTED,
                .value = missing ? (double)NAN : invent_value(chance, &targets->targets[i]),
            };
        }
    }
    g_rand_free(chance);
    return sets;
}

static double
run_pass(const GhFramework *framework, const GhTargetSet *targets, const GhFigureSet *sets,
         GhScores *scores)
{
    const GhScoreOptions options = {.verified_only = false};
    double checksum = 0;

    for (size_t c = 0; c < N_CITIES; c++) {
        gh_scores_compute(framework, targets, &sets[c], &options, scores);
        checksum += scores->groups[0].score;
    }
    return checksum;
}

static int
compare_doubles(const void *a, const void *b)
{
    const double *first = a;
    const double *second = b;

    return (*first > *second) - (*first < *second);
}

static GhFramework *
load_framework(GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", error);
    if (files == NULL)
        return NULL;
    return gh_framework_parse(files, faults, error);
}

int
main(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFramework) framework = load_framework(&error);
    if (framework == NULL) {
        fprintf(stderr, "evaluate_bench: %s\n", error->message);
        return 1;
    }

    const GhTargetSet *targets = gh_framework_find_targets(framework, "open");
    GhFigureSet *sets = invent_cities(framework, targets);
    g_autoptr(GhScores) scores = gh_scores_new(framework);
    double seconds[N_PASSES] = {0};
    double checksum = 0;
    for (size_t i = 0; i < N_PASSES; i++) {
        double start = cpu_seconds();
        checksum = run_pass(framework, targets, sets, scores);
        seconds[i] = cpu_seconds() - start;
    }
    qsort(seconds, N_PASSES, sizeof seconds[0], compare_doubles);
    printf("%.3f s (%.3f to %.3f in %d passes; checksum %.6f)\n", seconds[N_PASSES / 2], seconds[0],
           seconds[N_PASSES - 1], N_PASSES, checksum);

    for (size_t c = 0; c < N_CITIES; c++)
        g_free(sets[c].figures);
    g_free(sets);
    return 0;
}
