/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clean.c - texts and links as a drawing may hold them. See clean.h. */
#include "draw/clean.h"

#include <glib.h>
#include <string.h>

static const char ID_CHARACTERS[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

/* Lines end in drawings only where text.h broke them. */
static bool
is_blank(gunichar c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* XML 1.0, production Char, without what HTML calls controls and noncharacters. */
static bool
is_held(gunichar c)
{
    bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    bool noncharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);

    return !control && !noncharacter;
}

char *
gh_clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_sized_new(strlen(valid));
    bool blank = false;

    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && clean->len > 0)
            g_string_append_c(clean, ' ');
        blank = false;
        g_string_append_unichar(clean, is_held(c) ? c : 0xfffd);
    }
    return g_string_free(clean, FALSE);
}

bool
gh_clean_is_absolute_link(const char *link)
{
    const char *rest = link;

    if (g_ascii_strncasecmp(link, "http://", 7) == 0)
        rest += 7;
    else if (g_ascii_strncasecmp(link, "https://", 8) == 0)
        rest += 8;
    else
        return false;
    return g_ascii_isalnum(*rest) || *rest == '[' || (guchar)*rest >= 0x80;
}

bool
gh_clean_is_link(const char *link)
{
    if (*link == '\0' || !g_utf8_validate(link, -1, NULL))
        return false;
    /* Browsers read a backslash as a slash, and pass over blanks and controls inside a scheme. */
    for (const char *p = link; *p != '\0'; p++) {
        if ((guchar)*p <= 0x20 || *p == 0x7f || *p == '\\')
            return false;
    }
    if (gh_clean_is_absolute_link(link))
        return true;
    if (g_str_has_prefix(link, "//"))
        return false;
    /* A colon before the first of these would end a scheme. */
    return link[strcspn(link, ":/?#")] != ':';
}

bool
gh_clean_is_id(const char *id)
{
    return *id != '\0' && id[strspn(id, ID_CHARACTERS)] == '\0';
}
