/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* outranking_test.c - pairs of units: the matrix, and the contests that need none. */
#include <math.h>
#include <string.h>

#include "index/steps/steps_testing.h"

/* Units A = (1, 5), B = (2, 5), C = (3, 4), weights 3 and 1. A and B: B better in the first, equal in the second:
 * o_AB = (1 / 2) / 4; A and C: A better in the second: 1 / 4. */
static void
test_matrix_by_hand(void)
{
    const double x[] = {1, 2, 3}, y[] = {5, 5, 4};
    const double *const columns[] = {x, y};
    const double weights[] = {3, 1};
    const double want[] = {0, 0.125, 0.25, 0.875, 0, 0.25, 0.75, 0.75, 0};
    double matrix[9] = {0};

    g_assert_true(gh_index_outranking(columns, weights, 2, 3, false, matrix, NULL));
    for (size_t v = 0; v < 9; v++)
        gh_index_assert_near(matrix[v], want[v], 1e-15, "matrix");
}

/* NOTES, trap 2: A = (1, gap), B = (2, 3). Of what both have, B is better in all. To COINr the gap is the later unit's:
 * B, A listed so gives each a half. */
static void
test_gaps(void)
{
    const double x[] = {1, 2}, y[] = {NAN, 3}, none[] = {NAN, 1};
    const double turned_x[] = {2, 1}, turned_y[] = {3, NAN};
    const double weights[] = {1, 1};
    double matrix[4] = {0};

    g_assert_true(
        gh_index_outranking((const double *const[]){x, y}, weights, 2, 2, false, matrix, NULL));
    g_assert_cmpfloat(matrix[1], ==, 0.0);
    g_assert_cmpfloat(matrix[2], ==, 1.0);
    g_assert_true(gh_index_outranking((const double *const[]){turned_x, turned_y}, weights, 2, 2,
                                      false, matrix, NULL));
    g_assert_cmpfloat(matrix[1], ==, 1.0);
    g_assert_true(
        gh_index_outranking((const double *const[]){x, y}, weights, 2, 2, true, matrix, NULL));
    g_assert_cmpfloat(matrix[2], ==, 1.0);
    g_assert_true(gh_index_outranking((const double *const[]){turned_x, turned_y}, weights, 2, 2,
                                      true, matrix, NULL));
    g_assert_cmpfloat(matrix[1], ==, 0.5);
    g_assert_cmpfloat(matrix[2], ==, 0.5);
    g_assert_true(
        gh_index_outranking((const double *const[]){none}, weights, 1, 2, false, matrix, NULL));
    g_assert_cmpfloat(matrix[1], ==, 0.5);
}

static void
test_refusals(void)
{
    const double x[] = {1, 2}, weights[] = {0};
    double matrix[4] = {0};
    g_autoptr(GError) error = NULL;
    bool ok =
        gh_index_outranking((const double *const[]){x}, weights, 1, 20001, false, matrix, &error);

    gh_steps_testing_assert_error(ok, &error, GH_INDEX_ERROR_LIMIT,
                                  (const char *[]){"20001", NULL});
    ok = gh_index_outranking((const double *const[]){x}, weights, 1, 2, false, matrix, &error);
    gh_steps_testing_assert_error(ok, &error, GH_INDEX_ERROR_DEGENERATE,
                                  (const char *[]){"weights", NULL});
}

/* -- contests -- */

enum {
    UNITS = 333, /* five tiles and a bit */
    CHILDREN = 6,
};

/* Whole numbers from 0 to 9: many ties. */
static double *
invent(bool with_gaps)
{
    uint64_t seed = 5;
    double *rows = g_new(double, UNITS *CHILDREN);

    for (size_t v = 0; v < UNITS * CHILDREN; v++) {
        rows[v] = floor(10 * gh_steps_testing_number(&seed));
        if (gh_steps_testing_number(&seed) < 0.2 && with_gaps)
            rows[v] = NAN;
    }
    return rows;
}

