/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_words.h - words, their trigrams, and how alike two of them are. Internal to src/store.
 *
 * Shapes    Words are folded (gh_text_fold_search) and at most GH_SEARCH_WORD_MAX characters long.
 * Threads   Pure.
 */
#pragma once

#include "store/search.h"

enum {
    GH_TRIGRAM_SIZE = 3 * 4 + 1,                     /* UTF-8, with its NUL */
    GH_TRIGRAMS_MAX = GH_SEARCH_WORD_MAX + 2 + 1 - 2 /* two spaces before, one behind */
};

/* The different trigrams of a word, in the order of their bytes. */
typedef struct {
    char texts[GH_TRIGRAMS_MAX][GH_TRIGRAM_SIZE];
    unsigned n;
} GhTrigrams;
void gh_trigrams_init(GhTrigrams *trigrams, const char *word);

/* Dice's coefficient: twice the trigrams that both have, over those of one and of the other. 0..1; 1
 * for equal words (and for some that only repeat themselves: "aaaa", "aaaaa"). */
double gh_trigrams_similarity(const GhTrigrams *one, const GhTrigrams *other);

/* How alike two neighbouring letters that changed places leave a word of n letters: as if only its last
 * letter were wrong, (n - 1) / (n + 1). They would cost a short word nearly all its trigrams, though no
 * slip of the fingers is more common. 0 where other is not word with two neighbours swapped. */
double gh_search_swap_similarity(const char *word, const char *other);

/* All words that word becomes when two different neighbours change places; the caller owns the vector. */
GStrv gh_search_swaps(const char *word);

/* Whether a word may be taken for another one like it. A number may not, nor one letter alone, which
 * has nothing in common with anything. */
bool gh_search_word_is_tolerant(const char *word);

/* The different words of a text, folded, cut to their longest length, at most n_max, in their order.
 * The caller owns the vector. */
GStrv gh_search_split(const char *text, unsigned n_max);

/* A table of the parameters $1 to $41 for statements over many texts, such as the trigrams of a word:
 *   SELECT ... FROM (VALUES " GH_SEARCH_PLACES ") ...
 * Those left over are NULL, which equals nothing. Joined and not IN (...), which PostgreSQL compares row
 * by row until it knows more of a table that was just filled. */
enum {
    GH_SEARCH_N_PLACES = 41
};
#define GH_SEARCH_PLACES                                                                           \
    "($1), ($2), ($3), ($4), ($5), ($6), ($7), ($8), ($9), ($10), ($11), ($12), ($13), "           \
    "($14), ($15), ($16), ($17), ($18), ($19), ($20), ($21), ($22), ($23), ($24), ($25), "         \
    "($26), ($27), ($28), ($29), ($30), ($31), ($32), ($33), ($34), ($35), ($36), ($37), "         \
    "($38), ($39), ($40), ($41)"
void gh_search_bind_places(GhQuery *query, const char *const *texts, size_t n);
