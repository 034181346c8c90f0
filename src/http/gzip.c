/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* gzip.c - compressing a body whole. */
#include "http/gzip.h"

#include <stdint.h>
#include <zlib.h>

GBytes *
gh_gzip_new(GBytes *plain, int level)
{
    static const int WINDOW_GZIP = 15 + 16; /* zlib.h: largest window, gzip wrapper */
    static const int MEMORY_LEVEL = 8;      /* zlib.h: the default */
    z_stream stream = {0};
    gsize n_plain = 0;
    const uint8_t *bytes = g_bytes_get_data(plain, &n_plain);

    if (n_plain > UINT32_MAX / 2)
        return NULL;
    if (deflateInit2(&stream, level, Z_DEFLATED, WINDOW_GZIP, MEMORY_LEVEL, Z_DEFAULT_STRATEGY)
        != Z_OK)
        return NULL;

    uLong n_bound = deflateBound(&stream, (uLong)n_plain);
    g_autofree uint8_t *packed = g_try_malloc(n_bound);
    if (packed == NULL) {
        (void)deflateEnd(&stream); /* nothing was written yet */
        return NULL;
    }
    stream.next_in = (z_const Bytef *)(uintptr_t)bytes; /* zlib only reads it */
    stream.avail_in = (uInt)n_plain;
    stream.next_out = packed;
    stream.avail_out = (uInt)n_bound;
    int result = deflate(&stream, Z_FINISH);
    size_t n_packed = stream.total_out;
    (void)deflateEnd(&stream); /* the result is known already */
    if (result != Z_STREAM_END)
        return NULL;
    /* Cached for long: give the unused end back. */
    return g_bytes_new_take(g_realloc(g_steal_pointer(&packed), n_packed), n_packed);
}
