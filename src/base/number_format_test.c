/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every double as its shortest text. */

#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Expected texts: repr() of Python 3.11, without its ".0" and with plain digits below 1e15 only. */
static const struct {
    double value;
    const char *want;
} cases[] = {
    {97, "97"},
    {0, "0"},
    {-0.0, "-0"},
    {-3.25, "-3.25"},
    {56.25, "56.25"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {71.42857142857143, "71.42857142857143"},
    {100.0 / 3.0, "33.333333333333336"},
    {45.833333333333336, "45.833333333333336"},
    {0.0001, "0.0001"},
    {0.00001, "1e-05"},
    {0.00012345, "0.00012345"},
    {123456.789, "123456.789"},
    {999999999999999, "999999999999999"},
    {1e15, "1e+15"},
    {1e300, "1e+300"},
    {1e22, "1e+22"},
    {1e23, "1e+23"},
    {9007199254740993.0, "9007199254740992"},
    {DBL_MAX, "1.7976931348623157e+308"},
    {DBL_MIN, "2.2250738585072014e-308"},
    {4.9406564584124654e-324, "5e-324"},
    {5.684341886080802e-14, "5.684341886080802e-14"},   /* 2^-44: not the nearest 16 digits */
    {-5.960464477539063e-08, "-5.960464477539063e-08"}, /* -2^-24 */
    {6.237000967296e+290, "6.237000967296e+290"},       /* 2^966: 13 digits, again not nearest */
};

static void
test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[GH_NUMBER_TEXT_SIZE];
        g_assert_cmpstr(gh_number_format(cases[i].value, text), ==, cases[i].want);
        /* Again, now perhaps from the cache. */
        g_assert_cmpstr(gh_number_format(cases[i].value, text), ==, cases[i].want);
    }
}

static double
random_double(GRand *rand)
{
    double value = NAN;

    while (!isfinite(value)) {
        uint64_t bits = (uint64_t)g_rand_int(rand) << 32 | g_rand_int(rand);
        memcpy(&value, &bits, sizeof value);
    }
    return value;
}

static int
count_digits(const char *text)
{
    int n = 0;
    int zeros = 0;

    for (; *text != '\0' && *text != 'e'; text++) {
        if (!g_ascii_isdigit(*text) || (n == 0 && *text == '0'))
            continue;
        n++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return n - zeros;
}

/* No text of fewer digits may read back: tried for the nearest one and its neighbours. */
static void
check_shortest(double value, const char *text)
{
    int digits = count_digits(text);
    char shorter[GH_NUMBER_TEXT_SIZE];

    if (digits < 2)
        return;
    g_snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
    char *last = strchr(shorter, 'e') - 1;
    for (int step = -1; step <= 1; step++) {
        if (!g_ascii_isdigit((char)(*last + step)))
            continue;
        *last = (char)(*last + step);
        g_assert_false(g_ascii_strtod(shorter, NULL) == value);
        *last = (char)(*last - step);
    }
}

static void
check_round_trip(double value)
{
    char text[GH_NUMBER_TEXT_SIZE];
    double back = NAN;

    gh_number_format(value, text);
    g_assert_cmpuint(strlen(text), <, GH_NUMBER_TEXT_SIZE);
    g_assert_true(gh_number_parse(text, GH_NUMBER_POINT, false, &back, NULL));
    if (memcmp(&back, &value, sizeof value) != 0)
        g_test_message("%a became %s", value, text);
    g_assert_true(memcmp(&back, &value, sizeof value) == 0);
    check_shortest(value, text);
}

static void
test_random(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);

    for (int i = 0; i < 100000; i++)
        check_round_trip(random_double(rand));
    for (int i = 0; i < 100000; i++)
        check_round_trip(g_rand_double_range(rand, -1e6, 1e6));
    for (int i = 0; i < 100000; i++)
        check_round_trip(100.0 * g_rand_int_range(rand, 0, 500) / g_rand_int_range(rand, 1, 500));
    for (int i = 0; i < 100000; i++)
        check_round_trip(g_rand_int_range(rand, -100000000, 100000000) / 1e4);
}

static void
test_powers_of_two(void)
{
    for (int i = -1074; i < 1024; i++)
        check_round_trip(ldexp(1.0, i));
}

/* 1.7 million numbers: a cell each of 10,000 cities' scores. The time is told, not judged, since
 * the machine may be busy. */
static void
test_speed(void)
{
    enum {
        N = 1700000
    };
    char text[GH_NUMBER_TEXT_SIZE];
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    g_autofree double *scores = g_new(double, N);
    g_autofree double *any = g_new(double, N);

    for (int i = 0; i < N; i++) {
        scores[i] = 100.0 * g_rand_int_range(rand, 0, 224) / (4 * g_rand_int_range(rand, 1, 56));
        any[i] = g_rand_double(rand);
    }
    g_test_timer_start();
    for (int i = 0; i < N; i++)
        gh_number_format(scores[i], text);
    double seconds = g_test_timer_elapsed();
    g_test_minimized_result(seconds, "1.7 million scores: %.3f s", seconds);
    g_test_timer_start();
    for (int i = 0; i < N; i++)
        gh_number_format(any[i], text);
    seconds = g_test_timer_elapsed();
    g_test_minimized_result(seconds, "1.7 million random numbers: %.3f s", seconds);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/numbers are written as people would", test_cases);
    g_test_add_func("/number/every number reads back the same and no shorter text does",
                    test_random);
    g_test_add_func("/number/powers of two have their shortest text too", test_powers_of_two);
    if (g_test_perf())
        g_test_add_func("/number/an export's numbers are written quickly", test_speed);
    return g_test_run();
}
