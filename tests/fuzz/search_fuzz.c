/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any text as words that are searched for: cut, taken apart into trigrams, compared. */

#include "store/search_words.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_swaps(const char *word)
{
    g_auto(GStrv) swaps = gh_search_swaps(word);

    g_assert_cmpint(g_strv_length(swaps), <, GH_SEARCH_WORD_MAX);
    for (char **swap = swaps; *swap != NULL; swap++) {
        g_assert_true(g_utf8_validate(*swap, -1, NULL));
        g_assert_cmpuint(strlen(*swap), ==, strlen(word));
        g_assert_cmpfloat(gh_search_swap_similarity(word, *swap), >, 0);
    }
}

static void
check_word(const char *word)
{
    GhTrigrams trigrams;

    g_assert_true(g_utf8_validate(word, -1, NULL));
    g_assert_cmpint(g_utf8_strlen(word, -1), >=, 1);
    g_assert_cmpint(g_utf8_strlen(word, -1), <=, GH_SEARCH_WORD_MAX);
    g_assert_null(strpbrk(word, " \t\r\n%_"));
    gh_trigrams_init(&trigrams, word);
    g_assert_cmpuint(trigrams.n, >=, 1);
    g_assert_cmpfloat(gh_trigrams_similarity(&trigrams, &trigrams), ==, 1);
    (void)gh_search_word_is_tolerant(word); /* must not fail; either answer will do */
    check_swaps(word);
}

/* Similarity has no direction. */
static void
check_pair(const char *one, const char *other)
{
    GhTrigrams a, b;

    gh_trigrams_init(&a, one);
    gh_trigrams_init(&b, other);
    double similarity = gh_trigrams_similarity(&a, &b);
    g_assert_cmpfloat(similarity, ==, gh_trigrams_similarity(&b, &a));
    g_assert_true(similarity >= 0 && similarity <= 1);
    g_assert_cmpfloat(gh_search_swap_similarity(one, other), <, 1);
}

/* Bytes that are no text never come this far: pages and imports refuse them. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    g_auto(GStrv) words = gh_search_split(text, GH_SEARCH_WORDS_MAX);

    g_assert_cmpuint(g_strv_length(words), <=, GH_SEARCH_WORDS_MAX);
    for (size_t i = 0; words[i] != NULL; i++) {
        check_word(words[i]);
        for (size_t k = 0; k < i; k++) {
            g_assert_cmpstr(words[i], !=, words[k]);
            check_pair(words[i], words[k]);
        }
    }
    return 0;
}