/* From the definition, a pair at a time; weights are whole numbers of tenths, so that sums are exact. */
static double
by_definition(const double *rows, const int *tenths, size_t i, GhIndexAggregateMethod method)
{
    double score = 0;

    for (size_t j = 0; j < UNITS; j++) {
        int balance = 0, both = 0;
        if (j == i)
            continue;
        for (size_t c = 0; c < CHILDREN; c++) {
            const double mine = rows[i * CHILDREN + c], theirs = rows[j * CHILDREN + c];
            if (isnan(mine) || isnan(theirs))
                continue;
            balance += tenths[c] * ((mine > theirs) - (mine < theirs));
            both += tenths[c];
        }
        if (method == GH_AGGREGATE_COPELAND)
            score += (balance > 0) - (balance < 0);
        else
            score += both == 0 ? 0.5 : 0.5 + 0.5 * balance / both;
    }
    return method == GH_AGGREGATE_COPELAND ? score : score / (UNITS - 1);
}

static void
test_contests_are_what_they_are_defined_as(void)
{
    static const int weights[][CHILDREN] = {{1, 1, 1, 1, 1, 1}, {1, 2, 3, 1, 1, 2}};
    static const GhIndexAggregateMethod methods[] = {GH_AGGREGATE_COPELAND,
                                                     GH_AGGREGATE_OUTRANKING};

    for (size_t run = 0; run < 8; run++) {
        const int *tenths = weights[run % 2];
        const GhIndexAggregateLevel how = {.method = methods[run / 2 % 2]};
        g_autofree double *rows = invent(run >= 4);
        g_autoptr(GhIndexState) state = gh_steps_testing_flat(UNITS, CHILDREN, rows);
        for (size_t c = 0; c < CHILDREN; c++)
            state->weights[c] = tenths[c] / 10.0; /* 0.1 + 0.2 is not 0.3 */
        g_assert_true(gh_steps_testing_aggregate(state, how, NULL));
        for (size_t i = 0; i < UNITS; i++)
            gh_index_assert_near(gh_index_state_column(state, CHILDREN)[i],
                                 by_definition(rows, tenths, i, how.method), 1e-12, "contest");
    }
}

/* Without gaps the mean of a unit's outrankings is the weighted mean of its percentile ranks, ties shared. */
static void
test_outranking_is_the_mean_percentile_rank(void)
{
    const GhIndexNormalise ranks = {
        .usual = {.method = GH_NORMALISE_PERCENTILE_RANK, .ties = GH_TIES_AVERAGE}};
    g_autofree double *rows = invent(false);
    g_autoptr(GhIndexState) contest = gh_steps_testing_flat(UNITS, CHILDREN, rows);
    g_autoptr(GhIndexState) mean = gh_steps_testing_flat(UNITS, CHILDREN, rows);

    contest->weights[2] = mean->weights[2] = 2.5;
    g_assert_true(gh_steps_testing_aggregate(
        contest, (GhIndexAggregateLevel){.method = GH_AGGREGATE_OUTRANKING}, NULL));
    g_assert_true(gh_index_normalise(mean, &ranks, NULL, NULL));
    g_assert_true(gh_steps_testing_aggregate(mean, (GhIndexAggregateLevel){0}, NULL));
    for (size_t i = 0; i < UNITS; i++)
        gh_index_assert_near(gh_index_state_column(contest, CHILDREN)[i],
                             gh_index_state_column(mean, CHILDREN)[i], 1e-12, "percentile rank");
}

/* U2 has one of three children; asked for half it neither gets a score nor counts as an opponent. */
static void
test_units_with_too_little_do_not_take_part(void)
{
    const double rows[] = {1, 1, 1, 9, NAN, NAN, 2, 2, 2};
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(3, 3, rows);
    const GhIndexAggregateLevel how = {.method = GH_AGGREGATE_COPELAND, .min_available = 0.5};

    g_assert_true(gh_steps_testing_aggregate(state, how, NULL));
    const double *scores = gh_index_state_column(state, 3);
    g_assert_cmpfloat(scores[0], ==, -1);
    g_assert_true(isnan(scores[1]));
    g_assert_cmpfloat(scores[2], ==, 1);
}

