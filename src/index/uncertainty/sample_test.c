/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sample_test.c - points in the unit cube: balanced where they should be, and laid out as promised. */
#include <math.h>

#include "index/uncertainty.h"

static double *
sample(GhIndexSampling sampling, size_t n, size_t d, uint64_t seed)
{
    g_autoptr(GError) error = NULL;
    double *points = g_new(double, n *d);

    g_assert_true(gh_index_sample(sampling, n, d, seed, points, &error));
    g_assert_no_error(error);
    for (size_t v = 0; v < n * d; v++)
        g_assert_true(points[v] > 0.0 && points[v] < 1.0);
    return points;
}

static void
assert_one_a_stratum(const double *column, size_t n, size_t n_strata)
{
    g_autofree size_t *counts = g_new0(size_t, n_strata);

    for (size_t r = 0; r < n; r++)
        counts[(size_t)(column[r] * (double)n_strata)]++;
    for (size_t s = 0; s < n_strata; s++)
        g_assert_cmpuint(counts[s], ==, n / n_strata);
}

/* 2^m points of a (t, s)-sequence, with its first point and a digital shift: each of 2^m equal intervals of each
 * coordinate holds exactly one. */
static void
test_sobol_columns_are_balanced(void)
{
    enum {
        N = 256,
        D = 40
    };
    for (uint64_t seed = 1; seed <= 3; seed++) {
        g_autofree double *points = sample(GH_SAMPLING_SOBOL, N, D, seed);
        for (size_t c = 0; c < D; c++)
            assert_one_a_stratum(points + c * N, N, N);
    }
}

/* The first two coordinates are a (0, 2)-sequence: of 16 points one in each cell of 4 x 4 and of 2 x 8. */
static void
test_sobol_pairs_are_balanced(void)
{
    g_autofree double *points = sample(GH_SAMPLING_SOBOL, 16, 2, 9);
    bool square[4][4] = {{false}}, oblong[2][8] = {{false}};

    for (size_t r = 0; r < 16; r++) {
        const double x = points[r], y = points[16 + r];
        square[(size_t)(x * 4.0)][(size_t)(y * 4.0)] = true;
        oblong[(size_t)(x * 2.0)][(size_t)(y * 8.0)] = true;
    }
    for (size_t cell = 0; cell < 16; cell++) {
        g_assert_true(square[cell / 4][cell % 4]);
        g_assert_true(oblong[cell / 8][cell % 8]);
    }
}

static void
test_further_columns_are_latin(void)
{
    enum {
        N = 100,
        D = 45
    };
    g_autofree double *points = sample(GH_SAMPLING_SOBOL, N, D, 4);
    g_autofree double *fewer = sample(GH_SAMPLING_SOBOL, N, 40, 4);

    for (size_t v = 0; v < 40 * (size_t)N; v++)
        g_assert_cmpfloat(points[v], ==, fewer[v]);
    for (size_t c = 40; c < D; c++) {
        assert_one_a_stratum(points + c * N, N, N);
        size_t n_in_place = 0;
        for (size_t r = 0; r < N; r++)
            n_in_place += (size_t)(points[c * N + r] * N) == r;
        g_assert_cmpuint(n_in_place, <, 10); /* 1 is expected of a random order */
    }
}

static void
test_seed_decides(void)
{
    static const GhIndexSampling samplings[] = {GH_SAMPLING_SOBOL, GH_SAMPLING_MONTE_CARLO};

    for (size_t s = 0; s < G_N_ELEMENTS(samplings); s++) {
        g_autofree double *one = sample(samplings[s], 50, 3, 1);
        g_autofree double *same = sample(samplings[s], 50, 3, 1);
        g_autofree double *other = sample(samplings[s], 50, 3, 2);
        size_t n_equal = 0;
        for (size_t v = 0; v < 150; v++) {
            g_assert_cmpfloat(one[v], ==, same[v]);
            n_equal += one[v] == other[v];
        }
        g_assert_cmpuint(n_equal, ==, 0);
    }
}

static void
test_layout_of_a_sensitivity_sample(void)
{
    enum {
        N = 8,
        D = 3,
        ROWS = N * (D + 2)
    };
    g_autoptr(GError) error = NULL;
    g_autofree double *both = sample(GH_SAMPLING_SOBOL, N, 2 * D, 5);
    g_autofree double *rows = g_new(double, ROWS *D);

    g_assert_true(gh_index_sensitivity_sample(GH_SAMPLING_SOBOL, N, D, 5, rows, &error));
    for (size_t c = 0; c < D; c++) {
        for (size_t r = 0; r < N; r++) {
            const double a = both[c * N + r], b = both[(D + c) * N + r];
            g_assert_cmpfloat(rows[c * ROWS + r], ==, a);
            g_assert_cmpfloat(rows[c * ROWS + N + r], ==, b);
            for (size_t i = 0; i < D; i++)
                g_assert_cmpfloat(rows[c * ROWS + (2 + i) * N + r], ==, i == c ? b : a);
        }
    }
}

static void
test_impossible_sizes(void)
{
    static const struct {
        const char *label;
        size_t n, d;
    } cases[] = {
        {.label = "no points", .n = 0, .d = 1},
        {.label = "no dimensions", .n = 1, .d = 0},
        {.label = "too many dimensions", .n = 1, .d = GH_INDEX_MAX_DIMENSIONS + 1},
        {.label = "more points than Sobol's sequence has bits", .n = ((size_t)1 << 30) + 1, .d = 1},
    };
    double untouched = 7.0;

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[c].label);
        g_assert_false(
            gh_index_sample(GH_SAMPLING_SOBOL, cases[c].n, cases[c].d, 1, &untouched, &error));
        g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT);
        g_assert_cmpfloat(untouched, ==, 7.0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/sample/256 Sobol points have one in each of 256 parts of each column",
                    test_sobol_columns_are_balanced);
    g_test_add_func("/index/sample/16 Sobol points have one in each cell of 4 x 4 and 2 x 8",
                    test_sobol_pairs_are_balanced);
    g_test_add_func("/index/sample/columns beyond 40 are a Latin hypercube in random order",
                    test_further_columns_are_latin);
    g_test_add_func("/index/sample/the seed decides, and nothing else", test_seed_decides);
    g_test_add_func("/index/sample/a sensitivity sample is A, B and A with one column of B each",
                    test_layout_of_a_sensitivity_sample);
    g_test_add_func("/index/sample/sizes that cannot be are refused", test_impossible_sizes);
    return g_test_run();
}
