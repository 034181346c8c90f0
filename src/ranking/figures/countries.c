/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* countries.c - the table of countries, read from the file that is compiled in. */
#include "ranking/figures/countries.h"

#include <string.h>

#include "base/csv.h"
#include "base/lang.h"
#include "resources/resources.h"

static const char PATH[] = "/guildhall/tables/countries.csv";

/* The regions of M49, so that they are translated; a name in the file that is not here is a fault of the
 * file, which the test finds. */
static const char *const REGIONS[] = {
    GH_MARK("Africa"),
    GH_MARK("Americas"),
    GH_MARK("Asia"),
    GH_MARK("Europe"),
    GH_MARK("Oceania"),
    GH_MARK("Northern Africa"),
    GH_MARK("Sub-Saharan Africa"),
    GH_MARK("Latin America and the Caribbean"),
    GH_MARK("Northern America"),
    GH_MARK("Central Asia"),
    GH_MARK("Eastern Asia"),
    GH_MARK("South-eastern Asia"),
    GH_MARK("Southern Asia"),
    GH_MARK("Western Asia"),
    GH_MARK("Eastern Europe"),
    GH_MARK("Northern Europe"),
    GH_MARK("Southern Europe"),
    GH_MARK("Western Europe"),
    GH_MARK("Australia and New Zealand"),
    GH_MARK("Melanesia"),
    GH_MARK("Micronesia"),
    GH_MARK("Polynesia"),
};

static const struct {
    const char *word; /* in the file */
    const char *name;
} INCOMES[] = {
    [GH_INCOME_NOT_CLASSIFIED] = {"", GH_MARK("Not classified")},
    [GH_INCOME_LOW] = {"low", GH_MARK("Low income")},
    [GH_INCOME_LOWER_MIDDLE] = {"lower_middle", GH_MARK("Lower middle income")},
    [GH_INCOME_UPPER_MIDDLE] = {"upper_middle", GH_MARK("Upper middle income")},
    [GH_INCOME_HIGH] = {"high", GH_MARK("High income")},
};

const char *
gh_income_name(GhIncome income)
{
    return INCOMES[income].name;
}

static const char *
find_region(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(REGIONS); i++) {
        if (strcmp(REGIONS[i], name) == 0)
            return REGIONS[i];
    }
    g_assert(*name == '\0'); /* the file is part of the program */
    return NULL;
}

static GhIncome
find_income(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(INCOMES); i++) {
        if (strcmp(INCOMES[i].word, word) == 0)
            return (GhIncome)i;
    }
    g_assert_not_reached();
}

static GhCountry *
read_row(const GhCsv *csv)
{
    GhCountry *country = g_new0(GhCountry, 1);

    g_strlcpy(country->code, gh_csv_field(csv, 0), sizeof country->code);
    country->region = find_region(gh_csv_field(csv, 1));
    country->sub_region = find_region(gh_csv_field(csv, 2));
    country->income = find_income(gh_csv_field(csv, 3));
    country->income_year = (int)g_ascii_strtoll(gh_csv_field(csv, 4), NULL, 10);
    return country;
}

/* By code. Kept until the process ends. */
static GHashTable *
read_table(void)
{
    GHashTable *countries = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = gh_resources_lookup(PATH);
    g_assert(bytes != NULL);
    size_t n_bytes = 0;
    const char *text = g_bytes_get_data(bytes, &n_bytes);
    g_autoptr(GhCsv) csv = gh_csv_new("countries.csv", text, n_bytes, &error);
    bool row = csv != NULL;

    while (row && gh_csv_next(csv, &row, &error) && row) {
        GhCountry *country = read_row(csv);
        g_hash_table_insert(countries, country->code, country);
    }
    g_assert(error == NULL); /* a file of ours */
    return countries;
}

const GhCountry *
gh_country_find(const char *code)
{
    static GHashTable *countries;
    static gsize was_read;

    if (g_once_init_enter(&was_read)) {
        countries = read_table();
        g_once_init_leave(&was_read, 1);
    }
    return code != NULL ? g_hash_table_lookup(countries, code) : NULL;
}