/* Of a group that nobody has there is no contest, and no score. */
static void
test_nobody_takes_part(void)
{
    const double rows[] = {NAN, NAN, NAN, NAN};
    const GhIndexAggregateMethod methods[] = {GH_AGGREGATE_COPELAND, GH_AGGREGATE_OUTRANKING};

    for (size_t m = 0; m < G_N_ELEMENTS(methods); m++) {
        g_autoptr(GhIndexState) state = gh_steps_testing_flat(2, 2, rows);
        g_assert_true(
            gh_steps_testing_aggregate(state, (GhIndexAggregateLevel){.method = methods[m]}, NULL));
        g_assert_true(isnan(gh_index_state_column(state, 2)[0]));
        g_assert_true(isnan(gh_index_state_column(state, 2)[1]));
    }
}

static void
test_years_do_not_compete(void)
{
    const double x[] = {1, 2, 10, 5};
    const double want[] = {-1, 1, 1, -1};
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(4, 1, x);

    state->data->years = g_new(int, 4);
    for (size_t i = 0; i < 4; i++)
        state->data->years[i] = i < 2 ? 2021 : 2020;
    g_assert_true(gh_steps_testing_aggregate(
        state, (GhIndexAggregateLevel){.method = GH_AGGREGATE_COPELAND}, NULL));
    for (size_t i = 0; i < 4; i++)
        g_assert_cmpfloat(gh_index_state_column(state, 1)[i], ==, want[i]);
}

/* More different values than 16 bits hold: the other way of counting, and the same score, 2 rank - n - 1. */
static void
test_many_different_values(void)
{
    const size_t n = 33000;
    g_autofree double *x = g_new(double, n);
    g_autoptr(GhIndexState) state = NULL;

    for (size_t i = 0; i < n; i++)
        x[i] = (double)(i * 7919 % n); /* 7919 is prime: each number once */
    state = gh_steps_testing_flat(n, 1, x);
    g_assert_true(gh_steps_testing_aggregate(
        state, (GhIndexAggregateLevel){.method = GH_AGGREGATE_COPELAND}, NULL));
    for (size_t i = 0; i < n; i++)
        g_assert_cmpfloat(gh_index_state_column(state, 1)[i], ==, 2 * (x[i] + 1) - (double)n - 1);
}

static void
test_too_many_units_are_refused(void)
{
    const size_t n = 100001;
    g_autofree double *x = g_new0(double, n);
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexState) state = gh_steps_testing_flat(n, 1, x);
    const bool ok = gh_steps_testing_aggregate(
        state, (GhIndexAggregateLevel){.method = GH_AGGREGATE_COPELAND}, &error);

    gh_steps_testing_assert_error(ok, &error, GH_INDEX_ERROR_LIMIT,
                                  (const char *[]){"copeland", "100000", "Index", NULL});
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/outranking/the matrix by hand", test_matrix_by_hand);
    g_test_add_func("/outranking/gaps count for nobody; to COINr for the later unit", test_gaps);
    g_test_add_func("/outranking/too many units and no weight are refused", test_refusals);
    g_test_add_func("/outranking/contests are what they are defined as, ties exact",
                    test_contests_are_what_they_are_defined_as);
    g_test_add_func("/outranking/without gaps it is the mean percentile rank",
                    test_outranking_is_the_mean_percentile_rank);
    g_test_add_func("/outranking/of a group that nobody has there is no contest",
                    test_nobody_takes_part);
    g_test_add_func("/outranking/a unit with too little takes no part",
                    test_units_with_too_little_do_not_take_part);
    g_test_add_func("/outranking/units of different years do not compete",
                    test_years_do_not_compete);
    g_test_add_func("/outranking/more different values than 16 bits hold",
                    test_many_different_values);
    g_test_add_func("/outranking/too many units for a contest are refused",
                    test_too_many_units_are_refused);
    return g_test_run();
}
