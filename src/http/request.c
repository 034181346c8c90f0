/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* request.c - what a handler may ask of its request. */
#include "http/request.h"

#include <stdlib.h>
#include <string.h>

#include "http/cookie.h"
#include "http/csrf.h"
#include "http/server.h"
#include "http/target.h"

GhRequest *
gh_request_new(GhServer *server, struct MHD_Connection *connection, const char *target)
{
    GhRequest *request = g_new0(GhRequest, 1);

    request->server = server;
    request->connection = connection;
    request->started_us = g_get_monotonic_time();
    request->path = "-";
    request->lang = gh_lang_source();
    request->number = atomic_fetch_add(&server->n_requests, 1) + 1;

    request->n_target = target != NULL ? strlen(target) : 0;
    if (target != NULL && request->n_target <= GH_TARGET_MAX) {
        size_t n_text = request->n_target + 1;
        request->text = g_malloc(n_text + request->n_target + 2);
        memcpy(request->text, target, n_text);
    }
    return request;
}

void
gh_request_free(GhRequest *request)
{
    if (request == NULL)
        return;
    if (request->body != NULL)
        g_string_free(request->body, TRUE);
    gh_form_free(request->form);
    for (size_t i = 0; i < GH_ROUTE_PLACES_MAX; i++)
        g_free(request->places[i]);
    g_free(request->text);
    g_free(request);
}

void
gh_request_write_number(const GhRequest *request, char ret_number[GH_REQUEST_NUMBER_SIZE])
{
    g_snprintf(ret_number, GH_REQUEST_NUMBER_SIZE, "%08x-%u", request->server->run_number,
               request->number);
}

bool
gh_request_is_secure(const GhRequest *request)
{
    return request->server->behind_proxy && request->head.forwarded_proto != NULL
           && g_ascii_strcasecmp(request->head.forwarded_proto, "https") == 0;
}

char *
gh_request_form_secret(const GhRequest *request)
{
    const char *name = gh_csrf_cookie_name(gh_request_is_secure(request));
    g_autofree char *secret = gh_cookie_find(request->head.cookie, name);

    return gh_csrf_is_secret(secret) ? g_steal_pointer(&secret) : NULL;
}

static void
set_param(GhRequest *request, const char *name, const char *value)
{
    g_assert(request->n_params < GH_REQUEST_PARAMS_MAX);
    request->params[request->n_params++] = (GhRequestParam){.name = name, .value = value};
}

static bool
parse_fields(GhRequest *request)
{
    const char *bytes = request->query;
    size_t n = bytes != NULL ? strlen(bytes) : 0;

    if (request->verb == GH_VERB_POST) {
        bytes = request->body != NULL ? request->body->str : NULL;
        n = request->body != NULL ? request->body->len : 0;
    }
    if (n == 0)
        return true;
    /* What was wrong in the encoding does not help a person: the page says it in one sentence. */
    request->form = gh_form_parse(bytes, n, NULL);
    return request->form != NULL;
}

GhParamVerdict
gh_request_read_params(GhRequest *request, const char **ret_name)
{
    const GhRoute *route = request->match.entry->route;

    for (size_t i = 0; i < request->match.n_places; i++) {
        const GhPlace *place = &request->match.places[i];
        request->places[i] = g_strndup(place->text, place->n_text);
        set_param(request, place->name, request->places[i]);
    }
    if (!parse_fields(request))
        return GH_PARAM_UNREADABLE;

    for (size_t i = 0; i < route->n_params; i++) {
        const GhParam *param = &route->params[i];
        bool is_repeated = false;
        const char *value = gh_form_find(request->form, param->name, &is_repeated);

        *ret_name = param->name;
        if (is_repeated)
            return GH_PARAM_REPEATED;
        /* A field left empty is sent too: it counts as not given. */
        if (value == NULL || value[0] == '\0') {
            if (param->required)
                return GH_PARAM_MISSING;
            continue;
        }
        if (!gh_param_accepts(param, value))
            return GH_PARAM_REFUSED;
        set_param(request, param->name, value);
    }
    return GH_PARAM_OK;
}

const char *
gh_request_param(const GhRequest *request, const char *name)
{
    for (size_t i = 0; i < request->n_params; i++) {
        if (strcmp(request->params[i].name, name) == 0)
            return request->params[i].value;
    }
    return NULL;
}

bool
gh_request_param_int(const GhRequest *request, const char *name, int64_t *ret_value)
{
    const char *text = gh_request_param(request, name);
    gint64 value = 0;

    if (text == NULL || !g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &value, NULL))
        return false;
    *ret_value = value;
    return true;
}

const char *
gh_request_path(const GhRequest *request)
{
    return request->path;
}

const GhLang *
gh_request_lang(const GhRequest *request)
{
    return request->lang;
}

GhServer *
gh_request_server(const GhRequest *request)
{
    return request->server;
}
