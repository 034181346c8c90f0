/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* column_test.c - moments, quantiles and ranks of one column, by hand and as published. */
#include "index/column.h"
#include "index/index_testing.h"

#include <math.h>

static void
near(double got, double want, const char *label)
{
    gh_index_assert_near(got, want, 1e-12, label);
}

/* x = 1 2 3 10: mean 4, d = -3 -2 -1 6, sum d^2 = 50, sum d^3 = -27 - 8 - 1 + 216 = 180,
 * sum d^4 = 81 + 16 + 1 + 1296 = 1394. sd = sqrt(50 / 3).
 * g = sqrt(4) 180 / 50^1.5 = 1.018233764908628; skew = g sqrt(12) / 2 = 1.763632615.
 * r = 4 1394 / 2500 = 2.2304; kurt = (5 (2.2304 - 3) + 6) 3 / (2 1) = 3.228. */
static void
test_moments_by_hand(void)
{
    const double x[] = {2, NAN, 10, 1, 3};
    const GhMoments moments = gh_column_moments(x, 5);

    g_assert_cmpuint(moments.n, ==, 4);
    near(moments.min, 1, "min");
    near(moments.max, 10, "max");
    near(moments.mean, 4, "mean");
    near(moments.sd, sqrt(50.0 / 3.0), "sd");
    near(moments.skew, 360.0 / pow(50.0, 1.5) * sqrt(12.0) / 2.0, "skew");
    near(moments.kurt, 3.228, "kurt");
}

static void
test_moments_that_are_not_defined(void)
{
    const double constant[] = {5, 5, 5, 5};
    const double two[] = {1, 2};
    const double none[] = {NAN, NAN};

    g_assert_true(isnan(gh_column_moments(constant, 4).skew));
    g_assert_true(isnan(gh_column_moments(constant, 4).kurt));
    g_assert_true(isnan(gh_column_moments(two, 2).skew));
    near(gh_column_moments(two, 2).sd, sqrt(0.5), "sd of two");
    g_assert_true(isnan(gh_column_mean_sd(two, 1).sd));
    g_assert_cmpuint(gh_column_moments(none, 2).n, ==, 0);
    g_assert_true(isnan(gh_column_moments(none, 2).mean));
    g_assert_true(isnan(gh_column_range(none, 2).max));
}

static void
test_moments_of_huge_values_do_not_overflow(void)
{
    const double x[] = {2e200, 10e200, 1e200, 3e200};
    const GhMoments moments = gh_column_moments(x, 4);

    near(moments.skew, 360.0 / pow(50.0, 1.5) * sqrt(12.0) / 2.0, "skew");
    near(moments.kurt, 3.228, "kurt");
}

/* h = 3 p: p = 0.25 -> 0.75: 1 + 0.75 (2 - 1); p = 0.5 -> 1.5: 2 + 0.5 (4 - 2). */
static void
test_quantiles(void)
{
    const double x[] = {8, NAN, 1, 4, 2};
    double sorted[5];
    const size_t n = gh_column_sort(x, 5, sorted);

    g_assert_cmpuint(n, ==, 4);
    near(gh_column_quantile(sorted, n, 0.0), 1, "p 0");
    near(gh_column_quantile(sorted, n, 0.25), 1.75, "p 0.25");
    near(gh_column_quantile(sorted, n, 0.5), 3, "p 0.5");
    near(gh_column_quantile(sorted, n, 1.0), 8, "p 1");
    near(gh_column_quantile(sorted, 1, 0.3), 1, "one value");
    g_assert_true(isnan(gh_column_quantile(sorted, 0, 0.5)));
}

static void
test_ranks_and_ties(void)
{
    const double x[] = {3, 1, NAN, 3, 7};
    const struct {
        const char *label;
        GhTies ties;
        double want[5];
    } cases[] = {
        {"min", GH_TIES_MIN, {2, 1, NAN, 2, 4}},
        {"max", GH_TIES_MAX, {3, 1, NAN, 3, 4}},
        {"average", GH_TIES_AVERAGE, {2.5, 1, NAN, 2.5, 4}},
        {"first", GH_TIES_FIRST, {2, 1, NAN, 3, 4}},
    };
    size_t order[5];
    double ranks[5];

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        gh_column_rank(x, 5, cases[c].ties, order, ranks);
        for (size_t i = 0; i < 5; i++)
            near(ranks[i], cases[c].want[i], cases[c].label);
    }
}

