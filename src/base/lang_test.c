/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_test.c - catalogues: reading .mo files, hostile ones too, and looking texts up. */
#include "base/lang.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    const char *original;
    size_t n_original;
    const char *translation;
    size_t n_translation;
} Message;

/* Length by sizeof, because plural forms hold NULs. */
#define MESSAGE(original, translation)                                                             \
    {                                                                                              \
        original, sizeof original - 1, translation, sizeof translation - 1                         \
    }

/* French, with an invented third plural form to see it chosen. */
static const Message messages[] = {
    MESSAGE("",
            "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=n > 1 ? n "
            "> 9 ? 2 : 1 : 0;\n"),
    MESSAGE("Search", "Rechercher"),
    MESSAGE("verb\004Score", "Noter"),
    MESSAGE("Score", "Note"),
    MESSAGE("one figure\0{n} figures", "un chiffre\0{n} chiffres\0beaucoup de chiffres"),
    MESSAGE("rank\004first\0later", "premier\0suivants"),
    MESSAGE("decimal sign\004.", ","),
    MESSAGE("thousands sign\004,", "\u202f"),
    MESSAGE("Empty", ""),
};

static void
append_word(GByteArray *file, guint32 word, bool swapped)
{
    guint32 written = swapped ? GUINT32_SWAP_LE_BE(word) : word;

    g_byte_array_append(file, (const guint8 *)&written, sizeof written);
}

/* GNU gettext manual, "The Format of GNU MO Files": head, two tables, texts. */
static GByteArray *
mo_file(const Message *all, size_t n_messages, bool swapped)
{
    GByteArray *file = g_byte_array_new();
    const guint32 n = (guint32)n_messages;
    const guint32 head[] = {0x950412de, 0, n, 28, 28 + 8 * n, 0, 28 + 16 * n};
    guint32 offset = 28 + 16 * n;

    for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
        append_word(file, head[i], swapped);
    for (int table = 0; table < 2; table++) {
        for (size_t i = 0; i < n_messages; i++) {
            size_t length = table == 0 ? all[i].n_original : all[i].n_translation;
            append_word(file, (guint32)length, swapped);
            append_word(file, offset, swapped);
            offset += (guint32)length + 1;
        }
    }
    for (int table = 0; table < 2; table++) {
        for (size_t i = 0; i < n_messages; i++) {
            const char *text = table == 0 ? all[i].original : all[i].translation;
            size_t length = table == 0 ? all[i].n_original : all[i].n_translation;
            g_byte_array_append(file, (const guint8 *)text, (guint)length + 1);
        }
    }
    return file;
}

static const GhLang *
load(const char *tag, bool swapped)
{
    g_autoptr(GByteArray) file = mo_file(messages, G_N_ELEMENTS(messages), swapped);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_lang_load(tag, file->data, file->len, &error));
    g_assert_no_error(error);
    return gh_lang_find(tag);
}

static void
both_byte_orders(void)
{
    for (int swapped = 0; swapped < 2; swapped++) {
        const GhLang *lang = load("fr", swapped);
        g_assert_cmpstr(gh_lang_tag(lang), ==, "fr");
        g_assert_cmpstr(gh_lang_text(lang, "Search"), ==, "Rechercher");
    }
}

static void
looking_up(void)
{
    const GhLang *lang = load("fr", false);
    g_autofree char *long_text = g_strnfill(2000, 'x');

    g_assert_cmpstr(gh_lang_text(lang, "Score"), ==, "Note");
    g_assert_cmpstr(gh_lang_text_context(lang, "verb", "Score"), ==, "Noter");
    g_assert_cmpstr(gh_lang_text_context(lang, "noun", "Score"), ==, "Score");
    g_assert_cmpstr(gh_lang_text_context(lang, NULL, "Score"), ==, "Note");
    g_assert_cmpstr(gh_lang_text(lang, "Not translated"), ==, "Not translated");
    g_assert_cmpstr(gh_lang_text(lang, "Empty"), ==, "Empty");
    g_assert_cmpstr(gh_lang_text(lang, ""), ==, "");
    g_assert_cmpstr(gh_lang_text_context(lang, "verb", long_text), ==, long_text);
    g_assert_cmpstr(GH_T(lang, "Search"), ==, "Rechercher");
    g_assert_cmpstr(GH_MARK("Search"), ==, "Search");
}

