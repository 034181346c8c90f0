/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages_testing.c - a server with invented towns, and what a client gets from it. */
#include "evaluation/pages/pages_testing.h"

#include <gio/gio.h>
#include <string.h>

/* Invented towns and figures. */
const char GH_PAGES_TESTING_CITIES[] =
    "slug,name,country_code,population,area_km2,latitude,longitude,source,note\n"
    "aas,Ås,NO,1000,10,59.66,10.79,an invented source,\n"
    "empty,Empty,CH,,,,,,\n";
static const char FIGURES[] =
    "city,year,data_point_id,value,status,report,month,source\n"
    "aas,2019,ec.ict.ict.1c.value,40,,Factsheet,2,an older source\n"
    "aas,2020,ec.ict.ict.1c.value,97,,Verification Report,6,<b>a source</b>\n"
    "aas,2020,ec.ict.ict.2c.value,0,,Verification Report,6,a source\n"
    "aas,2020,ec.ict.ict.4c.3g,,not_applicable,Verification Report,6,a source\n";

void (*gh_pages_testing_register)(GhServer *server, GhJobs *jobs);

void
gh_pages_testing_import(GhStore *store, const GhFramework *framework, const char *text)
{
    const GhImportOptions options = {.actor = "operator"};
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhImportResult result = {0};

    gh_import(store, framework, "test.csv", text, strlen(text), &options, faults, &result, &error);
    g_assert_no_error(error);
}

void
gh_pages_testing_fill(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    bool changed = false;

    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);
    gh_framework_load(store, files, faults, &changed, &error);
    g_assert_no_error(error);
    g_autoptr(GhFramework) framework = gh_framework_get(store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    gh_pages_testing_import(store, framework, GH_PAGES_TESTING_CITIES);
    gh_pages_testing_import(store, framework, FIGURES);
}

GhPagesTesting
gh_pages_testing_open(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    const GhServerOptions options = {.listen = "127.0.0.1:0", .n_threads = 1, .access_log_fd = -1};
    GhPagesTesting site = {.store = store, .jobs = gh_jobs_new(store)};

    site.server = gh_server_new(store, site.jobs, &options, &error);
    g_assert_no_error(error);
    gh_evaluation_register(site.server, site.jobs);
    if (gh_pages_testing_register != NULL)
        gh_pages_testing_register(site.server, site.jobs);
    gh_server_start(site.server, &error);
    g_assert_no_error(error);
    gh_jobs_start(site.jobs, 1, &error);
    g_assert_no_error(error);
    return site;
}

void
gh_pages_testing_close(GhPagesTesting *site)
{
    gh_server_stop(site->server);
    gh_server_free(site->server);
    gh_jobs_free(site->jobs);
}

/* The whole answer with its head. */
GString *
gh_pages_testing_ask(const GhPagesTesting *site, const char *head)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GString) answer = g_string_new(NULL);
    char buffer[4096];

    g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host(
        client, "127.0.0.1", (guint16)gh_server_port(site->server), NULL, &error);
    g_assert_no_error(error);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), head,
                              strlen(head), NULL, NULL, &error);
    g_assert_no_error(error);
    for (;;) {
        gssize n = g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)),
                                       buffer, sizeof(buffer), NULL, &error);
        g_assert_no_error(error);
        if (n <= 0)
            return g_steal_pointer(&answer);
        g_string_append_len(answer, buffer, n);
    }
}

GString *
gh_pages_testing_get_bytes(const GhPagesTesting *site, const char *path)
{
    g_autofree char *head =
        g_strdup_printf("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);

    return gh_pages_testing_ask(site, head);
}

/* The caller owns it. */
char *
gh_pages_testing_get(const GhPagesTesting *site, const char *path)
{
    return g_string_free(gh_pages_testing_get_bytes(site, path), FALSE);
}

/* What stands between before and after; the caller owns it. */
char *
gh_pages_testing_cut(const char *text, const char *before, const char *after)
{
    const char *from = strstr(text, before);
    g_assert_nonnull(from);
    from += strlen(before);
    const char *to = strstr(from, after);
    g_assert_nonnull(to);
    return g_strndup(from, (gsize)(to - from));
}

/* Presses the button of file on the downloads; the address of the job's page, or the whole answer
 * where there is none. The caller owns it. */
char *
gh_pages_testing_press(const GhPagesTesting *site, const char *file)
{
    g_autofree char *page = gh_pages_testing_get(site, "/downloads");
    g_autofree char *cookie = gh_pages_testing_cut(page, "Set-Cookie: ", ";");
    g_autofree char *token = gh_pages_testing_cut(page, "name=\"form_token\" value=\"", "\"");
    g_autofree char *body = g_strdup_printf("form_token=%s", token);
    g_autofree char *head = g_strdup_printf(
        "POST /downloads/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: %s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
        file, cookie, strlen(body), body);
    g_autoptr(GString) answer = gh_pages_testing_ask(site, head);

    if (strstr(answer->str, "Location: ") == NULL)
        return g_strdup(answer->str);
    return gh_pages_testing_cut(answer->str, "Location: ", "\r\n");
}

void
gh_pages_testing_wait_for(const GhPagesTesting *site, const char *job)
{
    static const int TRIES = 400;

    for (int i = 0; i < TRIES; i++) {
        g_autofree char *page = gh_pages_testing_get(site, job);
        g_assert_null(strstr(page, "stopped"));
        if (strstr(page, "Ready.") != NULL)
            return;
        g_usleep(50 * G_TIME_SPAN_MILLISECOND);
    }
    g_assert_not_reached();
}

void
gh_pages_testing_check_cases(GhStoreTesting *testing, const GhPagesCase *cases, size_t n_cases)
{
    GhPagesTesting site = gh_pages_testing_open(testing->store);

    for (size_t i = 0; i < n_cases; i++) {
        g_autofree char *answer = gh_pages_testing_get(&site, cases[i].path);
        g_autofree char *status = g_strndup(answer, strlen("HTTP/1.1 200"));
        g_autofree char *want = g_strconcat("HTTP/1.1 ", cases[i].status, NULL);
        g_test_message("%s: %s", cases[i].path, cases[i].label);
        g_assert_cmpstr(status, ==, want);
        bool has = cases[i].has == NULL || strstr(answer, cases[i].has) != NULL;
        bool has_other = cases[i].has_not != NULL && strstr(answer, cases[i].has_not) != NULL;
        if (!has || has_other)
            g_test_message("wanted %s, not %s, in:\n%s", cases[i].has, cases[i].has_not, answer);
        g_assert_true(has && !has_other);
    }
    gh_pages_testing_close(&site);
}
