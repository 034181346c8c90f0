/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* all_files.c - the files of all cities: which there are, how large, how they are written. */
#include "evaluation/pages/all_files.h"

#include <gio/gio.h>
#include <string.h>

#include "evaluation/figures.h"
#include "evaluation/written.h"

static const GhAllFile all_files[] = {
    {"figures", GH_TABLE_CSV, GH_ALL_FIGURES, false},
    {"figures", GH_TABLE_JSON, GH_ALL_FIGURES, false},
    /* Seconds where CSV takes a tenth of one. */
    {"figures", GH_TABLE_XLSX, GH_ALL_FIGURES, true},
    {"scores", GH_TABLE_CSV, GH_ALL_SCORES, false},
    {"scores", GH_TABLE_XLSX, GH_ALL_SCORES, false},
    {"scores", GH_TABLE_JSON, GH_ALL_SCORES, false},
    {"cities", GH_TABLE_CSV, GH_ALL_CITIES, false},
    {"cities", GH_TABLE_XLSX, GH_ALL_CITIES, false},
    {"cities", GH_TABLE_JSON, GH_ALL_CITIES, false},
};

const GhAllFile *
gh_all_files_find(const char *name, const char *format)
{
    for (size_t i = 0; i < G_N_ELEMENTS(all_files); i++) {
        if (strcmp(all_files[i].name, name) == 0
            && strcmp(gh_table_format_text(all_files[i].format), format) == 0)
            return &all_files[i];
    }
    return NULL;
}

const GhAllFile *
gh_all_files_find_full(const char *file_name)
{
    const char *dot = strchr(file_name, '.');
    if (dot == NULL)
        return NULL;

    g_autofree char *name = g_strndup(file_name, (size_t)(dot - file_name));
    return gh_all_files_find(name, dot + 1);
}

char *
gh_all_files_full_name(const GhAllFile *file)
{
    return g_strdup_printf("%s.%s", file->name, gh_table_format_text(file->format));
}

/* -- how large -- */

static const char SQL_MEASURE[] =
    "SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM figure LIMIT $1) AS some_figures),"
    "  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM city LIMIT $2) AS some_cities)";

bool
gh_all_files_measure(GhDb *db, GhAllFilesMeasure *ret_measure, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_MEASURE, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, GH_ALL_FILES_FIGURES_MAX + 1);
    gh_query_bind_int64(query, 2, GH_ALL_FILES_CITIES_MAX + 1);
    if (!gh_query_next(query, &row, error))
        return false;

    *ret_measure = (GhAllFilesMeasure){.n_figures = row ? gh_query_int64(query, 0) : 0,
                                       .n_cities = row ? gh_query_int64(query, 1) : 0};
    return true;
}

bool
gh_all_files_is_job(const GhAllFile *file, const GhAllFilesMeasure *measure)
{
    if (file->always_job)
        return true;
    switch (file->content) {
    case GH_ALL_FIGURES:
        return measure->n_figures > GH_ALL_FILES_FIGURES_MAX;
    case GH_ALL_SCORES:
        return measure->n_figures > GH_ALL_FILES_FIGURES_MAX
               || measure->n_cities > GH_ALL_FILES_SCORED_CITIES_MAX;
    case GH_ALL_CITIES:
        return measure->n_cities > GH_ALL_FILES_CITIES_MAX;
    }
    g_assert_not_reached();
}

/* -- scores -- */

typedef struct {
    const GhFramework *framework;
    GhScores *scores;
    GString *waiting; /* for the sink */
    GhTable *table;   /* of a workbook; NULL: waiting is written */
    GhTableSink sink;
    void *sink_data;
    const GhProgress *progress;
    bool is_json;
    bool has_any;
    int64_t n_done, n_all;
} Writing;

enum {
    WAITING_BYTES = 65536,       /* the sink gets this much at once */
    CITIES_BETWEEN_REPORTS = 100 /* a few milliseconds */
};

