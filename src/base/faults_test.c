/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* faults_test.c - faults kept, counted, and told in the reader's language. */
#include "base/faults.h"

#include <string.h>

/* -- a catalogue with three texts -- */

static const char *const texts[][2] = {
    {"", "Content-Type: text/plain; charset=UTF-8\n"},
    {"is not a number", "n'est pas un nombre"},
    {"write digits", "écrivez des chiffres"},
    {"{file}, line {line}, column {column}", "{file}, colonne {column}, ligne {line}"},
    {"{place}: \"{value}\" {reason}", "{place} : « {value} » {reason}"},
    {"{fault}; {remedy}", "{fault} ; {remedy}"},
};

/* GNU gettext manual, "The Format of GNU MO Files": head, two tables, texts. */
static const GhLang *
french(void)
{
    g_autoptr(GByteArray) file = g_byte_array_new();
    const guint32 n = G_N_ELEMENTS(texts);
    const guint32 head[] = {0x950412de, 0, n, 28, 28 + 8 * n, 0, 28 + 16 * n};
    guint32 offset = 28 + 16 * n;

    g_byte_array_append(file, (const guint8 *)head, sizeof head);
    for (size_t table = 0; table < 2; table++) {
        for (size_t i = 0; i < n; i++) {
            const guint32 entry[] = {(guint32)strlen(texts[i][table]), offset};
            g_byte_array_append(file, (const guint8 *)entry, sizeof entry);
            offset += entry[0] + 1;
        }
    }
    for (size_t table = 0; table < 2; table++)
        for (size_t i = 0; i < n; i++)
            g_byte_array_append(file, (const guint8 *)texts[i][table],
                                (guint)strlen(texts[i][table]) + 1);

    g_autoptr(GError) error = NULL;
    gh_lang_load("fr", file->data, file->len, &error);
    g_assert_no_error(error);
    return gh_lang_find("fr");
}

/* -- tests -- */

static void
test_shapes(void)
{
    static const struct {
        const char *label;
        size_t line;
        const char *column, *value, *remedy;
        const char *want;
    } cases[] = {
        {"all of it", 12, "value", "abc", "write digits",
         "a.csv, line 12, column value: \"abc\" is wrong; write digits"},
        {"no remedy", 12, "value", "abc", NULL, "a.csv, line 12, column value: \"abc\" is wrong"},
        {"the row as a whole", 12, NULL, NULL, "write digits",
         "a.csv, line 12: is wrong; write digits"},
        {"a column without a line", 0, "id", NULL, NULL, "a.csv, column id: is wrong"},
        {"the file as a whole", 0, NULL, NULL, NULL, "a.csv: is wrong"},
        {"an empty value is shown", 2, "id", "", NULL, "a.csv, line 2, column id: \"\" is wrong"},
        {"braces of the file are no places", 2, "{line}", "{reason}", NULL,
         "a.csv, line 2, column {line}: \"{reason}\" is wrong"},
        {"what could steer a terminal is taken out", 2, "id", "a\x1b[31mb\n", NULL,
         "a.csv, line 2, column id: \"a [31mb \" is wrong"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhFaults) faults = gh_faults_new();
        gh_faults_add(faults, GH_FAULT_ERROR, "a.csv", cases[i].line, cases[i].column,
                      cases[i].value, "is wrong", cases[i].remedy);
        g_autofree char *got = gh_fault_format(gh_faults_peek(faults, 0), gh_lang_source());
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_language(void)
{
    const GhLang *lang = french();
    g_autoptr(GhFaults) faults = gh_faults_new();
    gh_faults_add(faults, GH_FAULT_ERROR, "a.csv", 3, "value", "abc", "is not a number",
                  "write digits");
    gh_faults_add(faults, GH_FAULT_ERROR, "a.csv", 3, "value", "abc", "", "did you mean abd?");

    g_autofree char *known = gh_fault_format(gh_faults_peek(faults, 0), lang);
    g_assert_cmpstr(known, ==,
                    "a.csv, colonne value, ligne 3 : « abc » n'est pas un nombre ; "
                    "écrivez des chiffres");
    g_autofree char *unknown = gh_fault_format(gh_faults_peek(faults, 1), lang);
    g_assert_cmpstr(unknown, ==, "a.csv, colonne value, ligne 3 : « abc »  ; did you mean abd?");
}

static void
test_count(void)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhFaults) more = gh_faults_new();

    for (int i = 0; i < GH_FAULTS_MAX + 5; i++)
        gh_faults_add(faults, GH_FAULT_ERROR, "a.csv", 1, NULL, NULL, "is wrong", NULL);
    gh_faults_add(more, GH_FAULT_WARNING, "b.csv", 1, NULL, NULL, "is odd", NULL);
    gh_faults_move(faults, more);
    g_assert_cmpuint(gh_faults_n_listed(faults), ==, GH_FAULTS_MAX);
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, GH_FAULTS_MAX + 5);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 1);
    g_assert_cmpuint(gh_faults_n_listed(more), ==, 0);
    g_assert_cmpuint(gh_faults_n_warnings(more), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/faults/a fault names place, value, reason and remedy as far as it has them",
                    test_shapes);
    g_test_add_func("/faults/constant texts are told in the reader's language, others as they are",
                    test_language);
    g_test_add_func("/faults/the list is cut, the count goes on", test_count);
    return g_test_run();
}
