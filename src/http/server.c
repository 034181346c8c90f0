/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server.c - the life of a server: made, started, stopped. */
#include "http/server.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "http/dispatch.h"
#include "http/health.h"
#include "http/listen.h"
#include "http/source.h"
#include "http/wait.h"

enum {
    MAX_CONNECTIONS_DEFAULT = 1024,
    PER_ADDRESS_MAX = 64, /* a whole office behind one address, not one client's flood */
    SILENCE_MAX_S = 30,
    STOP_WAIT_S = 10,
    CACHE_BYTES = 24 * 1024 * 1024, /* the goal is 80 MB for the whole server */
    /* One connection's head, its list, and the answer's head: the guard's 16 kB and what goes with
     * them. The library clears all of it for each request, which at 40 kB took a tenth of the time. */
    CONNECTION_MEMORY = 24 * 1024,
};

static char *
without_slash(const char *address)
{
    char *copy = g_strdup(address);

    if (copy != NULL && g_str_has_suffix(copy, "/"))
        copy[strlen(copy) - 1] = '\0';
    return copy;
}

GhServer *
gh_server_new(GhStore *store, GhJobs *jobs, const GhServerOptions *options, GError **error)
{
    g_autoptr(GhServer) server = g_new0(GhServer, 1);

    pthread_mutex_init(&server->lock, NULL);
    gh_wait_init(&server->all_closed);
    server->store = store;
    server->jobs = jobs;
    server->listen = g_strdup(options->listen);
    server->dev_dir = g_strdup(options->dev_dir);
    server->site_name = g_strdup(options->site_name);
    server->site_address = without_slash(options->site_address);
    server->behind_proxy = options->behind_proxy;
    server->n_threads = options->n_threads != 0 ? options->n_threads : g_get_num_processors();
    server->max_connections =
        options->max_connections != 0 ? options->max_connections : MAX_CONNECTIONS_DEFAULT;
    server->run_number = g_random_int();
    server->navigation = g_array_new(FALSE, FALSE, sizeof(GhNavigation));
    server->job_pages = g_array_new(FALSE, FALSE, sizeof(GhJobPage));
    server->parts = gh_parts_new();
    server->routes = gh_routes_new();
    server->cache = options->dev_dir == NULL ? gh_cache_new(CACHE_BYTES) : NULL;
    server->assets = gh_assets_new(options->dev_dir);
    server->access_log =
        gh_access_log_new(options->access_log_fd == 0 ? STDOUT_FILENO : options->access_log_fd);
    server->deadlines = gh_deadlines_new();
    server->templates = gh_templates_new(options->dev_dir, error);
    if (server->templates == NULL)
        return NULL;

    gh_server_add_routes(server, gh_health_routes, gh_health_n_routes, NULL);
    gh_server_add_routes(server, gh_source_routes, gh_source_n_routes, NULL);
    gh_server_add_routes(server, gh_job_routes, gh_job_n_routes, NULL);
    return g_steal_pointer(&server);
}

void
gh_server_free(GhServer *server)
{
    if (server == NULL)
        return;
    gh_server_stop(server);
    gh_deadlines_free(server->deadlines);
    gh_access_log_free(server->access_log);
    gh_templates_free(server->templates);
    gh_assets_free(server->assets);
    gh_cache_free(server->cache);
    gh_routes_free(server->routes);
    g_array_unref(server->navigation);
    g_array_unref(server->job_pages);
    gh_parts_free(server->parts);
    g_free(server->listen);
    g_free(server->dev_dir);
    g_free(server->site_name);
    g_free(server->site_address);
    pthread_cond_destroy(&server->all_closed);
    pthread_mutex_destroy(&server->lock);
    g_free(server);
}

void
gh_server_add_routes(GhServer *server, const GhRoute *routes, size_t n_routes, void *data)
{
    g_assert(server->daemon == NULL); /* the table is read without a lock */
    gh_routes_add(server->routes, routes, n_routes, data);
}

