/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* listen.c - opening the server's socket. */
#include "http/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>

static GSocketAddress *
parse_address(const char *text, GError **error)
{
    g_autoptr(GSocketConnectable) parsed = g_network_address_parse(text, 8080, error);
    if (parsed == NULL)
        return NULL;

    GNetworkAddress *network = G_NETWORK_ADDRESS(parsed);
    const char *host = g_network_address_get_hostname(network);
    if (g_ascii_strcasecmp(host, "localhost") == 0)
        host = "127.0.0.1";

    GSocketAddress *address =
        g_inet_socket_address_new_from_string(host, g_network_address_get_port(network));
    if (address == NULL)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "expected a numeric address such as 127.0.0.1:8080 or [::1]:8080, not \"%s\"",
                    text);
    return address;
}

/* A socket of our own number, which outlives the GSocket. */
static int
dup_fd(GSocket *socket, GError **error)
{
    int fd = fcntl(g_socket_get_fd(socket), F_DUPFD_CLOEXEC, 0);

    if (fd < 0)
        g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno), "%s", g_strerror(errno));
    return fd;
}

static bool
open_socket(GSocketAddress *address, int *ret_fd, unsigned *ret_port, GError **error)
{
    static const int BACKLOG = 1024; /* the connections we take at once */

    g_autoptr(GSocket) socket = g_socket_new(g_socket_address_get_family(address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
    if (socket == NULL)
        return false;
    g_socket_set_listen_backlog(socket, BACKLOG);
    if (!g_socket_bind(socket, address, TRUE, error) || !g_socket_listen(socket, error))
        return false;

    g_autoptr(GSocketAddress) bound = g_socket_get_local_address(socket, error);
    if (bound == NULL)
        return false;
    int fd = dup_fd(socket, error);
    if (fd < 0)
        return false;

    *ret_fd = fd;
    *ret_port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    return true;
}

bool
gh_listen_open(const char *address, int *ret_fd, unsigned *ret_port, bool *ret_is_loopback,
               GError **error)
{
    g_autoptr(GSocketAddress) parsed = parse_address(address, error);
    if (parsed == NULL)
        return false;

    if (!open_socket(parsed, ret_fd, ret_port, error)) {
        g_prefix_error(error, "cannot listen on %s: ", address);
        return false;
    }
    *ret_is_loopback = g_inet_address_get_is_loopback(
        g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(parsed)));
    return true;
}
