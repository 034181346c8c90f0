/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Foreign texts and links, as drawings may hold them. */
#include "draw/clean.h"

#include <glib.h>

static const struct {
    const char *label, *text, *want;
} texts[] = {
    {"plain text stays", "Riyadh", "Riyadh"},
    {"what markup escapes is no fault of the text", "<b> & \"c\" 'd'", "<b> & \"c\" 'd'"},
    {"blanks at the ends go, runs become one", "  a \t\n b\r\n", "a b"},
    {"lines end nowhere",
     "a\xE2\x80\xA8"
     "b\xC2\x85"
     "c",
     "a b c"},
    {"no-break blanks stay", "97\xC2\xA0%", "97\xC2\xA0%"},
    {"narrow no-break blanks stay",
     "1\xE2\x80\xAF"
     "000",
     "1\xE2\x80\xAF"
     "000"},
    {"controls cannot stand in XML",
     "a\x01"
     "b\x7F"
     "c",
     "a\xEF\xBF\xBD"
     "b\xEF\xBF\xBD"
     "c"},
    {"nor in HTML those of Latin-1", "a\xC2\x80", "a\xEF\xBF\xBD"},
    {"bytes that are no UTF-8",
     "a\xFF"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"a character that is cut off", "a\xC3", "a\xEF\xBF\xBD"},
    {"noncharacters", "\xEF\xBF\xBE\xEF\xB7\x90", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"characters beyond the first plane", "\xF0\xA0\x80\x8B", "\xF0\xA0\x80\x8B"},
    {"marks of direction stay",
     "\xE2\x80\xAB"
     "a\xE2\x80\xAC",
     "\xE2\x80\xAB"
     "a\xE2\x80\xAC"},
    {"nothing", "", ""},
    {"only blanks", " \n ", ""},
};

static void
test_texts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *got = gh_clean_text(texts[i].text);
        g_test_message("%s", texts[i].label);
        g_assert_cmpstr(got, ==, texts[i].want);
    }
}

static const struct {
    const char *link;
    bool is_link, is_absolute;
} links[] = {
    {"https://example.org/", true, true},
    {"HTTP://example.org", true, true},
    {"https://[2001:db8::1]/", true, true},
    {"/cities/riyadh?year=2020#wheel", true, false},
    {"cities/riyadh", true, false},
    {"../riyadh", true, false},
    {"?year=2020", true, false},
    {"#EN-EN-AQ-1C", true, false},
    {"/a:b", true, false},
    {"", false, false},
    {"javascript:alert(1)", false, false},
    {"JavaScript:alert(1)", false, false},
    {" javascript:alert(1)", false, false},
    {"java\nscript:alert(1)", false, false},
    {"\x01javascript:alert(1)", false, false},
    {"data:text/html,x", false, false},
    {"mailto:someone@example.org", false, false},
    {"//example.org/", false, false},
    {"/\\example.org/", false, false},
    {"\\\\example.org", false, false},
    {"https:example.org", false, false},
    {"https://", false, false},
    {"https:///example.org", false, false},
    {"/a b", false, false},
    {"/\xFF", false, false},
};

static void
test_links(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autofree char *label = g_strescape(links[i].link, NULL);
        g_test_message("\"%s\"", label);
        g_assert_cmpint(gh_clean_is_link(links[i].link), ==, links[i].is_link);
        g_assert_cmpint(gh_clean_is_absolute_link(links[i].link), ==, links[i].is_absolute);
    }
}

static void
test_ids(void)
{
    g_assert_true(gh_clean_is_id("wheel-2"));
    g_assert_false(gh_clean_is_id(""));
    g_assert_false(gh_clean_is_id("Wheel"));
    g_assert_false(gh_clean_is_id("a b"));
    g_assert_false(gh_clean_is_id("a\"b"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clean/a text becomes one line that XML and HTML can hold", test_texts);
    g_test_add_func("/clean/a link leads to http, https or within the site", test_links);
    g_test_add_func("/clean/an id has small letters, digits and hyphens", test_ids);
    return g_test_run();
}
