/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stream.h - a reply's body that is read while it is sent; seen only inside http/.
 *
 * Life      Made with the reply, given to one response; that response's end frees it.
 * Threads   Used by one thread at a time: first the handler's, then the connection's.
 * Cost      One buffer of GH_STREAM_BLOCK_BYTES a response.
 */
#pragma once

#include "http/http.h"
#include "http/prepared.h"

enum {
    GH_STREAM_BLOCK_BYTES = 64 * 1024
};

/* data is taken, as gh_reply_stream says. */
GhStream *gh_stream_new(int64_t size_bytes, GhReplyRead read, void *data, GDestroyNotify free_data);
void gh_stream_free(GhStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhStream, gh_stream_free)

int64_t gh_stream_size(const GhStream *stream);

/* Takes the stream also on failure; NULL: out of memory. */
struct MHD_Response *gh_stream_wrap(GhStream *stream);
