/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* country_test.c - names of countries. */
#include "evaluation/words/country.h"

static void
test_names(void)
{
    static const struct {
        const char *label, *code, *want;
    } cases[] = {
        {.label = "the first of the list", .code = "AD", .want = "Andorra"},
        {.label = "one in the middle", .code = "NO", .want = "Norway"},
        {.label = "the last of the list", .code = "ZW", .want = "Zimbabwe"},
        {.label = "as the United Nations say it", .code = "KR", .want = "Republic of Korea"},
        {.label = "a code that no country has", .code = "XX", .want = "XX"},
        {.label = "a code in small letters is none", .code = "no", .want = "no"},
        {.label = "no code", .code = "", .want = ""},
        {.label = "not known", .code = NULL, .want = ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(gh_country_name(gh_lang_source(), cases[i].code), ==, cases[i].want);
    }
}

/* A search by halves misses what stands out of order. ISO 3166-1 has 249 codes (2024). */
static void
test_order(void)
{
    unsigned n_found = 0;

    for (int first = 'A'; first <= 'Z'; first++) {
        for (int second = 'A'; second <= 'Z'; second++) {
            const char code[] = {(char)first, (char)second, '\0'};
            if (gh_country_name(gh_lang_source(), code) != code)
                n_found++;
        }
    }
    g_assert_cmpuint(n_found, ==, 249);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/country/a code becomes a name and an unknown one stays", test_names);
    g_test_add_func("/country/every code of ISO 3166-1 is found", test_order);
    return g_test_run();
}
