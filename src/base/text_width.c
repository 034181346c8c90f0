/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text_width.c - text in columns of a terminal. */
#include "base/text.h"

static unsigned
character_width(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

unsigned
gh_text_width(const char *text)
{
    unsigned width = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        width += character_width(g_utf8_get_char(p));
    return width;
}

/* The longest beginning of text that takes at most width columns. Returns its end. */
static const char *
end_within(const char *text, unsigned width, unsigned *ret_width)
{
    const char *p = text;
    unsigned taken = 0;
    for (; *p != '\0'; p = g_utf8_next_char(p)) {
        unsigned next = character_width(g_utf8_get_char(p));
        if (taken + next > width)
            break;
        taken += next;
    }
    *ret_width = taken;
    return p;
}

static void
append_blanks(GString *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        g_string_append_c(out, ' ');
}

void
gh_text_append_column(GString *out, const char *text, unsigned width, GhTextAlign align)
{
    unsigned taken = gh_text_width(text);
    if (taken > width) {
        const char *end = end_within(text, width > 0 ? width - 1 : 0, &taken);
        g_string_append_len(out, text, end - text);
        if (width > 0) {
            g_string_append(out, "…");
            taken++;
        }
        append_blanks(out, width - taken);
        return;
    }
    if (align == GH_TEXT_RIGHT)
        append_blanks(out, width - taken);
    g_string_append(out, text);
    if (align == GH_TEXT_LEFT)
        append_blanks(out, width - taken);
}
