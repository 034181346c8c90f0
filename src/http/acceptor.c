/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* acceptor.c - taking new connections. */
#include "http/acceptor.h"

#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

struct GhAcceptor {
    GhAcceptorOptions options;
    int stop_fd; /* readable when it is time to stop */
    GThread *thread;
};

/* Takes all connections that wait. False when the system has no descriptors left. */
static bool
take_waiting(GhAcceptor *acceptor)
{
    const GhAcceptorOptions *options = &acceptor->options;

    while (true) {
        struct sockaddr_storage address;
        socklen_t n_address = sizeof(address);
        int fd = accept4(options->listen_fd, (struct sockaddr *)&address, &n_address,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0)
            return errno == EAGAIN;
        if (atomic_fetch_add(options->n_open, 1) >= options->max_connections) {
            atomic_fetch_sub(options->n_open, 1);
            (void)close(fd); /* nothing was written to it */
        } else if (MHD_add_connection(options->daemon, fd, (struct sockaddr *)&address, n_address)
                   != MHD_YES) {
            atomic_fetch_sub(options->n_open, 1); /* the library has closed it */
        }
    }
}

static void *
run_acceptor(void *data)
{
    static const int PAUSE_MS = 100; /* until someone has closed a descriptor */
    GhAcceptor *acceptor = data;
    bool is_short = false;

    while (true) {
        struct pollfd ends[] = {
            {.fd = acceptor->stop_fd, .events = POLLIN},
            {.fd = is_short ? -1 : acceptor->options.listen_fd, .events = POLLIN},
        };

        (void)poll(ends, G_N_ELEMENTS(ends), is_short ? PAUSE_MS : -1); /* EINTR: ask again */
        if (ends[0].revents != 0)
            return NULL;
        is_short = !take_waiting(acceptor);
    }
}

GhAcceptor *
gh_acceptor_new(const GhAcceptorOptions *options, GError **error)
{
    GhAcceptor *acceptor = g_new0(GhAcceptor, 1);

    acceptor->options = *options;
    acceptor->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (acceptor->stop_fd < 0) {
        g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno),
                    "cannot watch for new connections: %s", g_strerror(errno));
        gh_acceptor_free(acceptor);
        return NULL;
    }
    acceptor->thread = g_thread_new("acceptor", run_acceptor, acceptor);
    return acceptor;
}

void
gh_acceptor_free(GhAcceptor *acceptor)
{
    if (acceptor == NULL)
        return;
    if (acceptor->thread != NULL) {
        (void)eventfd_write(acceptor->stop_fd, 1); /* an empty counter always takes 1 */
        g_thread_join(acceptor->thread);
    }
    (void)close(acceptor->options.listen_fd); /* nothing was written to either */
    if (acceptor->stop_fd >= 0)
        (void)close(acceptor->stop_fd);
    g_free(acceptor);
}
