/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* number_format.c - the shortest text of a double.
 *
 * An export writes more than a million numbers, so the two common kinds are quick: decimals as
 * people write them (a division proves that the text reads back), and the same few ratios over and
 * over (a small cache). The rest is printed with more and more digits until it reads back.
 */

#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
    CACHE_BITS = 11, /* 2048 numbers, 80 kB a thread; evaluations share a few hundred ratios */
    QUICK_DECIMALS = 6,
    DIGITS_SURE = 15, /* DBL_DIG: decimals of so many digits are all different doubles */
    DIGITS_MAX = 17,  /* DBL_DECIMAL_DIG: so many digits always read back */
};

typedef struct {
    uint64_t bits; /* 0, which is the quick number 0.0, where nothing is kept yet */
    char text[GH_NUMBER_TEXT_SIZE];
} Slot;

static _Thread_local Slot cache[1 << CACHE_BITS];

static uint64_t
bits_of(double value)
{
    uint64_t bits = 0;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* whole / 10^n_decimals in plain digits. */
static void
write_decimal(bool negative, uint64_t whole, int n_decimals, char text[GH_NUMBER_TEXT_SIZE])
{
    char reversed[GH_NUMBER_TEXT_SIZE];
    int n = 0;

    for (int place = 0; whole > 0 || place <= n_decimals; place++, whole /= 10) {
        if (place == n_decimals && n_decimals > 0)
            reversed[n++] = '.';
        reversed[n++] = (char)('0' + whole % 10);
    }
    if (negative)
        *text++ = '-';
    while (n > 0)
        *text++ = reversed[--n];
    *text = '\0';
}

/* Numbers that people write: at most 15 digits, few of them decimals. whole and the power are exact
 * doubles, so the division gives precisely what reading the text would give; the fewest decimals
 * that do are the shortest text, because two texts of at most 15 digits are never the same double. */
static bool
format_decimal(double value, char text[GH_NUMBER_TEXT_SIZE])
{
    static const double POWERS[QUICK_DECIMALS + 1] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    static const double LIMIT = 1e15;
    static const double SMALLEST = 1e-4; /* below, the exponent form is used */
    double size = fabs(value);

    if (size < SMALLEST && size > 0)
        return false;
    for (int n = 0; n <= QUICK_DECIMALS && size * POWERS[n] < LIMIT; n++) {
        uint64_t whole = (uint64_t)(size * POWERS[n] + 0.5);
        if ((double)whole / POWERS[n] == size) {
            write_decimal(signbit(value) != 0, whole, n, text);
            return true;
        }
    }
    return false;
}

static bool
format_digits(double value, int digits, char text[GH_NUMBER_TEXT_SIZE])
{
    char form[8];

    g_snprintf(form, sizeof form, "%%.%dg", digits);
    g_ascii_formatd(text, GH_NUMBER_TEXT_SIZE, form, value);
    return g_ascii_strtod(text, NULL) == value;
}

/* Below a power of two doubles lie twice as close as above it, so that a text may read back although
 * it is not the nearest of its length: try the one above the nearest. */
static bool
format_power_of_two(double value, char text[GH_NUMBER_TEXT_SIZE])
{
    int exponent = 0;

    if (frexp(fabs(value), &exponent) != 0.5)
        return false;
    g_ascii_formatd(text, GH_NUMBER_TEXT_SIZE, "%.15e", value);

    /* d.ddde-xx: raise the last digit; nines become the zeros that a shorter text leaves out. */
    char *end = strchr(text, 'e');
    char *last = end - 1;
    for (; *last == '9'; last--)
        ;
    if (!g_ascii_isdigit(*last))
        return false;
    (*last)++;
    memmove(last + 1, end, strlen(end) + 1);
    return g_ascii_strtod(text, NULL) == value;
}

static void
format_shortest(double value, char text[GH_NUMBER_TEXT_SIZE])
{
    /* Below the normal range a double holds fewer than 15 digits: begin with one. */
    int digits = fabs(value) < DBL_MIN ? 1 : DIGITS_SURE;

    while (digits < DIGITS_MAX && !format_digits(value, digits, text))
        digits++;
    if (digits == DIGITS_MAX && !format_power_of_two(value, text))
        (void)format_digits(value, DIGITS_MAX, text); /* always reads back */
}

const char *
gh_number_format(double value, char text[GH_NUMBER_TEXT_SIZE])
{
    g_assert(isfinite(value));
    if (format_decimal(value, text))
        return text;

    uint64_t bits = bits_of(value);
    Slot *slot = &cache[(bits * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - CACHE_BITS)];
    if (slot->bits != bits) {
        format_shortest(value, slot->text);
        slot->bits = bits;
    }
    return memcpy(text, slot->text, GH_NUMBER_TEXT_SIZE);
}
