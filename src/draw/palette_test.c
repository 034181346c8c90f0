/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Steps of bands. Colours are checked by ui/palette.py. */
#include "draw/palette.h"

#include <glib.h>

static void
test_steps(void)
{
    static const struct {
        size_t n_bands;
        int steps[6];
    } cases[] = {
        {1, {4}},          {2, {1, 4}},          {3, {1, 2, 4}},
        {4, {1, 2, 3, 4}}, {5, {1, 1, 2, 3, 4}}, {6, {1, 1, 2, 2, 3, 4}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (size_t band = 0; band < cases[i].n_bands; band++) {
            g_test_message("band %zu of %zu", band, cases[i].n_bands);
            g_assert_cmpint(gh_palette_step_of_band(band, cases[i].n_bands), ==,
                            cases[i].steps[band]);
        }
    }
}

static void
test_colours(void)
{
    for (int step = 1; step <= GH_PALETTE_STEPS; step++) {
        GhColour on = gh_palette_on_step(step);
        g_assert_cmphex(gh_palette_step(step) >> 24, ==, 0xff);
        g_assert_true(on == GH_INK || on == GH_PAPER);
    }
}

static void
test_series(void)
{
    for (size_t i = 0; i < GH_PALETTE_SERIES; i++) {
        for (size_t k = 0; k < i; k++)
            g_assert_cmphex(gh_palette_series(i), !=, gh_palette_series(k));
        g_assert_cmphex(gh_palette_series(i + GH_PALETTE_SERIES), ==, gh_palette_series(i));
        g_assert_cmphex(gh_palette_on_series(i + GH_PALETTE_SERIES), ==, gh_palette_on_series(i));
    }
}

static void
test_diverging(void)
{
    for (int i = -GH_PALETTE_SIDE; i <= GH_PALETTE_SIDE; i++) {
        for (int k = -GH_PALETTE_SIDE; k < i; k++)
            g_assert_cmphex(gh_palette_diverging(i), !=, gh_palette_diverging(k));
        g_assert_cmphex(gh_palette_on_diverging(i), ==, gh_palette_on_diverging(-i));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/palette/any number of bands begins far from target and ends on it",
                    test_steps);
    g_test_add_func("/palette/steps cover what is below and carry ink or paper", test_colours);
    g_test_add_func("/palette/eight series have colours of their own, then they begin again",
                    test_series);
    g_test_add_func("/palette/every step below and above zero has a colour of its own",
                    test_diverging);
    return g_test_run();
}
