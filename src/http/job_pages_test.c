/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* job_pages_test.c - the pages of long work as a client gets them, on both databases. */
#include "http/job_pages.h"

#include <gio/gio.h>
#include <string.h>

#include "http/packed.h"
#include "http/server_testing.h"
#include "store/store_testing.h"

static const char TEXT[] = "three short words";

/* What the job does is its parameter: "pack" stores its text packed, "fail" fails, and what begins
 * with "wait" stands at three quarters until the test lets it end. */
typedef struct {
    GhJobs *jobs;
    GhServerTesting testing; /* only its server and port are used */
    int may_end;             /* atomic */
} Site;

static bool
wait_until_let(const Site *site, const GhProgress *progress)
{
    while (!__atomic_load_n(&site->may_end, __ATOMIC_ACQUIRE)) {
        if (!gh_progress_report(progress, "mixing", 0.75))
            return false;
        g_usleep(2000);
    }
    return true;
}

static bool
play(GhStore *store, const char *parameters, const GhProgress *progress, GByteArray *result,
     char **ret_media_type, char **ret_file_name, void *data, GError **error)
{
    Site *site = data;

    (void)store;
    if (strcmp(parameters, "fail") == 0
        || (g_str_has_prefix(parameters, "wait") && !wait_until_let(site, progress))) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "the roof fell in");
        return false;
    }
    if (strcmp(parameters, "pack") == 0) {
        g_autoptr(GhPacking) packing = gh_packing_new(result);
        if (!gh_packing_sink(TEXT, strlen(TEXT), packing, error)
            || !gh_packing_finish(packing, error))
            return false;
    } else {
        g_byte_array_append(result, (const guint8 *)TEXT, (guint)strlen(TEXT));
    }
    *ret_media_type = g_strdup("text/plain");
    *ret_file_name = g_strdup("words.txt");
    return true;
}

static bool
describe(const GhLang *lang, const char *parameters, GhJobDescription *ret_description, void *data)
{
    (void)lang;
    (void)data;
    if (strcmp(parameters, "strange") == 0)
        return false;
    ret_description->heading = g_strdup_printf("Words <%s>", parameters);
    ret_description->back_label = g_strdup("The play");
    ret_description->back_address = g_strdup("/play");
    return true;
}

static GhJobResultForm
form(const char *parameters)
{
    return strcmp(parameters, "pack") == 0 ? GH_JOB_RESULT_PACKED : GH_JOB_RESULT_AS_STORED;
}

static bool
ask(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)data;
    return gh_job_pages_request(request, reply, gh_request_param(request, "kind"),
                                gh_request_param(request, "what"), error);
}

static void
site_init(Site *site, GhStore *store, unsigned n_workers)
{
    static const GhRoute routes[] = {
        {.method = GH_GET, .path = "/ask/{kind}/{what}", .handler = ask},
    };
    static const GhJobPage page = {.kind = "play", .describe = describe, .form = form};
    const GhServerOptions options = {.listen = "127.0.0.1:0", .n_threads = 2, .access_log_fd = -1};
    g_autoptr(GError) error = NULL;

    *site = (Site){.jobs = gh_jobs_new(store)};
    gh_jobs_register(site->jobs, "play", play, site);
    gh_jobs_register(site->jobs, "hidden", play, site);
    site->testing.server = gh_server_new(store, site->jobs, &options, &error);
    g_assert_no_error(error);
    gh_job_pages_add(site->testing.server, &page);
    gh_server_add_routes(site->testing.server, routes, G_N_ELEMENTS(routes), NULL);
    if (n_workers > 0)
        gh_jobs_start(site->jobs, n_workers, &error);
    g_assert_no_error(error);
    gh_server_start(site->testing.server, &error);
    g_assert_no_error(error);
    site->testing.port = gh_server_port(site->testing.server);
}

static void
site_clear(Site *site)
{
    __atomic_store_n(&site->may_end, 1, __ATOMIC_RELEASE);
    gh_server_free(site->testing.server);
    gh_jobs_free(site->jobs);
}

static char *
get(const Site *site, const char *path)
{
    return gh_server_testing_ask(&site->testing, "GET", path, "", "");
}

/* Asks for a job; the address of its page, owned by the caller. */
static char *
start(const Site *site, const char *path)
{
    g_autofree char *answer = get(site, path);

    g_assert_cmpuint(gh_server_testing_status(answer), ==, 303);
    return gh_server_testing_header(answer, "Location");
}

/* The page of a job as soon as it says so; owned by the caller. */
static char *
wait_for(const Site *site, const char *job, const char *says)
{
    for (int i = 0; i < 500; i++) {
        g_autofree char *page = get(site, job);
        if (strstr(page, says) != NULL)
            return g_steal_pointer(&page);
        g_usleep(20 * 1000);
    }
    g_error("%s never said: %s", job, says);
}

