/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_rules_test.c - standing among peers and nearest cities; expected numbers by hand. */
#include "ranking/peers/peers_rules.h"

#include <glib.h>
#include <math.h>

static void
test_bands(void)
{
    static const struct {
        const char *label;
        double population;
        const char *want; /* NULL: none */
    } cases[] = {
        {"a village", 1, "0"},
        {"just below a town", 4999, "0"},
        {"a town", 5000, "5k"},
        {"just below a city", 49999, "5k"},
        {"a bound counts upwards", 50000, "50k"},
        {"a medium city", 249999, "100k"},
        {"a large one", 250000, "250k"},
        {"half a million", 500000, "500k"},
        {"a million", 1e6, "1m"},
        {"a global city", 2e7, "5m"},
        {"nobody knows", NAN, NULL},
        {"nobody lives there", 0, NULL},
        {"a negative number", -3, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int band = gh_size_band(cases[i].population);
        g_test_message("%s: band %d", cases[i].label, band);
        g_assert_cmpstr(band >= 0 ? GH_SIZE_BANDS[band].key : NULL, ==, cases[i].want);
    }
}

/* 2 4 4 8 12: mean 30 / 5 = 6; squares 16 + 4 + 4 + 4 + 36 = 64, sd = sqrt(64 / 4) = 4; with h = 4p the
 * quartiles are the 2nd and 4th value. */
static const double PEERS[] = {8, NAN, 4, 12, 2, 4};

static void
test_spread(void)
{
    double sorted[G_N_ELEMENTS(PEERS)];
    GhSpread spread = gh_spread(PEERS, G_N_ELEMENTS(PEERS), sorted);

    g_assert_cmpuint(spread.n, ==, 5);
    g_assert_cmpfloat(spread.min, ==, 2);
    g_assert_cmpfloat(spread.lower, ==, 4);
    g_assert_cmpfloat(spread.median, ==, 4);
    g_assert_cmpfloat(spread.upper, ==, 8);
    g_assert_cmpfloat(spread.max, ==, 12);
    g_assert_cmpfloat(spread.mean, ==, 6);
    g_assert_cmpfloat(spread.sd, ==, 4);

    spread = gh_spread(PEERS + 1, 1, sorted);
    g_assert_cmpuint(spread.n, ==, 0);
    g_assert_true(isnan(spread.median) && isnan(spread.mean) && isnan(spread.sd));
}

static void
test_standing(void)
{
    static const struct {
        const char *label;
        double value;
        GhGood good;
        double goal;
        double z, percentile, better; /* NAN: none */
    } cases[] = {
        /* 10: z = (10 - 6) / 4; four of five below. */
        {"more is better", 10, GH_GOOD_HIGHER, NAN, 1, 80, 80},
        {"less is better", 10, GH_GOOD_LOWER, NAN, 1, 80, 20},
        {"is not judged", 10, GH_GOOD_NONE, NAN, 1, 80, NAN},
        /* |10 - 7| = 3; the others lie 1, 3, 5, 5 and 3 away: two farther, two equal. */
        {"near to a goal", 10, GH_GOOD_NEAR, 7, 1, 80, 60},
        {"near to a goal nobody knows", 10, GH_GOOD_NEAR, NAN, 1, 80, NAN},
        /* One below, two equal: (1 + 2 / 2) / 5. */
        {"equal ones count half", 4, GH_GOOD_HIGHER, NAN, -0.5, 40, 40},
        {"equal ones count half on both sides", 4, GH_GOOD_LOWER, NAN, -0.5, 40, 60},
        {"the lowest of all", -2, GH_GOOD_HIGHER, NAN, -2, 0, 0},
        {"the highest of all", 14, GH_GOOD_HIGHER, NAN, 2, 100, 100},
    };
    double sorted[G_N_ELEMENTS(PEERS)];
    GhSpread spread = gh_spread(PEERS, G_N_ELEMENTS(PEERS), sorted);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhStanding got = {0};
        g_assert_true(gh_standing(cases[i].value, PEERS, G_N_ELEMENTS(PEERS), &spread,
                                  cases[i].good, cases[i].goal, &got));
        g_test_message("%s: z %g, percentile %g, better than %g", cases[i].label, got.z,
                       got.percentile, got.better);
        g_assert_cmpfloat_with_epsilon(got.z, cases[i].z, 1e-12);
        g_assert_cmpfloat_with_epsilon(got.percentile, cases[i].percentile, 1e-12);
        g_assert_cmpint(isnan(got.better), ==, isnan(cases[i].better));
        if (!isnan(got.better))
            g_assert_cmpfloat_with_epsilon(got.better, cases[i].better, 1e-12);
    }
}

