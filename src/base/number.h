/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* number.h - decimal numbers from people's files, and back into text.
 *
 * Units     Plain doubles; no locale is consulted: the decimal sign is an argument.
 * Ownership Nothing is kept; results go into the caller's buffer.
 * Errors    GH_NUMBER_ERROR; ret_ arguments stay untouched on failure. The message has the form
 *           "REASON; REMEDY" and leaves out the value, which a list of faults shows in front:
 *           "is not a number; write digits with a point, for example 97.5".
 * Threads   All functions are pure.
 * Source    Number styles: FORMATS, section 2 (stated in docs/framework-format.md and the
 *           operator's guide).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define GH_NUMBER_ERROR (gh_number_error_quark())
GQuark gh_number_error_quark(void);

typedef enum {
    GH_NUMBER_ERROR_EMPTY,      /* nothing but blanks */
    GH_NUMBER_ERROR_NOT_NUMBER, /* letters, two decimal signs, a lone sign, hex, ... */
    GH_NUMBER_ERROR_NOT_FINITE, /* NaN, infinity, or too large for a double */
    GH_NUMBER_ERROR_AMBIGUOUS,  /* 1,234 or 1.234 or both signs: thousands or decimals? */
} GhNumberError;

/* What may be the decimal sign in this file. A field of a comma-separated file that contains a
 * comma was quoted, so reading all fields of every file as POINT_OR_COMMA follows the rule. */
typedef enum {
    GH_NUMBER_POINT,          /* only a point */
    GH_NUMBER_POINT_OR_COMMA, /* the field separator is not a comma, or the field was quoted */
} GhNumberStyle;

/* Reads one decimal number: optional sign (also U+2212), digits, one decimal sign, optional
 * exponent. Blanks, no-break and narrow blanks may group the digits before the decimal sign by
 * three. With POINT_OR_COMMA one comma followed by exactly three digits is ambiguous; in a file
 * whose decimal sign is the comma (comma_decimal_file) so is one point followed by exactly three
 * digits; a number with both signs always is. The rule is literal: "0,125" is refused too, and the
 * remedy says to write a point. A number too small for a double becomes 0. */
bool gh_number_parse(const char *text, GhNumberStyle style, bool comma_decimal_file,
                     double *ret_value, GError **error);

/* Whether text, read as POINT_OR_COMMA, can only be a number with a decimal comma: "4,5" but
 * neither "4.5" nor "1,234". One such value makes its file a comma_decimal_file. */
bool gh_number_has_decimal_comma(const char *text);

/* Size that holds any finite double as gh_number_format writes it, with its NUL. */
#define GH_NUMBER_TEXT_SIZE 32

/* The shortest decimal text that reads back as the same double, with a point as decimal sign and
 * without a trailing ".0": 97, 56.25, 71.42857142857143, 1e+300. value must be finite.
 * Returns text. */
const char *gh_number_format(double value, char text[GH_NUMBER_TEXT_SIZE]);
