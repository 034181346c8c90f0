/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_cities_private.h - a file of cities between reading (import_cities.c) and writing
 * (import_cities_store.c). */
#pragma once

#include "evaluation/transfer/import_private.h"

typedef enum {
    GH_CITY_SLUG,
    GH_CITY_NAME,
    GH_CITY_COUNTRY,
    GH_CITY_POPULATION,
    GH_CITY_AREA,
    GH_CITY_LATITUDE,
    GH_CITY_LONGITUDE,
    GH_CITY_SOURCE,
    GH_CITY_NOTE,
    GH_CITY_HOUSEHOLDS,
    GH_CITY_GDP,
    GH_CITY_CURRENCY,
} GhCityField;
enum {
    GH_N_CITY_FIELDS = GH_CITY_CURRENCY + 1
};

typedef struct {
    GhCity *city; /* one undated year; slug NULL where the file gives none; owned */
    char *name_key;
    size_t line;
} GhCityRow;

typedef struct {
    GPtrArray *rows;                  /* of GhCityRow */
    bool has_field[GH_N_CITY_FIELDS]; /* columns that the file has at all */
} GhCityRows;
GhCityRows *gh_city_rows_new(void);
void gh_city_rows_free(GhCityRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhCityRows, gh_city_rows_free)

/* Reads all rows; every fault goes to faults. */
void gh_city_rows_read(GhCsv *csv, bool comma_decimal_file, GhFaults *faults, GhCityRows *rows,
                       bool *ret_found_decimal_comma);
