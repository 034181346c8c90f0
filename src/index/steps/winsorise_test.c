/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* winsorise_test.c - the outermost values move in. */
#include "index/steps/treat_private.h"

#include <math.h>
#include <string.h>

#include "index/index_testing.h"

static const GhIndexTreatOne USUAL = {.winmax = 5, .skew = 2.0, .kurt = 3.5};

static GhWinsorised
winsorise(const double *x, size_t n, GhIndexTreatOne how)
{
    g_autofree double *scratch = g_new(double, gh_winsorise_scratch(n));
    const GhMoments moments = gh_column_moments(x, n);

    return gh_winsorise(x, n, &how, moments.skew, moments.kurt, scratch);
}

/* 17 zeros, 1, 9, 10: mean 1, d = -1 (17 times), 0, 8, 9; sum d^2 = 162, d^3 = 1224, d^4 = 10674;
 * skew = sqrt(20) 1224 / 162^1.5 x sqrt(380) / 18 = 2.875, kurt = (21 x (20 x 10674 / 162^2 - 3) +
 * 6) x 19 / 306 = 7.07: fails. The 10 becomes 9: skew 2.86, kurt 6.90: fails. Both 9 become 1:
 * three 1 among 17 zeros, skew 2.12, kurt 2.78: passes. */
static void
test_winsorised_cells_are_counted_again(void)
{
    const double x[20] = {[3] = 1, [8] = 9, [11] = 10};

    const GhWinsorised one =
        winsorise(x, 20, (GhIndexTreatOne){.winmax = 1, .skew = 2, .kurt = 3.5});
    g_assert_cmpuint(one.n_moved, ==, 1);
    g_assert_cmpfloat(one.high, ==, 9);
    const GhWinsorised all = winsorise(x, 20, USUAL);
    g_assert_cmpuint(all.n_moved, ==, 2); /* not 3: the 10, now a 9, moves with the other 9 */
    g_assert_cmpfloat(all.high, ==, 1);
    g_assert_cmpfloat(all.low, ==, 0);
    gh_index_assert_near(all.skew, 2.1231, 1e-4, "skew");
    gh_index_assert_near(all.kurt, 2.7759, 1e-4, "kurt");
}

/* 36 zeros, 1, 9, 9, 10; winmax 2: the 10 becomes 9 (1 moved, fails), then three 9 become 1: 3
 * moved. */
static void
test_a_tie_may_overshoot(void)
{
    const double x[40] = {[0] = 9, [3] = 1, [8] = 9, [11] = 10};

    const GhWinsorised to =
        winsorise(x, 40, (GhIndexTreatOne){.winmax = 2, .skew = 2, .kurt = 3.5});
    g_assert_cmpuint(to.n_moved, ==, 3);
    g_assert_cmpfloat(to.high, ==, 1);
}

/* 66 zeros, 1, 10, 20, ... 90. Each pass moves the largest to the next; nine of 76 at 10 still fail
 * (kurt of a share p of equal outliers is about (1 - 6 p q) / (p q): 3.6 at p = 9/76, 3.0 at p =
 * 10/76 with them at 1), so the ninth pass moves all to 1. With winmax 5 it ends at 40. */
static void
test_no_limit(void)
{
    double x[76] = {[66] = 1};
    for (size_t k = 1; k <= 9; k++)
        x[66 + k] = 10.0 * (double)k;
    GhIndexTreatOne unlimited = USUAL;
    unlimited.winmax = -1;

    const GhWinsorised five = winsorise(x, 76, USUAL);
    g_assert_cmpuint(five.n_moved, ==, 5);
    g_assert_cmpfloat(five.high, ==, 40);
    const GhWinsorised nine = winsorise(x, 76, unlimited);
    g_assert_cmpuint(nine.n_moved, ==, 9);
    g_assert_cmpfloat(nine.high, ==, 1);
}

static void
test_gaps_do_not_count(void)
{
    const double x[20] = {[3] = 1, [8] = 9, [11] = 10};
    double with_gaps[26];

    for (size_t i = 0, k = 0; i < 26; i++)
        with_gaps[i] = i % 4 == 1 && i < 24 ? (double)NAN : x[k++];
    const GhWinsorised plain = winsorise(x, 20, USUAL), gaps = winsorise(with_gaps, 26, USUAL);
    g_assert_cmpuint(gaps.n_moved, ==, plain.n_moved);
    g_assert_cmpfloat(gaps.high, ==, plain.high);
    g_assert_cmpfloat(gaps.skew, ==, plain.skew);
}

/* -- against the rule written down as it is said, a pass a loop -- */

