/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* countries.h - to which region and income group a country belongs.
 *
 * Table     src/ranking/figures/countries.csv, compiled in; docs/peers-and-trends.md says how it is changed. One row a
 *           code of ISO 3166-1: region and sub-region of the UN Statistics Division's standard M49, income
 *           group of the World Bank and the fiscal year for which the Bank gave it.
 * Ownership Static; texts are marked msgids, to be translated by the caller.
 * Threads   Safe from every thread; the table is read once.
 */
#pragma once

#include <stdbool.h>

typedef enum {
    GH_INCOME_NOT_CLASSIFIED, /* the Bank gives none, as for Venezuela since 2021 */
    GH_INCOME_LOW,
    GH_INCOME_LOWER_MIDDLE,
    GH_INCOME_UPPER_MIDDLE,
    GH_INCOME_HIGH,
} GhIncome;

typedef struct {
    char code[3];
    const char *region, *sub_region; /* "Europe", "Northern Europe"; NULL: none in M49 */
    GhIncome income;
    int income_year; /* fiscal year, from 1 July of the year before; 0: not classified */
} GhCountry;

/* NULL for a code that is not in the table, and for NULL. */
const GhCountry *gh_country_find(const char *code);

/* "High income", a marked msgid; "Not classified". */
const char *gh_income_name(GhIncome income);
