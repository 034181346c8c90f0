/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csv_write.c - fields of a CSV line, safe to open in a spreadsheet. */

#include "base/csv_private.h"
#include "base/number.h"

#include <string.h>

/* What makes a spreadsheet take a cell for a formula; also in the full width of East Asian keyboards. */
static bool
begins_with_sign(const char *text, size_t n_bytes)
{
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}; /* = + - @ */

    if (n_bytes > 0 && strchr("=+-@", text[0]) != NULL && text[0] != '\0')
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(wide); i++) {
        size_t n = strlen(wide[i]);
        if (n_bytes >= n && memcmp(text, wide[i], n) == 0)
            return true;
    }
    return false;
}

bool
gh_csv_is_formula_start(const char *text, size_t n_bytes, size_t at)
{
    bool first = at == 0;

    /* A spreadsheet that separates by semicolons or tabs may split inside our quotes. */
    if (!first && text[at - 1] != ';' && text[at - 1] != '\t' && text[at - 1] != '\r'
        && text[at - 1] != '\n')
        return false;
    while (at < n_bytes && text[at] == '\'')
        at++;
    if (at == n_bytes)
        return false;
    return begins_with_sign(text + at, n_bytes - at)
           || (first && strchr("\t\r\n", text[at]) != NULL && text[at] != '\0');
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

    if (!needs_quotes(text, n)) {
        if (gh_csv_is_formula_start(text, n, 0))
            g_string_append_c(line, '\'');
        g_string_append_len(line, text, (gssize)n);
        return;
    }
    g_string_append_c(line, '"');
    for (size_t at = 0; at < n; at++) {
        if (gh_csv_is_formula_start(text, n, at))
            g_string_append_c(line, '\'');
        if (text[at] == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, text[at]);
    }
    g_string_append_c(line, '"');
}

void
gh_csv_write_number(GString *line, double value)
{
    char text[GH_NUMBER_TEXT_SIZE];

    g_string_append(line, gh_number_format(value, text));
}
