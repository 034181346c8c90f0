/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* powers.h - logarithms and powers of whole columns, with the same bits on every machine.
 *
 * The C library chooses its ln and exp by the processor it finds, and the last bit with it. These are made of
 * additions, multiplications and divisions alone, which IEEE 754 defines to the bit; and they need no branch, so the
 * compiler works on several values at once.
 *
 * Accuracy  Within 2 units of the last place.
 * Input     ln: at least DBL_MIN. NAN and smaller ones give numbers without meaning, not traps: the caller knows
 *           where they are.
 */
#pragma once

#include <stddef.h>

/* ret[i] = ln x[i] */
void gh_powers_ln(const double *x, size_t n, double *ret);

/* y[i] = e^y[i]; 0 below -708, infinite above 709. */
void gh_powers_exp(double *y, size_t n);

/* A product in the making that cannot overflow: mantissa 2^exponent, of count factors. */
enum {
    GH_POWERS_MAX_FACTORS =
        1000, /* each mantissa is in [0.7, 1.42): their product within 2^(-500..500) */
};

/* One more factor each; gaps are passed over. */
void gh_powers_multiply(const double *x, size_t n, double *mantissa, double *exponent,
                        double *count);

/* ret[i] = the count[i]-th root of the product; NAN where count is 0. Changes mantissa. */
void gh_powers_root(double *mantissa, const double *exponent, const double *count, size_t n,
                    double *ret);