static size_t
move_all(double *x, size_t n, double from, double to)
{
    size_t n_moved = 0;

    for (size_t i = 0; i < n; i++) {
        if (x[i] == from) {
            x[i] = to;
            n_moved++;
        }
    }
    return n_moved;
}

static size_t
by_the_rule(double *x, size_t n, const GhIndexTreatOne *how)
{
    size_t n_high = 0, n_low = 0;

    for (;;) {
        const GhMoments m = gh_column_moments(x, n);
        double next_high = -INFINITY, next_low = INFINITY;
        if ((!how->force && gh_treat_passes(how, m.skew, m.kurt))
            || (how->winmax >= 0 && n_high + n_low >= (size_t)how->winmax))
            return n_high + n_low;
        for (size_t i = 0; i < n; i++) {
            if (x[i] < m.max)
                next_high = fmax(next_high, x[i]);
            if (x[i] > m.min)
                next_low = fmin(next_low, x[i]);
        }
        if (m.skew >= 0.0 ? next_high == m.min : next_low == m.max)
            return n_high + n_low;
        if (m.skew >= 0.0)
            n_high = move_all(x, n, m.max, next_high);
        else
            n_low = move_all(x, n, m.min, next_low);
    }
}

static void
test_sums_outwards_give_the_rule(void)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(7);
    size_t n_moved = 0, n_both = 0;

    for (int round = 0; round < 3000; round++) {
        const size_t n = 5 + (size_t)g_rand_int_range(chance, 0, 60);
        const double power = 1 + 8 * g_rand_double(chance),
                     grain = g_rand_boolean(chance) ? 8 : 1e6;
        const GhIndexTreatOne how = {.winmax = g_rand_int_range(chance, -1, 12),
                                     .skew = 0.5 + 2 * g_rand_double(chance),
                                     .kurt = 3.5 * g_rand_double(chance)};
        double x[64], y[64];
        for (size_t i = 0; i < n; i++) {
            const double u = 2 * g_rand_double(chance) - 1;
            x[i] = y[i] = round + copysign(floor(grain * pow(fabs(u), power)), u);
        }
        const GhMoments before = gh_column_moments(x, n);
        if (before.min == before.max)
            continue;
        const GhWinsorised got = winsorise(x, n, how);
        const size_t want = by_the_rule(y, n, &how);
        const GhMoments after = gh_column_moments(y, n);
        g_assert_cmpuint(got.n_moved, ==, want);
        g_assert_cmpfloat(got.low, ==, after.min);
        g_assert_cmpfloat(got.high, ==, after.max);
        /* The plain loop's mean is rounded as the values are large; hence not nearer. */
        g_assert_cmpfloat_with_epsilon(got.skew, after.skew, 1e-9);
        g_assert_cmpfloat_with_epsilon(got.kurt, after.kurt, 1e-9 * (1 + fabs(after.kurt)));
        n_moved += want > 0;
        n_both += after.min > before.min && after.max < before.max;
    }
    g_assert_cmpuint(n_moved, >, 300);
    g_assert_cmpuint(n_both, >, 30);
}

/* 1e300 beside ones: once it has moved, what is left is 300 powers of ten nearer. */
static void
test_a_huge_value_does_not_drown_the_others(void)
{
    double x[30], y[30];

    for (size_t i = 0; i < 30; i++)
        x[i] = y[i] = (double)(i % 7);
    x[4] = 1e300;
    y[4] = 6;
    const GhWinsorised to = winsorise(x, 30, USUAL);
    const GhMoments want = gh_column_moments(y, 30);
    g_assert_cmpuint(to.n_moved, ==, 1);
    g_assert_cmpfloat(to.high, ==, 6);
    gh_index_assert_near(to.skew, want.skew, 1e-12, "skew");
    gh_index_assert_near(to.kurt, want.kurt, 1e-12, "kurt");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func(
        "/winsorise/cells already winsorised are tied with the new maximum and counted again",
        test_winsorised_cells_are_counted_again);
    g_test_add_func("/winsorise/a tie may overshoot winmax", test_a_tie_may_overshoot);
    g_test_add_func("/winsorise/winmax -1 is truly unlimited: 9 points where 5 would be the limit",
                    test_no_limit);
    g_test_add_func("/winsorise/gaps do not count", test_gaps_do_not_count);
    g_test_add_func("/winsorise/a constant number of operations a pass gives what the rule gives",
                    test_sums_outwards_give_the_rule);
    g_test_add_func("/winsorise/a huge value does not drown the others",
                    test_a_huge_value_does_not_drown_the_others);
    return g_test_run();
}
