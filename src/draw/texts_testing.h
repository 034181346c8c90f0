/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* texts_testing.h - whether the texts of a drawing keep apart, however they are turned.
 *
 * A text's box is as wide as its room and reaches from the top of the highest letters to below the
 * lowest ones in common use; accents on capitals may reach over it.
 */
#pragma once

#include "draw/drawing.h"

/* Fails the test, naming both texts, where two boxes meet or one reaches over the drawing's edge. Returns
 * the number of texts. */
size_t gh_texts_assert_apart(const GhDrawing *drawing);
