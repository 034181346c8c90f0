/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* listen.h - the socket a server listens on.
 *
 * Errors    G_IO_ERROR; the message names the address and what stands against it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* address: "127.0.0.1:8080", "[::1]:0", "localhost:8080"; port 0 takes a free one. The socket does not
 * block; the caller closes it. */
bool gh_listen_open(const char *address, int *ret_fd, unsigned *ret_port, bool *ret_is_loopback,
                    GError **error);
