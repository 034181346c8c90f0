/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text.h - comparing, folding and shortening text from outside.
 *
 * Shapes    UTF-8, NUL-terminated. Callers check foreign bytes with gh_text_check_utf8 first.
 * Ownership Returned char * belongs to the caller.
 * Threads   All functions are pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The form under which two names count as the same: Unicode NFC, then case folding, blanks at the
 * ends removed and runs of blanks made one. FORMATS, section 2. */
char *gh_text_fold_name(const char *text);

/* The form under which two wordings of a unit count as the same: case, blanks, the letters micro,
 * mu and u, and script l/l/litre/litres/liter/liters folded. FORMATS, section 2. */
char *gh_text_fold_unit(const char *text);

/* The form in which words are searched: what gh_text_slug does with Latin letters, any script without
 * its marks (ё -> е), everything but letters and digits a space, single ones and none at the ends. A
 * Chinese character is a word by itself, since nothing there says where words end. */
char *gh_text_fold_search(const char *text);

/* Slug for web addresses: Latin letters with their marks taken off (ø -> o, å -> a, ß -> ss, æ ->
 * ae, đ -> d, ł -> l ...), digits, single hyphens. NULL when no Latin letter or digit is left to
 * make one from. At most GH_SLUG_MAX characters. */
#define GH_SLUG_MAX 80
char *gh_text_slug(const char *name);

/* Whether slug is one that gh_text_slug could have made: [a-z0-9] and single inner hyphens. */
bool gh_text_is_slug(const char *slug);

/* True when bytes are valid UTF-8 without NUL; else the offset of the first bad byte. */
bool gh_text_check_utf8(const char *bytes, size_t n_bytes, size_t *ret_bad_offset);

/* The elements of a list inside a cell, separated by " | "; blanks around each removed, empty
 * elements dropped. An empty cell gives an empty vector. */
GStrv gh_text_split_list(const char *cell);

/* How many single-character edits lie between a and b, at most limit + 1. For "did you mean". */
unsigned gh_text_distance(const char *a, const char *b, unsigned limit);
