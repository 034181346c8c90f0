/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures.h - the figures of cities: reading them, and files of them in and out.
 *
 * Key       (city, framework, data point, year).
 * Ownership Structs own their texts; NULL when absent. Numbers that are not known are NAN.
 * Source    The file form: FORMATS, section 2.
 */
#pragma once

#include "base/faults.h"
#include "base/progress.h"
#include "base/table.h"
#include "evaluation/city.h"
#include "framework/framework.h"
#include "store/store.h"

typedef enum {
    GH_STATUS_MISSING = 0, /* no row */
    GH_STATUS_REPORTED = 1,
    GH_STATUS_NOT_REPORTED = 2,
    GH_STATUS_NOT_APPLICABLE = 3,
    GH_STATUS_NOT_VERIFIED = 4,
    GH_STATUS_NOT_AVAILABLE = 5,
} GhStatus;
const char *gh_status_text(GhStatus status); /* "not_reported" */
bool gh_status_from_text(const char *text, GhStatus *ret_status);

typedef enum {
    GH_HOW_NOT_SAID = 0,
    GH_HOW_CALCULATED = 1,
    GH_HOW_TYPED_OVER = 2,
} GhHow;

typedef struct {
    size_t data_point; /* index in the framework */
    int year;
    GhStatus status;
    double value, numerator, denominator; /* NAN: none */
    GhHow how;
    int quality; /* 0: not said */
    bool verified;
    int month; /* 0: not said */
    char *report, *unit, *source, *note;
    char *framework_version;
} GhFigure;

/* The figures of one city and year, one entry per data point of the framework, in its order;
 * those without a row have GH_STATUS_MISSING. */
typedef struct {
    int64_t city_id;
    int year; /* 0: the city has no figures */
    GhFigure *figures;
    size_t n_figures; /* = framework->n_data_points */
} GhFigureSet;
void gh_figure_set_free(GhFigureSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhFigureSet, gh_figure_set_free)

/* How it stands with a figure, for programs: "verified" or "not_verified" where it is reported, else its
 * status. */
const char *gh_figure_state_text(const GhFigure *figure);

/* How many of the set have a value; *ret_verified of them are verified. */
size_t gh_figure_set_n_values(const GhFigureSet *set, size_t *ret_verified);

/* year 0: the latest year in which the city has a figure. */
GhFigureSet *gh_figures_load(GhDb *db, const GhFramework *framework, int64_t city_id, int year,
                             GError **error);

/* The figures of the latest year before year; *ret_set stays NULL when there is none. */
bool gh_figures_load_earlier(GhDb *db, const GhFramework *framework, int64_t city_id, int year,
                             GhFigureSet **ret_set, GError **error);

/* Whether there is any figure at all, of any framework. */
bool gh_figures_any(GhDb *db, bool *ret_any, GError **error);

/* The years in which the city has figures, latest first, of int. */
GArray *gh_figures_years(GhDb *db, const GhFramework *framework, int64_t city_id, GError **error);

/* Walks all cities in the order of their slugs, each with its figures of year (0: each city's latest).
 * Only value, status and verification are filled, texts stay NULL: for scores of many cities. The
 * set passed is reused: func keeps nothing of it. */
typedef bool (*GhFiguresFunc)(const GhCity *city, const GhFigureSet *set, void *data,
                              GError **error);
bool gh_figures_each_city(GhDb *db, const GhFramework *framework, int year, GhFiguresFunc func,
                          void *data, GError **error);

/* Every city's figure of one data point, of GhCityFigure (frees its elements), by city name: exactly
 * year, or (year 0) the latest in which the city has a figure of this data point. */
typedef struct {
    char *slug, *name, *country_code;
    GhFigure figure;
} GhCityFigure;
void gh_city_figure_free(GhCityFigure *figure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhCityFigure, gh_city_figure_free)
GPtrArray *gh_figures_of_data_point(GhDb *db, const GhFramework *framework, size_t data_point,
                                    int year, GError **error);

/* -- files in -- */

typedef struct {
    const char *city; /* --city: slug, or NULL */
    int year;         /* --year, or 0 */
    bool dry_run;
    const char *actor; /* for the audit trail */
    const GhProgress *progress;
} GhImportOptions;

typedef struct {
    bool cities; /* the file held cities, not figures */
    bool wide;
    int64_t n_rows; /* rows read */
    int64_t n_new, n_changed, n_unchanged;
} GhImportResult;

/* Reads a file of cities or of figures (the header decides) and takes all of it or nothing. On faults
 * returns false with GH_EVALUATION_ERROR_FAULTS and the list in faults (file = name). */
bool gh_import(GhStore *store, const GhFramework *framework, const char *name, const char *bytes,
               size_t n_bytes, const GhImportOptions *options, GhFaults *faults,
               GhImportResult *ret_result, GError **error);

/* -- files out -- */

/* Figures of all cities (city NULL) or one, all years, as the long form with all columns. */
bool gh_export_figures(GhDb *db, const GhFramework *framework, const char *city_slug,
                       GhTableFormat format, GhTableSink sink, void *sink_data,
                       const GhProgress *progress, GError **error);
bool gh_export_cities(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data,
                      GError **error);
