/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* number_format.c - the shortest text of a double.
 *
 * An export writes more than a million numbers, so two ways are quick: decimals as people write
 * them (a division proves that the text reads back), and all other numbers of everyday size (whole
 * numbers of 128 bits prove it). The rest is printed with more and more digits until it reads back.
 */

#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
    QUICK_DECIMALS = 6,
    DIGITS_SURE = 15, /* DBL_DIG: decimals of so many digits are all different doubles */
    DIGITS_MAX = 17,  /* DBL_DECIMAL_DIG: so many digits always read back */
    MANTISSA_BITS = DBL_MANT_DIG,
};

/* Everyday size: below, printf's %g uses the exponent form; above, for some digits. */
static const double PLAIN_MIN = 1e-4;
static const double PLAIN_LIMIT = 1e15;

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
    double size = fabs(value);

    if (size < PLAIN_MIN && size > 0)
        return false;
    for (int n = 0; n <= QUICK_DECIMALS && size * POWERS[n] < PLAIN_LIMIT; n++) {
        uint64_t whole = (uint64_t)(size * POWERS[n] + 0.5);
        if ((double)whole / POWERS[n] == size) {
            write_decimal(signbit(value) != 0, whole, n, text);
            return true;
        }
    }
    return false;
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 Wide;

/* value * 10^n_decimals has 17 digits before its point; the texts of up to 17 digits that read back
 * as value are the whole numbers from lowest to highest. */
typedef struct {
    int n_decimals;
    uint64_t lowest;
    uint64_t highest;
    uint64_t below; /* value itself, rounded down, */
    int above_half; /* ... and whether what was left is less than a half, a half (0), or more */
    bool exact;     /* nothing was left */
} Digits;

/* With value = m * 2^e and 10^k = 5^k * 2^k all of this is exact: the neighbours of value are one
 * m away, so what reads back as value lies within half an m, ends included when m is even. */
static Digits
digits_of(double size)
{
    static const double TENS[] = {1e-3, 1e-2, 1e-1, 1e0, 1e1,  1e2,  1e3,  1e4,  1e5,
                                  1e6,  1e7,  1e8,  1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    int e = 0;
    uint64_t m = (uint64_t)ldexp(frexp(size, &e), MANTISSA_BITS);
    int k = 20; /* of 1e-4 */
    uint64_t five_k = 1;

    e -= MANTISSA_BITS;
    for (size_t i = 0; i < G_N_ELEMENTS(TENS) && size >= TENS[i]; i++)
        k--;
    for (int i = 0; i < k; i++)
        five_k *= 5;

    /* In units of 2^-shift; half an m is five_k. */
    int shift = 1 - e - k;
    Wide middle = (Wide)(2 * m) * five_k;
    Wide one = (Wide)1 << shift;
    Wide open = m % 2; /* the ends do not read back as value */
    Wide left = middle & (one - 1);
    return (Digits){
        .n_decimals = k,
        .lowest = (uint64_t)((middle - five_k + open + one - 1) >> shift),
        .highest = (uint64_t)((middle + five_k - open) >> shift),
        .below = (uint64_t)(middle >> shift),
        .above_half = (left > one / 2) - (left < one / 2),
        .exact = left == 0,
    };
}

/* value to the nearest multiple of step, halves to the even one, as printf rounds. */
static uint64_t
nearest(const Digits *digits, uint64_t step)
{
    uint64_t down = digits->below / step * step;
    uint64_t twice = 2 * (digits->below - down);
    bool up = twice > step || (twice == step && !digits->exact);

    if (step == 1)
        up = digits->above_half > 0 || (digits->above_half == 0 && down % 2 == 1);
    else if (twice == step && digits->exact)
        up = down / step % 2 == 1;
    return up ? down + step : down;
}

/* Fewer digits are multiples of ten or hundred. The range is at most 23 wide, so that it holds one
 * multiple of a hundred at most; that one may end in more zeros, which are left out. */
static bool
format_everyday(double value, char text[GH_NUMBER_TEXT_SIZE])
{
    double size = fabs(value);
    int exponent = 0;

    /* The range of a power of two is not even on both sides. */
    if (size < PLAIN_MIN || size >= PLAIN_LIMIT || frexp(size, &exponent) == 0.5)
        return false;

    Digits digits = digits_of(size);
    uint64_t whole = digits.highest / 100 * 100;
    if (whole < digits.lowest)
        whole = nearest(&digits, 10);
    if (whole < digits.lowest || whole > digits.highest)
        whole = nearest(&digits, 1);
    if (whole < digits.lowest || whole > digits.highest)
        return false;
    while (digits.n_decimals > 0 && whole % 10 == 0) {
        whole /= 10;
        digits.n_decimals--;
    }
    write_decimal(signbit(value) != 0, whole, digits.n_decimals, text);
    return true;
}
#else
static bool
format_everyday(double value, char text[GH_NUMBER_TEXT_SIZE])
{
    (void)value; /* no whole numbers wide enough here: the slow way does it */
    (void)text;
    return false;
}
#endif

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
    if (!format_decimal(value, text) && !format_everyday(value, text))
        format_shortest(value, text);
    return text;
}
