/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* When two names or units are the same, and what an address is made of. */

#include "base/text.h"

#include <string.h>

typedef struct {
    const char *label;
    const char *text;
    const char *want;
} Case;

static void
check_cases(const Case *cases, size_t n, char *(*function)(const char *))
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *got = function(cases[i].text);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static const Case names[] = {
    {"case", "KRISTIANSUND", "kristiansund"},
    {"letters of other scripts", "\xD0\x9C\xD0\x9E\xD0\xA1\xD0\x9A\xD0\x92\xD0\x90",
     "\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0"},
    {"a letter and its mark apart", "A\xCC\x8Alesund", "\xC3\xA5lesund"},
    {"sharp s",
     "Stra\xC3\x9F"
     "e",
     "strasse"},
    {"blanks at the ends", "  Rana\t", "rana"},
    {"runs of blanks", "Krimpen  aan\t den\xC2\xA0IJssel", "krimpen aan den ijssel"},
    {"marks stay", "Karm\xC3\xB8y", "karm\xC3\xB8y"},
    {"nothing", " ", ""},
};

static void
test_names(void)
{
    check_cases(names, G_N_ELEMENTS(names), gh_text_fold_name);
}

/* Wordings of published tables that are the same unit without a line in units.csv. */
static const struct {
    const char *a;
    const char *b;
} same_units[] = {
    {"\xC2\xB5g/m3", "ug/m3"},                            /* micro sign */
    {"\xCE\xBCg/m3", "ug/m3"},                            /* Greek mu */
    {"\xCE\x9Cg/m3", "\xC2\xB5g/m3"},                     /* capital mu */
    {"ug/m\xC2\xB3", "ug/m3"},                            /* superscript 3 */
    {"\xE2\x84\x93 / day / capita", "litres/day/capita"}, /* script l */
    {"litres / day / capita", "l/day/capita"},
    {"Liters/day/capita", "litre/day/capita"},
    {"Minutes", "minutes"},
    {"Yes/No", "yes/no"},
    {"per cent", "percent"},
    {"/ 100 000 inhabitants", "/100\xE2\x80\xAF"
                              "000 inhabitants"}, /* narrow no-break space */
    {"kWh / year / capita", "kWh/year/capita"},
};

static const struct {
    const char *a;
    const char *b;
} different_units[] = {
    {"%", "% of GDP"},
    {"kWh", "GJ"},
    {"mg/m3", "ug/m3"},
    {"ml/day", "l/day"},
    {"per 100 000", "per 1 000 000"},
    {"", "%"},
};

static bool
is_same_unit(const char *a, const char *b)
{
    g_autofree char *folded_a = gh_text_fold_unit(a);
    g_autofree char *folded_b = gh_text_fold_unit(b);

    g_test_message("\"%s\" -> \"%s\", \"%s\" -> \"%s\"", a, folded_a, b, folded_b);
    return strcmp(folded_a, folded_b) == 0;
}

static void
test_units(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(same_units); i++)
        g_assert_true(is_same_unit(same_units[i].a, same_units[i].b));
    for (size_t i = 0; i < G_N_ELEMENTS(different_units); i++)
        g_assert_false(is_same_unit(different_units[i].a, different_units[i].b));
}

static const Case slugs[] = {
    {"plain", "Rana", "rana"},
    {"o with a stroke", "Karm\xC3\xB8y", "karmoy"},
    {"a with a ring", "\xC3\x85lesund", "alesund"},
    {"a letter and its mark apart", "A\xCC\x8Alesund", "alesund"},
    {"blanks", "Krimpen aan den IJssel", "krimpen-aan-den-ijssel"},
    {"marks of many kinds",
     "S\xC3\xA3o Lu\xC3\xADs \xC5\x81\xC3\xB3"
     "d\xC5\xBA \xC4\x90\xC3\xA0 N\xE1\xBA\xB5ng",
     "sao-luis-lodz-da-nang"},
    {"ligatures", "\xC3\x86r\xC3\xB8 \xC5\x92uvre Gro\xC3\x9F", "aero-oeuvre-gross"},
    {"capital dotted I and dotless i", "\xC4\xB0zmir Diyarbak\xC4\xB1r", "izmir-diyarbakir"},
    {"schwa", "G\xC9\x99nc\xC9\x99", "gence"},
    {"signs between words",
     "Val-d'Or / (Qu\xC3\xA9"
     "bec)",
     "val-d-or-quebec"},
    {"digits", "City 17", "city-17"},
    {"Latin beside another script", "\xE6\x9D\xB1\xE4\xBA\xAC Tokyo", "tokyo"},
    {"no Latin letter", "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0", NULL},
    {"signs alone", "-- !", NULL},
    {"nothing", "", NULL},
};

static void
test_slugs(void)
{
    check_cases(slugs, G_N_ELEMENTS(slugs), gh_text_slug);
}

