/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which texts are numbers, which are not, and which could be two numbers. */

#include "base/number.h"

#include <math.h>
#include <string.h>

#define NARROW_NO_BREAK "\xE2\x80\xAF" /* U+202F */
#define NO_BREAK "\xC2\xA0"            /* U+00A0 */
#define THIN "\xE2\x80\x89"            /* U+2009 */
#define MINUS "\xE2\x88\x92"           /* U+2212 */

/* Every accepted text with what it means, by hand. */
static const struct {
    const char *label;
    const char *text;
    GhNumberStyle style;
    bool comma_decimal_file;
    double want;
} accepted[] = {
    {"whole number", "97", GH_NUMBER_POINT, false, 97},
    {"zero", "0", GH_NUMBER_POINT, false, 0},
    {"leading zeros", "007", GH_NUMBER_POINT, false, 7},
    {"decimal point", "1.5", GH_NUMBER_POINT, false, 1.5},
    {"point without a digit before it", ".5", GH_NUMBER_POINT, false, 0.5},
    {"blanks around", "  12\t", GH_NUMBER_POINT, false, 12},
    {"no-break space behind", "12" NO_BREAK, GH_NUMBER_POINT, false, 12},
    {"plus sign", "+3", GH_NUMBER_POINT, false, 3},
    {"minus sign", "-3.25", GH_NUMBER_POINT, false, -3.25},
    {"typographic minus", MINUS "3.25", GH_NUMBER_POINT, false, -3.25},
    {"exponent", "1e5", GH_NUMBER_POINT, false, 100000},
    {"exponent with capital and sign", "2.5E-3", GH_NUMBER_POINT, false, 0.0025},
    {"exponent with typographic minus", "25e" MINUS "1", GH_NUMBER_POINT, false, 2.5},
    {"thousands by space", "1 234 567.5", GH_NUMBER_POINT, false, 1234567.5},
    {"thousands by no-break space", "1" NO_BREAK "234", GH_NUMBER_POINT, false, 1234},
    {"thousands by narrow no-break space", "12" NARROW_NO_BREAK "345", GH_NUMBER_POINT, false,
     12345},
    {"thousands by thin space", "123" THIN "456", GH_NUMBER_POINT, false, 123456},
    {"decimal comma", "1,5", GH_NUMBER_POINT_OR_COMMA, false, 1.5},
    {"comma and two decimals", "12,34", GH_NUMBER_POINT_OR_COMMA, false, 12.34},
    {"comma and four decimals", "1,2345", GH_NUMBER_POINT_OR_COMMA, false, 1.2345},
    {"spaces and decimal comma", "1 234,5", GH_NUMBER_POINT_OR_COMMA, true, 1234.5},
    {"point and three digits where the point is decimal", "1.234", GH_NUMBER_POINT_OR_COMMA, false,
     1.234},
    {"point and two digits in a comma file", "1.23", GH_NUMBER_POINT_OR_COMMA, true, 1.23},
    {"point and three digits in a point file", "0.125", GH_NUMBER_POINT, false, 0.125},
    {"a half up to the last bit", "0.1", GH_NUMBER_POINT, false, 0.1},
    {"more digits than a double holds", "3.14159265358979323846", GH_NUMBER_POINT, false,
     3.14159265358979323846},
    {"beyond the exact powers of ten", "1e23", GH_NUMBER_POINT, false, 1e23},
    {"largest", "1.7976931348623157e308", GH_NUMBER_POINT, false, 1.7976931348623157e308},
    {"too small becomes zero", "1e-999", GH_NUMBER_POINT, false, 0},
    {"one and a hundred zeros",
     "100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "0"
     "0000000",
     GH_NUMBER_POINT, false, 1e100},
};

