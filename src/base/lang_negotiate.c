/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_negotiate.c - the reader's wishes in an Accept-Language header against what there is. */
#include <string.h>

#include "base/lang_private.h"

enum {
    MAX_WISHES = 16,
    MAX_TAG = 35, /* RFC 5646, section 4.4.1: room for the longest sensible tag */
    QUALITY_ONE = 1000,
};

typedef struct {
    char tag[MAX_TAG + 1];
    unsigned quality; /* thousandths */
} Wish;

/* "0", "0.7", "1.000" in thousandths; false for anything else. RFC 9110, section 12.4.2. */
static bool
parse_quality(const char *text, unsigned *ret_quality)
{
    unsigned quality = 0;
    unsigned unit = QUALITY_ONE / 10;

    if (text[0] != '0' && text[0] != '1')
        return false;
    quality = text[0] == '1' ? QUALITY_ONE : 0;
    if (text[1] != '\0' && text[1] != '.')
        return false;
    for (const char *p = text[1] == '\0' ? text + 1 : text + 2; *p != '\0'; p++, unit /= 10) {
        if (!g_ascii_isdigit(*p) || unit == 0)
            return false;
        quality += (unsigned)(*p - '0') * unit;
    }
    if (quality > QUALITY_ONE)
        return false;
    *ret_quality = quality;
    return true;
}

/* "fr-CH;q=0.9" */
static bool
parse_wish(char *text, Wish *ret_wish)
{
    unsigned quality = QUALITY_ONE;
    char *semicolon = strchr(text, ';');

    if (semicolon != NULL) {
        *semicolon = '\0';
        char *parameter = g_strstrip(semicolon + 1);
        if (g_ascii_strncasecmp(parameter, "q=", 2) != 0 || !parse_quality(parameter + 2, &quality))
            return false;
    }
    g_strstrip(text);
    if (strlen(text) > MAX_TAG || (!gh_lang_is_tag(text) && !g_str_equal(text, "*")))
        return false;
    g_strlcpy(ret_wish->tag, text, sizeof ret_wish->tag);
    ret_wish->quality = quality;
    return quality > 0;
}

/* Lookup of RFC 4647: the tag, then the tag with its last subtag taken off, and so on. */
static const GhLang *
look_up(const char *wish)
{
    char tag[MAX_TAG + 1];

    if (g_str_equal(wish, "*"))
        return gh_lang_source();
    g_strlcpy(tag, wish, sizeof tag);
    for (;;) {
        const GhLang *lang = gh_lang_find(tag);
        char *hyphen = strrchr(tag, '-');
        if (lang != NULL || hyphen == NULL)
            return lang;
        *hyphen = '\0';
        /* A single letter only announces what stood behind it. */
        if (hyphen - tag >= 2 && hyphen[-2] == '-')
            hyphen[-2] = '\0';
    }
}

const GhLang *
gh_lang_negotiate(const char *accept_language)
{
    const GhLang *best = NULL;
    unsigned best_quality = 0;

    if (accept_language == NULL)
        return gh_lang_source();
    g_auto(GStrv) entries = g_strsplit(accept_language, ",", MAX_WISHES + 1);
    for (size_t i = 0; entries[i] != NULL && i < MAX_WISHES; i++) {
        Wish wish = {0};
        /* Of equal wishes the first wins. */
        if (!parse_wish(entries[i], &wish) || wish.quality <= best_quality)
            continue;
        const GhLang *lang = look_up(wish.tag);
        if (lang != NULL) {
            best = lang;
            best_quality = wish.quality;
        }
    }
    return best != NULL ? best : gh_lang_source();
}
