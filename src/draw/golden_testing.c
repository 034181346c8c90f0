/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* golden_testing.c - reads two pictures and counts the pixels that differ. */
#include "draw/golden_testing.h"

#include <cairo.h>
#include <string.h>

enum {
    BYTES_A_PIXEL = 4,
    CHANNELS = 3, /* pictures are on white: the fourth byte says nothing */
};

typedef struct {
    const unsigned char *bytes;
    size_t length, position;
} Reader;

static cairo_status_t
read_bytes(void *closure, unsigned char *data, unsigned length)
{
    Reader *reader = closure;

    if (length > reader->length - reader->position)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, reader->bytes + reader->position, length);
    reader->position += length;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png(GBytes *png)
{
    Reader reader = {.bytes = g_bytes_get_data(png, NULL), .length = g_bytes_get_size(png)};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_bytes, &reader);

    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return NULL;
    g_assert(cairo_image_surface_get_format(surface) == CAIRO_FORMAT_ARGB32
             || cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24);
    return surface;
}

static bool
pixel_differs(const unsigned char *a, const unsigned char *b)
{
    uint32_t first = 0, second = 0;

    /* Each pixel is one native number: red, green and blue are its lower bytes. */
    memcpy(&first, a, BYTES_A_PIXEL);
    memcpy(&second, b, BYTES_A_PIXEL);
    for (unsigned i = 0; i < CHANNELS; i++) {
        int difference = (int)(first >> (8 * i) & 0xff) - (int)(second >> (8 * i) & 0xff);
        if (ABS(difference) > GH_GOLDEN_PIXEL_TOLERANCE)
            return true;
    }
    return false;
}

static size_t
count_different(cairo_surface_t *a, cairo_surface_t *b)
{
    size_t width = (size_t)cairo_image_surface_get_width(a);
    size_t height = (size_t)cairo_image_surface_get_height(a);
    size_t n = 0;

    for (size_t y = 0; y < height; y++) {
        const unsigned char *row_a =
            cairo_image_surface_get_data(a) + y * (size_t)cairo_image_surface_get_stride(a);
        const unsigned char *row_b =
            cairo_image_surface_get_data(b) + y * (size_t)cairo_image_surface_get_stride(b);
        for (size_t x = 0; x < width; x++)
            n += pixel_differs(row_a + x * BYTES_A_PIXEL, row_b + x * BYTES_A_PIXEL);
    }
    return n;
}

static char *
compare(cairo_surface_t *a, cairo_surface_t *b)
{
    int width = cairo_image_surface_get_width(a), height = cairo_image_surface_get_height(a);

    if (width != cairo_image_surface_get_width(b) || height != cairo_image_surface_get_height(b))
        return g_strdup_printf("%d by %d pixels instead of %d by %d", width, height,
                               cairo_image_surface_get_width(b), cairo_image_surface_get_height(b));

    size_t n = count_different(a, b);
    double share = (double)n / ((double)width * (double)height);
    if (share <= GH_GOLDEN_SHARE_TOLERANCE)
        return NULL;
    return g_strdup_printf("%zu pixels differ, %.3f %% of all", n, 100 * share);
}

bool
gh_golden_differs(GBytes *png, GBytes *golden, char **ret_why)
{
    cairo_surface_t *a = read_png(png), *b = read_png(golden);

    *ret_why = a != NULL && b != NULL ? compare(a, b) : g_strdup("not a PNG picture");
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
    return *ret_why != NULL;
}

static void
write_file(const char *path, GBytes *bytes)
{
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                        &error);
    g_assert_no_error(error);
}

void
gh_golden_assert_png(const char *name, GBytes *png)
{
    g_autofree char *file = g_strdup_printf("%s.png", name);
    g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", file, NULL);

    if (g_getenv("GUILDHALL_RENEW_GOLDEN") != NULL) {
        write_file(path, png);
        return;
    }

    char *contents = NULL;
    size_t length = 0;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &contents, &length, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) golden = g_bytes_new_take(contents, length);
    g_autofree char *why = NULL;
    if (!gh_golden_differs(png, golden, &why))
        return;

    g_autofree char *drawn = g_strdup_printf("%s-drawn.png", name);
    g_autofree char *drawn_path = g_test_build_filename(G_TEST_BUILT, drawn, NULL);
    write_file(drawn_path, png);
    g_test_message("%s: %s; what was drawn is in %s", path, why, drawn_path);
    g_test_fail();
}

void
gh_golden_assert_drawing(const char *name, const GhDrawing *drawing, unsigned width_pixels)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) png = gh_drawing_png(drawing, width_pixels, &error);

    g_assert_no_error(error);
    gh_golden_assert_png(name, png);
}
