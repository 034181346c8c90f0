/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pdf_artifacts.c - what a page paints outside of tags is marked as decoration.
 *
 * A reader that speaks the page passes over artifacts: running heads, page numbers, rules, table heads
 * that are repeated. Source: ISO 32000-1, 7.8.2 (content streams) and 14.8.2.2 (artifacts).
 */
#include "draw/pdf.h"

#include <string.h>

#define WHITE " \t\r\n\f"
#define DELIMITERS "()<>[]{}/%"

static bool
is_in(const char *set, char c)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Behind the ( ) string that begins at p. */
static const char *
skip_string(const char *p, const char *end)
{
    int depth = 0;

    for (; p < end; p++) {
        if (*p == '\\' && p + 1 < end)
            p++;
        else if (*p == '(')
            depth++;
        else if (*p == ')' && --depth == 0)
            return p + 1;
    }
    return end;
}

static const char *
skip_until(const char *p, const char *end, const char *stops)
{
    while (p < end && !is_in(stops, *p))
        p++;
    return p;
}

/* Behind the token that begins at p. */
static const char *
skip_token(const char *p, const char *end)
{
    if (*p == '(')
        return skip_string(p, end);
    if (*p == '%')
        return skip_until(p, end, "\r\n");
    if (*p == '<' && p + 1 < end && p[1] != '<')
        return skip_until(p, end, ">");
    if (*p == '<')
        return p + 2 < end ? p + 2 : end;
    if (*p != '/' && is_in(DELIMITERS, *p))
        return p + 1;

    for (p++; p < end && !is_in(WHITE, *p) && !is_in(DELIMITERS, *p); p++)
        ;
    return p;
}

static bool
is_operator(const char *token, size_t n_token)
{
    char c = token[0];
    return g_ascii_isalpha(c) || ((c == '\'' || c == '"') && n_token == 1);
}

static bool
is_one_of(const char *const *names, const char *token, size_t n_token)
{
    for (; *names != NULL; names++)
        if (strlen(*names) == n_token && memcmp(*names, token, n_token) == 0)
            return true;
    return false;
}

/* Operators that paint or begin what paints. Within an artifact, cairo marks clusters of letters by
 * /Span without MCID; these stay inside it. A path begins with m or re, and all of it, up to the
 * operator that paints it, must stand on one side of the mark. */
static const char *const BEGINS_PAINT[] = {"BT", "m", "re", "Do", "sh", NULL};
static const char *const BEGINS_MARK[] = {"BDC", "BMC", NULL};
static const char *const ENDS_MARK[] = {"EMC", NULL};

GString *
gh_pdf_mark_artifacts(const char *content, size_t n_content)
{
    GString *out = g_string_sized_new(n_content + n_content / 16);
    const char *end = content + n_content;
    const char *written = content; /* up to here */
    const char *operands = NULL;   /* of the coming operator */
    bool artifact = false;
    unsigned depth = 0;

    for (const char *p = content; p < end;) {
        if (is_in(WHITE, *p)) {
            p++;
            continue;
        }

        const char *token = p;
        p = skip_token(p, end);
        if (operands == NULL)
            operands = token;
        size_t n_token = (size_t)(p - token);
        if (!is_operator(token, n_token))
            continue;

        bool begins = is_one_of(BEGINS_MARK, token, n_token);
        bool tagged = begins && g_strstr_len(operands, token - operands, "/MCID") != NULL;
        bool paints = (begins && !tagged) || is_one_of(BEGINS_PAINT, token, n_token);
        bool opens = depth == 0 && !artifact && paints;
        bool closes = depth == 0 && artifact && tagged;
        if (opens || closes) {
            g_string_append_len(out, written, operands - written);
            g_string_append(out, opens ? "/Artifact BMC\n" : "EMC\n");
            written = operands;
            artifact = opens;
        }
        if (begins)
            depth++;
        else if (depth > 0 && is_one_of(ENDS_MARK, token, n_token))
            depth--;
        operands = NULL;
    }
    g_string_append_len(out, written, end - written);
    if (artifact)
        g_string_append(out, "\nEMC\n");
    return out;
}
