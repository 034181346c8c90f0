/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dispatch.c - the way of a request from its head to its answer. */
#include "http/dispatch.h"

#include <stdint.h>
#include <string.h>

#include "http/admit.h"
#include "http/answer.h"
#include "http/reply.h"
#include "http/server.h"

/* What the library keeps for us with each connection. */
typedef struct {
    GhServer *server;     /* borrowed */
    GhDeadline *deadline; /* owned by the server's deadlines until removed */
    GhRequest *request;   /* owned; NULL between requests */
} Connection;

static const char *const verb_names[] = {
    [GH_VERB_GET] = "GET",         [GH_VERB_HEAD] = "HEAD",   [GH_VERB_POST] = "POST",
    [GH_VERB_OPTIONS] = "OPTIONS", [GH_VERB_OTHER] = "other",
};

static void
log_answer(const GhRequest *request, int64_t now_us, unsigned status, size_t n_bytes,
           bool was_cached)
{
    gh_access_log_write(request->server->access_log,
                        &(GhAccess){
                            .run = request->server->run_number,
                            .number = request->number,
                            .method = verb_names[request->verb],
                            .path = request->path,
                            .status = status,
                            .n_bytes = n_bytes,
                            .duration_us = now_us - request->started_us,
                            .was_cached = was_cached,
                        });
}

/* prepared is taken; NULL (no memory) closes the connection. */
static enum MHD_Result
send_prepared(GhRequest *request, GhPrepared *prepared, bool was_cached)
{
    g_autoptr(GhPrepared) owned = prepared;
    if (owned == NULL)
        return MHD_NO;

    GhSending sending =
        gh_prepared_choose(owned, request->head.accept_encoding, request->head.if_none_match);
    if (MHD_queue_response(request->connection, sending.status, sending.response) != MHD_YES)
        return MHD_NO;

    request->was_answered = true;
    int64_t now_us = g_get_monotonic_time();
    gh_deadline_set(request->deadline, GH_STEP_ANSWER, now_us);
    log_answer(request, now_us, sending.status, request->verb == GH_VERB_HEAD ? 0 : sending.n_bytes,
               was_cached);
    return MHD_YES;
}

static enum MHD_Result
answer(GhRequest *request)
{
    bool was_cached = false;

    /* All has come. The handler's time counts to the answer's. */
    gh_deadline_set(request->deadline, GH_STEP_ANSWER, g_get_monotonic_time());
    GhPrepared *prepared = gh_answer(request, &was_cached);

    return send_prepared(request, prepared, was_cached);
}

static enum MHD_Result
begin(GhRequest *request, const char *url, const char *method, const char *version)
{
    g_auto(GhReply) reply;

    gh_reply_init(&reply);
    request->had_first_call = true;
    request->server->n_open++;
    gh_deadline_set(request->deadline, GH_STEP_BODY, request->started_us);
    switch (gh_admit(request, url, method, version, &reply)) {
    case GH_ADMIT_GO_ON:
        return MHD_YES;
    case GH_ADMIT_REFUSE:
        return send_prepared(request, gh_reply_prepare(&reply, GH_KEEP_NOT, GH_PACK_NOT), false);
    case GH_ADMIT_ANSWER:
        /* Answering in the first call closes the connection: right only where a body follows. */
        return request->head.content_length > 0 ? answer(request) : MHD_YES;
    }
    g_assert_not_reached();
}

/* The library refuses some heads by itself (no such version, no room): told here. */
static void
log_unanswered(const GhRequest *request, int64_t now_us)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_HTTP_STATUS);

    log_answer(request, now_us, info != NULL ? info->http_status : 0, 0, false);
}

/* The end of a request, however it came; nothing when there is none. */
static void
finish_request_if_present(Connection *own)
{
    GhRequest *request = own->request;
    GhServer *server = own->server;

    if (request == NULL)
        return;
    int64_t now_us = g_get_monotonic_time();
    if (!request->was_answered)
        log_unanswered(request, now_us);
    gh_deadline_set(own->deadline, GH_STEP_HEAD, now_us);
    bool was_open = request->had_first_call;
    g_clear_pointer(&own->request, gh_request_free);

    /* The lock is taken only while someone waits for the last request. */
    if (was_open && atomic_fetch_sub(&server->n_open, 1) == 1 && server->is_stopping) {
        pthread_mutex_lock(&server->lock);
        pthread_cond_signal(&server->all_closed);
        pthread_mutex_unlock(&server->lock);
    }
}

void
gh_dispatch_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
    GhServer *server = cls;

    switch (code) {
    case MHD_CONNECTION_NOTIFY_STARTED: {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        Connection *own = g_new0(Connection, 1);

        own->server = server;
        own->deadline = gh_deadlines_add(server->deadlines, info->connect_fd);
        *socket_context = own;
        break;
    }
    case MHD_CONNECTION_NOTIFY_CLOSED: {
        Connection *own = *socket_context;

        finish_request_if_present(own);
        gh_deadlines_remove(server->deadlines, own->deadline);
        g_free(own);
        server->n_connections--;
        break;
    }
    }
}

static Connection *
peek_connection(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* The library would make a list of the query's fields, which nobody reads (form.h does that) and
 * for which its memory need not suffice: it then answers nothing at all. The text lies in the
 * connection's own buffer, and our request has its copy. */
static void
hide_query(const char *target)
{
    char *mark = target != NULL ? strchr((char *)(uintptr_t)target, '?') : NULL;

    if (mark != NULL && mark[1] != '\0')
        mark[1] = '\0';
}

void *
gh_dispatch_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    GhServer *server = cls;
    Connection *own = peek_connection(connection);

    finish_request_if_present(own);
    own->request = gh_request_new(server, connection, target);
    own->request->deadline = own->deadline;
    hide_query(target);
    return own->request;
}

enum MHD_Result
gh_dispatch_request(void *cls, struct MHD_Connection *connection, const char *url,
                    const char *method, const char *version, const char *upload_data,
                    size_t *upload_data_size, void **con_cls)
{
    GhRequest *request = *con_cls;

    (void)cls;
    (void)connection;
    if (!request->had_first_call)
        return begin(request, url, method, version);

    if (*upload_data_size > 0) {
        /* The announced length was checked, and the library reads no further than that. */
        if (request->body == NULL)
            request->body = g_string_sized_new(request->head.content_length);
        g_string_append_len(request->body, upload_data, (gssize)*upload_data_size);
        *upload_data_size = 0;
        return MHD_YES;
    }
    return answer(request);
}

void
gh_dispatch_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                      enum MHD_RequestTerminationCode how)
{
    (void)cls;
    (void)how;
    finish_request_if_present(peek_connection(connection));
    *con_cls = NULL;
}
