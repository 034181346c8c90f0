/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* all_files.h - the files of all cities: figures, scores and the cities themselves.
 *
 * Two ways  A small file is written when its address is asked for. A large one is made once by a job
 *           (file_job_pages.c), since it would hold a thread of the server for seconds and lie in memory
 *           whole. The workbook of figures always is.
 * Limits    GH_ALL_FILES_FIGURES_MAX and so on say what is small: at most about 10 MB, 0.1 s.
 * Cost      Measuring counts no further than these limits: about 1 ms.
 */
#pragma once

#include "base/progress.h"
#include "base/table.h"
#include "framework/framework.h"
#include "store/store.h"

/* Our choice. JSON takes about 300 bytes a figure, 50 kB a city's scores, 250 bytes a city. The
 * operator's guide names these numbers. */
enum {
    GH_ALL_FILES_FIGURES_MAX = 20000,     /* for files of figures and of scores */
    GH_ALL_FILES_SCORED_CITIES_MAX = 200, /* for files of scores */
    GH_ALL_FILES_CITIES_MAX = 10000,      /* for files of cities */
};

typedef enum {
    GH_ALL_FIGURES,
    GH_ALL_SCORES,
    GH_ALL_CITIES,
} GhAllFilesContent;

typedef struct {
    const char *name; /* "figures" */
    GhTableFormat format;
    GhAllFilesContent content;
    bool always_job;
} GhAllFile;

/* NULL: there is no such file. */
const GhAllFile *gh_all_files_find(const char *name, const char *format);

/* The same by "figures.csv". */
const GhAllFile *gh_all_files_find_full(const char *file_name);

/* "figures.csv"; the caller owns it. */
char *gh_all_files_full_name(const GhAllFile *file);

/* How much there is, of all frameworks; not counted beyond the limits above. */
typedef struct {
    int64_t n_figures, n_cities;
} GhAllFilesMeasure;
bool gh_all_files_measure(GhDb *db, GhAllFilesMeasure *ret_measure, GError **error);

/* Whether the file is made by a job. */
bool gh_all_files_is_job(const GhAllFile *file, const GhAllFilesMeasure *measure);

/* Writes the file. Scores: latest year of each city, the framework's first target set. progress may
 * be NULL; stops with G_IO_ERROR_CANCELLED when it says so. */
bool gh_all_files_write(GhDb *db, const GhFramework *framework, const GhAllFile *file,
                        GhTableSink sink, void *sink_data, const GhProgress *progress,
                        GError **error);
