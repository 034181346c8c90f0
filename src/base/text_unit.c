/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text_unit.c - when two wordings of a unit are the same unit. */

#include "base/text.h"

#include <string.h>

/* Appends a word of a unit; the words for litre become one letter. */
static void
append_word(GString *folded, const char *word, size_t n_bytes)
{
    static const char *const LITRES[] = {"l", "litre", "litres", "liter", "liters"};
    static const gssize FIRST_LETTER = 1;

    for (size_t i = 0; i < G_N_ELEMENTS(LITRES); i++)
        if (n_bytes == strlen(LITRES[i]) && memcmp(word, LITRES[i], n_bytes) == 0) {
            g_string_append_len(folded, LITRES[0], FIRST_LETTER);
            return;
        }
    g_string_append_len(folded, word, (gssize)n_bytes);
}

/* Compatibility composition (NFKC) makes the micro sign the letter mu, the script l a plain one,
 * and m³ the m3 of keyboards without superscripts. */
char *
gh_text_fold_unit(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_assert(composed != NULL);
    g_autofree char *lower = g_utf8_casefold(composed, -1);
    g_autoptr(GString) folded = g_string_new(NULL);
    static const gunichar MU = 0x03BC;

    for (const char *at = lower; *at != '\0';) {
        const char *word = at;
        while (g_unichar_isalpha(g_utf8_get_char(at)) && g_utf8_get_char(at) != MU)
            at = g_utf8_next_char(at);
        append_word(folded, word, (size_t)(at - word));
        if (*at == '\0')
            break;

        gunichar c = g_utf8_get_char(at);
        if (c == MU)
            g_string_append_c(folded, 'u');
        else if (!g_unichar_isspace(c))
            g_string_append_unichar(folded, c);
        at = g_utf8_next_char(at);
    }
    return g_string_free(g_steal_pointer(&folded), FALSE);
}
