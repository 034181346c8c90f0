/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* random_test.c - Philox gives the published words; uniform numbers are inside (0, 1), and each its own. */
#include "index/uncertainty/random.h"

#include <math.h>

#include "index/uncertainty.h"

/* The known-answer vectors that Salmon et al. publish with Random123 for philox4x32, 10 rounds; the third has
 * the digits of pi. */
static void
test_known_answers(void)
{
    static const struct {
        const char *label;
        uint32_t counter[4], key[2], want[4];
    } cases[] = {
        {.label = "zeros", .want = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {.label = "ones",
         .counter = {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         .key = {0xffffffff, 0xffffffff},
         .want = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {.label = "pi",
         .counter = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         .key = {0xa4093822, 0x299f31d0},
         .want = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        uint32_t got[4] = {0};
        g_test_message("%s", cases[c].label);
        gh_index_philox(cases[c].counter, cases[c].key, got);
        for (size_t w = 0; w < 4; w++)
            g_assert_cmphex(got[w], ==, cases[c].want[w]);
    }
}

/* Key 0, stream 0, block 0 is the first known answer: the first number is its first 52 bits and a half. */
static void
test_uniform_of_known_words(void)
{
    g_assert_cmpfloat(gh_index_uniform(0, 0, 0), ==, ((double)0x6627e8d5e169cULL + 0.5) * 0x1p-52);
    g_assert_cmpfloat(gh_index_uniform(0, 0, 1), ==, ((double)0xbc57ac4c9b00dULL + 0.5) * 0x1p-52);
}

static void
test_uniform_is_uniform(void)
{
    enum {
        N = 20000
    };
    double sum = 0.0, squares = 0.0;

    for (uint64_t k = 0; k < N; k++) {
        const double u = gh_index_uniform(42, 7, k);
        g_assert_true(u > 0.0 && u < 1.0);
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
    }
    /* Standard errors: sqrt(1/12 / N) = 0.0020 of the mean, sqrt(1/180 / N) = 0.00053 of the variance; five of each. */
    g_assert_cmpfloat_with_epsilon(sum / N, 0.5, 0.0102);
    g_assert_cmpfloat_with_epsilon(squares / N, 1.0 / 12.0, 0.0027);
}

static void
test_every_argument_counts(void)
{
    const double u = gh_index_uniform(1, 1, 1);

    g_assert_cmpfloat(gh_index_uniform(1, 1, 1), ==, u);
    g_assert_cmpfloat(gh_index_uniform(2, 1, 1), !=, u);
    g_assert_cmpfloat(gh_index_uniform((uint64_t)1 << 32 | 1, 1, 1), !=, u);
    g_assert_cmpfloat(gh_index_uniform(1, 2, 1), !=, u);
    g_assert_cmpfloat(gh_index_uniform(1, 1, 2), !=, u);
    g_assert_cmpfloat(gh_index_uniform(1, 1, (uint64_t)1 << 40 | 1), !=, u);
}

static void
test_rows_are_drawn_alike_in_parts(void)
{
    enum {
        N = 10
    };
    uint32_t whole[N], part[N];
    bool seen[N] = {false};

    gh_index_draw_rows(3, 5, 0, N, whole);
    for (size_t first = 0; first < N; first++) {
        gh_index_draw_rows(3, 5, first, N, part);
        for (size_t i = 0; first + i < N; i++)
            g_assert_cmpuint(part[i], ==, whole[first + i]);
    }
    for (uint64_t b = 0; b < 40; b++) {
        gh_index_draw_rows(3, 5, b * N, N, part);
        for (size_t i = 0; i < N; i++) {
            g_assert_cmpuint(part[i], <, N);
            seen[part[i]] = true;
        }
    }
    for (size_t i = 0; i < N; i++)
        g_assert_true(seen[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/index/random/philox gives the published known answers", test_known_answers);
    g_test_add_func("/index/random/a uniform number is made of 52 bits of its words",
                    test_uniform_of_known_words);
    g_test_add_func("/index/random/uniform numbers have the mean and variance of uniform numbers",
                    test_uniform_is_uniform);
    g_test_add_func("/index/random/seed, stream and number all matter", test_every_argument_counts);
    g_test_add_func("/index/random/a row drawn does not depend on where drawing began",
                    test_rows_are_drawn_alike_in_parts);
    return g_test_run();
}
