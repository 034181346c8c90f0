/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* download_files.c - figures and scores of all cities, and the framework's files. */
#include <string.h>

#include "evaluation/pages/pages.h"
#include "evaluation/written.h"

static bool
write_figures(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
              GError **error)
{
    return gh_export_figures(db, data, NULL, format, sink, sink_data, NULL, error);
}

/* GET /figures.{format} ; public. csv or json; the workbook is a job. */
static bool
figures_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);

    (void)data;
    if (g_str_equal(gh_request_param(request, "format"), "xlsx"))
        return gh_reply_not_found(
            request, reply,
            GH_T(lang, "The workbook of all figures is prepared on the downloads page."), error);
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    return gh_pages_reply_table(request, reply, "figures", write_figures, framework, error);
}

typedef struct {
    GhFramework *framework;
    GhScores *scores;
    GString *out;
    bool is_json;
} Writing;

static bool
write_city(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    Writing *writing = data;
    const GhTargetSet *targets = &writing->framework->target_sets[0];

    (void)error; /* memory only */
    if (set->year == 0)
        return true;
    gh_scores_compute(writing->framework, targets, set, &(GhScoreOptions){0}, writing->scores);
    const GhEvaluation evaluation = {.framework = writing->framework,
                                     .targets = targets,
                                     .city = city,
                                     .figures = set,
                                     .scores = writing->scores};
    if (!writing->is_json) {
        gh_written_csv_rows(&evaluation, writing->out);
        return true;
    }
    if (writing->out->len > 1)
        g_string_append_c(writing->out, ',');
    gh_written_json(&evaluation, writing->out);
    return true;
}

static bool
write_scores(GhDb *db, void *data, GError **error)
{
    Writing *writing = data;

    g_string_truncate(writing->out, 0); /* an earlier try may have been rolled back */
    if (writing->is_json)
        g_string_append_c(writing->out, '[');
    else
        gh_written_csv_header(writing->out);
    if (!gh_figures_each_city(db, writing->framework, 0, write_city, writing, error))
        return false;
    if (writing->is_json)
        g_string_append(writing->out, "]\n");
    return true;
}

/* GET /scores.{format} ; public. csv or json, latest year of each city, first target set. */
static bool
scores_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const char *format = gh_request_param(request, "format");
    bool is_json = g_str_equal(format, "json");

    (void)data;
    if (!is_json && !g_str_equal(format, "csv"))
        return gh_reply_not_found(
            request, reply, GH_T(gh_request_lang(request), "Scores are offered as csv and json."),
            error);
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;

    g_autoptr(GhScores) scores = gh_scores_new(framework);
    g_autoptr(GString) out = g_string_new(NULL);
    Writing writing = {.framework = framework, .scores = scores, .out = out, .is_json = is_json};
    if (!gh_store_read(gh_server_store(gh_request_server(request)), write_scores, &writing, error))
        return false;
    gh_reply_bytes(reply, gh_table_media_type(is_json ? GH_TABLE_JSON : GH_TABLE_CSV),
                   is_json ? "scores.json" : "scores.csv",
                   g_string_free_to_bytes(g_steal_pointer(&out)));
    return true;
}

/* -- the framework's files, as they were loaded -- */

typedef struct {
    const GhFramework *framework;
    const char *name;
    GBytes *bytes; /* owned; NULL: no such file */
} Finding;

static bool
find_file(GhDb *db, void *data, GError **error)
{
    Finding *finding = data;
    g_autoptr(GPtrArray) files = gh_framework_stored_files(db, finding->framework, error);
    if (files == NULL)
        return false;

    g_clear_pointer(&finding->bytes, g_bytes_unref);
    for (guint i = 0; i < files->len && finding->bytes == NULL; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(files, i);
        if (g_str_equal(file->name, finding->name))
            finding->bytes = g_bytes_ref(file->bytes);
    }
    return true;
}

static bool
reply_file(GhRequest *request, GhReply *reply, const char *name, GError **error)
{
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    Finding finding = {.framework = framework, .name = name};
    bool good =
        gh_store_read(gh_server_store(gh_request_server(request)), find_file, &finding, error);
    g_autoptr(GBytes) bytes = finding.bytes;
    if (!good)
        return false;
    if (bytes == NULL)
        return gh_reply_not_found(
            request, reply,
            GH_T(gh_request_lang(request),
                 "The framework has no such file. The downloads page lists those it has."),
            error);

    const char *slash = strrchr(name, '/');
    gh_reply_bytes(reply, gh_table_media_type(GH_TABLE_CSV), slash != NULL ? slash + 1 : name,
                   g_steal_pointer(&bytes));
    return true;
}

/* GET /framework/{file}.csv ; public. */
static bool
framework_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_autofree char *name = g_strconcat(gh_request_param(request, "file"), ".csv", NULL);

    (void)data;
    return reply_file(request, reply, name, error);
}

/* GET /framework/{folder}/{file}.csv ; public. */
static bool
framework_folder_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s/%s.csv", gh_request_param(request, "folder"),
                                            gh_request_param(request, "file"));

    (void)data;
    return reply_file(request, reply, name, error);
}

void
gh_download_files_register(GhServer *server)
{
    /* Files of all cities can be large: they are written when asked for and not kept. */
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/figures.{format}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_NONE,
         .handler = figures_file},
        {.method = GH_GET,
         .path = "/scores.{format}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_NONE,
         .handler = scores_file},
        {.method = GH_GET,
         .path = "/framework/{file}.csv",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = framework_file},
        {.method = GH_GET,
         .path = "/framework/{folder}/{file}.csv",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = framework_folder_file},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
