/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_fill.c - values into translated texts, numbers for people. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/lang_private.h"
#include "base/number.h"

static const char MINUS[] = "\u2212";

enum {
    GROUP_DIGITS = 3
};

/* -- places -- */

static bool
is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '.';
}

const char *
gh_lang_find_place(const char *text, const char **ret_name, size_t *ret_n_name)
{
    for (const char *brace = text; (brace = strchr(brace, '{')) != NULL; brace++) {
        const char *end = brace + 1;
        while (is_name_byte(*end))
            end++;
        if (*end != '}' || end == brace + 1)
            continue;
        *ret_name = brace + 1;
        *ret_n_name = (size_t)(end - brace) - 1;
        return brace;
    }
    return NULL;
}

/* The text given for that name, or NULL. */
static const char *
find_argument(va_list arguments, const char *name, size_t n_name)
{
    va_list copy;
    const char *found = NULL;

    va_copy(copy, arguments);
    for (const char *given; found == NULL && (given = va_arg(copy, const char *)) != NULL;) {
        const char *text = va_arg(copy, const char *);
        if (strlen(given) == n_name && memcmp(given, name, n_name) == 0)
            found = text;
    }
    va_end(copy);
    return found;
}

char *
gh_lang_fill_va(const char *pattern, va_list arguments)
{
    g_autoptr(GString) filled = g_string_new(NULL);
    const char *name = NULL;
    size_t n_name = 0;

    for (const char *place; (place = gh_lang_find_place(pattern, &name, &n_name)) != NULL;) {
        const char *text = find_argument(arguments, name, n_name);
        const char *after = name + n_name + 1;
        g_string_append_len(filled, pattern, place - pattern);
        if (text != NULL)
            g_string_append(filled, text);
        else
            g_string_append_len(filled, place, after - place);
        pattern = after;
    }
    g_string_append(filled, pattern);
    return g_string_free(g_steal_pointer(&filled), FALSE);
}

char *
gh_lang_fill(const char *pattern, ...)
{
    va_list arguments;

    va_start(arguments, pattern);
    char *filled = gh_lang_fill_va(pattern, arguments);
    va_end(arguments);
    return filled;
}

/* -- numbers -- */

/* The digits of a non-negative number, all of them: no exponent. */
static char *
plain_digits(double value)
{
    char text[GH_NUMBER_TEXT_SIZE];

    gh_number_format(value, text);
    if (strchr(text, 'e') == NULL)
        return g_strdup(text);
    /* Only very large and very small numbers: 17 places tell all doubles apart (IEEE 754). */
    char buffer[DBL_MAX_10_EXP + 32];
    return g_strdup(g_ascii_formatd(buffer, sizeof buffer, "%.17f", value));
}

/* Adds one to the last digit; true when a one must go in front: 999 -> 000. */
static bool
count_up(char *digits, size_t n_digits)
{
    for (size_t i = n_digits; i > 0; i--) {
        if (digits[i - 1] == '.')
            continue;
        if (digits[i - 1] != '9') {
            digits[i - 1]++;
            return false;
        }
        digits[i - 1] = '0';
    }
    return true;
}

/* Rounds written digits at the place after the point, as one does on paper; a second rounding of
 * the double itself would turn 0.285 into 0.28. */
static char *
round_digits(char *digits, unsigned decimals)
{
    char *point = strchr(digits, '.');
    size_t n_kept = point == NULL ? strlen(digits) : (size_t)(point - digits) + 1 + decimals;
    if (n_kept >= strlen(digits))
        return g_strdup(digits);

    bool up = digits[n_kept] >= '5';
    digits[n_kept] = '\0';
    bool carried = up && count_up(digits, n_kept);
    return g_strconcat(carried ? "1" : "", digits, NULL);
}

static void
append_grouped(GString *out, const char *digits, size_t n_digits, const char *sign)
{
    for (size_t i = 0; i < n_digits; i++) {
        if (i > 0 && (n_digits - i) % GROUP_DIGITS == 0)
            g_string_append(out, sign);
        g_string_append_c(out, digits[i]);
    }
}

static char *
write_number(const GhLang *lang, double value, unsigned decimals, bool drops_zeros)
{
    g_assert(isfinite(value));
    g_autofree char *exact = plain_digits(fabs(value));
    g_autofree char *digits = round_digits(exact, decimals);
    size_t n_whole = strcspn(digits, ".");
    const char *fraction = digits[n_whole] == '.' ? digits + n_whole + 1 : "";
    size_t n_fraction = strlen(fraction);
    while (drops_zeros && n_fraction > 0 && fraction[n_fraction - 1] == '0')
        n_fraction--;

    GString *out = g_string_new(NULL);
    /* What rounds to zero has no sign. */
    if (value < 0 && strspn(digits, "0.") < strlen(digits))
        g_string_append(out, MINUS);
    append_grouped(out, digits, n_whole, lang->thousands_sign);
    if (n_fraction > 0 || (!drops_zeros && decimals > 0))
        g_string_append(out, lang->decimal_sign);
    g_string_append_len(out, fraction, (gssize)n_fraction);
    for (size_t i = n_fraction; !drops_zeros && i < decimals; i++)
        g_string_append_c(out, '0');
    return g_string_free(out, FALSE);
}

char *
gh_lang_number(const GhLang *lang, double value, unsigned decimals)
{
    return write_number(lang, value, decimals, true);
}

char *
gh_lang_number_fixed(const GhLang *lang, double value, unsigned decimals)
{
    return write_number(lang, value, decimals, false);
}

char *
gh_lang_size(const GhLang *lang, int64_t n_bytes)
{
    static const double KILO = 1000.0; /* kB and MB are decimal */
    static const char *const units[] = {"B", "kB", "MB", "GB"};
    double size = (double)n_bytes;
    size_t unit = 0;

    while (size >= KILO && unit + 1 < G_N_ELEMENTS(units)) {
        size /= KILO;
        unit++;
    }
    g_autofree char *number = gh_lang_number(lang, size, size < 10 && unit > 0 ? 1 : 0);
    return g_strdup_printf("%s %s", number, units[unit]);
}
