/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* golden_testing.h - pictures in tests, held against golden ones with a small tolerance.
 *
 * Files     golden/NAME.png in the folder of the tests (G_TEST_SRCDIR). GUILDHALL_RENEW_GOLDEN=1
 *           writes them anew; look at what changed before you keep it. Where a picture differs, the one
 *           drawn is left beside the test program as NAME-drawn.png and the test says where.
 * Tolerance Another FreeType or pixman smooths edges a little differently, so single pixels may differ
 *           a little and few of them much: GH_GOLDEN_*. What a reader would see is far above that.
 * Threads   The test's own.
 */
#pragma once

#include "draw/drawing.h"

enum {
    /* Of 255, in red, green or blue: below, a pixel counts as the same. Our choice. */
    GH_GOLDEN_PIXEL_TOLERANCE = 48,
};

/* The share of pixels that may differ by more. Our choice: in a picture of 800 by 800 it is 320
 * pixels, one short word. */
#define GH_GOLDEN_SHARE_TOLERANCE 0.0005

/* Draws and compares; a difference fails the test, which goes on. */
void gh_golden_assert_drawing(const char *name, const GhDrawing *drawing, unsigned width_pixels);

/* The same for a picture made elsewhere. */
void gh_golden_assert_png(const char *name, GBytes *png);

/* Whether two PNG pictures differ by more than the tolerance; *ret_why says how, owned by the caller,
 * NULL when they do not. */
bool gh_golden_differs(GBytes *png, GBytes *golden, char **ret_why);
