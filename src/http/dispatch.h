/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dispatch.h - the way of a request from its head to its answer; seen only inside http/.
 *
 * Order     Head (admit.h), body, answer (answer.h). Whatever is refused before the body closes the
 *           connection, so that nothing of the body can be taken for a next request.
 * Life      A connection owns its request, because the library does not tell the end of every request
 *           it told the beginning of: when its memory is full in the middle of a head, it drops it.
 */
#pragma once

#include "http/request.h"

/* The library's calls: connection made or closed; request line read; head or body read; request over. cls is the GhServer. */
void gh_dispatch_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                            enum MHD_ConnectionNotificationCode code);
void *gh_dispatch_target(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result gh_dispatch_request(void *cls, struct MHD_Connection *connection, const char *url,
                                    const char *method, const char *version,
                                    const char *upload_data, size_t *upload_data_size,
                                    void **con_cls);
void gh_dispatch_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                           enum MHD_RequestTerminationCode how);
