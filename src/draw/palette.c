/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* palette.c - the colours of drawings. */
#include "draw/palette.h"

#include <glib.h>

static const GhColour STEPS[GH_PALETTE_STEPS] = {0xffe58bb4, 0xffcc6f1f, 0xff167077, 0xff0a3526};

/* Whichever of ink and paper has at least 4.5 : 1 on the step (WCAG 2.2, 1.4.3). */
static const GhColour ON_STEPS[GH_PALETTE_STEPS] = {GH_INK, GH_INK, GH_PAPER, GH_PAPER};

GhColour
gh_palette_step(int step)
{
    g_assert(step >= 1 && step <= GH_PALETTE_STEPS);
    return STEPS[step - 1];
}

GhColour
gh_palette_on_step(int step)
{
    g_assert(step >= 1 && step <= GH_PALETTE_STEPS);
    return ON_STEPS[step - 1];
}

/* Neighbours differ most in lightness, which is what grey leaves of them. */
static const GhColour SERIES[GH_PALETTE_SERIES] = {0xff15624f, 0xffeebc5f, 0xff443177, 0xffd663a7,
                                                   0xff4d0e02, 0xffcfe5fd, 0xff8f6d1f, 0xffa9a87e};
static const GhColour ON_SERIES[GH_PALETTE_SERIES] = {GH_PAPER, GH_INK, GH_PAPER, GH_INK,
                                                      GH_PAPER, GH_INK, GH_PAPER, GH_INK};

GhColour
gh_palette_series(size_t index)
{
    return SERIES[index % GH_PALETTE_SERIES];
}

GhColour
gh_palette_on_series(size_t index)
{
    return ON_SERIES[index % GH_PALETTE_SERIES];
}

/* From zero outwards; the same lightness on both sides, so that equal strength looks equally strong. */
static const GhColour BELOW[GH_PALETTE_SIDE] = {0xfff1d1c0, 0xffdea88a, 0xffc07b53, 0xff854a27};
static const GhColour ABOVE[GH_PALETTE_SIDE] = {0xffc0daf2, 0xff81b9e4, 0xff1f94ce, 0xff026089};
static const GhColour ON_SIDE[GH_PALETTE_SIDE] = {GH_INK, GH_INK, GH_INK, GH_PAPER};

GhColour
gh_palette_diverging(int step)
{
    g_assert(step >= -GH_PALETTE_SIDE && step <= GH_PALETTE_SIDE);
    if (step == 0)
        return GH_WASH;
    return step < 0 ? BELOW[-step - 1] : ABOVE[step - 1];
}

GhColour
gh_palette_on_diverging(int step)
{
    g_assert(step >= -GH_PALETTE_SIDE && step <= GH_PALETTE_SIDE);
    return step == 0 ? GH_INK : ON_SIDE[(step < 0 ? -step : step) - 1];
}

int
gh_palette_step_of_band(size_t band, size_t n_bands)
{
    if (n_bands < 2)
        return GH_PALETTE_STEPS;
    return 1 + (int)(band * (GH_PALETTE_STEPS - 1) / (n_bands - 1));
}
