/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* random.c - Philox4x32-10: a block cipher made light, turned on a counter. */
#include "index/uncertainty/random.h"

#include "index/uncertainty.h"

/* Salmon et al. 2011, table 2 and section 3.3: multipliers, and what the key is raised by each round. */
static const uint32_t MULTIPLIER_0 = 0xD2511F53;
static const uint32_t MULTIPLIER_1 = 0xCD9E8D57;
static const uint32_t WEYL_0 = 0x9E3779B9; /* golden ratio */
static const uint32_t WEYL_1 = 0xBB67AE85; /* sqrt(3) - 1 */
enum {
    N_ROUNDS = 10
};

void
gh_index_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t ret[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < N_ROUNDS; round++) {
        const uint64_t product_0 = (uint64_t)MULTIPLIER_0 * c0;
        const uint64_t product_1 = (uint64_t)MULTIPLIER_1 * c2;
        c0 = (uint32_t)(product_1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product_1;
        c2 = (uint32_t)(product_0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product_0;
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    ret[0] = c0;
    ret[1] = c1;
    ret[2] = c2;
    ret[3] = c3;
}

/* Block of a stream: four words, the counter being (block, stream). */
static void
stream_block(uint64_t seed, uint32_t stream, uint64_t block, uint32_t ret[4])
{
    const uint32_t counter[4] = {(uint32_t)block, (uint32_t)(block >> 32), stream, 0};
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};

    gh_index_philox(counter, key, ret);
}

double
gh_index_uniform(uint64_t seed, uint32_t stream, uint64_t k)
{
    uint32_t words[4];

    stream_block(seed, stream, k / 2, words);
    const uint64_t bits = (uint64_t)words[2 * (k % 2)] << 32 | words[2 * (k % 2) + 1];
    /* 52 bits and a half: never 0, and never rounded up to 1 as 53 bits and a half would be. */
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

/* word x n / 2^32 favours some rows by n / 2^32, which is below one in four million for a thousand rows: far
 * under what a bootstrap resolves, and it needs no second draw. */
void
gh_index_draw_rows(uint64_t seed, uint32_t stream, uint64_t first, size_t n, uint32_t *ret_rows)
{
    uint32_t words[4];

    for (size_t i = 0; i < n; i++) {
        if (i == 0 || (first + i) % 4 == 0)
            stream_block(seed, stream, (first + i) / 4, words);
        ret_rows[i] = (uint32_t)((uint64_t)words[(first + i) % 4] * n >> 32);
    }
}
