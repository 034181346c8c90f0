/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csv_write.c - fields of a CSV line, safe to open in a spreadsheet. */

#include "base/csv_private.h"
#include "base/number.h"

#include <string.h>

bool
gh_csv_looks_like_formula(const char *text, size_t n_bytes)
{
    size_t i = 0;

    while (i < n_bytes && text[i] == '\'')
        i++;
    return i < n_bytes && strchr("=+-@\t\r\n", text[i]) != NULL;
}

/* Also the separators we do not use: a spreadsheet may split at them by its country's habit. */
static bool
needs_quotes(const char *text, size_t n_bytes)
{
    if (n_bytes == 0)
        return false;
    return text[0] == ' ' || text[n_bytes - 1] == ' ' || strpbrk(text, "\",;\t\r\n") != NULL;
}

void
gh_csv_write_text(GString *line, const char *text)
{
    size_t n = strlen(text);
    bool guarded = gh_csv_looks_like_formula(text, n);

    if (!needs_quotes(text, n)) {
        if (guarded)
            g_string_append_c(line, '\'');
        g_string_append_len(line, text, (gssize)n);
        return;
    }
    g_string_append_c(line, '"');
    if (guarded)
        g_string_append_c(line, '\'');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, *at);
    }
    g_string_append_c(line, '"');
}

void
gh_csv_write_number(GString *line, double value)
{
    char text[GH_NUMBER_TEXT_SIZE];

    g_string_append(line, gh_number_format(value, text));
}
