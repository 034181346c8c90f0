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

int
gh_palette_step_of_band(size_t band, size_t n_bands)
{
    if (n_bands < 2)
        return GH_PALETTE_STEPS;
    return 1 + (int)(band * (GH_PALETTE_STEPS - 1) / (n_bands - 1));
}
