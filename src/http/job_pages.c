/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* job_pages.c - the pages of long work: how far it is, and its result. */
#include "http/job_pages.h"

#include <string.h>

#include "base/clock.h"
#include "http/packed.h"
#include "http/server.h"

/* Seconds after which one may ask again. */
enum {
    RETRY_AFTER_S = 30
};

/* Seconds after which a browser looks how far the work is: most is done at once, the rest takes long. */
static const char REFRESH_SOON_S[] = "1";
static const char REFRESH_S[] = "3";
static const int64_t SOON_US = 5 * G_USEC_PER_SEC;

void
gh_job_description_clear(GhJobDescription *description)
{
    g_free(description->heading);
    g_free(description->back_label);
    g_free(description->back_address);
    *description = (GhJobDescription){0};
}

void
gh_job_pages_add(GhServer *server, const GhJobPage *page)
{
    g_assert(server->daemon == NULL); /* the table is read without a lock */
    g_array_append_val(server->job_pages, *page);
}

static const GhJobPage *
find_page(const GhServer *server, const char *kind)
{
    for (guint i = 0; i < server->job_pages->len; i++) {
        const GhJobPage *page = &g_array_index(server->job_pages, GhJobPage, i);
        if (strcmp(page->kind, kind) == 0)
            return page;
    }
    return NULL;
}

static void
redirect_to_job(GhReply *reply, int64_t id)
{
    g_autofree char *address = g_strdup_printf("/jobs/%" G_GINT64_FORMAT, id);

    gh_reply_redirect(reply, address);
}

bool
gh_job_pages_request(GhRequest *request, GhReply *reply, const char *kind, const char *parameters,
                     GError **error)
{
    GhJobs *jobs = gh_server_jobs(gh_request_server(request));
    bool refused = false;
    int64_t id = 0;

    if (!gh_jobs_request(jobs, kind, parameters, &refused, &id, error))
        return false;
    if (refused)
        return gh_reply_busy(
            request, reply, RETRY_AFTER_S,
            GH_T(gh_request_lang(request),
                 "Other work is waiting already. Please ask again in half a minute."),
            error);

    redirect_to_job(reply, id);
    return true;
}

/* -- one job, as its pages need it -- */

typedef struct {
    GhJobs *jobs; /* borrowed */
    GhJob job;
    const GhJobPage *page; /* NULL: there is no such job, or none that has pages */
    GhJobDescription description;
} Shown;

static void
shown_clear(Shown *shown)
{
    gh_job_clear(&shown->job);
    gh_job_description_clear(&shown->description);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shown, shown_clear)

static bool
is_packed(const Shown *shown)
{
    return shown->page->form != NULL
           && shown->page->form(shown->job.parameters) == GH_JOB_RESULT_PACKED;
}

static bool
find_job(GhRequest *request, Shown *shown, GError **error)
{
    int64_t id = 0;
    bool found = false;

    shown->jobs = gh_server_jobs(gh_request_server(request));
    if (shown->jobs == NULL || !gh_request_param_int(request, "id", &id))
        return true;
    if (!gh_jobs_get(shown->jobs, id, &found, &shown->job, error))
        return false;
    if (!found)
        return true;

    const GhJobPage *page = find_page(gh_request_server(request), shown->job.kind);
    if (page != NULL
        && page->describe(gh_request_lang(request), shown->job.parameters, &shown->description,
                          page->data))
        shown->page = page;
    return true;
}

/* The job that place id names; answers 404 itself, shown->page is NULL then. */
static bool
load_job(GhRequest *request, GhReply *reply, Shown *shown, GError **error)
{
    if (!find_job(request, shown, error))
        return false;
    if (shown->page != NULL)
        return true;
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "There is no such piece of work, or its result is no longer "
                                   "kept. Start it again on the page where it was asked for."),
                              error);
}

/* How large the file is that the reader gets. *ret_found: its result is still there. */
static bool
measure_result(const Shown *shown, bool *ret_found, int64_t *ret_size_bytes, GError **error)
{
    if (is_packed(shown))
        return gh_packed_plain_size(shown->jobs, &shown->job, ret_found, ret_size_bytes, error);
    *ret_found = true;
    *ret_size_bytes = shown->job.result_size_bytes;
    return true;
}

static bool
goes_on(const GhJob *job)
{
    return job->state == GH_JOB_WAITING || job->state == GH_JOB_RUNNING;
}

/* -- the page -- */

static void
add_breadcrumb(GhView *view, const char *label, const char *link)
{
    GhView *entry = gh_view_append(view, "breadcrumbs");

    gh_view_flag(view, "has_breadcrumbs", true);
    gh_view_text(entry, "label", label);
    gh_view_text(entry, "link", link);
}