static void
test_too_few(void)
{
    static const double few[] = {1, 2, NAN, 3, 4}, equal[] = {7, 7, 7, 7, 7};
    double sorted[5];
    GhStanding got = {.z = 99};

    GhSpread spread = gh_spread(few, 5, sorted);
    g_assert_false(gh_standing(2, few, 5, &spread, GH_GOOD_HIGHER, NAN, &got));
    g_assert_cmpfloat(got.z, ==, 99);

    spread = gh_spread(equal, 5, sorted);
    g_assert_false(gh_standing(NAN, equal, 5, &spread, GH_GOOD_HIGHER, NAN, &got));
    g_assert_cmpfloat(got.z, ==, 99);
    g_assert_true(gh_standing(7, equal, 5, &spread, GH_GOOD_HIGHER, NAN, &got));
    g_assert_true(isnan(got.z));
    g_assert_cmpfloat(got.percentile, ==, 50);
}

enum {
    CITIES = 4,
    POINTS = 12,
};

/* Twelve data points in which the cities have 0, 1, 2 and 3, all of them: mean 1.5, squares 2 (1.5^2 + 0.5^2)
 * = 5, sd = sqrt(5 / 3). Neighbours differ by 1 / sd in each, so d = 1 / sd = 0.7745966692414834. */
static void
fill(double values[POINTS * CITIES])
{
    for (size_t k = 0; k < POINTS; k++)
        for (size_t i = 0; i < CITIES; i++)
            values[k * CITIES + i] = (double)i;
}

static size_t
nearest_to(const double values[POINTS * CITIES], size_t city, GhNearest *ret_nearest, size_t n_max)
{
    double own[POINTS];

    for (size_t k = 0; k < POINTS; k++)
        own[k] = values[k * CITIES + city];
    return gh_nearest(values, CITIES, POINTS, own, city, ret_nearest, n_max);
}

static void
test_nearest(void)
{
    double values[POINTS * CITIES];
    GhNearest got[CITIES];

    fill(values);
    g_assert_cmpuint(nearest_to(values, 1, got, CITIES), ==, 3);
    g_assert_cmpuint(got[0].city, ==, 0); /* as near as 2, and stands first */
    g_assert_cmpuint(got[1].city, ==, 2);
    g_assert_cmpuint(got[2].city, ==, 3);
    g_assert_cmpuint(got[0].n_common, ==, POINTS);
    g_assert_cmpfloat_with_epsilon(got[0].distance, 0.7745966692414834, 1e-12);
    g_assert_cmpfloat_with_epsilon(got[2].distance, 2 * 0.7745966692414834, 1e-12);
    g_assert_cmpuint(nearest_to(values, 1, got, 1), ==, 1);
}

static void
test_nearest_with_gaps(void)
{
    double values[POINTS * CITIES];
    GhNearest got[CITIES];

    fill(values);
    for (size_t k = 0; k < 3; k++)
        values[k * CITIES + 0] = NAN; /* nine in common with the others: too few */
    g_assert_cmpuint(nearest_to(values, 1, got, CITIES), ==, 2);
    g_assert_cmpuint(got[0].city, ==, 2);

    fill(values);
    for (size_t i = 0; i < CITIES; i++)
        values[i] = 5; /* a data point in which all are equal tells nothing */
    g_assert_cmpuint(nearest_to(values, 1, got, CITIES), ==, 3);
    g_assert_cmpuint(got[0].n_common, ==, POINTS - 1);
    g_assert_cmpfloat_with_epsilon(got[0].distance, 0.7745966692414834, 1e-12);
}

static void
test_nearest_is_robust(void)
{
    double values[POINTS * CITIES], scaled[POINTS * CITIES];
    GhNearest first[CITIES], second[CITIES];

    fill(values);
    for (size_t i = 0; i < POINTS * CITIES; i++)
        scaled[i] = 1000 - 8 * values[i]; /* another unit, and the other way round */
    g_assert_cmpuint(nearest_to(values, 2, first, CITIES), ==, 3);
    g_assert_cmpuint(nearest_to(scaled, 2, second, CITIES), ==, 3);
    for (size_t i = 0; i < 3; i++) {
        g_assert_cmpuint(first[i].city, ==, second[i].city);
        g_assert_cmpfloat_with_epsilon(first[i].distance, second[i].distance, 1e-12);
    }

    /* Alone with everything: nobody is near. */
    for (size_t i = 0; i < POINTS * CITIES; i++)
        values[i] = i % CITIES == 1 ? values[i] : (double)NAN;
    g_assert_cmpuint(nearest_to(values, 1, first, CITIES), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/peers/a size band begins at its bound", test_bands);
    g_test_add_func("/peers/quartiles, mean and spread count what has a value", test_spread);
    g_test_add_func("/peers/a city stands by z-score and by the share of peers it is better than",
                    test_standing);
    g_test_add_func("/peers/fewer than five tell nothing, equal ones have no z-score",
                    test_too_few);
    g_test_add_func("/peers/the nearest have the smallest mean difference", test_nearest);
    g_test_add_func("/peers/too little in common is not near", test_nearest_with_gaps);
    g_test_add_func("/peers/nearness does not depend on units", test_nearest_is_robust);
    return g_test_run();
}
