/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* words_test.c - one of several words. */
#include "base/words.h"

static const char *const WORDS[] = {"arithmetic", "geometric", "", "sum", NULL};

static void
test_find(void)
{
    g_assert_cmpint(gh_words_find(WORDS, "sum"), ==, 3);
    g_assert_cmpint(gh_words_find(WORDS, ""), ==, 2);
    g_assert_cmpint(gh_words_find(WORDS, "Sum"), ==, -1);
}

static void
test_list(void)
{
    static const char *const NONE[] = {NULL};
    g_autofree char *all = gh_words_list(WORDS);
    g_autofree char *none = gh_words_list(NONE);

    g_assert_cmpstr(all, ==, "arithmetic, geometric or sum");
    g_assert_cmpstr(none, ==, "");
}

static void
test_suggest(void)
{
    static const struct {
        const char *word, *want;
    } cases[] = {
        {"aritmetic", "did you mean arithmetic?"},
        {"GEOMETRIC", "did you mean geometric?"},
        {"sun", "none"}, /* short words: case only */
        {"SUM", "did you mean sum?"},
        {"median", "none"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = gh_words_suggest(WORDS, cases[i].word, "none");
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_autofree char *endless = g_strnfill(GH_WORDS_MAX_BYTES + 1, 'a');
    g_assert_null(gh_words_nearest(WORDS, endless));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/a word is found as it is written", test_find);
    g_test_add_func("/words/the list leaves out the empty choice", test_list);
    g_test_add_func("/words/a slip is understood, another word is not", test_suggest);
    return g_test_run();
}
