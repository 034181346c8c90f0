/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* apart.h - moves labels apart that would stand on one another; inside charts/ only.
 *
 * Source    Least squares under an order: the pool-adjacent-violators algorithm. Barlow, Bartholomew,
 *           Bremner, Brunk 1972, "Statistical Inference under Order Restrictions", chapter 1.
 * Threads   Pure.
 */
#pragma once

#include <stddef.h>

typedef struct {
    double wish;   /* where its middle should be */
    double height; /* positive */
    double middle; /* out */
} GhApart;

/* Sets the middles so that no two labels overlap, none leaves low..high, their order is that of their
 * wishes (of equal ones that of the array), and the sum of squared distances from the wishes is the
 * smallest possible. Where all together are higher than low..high, they begin at low and leave it at
 * high. */
void gh_apart(GhApart *labels, size_t n_labels, double low, double high);