static bool
pass_on(Writing *writing, size_t from_bytes, GError **error)
{
    if (writing->waiting->len < from_bytes)
        return true;
    if (!writing->sink(writing->waiting->str, writing->waiting->len, writing->sink_data, error))
        return false;
    g_string_truncate(writing->waiting, 0);
    return true;
}

static bool
report(Writing *writing, GError **error)
{
    if (writing->n_done++ % CITIES_BETWEEN_REPORTS != 0
        || gh_progress_report(writing->progress, GH_MARK("writing"),
                              (double)writing->n_done / (double)MAX(writing->n_all, 1)))
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped on request");
    return false;
}

static bool
write_city(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    Writing *writing = data;
    const GhTargetSet *targets = &writing->framework->target_sets[0];

    if (!report(writing, error))
        return false;
    if (set->year == 0)
        return true;
    gh_scores_compute(writing->framework, targets, set, &(GhScoreOptions){0}, writing->scores);
    const GhEvaluation evaluation = {.framework = writing->framework,
                                     .targets = targets,
                                     .city = city,
                                     .figures = set,
                                     .scores = writing->scores};
    if (writing->table != NULL)
        return gh_written_table_rows(&evaluation, writing->table, error);
    if (writing->is_json) {
        g_string_append(writing->waiting, writing->has_any ? "," : "");
        gh_written_json(&evaluation, writing->waiting);
    } else {
        gh_written_csv_rows(&evaluation, writing->waiting);
    }
    writing->has_any = true;
    return pass_on(writing, WAITING_BYTES, error);
}

static const char SQL_COUNT_CITIES[] = "SELECT COUNT(*) FROM city";

static bool
count_cities(GhDb *db, int64_t *ret_n, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_COUNT_CITIES, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;
    *ret_n = row ? gh_query_int64(query, 0) : 0;
    return true;
}

static bool
write_workbook(GhDb *db, Writing *writing, GError **error)
{
    g_autoptr(GhTable) table =
        gh_written_table_new(GH_TABLE_XLSX, writing->sink, writing->sink_data);

    writing->table = table;
    return gh_figures_each_city(db, writing->framework, 0, write_city, writing, error)
           && gh_table_close(table, error);
}

static bool
write_scores(GhDb *db, const GhFramework *framework, GhTableFormat format, GhTableSink sink,
             void *sink_data, const GhProgress *progress, GError **error)
{
    g_autoptr(GhScores) scores = gh_scores_new(framework);
    g_autoptr(GString) waiting = g_string_new(NULL);
    Writing writing = {.framework = framework,
                       .scores = scores,
                       .waiting = waiting,
                       .sink = sink,
                       .sink_data = sink_data,
                       .progress = progress,
                       .is_json = format == GH_TABLE_JSON};

    if (!count_cities(db, &writing.n_all, error))
        return false;
    if (format == GH_TABLE_XLSX)
        return write_workbook(db, &writing, error);
    if (writing.is_json)
        g_string_append_c(waiting, '[');
    else
        gh_written_csv_header(waiting);
    if (!gh_figures_each_city(db, framework, 0, write_city, &writing, error))
        return false;
    if (writing.is_json)
        g_string_append(waiting, "]\n");
    return pass_on(&writing, 0, error);
}

bool
gh_all_files_write(GhDb *db, const GhFramework *framework, const GhAllFile *file, GhTableSink sink,
                   void *sink_data, const GhProgress *progress, GError **error)
{
    switch (file->content) {
    case GH_ALL_FIGURES:
        return gh_export_figures(db, framework, NULL, file->format, sink, sink_data, progress,
                                 error);
    case GH_ALL_SCORES:
        return write_scores(db, framework, file->format, sink, sink_data, progress, error);
    case GH_ALL_CITIES:
        return gh_export_cities(db, file->format, sink, sink_data, error);
    }
    g_assert_not_reached();
}
