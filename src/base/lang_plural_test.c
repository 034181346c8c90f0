/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_plural_test.c - plural rules of real languages, and expressions that are none. */
#include "base/lang_plural.h"

#include "base/lang.h"

/* Rules as the GNU gettext manual lists them ("Plural forms"); the forms expected are what the
 * languages' own grammars say of these numbers. */
static void
real_languages(void)
{
    static const struct {
        const char *label;
        const char *rule;
        unsigned long n[8];
        unsigned want[8];
        size_t n_cases;
    } cases[] = {
        {"Japanese: one form", "nplurals=1; plural=0;", {0, 1, 2, 100}, {0, 0, 0, 0}, 4},
        {"English", "nplurals=2; plural=n != 1;", {0, 1, 2, 21}, {1, 0, 1, 1}, 4},
        {"French: zero is singular", "nplurals=2; plural=n>1;", {0, 1, 2}, {0, 0, 1}, 3},
        {"Latvian",
         "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;",
         {0, 1, 2, 11, 21, 111},
         {2, 0, 1, 1, 0, 1},
         6},
        {"Russian",
         "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
         "n%100>=20) ? 1 : 2;",
         {1, 2, 5, 11, 12, 21, 22, 112},
         {0, 1, 2, 2, 2, 0, 1, 2},
         8},
        {"Polish",
         "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
         {0, 1, 2, 5, 12, 21, 22, 112},
         {2, 0, 1, 2, 2, 2, 1, 2},
         8},
        {"Slovenian",
         "nplurals=4; plural=n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3;",
         {1, 2, 3, 4, 5, 101, 102, 0},
         {0, 1, 2, 2, 3, 0, 1, 3},
         8},
        {"Arabic",
         "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
         "n%100>=11 ? 4 : 5;",
         {0, 1, 2, 3, 10, 11, 100, 103},
         {0, 1, 2, 3, 3, 4, 5, 3},
         8},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree GhPlural *plural = gh_plural_parse(cases[i].rule, &error);
        g_assert_no_error(error);
        for (size_t k = 0; k < cases[i].n_cases; k++) {
            g_test_message("%s: %lu", cases[i].label, cases[i].n[k]);
            g_assert_cmpuint(gh_plural_choose(plural, cases[i].n[k]), ==, cases[i].want[k]);
        }
    }
}

/* Each gives a form 0..5 by C's own rules; the compiler computed the expected ones. */
static void
as_in_c(void)
{
#define CASE(expression)                                                                           \
    {                                                                                              \
        "nplurals=6; plural=" #expression ";", (expression) % 6                                    \
    }
    static const unsigned long n = 17;
    const struct {
        const char *rule;
        unsigned long want;
    } cases[] = {
        /* clang-format off */
        CASE(1 + 2 * 2), CASE((1 + 1) * 2), CASE(7 - 2 - 1), CASE(40 / 4 / 2), CASE(17 % 10 % 4),
        CASE(n / 5), CASE(n % 5), CASE(n > 16), CASE(n >= 17), CASE(n < 17), CASE(n <= 17), CASE(n == 17),
        CASE(n != 17), CASE(!n), CASE(!!n), CASE(!!!n), CASE(!(n == 3)), CASE(n && 0), CASE(n || 0),
        CASE(1 ? 2 : 3), CASE(0 ? 2 : 0 ? 3 : 4),
        CASE(1 ? 0 ? 2 : 5 : 4), CASE(n == 17 ? 3 : 4), CASE(1 + 1 == 2 ? 1 : 0), CASE(n % 10 * 5 / 7),
        /* clang-format on */
        /* Compilers want parentheses here; C gives && before || and > before ==. */
        {"nplurals=6; plural=1 || 0 && 0;", 1},
        {"nplurals=6; plural=0 && 1 || 1;", 1},
        {"nplurals=6; plural=n > 3 == 1;", 1},
    };
#undef CASE

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].rule);
        g_autofree GhPlural *plural = gh_plural_parse(cases[i].rule, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(gh_plural_choose(plural, n), ==, cases[i].want);
    }
}

static void
never_outside(void)
{
    static const char *const rules[] = {
        "nplurals=2; plural=n;",
        "nplurals=2; plural=1/n;",
        "nplurals=2; plural=5%(n-n);",
        "nplurals=2; plural=0-1;",
        "nplurals=2; plural=n*n*n*n*n*n*n*n*n*n*n*n*n*n*n;",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        g_autofree GhPlural *plural = gh_plural_parse(rules[i], NULL);
        g_assert_nonnull(plural);
        for (unsigned long n = 0; n < 50; n++)
            g_assert_cmpuint(gh_plural_choose(plural, n), <, 2);
        g_assert_cmpuint(gh_plural_choose(plural, G_MAXULONG), <, 2);
    }
}

static void
check_refused(const char *rule)
{
    g_autoptr(GError) error = NULL;

    g_test_message("%.60s", rule);
    g_assert_null(gh_plural_parse(rule, &error));
    g_assert_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM);
}

static void
refused(void)
{
    static const char *const rules[] = {
        "",
        "plural=0;",
        "nplurals=; plural=0;",
        "nplurals=0; plural=0;",
        "nplurals=7; plural=0;",
        "nplurals=2;",
        "nplurals=2; plural=;",
        "nplurals=2; plural=m;",
        "nplurals=2; plural=n n;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n);",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=n ? : 1;",
        "nplurals=2; plural=n &;",
        "nplurals=2; plural=n & 1;",
        "nplurals=2; plural=n = 1;",
        "nplurals=2; plural=-1;",
        "nplurals=2; plural=99999999999;",
        "nplurals=2; plural=0x1;",
        "nplurals=2; plural=n; rm",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        check_refused(rules[i]);
}

static void
bounded(void)
{
    static const char *const pieces[] = {"(", "n?", "n+", "n?1:", "!("};

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) rule = g_string_new("nplurals=2; plural=");
        for (int k = 0; k < 100000; k++)
            g_string_append(rule, pieces[i]);
        g_string_append(rule, "n;");
        check_refused(rule->str);
    }

    g_autofree char *nots = g_strnfill(100001, '!');
    g_autofree char *rule = g_strconcat("nplurals=2; plural=", nots, "n;", NULL);
    g_autofree GhPlural *plural = gh_plural_parse(rule, NULL);
    g_assert_nonnull(plural);
    g_assert_cmpuint(gh_plural_choose(plural, 0), ==, 1);
    g_assert_cmpuint(gh_plural_choose(plural, 5), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plural/rules of real languages choose what their grammar says",
                    real_languages);
    g_test_add_func("/plural/operators bind as in C", as_in_c);
    g_test_add_func("/plural/a rule never chooses a form that does not exist", never_outside);
    g_test_add_func("/plural/what is not a rule is refused", refused);
    g_test_add_func("/plural/endless expressions are refused, not followed", bounded);
    return g_test_run();
}