static void
plural_forms(void)
{
    const GhLang *lang = load("fr", false);
    const GhLang *source = gh_lang_source();

    g_assert_cmpstr(gh_lang_plural(lang, "one figure", "{n} figures", 0), ==, "un chiffre");
    g_assert_cmpstr(gh_lang_plural(lang, "one figure", "{n} figures", 2), ==, "{n} chiffres");
    g_assert_cmpstr(gh_lang_plural(lang, "one figure", "{n} figures", 10), ==,
                    "beaucoup de chiffres");
    g_assert_cmpstr(gh_lang_plural_context(lang, "rank", "first", "later", 1), ==, "premier");
    /* The rule asks for a third form, which this text lacks: its last one. */
    g_assert_cmpstr(gh_lang_plural_context(lang, "rank", "first", "later", 10), ==, "suivants");
    g_assert_cmpstr(gh_lang_plural(lang, "one city", "cities", 1), ==, "one city");
    g_assert_cmpstr(gh_lang_plural(lang, "one city", "cities", 0), ==, "cities");
    g_assert_cmpstr(gh_lang_plural(source, "one figure", "{n} figures", 1), ==, "one figure");
    g_assert_cmpstr(gh_lang_plural(source, "one figure", "{n} figures", 2), ==, "{n} figures");
}

static void
source_language(void)
{
    const GhLang *source = gh_lang_source();

    g_assert_cmpstr(gh_lang_tag(source), ==, "en");
    g_assert_cmpstr(gh_lang_direction(source), ==, "ltr");
    g_assert_cmpstr(gh_lang_text(source, "Search"), ==, "Search");
    g_assert_true(gh_lang_find("en") == source);
    g_assert_null(gh_lang_find("tlh"));
}

static void
directions(void)
{
    static const char *const tags[][2] = {
        {"ar", "rtl"}, {"he", "rtl"}, {"fa-IR", "rtl"}, {"ur", "rtl"},    {"ps", "rtl"},
        {"fr", "ltr"}, {"zh", "ltr"}, {"en-XA", "ltr"}, {"ar-XB", "rtl"}, {"arn", "ltr"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        g_assert_cmpstr(gh_lang_direction(load(tags[i][0], false)), ==, tags[i][1]);
}

static void
numbers(void)
{
    static const struct {
        double value;
        unsigned decimals;
        const char *in_english;
        const char *in_french;
    } cases[] = {
        {0, 2, "0", "0"},
        {97, 1, "97", "97"},
        {56.25, 2, "56.25", "56,25"},
        {56.25, 1, "56.3", "56,3"}, /* a half goes away from zero */
        {-56.25, 1, "−56.3", "−56,3"},
        {0.285, 2, "0.29", "0,29"}, /* the double is 0.28499999999999998 */
        {1.005, 2, "1.01", "1,01"}, /* 1.00499999999999990 */
        {2.5, 0, "3", "3"},
        {99.96, 1, "100", "100"},
        {999.5, 0, "1,000", "1\u202f000"},
        {0.04, 1, "0", "0"},
        {-0.04, 1, "0", "0"},
        {-0.0, 1, "0", "0"},
        {12, 3, "12", "12"},
        {1.10, 2, "1.1", "1,1"},
        {999, 0, "999", "999"},
        {1000, 0, "1,000", "1\u202f000"},
        {1234567.891, 2, "1,234,567.89", "1\u202f234\u202f567,89"},
        {123456, 0, "123,456", "123\u202f456"},
        {1e15, 0, "1,000,000,000,000,000", "1\u202f000\u202f000\u202f000\u202f000\u202f000"},
        {1e22, 0, "10,000,000,000,000,000,000,000",
         "10\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000"},
        {1e-9, 9, "0.000000001", "0,000000001"},
        {1e-9, 3, "0", "0"},
    };
    const GhLang *french = load("fr", false);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%g with %u places", cases[i].value, cases[i].decimals);
        g_autofree char *english =
            gh_lang_number(gh_lang_source(), cases[i].value, cases[i].decimals);
        g_autofree char *in_french = gh_lang_number(french, cases[i].value, cases[i].decimals);
        g_assert_cmpstr(english, ==, cases[i].in_english);
        g_assert_cmpstr(in_french, ==, cases[i].in_french);
    }
}

static void
numbers_of_a_column(void)
{
    static const struct {
        double value;
        unsigned decimals;
        const char *in_english, *in_french;
    } cases[] = {
        {80, 1, "80.0", "80,0"},
        {79.96, 1, "80.0", "80,0"},
        {0.4, 2, "0.40", "0,40"},
        {-0.004, 2, "0.00", "0,00"},
        {-2.5, 2, "\u22122.50", "\u22122,50"},
        {1234, 1, "1,234.0", "1\u202f234,0"},
        {12, 0, "12", "12"},
    };
    const GhLang *french = load("fr", false);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%g with %u places", cases[i].value, cases[i].decimals);
        g_autofree char *english =
            gh_lang_number_fixed(gh_lang_source(), cases[i].value, cases[i].decimals);
        g_autofree char *in_french =
            gh_lang_number_fixed(french, cases[i].value, cases[i].decimals);
        g_assert_cmpstr(english, ==, cases[i].in_english);
        g_assert_cmpstr(in_french, ==, cases[i].in_french);
    }
}

