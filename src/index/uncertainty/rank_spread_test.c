/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rank_spread_test.c - figures of places: near together, far apart, missing. */
#include <math.h>
#include <string.h>

#include "index/uncertainty/uncertainty_private.h"

enum {
    N_UNITS = 1000,
    N = 5
};

/* Two units, 1,000 stand in the table: places of unit 0 lie near together and are counted, those of unit 1 far apart and are
 * sorted. Type 7 of five: h = 4 p, so that the quartiles are the second and the fourth, and 5 % is a fifth of the
 * way from the first to the second. */
static void
test_near_and_far(void)
{
    static const int near[N] = {7, 5, 9, 5, 6}, far[N] = {900, 1, 500, 30, 700};
    static const size_t top[] = {1, 5, 2000};
    g_autofree int *places = g_new0(int, N_UNITS *N);
    g_autofree GhIndexRankSpread *got = g_new0(GhIndexRankSpread, N_UNITS);

    for (size_t r = 0; r < N; r++) {
        places[r * N_UNITS] = near[r];
        places[r * N_UNITS + 1] = far[r];
    }
    gh_index_spread(places, N_UNITS, N, top, 3, got);

    g_assert_cmpfloat(got[0].mean, ==, 6.4);
    g_assert_cmpfloat(got[0].median, ==, 6.0);
    g_assert_cmpfloat(got[0].q5, ==, 5.0);
    g_assert_cmpfloat(got[0].q25, ==, 5.0);
    g_assert_cmpfloat(got[0].q75, ==, 7.0);
    g_assert_cmpfloat_with_epsilon(got[0].q95, 8.6, 1e-12);
    g_assert_cmpfloat(got[0].p_top[0], ==, 0.0);
    g_assert_cmpfloat(got[0].p_top[1], ==, 0.4);
    g_assert_cmpfloat(got[0].p_top[2], ==, 1.0);

    g_assert_cmpfloat(got[1].mean, ==, 426.2);
    g_assert_cmpfloat(got[1].median, ==, 500.0);
    g_assert_cmpfloat_with_epsilon(got[1].q5, 1.0 + 0.2 * 29.0, 1e-12);
    g_assert_cmpfloat(got[1].q25, ==, 30.0);
    g_assert_cmpfloat(got[1].q75, ==, 700.0);
    g_assert_cmpfloat(got[1].p_top[0], ==, 0.2);

    g_assert_cmpuint(got[2].n, ==, 0);
    g_assert_true(isnan(got[2].mean) && isnan(got[2].q95) && isnan(got[2].p_top[2]));
    for (size_t i = 0; i < N_UNITS; i++)
        g_free(got[i].p_top);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/spread/places near together and far apart, by hand", test_near_and_far);
    return g_test_run();
}
