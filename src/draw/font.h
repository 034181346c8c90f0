/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* font.h - Noto fonts by language and script. Private to draw/.
 *
 * Families  Each script's family is named. In Chinese, Japanese and Korean texts the language chooses
 *           the face, since the same characters are drawn differently in each; in other languages the
 *           face of simplified Chinese stands for all.
 * Units     Sizes and extents in user space units (PANGO_SCALE of them each), never in pixels: no
 *           hinting and no rounding, so a layout is the same on the screen, in PDF and when measured.
 * Cost      Every size is a search through the machine's fonts of its own, a millisecond: what is set in
 *           many sizes is set in GH_FONT_SIZE and scaled.
 * Direction The language's, for the whole text: a Latin name in an Arabic text does not turn it.
 * Threads   Each thread has its own fonts, so a layout stays in its thread.
 */
#pragma once

#include <pango/pango.h>

#include "draw/drawing.h"

/* Our choice: large, so that widths are exact in PANGO_SCALE, but a text of 100,000 letters is still
 * narrower than what pango can count. */
#define GH_FONT_SIZE 20.0

/* An empty layout. It fits every cairo context however scaled: show it with pango_cairo_show_layout or
 * one of its lines, without pango_cairo_update_layout, which would round it to that context. Alignment
 * is PANGO_ALIGN_LEFT: pango turns it to the right by itself in right-to-left languages. Owned by the
 * caller (g_object_unref). */
PangoLayout *gh_font_layout_new(const GhLang *lang, double size, GhWeight weight);

/* For runs of other size or weight within such a layout (pango_attr_font_desc_new). Owned by the caller
 * (pango_font_description_free). */
PangoFontDescription *gh_font_description_new(const GhLang *lang, double size, GhWeight weight);

/* The families as SVG and CSS write them: "Noto Sans, ..., sans-serif". Borrowed, never freed. */
const char *gh_font_css_families(const GhLang *lang);

/* Lets go of this thread's fonts, which otherwise stay until it ends: for tests that look for leaks. */
void gh_font_forget(void);
