/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* workbook_pages.c - all figures as a workbook, made by a job, with a page that shows how far it is.
 *
 * Whoever asks for the same gets the same job, so there is no cancelling on the web: it would take
 * the work away from the others. */
#include <jansson.h>

#include "evaluation/pages/pages.h"
#include "evaluation/pages/say.h"

static const char KIND[] = "figures-workbook";
static const char FRAMEWORK_KEY[] = "framework";

enum {
    RETRY_AFTER_S = 30
};
static const char REFRESH_S[] = "3";

/* -- the job -- */

typedef struct {
    const GhFramework *framework;
    const GhProgress *progress;
    GByteArray *result;
} Making;

static bool
sink_bytes(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    GByteArray *result = data;

    if (n_bytes > GH_JOBS_RESULT_MAX_BYTES - result->len) {
        g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT,
                    "the workbook is over %d bytes; export it on the command line",
                    GH_JOBS_RESULT_MAX_BYTES);
        return false;
    }
    g_byte_array_append(result, (const guint8 *)bytes, (guint)n_bytes);
    return true;
}

static bool
make_workbook(GhDb *db, void *data, GError **error)
{
    Making *making = data;

    g_byte_array_set_size(making->result, 0); /* an earlier try may have been rolled back */
    return gh_export_figures(db, making->framework, NULL, GH_TABLE_XLSX, sink_bytes, making->result,
                             making->progress, error);
}

/* GhJobFunc. parameters: {"framework": ID}. */
static bool
run_job(GhStore *store, const char *parameters, const GhProgress *progress, GByteArray *result,
        char **ret_media_type, char **ret_file_name, void *data, GError **error)
{
    (void)data;
    json_t *fields = json_loads(parameters, 0, NULL);
    g_assert(fields != NULL); /* we wrote it ourselves */
    g_autofree char *id = g_strdup(json_string_value(json_object_get(fields, FRAMEWORK_KEY)));
    json_decref(fields);
    g_autoptr(GhFramework) framework = gh_framework_get(store, id, NULL, error);
    if (framework == NULL)
        return false;

    Making making = {.framework = framework, .progress = progress, .result = result};
    if (!gh_store_read(store, make_workbook, &making, error))
        return false;
    *ret_media_type = g_strdup(gh_table_media_type(GH_TABLE_XLSX));
    *ret_file_name = g_strdup("figures.xlsx");
    return true;
}

/* -- its pages -- */

/* POST /downloads/workbook ; public. 303 to the job's page; 503 when too many wait. */
static bool
request_workbook(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    bool refused = false;
    int64_t id = 0;

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    /* Ids of frameworks hold no character that JSON would escape. */
    g_autofree char *parameters = g_strdup_printf("{\"%s\":\"%s\"}", FRAMEWORK_KEY, framework->id);
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

/* The job that place id names; answers 404 itself. */
static bool
load_job(GhRequest *request, GhReply *reply, GhJob *job, bool *ret_answered, GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    int64_t id = 0;
    bool found = false;

    if (gh_request_param_int(request, "id", &id) && !gh_jobs_get(jobs, id, &found, job, error))
        return false;
    *ret_answered = !found;
    if (found)
        return true;
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "There is no such piece of work, or its result is no longer "
                                   "kept. Start it again on the "
                                   "downloads page."),
                              error);
}

static void
fill_job(const GhJob *job, const GhLang *lang, GhView *view)
{
    static const double PERCENT = 100.0;

    gh_view_text(view, "heading", GH_T(lang, "Workbook of all figures"));
    gh_view_flag(view, "running", job->state == GH_JOB_WAITING || job->state == GH_JOB_RUNNING);
    gh_view_flag(view, "done", job->state == GH_JOB_DONE);
    gh_view_flag(view, "failed", job->state == GH_JOB_FAILED);
    gh_view_flag(view, "cancelled", job->state == GH_JOB_CANCELLED);
    gh_view_printf(view, "id", "%" G_GINT64_FORMAT, job->id);
    gh_view_printf(view, "percent", "%d", (int)(job->share * PERCENT));
    gh_view_text(view, "status",
                 job->state == GH_JOB_WAITING ? GH_T(lang, "It waits for its turn.")
                                              : GH_T(lang, "It is being made."));
    gh_view_printf(view, "result_url", "/jobs/%" G_GINT64_FORMAT "/result", job->id);
    gh_view_text(view, "file_name", job->file_name);
    gh_view_take_text(view, "size", gh_say_size(lang, job->result_size_bytes));
}

/* GET /jobs/{id} ; public. Asks the browser to come again while the work goes on. */
static bool
job_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhJob) job = {0};
    bool answered = false;

    (void)data;
    if (!load_job(request, reply, &job, &answered, error))
        return false;
    if (answered)
        return true;

    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Downloads"), "/downloads");
    gh_pages_breadcrumb(view, GH_T(lang, "Workbook of all figures"), NULL);
    fill_job(&job, lang, view);
    if (job.state == GH_JOB_WAITING || job.state == GH_JOB_RUNNING)
        gh_reply_header(reply, "Refresh", REFRESH_S);
    return gh_reply_page(request, reply, "job", GH_T(lang, "Workbook of all figures"),
                         g_steal_pointer(&view), error);
}

/* GET /jobs/{id}/result ; public. Until it is done: back to the job's page. */
static bool
job_result(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhJob) job = {0};
    g_autoptr(GBytes) bytes = NULL;
    bool answered = false;
    bool found = false;

    (void)data;
    if (!load_job(request, reply, &job, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_jobs_result(gh_server_jobs(gh_request_server(request)), job.id, &found, &bytes, error))
        return false;
    if (!found) {
        g_autofree char *address = g_strdup_printf("/jobs/%" G_GINT64_FORMAT, job.id);
        gh_reply_redirect(reply, address);
        return true;
    }
    gh_reply_bytes(reply, job.media_type, job.file_name, g_steal_pointer(&bytes));
    return true;
}

void
gh_workbook_pages_register(GhServer *server, GhJobs *jobs)
{
    static const GhRoute routes[] = {
        {.method = GH_POST, .path = "/downloads/workbook", .handler = request_workbook},
        {.method = GH_GET, .path = "/jobs/{id}", .handler = job_page},
        {.method = GH_GET, .path = "/jobs/{id}/result", .handler = job_result},
    };

    gh_jobs_register(jobs, KIND, run_job, NULL);
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
