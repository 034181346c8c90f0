/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* file_job_pages.c - files of all cities that a job makes. */
#include <gio/gio.h>
#include <jansson.h>

#include "evaluation/pages/all_files.h"
#include "evaluation/pages/pages.h"
#include "http/job_pages.h"
#include "http/packed.h"

static const char KIND[] = "all-cities-file";
static const char FRAMEWORK_KEY[] = "framework";
static const char FILE_KEY[] = "file";

/* CSV and JSON are stored packed; a workbook is packed by itself. */
static bool
is_packed(const GhAllFile *file)
{
    return file->format != GH_TABLE_XLSX;
}

/* -- the job -- */

/* What the parameters of a job name; NULL where they are of another kind of job. */
static const GhAllFile *
read_parameters(const char *parameters, char **ret_framework)
{
    json_t *fields = json_loads(parameters, 0, NULL);
    const char *name = json_string_value(json_object_get(fields, FILE_KEY));
    const char *framework = json_string_value(json_object_get(fields, FRAMEWORK_KEY));
    const GhAllFile *file = name != NULL ? gh_all_files_find_full(name) : NULL;

    if (file != NULL && framework != NULL && ret_framework != NULL)
        *ret_framework = g_strdup(framework);
    json_decref(fields);
    return framework != NULL ? file : NULL;
}

typedef struct {
    const GhAllFile *file;
    const GhFramework *framework;
    const GhProgress *progress;
    GByteArray *result;
} Making;

static bool
make_file(GhDb *db, void *data, GError **error)
{
    Making *making = data;

    g_byte_array_set_size(making->result, 0); /* an earlier try may have been rolled back */
    if (!is_packed(making->file))
        return gh_all_files_write(db, making->framework, making->file, gh_packing_sink_as_it_is,
                                  making->result, making->progress, error);

    g_autoptr(GhPacking) packing = gh_packing_new(making->result);
    return gh_all_files_write(db, making->framework, making->file, gh_packing_sink, packing,
                              making->progress, error)
           && gh_packing_finish(packing, error);
}

/* GhJobFunc. parameters: {"file": "figures.csv", "framework": ID}. */
static bool
run_job(GhStore *store, const char *parameters, const GhProgress *progress, GByteArray *result,
        char **ret_media_type, char **ret_file_name, void *data, GError **error)
{
    g_autofree char *id = NULL;
    const GhAllFile *file = read_parameters(parameters, &id);

    (void)data;
    if (file == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "a file of all cities was expected, not %s", parameters);
        return false;
    }
    g_autoptr(GhFramework) framework = gh_framework_get(store, id, NULL, error);
    if (framework == NULL)
        return false;

    Making making = {.file = file, .framework = framework, .progress = progress, .result = result};
    if (!gh_store_read(store, make_file, &making, error))
        return false;
    *ret_media_type = g_strdup(gh_table_media_type(file->format));
    *ret_file_name = gh_all_files_full_name(file);
    return true;
}

/* -- asking for it, and what its pages say -- */

static bool
describe(const GhLang *lang, const char *parameters, GhJobDescription *ret_description, void *data)
{
    const GhAllFile *file = read_parameters(parameters, NULL);

    (void)data;
    if (file == NULL)
        return false;
    g_autofree char *name = gh_all_files_full_name(file);
    ret_description->heading = gh_lang_fill(GH_T(lang, "File {file}"), "file", name, NULL);
    ret_description->back_label = g_strdup(GH_T(lang, "Downloads"));
    ret_description->back_address = g_strdup("/downloads");
    return true;
}

static GhJobResultForm
form(const char *parameters)
{
    return is_packed(read_parameters(parameters, NULL)) ? GH_JOB_RESULT_PACKED
                                                        : GH_JOB_RESULT_AS_STORED;
}

/* POST /downloads/{file} ; public. 303 to the job's page; 503 when too many wait. */
static bool
request_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const char *name = gh_request_param(request, "file");

    (void)data;
    if (gh_all_files_find_full(name) == NULL)
        return gh_reply_not_found(
            request, reply,
            GH_T(gh_request_lang(request),
                 "There is no such file of all cities. The downloads page lists those there are."),
            error);
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    /* Names of files and ids of frameworks hold no character that JSON would escape. */
    g_autofree char *parameters = g_strdup_printf("{\"%s\":\"%s\",\"%s\":\"%s\"}", FILE_KEY, name,
                                                  FRAMEWORK_KEY, framework->id);
    return gh_job_pages_request(request, reply, KIND, parameters, error);
}

void
gh_file_job_pages_register(GhServer *server, GhJobs *jobs)
{
    static const GhJobPage page = {.kind = KIND, .describe = describe, .form = form};
    static const GhRoute routes[] = {
        {.method = GH_POST, .path = "/downloads/{file}", .handler = request_file},
    };

    gh_jobs_register(jobs, KIND, run_job, NULL);
    gh_job_pages_add(server, &page);
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