static const struct {
    const char *label;
    const char *text;
    GhNumberStyle style;
    bool comma_decimal_file;
    GhNumberError want;
} refused[] = {
    {"empty", "", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_EMPTY},
    {"blanks", "  " NO_BREAK, GH_NUMBER_POINT, false, GH_NUMBER_ERROR_EMPTY},
    {"word", "abc", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"number with letters", "12abc", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"number with unit", "12 %", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"hexadecimal", "0x10", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"fraction sign", "\xC2\xBD", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"fraction sign behind digits", "1\xC2\xBD", GH_NUMBER_POINT, false,
     GH_NUMBER_ERROR_NOT_NUMBER},
    {"digits of another script", "\xD9\xA3", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"lone sign", "-", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"lone point", ".", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"point without digits behind", "5.", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"two signs", "--5", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"blank behind the sign", "- 5", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"sign inside", "1-2", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"two points", "1.2.3", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"points as thousands", "1.234.567", GH_NUMBER_POINT_OR_COMMA, false,
     GH_NUMBER_ERROR_NOT_NUMBER},
    {"commas as thousands", "1,234,567", GH_NUMBER_POINT_OR_COMMA, false,
     GH_NUMBER_ERROR_NOT_NUMBER},
    {"exponent without digits", "1e", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"exponent alone", "e5", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"two numbers", "12 34", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"group behind four digits", "1234 567", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"two blanks between groups", "1  234", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"blank among decimals", "1.234 567", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_NUMBER},
    {"decimal comma where only a point may be", "1,5", GH_NUMBER_POINT, false,
     GH_NUMBER_ERROR_NOT_NUMBER},
    {"not a number", "NaN", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_FINITE},
    {"infinity", "inf", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_FINITE},
    {"negative infinity in full", "-Infinity", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_FINITE},
    {"infinity sign", "\xE2\x88\x9E", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_FINITE},
    {"spreadsheet fault", "#DIV/0!", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_FINITE},
    {"too large", "1e999", GH_NUMBER_POINT, false, GH_NUMBER_ERROR_NOT_FINITE},
    {"too large by the exponent's own size", "1e99999999999999999999", GH_NUMBER_POINT, false,
     GH_NUMBER_ERROR_NOT_FINITE},
    {"comma and three digits", "1,234", GH_NUMBER_POINT_OR_COMMA, false, GH_NUMBER_ERROR_AMBIGUOUS},
    {"comma and three digits below one", "0,125", GH_NUMBER_POINT_OR_COMMA, false,
     GH_NUMBER_ERROR_AMBIGUOUS},
    {"point and three digits in a comma file", "1.234", GH_NUMBER_POINT_OR_COMMA, true,
     GH_NUMBER_ERROR_AMBIGUOUS},
    {"both signs, comma last", "1.234,5", GH_NUMBER_POINT_OR_COMMA, false,
     GH_NUMBER_ERROR_AMBIGUOUS},
    {"both signs, point last", "1,234.5", GH_NUMBER_POINT_OR_COMMA, true,
     GH_NUMBER_ERROR_AMBIGUOUS},
    {"both signs where only a point may be", "1,234.5", GH_NUMBER_POINT, false,
     GH_NUMBER_ERROR_AMBIGUOUS},
    {"both signs behind a typographic minus", MINUS "1.234,5", GH_NUMBER_POINT_OR_COMMA, false,
     GH_NUMBER_ERROR_AMBIGUOUS},
};

static void
test_accepted(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(accepted); i++) {
        g_autoptr(GError) error = NULL;
        double got = NAN;
        bool ok = gh_number_parse(accepted[i].text, accepted[i].style,
                                  accepted[i].comma_decimal_file, &got, &error);
        if (!ok || got != accepted[i].want)
            g_test_message("%s: \"%s\": want %.17g, got %.17g %s", accepted[i].label,
                           accepted[i].text, accepted[i].want, got, ok ? "" : error->message);
        g_assert_true(ok);
        g_assert_true(got == accepted[i].want);
    }
}

static void
test_refused(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        double got = 42;
        bool ok = gh_number_parse(refused[i].text, refused[i].style, refused[i].comma_decimal_file,
                                  &got, &error);
        g_test_message("%s: \"%s\" %s", refused[i].label, refused[i].text,
                       ok ? "was taken" : error->message);
        g_assert_false(ok);
        g_assert_error(error, GH_NUMBER_ERROR, (int)refused[i].want);
        g_assert_cmpfloat(got, ==, 42);
        g_assert_nonnull(strstr(error->message, "; "));
    }
}

static void
test_too_long(void)
{
    g_autofree char *text = g_strnfill(401, '1');
    double got = 0;

    g_assert_false(gh_number_parse(text, GH_NUMBER_POINT, false, &got, NULL));
}

static void
test_decimal_comma(void)
{
    g_assert_true(gh_number_has_decimal_comma("4,5"));
    g_assert_true(gh_number_has_decimal_comma("1 234,56"));
    g_assert_false(gh_number_has_decimal_comma("4.5"));
    g_assert_false(gh_number_has_decimal_comma("1,234"));
    g_assert_false(gh_number_has_decimal_comma("1.234,5"));
    g_assert_false(gh_number_has_decimal_comma("a,b"));
    g_assert_false(gh_number_has_decimal_comma(""));
}

/* The quick way for short numbers against the C library's. */
static void
test_same_as_strtod(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20);

    for (int i = 0; i < 200000; i++) {
        char text[64];
        double got = 0;
        g_snprintf(text, sizeof text, "%u%u.%0*ue%d", g_rand_int(rand) % 1000,
                   g_rand_int(rand) % 100, g_rand_int_range(rand, 1, 9), g_rand_int(rand) % 100000,
                   g_rand_int_range(rand, -30, 30));
        g_assert_true(gh_number_parse(text, GH_NUMBER_POINT, false, &got, NULL));
        g_assert_true(got == g_ascii_strtod(text, NULL));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/people's styles of numbers are read", test_accepted);
    g_test_add_func("/number/what is no number or two numbers is refused and nothing is written",
                    test_refused);
    g_test_add_func("/number/a number of more than 400 digits is refused", test_too_long);
    g_test_add_func("/number/only a sure decimal comma marks a file as comma-decimal",
                    test_decimal_comma);
    g_test_add_func("/number/short numbers are read to the same double as by the C library",
                    test_same_as_strtod);
    return g_test_run();
}
