/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* acceptor.h - takes new connections and deals them out evenly to the server's threads; seen only
 * inside http/.
 *
 * Why       Left to themselves, the library's threads all wait on the listening socket and whoever is
 *           first takes what is there: of 64 connections one thread got up to 50, and the other was
 *           idle. Handed over, they go by the socket's number, in turn.
 * Threads   One of its own. Made and freed by the server's owner.
 */
#pragma once

#include <glib.h>
#include <microhttpd.h>

typedef struct GhAcceptor GhAcceptor;

/* listen_fd is taken, daemon borrowed. NULL with error when there are no descriptors left; then
 * listen_fd is closed too. */
GhAcceptor *gh_acceptor_new(int listen_fd, struct MHD_Daemon *daemon, GError **error);

/* Stops taking connections and closes the listening socket. */
void gh_acceptor_free(GhAcceptor *acceptor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhAcceptor, gh_acceptor_free)
