/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* golden_testing_test.c - the comparison of pictures sees what a reader would see, and no more. */
#include "draw/golden_testing.h"

#include <cairo.h>

enum {
    SIZE = 100
};

static cairo_status_t
append_bytes(void *closure, const unsigned char *data, unsigned length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/* White, with a rectangle of width by height in a grey. */
static GBytes *
make_picture(int size, int width, int height, double grey)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size);
    cairo_t *cairo = cairo_create(surface);
    GByteArray *bytes = g_byte_array_new();

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, grey, grey, grey);
    cairo_rectangle(cairo, 10, 10, width, height);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    g_assert(cairo_surface_write_to_png_stream(surface, append_bytes, bytes)
             == CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    return g_byte_array_free_to_bytes(bytes);
}

static void
test_tolerance(void)
{
    static const struct {
        const char *label;
        int size, width, height;
        double grey;
        bool want;
    } cases[] = {
        {.label = "the same picture", .size = SIZE, .width = 0, .height = 0, .want = false},
        {.label = "a faint area", .size = SIZE, .width = 50, .height = 50, .grey = 0.85},
        {.label = "five black pixels of 10,000", .size = SIZE, .width = 5, .height = 1},
        {.label = "six", .size = SIZE, .width = 6, .height = 1, .want = true},
        {.label = "another size", .size = SIZE + 1, .width = 0, .height = 0, .want = true},
    };
    g_autoptr(GBytes) golden = make_picture(SIZE, 0, 0, 0);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) png =
            make_picture(cases[i].size, cases[i].width, cases[i].height, cases[i].grey);
        g_autofree char *why = NULL;
        g_test_message("%s", cases[i].label);
        g_assert_cmpint(gh_golden_differs(png, golden, &why), ==, cases[i].want);
        g_assert_true((why != NULL) == cases[i].want);
    }
}

static void
test_no_picture(void)
{
    g_autoptr(GBytes) golden = make_picture(SIZE, 0, 0, 0);
    g_autoptr(GBytes) text = g_bytes_new_static("text", 4);
    g_autofree char *why = NULL;

    g_assert_true(gh_golden_differs(text, golden, &why));
    g_assert_cmpstr(why, ==, "not a PNG picture");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/golden_testing/few or faint pixels may differ, more may not", test_tolerance);
    g_test_add_func("/golden_testing/what is no picture differs", test_no_picture);
    return g_test_run();
}
