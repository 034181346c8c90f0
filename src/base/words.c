/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* words.c - a fixed set of words in a file: which one it is, which ones there are, which was meant. */
#include "base/words.h"

#include "base/text.h"

#include <string.h>

enum {
    SEARCHED_MAX = 5000, /* beyond, the search takes longer than it helps */
};

gssize
gh_words_find(const char *const *words, const char *word)
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return (gssize)i;
    return -1;
}

char *
gh_words_list(const char *const *words)
{
    GString *list = g_string_new(NULL);

    for (size_t i = 0; words[i] != NULL; i++) {
        if (*words[i] == '\0')
            continue;
        if (list->len > 0)
            g_string_append(list, words[i + 1] == NULL ? " or " : ", ");
        g_string_append(list, words[i]);
    }
    return g_string_free(list, FALSE);
}

const char *
gh_words_nearest(const char *const *words, const char *word)
{
    /* Slips allowed: none but case in ids like S3, where every other id is one slip away. */
    static const size_t LENGTHS[] = {4, 6, 12};
    unsigned limit = 0;
    while (limit < G_N_ELEMENTS(LENGTHS) && strlen(word) >= LENGTHS[limit])
        limit++;
    const char *best = NULL;

    if (strlen(word) > GH_WORDS_MAX_BYTES)
        return NULL;
    for (size_t i = 0; words[i] != NULL && i < SEARCHED_MAX; i++) {
        unsigned distance = *words[i] == '\0' ? limit + 1
                            : g_ascii_strcasecmp(words[i], word) == 0
                                ? 0
                                : gh_text_distance(words[i], word, limit);
        if (distance > limit)
            continue;
        best = words[i];
        if (distance == 0)
            break;
        limit = distance - 1; /* only a nearer one may take its place */
    }
    return best;
}

char *
gh_words_suggest(const char *const *words, const char *word, const char *fallback)
{
    const char *nearest = gh_words_nearest(words, word);
    return nearest != NULL ? g_strdup_printf("did you mean %s?", nearest) : g_strdup(fallback);
}
