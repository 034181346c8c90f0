/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* download_files.c - the files of all cities where they are small, and the framework's files. */
#include <string.h>

#include "base/csv.h"
#include "evaluation/pages/all_files.h"
#include "evaluation/pages/pages.h"

typedef struct {
    const GhAllFile *file;
    const GhFramework *framework;
    GString *out;
    bool is_job;
} Direct;

static bool
write_if_small(GhDb *db, void *data, GError **error)
{
    Direct *direct = data;
    GhAllFilesMeasure measure = {0};

    g_string_truncate(direct->out, 0); /* an earlier try may have been rolled back */
    if (!gh_all_files_measure(db, &measure, error))
        return false;
    direct->is_job = gh_all_files_is_job(direct->file, &measure);
    if (direct->is_job)
        return true;
    return gh_all_files_write(db, direct->framework, direct->file, gh_table_sink_string,
                              direct->out, NULL, error);
}

static bool
reply_no_format(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(
        request, reply, GH_T(gh_request_lang(request), "Files are offered as csv, xlsx and json."),
        error);
}

/* GET /figures.{format}, /scores.{format}, /cities.{format} ; public. 303 to the downloads, which say
 * why and have a button, where the file is made by a job. */
static bool
all_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhAllFile *file = gh_all_files_find_full(gh_request_path(request) + strlen("/"));

    (void)data;
    if (file == NULL)
        return reply_no_format(request, reply, error);
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;

    g_autoptr(GString) out = g_string_new(NULL);
    Direct direct = {.file = file, .framework = framework, .out = out};
    if (!gh_store_read(gh_server_store(gh_request_server(request)), write_if_small, &direct, error))
        return false;
    g_autofree char *name = gh_all_files_full_name(file);
    if (direct.is_job) {
        g_autofree char *address = g_strconcat("/downloads?file=", name, NULL);
        gh_reply_redirect(reply, address);
        return true;
    }
    gh_reply_bytes(reply, gh_table_media_type(file->format), name,
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

typedef struct {
    const char *name;
    GBytes *bytes; /* CSV, checked when the framework was loaded */
} Stored;

/* All cells are texts, as the expert wrote them. */
static bool
write_stored(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
             GError **error)
{
    const Stored *stored = data;
    gsize n_bytes = 0;
    const char *bytes = g_bytes_get_data(stored->bytes, &n_bytes);

    (void)db;
    if (format == GH_TABLE_CSV)
        return sink(bytes, n_bytes, sink_data, error);
    g_autoptr(GhCsv) csv = gh_csv_new(stored->name, bytes, n_bytes, error);
    if (csv == NULL)
        return false;

    size_t n_columns = gh_csv_n_columns(csv);
    g_autofree GhColumn *columns = g_new(GhColumn, n_columns);
    for (size_t i = 0; i < n_columns; i++)
        columns[i] = (GhColumn){gh_csv_column(csv, i), GH_COLUMN_TEXT};
    g_autoptr(GhTable) table =
        gh_table_new(format, "framework", columns, n_columns, sink, sink_data);
    for (;;) {
        bool row = false;
        if (!gh_csv_next(csv, &row, error))
            return false;
        if (!row)
            return gh_table_close(table, error);
        for (size_t i = 0; i < n_columns; i++)
            gh_table_text(table, gh_csv_field(csv, i));
        if (!gh_table_end_row(table, error))
            return false;
    }
}

/* path: "targets/open.xlsx" */
static bool
reply_file(GhRequest *request, GhReply *reply, const char *path, GError **error)
{
    const char *dot = strrchr(path, '.');
    g_autofree char *stem = dot != NULL ? g_strndup(path, (size_t)(dot - path)) : g_strdup(path);
    g_autofree char *name = g_strconcat(stem, ".csv", NULL);
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

    const char *slash = strrchr(stem, '/');
    Stored stored = {.name = name, .bytes = bytes};
    return gh_pages_reply_table_as(request, reply, dot != NULL ? dot + 1 : NULL,
                                   slash != NULL ? slash + 1 : stem, write_stored, &stored, error);
}

/* GET /framework/{file} ; public. csv as it was loaded, xlsx or json. */
static bool
framework_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)data;
    return reply_file(request, reply, gh_request_param(request, "file"), error);
}

/* GET /framework/{folder}/{file} ; public. */
static bool
framework_folder_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/%s", gh_request_param(request, "folder"),
                                            gh_request_param(request, "file"));

    (void)data;
    return reply_file(request, reply, path, error);
}

void
gh_download_files_register(GhServer *server)
{
    /* Files of many figures are written when asked for and not kept. */
    static const GhRoute routes[] = {
        {.method = GH_GET, .path = "/figures.{format}", .handler = all_file},
        {.method = GH_GET, .path = "/scores.{format}", .handler = all_file},
        {.method = GH_GET,
         .path = "/cities.{format}",
         .cache = GH_CACHE_PUBLIC,
         .handler = all_file},
        {.method = GH_GET,
         .path = "/framework/{file}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = framework_file},
        {.method = GH_GET,
         .path = "/framework/{folder}/{file}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = framework_folder_file},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
