/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* layout.c - text in columns for a terminal. */

#include "base/layout.h"

#include <stdbool.h>

static const char ELLIPSIS[] = "\xe2\x80\xa6";
static const char REPLACEMENT[] = "\xef\xbf\xbd";

/* What makes a terminal do something: controls, and the direction marks that turn the rest of a row
 * around (UAX 9), so that numbers would seem to belong to other columns. LRI and PDI, which our own texts
 * have, only keep a range in order. */
static bool
is_refused(gunichar character)
{
    static const gunichar RLI = 0x2067, FSI = 0x2068;

    return g_unichar_iscntrl(character) || (character >= 0x202A && character <= 0x202E)
           || character == RLI || character == FSI;
}

static size_t
character_width(gunichar character)
{
    if (is_refused(character))
        return 1; /* of what is written instead */
    if (g_unichar_iszerowidth(character))
        return 0;
    return g_unichar_iswide(character) ? 2 : 1;
}

static size_t
character_bytes(const char *at)
{
    return (size_t)g_utf8_skip[(guchar)*at];
}

static void
append_character(GString *out, const char *at)
{
    if (is_refused(g_utf8_get_char(at)))
        g_string_append(out, REPLACEMENT);
    else
        g_string_append_len(out, at, (gssize)character_bytes(at));
}

size_t
gh_layout_width(const char *text)
{
    size_t width = 0;

    for (const char *at = text; *at != '\0'; at += character_bytes(at))
        width += character_width(g_utf8_get_char(at));
    return width;
}

static void
append_blanks(GString *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_string_append_c(out, ' ');
}

/* As much of text as fits. Returns its width. */
static size_t
append_fitting(GString *out, const char *text, size_t width)
{
    size_t whole = gh_layout_width(text);
    size_t room = whole <= width ? width : width > 0 ? width - 1 : 0;
    size_t used = 0;

    for (const char *at = text; *at != '\0'; at += character_bytes(at)) {
        size_t next = character_width(g_utf8_get_char(at));
        if (used + next > room)
            break;
        append_character(out, at);
        used += next;
    }
    if (whole > width && width > 0) {
        g_string_append(out, ELLIPSIS);
        used++;
    }
    return used;
}

void
gh_layout_left(GString *out, const char *text, size_t width)
{
    append_blanks(out, width - append_fitting(out, text, width));
}

void
gh_layout_right(GString *out, const char *text, size_t width)
{
    size_t whole = gh_layout_width(text);

    append_blanks(out, whole < width ? width - whole : 0);
    (void)append_fitting(out, text, width); /* as wide as the rest, or one less before a wide one */
}

void
gh_layout_wrap(GString *out, const char *text, size_t indent, size_t width)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
    size_t used = 0;

    for (size_t i = 0; words[i] != NULL; i++) {
        size_t word_width = gh_layout_width(words[i]);

        if (*words[i] == '\0')
            continue;
        if (used > 0 && used + 1 + word_width > width) {
            g_string_append_c(out, '\n');
            used = 0;
        }
        if (used == 0) {
            append_blanks(out, indent);
            used = indent;
        } else {
            g_string_append_c(out, ' ');
            used++;
        }
        (void)append_fitting(out, words[i], word_width); /* whole: it takes the width it has */
        used += word_width;
    }
    if (used > 0)
        g_string_append_c(out, '\n');
}

void
gh_layout_hang(GString *out, const char *text, size_t indent, size_t width)
{
    g_autoptr(GString) wrapped = g_string_new(NULL);

    gh_layout_wrap(wrapped, text, indent, width);
    g_string_append(out, wrapped->len > indent ? wrapped->str + indent : "\n");
}

void
gh_layout_cell(GString *out, const char *text, size_t indent, size_t end, size_t width)
{
    if (indent + gh_layout_width(text) <= end) {
        gh_layout_left(out, text, end - indent);
        return;
    }
    gh_layout_hang(out, text, indent, width);
    append_blanks(out, end);
}
