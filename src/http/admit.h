/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* admit.h - judging a request by its head, before any of its body is read; seen only inside http/. */
#pragma once

#include "http/reply.h"
#include "http/request.h"

typedef enum {
    GH_ADMIT_GO_ON,  /* read the body, if any, then answer */
    GH_ADMIT_REFUSE, /* send the reply, which was filled, and close the connection */
    GH_ADMIT_ANSWER, /* no route takes it, body or not: answer, and close if a body was announced */
} GhAdmission;

/* Fills request: verb, head, path, query, match, lang. url, method and version are the library's own
 * pointers into the connection's buffer. */
GhAdmission gh_admit(GhRequest *request, const char *url, const char *method, const char *version,
                     GhReply *reply);
