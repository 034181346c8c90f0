/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text.h - how much room a text takes, and how it is broken into lines.
 *
 * Fonts     Noto, each script's family named (font.c): with one name only, Arabic and Chinese would
 *           come from whatever the machine has. In Chinese, Japanese and Korean the language chooses
 *           the face.
 * Room      Readers' fonts are up to 15 % wider than ours, so room is the measured width times
 *           GH_TEXT_ROOM. Charts fit by room, documents, which embed the font, by width.
 * Threads   Every function from every thread; each thread keeps its own fonts.
 * Cost      About 10 us a short text, a tenth of one when the thread has measured it before.
 */
#pragma once

#include "draw/drawing.h"

#define GH_TEXT_ROOM 1.15 /* UI guide: widths measured in Noto Sans plus 15 % */

/* Width and room of one line. */
double gh_text_width(const GhLang *lang, double size, GhWeight weight, const char *text);
double gh_text_room(const GhLang *lang, double size, GhWeight weight, const char *text);

/* Above and below the baseline, positive both; holds for every script as names are written (Arabic with
 * all its vowel signs reaches higher). */
double gh_text_ascent(double size);
double gh_text_descent(double size);

/* Lines of at most max_room, at most max_lines of them, broken where the language allows; NULL when
 * it does not fit so. A word is never cut. Owned by the caller (g_strfreev). */
char **gh_text_lines(const GhLang *lang, double size, GhWeight weight, const char *text,
                     double max_room, unsigned max_lines);

/* The same, but what does not fit ends in an ellipsis; never NULL. For where something must stand; the
 * whole name is then in the part's name and in the table beside. */
char **gh_text_lines_cut(const GhLang *lang, double size, GhWeight weight, const char *text,
                         double max_room, unsigned max_lines);
