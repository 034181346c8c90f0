/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* acceptor.h - takes new connections and deals them out evenly to the server's threads; seen only
 * inside http/.
 *
 * Why       Left to themselves, the library's threads all wait on the listening socket and whoever is
 *           first takes what is there: of 64 connections one thread got up to 50, and the other was
 *           idle. Handed over, they go by the socket's number, in turn.
 * Limits    max_connections at once; further ones are closed unanswered. The library's own limit looks at
 *           connections that its threads have already taken up, so a burst gets past it.
 * Threads   One of its own. Made and freed by the server's owner.
 */
#pragma once

#include <glib.h>
#include <microhttpd.h>
#include <stdatomic.h>

typedef struct GhAcceptor GhAcceptor;

typedef struct {
    int listen_fd;             /* taken, also when gh_acceptor_new fails */
    struct MHD_Daemon *daemon; /* borrowed */
    atomic_uint *n_open;       /* borrowed: raised here, lowered by whoever hears of the close */
    unsigned max_connections;
} GhAcceptorOptions;

/* NULL with error when there are no descriptors left. */
GhAcceptor *gh_acceptor_new(const GhAcceptorOptions *options, GError **error);

/* Stops taking connections and closes the listening socket. */
void gh_acceptor_free(GhAcceptor *acceptor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhAcceptor, gh_acceptor_free)
