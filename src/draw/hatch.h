/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* hatch.h - the diagonal lines of GH_FILL_HATCHED, the same in every way out. Private to draw/.
 *
 * Lines rise to the right, through all points of the user space whose x + y is a multiple of the step.
 * Both numbers are our choice: seen as grey from afar and as lines from near.
 */
#pragma once

#define GH_HATCH_STEP 6.0  /* along x, and along y */
#define GH_HATCH_WIDTH 0.8 /* of a line */