static void
sizes(void)
{
    static const struct {
        int64_t n_bytes;
        const char *want;
    } cases[] = {
        {0, "0 B"},       {845, "845 B"},      {1234, "1.2 kB"},
        {78777, "79 kB"}, {2500000, "2.5 MB"}, {INT64_C(1200000000), "1.2 GB"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = gh_lang_size(gh_lang_source(), cases[i].n_bytes);
        g_assert_cmpstr(text, ==, cases[i].want);
    }
}

/* -- what is not a catalogue -- */

static void
check_refused(const void *bytes, size_t n_bytes, const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(gh_lang_load("xx", bytes, n_bytes, &error));
    g_assert_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM);
    if (message != NULL)
        g_assert_nonnull(strstr(error->message, message));
    g_assert_null(gh_lang_find("xx"));
}

static void
set_word(GByteArray *file, size_t offset, guint32 word)
{
    memcpy(file->data + offset, &word, sizeof word);
}

static void
bad_numbers(void)
{
    static const struct {
        const char *label;
        size_t offset;
        guint32 word;
        const char *message;
    } cases[] = {
        {"another kind of file", 0, 0x12345678, "does not begin"},
        {"a revision to come", 4, 2U << 16, "revision 2 is unknown"},
        {"far too many texts", 8, G_MAXUINT32, "more than"},
        {"more texts than there is room for", 8, 1000, "reaches past its end"},
        {"a table behind the end", 12, G_MAXUINT32, "table of texts reaches past its end"},
        {"a second table behind the end", 16, G_MAXUINT32 - 4,
         "table of texts reaches past its end"},
        {"a text too long", 28, G_MAXUINT32, "text 0 reaches past its end"},
        {"a text behind the end", 32, G_MAXUINT32, "text 0 reaches past its end"},
        {"a text not closed", 36, 2, "text 1 is not closed"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) file = mo_file(messages, G_N_ELEMENTS(messages), false);
        g_test_message("%s", cases[i].label);
        set_word(file, cases[i].offset, cases[i].word);
        check_refused(file->data, file->len, cases[i].message);
    }
}

static void
bad_texts(void)
{
    static const struct {
        const char *label;
        Message message;
        const char *want;
    } cases[] = {
        {"not UTF-8", MESSAGE("a", "\xff"), "text 0 is not UTF-8"},
        {"not UTF-8 in a plural form", MESSAGE("a\0b", "c\0\xff"), "text 0 is not UTF-8"},
        {"another encoding", MESSAGE("", "Content-Type: text/plain; charset=ISO-8859-1\n"),
         "expected charset=UTF-8"},
        {"a broken plural rule", MESSAGE("", "Plural-Forms: nplurals=2; plural=n !;\n"),
         "plural rule: expected"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) file = mo_file(&cases[i].message, 1, false);
        g_test_message("%s", cases[i].label);
        check_refused(file->data, file->len, cases[i].want);
    }
}

