/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.h - finding things by words that may be misspelt: our own trigram index, the same on both
 * databases.
 *
 * Method    Names are folded (case, accents, width), padded and cut into groups of three characters. A
 *           word finds what shares enough of them: similarity is the share of the word's trigrams found
 *           in the best matching word of the entry (Dice coefficient), so that "Ryadh" finds Riyadh and
 *           "alesund" Ålesund. Every word asked for has to be found. docs/search.md has the formula and
 *           worked numbers.
 * Entries   A kind ("city", "indicator"), a key within it ("riyadh") and texts with weights. They are
 *           written in the transaction that changes what they are about.
 * Ownership Rows own their texts.
 * Threads   As the store.
 * Limits    Questions: GH_SEARCH_WORDS_MAX words of GH_SEARCH_WORD_MAX characters; further ones are
 *           left out.
 * Cost      An index lookup a trigram; measured in docs/performance.md with 10,000 cities.
 */
#pragma once

#include "store/store.h"

enum {
    GH_SEARCH_WORDS_MAX = 8,
    GH_SEARCH_WORD_MAX = 40,
};

/* Puts an entry in, in place of the one of that kind and key. name counts most; further (may be NULL)
 * is found too, but ranks below. scope separates sets of entries ("" or a framework's id). */
bool gh_search_put(GhDb *db, const char *kind, const char *scope, const char *key, const char *name,
                   const char *further, GError **error);
bool gh_search_drop(GhDb *db, const char *kind, const char *scope, const char *key, GError **error);
bool gh_search_drop_scope(GhDb *db, const char *kind, const char *scope, GError **error);

typedef struct {
    char *key;
    double similarity; /* 0..1 of the worst of the words asked for; 1: as written */
    bool exact;        /* every word asked for stands in it, or begins one of its words */
} GhSearchHit;
void gh_search_hit_free(GhSearchHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhSearchHit, gh_search_hit_free)

/* The best n_max, best first, then by name; of GhSearchHit (frees its elements). */
GPtrArray *gh_search_find(GhDb *db, const char *kind, const char *scope, const char *words,
                          unsigned n_max, GError **error);
