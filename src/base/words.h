/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* words.h - a fixed set of words in a file: which one it is, which ones there are, which was meant.
 *
 * Shapes    Lists end with NULL; "" in a list is an empty choice, which is not shown.
 * Threads   All functions are pure.
 */
#pragma once

#include <glib.h>

enum {
    GH_WORDS_MAX_BYTES = 200, /* nothing is suggested for longer words */
};

/* Index of word in the list, or -1. */
gssize gh_words_find(const char *const *words, const char *word);

/* "a, b or c"; the caller owns it. */
char *gh_words_list(const char *const *words);

/* The word that was probably meant, NULL: none is near. */
const char *gh_words_nearest(const char *const *words, const char *word);

/* "did you mean X?", or fallback. The caller owns it; NULL when both are. */
char *gh_words_suggest(const char *const *words, const char *word, const char *fallback);
