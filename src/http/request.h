/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* request.h - one request on its way through the server; seen only inside http/.
 *
 * Life      Made when the request line has come, freed when the answer has gone or the client has.
 *           Everything happens on the one thread that owns the connection.
 */
#pragma once

#include <microhttpd.h>

#include "http/deadline.h"
#include "http/form.h"
#include "http/guard.h"
#include "http/prepared.h"
#include "http/route.h"

typedef enum {
    GH_VERB_GET,
    GH_VERB_HEAD,
    GH_VERB_POST,
    GH_VERB_OPTIONS,
    GH_VERB_OTHER,
} GhVerb;

enum {
    GH_REQUEST_PARAMS_MAX = 32
};

typedef struct {
    const char *name;  /* borrowed from the route's table */
    const char *value; /* borrowed from places or form */
} GhRequestParam;

struct GhRequest {
    GhServer *server;                  /* borrowed */
    struct MHD_Connection *connection; /* borrowed */
    GhDeadline *deadline;              /* borrowed, the connection's */
    int64_t started_us;                /* monotonic */
    unsigned number;                   /* within this run of the server */

    bool had_first_call; /* the library calls once for the head, then for the rest */
    bool was_answered;
    GhVerb verb;
    GhHead head;        /* borrowed from the connection */
    const char *path;   /* decoded, owned by this struct; "-" until the target was understood */
    const char *query;  /* encoded; NULL without one */
    const GhLang *lang; /* never NULL */
    GhRouteMatch match;

    GString *body; /* owned; NULL without one */
    GhForm *form;  /* owned; of body or query */
    char *places[GH_ROUTE_PLACES_MAX];
    GhRequestParam params[GH_REQUEST_PARAMS_MAX];
    size_t n_params;

    size_t n_target; /* also when it was too long to keep */
    char *text;      /* owned: the target as sent, then room for the path */
};

/* What came in the request line; target may be NULL. */
GhRequest *gh_request_new(GhServer *server, struct MHD_Connection *connection, const char *target);
void gh_request_free(GhRequest *request);

/* Names the request in logs and on error pages, also among several runs: "5f3a0b21-17". */
enum {
    GH_REQUEST_NUMBER_SIZE = 24
};
void gh_request_write_number(const GhRequest *request, char ret_number[GH_REQUEST_NUMBER_SIZE]);

bool gh_request_is_secure(const GhRequest *request);

/* The secret that ties forms to this browser, from its cookie; NULL without one. The caller owns
 * it. */
char *gh_request_form_secret(const GhRequest *request);

typedef enum {
    GH_PARAM_OK,
    GH_PARAM_MISSING,
    GH_PARAM_REPEATED,
    GH_PARAM_REFUSED,
    GH_PARAM_UNREADABLE, /* the whole form or query: bad encoding or too many fields */
} GhParamVerdict;

/* Fills params from the path's places and from form (POST) or query, by the route's table.
 * ret_name names the parameter at fault. */
GhParamVerdict gh_request_read_params(GhRequest *request, const char **ret_name);
