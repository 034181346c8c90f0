/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* powers.c - logarithms and powers of whole columns. */
#include "index/steps/powers.h"

#include <math.h>
#include <stdint.h>

typedef union {
    double number;
    uint64_t bits;
} Word;

static const uint64_t ONE = 0x3ff0000000000000U;       /* 1.0 */
static const uint64_t HALF_ROOT = 0x3fe6a09e667f3bcdU; /* sqrt(1/2) */
static const uint64_t MANTISSA = 0x000fffffffffffffU;
static const uint64_t TWO_52 =
    0x4330000000000000U; /* 2^52: whole numbers below it are its low bits */

/* ln 2 in two parts; times an exponent the first, with 17 bits of 0 at its end, is exact. */
static const double LN2_HIGH = 0x1.62e42fefa0000p-1;
static const double LN2_LOW = 0x1.cf79abc9e3b3ap-40;

/* x = m 2^e with m in [sqrt(1/2), sqrt(2)). Adding what lies between sqrt(1/2) and 1 carries into the exponent where
 * m would be too large. */
static inline double
split(double x, double *ret_exponent)
{
    const Word word = {.number = x};
    const uint64_t moved = word.bits + (ONE - HALF_ROOT);
    const Word exponent = {.bits = (moved >> 52) | TWO_52};
    const Word mantissa = {.bits = (moved & MANTISSA) + HALF_ROOT};

    *ret_exponent = exponent.number - 0x1p52 - 1023.0;
    return mantissa.number;
}

/* ln m = 2 artanh s = 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1) / (m + 1), |s| <= 0.1716: what is left out, from
 * s^25/25 on, is below 2^-66 of s. */
static inline double
ln_of(double m)
{
    const double s = (m - 1.0) / (m + 1.0);
    const double z = s * s;
    double p = 1.0 / 23.0;

    p = p * z + 1.0 / 21.0;
    p = p * z + 1.0 / 19.0;
    p = p * z + 1.0 / 17.0;
    p = p * z + 1.0 / 15.0;
    p = p * z + 1.0 / 13.0;
    p = p * z + 1.0 / 11.0;
    p = p * z + 1.0 / 9.0;
    p = p * z + 1.0 / 7.0;
    p = p * z + 1.0 / 5.0;
    p = p * z + 1.0 / 3.0;
    return 2.0 * s + 2.0 * s * z * p;
}

static inline double
ln(double x)
{
    double e = 0.0;
    const double m = split(x, &e);

    return e * LN2_HIGH + (ln_of(m) + e * LN2_LOW);
}

/* e^y = 2^k e^r, k = y / ln 2 rounded, |r| <= 0.3466; Taylor's series to r^13/13!, the rest is below 2^-57. */
static inline double
power_of_e(double y)
{
    const double low = y < -708.0 ? -708.0 : y;
    const double within = low > 709.0 ? 709.0 : low;
    const double round = 0x1.8p52; /* added, it leaves a whole number in the low bits */
    const Word k = {.number = within * 0x1.71547652b82fep+0 + round};
    const double whole = k.number - round;
    const double r = (within - whole * LN2_HIGH) - whole * LN2_LOW;
    const Word scale = {.bits = (k.bits + 1023) << 52};
    double p = 1.0 / 6227020800.0;

    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 1.0 / 2.0;
    p = p * r * r + r + 1.0;
    const double power = p * scale.number;
    const double not_small = y < -708.0 ? 0.0 : power;
    return y > 709.0 ? (double)INFINITY : not_small;
}

void
gh_powers_ln(const double *x, size_t n, double *ret)
{
    for (size_t i = 0; i < n; i++)
        ret[i] = ln(x[i]);
}

void
gh_powers_exp(double *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = power_of_e(y[i]);
}

void
gh_powers_multiply(const double *restrict x, size_t n, double *restrict mantissa,
                   double *restrict exponent, double *restrict count)
{
    for (size_t i = 0; i < n; i++) {
        const double factor = x[i] == x[i] ? x[i] : 1.0;
        double e = 0.0;
        mantissa[i] *= split(factor, &e);
        exponent[i] += e;
        count[i] += x[i] == x[i] ? 1.0 : 0.0;
    }
}

void
gh_powers_root(double *restrict mantissa, const double *restrict exponent,
               const double *restrict count, size_t n, double *restrict ret)
{
    for (size_t i = 0; i < n; i++) {
        const double e = exponent[i];
        const double y = (e * LN2_HIGH + (ln(mantissa[i]) + e * LN2_LOW)) / count[i];
        const double root = power_of_e(y);
        ret[i] = count[i] > 0.0 ? root : (double)NAN;
    }
}
