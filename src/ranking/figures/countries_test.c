/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* countries_test.c - the table of countries: a few rows as UN and World Bank publish them. */
#include "ranking/figures/countries.h"

#include <glib.h>

#include "evaluation/evaluation.h"

static void
test_rows(void)
{
    static const struct {
        const char *label, *code, *region, *sub_region;
        GhIncome income;
    } cases[] = {
        {"Norway", "NO", "Europe", "Northern Europe", GH_INCOME_HIGH},
        {"Costa Rica, high since fiscal year 2026", "CR", "Americas",
         "Latin America and the Caribbean", GH_INCOME_HIGH},
        {"Namibia, lower middle since fiscal year 2026", "NA", "Africa", "Sub-Saharan Africa",
         GH_INCOME_LOWER_MIDDLE},
        {"Algeria", "DZ", "Africa", "Northern Africa", GH_INCOME_UPPER_MIDDLE},
        {"Afghanistan", "AF", "Asia", "Southern Asia", GH_INCOME_LOW},
        {"Venezuela is not classified", "VE", "Americas", "Latin America and the Caribbean",
         GH_INCOME_NOT_CLASSIFIED},
        {"Ethiopia is not classified", "ET", "Africa", "Sub-Saharan Africa",
         GH_INCOME_NOT_CLASSIFIED},
        {"M49 has no region for this code", "AQ", NULL, NULL, GH_INCOME_NOT_CLASSIFIED},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhCountry *country = gh_country_find(cases[i].code);
        g_test_message("%s", cases[i].label);
        g_assert_nonnull(country);
        g_assert_cmpstr(country->code, ==, cases[i].code);
        g_assert_cmpstr(country->region, ==, cases[i].region);
        g_assert_cmpstr(country->sub_region, ==, cases[i].sub_region);
        g_assert_cmpint(country->income, ==, cases[i].income);
        g_assert_cmpint(country->income_year, ==,
                        cases[i].income == GH_INCOME_NOT_CLASSIFIED ? 0 : 2026);
    }
}

static void
test_unknown(void)
{
    g_assert_null(gh_country_find("ZZ"));
    g_assert_null(gh_country_find(""));
    g_assert_null(gh_country_find(NULL));
}

/* Every code that has a name has a row. */
static void
test_complete(void)
{
    size_t n = 0;

    for (char first = 'A'; first <= 'Z'; first++) {
        for (char second = 'A'; second <= 'Z'; second++) {
            const char code[] = {first, second, '\0'};
            bool is_named = !g_str_equal(gh_country_name(gh_lang_source(), code), code);
            g_assert_cmpint(gh_country_find(code) != NULL, ==, is_named);
            n += is_named ? 1 : 0;
        }
    }
    g_assert_cmpuint(n, ==, 249); /* codes of ISO 3166-1 */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/countries/have the region and income group that were published", test_rows);
    g_test_add_func("/countries/an unknown code has none", test_unknown);
    g_test_add_func("/countries/every country with a name is in the table", test_complete);
    return g_test_run();
}
