/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* svg_write.h - the small pieces of SVG: numbers, colours, escaped text, attributes. Private to draw/.
 *
 * Threads   Pure.
 */
#pragma once

#include <glib.h>

#include "draw/palette.h"

/* Rounded to 0.01 and as short as it can be: "12", "-0.5", "3.14", in no locale. */
void gh_svg_number(GString *out, double value);

/* The same behind a blank where one is needed to keep it apart from the number before. */
void gh_svg_numbers(GString *out, size_t n, const double *values);

/* Text as content, and between double quotes. It must be clean (clean.h). */
void gh_svg_text(GString *out, const char *text);

/*  name="..." with a blank in front. */
void gh_svg_attribute(GString *out, const char *name, const char *value);
void gh_svg_number_attribute(GString *out, const char *name, double value);

/*  name="#rrggbb", and name-opacity where the colour lets light through; "none" for no colour. */
void gh_svg_colour_attribute(GString *out, const char *name, GhColour colour);
