/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* random.h - random numbers as a function of (seed, stream, number): inside the index only.
 *
 * Source    Philox4x32-10: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
 * Threads   Pure: any thread may ask for any number in any order.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What each stream is for: one number never serves two purposes. The lower bits number columns, parameters or
 * estimates. */
enum {
    GH_STREAM_SAMPLE = 0x01000000,    /* + column; number: row */
    GH_STREAM_SHIFT = 0x02000000,     /* + column; number 0 */
    GH_STREAM_ORDER = 0x03000000,     /* + column; Latin hypercube: the order of the strata */
    GH_STREAM_WEIGHTS = 0x04000000,   /* + parameter; number: set x nodes + node */
    GH_STREAM_BOOTSTRAP = 0x05000000, /* + estimate; number: draw x rows + row */
};

/* Four words out of a counter of four and a key of two, ten rounds. */
void gh_index_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t ret[4]);

/* n whole numbers 0 .. n - 1, numbers first .. first + n - 1 of the stream: what resampling needs. n is below 2^32. */
void gh_index_draw_rows(uint64_t seed, uint32_t stream, uint64_t first, size_t n,
                        uint32_t *ret_rows);
