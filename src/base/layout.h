/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* layout.h - text in columns for a terminal: as wide as it looks, not as many bytes as it has.
 *
 * Shapes    Wide characters (CJK) take two columns, combining ones none. Control characters, which
 *           could steer the terminal, are shown as U+FFFD: texts come from imported files.
 * Ownership Appends to the caller's string; keeps nothing.
 * Not here  Bidirectional text: the terminal orders it.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

size_t gh_layout_width(const char *text);

/* Appends text and blanks up to width; text that is too wide ends in an ellipsis. */
void gh_layout_left(GString *out, const char *text, size_t width);

/* The same with the blanks in front. */
void gh_layout_right(GString *out, const char *text, size_t width);

/* Appends text as whole lines, each behind indent blanks and at most width columns wide, broken at
 * blanks. A word that is too wide stands on a line of its own. */
void gh_layout_wrap(GString *out, const char *text, size_t indent, size_t width);

/* The same where the first indent columns of the line are written already. */
void gh_layout_hang(GString *out, const char *text, size_t indent, size_t width);

/* A column from indent up to end, of which nothing may be cut off: text that is too wide for it gets
 * lines of its own up to width, and the column on the next line stays empty. */
void gh_layout_cell(GString *out, const char *text, size_t indent, size_t end, size_t width);
