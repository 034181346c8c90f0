/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* serve.c - guildhall serve: the web server, until it is asked to stop. */
#include <glib-unix.h>
#include <signal.h>

#include "base/log.h"
#include "cli/command.h"
#include "evaluation/evaluation.h"
#include "http/http.h"
#include "ranking/ranking.h"

static const char DEFAULT_LISTEN[] = "127.0.0.1:8080";

/* Reports and exports are few and heavy; two at a time leave a small machine room to answer pages. */
enum {
    N_WORKERS = 2
};

typedef struct {
    char *listen;
    gboolean dev;
    gboolean behind_proxy;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->listen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
on_signal(gpointer data)
{
    g_main_loop_quit(data);
    return G_SOURCE_CONTINUE;
}

static void
wait_for_signal(void)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint terminate = g_unix_signal_add(SIGTERM, on_signal, loop);
    guint interrupt = g_unix_signal_add(SIGINT, on_signal, loop);
    g_main_loop_run(loop);
    g_source_remove(terminate);
    g_source_remove(interrupt);
}

static bool
serve(const GhServerOptions *server_options, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL || !gh_command_refresh_index(store, error))
        return false;
    g_autoptr(GhJobs) jobs = gh_jobs_new(store);
    g_autoptr(GhServer) server = gh_server_new(store, jobs, server_options, error);
    if (server == NULL)
        return false;

    gh_evaluation_register(server, jobs);
    gh_ranking_register(server, jobs);
    if (!gh_jobs_start(jobs, N_WORKERS, error) || !gh_server_start(server, error))
        return false;

    g_autofree char *port = g_strdup_printf("%u", gh_server_port(server));
    gh_log(GH_LOG_INFO, "server started", "listen", server_options->listen, "port", port, NULL);
    wait_for_signal();
    gh_log(GH_LOG_INFO, "server stopping", NULL);
    gh_server_stop(server);
    return true;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"listen", 0, 0, G_OPTION_ARG_STRING, &values.listen,
         GH_MARK("where to listen; default: 127.0.0.1:8080"), "HOST:PORT"},
        {"dev", 0, 0, G_OPTION_ARG_NONE, &values.dev,
         GH_MARK("read templates and styles from this source tree"), NULL},
        {"behind-proxy", 0, 0, G_OPTION_ARG_NONE, &values.behind_proxy,
         GH_MARK("trust the forwarding headers of the proxy in front"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_serve, options, &argc, &argv, 0, 0, &status))
        return status;

    /* A reader that goes away is a failed write, not the end of the server. */
    signal(SIGPIPE, SIG_IGN);
    gh_log_init(GH_LOG_JSON, GH_LOG_INFO);
    g_autofree char *conf_listen = gh_command_conf("server", "listen");
    g_autofree char *site_name = gh_command_conf("site", "name");
    g_autofree char *site_address = gh_command_conf("site", "address");
    const GhServerOptions server_options = {
        .listen = values.listen != NULL ? values.listen
                  : conf_listen != NULL ? conf_listen
                                        : DEFAULT_LISTEN,
        .dev_dir = values.dev ? "." : NULL,
        .site_name = site_name,
        .site_address = site_address,
        .behind_proxy = values.behind_proxy,
    };

    g_autoptr(GError) error = NULL;
    return serve(&server_options, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_serve = {
    .name = "serve",
    .usage = "[--listen HOST:PORT] [--behind-proxy] [--dev]",
    .summary = GH_MARK("serves the pages until it is stopped"),
    .run = run,
};
