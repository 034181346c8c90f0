/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text.c - names: folding, slugs, lists, distance. */

#include "base/text.h"

#include <string.h>

bool
gh_text_check_utf8(const char *bytes, size_t n_bytes, size_t *ret_bad_offset)
{
    const char *end = bytes;

    /* The _len form counts NUL as invalid. */
    if (n_bytes == 0 || g_utf8_validate_len(bytes, n_bytes, &end))
        return true;
    *ret_bad_offset = (size_t)(end - bytes);
    return false;
}

/* Runs of blanks become one space, none at the ends; in place. */
static void
squeeze_blanks(char *text)
{
    char *to = text;
    bool pending = false;

    for (const char *at = text; *at != '\0';) {
        const char *next = g_utf8_next_char(at);
        if (g_unichar_isspace(g_utf8_get_char(at))) {
            pending = to > text;
        } else {
            if (pending)
                *to++ = ' ';
            pending = false;
            memmove(to, at, (size_t)(next - at));
            to += next - at;
        }
        at = next;
    }
    *to = '\0';
}

char *
gh_text_fold_name(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_assert(composed != NULL);
    g_autofree char *folded = g_utf8_casefold(composed, -1);

    /* Folding may take composed letters apart. */
    char *result = g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
    squeeze_blanks(result);
    return result;
}

/* Latin letters that Unicode does not take apart into a plain letter and a mark, lower case. */
static const struct {
    gunichar letter;
    const char *plain;
} LETTERS[] = {
    {0x00DF, "ss"},                                               /* sharp s */
    {0x00E6, "ae"}, {0x00F0, "d"},                                /* eth */
    {0x00F8, "o"},  {0x00FE, "th"},                               /* thorn */
    {0x0111, "d"},  {0x0127, "h"},  {0x0131, "i"},                /* dotless i */
    {0x0138, "k"},                                                /* kra */
    {0x0142, "l"},  {0x014B, "n"},                                /* eng */
    {0x0153, "oe"}, {0x0167, "t"},  {0x0180, "b"}, {0x0192, "f"}, /* hook f */
    {0x01DD, "e"},  {0x0253, "b"},  {0x0254, "o"},                /* open o */
    {0x0256, "d"},  {0x0257, "d"},  {0x0259, "e"},                /* schwa */
    {0x025B, "e"},  {0x0260, "g"},  {0x0268, "i"}, {0x0199, "k"},
    {0x0272, "n"},  {0x01B4, "y"},  {0x028B, "v"},
};

static const char *
plain_letters(gunichar letter)
{
    for (size_t i = 0; i < G_N_ELEMENTS(LETTERS); i++)
        if (LETTERS[i].letter == letter)
            return LETTERS[i].plain;
    return NULL;
}

static bool
is_slug_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Letters with their marks in a form of their own: the marks are skipped, everything that is not
 * Latin separates words. */
static void
append_slug_character(GString *slug, gunichar c, bool *need_hyphen)
{
    char ascii[2] = {c < 128 ? (char)c : '\0', '\0'};
    const char *plain = is_slug_letter(ascii[0]) ? ascii : plain_letters(c);

    if (plain == NULL) {
        if (g_unichar_type(c) != G_UNICODE_NON_SPACING_MARK)
            *need_hyphen = true;
        return;
    }
    if (*need_hyphen && slug->len > 0)
        g_string_append_c(slug, '-');
    *need_hyphen = false;
    g_string_append(slug, plain);
}

char *
gh_text_slug(const char *name)
{
    g_autofree char *lower = g_utf8_strdown(name, -1);
    g_autofree char *apart = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);
    g_assert(apart != NULL);
    g_autoptr(GString) slug = g_string_new(NULL);
    bool need_hyphen = false;

    for (const char *at = apart; *at != '\0'; at = g_utf8_next_char(at))
        append_slug_character(slug, g_utf8_get_char(at), &need_hyphen);

    if (slug->len > GH_SLUG_MAX)
        g_string_truncate(slug, GH_SLUG_MAX);
    if (slug->len > 0 && slug->str[slug->len - 1] == '-')
        g_string_truncate(slug, slug->len - 1);
    return slug->len > 0 ? g_string_free(g_steal_pointer(&slug), FALSE) : NULL;
}

static const gunichar TATWEEL = 0x0640; /* draws an Arabic word out, and means nothing */

/* Marks, and what only says how letters join. */
static bool
is_unheard(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_FORMAT || c == TATWEEL;
}

/* Vowels of Indic scripts are spacing marks. */
static bool
is_word_letter(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_type(c) == G_UNICODE_SPACING_MARK;
}

static void
append_search_character(GString *words, gunichar c, bool *need_space)
{
    const char *plain = plain_letters(c);
    bool is_word = g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN;

    if (!is_word_letter(c)) {
        *need_space = *need_space || !is_unheard(c);
        return;
    }
    if (c == TATWEEL)
        return;
    if ((*need_space || is_word) && words->len > 0)
        g_string_append_c(words, ' ');
    *need_space = is_word;
    if (plain != NULL)
        g_string_append(words, plain);
    else
        g_string_append_unichar(words, c);
}

char *
gh_text_fold_search(const char *text)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_autofree char *apart = g_utf8_normalize(folded, -1, G_NORMALIZE_NFKD);
    g_assert(apart != NULL);
    GString *words = g_string_sized_new(strlen(apart));
    bool need_space = false;

    for (const char *at = apart; *at != '\0'; at = g_utf8_next_char(at))
        append_search_character(words, g_utf8_get_char(at), &need_space);
    return g_string_free(words, FALSE);
}

bool
gh_text_is_slug(const char *slug)
{
    size_t n = strlen(slug);

    if (n == 0 || n > GH_SLUG_MAX || slug[0] == '-' || slug[n - 1] == '-')
        return false;
    for (const char *at = slug; *at != '\0'; at++)
        if (!is_slug_letter(*at) && (*at != '-' || at[1] == '-'))
            return false;
    return true;
}

GStrv
gh_text_split_list(const char *cell)
{
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();
    g_auto(GStrv) parts = g_strsplit(cell, " | ", -1);

    for (char **part = parts; *part != NULL; part++) {
        g_strstrip(*part);
        if (**part != '\0')
            g_strv_builder_add(list, *part);
    }
    return g_strv_builder_end(list);
}

/* Levenshtein by rows; row[j] is the distance between the first i of a and the first j of b. */
static unsigned
distance(const gunichar *a, size_t n_a, const gunichar *b, size_t n_b, unsigned *row)
{
    for (size_t j = 0; j <= n_b; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= n_a; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= n_b; j++) {
            unsigned replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[n_b];
}

unsigned
gh_text_distance(const char *a, const char *b, unsigned limit)
{
    enum {
        LONGEST = 256
    }; /* names and ids; work grows with the square */
    glong n_a = 0;
    glong n_b = 0;
    g_autofree gunichar *wide_a = g_utf8_to_ucs4_fast(a, -1, &n_a);
    g_autofree gunichar *wide_b = g_utf8_to_ucs4_fast(b, -1, &n_b);

    if (ABS(n_a - n_b) > (glong)limit)
        return limit + 1;
    if (n_a > LONGEST || n_b > LONGEST)
        return strcmp(a, b) == 0 ? 0 : limit + 1;

    unsigned row[LONGEST + 1];
    return MIN(distance(wide_a, (size_t)n_a, wide_b, (size_t)n_b, row), limit + 1);
}
