/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_negotiate_test.c - which language a reader gets, and filling texts. */
#include <string.h>

#include "base/lang.h"

static void
load_empty(const char *tag)
{
    /* Magic number, revision, no texts, and where the empty tables are. */
    const guint32 file[] = {0x950412de, 0, 0, 28, 28, 0, 28};

    g_assert_true(gh_lang_load(tag, file, sizeof file, NULL));
}

static void
wishes(void)
{
    static const struct {
        const char *label;
        const char *header;
        const char *want;
    } cases[] = {
        {"no header", NULL, "en"},
        {"an empty one", "", "en"},
        {"the language itself", "fr", "fr"},
        {"in any case", "FR", "fr"},
        {"a country falls back to its language", "fr-CH", "fr"},
        {"but not to another country", "pt", "en"},
        {"the country that is there", "pt-BR, fr;q=0.9", "pt-BR"},
        {"script, then language", "zh-Hant-TW", "zh-Hant"},
        {"a private subtag goes with its letter", "fr-x-private", "fr"},
        {"the first of equal wishes", "de, fr, ar", "fr"},
        {"the dearest wish, wherever it stands", "fr;q=0.5, ar;q=0.9", "ar"},
        {"without quality means first", "fr;q=0.9, ar", "ar"},
        {"three decimals", "fr;q=0.499, ar;q=0.500", "ar"},
        {"not at all", "fr;q=0", "en"},
        {"English before French", "en, fr;q=0.8", "en"},
        {"English by country", "en-GB, fr;q=0.8", "en"},
        {"anything", "*", "en"},
        {"anything after French", "fr, *;q=0.1", "fr"},
        {"a stranger, then French", "tlh, fr;q=0.1", "fr"},
        {"blanks around", " fr ; q=0.9 ,\tar ; q=0.1 ", "fr"},
        {"a bad quality drops the wish", "fr;q=2, ar;q=0.1", "ar"},
        {"another bad quality", "fr;q=0.5555, ar;q=0.1", "ar"},
        {"a negative one", "fr;q=-1, ar;q=0.1", "ar"},
        {"not a number", "fr;q=high, ar;q=0.1", "ar"},
        {"another parameter", "fr;level=1, ar;q=0.1", "ar"},
        {"rubbish", ";;;,,,===\x7f\xff<script>", "en"},
        {"rubbish before a wish", "<b>, fr", "fr"},
    };

    load_empty("fr");
    load_empty("ar");
    load_empty("pt-BR");
    load_empty("zh-Hant");
    load_empty("en-XA");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(gh_lang_tag(gh_lang_negotiate(cases[i].header)), ==, cases[i].want);
    }
}

static void
only_sixteen(void)
{
    g_autoptr(GString) header = g_string_new("de");

    for (int i = 0; i < 14; i++)
        g_string_append(header, ",de");
    g_autofree char *sixteenth = g_strconcat(header->str, ",fr", NULL);
    g_autofree char *seventeenth = g_strconcat(header->str, ",de,fr", NULL);
    load_empty("fr");
    g_assert_cmpstr(gh_lang_tag(gh_lang_negotiate(sixteenth)), ==, "fr");
    g_assert_cmpstr(gh_lang_tag(gh_lang_negotiate(seventeenth)), ==, "en");

    g_autofree char *endless = g_strnfill(100000, 'a');
    g_assert_cmpstr(gh_lang_tag(gh_lang_negotiate(endless)), ==, "en");
}

static void
filling(void)
{
    static const struct {
        const char *pattern;
        const char *want;
    } cases[] = {
        {"", ""},
        {"no place", "no place"},
        {"{n} of {total} figures", "14 of 55 figures"},
        {"{total}{n}{total}", "551455"},
        {"{unknown} stays", "{unknown} stays"},
        {"{ n } {} {n {{n}}", "{ n } {} {n {14}"},
        {"{n}{", "14{"},
        {"values are not read again: {trap}", "values are not read again: {n}"},
        {"no text: {none}", "no text: {none}"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gh_lang_fill(cases[i].pattern, "n", "14", "total", "55", "trap",
                                            "{n}", "none", NULL, NULL);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lang negotiate/the reader gets the best of what there is", wishes);
    g_test_add_func("/lang negotiate/a long header is not read to its end", only_sixteen);
    g_test_add_func("/lang negotiate/places are filled once, unknown ones stay", filling);
    return g_test_run();
}
