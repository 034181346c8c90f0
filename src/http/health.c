/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* health.c - answers for whoever watches the server. */
#include "http/health.h"

#include "base/log.h"
#include "http/reply.h"

/* GET /healthz, everyone: 200 always; touches nothing but this thread. */
static bool
alive(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)request;
    (void)data;
    (void)error;
    gh_reply_plain(reply, MHD_HTTP_OK, "alive\n");
    return true;
}

static bool
read_version(GhDb *db, void *data, GError **error)
{
    return gh_db_data_version(db, data, error);
}

/* GET /readyz, everyone: 200 when the database answers, else 503. */
static bool
ready(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    GhStore *store = gh_server_store(gh_request_server(request));
    int64_t version = 0;
    g_autoptr(GError) problem = NULL;

    (void)data;
    (void)error;
    if (!gh_store_read(store, read_version, &version, &problem)) {
        gh_log(GH_LOG_WARNING, "not ready", "error", problem->message, NULL);
        gh_reply_plain(reply, MHD_HTTP_SERVICE_UNAVAILABLE, "the database does not answer\n");
        return true;
    }
    gh_reply_plain(reply, MHD_HTTP_OK, "ready\n");
    return true;
}

const GhRoute gh_health_routes[] = {
    {.method = GH_GET, .path = "/healthz", .role = GH_ROLE_PUBLIC, .handler = alive},
    {.method = GH_GET, .path = "/readyz", .role = GH_ROLE_PUBLIC, .handler = ready},
};
const size_t gh_health_n_routes = G_N_ELEMENTS(gh_health_routes);
