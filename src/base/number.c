/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* number.c - reading decimal numbers in the styles people write them. */

#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/lang.h"

/* clang-format off */
G_DEFINE_QUARK(gh-number-error-quark, gh_number_error)
/* clang-format on */

/* Longest number accepted, in characters without blanks; our choice: the largest double written
 * out in full has 309 digits. */
enum {
    PLAIN_MAX = 400
};

/* The parts of one number, while it is being read. */
typedef struct {
    const char *at;            /* next character to read */
    char plain[PLAIN_MAX + 1]; /* what was read, as strtod expects it */
    size_t n_plain;
    uint64_t digits; /* all digits as one whole number, while n_digits <= 18 */
    int n_digits;    /* without leading zeros */
    int n_decimals;
    int exponent;
    char sign; /* the decimal sign, or NUL */
} Scan;

static const char *const REMEDY_PLAIN = GH_MARK("write digits with a point, for example 97.5");

static bool
fail(GError **error, GhNumberError code, const char *reason, const char *remedy)
{
    g_set_error(error, GH_NUMBER_ERROR, (int)code, "%s; %s", reason, remedy);
    return false;
}

/* Bytes of the blank that text starts with, 0 when it starts with something else: space, tab,
 * U+00A0, U+2000..U+200A (en quad to hair space), U+202F (narrow no-break), U+205F. */
static size_t
blank_length(const char *text)
{
    const unsigned char *t = (const unsigned char *)text;

    if (t[0] == ' ' || t[0] == '\t')
        return 1;
    if (t[0] == 0xC2 && t[1] == 0xA0)
        return 2;
    if (t[0] != 0xE2)
        return 0;
    if (t[1] == 0x80 && ((t[2] >= 0x80 && t[2] <= 0x8A) || t[2] == 0xAF))
        return 3;
    return t[1] == 0x81 && t[2] == 0x9F ? 3 : 0;
}

static const char *
skip_blanks(const char *text)
{
    size_t n = 0;

    while ((n = blank_length(text)) > 0)
        text += n;
    return text;
}

/* Bytes of the sign that text starts with; U+2212 is the typographic minus. */
static size_t
sign_length(const char *text, bool *ret_negative)
{
    static const char MINUS[] = "\xE2\x88\x92";

    *ret_negative = false;
    if (*text == '+')
        return 1;
    if (*text == '-') {
        *ret_negative = true;
        return 1;
    }
    if (strncmp(text, MINUS, strlen(MINUS)) == 0) {
        *ret_negative = true;
        return strlen(MINUS);
    }
    return 0;
}

static bool
is_word_for_not_finite(const char *text)
{
    static const char *const WORDS[] = {
        "nan", "inf", "infinity", "#num!", "\xE2\x88\x9E" /* U+221E */, "#div/0!"};
    const char *end = text + strlen(text);

    while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if ((size_t)(end - text) == strlen(WORDS[i])
            && g_ascii_strncasecmp(text, WORDS[i], strlen(WORDS[i])) == 0)
            return true;
    return false;
}

static bool
push(Scan *scan, char c)
{
    if (scan->n_plain == PLAIN_MAX)
        return false;
    scan->plain[scan->n_plain++] = c;
    return true;
}

/* Takes a run of digits and returns how many, or -1 when the number is too long. */
static int
scan_digits(Scan *scan)
{
    int n = 0;

    for (; g_ascii_isdigit(*scan->at); scan->at++, n++) {
        if (!push(scan, *scan->at))
            return -1;
        if (scan->n_digits < 19)
            scan->digits = scan->digits * 10 + (uint64_t)(*scan->at - '0');
        if (scan->n_digits > 0 || *scan->at != '0')
            scan->n_digits++;
    }
    return n;
}

/* Digits before the decimal sign: 1234 or 1 234. Groups behind a blank have three digits, so that
 * two numbers in one field are not taken for one. */
static bool
scan_whole(Scan *scan)
{
    int n = scan_digits(scan);

    if (n < 0)
        return false;
    for (bool grouped = false;; grouped = true) {
        size_t blank = blank_length(scan->at);
        if (n == 0 || blank == 0 || !g_ascii_isdigit(scan->at[blank]))
            return true;
        if (!grouped && n > 3)
            return false;
        scan->at += blank;
        n = scan_digits(scan);
        if (n != 3)
            return false;
    }
}

static bool
scan_decimals(Scan *scan)
{
    if (*scan->at != '.' && *scan->at != ',')
        return true;

    scan->sign = *scan->at++;
    if (!push(scan, '.'))
        return false;
    scan->n_decimals = scan_digits(scan);
    return scan->n_decimals > 0;
}