static const Case searched[] = {
    {"marks, and letters that Unicode does not take apart", "São Ålesund Karmøy Łódź Ærø Groß",
     "sao alesund karmoy lodz aero gross"},
    {"what is not a letter or digit is a space", " Val-d'Or / (EC: ICT: 1C) ",
     "val d or ec ict 1c"},
    {"wide letters", "Ｔｏｋｙｏ", "tokyo"},
    {"Cyrillic", "Королёв", "королев"},
    {"Arabic with vowels, a lengthened letter and a hamza", "أَبو ظــبي", "ابو ظبي"},
    {"Chinese: each character is a word", "北京市 City", "北 京 市 city"},
    {"Hindi keeps its spacing vowels", "दिल्ली", "दिलली"},
    {"signs alone", "%% ’ !", ""},
    {"nothing", "", ""},
};

static void
test_searched(void)
{
    check_cases(searched, G_N_ELEMENTS(searched), gh_text_fold_search);
}

static void
test_long_slug(void)
{
    g_autofree char *letters = g_strnfill(79, 'a');
    g_autofree char *name = g_strconcat(letters, " bcd", NULL);
    g_autofree char *slug = gh_text_slug(name);

    g_assert_cmpstr(slug, ==, letters);
    g_assert_true(gh_text_is_slug(slug));
}

static void
test_is_slug(void)
{
    static const char *const GOOD[] = {"rana", "krimpen-aan-den-ijssel", "17", "a-1"};
    static const char *const BAD[] = {"",   "-",   "a-",  "-a",  "a--b",
                                      "Ab", "a b", "a_b", "a/b", "karm\xC3\xB8y"};
    g_autofree char *longest = g_strnfill(GH_SLUG_MAX, 'a');
    g_autofree char *longer = g_strnfill(GH_SLUG_MAX + 1, 'a');

    for (size_t i = 0; i < G_N_ELEMENTS(GOOD); i++)
        g_assert_true(gh_text_is_slug(GOOD[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++)
        g_assert_false(gh_text_is_slug(BAD[i]));
    g_assert_true(gh_text_is_slug(longest));
    g_assert_false(gh_text_is_slug(longer));
}

static void
test_utf8(void)
{
    size_t bad = 42;

    g_assert_true(gh_text_check_utf8("", 0, &bad));
    g_assert_true(gh_text_check_utf8("Karm\xC3\xB8y", 7, &bad));
    g_assert_cmpuint(bad, ==, 42);
    g_assert_false(gh_text_check_utf8("Karm\xF8y", 6, &bad));
    g_assert_cmpuint(bad, ==, 4);
    g_assert_false(gh_text_check_utf8("a\0b", 3, &bad));
    g_assert_cmpuint(bad, ==, 1);
    g_assert_false(gh_text_check_utf8("ab\xC3", 3, &bad));
    g_assert_cmpuint(bad, ==, 2);
    g_assert_false(gh_text_check_utf8("\xED\xA0\x80", 3, &bad)); /* half of a surrogate pair */
    g_assert_cmpuint(bad, ==, 0);
}

static const Case lists[] = {
    {"nothing", "", ""},
    {"one", " SDG 11 ", "SDG 11"},
    {"two", "SDG 6 | SDG 11", "SDG 6,SDG 11"},
    {"an empty element", "a |  | b | ", "a,b"},
    {"a bar without blanks is text", "a|b | c", "a|b,c"},
};

static char *
split_and_join(const char *cell)
{
    g_auto(GStrv) list = gh_text_split_list(cell);
    return g_strjoinv(",", list);
}

static void
test_lists(void)
{
    check_cases(lists, G_N_ELEMENTS(lists), split_and_join);
}

static const struct {
    const char *a;
    const char *b;
    unsigned limit;
    unsigned want;
} distances[] = {
    {"", "", 2, 0},
    {"value", "value", 0, 0},
    {"kitten", "sitting", 5, 3}, /* the textbook example */
    {"valeu", "value", 5, 2},
    {"", "abc", 5, 3},
    {"karm\xC3\xB8y", "karmoy", 5, 1}, /* characters, not bytes */
    {"abc", "xyz", 1, 2},
    {"a", "abcdef", 2, 3},
};

static void
test_distance(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(distances); i++) {
        g_assert_cmpuint(gh_text_distance(distances[i].a, distances[i].b, distances[i].limit), ==,
                         distances[i].want);
        g_assert_cmpuint(gh_text_distance(distances[i].b, distances[i].a, distances[i].limit), ==,
                         distances[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/names are the same whatever their case, blanks and composition",
                    test_names);
    g_test_add_func("/text/wordings of a unit are the same whatever their case, blanks and litres",
                    test_units);
    g_test_add_func("/text/words are searched without case, marks and signs", test_searched);
    g_test_add_func("/text/a name becomes a Latin slug or none", test_slugs);
    g_test_add_func("/text/a long name is cut to 80 characters without a hyphen at its end",
                    test_long_slug);
    g_test_add_func("/text/a slug has small letters, digits and single inner hyphens",
                    test_is_slug);
    g_test_add_func("/text/the first byte that is not UTF-8 is named", test_utf8);
    g_test_add_func("/text/a cell's list is split at bars between blanks", test_lists);
    g_test_add_func("/text/edits are counted in characters up to the limit", test_distance);
    return g_test_run();
}
