/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* png_write.c - writes pixels as PNG through libpng. See png_write.h. */
#include "draw/png_write.h"

#include <png.h>

/* Measured on a wheel: higher levels save 1 % and cost twice the time. */
enum {
    DEFLATE_LEVEL = 3,
    BITS_A_SAMPLE = 8,
    FILLER = 0,
};

static void
append_bytes(png_structp png, png_bytep bytes, png_size_t n_bytes)
{
    g_byte_array_append(png_get_io_ptr(png), bytes, (guint)n_bytes);
}

static void
flush_nothing(png_structp png)
{
    (void)png; /* memory needs none */
}

/* Without it libpng would print; what it could say of our own pixels would be our own bug. */
static void
stop(png_structp png, png_const_charp message)
{
    (void)png;
    g_error("a picture could not be written: %s", message);
}

/* cairo keeps a pixel as one 32-bit number, its highest byte unused. */
static void
describe_pixels(png_structp png)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    png_set_filler(png, FILLER, PNG_FILLER_AFTER);
    png_set_bgr(png);
#else
    png_set_filler(png, FILLER, PNG_FILLER_BEFORE);
#endif
}

GBytes *
gh_png_encode(const unsigned char *pixels, unsigned width, unsigned height, size_t stride)
{
    GByteArray *out = g_byte_array_new();
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, stop, NULL);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;

    g_assert(info != NULL); /* else: no memory, or another libpng than the one compiled for */
    png_set_write_fn(png, out, append_bytes, flush_nothing);
    png_set_compression_level(png, DEFLATE_LEVEL);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(png, info, width, height, BITS_A_SAMPLE, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    describe_pixels(png);
    for (unsigned y = 0; y < height; y++)
        png_write_row(png, pixels + y * stride);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return g_byte_array_free_to_bytes(out);
}
