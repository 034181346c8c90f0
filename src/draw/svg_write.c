/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* svg_write.c - the small pieces of SVG. See svg_write.h. */
#include "draw/svg_write.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

void
gh_svg_number(GString *out, double value)
{
    gint64 hundredths = llround(value * 100);
    gint64 whole = ABS(hundredths) / 100;
    unsigned rest = (unsigned)(ABS(hundredths) % 100);

    if (hundredths < 0)
        g_string_append_c(out, '-');
    if (whole > 0 || rest == 0)
        g_string_append_printf(out, "%" G_GINT64_FORMAT, whole);
    if (rest > 0)
        g_string_append_c(out, '.');
    if (rest > 0)
        g_string_append_c(out, (char)('0' + rest / 10));
    if (rest % 10 > 0)
        g_string_append_c(out, (char)('0' + rest % 10));
}

void
gh_svg_numbers(GString *out, size_t n, const double *values)
{
    for (size_t i = 0; i < n; i++) {
        /* A minus sign keeps two numbers apart as well as a blank. */
        if (i > 0 && llround(values[i] * 100) >= 0)
            g_string_append_c(out, ' ');
        gh_svg_number(out, values[i]);
    }
}

void
gh_svg_text(GString *out, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "&<>\"");
        g_string_append_len(out, text, (gssize)plain);
        text += plain;
        switch (*text++) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        default:
            return;
        }
    }
}

void
gh_svg_attribute(GString *out, const char *name, const char *value)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=\"");
    gh_svg_text(out, value);
    g_string_append_c(out, '"');
}

void
gh_svg_number_attribute(GString *out, const char *name, double value)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=\"");
    gh_svg_number(out, value);
    g_string_append_c(out, '"');
}

void
gh_svg_colour_attribute(GString *out, const char *name, GhColour colour)
{
    unsigned alpha = colour >> 24;
    unsigned rgb = colour & 0xffffff;
    /* #rgb says the same where both digits of each are equal. */
    bool is_short = ((rgb >> 4) & 0x0f0f0f) == (rgb & 0x0f0f0f);

    if (colour == GH_NO_COLOUR) {
        gh_svg_attribute(out, name, "none");
        return;
    }
    g_string_append_printf(out, " %s=\"#", name);
    if (is_short)
        g_string_append_printf(out, "%x%x%x\"", rgb >> 20, (rgb >> 12) & 0xf, (rgb >> 4) & 0xf);
    else
        g_string_append_printf(out, "%06x\"", rgb);
    if (alpha < 0xff) {
        g_string_append_printf(out, " %s-opacity=\"", name);
        gh_svg_number(out, alpha / 255.0);
        g_string_append_c(out, '"');
    }
}
