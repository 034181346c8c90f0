/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* palette.h - the colours of drawings: the same as on the pages (ui/theme/_tokens.scss; a test
 * compares the two, and ui/palette.py holds the bands apart for colour-blind readers and in grey).
 *
 * Bands     Any number of bands is shown in four steps, 1 far from target to 4 on target, each with
 *           its colour and its mark: an open, quarter-, half-filled and full circle.
 * Series    Parts of a whole, and numbers below and above zero, have colours of their own, held apart in
 *           the same way. Series have a number beside the colour, signs a mark.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* 0xAARRGGBB; 0 is no colour at all. */
typedef uint32_t GhColour;

enum {
    GH_PALETTE_STEPS = 4,
    GH_PALETTE_SERIES = 8,
    GH_PALETTE_SIDE = 4, /* steps on each side of zero */
};

#define GH_NO_COLOUR ((GhColour)0)
#define GH_INK ((GhColour)0xff15212b)
#define GH_SOFT_INK ((GhColour)0xff53616d)
#define GH_RULE ((GhColour)0xffd5dbe0)
#define GH_PAPER ((GhColour)0xffffffff)
#define GH_WASH ((GhColour)0xfff4f6f7)
#define GH_ACCENT ((GhColour)0xff0b5c7a)
#define GH_DANGER ((GhColour)0xffa3241b)

/* Colour of a step 1..4; and the one, ink or paper, in which marks and words are readable on it. */
GhColour gh_palette_step(int step);
GhColour gh_palette_on_step(int step);

/* Colour of a series, from 0 on; beyond the last they begin again. And ink or paper on it. */
GhColour gh_palette_series(size_t index);
GhColour gh_palette_on_series(size_t index);

/* -GH_PALETTE_SIDE .. GH_PALETTE_SIDE: far below zero, around it, far above. And ink or paper on it. */
GhColour gh_palette_diverging(int step);
GhColour gh_palette_on_diverging(int step);

/* The step of band index out of n_bands. */
int gh_palette_step_of_band(size_t band, size_t n_bands);