void
gh_server_add_navigation(GhServer *server, const char *path, const char *label)
{
    GhNavigation entry = {.path = path, .label = label};

    g_assert(server->daemon == NULL);
    g_array_append_val(server->navigation, entry);
}

void
gh_server_add_part(GhServer *server, const char *slot, int order, const void *part)
{
    g_assert(server->daemon == NULL);
    gh_parts_add(server->parts, slot, order, part);
}

size_t
gh_server_n_parts(const GhServer *server, const char *slot)
{
    return gh_parts_count(server->parts, slot);
}

const void *
gh_server_part(const GhServer *server, const char *slot, size_t index)
{
    return gh_parts_get(server->parts, slot, index);
}

GhStore *
gh_server_store(GhServer *server)
{
    return server->store;
}

GhJobs *
gh_server_jobs(GhServer *server)
{
    return server->jobs;
}

const char *
gh_server_site_address(const GhServer *server)
{
    return server->site_address;
}

unsigned
gh_server_port(const GhServer *server)
{
    return server->port;
}

/* What the library has to say is about single clients: of interest only when looking for a fault. */
static void G_GNUC_PRINTF(2, 0) log_library(void *cls, const char *format, va_list arguments)
{
    g_autofree char *message = g_strdup_vprintf(format, arguments);

    (void)cls;
    gh_log(GH_LOG_DEBUG, "http library", "message", g_strchomp(message), NULL);
}

/* Queries and paths stay encoded: target.c decodes them, once and strictly. */
static size_t
keep_encoded(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *
start_library(GhServer *server, bool is_loopback)
{
    /* Behind a proxy, and on our own machine, everyone has the same address. */
    unsigned per_address = is_loopback || server->behind_proxy ? 0 : PER_ADDRESS_MAX;

    /* CONNECTION_LIMIT is out of reach: the acceptor counts, over all threads together.
     * STRICT_FOR_CLIENT stays 0: at 1 the library refuses a missing Host with a page that lacks our
     * headers and a blank in the address with silence; the guard answers both with 400. */
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG,
        0, NULL, NULL, gh_dispatch_request, server, MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_THREAD_POOL_SIZE, server->n_threads,
        MHD_OPTION_CONNECTION_LIMIT, 2 * server->max_connections + server->n_threads,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SILENCE_MAX_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_URI_LOG_CALLBACK, gh_dispatch_target, server, MHD_OPTION_UNESCAPE_CALLBACK,
        keep_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED, gh_dispatch_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, gh_dispatch_connection, server, MHD_OPTION_END);
}

bool
gh_server_start(GhServer *server, GError **error)
{
    int fd = -1;
    bool is_loopback = false;

    g_assert(server->daemon == NULL);
    if (!gh_listen_open(server->listen, &fd, &server->port, &is_loopback, error))
        return false;

    server->daemon = start_library(server, is_loopback);
    if (server->daemon == NULL) {
        g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno),
                    "cannot start the server: %s", g_strerror(errno));
        (void)close(fd); /* nothing was written to it */
        return false;
    }
    server->acceptor =
        gh_acceptor_new(&(GhAcceptorOptions){.listen_fd = fd,
                                             .daemon = server->daemon,
                                             .n_open = &server->n_connections,
                                             .max_connections = server->max_connections},
                        error);
    if (server->acceptor == NULL) {
        MHD_stop_daemon(g_steal_pointer(&server->daemon));
        return false;
    }
    return true;
}

static void
wait_for_open_requests(GhServer *server)
{
    gint64 until = g_get_monotonic_time() + STOP_WAIT_S * G_TIME_SPAN_SECOND;

    server->is_stopping = true;
    pthread_mutex_lock(&server->lock);
    while (server->n_open > 0 && gh_wait_until(&server->all_closed, &server->lock, until))
        ;
    pthread_mutex_unlock(&server->lock);
}

void
gh_server_stop(GhServer *server)
{
    if (server->daemon == NULL)
        return;

    g_clear_pointer(&server->acceptor, gh_acceptor_free);
    wait_for_open_requests(server);
    MHD_stop_daemon(g_steal_pointer(&server->daemon));
    server->is_stopping = false;
}
