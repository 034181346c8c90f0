/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* file_job_pages.c - files of all cities that a job makes, and the page that shows how far it is.
 *
 * Whoever asks for the same file of the same data gets the same job, so there is no cancelling on
 * the web: it would take the work away from the others. */
#include <gio/gio.h>
#include <jansson.h>

#include "evaluation/pages/all_files.h"
#include "evaluation/pages/packed.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

static const char KIND[] = "all-cities-file";
static const char FRAMEWORK_KEY[] = "framework";
static const char FILE_KEY[] = "file";

enum {
    RETRY_AFTER_S = 30
};
static const char REFRESH_S[] = "3";

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

/* -- its pages -- */

/* POST /downloads/{file} ; public. 303 to the job's page; 503 when too many wait. */
static bool
request_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    const char *name = gh_request_param(request, "file");
    bool refused = false;
    int64_t id = 0;

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
    if (!gh_jobs_request(jobs, KIND, parameters, &refused, &id, error))
        return false;
    if (refused)
        return gh_reply_busy(
            request, reply, RETRY_AFTER_S,
            GH_T(gh_request_lang(request),
                 "Other work is waiting already. Please ask again in half a minute."),
            error);

    g_autofree char *address = g_strdup_printf("/jobs/%" G_GINT64_FORMAT, id);
    gh_reply_redirect(reply, address);
    return true;
}

/* The job that place id names, and the file it makes; answers 404 itself, *ret_file is NULL then. */
static bool
load_job(GhRequest *request, GhReply *reply, GhJob *job, const GhAllFile **ret_file, GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    int64_t id = 0;
    bool found = false;

    if (gh_request_param_int(request, "id", &id) && !gh_jobs_get(jobs, id, &found, job, error))
        return false;
    *ret_file = found ? read_parameters(job->parameters, NULL) : NULL;
    if (*ret_file != NULL)
        return true;
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "There is no such piece of work, or its result is no longer "
                                   "kept. Start it again on the "
                                   "downloads page."),
                              error);
}

/* How large the file is that the reader gets. *ret_found: its result is still there. */
static bool
measure_result(GhJobs *jobs, const GhJob *job, const GhAllFile *file, bool *ret_found,
               int64_t *ret_size_bytes, GError **error)
{
    if (is_packed(file))
        return gh_packed_plain_size(jobs, job, ret_found, ret_size_bytes, error);
    *ret_found = true;
    *ret_size_bytes = job->result_size_bytes;
    return true;
}

static void
fill_state(const GhJob *job, const GhLang *lang, GhView *view)
{
    static const double PERCENT = 100.0;

    gh_view_flag(view, "running", job->state == GH_JOB_WAITING || job->state == GH_JOB_RUNNING);
    gh_view_flag(view, "failed", job->state == GH_JOB_FAILED);
    gh_view_flag(view, "cancelled", job->state == GH_JOB_CANCELLED);
    gh_view_printf(view, "id", "%" G_GINT64_FORMAT, job->id);
    gh_view_printf(view, "percent", "%d", (int)(job->share * PERCENT));
    gh_view_text(view, "status",
                 job->state == GH_JOB_WAITING ? GH_T(lang, "It waits for its turn.")
                                              : GH_T(lang, "It is being made."));
}

/* Lists "done" and in it "packed", of one or none. */
static bool
fill_result(GhJobs *jobs, const GhJob *job, const GhAllFile *file, const GhLang *lang, GhView *view,
            GError **error)
{
    int64_t size_bytes = 0;
    bool found = false;

    if (job->state != GH_JOB_DONE)
        return true;
    if (!measure_result(jobs, job, file, &found, &size_bytes, error))
        return false;
    if (!found)
        return true;

    GhView *done = gh_view_append(view, "done");
    gh_view_printf(done, "result_url", "/jobs/%" G_GINT64_FORMAT "/result", job->id);
    gh_view_text(done, "file_name", job->file_name);
    gh_view_take_text(done, "size", gh_say_size(lang, size_bytes));
    if (is_packed(file))
        gh_view_take_text(gh_view_append(done, "packed"), "size",
                          gh_say_size(lang, job->result_size_bytes));
    return true;
}

/* GET /jobs/{id} ; public. Asks the browser to come again while the work goes on. */
static bool
job_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const GhAllFile *file = NULL;
    g_auto(GhJob) job = {0};

    (void)data;
    if (!load_job(request, reply, &job, &file, error))
        return false;
    if (file == NULL)
        return true;

    g_autofree char *name = gh_all_files_full_name(file);
    g_autofree char *heading = gh_lang_fill(GH_T(lang, "File {file}"), "file", name, NULL);
    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Downloads"), "/downloads");
    gh_pages_breadcrumb(view, heading, NULL);
    gh_view_text(view, "heading", heading);
    fill_state(&job, lang, view);
    if (!fill_result(gh_server_jobs(gh_request_server(request)), &job, file, lang, view, error))
        return false;
    if (job.state == GH_JOB_WAITING || job.state == GH_JOB_RUNNING)
        gh_reply_header(reply, "Refresh", REFRESH_S);
    return gh_reply_page(request, reply, "job", heading, g_steal_pointer(&view), error);
}

static void
redirect_to_job(GhReply *reply, int64_t id)
{
    g_autofree char *address = g_strdup_printf("/jobs/%" G_GINT64_FORMAT, id);

    gh_reply_redirect(reply, address);
}

/* GET /jobs/{id}/result ; public. Until it is done: back to the job's page. */
static bool
job_result(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    const GhAllFile *file = NULL;
    g_auto(GhJob) job = {0};
    int64_t size_bytes = 0;
    bool found = false;

    (void)data;
    if (!load_job(request, reply, &job, &file, error))
        return false;
    if (file == NULL)
        return true;
    if (job.state == GH_JOB_DONE && !measure_result(jobs, &job, file, &found, &size_bytes, error))
        return false;
    if (!found) {
        redirect_to_job(reply, job.id);
        return true;
    }
    gh_packed_reply(reply, jobs, &job, is_packed(file) ? GH_PACKED_UNPACK : GH_PACKED_AS_STORED,
                    job.media_type, job.file_name, size_bytes);
    return true;
}

/* GET /jobs/{id}/result.gz ; public. The same packed; a workbook has no such form. */
static bool
job_result_packed(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    const GhAllFile *file = NULL;
    g_auto(GhJob) job = {0};

    (void)data;
    if (!load_job(request, reply, &job, &file, error))
        return false;
    if (file == NULL)
        return true;
    if (job.state != GH_JOB_DONE || !is_packed(file)) {
        redirect_to_job(reply, job.id);
        return true;
    }
    g_autofree char *name = g_strconcat(job.file_name, ".gz", NULL);
    gh_packed_reply(reply, jobs, &job, GH_PACKED_AS_STORED, "application/gzip", name,
                    job.result_size_bytes);
    return true;
}

void
gh_file_job_pages_register(GhServer *server, GhJobs *jobs)
{
    static const GhRoute routes[] = {
        {.method = GH_POST, .path = "/downloads/{file}", .handler = request_file},
        {.method = GH_GET, .path = "/jobs/{id}", .handler = job_page},
        {.method = GH_GET, .path = "/jobs/{id}/result", .handler = job_result},
        {.method = GH_GET, .path = "/jobs/{id}/result.gz", .handler = job_result_packed},
    };

    gh_jobs_register(jobs, KIND, run_job, NULL);
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
