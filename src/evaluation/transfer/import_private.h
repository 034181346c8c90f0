/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_private.h - what the parts of the import share: rows between file and database.
 *
 * The way: import_columns (what each column is) -> import_figures (rows, every fault) -> import_diff
 * (new, changed, unchanged against the database) -> import_write (one transaction).
 */
#pragma once

#include "base/csv.h"
#include "base/faults.h"
#include "evaluation/figures.h"
#include "framework/framework.h"

/* -- columns -- */

typedef enum {
    GH_FIELD_CITY,
    GH_FIELD_COUNTRY,
    GH_FIELD_REPORT,
    GH_FIELD_YEAR,
    GH_FIELD_MONTH,
    GH_FIELD_KPI,
    GH_FIELD_DATA_POINT,
    GH_FIELD_VALUE,
    GH_FIELD_UNIT,
    GH_FIELD_STATUS,
    GH_FIELD_NOTE,
    GH_FIELD_SOURCE,
    GH_FIELD_NUMERATOR,
    GH_FIELD_DENOMINATOR,
    GH_FIELD_HOW,
    GH_FIELD_QUALITY,
    GH_FIELD_VERIFICATION,
} GhImportField;
enum {
    GH_N_IMPORT_FIELDS = GH_FIELD_VERIFICATION + 1
};

typedef enum {
    GH_IMPORT_CITIES,
    GH_IMPORT_LONG,
    GH_IMPORT_WIDE,
} GhImportForm;

typedef struct {
    GhImportForm form;
    int of_field[GH_N_IMPORT_FIELDS]; /* column of a field, -1: the file has none */
    gssize *data_points;              /* wide: data point of a column, -1: none; owned */
} GhImportColumns;
void gh_import_columns_clear(GhImportColumns *columns);

/* Decides the form from the header and finds each column's field. Faults go to faults. */
void gh_import_columns_find(const GhCsv *csv, const GhFramework *framework,
                            const GhImportOptions *options, GhFaults *faults,
                            GhImportColumns *ret_columns);

const char *gh_import_field_name(GhImportField field);

/* -- cities by name -- */

typedef struct GhCityIndex GhCityIndex;
GhCityIndex *gh_city_index_load(GhDb *db, GError **error);
void gh_city_index_free(GhCityIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhCityIndex, gh_city_index_free)

/* The city named by slug or name; country_code "" where not said. On a fault returns 0 and sets reason
 * and remedy (both owned by the caller). Asking for the same words again is cheap. */
int64_t gh_city_index_find(GhCityIndex *index, const char *slug_or_name, const char *country_code,
                           char **ret_reason, char **ret_remedy);

/* -- rows -- */

/* Where a row stands against the database. */
typedef enum {
    GH_ROW_NEW,
    GH_ROW_CHANGED,
    GH_ROW_UNCHANGED,
} GhRowFate;

typedef struct {
    int64_t city_id;
    size_t line; /* in the file */
    uint32_t data_point;
    uint16_t year;
    uint8_t status, how, quality, verified, month; /* as GhFigure */
    uint8_t fate;                                  /* GhRowFate, set by gh_import_diff */
    double value, numerator, denominator;          /* NAN: none */
    const char *report, *unit, *source, *note;     /* NULL: none; owned by the rows' chunk */
} GhImportRow;

typedef struct {
    GArray *rows;                       /* of GhImportRow, in key order after gh_import_sort */
    GStringChunk *texts;                /* owns the rows' texts; equal texts are kept once */
    bool has_field[GH_N_IMPORT_FIELDS]; /* attributes that the file speaks of at all */
} GhImportRows;
GhImportRows *gh_import_rows_new(void);
void gh_import_rows_free(GhImportRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhImportRows, gh_import_rows_free)

/* Reads all rows; every fault goes to faults. Stops early (G_IO_ERROR_CANCELLED) only when progress asks
 * for it. */
bool gh_import_read_figures(GhCsv *csv, const GhImportColumns *columns,
                            const GhFramework *framework, GhCityIndex *cities,
                            const GhImportOptions *options, bool comma_decimal_file,
                            GhFaults *faults, GhImportRows *rows, bool *ret_found_decimal_comma,
                            GError **error);

/* Puts rows in key order (city, data point key, year) and tells every key that comes twice. */
void gh_import_sort(GhImportRows *rows, const int64_t *data_point_keys,
                    const GhFramework *framework, GhImportForm form, const char *file_name,
                    GhFaults *faults);

/* Compares with the database: sets each row's fate, fills in what the file does not speak of where the
 * figure itself stays, counts into result. */
bool gh_import_diff(GhDb *db, const int64_t *data_point_keys, GhImportRows *rows,
                    const GhProgress *progress, GhImportResult *result, GError **error);

/* Writes what is new or changed, with history and one audit entry. */
bool gh_import_write(GhDb *db, const GhFramework *framework, const int64_t *data_point_keys,
                     const GhImportRows *rows, const char *file_name,
                     const GhImportOptions *options, const GhImportResult *result, GError **error);

/* -- cities -- */
bool gh_import_cities(GhStore *store, const char *name, const char *bytes, size_t n_bytes,
                      const GhImportOptions *options, GhFaults *faults, GhImportResult *result,
                      GError **error);

/* Adds a fault of the reader (its place and words are in the error). */
void gh_import_add_csv_fault(GhFaults *faults, const char *file_name, const GError *error);

/* True when there is no fault; else an error that says how many. */
bool gh_import_refuse_faults(const GhFaults *faults, const char *file_name, GError **error);
