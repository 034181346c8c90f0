/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_words.c - words, their trigrams, and how alike two of them are. */
#include "store/search_words.h"

#include "base/text.h"

#include <string.h>

G_STATIC_ASSERT((int)GH_TRIGRAMS_MAX <= (int)GH_SEARCH_N_PLACES);

static int
compare_texts(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Sorted texts without their repetitions. */
static void
make_distinct(GhTrigrams *trigrams)
{
    unsigned n = 0;

    qsort(trigrams->texts, trigrams->n, sizeof trigrams->texts[0], compare_texts);
    for (unsigned i = 0; i < trigrams->n; i++) {
        if (n > 0 && strcmp(trigrams->texts[n - 1], trigrams->texts[i]) == 0)
            continue;
        if (n < i)
            memcpy(trigrams->texts[n], trigrams->texts[i], GH_TRIGRAM_SIZE);
        n++;
    }
    trigrams->n = n;
}

void
gh_trigrams_init(GhTrigrams *trigrams, const char *word)
{
    g_autofree char *padded = g_strconcat("  ", word, " ", NULL);
    const char *first = padded;
    const char *end = first + 2; /* behind two of the three */

    trigrams->n = 0;
    while (*end != '\0') {
        end = g_utf8_next_char(end);
        g_assert(trigrams->n < GH_TRIGRAMS_MAX); /* words were cut */
        char *text = trigrams->texts[trigrams->n++];
        memcpy(text, first, (size_t)(end - first));
        text[end - first] = '\0';
        first = g_utf8_next_char(first);
    }
    make_distinct(trigrams);
}

double
gh_trigrams_similarity(const GhTrigrams *one, const GhTrigrams *other)
{
    unsigned n_shared = 0;

    for (unsigned i = 0, j = 0; i < one->n && j < other->n;) {
        int order = strcmp(one->texts[i], other->texts[j]);
        n_shared += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return 2.0 * n_shared / (one->n + other->n);
}

double
gh_search_swap_similarity(const char *word, const char *other)
{
    const char *first = word;
    const char *other_first = other;

    while (*first != '\0' && g_utf8_get_char(first) == g_utf8_get_char(other_first)) {
        first = g_utf8_next_char(first);
        other_first = g_utf8_next_char(other_first);
    }
    if (*first == '\0' || *other_first == '\0')
        return 0.0;
    const char *second = g_utf8_next_char(first);
    const char *other_second = g_utf8_next_char(other_first);
    if (g_utf8_get_char(first) != g_utf8_get_char(other_second)
        || g_utf8_get_char(second) != g_utf8_get_char(other_first)
        || strcmp(g_utf8_next_char(second), g_utf8_next_char(other_second)) != 0)
        return 0.0;

    double n = (double)g_utf8_strlen(word, -1);
    return (n - 1.0) / (n + 1.0);
}

GStrv
gh_search_swaps(const char *word)
{
    g_autoptr(GStrvBuilder) swaps = g_strv_builder_new();
    glong n = 0;
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(word, -1, &n);

    for (glong i = 0; i + 1 < n; i++) {
        gunichar letter = letters[i];
        if (letter == letters[i + 1])
            continue;
        letters[i] = letters[i + 1];
        letters[i + 1] = letter;
        g_autofree char *swap = g_ucs4_to_utf8(letters, n, NULL, NULL, NULL);
        g_strv_builder_add(swaps, swap);
        letters[i + 1] = letters[i];
        letters[i] = letter;
    }
    return g_strv_builder_end(swaps);
}

bool
gh_search_word_is_tolerant(const char *word)
{
    for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at))
        if (g_unichar_isdigit(g_utf8_get_char(at)))
            return false;
    return *word != '\0' && *g_utf8_next_char(word) != '\0';
}

static char *
cut_word(const char *word)
{
    if (g_utf8_strlen(word, -1) <= GH_SEARCH_WORD_MAX)
        return g_strdup(word);
    return g_utf8_substring(word, 0, GH_SEARCH_WORD_MAX);
}

GStrv
gh_search_split(const char *text, unsigned n_max)
{
    g_autofree char *folded = gh_text_fold_search(text);
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GStrvBuilder) distinct = g_strv_builder_new();

    for (size_t i = 0; words[i] != NULL && g_hash_table_size(seen) < n_max; i++) {
        g_autofree char *word = cut_word(words[i]);
        if (*word == '\0' || g_hash_table_contains(seen, word))
            continue;
        g_strv_builder_add(distinct, word);
        g_hash_table_add(seen, g_steal_pointer(&word));
    }
    return g_strv_builder_end(distinct);
}

void
gh_search_bind_places(GhQuery *query, const char *const *texts, size_t n)
{
    g_assert(n <= GH_SEARCH_N_PLACES);
    for (size_t i = 0; i < GH_SEARCH_N_PLACES; i++)
        gh_query_bind_text(query, (int)i + 1, i < n ? texts[i] : NULL);
}
