/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* draw_bench.c - the wheel of an invented city with all of U4SSC, as SVG and as PNG of 1000 pixels:
 *
 *     draw_bench svg|png
 *
 * Prints the CPU milliseconds of one drawing, from the scores to the bytes, the median of many. The first
 * is told apart: in it fonts are loaded, which a server does once a thread.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evaluation/evaluation.h"

enum {
    N_PASSES = 41,
    PNG_WIDTH = 1000,
    MISSING_ONE_IN = 10,
};

typedef struct {
    GhEvaluation evaluation;
    bool png;
} Bench;

static double
cpu_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

/* Around the target, so that every band occurs. */
static GhFigureSet *
invent_figures(const GhFramework *framework, const GhTargetSet *targets)
{
    GhFigureSet *set = g_new0(GhFigureSet, 1);
    GRand *chance = g_rand_new_with_seed(1);

    set->year = 2025;
    set->n_figures = framework->n_data_points;
    set->figures = g_new0(GhFigure, set->n_figures);
    for (size_t i = 0; i < set->n_figures; i++) {
        const GhTarget *target = &targets->targets[i];
        double scale = isnan(target->target) || target->target <= 0 ? 1 : target->target;
        bool missing = g_rand_int_range(chance, 0, MISSING_ONE_IN) == 0;

        set->figures[i] = (GhFigure){
            .data_point = i,
            .year = set->year,
            .status = missing ? GH_STATUS_MISSING : GH_STATUS_REPORTED,
            .value = missing ? (double)NAN : round(100 * g_rand_double(chance) * scale) / 100,
        };
    }
    g_rand_free(chance);
    return set;
}

/* Returns the number of bytes, which keeps the work from being left out. */
static size_t
draw(const Bench *bench, GError **error)
{
    g_autoptr(GhDrawing) wheel = gh_city_wheel(&bench->evaluation, gh_lang_source(), "", 0);

    if (bench->png) {
        g_autoptr(GBytes) png = gh_drawing_png(wheel, PNG_WIDTH, error);
        return png != NULL ? g_bytes_get_size(png) : 0;
    }
    g_autoptr(GString) svg = g_string_new(NULL);
    gh_drawing_svg(wheel, GH_SVG_INLINE, "wheel", svg);
    return svg->len;
}

static int
compare_doubles(const void *a, const void *b)
{
    const double *first = a;
    const double *second = b;

    return (*first > *second) - (*first < *second);
}

static bool
run_bench(const Bench *bench, GError **error)
{
    double ms[N_PASSES] = {0};
    size_t n_bytes = 0;

    for (size_t i = 0; i < N_PASSES; i++) {
        double start = cpu_ms();
        n_bytes = draw(bench, error);
        if (n_bytes == 0)
            return false;
        ms[i] = cpu_ms() - start;
    }
    double first = ms[0];
    qsort(ms, N_PASSES, sizeof ms[0], compare_doubles);
    printf("%.1f ms (%.1f to %.1f in %d passes, the first %.1f; %zu bytes)\n", ms[N_PASSES / 2],
           ms[0], ms[N_PASSES - 1], N_PASSES, first, n_bytes);
    return true;
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
main(int argc, char **argv)
{
    if (argc != 2 || (strcmp(argv[1], "svg") != 0 && strcmp(argv[1], "png") != 0)) {
        fputs("usage: draw_bench svg|png\n", stderr);
        return 2;
    }

    g_autoptr(GError) error = NULL;
    g_autoptr(GhFramework) framework = load_framework(&error);
    if (framework == NULL) {
        fprintf(stderr, "draw_bench: %s\n", error->message);
        return 1;
    }
    static char slug[] = "fictional", name[] = "Fictional City", country[] = "XX";
    const GhCity city = {.slug = slug, .name = name, .country_code = country};
    const GhTargetSet *targets = gh_framework_find_targets(framework, "open");
    g_autoptr(GhFigureSet) figures = invent_figures(framework, targets);
    g_autoptr(GhScores) scores = gh_scores_new(framework);
    gh_scores_compute(framework, targets, figures, &(GhScoreOptions){0}, scores);
    const Bench bench = {
        .evaluation = {framework, targets, &city, figures, scores},
        .png = strcmp(argv[1], "png") == 0,
    };
    if (!run_bench(&bench, &error)) {
        fprintf(stderr, "draw_bench: %s\n", error->message);
        return 1;
    }
    return 0;
}
