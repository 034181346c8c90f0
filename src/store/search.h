/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.h - finding things by words that may be misspelt: our own trigram index, the same on both
 * databases.
 *
 * Method    Names are folded (case, accents, width), padded and cut into groups of three characters. A
 *           word finds what shares enough of them: similarity is the Dice coefficient of the word's
 *           trigrams and those of the best matching word of the entry, twice what both have by what they
 *           have together; two neighbouring letters swapped count as a likeness of their own. So "Ryadh"
 *           finds Riyadh and "alesund" Ålesund. Every word asked for has to be found. docs/search.md has
 *           the formula and worked numbers.
 * Entries   A kind ("city", "indicator"), a key within it ("riyadh") and texts with weights. They are
 *           written in the transaction that changes what they are about.
 * Ownership Rows own their texts.
 * Threads   As the store.
 * Limits    Questions: GH_SEARCH_WORDS_MAX words of GH_SEARCH_WORD_MAX characters; further ones are
 *           left out. Entries: GH_SEARCH_ENTRY_WORDS_MAX different words.
 * Cost      An index lookup a trigram; measured in docs/performance.md with 10,000 cities.
 */
#pragma once

#include "store/store.h"

enum {
    GH_SEARCH_WORDS_MAX = 8,
    GH_SEARCH_WORD_MAX = 40,
    GH_SEARCH_ENTRY_WORDS_MAX =
        1000, /* far above any definition; the rest of a text is not found */

    /* Words are alike from here on: half of the trigrams of both are shared. One letter wrong in the
     * middle of a word of five just passes. Our choice: docs/search.md. */
    GH_SEARCH_SIMILARITY_MIN_PERCENT = 50,
};

/* Puts an entry in, in place of the one of that kind and key. name counts most; further (may be NULL)
 * is found too, but ranks below. scope separates sets of entries ("" or a framework's id). */
bool gh_search_put(GhDb *db, const char *kind, const char *scope, const char *key, const char *name,
                   const char *further, GError **error);
bool gh_search_drop(GhDb *db, const char *kind, const char *scope, const char *key, GError **error);
bool gh_search_drop_scope(GhDb *db, const char *kind, const char *scope, GError **error);

/* Many entries of one kind and scope, gathered in memory and then put in at once: ten times faster than
 * one by one. Of two with the same key the later counts. */
typedef struct GhSearchBatch GhSearchBatch;
GhSearchBatch *gh_search_batch_new(const char *kind, const char *scope);
void gh_search_batch_add(GhSearchBatch *batch, const char *key, const char *name,
                         const char *further);
bool gh_search_batch_write(GhSearchBatch *batch, GhDb *db, GError **error); /* once */
void gh_search_batch_free(GhSearchBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhSearchBatch, gh_search_batch_free)

/* Whether the entries of a kind were made by this version of the rules. A database from before the
 * search, and a backup of one, has none; whoever owns the kind then writes all of them and says so. */
bool gh_search_is_current(GhDb *db, const char *kind, int version, bool *ret_current,
                          GError **error);
bool gh_search_set_current(GhDb *db, const char *kind, int version, GError **error);

typedef struct {
    char *key;
    double similarity; /* 0..1 of the worst of the words asked for; 1: as written */
    bool exact;        /* every word asked for stands in it, or begins one of its words */
    bool in_name;      /* every word asked for was found in the name */
} GhSearchHit;
void gh_search_hit_free(GhSearchHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhSearchHit, gh_search_hit_free)

/* The best n_max, best first, then by name; of GhSearchHit (frees its elements). Words that are only
 * alike are looked for when nothing has all words as they were written. */
GPtrArray *gh_search_find(GhDb *db, const char *kind, const char *scope, const char *words,
                          unsigned n_max, GError **error);