static void
fill_description(const GhJobDescription *description, GhView *view)
{
    add_breadcrumb(view, description->back_label, description->back_address);
    add_breadcrumb(view, description->heading, NULL);
    gh_view_text(view, "heading", description->heading);
    gh_view_flag(view, "no_citation", true); /* results are kept for a while only */
    gh_view_text(view, "back_label", description->back_label);
    gh_view_text(view, "back_url", description->back_address);
}

static void
fill_state(const GhJob *job, const GhLang *lang, GhView *view)
{
    static const double PERCENT = 100.0;

    gh_view_flag(view, "running", goes_on(job));
    gh_view_flag(view, "failed", job->state == GH_JOB_FAILED);
    gh_view_flag(view, "cancelled", job->state == GH_JOB_CANCELLED);
    gh_view_printf(view, "id", "%" G_GINT64_FORMAT, job->id);
    gh_view_printf(view, "percent", "%d", (int)(job->share * PERCENT));
    gh_view_text(view, "status",
                 job->state == GH_JOB_WAITING ? GH_T(lang, "It waits for its turn.")
                                              : GH_T(lang, "It is being made."));
    if (job->step != NULL && job->step[0] != '\0')
        gh_view_text(view, "step", GH_T(lang, job->step)); /* marked where it is reported */
}

/* Lists "done" and in it "packed", of one or none. */
static bool
fill_result(const Shown *shown, const GhLang *lang, GhView *view, GError **error)
{
    int64_t size_bytes = 0;
    bool found = false;

    if (shown->job.state != GH_JOB_DONE)
        return true;
    if (!measure_result(shown, &found, &size_bytes, error))
        return false;
    if (!found)
        return true;

    GhView *done = gh_view_append(view, "done");
    gh_view_printf(done, "result_url", "/jobs/%" G_GINT64_FORMAT "/result", shown->job.id);
    gh_view_text(done, "file_name", shown->job.file_name);
    gh_view_take_text(done, "size", gh_lang_size(lang, size_bytes));
    if (is_packed(shown))
        gh_view_take_text(gh_view_append(done, "packed"), "size",
                          gh_lang_size(lang, shown->job.result_size_bytes));
    return true;
}

/* GET /jobs/{id} ; public. Asks the browser to come again while the work goes on. */
static bool
job_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(Shown) shown = {0};

    (void)data;
    if (!load_job(request, reply, &shown, error))
        return false;
    if (shown.page == NULL)
        return true;

    g_autoptr(GhView) view = gh_view_new();
    fill_description(&shown.description, view);
    fill_state(&shown.job, lang, view);
    if (!fill_result(&shown, lang, view, error))
        return false;
    if (goes_on(&shown.job))
        gh_reply_header(reply, "Refresh",
                        gh_clock_now_us() - shown.job.created_us < SOON_US ? REFRESH_SOON_S
                                                                           : REFRESH_S);
    return gh_reply_page(request, reply, "job", shown.description.heading, g_steal_pointer(&view),
                         error);
}

/* -- the result -- */

/* GET /jobs/{id}/result ; public. Until it is done: back to the job's page. */
static bool
job_result(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(Shown) shown = {0};
    int64_t size_bytes = 0;
    bool found = false;

    (void)data;
    if (!load_job(request, reply, &shown, error))
        return false;
    if (shown.page == NULL)
        return true;
    const GhJob *job = &shown.job;
    if (job->state == GH_JOB_DONE && !measure_result(&shown, &found, &size_bytes, error))
        return false;
    if (!found) {
        redirect_to_job(reply, job->id);
        return true;
    }
    gh_packed_reply(reply, shown.jobs, job,
                    is_packed(&shown) ? GH_PACKED_UNPACK : GH_PACKED_AS_STORED, job->media_type,
                    job->file_name, size_bytes);
    return true;
}

/* GET /jobs/{id}/result.gz ; public. The same packed; what is packed by itself has no such form. */
static bool
job_result_packed(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(Shown) shown = {0};

    (void)data;
    if (!load_job(request, reply, &shown, error))
        return false;
    if (shown.page == NULL)
        return true;
    const GhJob *job = &shown.job;
    if (job->state != GH_JOB_DONE || !is_packed(&shown)) {
        redirect_to_job(reply, job->id);
        return true;
    }
    g_autofree char *name = g_strconcat(job->file_name, ".gz", NULL);
    gh_packed_reply(reply, shown.jobs, job, GH_PACKED_AS_STORED, "application/gzip", name,
                    job->result_size_bytes);
    return true;
}

const GhRoute gh_job_routes[] = {
    {.method = GH_GET, .path = "/jobs/{id}", .handler = job_page},
    {.method = GH_GET, .path = "/jobs/{id}/result", .handler = job_result},
    {.method = GH_GET, .path = "/jobs/{id}/result.gz", .handler = job_result_packed},
};
const size_t gh_job_n_routes = G_N_ELEMENTS(gh_job_routes);