static void
check_result(const Site *site, const char *job, const char *ending, unsigned status,
             const char *name)
{
    g_autofree char *path = g_strconcat(job, ending, NULL);
    g_autofree char *answer = get(site, path);

    g_assert_cmpuint(gh_server_testing_status(answer), ==, status);
    if (name != NULL)
        g_assert_nonnull(strstr(answer, name));
}

static void
test_done(GhStoreTesting *stores)
{
    Site site;

    site_init(&site, stores->store, 1);
    g_autofree char *plain = start(&site, "/ask/play/plain");
    g_autofree char *again = start(&site, "/ask/play/plain");
    g_assert_cmpstr(again, ==, plain);
    g_autofree char *page = wait_for(&site, plain, "Ready.");
    g_assert_nonnull(strstr(page, "<h1>Words &lt;plain&gt;</h1>"));
    g_assert_nonnull(strstr(page, "<a href=\"/play\">"));
    g_assert_nonnull(strstr(page, "17 B"));
    g_assert_null(strstr(page, ".gz"));
    g_assert_null(strstr(page, "Refresh:"));
    check_result(&site, plain, "/result", 200, TEXT);
    check_result(&site, plain, "/result", 200, "filename=\"words.txt\"");
    check_result(&site, plain, "/result.gz", 303, NULL);

    g_autofree char *packed = start(&site, "/ask/play/pack");
    g_autofree char *packed_page = wait_for(&site, packed, "Ready.");
    g_assert_nonnull(strstr(packed_page, "words.txt.gz"));
    check_result(&site, packed, "/result", 200, TEXT);
    check_result(&site, packed, "/result.gz", 200, "filename=\"words.txt.gz\"");
    site_clear(&site);
}

static void
test_on_the_way(GhStoreTesting *stores)
{
    Site site;

    site_init(&site, stores->store, 1);
    g_autofree char *job = start(&site, "/ask/play/wait");
    g_autofree char *page = wait_for(&site, job, "value=\"75\"");
    g_assert_nonnull(strstr(page, "It is being made."));
    g_assert_nonnull(strstr(page, "mixing"));
    g_autofree char *refresh = gh_server_testing_header(page, "Refresh");
    g_assert_cmpstr(refresh, ==, "1");
    check_result(&site, job, "/result", 303, NULL);
    g_autofree char *second = start(&site, "/ask/play/wait-2");
    g_autofree char *waiting = wait_for(&site, second, "It waits for its turn.");
    g_assert_nonnull(strstr(waiting, "value=\"0\""));
    site_clear(&site);
}

static void
test_failed(GhStoreTesting *stores)
{
    Site site;

    site_init(&site, stores->store, 1);
    g_autofree char *job = start(&site, "/ask/play/fail");
    g_autofree char *page = wait_for(&site, job, "stopped with an error");
    g_assert_null(strstr(page, "roof")); /* the reason is the operator's */
    check_result(&site, job, "/result", 303, NULL);
    site_clear(&site);
}

static void
test_unknown(GhStoreTesting *stores)
{
    Site site;

    site_init(&site, stores->store, 1);
    g_autofree char *hidden = start(&site, "/ask/hidden/plain");
    g_autofree char *strange = start(&site, "/ask/play/strange");
    check_result(&site, hidden, "", 404, "Start it again");
    check_result(&site, hidden, "/result", 404, NULL);
    check_result(&site, strange, "", 404, NULL);
    check_result(&site, "/jobs/1", "", 404, NULL);
    check_result(&site, "/jobs/none", "/result.gz", 404, NULL);
    site_clear(&site);
}

static void
test_refused(GhStoreTesting *stores)
{
    Site site;

    site_init(&site, stores->store, 0);
    for (int i = 0; i < GH_JOBS_WAITING_MAX; i++) {
        g_autofree char *path = g_strdup_printf("/ask/play/n%d", i);
        g_autofree char *job = start(&site, path);
        g_assert_true(g_str_has_prefix(job, "/jobs/"));
    }
    g_autofree char *answer = get(&site, "/ask/play/one-more");
    g_autofree char *retry = gh_server_testing_header(answer, "Retry-After");
    g_assert_cmpuint(gh_server_testing_status(answer), ==, 503);
    g_assert_cmpstr(retry, ==, "30");
    /* What waits already is no further work. */
    g_autofree char *known = start(&site, "/ask/play/n0");
    g_assert_true(g_str_has_prefix(known, "/jobs/"));
    site_clear(&site);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/job_pages/a result is offered as stored, or packed and unpacked",
                          test_done);
    gh_store_testing_each("/job_pages/a job on its way shows its step and looks again",
                          test_on_the_way);
    gh_store_testing_each("/job_pages/a job that failed says so without the reason", test_failed);
    gh_store_testing_each("/job_pages/only kinds with pages are shown", test_unknown);
    gh_store_testing_each("/job_pages/the ninth that would wait is asked to come again",
                          test_refused);
    return g_test_run();
}