static void
test_places_count_from_the_largest(void)
{
    const double x[] = {3, 1, NAN, 3, 7};
    const int want[] = {2, 4, 0, 2, 1};
    size_t order[5];
    int places[5];

    gh_column_places(x, 5, order, places);
    for (size_t i = 0; i < 5; i++)
        g_assert_cmpint(places[i], ==, want[i]);
}

/* Pairs (1, 2) (2, 1) (3, 6): means 2 and 3; dx -1 0 1, dy -1 -2 3: xy = 4, xx = 2, yy = 14. */
static void
test_correlation_by_hand(void)
{
    const double x[] = {1, 2, 9, 3, NAN};
    const double y[] = {2, 1, NAN, 6, 4};
    const double flat[] = {1, 1, 1, 1, 1};
    const double tenths[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    const double huge[] = {1e200, 2e200, 3e200}, tiny[] = {2e-200, 1e-200, 6e-200};
    size_t n = 0;

    near(gh_column_correlation(x, y, 5, &n), 4.0 / sqrt(28.0), "r");
    g_assert_cmpuint(n, ==, 3);
    g_assert_true(isnan(gh_column_correlation(x, flat, 5, NULL)));
    g_assert_true(isnan(gh_column_correlation(tenths, y, 5, NULL))); /* no mean of theirs is 0.1 */
    near(gh_column_correlation(huge, tiny, 3, NULL), 4.0 / sqrt(28.0), "r of huge and tiny values");
    g_assert_true(isnan(gh_column_correlation(x, y, 1, NULL)));
}

static void
test_published_moments(void)
{
    g_autoptr(GhIndexTable) raw = gh_index_testing_table("data/step_Raw.csv");
    if (raw == NULL)
        return;
    g_autoptr(GhIndexTable) stats = gh_index_testing_table("stats/stats_Raw.csv");
    g_autofree double *sorted = g_new(double, raw->n_rows);

    for (size_t r = 0; r < stats->n_rows; r++) {
        const char *code = stats->rows[r];
        const double *x = raw->values + gh_index_table_column(raw, code) * raw->n_rows;
        const GhMoments moments = gh_column_moments(x, raw->n_rows);
        const size_t n = gh_column_sort(x, raw->n_rows, sorted);
        const struct {
            const char *column;
            double got;
        } checks[] = {
            {"Min", moments.min},   {"Max", moments.max},
            {"Mean", moments.mean}, {"Median", gh_column_quantile(sorted, n, 0.5)},
            {"Std", moments.sd},    {"Skew", moments.skew},
            {"Kurt", moments.kurt},
        };
        for (size_t c = 0; c < G_N_ELEMENTS(checks); c++) {
            g_autofree char *label = g_strdup_printf("%s %s", code, checks[c].column);
            gh_index_assert_near(checks[c].got, gh_index_table_value(stats, code, checks[c].column),
                                 GH_INDEX_TOLERANCE, label);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/column/moments are those worked out by hand", test_moments_by_hand);
    g_test_add_func("/column/moments that are not defined are not numbers",
                    test_moments_that_are_not_defined);
    g_test_add_func("/column/moments of huge values do not overflow",
                    test_moments_of_huge_values_do_not_overflow);
    g_test_add_func("/column/quantiles of type 7 lie between neighbours", test_quantiles);
    g_test_add_func("/column/ties share a rank as asked and gaps have none", test_ranks_and_ties);
    g_test_add_func("/column/places count from the largest", test_places_count_from_the_largest);
    g_test_add_func("/column/correlation takes complete pairs only", test_correlation_by_hand);
    g_test_add_func("/column/moments are those published for ASEM", test_published_moments);
    return g_test_run();
}