static void
cut_short(void)
{
    g_autoptr(GByteArray) file = mo_file(messages, G_N_ELEMENTS(messages), false);

    for (guint length = 0; length < file->len; length++) {
        g_autofree guint8 *exact =
            g_memdup2(file->data, length); /* so that a sanitizer sees over-reads */
        check_refused(exact == NULL ? (const void *)"" : exact, length, NULL);
    }
}

static void
random_damage(void)
{
    for (int round = 0; round < 5000; round++) {
        g_autoptr(GByteArray) file = mo_file(messages, G_N_ELEMENTS(messages), round % 2 == 0);
        g_autoptr(GError) error = NULL;
        for (int i = g_test_rand_int_range(1, 6); i > 0; i--)
            file->data[g_test_rand_int_range(0, (gint32)file->len)] =
                (guint8)g_test_rand_int_range(0, 256);
        if (!gh_lang_load("xy", file->data, file->len, &error)) {
            g_assert_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM);
            continue;
        }
        const GhLang *lang = gh_lang_find("xy");
        for (unsigned long n = 0; n < 12; n++)
            g_assert_true(
                g_utf8_validate(gh_lang_plural(lang, "one figure", "{n} figures", n), -1, NULL));
    }
}

static void
bad_tags(void)
{
    static const char *const tags[] = {
        "", "-", "fr-", "-fr", "f r", "../fr", "fr--CH", "toolonglanguage", "français"};
    g_autoptr(GByteArray) file = mo_file(messages, G_N_ELEMENTS(messages), false);

    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", tags[i]);
        g_assert_false(gh_lang_load(tags[i], file->data, file->len, &error));
        g_assert_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM);
    }
}

static void
from_folder(void)
{
    g_autofree char *dir = g_dir_make_tmp("guildhall-lang-XXXXXX", NULL);
    g_autofree char *good = g_build_filename(dir, "pt-BR.mo", NULL);
    g_autofree char *other = g_build_filename(dir, "README", NULL);
    g_autofree char *bad = g_build_filename(dir, "qq.mo", NULL);
    g_autoptr(GByteArray) file = mo_file(messages, G_N_ELEMENTS(messages), false);
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_set_contents(good, (const char *)file->data, (gssize)file->len, NULL));
    g_assert_true(g_file_set_contents(other, "text", -1, NULL));
    g_assert_true(gh_lang_load_dir(dir, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(gh_lang_text(gh_lang_find("pt-br"), "Search"), ==, "Rechercher");

    g_assert_true(g_file_set_contents(bad, "text", -1, NULL));
    g_assert_false(gh_lang_load_dir(dir, &error));
    g_assert_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM);
    g_assert_true(g_str_has_prefix(error->message, "language qq: not a usable .mo file"));

    for (const char *const *path = (const char *const[]){good, other, bad, dir, NULL};
         *path != NULL; path++)
        g_remove(*path);
}

static void
missing_folder(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(gh_lang_load_dir("/nonexistent", &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lang/the source language stands for itself", source_language);
    g_test_add_func("/lang/a file of either byte order is read", both_byte_orders);
    g_test_add_func("/lang/a text is found by itself or with its context, else stays", looking_up);
    g_test_add_func("/lang/a plural form is chosen by the language's own rule", plural_forms);
    g_test_add_func("/lang/the direction belongs to the language", directions);
    g_test_add_func("/lang/numbers are rounded as on paper and signed as the language does",
                    numbers);
    g_test_add_func("/lang/numbers of a column keep their zeros", numbers_of_a_column);
    g_test_add_func("/lang/sizes of files have few digits and a unit", sizes);
    g_test_add_func("/lang/numbers that point outside the file are refused", bad_numbers);
    g_test_add_func("/lang/texts that are not what they should be are refused", bad_texts);
    g_test_add_func("/lang/a file cut short anywhere is refused", cut_short);
    g_test_add_func("/lang/a damaged file is refused or harmless", random_damage);
    g_test_add_func("/lang/what is no language tag is refused", bad_tags);
    g_test_add_func("/lang/a folder gives a language a file, and the faulty one is named",
                    from_folder);
    g_test_add_func("/lang/a missing folder is an error", missing_folder);
    return g_test_run();
}