static bool
scan_exponent(Scan *scan)
{
    const char *at = scan->at + 1;
    bool negative = false;

    if (*scan->at != 'e' && *scan->at != 'E')
        return true;

    at += sign_length(at, &negative);
    if (!g_ascii_isdigit(*at))
        return false;
    if (!push(scan, 'e') || !push(scan, negative ? '-' : '+'))
        return false;
    for (; g_ascii_isdigit(*at); at++) {
        if (!push(scan, *at))
            return false;
        if (scan->exponent < 10000)
            scan->exponent = scan->exponent * 10 + (*at - '0');
    }
    if (negative)
        scan->exponent = -scan->exponent;
    scan->at = at;
    return true;
}

/* The number without its sign. Up to 15 digits and powers up to 10^22 are exact doubles, and one
 * exact operation on them rounds once, just as a full conversion would (Clinger 1990). */
static double
scan_value(Scan *scan)
{
    static const double POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int power = scan->exponent - scan->n_decimals;

    if (scan->n_digits <= 15 && ABS(power) < (int)G_N_ELEMENTS(POWERS))
        return power < 0 ? (double)scan->digits / POWERS[-power]
                         : (double)scan->digits * POWERS[power];

    scan->plain[scan->n_plain] = '\0';
    return g_ascii_strtod(scan->plain, NULL);
}

/* The text does not have the form of a number: what is nearest to its fault? */
static bool
fail_form(const char *text, GError **error)
{
    static const char CHARACTERS[] = "0123456789.,eE+-";
    int points = 0;
    int commas = 0;

    for (const char *c = text; *c != '\0';) {
        size_t blank = blank_length(c);
        if (blank == 0 && strchr(CHARACTERS, *c) == NULL)
            return fail(error, GH_NUMBER_ERROR_NOT_NUMBER, GH_MARK("is not a number"),
                        REMEDY_PLAIN);
        points += *c == '.';
        commas += *c == ',';
        c += blank > 0 ? blank : 1;
    }
    if (points > 0 && commas > 0)
        return fail(
            error, GH_NUMBER_ERROR_AMBIGUOUS, GH_MARK("is ambiguous: it has a point and a comma"),
            GH_MARK("leave out the sign for thousands and write the decimals with a point, for "
                    "example 1234.5"));
    if (points > 1 || commas > 1)
        return fail(error, GH_NUMBER_ERROR_NOT_NUMBER,
                    GH_MARK("is not a number: it has two decimal signs"),
                    GH_MARK("leave out the sign for thousands, for example 1234567.5"));
    return fail(error, GH_NUMBER_ERROR_NOT_NUMBER, GH_MARK("is not a number"), REMEDY_PLAIN);
}

static bool
check_decimal_sign(const Scan *scan, GhNumberStyle style, bool comma_decimal_file, GError **error)
{
    if (scan->sign == ',' && style == GH_NUMBER_POINT)
        return fail(error, GH_NUMBER_ERROR_NOT_NUMBER, GH_MARK("has a comma as decimal sign"),
                    REMEDY_PLAIN);
    if (scan->n_decimals != 3)
        return true;
    if (scan->sign == ',')
        return fail(
            error, GH_NUMBER_ERROR_AMBIGUOUS,
            GH_MARK("is ambiguous: the comma may stand for thousands or for decimals"),
            GH_MARK("write decimals with a point and thousands without any sign, for example "
                    "1.234 or 1234"));
    if (comma_decimal_file)
        return fail(
            error, GH_NUMBER_ERROR_AMBIGUOUS,
            GH_MARK("is ambiguous: this file writes decimals with a comma, so the point may stand "
                    "for thousands"),
            GH_MARK("use one decimal sign in the whole file and write thousands without any sign"));
    return true;
}

bool
gh_number_parse(const char *text, GhNumberStyle style, bool comma_decimal_file, double *ret_value,
                GError **error)
{
    Scan scan = {.n_plain = 0};
    bool negative = false;

    text = skip_blanks(text);
    if (*text == '\0')
        return fail(error, GH_NUMBER_ERROR_EMPTY, GH_MARK("is empty"),
                    GH_MARK("write a number, for example 97.5"));

    scan.at = text + sign_length(text, &negative);
    if (is_word_for_not_finite(scan.at))
        return fail(error, GH_NUMBER_ERROR_NOT_FINITE, GH_MARK("is not a finite number"),
                    GH_MARK("leave the value empty and give a status such as not_available"));

    const char *start = scan.at;
    bool form = scan_whole(&scan) && scan_decimals(&scan) && scan.at > start && scan_exponent(&scan)
                && *skip_blanks(scan.at) == '\0';
    if (!form)
        return fail_form(start, error);
    if (!check_decimal_sign(&scan, style, comma_decimal_file, error))
        return false;

    double value = scan_value(&scan);
    if (!isfinite(value))
        return fail(error, GH_NUMBER_ERROR_NOT_FINITE, GH_MARK("is too large for a number"),
                    GH_MARK("check the exponent"));
    *ret_value = negative ? -value : value;
    return true;
}

bool
gh_number_has_decimal_comma(const char *text)
{
    double ignored = 0;

    return strchr(text, ',') != NULL
           && gh_number_parse(text, GH_NUMBER_POINT_OR_COMMA, false, &ignored, NULL);
}
